//! Labels of blocks that may be said aloud. A label may be any text of the file, even a part of a private key, so one that
//! is not known is never repeated.

use std::fmt;

/// The label of a block (RFC 7468, 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(Option<&'static str>);

/// Labels in use: those of RFC 7468 and of OpenSSL's `pem.h`, and what people write instead.
const KNOWN: [&str; 24] = [
    "CERTIFICATE",
    "X509 CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "certificate",
    "Certificate",
    "CERTIFICATES",
    "CERT",
    "CERTIFICATE REQUEST",
    "NEW CERTIFICATE REQUEST",
    "X509 CRL",
    "PKCS7",
    "PKCS #7 SIGNED DATA",
    "CMS",
    "PUBLIC KEY",
    "RSA PUBLIC KEY",
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "EC PARAMETERS",
    "DH PARAMETERS",
    "PGP PUBLIC KEY BLOCK",
];

impl Label {
    pub(super) fn of(octets: &[u8]) -> Label {
        Label(KNOWN.into_iter().find(|known| known.as_bytes() == octets))
    }

    /// Blocks of this label should hold a certificate, whether or not a program reads it.
    pub fn is_about_certificates(self) -> bool {
        let is_about = |label: &str| label.to_ascii_uppercase().contains("CERT") && !label.ends_with("REQUEST");
        self.0.is_some_and(is_about)
    }

    /// It is known, and of something that is no certificate.
    pub(super) fn is_another_thing(self) -> bool {
        self.0.is_some() && !self.is_about_certificates()
    }

    pub(super) fn is_private_key(self) -> bool {
        self.0.is_some_and(|label| label.ends_with("PRIVATE KEY"))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.unwrap_or("unknown"))
    }
}
