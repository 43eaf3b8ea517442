//! Elements of BER (ITU-T X.690, 8.1) as containers have them: lengths may be indefinite and strings in pieces, which
//! Windows, NSS, Java and OpenSSL's `-stream` write. Elements are known by where they stand, so that what is in them
//! keeps its place.

use std::ops::Range;

use crate::der::Header;

/// Elements within each other. PKCS#12, the deepest container, has some twelve down to a certificate.
const MAX_DEPTH: usize = 24;

/// The length octet of the indefinite form (8.1.3.6).
const INDEFINITE: u8 = 0x80;
/// What ends contents of the indefinite form (8.1.5).
const END_OF_CONTENTS: [u8; 2] = [0, 0];
/// The bit of the identifier that says "constructed" (8.1.2.5).
const CONSTRUCTED: u8 = 0x20;

/// An element, by where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) tag: u8,
    /// From its identifier to its end.
    pub(super) whole: Range<usize>,
    pub(super) contents: Range<usize>,
}

/// The element at the start of a stretch.
pub(super) fn element(bytes: &[u8], stretch: Range<usize>) -> Option<Element> {
    element_above(bytes, stretch, MAX_DEPTH)
}

/// The elements of a stretch in a row, as far as they can be read.
pub(super) fn elements(bytes: &[u8], stretch: Range<usize>) -> impl Iterator<Item = Element> {
    let mut position = stretch.start;
    std::iter::from_fn(move || {
        let element = element(bytes, position..stretch.end)?;
        position = element.whole.end;
        Some(element)
    })
}

/// The contents of the outermost element, which may be cut.
pub(super) fn outermost_contents(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    match bytes {
        [first, INDEFINITE, contents @ ..] if *first == tag => Some(contents),
        _ => Header::read(bytes).filter(|header| header.tag == tag).and_then(|header| bytes.get(header.octets..)),
    }
}

impl Element {
    /// The elements in it.
    pub(super) fn children(&self, bytes: &[u8]) -> Vec<Element> {
        elements(bytes, self.contents.clone()).collect()
    }

    /// Its only element, or the first of several, if it has this tag.
    pub(super) fn first(&self, bytes: &[u8], tag: u8) -> Option<Element> {
        element(bytes, self.contents.clone()).filter(|first| first.tag == tag)
    }

    /// Where the octets of a string stand, which may be in pieces (8.7.3).
    pub(super) fn pieces(&self, bytes: &[u8]) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        self.add_pieces(bytes, MAX_DEPTH, &mut pieces);
        pieces
    }

    fn add_pieces(&self, bytes: &[u8], depth: usize, pieces: &mut Vec<Range<usize>>) {
        match depth.checked_sub(1) {
            Some(depth) if self.tag & CONSTRUCTED != 0 => {
                self.children(bytes).iter().for_each(|piece| piece.add_pieces(bytes, depth, pieces));
            }
            _ => pieces.push(self.contents.clone()),
        }
    }
}

fn element_above(bytes: &[u8], stretch: Range<usize>, depth: usize) -> Option<Element> {
    let rest = bytes.get(stretch.clone())?;
    let start = stretch.start;
    match rest {
        [tag, INDEFINITE, ..] if tag & CONSTRUCTED != 0 => {
            let contents = start + 2..end_of_contents(bytes, start + 2..stretch.end, depth.checked_sub(1)?)?;
            Some(Element { tag: *tag, whole: start..contents.end + END_OF_CONTENTS.len(), contents })
        }
        _ => {
            // No container has a tag number above 30 (8.1.2.4).
            let header = Header::read(rest).filter(|header| header.tag & 0x1f != 0x1f)?;
            let contents = start.checked_add(header.octets)?;
            let end = contents.checked_add(header.length).filter(|end| *end <= stretch.end)?;
            Some(Element { tag: header.tag, whole: start..end, contents: contents..end })
        }
    }
}

/// Where contents of the indefinite form end.
fn end_of_contents(bytes: &[u8], stretch: Range<usize>, depth: usize) -> Option<usize> {
    let mut position = stretch.start;
    while !bytes.get(position..stretch.end)?.starts_with(&END_OF_CONTENTS) {
        position = element_above(bytes, position..stretch.end, depth)?.whole.end;
    }
    Some(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_definite_or_not() {
        for (bytes, contents) in [
            (&[0x30, 2, 5, 0][..], 2..4),
            (&[0x30, 0x80, 5, 0, 0, 0, 9][..], 2..4),
            (&[0x30, 0x80, 0x30, 0x80, 0, 0, 4, 2, 0, 0, 0, 0][..], 2..10),
        ] {
            assert_eq!(element(bytes, 0..bytes.len()).map(|it| it.contents), Some(contents), "{bytes:?}");
        }
        for bytes in [&[0x30, 3, 5, 0][..], &[0x30, 0x80, 5, 0], &[0x04, 0x80, 0, 0], &[0x3f, 1, 0], &[]] {
            assert_eq!(element(bytes, 0..bytes.len()), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_string_in_pieces_is_where_its_pieces_are() {
        let bytes = [0x24, 0x80, 4, 1, 7, 0x24, 3, 4, 1, 8, 0, 0];
        let string = element(&bytes, 0..bytes.len()).expect("a string");
        assert_eq!(string.pieces(&bytes), [4..5, 9..10]);
    }

    #[test]
    fn depth_is_limited() {
        let deep = [[0x30, INDEFINITE].repeat(100_000), vec![0; 200_000]].concat();
        assert_eq!(element(&deep, 0..deep.len()), None);
    }
}
