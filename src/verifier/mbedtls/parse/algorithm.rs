//! Signature algorithms: `mbedtls_x509_get_alg` and `mbedtls_x509_get_sig_alg` (`x509.c`), with the tables of `oid.c`.

use super::asn1::{Code, INVALID_DATA, Input, UNEXPECTED_TAG};
use crate::der::{NULL, OBJECT_IDENTIFIER, SEQUENCE, constructed};

/// `MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE`.
const FEATURE_UNAVAILABLE: Code = 0x2080;
/// `MBEDTLS_ERR_X509_INVALID_ALG`.
const INVALID_ALG: Code = 0x2300;
/// `MBEDTLS_ERR_X509_UNKNOWN_SIG_ALG`.
const UNKNOWN_SIG_ALG: Code = 0x2600;
/// `MBEDTLS_ERR_OID_NOT_FOUND`.
const OID_NOT_FOUND: Code = 0x2e;

/// What begins the identifiers of PKCS #1 (RFC 8017, appendix C).
const PKCS_1: [u8; 8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
/// sha-1WithRSAEncryption of OIW.
const RSA_SHA1_OBSOLETE: &[u8] = &[0x2b, 0x0e, 0x03, 0x02, 0x1d];
/// ecdsa-with-SHA1 (RFC 3279, 2.2.3).
const ECDSA_SHA1: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01];
/// What begins ecdsa-with-SHA224 and its sisters (RFC 5758, 3.2).
const ECDSA_SHA2: [u8; 7] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03];
/// SHA-256, SHA-384, SHA-512 and SHA-224 have 1 to 4 behind this (RFC 5754, 2).
const SHA2: [u8; 8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02];
/// SHA-1, MD2, MD4, MD5 and RIPEMD-160: known, and outside of the default profile.
const OLD_HASHES: [&[u8]; 5] = [
    &[0x2b, 0x0e, 0x03, 0x02, 0x1a],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x02],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x04],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05],
    &[0x2b, 0x24, 0x03, 0x02, 0x01],
];

/// How a certificate is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SignatureAlgorithm {
    /// Which kind of key it takes.
    pub(crate) family: Family,
    /// The hash is one of SHA-2, which are all that `mbedtls_x509_crt_profile_default` allows.
    pub(crate) hash_is_allowed: bool,
}

/// Kinds of signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// RSASSA-PKCS1-v1_5 or RSASSA-PSS.
    Rsa,
    /// ECDSA.
    Ecdsa,
}

/// An AlgorithmIdentifier; tag and contents of its parameters, 0 and nothing where they are absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AlgorithmIdentifier<'a> {
    pub(super) oid: &'a [u8],
    pub(super) parameters: (u8, &'a [u8]),
}

impl<'a> AlgorithmIdentifier<'a> {
    /// `mbedtls_x509_get_alg`.
    pub(super) fn read(input: &mut Input<'a>) -> Result<AlgorithmIdentifier<'a>, Code> {
        AlgorithmIdentifier::read_plain(input).map_err(|why| INVALID_ALG + why)
    }

    /// `mbedtls_asn1_get_alg`.
    pub(super) fn read_plain(input: &mut Input<'a>) -> Result<AlgorithmIdentifier<'a>, Code> {
        let mut inside = Input(input.element(SEQUENCE)?);
        let oid = inside.element(OBJECT_IDENTIFIER)?;
        let parameters = if inside.is_empty() { (0, &[][..]) } else { inside.any()? };
        inside.end()?;
        Ok(AlgorithmIdentifier { oid, parameters })
    }

    /// Parameters that are absent or NULL.
    pub(super) fn says_nothing_more(&self) -> bool {
        matches!(self.parameters, (0 | NULL, []))
    }

    /// `mbedtls_x509_get_sig_alg`.
    pub(super) fn signature(&self) -> Result<SignatureAlgorithm, Code> {
        let (family, hash_is_allowed) = match self.oid {
            // RSASSA-PSS
            [prefix @ .., 0x0a] if prefix == PKCS_1 => (Family::Rsa, pss_hash_is_allowed(self.parameters)?),
            _ => {
                let known = plain_signature(self.oid).ok_or(UNKNOWN_SIG_ALG + OID_NOT_FOUND)?;
                if !self.says_nothing_more() {
                    return Err(INVALID_ALG);
                }
                known
            }
        };
        Ok(SignatureAlgorithm { family, hash_is_allowed })
    }
}

/// Algorithms whose parameters say nothing.
fn plain_signature(oid: &[u8]) -> Option<(Family, bool)> {
    match oid {
        // MD2, MD4, MD5 and SHA-1 with RSA, then SHA-256, SHA-384, SHA-512 and SHA-224.
        [prefix @ .., 2..=5] if prefix == PKCS_1 => Some((Family::Rsa, false)),
        [prefix @ .., 0x0b..=0x0e] if prefix == PKCS_1 => Some((Family::Rsa, true)),
        RSA_SHA1_OBSOLETE => Some((Family::Rsa, false)),
        ECDSA_SHA1 => Some((Family::Ecdsa, false)),
        [prefix @ .., 1..=4] if prefix == ECDSA_SHA2 => Some((Family::Ecdsa, true)),
        _ => None,
    }
}

/// Whether a hash is allowed, if it is known.
fn hash(oid: &[u8]) -> Result<bool, Code> {
    match oid {
        [prefix @ .., 1..=4] if prefix == SHA2 => Ok(true),
        _ if OLD_HASHES.contains(&oid) => Ok(false),
        _ => Err(INVALID_ALG + OID_NOT_FOUND),
    }
}

/// `mbedtls_x509_get_rsassa_pss_params` (RFC 4055, 3.1).
fn pss_hash_is_allowed((tag, parameters): (u8, &[u8])) -> Result<bool, Code> {
    if tag != SEQUENCE {
        return Err(INVALID_ALG + UNEXPECTED_TAG);
    }
    // SHA-1 stands where no hash is given.
    let mut allowed = false;
    let mut fields = Input(parameters);
    if let Some(mut inside) = field(&mut fields, 0)? {
        allowed = hash_algorithm(&mut inside)?;
        end(inside)?;
    }
    if let Some(mut inside) = field(&mut fields, 1)? {
        mask_generation(&mut inside)?;
        end(inside)?;
    }
    if let Some(mut inside) = field(&mut fields, 2)? {
        inside.integer().map_err(|why| INVALID_ALG + why)?;
        end(inside)?;
    }
    if let Some(mut inside) = field(&mut fields, 3)? {
        let trailer = inside.integer().map_err(|why| INVALID_ALG + why)?;
        end(inside)?;
        if trailer != 1 {
            return Err(INVALID_ALG);
        }
    }
    end(fields)?;
    Ok(allowed)
}

/// The inside of the next field, if it has this explicit tag.
fn field<'a>(fields: &mut Input<'a>, number: u8) -> Result<Option<Input<'a>>, Code> {
    if fields.is_empty() {
        return Ok(None);
    }
    match fields.element(constructed(number)) {
        Ok(inside) => Ok(Some(Input(inside))),
        Err(UNEXPECTED_TAG) => Ok(None),
        Err(why) => Err(INVALID_ALG + why),
    }
}

fn end(input: Input<'_>) -> Result<(), Code> {
    input.end().map_err(|why| INVALID_ALG + why)
}

/// `mbedtls_x509_get_alg_null` and the hash that it names.
fn hash_algorithm(inside: &mut Input<'_>) -> Result<bool, Code> {
    let algorithm = AlgorithmIdentifier::read(inside)?;
    if !algorithm.says_nothing_more() {
        return Err(INVALID_ALG + INVALID_DATA);
    }
    hash(algorithm.oid)
}

/// MGF1 and its hash (`x509_get_hash_alg`), which need not be that of the message.
fn mask_generation(inside: &mut Input<'_>) -> Result<(), Code> {
    let algorithm = AlgorithmIdentifier::read(inside)?;
    match algorithm.oid {
        [prefix @ .., 8] if prefix == PKCS_1 => {}
        _ => return Err(FEATURE_UNAVAILABLE + OID_NOT_FOUND),
    }
    let (SEQUENCE, hash_algorithm) = algorithm.parameters else { return Err(INVALID_ALG + UNEXPECTED_TAG) };
    let mut fields = Input(hash_algorithm);
    hash(fields.element(OBJECT_IDENTIFIER).map_err(|why| INVALID_ALG + why)?)?;
    if fields.is_empty() {
        return Ok(());
    }
    match fields.tag(NULL) {
        Ok(0) => end(fields),
        Ok(_) => Err(INVALID_ALG),
        Err(why) => Err(INVALID_ALG + why),
    }
}
