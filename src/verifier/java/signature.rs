//! `X509CertImpl.verify`: do algorithm and key go together, and what the graph knows of the signature.

use std::error::Error;
use std::fmt;

use super::Member;
use super::curve;
use super::messages::CheckError;
use crate::certificate::{Certificate, KeyKind};
use crate::graph::Graph;
use crate::oid::{self, ObjectIdentifier, Oid};
use crate::signature::Status;
use crate::verifier::CauseKind;

/// Curves that Java 17 still computes on.
const CURVES: [ObjectIdentifier; 3] = [oid::SECP256R1, oid::SECP384R1, oid::SECP521R1];

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
        Status::Valid if !sets_unused_bits(member.parsed.certificate) => Ok(()),
        Status::Valid | Status::Invalid => {
            Err(CheckError::Signature(mismatch(key, &member.parsed.certificate.signature)))
        }
        Status::Unsupported | Status::Unchecked => Err(CheckError::SignatureNotChecked),
    }
}

/// `DerValue.getBitString` puts zeros in the place of unused bits, so that another signature is verified if one was set.
fn sets_unused_bits(certificate: &Certificate) -> bool {
    let unused = (1 << certificate.unused_signature_bits) - 1;
    certificate.signature.last().is_some_and(|last| last & unused != 0)
}

/// Whether Java would try this algorithm with this key.
fn check_key(algorithm: &Oid, key: &KeyKind) -> Result<(), SignatureError> {
    let family = family(algorithm).ok_or_else(|| SignatureError::NoSuchAlgorithm(algorithm.to_string()))?;
    let class = class(key);
    if class != family {
        return Err(SignatureError::InvalidKey(class));
    }
    match key {
        KeyKind::Ec { curve } if !curve.is_one_of(&CURVES) => {
            Err(SignatureError::UnsupportedCurve(format!("{} ({curve})", curve::name(curve).unwrap_or_default())))
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
        KeyKind::Other { algorithm } => match algorithm.constant() {
            Some(oid::DSA) => DSA_KEY,
            Some(oid::RSASSA_PSS | oid::X500_RSA) => RSA_KEY,
            Some(oid::ED448) => EDWARDS_KEY,
            _ => "sun.security.x509.X509Key",
        },
    }
}

/// The class of keys that an algorithm takes; `None` if no provider has the algorithm.
fn family(algorithm: &Oid) -> Option<&'static str> {
    let java = known_name(algorithm)?;
    Some(match java {
        _ if java.ends_with("ECDSA") => EC_KEY,
        _ if java.ends_with("DSA") => DSA_KEY,
        _ if java.starts_with("Ed") => EDWARDS_KEY,
        _ => RSA_KEY,
    })
}

/// Signature algorithms under Java's names (`KnownOIDs`).
const ALGORITHMS: &[(ObjectIdentifier, &str)] = &[
    (oid::MD2_WITH_RSA, "MD2withRSA"),
    (oid::MD5_WITH_RSA, "MD5withRSA"),
    (oid::SHA1_WITH_RSA, "SHA1withRSA"),
    (oid::OIW_SHA1_WITH_RSA, "SHA1withRSA"),
    (oid::SHA224_WITH_RSA, "SHA224withRSA"),
    (oid::SHA256_WITH_RSA, "SHA256withRSA"),
    (oid::SHA384_WITH_RSA, "SHA384withRSA"),
    (oid::SHA512_WITH_RSA, "SHA512withRSA"),
    (oid::RSASSA_PSS, "RSASSA-PSS"),
    (oid::ECDSA_WITH_SHA1, "SHA1withECDSA"),
    (oid::ECDSA_WITH_SHA224, "SHA224withECDSA"),
    (oid::ECDSA_WITH_SHA256, "SHA256withECDSA"),
    (oid::ECDSA_WITH_SHA384, "SHA384withECDSA"),
    (oid::ECDSA_WITH_SHA512, "SHA512withECDSA"),
    (oid::DSA_WITH_SHA1, "SHA1withDSA"),
    (oid::DSA_WITH_SHA224, "SHA224withDSA"),
    (oid::DSA_WITH_SHA256, "SHA256withDSA"),
    (oid::DSA_WITH_SHA384, "SHA384withDSA"),
    (oid::DSA_WITH_SHA512, "SHA512withDSA"),
    (oid::ED25519, "Ed25519"),
    (oid::ED448, "Ed448"),
];

/// `getSigAlgName`: Java's name for the algorithm, else its identifier with dots.
pub(super) fn name(algorithm: &Oid) -> String {
    algorithm.name_or_dotted(known_name(algorithm))
}

fn known_name(algorithm: &Oid) -> Option<&'static str> {
    ALGORITHMS.iter().find(|(known, _)| algorithm == known).map(|(_, name)| *name)
}
