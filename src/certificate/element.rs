//! Reading DER element by element (X.690, 8.1): tag, length, contents, and the bytes as a whole.

use x509_parser::asn1_rs::{Any, FromDer, Oid as Asn1Oid};
use x509_parser::nom::Offset;

use super::Oid;
use crate::collection::Gather as _;

/// Why some DER could not be read, in words.
pub(super) type Reason = String;

/// The tags that certificates use (X.680, 8.4).
pub(super) mod tag {
    pub(in crate::certificate) const BOOLEAN: u32 = 1;
    pub(in crate::certificate) const INTEGER: u32 = 2;
    pub(in crate::certificate) const BIT_STRING: u32 = 3;
    pub(in crate::certificate) const OCTET_STRING: u32 = 4;
    pub(in crate::certificate) const NULL: u32 = 5;
    pub(in crate::certificate) const OBJECT_IDENTIFIER: u32 = 6;
    pub(in crate::certificate) const UTF8_STRING: u32 = 12;
    pub(in crate::certificate) const SEQUENCE: u32 = 16;
    pub(in crate::certificate) const SET: u32 = 17;
    pub(in crate::certificate) const NUMERIC_STRING: u32 = 18;
    pub(in crate::certificate) const PRINTABLE_STRING: u32 = 19;
    pub(in crate::certificate) const T61_STRING: u32 = 20;
    pub(in crate::certificate) const IA5_STRING: u32 = 22;
    pub(in crate::certificate) const VISIBLE_STRING: u32 = 26;
    pub(in crate::certificate) const UNIVERSAL_STRING: u32 = 28;
    pub(in crate::certificate) const BMP_STRING: u32 = 30;
}

/// One DER element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    /// The tag is context-specific, not universal.
    pub(super) context: bool,
    pub(super) tag: u32,
    pub(super) contents: &'a [u8],
    /// Tag, length and contents.
    pub(super) whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// Reads one element; returns it and the bytes after it.
    pub(super) fn read(input: &'a [u8]) -> Result<(Element<'a>, &'a [u8]), Reason> {
        let (rest, any) = Any::from_der(input).map_err(|_| "a DER element is cut off or malformed".to_owned())?;
        let whole = input.get(..input.offset(rest)).unwrap_or(input);
        let context = any.class() == x509_parser::asn1_rs::Class::ContextSpecific;
        Ok((Element { context, tag: any.tag().0, contents: any.data, whole }, rest))
    }

    /// Reads one element that fills the whole input.
    pub(super) fn read_only(input: &'a [u8]) -> Result<Element<'a>, Reason> {
        let (element, rest) = Element::read(input)?;
        if rest.is_empty() { Ok(element) } else { Err(format!("{} bytes follow the value", rest.len())) }
    }

    /// Reads elements until the input ends.
    pub(super) fn read_all(mut input: &'a [u8]) -> Result<Vec<Element<'a>>, Reason> {
        let mut elements = Vec::new();
        while !input.is_empty() {
            let (element, rest) = Element::read(input)?;
            elements.push(element);
            input = rest;
        }
        Ok(elements)
    }

    /// The elements of a SEQUENCE that fills the whole input.
    pub(super) fn read_sequence(input: &'a [u8]) -> Result<Vec<Element<'a>>, Reason> {
        Element::read_only(input)?.sequence()
    }

    /// The elements of this SEQUENCE.
    pub(super) fn sequence(&self) -> Result<Vec<Element<'a>>, Reason> {
        Element::read_all(self.universal(tag::SEQUENCE)?)
    }

    /// The contents, if the element has this universal tag.
    pub(super) fn universal(&self, tag: u32) -> Result<&'a [u8], Reason> {
        let fits = !self.context && self.tag == tag;
        if fits { Ok(self.contents) } else { Err(format!("tag {tag} was expected, {} was found", self.tag)) }
    }

    /// The element has this context-specific tag.
    pub(super) fn is_context(&self, tag: u32) -> bool {
        self.context && self.tag == tag
    }

    /// The dotted form of this OBJECT IDENTIFIER.
    pub(super) fn oid(&self) -> Result<Oid, Reason> {
        Ok(dotted(self.universal(tag::OBJECT_IDENTIFIER)?))
    }

    /// The value of this BOOLEAN; any octet but zero is TRUE (X.690, 8.2).
    pub(super) fn boolean(&self) -> Result<bool, Reason> {
        match self.universal(tag::BOOLEAN)? {
            [octet] => Ok(*octet != 0),
            octets => Err(format!("a BOOLEAN has {} octets instead of 1", octets.len())),
        }
    }

    /// The value of this INTEGER, if it is not negative and fits.
    pub(super) fn unsigned(&self) -> Result<u32, Reason> {
        let octets = self.universal(tag::INTEGER)?;
        if octets.is_empty() || octets.first().is_some_and(|first| first & 0x80 != 0) {
            return Err("an INTEGER is empty or negative".to_owned());
        }
        octets
            .iter()
            .try_fold(0u32, |value, octet| value.checked_mul(256)?.checked_add(u32::from(*octet)))
            .ok_or_else(|| "an INTEGER is larger than 32 bits".to_owned())
    }
}

/// The dotted form of an object identifier's contents octets.
pub(super) fn dotted(contents: &[u8]) -> Oid {
    Asn1Oid::new(contents.into()).to_id_string()
}

/// Contents with a universal tag and a length before them, DER.
pub(super) fn encode(tag: u32, contents: &[u8]) -> Vec<u8> {
    let constructed = if matches!(tag, tag::SEQUENCE | tag::SET) { 0x20 } else { 0 };
    let length = contents.len().to_be_bytes();
    let significant: Vec<u8> = length.iter().copied().skip_while(|octet| *octet == 0).gather();
    let mut der = vec![u8::try_from(tag & 0x1f).unwrap_or_default() | constructed];
    if contents.len() >= 0x80 {
        der.push(0x80 | u8::try_from(significant.len()).unwrap_or_default());
        der.extend(significant);
    } else {
        der.push(u8::try_from(contents.len()).unwrap_or_default());
    }
    der.extend(contents);
    der
}
