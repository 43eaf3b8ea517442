//! Signature algorithms: which kind of key they need (`OBJ_find_sigid_algs`), and how secure their digest is
//! (`x509_sig_info_init`).

use super::asn1::{Algorithm, Fields, Read};
use super::key::Kind;
use crate::der::SEQUENCE;
use crate::oid::{self, ObjectIdentifier};

/// What OpenSSL knows of a signature algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SignatureAlgorithm {
    /// The kind of key; those with RSASSA-PSS may be used by keys for RSA too.
    pub(super) key: Kind,
    /// `None` where OpenSSL cannot say, which is never enough.
    pub(super) security_bits: Option<u16>,
}

/// SHA-1 and MD5 are broken; the numbers only have to be below 80, the security of level 1.
const SHA1: Option<u16> = Some(63);
const MD5: Option<u16> = Some(39);
const RIPEMD_160: Option<u16> = Some(80);
const SHA224: Option<u16> = Some(112);
const SHA256: Option<u16> = Some(128);
const SHA384: Option<u16> = Some(192);
const SHA512: Option<u16> = Some(256);
/// MD2, MD4, MDC-2 and the first SHA are not at hand as Debian builds OpenSSL 3.0 without its legacy provider, or are
/// no more secure than MD5.
const LEGACY: Option<u16> = None;

/// What is at hand under each identifier.
const KNOWN: [(ObjectIdentifier, Kind, Option<u16>); 31] = [
    (oid::MD2_WITH_RSA, Kind::Rsa, LEGACY),
    (oid::MD4_WITH_RSA, Kind::Rsa, LEGACY),
    (oid::MD5_WITH_RSA, Kind::Rsa, MD5),
    (oid::SHA1_WITH_RSA, Kind::Rsa, SHA1),
    (oid::SHA224_WITH_RSA, Kind::Rsa, SHA224),
    (oid::SHA256_WITH_RSA, Kind::Rsa, SHA256),
    (oid::SHA384_WITH_RSA, Kind::Rsa, SHA384),
    (oid::SHA512_WITH_RSA, Kind::Rsa, SHA512),
    (oid::SHA3_224_WITH_RSA, Kind::Rsa, SHA224),
    (oid::SHA3_256_WITH_RSA, Kind::Rsa, SHA256),
    (oid::SHA3_384_WITH_RSA, Kind::Rsa, SHA384),
    (oid::SHA3_512_WITH_RSA, Kind::Rsa, SHA512),
    (oid::TELETRUST_RIPEMD160_WITH_RSA, Kind::Rsa, RIPEMD_160),
    (oid::ECDSA_WITH_SHA1, Kind::Ec, SHA1),
    // OpenSSL does not follow a digest that is recommended or specified elsewhere.
    (oid::ECDSA_WITH_RECOMMENDED, Kind::Ec, LEGACY),
    (oid::ECDSA_WITH_SPECIFIED, Kind::Ec, LEGACY),
    (oid::ECDSA_WITH_SHA224, Kind::Ec, SHA224),
    (oid::ECDSA_WITH_SHA256, Kind::Ec, SHA256),
    (oid::ECDSA_WITH_SHA384, Kind::Ec, SHA384),
    (oid::ECDSA_WITH_SHA512, Kind::Ec, SHA512),
    (oid::DSA_WITH_SHA1, Kind::Dsa, SHA1),
    (oid::DSA_WITH_SHA224, Kind::Dsa, SHA224),
    (oid::DSA_WITH_SHA256, Kind::Dsa, SHA256),
    // SM3 has as many bits as SHA-256.
    (oid::SM2_WITH_SM3, Kind::Sm2, SHA256),
    (oid::ED25519, Kind::Ed25519, Some(128)),
    (oid::ED448, Kind::Ed448, Some(224)),
    (oid::OIW_MD5_WITH_RSA, Kind::Rsa, MD5),
    (oid::OIW_SHA_WITH_RSA, Kind::Rsa, LEGACY),
    (oid::OIW_SHA1_WITH_RSA, Kind::Rsa, SHA1),
    (oid::OIW_DSA_WITH_SHA, Kind::Dsa, LEGACY),
    (oid::OIW_DSA_WITH_SHA1, Kind::Dsa, SHA1),
];

impl SignatureAlgorithm {
    /// `None` for an algorithm that OpenSSL does not know.
    pub(super) fn of(algorithm: Algorithm<'_>) -> Option<SignatureAlgorithm> {
        if algorithm.oid == oid::RSASSA_PSS.as_bytes() {
            let security_bits = pss_hash(algorithm.parameters).ok().flatten();
            return Some(SignatureAlgorithm { key: Kind::RsaPss, security_bits });
        }
        let (_, key, security_bits) = *KNOWN.iter().find(|(oid, ..)| oid.as_bytes() == algorithm.oid)?;
        Some(SignatureAlgorithm { key, security_bits })
    }

    /// `check_sig_alg_match` once both are known.
    pub(super) fn fits(self, key: Kind) -> bool {
        key == self.key || (key == Kind::Rsa && self.key == Kind::RsaPss)
    }
}

/// The hash in RSASSA-PSS-params (RFC 4055, 3.1); SHA-1 stands where none is given (`rsa_sig_info_set`).
fn pss_hash(parameters: Option<&[u8]>) -> Read<Option<u16>> {
    let mut fields = Fields(Fields(parameters.unwrap_or_default()).read(SEQUENCE)?);
    let hash = fields.explicit(0, |fields| fields.algorithm().map(|hash| digest(hash.oid)))?;
    Ok(hash.unwrap_or(SHA1))
}

fn digest(hash: &[u8]) -> Option<u16> {
    match oid::constant(hash)? {
        oid::SHA1 => SHA1,
        oid::MD5 => MD5,
        oid::SHA224 | oid::SHA512_224 | oid::SHA3_224 => SHA224,
        oid::SHA256 | oid::SHA512_256 | oid::SHA3_256 => SHA256,
        oid::SHA384 | oid::SHA3_384 => SHA384,
        oid::SHA512 | oid::SHA3_512 => SHA512,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Kind, MD5, SHA1, SHA256, SignatureAlgorithm, oid};
    use crate::der::{OBJECT_IDENTIFIER, SEQUENCE, constructed, encode};

    fn of(oid: &[u8], parameters: Option<&[u8]>) -> Option<(Kind, Option<u16>)> {
        SignatureAlgorithm::of(Algorithm { oid, parameters }).map(|known| (known.key, known.security_bits))
    }

    #[test]
    fn digests_have_half_their_size_as_security() {
        assert_eq!(of(oid::SHA256_WITH_RSA.as_bytes(), None), Some((Kind::Rsa, SHA256)));
        assert_eq!(of(oid::MD5_WITH_RSA.as_bytes(), None), Some((Kind::Rsa, MD5)));
        assert_eq!(of(oid::ECDSA_WITH_SHA256.as_bytes(), None), Some((Kind::Ec, SHA256)));
        assert_eq!(of(oid::ML_DSA_44.as_bytes(), None), None, "ML-DSA came with 3.5");
    }

    #[test]
    fn rsassa_pss_has_the_digest_of_its_parameters() {
        const PSS: &[u8] = oid::RSASSA_PSS.as_bytes();
        let sha256 = encode(SEQUENCE, &encode(OBJECT_IDENTIFIER, oid::SHA256.as_bytes()));
        let with_sha256 = encode(SEQUENCE, &encode(constructed(0), &sha256));
        assert_eq!(of(PSS, Some(&[0x30, 0])), Some((Kind::RsaPss, SHA1)));
        assert_eq!(of(PSS, Some(&with_sha256)), Some((Kind::RsaPss, SHA256)));
        assert_eq!(of(PSS, None), Some((Kind::RsaPss, None)));
        let pss = SignatureAlgorithm::of(Algorithm { oid: PSS, parameters: None }).expect("known");
        assert!(pss.fits(Kind::Rsa) && pss.fits(Kind::RsaPss) && !pss.fits(Kind::Ec));
    }
}
