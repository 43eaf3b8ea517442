//! The elements of a certificate, with a reason where they are not what they should be.
//!
//! Lengths that are longer than they must be (X.690, 10.1) are read, because OpenSSL reads them.

use crate::der::{self, BOOLEAN, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, constructed, context};
use crate::oid::Oid;

/// Why some DER could not be read, in words.
pub(super) type Reason = String;

/// The part of an identifier octet that is the number of the tag; the rest is class and form (X.690, 8.1.2).
const NUMBER: u8 = 0x1f;

/// One DER element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    /// The identifier octet.
    pub(super) tag: u8,
    pub(super) contents: &'a [u8],
    /// Tag, length and contents.
    pub(super) whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// Reads one element; returns it and the bytes after it.
    pub(super) fn read(input: &'a [u8]) -> Result<(Element<'a>, &'a [u8]), Reason> {
        let (element, rest) =
            der::Element::read(input).ok_or_else(|| "a DER element is cut off or malformed".to_owned())?;
        Ok((Element { tag: element.tag, contents: element.contents, whole: element.whole }, rest))
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
        Element::read_all(self.tagged(SEQUENCE)?)
    }

    /// The contents, if the element has this identifier octet.
    pub(super) fn tagged(&self, tag: u8) -> Result<&'a [u8], Reason> {
        let wrong = || format!("tag {} was expected, {} was found", tag & NUMBER, self.number());
        if self.tag == tag { Ok(self.contents) } else { Err(wrong()) }
    }

    /// The number of the tag.
    pub(super) fn number(&self) -> u8 {
        self.tag & NUMBER
    }

    /// The element has this context-specific tag.
    pub(super) fn is_context(&self, number: u8) -> bool {
        self.tag == context(number) || self.tag == constructed(number)
    }

    /// The value of this OBJECT IDENTIFIER.
    pub(super) fn oid(&self) -> Result<Oid, Reason> {
        self.tagged(OBJECT_IDENTIFIER).map(Oid::from_contents)
    }

    /// The value of this BOOLEAN; any octet but zero is TRUE (X.690, 8.2).
    pub(super) fn boolean(&self) -> Result<bool, Reason> {
        match self.tagged(BOOLEAN)? {
            [octet] => Ok(*octet != 0),
            octets => Err(format!("a BOOLEAN has {} octets instead of 1", octets.len())),
        }
    }

    /// The value of this INTEGER, if it is not negative and fits.
    pub(super) fn unsigned(&self) -> Result<u32, Reason> {
        let octets = self.tagged(INTEGER)?;
        if octets.is_empty() || octets.first().is_some_and(|first| first & 0x80 != 0) {
            return Err("an INTEGER is empty or negative".to_owned());
        }
        octets
            .iter()
            .try_fold(0u32, |value, octet| value.checked_mul(256)?.checked_add(u32::from(*octet)))
            .ok_or_else(|| "an INTEGER is larger than 32 bits".to_owned())
    }
}
