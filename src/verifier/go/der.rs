//! Reading DER as strictly as Go does (`golang.org/x/crypto/cryptobyte`): tags of one octet, minimal lengths of at most
//! four octets, minimal integers. What follows an element inside its parent is the caller's business: Go mostly
//! ignores it, so the parser does too.

use crate::collection::Gather as _;

/// BOOLEAN.
pub(super) const BOOLEAN: u8 = 0x01;
/// INTEGER.
pub(super) const INTEGER: u8 = 0x02;
/// BIT STRING.
pub(super) const BIT_STRING: u8 = 0x03;
/// OCTET STRING.
pub(super) const OCTET_STRING: u8 = 0x04;
/// NULL.
pub(super) const NULL: u8 = 0x05;
/// OBJECT IDENTIFIER.
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
/// SEQUENCE.
pub(super) const SEQUENCE: u8 = 0x30;
/// SET.
pub(super) const SET: u8 = 0x31;

/// The tag `[number]`, primitive.
pub(super) const fn context(number: u8) -> u8 {
    0x80 | number
}

/// The tag `[number]`, constructed.
pub(super) const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// What is still unread of some DER. Every `read_*` takes one element off the front, or returns `None`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

/// One element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    /// The identifier octet.
    pub(super) tag: u8,
    /// Identifier, length and contents.
    pub(super) whole: &'a [u8],
    /// The contents octets.
    pub(super) contents: &'a [u8],
}

/// Contents of a BIT STRING.
#[derive(Clone, Copy, Debug)]
pub(super) struct BitString<'a> {
    /// The bits, first bit highest, padded with zeros.
    pub(super) octets: &'a [u8],
    /// How many bits at the end are padding, 0 to 7.
    pub(super) padding: u8,
}

impl<'a> Reader<'a> {
    /// Nothing is left.
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The next element has this tag.
    pub(super) fn next_is(self, tag: u8) -> bool {
        self.0.first() == Some(&tag)
    }

    /// Any element.
    pub(super) fn read_any(&mut self) -> Option<Element<'a>> {
        let (&tag, rest) = self.0.split_first()?;
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (length, length_octets) = read_length(rest)?;
        let header = 1 + length_octets;
        let (whole, rest) = self.0.split_at_checked(header.checked_add(length)?)?;
        self.0 = rest;
        Some(Element { tag, whole, contents: whole.get(header..)? })
    }

    /// An element with this tag.
    pub(super) fn read_element(&mut self, tag: u8) -> Option<Element<'a>> {
        self.read_any().filter(|element| element.tag == tag)
    }

    /// The contents of an element with this tag.
    pub(super) fn read(&mut self, tag: u8) -> Option<Reader<'a>> {
        self.read_element(tag).map(|element| Reader(element.contents))
    }

    /// The contents of the next element if it has this tag. `None`: malformed; `Some(None)`: another tag or the end.
    pub(super) fn read_optional(&mut self, tag: u8) -> Option<Option<Reader<'a>>> {
        if self.next_is(tag) { self.read(tag).map(Some) } else { Some(None) }
    }

    /// The contents of an INTEGER: two's complement, big endian, minimal.
    pub(super) fn read_integer(&mut self) -> Option<&'a [u8]> {
        self.read_integer_with_tag(INTEGER)
    }

    /// An INTEGER under another tag.
    pub(super) fn read_integer_with_tag(&mut self, tag: u8) -> Option<&'a [u8]> {
        let contents = self.read(tag)?.0;
        let minimal = match contents {
            [] => false,
            [0, second, ..] => second & 0x80 != 0,
            [0xff, second, ..] => second & 0x80 == 0,
            _ => true,
        };
        minimal.then_some(contents)
    }

    /// An INTEGER that fits 64 bits.
    pub(super) fn read_i64(&mut self) -> Option<i64> {
        signed(self.read_integer()?)
    }

    /// An INTEGER under another tag that fits 64 bits.
    pub(super) fn read_i64_with_tag(&mut self, tag: u8) -> Option<i64> {
        signed(self.read_integer_with_tag(tag)?)
    }

    /// A BOOLEAN, which is 00 or FF.
    pub(super) fn read_boolean(&mut self) -> Option<bool> {
        match self.read(BOOLEAN)?.0 {
            [0x00] => Some(false),
            [0xff] => Some(true),
            _ => None,
        }
    }

    /// A BIT STRING whose padding is zero.
    pub(super) fn read_bit_string(&mut self) -> Option<BitString<'a>> {
        let (&padding, octets) = self.read(BIT_STRING)?.0.split_first()?;
        let padded = match octets.last() {
            None => padding == 0,
            Some(last) => padding <= 7 && last & ((1 << padding) - 1) == 0,
        };
        padded.then_some(BitString { octets, padding })
    }

    /// The contents of an OBJECT IDENTIFIER whose components fit 31 bits, as Go's `asn1.ObjectIdentifier` needs.
    pub(super) fn read_object_identifier(&mut self) -> Option<&'a [u8]> {
        let contents = self.read(OBJECT_IDENTIFIER)?.0;
        components(contents)?.iter().all(|&component| component <= 0x7fff_ffff).then_some(contents)
    }
}

impl BitString<'_> {
    /// The bits as a number: the padding moved to the front.
    pub(super) fn right_aligned(self) -> Vec<u8> {
        let mut carry = 0u8;
        let shift = u32::from(self.padding);
        self.octets
            .iter()
            .map(|&octet| {
                let out = octet.checked_shr(shift).unwrap_or(0) | carry;
                carry = if shift == 0 { 0 } else { octet << (8 - shift) };
                out
            })
            .gather()
    }

    /// Bit `index`, the first being 0; false beyond the end.
    pub(super) fn bit(self, index: usize) -> bool {
        self.octets.get(index / 8).is_some_and(|octet| octet & (0x80 >> (index % 8)) != 0)
    }
}

/// The dotted form of an OBJECT IDENTIFIER's contents, as far as it can be read.
pub(super) fn dotted(contents: &[u8]) -> String {
    let numbers = components(contents).unwrap_or_default();
    let Some((&first, rest)) = numbers.split_first() else { return String::new() };
    let root = (first / 40).min(2);
    let mut text = format!("{root}.{}", first - root * 40);
    for number in rest {
        text.push_str(&format!(".{number}"));
    }
    text
}

/// Whether these are the contents of an OBJECT IDENTIFIER with minimal components of any size.
pub(super) fn is_object_identifier(contents: &[u8]) -> bool {
    let ends = contents.last().is_some_and(|last| last & 0x80 == 0);
    let mut starts = true;
    let minimal = contents.iter().all(|&octet| {
        let fine = !(starts && octet == 0x80);
        starts = octet & 0x80 == 0;
        fine
    });
    ends && minimal
}

/// Base-128 numbers; the first one holds two components.
fn components(contents: &[u8]) -> Option<Vec<u64>> {
    let mut numbers = Vec::new();
    let mut number = 0u64;
    for &octet in contents {
        number = number.checked_mul(128)? | u64::from(octet & 0x7f);
        if octet & 0x80 == 0 {
            numbers.push(number);
            number = 0;
        }
    }
    is_object_identifier(contents).then_some(numbers)
}

/// The value of a length field and how many octets it takes.
fn read_length(octets: &[u8]) -> Option<(usize, usize)> {
    let (&first, rest) = octets.split_first()?;
    if first & 0x80 == 0 {
        return Some((usize::from(first), 1));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 {
        return None;
    }
    let octets = rest.get(..count)?;
    let length = octets.iter().fold(0u32, |length, &octet| length << 8 | u32::from(octet));
    let minimal = length >= 128 && octets.first() != Some(&0);
    let length = usize::try_from(length).ok()?;
    minimal.then_some((length, 1 + count))
}

fn signed(contents: &[u8]) -> Option<i64> {
    let negative = contents.first()? & 0x80 != 0;
    let start = if negative { -1i64 } else { 0 };
    let fits = contents.len() <= 8;
    fits.then(|| contents.iter().fold(start, |value, &octet| value << 8 | i64::from(octet)))
}

#[cfg(test)]
mod tests {
    use super::{BitString, Reader, dotted};

    #[test]
    fn lengths_must_be_minimal() {
        for (der, fine) in [
            (&[0x04, 0x01, 0x00][..], true),
            (&[0x04, 0x81, 0x01, 0x00], false),
            (&[0x04, 0x80, 0x00, 0x00], false),
            (&[0x04, 0x85, 0, 0, 0, 0, 1, 0], false),
            (&[0x1f, 0x01, 0x00], false),
            (&[0x04, 0x02, 0x00], false),
        ] {
            assert_eq!(Reader(der).read_any().is_some(), fine, "{der:02x?}");
        }
    }

    #[test]
    fn integers_must_be_minimal_and_keep_their_sign() {
        for (der, value) in [
            (&[0x02, 0x01, 0x80][..], Some(-128)),
            (&[0x02, 0x02, 0x00, 0x80], Some(128)),
            (&[0x02, 0x02, 0x00, 0x7f], None),
            (&[0x02, 0x02, 0xff, 0x80], None),
            (&[0x02, 0x00], None),
            (&[0x02, 0x09, 0, 0x80, 0, 0, 0, 0, 0, 0, 0], None),
        ] {
            assert_eq!(Reader(der).read_i64(), value, "{der:02x?}");
        }
    }

    #[test]
    fn object_identifiers_are_limited_to_31_bits_a_component() {
        assert_eq!(dotted(&[0x55, 0x1d, 0x13]), "2.5.29.19");
        assert_eq!(dotted(&[0x2a, 0x86, 0x48]), "1.2.840");
        assert_eq!(dotted(&[0x88, 0x37]), "2.999");
        assert!(Reader(&[6, 6, 0x2a, 0x87, 0xff, 0xff, 0xff, 0x7f]).read_object_identifier().is_some());
        assert!(Reader(&[6, 6, 0x2a, 0x88, 0x80, 0x80, 0x80, 0x00]).read_object_identifier().is_none());
        assert!(Reader(&[6, 2, 0x2a, 0x80]).read_object_identifier().is_none());
    }

    #[test]
    fn padding_moves_to_the_front() {
        assert_eq!(BitString { octets: &[0xab, 0xc0], padding: 4 }.right_aligned(), [0x0a, 0xbc]);
        assert_eq!(BitString { octets: &[0xab], padding: 0 }.right_aligned(), [0xab]);
    }
}
