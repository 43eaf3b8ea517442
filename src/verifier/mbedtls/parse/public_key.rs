//! Public keys: `mbedtls_pk_parse_subpubkey` (`pkparse.c`), which refuses keys that could verify nothing.

use super::algorithm::{AlgorithmIdentifier, Family};
use super::asn1::{Code, Input, LENGTH_MISMATCH, OUT_OF_DATA};
use crate::der::{INTEGER, OBJECT_IDENTIFIER, SEQUENCE};
use crate::oid::{self, ObjectIdentifier};
use crate::verifier::curve::{CURVES, check_point};

/// The codes of `pk.h` and `ecp.h`, without their sign.
const KEY_INVALID_FORMAT: Code = 0x3d00;
const UNKNOWN_PK_ALG: Code = 0x3c80;
const INVALID_PUBKEY: Code = 0x3b00;
const INVALID_ALG: Code = 0x3a80;
const UNKNOWN_NAMED_CURVE: Code = 0x3a00;
const ECP_BAD_INPUT_DATA: Code = 0x4f80;
const ECP_FEATURE_UNAVAILABLE: Code = 0x4e80;
const ECP_INVALID_KEY: Code = 0x4c80;

/// Curves that are read beside those of [`CURVES`], with the octets of a coordinate. Whether a point lies on them is
/// not computed here; what a key off its curve signs is not checked either.
const OTHER_CURVES: [(ObjectIdentifier, usize); 7] = [
    (oid::SECP192R1, 24),
    (oid::SECP192K1, 24),
    (oid::SECP224K1, 28),
    (oid::SECP256K1, 32),
    (oid::BRAINPOOL_P256R1, 32),
    (oid::BRAINPOOL_P384R1, 48),
    (oid::BRAINPOOL_P512R1, 64),
];

/// `mbedtls_rsa_check_pubkey`: smallest modulus.
const RSA_LEAST_BITS: usize = 128;
/// `MBEDTLS_MPI_MAX_SIZE` in `bignum.h`: octets of the largest modulus.
const RSA_MOST_OCTETS: usize = 1024;
/// `rsa_min_bitlen` of `mbedtls_x509_crt_profile_default`.
const RSA_PROFILE_BITS: usize = 2048;

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// RSA, with the bits of its modulus.
    Rsa(usize),
    /// id-ecPublicKey, which verifies ECDSA.
    Ec,
    /// id-ecDH, which verifies nothing.
    EcDh,
}

impl Key {
    /// `mbedtls_pk_can_do`: whether a key of this kind verifies signatures of the family.
    pub(crate) fn can_verify(self, family: Family) -> bool {
        matches!((self, family), (Key::Rsa(_), Family::Rsa) | (Key::Ec, Family::Ecdsa))
    }

    /// `x509_profile_check_key` with the default profile, which allows every curve.
    pub(crate) fn is_acceptable(self) -> bool {
        !matches!(self, Key::Rsa(bits) if bits < RSA_PROFILE_BITS)
    }
}

/// Reads a SubjectPublicKeyInfo.
pub(super) fn parse(tbs: &mut Input<'_>) -> Result<Key, Code> {
    let mut info = Input(tbs.element(SEQUENCE).map_err(|why| KEY_INVALID_FORMAT + why)?);
    let algorithm = AlgorithmIdentifier::read_plain(&mut info).map_err(|why| INVALID_ALG + why)?;
    let kind = oid::constant(algorithm.oid);
    match kind {
        Some(oid::RSA_ENCRYPTION) if !algorithm.says_nothing_more() => return Err(INVALID_ALG),
        Some(oid::RSA_ENCRYPTION | oid::EC_PUBLIC_KEY | oid::EC_DH) => {}
        _ => return Err(UNKNOWN_PK_ALG),
    }
    let length = info.bit_string_header().map_err(|why| INVALID_PUBKEY + why)?;
    if length != info.0.len() {
        return Err(INVALID_PUBKEY + LENGTH_MISMATCH);
    }
    match kind {
        Some(oid::RSA_ENCRYPTION) => rsa(info),
        _ => {
            point(curve(algorithm.parameters)?, info.0)?;
            Ok(if kind == Some(oid::EC_PUBLIC_KEY) { Key::Ec } else { Key::EcDh })
        }
    }
}

/// `pk_get_rsapubkey` (RFC 3279, 2.3.1); the sign of the numbers is not looked at.
fn rsa(mut key: Input<'_>) -> Result<Key, Code> {
    let refuse = |why| INVALID_PUBKEY + why;
    let length = key.tag(SEQUENCE).map_err(refuse)?;
    if length != key.0.len() {
        return Err(INVALID_PUBKEY + LENGTH_MISMATCH);
    }
    let modulus = magnitude(key.element(INTEGER).map_err(refuse)?);
    let exponent = magnitude(key.element(INTEGER).map_err(refuse)?);
    let is_odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
    let smaller = (exponent.len(), exponent) < (modulus.len(), modulus);
    let fits = bits(modulus) >= RSA_LEAST_BITS && modulus.len() <= RSA_MOST_OCTETS;
    if !(fits && is_odd(modulus) && is_odd(exponent) && bits(exponent) >= 2 && smaller) {
        return Err(INVALID_PUBKEY);
    }
    key.end().map_err(refuse)?;
    Ok(Key::Rsa(bits(modulus)))
}

/// Without leading zeros.
fn magnitude(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    octets.get(zeros..).unwrap_or_default()
}

fn bits(magnitude: &[u8]) -> usize {
    let leading = magnitude.first().map_or(0, |first| first.leading_zeros());
    (magnitude.len() * 8).saturating_sub(usize::try_from(leading).unwrap_or_default())
}

/// The contents of a named curve's identifier (RFC 5480, 2.1.1). Explicit parameters are read only if their base point
/// is compressed, a slip of this release (`pk_group_from_specified`); nobody writes them so, and they are refused here.
fn curve((tag, parameters): (u8, &[u8])) -> Result<&[u8], Code> {
    match (tag, parameters) {
        (OBJECT_IDENTIFIER, oid) => Ok(oid),
        (_, []) => Err(KEY_INVALID_FORMAT + OUT_OF_DATA),
        (_, specified) => {
            let version = Input(specified).integer();
            Err(KEY_INVALID_FORMAT + version.err().unwrap_or_default())
        }
    }
}

/// `pk_use_ecparams` and `pk_get_ecpubkey` (SEC 1, 2.3.4).
fn point(curve: &[u8], octets: &[u8]) -> Result<(), Code> {
    let checked = CURVES.iter().find(|known| known.oid.as_bytes() == curve);
    let other = OTHER_CURVES.iter().find(|(oid, _)| oid.as_bytes() == curve).map(|(_, octets)| *octets);
    let size = checked.map(|curve| curve.octets).or(other).ok_or(UNKNOWN_NAMED_CURVE)?;
    let coordinates = match octets {
        // The point at infinity.
        [0] => return Err(ECP_INVALID_KEY),
        [4, coordinates @ ..] if coordinates.len() == 2 * size => coordinates,
        [] | [0 | 4, ..] => return Err(ECP_BAD_INPUT_DATA),
        _ => return Err(ECP_FEATURE_UNAVAILABLE),
    };
    let (x, y) = coordinates.split_at_checked(size).unwrap_or_default();
    match checked.map(|curve| check_point(curve, x, y)) {
        Some(Err(_)) => Err(ECP_INVALID_KEY),
        _ => Ok(()),
    }
}
