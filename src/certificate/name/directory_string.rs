//! Attribute values as Unicode, and the folding that name comparison asks for.

use crate::certificate::element::tag;

/// The text of a value with this tag; `None` if the type is no string. Never fails for a string: octets that do not
/// belong become U+FFFD, so that a name with one bad octet is still shown and compared.
pub(super) fn decode(tag: u32, value: &[u8]) -> Option<String> {
    match tag {
        tag::UTF8_STRING | tag::PRINTABLE_STRING | tag::NUMERIC_STRING | tag::IA5_STRING | tag::VISIBLE_STRING => {
            Some(String::from_utf8_lossy(value).into_owned())
        }
        // Everybody reads T.61 as Latin-1, Go and OpenSSL included.
        tag::T61_STRING => Some(value.iter().map(|octet| char::from(*octet)).collect()),
        tag::BMP_STRING => Some(decode_bmp(value)),
        tag::UNIVERSAL_STRING => Some(decode_universal(value)),
        _ => None,
    }
}

/// Two octets per character; Go drops a terminating zero, and so do we.
fn decode_bmp(value: &[u8]) -> String {
    let value = value.strip_suffix(&[0, 0]).filter(|_| value.len().is_multiple_of(2)).unwrap_or(value);
    let units = value.chunks(2).map(|unit| unit.iter().fold(0, |point, octet| point << 8 | u16::from(*octet)));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Four octets per character.
fn decode_universal(value: &[u8]) -> String {
    let points = value.chunks(4).map(|unit| unit.iter().fold(0, |point, octet| point << 8 | u32::from(*octet)));
    points.map(|point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Case folded, white space trimmed and runs of it made one space (RFC 5280, 7.1, by way of RFC 4518). Compatibility
/// normalisation (NFKC) is left out: no verifier that we compare with does it.
pub(super) fn fold(text: &str) -> String {
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.chars().flat_map(char::to_lowercase).collect()).collect();
    words.join(" ")
}
