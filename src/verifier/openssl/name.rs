//! Names (`x_name.c`): the form in which OpenSSL compares them, and their entries.

use super::asn1::{Fields, ParseError, Read, check_contents};
use crate::der::encode;
use crate::der::{
    BMP_STRING, IA5_STRING, OBJECT_IDENTIFIER, PRINTABLE_STRING, SEQUENCE, SET, T61_STRING, UNIVERSAL_STRING,
    UTF8_STRING, VISIBLE_STRING,
};
use crate::oid::ObjectIdentifier;

/// A distinguished name (`X509_NAME`).
#[derive(Clone, Debug)]
pub(super) struct Name<'a> {
    /// Equal for names that are the same to `X509_NAME_cmp`; what an ancestor of a name has in this place, the name's
    /// begins with.
    pub(super) canonical: Vec<u8>,
    /// Where in it the last relative distinguished name begins.
    pub(super) last_set_at: usize,
    /// Every attribute in the order encoded.
    pub(super) entries: Vec<Entry<'a>>,
}

/// One attribute (`X509_NAME_ENTRY`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    /// Contents of the type's object identifier.
    pub(super) oid: &'a [u8],
    /// Of the value.
    pub(super) value: AString<'a>,
    /// The relative distinguished name that it belongs to, counted from 0.
    pub(super) set: usize,
}

/// A value of one of the string types (`ASN1_STRING`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AString<'a> {
    /// The identifier octet.
    pub(super) tag: u8,
    /// The contents octets.
    pub(super) contents: &'a [u8],
}

impl<'a> Name<'a> {
    /// `x509_name_ex_d2i`, for a name under the tag of a SEQUENCE.
    pub(super) fn read(fields: &mut Fields<'a>) -> Read<Name<'a>> {
        let sets = Fields(fields.read(SEQUENCE)?).all(|fields| fields.read(SET))?;
        let (mut canonical, mut last_set_at, mut entries) = (Vec::new(), 0, Vec::new());
        for (set, contents) in sets.into_iter().enumerate() {
            let attributes = Fields(contents).all(attribute)?;
            if attributes.is_empty() {
                continue;
            }
            let mut members = attributes.iter().map(canonical_entry).collect::<Result<Vec<_>, _>>()?;
            members.sort();
            last_set_at = canonical.len();
            canonical.extend(encode(SET, &members.concat()));
            attributes.into_iter().for_each(|(oid, value)| entries.push(Entry { oid, value, set }));
        }
        Ok(Name { canonical, last_set_at, entries })
    }

    /// The values of attributes of one type.
    pub(super) fn values(&self, oid: ObjectIdentifier) -> Vec<AString<'a>> {
        self.entries.iter().filter(|entry| entry.oid == oid.as_bytes()).map(|entry| entry.value).collect()
    }
}

impl AString<'_> {
    /// `ASN1_STRING_to_UTF8`; `None` for other types and for what is no text. Everything of one octet per character is
    /// Latin-1.
    pub(super) fn to_utf8(self) -> Option<String> {
        let contents = self.contents;
        let character =
            |octets: &[u8]| char::from_u32(octets.iter().fold(0, |point, octet| point << 8 | u32::from(*octet)));
        let width = match self.tag {
            UTF8_STRING => return std::str::from_utf8(contents).ok().map(str::to_owned),
            BMP_STRING => 2,
            UNIVERSAL_STRING => 4,
            0x12..=0x14 | 0x16..=0x18 | 0x1a => 1,
            _ => return None,
        };
        let mut text = String::new();
        for octets in contents.chunks(width) {
            text.push(character(octets)?);
        }
        Some(text)
    }
}

/// The types of value that an attribute may have (`B_ASN1_PRINTABLE`, by way of `tag2bit`).
fn may_be_value(tag: u8) -> bool {
    matches!(tag, 0x03 | 0x07..=0x09 | 0x0b..=0x0f | 0x12..=0x14 | 0x16 | 0x1c..=0x1e | SEQUENCE)
}

fn attribute<'a>(fields: &mut Fields<'a>) -> Read<(&'a [u8], AString<'a>)> {
    let mut fields = Fields(fields.read(SEQUENCE)?);
    let (oid, value) = (fields.object()?, fields.next()?);
    fields.end()?;
    if !may_be_value(value.tag) {
        return Err(ParseError);
    }
    check_contents(value.tag, value.contents)?;
    Ok((oid, AString { tag: value.tag, contents: value.contents }))
}

/// `x509_name_canon` for one attribute.
fn canonical_entry((oid, value): &(&[u8], AString<'_>)) -> Read<Vec<u8>> {
    let value = canonical_value(*value)?;
    Ok(encode(SEQUENCE, &[encode(OBJECT_IDENTIFIER, oid), value].concat()))
}

/// `asn1_string_canon`: most strings become UTF-8 in ASCII lower case, without white space at the ends and with one
/// space for a run of it.
fn canonical_value(value: AString<'_>) -> Read<Vec<u8>> {
    if !matches!(
        value.tag,
        UTF8_STRING | BMP_STRING | UNIVERSAL_STRING | PRINTABLE_STRING | T61_STRING | IA5_STRING | VISIBLE_STRING
    ) {
        return Ok(encode(value.tag, value.contents));
    }
    let text = value.to_utf8().ok_or(ParseError)?;
    let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
    Ok(encode(UTF8_STRING, words.join(" ").to_ascii_lowercase().as_bytes()))
}

/// `ossl_isspace`: white space of ASCII, in every locale.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r')
}

#[cfg(test)]
mod tests {
    use super::{AString, Fields, Name, canonical_value, encode};
    use crate::der::{BMP_STRING, OBJECT_IDENTIFIER, PRINTABLE_STRING, SEQUENCE, SET, UTF8_STRING};
    use crate::oid;

    fn name(values: &[(u8, &[u8])]) -> Vec<u8> {
        let set = |(tag, value): &(u8, &[u8])| {
            encode(
                SET,
                &encode(
                    SEQUENCE,
                    &[encode(OBJECT_IDENTIFIER, oid::COMMON_NAME.as_bytes()), encode(*tag, value)].concat(),
                ),
            )
        };
        encode(SEQUENCE, &values.iter().flat_map(set).collect::<Vec<u8>>())
    }

    fn canonical(der: &[u8]) -> Option<Vec<u8>> {
        Name::read(&mut Fields(der)).ok().map(|name| name.canonical)
    }

    #[test]
    fn case_white_space_and_string_type_do_not_count() {
        let one = canonical(&name(&[(PRINTABLE_STRING, b"  Node \t CA ")]));
        assert_eq!(one, canonical(&name(&[(UTF8_STRING, b"node ca")])));
        assert_eq!(one, canonical(&name(&[(BMP_STRING, b"\0n\0o\0d\0e\0 \0c\0a")])));
        assert_ne!(one, canonical(&name(&[(UTF8_STRING, "node ca\u{a0}".as_bytes())])));
        // Beyond ASCII the case counts.
        let (capital, small) = (name(&[(UTF8_STRING, "É".as_bytes())]), name(&[(UTF8_STRING, "é".as_bytes())]));
        assert_ne!(canonical(&capital), canonical(&small));
    }

    #[test]
    fn an_ancestor_is_a_beginning() {
        let (long, short) = (name(&[(UTF8_STRING, b"a"), (UTF8_STRING, b"b")]), name(&[(UTF8_STRING, b"A")]));
        let (long, short) = (canonical(&long).expect("a name"), canonical(&short).expect("a name"));
        assert!(long.starts_with(&short));
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(canonical(&name(&[(UTF8_STRING, &[0xff])])), None);
        assert_eq!(canonical(&name(&[(BMP_STRING, &[0xd8, 0])])), None);
        assert_eq!(canonical(&name(&[(0x02, &[1])])), None, "an INTEGER is no value");
        assert!(canonical_value(AString { tag: 0x12, contents: b" 1 " }).is_ok_and(|value| value == b"\x12\x03 1 "));
        assert_eq!(canonical(&name(&[])), Some(Vec::new()));
    }
}
