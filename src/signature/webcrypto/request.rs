//! Checks in the terms of the Web Cryptography API: names of algorithms, raw signatures, and what is left to Rust.

use crate::signature::key::{Curve, Key, RsaRestriction};
use crate::signature::rustcrypto::ed25519_key;
use crate::signature::scheme::{Hash, PssParameters, Scheme};
use crate::signature::{Check, rustcrypto};

/// Sizes of RSA moduli, in octets, that every browser computes with; NSS refuses less, BoringSSL gets slow above.
const RSA_MODULUS_OCTETS: std::ops::RangeInclusive<usize> = 128..=1024;

/// Largest exponent that every browser computes with, in octets: BoringSSL allows 33 bits.
const MAX_RSA_EXPONENT_OCTETS: usize = 4;

/// First octet of a point that is not compressed (SEC 1, 2.3.3), the only form that WebCrypto promises to read.
const UNCOMPRESSED_POINT: u8 = 0x04;

/// A check that WebCrypto can answer.
pub(super) struct Request<'a> {
    pub(super) key: KeyRequest<'a>,
    pub(super) usage: Usage,
    /// As WebCrypto wants it: for ECDSA r and s, each as long as a field element.
    pub(super) signature: Vec<u8>,
    pub(super) message: &'a [u8],
}

/// A key to import; equal requests share the imported key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeyRequest<'a> {
    pub(super) spki: &'a [u8],
    /// `RSASSA-PKCS1-v1_5`, `RSA-PSS`, `ECDSA` or `Ed25519`.
    pub(super) algorithm: &'static str,
    /// The one hash that an RSA key is imported for.
    pub(super) hash: Option<&'static str>,
    /// The curve of an ECDSA key.
    pub(super) curve: Option<&'static str>,
}

/// What `verify` must know besides the name of the algorithm.
#[derive(Default)]
pub(super) struct Usage {
    /// The hash, which ECDSA is told with each signature.
    pub(super) hash: Option<&'static str>,
    /// Octets of the salt, which RSA-PSS is told with each signature.
    pub(super) salt_length: Option<usize>,
}

impl<'a> Request<'a> {
    /// `None` leaves the check to the pure-Rust back end: always where browsers might answer differently.
    pub(super) fn new(check: &Check<'a>) -> Option<Request<'a>> {
        let key = Key::from_spki(check.issuer_key)?;
        match (Scheme::from_der(check.algorithm)?, key) {
            (Scheme::RsaPkcs1(hash), key) if is_ordinary_rsa(&key) => {
                Some(Self::rsa(check, "RSASSA-PKCS1-v1_5", hash_name(hash)?, Usage::default()))
            }
            (Scheme::RsaPss(PssParameters { hash, salt_length }), key) if is_ordinary_rsa(&key) => {
                let usage = Usage { salt_length: Some(salt_length), ..Usage::default() };
                Some(Self::rsa(check, "RSA-PSS", hash_name(hash)?, usage))
            }
            (Scheme::Ecdsa(hash), Key::Ec { curve, point }) => Self::ecdsa(check, hash, curve, point),
            (Scheme::Ed25519, Key::Ed25519(octets)) => Self::ed25519(check, octets),
            _ => None,
        }
    }

    fn rsa(check: &Check<'a>, algorithm: &'static str, hash: &'static str, usage: Usage) -> Request<'a> {
        let key = KeyRequest { spki: check.issuer_key, algorithm, hash: Some(hash), curve: None };
        Request { key, usage, signature: check.signature.to_vec(), message: check.message }
    }

    fn ecdsa(check: &Check<'a>, hash: Hash, curve: Curve, point: &[u8]) -> Option<Request<'a>> {
        let usage = Usage { hash: Some(hash_name(hash)?), ..Usage::default() };
        let key = KeyRequest {
            spki: check.issuer_key,
            algorithm: "ECDSA",
            hash: None,
            curve: curve_name(curve).filter(|_| point.first() == Some(&UNCOMPRESSED_POINT)),
        };
        key.curve?;
        Some(Request { key, usage, signature: raw_ecdsa(curve, check.signature)?, message: check.message })
    }

    /// Browsers disagree on points of small order, so these are left to Rust.
    fn ed25519(check: &Check<'a>, octets: &[u8]) -> Option<Request<'a>> {
        let commitment = check.signature.get(..32)?;
        let usual = !ed25519_key(octets)?.is_weak() && !ed25519_key(commitment)?.is_weak();
        let key = KeyRequest { spki: check.issuer_key, algorithm: "Ed25519", hash: None, curve: None };
        let request =
            Request { key, usage: Usage::default(), signature: check.signature.to_vec(), message: check.message };
        usual.then_some(request)
    }
}

/// An rsaEncryption key of a size that every browser computes with, and one that the pure-Rust back end would use: that
/// asks for no more, but would make the key ready to compute with, which takes as long as all that the browser does.
fn is_ordinary_rsa(key: &Key<'_>) -> bool {
    let Key::Rsa { modulus, exponent, restriction: RsaRestriction::None } = key else { return false };
    RSA_MODULUS_OCTETS.contains(&modulus.len())
        && exponent.len() <= MAX_RSA_EXPONENT_OCTETS
        && rustcrypto::is_odd(modulus)
        && rustcrypto::is_odd(exponent)
        && **exponent != [1]
}

/// SHA-224 is unknown to WebCrypto.
fn hash_name(hash: Hash) -> Option<&'static str> {
    match hash {
        Hash::Sha1 => Some("SHA-1"),
        Hash::Sha224 => None,
        Hash::Sha256 => Some("SHA-256"),
        Hash::Sha384 => Some("SHA-384"),
        Hash::Sha512 => Some("SHA-512"),
    }
}

/// The other curves are unknown to WebCrypto.
fn curve_name(curve: Curve) -> Option<&'static str> {
    match curve {
        Curve::P256 => Some("P-256"),
        Curve::P384 => Some("P-384"),
        Curve::P521 => Some("P-521"),
        Curve::P192 | Curve::P224 | Curve::Secp256k1 | Curve::BrainpoolP256r1 | Curve::BrainpoolP384r1 => None,
    }
}

/// The signature's r‖s; `None` if r or s is out of range, or the curve is unknown to WebCrypto.
fn raw_ecdsa(curve: Curve, der: &[u8]) -> Option<Vec<u8>> {
    let raw = rustcrypto::raw_ecdsa(curve, der)?;
    let in_range = match curve {
        Curve::P256 => p256::ecdsa::Signature::from_slice(&raw).is_ok(),
        Curve::P384 => p384::ecdsa::Signature::from_slice(&raw).is_ok(),
        Curve::P521 => p521::ecdsa::Signature::from_slice(&raw).is_ok(),
        Curve::P192 | Curve::P224 | Curve::Secp256k1 | Curve::BrainpoolP256r1 | Curve::BrainpoolP384r1 => false,
    };
    in_range.then_some(raw)
}
