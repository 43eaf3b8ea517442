//! Why some bytes are no certificate.

use std::fmt;

use x509_parser::asn1_rs::{Error, Tag};
use x509_parser::error::X509Error;
use x509_parser::nom;

/// Why [`Certificate::parse`](super::Certificate::parse) refuses its input. What it displays is the end of a sentence
/// about the input, for example `its issuer cannot be read (invalid X.509 name)`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseError {
    /// The input is empty, is no DER at all, or ends before the certificate does.
    CutOff,
    /// The input goes on after the certificate.
    TrailingData {
        /// How many octets are left.
        octets: usize,
    },
    /// One part of the certificate cannot be read.
    Unreadable {
        /// The part that cannot be read.
        part: Part,
        /// What is wrong with it.
        reason: String,
    },
}

/// The parts of a certificate that must be readable (RFC 5280, 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The SEQUENCE of the certificate or the one of tbsCertificate.
    Frame,
    /// The version, which is absent in version 1.
    Version,
    /// The serial number.
    SerialNumber,
    /// The signature algorithm, inside or outside of the signed part.
    SignatureAlgorithm,
    /// The issuer's name.
    Issuer,
    /// Both instants of the validity.
    Validity,
    /// The subject's name.
    Subject,
    /// The subject's public key, with its algorithm (subjectPublicKeyInfo).
    PublicKey,
    /// The list of extensions; the value of a single one never costs the certificate.
    Extensions,
    /// The bits of the signature (signatureValue).
    Signature,
}

impl Part {
    /// The error for this part.
    pub(super) fn unreadable(self, reason: impl fmt::Display) -> ParseError {
        ParseError::Unreadable { part: self, reason: reason.to_string() }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Frame => "frame",
            Part::Version => "version",
            Part::SerialNumber => "serial number",
            Part::SignatureAlgorithm => "signature algorithm",
            Part::Issuer => "issuer",
            Part::Validity => "validity period",
            Part::Subject => "subject",
            Part::PublicKey => "public key",
            Part::Extensions => "extensions",
            Part::Signature => "signature",
        })
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseError::CutOff => f.write_str("it is cut off or empty"),
            ParseError::TrailingData { octets } => write!(f, "{octets} bytes follow the certificate"),
            ParseError::Unreadable { part: Part::Frame, .. } => {
                f.write_str("it is not built like a certificate (RFC 5280, 4.1)")
            }
            ParseError::Unreadable { part, reason } => write!(f, "its {part} cannot be read ({reason})"),
        }
    }
}

impl std::error::Error for ParseError {}

/// What x509-parser says, without the names of its types.
pub(super) fn words<E>(error: nom::Err<E>) -> String
where
    X509Error: From<nom::Err<E>>,
{
    match X509Error::from(error) {
        X509Error::Der(Error::Incomplete(_)) => "it is cut off".to_owned(),
        X509Error::Der(Error::UnexpectedTag { expected: Some(Tag(expected)), actual: Tag(actual) }) => {
            format!("tag {expected} was expected, {actual} was found")
        }
        X509Error::Der(error) => error.to_string(),
        error => error.to_string(),
    }
}
