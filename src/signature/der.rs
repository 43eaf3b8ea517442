//! As much of DER as keys, algorithm identifiers and signatures need (X.690, 8.1 and 10.1).

/// Tags of universal class (X.680, 8.4), with the bit that says "constructed" where DER sets it.
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const NULL: u8 = 0x05;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;

/// The tag of an explicitly tagged field `[number]`.
pub(super) const fn explicit(number: u8) -> u8 {
    0xA0 | number
}

/// A tag and the contents after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) contents: &'a [u8],
}

/// Reads elements one after the other; whatever is not DER, or not what was asked for, gives `None`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    /// Inside the one SEQUENCE that `der` is.
    pub(super) fn inside_sequence(der: &'a [u8]) -> Option<Reader<'a>> {
        let mut outer = Reader::new(der);
        let inner = outer.sequence()?;
        outer.end()?;
        Some(inner)
    }

    /// The next element, whatever it is.
    pub(super) fn element(&mut self) -> Option<Element<'a>> {
        let (&tag, rest) = self.rest.split_first()?;
        let (length, rest) = length(rest)?;
        let (contents, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        // A tag number above 30 (8.1.2.4) occurs in nothing that is read here.
        (tag & 0x1F != 0x1F).then_some(Element { tag, contents })
    }

    /// The contents of the next element, which must have this tag.
    pub(super) fn contents(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.element().filter(|element| element.tag == tag).map(|element| element.contents)
    }

    /// Inside the next element, a SEQUENCE.
    pub(super) fn sequence(&mut self) -> Option<Reader<'a>> {
        self.contents(SEQUENCE).map(Reader::new)
    }

    /// Whether the next element has this tag.
    pub(super) fn is_at(&self, tag: u8) -> bool {
        self.rest.first() == Some(&tag)
    }

    /// The next element, an INTEGER that is not negative: big endian, without leading zeros.
    pub(super) fn unsigned(&mut self) -> Option<&'a [u8]> {
        // No octet more than the sign needs (8.3.2).
        match self.contents(INTEGER)? {
            [0] => Some(&[]),
            [0, magnitude @ ..] if magnitude.first().is_some_and(|first| 0x7F < *first) => Some(magnitude),
            magnitude @ [1..=0x7F, ..] => Some(magnitude),
            _ => None,
        }
    }

    /// The next element, an INTEGER from 0 to 65 535.
    pub(super) fn small(&mut self) -> Option<u16> {
        let octets = self.unsigned().filter(|octets| octets.len() <= 2)?;
        Some(octets.iter().fold(0, |number, octet| number << 8 | u16::from(*octet)))
    }

    /// `Some` if nothing is left.
    pub(super) fn end(self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }
}

/// The length at the beginning of `bytes` and what comes after it (8.1.3): definite and as short as it can be (10.1).
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        return Some((usize::from(first), rest));
    }
    let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
    // Nothing that is read here comes near 2^32 octets; no octets at all would be the indefinite form.
    let fits = octets.len() <= 4 && octets.first().is_some_and(|octet| *octet != 0);
    let length = octets.iter().take(4).fold(0_u32, |length, octet| length << 8 | u32::from(*octet));
    (fits && 0x7F < length).then_some((usize::try_from(length).ok()?, rest))
}

/// An AlgorithmIdentifier (RFC 5280, 4.1.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AlgorithmIdentifier<'a> {
    /// The contents of the OBJECT IDENTIFIER.
    pub(super) oid: &'a [u8],
    pub(super) parameters: Option<Element<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    /// Reads what is inside the SEQUENCE, to its end.
    pub(super) fn from_inside(mut sequence: Reader<'a>) -> Option<AlgorithmIdentifier<'a>> {
        let oid = sequence.contents(OBJECT_IDENTIFIER)?;
        let parameters = if sequence.end().is_some() { None } else { Some(sequence.element()?) };
        sequence.end()?;
        Some(AlgorithmIdentifier { oid, parameters })
    }

    /// Parameters that are absent or NULL; which of the two is right differs by algorithm, and both occur.
    pub(super) fn says_nothing_more(&self) -> bool {
        self.parameters.is_none_or(|parameters| parameters == Element { tag: NULL, contents: &[] })
    }
}
