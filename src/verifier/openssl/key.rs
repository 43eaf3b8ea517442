//! Public keys: what OpenSSL can do with them, and how secure it says they are.

use super::asn1::{Fields, ParseError, Read};
use crate::der::{BIT_STRING, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};
use crate::oid::{self, ObjectIdentifier};
use crate::verifier::curve::{self, CURVES, Curve};

/// A key that OpenSSL's default provider can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) kind: Kind,
    /// `EVP_PKEY_get_security_bits`: bits of a symmetric key that is as hard to break.
    pub(super) security_bits: u16,
    /// An elliptic curve is written out instead of named (`OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS`).
    pub(super) is_explicit: bool,
}

/// What `EVP_PKEY_is_a` tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Rsa,
    RsaPss,
    Ec,
    /// An EC key on the curve of that name (`ec_key_type`).
    Sm2,
    Dsa,
    Ed25519,
    Ed448,
    /// For key agreement only.
    Agreement,
}

/// From how many bits of the modulus on an RSA key has 80, 112, 128, 192 and 256 bits of security
/// (`ossl_ifc_ffc_compute_security_bits`, which follows SP 800-56B and rounds).
const RSA_LEVELS: [(usize, u16); 5] = [(13914, 256), (6947, 192), (2671, 128), (1963, 112), (920, 80)];
/// The same for the prime of a DSA key (`BN_security_bits`).
const DSA_LEVELS: [(usize, u16); 5] = [(15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80)];
/// The same for the order of a curve (`ec_security_bits`).
const EC_LEVELS: [(usize, u16); 5] = [(512, 256), (384, 192), (256, 128), (224, 112), (160, 80)];
/// Less than 80 bits are never enough, so how few does not matter.
const WEAK: u16 = 0;

impl Key {
    /// Reads a SubjectPublicKeyInfo. `None` inside: the certificate is readable, its key is not (`X509_get0_pubkey`
    /// gives NULL).
    pub(super) fn read(fields: &mut Fields<'_>) -> Read<Option<Key>> {
        let mut info = Fields(fields.read(SEQUENCE)?);
        let algorithm = info.algorithm()?;
        let bits = info.read(BIT_STRING)?;
        super::asn1::bit_string(bits)?;
        info.end()?;
        let parameters = algorithm.parameters.unwrap_or_default();
        let value = bits.get(1..).unwrap_or_default();
        Ok(Key::of(algorithm.oid, parameters, value).ok())
    }

    fn of(algorithm: &[u8], parameters: &[u8], value: &[u8]) -> Read<Key> {
        match oid::constant(algorithm) {
            // `EVP_PKEY_RSA2` (`rsa_ameth.c`) is another name for the same.
            Some(oid::RSA_ENCRYPTION | oid::X500_RSA) => rsa(Kind::Rsa, value),
            Some(oid::RSASSA_PSS) => rsa(Kind::RsaPss, value),
            Some(oid::DSA) => dsa(parameters, value),
            Some(oid::EC_PUBLIC_KEY) => ec(parameters, value),
            // RFC 8410, 3: no parameters.
            Some(oid::ED25519) if parameters.is_empty() => edwards(Kind::Ed25519, value, 32, 128),
            Some(oid::ED448) if parameters.is_empty() => edwards(Kind::Ed448, value, 57, 224),
            Some(oid::X25519) if parameters.is_empty() => edwards(Kind::Agreement, value, 32, 128),
            Some(oid::X448) if parameters.is_empty() => edwards(Kind::Agreement, value, 56, 224),
            _ => Err(ParseError),
        }
    }
}

fn key(kind: Kind, security_bits: u16) -> Key {
    Key { kind, security_bits, is_explicit: false }
}

/// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 3279, 2.3.1).
fn rsa(kind: Kind, value: &[u8]) -> Read<Key> {
    let mut fields = Fields::at_start(value)?;
    let modulus = fields.read(INTEGER)?;
    fields.read(INTEGER)?;
    fields.end()?;
    Ok(key(kind, level(&RSA_LEVELS, bit_length(modulus))))
}

/// `Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }` (RFC 3279, 2.3.2).
fn dsa(parameters: &[u8], value: &[u8]) -> Read<Key> {
    Fields(value).read(INTEGER)?;
    let mut fields = Fields::at_start(parameters)?;
    let (prime, order) = (bit_length(fields.read(INTEGER)?), bit_length(fields.read(INTEGER)?));
    fields.read(INTEGER)?;
    let of_order = u16::try_from(order / 2).unwrap_or(u16::MAX);
    let bits = if of_order < 80 { WEAK } else { of_order.min(level(&DSA_LEVELS, prime)) };
    Ok(key(Kind::Dsa, bits))
}

/// A named curve, or one that is written out (RFC 3279, 2.3.5).
fn ec(parameters: &[u8], value: &[u8]) -> Read<Key> {
    let mut fields = Fields(parameters);
    let parameters = fields.next()?;
    let (bits, octets, is_explicit) = match parameters.tag {
        OBJECT_IDENTIFIER => {
            let bits = usize::from(named_curve(parameters.contents).ok_or(ParseError)?);
            (bits, bits.div_ceil(8), false)
        }
        SEQUENCE => explicit_curve(parameters.contents).map(|(bits, octets)| (bits, octets, true))?,
        _ => return Err(ParseError),
    };
    check_point(value, octets)?;
    if let Some(curve) = CURVES.iter().find(|curve| !is_explicit && curve.oid.as_bytes() == parameters.contents) {
        check_on_curve(value, curve)?;
    }
    let kind = if parameters.contents == oid::SM2.as_bytes() { Kind::Sm2 } else { Kind::Ec };
    Ok(Key { kind, security_bits: level(&EC_LEVELS, bits), is_explicit })
}

/// Bits of a coordinate on the curves that OpenSSL knows by name (`ec_curve.c`), save those of X9.62 and WAP over
/// binary fields. The order of a curve has about as many, never so few or many that its level is another.
fn named_curve(curve: &[u8]) -> Option<u16> {
    let below = |arc: ObjectIdentifier| match curve.strip_prefix(arc.as_bytes()) {
        Some(&[number]) => Some(number),
        _ => None,
    };
    below(oid::X962_PRIME_CURVES)
        .and_then(prime_curve)
        .or_else(|| below(oid::CERTICOM_CURVES).and_then(sec_curve))
        .or_else(|| below(oid::BRAINPOOL_CURVES).and_then(brainpool_curve))
        .or_else(|| (curve == oid::SM2.as_bytes()).then_some(256))
}

/// By the last component of the curves over prime fields of X9.62.
fn prime_curve(number: u8) -> Option<u16> {
    match number {
        1..=3 => Some(192),
        4..=6 => Some(239),
        7 => Some(256),
        _ => None,
    }
}

/// By the last component of the curves of Brainpool (RFC 5639): each size has a curve r1 and a twist t1.
fn brainpool_curve(number: u8) -> Option<u16> {
    let pair = number.checked_sub(1)? / 2;
    [160, 192, 224, 256, 320, 384, 512].get(usize::from(pair)).copied()
}

/// By the last component of the curves of SEC 2.
fn sec_curve(number: u8) -> Option<u16> {
    match number {
        6 | 7 => Some(112),
        4 | 5 => Some(113),
        28 | 29 => Some(128),
        22 | 23 => Some(131),
        8 | 9 | 30 => Some(160),
        1 | 2 | 15 => Some(163),
        31 => Some(192),
        24 | 25 => Some(193),
        32 | 33 => Some(224),
        26 | 27 => Some(233),
        3 => Some(239),
        10 => Some(256),
        16 | 17 => Some(283),
        34 => Some(384),
        36 | 37 => Some(409),
        35 => Some(521),
        38 | 39 => Some(571),
        _ => None,
    }
}

/// `ECParameters ::= SEQUENCE { version, fieldID, curve, base, order, cofactor OPTIONAL }` (X9.62): bits of the order
/// and octets of a coordinate.
fn explicit_curve(contents: &[u8]) -> Read<(usize, usize)> {
    let mut fields = Fields(contents);
    fields.integer()?;
    let mut field = Fields(fields.read(SEQUENCE)?);
    field.object()?;
    let prime = field.integer()?;
    fields.read(SEQUENCE)?;
    fields.read(OCTET_STRING)?;
    let order = fields.integer()?;
    Ok((bit_length(order), bit_length(prime).div_ceil(8)))
}

/// The form of a point (SEC 1, 2.3.4).
fn check_point(value: &[u8], field_octets: usize) -> Read<()> {
    let octets = match value.first() {
        Some(2 | 3) => 1 + field_octets,
        Some(4 | 6 | 7) => 1 + 2 * field_octets,
        _ => return Err(ParseError),
    };
    if value.len() == octets { Ok(()) } else { Err(ParseError) }
}

/// Whether a point that is written out lies on its curve (`EC_POINT_oct2point`), for the curves of NIST; the hybrid
/// form says whether y is odd as well. Every other x of the compressed form has a y, which is not looked for.
fn check_on_curve(value: &[u8], curve: &Curve) -> Read<()> {
    let Some((form @ (4 | 6 | 7), coordinates)) = value.split_first() else { return Ok(()) };
    let (x, y) = coordinates.split_at_checked(curve.octets).ok_or(ParseError)?;
    let is_odd = y.last().is_some_and(|last| last & 1 == 1);
    if *form != 4 && is_odd != (*form == 7) {
        return Err(ParseError);
    }
    curve::check_point(curve, x, y).map_err(|_| ParseError)
}

fn edwards(kind: Kind, value: &[u8], octets: usize, security_bits: u16) -> Read<Key> {
    if value.len() == octets { Ok(key(kind, security_bits)) } else { Err(ParseError) }
}

fn level(levels: &[(usize, u16)], bits: usize) -> u16 {
    levels.iter().find(|(from, _)| bits >= *from).map_or(WEAK, |(_, security)| *security)
}

/// Of a number that is not negative, whatever its first bit says.
fn bit_length(octets: &[u8]) -> usize {
    let significant = octets.iter().position(|octet| *octet != 0).and_then(|at| octets.get(at..)).unwrap_or_default();
    let leading = significant.first().map_or(0, |first| first.leading_zeros());
    8 * significant.len() - usize::try_from(leading).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{DSA_LEVELS, EC_LEVELS, RSA_LEVELS, bit_length, check_point, level, named_curve, oid};

    #[test]
    fn levels_of_common_keys() {
        let rsa = [512, 1024, 2047, 2048, 3072, 4096, 15360].map(|bits| level(&RSA_LEVELS, bits));
        assert_eq!(rsa, [0, 80, 112, 112, 128, 128, 256]);
        assert_eq!([192, 224, 256, 384, 521].map(|bits| level(&EC_LEVELS, bits)), [80, 112, 128, 192, 256]);
        assert_eq!([1023, 1024, 3072].map(|bits| level(&DSA_LEVELS, bits)), [0, 80, 128]);
    }

    #[test]
    fn curves_by_name() {
        assert_eq!(named_curve(oid::SECP256R1.as_bytes()), Some(256));
        assert_eq!(named_curve(oid::SECP521R1.as_bytes()), Some(521));
        assert_eq!(named_curve(oid::BRAINPOOL_P512R1.as_bytes()), Some(512));
        assert_eq!(named_curve(oid::BRAINPOOL_CURVES.as_bytes()), None);
        assert_eq!(named_curve(&[0x2b, 0x24, 3, 3, 2, 8, 1, 1, 15]), None);
    }

    #[test]
    fn points_fill_their_field() {
        assert!(check_point(&[4; 65], 32).is_ok() && check_point(&[2; 33], 32).is_ok());
        assert!(check_point(&[4; 64], 32).is_err() && check_point(&[0], 32).is_err());
        assert_eq!([bit_length(&[]), bit_length(&[0, 1]), bit_length(&[0x80, 0])], [0, 1, 16]);
    }
}
