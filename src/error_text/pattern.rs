//! Patterns: literal words with holes.
//!
//! A space in a pattern stands for white space, be it a line that was wrapped; a quote may be escaped as JSON escapes
//! it. `{name}` and `{names}` take anything within a line, `{depth}` and `{number}` digits, every other hole a word.

use std::ops::Range;

use super::secret::without_secrets;
use crate::time::Timestamp;

/// Longest text in a hole, in bytes. Our own number: a distinguished name or a list of hosts is shorter.
const MAX_HOLE: usize = 400;
/// Longest white space that a space stands for. Our own number: the indentation of a wrapped line.
const MAX_SPACE: usize = 40;

/// What stands in the holes of a message and of its leads, where it is told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// `{depth}`: of the certificate in the chain; the leaf is 0.
    pub depth: Option<usize>,
    /// `{name}`: of a certificate.
    pub name: Option<String>,
    /// `{host}`: the name or address that was asked for.
    pub host: Option<String>,
    /// `{at}`: when it was said.
    pub at: Option<Timestamp>,
    /// `{bound}`: the end of a validity that the instant lies beyond.
    pub bound: Option<Timestamp>,
}

impl Details {
    /// Whether nothing that both say differs, but for the instants at which they say it.
    pub fn agree(&self, other: &Details) -> bool {
        fn same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        same(self.depth.as_ref(), other.depth.as_ref())
            && same(self.name.as_ref(), other.name.as_ref())
            && same(self.host.as_ref(), other.host.as_ref())
            && same(self.bound.as_ref(), other.bound.as_ref())
    }

    /// Whether both say the same, but for the instants at which they say it.
    pub(super) fn are_those_of(&self, other: &Details) -> bool {
        Details { at: None, ..self.clone() } == Details { at: None, ..other.clone() }
    }

    /// What stands behind, with what stands in front where that says nothing.
    pub(super) fn or(self, front: Details) -> Details {
        Details {
            depth: self.depth.or(front.depth),
            name: self.name.or(front.name),
            host: self.host.or(front.host),
            at: self.at.or(front.at),
            bound: self.bound.or(front.bound),
        }
    }

    fn take(&mut self, hole: &str, text: &str) {
        match hole {
            "depth" => self.depth = text.parse().ok(),
            "name" => self.name = Some(without_secrets(&text.replace('\\', ""))),
            "host" => self.host = Some(text.to_owned()),
            "at" => self.at = instant(text),
            "bound" => self.bound = instant(text),
            _ => {}
        }
    }
}

/// RFC 3339, or seconds since 1970.
fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok().map(Timestamp).or_else(|| Timestamp::parse(text))
}

/// Where a pattern was found.
pub(super) struct Match {
    pub(super) end: usize,
    /// What stands in the holes, where it is told apart.
    pub(super) details: Details,
    /// The holes, in order.
    pub(super) holes: Vec<Range<usize>>,
}

/// A pattern that begins at `start`.
pub(super) fn match_at(pattern: &str, text: &str, start: usize) -> Option<Match> {
    let (mut details, mut holes) = (Details::default(), Vec::new());
    let mut pieces = pattern.split('{');
    let mut end = literal(text, start, pieces.next()?)?;
    for piece in pieces {
        let (hole, following) = piece.split_once('}')?;
        let (hole_end, after) = fill(text, end, hole, following)?;
        details.take(hole, text.get(end..hole_end)?);
        holes.push(end..hole_end);
        end = after;
    }
    ends_a_word(pattern, text, end).then_some(Match { end, details, holes })
}

/// The literal at a position, to its end.
fn literal(text: &str, start: usize, literal: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut position = start;
    for &wanted in literal.as_bytes() {
        match wanted {
            b' ' => position += space(bytes.get(position..)?)?,
            b'"' => {
                let rest = bytes.get(position..)?;
                let escapes = rest.iter().take(MAX_SPACE).take_while(|byte| **byte == b'\\').count();
                (rest.get(escapes) == Some(&b'"')).then_some(())?;
                position += escapes + 1;
            }
            _ => {
                (bytes.get(position) == Some(&wanted)).then_some(())?;
                position += 1;
            }
        }
    }
    Some(position)
}

/// How much white space there is, with one end of a line at most.
fn space(bytes: &[u8]) -> Option<usize> {
    let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let length = bytes.iter().take(MAX_SPACE).take_while(is_space).count();
    let line_ends = bytes.iter().take(length).filter(|byte| **byte == b'\n').count();
    (length > 0 && line_ends <= 1).then_some(length)
}

/// The end of a hole and of the literal behind it, which is the first one that fits.
fn fill(text: &str, start: usize, hole: &str, following: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    for end in start..=start.saturating_add(MAX_HOLE) {
        let byte = bytes.get(end);
        let may_go_on = byte.is_some_and(|byte| belongs(hole, *byte));
        if following.is_empty() {
            if !may_go_on {
                return (end > start).then_some((end, end));
            }
        } else if let Some(after) = literal(text, end, following).filter(|_| end > start) {
            return Some((end, after));
        }
        if !may_go_on {
            return None;
        }
    }
    None
}

fn belongs(hole: &str, byte: u8) -> bool {
    match hole {
        "depth" | "number" => byte.is_ascii_digit(),
        "name" | "names" => !matches!(byte, b'\n' | b'\r'),
        _ => !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b',' | b';' | b')' | b'\\'),
    }
}

/// A pattern that ends in a word ends where the word does.
fn ends_a_word(pattern: &str, text: &str, end: usize) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    !pattern.as_bytes().last().is_some_and(is_word) || !text.as_bytes().get(end).is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::{Details, MAX_HOLE, match_at};
    use crate::time::Timestamp;

    fn matched(pattern: &str, text: &str) -> Option<(String, Details)> {
        match_at(pattern, text, 0).map(|it| (text[..it.end].to_owned(), it.details))
    }

    #[test]
    fn holes_take_what_they_may() {
        let (words, details) = matched("error {number} at {depth} depth", "error 20 at 0 depth lookup").unwrap();
        assert_eq!((words.as_str(), details.depth), ("error 20 at 0 depth", Some(0)));
        let (_, details) = matched("now {at} is after {bound}", "now 2026-11-21T18:00:00Z is after 12").unwrap();
        assert_eq!((details.at, details.bound), (Timestamp::parse("2026-11-21T18:00:00Z"), Some(Timestamp(12))));
        let (_, details) = matched("authority \"{name}\"", "authority \\\"a \u{e4} b\\\")").unwrap();
        assert_eq!(details.name.as_deref(), Some("a \u{e4} b"));
    }

    #[test]
    fn a_space_is_white_space_of_one_line_end() {
        assert!(matched("a b", "a \n   b").is_some());
        assert!(matched("a b", "a\tb").is_some());
        assert!(matched("a b", "a\n\nb").is_none());
        assert!(matched("a b", "ab").is_none());
    }

    #[test]
    fn words_are_whole_and_holes_are_bounded() {
        assert!(matched("EOF", "EOFs").is_none());
        assert!(matched("EOF", "EOF.").is_some());
        assert!(matched("number {number} of", "number x of").is_none());
        assert!(matched("\u{e4} {name}!", &format!("\u{e4} {}!", "x".repeat(MAX_HOLE + 1))).is_none());
        assert!(matched("a {name}!", "a b\nc!").is_none());
    }
}
