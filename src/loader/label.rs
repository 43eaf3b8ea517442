//! Labels of blocks that may be said aloud. A label may be any text of the file, even a part of a private key, so one that
//! is not known is never repeated.

use std::fmt;

/// The label of a block (RFC 7468, 2): its position in `KNOWN`, if it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(Option<usize>);

/// In an order that links count by, so that new ones come last. Labels in use: those of RFC 7468 and of OpenSSL's `pem.h`, and what people write instead.
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
        Label(KNOWN.iter().position(|known| known.as_bytes() == octets))
    }

    /// Its number, which stays the same: 0 for one that is not known.
    pub fn number(self) -> usize {
        self.0.map_or(0, |position| position + 1)
    }

    /// The label of a number. One that only a later version knows is not known.
    pub fn numbered(number: usize) -> Label {
        Label(number.checked_sub(1).filter(|position| *position < KNOWN.len()))
    }

    fn text(self) -> Option<&'static str> {
        self.0.and_then(|position| KNOWN.get(position).copied())
    }

    /// Blocks of this label should hold a certificate, whether or not a program reads it.
    pub fn is_about_certificates(self) -> bool {
        let is_about = |label: &str| label.to_ascii_uppercase().contains("CERT") && !label.ends_with("REQUEST");
        self.text().is_some_and(is_about)
    }

    /// It is known, and of something that is no certificate.
    pub(super) fn is_another_thing(self) -> bool {
        self.0.is_some() && !self.is_about_certificates()
    }

    pub(super) fn is_private_key(self) -> bool {
        self.text().is_some_and(|label| label.ends_with("PRIVATE KEY"))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().unwrap_or("unknown"))
    }
}
