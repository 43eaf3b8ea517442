//! Certificates as `sun.security.x509.X509CertImpl` reads them, and what it refuses to read.

use std::error::Error;
use std::fmt;

use super::curve;
use super::general_name::GeneralName;
use super::name::X500Name;
use super::name_constraints::NameConstraints;
use crate::certificate::{Attribute, Certificate, KeyKind, PublicKey};
use crate::der::{BOOLEAN, INTEGER, NULL, OCTET_STRING, Reader, SEQUENCE, constructed};
use crate::oid::{self, ObjectIdentifier, Oid};

/// Extensions that `OIDMap` has a class for; one whose value cannot be read refuses the certificate if it is critical.
const READ_BY_JAVA: &[ObjectIdentifier] = &[
    oid::SUBJECT_KEY_ID,
    oid::KEY_USAGE,
    oid::PRIVATE_KEY_USAGE_PERIOD,
    oid::SUBJECT_ALT_NAME,
    oid::ISSUER_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::NAME_CONSTRAINTS,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::CERTIFICATE_POLICIES,
    oid::POLICY_MAPPINGS,
    oid::AUTHORITY_KEY_ID,
    oid::POLICY_CONSTRAINTS,
    oid::EXTENDED_KEY_USAGE,
    oid::FRESHEST_CRL,
    oid::INHIBIT_ANY_POLICY,
    oid::AUTHORITY_INFO_ACCESS,
    oid::SUBJECT_INFO_ACCESS,
];

/// What Java knows of a certificate.
#[derive(Clone, Debug)]
pub(in crate::verifier) struct Parsed<'g> {
    pub(super) certificate: &'g Certificate,
    pub(super) subject: X500Name,
    pub(super) issuer: X500Name,
    /// `getBasicConstraints`: `None` is -1 (no CA), [`NO_LIMIT`] stands for `Integer.MAX_VALUE`.
    pub(super) path_length: Option<u32>,
    /// Extensions marked critical.
    pub(super) critical: Vec<&'g Oid>,
    /// subjectAltName, if every name in it can be read.
    pub(super) alternative_names: Option<Vec<GeneralName>>,
    pub(super) name_constraints: Option<NameConstraints>,
    /// The value of subjectKeyIdentifier, DER.
    pub(super) subject_key_id: Option<&'g [u8]>,
    /// The keyIdentifier of authorityKeyIdentifier, as the DER of an OCTET STRING.
    pub(super) authority_key_id: Option<Vec<u8>>,
}

/// `Integer.MAX_VALUE`, which `BasicConstraintsExtension` takes for "no limit".
pub(super) const NO_LIMIT: u32 = 0x7fff_ffff;

/// The `CertificateException` of a certificate that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::verifier) enum ParseError {
    /// So many octets inside the certificate follow its three parts.
    Overrun(usize),
    EmptyIssuer,
    EmptySubjectOfVersion1,
    EcParameters,
    UnknownCurve(Oid),
    RsaKey,
    ShortRsaKey,
    EcKey,
    ExtensionsOfVersion1,
    ExtensionsOfVersion2,
    DuplicateExtension,
    CriticalExtension,
    EmptySubjectWithoutExtensions,
    EmptySubjectWithoutAlternativeNames,
    EmptySubjectAndAlternativeNames,
    EmptySubjectAlternativeNamesNotCritical,
    AlgorithmsDiffer,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const INVALID_KEY: &str = "java.io.IOException: subject key, java.security.InvalidKeyException:";
        const INCOMPLETE: &str = "X.509 Certificate is incomplete:";
        f.write_str(match self {
            ParseError::Overrun(octets) => return write!(f, "signed overrun, bytes = {octets}"),
            ParseError::EmptyIssuer => "Empty issuer DN not allowed in X509Certificates",
            ParseError::EmptySubjectOfVersion1 => "Empty subject DN not allowed in v1 certificate",
            ParseError::EcParameters => "java.io.IOException: Only named ECParameters supported",
            ParseError::UnknownCurve(curve) => return write!(f, "java.io.IOException: Unknown named curve: {curve}"),
            ParseError::RsaKey => return write!(f, "{INVALID_KEY} Invalid RSA public key"),
            ParseError::ShortRsaKey => return write!(f, "{INVALID_KEY} RSA keys must be at least 512 bits long"),
            ParseError::EcKey => return write!(f, "{INVALID_KEY} Invalid EC key"),
            ParseError::ExtensionsOfVersion1 => "no more data allowed for version 1 certificate",
            ParseError::ExtensionsOfVersion2 => "Extensions not allowed in v2 certificate",
            ParseError::DuplicateExtension => "java.io.IOException: Duplicate extensions not allowed",
            ParseError::CriticalExtension => "java.io.IOException: Invalid encoding of a critical extension",
            ParseError::EmptySubjectWithoutExtensions => {
                return write!(f, "{INCOMPLETE} subject field is empty, and certificate has no extensions");
            }
            ParseError::EmptySubjectWithoutAlternativeNames => {
                let lack = "SubjectAlternativeName extension is absent";
                return write!(f, "{INCOMPLETE} subject field is empty, and {lack}");
            }
            ParseError::EmptySubjectAndAlternativeNames => {
                let lack = "SubjectAlternativeName extension is empty";
                return write!(f, "{INCOMPLETE} subject field is empty, and {lack}");
            }
            ParseError::EmptySubjectAlternativeNamesNotCritical => {
                let demand = "SubjectAlternativeName extension MUST be marked critical when subject field is empty";
                return write!(f, "{INCOMPLETE} {demand}");
            }
            ParseError::AlgorithmsDiffer => "Signature algorithm mismatch",
        })
    }
}

impl Error for ParseError {}

/// Reads a certificate.
pub(super) fn parse(certificate: &Certificate) -> Result<Parsed<'_>, ParseError> {
    let parsed = Parsed {
        certificate,
        subject: X500Name::of(&certificate.subject),
        issuer: X500Name::of(&certificate.issuer),
        path_length: path_length(certificate),
        critical: critical(certificate),
        alternative_names: alternative_names(certificate),
        name_constraints: value(certificate, oid::NAME_CONSTRAINTS).and_then(NameConstraints::read),
        subject_key_id: value(certificate, oid::SUBJECT_KEY_ID),
        authority_key_id: certificate.issuer_key_id().map(octet_string),
    };
    match overrun(&certificate.der) {
        Some(octets) if octets > 0 => return Err(ParseError::Overrun(octets)),
        _ => {}
    }
    check(&parsed).map(|()| parsed)
}

/// Octets inside the certificate that follow its three parts.
fn overrun(der: &[u8]) -> Option<usize> {
    let mut parts = Reader::read_only(der, SEQUENCE)?;
    (0..3).try_for_each(|_| parts.read_any().map(drop))?;
    Some(parts.0.len())
}

/// The value of an extension, DER.
pub(super) fn value(certificate: &Certificate, oid: ObjectIdentifier) -> Option<&[u8]> {
    certificate.extensions.iter().find(|extension| extension.oid == oid).map(|extension| extension.value.as_slice())
}

impl Parsed<'_> {
    /// `X509CertImpl.isSelfIssued`: subject and issuer are the same name, in Java's canonical form.
    pub(super) fn is_self_issued(&self) -> bool {
        self.subject == self.issuer
    }

    /// `Certificate.hashCode`: `Arrays.hashCode` of the DER.
    pub(super) fn hash_code(&self) -> i32 {
        let signed = |octet: &u8| i32::from(i8::from_ne_bytes([*octet]));
        self.certificate.der.iter().fold(1, |hash: i32, octet| hash.wrapping_mul(31).wrapping_add(signed(octet)))
    }

    /// `getKeyUsage`: a bit of keyUsage, `None` without the extension.
    pub(super) fn key_usage(&self, bit: u32) -> Option<bool> {
        self.certificate.key_usage.map(|usage| usage.0 & (1 << bit) != 0)
    }

    /// `findMostSpecificAttribute(commonName)`: of the last RDN that has one, the first.
    pub(super) fn common_name(&self) -> Option<String> {
        let named = |rdn: &Vec<Attribute>| rdn.iter().position(|it| it.oid == oid::COMMON_NAME);
        let rdn = self.certificate.subject.rdns.iter().rev().find(|rdn| named(rdn).is_some())?;
        rdn.get(named(rdn)?)?.text()
    }

    /// `checkValidity`: the instant lies within the validity, of which both ends are part.
    pub(super) fn is_valid_at(&self, at: crate::time::Timestamp) -> bool {
        self.certificate.not_before <= at && at <= self.certificate.not_after
    }
}

fn path_length(certificate: &Certificate) -> Option<u32> {
    let length = basic_constraints(value(certificate, oid::BASIC_CONSTRAINTS)?)??;
    // A negative length is what `getBasicConstraints` gives for no CA.
    u32::try_from(length).ok()
}

/// `BasicConstraintsExtension`: what follows the length is not looked at. `None` if it cannot be read; `Some(None)` for
/// no CA.
fn basic_constraints(value: &[u8]) -> Option<Option<i32>> {
    let mut fields = Reader::read_only(value, SEQUENCE)?;
    if !fields.next_is(BOOLEAN) {
        return Some(None);
    }
    let ca = fields.read(BOOLEAN)?.0 != [0];
    let length = if fields.is_empty() { Some(i32::MAX) } else { i32::try_from(fields.read_i64()?).ok() };
    length.map(|length| ca.then_some(length))
}

fn critical(certificate: &Certificate) -> Vec<&Oid> {
    let critical = certificate.extensions.iter().filter(|extension| extension.critical);
    critical.map(|extension| &extension.oid).collect()
}

/// One name that cannot be read makes the extension unreadable.
fn alternative_names(certificate: &Certificate) -> Option<Vec<GeneralName>> {
    let names = certificate.subject_alt_names.as_ref()?;
    let read: Vec<GeneralName> = names.iter().filter_map(|name| GeneralName::of(name, false)).collect();
    (read.len() == names.len()).then_some(read)
}

fn octet_string(contents: &[u8]) -> Vec<u8> {
    // Key identifiers are far shorter than 128 octets; others match no subjectKeyIdentifier that Java can read.
    let length = u8::try_from(contents.len()).unwrap_or(u8::MAX);
    [&[OCTET_STRING, length], contents].concat()
}

/// `X509CertInfo.parse`, `CertificateExtensions.parseExtension` and `X509CertImpl.parse`, in their order.
fn check(parsed: &Parsed<'_>) -> Result<(), ParseError> {
    let certificate = parsed.certificate;
    if parsed.issuer.is_empty() {
        return Err(ParseError::EmptyIssuer);
    }
    if certificate.version == 1 && parsed.subject.is_empty() {
        return Err(ParseError::EmptySubjectOfVersion1);
    }
    check_key(&certificate.key)?;
    check_extensions(parsed)?;
    check_empty_subject(parsed)?;
    if same_algorithm(certificate) { Ok(()) } else { Err(ParseError::AlgorithmsDiffer) }
}

fn check_key(key: &PublicKey) -> Result<(), ParseError> {
    match &key.kind {
        KeyKind::Other { algorithm } if *algorithm == oid::EC_PUBLIC_KEY => Err(ParseError::EcParameters),
        KeyKind::Other { algorithm } if *algorithm == oid::RSA_ENCRYPTION => Err(ParseError::RsaKey),
        KeyKind::Rsa { bits } if *bits < MIN_RSA_BITS => Err(ParseError::ShortRsaKey),
        KeyKind::Ec { curve } if curve::name(curve).is_none() => Err(ParseError::UnknownCurve(curve.clone())),
        KeyKind::Ec { curve } if !is_point(key.value(), curve) => Err(ParseError::EcKey),
        _ => Ok(()),
    }
}

/// `RSAKeyFactory.MIN_MODLEN`: bits that the modulus must have at least.
const MIN_RSA_BITS: usize = 512;

/// `ECUtil.decodePoint` reads points that are not compressed (SEC 1, 2.3.4).
fn is_point(value: &[u8], curve: &Oid) -> bool {
    let octets = match curve.constant() {
        Some(oid::SECP256R1) => 32,
        Some(oid::SECP384R1) => 48,
        Some(oid::SECP521R1) => 66,
        _ => return true,
    };
    value.first() == Some(&4) && value.len() == 1 + 2 * octets
}

fn check_extensions(parsed: &Parsed<'_>) -> Result<(), ParseError> {
    let certificate = parsed.certificate;
    match certificate.version {
        _ if certificate.extensions.is_empty() => return Ok(()),
        1 => return Err(ParseError::ExtensionsOfVersion1),
        3 => {}
        _ => return Err(ParseError::ExtensionsOfVersion2),
    }
    for (index, extension) in certificate.extensions.iter().enumerate() {
        if certificate.extensions.iter().take(index).any(|earlier| earlier.oid == extension.oid) {
            return Err(ParseError::DuplicateExtension);
        }
        if extension.critical && is_unreadable(parsed, &extension.oid) {
            return Err(ParseError::CriticalExtension);
        }
    }
    Ok(())
}

fn is_unreadable(parsed: &Parsed<'_>, oid: &Oid) -> bool {
    let unreadable = &parsed.certificate.unreadable_extensions;
    let value = || value(parsed.certificate, oid.constant()?);
    match oid.constant() {
        Some(oid::SUBJECT_ALT_NAME) => parsed.alternative_names.is_none(),
        Some(oid::BASIC_CONSTRAINTS) => value().and_then(basic_constraints).is_none(),
        Some(oid::POLICY_CONSTRAINTS | oid::POLICY_MAPPINGS) => {
            value().and_then(|value| Reader::read_only(value, SEQUENCE)).is_none()
        }
        Some(oid::INHIBIT_ANY_POLICY) => value().and_then(|value| Reader(value).read_i64()).is_none(),
        Some(oid::NAME_CONSTRAINTS) => parsed.name_constraints.is_none(),
        _ => oid.is_one_of(READ_BY_JAVA) && unreadable.iter().any(|(unreadable, _)| unreadable == oid),
    }
}

/// `X509CertInfo.verifyCert`: a certificate without a subject needs alternative names in a critical extension (RFC
/// 5280, 4.1.2.6).
fn check_empty_subject(parsed: &Parsed<'_>) -> Result<(), ParseError> {
    if !parsed.subject.is_empty() {
        return Ok(());
    }
    if parsed.certificate.extensions.is_empty() {
        return Err(ParseError::EmptySubjectWithoutExtensions);
    }
    match &parsed.alternative_names {
        None => Err(ParseError::EmptySubjectWithoutAlternativeNames),
        Some(names) if names.is_empty() => Err(ParseError::EmptySubjectAndAlternativeNames),
        Some(_) if !parsed.critical.iter().any(|critical| **critical == oid::SUBJECT_ALT_NAME) => {
            Err(ParseError::EmptySubjectAlternativeNamesNotCritical)
        }
        Some(_) => Ok(()),
    }
}

/// The algorithm inside the signed part is the one outside; absent parameters and NULL are the same.
fn same_algorithm(certificate: &Certificate) -> bool {
    let outer = algorithm(&certificate.signature_algorithm.der);
    outer.is_some() && inner_algorithm(certificate).and_then(algorithm) == outer
}

fn inner_algorithm(certificate: &Certificate) -> Option<&[u8]> {
    let mut fields = Reader::read_only(certificate.tbs_der(), SEQUENCE)?;
    fields.read_optional(constructed(0))?;
    fields.read_element(INTEGER)?;
    fields.read_element(SEQUENCE).map(|element| element.whole)
}

fn algorithm(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut fields = Reader::read_only(der, SEQUENCE)?;
    let oid = fields.read_any()?.whole;
    let parameters = fields.0;
    Some((oid, if parameters == [NULL, 0] { &[] } else { parameters }))
}
