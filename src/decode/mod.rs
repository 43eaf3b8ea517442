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
//! Beside that, [`parts`] looks at every text for keys that say what the certificates under them are for, and
//! [`error_text`] for messages of programs.
//!
//! [`read`] sniffs and dispatches; one file per format, none of which reads another: what holds a layer inside gives it
//! back to be dispatched. A private key is recognised by its label or by the shape
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
mod parts;
mod pem;
mod piece;
mod repair;
mod surroundings;
mod text;

use std::ops::Range;

use crate::error_text::{self, ErrorLine};
use bare::Runs;
use found::Found;
use layer::Layer;
use layered::MAX_URL_ROUNDS;
pub use parts::{Meaning, Object, Part, Session};
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
    /// What keys of the text say of what stands under them, in the order in which they stand in the input; each holds
    /// a certificate, a problem or a private key.
    pub parts: Vec<Part>,
    /// What the text says of a connection, if it is the text of one that shows no certificate.
    pub session: Option<Session>,
    /// Messages of programs in the text, in order; nothing else of their lines.
    pub error_lines: Vec<ErrorLine>,
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
    /// Where the block stands in the input.
    pub place: Place,
    /// What is wrong with it, and what to do next, in one or two sentences.
    pub message: String,
}

/// A private key that was recognised and dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Where the key stands in the input.
    pub place: Place,
    /// The PEM label, for example `EC PRIVATE KEY`.
    pub label: String,
}

/// Finds the certificates in one file or paste, whatever it is: PEM, DER, base64, or text that wraps one of them.
///
/// It always succeeds: what could not be read is a [`Problem`] beside what could. It does not check that what it finds
/// is X.509 beyond the outermost shape, let alone valid: that is up to [`Certificate::parse`]. Containers such as
/// PKCS#12 and Java keystores are recognised and named in a problem, not opened. Private keys leave their place and
/// label, and nothing else.
///
/// ```
/// use rootlens::decode;
///
/// let paste = "\
/// subject=CN = example
/// -----BEGIN CERTIFICATE-----
/// Tm90IGEgY2VydGlmaWNhdGU=
/// -----END CERTIFICATE-----
/// ";
/// let decoded = decode::read(paste.as_bytes());
///
/// // The block is there, but its base64 holds no certificate: a problem with its place, and no error.
/// assert!(decoded.items.is_empty());
/// assert_eq!(decoded.problems[0].place.line, 2);
/// println!("{}", decoded.problems[0].message);
/// ```
///
/// [`Certificate::parse`]: crate::certificate::Certificate::parse
pub fn read(input: &[u8]) -> Decoded {
    let layer = Layer::input(input);
    let is_binary = container::is_container(input) || der::looks_like_der(input);
    let text = text::from_utf16(&layer).filter(|_| !is_binary).unwrap_or(layer);
    let lines = if is_binary { Lines::of_binary() } else { Lines::of_text(&text) };
    let mut found = Found::new(lines);
    read_layer(&text, &mut found);
    if found.count() == 0 {
        explain_nothing(&text, &mut found);
    }
    let error_lines = if is_binary { Vec::new() } else { error_text::recognize(&String::from_utf8_lossy(&text.bytes)) };
    Decoded { error_lines, ..found.into_decoded() }
}

/// Reads one layer as whatever it is.
fn read_layer(layer: &Layer<'_>, found: &mut Found) {
    if container::read(layer, found) {
        return;
    }
    if der::looks_like_der(&layer.bytes) {
        return bare::read_der(layer, found);
    }
    let utf8 = text::from_utf16(layer);
    let text = utf8.as_ref().unwrap_or(layer);
    parts::read(text, &mut found.claims);
    read_text(text, found);
}

/// Reads a text: PEM blocks, and what stands between them.
fn read_text(layer: &Layer<'_>, found: &mut Found) {
    let markers = marker::find(&layer.bytes);
    for section in pem::sections(layer, &markers) {
        let before = found.count();
        read_gap(layer, section.gap, found);
        section.marked.read(layer, before, found);
    }
}

/// Reads what stands outside of PEM blocks: URL-encoded text, and base64 in the rest.
fn read_gap(layer: &Layer<'_>, gap: Range<usize>, found: &mut Found) {
    let mut position = gap.start;
    for token in layered::url_tokens(layer, gap.clone()) {
        read_base64(layer, position..token.start, found);
        position = token.end;
        match layered::without_one_url_round(layer, token.clone()) {
            Some(inner) => read_text(&inner, found),
            None if layered::hides_a_block(layer.slice(token.clone())) => {
                found.problem(layer, token, message::too_many_layers("URL encoding", MAX_URL_ROUNDS));
            }
            None => {}
        }
    }
    read_base64(layer, position..gap.end, found);
}

/// Reads base64 without BEGIN and END, and the texts that it stands for.
fn read_base64(layer: &Layer<'_>, stretch: Range<usize>, found: &mut Found) {
    let mut runs = Runs::new(layer, stretch);
    while let Some(inner) = runs.next_layer(found) {
        read_layer(&inner, found);
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
