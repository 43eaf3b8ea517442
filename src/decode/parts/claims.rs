//! The stretches of the input that have a meaning by now.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Part, Session};
use crate::decode::keystore::KeystoreEntry;
use crate::decode::layer::Layer;

/// Texts within a text, such as a configuration file in a string of JSON. One occurs; one to spare.
const MAX_NESTED_TEXTS: usize = 2;

/// What was claimed so far. Where two claims overlap, the first holds.
#[derive(Default)]
pub(in crate::decode) struct Claims {
    parts: Vec<Part>,
    /// Start and end of every stretch.
    taken: BTreeMap<usize, usize>,
    session: Option<Session>,
    nested_texts: usize,
    /// Entries of keystores by where they start, each with its end.
    entries: BTreeMap<usize, (usize, KeystoreEntry)>,
    /// Passwords, tokens and keys under keys that say so, with their labels.
    secrets: Vec<(Range<usize>, &'static str)>,
    /// What stands where a certificate should, and why it is none.
    problems: Vec<(Range<usize>, &'static str)>,
}

impl Claims {
    /// Claims stretches of a layer. A stretch that is empty or claimed already is left out.
    pub(super) fn add(&mut self, layer: &Layer<'_>, part: Part) {
        let stretches = part.stretches.iter().map(|stretch| layer.origin(stretch.clone())).collect();
        self.add_stretches(Part { stretches, ..part });
    }

    /// As [`Claims::add`], of stretches of the input.
    pub(in crate::decode) fn add_stretches(&mut self, part: Part) {
        let mut stretches = Vec::new();
        for stretch in part.stretches.iter().filter(|stretch| !stretch.is_empty()).cloned() {
            if self.is_free(&stretch) {
                self.taken.insert(stretch.start, stretch.end);
                stretches.push(stretch);
            }
        }
        if !stretches.is_empty() {
            self.parts.push(Part { stretches, ..part });
        }
    }

    /// Whether a stretch of the input overlaps no other.
    fn is_free(&self, stretch: &Range<usize>) -> bool {
        let before = self.taken.range(..stretch.end).next_back();
        before.is_none_or(|(_, end)| *end <= stretch.start)
    }

    /// Remembers the entry of a keystore whose certificates stand in a stretch.
    pub(super) fn entry(&mut self, layer: &Layer<'_>, stretch: Range<usize>, entry: KeystoreEntry) {
        let stretch = layer.origin(stretch);
        self.entries.insert(stretch.start, (stretch.end, entry));
    }

    /// The entry of a keystore in which a position stands.
    pub(in crate::decode) fn entry_at(&self, position: usize) -> Option<KeystoreEntry> {
        let (_, (end, entry)) = self.entries.range(..=position).next_back()?;
        (position < *end).then(|| entry.clone())
    }

    /// Remembers where a secret stands; nothing else of it.
    pub(super) fn secret(&mut self, layer: &Layer<'_>, range: Range<usize>, label: &'static str) {
        self.secrets.push((layer.origin(range), label));
    }

    /// The secrets that were claimed since this was asked last, by where they stand in the input.
    pub(in crate::decode) fn take_secrets(&mut self) -> Vec<(Range<usize>, &'static str)> {
        std::mem::take(&mut self.secrets)
    }

    /// Remembers what stands where a certificate should.
    pub(super) fn problem(&mut self, layer: &Layer<'_>, range: Range<usize>, why: &'static str) {
        self.problems.push((layer.origin(range), why));
    }

    /// The problems since this was asked last, by where they stand in the input.
    pub(in crate::decode) fn take_problems(&mut self) -> Vec<(Range<usize>, &'static str)> {
        std::mem::take(&mut self.problems)
    }

    /// Whether a header says something of a certificate that need not stand in the text.
    pub(in crate::decode) fn say_something(&self) -> bool {
        self.parts.iter().any(says_something)
    }

    /// Remembers a connection whose text shows no certificate; the first one counts.
    pub(super) fn session(&mut self, session: Session) {
        self.session.get_or_insert(session);
    }

    /// Reads a text within the text, unless there are too many around it.
    pub(super) fn nested(&mut self, read: impl FnOnce(&mut Claims)) {
        if self.nested_texts < MAX_NESTED_TEXTS {
            self.nested_texts += 1;
            read(self);
            self.nested_texts -= 1;
        }
    }

    /// The parts that hold one of `blocks`, which are sorted, or say something without one, in the order of the input; and the connection.
    pub(in crate::decode) fn into_parts(self, blocks: &[usize]) -> (Vec<Part>, Option<Session>) {
        let holds = |stretch: &Range<usize>| {
            let first = blocks.get(blocks.partition_point(|block| *block < stretch.start));
            first.is_some_and(|first| *first < stretch.end)
        };
        let mut parts: Vec<Part> =
            self.parts.into_iter().filter(|part| says_something(part) || part.stretches.iter().any(holds)).collect();
        parts.sort_by_key(|part| part.stretches.iter().map(|stretch| stretch.start).min());
        (parts, self.session)
    }
}

fn says_something(part: &Part) -> bool {
    part.forwarded.as_ref().is_some_and(|forwarded| !forwarded.claim.is_empty())
}
