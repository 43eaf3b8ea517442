//! From DER to the model. The crate x509-parser reads each part by itself, so that what cannot be read has a name; the
//! extensions are interpreted by `extension`.

use x509_parser::asn1_rs::{Any, Class, Error, FromDer, Tag};
use x509_parser::error::X509Error;
use x509_parser::extensions::X509Extension;
use x509_parser::nom;
use x509_parser::signature_algorithm::RsaSsaPssParams;
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo, X509Name, X509Version};

use super::{
    Algorithm, Certificate, Extension, Name, ParseError, Part, PublicKey, ReadError, ber, extension, tolerant,
};
use crate::digest::{sha1, sha256};
use crate::oid::{self, Oid};
use crate::time::Timestamp;

/// Reads one certificate that fills `der`.
pub(super) fn parse(der: &[u8]) -> Result<Certificate, ParseError> {
    let (rest, _) = Any::from_der(der).map_err(|why| match ReadError::of::<Error>(why) {
        ReadError::Ber(form) => Part::Frame.unreadable(ReadError::Ber(form)),
        _ => ParseError::CutOff,
    })?;
    if !rest.is_empty() {
        return Err(ParseError::TrailingData { octets: rest.len() });
    }
    read(der)
}

/// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }` (RFC 5280, 4.1).
fn read(der: &[u8]) -> Result<Certificate, ParseError> {
    let mut outer = Fields::of_sequence(der, Part::Frame)?;
    let start = der.len() - outer.0.len();
    let tbs = outer.next(Part::Frame)?;
    let (algorithm, algorithm_der) = outer.read::<AlgorithmIdentifier<'_>, _>(Part::SignatureAlgorithm)?;
    let signature = outer.read_with(Part::Signature, tolerant::signature)?;
    let fields = TbsCertificate::read(tbs)?;
    let mut certificate = Certificate {
        der: der.to_vec(),
        tbs: start..start + tbs.len(),
        version: fields.version.0.saturating_add(1),
        serial: fields.serial.to_vec(),
        issuer: fields.issuer,
        subject: fields.subject,
        not_before: fields.not_before,
        not_after: fields.not_after,
        key: fields.key,
        signature_algorithm: algorithm_of(&algorithm, algorithm_der),
        signature: signature.octets,
        unused_signature_bits: signature.unused_bits,
        extensions: fields.extensions.iter().map(extension_of).collect(),
        basic_constraints: None,
        key_usage: None,
        extended_key_usage: None,
        subject_alt_names: None,
        name_constraints: None,
        subject_key_id: None,
        authority_key_id: None,
        policies: None,
        authority_info_access: Vec::new(),
        crl_urls: Vec::new(),
        unreadable_extensions: Vec::new(),
        sha256: sha256(der),
        sha1: sha1(der),
    };
    extension::interpret(&fields.extensions, &mut certificate);
    Ok(certificate)
}

/// The fields of the signed part (RFC 5280, 4.1.2) that the model keeps.
struct TbsCertificate<'a> {
    version: X509Version,
    serial: &'a [u8],
    issuer: Name,
    not_before: Timestamp,
    not_after: Timestamp,
    subject: Name,
    key: PublicKey,
    extensions: Vec<X509Extension<'a>>,
}

impl<'a> TbsCertificate<'a> {
    fn read(tbs: &'a [u8]) -> Result<TbsCertificate<'a>, ParseError> {
        let mut fields = Fields::of_sequence(tbs, Part::Frame)?;
        let version = fields.version()?;
        let serial = fields.serial_number()?;
        fields.read::<AlgorithmIdentifier<'_>, _>(Part::SignatureAlgorithm)?;
        let (issuer, issuer_der) = fields.read::<X509Name<'_>, _>(Part::Issuer)?;
        let (not_before, not_after) = fields.read_with(Part::Validity, tolerant::validity)?;
        let (subject, subject_der) = fields.read::<X509Name<'_>, _>(Part::Subject)?;
        let (key, key_der) = fields.read::<SubjectPublicKeyInfo<'_>, _>(Part::PublicKey)?;
        Ok(TbsCertificate {
            version,
            serial,
            issuer: Name::new(issuer_der, &issuer),
            not_before,
            not_after,
            subject: Name::new(subject_der, &subject),
            key: PublicKey::new(key_der, &key),
            extensions: fields.extensions()?,
        })
    }
}

/// The fields of a SEQUENCE that are still to be read.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn of_sequence(der: &'a [u8], part: Part) -> Result<Fields<'a>, ParseError> {
        let (_, sequence) = any(der, part)?;
        let is_sequence = sequence.class() == Class::Universal && sequence.tag() == Tag::Sequence;
        if is_sequence { Ok(Fields(sequence.data)) } else { Err(part.unreadable(ReadError::NotASequence)) }
    }

    /// The next field with its header.
    fn next(&mut self, part: Part) -> Result<&'a [u8], ParseError> {
        let (rest, _) = any(self.0, part)?;
        let whole = self.0.get(..self.0.len() - rest.len()).unwrap_or_default();
        self.0 = rest;
        Ok(whole)
    }

    /// What x509-parser makes of the next field, and the field with its header.
    fn read<T, E>(&mut self, part: Part) -> Result<(T, &'a [u8]), ParseError>
    where
        T: FromDer<'a, E>,
        X509Error: From<nom::Err<E>>,
    {
        let whole = self.next(part)?;
        let (_, value) = T::from_der(whole).map_err(|why| part.unreadable(reason(whole, ReadError::of(why))))?;
        Ok((value, whole))
    }

    /// What a reader of ours makes of the next field.
    fn read_with<T>(&mut self, part: Part, read: fn(&[u8]) -> Result<T, ReadError>) -> Result<T, ParseError> {
        let whole = self.next(part)?;
        read(whole).map_err(|why| part.unreadable(reason(whole, why)))
    }

    /// The contents of the next field, if it has this context-specific tag.
    fn tagged(&mut self, number: u32) -> Option<&'a [u8]> {
        let (rest, field) = Any::from_der(self.0).ok()?;
        if field.class() != Class::ContextSpecific || field.tag() != Tag(number) {
            return None;
        }
        self.0 = rest;
        Some(field.data)
    }

    /// `version [0] EXPLICIT INTEGER DEFAULT v1`.
    fn version(&mut self) -> Result<X509Version, ParseError> {
        match self.tagged(0) {
            Some(version) => Ok(Fields(version).read::<X509Version, _>(Part::Version)?.0),
            None => Ok(X509Version::V1),
        }
    }

    /// The contents octets of the serial number, which may be negative or too long: CAs have made such.
    fn serial_number(&mut self) -> Result<&'a [u8], ParseError> {
        let (_, serial) = any(self.next(Part::SerialNumber)?, Part::SerialNumber)?;
        let is_integer = serial.class() == Class::Universal && serial.tag() == Tag::Integer;
        if is_integer { Ok(serial.data) } else { Err(Part::SerialNumber.unreadable(X509Error::InvalidSerial)) }
    }

    /// `issuerUniqueID [1]` and `subjectUniqueID [2]`, which nobody uses, and `extensions [3] EXPLICIT`, all optional.
    fn extensions(&mut self) -> Result<Vec<X509Extension<'a>>, ParseError> {
        self.tagged(1);
        self.tagged(2);
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        let part = Part::Extensions;
        let tagged = self.tagged(3).ok_or_else(|| part.unreadable(X509Error::InvalidExtensions))?;
        let list = Fields(tagged).next(part)?;
        if list.len() < tagged.len() {
            return Err(part.unreadable(ReadError::TrailingData));
        }
        let mut list = Fields::of_sequence(list, part)?;
        let mut extensions = Vec::new();
        while !list.0.is_empty() {
            extensions.push(list.read::<X509Extension<'a>, _>(part)?.0);
        }
        Ok(extensions)
    }
}

/// The element at the start of some DER, and what follows it.
fn any(der: &[u8], part: Part) -> Result<(&[u8], Any<'_>), ParseError> {
    Any::from_der(der).map_err(|why| part.unreadable(ReadError::of::<Error>(why)))
}

/// That a field is BER explains more than what x509-parser says of it.
fn reason(field: &[u8], why: ReadError) -> ReadError {
    ber::form(field).map_or(why, ReadError::Ber)
}

fn extension_of(extension: &X509Extension<'_>) -> Extension {
    let oid = Oid::from_contents(extension.oid.as_bytes());
    Extension { oid, critical: extension.critical, value: extension.value.to_vec() }
}

fn algorithm_of(algorithm: &AlgorithmIdentifier<'_>, der: &[u8]) -> Algorithm {
    let oid = Oid::from_contents(algorithm.algorithm.as_bytes());
    let pss_hash = (oid == oid::RSASSA_PSS).then(|| {
        let named = algorithm.parameters.as_ref().and_then(pss_hash);
        named.filter(|hash| hash.hash_name().is_some()).unwrap_or_else(|| oid::SHA1.into())
    });
    let name = match &pss_hash {
        Some(hash) => format!("{}-RSAPSS", hash.name_or_dotted(hash.hash_name())),
        None => oid.name_or_dotted(oid.signature_algorithm_name()),
    };
    Algorithm { der: der.to_vec(), oid, pss_hash, name }
}

/// The hash in RSASSA-PSS-params (RFC 4055, 3.1); SHA-1 stands where none is given.
fn pss_hash(parameters: &Any<'_>) -> Option<Oid> {
    let parameters = RsaSsaPssParams::try_from(parameters).ok()?;
    Some(Oid::from_contents(parameters.hash_algorithm()?.algorithm.as_bytes()))
}
