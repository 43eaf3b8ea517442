//! Base64 (RFC 4648), forgiving about padding and line breaks.

use std::ops::Range;

use super::der;
use super::layer::Layer;
use super::piece::{LineEnd, Piece, Spelling, piece_at};
use super::repair::{Repair, Repairs};
use crate::base64;

/// Columns of a PEM line (RFC 7468 section 2); a blank there was a line break.
const PEM_COLUMNS: usize = 64;

/// The base64 characters of a range of text, and what stood between them.
#[derive(Debug, Default)]
pub(super) struct Base64Text {
    /// Of the standard alphabet, with `=` where it stood.
    pub(super) symbols: Vec<u8>,
    runs: Vec<Run>,
    /// The first character that is no base64.
    pub(super) stray: Option<Stray>,
    /// What stood before the first symbol.
    pub(super) lead: Separator,
    /// What stood after the last symbol.
    pub(super) trail: Separator,
    pub(super) repairs: Repairs,
    /// Blanks stood between symbols of one line.
    pub(super) has_inner_blanks: bool,
}

/// Symbols that stand side by side and are written alike, mostly those of one line.
#[derive(Debug)]
struct Run {
    /// Index of its first symbol.
    first_symbol: usize,
    /// Where that stands in the layer.
    start: usize,
    /// Bytes of each symbol.
    width: usize,
}

/// A character that is no base64.
#[derive(Debug)]
pub(super) struct Stray {
    pub(super) character: char,
    pub(super) position: usize,
    /// How many symbols stand before it.
    pub(super) symbols_before: usize,
}

/// White space between two symbols.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Separator {
    pub(super) line_ends: usize,
    pub(super) blanks: usize,
    /// Something else stood there too, such as a quotation mark.
    pub(super) other: bool,
    indented: bool,
}

impl Separator {
    /// What a separator between two parts of a block says about damage.
    pub(super) fn repairs(self) -> Repairs {
        let mut repairs = Repairs::default();
        repairs.add((self.line_ends == 0 && self.blanks > 0).then_some(Repair::SpacesForNewlines));
        repairs.add(self.indented.then_some(Repair::Indentation));
        repairs.add((self.line_ends > 1).then_some(Repair::BlankLines));
        repairs
    }

    /// Nothing at all.
    pub(super) fn is_empty(self) -> bool {
        self.line_ends == 0 && self.blanks == 0 && !self.other
    }
}

impl Base64Text {
    /// Reads a range of a layer.
    pub(super) fn read(layer: &Layer<'_>, range: Range<usize>) -> Base64Text {
        let bytes = layer.slice(0..range.end);
        let mut text = Base64Text::default();
        let mut position = range.start;
        loop {
            // Nearly everything is plain symbols, which are taken line by line.
            let rest = bytes.get(position..).unwrap_or_default();
            let plain = rest.get(..base64::symbols_at_start(rest)).unwrap_or_default();
            text.symbols(plain, Spelling::Plain, position, 1);
            position += plain.len();
            let Some((piece, length)) = piece_at(bytes, position) else { break };
            text.take(piece, position, length);
            position += length;
        }
        text
    }

    /// Where a symbol stands in the layer.
    pub(super) fn place(&self, symbol: usize) -> Option<Range<usize>> {
        let run = self.runs.partition_point(|run| run.first_symbol <= symbol).checked_sub(1)?;
        let run = self.runs.get(run).filter(|_| symbol < self.symbols.len())?;
        let start = run.start + (symbol - run.first_symbol) * run.width;
        Some(start..start + run.width)
    }

    fn take(&mut self, piece: Piece, position: usize, length: usize) {
        match piece {
            Piece::Symbol(symbol, spelling) => self.symbols(&[symbol], spelling, position, length),
            Piece::Pad(spelling) => self.symbols(b"=", spelling, position, length),
            Piece::LineEnd(line_end) => self.line_end(line_end),
            Piece::Blank => {
                self.trail.blanks += 1;
                self.trail.indented |= self.trail.line_ends > 0;
            }
            Piece::UnusualSpace => self.odd(Some(Repair::UnusualSpaces)),
            Piece::ZeroWidth => self.odd(Some(Repair::ZeroWidthCharacters)),
            Piece::Quote => self.odd(Some(Repair::Quotes)),
            Piece::Continuation => self.odd(None),
            Piece::Other(character) => {
                let symbols_before = self.symbols.len();
                self.stray.get_or_insert(Stray { character, position, symbols_before });
            }
        }
    }

    fn symbols(&mut self, symbols: &[u8], spelling: Spelling, start: usize, width: usize) {
        if symbols.is_empty() {
            return;
        }
        if self.symbols.is_empty() {
            self.lead = self.trail;
        } else if self.trail != Separator::default() {
            self.has_inner_blanks |= self.trail.line_ends == 0 && self.trail.blanks > 0;
            self.repairs.add(self.trail.repairs());
        }
        self.trail = Separator::default();
        match spelling {
            Spelling::Plain => {}
            Spelling::UrlAlphabet => {
                self.repairs.add(Repair::Base64Url);
            }
            Spelling::Escaped => {
                self.repairs.add(Repair::EscapedCharacters);
            }
        }
        self.runs.push(Run { first_symbol: self.symbols.len(), start, width });
        self.symbols.extend_from_slice(symbols);
    }

    fn line_end(&mut self, line_end: LineEnd) {
        self.trail.line_ends += 1;
        self.trail.indented = false;
        match line_end {
            LineEnd::Usual => {}
            LineEnd::CarriageReturn => {
                self.repairs.add(Repair::CarriageReturns);
            }
            LineEnd::Escaped => {
                self.repairs.add(Repair::EscapedNewlines);
            }
        }
    }

    fn odd(&mut self, repair: Option<Repair>) {
        self.trail.other = true;
        self.repairs.add(repair);
    }

    /// The symbols before the first stray character.
    pub(super) fn sound_symbols(&self) -> &[u8] {
        let end = self.stray.as_ref().map_or(self.symbols.len(), |stray| stray.symbols_before);
        self.symbols.get(..end).unwrap_or_default()
    }
}

/// Bytes between two paddings, which base64 that was concatenated has.
pub(super) struct Segment {
    pub(super) bytes: Vec<u8>,
    /// Index of its first symbol.
    pub(super) first_symbol: usize,
}

/// Decodes each stretch between paddings. A last character that alone makes no byte is left out.
pub(super) fn segments(symbols: &[u8]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut first_symbol = 0;
    for stretch in symbols.split(|symbol| *symbol == b'=') {
        if stretch.len() > 1 {
            segments.push(Segment { bytes: base64::decode(stretch), first_symbol });
        }
        first_symbol += stretch.len() + 1;
    }
    segments
}

/// All bytes of all stretches.
pub(super) fn decode(symbols: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for segment in segments(symbols) {
        bytes.extend_from_slice(&segment.bytes);
    }
    bytes
}

/// Whether the padding at the end is shorter than RFC 4648 section 3.2 asks for.
pub(super) fn lacks_padding(symbols: &[u8]) -> bool {
    !symbols.len().is_multiple_of(4)
}

/// The bytes of a range in which every blank was a `+`.
pub(super) fn with_spaces_as_plus(layer: &Layer<'_>, range: Range<usize>) -> Vec<u8> {
    decode(&symbols_with_spaces_as_plus(layer, range, usize::MAX))
}

/// Reads blanks as the `+` they were before a form decoder took them, if whole certificates come out.
///
/// In wrapped text a blank at column 64 was a line break. The result is right or none: the outer lengths must fit to
/// the byte.
pub(super) fn certificates_with_spaces_as_plus(layer: &Layer<'_>, range: Range<usize>) -> Option<Vec<Vec<u8>>> {
    [PEM_COLUMNS, usize::MAX].into_iter().find_map(|columns| {
        let symbols = symbols_with_spaces_as_plus(layer, range.clone(), columns);
        // A blank at the very end may have been a line break too.
        let shorter = symbols.strip_suffix(b"+").unwrap_or(&symbols);
        [symbols.as_slice(), shorter].into_iter().find_map(|symbols| der::whole_certificates(&decode(symbols)))
    })
}

fn symbols_with_spaces_as_plus(layer: &Layer<'_>, range: Range<usize>, columns: usize) -> Vec<u8> {
    let bytes = layer.slice(0..range.end);
    let mut position = range.start;
    let mut symbols = Vec::new();
    let mut column = 0;
    while let Some((piece, length)) = piece_at(bytes, position) {
        position += length;
        match piece {
            Piece::Symbol(symbol, _) => symbols.push(symbol),
            Piece::Pad(_) => symbols.push(b'='),
            Piece::Blank if column > 0 && column < columns => symbols.push(b'+'),
            Piece::Blank | Piece::LineEnd(_) => {
                column = 0;
                continue;
            }
            _ => continue,
        }
        column += 1;
    }
    symbols
}
