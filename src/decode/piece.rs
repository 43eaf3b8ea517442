//! One step through base64 text: what stands at a position, seen through escapes, odd spaces and odd line ends.

use data_encoding::HEXLOWER_PERMISSIVE;

use crate::base64;

use super::text::{char_at, is_line_end, is_quote, is_unusual_space, is_zero_width};

/// Backslashes before one escaped character: JSON within JSON doubles them each time.
const MAX_BACKSLASHES: usize = 8;
/// Bytes between a closing and the next opening quotation mark, as in `\n" +` and an indented next line of code.
const MAX_BYTES_BETWEEN_QUOTES: usize = 80;

/// What stands at a position of base64 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A base64 character, in the standard alphabet.
    Symbol(u8, Spelling),
    /// The character `=`, which pads.
    Pad(Spelling),
    /// The end of a line.
    LineEnd(LineEnd),
    /// Blank or tab.
    Blank,
    /// Any other space.
    UnusualSpace,
    /// A character without width.
    ZeroWidth,
    /// A quotation mark, or everything from a closing one to the next opening one.
    Quote,
    /// A backslash at the end of a line of shell or code.
    Continuation,
    /// Nothing that belongs into base64.
    Other(char),
}

/// How a base64 character was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    Plain,
    UrlAlphabet,
    Escaped,
}

/// How a line ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// LF or CRLF.
    Usual,
    /// CR without an LF behind it.
    CarriageReturn,
    /// A written-out `\n`.
    Escaped,
}

/// The piece at a position and its length in bytes; none at the end.
pub(super) fn piece_at(bytes: &[u8], position: usize) -> Option<(Piece, usize)> {
    let (character, length) = char_at(bytes, position)?;
    match character {
        '\\' => Some(escape_at(bytes, position)),
        '\r' if bytes.get(position + 1) == Some(&b'\n') => Some((Piece::LineEnd(LineEnd::Usual), 2)),
        '\r' => Some((Piece::LineEnd(LineEnd::CarriageReturn), 1)),
        _ if is_quote(character) => Some((Piece::Quote, quote_length(bytes, position, length))),
        _ => Some((plain(character), length)),
    }
}

fn plain(character: char) -> Piece {
    match character {
        '-' => Piece::Symbol(b'+', Spelling::UrlAlphabet),
        '_' => Piece::Symbol(b'/', Spelling::UrlAlphabet),
        '=' => Piece::Pad(Spelling::Plain),
        ' ' | '\t' => Piece::Blank,
        _ if is_line_end(character) => Piece::LineEnd(LineEnd::Usual),
        _ if is_unusual_space(character) => Piece::UnusualSpace,
        _ if is_zero_width(character) => Piece::ZeroWidth,
        _ => u8::try_from(character)
            .ok()
            .filter(|byte| base64::is_symbol(*byte))
            .map_or(Piece::Other(character), |byte| Piece::Symbol(byte, Spelling::Plain)),
    }
}

/// One or more backslashes and what they escape (RFC 8259 section 7, and the same in most languages and shells).
fn escape_at(bytes: &[u8], position: usize) -> (Piece, usize) {
    let rest = bytes.get(position..).unwrap_or_default();
    let backslashes = rest.iter().take(MAX_BACKSLASHES).take_while(|byte| **byte == b'\\').count();
    let escaped = rest.get(backslashes..).unwrap_or_default();
    match escaped {
        [b'r', tail @ ..] => (Piece::LineEnd(LineEnd::Escaped), backslashes + 1 + line_feed_length(tail)),
        [b'n', ..] => (Piece::LineEnd(LineEnd::Escaped), backslashes + 1),
        [b't', ..] => (Piece::Blank, backslashes + 1),
        [b'/', ..] => (Piece::Symbol(b'/', Spelling::Escaped), backslashes + 1),
        [b'"' | b'\'', ..] => (Piece::Quote, quote_length(bytes, position, backslashes + 1)),
        [b'\n' | b'\r', ..] | [] => (Piece::Continuation, backslashes),
        [b' ', ..] => (Piece::Blank, backslashes + 1),
        [b'u', digits @ ..] => unicode_escape(digits).map_or((Piece::Other('\\'), 1), |piece| (piece, backslashes + 5)),
        _ => (Piece::Other('\\'), 1),
    }
}

/// The length of an escaped line feed, so that `\r\n` is one line end.
fn line_feed_length(bytes: &[u8]) -> usize {
    let backslashes = bytes.iter().take(MAX_BACKSLASHES).take_while(|byte| **byte == b'\\').count();
    if backslashes > 0 && bytes.get(backslashes) == Some(&b'n') { backslashes + 1 } else { 0 }
}

fn unicode_escape(digits: &[u8]) -> Option<Piece> {
    let octets: [u8; 2] = HEXLOWER_PERMISSIVE.decode(digits.get(..4)?).ok()?.try_into().ok()?;
    let character = char::from_u32(u16::from_be_bytes(octets).into())?;
    Some(match plain(character) {
        Piece::Symbol(byte, _) => Piece::Symbol(byte, Spelling::Escaped),
        Piece::Pad(_) => Piece::Pad(Spelling::Escaped),
        Piece::LineEnd(_) => Piece::LineEnd(LineEnd::Escaped),
        _ if is_quote(character) => Piece::Quote,
        other => other,
    })
}

/// From a quotation mark to behind the next one if nothing but the glue of code stands between.
fn quote_length(bytes: &[u8], position: usize, length: usize) -> usize {
    let start = position + length;
    let window = bytes.get(start..bytes.len().min(start + MAX_BYTES_BETWEEN_QUOTES)).unwrap_or_default();
    let glue =
        window.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'+' | b'.' | b'&' | b'\\'));
    let glue = glue.count();
    match window.get(glue) {
        Some(b'"' | b'\'') if glue > 0 => length + glue + 1,
        _ => length,
    }
}
