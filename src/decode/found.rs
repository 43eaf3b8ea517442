//! Collects what the readers find and puts it in order.

use std::ops::Range;

use super::der::{self, Extent};
use super::keystore::KeystoreEntry;
use super::layer::Layer;
use super::parts::Claims;
use super::passwords::Passwords;
use super::pbe::{self, Failure, Rounds};
use super::repair::Repairs;
use super::text::Lines;
use super::{Decoded, Item, Place, Problem, ProblemKind, Related, RelatedKind, Secret};

/// Attempts at a repair that may fail, for the whole input; each costs at most one header line, so that together they
/// stay far below the cost of reading a large file.
const MAX_GUESSES: usize = 1000;

/// What was found so far.
pub(super) struct Found {
    lines: Lines,
    blocks: Vec<Block>,
    guesses: usize,
    passwords: Passwords,
    rounds: Rounds,
    /// What the keys of the text say of what was found.
    pub(super) claims: Claims,
}

struct Block {
    bytes: Range<usize>,
    content: Content,
}

enum Content {
    Certificate { der: Vec<u8>, repairs: Repairs, entry: Option<KeystoreEntry> },
    Problem(ProblemKind, String),
    Secret(String),
    Related(RelatedKind, Vec<u8>),
}

impl Found {
    /// A collection that is still empty, for an input with these lines.
    pub(super) fn new(lines: Lines, passwords: Passwords) -> Found {
        let (rounds, claims) = (Rounds::default(), Claims::default());
        Found { lines, blocks: Vec::new(), guesses: 0, passwords, rounds, claims }
    }

    /// Whether a private key was found since there were this many blocks.
    pub(super) fn has_secret_since(&self, count: usize) -> bool {
        self.blocks.iter().skip(count).any(|block| matches!(block.content, Content::Secret(_)))
    }

    /// How many blocks there are so far.
    pub(super) fn count(&self) -> usize {
        self.blocks.len()
    }

    /// Adds a certificate that stands at a range of a layer.
    pub(super) fn certificate(&mut self, layer: &Layer<'_>, range: Range<usize>, der: Vec<u8>, mut repairs: Repairs) {
        repairs.add(layer.wrapping.repairs());
        self.add(layer, range, Content::Certificate { der, repairs, entry: None });
    }

    /// Adds a certificate that stands in an entry of a keystore.
    pub(super) fn certificate_of_entry(
        &mut self,
        layer: &Layer<'_>,
        range: Range<usize>,
        der: Vec<u8>,
        entry: KeystoreEntry,
    ) {
        let repairs = layer.wrapping.repairs();
        self.add(layer, range, Content::Certificate { der, repairs, entry: Some(entry) });
    }

    /// Adds something that could not be read.
    pub(super) fn problem(&mut self, layer: &Layer<'_>, range: Range<usize>, message: impl Into<String>) {
        self.add(layer, range, Content::Problem(ProblemKind::Unreadable, message.into()));
    }

    /// Adds something that no password opened.
    pub(super) fn locked(&mut self, layer: &Layer<'_>, range: Range<usize>, message: impl Into<String>) {
        self.add(layer, range, Content::Problem(ProblemKind::PasswordNeeded, message.into()));
    }

    /// Decrypts contents with one of the passwords.
    pub(super) fn decrypt(
        &mut self,
        algorithm: &[u8],
        contents: &[u8],
        is_plain: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<u8>, Failure> {
        pbe::decrypt(algorithm, contents, &self.passwords, &mut self.rounds, is_plain)
    }

    /// Adds a private key; its bytes stay behind.
    pub(super) fn secret(&mut self, layer: &Layer<'_>, range: Range<usize>, label: impl Into<String>) {
        self.add(layer, range, Content::Secret(label.into()));
    }

    /// Adds what is no certificate and has to do with one, if it is a kind of that.
    pub(super) fn related(&mut self, layer: &Layer<'_>, range: Range<usize>, der: &[u8]) {
        if let Some((kind, der)) = der::related(der) {
            self.add(layer, range, Content::Related(kind, der));
        }
    }

    /// Adds the whole certificates in a stretch of a container that is damaged.
    pub(super) fn salvage(&mut self, layer: &Layer<'_>, stretch: Range<usize>) {
        let bytes = layer.slice(0..stretch.end);
        let mut position = stretch.start;
        while let Some(start) = der::next_certificate(bytes, position) {
            let Extent::Whole(length) = der::extent(layer.slice(start..stretch.end)) else { break };
            position = start + length;
            self.certificate(layer, start..position, layer.slice(start..position).to_vec(), Repairs::default());
        }
    }

    /// Takes over the secrets that keys of a text named, and what stands where a certificate should.
    pub(super) fn take_over_claims(&mut self) {
        for (bytes, why) in self.claims.take_problems() {
            let content = Content::Problem(ProblemKind::Unreadable, why.to_owned());
            self.blocks.push(Block { bytes, content });
        }
        for (bytes, label) in self.claims.take_secrets() {
            self.blocks.push(Block { bytes, content: Content::Secret(label.to_owned()) });
        }
    }

    fn add(&mut self, layer: &Layer<'_>, range: Range<usize>, content: Content) {
        self.blocks.push(Block { bytes: layer.origin(range), content });
    }

    /// The line of a position of a layer, in the input.
    pub(super) fn line_of(&self, layer: &Layer<'_>, position: usize) -> usize {
        self.lines.line_of(layer.origin(position..position.saturating_add(1)).start)
    }

    /// Whether one more attempt at an uncertain repair is allowed.
    pub(super) fn may_guess(&mut self) -> bool {
        self.guesses += 1;
        self.guesses <= MAX_GUESSES
    }

    /// Everything in the order of the input; blocks at the same place share an ordinal.
    pub(super) fn into_decoded(mut self) -> Decoded {
        self.blocks.sort_by_key(|block| block.bytes.start);
        let starts: Vec<usize> = self.blocks.iter().map(|block| block.bytes.start).collect();
        for block in &mut self.blocks {
            if let Content::Certificate { entry: entry @ None, .. } = &mut block.content {
                *entry = self.claims.entry_at(block.bytes.start);
            }
        }
        let (parts, session) = self.claims.into_parts(&starts);
        let mut decoded = Decoded { parts, session, ..Decoded::default() };
        let mut ordinal = 0;
        let mut previous = None;
        for block in self.blocks {
            if previous.as_ref() != Some(&block.bytes) {
                ordinal += 1;
            }
            previous = Some(block.bytes.clone());
            let place = Place { line: self.lines.line_of(block.bytes.start), bytes: block.bytes, ordinal };
            match block.content {
                Content::Certificate { der, repairs, entry } => {
                    decoded.items.push(Item { der, place, repairs: repairs.list(), entry });
                }
                Content::Problem(kind, message) => decoded.problems.push(Problem { place, kind, message }),
                Content::Related(kind, der) => decoded.related.push(Related { place, kind, der }),
                Content::Secret(label) => decoded.secrets.push(Secret { place, label }),
            }
        }
        decoded
    }
}
