//! SubjectPublicKeyInfo: which key Go takes it for, or why it refuses.

use super::super::release::Release;
use super::ParseError;
use super::algorithm::{AlgorithmIdentifier, NULL_PARAMETERS, ml_dsa_parameter_set, parse_algorithm_identifier};
use super::error::KeyError;
use crate::der::{Reader, SEQUENCE};
use crate::oid;
use crate::verifier::curve::{CURVES, Curve, NoPoint, check_point};

/// Octets of an Ed25519 public key (RFC 8032, 5.1.5).
const ED25519_KEY_OCTETS: usize = 32;

/// A key that Go can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA, with what Go asks of the key's numbers.
    Rsa(RsaKey),
    /// DSA, which verifies nothing.
    Dsa,
    /// On one of the four NIST curves.
    Ecdsa,
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// ML-DSA by parameter set: 44, 65 or 87.
    MlDsa(u8),
}

/// What Go asks about an RSA key before it verifies anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RsaKey {
    /// Bits of the modulus.
    pub bits: usize,
    /// The modulus is odd.
    pub odd: bool,
    /// The public exponent, positive.
    pub exponent: i64,
}

/// `None` for a key of a kind that Go does not know; such a certificate is never a candidate issuer.
pub(super) fn parse_public_key(spki: &[u8], release: Release) -> Result<Option<PublicKey>, ParseError> {
    let mut fields = Reader(spki).read(SEQUENCE).ok_or(ParseError::Malformed("spki"))?;
    let algorithm = fields.read(SEQUENCE).ok_or(ParseError::Malformed("public key algorithm identifier"))?;
    let algorithm = parse_algorithm_identifier(algorithm)?;
    let key = fields.read_bit_string().ok_or(ParseError::Malformed("subjectPublicKey"))?.right_aligned();
    match oid::constant(algorithm.oid) {
        Some(oid::RSA_ENCRYPTION) => rsa_key(&algorithm, &key).map(|key| Some(PublicKey::Rsa(key))),
        Some(oid::DSA) => dsa_key(&algorithm, &key).map(|()| Some(PublicKey::Dsa)),
        Some(oid::EC_PUBLIC_KEY) => ec_key(&algorithm, &key, release).map(|()| Some(PublicKey::Ecdsa)),
        Some(oid::ED25519) => Ok(ed25519_key(&algorithm, &key).map(|()| Some(PublicKey::Ed25519))?),
        _ => match ml_dsa_parameter_set(algorithm.oid).filter(|_| !release.is_old()) {
            Some(set) => Ok(ml_dsa_key(set, &algorithm, &key).map(|()| Some(PublicKey::MlDsa(set)))?),
            None => Ok(None),
        },
    }
}

/// RFC 3279, 2.3.1: the parameters are NULL, modulus and exponent are positive.
fn rsa_key(algorithm: &AlgorithmIdentifier<'_>, key: &[u8]) -> Result<RsaKey, ParseError> {
    if algorithm.parameters != NULL_PARAMETERS {
        return Err(KeyError::RsaParameters.into());
    }
    let mut fields = Reader(key).read(SEQUENCE).ok_or(ParseError::Invalid("RSA public key"))?;
    let modulus = fields.read_integer().ok_or(ParseError::Invalid("RSA modulus"))?;
    let exponent = fields.read_i64().ok_or(ParseError::Invalid("RSA public exponent"))?;
    if !is_positive(modulus) {
        return Err(KeyError::RsaModulus.into());
    }
    if exponent <= 0 {
        return Err(KeyError::RsaExponent.into());
    }
    let odd = modulus.last().is_some_and(|octet| octet & 1 == 1);
    Ok(RsaKey { bits: bit_length(modulus), odd, exponent })
}

fn dsa_key(algorithm: &AlgorithmIdentifier<'_>, key: &[u8]) -> Result<(), ParseError> {
    let public = Reader(key).read_integer().ok_or(ParseError::Invalid("DSA public key"))?;
    let parameters = Reader(algorithm.parameters)
        .read(SEQUENCE)
        .and_then(|mut fields| Some([fields.read_integer()?, fields.read_integer()?, fields.read_integer()?]));
    let parameters = parameters.ok_or(ParseError::Invalid("DSA parameters"))?;
    if !is_positive(public) || !parameters.into_iter().all(is_positive) {
        return Err(KeyError::DsaParameter.into());
    }
    Ok(())
}

/// RFC 5480, 2.1.1: a named curve; SEC 1, 2.3.4: an uncompressed point on it.
fn ec_key(algorithm: &AlgorithmIdentifier<'_>, key: &[u8], release: Release) -> Result<(), ParseError> {
    let named = Reader(algorithm.parameters).read_object_identifier().ok_or(ParseError::Invalid("ECDSA parameters"))?;
    let curve = CURVES.iter().find(|curve| curve.oid.as_bytes() == named).ok_or(KeyError::UnsupportedCurve)?;
    // Go 1.19 has one sentence for whatever is wrong with a point.
    check_ec_point(curve, key).map_err(|why| if release.is_old() { KeyError::Point } else { why })?;
    Ok(())
}

fn check_ec_point(curve: &Curve, key: &[u8]) -> Result<(), KeyError> {
    let Some((4, coordinates)) = key.split_first().map(|(&form, rest)| (form, rest)) else {
        return Err(KeyError::PointForm);
    };
    if coordinates.len() != 2 * curve.octets {
        return Err(KeyError::PointLength(curve.name));
    }
    let (x, y) = coordinates.split_at_checked(curve.octets).unwrap_or_default();
    check_point(curve, x, y).map_err(|why| match why {
        NoPoint::NotOnCurve => KeyError::NotOnCurve(curve.name),
        NoPoint::CoordinateTooLarge => KeyError::Coordinate(curve.name),
    })
}

/// RFC 8410, 3: the parameters are absent.
fn ed25519_key(algorithm: &AlgorithmIdentifier<'_>, key: &[u8]) -> Result<(), KeyError> {
    if !algorithm.parameters.is_empty() {
        return Err(KeyError::Ed25519Parameters);
    }
    if key.len() != ED25519_KEY_OCTETS {
        return Err(KeyError::Ed25519Length);
    }
    Ok(())
}

/// RFC 9881, 2 and 4; sizes from FIPS 204, table 2.
fn ml_dsa_key(set: u8, algorithm: &AlgorithmIdentifier<'_>, key: &[u8]) -> Result<(), KeyError> {
    if !algorithm.parameters.is_empty() {
        return Err(KeyError::MlDsaParameters);
    }
    let size = match set {
        44 => 1312,
        65 => 1952,
        _ => 2592,
    };
    if key.len() != size {
        return Err(KeyError::MlDsaLength);
    }
    Ok(())
}

/// Of an INTEGER's contents.
fn is_positive(integer: &[u8]) -> bool {
    integer.first().is_some_and(|octet| octet & 0x80 == 0) && integer.iter().any(|&octet| octet != 0)
}

/// Of a positive INTEGER's contents.
fn bit_length(integer: &[u8]) -> usize {
    let significant = integer.iter().skip_while(|&&octet| octet == 0).count();
    let highest = integer.iter().find(|&&octet| octet != 0).map_or(0, |octet| octet.leading_zeros());
    (significant * 8).saturating_sub(usize::try_from(highest).unwrap_or_default())
}
