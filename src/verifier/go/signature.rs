//! `CheckSignatureFrom`: may the candidate sign certificates, do algorithm and key go together, is the signature
//! valid. The last is read from the graph; the first two are Go's own rules.

use super::parse::{Hash, Parsed, PublicKey, RsaKey, SignatureAlgorithm};
use super::release::Release;
use super::words;
use crate::signature::Status;

/// keyCertSign (RFC 5280, 4.2.1.3).
const KEY_CERT_SIGN: u16 = 1 << 5;
/// `crypto/rsa`, minimum key size since Go 1.24.
const MIN_RSA_BITS: usize = 1024;
/// `crypto/internal/fips140/rsa`: exponents fit a signed 32-bit integer.
const MAX_RSA_EXPONENT: i64 = (1 << 31) - 1;

/// Why a candidate did not verify a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Go refuses, in these words.
    Refused(String),
    /// Go would look at the signature, and the graph does not know the answer.
    NotChecked,
}

/// Did `parent` sign `child`, given what the graph knows of that?
pub(super) fn check_signature_from(
    child: &Parsed<'_>,
    parent: &Parsed<'_>,
    status: Status,
    release: Release,
) -> Result<(), Refusal> {
    let refuse = |words: String| Err(Refusal::Refused(words));
    if !may_sign_certificates(parent) {
        return refuse(words::CANNOT_SIGN.to_owned());
    }
    let Some(key) = &parent.public_key else {
        return refuse(words::ALGORITHM_UNIMPLEMENTED.to_owned());
    };
    if let Err(words) = check_algorithm(child.signature_algorithm, key, release) {
        return refuse(words);
    }
    match status {
        Status::Valid => Ok(()),
        Status::Invalid => refuse(failure(key)),
        Status::Unsupported | Status::Unchecked => Err(Refusal::NotChecked),
    }
}

/// RFC 5280, 4.2.1.9 and 4.2.1.3. A version 3 certificate without basicConstraints may not, one of version 1 may.
fn may_sign_certificates(parent: &Parsed<'_>) -> bool {
    let ca = match parent.extensions.basic_constraints {
        Some(constraints) => constraints.ca,
        None => parent.version != 3,
    };
    let usage = parent.extensions.key_usage;
    ca && (usage == 0 || usage & KEY_CERT_SIGN != 0)
}

/// Whether Go would try this algorithm with this key.
fn check_algorithm(algorithm: SignatureAlgorithm, key: &PublicKey, release: Release) -> Result<(), String> {
    let hash = match algorithm {
        SignatureAlgorithm::Unknown => return Err(words::ALGORITHM_UNIMPLEMENTED.to_owned()),
        SignatureAlgorithm::Rsa(hash)
        | SignatureAlgorithm::RsaPss(hash)
        | SignatureAlgorithm::Dsa(hash)
        | SignatureAlgorithm::Ecdsa(hash) => Some(hash),
        SignatureAlgorithm::Ed25519 | SignatureAlgorithm::MlDsa(_) => None,
    };
    if matches!(hash, Some(Hash::Md5 | Hash::Sha1)) {
        let way_out = if release.is_old() { sha1_override(algorithm) } else { "" };
        return Err(format!("x509: cannot verify signature: insecure algorithm {}{way_out}", name(algorithm)));
    }
    match (key, algorithm) {
        (PublicKey::Dsa, _) => Err(words::ALGORITHM_UNIMPLEMENTED.to_owned()),
        // Go 1.19 verifies with whatever numbers the key has.
        (PublicKey::Rsa(_), SignatureAlgorithm::Rsa(_) | SignatureAlgorithm::RsaPss(_)) if release.is_old() => Ok(()),
        (PublicKey::Rsa(key), SignatureAlgorithm::Rsa(_) | SignatureAlgorithm::RsaPss(_)) => check_rsa_key(key),
        (PublicKey::Ecdsa, SignatureAlgorithm::Ecdsa(_)) => Ok(()),
        (PublicKey::Ed25519, SignatureAlgorithm::Ed25519) => Ok(()),
        (PublicKey::MlDsa(key), SignatureAlgorithm::MlDsa(signature)) if *key == signature => Ok(()),
        (PublicKey::MlDsa(key), SignatureAlgorithm::MlDsa(_)) => Err(format!(
            "x509: signature algorithm specifies an ML-DSA public key with {} parameters, but have a public key with \
             ML-DSA-{key} parameters",
            name(algorithm)
        )),
        _ => Err(format!(
            "x509: signature algorithm specifies an {} public key, but have public key of type {}",
            family(algorithm),
            go_type(key)
        )),
    }
}

/// What Go 1.19 advises (`InsecureAlgorithmError`); the variable is gone since 1.24.
fn sha1_override(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::Rsa(Hash::Sha1) | SignatureAlgorithm::Ecdsa(Hash::Sha1) => {
            " (temporarily override with GODEBUG=x509sha1=1)"
        }
        _ => "",
    }
}

/// What `crypto/rsa` demands of a public key before it looks at a signature.
fn check_rsa_key(key: &RsaKey) -> Result<(), String> {
    if key.bits < MIN_RSA_BITS {
        let bits = key.bits;
        return Err(format!(
            "crypto/rsa: {bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)"
        ));
    }
    let refusal = match key.exponent {
        _ if !key.odd => "crypto/rsa: public modulus is even",
        ..2 => "crypto/rsa: public exponent too small or negative",
        exponent if exponent & 1 == 0 => "crypto/rsa: public exponent is even",
        exponent if exponent > MAX_RSA_EXPONENT => "crypto/rsa: public exponent too large",
        _ => return Ok(()),
    };
    Err(refusal.to_owned())
}

/// The signature is wrong.
fn failure(key: &PublicKey) -> String {
    let words = match key {
        PublicKey::Rsa(_) => "crypto/rsa: verification error",
        PublicKey::Ecdsa => "x509: ECDSA verification failure",
        PublicKey::Ed25519 => "x509: Ed25519 verification failure",
        PublicKey::MlDsa(_) => "x509: ML-DSA verification failure: mldsa: invalid signature",
        PublicKey::Dsa => words::ALGORITHM_UNIMPLEMENTED,
    };
    words.to_owned()
}

/// Go's name of a signature algorithm.
fn name(algorithm: SignatureAlgorithm) -> String {
    match algorithm {
        SignatureAlgorithm::Rsa(hash) => format!("{}-RSA", hash_name(hash)),
        SignatureAlgorithm::RsaPss(hash) => format!("{}-RSAPSS", hash_name(hash)),
        SignatureAlgorithm::Dsa(hash) => format!("DSA-{}", hash_name(hash)),
        SignatureAlgorithm::Ecdsa(hash) => format!("ECDSA-{}", hash_name(hash)),
        SignatureAlgorithm::Ed25519 => "Ed25519".to_owned(),
        SignatureAlgorithm::MlDsa(set) => format!("ML-DSA-{set}"),
        SignatureAlgorithm::Unknown => "0".to_owned(),
    }
}

fn hash_name(hash: Hash) -> &'static str {
    match hash {
        Hash::Md5 => "MD5",
        Hash::Sha1 => "SHA1",
        Hash::Sha256 => "SHA256",
        Hash::Sha384 => "SHA384",
        Hash::Sha512 => "SHA512",
    }
}

/// The kind of key that an algorithm asks for.
fn family(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::Rsa(_) | SignatureAlgorithm::RsaPss(_) => "RSA",
        SignatureAlgorithm::Dsa(_) => "DSA",
        SignatureAlgorithm::Ecdsa(_) => "ECDSA",
        SignatureAlgorithm::Ed25519 => "Ed25519",
        SignatureAlgorithm::MlDsa(_) => "ML-DSA",
        SignatureAlgorithm::Unknown => "0",
    }
}

/// The Go type that holds a key.
fn go_type(key: &PublicKey) -> &'static str {
    match key {
        PublicKey::Rsa(_) => "*rsa.PublicKey",
        PublicKey::Dsa => "*dsa.PublicKey",
        PublicKey::Ecdsa => "*ecdsa.PublicKey",
        PublicKey::Ed25519 => "ed25519.PublicKey",
        PublicKey::MlDsa(_) => "*mldsa.PublicKey",
    }
}
