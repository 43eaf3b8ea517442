//! What a program did with a file, by positions, before lines are counted and words are made of it.

use std::ops::Range;

use super::Reason;

/// What one loader took, passed over and refused, each in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) taken: Vec<Taken>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) refused: Option<Refused>,
}

/// A certificate that the program has afterwards.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) bytes: Range<usize>,
    pub(super) der: Vec<u8>,
}

/// A block that the program looked at and left out, without a word.
#[derive(Debug)]
pub(super) struct Skipped {
    pub(super) bytes: Range<usize>,
    /// Where the reason shows.
    pub(super) at: usize,
    pub(super) reason: Reason,
}

/// The end of it: the program reports an error.
#[derive(Debug)]
pub(super) struct Refused {
    /// Where the reason shows.
    pub(super) at: usize,
    pub(super) reason: Reason,
    /// The program's own words; empty where it has none.
    pub(super) words: String,
}

impl Reading {
    pub(super) fn take(&mut self, bytes: Range<usize>, der: Vec<u8>) {
        self.taken.push(Taken { bytes, der });
    }

    pub(super) fn skip(&mut self, bytes: Range<usize>, at: usize, reason: Reason) {
        self.skipped.push(Skipped { bytes, at, reason });
    }

    /// The program gives nothing, whatever it took before.
    pub(super) fn refuse_all(&mut self, at: usize, reason: Reason, words: impl Into<String>) {
        self.taken.clear();
        self.refuse_rest(at, reason, words);
    }

    /// The program has handed over what it took before.
    pub(super) fn refuse_rest(&mut self, at: usize, reason: Reason, words: impl Into<String>) {
        self.refused = Some(Refused { at, reason, words: words.into() });
    }
}
