//! What is wrong at a place, for people: no program looks at it. Each decided before that it takes nothing there.

use std::ops::Range;

use super::Reason;
use super::base64::BadBase64;
use super::label::Label;
use super::search::{BEGIN, DASHES, END, find, find_last};
use crate::base64::is_symbol;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Why a program does not see a block that begins at a place.
pub(super) fn of_begin(input: &[u8], begin: usize) -> Reason {
    let line = line_at(input, begin);
    if !line.starts_with(BEGIN) {
        return of_no_begin(line);
    }
    let before = input.get(..begin).unwrap_or_default();
    match before.last() {
        None | Some(b'\n') => of_begin_line(line).unwrap_or_else(|| of_fine_begin(input, begin, line)),
        Some(b'\r') => Reason::CarriageReturn,
        Some(_) if before.ends_with(BYTE_ORDER_MARK) => Reason::ByteOrderMark,
        Some(_) => Reason::BeginInsideLine,
    }
}

/// What stands where a block begins for those who mend it.
fn of_no_begin(line: &[u8]) -> Reason {
    // The longest dashes, and a quotation mark or two.
    const LONGEST_PREFIX: usize = 24;
    let Some(word) = find(line, b"BEGIN", 0).filter(|word| *word <= LONGEST_PREFIX) else { return Reason::NotPem };
    let is_run_together = word > 0 && line.get(..word).is_some_and(|before| before.iter().all(|octet| *octet == b'-'));
    if is_run_together { Reason::BeginInsideLine } else { Reason::Dashes }
}

/// A BEGIN line as it should be, which a program passes over nevertheless.
fn of_fine_begin(input: &[u8], begin: usize, line: &[u8]) -> Reason {
    if matches!(input.get(begin + line.len()..), Some([b'\r', next, ..]) if *next != b'\n') {
        return Reason::CarriageReturn;
    }
    match line.trim_ascii_end().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(DASHES)) {
        None | Some(b"CERTIFICATE") => Reason::NotSeen,
        Some(label) => Reason::Label(Label::of(label)),
    }
}

/// What is wrong with a BEGIN line; `None` if it is as it should be.
pub(super) fn of_begin_line(line: &[u8]) -> Option<Reason> {
    let line = line.trim_ascii_end();
    let label_end = find(line, DASHES, BEGIN.len());
    match label_end.and_then(|end| line.get(end + DASHES.len()..)) {
        Some([]) => None,
        Some(_) if !line.starts_with(BEGIN) => Some(Reason::BeginLine),
        Some(rest) if rest.iter().any(u8::is_ascii_graphic) => Some(Reason::TextAfterBegin),
        Some(_) => Some(Reason::HiddenAfterBegin),
        None => Some(Reason::BeginLine),
    }
}

/// Why a block that begins at a place has no end.
pub(super) fn of_end(input: &[u8], begin: usize) -> Reason {
    let Some(end) = find(input, END, begin) else { return Reason::NoEnd };
    match end.checked_sub(1).and_then(|before| input.get(before)) {
        Some(b'\r') => Reason::CarriageReturn,
        Some(b'\n') | None => Reason::NoEnd,
        Some(_) => Reason::EndInsideLine,
    }
}

/// What is wrong with an END line.
pub(super) fn of_end_line(line: &[u8]) -> Reason {
    if find(line, BEGIN, 1).is_some() || find(line, b"-----BEGIN", 1).is_some() {
        Reason::TextAfterEnd
    } else {
        Reason::EndLine
    }
}

/// Where base64 that a program refuses goes wrong, and how to say it.
pub(super) fn of_base64(input: &[u8], body: Range<usize>, bad: BadBase64) -> (usize, Reason) {
    let text = input.get(body.clone()).unwrap_or_default();
    let is_white = |octet: &u8| octet.is_ascii_whitespace();
    let last = text.iter().rposition(|octet| !is_white(octet)).unwrap_or(0);
    let at = match bad {
        BadBase64::Octet(bad) => text.iter().position(|octet| *octet == bad).unwrap_or(0),
        BadBase64::Padding => {
            let padding = text.iter().position(|octet| *octet == b'=').unwrap_or(last);
            let after = text.iter().skip(padding).position(|octet| is_symbol(*octet));
            after.map_or(last, |after| padding + after)
        }
        BadBase64::TrailingBits => last,
    };
    let is_header = line_around(input, body.start + at).contains(&b':');
    (body.start + at, if is_header { Reason::Headers } else { Reason::Base64(bad) })
}

/// The same for a crate that does not say what is wrong with the base64.
pub(super) fn of_unexplained_base64(input: &[u8], body: Range<usize>) -> (usize, Reason) {
    let text = input.get(body.clone()).unwrap_or_default();
    let is_fine = |octet: &&u8| is_symbol(**octet) || **octet == b'=' || octet.is_ascii_whitespace();
    let bad = text.iter().find(|octet| !is_fine(octet)).map_or(BadBase64::Padding, |octet| BadBase64::Octet(*octet));
    of_base64(input, body, bad)
}

/// The body of the block that begins at a place: from the line after BEGIN to the last END before a position.
pub(super) fn body(input: &[u8], begin: usize, to: usize) -> Range<usize> {
    let start = begin + line_at(input, begin).len();
    start..find_last(input, END, start, to).unwrap_or(to).max(start)
}

/// Where the END line of the block that begins at a place ends, not further than a position.
pub(super) fn end_of_block(input: &[u8], begin: usize, to: usize) -> usize {
    let end = find(input, END, begin).and_then(|end| find(input, DASHES, end + END.len()));
    end.map_or(to, |end| to.min(end + DASHES.len()))
}

/// What stands from a position to the end of the line, which CR or LF ends.
fn line_at(input: &[u8], start: usize) -> &[u8] {
    let rest = input.get(start..).unwrap_or_default();
    rest.split(|octet| matches!(octet, b'\n' | b'\r')).next().unwrap_or_default()
}

/// The line that a position is on.
fn line_around(input: &[u8], position: usize) -> &[u8] {
    let before = input.get(..position).unwrap_or_default();
    let start = before.iter().rposition(|octet| matches!(octet, b'\n' | b'\r')).map_or(0, |end| end + 1);
    line_at(input, start)
}
