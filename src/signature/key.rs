//! Public keys: SubjectPublicKeyInfo to what the back ends need (RFC 3279, RFC 5480, RFC 8410, RFC
//! 9881).

use super::scheme::{AlgorithmIdentifier, ParameterSet, PssParameters};
use crate::der::{BIT_STRING, OBJECT_IDENTIFIER, Reader, SEQUENCE};
use crate::oid::{self, ObjectIdentifier};

/// A public key, read but not validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    /// RSA: modulus and exponent, big endian, without leading zeros.
    Rsa { modulus: &'a [u8], exponent: &'a [u8], restriction: RsaRestriction },
    /// A point on a named curve (SEC 1, 2.3.3).
    Ec { curve: Curve, point: &'a [u8] },
    /// DSA: prime, order, generator and public number, big endian, without leading zeros (RFC 3279, 2.3.2).
    Dsa { prime: &'a [u8], order: &'a [u8], generator: &'a [u8], public: &'a [u8] },
    /// The 32 octets of an Ed25519 key (RFC 8032, 5.1.5).
    Ed25519(&'a [u8]),
    /// The 57 octets of an Ed448 key (RFC 8032, 5.2.5).
    Ed448(&'a [u8]),
    /// An ML-DSA key (FIPS 204, 7.2; RFC 9881, 4).
    MlDsa { set: ParameterSet, octets: &'a [u8] },
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
    P192,
    P224,
    P256,
    P384,
    P521,
    Secp256k1,
    BrainpoolP256r1,
    BrainpoolP384r1,
}

const CURVES: [(ObjectIdentifier, Curve); 8] = [
    (oid::SECP192R1, Curve::P192),
    (oid::SECP224R1, Curve::P224),
    (oid::SECP256R1, Curve::P256),
    (oid::SECP384R1, Curve::P384),
    (oid::SECP521R1, Curve::P521),
    (oid::SECP256K1, Curve::Secp256k1),
    (oid::BRAINPOOL_P256R1, Curve::BrainpoolP256r1),
    (oid::BRAINPOOL_P384R1, Curve::BrainpoolP384r1),
];

impl<'a> Key<'a> {
    /// Reads a SubjectPublicKeyInfo; `None` if the key is unreadable or of a kind that we do not support.
    pub(super) fn from_spki(spki: &'a [u8]) -> Option<Key<'a>> {
        let mut info = Reader::read_only(spki, SEQUENCE)?;
        let algorithm = AlgorithmIdentifier::from_inside(info.read(SEQUENCE)?)?;
        // A key is whole octets, so the octet that counts the unused bits is zero.
        let bits = info.read(BIT_STRING).filter(|_| info.is_empty())?.0.strip_prefix(&[0])?;
        match oid::constant(algorithm.oid)? {
            oid::RSA_ENCRYPTION if algorithm.says_nothing_more() => rsa(bits, RsaRestriction::None),
            // X.509 (annex H) names RSA so, with the size of the modulus as parameter; OpenSSL 3.0.19 and Java 17 read the key
            // whatever the parameters are.
            oid::X500_RSA => rsa(bits, RsaRestriction::None),
            oid::RSASSA_PSS => rsa(bits, pss_restriction(&algorithm)?),
            oid::EC_PUBLIC_KEY => Some(Key::Ec { curve: named_curve(&algorithm)?, point: bits }),
            oid::DSA => dsa(&algorithm, bits),
            oid::ED25519 if algorithm.says_nothing_more() => Some(Key::Ed25519(bits)),
            oid::ED448 if algorithm.says_nothing_more() => Some(Key::Ed448(bits)),
            _ => ParameterSet::of(&algorithm).map(|set| Key::MlDsa { set, octets: bits }),
        }
    }
}

/// RSAPublicKey (RFC 8017, A.1.1).
fn rsa(bits: &[u8], restriction: RsaRestriction) -> Option<Key<'_>> {
    let mut key = Reader::read_only(bits, SEQUENCE)?;
    let (modulus, exponent) = (key.read_unsigned()?, key.read_unsigned().filter(|_| key.is_empty())?);
    Some(Key::Rsa { modulus, exponent, restriction })
}

/// DSAPublicKey and Dss-Parms (RFC 3279, 2.3.2). Parameters that are left out are those of the issuer, which nobody does.
fn dsa<'a>(algorithm: &AlgorithmIdentifier<'a>, bits: &'a [u8]) -> Option<Key<'a>> {
    let parameters = algorithm.parameters.filter(|parameters| parameters.tag == SEQUENCE)?;
    let mut fields = Reader(parameters.contents);
    let (prime, order) = (fields.read_unsigned()?, fields.read_unsigned()?);
    let generator = fields.read_unsigned().filter(|_| fields.is_empty())?;
    let mut key = Reader(bits);
    let public = key.read_unsigned().filter(|_| key.is_empty())?;
    Some(Key::Dsa { prime, order, generator, public })
}

/// `None` if there are parameters that we do not understand.
fn pss_restriction(algorithm: &AlgorithmIdentifier<'_>) -> Option<RsaRestriction> {
    match algorithm.parameters {
        None => Some(RsaRestriction::Pss),
        parameters => PssParameters::from_element(parameters).map(RsaRestriction::PssWith),
    }
}

/// Only named curves (RFC 5480, 2.1.1); explicit parameters give `None`.
fn named_curve(algorithm: &AlgorithmIdentifier<'_>) -> Option<Curve> {
    let name = algorithm.parameters.filter(|parameters| parameters.tag == OBJECT_IDENTIFIER)?;
    CURVES.iter().find(|(known, _)| known.as_bytes() == name.contents).map(|(_, curve)| *curve)
}
