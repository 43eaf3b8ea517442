//! The engines' tool for DER (X.690, 8.1): it reads element by element, because each program that is re-enacted has its
//! own tolerance, and writes. The certificates that people are shown are read by x509-parser (`certificate`).
//!
//! [`Reader`] is as strict as Go's `golang.org/x/crypto/cryptobyte`: tags of one octet, minimal lengths of at most four
//! octets, minimal integers. What follows an element inside its parent is the caller's business. [`Element::read`]
//! takes lengths that are longer than they must be too, which OpenSSL reads.

// Identifier octets (X.680, 8.4), with the bit that says "constructed" where DER sets it.

/// The tag of a BOOLEAN.
pub const BOOLEAN: u8 = 0x01;
/// The tag of an INTEGER.
pub const INTEGER: u8 = 0x02;
/// The tag of a BIT STRING.
pub const BIT_STRING: u8 = 0x03;
/// The tag of an OCTET STRING.
pub const OCTET_STRING: u8 = 0x04;
/// The tag of a NULL.
pub const NULL: u8 = 0x05;
/// The tag of an OBJECT IDENTIFIER.
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// The tag of a UTF8String.
pub const UTF8_STRING: u8 = 0x0c;
/// The tag of a NumericString.
pub const NUMERIC_STRING: u8 = 0x12;
/// The tag of a PrintableString.
pub const PRINTABLE_STRING: u8 = 0x13;
/// The tag of a TeletexString, also called T61String.
pub const T61_STRING: u8 = 0x14;
/// The tag of an IA5String.
pub const IA5_STRING: u8 = 0x16;
/// The tag of a UTCTime.
pub const UTC_TIME: u8 = 0x17;
/// The tag of a GeneralizedTime.
pub const GENERALIZED_TIME: u8 = 0x18;
/// The tag of a VisibleString.
pub const VISIBLE_STRING: u8 = 0x1a;
/// The tag of a UniversalString.
pub const UNIVERSAL_STRING: u8 = 0x1c;
/// The tag of a BMPString.
pub const BMP_STRING: u8 = 0x1e;
/// The tag of a SEQUENCE.
pub const SEQUENCE: u8 = 0x30;
/// The tag of a SET.
pub const SET: u8 = 0x31;

/// The tag `[number]`, primitive.
pub const fn context(number: u8) -> u8 {
    0x80 | number
}

/// The tag `[number]`, constructed.
pub const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// The header of an element: identifier and length in the definite form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The identifier octet.
    pub tag: u8,
    /// Octets of the header itself.
    pub octets: usize,
    /// Octets announced after it.
    pub length: usize,
    /// The length is as short as it can be (10.1).
    pub is_minimal: bool,
}

/// One element, its length in the definite form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// The identifier octet.
    pub tag: u8,
    /// Identifier, length and contents.
    pub whole: &'a [u8],
    /// The contents octets.
    pub contents: &'a [u8],
    /// Its length is as short as it can be, as DER asks (10.1).
    pub is_minimal: bool,
}

/// What is still unread of some DER. Every `read_*` takes one element off the front, or returns `None`.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(pub &'a [u8]);

/// Contents of a BIT STRING.
#[derive(Clone, Copy, Debug)]
pub struct BitString<'a> {
    /// The bits, first bit highest, padded with zeros.
    pub octets: &'a [u8],
    /// How many bits at the end are padding, 0 to 7.
    pub padding: u8,
}

impl Header {
    /// The header at the start of some bytes, whether or not the contents are all there.
    pub fn read(bytes: &[u8]) -> Option<Header> {
        let (tag, first) = (*bytes.first()?, *bytes.get(1)?);
        if first < 0x80 {
            return Some(Header { tag, octets: 2, length: usize::from(first), is_minimal: true });
        }
        // Nothing comes near 2^32 octets; no octets at all would be the indefinite form.
        let octets = bytes.get(2..2 + usize::from(first & 0x7f)).filter(|octets| (1..=4).contains(&octets.len()))?;
        let length = octets.iter().fold(0_u32, |length, octet| length << 8 | u32::from(*octet));
        let is_minimal = length >= 0x80 && octets.first() != Some(&0);
        Some(Header { tag, octets: 2 + octets.len(), length: usize::try_from(length).ok()?, is_minimal })
    }
}

impl<'a> Element<'a> {
    /// The element at the start of some bytes, and what follows it. None has a tag number above 30 (8.1.2.4).
    pub fn read(bytes: &'a [u8]) -> Option<(Element<'a>, &'a [u8])> {
        let Header { tag, octets, length, is_minimal } =
            Header::read(bytes).filter(|header| header.tag & 0x1f != 0x1f)?;
        let (whole, rest) = bytes.split_at_checked(octets.checked_add(length)?)?;
        Some((Element { tag, whole, contents: whole.get(octets..)?, is_minimal }, rest))
    }
}

impl<'a> Reader<'a> {
    /// Nothing is left.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The next element has this tag.
    pub fn next_is(self, tag: u8) -> bool {
        self.0.first() == Some(&tag)
    }

    /// Takes the next element, whatever its tag.
    pub fn read_any(&mut self) -> Option<Element<'a>> {
        let (element, rest) = Element::read(self.0).filter(|(element, _)| element.is_minimal)?;
        self.0 = rest;
        Some(element)
    }

    /// An element with this tag.
    pub fn read_element(&mut self, tag: u8) -> Option<Element<'a>> {
        self.read_any().filter(|element| element.tag == tag)
    }

    /// The contents of an element with this tag.
    pub fn read(&mut self, tag: u8) -> Option<Reader<'a>> {
        self.read_element(tag).map(|element| Reader(element.contents))
    }

    /// The contents of the next element if it has this tag. `None`: malformed; `Some(None)`: another tag or the end.
    pub fn read_optional(&mut self, tag: u8) -> Option<Option<Reader<'a>>> {
        if self.next_is(tag) { self.read(tag).map(Some) } else { Some(None) }
    }

    /// What is inside the one element, with this tag, that some bytes are.
    pub fn read_only(bytes: &'a [u8], tag: u8) -> Option<Reader<'a>> {
        let mut reader = Reader(bytes);
        reader.read(tag).filter(|_| reader.is_empty())
    }

    /// The contents of an INTEGER: two's complement, big endian, minimal.
    pub fn read_integer(&mut self) -> Option<&'a [u8]> {
        self.read_integer_with_tag(INTEGER)
    }

    /// An INTEGER under another tag.
    pub fn read_integer_with_tag(&mut self, tag: u8) -> Option<&'a [u8]> {
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
    pub fn read_i64(&mut self) -> Option<i64> {
        signed(self.read_integer()?)
    }

    /// An INTEGER under another tag that fits 64 bits.
    pub fn read_i64_with_tag(&mut self, tag: u8) -> Option<i64> {
        signed(self.read_integer_with_tag(tag)?)
    }

    /// An INTEGER that is not negative: big endian, without leading zeros.
    pub fn read_unsigned(&mut self) -> Option<&'a [u8]> {
        match self.read_integer()? {
            [0, magnitude @ ..] => Some(magnitude),
            magnitude => magnitude.first().is_some_and(|first| *first < 0x80).then_some(magnitude),
        }
    }

    /// A BOOLEAN, which is 00 or FF.
    pub fn read_boolean(&mut self) -> Option<bool> {
        match self.read(BOOLEAN)?.0 {
            [0x00] => Some(false),
            [0xff] => Some(true),
            _ => None,
        }
    }

    /// A BIT STRING whose padding is zero.
    pub fn read_bit_string(&mut self) -> Option<BitString<'a>> {
        BitString::of(self.read(BIT_STRING)?.0)
    }

    /// The contents of an OBJECT IDENTIFIER whose components fit 31 bits, as Go's `asn1.ObjectIdentifier` needs.
    pub fn read_object_identifier(&mut self) -> Option<&'a [u8]> {
        let contents = self.read(OBJECT_IDENTIFIER)?.0;
        components(contents)?.iter().all(|&component| component <= 0x7fff_ffff).then_some(contents)
    }
}

impl<'a> BitString<'a> {
    /// From the contents octets; the padding must be zero.
    pub fn of(contents: &'a [u8]) -> Option<BitString<'a>> {
        let (&padding, octets) = contents.split_first()?;
        let padded = match octets.last() {
            None => padding == 0,
            Some(last) => padding <= 7 && last & ((1 << padding) - 1) == 0,
        };
        padded.then_some(BitString { octets, padding })
    }

    /// The bits as a number: the padding moved to the front.
    pub fn right_aligned(self) -> Vec<u8> {
        let mut carry = 0u8;
        let shift = u32::from(self.padding);
        self.octets
            .iter()
            .map(|&octet| {
                let out = octet.checked_shr(shift).unwrap_or(0) | carry;
                carry = if shift == 0 { 0 } else { octet << (8 - shift) };
                out
            })
            .collect()
    }

    /// Bit `index`, the first being 0; false beyond the end.
    pub fn bit(self, index: usize) -> bool {
        self.octets.get(index / 8).is_some_and(|octet| octet & (0x80 >> (index % 8)) != 0)
    }
}

/// An element with these contents, its length as short as it can be (10.1).
pub fn encode(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut element = vec![tag];
    match u8::try_from(contents.len()) {
        Ok(length) if length < 0x80 => element.push(length),
        _ => {
            let length = contents.len().to_be_bytes();
            let zeros = length.iter().take_while(|octet| **octet == 0).count();
            let octets = length.get(zeros..).unwrap_or_default();
            element.push(0x80 | u8::try_from(octets.len()).unwrap_or_default());
            element.extend_from_slice(octets);
        }
    }
    element.extend_from_slice(contents);
    element
}

/// Whether these are the contents of an OBJECT IDENTIFIER with minimal components of any size.
pub fn is_object_identifier(contents: &[u8]) -> bool {
    let ends = contents.last().is_some_and(|last| last & 0x80 == 0);
    let mut starts = true;
    let minimal = contents.iter().all(|&octet| {
        let fine = !(starts && octet == 0x80);
        starts = octet & 0x80 == 0;
        fine
    });
    ends && minimal
}

/// The base-128 numbers in an OBJECT IDENTIFIER's contents, of which the first holds two components (8.19); `None` if
/// the contents are none or a number exceeds 64 bits.
pub(crate) fn components(contents: &[u8]) -> Option<Vec<u64>> {
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

fn signed(contents: &[u8]) -> Option<i64> {
    let negative = contents.first()? & 0x80 != 0;
    let start = if negative { -1i64 } else { 0 };
    let fits = contents.len() <= 8;
    fits.then(|| contents.iter().fold(start, |value, &octet| value << 8 | i64::from(octet)))
}

#[cfg(test)]
mod tests {
    use super::{BitString, Element, Reader, SEQUENCE, encode};

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
    fn unsigned_integers_have_no_sign_and_no_leading_zeros() {
        for (der, magnitude) in [
            (&[2, 1, 0][..], Some(&[][..])),
            (&[2, 1, 0x7f], Some(&[0x7f])),
            (&[2, 2, 0, 0x80], Some(&[0x80])),
            (&[2, 1, 0x80], None),
            (&[2, 2, 0, 0], None),
            (&[2, 2, 1], None),
            (&[4, 1, 1], None),
        ] {
            assert_eq!(Reader(der).read_unsigned(), magnitude, "{der:02x?}");
        }
    }

    #[test]
    fn nothing_may_follow_an_only_element() {
        assert!(Reader::read_only(&[SEQUENCE, 0], SEQUENCE).is_some());
        assert!(Reader::read_only(&[SEQUENCE, 0, 0], SEQUENCE).is_none());
    }

    #[test]
    fn an_element_may_have_a_longer_length_than_it_must() {
        let (element, rest) = Element::read(&[4, 0x82, 0, 1, 7, 8]).expect("an element");
        assert_eq!((element.contents, element.is_minimal, rest), (&[7][..], false, &[8][..]));
    }

    #[test]
    fn long_elements_have_long_lengths() {
        assert_eq!(encode(SEQUENCE, &[7]), [0x30, 1, 7]);
        assert_eq!(encode(SEQUENCE, &[0; 300])[..4], [0x30, 0x82, 0x01, 0x2c]);
    }

    #[test]
    fn object_identifiers_are_limited_to_31_bits_a_component() {
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
