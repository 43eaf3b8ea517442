//! Bytes as they are after some unwrapping, each with its place in the input.

use std::borrow::Cow;
use std::ops::Range;

use super::repair::{Repair, Repairs};

/// What is being read: the input itself, or what came out of it after undoing an encoding.
pub(super) struct Layer<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// Where each byte comes from; none for the input itself.
    origins: Option<Vec<Range<usize>>>,
    pub(super) wrapping: Wrapping,
}

/// What was undone to arrive at a layer.
#[derive(Clone, Copy, Default)]
pub(super) struct Wrapping {
    pub(super) utf16: bool,
    pub(super) url_rounds: u8,
    pub(super) base64_layers: u8,
    /// What stood before each line of the block was removed.
    pub(super) prefix: Option<Repair>,
    /// Signed messages around it, which are no damage.
    pub(super) signed_layers: u8,
}

impl<'a> Layer<'a> {
    /// The input as it was given.
    pub(super) fn input(bytes: &'a [u8]) -> Layer<'a> {
        Layer { bytes: Cow::Borrowed(bytes), origins: None, wrapping: Wrapping::default() }
    }

    /// The bytes of a range of this layer; empty where it exceeds the layer.
    pub(super) fn slice(&self, range: Range<usize>) -> &[u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    /// All of it.
    pub(super) fn whole(&self) -> Range<usize> {
        0..self.bytes.len()
    }

    /// Where a range of this layer stands in the input.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let Some(origins) = &self.origins else { return range };
        let end_of_all = origins.last().map_or(0, |last| last.end);
        let start = origins.get(range.start).map_or(end_of_all, |first| first.start);
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start);
        let end = last.and_then(|last| origins.get(last)).map_or(start, |last| last.end);
        start..end.max(start)
    }

    /// As [`Layer::origin`], but so that what follows stands apart: bytes that were base64 share symbols.
    pub(super) fn stretch(&self, range: Range<usize>) -> Range<usize> {
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start);
        let start = self.origin(range.start..range.start + 1).start;
        start..last.map_or(start, |last| self.origin(last..last + 1).start + 1)
    }
}

impl Wrapping {
    /// The repairs that every block of the layer shares.
    pub(super) fn repairs(self) -> Repairs {
        let mut repairs = Repairs::default();
        if self.utf16 {
            repairs.add(Repair::Utf16);
        }
        if self.url_rounds > 0 {
            repairs.add(Repair::UrlEncoding { rounds: self.url_rounds });
        }
        if self.base64_layers > 0 {
            repairs.add(Repair::Base64Layer { layers: self.base64_layers });
        }
        repairs.add(self.prefix);
        repairs
    }
}

/// Collects the bytes of a new layer together with their origins.
#[derive(Default)]
pub(super) struct LayerBuilder {
    bytes: Vec<u8>,
    origins: Vec<Range<usize>>,
}

impl LayerBuilder {
    /// Appends a byte that comes from `origin` in the input.
    pub(super) fn push(&mut self, byte: u8, origin: Range<usize>) {
        self.bytes.push(byte);
        self.origins.push(origin);
    }

    /// Appends a stretch of a layer.
    pub(super) fn push_all(&mut self, layer: &Layer<'_>, stretch: Range<usize>) {
        self.push_instead(layer, stretch.clone(), layer.slice(stretch));
    }

    /// Appends bytes that each come from the byte at the same distance from the start of a stretch.
    pub(super) fn push_instead(&mut self, layer: &Layer<'_>, stretch: Range<usize>, bytes: &[u8]) {
        for (position, byte) in stretch.zip(bytes) {
            self.push(*byte, layer.origin(position..position + 1));
        }
    }

    /// The finished layer.
    pub(super) fn build(self, wrapping: Wrapping) -> Layer<'static> {
        Layer { bytes: Cow::Owned(self.bytes), origins: Some(self.origins), wrapping }
    }
}
