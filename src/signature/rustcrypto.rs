//! The pure-Rust back end.

use ed25519_dalek::Verifier;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::key::{Curve, Key, RsaRestriction};
use super::scheme::{Hash, PssParameters, Scheme};
use super::{Check, Status};

/// Largest RSA modulus that we compute with, as OpenSSL's `OPENSSL_RSA_MAX_MODULUS_BITS`.
const MAX_RSA_BITS: usize = 16_384;

/// Above this size of the modulus the exponent is limited too, as OpenSSL's `OPENSSL_RSA_SMALL_MODULUS_BITS`.
const SMALL_RSA_BITS: usize = 3_072;

/// Largest exponent beside a large modulus, as OpenSSL's `OPENSSL_RSA_MAX_PUBEXP_BITS`.
const MAX_RSA_EXPONENT_BITS: usize = 64;

/// Answers every check, in order.
pub fn verify_batch(checks: &[Check<'_>]) -> Vec<Status> {
    checks.iter().map(verify).collect()
}

/// Answers one check.
pub(super) fn verify(check: &Check<'_>) -> Status {
    let Some(scheme) = Scheme::from_der(check.algorithm) else { return Status::Unsupported };
    let Some(key) = Key::from_spki(check.issuer_key) else { return Status::Unsupported };
    match (scheme, key) {
        (Scheme::RsaPkcs1(_) | Scheme::RsaPss(_), Key::Rsa { modulus, exponent, restriction }) => {
            if !permits(restriction, scheme) {
                return Status::Invalid;
            }
            verify_rsa(modulus, exponent, scheme, check)
        }
        (Scheme::Ecdsa(hash), Key::Ec { curve, point }) => verify_ecdsa(curve, point, hash, check),
        (Scheme::Ed25519, Key::Ed25519(octets)) => verify_ed25519(octets, check),
        // Key and algorithm do not fit each other, so this key cannot have made this signature.
        _ => Status::Invalid,
    }
}

fn status(verified: bool) -> Status {
    if verified { Status::Valid } else { Status::Invalid }
}

/// RFC 4055, 1.2 and 3.3: what a key that is marked for PSS may be used for.
pub(super) fn permits(restriction: RsaRestriction, scheme: Scheme) -> bool {
    match (restriction, scheme) {
        (RsaRestriction::None, _) => true,
        (RsaRestriction::Pss, scheme) => matches!(scheme, Scheme::RsaPss(_)),
        (RsaRestriction::PssWith(allowed), Scheme::RsaPss(used)) => {
            allowed.hash == used.hash && allowed.salt_length <= used.salt_length
        }
        (RsaRestriction::PssWith(_), _) => false,
    }
}

fn verify_rsa(modulus: &[u8], exponent: &[u8], scheme: Scheme, check: &Check<'_>) -> Status {
    let Some(key) = rsa_key(modulus, exponent) else { return Status::Unsupported };
    let verified = match scheme {
        Scheme::RsaPkcs1(hash) => key.verify(pkcs1_padding(hash), &hash.digest(check.message), check.signature),
        Scheme::RsaPss(PssParameters { hash, salt_length }) => {
            key.verify(pss_padding(hash, salt_length), &hash.digest(check.message), check.signature)
        }
        Scheme::Ecdsa(_) | Scheme::Ed25519 => return Status::Invalid,
    };
    status(verified.is_ok())
}

/// `None` for keys that no one should meet: an even modulus or exponent, an exponent of 1, or sizes beyond the limits.
/// The crate's own constructor would refuse exponents of 34 bits and more.
pub(super) fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Option<RsaPublicKey> {
    let is_odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
    let (n, e) = (BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent));
    let exponent_fits = e < n && (n.bits() <= SMALL_RSA_BITS || e.bits() <= MAX_RSA_EXPONENT_BITS);
    let usable = is_odd(modulus) && is_odd(exponent) && e.bits() >= 2 && exponent_fits && n.bits() <= MAX_RSA_BITS;
    usable.then(|| RsaPublicKey::new_unchecked(n, e))
}

fn pkcs1_padding(hash: Hash) -> Pkcs1v15Sign {
    match hash {
        Hash::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
        Hash::Sha224 => Pkcs1v15Sign::new::<Sha224>(),
        Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
        Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
    }
}

fn pss_padding(hash: Hash, salt_length: usize) -> Pss {
    match hash {
        Hash::Sha1 => Pss::new_with_salt::<Sha1>(salt_length),
        Hash::Sha224 => Pss::new_with_salt::<Sha224>(salt_length),
        Hash::Sha256 => Pss::new_with_salt::<Sha256>(salt_length),
        Hash::Sha384 => Pss::new_with_salt::<Sha384>(salt_length),
        Hash::Sha512 => Pss::new_with_salt::<Sha512>(salt_length),
    }
}

fn verify_ecdsa(curve: Curve, point: &[u8], hash: Hash, check: &Check<'_>) -> Status {
    let digest = widen(hash.digest(check.message), curve.field_octets());
    match curve {
        Curve::P256 => {
            let Ok(key) = p256::ecdsa::VerifyingKey::from_sec1_bytes(point) else { return Status::Unsupported };
            let signature = p256::ecdsa::Signature::from_der(check.signature);
            status(signature.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
        }
        Curve::P384 => {
            let Ok(key) = p384::ecdsa::VerifyingKey::from_sec1_bytes(point) else { return Status::Unsupported };
            let signature = p384::ecdsa::Signature::from_der(check.signature);
            status(signature.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
        }
        Curve::P521 => {
            let Ok(key) = p521::ecdsa::VerifyingKey::from_sec1_bytes(point) else { return Status::Unsupported };
            let signature = p521::ecdsa::Signature::from_der(check.signature);
            status(signature.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
        }
    }
}

/// The digest as a number of at least the field's length: zeros in front do not change it (FIPS 186-5, 6.4.2, step 2).
/// The ecdsa crate truncates longer digests itself but refuses those shorter than half the field.
fn widen(digest: Vec<u8>, octets: usize) -> Vec<u8> {
    let missing = octets.saturating_sub(digest.len());
    let mut widened = vec![0; missing];
    widened.extend(digest);
    widened
}

impl Curve {
    /// Octets of a field element.
    pub(super) fn field_octets(self) -> usize {
        match self {
            Curve::P256 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }
}

/// Verified as Go does: without the cofactor, S must be reduced, small-order points are not refused by themselves
/// (ed25519-dalek's `verify`; its `verify_strict` would refuse them).
fn verify_ed25519(octets: &[u8], check: &Check<'_>) -> Status {
    let Some(key) = ed25519_key(octets) else { return Status::Unsupported };
    let signature = ed25519_dalek::Signature::from_slice(check.signature);
    status(signature.is_ok_and(|signature| key.verify(check.message, &signature).is_ok()))
}

pub(super) fn ed25519_key(octets: &[u8]) -> Option<ed25519_dalek::VerifyingKey> {
    ed25519_dalek::VerifyingKey::from_bytes(octets.try_into().ok()?).ok()
}
