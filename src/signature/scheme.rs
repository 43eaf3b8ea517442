//! Signature algorithms: AlgorithmIdentifier to what has to be computed (RFC 4055, RFC 5758, RFC 8410, RFC
//! 9881).

use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use crate::der::{Element, NULL, OBJECT_IDENTIFIER, Reader, SEQUENCE, constructed};
use crate::oid::{self, ObjectIdentifier};

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, 8.2).
    RsaPkcs1(Hash),
    /// RSASSA-PSS (RFC 8017, 8.1), MGF1 with the same hash.
    RsaPss(PssParameters),
    /// ECDSA (FIPS 186-5, 6).
    Ecdsa(Hash),
    /// DSA (FIPS 186-4, 4.7).
    Dsa(Hash),
    /// Ed25519 (RFC 8032, 5.1).
    Ed25519,
    /// Ed448 (RFC 8032, 5.2).
    Ed448,
    /// ML-DSA without a context (FIPS 204, 5.3; RFC 9881, 3).
    MlDsa(ParameterSet),
}

/// The parameter sets of ML-DSA (FIPS 204, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ParameterSet {
    MlDsa44,
    MlDsa65,
    MlDsa87,
}

impl ParameterSet {
    /// Keys and signatures have the same identifier, and no parameters (RFC 9881, 2).
    pub(super) fn of(algorithm: &AlgorithmIdentifier<'_>) -> Option<ParameterSet> {
        match oid::constant(algorithm.oid).filter(|_| algorithm.parameters.is_none())? {
            oid::ML_DSA_44 => Some(ParameterSet::MlDsa44),
            oid::ML_DSA_65 => Some(ParameterSet::MlDsa65),
            oid::ML_DSA_87 => Some(ParameterSet::MlDsa87),
            _ => None,
        }
    }
}

/// The hash functions that signatures on certificates use and that we compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// Algorithms whose parameters say nothing.
const PLAIN_SCHEMES: [(ObjectIdentifier, Scheme); 19] = [
    (oid::SHA1_WITH_RSA, Scheme::RsaPkcs1(Hash::Sha1)),
    // The older identifier of the same algorithm (OIW), which Go and OpenSSL still read.
    (oid::OIW_SHA1_WITH_RSA, Scheme::RsaPkcs1(Hash::Sha1)),
    (oid::SHA224_WITH_RSA, Scheme::RsaPkcs1(Hash::Sha224)),
    (oid::SHA256_WITH_RSA, Scheme::RsaPkcs1(Hash::Sha256)),
    (oid::SHA384_WITH_RSA, Scheme::RsaPkcs1(Hash::Sha384)),
    (oid::SHA512_WITH_RSA, Scheme::RsaPkcs1(Hash::Sha512)),
    (oid::ECDSA_WITH_SHA1, Scheme::Ecdsa(Hash::Sha1)),
    (oid::ECDSA_WITH_SHA224, Scheme::Ecdsa(Hash::Sha224)),
    (oid::ECDSA_WITH_SHA256, Scheme::Ecdsa(Hash::Sha256)),
    (oid::ECDSA_WITH_SHA384, Scheme::Ecdsa(Hash::Sha384)),
    (oid::ECDSA_WITH_SHA512, Scheme::Ecdsa(Hash::Sha512)),
    (oid::DSA_WITH_SHA1, Scheme::Dsa(Hash::Sha1)),
    (oid::OIW_DSA_WITH_SHA1, Scheme::Dsa(Hash::Sha1)),
    (oid::DSA_WITH_SHA224, Scheme::Dsa(Hash::Sha224)),
    (oid::DSA_WITH_SHA256, Scheme::Dsa(Hash::Sha256)),
    (oid::DSA_WITH_SHA384, Scheme::Dsa(Hash::Sha384)),
    (oid::DSA_WITH_SHA512, Scheme::Dsa(Hash::Sha512)),
    (oid::ED25519, Scheme::Ed25519),
    (oid::ED448, Scheme::Ed448),
];

const HASHES: [(ObjectIdentifier, Hash); 5] = [
    (oid::SHA1, Hash::Sha1),
    (oid::SHA224, Hash::Sha224),
    (oid::SHA256, Hash::Sha256),
    (oid::SHA384, Hash::Sha384),
    (oid::SHA512, Hash::Sha512),
];

impl Scheme {
    /// Reads an AlgorithmIdentifier; `None` if the algorithm is not supported or its parameters are unusual.
    pub(super) fn from_der(algorithm: &[u8]) -> Option<Scheme> {
        let algorithm = AlgorithmIdentifier::from_inside(Reader::read_only(algorithm, SEQUENCE)?)?;
        if algorithm.oid == oid::RSASSA_PSS.as_bytes() {
            return PssParameters::from_element(algorithm.parameters).map(Scheme::RsaPss);
        }
        ParameterSet::of(&algorithm).map(Scheme::MlDsa).or_else(|| plain(&PLAIN_SCHEMES, &algorithm))
    }
}

/// The row of an algorithm whose parameters say nothing.
fn plain<T: Copy>(rows: &[(ObjectIdentifier, T)], algorithm: &AlgorithmIdentifier<'_>) -> Option<T> {
    let row = rows.iter().find(|(oid, _)| oid.as_bytes() == algorithm.oid);
    row.filter(|_| algorithm.says_nothing_more()).map(|(_, meaning)| *meaning)
}

impl Hash {
    pub(super) fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha1 => Sha1::digest(message).to_vec(),
            Hash::Sha224 => Sha224::digest(message).to_vec(),
            Hash::Sha256 => Sha256::digest(message).to_vec(),
            Hash::Sha384 => Sha384::digest(message).to_vec(),
            Hash::Sha512 => Sha512::digest(message).to_vec(),
        }
    }
}

/// RSASSA-PSS-params (RFC 4055, 3.1), defaults filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PssParameters {
    pub(super) hash: Hash,
    pub(super) salt_length: usize,
}

impl PssParameters {
    /// `None` if they are absent or unusual.
    pub(super) fn from_element(parameters: Option<Element<'_>>) -> Option<PssParameters> {
        let parameters = parameters.filter(|parameters| parameters.tag == SEQUENCE)?;
        let mut fields = Reader(parameters.contents);
        let hash = field(&mut fields, 0, hash)?.unwrap_or(Hash::Sha1);
        let mask_hash = field(&mut fields, 1, mask_hash)?.unwrap_or(Hash::Sha1);
        let salt_length = field(&mut fields, 2, small)?.unwrap_or(20);
        let trailer = field(&mut fields, 3, small)?.unwrap_or(1);
        // The mask must use the same hash and the trailer must be 0xBC, as everywhere in practice.
        let usual = mask_hash == hash && trailer == 1 && fields.is_empty();
        usual.then_some(PssParameters { hash, salt_length: usize::from(salt_length) })
    }
}

/// What `read` makes of the field with this explicit tag: inside is `None` if the field is left out.
fn field<'a, T>(fields: &mut Reader<'a>, number: u8, read: impl Fn(&mut Reader<'a>) -> Option<T>) -> Option<Option<T>> {
    let Some(mut inside) = fields.read_optional(constructed(number))? else { return Some(None) };
    read(&mut inside).filter(|_| inside.is_empty()).map(Some)
}

/// The AlgorithmIdentifier of a hash.
fn hash(reader: &mut Reader<'_>) -> Option<Hash> {
    plain(&HASHES, &AlgorithmIdentifier::from_inside(reader.read(SEQUENCE)?)?)
}

/// The hash inside MGF1.
fn mask_hash(reader: &mut Reader<'_>) -> Option<Hash> {
    let mask = AlgorithmIdentifier::from_inside(reader.read(SEQUENCE)?)?;
    let parameters =
        mask.parameters.filter(|parameters| mask.oid == oid::MGF1.as_bytes() && parameters.tag == SEQUENCE)?;
    plain(&HASHES, &AlgorithmIdentifier::from_inside(Reader(parameters.contents))?)
}

/// An INTEGER from 0 to 65 535.
fn small(reader: &mut Reader<'_>) -> Option<u16> {
    reader.read_i64().and_then(|number| u16::try_from(number).ok())
}

/// An AlgorithmIdentifier (RFC 5280, 4.1.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AlgorithmIdentifier<'a> {
    /// The contents of the OBJECT IDENTIFIER.
    pub(super) oid: &'a [u8],
    pub(super) parameters: Option<Element<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    /// Reads what is inside the SEQUENCE, to its end.
    pub(super) fn from_inside(mut sequence: Reader<'a>) -> Option<AlgorithmIdentifier<'a>> {
        let oid = sequence.read(OBJECT_IDENTIFIER)?.0;
        let parameters = if sequence.is_empty() { None } else { Some(sequence.read_any()?) };
        sequence.is_empty().then_some(AlgorithmIdentifier { oid, parameters })
    }

    /// Parameters that are absent or NULL; which of the two is right differs by algorithm, and both occur.
    pub(super) fn says_nothing_more(&self) -> bool {
        self.parameters.is_none_or(|parameters| parameters.tag == NULL && parameters.contents.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{AlgorithmIdentifier, NULL, OBJECT_IDENTIFIER, Reader, small};

    #[test]
    fn nothing_may_follow_the_parameters() {
        let oid_null_more = [OBJECT_IDENTIFIER, 1, 42, NULL, 0, NULL, 0];
        assert!(AlgorithmIdentifier::from_inside(Reader(&oid_null_more[..5])).is_some());
        assert!(AlgorithmIdentifier::from_inside(Reader(&oid_null_more)).is_none());
    }

    #[test]
    fn small_numbers_have_two_octets() {
        assert_eq!(small(&mut Reader(&[2, 3, 0, 0xff, 0xff])), Some(u16::MAX));
        assert_eq!(small(&mut Reader(&[2, 3, 1, 0, 0])), None);
        assert_eq!(small(&mut Reader(&[2, 1, 0xff])), None);
    }
}
