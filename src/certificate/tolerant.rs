//! The parts of a certificate that a real program reads although x509-parser refuses them, or in which x509-parser
//! passes over what it does not understand. Each stands beside the case that needs it; everything else is the crate's.

use x509_parser::asn1_rs::{Any, Class, Error, FromDer, Tag};
use x509_parser::error::X509Error;
use x509_parser::extensions as read;

use super::error::Identifier;
use super::{ExtensionError, GeneralName, KeyUsage, NameConstraints, ReadError};
use crate::der::{Element, SEQUENCE};
use crate::oid::Oid;
use crate::time::{Asn1Time, Timestamp};

/// RFC 5280, 4.1.2.5: `Validity ::= SEQUENCE { notBefore Time, notAfter Time }`. Go reads times with a zone that
/// x509-parser refuses, and others refuse them in their own words (`go-extra::11-0014`).
pub(super) fn validity(der: &[u8]) -> Result<(Timestamp, Timestamp), ReadError> {
    read_validity(der).ok_or_else(|| X509Error::InvalidDate.into())
}

fn read_validity(der: &[u8]) -> Option<(Timestamp, Timestamp)> {
    let (validity, _) = Element::read(der).filter(|(validity, _)| validity.tag == SEQUENCE)?;
    let (not_before, rest) = Element::read(validity.contents)?;
    let (not_after, _) = Element::read(rest)?;
    let at = |time: Element<'_>| Asn1Time::read(time.tag, time.contents).map(|time| time.at);
    Some((at(not_before)?, at(not_after)?))
}

/// RFC 5280, 4.1.1.3 (signatureValue): the octets of the signature, as they stand. x509-parser wants zeros in the place of
/// unused bits, OpenSSL 3.0.19, Java 17 and NSS 3.87 read on (`algorithms::unused-bits::p-256-one`). What such a signature
/// is worth is for each engine to say.
pub(super) fn signature(der: &[u8]) -> Result<Signature, ReadError> {
    let contents = tagged(&any(der)?, Tag::BitString)?;
    let (padding, octets) = contents.split_first().ok_or(ReadError::EmptyBitString)?;
    if *padding > 7 || (octets.is_empty() && *padding > 0) {
        return Err(ReadError::UnusedBits(*padding));
    }
    Ok(Signature { octets: octets.to_vec(), unused_bits: *padding })
}

/// What signatureValue holds.
pub(super) struct Signature {
    pub(super) octets: Vec<u8>,
    /// 0 to 7.
    pub(super) unused_bits: u8,
}

/// RFC 5280, 4.2.1.9 (basicConstraints): whether the fields are of the types that x509-parser takes them for. It looks
/// at the number of a tag alone, so a constructed INTEGER or `[2]` would count as a path length, where NSS and others
/// refuse the extension (`hostile/tag2.pem` of the shared files, whose octets the test
/// `what_is_wrong_with_an_extension_is_said` repeats).
pub(super) fn check_basic_constraints(value: &[u8]) -> Result<(), ExtensionError> {
    let fields = elements(tagged(&any(value)?, Tag::Sequence)?)?;
    let is_primitive = |field: &Any<'_>| field.class() == Class::Universal && !field.header.is_constructed();
    let fits = fields.iter().all(is_primitive);
    if fits { Ok(()) } else { Err(ExtensionError::BasicConstraintsField) }
}

/// RFC 5280, 4.2.1.3 (keyUsage): a BIT STRING; the first bit is digitalSignature. x509-parser wants zeros in the
/// padding, NSS and OpenSSL do not: the first root of `go-extra::11-0046` has a one there, and `openssl x509` (3.0.19)
/// reads its extension, without that bit.
pub(super) fn key_usage(value: &[u8]) -> Result<KeyUsage, ExtensionError> {
    let contents = tagged(&any(value)?, Tag::BitString)?;
    let (padding, octets) = contents.split_first().ok_or(ReadError::EmptyBitString)?;
    if *padding > 7 || (octets.is_empty() && *padding > 0) {
        return Err(ReadError::UnusedBits(*padding).into());
    }
    let octet = |at: usize| octets.get(at).copied().unwrap_or_default().reverse_bits();
    Ok(KeyUsage(u16::from_le_bytes([octet(0), octet(1)])))
}

/// RFC 5280, 4.2.1.12 (extKeyUsage): the purposes in the order encoded, which x509-parser does not keep; it also takes
/// any element for an identifier, where Java refuses the certificate. No recorded case has such an element: the test
/// `what_is_wrong_with_an_extension_is_said` makes one.
pub(super) fn extended_key_usage(value: &[u8]) -> Result<Vec<Oid>, ReadError> {
    let purposes = elements(tagged(&any(value)?, Tag::Sequence)?)?;
    purposes.iter().map(|purpose| tagged(purpose, Tag::Oid).map(Oid::from_contents)).collect()
}

/// RFC 5280, 4.2.1.10 (nameConstraints): the bases of both lists of subtrees. NSS accepts lists that are empty
/// (`webpki::nc::intermediate-permitted-excluded-subtrees-both-empty-sequences` of limbo), and x509-parser passes over
/// whatever it cannot read, so that fewer constraints would be shown than there are.
pub(super) fn name_constraints(value: &[u8]) -> Result<NameConstraints, ExtensionError> {
    let mut constraints = NameConstraints::default();
    for list in elements(tagged(&any(value)?, Tag::Sequence)?)? {
        let bases = elements(list.data)?.iter().map(base).collect::<Result<Vec<_>, ReadError>>()?;
        match (list.class(), list.tag()) {
            (Class::ContextSpecific, Tag(0)) => constraints.permitted.extend(bases),
            (Class::ContextSpecific, Tag(1)) => constraints.excluded.extend(bases),
            (_, Tag(number)) => return Err(ExtensionError::UnknownSubtrees { tag: number }),
        }
    }
    Ok(constraints)
}

/// The base of a GeneralSubtree; minimum and maximum have no use in this profile (RFC 5280, 4.2.1.10).
fn base(subtree: &Any<'_>) -> Result<GeneralName, ReadError> {
    let (_, base) = read::GeneralName::from_der(tagged(subtree, Tag::Sequence)?).map_err(ReadError::of)?;
    Ok(GeneralName::from(&base))
}

fn any(der: &[u8]) -> Result<Any<'_>, ReadError> {
    Any::from_der(der).map(|(_, any)| any).map_err(ReadError::of::<Error>)
}

/// The contents of an element of a universal type.
fn tagged<'a>(any: &Any<'a>, tag: Tag) -> Result<&'a [u8], ReadError> {
    match any.class() {
        Class::Universal if any.tag() == tag => Ok(any.data),
        _ => Err(ReadError::UnexpectedElement {
            expected: Identifier::universal(tag),
            found: Identifier::of(&any.header),
        }),
    }
}

fn elements(mut contents: &[u8]) -> Result<Vec<Any<'_>>, ReadError> {
    let mut elements = Vec::new();
    while !contents.is_empty() {
        let (rest, element) = Any::from_der(contents).map_err(ReadError::of::<Error>)?;
        elements.push(element);
        contents = rest;
    }
    Ok(elements)
}
