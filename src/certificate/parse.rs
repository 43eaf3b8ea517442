//! From DER to the model. x509-parser reads names, dates and keys; the frame around them and the extensions are read
//! here, because its parser for those brings a reader for all of BER into the WebAssembly.

use x509_parser::asn1_rs::FromDer;
use x509_parser::certificate::Validity;
use x509_parser::error::X509Error;
use x509_parser::nom::Offset;
use x509_parser::x509::{SubjectPublicKeyInfo, X509Name};

use super::element::{Element, tag};
use super::{Algorithm, Certificate, Extension, Malformed, Name, PublicKey, extension, oid};
use crate::signature::{sha1, sha256};
use crate::time::Timestamp;

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
    let mut outer = Fields(certificate.universal(tag::SEQUENCE).map_err(|_| FRAME)?);
    let tbs = outer.next(FRAME)?;
    let algorithm = outer.next("its signature algorithm cannot be read")?;
    let signature = outer.next("its signature cannot be read")?.universal(tag::BIT_STRING);
    let Ok([0, signature @ ..]) = signature else { return Err("its signature cannot be read") };

    let mut fields = Fields(tbs.universal(tag::SEQUENCE).map_err(|_| FRAME)?);
    let version = fields.version().ok_or("its version cannot be read")?;
    let serial = fields.next("its serial number cannot be read")?.universal(tag::INTEGER);
    let serial = serial.map_err(|_| "its serial number cannot be read")?;
    algorithm_of(&fields.next("its signature algorithm cannot be read")?)
        .ok_or("its signature algorithm cannot be read")?;
    let issuer: X509Name<'_> = fields.parsed("its issuer cannot be read")?;
    let validity: Validity = fields.parsed("its validity period cannot be read")?;
    let subject: X509Name<'_> = fields.parsed("its subject cannot be read")?;
    let key: SubjectPublicKeyInfo<'_> = fields.parsed("its public key cannot be read")?;
    let extensions = fields.extensions().ok_or("its extensions cannot be read")?;
    let interpreted = extension::interpret(&extensions);
    let start = der.offset(tbs.whole);
    Ok(Certificate {
        der: der.to_vec(),
        tbs: start..start + tbs.whole.len(),
        version: version.saturating_add(1),
        serial: serial.to_vec(),
        issuer: Name::from_parsed(&issuer),
        subject: Name::from_parsed(&subject),
        not_before: Timestamp(validity.not_before.timestamp()),
        not_after: Timestamp(validity.not_after.timestamp()),
        key: PublicKey::from_parsed(&key),
        signature_algorithm: algorithm_of(&algorithm).ok_or("its signature algorithm cannot be read")?,
        signature: signature.to_vec(),
        extensions,
        basic_constraints: interpreted.basic_constraints,
        key_usage: interpreted.key_usage,
        extended_key_usage: interpreted.extended_key_usage,
        subject_alt_names: interpreted.subject_alt_names,
        name_constraints: interpreted.name_constraints,
        subject_key_id: interpreted.subject_key_id,
        authority_key_id: interpreted.authority_key_id,
        policies: interpreted.policies,
        authority_info_access: interpreted.authority_info_access,
        crl_urls: interpreted.crl_urls,
        unreadable_extensions: interpreted.unreadable,
        sha256: sha256(der),
        sha1: sha1(der),
    })
}

/// The fields of a SEQUENCE that are still to be read.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn next(&mut self, refusal: &'static str) -> Result<Element<'a>, &'static str> {
        let (element, rest) = Element::read(self.0).map_err(|_| refusal)?;
        self.0 = rest;
        Ok(element)
    }

    /// A field that x509-parser reads.
    fn parsed<T: FromDer<'a, X509Error>>(&mut self, refusal: &'static str) -> Result<T, &'static str> {
        let (rest, parsed) = T::from_der(self.0).map_err(|_| refusal)?;
        self.0 = rest;
        Ok(parsed)
    }

    /// The next field, if it has this context-specific tag.
    fn tagged(&mut self, tag: u32) -> Option<Element<'a>> {
        let (element, rest) = Element::read(self.0).ok().filter(|(element, _)| element.is_context(tag))?;
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
        list.iter().map(extension_of).collect()
    }
}

/// `Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }` (RFC 5280, 4.1).
fn extension_of(element: &Element<'_>) -> Option<Extension> {
    let mut fields = Fields(element.universal(tag::SEQUENCE).ok()?);
    let oid = fields.next("").ok()?.oid().ok()?;
    let mut value = fields.next("").ok()?;
    let mut critical = false;
    if let Ok(is_critical) = value.boolean() {
        (critical, value) = (is_critical, fields.next("").ok()?);
    }
    Some(Extension { oid, critical, value: value.universal(tag::OCTET_STRING).ok()?.to_vec() })
}

fn algorithm_of(element: &Element<'_>) -> Option<Algorithm> {
    let parts = element.sequence().ok()?;
    let oid = parts.first()?.oid().ok()?;
    let name = if oid == oid::RSASSA_PSS {
        format!("{}-RSAPSS", parts.get(1).and_then(pss_hash_name).unwrap_or("SHA1"))
    } else {
        oid::signature_algorithm_name(&oid).unwrap_or(&oid).to_owned()
    };
    Some(Algorithm { der: element.whole.to_vec(), oid, name })
}

/// The hash in RSASSA-PSS-params (RFC 4055, 3.1); SHA-1 stands where none is given.
fn pss_hash_name(parameters: &Element<'_>) -> Option<&'static str> {
    let hash = parameters.sequence().ok()?.into_iter().find(|part| part.is_context(0))?;
    let algorithm = Element::read_sequence(hash.contents).ok()?;
    oid::hash_name(&algorithm.first().filter(|first| first.tag == tag::OBJECT_IDENTIFIER)?.oid().ok()?)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use x509_parser::certificate::X509CertificateParser;
    use x509_parser::nom::Parser;

    const FILES: [&str; 2] = [
        include_str!("../../tests/data/openziti-ha/distinct/edge-root.crt"),
        include_str!("../../tests/data/certificates/names/string-types.pem"),
    ];

    fn x509_parser_reads(der: &[u8]) -> bool {
        let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
        parser.parse(der).is_ok_and(|(rest, _)| rest.is_empty())
    }

    /// Every octet with each bit flipped that is no flag of a tag, and every beginning.
    fn damaged(der: &[u8]) -> impl Iterator<Item = Vec<u8>> {
        let changed = (0..der.len()).flat_map(|at| {
            [1, 2, 4, 8, 0x10].map(|bit| {
                let mut copy = der.to_vec();
                copy[at] ^= bit;
                copy
            })
        });
        changed.chain((0..der.len()).map(|end| der[..end].to_vec()))
    }

    #[test]
    fn a_frame_that_x509_parser_refuses_is_refused() {
        for file in FILES {
            let decoded = crate::decode::decode(file.as_bytes());
            let der = &decoded.items.first().expect("a certificate").der;
            assert!(parse(der).is_ok() && x509_parser_reads(der));
            for der in damaged(der) {
                assert!(x509_parser_reads(&der) || parse(&der).is_err(), "{der:02x?}");
            }
        }
    }
}
