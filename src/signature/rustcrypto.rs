//! The pure-Rust back end.

use ed25519_dalek::Verifier;
use ml_dsa::{MlDsa44, MlDsa65, MlDsa87};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, PublicKey};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::key::{Curve, Key, RsaRestriction};
use super::scheme::{Hash, ParameterSet, PssParameters, Scheme};
use super::{Check, Status};
use crate::der::{Reader, SEQUENCE};

/// Largest RSA modulus that we compute with, as OpenSSL's `OPENSSL_RSA_MAX_MODULUS_BITS`.
const MAX_RSA_BITS: u32 = 16_384;

/// Above this size of the modulus the exponent is limited too, as OpenSSL's `OPENSSL_RSA_SMALL_MODULUS_BITS`.
const SMALL_RSA_BITS: u32 = 3_072;

/// Largest exponent beside a large modulus, as OpenSSL's `OPENSSL_RSA_MAX_PUBEXP_BITS`.
const MAX_RSA_EXPONENT_BITS: u32 = 64;

/// Largest prime of a DSA key that we compute with, as OpenSSL's `OPENSSL_DSA_MAX_MODULUS_BITS`.
const MAX_DSA_BITS: u32 = 10_000;

/// Sizes of a DSA key's order (FIPS 186-4, 4.2), of which OpenSSL takes no other (`ossl_dsa_do_verify_int`).
const DSA_ORDER_BITS: [u32; 3] = [160, 224, 256];

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
        (Scheme::Dsa(hash), Key::Dsa { prime, order, generator, public }) => {
            verify_dsa([prime, order, generator, public], hash, check)
        }
        (Scheme::Ed25519, Key::Ed25519(octets)) => verify_ed25519(octets, check),
        (Scheme::Ed448, Key::Ed448(octets)) => verify_ed448(octets, check),
        (Scheme::MlDsa(signed), Key::MlDsa { set, octets }) if set == signed => match set {
            ParameterSet::MlDsa44 => verify_ml_dsa::<MlDsa44>(octets, check),
            ParameterSet::MlDsa65 => verify_ml_dsa::<MlDsa65>(octets, check),
            ParameterSet::MlDsa87 => verify_ml_dsa::<MlDsa87>(octets, check),
        },
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
    let (hash, salt_length) = match scheme {
        Scheme::RsaPkcs1(hash) => (hash, None),
        Scheme::RsaPss(PssParameters { hash, salt_length }) => (hash, Some(salt_length)),
        _ => return Status::Invalid,
    };
    let digest = hash.digest(check.message);
    let verified = match salt_length {
        None => verify_pkcs1(&key, hash, &digest, check.signature),
        Some(salt_length) => verify_pss(&key, hash, salt_length, &digest, check.signature),
    };
    status(verified)
}

/// `None` for keys that no one should meet: an even modulus or exponent, an exponent of 1, or sizes beyond the limits.
/// The crate's own constructor would refuse exponents of 34 bits and more.
fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Option<PublicKey> {
    let (n, e) = (BoxedUint::from_be_slice_vartime(modulus), BoxedUint::from_be_slice_vartime(exponent));
    let exponent_fits = e < n && (n.bit_width() <= SMALL_RSA_BITS || e.bit_width() <= MAX_RSA_EXPONENT_BITS);
    let usable =
        is_odd(modulus) && is_odd(exponent) && e.bit_width() >= 2 && exponent_fits && n.bit_width() <= MAX_RSA_BITS;
    usable.then(|| PublicKey::new_unchecked(n, e))
}

/// The last octet of a number decides.
pub(super) fn is_odd(number: &[u8]) -> bool {
    number.last().is_some_and(|last| last & 1 == 1)
}

fn verify_pkcs1(key: &PublicKey, hash: Hash, digest: &[u8], signature: &[u8]) -> bool {
    let padding = match hash {
        Hash::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
        Hash::Sha224 => Pkcs1v15Sign::new::<Sha224>(),
        Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
        Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
    };
    key.verify(padding, digest, signature).is_ok()
}

fn verify_pss(key: &PublicKey, hash: Hash, salt_length: usize, digest: &[u8], signature: &[u8]) -> bool {
    let verified = match hash {
        Hash::Sha1 => key.verify(Pss::<Sha1>::new_with_salt(salt_length), digest, signature),
        Hash::Sha224 => key.verify(Pss::<Sha224>::new_with_salt(salt_length), digest, signature),
        Hash::Sha256 => key.verify(Pss::<Sha256>::new_with_salt(salt_length), digest, signature),
        Hash::Sha384 => key.verify(Pss::<Sha384>::new_with_salt(salt_length), digest, signature),
        Hash::Sha512 => key.verify(Pss::<Sha512>::new_with_salt(salt_length), digest, signature),
    };
    verified.is_ok()
}

fn verify_ecdsa(curve: Curve, point: &[u8], hash: Hash, check: &Check<'_>) -> Status {
    let digest = hash.digest(check.message);
    let octets = raw_ecdsa(curve, check.signature).unwrap_or_default();
    match curve {
        Curve::P192 => verify_on_curve::<p192::ecdsa::VerifyingKey, p192::ecdsa::Signature>(point, &digest, &octets),
        Curve::P224 => verify_on_curve::<p224::ecdsa::VerifyingKey, p224::ecdsa::Signature>(point, &digest, &octets),
        Curve::P256 => verify_on_curve::<p256::ecdsa::VerifyingKey, p256::ecdsa::Signature>(point, &digest, &octets),
        Curve::P384 => verify_on_curve::<p384::ecdsa::VerifyingKey, p384::ecdsa::Signature>(point, &digest, &octets),
        Curve::P521 => verify_on_curve::<p521::ecdsa::VerifyingKey, p521::ecdsa::Signature>(point, &digest, &octets),
        Curve::Secp256k1 => verify_on_secp256k1(point, &digest, &octets),
        Curve::BrainpoolP256r1 => verify_on_curve::<
            ecdsa::VerifyingKey<bp256::BrainpoolP256r1>,
            bp256::r1::ecdsa::Signature,
        >(point, &digest, &octets),
        Curve::BrainpoolP384r1 => verify_on_curve::<
            ecdsa::VerifyingKey<bp384::BrainpoolP384r1>,
            bp384::r1::ecdsa::Signature,
        >(point, &digest, &octets),
    }
}

/// The crate takes the smaller of the two numbers that s may be and no other, as Bitcoin does (BIP 146). Certificates have
/// either, and the signature with the other is as good.
fn verify_on_secp256k1(point: &[u8], digest: &[u8], octets: &[u8]) -> Status {
    let Ok(key) = k256::ecdsa::VerifyingKey::try_from(point) else { return Status::Unsupported };
    let signature = k256::ecdsa::Signature::try_from(octets).map(|signature| signature.normalize_s());
    status(signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()))
}

/// The leftmost bits of the digest count, as many as the curve's order has (FIPS 186-5, 6.4.2, step 2); a shorter
/// digest counts as it is.
fn verify_on_curve<Key, Signature>(point: &[u8], digest: &[u8], octets: &[u8]) -> Status
where
    Key: for<'a> TryFrom<&'a [u8]> + PrehashVerifier<Signature>,
    Signature: for<'a> TryFrom<&'a [u8]>,
{
    let Ok(key) = Key::try_from(point) else { return Status::Unsupported };
    let signature = Signature::try_from(octets);
    status(signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()))
}

/// Ecdsa-Sig-Value (RFC 3279, 2.2.3) as r‖s, each as long as a field element; `None` if it is none or one is longer.
pub(super) fn raw_ecdsa(curve: Curve, der: &[u8]) -> Option<Vec<u8>> {
    let mut fields = Reader::read_only(der, SEQUENCE)?;
    let numbers = [fields.read_unsigned()?, fields.read_unsigned().filter(|_| fields.is_empty())?];
    let mut raw = Vec::new();
    for number in numbers {
        let missing = curve.field_octets().checked_sub(number.len())?;
        raw.resize(raw.len() + missing, 0);
        raw.extend_from_slice(number);
    }
    Some(raw)
}

impl Curve {
    /// Octets of a field element.
    pub(super) fn field_octets(self) -> usize {
        match self {
            Curve::P192 => 24,
            Curve::P224 => 28,
            Curve::P256 | Curve::Secp256k1 | Curve::BrainpoolP256r1 => 32,
            Curve::P384 | Curve::BrainpoolP384r1 => 48,
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

/// Sizes as OpenSSL's `ossl_dsa_do_verify_int` has them. Keys whose public number is outside of the group that the
/// parameters make are not computed with.
fn verify_dsa([prime, order, generator, public]: [&[u8]; 4], hash: Hash, check: &Check<'_>) -> Status {
    let Some(key) = dsa_key(prime, order, generator, public) else { return Status::Unsupported };
    let signature = dsa_signature(check.signature, order);
    let digest = hash.digest(check.message);
    status(signature.is_some_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
}

fn dsa_key(prime: &[u8], order: &[u8], generator: &[u8], public: &[u8]) -> Option<dsa::VerifyingKey> {
    let bits = |number: &[u8]| BoxedUint::from_be_slice_vartime(number).bit_width_vartime();
    let fits = bits(prime) <= MAX_DSA_BITS && DSA_ORDER_BITS.contains(&bits(order)) && is_odd(prime) && is_odd(order);
    // The crate computes with all numbers in the width of the prime.
    let smaller = |number: &[u8]| (number.len(), number) < (prime.len(), prime);
    if !(fits && smaller(order) && smaller(generator) && smaller(public)) {
        return None;
    }
    let p = BoxedUint::from_be_slice_vartime(prime);
    let wide = |number: &[u8]| BoxedUint::from_be_slice(number, p.bits_precision()).ok();
    let (generator, public) = (wide(generator)?, wide(public)?);
    let order = BoxedUint::from_be_slice_vartime(order);
    let components = dsa::Components::from_components_unchecked(p, order, generator).ok()?;
    dsa::VerifyingKey::from_components(components, public).ok()
}

/// Dss-Sig-Value (RFC 3279, 2.2.2).
fn dsa_signature(der: &[u8], order: &[u8]) -> Option<dsa::Signature> {
    let mut fields = Reader::read_only(der, SEQUENCE)?;
    let (r, s) = (fields.read_unsigned()?, fields.read_unsigned().filter(|_| fields.is_empty())?);
    let width = BoxedUint::from_be_slice_vartime(order).bits_precision();
    let number = |octets: &[u8]| BoxedUint::from_be_slice(octets, width).ok();
    dsa::Signature::from_components(number(r)?, number(s)?)
}

/// RFC 8032, 5.2.7.
fn verify_ed448(octets: &[u8], check: &Check<'_>) -> Status {
    let octets = octets.try_into().ok();
    let key = octets.and_then(|octets| ed448_goldilocks::VerifyingKey::from_bytes(octets).ok());
    let Some(key) = key else { return Status::Unsupported };
    let signature = ed448_goldilocks::Signature::try_from(check.signature);
    status(signature.is_ok_and(|signature| key.verify_raw(&signature, check.message).is_ok()))
}

/// FIPS 204, algorithm 3, with an empty context (RFC 9881, 3).
fn verify_ml_dsa<P: ml_dsa::MlDsaParams>(octets: &[u8], check: &Check<'_>) -> Status {
    let Ok(octets) = ml_dsa::EncodedVerifyingKey::<P>::try_from(octets) else { return Status::Unsupported };
    let key = ml_dsa::VerifyingKey::<P>::decode(&octets);
    let signature = ml_dsa::Signature::<P>::try_from(check.signature);
    status(signature.is_ok_and(|signature| key.verify_with_context(check.message, &[], &signature)))
}
