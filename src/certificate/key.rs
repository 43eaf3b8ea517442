//! Public keys: what kind, how large.

use std::fmt;

use x509_parser::asn1_rs::Tag;
use x509_parser::public_key as parsed;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::digest::sha256;
use crate::oid::{self, Oid};

/// A subject public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The whole SubjectPublicKeyInfo, DER; two certificates have the same key if these bytes are equal.
    pub spki: Vec<u8>,
    /// What kind of key.
    pub kind: KeyKind,
    value: Vec<u8>,
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
        /// The identifier of the curve.
        curve: Oid,
    },
    /// An Ed25519 key (RFC 8410).
    Ed25519,
    /// Anything else, by its algorithm identifier.
    Other {
        /// The identifier of the algorithm.
        algorithm: Oid,
    },
}

impl PublicKey {
    /// From a SubjectPublicKeyInfo and what x509-parser reads in it.
    pub(super) fn new(der: &[u8], key: &SubjectPublicKeyInfo<'_>) -> PublicKey {
        PublicKey { spki: der.to_vec(), kind: KeyKind::of(key), value: key.subject_public_key.data.to_vec() }
    }

    /// The value of subjectPublicKey, without the octet that counts unused bits: what key identifiers are made of (RFC
    /// 5280, 4.2.1.2).
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    /// SHA-256 of the SubjectPublicKeyInfo.
    pub fn sha256(&self) -> [u8; 32] {
        sha256(&self.spki)
    }
}

impl KeyKind {
    /// A key of a known algorithm whose value cannot be read counts as another algorithm.
    fn of(key: &SubjectPublicKeyInfo<'_>) -> KeyKind {
        let algorithm = Oid::from_contents(key.algorithm.algorithm.as_bytes());
        let known = match algorithm.constant() {
            Some(oid::RSA_ENCRYPTION) => rsa_bits(key).map(|bits| KeyKind::Rsa { bits }),
            Some(oid::EC_PUBLIC_KEY) => named_curve(key).map(|curve| KeyKind::Ec { curve }),
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

/// Bits of the modulus, which x509-parser counts in whole octets; `None` if the key cannot be read or has no modulus.
fn rsa_bits(key: &SubjectPublicKeyInfo<'_>) -> Option<usize> {
    let Ok(parsed::PublicKey::RSA(key)) = key.parsed() else { return None };
    let mut octets = key.modulus.iter().skip_while(|octet| **octet == 0);
    let leading = octets.next()?;
    Some((8 - leading.leading_zeros() as usize) + 8 * octets.count())
}

/// Only named curves have a name (RFC 5480, 2.1.1); explicit parameters give `None`.
fn named_curve(key: &SubjectPublicKeyInfo<'_>) -> Option<Oid> {
    let name = key.algorithm.parameters.as_ref().filter(|parameters| parameters.tag() == Tag::Oid)?;
    Some(Oid::from_contents(name.data))
}
