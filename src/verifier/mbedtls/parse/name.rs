//! Names: `mbedtls_x509_get_name` (`x509.c`), and `x509_name_cmp` (`x509_crt.c`) which compares them more strictly than
//! RFC 5280, 7.1, and less strictly than byte for byte.

use super::asn1::{Code, Input, UNEXPECTED_TAG};
use crate::der::{
    BIT_STRING, BMP_STRING, IA5_STRING, OBJECT_IDENTIFIER, PRINTABLE_STRING, SEQUENCE, SET, T61_STRING,
    UNIVERSAL_STRING, UTF8_STRING,
};
use crate::oid;

/// `MBEDTLS_ERR_X509_INVALID_NAME`: a name cannot be read.
const INVALID_NAME: Code = 0x2380;

/// The types of value that mbedTLS reads.
const VALUE_TAGS: [u8; 7] =
    [BMP_STRING, UTF8_STRING, T61_STRING, PRINTABLE_STRING, IA5_STRING, UNIVERSAL_STRING, BIT_STRING];

/// One attribute of a name; the sets are written into a flat list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute<'a> {
    oid: &'a [u8],
    tag: u8,
    /// Contents of the value.
    pub(crate) value: &'a [u8],
    /// The next attribute belongs to the same set (`next_merged`).
    is_merged: bool,
}

/// The attribute is a common name.
pub(crate) fn is_common_name(attribute: &Attribute<'_>) -> bool {
    attribute.oid == oid::COMMON_NAME.as_bytes()
}

/// `x509_name_cmp`: types, values and sets in the order encoded.
pub(crate) fn names_equal(one: &[Attribute<'_>], other: &[Attribute<'_>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| attributes_equal(one, other))
}

fn attributes_equal(one: &Attribute<'_>, other: &Attribute<'_>) -> bool {
    one.oid == other.oid && values_equal(one, other) && one.is_merged == other.is_merged
}

/// `x509_string_cmp`: UTF8String and PrintableString are one, and the case of ASCII letters in them does not count.
fn values_equal(one: &Attribute<'_>, other: &Attribute<'_>) -> bool {
    let is_text = |attribute: &Attribute<'_>| matches!(attribute.tag, UTF8_STRING | PRINTABLE_STRING);
    (one.tag == other.tag && one.value == other.value)
        || (is_text(one) && is_text(other) && one.value.eq_ignore_ascii_case(other.value))
}

/// A form of a name that is the same octets for names that are equal.
pub(crate) fn comparable(name: &[Attribute<'_>]) -> Vec<u8> {
    let mut octets = Vec::new();
    for attribute in name {
        let is_text = matches!(attribute.tag, UTF8_STRING | PRINTABLE_STRING);
        let value = if is_text { attribute.value.to_ascii_lowercase() } else { attribute.value.to_vec() };
        for part in [attribute.oid, &value] {
            octets.extend(part.len().to_be_bytes());
            octets.extend(part);
        }
        octets.extend([if is_text { UTF8_STRING } else { attribute.tag }, u8::from(attribute.is_merged)]);
    }
    octets
}

/// Reads the contents of a name, which must have one set at least.
pub(super) fn parse(contents: &[u8]) -> Result<Vec<Attribute<'_>>, Code> {
    let mut attributes = Vec::new();
    let mut sets = Input(contents);
    loop {
        let mut set = Input(sets.element(SET).map_err(|why| INVALID_NAME + why)?);
        loop {
            let attribute = attribute(&mut set).map_err(|why| INVALID_NAME + why)?;
            attributes.push(Attribute { is_merged: !set.is_empty(), ..attribute });
            if set.is_empty() {
                break;
            }
        }
        if sets.is_empty() {
            return Ok(attributes);
        }
    }
}

/// `x509_get_attr_type_value`: one attribute of a set, if its value is of one of [`VALUE_TAGS`].
fn attribute<'a>(set: &mut Input<'a>) -> Result<Attribute<'a>, Code> {
    let mut inside = Input(set.element(SEQUENCE)?);
    let oid = inside.element(OBJECT_IDENTIFIER)?;
    if !VALUE_TAGS.contains(&inside.peek()?) {
        return Err(UNEXPECTED_TAG);
    }
    let (tag, value) = inside.any()?;
    inside.end()?;
    Ok(Attribute { oid, tag, value, is_merged: false })
}
