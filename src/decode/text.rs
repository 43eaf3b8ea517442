//! Bytes as text: characters in UTF-8 or Windows-1252, UTF-16 turned into UTF-8, lines.

use std::ops::Range;

use super::layer::{Layer, LayerBuilder, Wrapping};
use crate::lines;

/// How many UTF-16 units are looked at where there is no byte order mark.
const UTF16_SAMPLE_UNITS: usize = 64;
/// Fewer units than this say nothing about the encoding.
const UTF16_LEAST_UNITS: usize = 8;

/// The character at a byte position and its length in bytes. What is not UTF-8 is read as Windows-1252.
pub(super) fn char_at(bytes: &[u8], position: usize) -> Option<(char, usize)> {
    let first = *bytes.get(position)?;
    let length = match first {
        0..=0x7f => return Some((char::from(first), 1)),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let encoded = bytes.get(position..position.saturating_add(length)).unwrap_or_default();
    let character = std::str::from_utf8(encoded).ok().and_then(|text| text.chars().next());
    Some(character.map_or((windows_1252(first), 1), |character| (character, length)))
}

/// The character that ends just before a byte position, and its length in bytes.
pub(super) fn char_before(bytes: &[u8], position: usize) -> Option<(char, usize)> {
    let previous = *bytes.get(position.checked_sub(1)?)?;
    for length in 1..=4_usize.min(position) {
        match char_at(bytes, position - length) {
            Some((character, found)) if found == length && (length > 1 || previous < 0x80) => {
                return Some((character, length));
            }
            _ => {}
        }
    }
    Some((windows_1252(previous), 1))
}

/// How many hyphens a dash stands for; none if the character is no dash. Word processors make one em dash of two.
pub(super) fn hyphens(character: char) -> usize {
    match character {
        '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => 1,
        '\u{2014}' | '\u{2015}' => 2,
        _ => 0,
    }
}

/// Characters without width or ink: joiners, direction marks, soft hyphens, byte order marks.
pub(super) fn is_zero_width(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Spaces other than blank and tab.
pub(super) fn is_unusual_space(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Characters that end a line.
pub(super) fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Straight and typographic quotation marks.
pub(super) fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

/// The layer as UTF-8, if it is UTF-16.
pub(super) fn from_utf16(layer: &Layer<'_>) -> Option<Layer<'static>> {
    let (read_unit, start) = utf16_form(&layer.bytes)?;
    let mut builder = LayerBuilder::default();
    let mut position = start;
    while let Some(unit) = unit_at(&layer.bytes, position, read_unit) {
        let low = unit_at(&layer.bytes, position + 2, read_unit).filter(|_| (0xd800..0xdc00).contains(&unit));
        let decoded = char::decode_utf16([unit].into_iter().chain(low)).next();
        let character = decoded.and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER);
        let end = position + 2 * character.len_utf16();
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            builder.push(byte, layer.origin(position..end));
        }
        position = end;
    }
    Some(builder.build(Wrapping { utf16: true, ..layer.wrapping }))
}

type ReadUnit = fn([u8; 2]) -> u16;

/// Byte order, and where the text begins after a byte order mark.
fn utf16_form(bytes: &[u8]) -> Option<(ReadUnit, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => Some((u16::from_le_bytes, 2)),
        [0xfe, 0xff, ..] => Some((u16::from_be_bytes, 2)),
        _ if looks_like_utf16(bytes, u16::from_le_bytes) => Some((u16::from_le_bytes, 0)),
        _ if looks_like_utf16(bytes, u16::from_be_bytes) => Some((u16::from_be_bytes, 0)),
        _ => None,
    }
}

/// Whether nearly all of the first units are ASCII characters, as they are in any PEM file.
fn looks_like_utf16(bytes: &[u8], read_unit: ReadUnit) -> bool {
    let units: Vec<u16> =
        bytes.chunks_exact(2).take(UTF16_SAMPLE_UNITS).filter_map(|pair| unit(pair, read_unit)).collect();
    let ascii = units.iter().filter(|unit| matches!(unit, 0x09..=0x7e)).count();
    units.len() >= UTF16_LEAST_UNITS && ascii * 10 >= units.len() * 9
}

fn unit_at(bytes: &[u8], position: usize, read_unit: ReadUnit) -> Option<u16> {
    unit(bytes.get(position..position.checked_add(2)?)?, read_unit)
}

fn unit(pair: &[u8], read_unit: ReadUnit) -> Option<u16> {
    Some(read_unit(pair.try_into().ok()?))
}

/// The few characters of Windows-1252 that matter here; every other byte is read as Latin-1.
fn windows_1252(byte: u8) -> char {
    match byte {
        0x91 => '\u{2018}',
        0x92 => '\u{2019}',
        0x93 => '\u{201c}',
        0x94 => '\u{201d}',
        0x96 => '\u{2013}',
        0x97 => '\u{2014}',
        other => char::from(other),
    }
}

/// Where the lines of the input begin.
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Lines of a text; CR, LF and CRLF each end one.
    pub(super) fn of_text(text: &Layer<'_>) -> Lines {
        let ends = lines::ends(&text.bytes).map(|position| text.origin(position..position + 1).end);
        let starts = std::iter::once(0).chain(ends).collect();
        Lines { starts }
    }

    /// Binary data is one line.
    pub(super) fn of_binary() -> Lines {
        Lines { starts: vec![0] }
    }

    /// The 1-based line of a byte of the input.
    pub(super) fn line_of(&self, position: usize) -> usize {
        lines::line_of(&self.starts, position)
    }
}

/// The byte range without white space at its ends.
pub(super) fn trimmed(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let inner = bytes.get(range.clone()).unwrap_or_default();
    let start = range.start + (inner.len() - inner.trim_ascii_start().len());
    start..start + inner.trim_ascii().len()
}
