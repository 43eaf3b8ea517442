//! From DER to the model: the frame and its fields. The extensions are read by `extension`.

use super::element::{Element, Reason};
use super::{Algorithm, Certificate, Extension, Malformed, Name, PublicKey, extension};
use crate::der::{BIT_STRING, INTEGER, OCTET_STRING, SEQUENCE};
use crate::oid;
use crate::signature::{sha1, sha256};
use crate::time::{Asn1Time, Timestamp};

/// Reads one certificate that fills `der`.
pub(super) fn parse(der: &[u8]) -> Result<Certificate, Malformed> {
    let (certificate, rest) = Element::read(der).map_err(|_| malformed("it is cut off or empty"))?;
    if !rest.is_empty() {
        return Err(malformed(&format!("{} bytes follow the certificate", rest.len())));
    }
    read(der, &certificate).map_err(malformed)
}

fn malformed(reason: &str) -> Malformed {
    Malformed { reason: reason.to_owned() }
}

/// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }` (RFC 5280, 4.1); `Err` holds the
/// end of a sentence.
fn read(der: &[u8], certificate: &Element<'_>) -> Result<Certificate, &'static str> {
    const FRAME: &str = "it is not built like a certificate (RFC 5280, 4.1)";
    let mut outer = Fields(certificate.tagged(SEQUENCE).map_err(|_| FRAME)?);
    let tbs = outer.next(FRAME)?;
    let algorithm = outer.next("its signature algorithm cannot be read")?;
    let signature = outer.next("its signature cannot be read")?.tagged(BIT_STRING);
    let Ok([0, signature @ ..]) = signature else { return Err("its signature cannot be read") };

    let mut fields = Fields(tbs.tagged(SEQUENCE).map_err(|_| FRAME)?);
    let version = fields.version().ok_or("its version cannot be read")?;
    let serial = fields.next("its serial number cannot be read")?.tagged(INTEGER);
    let serial = serial.map_err(|_| "its serial number cannot be read")?;
    algorithm_of(&fields.next("its signature algorithm cannot be read")?)
        .ok_or("its signature algorithm cannot be read")?;
    let issuer = fields.parsed(Name::from_element, "its issuer cannot be read")?;
    let (not_before, not_after) = fields.parsed(validity, "its validity period cannot be read")?;
    let subject = fields.parsed(Name::from_element, "its subject cannot be read")?;
    let key = fields.parsed(PublicKey::from_element, "its public key cannot be read")?;
    let extensions = fields.extensions().ok_or("its extensions cannot be read")?;
    // tbsCertificate is what the contents begin with.
    let start = der.len() - certificate.contents.len();
    let mut certificate = Certificate {
        der: der.to_vec(),
        tbs: start..start + tbs.whole.len(),
        version: version.saturating_add(1),
        serial: serial.to_vec(),
        issuer,
        subject,
        not_before,
        not_after,
        key,
        signature_algorithm: algorithm_of(&algorithm).ok_or("its signature algorithm cannot be read")?,
        signature: signature.to_vec(),
        extensions: Vec::new(),
        basic_constraints: None,
        key_usage: None,
        extended_key_usage: None,
        subject_alt_names: None,
        name_constraints: None,
        subject_key_id: None,
        authority_key_id: None,
        policies: None,
        authority_info_access: Vec::new(),
        crl_urls: Vec::new(),
        unreadable_extensions: Vec::new(),
        sha256: sha256(der),
        sha1: sha1(der),
    };
    extension::interpret(&extensions, &mut certificate);
    certificate.extensions = extensions;
    Ok(certificate)
}

/// The fields of a SEQUENCE that are still to be read.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn next(&mut self, refusal: &'static str) -> Result<Element<'a>, &'static str> {
        let (element, rest) = Element::read(self.0).map_err(|_| refusal)?;
        self.0 = rest;
        Ok(element)
    }

    /// What `read` makes of the next field.
    fn parsed<T>(&mut self, read: fn(&Element<'a>) -> Option<T>, refusal: &'static str) -> Result<T, &'static str> {
        read(&self.next(refusal)?).ok_or(refusal)
    }

    /// The next field, if it has this context-specific tag.
    fn tagged(&mut self, number: u8) -> Option<Element<'a>> {
        let (element, rest) = Element::read(self.0).ok().filter(|(element, _)| element.is_context(number))?;
        self.0 = rest;
        Some(element)
    }

    /// `version [0] EXPLICIT INTEGER DEFAULT v1`; v1 is 0.
    fn version(&mut self) -> Option<u32> {
        let Some(version) = self.tagged(0) else { return Some(0) };
        Element::read(version.contents).ok()?.0.unsigned().ok()
    }

    /// `issuerUniqueID [1]` and `subjectUniqueID [2]`, which nobody uses, and `extensions [3] EXPLICIT`, all optional.
    fn extensions(&mut self) -> Option<Vec<Extension>> {
        self.tagged(1);
        self.tagged(2);
        if self.0.is_empty() {
            return Some(Vec::new());
        }
        let list = Element::read_sequence(self.tagged(3)?.contents).ok()?;
        list.iter().map(extension_of).collect::<Result<Vec<_>, _>>().ok()
    }
}

/// `Validity ::= SEQUENCE { notBefore Time, notAfter Time }` (RFC 5280, 4.1.2.5).
fn validity(element: &Element<'_>) -> Option<(Timestamp, Timestamp)> {
    let times = element.sequence().ok()?;
    let at = |index: usize| times.get(index).and_then(|time| Asn1Time::read(time.tag, time.contents));
    Some((at(0)?.at, at(1)?.at))
}

/// `Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }` (RFC 5280, 4.1).
fn extension_of(element: &Element<'_>) -> Result<Extension, Reason> {
    const INCOMPLETE: &str = "an incomplete extension";
    let mut fields = Fields(element.tagged(SEQUENCE)?);
    let oid = fields.next(INCOMPLETE)?.oid()?;
    let mut value = fields.next(INCOMPLETE)?;
    let mut critical = false;
    if let Ok(is_critical) = value.boolean() {
        (critical, value) = (is_critical, fields.next(INCOMPLETE)?);
    }
    Ok(Extension { oid, critical, value: value.tagged(OCTET_STRING)?.to_vec() })
}

fn algorithm_of(element: &Element<'_>) -> Option<Algorithm> {
    let parts = element.sequence().ok()?;
    let oid = parts.first()?.oid().ok()?;
    let name = if oid == oid::RSASSA_PSS {
        format!("{}-RSAPSS", parts.get(1).and_then(pss_hash_name).unwrap_or("SHA1"))
    } else {
        oid.name_or_dotted(oid.signature_algorithm_name())
    };
    Some(Algorithm { der: element.whole.to_vec(), oid, name })
}

/// The hash in RSASSA-PSS-params (RFC 4055, 3.1); SHA-1 stands where none is given.
fn pss_hash_name(parameters: &Element<'_>) -> Option<&'static str> {
    let hash = parameters.sequence().ok()?.into_iter().find(|part| part.is_context(0))?;
    let algorithm = Element::read_sequence(hash.contents).ok()?;
    algorithm.first()?.oid().ok()?.hash_name()
}
