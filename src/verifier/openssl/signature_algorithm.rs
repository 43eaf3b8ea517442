//! Signature algorithms: which kind of key they need (`OBJ_find_sigid_algs`), and how secure their digest is
//! (`x509_sig_info_init`).

use super::asn1::{Algorithm, Fields, Read};
use super::key::Kind;
use crate::der::SEQUENCE;

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
/// MD2, MD4, MDC-2 and the first SHA are not at hand as Debian builds OpenSSL 3.0 without its legacy provider, or are no
/// more secure than MD5.
const LEGACY: Option<u16> = None;

impl SignatureAlgorithm {
    /// `None` for an algorithm that OpenSSL does not know.
    pub(super) fn of(algorithm: Algorithm<'_>) -> Option<SignatureAlgorithm> {
        let (key, security_bits) = match algorithm.oid {
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a] => {
                (Kind::RsaPss, pss_hash(algorithm.parameters).ok().flatten())
            }
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, number] => (Kind::Rsa, rsa_with(*number)?),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, rest @ ..] => (Kind::Ec, ecdsa_with(rest)?),
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, number] => nist(*number)?,
            [0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x03] => (Kind::Dsa, SHA1),
            [0x2b, 0x0e, 0x03, 0x02, number] => oiw(*number)?,
            [0x2b, 0x24, 0x03, 0x03, 0x01, 0x02] => (Kind::Rsa, RIPEMD_160),
            [0x2b, 0x65, 0x70] => (Kind::Ed25519, Some(128)),
            [0x2b, 0x65, 0x71] => (Kind::Ed448, Some(224)),
            _ => return None,
        };
        Some(SignatureAlgorithm { key, security_bits })
    }

    /// `check_sig_alg_match` once both are known.
    pub(super) fn fits(self, key: Kind) -> bool {
        key == self.key || (key == Kind::Rsa && self.key == Kind::RsaPss)
    }
}

/// PKCS #1 (RFC 8017, appendix C), by the last component.
fn rsa_with(number: u8) -> Option<Option<u16>> {
    match number {
        2 | 3 => Some(LEGACY),
        4 => Some(MD5),
        5 => Some(SHA1),
        11 => Some(SHA256),
        12 => Some(SHA384),
        13 => Some(SHA512),
        14 => Some(SHA224),
        _ => None,
    }
}

/// X9.62, by the components after ecdsa-with.
fn ecdsa_with(rest: &[u8]) -> Option<Option<u16>> {
    match rest {
        [1] => Some(SHA1),
        // With a recommended or a specified digest, which OpenSSL does not follow.
        [2 | 3] => Some(LEGACY),
        [3, 1] => Some(SHA224),
        [3, 2] => Some(SHA256),
        [3, 3] => Some(SHA384),
        [3, 4] => Some(SHA512),
        _ => None,
    }
}

/// NIST's own, by the last component: DSA with SHA-2, RSA with SHA-3.
fn nist(number: u8) -> Option<(Kind, Option<u16>)> {
    match number {
        1 => Some((Kind::Dsa, SHA224)),
        2 => Some((Kind::Dsa, SHA256)),
        13 => Some((Kind::Rsa, SHA224)),
        14 => Some((Kind::Rsa, SHA256)),
        15 => Some((Kind::Rsa, SHA384)),
        16 => Some((Kind::Rsa, SHA512)),
        _ => None,
    }
}

/// The Open Systems Implementors' Workshop's, by the last component.
fn oiw(number: u8) -> Option<(Kind, Option<u16>)> {
    match number {
        3 => Some((Kind::Rsa, MD5)),
        13 => Some((Kind::Dsa, LEGACY)),
        15 => Some((Kind::Rsa, LEGACY)),
        27 => Some((Kind::Dsa, SHA1)),
        29 => Some((Kind::Rsa, SHA1)),
        _ => None,
    }
}

/// The hash in RSASSA-PSS-params (RFC 4055, 3.1); SHA-1 stands where none is given (`rsa_sig_info_set`).
fn pss_hash(parameters: Option<&[u8]>) -> Read<Option<u16>> {
    let mut fields = Fields(Fields(parameters.unwrap_or_default()).read(SEQUENCE)?);
    let hash = fields.explicit(0, |fields| fields.algorithm().map(|hash| digest(hash.oid)))?;
    Ok(hash.unwrap_or(SHA1))
}

fn digest(oid: &[u8]) -> Option<u16> {
    match oid {
        [0x2b, 0x0e, 0x03, 0x02, 0x1a] => SHA1,
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05] => MD5,
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, number] => match number {
            1 | 6 | 8 => SHA256,
            2 | 9 => SHA384,
            3 | 10 => SHA512,
            4 | 5 | 7 => SHA224,
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Kind, MD5, SHA1, SHA256, SignatureAlgorithm};

    fn of(oid: &[u8], parameters: Option<&[u8]>) -> Option<(Kind, Option<u16>)> {
        SignatureAlgorithm::of(Algorithm { oid, parameters }).map(|known| (known.key, known.security_bits))
    }

    #[test]
    fn digests_have_half_their_size_as_security() {
        assert_eq!(of(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11], None), Some((Kind::Rsa, SHA256)));
        assert_eq!(of(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4], None), Some((Kind::Rsa, MD5)));
        assert_eq!(of(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2], None), Some((Kind::Ec, SHA256)));
        assert_eq!(of(&[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 3, 17], None), None, "ML-DSA came with 3.5");
    }

    #[test]
    fn rsassa_pss_has_the_digest_of_its_parameters() {
        const PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
        const WITH_SHA256: &[u8] = &[0x30, 15, 0xa0, 13, 0x30, 11, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
        assert_eq!(of(PSS, Some(&[0x30, 0])), Some((Kind::RsaPss, SHA1)));
        assert_eq!(of(PSS, Some(WITH_SHA256)), Some((Kind::RsaPss, SHA256)));
        assert_eq!(of(PSS, None), Some((Kind::RsaPss, None)));
        let pss = SignatureAlgorithm::of(Algorithm { oid: PSS, parameters: None }).expect("known");
        assert!(pss.fits(Kind::Rsa) && pss.fits(Kind::RsaPss) && !pss.fits(Kind::Ec));
    }
}
