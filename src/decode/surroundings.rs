//! What stands on the lines of BEGIN and END beside them.

use super::layer::Layer;
use super::marker::Marker;
use super::piece::{LineEnd, Piece, piece_at};
use super::repair::{Repair, Repairs};
use super::text::{char_before, is_line_end, is_quote, is_unusual_space, is_zero_width};

/// What stands directly before BEGIN.
pub(super) fn before_begin(layer: &Layer<'_>, begin: &Marker, floor: usize) -> Repairs {
    let bytes = &layer.bytes;
    let mut repairs = Repairs::default();
    let mut position = begin.range.start;
    let mut blanks = 0;
    while let Some((character, length)) = char_before(bytes, position).filter(|_| position > floor) {
        match character {
            ' ' | '\t' => blanks += 1,
            '\u{feff}' if layer.origin(0..position - length).end == 0 => {
                repairs.add(Repair::ByteOrderMark);
            }
            _ if is_zero_width(character) => {
                repairs.add(Repair::ZeroWidthCharacters);
            }
            _ if is_unusual_space(character) => {
                repairs.add(Repair::UnusualSpaces);
            }
            _ => break,
        }
        position -= length;
    }
    repairs.add(line_start(layer, position, &LineStart { floor, blanks, shares_dashes: begin.shares_dashes }));
    repairs
}

struct LineStart {
    /// Where the block before ends.
    floor: usize,
    /// Blanks passed on the way back from BEGIN.
    blanks: usize,
    shares_dashes: bool,
}

/// What the character before BEGIN and its blanks says.
fn line_start(layer: &Layer<'_>, position: usize, line: &LineStart) -> Option<Repair> {
    let before = char_before(&layer.bytes, position).filter(|_| position > line.floor).map(|(character, _)| character);
    match before {
        None if line.floor > 0 && line.blanks > 0 => Some(Repair::SpacesForNewlines),
        None if line.shares_dashes => Some(Repair::SharedDashes),
        None if line.floor > 0 => Some(Repair::GluedMarkers),
        Some(character) if is_quote(character) => Some(Repair::Quotes),
        Some('n' | 'r' | 't') if char_before(&layer.bytes, position - 1).is_some_and(|(c, _)| c == '\\') => {
            Some(Repair::EscapedNewlines)
        }
        Some(character) if !is_line_end(character) => Some(Repair::TextOnMarkerLine),
        _ => (line.blanks > 0).then_some(Repair::Indentation),
    }
}

/// What stands directly behind END.
pub(super) fn after_end(layer: &Layer<'_>, end: &Marker, next: Option<&Marker>) -> Repairs {
    if let Some(next) = next.filter(|next| next.range.start == end.range.end && next.is_begin) {
        return Repairs::from(if next.shares_dashes { Repair::SharedDashes } else { Repair::GluedMarkers });
    }
    let mut repairs = Repairs::default();
    let mut position = end.range.end;
    while let Some((piece, length)) = piece_at(&layer.bytes, position) {
        let repair = match piece {
            Piece::Blank => None,
            Piece::LineEnd(LineEnd::Escaped) => Some(Repair::EscapedNewlines),
            Piece::UnusualSpace => Some(Repair::UnusualSpaces),
            Piece::ZeroWidth => Some(Repair::ZeroWidthCharacters),
            Piece::Quote => Some(Repair::Quotes),
            Piece::LineEnd(LineEnd::CarriageReturn) => Some(Repair::CarriageReturns),
            Piece::LineEnd(LineEnd::Usual) => None,
            _ if repairs.contains(Repair::EscapedNewlines) => None,
            _ if next.is_some_and(|next| next.range.start == position) => Some(Repair::SpacesForNewlines),
            _ => Some(Repair::TextOnMarkerLine),
        };
        repairs.add(repair);
        position += length;
        // Blanks and a written-out line end may still be followed by the quotation mark that closes a string.
        if !matches!(piece, Piece::Blank | Piece::LineEnd(LineEnd::Escaped)) {
            break;
        }
    }
    repairs
}
