//! AlgorithmIdentifiers: which signature algorithm Go takes one for.

use super::ParseError;
use crate::der::{NULL, Reader, SEQUENCE, constructed};
use crate::oid::{self, ObjectIdentifier};

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
    /// ECDSA with this hash; the curve is that of the key.
    Ecdsa(Hash),
    /// Ed25519 (RFC 8032), which brings its own hash.
    Ed25519,
    /// ML-DSA (RFC 9881) by parameter set: 44, 65 or 87.
    MlDsa(u8),
    /// An algorithm that Go does not know, or one with parameters that it does not take.
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

/// Signature algorithms whose parameters Go ignores.
const BY_OID: &[(ObjectIdentifier, SignatureAlgorithm)] = &[
    (oid::MD5_WITH_RSA, SignatureAlgorithm::Rsa(Hash::Md5)),
    (oid::SHA1_WITH_RSA, SignatureAlgorithm::Rsa(Hash::Sha1)),
    (oid::OIW_SHA1_WITH_RSA, SignatureAlgorithm::Rsa(Hash::Sha1)),
    (oid::SHA256_WITH_RSA, SignatureAlgorithm::Rsa(Hash::Sha256)),
    (oid::SHA384_WITH_RSA, SignatureAlgorithm::Rsa(Hash::Sha384)),
    (oid::SHA512_WITH_RSA, SignatureAlgorithm::Rsa(Hash::Sha512)),
    (oid::DSA_WITH_SHA1, SignatureAlgorithm::Dsa(Hash::Sha1)),
    (oid::DSA_WITH_SHA256, SignatureAlgorithm::Dsa(Hash::Sha256)),
    (oid::ECDSA_WITH_SHA1, SignatureAlgorithm::Ecdsa(Hash::Sha1)),
    (oid::ECDSA_WITH_SHA256, SignatureAlgorithm::Ecdsa(Hash::Sha256)),
    (oid::ECDSA_WITH_SHA384, SignatureAlgorithm::Ecdsa(Hash::Sha384)),
    (oid::ECDSA_WITH_SHA512, SignatureAlgorithm::Ecdsa(Hash::Sha512)),
];

const SHA2: &[(ObjectIdentifier, Hash, i64)] =
    &[(oid::SHA256, Hash::Sha256, 32), (oid::SHA384, Hash::Sha384, 48), (oid::SHA512, Hash::Sha512, 64)];

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
    match oid::constant(oid)? {
        oid::ML_DSA_44 => Some(44),
        oid::ML_DSA_65 => Some(65),
        oid::ML_DSA_87 => Some(87),
        _ => None,
    }
}

impl AlgorithmIdentifier<'_> {
    /// What Go takes the identifier and its parameters for.
    pub(super) fn signature_algorithm(&self) -> SignatureAlgorithm {
        let bare = self.parameters.is_empty();
        if self.oid == oid::RSASSA_PSS.as_bytes() {
            return pss_hash(self.parameters).map_or(SignatureAlgorithm::Unknown, SignatureAlgorithm::RsaPss);
        }
        if let Some(set) = ml_dsa_parameter_set(self.oid).filter(|_| bare) {
            return SignatureAlgorithm::MlDsa(set);
        }
        if self.oid == oid::ED25519.as_bytes() && bare {
            return SignatureAlgorithm::Ed25519;
        }
        let known = BY_OID.iter().find(|(oid, _)| oid.as_bytes() == self.oid);
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
        && mask.oid == oid::MGF1.as_bytes()
        && mask_hash.oid == hash.oid
        && no_parameters(&mask_hash)
        && trailer == 1;
    let known = SHA2.iter().find(|(oid, _, length)| oid.as_bytes() == hash.oid && *length == salt_length);
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
