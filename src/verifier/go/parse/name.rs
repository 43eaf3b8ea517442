//! Distinguished names, in the little that Go's refusals quote of them.

use super::super::release::Release;
use super::error::{AttributeValueError, NameError};
use super::time::read_time;
use crate::der::{
    BIT_STRING, BMP_STRING, BOOLEAN, GENERALIZED_TIME, IA5_STRING, INTEGER, NUMERIC_STRING, OBJECT_IDENTIFIER,
    OCTET_STRING, PRINTABLE_STRING, Reader, SEQUENCE, SET, T61_STRING, UTC_TIME, UTF8_STRING,
};
use crate::oid;

/// What Go calls a certificate by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShortName {
    /// The last common name; empty if there is none. As Go holds it: bytes, which in 1.19 need be no UTF-8.
    pub(crate) common_name: Vec<u8>,
    /// The first organisation.
    pub(crate) organization: Option<Vec<u8>>,
}

/// Checks a Name and keeps what names the certificate.
pub(crate) fn parse_name(name: &[u8], release: Release) -> Result<ShortName, NameError> {
    let mut short = ShortName::default();
    let mut sets = Reader(name).read(SEQUENCE).ok_or(NameError::Sequence)?;
    while !sets.is_empty() {
        let mut set = sets.read(SET).ok_or(NameError::Sequence)?;
        while !set.is_empty() {
            let attribute = set.read(SEQUENCE).ok_or(NameError::Attribute)?;
            parse_attribute(attribute, &mut short, release)?;
        }
    }
    Ok(short)
}

fn parse_attribute(mut attribute: Reader<'_>, short: &mut ShortName, release: Release) -> Result<(), NameError> {
    let kind = attribute.read_object_identifier().ok_or(NameError::AttributeType)?;
    let value = match release.is_old() {
        true => parse_old_value(&mut attribute).map(Some)?,
        false => parse_value(&mut attribute).map_err(NameError::AttributeValue)?.map(String::into_bytes),
    };
    match (oid::constant(kind), value) {
        (Some(oid::COMMON_NAME), Some(text)) => short.common_name = text,
        (Some(oid::ORGANIZATION), Some(text)) => {
            short.organization.get_or_insert(text);
        }
        _ => {}
    }
    Ok(())
}

/// Go 1.19 reads six string types and refuses everything else. It takes T.61 as it is and a BMPString for UTF-16.
fn parse_old_value(attribute: &mut Reader<'_>) -> Result<Vec<u8>, NameError> {
    let element = attribute.read_any().ok_or(NameError::NoAttributeValue)?;
    match element.tag {
        T61_STRING => Ok(element.contents.to_vec()),
        BMP_STRING => utf_16(element.contents).ok_or(NameError::AttributeValue(AttributeValueError::Text("BMPString"))),
        UTF8_STRING | NUMERIC_STRING | PRINTABLE_STRING | IA5_STRING => {
            parse_string(element.tag, element.contents).map(String::into_bytes).map_err(NameError::AttributeValue)
        }
        tag => Err(NameError::AttributeValue(AttributeValueError::UnsupportedString(tag))),
    }
}

fn utf_16(contents: &[u8]) -> Option<Vec<u8>> {
    let contents = contents.strip_suffix(&[0, 0]).unwrap_or(contents);
    let unit = |pair: &[u8]| pair.iter().fold(0u16, |unit, &octet| unit << 8 | u16::from(octet));
    let units: Vec<u16> = contents.chunks(2).map(unit).collect();
    contents.len().is_multiple_of(2).then(|| String::from_utf16_lossy(&units).into_bytes())
}

/// The text of a string type, `None` for another type that is well formed.
fn parse_value(attribute: &mut Reader<'_>) -> Result<Option<String>, AttributeValueError> {
    let element = attribute.read_any().ok_or(AttributeValueError::Asn1("element"))?;
    let mut whole = Reader(element.whole);
    let check = |fine: bool, kind| if fine { Ok(None) } else { Err(AttributeValueError::Asn1(kind)) };
    match element.tag {
        UTF8_STRING | NUMERIC_STRING | PRINTABLE_STRING | T61_STRING | IA5_STRING | BMP_STRING => {
            parse_string(element.tag, element.contents).map(Some)
        }
        INTEGER => check(whole.read_i64().is_some(), "integer"),
        BIT_STRING => check(whole.read_bit_string().is_some(), "BIT STRING"),
        OCTET_STRING => Ok(None),
        OBJECT_IDENTIFIER => check(whole.read_object_identifier().is_some(), "OBJECT IDENTIFIER"),
        UTC_TIME | GENERALIZED_TIME => read_time(&mut whole).map(|_| None).map_err(AttributeValueError::Time),
        BOOLEAN => check(whole.read_boolean().is_some(), "BOOLEAN"),
        _ => Ok(None),
    }
}

fn parse_string(tag: u8, contents: &[u8]) -> Result<String, AttributeValueError> {
    let ascii = |allowed: fn(&u8) -> bool, kind| match contents.iter().all(allowed) {
        true => Ok(contents.iter().copied().map(char::from).collect()),
        false => Err(AttributeValueError::Text(kind)),
    };
    match tag {
        // T.61 is read as Latin-1, as nearly everybody does.
        T61_STRING => Ok(contents.iter().copied().map(char::from).collect()),
        PRINTABLE_STRING => ascii(is_printable, "PrintableString"),
        NUMERIC_STRING => ascii(|byte| byte.is_ascii_digit() || *byte == b' ', "NumericString"),
        IA5_STRING => ascii(u8::is_ascii, "IA5String"),
        BMP_STRING => parse_bmp_string(contents).ok_or(AttributeValueError::Text("BMPString")),
        _ => std::str::from_utf8(contents).map(str::to_owned).map_err(|_| AttributeValueError::Text("UTF-8 string")),
    }
}

/// The PrintableString set, and `*` and `&`, which certificates use although they may not.
fn is_printable(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?*&".contains(byte)
}

/// UCS-2 without surrogates and noncharacters, and without a terminator.
fn parse_bmp_string(contents: &[u8]) -> Option<String> {
    if !contents.len().is_multiple_of(2) {
        return None;
    }
    let contents = contents.strip_suffix(&[0, 0]).unwrap_or(contents);
    let mut text = String::new();
    for pair in contents.chunks(2) {
        let point = pair.iter().fold(0u32, |point, &octet| point << 8 | u32::from(octet));
        let noncharacter = point >= 0xfffe || (0xfdd0..=0xfdef).contains(&point);
        text.push(char::from_u32(point).filter(|_| !noncharacter)?);
    }
    Some(text)
}
