//! AlgorithmIdentifiers: which signature algorithm Go takes one for.

use super::ParseError;
use crate::der::{NULL, Reader, SEQUENCE, constructed};

/// An AlgorithmIdentifier taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct AlgorithmIdentifier<'a> {
    /// Contents of the OBJECT IDENTIFIER.
    pub(super) oid: &'a [u8],
    /// The whole parameters element; empty if absent.
    pub(super) parameters: &'a [u8],
}

/// A signature algorithm that Go knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSA, PKCS #1 v1.5.
    Rsa(Hash),
    /// RSASSA-PSS with matching MGF1 hash and salt length.
    RsaPss(Hash),
    /// DSA, which Go never verifies.
    Dsa(Hash),
    /// ECDSA.
    Ecdsa(Hash),
    /// Ed25519.
    Ed25519,
    /// ML-DSA (RFC 9881) by parameter set: 44, 65 or 87.
    MlDsa(u8),
    /// Anything else.
    Unknown,
}

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// `parameters` of an algorithm that has none but must say so.
pub(super) const NULL_PARAMETERS: &[u8] = &[NULL, 0];

const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
const MGF1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08];

/// id-Ed25519 (RFC 8410), both key and signature algorithm.
pub(super) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
/// id-ml-dsa-44, -65 and -87 (RFC 9881) without the last octet, which is 17 more than the index.
pub(super) const ML_DSA_ARC: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03];

/// Object identifiers whose parameters Go ignores in signatures.
const BY_OID: &[(&[u8], SignatureAlgorithm)] = &[
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x04], SignatureAlgorithm::Rsa(Hash::Md5)),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05], SignatureAlgorithm::Rsa(Hash::Sha1)),
    (&[0x2b, 0x0e, 0x03, 0x02, 0x1d], SignatureAlgorithm::Rsa(Hash::Sha1)),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b], SignatureAlgorithm::Rsa(Hash::Sha256)),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c], SignatureAlgorithm::Rsa(Hash::Sha384)),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d], SignatureAlgorithm::Rsa(Hash::Sha512)),
    (&[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x03], SignatureAlgorithm::Dsa(Hash::Sha1)),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x02], SignatureAlgorithm::Dsa(Hash::Sha256)),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01], SignatureAlgorithm::Ecdsa(Hash::Sha1)),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02], SignatureAlgorithm::Ecdsa(Hash::Sha256)),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03], SignatureAlgorithm::Ecdsa(Hash::Sha384)),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x04], SignatureAlgorithm::Ecdsa(Hash::Sha512)),
];

const SHA2: &[(&[u8], Hash, i64)] = &[
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01], Hash::Sha256, 32),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02], Hash::Sha384, 48),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03], Hash::Sha512, 64),
];

/// Takes the contents of an AlgorithmIdentifier apart.
pub(super) fn parse_algorithm_identifier(mut contents: Reader<'_>) -> Result<AlgorithmIdentifier<'_>, ParseError> {
    let oid = contents.read_object_identifier().ok_or(ParseError::Malformed("OID"))?;
    if contents.is_empty() {
        return Ok(AlgorithmIdentifier { oid, parameters: &[] });
    }
    let parameters = contents.read_any().ok_or(ParseError::Malformed("parameters"))?.whole;
    Ok(AlgorithmIdentifier { oid, parameters })
}

/// The ML-DSA parameter set that an object identifier stands for: 44, 65 or 87.
pub(super) fn ml_dsa_parameter_set(oid: &[u8]) -> Option<u8> {
    match oid.strip_prefix(ML_DSA_ARC)? {
        [17] => Some(44),
        [18] => Some(65),
        [19] => Some(87),
        _ => None,
    }
}

impl AlgorithmIdentifier<'_> {
    /// The signature algorithm.
    pub(super) fn signature_algorithm(&self) -> SignatureAlgorithm {
        let bare = self.parameters.is_empty();
        if self.oid == RSA_PSS {
            return pss_hash(self.parameters).map_or(SignatureAlgorithm::Unknown, SignatureAlgorithm::RsaPss);
        }
        if let Some(set) = ml_dsa_parameter_set(self.oid).filter(|_| bare) {
            return SignatureAlgorithm::MlDsa(set);
        }
        if self.oid == ED25519 && bare {
            return SignatureAlgorithm::Ed25519;
        }
        let known = BY_OID.iter().find(|(oid, _)| *oid == self.oid);
        known.map_or(SignatureAlgorithm::Unknown, |(_, algorithm)| *algorithm)
    }
}

/// The hash of RSASSA-PSS-params (RFC 4055, 3.1) if MGF1 uses it too, the salt is as long as it, and nothing is left
/// to the SHA-1 defaults.
fn pss_hash(parameters: &[u8]) -> Option<Hash> {
    let mut fields = Reader(parameters).read(SEQUENCE)?;
    enter_explicit(&mut fields, 0)?;
    let hash = read_algorithm(&mut fields)?;
    enter_explicit(&mut fields, 1)?;
    let mask = read_algorithm(&mut fields)?;
    enter_explicit(&mut fields, 2)?;
    let salt_length = fields.read_i64()?;
    let trailer = match fields.next_is(constructed(3)) {
        true => enter_explicit(&mut fields, 3).and_then(|()| fields.read_i64())?,
        false => 1,
    };
    let mask_hash = read_algorithm(&mut Reader(mask.parameters))?;
    let no_parameters = |of: &AlgorithmIdentifier<'_>| matches!(of.parameters, [] | [NULL, 0]);
    let fine = no_parameters(&hash)
        && mask.oid == MGF1
        && mask_hash.oid == hash.oid
        && no_parameters(&mask_hash)
        && trailer == 1;
    let known = SHA2.iter().find(|(oid, _, length)| *oid == hash.oid && *length == salt_length);
    known.filter(|_| fine).map(|(_, hash, _)| *hash)
}

/// Steps behind the header of an explicit tag. Go's `encoding/asn1` does not compare its length with what it holds.
fn enter_explicit(fields: &mut Reader<'_>, number: u8) -> Option<()> {
    if !fields.next_is(constructed(number)) {
        return None;
    }
    let octets = fields.0;
    let header = match octets.get(1)? {
        0 => return None,
        length if length & 0x80 == 0 => 2,
        length => 2 + usize::from(length & 0x7f),
    };
    fields.0 = octets.get(header..)?;
    Some(())
}

fn read_algorithm<'a>(reader: &mut Reader<'a>) -> Option<AlgorithmIdentifier<'a>> {
    parse_algorithm_identifier(reader.read(SEQUENCE)?).ok()
}
