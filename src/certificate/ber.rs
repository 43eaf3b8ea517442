//! What in a certificate is BER and not DER (X.690, 10 and 11): said where a part cannot be read, because it tells what to
//! do. Nothing is decided here.

use std::fmt;

use crate::der::{BOOLEAN, Element, INTEGER, SEQUENCE, SET};

/// A liberty that BER gives and DER does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BerForm {
    /// A length that is not given: the end is marked instead (X.690, 8.1.3.6 and 10.1).
    IndefiniteLength,
    /// A string in pieces (X.690, 8.21.6 and 10.2).
    StringInPieces,
    /// A BOOLEAN that is neither 00 nor FF (X.690, 11.1).
    Boolean,
    /// An INTEGER with octets that say nothing (X.690, 8.3.2, which BER forbids too).
    LongInteger,
    /// Bits that are not zero in the padding of a BIT STRING (X.690, 11.2.1).
    Padding,
}

impl fmt::Display for BerForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BerForm::IndefiniteLength => "a length is indefinite",
            BerForm::StringInPieces => "a string is in pieces",
            BerForm::Boolean => "a BOOLEAN is neither 00 nor FF",
            BerForm::LongInteger => "an INTEGER is longer than it must be",
            BerForm::Padding => "unused bits are not zero",
        })
    }
}

/// The length octet of the indefinite form (X.690, 8.1.3.6).
const INDEFINITE: u8 = 0x80;
/// The bit of the identifier that says "constructed", and those that say "not universal" (X.690, 8.1.2).
const CONSTRUCTED: u8 = 0x20;
const CLASS: u8 = 0xc0;
/// Elements within each other that are looked at: a certificate without its extensions' values has eight.
const MAX_DEPTH: usize = 16;

/// The first form in some elements that is BER and not DER.
pub(super) fn form(elements: &[u8]) -> Option<BerForm> {
    form_above(elements, MAX_DEPTH)
}

fn form_above(mut elements: &[u8], depth: usize) -> Option<BerForm> {
    while let Some((element, rest)) = Element::read(elements) {
        if let Some(form) = form_of(&element, depth) {
            return Some(form);
        }
        elements = rest;
    }
    match elements {
        [tag, INDEFINITE, ..] if tag & CONSTRUCTED != 0 => Some(BerForm::IndefiniteLength),
        _ => None,
    }
}

fn form_of(element: &Element<'_>, depth: usize) -> Option<BerForm> {
    let is_universal = element.tag & CLASS == 0;
    match (element.tag, element.contents) {
        (SEQUENCE | SET, contents) => form_above(contents, depth.checked_sub(1)?),
        (tag, _) if is_universal && tag & CONSTRUCTED != 0 => Some(BerForm::StringInPieces),
        (tag, contents) if tag & CONSTRUCTED != 0 => form_above(contents, depth.checked_sub(1)?),
        (BOOLEAN, [value]) if !matches!(value, 0 | 0xff) => Some(BerForm::Boolean),
        (INTEGER, [0, second, ..]) if second & 0x80 == 0 => Some(BerForm::LongInteger),
        (INTEGER, [0xff, second, ..]) if second & 0x80 != 0 => Some(BerForm::LongInteger),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{BerForm, form};

    #[test]
    fn the_first_form_is_told() {
        for (der, expected) in [
            (&[0x30, 3, 2, 1, 5][..], None),
            (&[0x30, 0x80, 2, 1, 5, 0, 0], Some(BerForm::IndefiniteLength)),
            (&[0x30, 4, 0xa0, 0x80, 0, 0], Some(BerForm::IndefiniteLength)),
            (&[0x30, 6, 0x2c, 4, 0x0c, 2, b'a', b'b'], Some(BerForm::StringInPieces)),
            (&[0x31, 3, 1, 1, 1], Some(BerForm::Boolean)),
            (&[0xa3, 4, 2, 2, 0, 1], Some(BerForm::LongInteger)),
            (&[2, 2, 0, 0x80], None),
            (&[4, 0x80], None),
            (&[], None),
        ] {
            assert_eq!(form(der), expected, "{der:02x?}");
        }
    }
}
