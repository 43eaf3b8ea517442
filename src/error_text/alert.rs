//! The alerts of TLS that speak of certificates (RFC 8446, 6).

use std::fmt;

use super::fault::Fault;

/// An alert about a certificate; the discriminant is its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Alert {
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
    /// The client has to present a certificate.
    CertificateRequired = 116,
}

impl Alert {
    /// Its number.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// What whoever sends it may have found, the likeliest first, over the programs whose source was read
    /// (`docs/background/errors.md`, section 5).
    pub(super) const fn faults(self) -> &'static [Fault] {
        match self {
            Alert::BadCertificate => &[
                Fault::ExtendedKeyUsage,
                Fault::PathLength,
                Fault::NameConstraints,
                Fault::HostName,
                Fault::SameNameOtherKey,
                Fault::IssuerAbsent,
                Fault::MissingIntermediate,
                Fault::UntrustedRoot,
                Fault::SelfSigned,
                Fault::Expired,
                Fault::NotYetValid,
                Fault::NotACa,
                Fault::WeakKey,
                Fault::WeakSignature,
                Fault::CertificateWithheld,
            ],
            Alert::UnsupportedCertificate => &[
                Fault::ExtendedKeyUsage,
                Fault::LeafNotFirst,
                Fault::KeyUsage,
                Fault::CaAsEndEntity,
                Fault::WeakKey,
                Fault::WeakSignature,
            ],
            Alert::CertificateRevoked => &[Fault::Revoked],
            Alert::CertificateExpired => &[Fault::Expired, Fault::NotYetValid, Fault::ExpiredDuplicate],
            Alert::CertificateUnknown => &[
                Fault::IssuerAbsent,
                Fault::MissingIntermediate,
                Fault::SameNameOtherKey,
                Fault::UntrustedRoot,
                Fault::SelfSigned,
                Fault::NotACa,
                Fault::KeyUsage,
                Fault::NameConstraints,
                Fault::ExtendedKeyUsage,
                Fault::HostName,
            ],
            // Clients send a certificate only if its issuer's name is listed, so the key is the likeliest fault.
            Alert::UnknownCa => &[
                Fault::SameNameOtherKey,
                Fault::NotACa,
                Fault::MissingIntermediate,
                Fault::IssuerAbsent,
                Fault::UntrustedRoot,
                Fault::SelfSigned,
                Fault::KeyUsage,
                Fault::AnchorNotSelfSigned,
                Fault::NameEncoding,
                Fault::KeyIdMismatch,
                Fault::PathLength,
            ],
            Alert::AccessDenied => &[Fault::SelfSigned],
            Alert::DecryptError => &[Fault::SameNameOtherKey, Fault::BadSignature],
            Alert::CertificateRequired => &[Fault::CertificateWithheld],
        }
    }

    /// What it rules out: whoever judged a certificate was sent one, and whoever was sent none judged none.
    pub(super) const fn excludes(self) -> &'static [Fault] {
        match self {
            Alert::UnknownCa => &[Fault::CertificateWithheld, Fault::Expired],
            Alert::CertificateExpired | Alert::DecryptError => &[Fault::CertificateWithheld],
            Alert::CertificateRequired => &[Fault::SameNameOtherKey, Fault::Expired],
            _ => &[],
        }
    }
}

/// As RFC 8446 names it.
impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Alert::BadCertificate => "bad_certificate",
            Alert::UnsupportedCertificate => "unsupported_certificate",
            Alert::CertificateRevoked => "certificate_revoked",
            Alert::CertificateExpired => "certificate_expired",
            Alert::CertificateUnknown => "certificate_unknown",
            Alert::UnknownCa => "unknown_ca",
            Alert::AccessDenied => "access_denied",
            Alert::DecryptError => "decrypt_error",
            Alert::CertificateRequired => "certificate_required",
        })
    }
}
