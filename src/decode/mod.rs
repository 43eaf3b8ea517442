//! Finds certificates in any bytes: what was found, where, what had to be repaired, and what could not be read.
//!
//! Decoding never fails as a whole. One file per format; [`decode`] sniffs and dispatches.

use std::fmt;
use std::ops::Range;

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

/// What had to be mended before a block could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Repair {
    /// Placeholder until the scanner lands.
    ByteOrderMark,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("byte order mark removed")
    }
}

/// Decodes one file or paste.
pub fn decode(_bytes: &[u8]) -> Decoded {
    Decoded::default()
}
