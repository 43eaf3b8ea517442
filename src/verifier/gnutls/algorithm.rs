//! Signature algorithms (`algorithms/sign.c`), public keys (`x509/mpi.c`, `x509/key_decode.c`), and how strong both are
//! (`algorithms/secparams.c`).

use super::names;
use crate::certificate::{Certificate, KeyKind};
use crate::der::{INTEGER, OBJECT_IDENTIFIER, Reader, SEQUENCE, constructed};
use crate::oid::{self, ObjectIdentifier, Oid};
use crate::verifier::curve::{CURVES, check_point};

/// Bits of the weakest hash that is secure for certificates; `GNUTLS_SEC_PARAM_MEDIUM` asks for as much.
const SECURE_BITS: u32 = 112;

/// How strong keys must be (`gnutls_certificate_verification_profiles_t`, `algorithms/secparams.c`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// `GNUTLS_PROFILE_LOW`, what a program gets that asks for nothing.
    Low,
    /// `GNUTLS_PROFILE_MEDIUM`.
    Medium,
}

impl Profile {
    /// Of a modulus.
    fn modulus_bits(self) -> usize {
        match self {
            Profile::Low => 1024,
            Profile::Medium => 2048,
        }
    }

    /// Of a curve, the second as Debian builds it, with `ENABLE_FIPS140`.
    fn curve_bits(self) -> usize {
        match self {
            Profile::Low => 160,
            Profile::Medium => 224,
        }
    }
}

/// Kinds of key and of signature (`gnutls_pk_algorithm_t`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Rsa,
    RsaPss,
    Dsa,
    Ec,
    Ed25519,
    Ed448,
}

/// How a certificate is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) family: Family,
    /// Half the octets of the hash, in bits (`_gnutls_sign_get_hash_strength`).
    strength: u32,
    /// For RSASSA-PSS: the salt has as many octets as the hash.
    pub(super) salt_is_usual: bool,
}

/// A public key that GnuTLS can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) family: Family,
    /// Of the modulus or of the curve.
    bits: usize,
}

/// Signature algorithms by object identifier.
const SIGNATURES: &[(ObjectIdentifier, Family, u32)] = &[
    (oid::MD2_WITH_RSA, Family::Rsa, 64),
    (oid::MD5_WITH_RSA, Family::Rsa, 64),
    (oid::OIW_MD5_WITH_RSA_SIGNATURE, Family::Rsa, 64),
    (oid::SHA1_WITH_RSA, Family::Rsa, 80),
    (oid::OIW_SHA1_WITH_RSA, Family::Rsa, 80),
    (oid::TELETRUST_RIPEMD160_WITH_RSA, Family::Rsa, 80),
    (oid::SHA224_WITH_RSA, Family::Rsa, 112),
    (oid::SHA256_WITH_RSA, Family::Rsa, 128),
    (oid::SHA384_WITH_RSA, Family::Rsa, 192),
    (oid::SHA512_WITH_RSA, Family::Rsa, 256),
    (oid::ECDSA_WITH_SHA1, Family::Ec, 80),
    (oid::ECDSA_WITH_SHA224, Family::Ec, 112),
    (oid::ECDSA_WITH_SHA256, Family::Ec, 128),
    (oid::ECDSA_WITH_SHA384, Family::Ec, 192),
    (oid::ECDSA_WITH_SHA512, Family::Ec, 256),
    (oid::ED25519, Family::Ed25519, 256),
    (oid::ED448, Family::Ed448, 256),
    (oid::DSA_WITH_SHA1, Family::Dsa, 80),
    (oid::OIW_DSA_WITH_SHA1, Family::Dsa, 80),
];

/// By the last component of NIST's identifiers, which are those of DSA with SHA-2 (1 to 4), and of DSA, ECDSA and RSA
/// with SHA-3 (5 to 16): each in the order of 224, 256, 384 and 512 bits.
const STRENGTHS: [u32; 4] = [112, 128, 192, 256];

impl Signature {
    /// `_gnutls_x509_get_signature_algorithm`; `None` where it fails.
    pub(super) fn of(certificate: &Certificate) -> Option<Signature> {
        let algorithm = &certificate.signature_algorithm;
        if algorithm.oid == oid::RSASSA_PSS {
            return pss(&algorithm.der);
        }
        let known = SIGNATURES.iter().find(|(oid, _, _)| algorithm.oid == *oid);
        let (family, strength) = match known {
            Some((_, family, strength)) => (*family, *strength),
            None => nist(&algorithm.oid)?,
        };
        Some(Signature { family, strength, salt_is_usual: true })
    }

    /// The hash is strong enough for either profile: SHA-1 and whatever is weaker is not secure for certificates.
    pub(super) fn is_strong(self) -> bool {
        self.strength >= SECURE_BITS
    }

    /// `fixup_spki_params`: a key of the same family, or a plain RSA key for RSASSA-PSS.
    pub(super) fn goes_with(self, key: Key) -> bool {
        self.family == key.family || (self.family == Family::RsaPss && key.family == Family::Rsa)
    }
}

fn nist(oid: &Oid) -> Option<(Family, u32)> {
    let &[number] = oid.as_bytes().strip_prefix(oid::NIST_SIGNATURES.as_bytes())? else { return None };
    let family = match number {
        1..=8 => Family::Dsa,
        9..=12 => Family::Ec,
        13..=16 => Family::Rsa,
        _ => return None,
    };
    STRENGTHS.get(usize::from(number - 1) % STRENGTHS.len()).map(|strength| (family, *strength))
}

/// `_gnutls_x509_read_rsa_pss_params` (RFC 4055, 3.1); GnuTLS has SHA-256, SHA-384 and SHA-512 for RSASSA-PSS, and the
/// mask must use the same.
fn pss(algorithm: &[u8]) -> Option<Signature> {
    let mut fields = Reader::read_only(algorithm, SEQUENCE)?;
    fields.read(OBJECT_IDENTIFIER)?;
    let mut parameters = fields.read(SEQUENCE)?;
    let mut hash = parameters.read_optional(constructed(0))??.read(SEQUENCE)?;
    let hash = oid::constant(hash.read(OBJECT_IDENTIFIER)?.0)?;
    let octets: u32 = match hash {
        oid::SHA256 => 32,
        oid::SHA384 => 48,
        oid::SHA512 => 64,
        _ => return None,
    };
    let mut mask = parameters.read_optional(constructed(1))??.read(SEQUENCE)?;
    let is_mgf1 = mask.read(OBJECT_IDENTIFIER)?.0 == oid::MGF1.as_bytes();
    let mask_hash = mask.read(SEQUENCE)?.read(OBJECT_IDENTIFIER)?.0;
    // The salt has 20 octets where none are given.
    let salt = match parameters.read_optional(constructed(2))? {
        Some(mut inside) => inside.read_i64()?,
        None => 20,
    };
    let trailer = match parameters.read_optional(constructed(3))? {
        Some(mut inside) => inside.read_i64()?,
        None => 1,
    };
    let is_usual = is_mgf1 && mask_hash == hash.as_bytes() && trailer == 1;
    let signature =
        Signature { family: Family::RsaPss, strength: octets * 4, salt_is_usual: salt == i64::from(octets) };
    is_usual.then_some(signature)
}

impl Key {
    /// `_gnutls_x509_get_pk_algorithm` and `_gnutls_get_asn_mpis`; `None` where they fail.
    pub(super) fn of(certificate: &Certificate) -> Option<Key> {
        let value = certificate.key.value();
        let key = |family, bits| Some(Key { family, bits });
        match &certificate.key.kind {
            KeyKind::Rsa { bits } => key(Family::Rsa, *bits),
            KeyKind::Ec { curve } => key(Family::Ec, curve_bits(curve).filter(|_| is_uncompressed_point(value))?),
            KeyKind::Ed25519 => key(Family::Ed25519, 256).filter(|_| value.len() == 32),
            KeyKind::Other { algorithm } => match algorithm.constant()? {
                oid::ED448 => key(Family::Ed448, 456),
                oid::RSASSA_PSS => key(Family::RsaPss, bits(modulus(value)?)),
                // A modulus of zero, which our model does not read, has no bits.
                oid::RSA_ENCRYPTION | oid::X500_RSA => key(Family::Rsa, bits(modulus(value)?)),
                oid::DSA => key(Family::Dsa, bits(dsa_prime(&certificate.key.spki)?)),
                _ => None,
            },
        }
    }

    /// The key is large enough (`gnutls_pk_bits_to_sec_param`).
    pub(super) fn is_strong(self, profile: Profile) -> bool {
        match self.family {
            Family::Rsa | Family::RsaPss | Family::Dsa => self.bits >= profile.modulus_bits(),
            Family::Ec | Family::Ed25519 | Family::Ed448 => self.bits >= profile.curve_bits(),
        }
    }
}

/// The curves that Debian's GnuTLS has.
fn curve_bits(curve: &Oid) -> Option<usize> {
    match curve.constant()? {
        oid::SECP192R1 => Some(192),
        oid::SECP224R1 => Some(224),
        oid::SECP256R1 => Some(256),
        oid::SECP384R1 => Some(384),
        oid::SECP521R1 => Some(528),
        _ => None,
    }
}

/// `_gnutls_ecc_ansi_x962_import` (SEC 1, 2.3.4); whether the point lies on the curve is not looked at.
fn is_uncompressed_point(value: &[u8]) -> bool {
    value.len() % 2 == 1 && value.first() == Some(&4)
}

/// The point of a key does not lie on its curve, so that nettle verifies nothing with it (`_ecc_params_to_pubkey`).
pub(super) fn is_off_curve(certificate: &Certificate) -> bool {
    let KeyKind::Ec { curve } = &certificate.key.kind else { return false };
    let Some((4, point)) = certificate.key.value().split_first() else { return false };
    let (x, y) = point.split_at_checked(point.len() / 2).unwrap_or_default();
    CURVES.iter().find(|known| *curve == known.oid).is_some_and(|curve| check_point(curve, x, y).is_err())
}

/// The modulus of an RSAPublicKey (RFC 3279, 2.3.1), whose sign is not looked at.
fn modulus(value: &[u8]) -> Option<&[u8]> {
    let numbers = names::sequence(value)?;
    let [modulus, exponent] = numbers.as_slice() else { return None };
    (modulus.tag == INTEGER && exponent.tag == INTEGER).then_some(modulus.contents)
}

/// The prime of Dss-Parms (RFC 3279, 2.3.2).
fn dsa_prime(spki: &[u8]) -> Option<&[u8]> {
    let mut algorithm = Reader::read_only(spki, SEQUENCE)?.read(SEQUENCE)?;
    algorithm.read(OBJECT_IDENTIFIER)?;
    algorithm.read(SEQUENCE)?.read_unsigned()
}

fn bits(octets: &[u8]) -> usize {
    let significant = octets.iter().skip_while(|octet| **octet == 0);
    let leading = significant.clone().next().map_or(0, |first| first.leading_zeros());
    (8 * significant.count()).saturating_sub(usize::try_from(leading).unwrap_or_default())
}

/// Numbers of a SEQUENCE OF INTEGER: the TLS features that a certificate demands (RFC 7633, 4.1).
pub(super) fn features(value: &[u8]) -> Option<Vec<&[u8]>> {
    let numbers = names::sequence(value)?;
    numbers.iter().map(|number| (number.tag == INTEGER).then_some(number.contents)).collect()
}
