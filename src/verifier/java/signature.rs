//! `X509CertImpl.verify`: do algorithm and key go together, and what the graph knows of the signature.

use super::Member;
use super::checks::Failure;
use crate::certificate::KeyKind;
use crate::graph::Graph;
use crate::signature::Status;

/// Curves that Java 17 still computes on.
const CURVES: &[&str] = &["P-256", "P-384", "P-521"];

/// Did `above` sign `member`?
pub(super) fn check(graph: &Graph, member: Member<'_>, above: Member<'_>) -> Result<(), Failure> {
    let algorithm = &member.parsed.certificate.signature_algorithm.oid;
    let key = &above.parsed.certificate.key.kind;
    let Some(family) = family(algorithm) else {
        return Err(failed(format!("NoSuchAlgorithmException: {algorithm} Signature not available")));
    };
    let class = class(key);
    if class != family {
        return Err(failed(format!("InvalidKeyException: No installed provider supports this key: {class}")));
    }
    if let KeyKind::Ec { curve } = key
        && !CURVES.contains(&curve.as_str())
    {
        return Err(failed(format!("SignatureException: Curve not supported: {curve}")));
    }
    match graph.edge(above.id, member.id).map_or(Status::Unchecked, |edge| edge.signature) {
        Status::Valid => Ok(()),
        Status::Invalid => Err(failed(mismatch(key, &member.parsed.certificate.signature))),
        Status::Unsupported | Status::Unchecked => Err(Failure::NotChecked),
    }
}

fn failed(cause: String) -> Failure {
    Failure::CertPath { message: "signature check failed".to_owned(), cause: Some(cause) }
}

/// `RSASignature` looks at the length first.
fn mismatch(key: &KeyKind, signature: &[u8]) -> String {
    match key {
        KeyKind::Rsa { bits } if signature.len() != bits.div_ceil(8) => format!(
            "SignatureException: Bad signature length: got {} but was expecting {}",
            signature.len(),
            bits.div_ceil(8)
        ),
        _ => "SignatureException: Signature does not match.".to_owned(),
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
