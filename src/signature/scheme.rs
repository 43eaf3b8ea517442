//! Signature algorithms: AlgorithmIdentifier to what has to be computed (RFC 4055, RFC 5758, RFC 8410).

use rsa::pkcs8::ObjectIdentifier;
use rsa::pkcs8::der::asn1::{AnyRef, ContextSpecific};
use rsa::pkcs8::der::{Decode, Reader, SliceReader, TagNumber, Tagged};
use rsa::pkcs8::spki::AlgorithmIdentifierRef;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scheme {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, 8.2).
    RsaPkcs1(Hash),
    /// RSASSA-PSS (RFC 8017, 8.1), MGF1 with the same hash.
    RsaPss(PssParameters),
    /// ECDSA (FIPS 186-5, 6).
    Ecdsa(Hash),
    /// Ed25519 (RFC 8032, 5.1).
    Ed25519,
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

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

const RSASSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = oid("1.2.840.113549.1.1.8");

/// Algorithms whose parameters say nothing.
const PLAIN_SCHEMES: [(ObjectIdentifier, Scheme); 12] = [
    (oid("1.2.840.113549.1.1.5"), Scheme::RsaPkcs1(Hash::Sha1)),
    // The older identifier of the same algorithm (OIW), which Go and OpenSSL still read.
    (oid("1.3.14.3.2.29"), Scheme::RsaPkcs1(Hash::Sha1)),
    (oid("1.2.840.113549.1.1.14"), Scheme::RsaPkcs1(Hash::Sha224)),
    (oid("1.2.840.113549.1.1.11"), Scheme::RsaPkcs1(Hash::Sha256)),
    (oid("1.2.840.113549.1.1.12"), Scheme::RsaPkcs1(Hash::Sha384)),
    (oid("1.2.840.113549.1.1.13"), Scheme::RsaPkcs1(Hash::Sha512)),
    (oid("1.2.840.10045.4.1"), Scheme::Ecdsa(Hash::Sha1)),
    (oid("1.2.840.10045.4.3.1"), Scheme::Ecdsa(Hash::Sha224)),
    (oid("1.2.840.10045.4.3.2"), Scheme::Ecdsa(Hash::Sha256)),
    (oid("1.2.840.10045.4.3.3"), Scheme::Ecdsa(Hash::Sha384)),
    (oid("1.2.840.10045.4.3.4"), Scheme::Ecdsa(Hash::Sha512)),
    (oid("1.3.101.112"), Scheme::Ed25519),
];

const HASHES: [(ObjectIdentifier, Hash); 5] = [
    (oid("1.3.14.3.2.26"), Hash::Sha1),
    (oid("2.16.840.1.101.3.4.2.4"), Hash::Sha224),
    (oid("2.16.840.1.101.3.4.2.1"), Hash::Sha256),
    (oid("2.16.840.1.101.3.4.2.2"), Hash::Sha384),
    (oid("2.16.840.1.101.3.4.2.3"), Hash::Sha512),
];

impl Scheme {
    /// Reads an AlgorithmIdentifier; `None` if the algorithm is not supported or its parameters are unusual.
    pub(super) fn from_der(algorithm: &[u8]) -> Option<Scheme> {
        let algorithm = AlgorithmIdentifierRef::from_der(algorithm).ok()?;
        if algorithm.oid == RSASSA_PSS {
            return PssParameters::from_any(algorithm.parameters).map(Scheme::RsaPss);
        }
        let plain = PLAIN_SCHEMES.iter().find(|(oid, _)| *oid == algorithm.oid).map(|(_, scheme)| *scheme);
        plain.filter(|_| says_nothing(algorithm.parameters))
    }
}

/// Parameters that are absent or NULL; which of the two is right differs by algorithm, and both occur.
pub(super) fn says_nothing(parameters: Option<AnyRef<'_>>) -> bool {
    parameters.is_none_or(|any| any.is_null())
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

    fn from_algorithm(algorithm: &AlgorithmIdentifierRef<'_>) -> Option<Hash> {
        let known = HASHES.iter().find(|(oid, _)| *oid == algorithm.oid).map(|(_, hash)| *hash);
        known.filter(|_| says_nothing(algorithm.parameters))
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
    pub(super) fn from_any(parameters: Option<AnyRef<'_>>) -> Option<PssParameters> {
        let parameters = parameters.filter(|any| any.tag() == rsa::pkcs8::der::Tag::Sequence)?;
        Self::from_contents(parameters.value()).ok().flatten()
    }

    fn from_contents(contents: &[u8]) -> rsa::pkcs8::der::Result<Option<PssParameters>> {
        let mut reader = SliceReader::new(contents)?;
        let hash = explicit::<AlgorithmIdentifierRef<'_>>(&mut reader, TagNumber::N0)?;
        let mask = explicit::<AlgorithmIdentifierRef<'_>>(&mut reader, TagNumber::N1)?;
        let salt_length = explicit::<u16>(&mut reader, TagNumber::N2)?;
        let trailer = explicit::<u32>(&mut reader, TagNumber::N3)?;
        reader.finish(())?;
        let hash = hash.map_or(Some(Hash::Sha1), |algorithm| Hash::from_algorithm(&algorithm));
        let mask_hash = mask.map_or(Some(Hash::Sha1), |algorithm| mask_hash(&algorithm));
        // The mask must use the same hash and the trailer must be 0xBC, as everywhere in practice.
        let usual_hash = hash.filter(|_| mask_hash == hash && trailer.unwrap_or(1) == 1);
        let salt_length = usize::from(salt_length.unwrap_or(20));
        Ok(usual_hash.map(|hash| PssParameters { hash, salt_length }))
    }
}

/// The value under an explicit context tag, if that tag comes next.
fn explicit<'a, T: Decode<'a>>(reader: &mut SliceReader<'a>, tag: TagNumber) -> rsa::pkcs8::der::Result<Option<T>> {
    Ok(ContextSpecific::<T>::decode_explicit(reader, tag)?.map(|field| field.value))
}

/// The hash inside MGF1.
fn mask_hash(mask: &AlgorithmIdentifierRef<'_>) -> Option<Hash> {
    let parameters = mask.parameters.filter(|_| mask.oid == MGF1)?;
    Hash::from_algorithm(&parameters.decode_as::<AlgorithmIdentifierRef<'_>>().ok()?)
}
