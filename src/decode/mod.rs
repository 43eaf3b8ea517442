//! Finds certificates in any bytes: what was found, where, what had to be repaired, and what could not be read.
//!
//! Decoding never fails as a whole. It works in layers, each of which remembers where its bytes stand in the input:
//!
//! ```text
//! input -> UTF-16 undone -> PEM blocks, and between them: URL encoding, base64 of text -> the same again
//!                                                          base64 of DER
//!       -> DER, one or several      -> containers, by their first bytes
//! ```
//!
//! [`decode`] sniffs and dispatches; one file per format. A private key is recognised by its label or by the shape
//! of its DER and leaves nothing behind but its place and label.

mod bare;
mod base64;
mod body;
mod container;
mod der;
mod found;
mod layer;
mod layered;
mod marker;
mod message;
mod pem;
mod piece;
mod repair;
mod surroundings;
mod text;

use std::ops::Range;

use found::Found;
use layer::Layer;
pub use repair::Repair;
use text::Lines;

/// What one input held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// Certificates in the order in which they stand in the input.
    pub items: Vec<Item>,
    /// Blocks that could not be read, one each.
    pub problems: Vec<Problem>,
    /// Private keys that were seen; their bytes are never copied.
    pub secrets: Vec<Secret>,
}

/// One certificate's DER with its provenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The first TLV of the block, DER as found (not yet parsed as X.509).
    pub der: Vec<u8>,
    /// Where the block stands in the input.
    pub place: Place,
    /// What had to be mended to read it, in the order applied; empty for a clean block.
    pub repairs: Vec<Repair>,
}

/// A position in the input as the user gave it, before any repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// 1-based line on which the block begins (CR, LF and CRLF each end a line).
    pub line: usize,
    /// Byte range of the block in the input.
    pub bytes: Range<usize>,
    /// 1-based ordinal of the block among all blocks of this input.
    pub ordinal: usize,
}

/// A block that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What, and what to do next, in one or two sentences.
    pub message: String,
}

/// A private key that was recognised and dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Where.
    pub place: Place,
    /// The PEM label, for example `EC PRIVATE KEY`.
    pub label: String,
}

/// Decodes one file or paste.
pub fn decode(bytes: &[u8]) -> Decoded {
    let input = Layer::input(bytes);
    let is_binary = container::is_container(bytes) || der::looks_like_der(bytes);
    let text = text::from_utf16(&input).filter(|_| !is_binary).unwrap_or(input);
    let lines = if is_binary { Lines::of_binary() } else { Lines::of_text(&text) };
    let mut found = Found::new(lines);
    read(&text, &mut found);
    if found.count() == 0 {
        explain_nothing(&text, &mut found);
    }
    found.into_decoded()
}

/// Reads one layer as whatever it is.
fn read(layer: &Layer<'_>, found: &mut Found) {
    if container::read(layer, found) {
        return;
    }
    if der::looks_like_der(&layer.bytes) {
        return bare::read_der(layer, found);
    }
    match text::from_utf16(layer) {
        Some(text) => pem::read(&text, found),
        None => pem::read(layer, found),
    }
}

/// Says why an input yielded nothing at all, or finds certificates inside binary data.
fn explain_nothing(input: &Layer<'_>, found: &mut Found) {
    let is_text = std::str::from_utf8(&input.bytes).is_ok() && !input.bytes.contains(&0);
    if !is_text && bare::read_embedded_der(input, found) {
        return;
    }
    let message = match container::explanation(&input.bytes) {
        _ if input.bytes.is_empty() => message::EMPTY_INPUT,
        _ if input.bytes.trim_ascii().is_empty() => message::BLANK_INPUT,
        Some(explanation) => explanation,
        None if is_text => message::NOTHING_IN_TEXT,
        None => message::NOTHING_IN_BINARY,
    };
    found.problem(input, input.whole(), message);
}
