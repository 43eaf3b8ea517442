//! Why Go refuses to read a certificate, in its words.

use std::error::Error;
use std::fmt;

use super::super::quote::{quote, quote_bytes};
use super::super::uri::UriError;

/// What `ParseCertificate` refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// This part of the certificate is no DER, or not of the type that belongs there.
    Malformed(&'static str),
    /// The same, where Go calls the part invalid.
    Invalid(&'static str),
    /// This extension is critical and must not be.
    WronglyCritical(&'static str),
    /// Something follows the certificate.
    TrailingData,
    /// The serial number is below zero.
    NegativeSerialNumber,
    /// The algorithm inside the signed part is not the one outside (RFC 5280, 4.1.1.2).
    AlgorithmsDiffer,
    /// An extension stands there twice; Go 1.19 does not say which.
    DuplicateExtension(Option<String>),
    /// notBefore or notAfter.
    Time(TimeError),
    /// Issuer or subject.
    Name(NameError),
    /// The public key.
    Key(KeyError),
    /// A name in subjectAltName.
    AlternativeName(AlternativeNameError),
    /// A subtree in nameConstraints.
    Constraint(ConstraintError),
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseError::Malformed(part) => write!(f, "x509: malformed {part}"),
            ParseError::Invalid(part) => write!(f, "x509: invalid {part}"),
            ParseError::WronglyCritical(extension) => write!(f, "x509: {extension} incorrectly marked critical"),
            ParseError::TrailingData => f.write_str("x509: trailing data"),
            ParseError::NegativeSerialNumber => f.write_str("x509: negative serial number"),
            ParseError::AlgorithmsDiffer => {
                f.write_str("x509: inner and outer signature algorithm identifiers don't match")
            }
            ParseError::DuplicateExtension(None) => f.write_str("x509: certificate contains duplicate extensions"),
            ParseError::DuplicateExtension(Some(oid)) => {
                write!(f, "x509: certificate contains duplicate extension with OID {}", quote(oid))
            }
            ParseError::Time(why) => why.fmt(f),
            ParseError::Name(why) => write!(f, "x509: invalid RDNSequence{why}"),
            ParseError::Key(why) => why.fmt(f),
            ParseError::AlternativeName(why) => write!(f, "x509: {why}"),
            ParseError::Constraint(why) => write!(f, "x509: {why}"),
        }
    }
}

impl Error for ParseError {}

impl From<TimeError> for ParseError {
    fn from(why: TimeError) -> ParseError {
        ParseError::Time(why)
    }
}

impl From<NameError> for ParseError {
    fn from(why: NameError) -> ParseError {
        ParseError::Name(why)
    }
}

impl From<KeyError> for ParseError {
    fn from(why: KeyError) -> ParseError {
        ParseError::Key(why)
    }
}

impl From<AlternativeNameError> for ParseError {
    fn from(why: AlternativeNameError) -> ParseError {
        ParseError::AlternativeName(why)
    }
}

impl From<ConstraintError> for ParseError {
    fn from(why: ConstraintError) -> ParseError {
        ParseError::Constraint(why)
    }
}

/// What is wrong with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// A UTCTime that Go does not read.
    UtcTime,
    /// A GeneralizedTime that Go does not read.
    GeneralizedTime,
    /// No time at all.
    UnsupportedFormat,
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TimeError::UtcTime => "x509: malformed UTCTime",
            TimeError::GeneralizedTime => "x509: malformed GeneralizedTime",
            TimeError::UnsupportedFormat => "x509: unsupported time format",
        })
    }
}

impl Error for TimeError {}

/// What is wrong with a distinguished name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameError {
    /// The sequence, or a set in it.
    Sequence,
    /// An attribute is no sequence.
    Attribute,
    /// An attribute's type is no object identifier.
    AttributeType,
    /// An attribute's value is no element; only Go 1.19 stops here.
    NoAttributeValue,
    /// An attribute's value.
    AttributeValue(AttributeValueError),
}

/// What follows the words about the sequence.
impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameError::Sequence => Ok(()),
            NameError::Attribute => f.write_str(": invalid attribute"),
            NameError::AttributeType => f.write_str(": invalid attribute type"),
            NameError::NoAttributeValue => f.write_str(": invalid attribute value"),
            NameError::AttributeValue(why) => write!(f, ": invalid attribute value: {why}"),
        }
    }
}

impl Error for NameError {}

/// What is wrong with the value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeValueError {
    /// No DER of this type.
    Asn1(&'static str),
    /// A text of this type with characters that it may not have.
    Text(&'static str),
    /// A type that Go 1.19 does not read, by its tag.
    UnsupportedString(u8),
    /// A UTCTime or GeneralizedTime that Go cannot read.
    Time(TimeError),
}

impl fmt::Display for AttributeValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AttributeValueError::Asn1(kind) => write!(f, "invalid ASN.1 {kind}"),
            AttributeValueError::Text(kind) => write!(f, "invalid {kind}"),
            AttributeValueError::UnsupportedString(tag) => write!(f, "unsupported string type: {tag}"),
            AttributeValueError::Time(why) => why.fmt(f),
        }
    }
}

impl Error for AttributeValueError {}

/// What is wrong with a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// The parameters of an RSA key are not NULL.
    RsaParameters,
    /// The modulus is zero or less.
    RsaModulus,
    /// The public exponent is zero or less.
    RsaExponent,
    /// A number of a DSA key is zero or less.
    DsaParameter,
    /// A curve that Go does not know.
    UnsupportedCurve,
    /// Whatever is wrong with a point, in Go 1.19.
    Point,
    /// A point that is not written out in full.
    PointForm,
    /// The coordinates are too short or too long for this curve.
    PointLength(&'static str),
    /// A coordinate is no number below the field's modulus.
    Coordinate(&'static str),
    /// A point beside this curve.
    NotOnCurve(&'static str),
    /// An Ed25519 key with parameters.
    Ed25519Parameters,
    /// An Ed25519 key that has not 32 octets.
    Ed25519Length,
    /// An ML-DSA key with parameters.
    MlDsaParameters,
    /// An ML-DSA key of another length than its parameter set's.
    MlDsaLength,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyError::RsaParameters => "x509: RSA key missing NULL parameters",
            KeyError::RsaModulus => "x509: RSA modulus is not a positive number",
            KeyError::RsaExponent => "x509: RSA public exponent is not a positive number",
            KeyError::DsaParameter => "x509: zero or negative DSA parameter",
            KeyError::UnsupportedCurve => "x509: unsupported elliptic curve",
            KeyError::Point => "x509: failed to unmarshal elliptic curve point",
            KeyError::PointForm => "ecdsa: invalid uncompressed public key",
            KeyError::PointLength(curve) => return write!(f, "invalid {curve} point encoding"),
            // P-256 has its own implementation on common processors, and with it another spelling.
            KeyError::Coordinate("P256") => "invalid P256 element encoding",
            KeyError::Coordinate(curve) => return write!(f, "invalid {curve}Element encoding"),
            KeyError::NotOnCurve(curve) => return write!(f, "{curve} point not on curve"),
            KeyError::Ed25519Parameters => "x509: Ed25519 key encoded with illegal parameters",
            KeyError::Ed25519Length => "x509: wrong Ed25519 public key size",
            KeyError::MlDsaParameters => "x509: ML-DSA key encoded with illegal parameters",
            KeyError::MlDsaLength => "mldsa: invalid public key length",
        })
    }
}

impl Error for KeyError {}

/// What is wrong with a name in subjectAltName.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlternativeNameError {
    /// A name of this form is no ASCII text.
    Malformed(&'static str),
    /// A URI that Go does not read.
    Uri {
        /// As the certificate gives it.
        uri: String,
        /// What is wrong with it.
        why: UriError,
    },
    /// A URI whose host is no domain.
    UriDomain(String),
    /// An IPv4 address in the clothes of an IPv6 address.
    MappedAddress,
    /// An address of so many octets.
    AddressLength(usize),
}

impl fmt::Display for AlternativeNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AlternativeNameError::Malformed(form) => write!(f, "SAN {form} is malformed"),
            AlternativeNameError::Uri { uri, why } => write!(f, "cannot parse URI {}: {why}", quote(uri)),
            AlternativeNameError::UriDomain(uri) => write!(f, "cannot parse URI {}: invalid domain", quote(uri)),
            AlternativeNameError::MappedAddress => f.write_str("SAN iPAddress contains IPv4-mapped IPv6 address"),
            AlternativeNameError::AddressLength(length) => write!(f, "cannot parse IP address of length {length}"),
        }
    }
}

impl Error for AlternativeNameError {}

/// What is wrong with a subtree in nameConstraints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstraintError {
    /// There is no subtree at all.
    Empty,
    /// A text that is not ASCII.
    NotAscii(Vec<u8>),
    /// A name of this form that Go does not read.
    Unreadable {
        /// As Go calls the form.
        form: &'static str,
        /// As the certificate gives it.
        text: String,
    },
    /// The domain of a URI is an address.
    UriAddress(String),
    /// An address with its mask of so many octets.
    AddressLength(usize),
    /// The mask is not ones, then zeros; in hexadecimal digits.
    AddressMask(String),
    /// A range of IPv4 addresses in the clothes of IPv6 addresses.
    MappedAddress,
}

impl fmt::Display for ConstraintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConstraintError::Empty => f.write_str("empty name constraints extension"),
            ConstraintError::NotAscii(bytes) => {
                let shown = quote_bytes(bytes);
                write!(f, "invalid constraint value: x509: {shown} cannot be encoded as an IA5String")
            }
            ConstraintError::Unreadable { form, text } => {
                write!(f, "failed to parse {form} constraint {}", quote(text))
            }
            ConstraintError::UriAddress(text) => {
                write!(f, "failed to parse URI constraint {}: cannot be IP address", quote(text))
            }
            ConstraintError::AddressLength(length) => write!(f, "IP constraint contained value of length {length}"),
            ConstraintError::AddressMask(mask) => write!(f, "IP constraint contained invalid mask {mask}"),
            ConstraintError::MappedAddress => f.write_str("IP constraint contained IPv4-mapped IPv6 address"),
        }
    }
}

impl Error for ConstraintError {}
