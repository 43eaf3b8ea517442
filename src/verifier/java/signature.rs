//! `X509CertImpl.verify`: do algorithm and key go together, and what the graph knows of the signature.

use std::error::Error;
use std::fmt;

use super::Member;
use super::messages::CheckError;
use crate::certificate::KeyKind;
use crate::graph::Graph;
use crate::signature::Status;
use crate::verifier::CauseKind;

/// Curves that Java 17 still computes on.
const CURVES: &[&str] = &["P-256", "P-384", "P-521"];

/// What `X509CertImpl.verify` throws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SignatureError {
    /// No provider has the algorithm.
    NoSuchAlgorithm(String),
    /// The algorithm takes keys of another class than this one.
    InvalidKey(&'static str),
    /// Java computes on this curve no more.
    UnsupportedCurve(String),
    /// The signature has not as many octets as the modulus.
    Length { octets: usize, expected: usize },
    /// The signature is not that of this key.
    Mismatch,
}

impl SignatureError {
    /// What is wrong, across all verifiers.
    pub(super) fn kind(&self) -> CauseKind {
        match self {
            SignatureError::NoSuchAlgorithm(_) => CauseKind::WeakAlgorithm,
            SignatureError::UnsupportedCurve(_) => CauseKind::WeakKey,
            SignatureError::InvalidKey(_) | SignatureError::Length { .. } | SignatureError::Mismatch => {
                CauseKind::Signature
            }
        }
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignatureError::NoSuchAlgorithm(algorithm) => {
                write!(f, "NoSuchAlgorithmException: {algorithm} Signature not available")
            }
            SignatureError::InvalidKey(class) => {
                write!(f, "InvalidKeyException: No installed provider supports this key: {class}")
            }
            SignatureError::UnsupportedCurve(curve) => write!(f, "SignatureException: Curve not supported: {curve}"),
            SignatureError::Length { octets, expected } => {
                let words = "SignatureException: Bad signature length";
                write!(f, "{words}: got {octets} but was expecting {expected}")
            }
            SignatureError::Mismatch => f.write_str("SignatureException: Signature does not match."),
        }
    }
}

impl Error for SignatureError {}

/// Did `above` sign `member`?
pub(super) fn check(graph: &Graph, member: Member<'_>, above: Member<'_>) -> Result<(), CheckError> {
    let key = &above.parsed.certificate.key.kind;
    check_key(&member.parsed.certificate.signature_algorithm.oid, key).map_err(CheckError::Signature)?;
    match graph.edge(above.id, member.id).map_or(Status::Unchecked, |edge| edge.signature) {
        Status::Valid => Ok(()),
        Status::Invalid => Err(CheckError::Signature(mismatch(key, &member.parsed.certificate.signature))),
        Status::Unsupported | Status::Unchecked => Err(CheckError::SignatureNotChecked),
    }
}

/// Whether Java would try this algorithm with this key.
fn check_key(algorithm: &str, key: &KeyKind) -> Result<(), SignatureError> {
    let family = family(algorithm).ok_or_else(|| SignatureError::NoSuchAlgorithm(algorithm.to_owned()))?;
    let class = class(key);
    if class != family {
        return Err(SignatureError::InvalidKey(class));
    }
    match key {
        KeyKind::Ec { curve } if !CURVES.contains(&curve.as_str()) => {
            Err(SignatureError::UnsupportedCurve(curve.clone()))
        }
        _ => Ok(()),
    }
}

/// `RSASignature` looks at the length first.
fn mismatch(key: &KeyKind, signature: &[u8]) -> SignatureError {
    match key {
        KeyKind::Rsa { bits } if signature.len() != bits.div_ceil(8) => {
            SignatureError::Length { octets: signature.len(), expected: bits.div_ceil(8) }
        }
        _ => SignatureError::Mismatch,
    }
}

const RSA_KEY: &str = "sun.security.rsa.RSAPublicKeyImpl";
const EC_KEY: &str = "sun.security.ec.ECPublicKeyImpl";
const EDWARDS_KEY: &str = "sun.security.ec.ed.EdDSAPublicKeyImpl";
const DSA_KEY: &str = "sun.security.provider.DSAPublicKeyImpl";

/// The class of a public key.
fn class(key: &KeyKind) -> &'static str {
    match key {
        KeyKind::Rsa { .. } => RSA_KEY,
        KeyKind::Ec { .. } => EC_KEY,
        KeyKind::Ed25519 => EDWARDS_KEY,
        KeyKind::Other { algorithm } => match algorithm.as_str() {
            "1.2.840.10040.4.1" => DSA_KEY,
            "1.2.840.113549.1.1.10" => RSA_KEY,
            "1.3.101.113" => EDWARDS_KEY,
            _ => "sun.security.x509.X509Key",
        },
    }
}

/// The class of keys that an algorithm takes; `None` if no provider has the algorithm.
fn family(algorithm: &str) -> Option<&'static str> {
    let java = ALGORITHMS.iter().find(|(oid, _)| *oid == algorithm)?.1;
    Some(match java {
        _ if java.ends_with("ECDSA") => EC_KEY,
        _ if java.ends_with("DSA") => DSA_KEY,
        _ if java.starts_with("Ed") => EDWARDS_KEY,
        _ => RSA_KEY,
    })
}

/// Signature algorithms under Java's names (`KnownOIDs`).
const ALGORITHMS: &[(&str, &str)] = &[
    ("1.2.840.113549.1.1.2", "MD2withRSA"),
    ("1.2.840.113549.1.1.4", "MD5withRSA"),
    ("1.2.840.113549.1.1.5", "SHA1withRSA"),
    ("1.3.14.3.2.29", "SHA1withRSA"),
    ("1.2.840.113549.1.1.14", "SHA224withRSA"),
    ("1.2.840.113549.1.1.11", "SHA256withRSA"),
    ("1.2.840.113549.1.1.12", "SHA384withRSA"),
    ("1.2.840.113549.1.1.13", "SHA512withRSA"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
    ("1.2.840.10045.4.1", "SHA1withECDSA"),
    ("1.2.840.10045.4.3.1", "SHA224withECDSA"),
    ("1.2.840.10045.4.3.2", "SHA256withECDSA"),
    ("1.2.840.10045.4.3.3", "SHA384withECDSA"),
    ("1.2.840.10045.4.3.4", "SHA512withECDSA"),
    ("1.2.840.10040.4.3", "SHA1withDSA"),
    ("2.16.840.1.101.3.4.3.1", "SHA224withDSA"),
    ("2.16.840.1.101.3.4.3.2", "SHA256withDSA"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
];

/// `getSigAlgName`.
pub(super) fn name(oid: &str) -> &str {
    ALGORITHMS.iter().find(|(known, _)| *known == oid).map_or(oid, |(_, name)| *name)
}
