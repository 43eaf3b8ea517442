//! What a certificate may be used for (`v3_purp.c`).

use super::certificate::Certificate;
use super::issued::rejects;
use crate::verifier::Purpose;

/// Bits of `ex_kusage`.
const DIGITAL_SIGNATURE: u16 = 0x0080;
const KEY_ENCIPHERMENT: u16 = 0x0020;
const KEY_AGREEMENT: u16 = 0x0008;
const KEY_CERT_SIGN: u16 = 0x0004;
/// Bits of nsCertType.
const NETSCAPE_CLIENT: u8 = 0x80;
const NETSCAPE_SERVER: u8 = 0x40;
const NETSCAPE_SSL_CA: u8 = 0x04;
const NETSCAPE_ANY_CA: u8 = 0x07;

/// The answers of `X509_check_ca`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ca {
    /// 0.
    No,
    /// 1.
    Yes,
    /// 3: no basicConstraints, but version 1 and self-signed by its form.
    Version1Root,
    /// 4: no basicConstraints, but keyCertSign.
    ByKeyUsage,
    /// 5: no basicConstraints, but nsCertType.
    ByNetscapeType,
}

/// `X509_check_ca`.
pub(super) fn check_ca(certificate: &Certificate<'_>) -> Ca {
    if certificate.extensions.is_invalid { Ca::No } else { check_ca_unchecked(certificate) }
}

/// `X509_check_purpose`; `None` where the extensions cannot be read.
pub(super) fn check(certificate: &Certificate<'_>, purpose: Purpose, require_ca: bool) -> Option<bool> {
    let check = match purpose {
        Purpose::Server => check_server,
        Purpose::Client => check_client,
        Purpose::Any => |_: &Certificate<'_>, _| true,
    };
    (!certificate.extensions.is_invalid).then(|| check(certificate, require_ca))
}

fn check_ca_unchecked(certificate: &Certificate<'_>) -> Ca {
    let extensions = &certificate.extensions;
    if rejects(extensions.key_usage, KEY_CERT_SIGN) {
        Ca::No
    } else if extensions.has_basic_constraints {
        if extensions.ca { Ca::Yes } else { Ca::No }
    } else if certificate.version == 0 && certificate.has_self_signed_form {
        Ca::Version1Root
    } else if extensions.key_usage.is_some() {
        Ca::ByKeyUsage
    } else if extensions.netscape_type.is_some_and(|bits| bits & NETSCAPE_ANY_CA != 0) {
        Ca::ByNetscapeType
    } else {
        Ca::No
    }
}

/// `check_purpose_ssl_client`.
fn check_client(certificate: &Certificate<'_>, require_ca: bool) -> bool {
    let extensions = &certificate.extensions;
    if extensions.extended_key_usage.is_some_and(|usages| !usages.client) {
        return false;
    }
    if require_ca {
        return check_ssl_ca(certificate);
    }
    !rejects(extensions.key_usage, DIGITAL_SIGNATURE | KEY_AGREEMENT)
        && extensions.netscape_type.is_none_or(|bits| bits & NETSCAPE_CLIENT != 0)
}

/// `check_purpose_ssl_server`.
fn check_server(certificate: &Certificate<'_>, require_ca: bool) -> bool {
    let extensions = &certificate.extensions;
    if extensions.extended_key_usage.is_some_and(|usages| !usages.server) {
        return false;
    }
    if require_ca {
        return check_ssl_ca(certificate);
    }
    !rejects(extensions.key_usage, DIGITAL_SIGNATURE | KEY_ENCIPHERMENT | KEY_AGREEMENT)
        && extensions.netscape_type.is_none_or(|bits| bits & NETSCAPE_SERVER != 0)
}

/// `check_ssl_ca`.
fn check_ssl_ca(certificate: &Certificate<'_>) -> bool {
    match check_ca_unchecked(certificate) {
        Ca::No => false,
        Ca::ByNetscapeType => certificate.extensions.netscape_type.is_some_and(|bits| bits & NETSCAPE_SSL_CA != 0),
        Ca::Yes | Ca::Version1Root | Ca::ByKeyUsage => true,
    }
}
