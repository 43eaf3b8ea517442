//! What a certificate may be used for (`v3_purp.c`).

use super::certificate::Certificate;
use super::issued::rejects;
use crate::verifier::{CauseKind, Purpose};

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
    /// 0: basicConstraints or keyUsage says no, or nothing says yes.
    No,
    /// 1: basicConstraints says so.
    Yes,
    /// 3: no basicConstraints, but version 1 and self-signed by its form.
    Version1Root,
    /// 4: no basicConstraints, but keyCertSign.
    ByKeyUsage,
    /// 5: no basicConstraints, but nsCertType.
    ByNetscapeType,
}

/// `X509_check_ca`: whether the certificate is a CA's, and by what. One with an invalid extension never is.
pub(super) fn check_ca(certificate: &Certificate<'_>) -> Ca {
    if certificate.extensions.is_invalid { Ca::No } else { check_ca_unchecked(certificate) }
}

/// `X509_check_purpose`, for a certificate whose extensions can be read: what does not fit, if anything.
pub(super) fn misfit(certificate: &Certificate<'_>, purpose: Purpose, require_ca: bool) -> Option<CauseKind> {
    match purpose {
        Purpose::Server => server_misfit(certificate, require_ca),
        Purpose::Client => client_misfit(certificate, require_ca),
        Purpose::Any => None,
    }
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

/// `check_purpose_ssl_client`: what keeps the certificate from being a TLS client's or, with `require_ca`,
/// that of a CA for TLS.
fn client_misfit(certificate: &Certificate<'_>, require_ca: bool) -> Option<CauseKind> {
    let usages = certificate.extensions.extended_key_usage;
    if usages.is_some_and(|usages| !usages.client) {
        Some(CauseKind::ExtendedKeyUsage)
    } else if require_ca {
        ca_misfit(certificate)
    } else {
        end_entity_misfit(certificate, DIGITAL_SIGNATURE | KEY_AGREEMENT, NETSCAPE_CLIENT)
    }
}

/// `check_purpose_ssl_server`: what keeps the certificate from being a TLS server's or, with `require_ca`,
/// that of a CA for TLS.
fn server_misfit(certificate: &Certificate<'_>, require_ca: bool) -> Option<CauseKind> {
    let usages = certificate.extensions.extended_key_usage;
    if usages.is_some_and(|usages| !usages.server) {
        Some(CauseKind::ExtendedKeyUsage)
    } else if require_ca {
        ca_misfit(certificate)
    } else {
        end_entity_misfit(certificate, DIGITAL_SIGNATURE | KEY_ENCIPHERMENT | KEY_AGREEMENT, NETSCAPE_SERVER)
    }
}

/// keyUsage and nsCertType, whose use is that of extKeyUsage.
fn end_entity_misfit(certificate: &Certificate<'_>, key_usage: u16, netscape_type: u8) -> Option<CauseKind> {
    if rejects(certificate.extensions.key_usage, key_usage) {
        Some(CauseKind::KeyUsage)
    } else if certificate.extensions.netscape_type.is_some_and(|bits| bits & netscape_type == 0) {
        Some(CauseKind::ExtendedKeyUsage)
    } else {
        None
    }
}

/// `check_ssl_ca`: what keeps the certificate from being that of a CA for TLS.
fn ca_misfit(certificate: &Certificate<'_>) -> Option<CauseKind> {
    let is_ca = match check_ca_unchecked(certificate) {
        Ca::No => false,
        Ca::ByNetscapeType => certificate.extensions.netscape_type.is_some_and(|bits| bits & NETSCAPE_SSL_CA != 0),
        Ca::Yes | Ca::Version1Root | Ca::ByKeyUsage => true,
    };
    (!is_ca).then_some(CauseKind::NotCa)
}
