//! `CheckSignatureFrom`: may the candidate sign certificates, do algorithm and key go together, is the signature
//! valid. The last is read from the graph; the first two are Go's own rules.

use std::error::Error;
use std::fmt;

use super::ml_dsa_form::{self, MlDsaFault};
use super::parse::{Hash, Parsed, PublicKey, RsaKey, SignatureAlgorithm};
use super::release::Release;
use crate::signature::Status;
use crate::verifier::CauseKind;

/// keyCertSign (RFC 5280, 4.2.1.3).
const KEY_CERT_SIGN: u16 = 1 << 5;
/// `crypto/rsa`, minimum key size since Go 1.24.
const MIN_RSA_BITS: usize = 1024;
/// `crypto/internal/fips140/rsa`: exponents fit a signed 32-bit integer.
const MAX_RSA_EXPONENT: i64 = (1 << 31) - 1;

/// Why a candidate does not verify a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureError {
    /// The candidate is no CA or may not sign certificates.
    CannotSign,
    /// The signature algorithm or the candidate's key is of no kind that Go verifies.
    AlgorithmUnimplemented,
    /// MD5 or SHA-1.
    InsecureAlgorithm {
        /// The algorithm of the signature.
        algorithm: SignatureAlgorithm,
        /// Go 1.19 names a variable that lets SHA-1 pass; it is gone since 1.24.
        may_be_overridden: bool,
    },
    /// An algorithm for another kind of key than the candidate's.
    OtherKey {
        /// The algorithm of the signature.
        algorithm: SignatureAlgorithm,
        /// The candidate's key.
        key: PublicKey,
    },
    /// ML-DSA with another parameter set than the candidate's key has.
    OtherParameterSet {
        /// The algorithm of the signature.
        algorithm: SignatureAlgorithm,
        /// The parameter set of the candidate's key.
        key: u8,
    },
    /// An RSA key that `crypto/rsa` refuses before it looks at the signature.
    RsaKey(RsaKeyError),
    /// The signature is not that of this key.
    Mismatch(PublicKey),
    /// An ML-DSA signature that is not built as one, so that Go does not look further.
    MlDsaForm(MlDsaFault),
    /// Ours: Go would look at the signature, and the graph does not know the answer.
    NotChecked,
}

/// What `crypto/rsa` refuses in a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RsaKeyError {
    /// Fewer bits than [`MIN_RSA_BITS`].
    TooSmall(usize),
    /// The modulus is even.
    EvenModulus,
    /// The exponent is below two.
    SmallExponent,
    /// The exponent is even.
    EvenExponent,
    /// The exponent is above [`MAX_RSA_EXPONENT`].
    LargeExponent,
}

impl SignatureError {
    /// What is wrong, across all verifiers.
    pub fn kind(&self) -> CauseKind {
        match self {
            SignatureError::CannotSign => CauseKind::NotCa,
            SignatureError::AlgorithmUnimplemented | SignatureError::InsecureAlgorithm { .. } => {
                CauseKind::WeakAlgorithm
            }
            SignatureError::OtherKey { .. }
            | SignatureError::OtherParameterSet { .. }
            | SignatureError::MlDsaForm(_)
            | SignatureError::Mismatch(_) => CauseKind::Signature,
            SignatureError::RsaKey(_) => CauseKind::WeakKey,
            SignatureError::NotChecked => CauseKind::Stopped,
        }
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignatureError::CannotSign => {
                f.write_str("x509: invalid signature: parent certificate cannot sign this kind of certificate")
            }
            SignatureError::AlgorithmUnimplemented | SignatureError::Mismatch(PublicKey::Dsa) => {
                f.write_str("x509: cannot verify signature: algorithm unimplemented")
            }
            SignatureError::InsecureAlgorithm { algorithm, may_be_overridden } => {
                let advice = match may_be_overridden {
                    true => " (temporarily override with GODEBUG=x509sha1=1)",
                    false => "",
                };
                write!(f, "x509: cannot verify signature: insecure algorithm {algorithm}{advice}")
            }
            SignatureError::OtherKey { algorithm, key } => write!(
                f,
                "x509: signature algorithm specifies an {} public key, but have public key of type {}",
                family(*algorithm),
                go_type(key)
            ),
            SignatureError::OtherParameterSet { algorithm, key } => write!(
                f,
                "x509: signature algorithm specifies an ML-DSA public key with {algorithm} parameters, but have a \
                 public key with ML-DSA-{key} parameters"
            ),
            SignatureError::RsaKey(why) => why.fmt(f),
            SignatureError::Mismatch(PublicKey::Rsa(_)) => f.write_str("crypto/rsa: verification error"),
            SignatureError::Mismatch(PublicKey::Ecdsa) => f.write_str("x509: ECDSA verification failure"),
            SignatureError::Mismatch(PublicKey::Ed25519) => f.write_str("x509: Ed25519 verification failure"),
            SignatureError::Mismatch(PublicKey::MlDsa(_)) => {
                f.write_str("x509: ML-DSA verification failure: mldsa: invalid signature")
            }
            SignatureError::MlDsaForm(fault) => write!(f, "x509: ML-DSA verification failure: {fault}"),
            SignatureError::NotChecked => f.write_str(
                "the signature was not checked (budget spent, or an algorithm that this build lacks), so Go's answer \
                 is not known",
            ),
        }
    }
}

impl Error for SignatureError {}

impl fmt::Display for RsaKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RsaKeyError::TooSmall(bits) => {
                let page = "https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size";
                return write!(f, "crypto/rsa: {bits}-bit keys are insecure (see {page})");
            }
            RsaKeyError::EvenModulus => "crypto/rsa: public modulus is even",
            RsaKeyError::SmallExponent => "crypto/rsa: public exponent too small or negative",
            RsaKeyError::EvenExponent => "crypto/rsa: public exponent is even",
            RsaKeyError::LargeExponent => "crypto/rsa: public exponent too large",
        })
    }
}

impl Error for RsaKeyError {}

/// Did `parent` sign `child`, given what the graph knows of that?
pub(super) fn check_signature_from(
    child: &Parsed<'_>,
    parent: &Parsed<'_>,
    status: Status,
    release: Release,
) -> Result<(), SignatureError> {
    if !may_sign_certificates(parent) {
        return Err(SignatureError::CannotSign);
    }
    let key = parent.public_key.as_ref().ok_or(SignatureError::AlgorithmUnimplemented)?;
    check_algorithm(child.signature_algorithm, key, release)?;
    match status {
        Status::Valid if child.has_whole_signature => Ok(()),
        Status::Valid | Status::Invalid => Err(match ml_dsa_form::fault(key, child.signature) {
            Some(fault) => SignatureError::MlDsaForm(fault),
            None => SignatureError::Mismatch(key.clone()),
        }),
        Status::Unsupported | Status::Unchecked => Err(SignatureError::NotChecked),
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
fn check_algorithm(algorithm: SignatureAlgorithm, key: &PublicKey, release: Release) -> Result<(), SignatureError> {
    let hash = match algorithm {
        SignatureAlgorithm::Unknown => return Err(SignatureError::AlgorithmUnimplemented),
        SignatureAlgorithm::Rsa(hash)
        | SignatureAlgorithm::RsaPss(hash)
        | SignatureAlgorithm::Dsa(hash)
        | SignatureAlgorithm::Ecdsa(hash) => Some(hash),
        SignatureAlgorithm::Ed25519 | SignatureAlgorithm::MlDsa(_) => None,
    };
    if matches!(hash, Some(Hash::Md5 | Hash::Sha1)) {
        let may_be_overridden = release.is_old() && can_override_sha1(algorithm);
        return Err(SignatureError::InsecureAlgorithm { algorithm, may_be_overridden });
    }
    match (key, algorithm) {
        (PublicKey::Dsa, _) => Err(SignatureError::AlgorithmUnimplemented),
        // Go 1.19 verifies with whatever numbers the key has.
        (PublicKey::Rsa(_), SignatureAlgorithm::Rsa(_) | SignatureAlgorithm::RsaPss(_)) if release.is_old() => Ok(()),
        (PublicKey::Rsa(key), SignatureAlgorithm::Rsa(_) | SignatureAlgorithm::RsaPss(_)) => {
            check_rsa_key(key).map_err(SignatureError::RsaKey)
        }
        (PublicKey::Ecdsa, SignatureAlgorithm::Ecdsa(_)) => Ok(()),
        (PublicKey::Ed25519, SignatureAlgorithm::Ed25519) => Ok(()),
        (PublicKey::MlDsa(key), SignatureAlgorithm::MlDsa(signature)) if *key == signature => Ok(()),
        (PublicKey::MlDsa(key), SignatureAlgorithm::MlDsa(_)) => {
            Err(SignatureError::OtherParameterSet { algorithm, key: *key })
        }
        _ => Err(SignatureError::OtherKey { algorithm, key: key.clone() }),
    }
}

/// `InsecureAlgorithmError` of Go 1.19 advises so of two algorithms.
fn can_override_sha1(algorithm: SignatureAlgorithm) -> bool {
    matches!(algorithm, SignatureAlgorithm::Rsa(Hash::Sha1) | SignatureAlgorithm::Ecdsa(Hash::Sha1))
}

/// What `crypto/rsa` demands of a public key before it looks at a signature.
fn check_rsa_key(key: &RsaKey) -> Result<(), RsaKeyError> {
    match key.exponent {
        _ if key.bits < MIN_RSA_BITS => Err(RsaKeyError::TooSmall(key.bits)),
        _ if !key.odd => Err(RsaKeyError::EvenModulus),
        ..2 => Err(RsaKeyError::SmallExponent),
        exponent if exponent & 1 == 0 => Err(RsaKeyError::EvenExponent),
        exponent if exponent > MAX_RSA_EXPONENT => Err(RsaKeyError::LargeExponent),
        _ => Ok(()),
    }
}

/// Go's name of a signature algorithm.
impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignatureAlgorithm::Rsa(hash) => write!(f, "{hash}-RSA"),
            SignatureAlgorithm::RsaPss(hash) => write!(f, "{hash}-RSAPSS"),
            SignatureAlgorithm::Dsa(hash) => write!(f, "DSA-{hash}"),
            SignatureAlgorithm::Ecdsa(hash) => write!(f, "ECDSA-{hash}"),
            SignatureAlgorithm::Ed25519 => f.write_str("Ed25519"),
            SignatureAlgorithm::MlDsa(set) => write!(f, "ML-DSA-{set}"),
            SignatureAlgorithm::Unknown => f.write_str("0"),
        }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Hash::Md5 => "MD5",
            Hash::Sha1 => "SHA1",
            Hash::Sha256 => "SHA256",
            Hash::Sha384 => "SHA384",
            Hash::Sha512 => "SHA512",
        })
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
