//! Why some bytes are no certificate, and why an extension of one cannot be read.

use std::fmt;

use x509_parser::asn1_rs::{Class, DerConstraint, Error, Header, Tag};
use x509_parser::error::X509Error;
use x509_parser::nom;

use super::BerForm;

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
        reason: ReadError,
    },
}

/// The parts of a certificate that must be readable (RFC 5280, 4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    pub(super) fn unreadable(self, reason: impl Into<ReadError>) -> ParseError {
        ParseError::Unreadable { part: self, reason: reason.into() }
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
            ParseError::Unreadable { part: Part::Frame, reason: ReadError::Ber(form) } => {
                write!(f, "it is written in BER, and a certificate must be in DER: {form} (X.690, 10)")
            }
            ParseError::Unreadable { part, reason: ReadError::Ber(form) } => {
                write!(f, "its {part} is written in BER, and a certificate must be in DER: {form} (X.690, 10)")
            }
            ParseError::Unreadable { part: Part::Frame, .. } => {
                f.write_str("it is not built like a certificate (RFC 5280, 4.1)")
            }
            ParseError::Unreadable { part, reason } => write!(f, "its {part} cannot be read ({reason})"),
        }
    }
}

impl std::error::Error for ParseError {}

/// Why some DER inside a certificate cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// It ends before its length says.
    CutOff,
    /// It is BER and not DER.
    Ber(BerForm),
    /// An element has another tag than belongs there; x509-parser compares the numbers alone.
    UnexpectedTag {
        /// The number of the tag that belongs there.
        expected: u32,
        /// The number of the tag that is there.
        found: u32,
    },
    /// An element is another one than belongs there.
    UnexpectedElement {
        /// What belongs there.
        expected: Identifier,
        /// What is there.
        found: Identifier,
    },
    /// A BIT STRING without the octet that counts its unused bits.
    EmptyBitString,
    /// A BIT STRING that leaves more bits unused than it has, or than an octet has.
    UnusedBits(u8),
    /// A SEQUENCE belongs there.
    NotASequence,
    /// Something follows that does not belong there.
    TrailingData,
    /// Whatever else x509-parser refuses, in its words.
    Refused(String),
}

impl ReadError {
    /// What x509-parser says, without the names of its types.
    pub(super) fn of<E>(error: nom::Err<E>) -> ReadError
    where
        X509Error: From<nom::Err<E>>,
    {
        ReadError::from(X509Error::from(error))
    }
}

impl From<X509Error> for ReadError {
    fn from(error: X509Error) -> ReadError {
        match error {
            X509Error::Der(Error::Incomplete(_)) => ReadError::CutOff,
            X509Error::Der(Error::UnexpectedTag { expected: Some(Tag(expected)), actual: Tag(found) }) => {
                ReadError::UnexpectedTag { expected, found }
            }
            X509Error::Der(error) => match ber_form(&error) {
                Some(form) => ReadError::Ber(form),
                None => ReadError::Refused(error.to_string()),
            },
            error => ReadError::Refused(error.to_string()),
        }
    }
}

/// What DER forbids and BER allows, as asn1-rs says it.
fn ber_form(error: &Error) -> Option<BerForm> {
    match error {
        Error::IndefiniteLengthUnexpected | Error::DerConstraintFailed(DerConstraint::IndefiniteLength) => {
            Some(BerForm::IndefiniteLength)
        }
        Error::ConstructUnexpected | Error::DerConstraintFailed(DerConstraint::Constructed) => {
            Some(BerForm::StringInPieces)
        }
        Error::DerConstraintFailed(DerConstraint::InvalidBoolean) => Some(BerForm::Boolean),
        Error::DerConstraintFailed(DerConstraint::IntegerLeadingZeroes | DerConstraint::IntegerLeadingFF) => {
            Some(BerForm::LongInteger)
        }
        Error::DerConstraintFailed(DerConstraint::UnusedBitsNotZero) => Some(BerForm::Padding),
        _ => None,
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::CutOff => f.write_str("it is cut off"),
            ReadError::UnexpectedTag { expected, found } => {
                write!(f, "tag {expected} was expected, {found} was found")
            }
            ReadError::Ber(form) => write!(f, "it is written in BER, not in DER: {form}"),
            ReadError::UnexpectedElement { expected, found } => write!(f, "{expected} was expected, {found} was found"),
            ReadError::EmptyBitString => f.write_str("an empty BIT STRING"),
            ReadError::UnusedBits(count) => write!(f, "a BIT STRING with {count} unused bits"),
            ReadError::NotASequence => f.write_str("a SEQUENCE was expected"),
            ReadError::TrailingData => f.write_str("something follows it"),
            ReadError::Refused(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for ReadError {}

/// What an element is: all that its identifier octets say (X.690, 8.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier {
    class: Class,
    is_constructed: bool,
    number: u32,
}

/// The universal types by their numbers (X.680, 8.4), those that certificates have.
const UNIVERSAL: [(u32, &str); 17] = [
    (1, "BOOLEAN"),
    (2, "INTEGER"),
    (3, "BIT STRING"),
    (4, "OCTET STRING"),
    (5, "NULL"),
    (6, "OBJECT IDENTIFIER"),
    (10, "ENUMERATED"),
    (12, "UTF8String"),
    (16, "SEQUENCE"),
    (17, "SET"),
    (18, "NumericString"),
    (19, "PrintableString"),
    (20, "TeletexString"),
    (22, "IA5String"),
    (23, "UTCTime"),
    (24, "GeneralizedTime"),
    (30, "BMPString"),
];

impl Identifier {
    /// Of a universal type, as DER writes it.
    pub(super) fn universal(tag: Tag) -> Identifier {
        Identifier::of(&Header::new_simple(tag))
    }

    /// Of an element.
    pub(super) fn of(header: &Header<'_>) -> Identifier {
        Identifier { class: header.class(), is_constructed: header.is_constructed(), number: header.tag().0 }
    }

    /// SEQUENCE and SET hold others, the other universal types of DER do not (X.690, 8.9, 8.11 and 10.2).
    fn is_of_usual_form(self) -> bool {
        self.class != Class::Universal || self.is_constructed == matches!(self.number, 16 | 17)
    }
}

/// `INTEGER`, `[2]`, `a constructed INTEGER`.
impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_of_usual_form() {
            f.write_str(if self.is_constructed { "a constructed " } else { "a primitive " })?;
        }
        let number = self.number;
        match self.class {
            Class::Universal => match UNIVERSAL.iter().find(|(known, _)| *known == number) {
                Some((_, name)) => f.write_str(name),
                None => write!(f, "[UNIVERSAL {number}]"),
            },
            Class::Application => write!(f, "[APPLICATION {number}]"),
            Class::ContextSpecific => write!(f, "[{number}]"),
            Class::Private => write!(f, "[PRIVATE {number}]"),
        }
    }
}

/// Why the value of an extension cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtensionError {
    /// An extension of this kind came before (RFC 5280, 4.2).
    Repeated,
    /// The extension's octets go on after its value.
    TrailingData {
        /// How many octets are left.
        octets: usize,
    },
    /// The value is no DER, or not of the type that belongs there.
    Unreadable(ReadError),
    /// A field of basicConstraints is neither the one nor the other type that it has.
    BasicConstraintsField,
    /// nameConstraints has a list of subtrees with this tag, which is neither of the two that there are.
    UnknownSubtrees {
        /// The number of the tag.
        tag: u32,
    },
}

impl From<ReadError> for ExtensionError {
    fn from(why: ReadError) -> ExtensionError {
        ExtensionError::Unreadable(why)
    }
}

impl fmt::Display for ExtensionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExtensionError::Repeated => f.write_str("the extension appears more than once"),
            ExtensionError::TrailingData { octets } => write!(f, "{octets} bytes follow the value"),
            ExtensionError::Unreadable(why) => why.fmt(f),
            ExtensionError::BasicConstraintsField => f.write_str("a field is neither a BOOLEAN nor an INTEGER"),
            ExtensionError::UnknownSubtrees { tag } => write!(f, "an unknown element with tag {tag}"),
        }
    }
}

impl std::error::Error for ExtensionError {}
