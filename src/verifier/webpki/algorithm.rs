//! The signature algorithms that the crate is given: those of the rustls provider made with *ring*, in its order. The
//! recorded words for an unsupported algorithm list them: no P-521, no SHA-512 with the smaller curves, which the
//! provider made with aws-lc-rs has, and no RSA identifier without its NULL.
//!
//! Nothing is computed here. The crate asks about bytes (key, message, signature), and the graph knows the answer for
//! the certificates that they stand in.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls_pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};

use super::reading::Signed;
use crate::certificate::{Certificate, PublicKey};
use crate::der::{Reader, SEQUENCE};
use crate::graph::Edge;
use crate::signature::Status;

/// Key and signature of each algorithm.
const SUPPORTED: [(AlgorithmIdentifier, AlgorithmIdentifier); 11] = [
    (alg_id::ECDSA_P256, alg_id::ECDSA_SHA256),
    (alg_id::ECDSA_P256, alg_id::ECDSA_SHA384),
    (alg_id::ECDSA_P384, alg_id::ECDSA_SHA256),
    (alg_id::ECDSA_P384, alg_id::ECDSA_SHA384),
    (alg_id::ED25519, alg_id::ED25519),
    (alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA256),
    (alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA384),
    (alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA512),
    (alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA256),
    (alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA384),
    (alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA512),
];

/// Sizes of RSA moduli that *ring* verifies with; the smaller counts in whole octets (`RSA_PKCS1_2048_8192_*`).
const RSA_BITS: std::ops::RangeInclusive<usize> = 2041..=8192;
/// *ring*'s `PublicExponent::MAX`: bits of the largest public exponent of an RSA key.
const MAX_RSA_EXPONENT_BITS: usize = 33;
/// The first octet of a point that is not compressed (SEC 1, 2.3.3), the only form that *ring* reads.
const UNCOMPRESSED: u8 = 4;

/// What the graph knows of signatures, for one question.
pub(super) struct Signatures<'s> {
    signed: &'s Signed<'s>,
    /// Some answer was asked for and is not known.
    missing: AtomicBool,
}

/// Every supported algorithm.
pub(super) struct Algorithms<'s>([Algorithm<'s>; SUPPORTED.len()]);

#[derive(Clone, Copy)]
struct Algorithm<'s> {
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    signatures: &'s Signatures<'s>,
}

impl<'s> Signatures<'s> {
    pub(super) fn of(signed: &'s Signed<'s>) -> Signatures<'s> {
        Signatures { signed, missing: AtomicBool::new(false) }
    }

    /// Whether an answer was missing since this was last asked.
    pub(super) fn was_missing(&self) -> bool {
        self.missing.swap(false, Ordering::Relaxed)
    }

    /// What the graph knows of a subject that holds this message and this signature, and an issuer with this key.
    fn status(&self, algorithm: Algorithm<'_>, key: &[u8], message: &[u8], signature: &[u8]) -> Status {
        let bears = |edge: &&Edge| {
            let issuer = self.signed.certificate(edge.issuer);
            issuer.is_some_and(|it| it.key.value() == key && is_for(&it.key, algorithm))
        };
        let subjects = self.signed.with_message(message);
        let subjects = subjects.filter(|(_, it)| it.signature == signature && signed_with(it, algorithm));
        let edge = subjects.filter_map(|(id, _)| self.signed.edges_to(id).iter().find(bears)).next();
        edge.map_or(Status::Unchecked, |edge| edge.signature)
    }
}

impl<'s> Algorithms<'s> {
    /// They answer from what is known.
    pub(super) fn over(signatures: &'s Signatures<'s>) -> Algorithms<'s> {
        Algorithms(SUPPORTED.map(|(key, signature)| Algorithm { key, signature, signatures }))
    }

    /// As the crate takes them.
    pub(super) fn list(&self) -> [&dyn SignatureVerificationAlgorithm; SUPPORTED.len()] {
        self.0.each_ref().map(|algorithm| algorithm as &dyn SignatureVerificationAlgorithm)
    }
}

impl SignatureVerificationAlgorithm for Algorithm<'_> {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        if !ring_takes(self.key, key) {
            return Err(InvalidSignature);
        }
        match self.signatures.status(*self, key, message, signature) {
            Status::Valid => Ok(()),
            // The signature module supports all that is listed above, but for keys that are none.
            Status::Invalid | Status::Unsupported => Err(InvalidSignature),
            Status::Unchecked => {
                self.signatures.missing.store(true, Ordering::Relaxed);
                Err(InvalidSignature)
            }
        }
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

/// The trait demands it; nothing prints it.
impl fmt::Debug for Algorithm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Algorithm")
    }
}

/// Whether the certificate's signature names this algorithm.
fn signed_with(certificate: &Certificate, algorithm: Algorithm<'_>) -> bool {
    let named = Reader::read_only(&certificate.signature_algorithm.der, SEQUENCE);
    named.is_some_and(|named| named.0 == algorithm.signature.as_ref())
}

/// Whether a key names this algorithm.
fn is_for(key: &PublicKey, algorithm: Algorithm<'_>) -> bool {
    let named = Reader::read_only(&key.spki, SEQUENCE).and_then(|mut fields| fields.read(SEQUENCE));
    named.is_some_and(|named| named.0 == algorithm.key.as_ref())
}

/// Whether *ring* computes with a key at all, where it is stricter than the signature module.
fn ring_takes(algorithm: AlgorithmIdentifier, key: &[u8]) -> bool {
    if algorithm == alg_id::RSA_ENCRYPTION {
        return rsa_sizes(key).is_some_and(|(modulus, exponent)| {
            RSA_BITS.contains(&modulus) && (2..=MAX_RSA_EXPONENT_BITS).contains(&exponent)
        });
    }
    algorithm == alg_id::ED25519 || key.first() == Some(&UNCOMPRESSED)
}

/// Bits of modulus and exponent of an RSAPublicKey (RFC 8017, A.1.1).
fn rsa_sizes(key: &[u8]) -> Option<(usize, usize)> {
    let mut fields = Reader::read_only(key, SEQUENCE)?;
    let sizes = (bits(fields.read_unsigned()?), bits(fields.read_unsigned()?));
    fields.is_empty().then_some(sizes)
}

/// Of a number without leading zeros.
fn bits(number: &[u8]) -> usize {
    let unused = number.first().map_or(0, |first| first.leading_zeros());
    (number.len() * 8).saturating_sub(usize::try_from(unused).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RSAPublicKey with a modulus of `octets` octets that begins with `first`, and an exponent.
    fn rsa(first: u8, octets: usize, exponent: &[u8]) -> Vec<u8> {
        let mut modulus = vec![0; octets];
        (modulus[0], modulus[octets - 1]) = (first, 1);
        if 0x80 <= first {
            modulus.insert(0, 0);
        }
        let long = |tag: u8, contents: &[u8]| {
            let length = u16::try_from(contents.len()).unwrap().to_be_bytes();
            [&[tag, 0x82], &length[..], contents].concat()
        };
        let exponent = [&[2, u8::try_from(exponent.len()).unwrap()], exponent].concat();
        long(SEQUENCE, &[long(2, &modulus), exponent].concat())
    }

    #[test]
    fn ring_limits_rsa_keys() {
        let takes = |key: &[u8]| ring_takes(alg_id::RSA_ENCRYPTION, key);
        assert!(takes(&rsa(0x80, 256, &[1, 0, 1])));
        assert!(takes(&rsa(0x01, 256, &[3])), "2041 bits are 256 octets");
        assert!(!takes(&rsa(0xff, 255, &[3])), "2040 bits");
        assert!(takes(&rsa(0x80, 1024, &[3])));
        assert!(!takes(&rsa(0x01, 1025, &[3])), "8193 bits");
        assert!(!takes(&rsa(0x80, 256, &[1])), "an exponent of one");
        assert!(takes(&rsa(0x80, 256, &[1, 0, 0, 0, 1])), "33 bits");
        assert!(!takes(&rsa(0x80, 256, &[2, 0, 0, 0, 1])), "34 bits");
        assert!(!takes(&[]));
    }

    #[test]
    fn ring_reads_no_compressed_points() {
        assert!(ring_takes(alg_id::ECDSA_P256, &[4, 1, 2]));
        assert!(!ring_takes(alg_id::ECDSA_P256, &[2, 1]));
        assert!(ring_takes(alg_id::ED25519, &[2, 1]));
    }
}
