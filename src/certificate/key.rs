//! Public keys: what kind, how large.

use std::fmt;

use super::element::Element;
use crate::der::{BIT_STRING, BitString, INTEGER, Reader, SEQUENCE};
use crate::oid::{self, Oid};
use crate::signature::sha256;

/// A subject public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The whole SubjectPublicKeyInfo, DER; two certificates have the same key if these bytes are equal.
    pub spki: Vec<u8>,
    /// What kind of key.
    pub kind: KeyKind,
}

/// The kinds of key that people meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA: size of the modulus in bits.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
    },
    /// A key on a named curve.
    Ec {
        /// Which curve.
        curve: Oid,
    },
    /// Ed25519.
    Ed25519,
    /// Anything else, by its algorithm identifier.
    Other {
        /// Which algorithm.
        algorithm: Oid,
    },
}

impl PublicKey {
    /// `SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }` (RFC 5280,
    /// 4.1).
    pub(super) fn from_element(info: &Element<'_>) -> Option<PublicKey> {
        let fields = info.sequence().ok()?;
        let [algorithm, key, ..] = fields.as_slice() else { return None };
        let key = BitString::of(key.tagged(BIT_STRING).ok()?)?;
        let algorithm = algorithm.sequence().ok()?;
        let oid = algorithm.first()?.oid().ok()?;
        Some(PublicKey { spki: info.whole.to_vec(), kind: KeyKind::of(oid, algorithm.get(1), key.octets) })
    }

    /// The value of subjectPublicKey, without the octet that counts unused bits: what key identifiers are made of (RFC
    /// 5280, 4.2.1.2).
    pub fn value(&self) -> &[u8] {
        let fields = Reader::read_only(&self.spki, SEQUENCE).and_then(|mut fields| {
            fields.read(SEQUENCE)?;
            fields.read_bit_string()
        });
        fields.map(|value| value.octets).unwrap_or_default()
    }

    /// SHA-256 of the SubjectPublicKeyInfo.
    pub fn sha256(&self) -> [u8; 32] {
        sha256(&self.spki)
    }
}

impl KeyKind {
    /// A key of a known algorithm whose value cannot be read counts as another algorithm.
    fn of(algorithm: Oid, parameters: Option<&Element<'_>>, key: &[u8]) -> KeyKind {
        let known = match algorithm.constant() {
            Some(oid::RSA_ENCRYPTION) => rsa_bits(key).map(|bits| KeyKind::Rsa { bits }),
            Some(oid::EC_PUBLIC_KEY) => curve(parameters).map(|curve| KeyKind::Ec { curve }),
            Some(oid::ED25519) => Some(KeyKind::Ed25519),
            _ => None,
        };
        known.unwrap_or(KeyKind::Other { algorithm })
    }
}

/// `ECDSA P-256`, `RSA 2048`, `Ed25519`, `DSA`, or `key algorithm 1.2.3`.
impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyKind::Rsa { bits } => write!(f, "RSA {bits}"),
            KeyKind::Ec { curve } => write!(f, "ECDSA {}", curve.name_or_dotted(curve.curve_name())),
            KeyKind::Ed25519 => f.write_str("Ed25519"),
            KeyKind::Other { algorithm } => match algorithm.key_algorithm_name() {
                Some(name) => f.write_str(name),
                None => write!(f, "key algorithm {algorithm}"),
            },
        }
    }
}

/// Bits of the modulus in `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 3279, 2.3.1).
fn rsa_bits(key: &[u8]) -> Option<usize> {
    let (key, _) = Element::read(key).ok()?;
    let fields = key.sequence().ok()?;
    let [modulus, exponent, ..] = fields.as_slice() else { return None };
    exponent.tagged(INTEGER).ok()?;
    let mut octets = modulus.tagged(INTEGER).ok()?.iter().skip_while(|octet| **octet == 0);
    let leading = octets.next()?;
    Some((8 - leading.leading_zeros() as usize) + 8 * octets.count())
}

/// Only named curves have a name (RFC 5480, 2.1.1); explicit parameters give `None`.
fn curve(parameters: Option<&Element<'_>>) -> Option<Oid> {
    parameters?.oid().ok()
}
