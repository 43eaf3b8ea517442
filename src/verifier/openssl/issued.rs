//! Whether one certificate may have issued another, by names, key identifiers and kinds of key (`v3_purp.c`).

use super::certificate::Certificate;
use super::error::Error;
use super::general_name::first_directory;
use super::signature_algorithm::SignatureAlgorithm;

/// Bits of `ex_kusage`.
const DIGITAL_SIGNATURE: u16 = 0x0080;
const KEY_CERT_SIGN: u16 = 0x0004;

/// `ossl_x509_likely_issued`, once the names are known to agree.
pub(super) fn likely_issued(issuer: &Certificate<'_>, subject: &Certificate<'_>) -> Result<(), Error> {
    if issuer.extensions.is_invalid || subject.extensions.is_invalid {
        return Err(Error::Unspecified);
    }
    key_fits(issuer, subject)
}

/// The name that the subject gives as its issuer's is the issuer's.
pub(super) fn names_agree(issuer: &Certificate<'_>, subject: &Certificate<'_>) -> bool {
    issuer.subject.canonical == subject.issuer.canonical
}

/// `X509_check_akid` and `check_sig_alg_match`.
pub(super) fn key_fits(issuer: &Certificate<'_>, subject: &Certificate<'_>) -> Result<(), Error> {
    check_authority_key_id(issuer, subject)?;
    let key = issuer.key.ok_or(Error::NoIssuerPublicKey)?;
    let algorithm = SignatureAlgorithm::of(subject.inner_algorithm).ok_or(Error::UnsupportedSignatureAlgorithm)?;
    if algorithm.fits(key.kind) { Ok(()) } else { Err(Error::SignatureAlgorithmMismatch) }
}

/// `X509_check_akid` (RFC 5280, 4.2.1.1); what is absent on either side fits.
fn check_authority_key_id(issuer: &Certificate<'_>, subject: &Certificate<'_>) -> Result<(), Error> {
    let Some(authority) = &subject.extensions.authority_key_id else { return Ok(()) };
    if let (Some(wanted), Some(given)) = (authority.key_id, issuer.extensions.subject_key_id)
        && wanted != given
    {
        return Err(Error::AkidSkidMismatch);
    }
    if authority.serial.is_some_and(|serial| serial != issuer.serial) {
        return Err(Error::AkidIssuerSerialMismatch);
    }
    let name = authority.issuer.as_deref().and_then(first_directory);
    if name.is_some_and(|name| name.canonical != issuer.issuer.canonical) {
        return Err(Error::AkidIssuerSerialMismatch);
    }
    Ok(())
}

/// `ossl_x509_signing_allowed` (RFC 5280, 4.2.1.3).
pub(super) fn signing_allowed(issuer: &Certificate<'_>, subject: &Certificate<'_>) -> Result<(), Error> {
    let (needed, error) = if subject.extensions.proxy.is_some() {
        (DIGITAL_SIGNATURE, Error::KeyUsageNoDigitalSignature)
    } else {
        (KEY_CERT_SIGN, Error::KeyUsageNoCertSign)
    };
    if rejects(issuer.extensions.key_usage, needed) { Err(error) } else { Ok(()) }
}

/// `ku_reject`: the extension is there and has none of these bits.
pub(super) fn rejects(usage: Option<u16>, needed: u16) -> bool {
    usage.is_some_and(|usage| usage & needed == 0)
}
