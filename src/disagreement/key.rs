//! Keys and the algorithms of signatures as they would be. Nobody computes with them.

use super::model::Model;
use super::rewrite::{identifier, sequence};
use crate::certificate::{CertId, Certificate, KeyKind};
use crate::der::{BIT_STRING, INTEGER, NULL, Reader, SEQUENCE, encode};
use crate::graph::Edge;
use crate::oid::{self, ObjectIdentifier, Oid};
use crate::signature::Status;

/// Signatures by RSA keys (RFC 3279, 2.2.1; RFC 4055).
const RSA_SIGNATURES: [ObjectIdentifier; 9] = [
    oid::MD2_WITH_RSA,
    oid::MD5_WITH_RSA,
    oid::SHA1_WITH_RSA,
    oid::OIW_SHA1_WITH_RSA,
    oid::SHA224_WITH_RSA,
    oid::SHA256_WITH_RSA,
    oid::SHA384_WITH_RSA,
    oid::SHA512_WITH_RSA,
    oid::RSASSA_PSS,
];

/// Signatures by keys on elliptic curves (RFC 5758, 3.2).
const ECDSA_SIGNATURES: [ObjectIdentifier; 5] = [
    oid::ECDSA_WITH_SHA1,
    oid::ECDSA_WITH_SHA224,
    oid::ECDSA_WITH_SHA256,
    oid::ECDSA_WITH_SHA384,
    oid::ECDSA_WITH_SHA512,
];

/// Octets of the modulus that a weak RSA key gets: 2,048 bits.
const MODULUS_OCTETS: usize = 256;

/// The exponent of nearly every RSA key: 65,537.
const RSA_EXPONENT: [u8; 3] = [1, 0, 1];

/// The base point of P-256, uncompressed (FIPS 186-4, D.1.2.3): a point that lies on the curve.
const BASE_POINT: [u8; 65] = [
    0x04, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77, 0x03,
    0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x4f, 0xe3, 0x42, 0xe2, 0xfe,
    0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce,
    0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
];

/// The AlgorithmIdentifier, with SHA-256, of the type of key that an algorithm is for.
pub(super) fn usual_algorithm(algorithm: &Oid) -> Option<Vec<u8>> {
    match () {
        () if algorithm.is_one_of(&ECDSA_SIGNATURES) => Some(ecdsa_with_sha256()),
        () if algorithm.is_one_of(&RSA_SIGNATURES) => Some(rsa_with_sha256()),
        () => None,
    }
}

/// RFC 5758, 3.2: without parameters.
fn ecdsa_with_sha256() -> Vec<u8> {
    sequence(&identifier(oid::ECDSA_WITH_SHA256))
}

/// RFC 4055, 5: the parameters are NULL.
fn rsa_with_sha256() -> Vec<u8> {
    sequence(&[identifier(oid::SHA256_WITH_RSA), encode(NULL, &[])].concat())
}

/// The same algorithm with the parameters that belong to it: NULL for RSA (RFC 4055, 5), none for other keys (RFC 5758,
/// 3.2; RFC 8410, 3); `None` for one whose parameters say something.
pub(super) fn plain_algorithm(algorithm: &Oid) -> Option<Vec<u8>> {
    let constant = algorithm.constant()?;
    match () {
        () if *algorithm == oid::RSASSA_PSS => None,
        () if algorithm.is_one_of(&RSA_SIGNATURES) => {
            Some(sequence(&[identifier(constant), encode(NULL, &[])].concat()))
        }
        () if algorithm.is_one_of(&ECDSA_SIGNATURES) || *algorithm == oid::ED25519 => {
            Some(sequence(&identifier(constant)))
        }
        () => None,
    }
}

/// The algorithm of a signature by a key of this kind, where the one that is named is not for such keys.
pub(super) fn algorithm_for(kind: &KeyKind, named: &Oid) -> Option<Vec<u8>> {
    match kind {
        KeyKind::Rsa { .. } if !named.is_one_of(&RSA_SIGNATURES) => Some(rsa_with_sha256()),
        KeyKind::Ec { .. } if !named.is_one_of(&ECDSA_SIGNATURES) => Some(ecdsa_with_sha256()),
        KeyKind::Ed25519 => Some(sequence(&identifier(oid::ED25519))),
        _ => None,
    }
}

/// A key that makes signatures with an algorithm: the certificate's own, else one that is made up of its signature.
pub(super) fn key_for(certificate: &Certificate) -> Option<Vec<u8>> {
    let algorithm = &certificate.signature_algorithm.oid;
    match certificate.key.kind {
        KeyKind::Rsa { .. } if algorithm.is_one_of(&RSA_SIGNATURES) => Some(certificate.key.spki.clone()),
        KeyKind::Ec { .. } if algorithm.is_one_of(&ECDSA_SIGNATURES) => Some(certificate.key.spki.clone()),
        _ if algorithm.is_one_of(&ECDSA_SIGNATURES) => Some(p256_key()),
        _ if algorithm.is_one_of(&RSA_SIGNATURES) => rsa_key(&certificate.signature, &encode(INTEGER, &RSA_EXPONENT)),
        _ => Some(certificate.key.spki.clone()),
    }
}

/// The key with the parameters that belong to its type and in plain DER, in every certificate that holds it; another key
/// where that is what it is already.
pub(super) fn make_readable(model: &mut Model<'_>, id: CertId) -> Option<()> {
    let old = model.certificate(id)?.key.clone();
    let plain = match old.kind {
        KeyKind::Rsa { .. } => plain_rsa_key(old.value()),
        _ => None,
    };
    match plain.filter(|plain| *plain != old.spki) {
        Some(plain) => {
            let bearers: Vec<CertId> = ids(model).filter(|id| has_key(model, *id, &old.spki)).collect();
            bearers.into_iter().try_for_each(|id| model.edit(id, |fields| fields.key.clone_from(&plain)))
        }
        None => replace(model, id),
    }
}

/// Every certificate with the same key gets another, and what that key signed an algorithm that fits it.
pub(super) fn replace(model: &mut Model<'_>, id: CertId) -> Option<()> {
    let old = model.certificate(id)?.key.clone();
    let (key, algorithm) = match old.kind {
        KeyKind::Rsa { .. } => (longer_rsa_key(old.value())?, None),
        _ => (p256_key(), Some(ecdsa_with_sha256())),
    };
    let bearers: Vec<CertId> = ids(model).filter(|id| has_key(model, *id, &old.spki)).collect();
    let signed = |subject: &CertId| {
        let edges = model.before.issuers_of(*subject).iter();
        edges.clone().any(|edge| bearers.contains(&edge.issuer) && edge.signature != Status::Invalid)
    };
    let signs_itself = |id: &CertId| model.self_signed.contains(id) && bearers.contains(id);
    let signed: Vec<CertId> = ids(model).filter(|id| signs_itself(id) || signed(id)).collect();
    for id in &bearers {
        model.edit(*id, |fields| fields.key.clone_from(&key))?;
    }
    if let Some(algorithm) = algorithm {
        for id in signed {
            model.edit(id, |fields| fields.set_algorithm(&algorithm))?;
        }
        vouch_for_unchecked(model, &bearers);
    }
    Some(())
}

/// What could not be checked for the algorithm that it had counts as good now that it has another: nothing says that it
/// is not.
fn vouch_for_unchecked(model: &mut Model<'_>, issuers: &[CertId]) {
    let is_unchecked = |edge: &&Edge| matches!(edge.signature, Status::Unsupported | Status::Unchecked);
    let edges = model.before.edges.iter().filter(|edge| edge.names_agree() && issuers.contains(&edge.issuer));
    model.vouched.extend(edges.filter(is_unchecked).map(|edge| (edge.issuer, edge.subject)));
}

fn ids(model: &Model<'_>) -> impl Iterator<Item = CertId> + use<> {
    (0..model.certificates.len()).map(CertId)
}

fn has_key(model: &Model<'_>, id: CertId, spki: &[u8]) -> bool {
    model.certificate(id).is_some_and(|certificate| certificate.key.spki == spki)
}

/// `SubjectPublicKeyInfo` with the base point of P-256 (RFC 5480, 2).
fn p256_key() -> Vec<u8> {
    let oids = [oid::EC_PUBLIC_KEY, oid::SECP256R1].map(identifier);
    let point = [&[0], BASE_POINT.as_slice()].concat();
    sequence(&[sequence(&oids.concat()), encode(BIT_STRING, &point)].concat())
}

/// The same RSA key with a modulus of 2,048 bits.
fn longer_rsa_key(old: &[u8]) -> Option<Vec<u8>> {
    let mut numbers = Reader::read_only(old, SEQUENCE)?;
    let modulus = numbers.read_any()?.contents;
    rsa_key(modulus, numbers.read_any()?.whole)
}

/// A modulus of 2,048 bits made of some octets, over and over, with the highest and the lowest bit set, as every modulus
/// of that size has them.
fn rsa_key(seed: &[u8], exponent: &[u8]) -> Option<Vec<u8>> {
    let mut octets = vec![0];
    octets.extend(seed.iter().cycle().take(MODULUS_OCTETS));
    *octets.get_mut(1)? |= 0x80;
    *octets.last_mut()? |= 1;
    Some(rsa_spki(&sequence(&[encode(INTEGER, &octets), exponent.to_vec()].concat())))
}

/// The same RSA key as RFC 3279 (2.3.1) wants it written.
fn plain_rsa_key(old: &[u8]) -> Option<Vec<u8>> {
    let mut numbers = Reader::read_only(old, SEQUENCE)?;
    numbers.read_unsigned()?;
    numbers.read_unsigned()?;
    numbers.is_empty().then(|| rsa_spki(old))
}

/// `SubjectPublicKeyInfo` with an RSAPublicKey (RFC 3279, 2.3.1).
fn rsa_spki(key: &[u8]) -> Vec<u8> {
    let algorithm = sequence(&[identifier(oid::RSA_ENCRYPTION), encode(NULL, &[])].concat());
    sequence(&[algorithm, encode(BIT_STRING, &[&[0], key].concat())].concat())
}
