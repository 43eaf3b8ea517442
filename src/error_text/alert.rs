//! The alerts of TLS that speak of certificates (RFC 8446, 6).

use std::fmt;

/// An alert about a certificate; the discriminant is its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Alert {
    /// No parameters that both sides accept; before TLS 1.3 also that the client sent no certificate.
    HandshakeFailure = 40,
    /// Something is wrong with the certificate.
    BadCertificate = 42,
    /// The certificate is of a kind that is not supported, or not for this purpose.
    UnsupportedCertificate = 43,
    /// It was revoked.
    CertificateRevoked = 44,
    /// It is out of its validity.
    CertificateExpired = 45,
    /// Something else made it unacceptable.
    CertificateUnknown = 46,
    /// No trusted CA issued it.
    UnknownCa = 48,
    /// A valid certificate, and no access.
    AccessDenied = 49,
    /// A signature does not verify.
    DecryptError = 51,
    /// The sender gave up for a reason of its own.
    InternalError = 80,
    /// The client has to present a certificate.
    CertificateRequired = 116,
}

impl Alert {
    /// Its number.
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// As RFC 8446 names it.
impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Alert::HandshakeFailure => "handshake_failure",
            Alert::BadCertificate => "bad_certificate",
            Alert::UnsupportedCertificate => "unsupported_certificate",
            Alert::CertificateRevoked => "certificate_revoked",
            Alert::CertificateExpired => "certificate_expired",
            Alert::CertificateUnknown => "certificate_unknown",
            Alert::UnknownCa => "unknown_ca",
            Alert::AccessDenied => "access_denied",
            Alert::DecryptError => "decrypt_error",
            Alert::InternalError => "internal_error",
            Alert::CertificateRequired => "certificate_required",
        })
    }
}
