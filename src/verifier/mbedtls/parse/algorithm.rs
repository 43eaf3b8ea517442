//! Signature algorithms: `mbedtls_x509_get_alg` and `mbedtls_x509_get_sig_alg` (`x509.c`), with the tables of `oid.c`.

use super::asn1::{Code, INVALID_DATA, Input, UNEXPECTED_TAG};
use crate::der::{NULL, OBJECT_IDENTIFIER, SEQUENCE, constructed};
use crate::oid;

/// `MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE`: RSASSA-PSS with another mask generation function than MGF1.
const FEATURE_UNAVAILABLE: Code = 0x2080;
/// `MBEDTLS_ERR_X509_INVALID_ALG`: an AlgorithmIdentifier cannot be read, or has parameters where none belong.
const INVALID_ALG: Code = 0x2300;
/// `MBEDTLS_ERR_X509_UNKNOWN_SIG_ALG`: mbedTLS does not know the signature algorithm.
const UNKNOWN_SIG_ALG: Code = 0x2600;
/// `MBEDTLS_ERR_OID_NOT_FOUND`: the identifier is in no table of mbedTLS.
const OID_NOT_FOUND: Code = 0x2e;

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
    /// ECDSA on whatever curve the key has.
    Ecdsa,
}

/// An AlgorithmIdentifier; tag and contents of its parameters, 0 and nothing where they are absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AlgorithmIdentifier<'a> {
    pub(super) oid: &'a [u8],
    pub(super) parameters: (u8, &'a [u8]),
}

impl<'a> AlgorithmIdentifier<'a> {
    /// `mbedtls_x509_get_alg`: an AlgorithmIdentifier of the certificate; the code also tells that one was being read.
    pub(super) fn read(input: &mut Input<'a>) -> Result<AlgorithmIdentifier<'a>, Code> {
        AlgorithmIdentifier::read_plain(input).map_err(|why| INVALID_ALG + why)
    }

    /// `mbedtls_asn1_get_alg`: an AlgorithmIdentifier; the code is that of the ASN.1 alone.
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

    /// `mbedtls_x509_get_sig_alg`: the family and hash that the identifier and its parameters stand for.
    pub(super) fn signature(&self) -> Result<SignatureAlgorithm, Code> {
        let (family, hash_is_allowed) = match oid::constant(self.oid) {
            Some(oid::RSASSA_PSS) => (Family::Rsa, pss_hash_is_allowed(self.parameters)?),
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

/// Algorithms whose parameters say nothing, and whether their hash is allowed.
fn plain_signature(algorithm: &[u8]) -> Option<(Family, bool)> {
    match oid::constant(algorithm)? {
        oid::MD2_WITH_RSA | oid::MD4_WITH_RSA | oid::MD5_WITH_RSA => Some((Family::Rsa, false)),
        oid::SHA1_WITH_RSA | oid::OIW_SHA1_WITH_RSA => Some((Family::Rsa, false)),
        oid::SHA224_WITH_RSA | oid::SHA256_WITH_RSA => Some((Family::Rsa, true)),
        oid::SHA384_WITH_RSA | oid::SHA512_WITH_RSA => Some((Family::Rsa, true)),
        oid::ECDSA_WITH_SHA1 => Some((Family::Ecdsa, false)),
        oid::ECDSA_WITH_SHA224 | oid::ECDSA_WITH_SHA256 => Some((Family::Ecdsa, true)),
        oid::ECDSA_WITH_SHA384 | oid::ECDSA_WITH_SHA512 => Some((Family::Ecdsa, true)),
        _ => None,
    }
}

/// Whether a hash is allowed, if it is known.
fn hash(algorithm: &[u8]) -> Result<bool, Code> {
    match oid::constant(algorithm) {
        Some(oid::SHA224 | oid::SHA256 | oid::SHA384 | oid::SHA512) => Ok(true),
        // Known, and outside of the default profile.
        Some(oid::SHA1 | oid::MD2 | oid::MD4 | oid::MD5 | oid::RIPEMD160) => Ok(false),
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
    if algorithm.oid != oid::MGF1.as_bytes() {
        return Err(FEATURE_UNAVAILABLE + OID_NOT_FOUND);
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
