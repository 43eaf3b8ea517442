//! Lines of a text, and where a value ends that is longer than its line.

use std::ops::Range;

use crate::decode::text;

const BEGIN: &[u8] = b"-----BEGIN";
const END: &[u8] = b"-----END";

/// The lines of a stretch, each without its end and without white space around it.
pub(super) fn trimmed_lines(bytes: &[u8], stretch: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    lines(bytes, stretch).map(|line| text::trimmed(bytes, line))
}

/// The lines of a stretch, each without its end; CR, LF and CRLF each end one.
pub(in crate::decode) fn lines(bytes: &[u8], stretch: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = stretch.end.min(bytes.len());
    let mut position = stretch.start;
    std::iter::from_fn(move || {
        let start = position;
        let rest = bytes.get(start..end).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let line_end = match rest.get(length..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        position = start + length + line_end;
        Some(start..start + length)
    })
}

/// The bytes of a stretch; empty where it exceeds them.
pub(in crate::decode) fn slice<'b>(bytes: &'b [u8], stretch: &Range<usize>) -> &'b [u8] {
    bytes.get(stretch.clone()).unwrap_or_default()
}

/// A value that breaks off within a PEM block, with the rest of the block and the blocks that follow it at once.
///
/// A block without END, or with another BEGIN before it, is no part of the value.
pub(super) fn with_open_block(bytes: &[u8], value: Range<usize>, limit: usize) -> Range<usize> {
    let mut end = value.end;
    let mut is_open = is_open(slice(bytes, &value));
    if !is_open {
        return value;
    }
    for line in trimmed_lines(bytes, value.end..limit) {
        let text = slice(bytes, &line);
        let (begin, closes) = (last(text, BEGIN), last(text, END).is_some());
        let goes_on = if is_open { closes || begin.is_none() } else { begin == Some(0) };
        if !goes_on {
            break;
        }
        if closes {
            end = line.end;
        }
        is_open = (is_open && !closes) || self::is_open(text);
    }
    value.start..end
}

/// Whether a text ends within a PEM block.
fn is_open(text: &[u8]) -> bool {
    last(text, BEGIN) > last(text, END)
}

/// Whether some bytes stand in others.
pub(super) fn contains(bytes: &[u8], word: &[u8]) -> bool {
    last(bytes, word).is_some()
}

/// Where some bytes stand for the last time.
fn last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_ends_one_line() {
        let text = b"a\nb\r\nc\rd\n\ne";
        let read: Vec<&[u8]> = lines(text, 0..text.len()).map(|line| &text[line]).collect();
        assert_eq!(read, [b"a" as &[u8], b"b", b"c", b"d", b"", b"e"]);
        assert!(lines(text, 2..4).eq(std::iter::once(2..3)));
    }

    #[test]
    fn a_value_reaches_to_the_end_of_the_block_in_it() {
        let text = b"x: -----BEGIN A-----\nMII\n-----END A-----\n-----BEGIN A-----\nMII\n-----END A-----\ny: z\n";
        let whole = with_open_block(text, 3..20, text.len());
        assert_eq!(&text[whole.end..], b"\ny: z\n");
        assert_eq!(with_open_block(text, 3..20, 24), 3..20, "no END within the limit");
        assert_eq!(with_open_block(b"x: y\n-----END A-----", 3..4, 20), 3..4);
    }
}
