//! Certificates as `gnutls_x509_crt_import` (`x509.c`) reads them: our model, what GnuTLS refuses beyond it, and the
//! parts that it reads in its own way.

use std::collections::BTreeSet;

use super::algorithm::{Key, Signature};
use super::names::{self, GeneralName};
use super::subject;
use crate::certificate::{CertId, Certificate, Extension, Name};
use crate::der::{BOOLEAN, Element, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, constructed};
use crate::oid::{self, ObjectIdentifier, Oid};

/// `supported_exts.gperf`: what may be critical.
const SUPPORTED_EXTENSIONS: [ObjectIdentifier; 14] = [
    oid::SUBJECT_KEY_ID,
    oid::KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::ISSUER_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::NAME_CONSTRAINTS,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::CERTIFICATE_POLICIES,
    oid::AUTHORITY_KEY_ID,
    oid::EXTENDED_KEY_USAGE,
    oid::INHIBIT_ANY_POLICY,
    oid::AUTHORITY_INFO_ACCESS,
    oid::PROXY_CERT_INFO,
    oid::TLS_FEATURE,
];

/// Purposes that old CAs have instead of serverAuth.
const SERVER_GATED: [ObjectIdentifier; 2] = [oid::NETSCAPE_SERVER_GATED_CRYPTO, oid::VERISIGN_SERVER_GATED_CRYPTO];

/// `MAX_KEY_ID_SIZE` (`x509_int.h`): a longer key id counts as absent.
const MAX_KEY_ID_OCTETS: usize = 128;

/// A certificate that GnuTLS can read.
#[derive(Clone, Debug)]
pub(in crate::verifier) struct Member<'a> {
    pub(super) id: CertId,
    pub(super) certificate: &'a Certificate,
    pub(super) names: Vec<GeneralName<'a>>,
    /// `None`: an algorithm that GnuTLS does not know.
    pub(super) signature: Option<Signature>,
    /// `None`: a key that GnuTLS cannot read.
    pub(super) key: Option<Key>,
}

/// An extension that is looked up: absent, unreadable, or what it says.
pub(super) enum Lookup<T> {
    Absent,
    Unreadable,
    Found(T),
}

/// `None` where GnuTLS refuses to read the certificate.
pub(super) fn read(id: CertId, certificate: &Certificate) -> Option<Member<'_>> {
    let frame = Frame::of(certificate)?;
    if !(frame.algorithms_agree(certificate) && frame.times_are_strict() && frame.is_sane(certificate)) {
        return None;
    }
    let alternative_names = |oid| match find(certificate, oid) {
        Some(extension) => names::alternative_names(&extension.value),
        None => Some(Vec::new()),
    };
    alternative_names(oid::ISSUER_ALT_NAME)?;
    let names = alternative_names(oid::SUBJECT_ALT_NAME)?;
    Some(Member { id, certificate, names, signature: Signature::of(certificate), key: Key::of(certificate) })
}

/// Parts of tbsCertificate that the model does not keep.
struct Frame<'a> {
    signature: Element<'a>,
    validity: Element<'a>,
    /// What follows the public key.
    rest: Vec<Element<'a>>,
}

impl<'a> Frame<'a> {
    /// The module `PKIX1` (`pkix.asn`), where our model is content with less: nothing may be left over anywhere.
    fn of(certificate: &'a Certificate) -> Option<Frame<'a>> {
        names::sequence(&certificate.der).filter(|parts| parts.len() == 3)?;
        let mut fields = names::sequence(certificate.tbs_der())?.into_iter().skip_while(|field| field.tag != INTEGER);
        fields.next()?;
        let (signature, issuer, validity) = (fields.next()?, fields.next()?, fields.next()?);
        let (subject, key) = (fields.next()?, fields.next()?);
        let frame = Frame { signature, validity, rest: fields.collect() };
        let is_whole = names::is_name(issuer.contents)
            && names::is_name(subject.contents)
            && names::elements(validity.contents)?.len() == 2
            && names::elements(key.contents)?.len() == 2
            && names::elements(signature.contents)?.len() <= 2
            && frame.rest_is_whole();
        is_whole.then_some(frame)
    }

    /// `issuerUniqueID [1]`, `subjectUniqueID [2]`, `extensions [3]`, each once at most, in this order.
    fn rest_is_whole(&self) -> bool {
        let number = |field: &Element<'_>| match field.tag {
            0x81 | 0x82 => Some(field.tag & 0x1f),
            0xa3 => names::sequence(field.contents)?.iter().all(is_extension).then_some(3),
            _ => None,
        };
        let mut last = 0;
        self.rest.iter().all(|field| {
            let before = last;
            last = number(field).unwrap_or(0);
            last > before
        })
    }

    /// `compare_sig_algorithm` (RFC 5280, 4.1.1.2): absent parameters and NULL are the same.
    fn algorithms_agree(&self, certificate: &Certificate) -> bool {
        let parts = |algorithm| {
            let mut parts = names::sequence(algorithm)?;
            parts.retain(|part| part.tag != NULL);
            Some(parts.iter().map(|part| part.whole).collect())
        };
        let inner: Option<Vec<&[u8]>> = parts(self.signature.whole);
        inner.is_some() && inner == parts(&certificate.signature_algorithm.der)
    }

    /// Digits and `Z` only, as strict DER has it.
    fn times_are_strict(&self) -> bool {
        let is_strict = |time: &Element<'_>| {
            time.contents.strip_suffix(b"Z").is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
        };
        names::elements(self.validity.contents).is_some_and(|times| times.iter().all(is_strict))
    }

    /// `_gnutls_check_cert_sanity`: extensions in version 3 only and none twice, unique identifiers not in version 1.
    fn is_sane(&self, certificate: &Certificate) -> bool {
        let extensions = &certificate.extensions;
        let mut seen = BTreeSet::new();
        let has_unique_id = self.rest.iter().any(|field| field.tag != constructed(3));
        let has_twice = !extensions.iter().all(|extension| seen.insert(&extension.oid));
        !has_twice
            && (certificate.version >= 3 || extensions.is_empty())
            && (certificate.version >= 2 || !has_unique_id)
    }
}

/// `SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }` and no more.
fn is_extension(element: &Element<'_>) -> bool {
    let tags: Option<Vec<u8>> =
        names::elements(element.contents).map(|parts| parts.iter().map(|part| part.tag).collect());
    matches!(tags.as_deref(), Some([OBJECT_IDENTIFIER, OCTET_STRING] | [OBJECT_IDENTIFIER, BOOLEAN, OCTET_STRING]))
}

/// `gnutls_x509_ext_import_basic_constraints` (`x509_ext.c`): the sign of pathLenConstraint is not looked at.
fn basic_constraints(value: &[u8]) -> Option<(bool, Option<u32>)> {
    let parts = names::sequence(value)?;
    let (ca, rest) = match parts.split_first() {
        Some((first, rest)) if first.tag == BOOLEAN => (first.contents != [0], rest),
        _ => (false, parts.as_slice()),
    };
    match rest {
        [] => Some((ca, None)),
        [length] if length.tag == INTEGER && (1..=4).contains(&length.contents.len()) => {
            let number = length.contents.iter().fold(0_u32, |number, octet| number << 8 | u32::from(*octet));
            Some((ca, Some(number)))
        }
        _ => None,
    }
}

fn find(certificate: &Certificate, oid: ObjectIdentifier) -> Option<&Extension> {
    certificate.extensions.iter().find(|extension| extension.oid == oid)
}

impl<'a> Member<'a> {
    pub(super) fn issuer(&self) -> &'a Name {
        &self.certificate.issuer
    }

    pub(super) fn subject(&self) -> &'a Name {
        &self.certificate.subject
    }

    /// `is_issuer`: names are equal, and key ids where both are there.
    pub(super) fn is_issued_by(&self, issuer: &Member<'_>) -> bool {
        if !subject::names_equal(self.issuer(), issuer.subject()) {
            return false;
        }
        let usable = |id: &&[u8]| id.len() <= MAX_KEY_ID_OCTETS;
        let wanted = self.certificate.issuer_key_id().filter(|id| !id.is_empty()).filter(usable);
        let given = issuer.certificate.subject_key_id.as_deref().filter(|id| !id.is_empty()).filter(usable);
        wanted.zip(given).is_none_or(|(wanted, given)| wanted == given)
    }

    /// `gnutls_x509_crt_check_issuer` of itself: GnuTLS calls it self-signed.
    pub(super) fn is_self_issued(&self) -> bool {
        self.is_issued_by(self)
    }

    /// Same name, and same key byte for byte (`_gnutls_check_if_same_key`).
    pub(super) fn has_same_key(&self, other: &Member<'_>) -> bool {
        subject::names_equal(self.subject(), other.subject()) && self.certificate.key.spki == other.certificate.key.spki
    }

    /// `check_for_unknown_exts`: some critical extension is none of those that GnuTLS supports.
    pub(super) fn has_unknown_critical_extension(&self) -> bool {
        let is_unknown = |extension: &Extension| !extension.oid.is_one_of(&SUPPORTED_EXTENSIONS);
        self.certificate.extensions.iter().any(|extension| extension.critical && is_unknown(extension))
    }

    /// cA and pathLenConstraint.
    pub(super) fn basic_constraints(&self) -> Lookup<(bool, Option<u32>)> {
        let extension = find(self.certificate, oid::BASIC_CONSTRAINTS);
        self.lookup(oid::BASIC_CONSTRAINTS, extension.and_then(|extension| basic_constraints(&extension.value)))
    }

    /// Whether keyUsage has keyCertSign.
    pub(super) fn may_sign(&self) -> Lookup<bool> {
        self.lookup(oid::KEY_USAGE, self.certificate.key_usage.map(|usage| usage.key_cert_sign()))
    }

    /// The value of nameConstraints.
    pub(super) fn name_constraints(&self) -> Option<&'a [u8]> {
        find(self.certificate, oid::NAME_CONSTRAINTS).map(|extension| extension.value.as_slice())
    }

    /// The value of the TLS features.
    pub(super) fn tls_features(&self) -> Option<&'a [u8]> {
        find(self.certificate, oid::TLS_FEATURE).map(|extension| extension.value.as_slice())
    }

    /// `_gnutls_check_key_purpose`. CAs are held to the purpose too, and for them anyExtendedKeyUsage does not count.
    pub(super) fn allows_purpose(&self, purpose: ObjectIdentifier, any_counts: bool) -> bool {
        let usages = match self.lookup(oid::EXTENDED_KEY_USAGE, self.certificate.extended_key_usage.as_ref()) {
            Lookup::Absent => return true,
            Lookup::Unreadable => return false,
            Lookup::Found(usages) => usages,
        };
        let old_names_count =
            purpose == oid::SERVER_AUTH && matches!(self.basic_constraints(), Lookup::Found((true, _)));
        let allows = |usage: &Oid| {
            *usage == purpose
                || (any_counts && *usage == oid::ANY_EXTENDED_KEY_USAGE)
                || (old_names_count && usage.is_one_of(&SERVER_GATED))
        };
        usages.is_empty() || usages.iter().any(allows)
    }

    /// An extension whose value is empty counts as absent.
    fn lookup<T>(&self, oid: ObjectIdentifier, value: Option<T>) -> Lookup<T> {
        match (find(self.certificate, oid), value) {
            (None, _) => Lookup::Absent,
            (Some(extension), None) if extension.value.is_empty() => Lookup::Absent,
            (Some(_), None) => Lookup::Unreadable,
            (Some(_), Some(value)) => Lookup::Found(value),
        }
    }
}
