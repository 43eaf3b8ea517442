//! GeneralNames as `_gnutls_parse_general_name2` (`x509.c`) reads them: the octets, which need be no text.

use crate::der::{Element, OBJECT_IDENTIFIER, SEQUENCE, SET, is_object_identifier};

/// Number of the tag (RFC 5280, 4.2.1.6).
pub(super) const OTHER_NAME: u8 = 0;
pub(super) const EMAIL: u8 = 1;
pub(super) const DNS: u8 = 2;
pub(super) const DIRECTORY: u8 = 4;
pub(super) const URI: u8 = 6;
pub(super) const IP: u8 = 7;
pub(super) const REGISTERED_ID: u8 = 8;

/// A name: its kind and its octets; of an otherName those of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GeneralName<'a> {
    pub(super) kind: u8,
    pub(super) value: &'a [u8],
}

/// The elements of a SEQUENCE that fills the whole input.
pub(super) fn sequence(input: &[u8]) -> Option<Vec<Element<'_>>> {
    let (list, rest) = Element::read(input).filter(|(list, _)| list.tag == SEQUENCE)?;
    if rest.is_empty() { elements(list.contents) } else { None }
}

/// Elements until the input ends.
pub(super) fn elements(mut input: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    while !input.is_empty() {
        let (element, rest) = Element::read(input)?;
        elements.push(element);
        input = rest;
    }
    Some(elements)
}

/// `gnutls_x509_ext_import_subject_alt_names`: a name that is empty or of an unknown kind refuses the certificate; a
/// directoryName without attributes ends the list.
pub(super) fn alternative_names(extension: &[u8]) -> Option<Vec<GeneralName<'_>>> {
    let names: Option<Vec<GeneralName<'_>>> = sequence(extension)?.iter().map(general_name).collect();
    let names = names?;
    let end = names.iter().position(GeneralName::is_empty_directory).unwrap_or(names.len());
    let names = names.get(..end)?;
    names.iter().all(|name| !name.value.is_empty()).then(|| names.to_vec())
}

impl GeneralName<'_> {
    /// Whether this is a directoryName without attributes.
    pub(super) fn is_empty_directory(&self) -> bool {
        self.kind == DIRECTORY && self.value.is_empty()
    }
}

/// `None` for x400Address and ediPartyName, which GnuTLS does not know, and for what is malformed.
pub(super) fn general_name<'a>(element: &Element<'a>) -> Option<GeneralName<'a>> {
    let (kind, value) = match element.tag {
        0xa0 => (OTHER_NAME, other_name(element.contents)?),
        0x81 | 0x82 | 0x86 | 0x87 => (element.tag & 0x1f, element.contents),
        0x88 if is_object_identifier(element.contents) => (REGISTERED_ID, element.contents),
        0xa4 => (DIRECTORY, directory(element.contents)?),
        _ => return None,
    };
    Some(GeneralName { kind, value })
}

/// `SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }` with the outer tag replaced.
fn other_name(contents: &[u8]) -> Option<&[u8]> {
    match elements(contents)?.as_slice() {
        [kind, value] if kind.tag == OBJECT_IDENTIFIER && value.tag == 0xa0 => {
            Element::read(value.contents).filter(|(_, rest)| rest.is_empty())?;
            Some(kind.contents)
        }
        _ => None,
    }
}

/// The sets of a name, inside of the explicit tag.
fn directory(contents: &[u8]) -> Option<&[u8]> {
    let (name, rest) = Element::read(contents).filter(|(name, _)| name.tag == SEQUENCE)?;
    (rest.is_empty() && is_name(name.contents)).then_some(name.contents)
}

/// `SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }`, to the last octet.
pub(super) fn is_name(contents: &[u8]) -> bool {
    elements(contents).is_some_and(|sets| sets.iter().all(is_set))
}

fn is_set(set: &Element<'_>) -> bool {
    set.tag == SET && elements(set.contents).is_some_and(|attributes| attributes.iter().all(is_attribute))
}

fn is_attribute(attribute: &Element<'_>) -> bool {
    let parts = elements(attribute.contents).unwrap_or_default();
    let [kind, _value] = parts.as_slice() else { return false };
    attribute.tag == SEQUENCE && kind.tag == OBJECT_IDENTIFIER && is_object_identifier(kind.contents)
}
