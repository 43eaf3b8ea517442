//! Public keys: SubjectPublicKeyInfo to what the back ends need (RFC 3279, RFC 5480, RFC 8410).

use rsa::pkcs1;
use rsa::pkcs8::ObjectIdentifier;
use rsa::pkcs8::der::Decode;
use rsa::pkcs8::spki::SubjectPublicKeyInfoRef;

use super::scheme::{PssParameters, says_nothing};

/// A public key, read but not validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    /// RSA: modulus and exponent, big endian, without leading zeros.
    Rsa { modulus: &'a [u8], exponent: &'a [u8], restriction: RsaRestriction },
    /// A point on a named curve (SEC 1, 2.3.3).
    Ec { curve: Curve, point: &'a [u8] },
    /// 32 octets.
    Ed25519(&'a [u8]),
}

/// What the algorithm identifier of an RSA key allows it to be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RsaRestriction {
    /// rsaEncryption: PKCS #1 v1.5 and PSS.
    None,
    /// id-RSASSA-PSS without parameters: PSS only (RFC 4055, 1.2).
    Pss,
    /// id-RSASSA-PSS with parameters: PSS with this hash and at least this salt length (RFC 4055, 3.3).
    PssWith(PssParameters),
}

/// The curves we compute on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
    P521,
}

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

const CURVES: [(ObjectIdentifier, Curve); 3] = [
    (ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"), Curve::P256),
    (ObjectIdentifier::new_unwrap("1.3.132.0.34"), Curve::P384),
    (ObjectIdentifier::new_unwrap("1.3.132.0.35"), Curve::P521),
];

impl<'a> Key<'a> {
    /// Reads a SubjectPublicKeyInfo; `None` if the key is unreadable or of a kind that we do not support.
    pub(super) fn from_spki(spki: &'a [u8]) -> Option<Key<'a>> {
        let info = SubjectPublicKeyInfoRef::from_der(spki).ok()?;
        let bits = info.subject_public_key.as_bytes()?;
        match info.algorithm.oid {
            RSA if says_nothing(info.algorithm.parameters) => rsa(bits, RsaRestriction::None),
            RSASSA_PSS => rsa(bits, pss_restriction(&info)?),
            EC => Some(Key::Ec { curve: named_curve(&info)?, point: bits }),
            ED25519 if says_nothing(info.algorithm.parameters) => Some(Key::Ed25519(bits)),
            _ => None,
        }
    }
}

fn rsa(bits: &[u8], restriction: RsaRestriction) -> Option<Key<'_>> {
    let key = pkcs1::RsaPublicKey::try_from(bits).ok()?;
    Some(Key::Rsa { modulus: key.modulus.as_bytes(), exponent: key.public_exponent.as_bytes(), restriction })
}

/// `None` if there are parameters that we do not understand.
fn pss_restriction(info: &SubjectPublicKeyInfoRef<'_>) -> Option<RsaRestriction> {
    match info.algorithm.parameters {
        None => Some(RsaRestriction::Pss),
        parameters => PssParameters::from_any(parameters).map(RsaRestriction::PssWith),
    }
}

/// Only named curves (RFC 5480, 2.1.1); explicit parameters give `None`.
fn named_curve(info: &SubjectPublicKeyInfoRef<'_>) -> Option<Curve> {
    let oid = info.algorithm.parameters_oid().ok()?;
    CURVES.iter().find(|(known, _)| *known == oid).map(|(_, curve)| *curve)
}
