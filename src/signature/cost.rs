//! What a check costs, so that a budget may be kept: a key decides far more about that than the number of checks.

use std::collections::BTreeMap;

use super::Check;
use super::key::{Curve, Key};

/// Cost of a check in microseconds of one core of 2024 by the pure-Rust back end, as `bench/growth` measures it; other machines are
/// faster or slower by a factor, and in a browser WebCrypto is faster.
pub type Cost = u64;

/// What every check costs besides its arithmetic: reading key and algorithm.
const READING: Cost = 2;

/// Octets of a message that are hashed in a microsecond.
const OCTETS_HASHED: u64 = 128;

/// A verification on each curve, with Ed25519, Ed448 and ML-DSA; where it was not measured, that of a larger one.
const P256: Cost = 250;
const P384: Cost = 900;
const P521: Cost = 800;
const BRAINPOOL_P256: Cost = 900;
const BRAINPOOL_P384: Cost = 1_800;
const ED25519: Cost = 100;
const ED448: Cost = 1_800;
const ML_DSA: Cost = 900;

/// A multiplication of two numbers modulo an RSA modulus of 2^11 bits, in nanoseconds. It grows with the square of the length.
const RSA_2048_MULTIPLICATION: u64 = 2_200;

/// What an RSA key costs before the first multiplication, for 2^11 bits, in nanoseconds: numbers are made ready for its modulus.
const RSA_2048_SETUP: u64 = 60_000;

/// Costs of checks, with that of each key reckoned once.
#[derive(Debug, Default)]
pub struct CostOfKeys<'a>(BTreeMap<&'a [u8], Cost>);

impl<'a> CostOfKeys<'a> {
    /// What answering a check costs, judged by key and message; the signature is not looked at.
    pub fn cost(&mut self, check: &Check<'a>) -> Cost {
        let hashing = check.message.len() as u64 / OCTETS_HASHED;
        let of_key = *self.0.entry(check.issuer_key).or_insert_with_key(|spki| of_key(spki));
        READING.saturating_add(hashing).saturating_add(of_key)
    }
}

/// The arithmetic with a key; none with one that nobody computes with.
fn of_key(spki: &[u8]) -> Cost {
    match Key::from_spki(spki) {
        Some(Key::Rsa { modulus, exponent, .. }) => of_rsa(bits(modulus), bits(exponent)),
        Some(Key::Ec { curve, .. }) => of_curve(curve),
        // Two numbers are raised to a power below the order (FIPS 186-4, 4.7).
        Some(Key::Dsa { prime, order, .. }) => of_rsa(bits(prime), bits(order).saturating_mul(2)),
        Some(Key::Ed25519(_)) => ED25519,
        Some(Key::Ed448(_)) => ED448,
        Some(Key::MlDsa { .. }) => ML_DSA,
        None => 0,
    }
}

fn of_curve(curve: Curve) -> Cost {
    match curve {
        Curve::P192 | Curve::P224 | Curve::P256 | Curve::Secp256k1 => P256,
        Curve::P384 => P384,
        Curve::P521 => P521,
        Curve::BrainpoolP256r1 => BRAINPOOL_P256,
        Curve::BrainpoolP384r1 => BRAINPOOL_P384,
    }
}

/// One multiplication for each bit of the exponent, and as many again at most for those that are set: raising to a power by
/// squaring and multiplying.
fn of_rsa(modulus: u64, exponent: u64) -> Cost {
    let scaled = |nanoseconds: u64| nanoseconds.saturating_mul((modulus * modulus) >> 11) >> 11;
    let multiplications = exponent.saturating_add(exponent / 4);
    scaled(RSA_2048_MULTIPLICATION).saturating_mul(multiplications).saturating_add(scaled(RSA_2048_SETUP)) / 1_000
}

/// Bits of a number without leading zeros; more than anybody computes with counts as that.
fn bits(number: &[u8]) -> u64 {
    (number.len() as u64).min(1 << 16) * 8
}
