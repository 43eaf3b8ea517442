//! Attribute values as Unicode, and the folding that name comparison asks for.

use crate::der::{
    BMP_STRING, IA5_STRING, NUMERIC_STRING, PRINTABLE_STRING, T61_STRING, UNIVERSAL_STRING, UTF8_STRING, VISIBLE_STRING,
};

/// The text of a value with this tag; `None` if the type is no string. Never fails for a string: octets that do not
/// belong become U+FFFD, so that a name with one bad octet is still shown and compared.
pub(super) fn decode(tag: u8, value: &[u8]) -> Option<String> {
    match tag {
        UTF8_STRING | PRINTABLE_STRING | NUMERIC_STRING | IA5_STRING | VISIBLE_STRING => {
            Some(String::from_utf8_lossy(value).into_owned())
        }
        // Everybody reads T.61 as Latin-1, Go and OpenSSL included.
        T61_STRING => Some(value.iter().copied().map(char::from).collect()),
        BMP_STRING => Some(decode_bmp(value)),
        UNIVERSAL_STRING => Some(decode_universal(value)),
        _ => None,
    }
}

/// Two octets per character; Go drops a terminating zero, and so do we.
fn decode_bmp(value: &[u8]) -> String {
    let value = value.strip_suffix(&[0, 0]).filter(|_| value.len().is_multiple_of(2)).unwrap_or(value);
    let units = value.chunks(2).map(|unit| unit.iter().fold(0, |point, octet| point << 8 | u16::from(*octet)));
    let mut text = String::new();
    char::decode_utf16(units).for_each(|unit| text.push(unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text
}

/// Four octets per character.
fn decode_universal(value: &[u8]) -> String {
    let points = value.chunks(4).map(|unit| unit.iter().fold(0, |point, octet| point << 8 | u32::from(*octet)));
    let mut text = String::new();
    points.for_each(|point| text.push(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER)));
    text
}

/// Case folded, white space trimmed and runs of it made one space (RFC 5280, 7.1, by way of RFC 4518). Compatibility
/// normalisation (NFKC) is left out: no verifier that we compare with does it.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::new();
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}
