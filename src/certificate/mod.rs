//! The owned, immutable model of a certificate (RFC 5280).
//!
//! It knows neither trust nor time: it says what the certificate says.

mod ber;
mod error;
mod extension;
mod general_name;
mod key;
mod name;
mod parse;
pub mod pem;
mod revocation;
mod text;
mod tolerant;

use std::ops::Range;

pub use ber::BerForm;
pub use error::{ExtensionError, Identifier, ParseError, Part, ReadError};
pub use general_name::GeneralName;
pub use key::{KeyKind, PublicKey};
pub use name::{Attribute, CanonicalName, Name};
pub use revocation::RevocationList;
pub use text::{ValidityState, distinct_name, distinguishing_digest};

use crate::oid::{self, Oid};
use crate::time::Timestamp;

/// Index of a distinct certificate (by SHA-256) in the inventory's order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertId(pub usize);

/// An X.509 certificate. Made by [`Certificate::parse`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certificate {
    /// The whole certificate, DER.
    pub der: Vec<u8>,
    /// Where the signed part (tbsCertificate) stands in `der`.
    pub tbs: Range<usize>,
    /// One more than encoded: 1, 2 or 3 (RFC 5280, 4.1.2.1), and whatever else somebody wrote.
    pub version: u32,
    /// Contents octets of the serial's INTEGER, as encoded (two's complement, big endian).
    pub serial: Vec<u8>,
    /// The name of whoever signed the certificate (RFC 5280, 4.1.2.4).
    pub issuer: Name,
    /// The name of whoever holds the key (RFC 5280, 4.1.2.6), which may be empty.
    pub subject: Name,
    /// First valid instant (inclusive).
    pub not_before: Timestamp,
    /// Last valid instant (inclusive).
    pub not_after: Timestamp,
    /// The subject's public key.
    pub key: PublicKey,
    /// The outer signatureAlgorithm.
    pub signature_algorithm: Algorithm,
    /// The signature's bits.
    pub signature: Vec<u8>,
    /// How many bits of its last octet are none of the signature, 0 to 7 (X.690, 8.6.2.2); a signature has whole octets.
    pub unused_signature_bits: u8,
    /// Every extension in the order encoded.
    pub extensions: Vec<Extension>,
    /// Whether the subject is a CA, and how long paths below it may be (RFC 5280, 4.2.1.9).
    pub basic_constraints: Option<BasicConstraints>,
    /// What the key may be used for (keyUsage, RFC 5280, 4.2.1.3).
    pub key_usage: Option<KeyUsage>,
    /// The purposes of extKeyUsage (RFC 5280, 4.2.1.12), in the order encoded.
    pub extended_key_usage: Option<Vec<Oid>>,
    /// The names of subjectAltName (RFC 5280, 4.2.1.6), in the order encoded.
    pub subject_alt_names: Option<Vec<GeneralName>>,
    /// The names that certificates below may or must not have (RFC 5280, 4.2.1.10).
    pub name_constraints: Option<NameConstraints>,
    /// The subjectKeyIdentifier (RFC 5280, 4.2.1.2).
    pub subject_key_id: Option<Vec<u8>>,
    /// What authorityKeyIdentifier (RFC 5280, 4.2.1.1) says of the issuer's key.
    pub authority_key_id: Option<AuthorityKeyId>,
    /// The policy identifiers of certificatePolicies (RFC 5280, 4.2.1.4).
    pub policies: Option<Vec<Oid>>,
    /// The authorityInfoAccess (RFC 5280, 4.2.2.1): method and URL, as text; never fetched.
    pub authority_info_access: Vec<(Oid, GeneralName)>,
    /// URLs of cRLDistributionPoints (RFC 5280, 4.2.1.13), as text; never fetched.
    pub crl_urls: Vec<String>,
    /// Extensions whose value could not be read: identifier and reason.
    pub unreadable_extensions: Vec<(Oid, ExtensionError)>,
    /// SHA-256 of `der`.
    pub sha256: [u8; 32],
    /// SHA-1 of `der`.
    pub sha1: [u8; 20],
}

/// An AlgorithmIdentifier (RFC 5280, 4.1.1.2) of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Algorithm {
    /// The whole AlgorithmIdentifier, DER.
    pub der: Vec<u8>,
    /// The identifier of the algorithm.
    pub oid: Oid,
    /// The hash function of RSASSA-PSS (RFC 4055, 3.1): SHA-1 where the parameters give none that has a name here.
    /// `None` for every other algorithm.
    pub pss_hash: Option<Oid>,
    /// A name that people know (`ECDSA-SHA256`, `SHA256-RSA`), else the OID.
    pub name: String,
}

/// One extension, uninterpreted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// What the extension is about.
    pub oid: Oid,
    /// Whether a verifier that does not know it must refuse.
    pub critical: bool,
    /// Contents of the extnValue OCTET STRING.
    pub value: Vec<u8>,
}

/// What basicConstraints says (RFC 5280, 4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// The subject may issue certificates (cA).
    pub ca: bool,
    /// How many CAs may follow below (pathLenConstraint).
    pub path_len: Option<u32>,
}

/// The bits of keyUsage (RFC 5280, 4.2.1.3): bit 0 (digitalSignature) is the lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage(pub u16);

impl KeyUsage {
    /// Whether the key may sign certificates (keyCertSign, bit 5).
    pub fn key_cert_sign(self) -> bool {
        self.0 & (1 << 5) != 0
    }
}

/// What nameConstraints says (RFC 5280, 4.2.1.10); minimum and maximum have no use in this profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameConstraints {
    /// The bases of permittedSubtrees.
    pub permitted: Vec<GeneralName>,
    /// The bases of excludedSubtrees.
    pub excluded: Vec<GeneralName>,
}

/// What authorityKeyIdentifier says (RFC 5280, 4.2.1.1); authorityCertIssuer is not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorityKeyId {
    /// The keyIdentifier, by which the issuer's key is known.
    pub key_id: Option<Vec<u8>>,
    /// The contents octets of authorityCertSerialNumber.
    pub serial: Option<Vec<u8>>,
}

impl Certificate {
    /// The sides of a TLS connection that the extended key usage names: server and client (RFC 5280, 4.2.1.12); `None`
    /// without the extension, or where it names neither.
    pub fn tls_sides(&self) -> Option<(bool, bool)> {
        let usages = self.extended_key_usage.as_ref()?;
        let lists = |usage| usages.iter().any(|it| it.is_one_of(&[usage, oid::ANY_EXTENDED_KEY_USAGE]));
        let sides = (lists(oid::SERVER_AUTH), lists(oid::CLIENT_AUTH));
        (sides != (false, false)).then_some(sides)
    }

    /// Reads one certificate from its DER, which it must fill.
    ///
    /// An extension whose value cannot be read costs nothing else: it is listed in
    /// [`unreadable_extensions`](Certificate::unreadable_extensions). Nothing is judged: neither the signature nor the
    /// validity, neither RFC 5280's demands on versions, serial numbers and critical extensions nor whether the key is
    /// one at all. Files in other forms (PEM, bundles, key stores) are for [`decode`](crate::decode).
    ///
    /// ```
    /// use rootlens::certificate::Certificate;
    /// use rootlens::decode;
    ///
    /// let file = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/signatures/ed25519.pem"));
    /// let block = &decode::read(file).items[0];
    /// let certificate = Certificate::parse(&block.der)?;
    /// assert_eq!(certificate.key_text(), "Ed25519");
    /// assert!(Certificate::parse(&block.der[1..]).is_err());
    /// # Ok::<(), rootlens::certificate::ParseError>(())
    /// ```
    pub fn parse(der: &[u8]) -> Result<Certificate, ParseError> {
        parse::parse(der)
    }

    /// Whether basicConstraints says that the subject is a CA.
    pub fn is_ca(&self) -> bool {
        self.basic_constraints.is_some_and(|constraints| constraints.ca)
    }

    /// The bytes that are signed: tbsCertificate, DER.
    pub fn tbs_der(&self) -> &[u8] {
        self.der.get(self.tbs.clone()).unwrap_or_default()
    }

    /// The most telling part of the subject: common name, else organisational unit, organisation, a SAN, or `(no
    /// name)`.
    pub fn short_name(&self) -> String {
        let subject_alt_name = || self.subject_alt_names.iter().flatten().next().map(GeneralName::to_string);
        self.subject.short().or_else(subject_alt_name).unwrap_or_else(|| "(no name)".to_owned())
    }

    /// The keyIdentifier of authorityKeyIdentifier.
    pub fn issuer_key_id(&self) -> Option<&[u8]> {
        self.authority_key_id.as_ref().and_then(|authority| authority.key_id.as_deref())
    }
}
