//! An input that is read once more because somebody gave a password.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::known::Known;
use super::{Input, Inventory, Passwords, Source};
use crate::certificate::CertId;
use crate::collection;
use crate::decode::{ProblemKind, Secret};

impl Inventory {
    /// Whether an input is to be kept until somebody gives its password: it holds something that a password opens, and no
    /// secret in the clear, which would be kept with it. Of what a link tells there is nothing to open.
    pub fn is_openable(&self, input: usize) -> bool {
        let must_not_be_kept = |source: &Rc<Source>| source.is_told || source.secrets.iter().any(is_in_the_clear);
        self.locked(input) > 0 && !self.of_input(input).any(must_not_be_kept)
    }

    /// The same where `given`, the input of this index, was read with passwords; `None` where they open nothing. Its new
    /// sources stand where its old ones stood, and certificates are numbered in order of first appearance. The public roots go,
    /// as in [`Inventory::without`].
    #[must_use]
    pub fn reopened(&self, input: usize, given: &Input, passwords: &Passwords) -> Option<Inventory> {
        let file = self.of_input(input).next()?.file.clone();
        let is_before = |source: &&Rc<Source>| source.input < input;
        let mut read = self.clone();
        read.forget_public_roots();
        let sources = read.read(given, passwords);
        read.known = Known::default();
        read.sources = self.sources.iter().filter(|source| source.input != input).cloned().collect();
        let others = read.sources.len();
        read.add_sources(input, &file, sources);
        if read.locked(input) >= self.locked(input) {
            return None;
        }
        let position = read.sources.iter().take_while(is_before).count();
        if let Some(from_here) = read.sources.get_mut(position..) {
            from_here.rotate_right(from_here.len() - (others - position));
        }
        let placed: Vec<CertId> = read.sources.iter().flat_map(|source| source.certificates()).collect();
        Some(read.restricted(collection::distinct(&placed), read.sources.iter()))
    }

    /// For each source the index of the one of the same name in another inventory.
    pub fn positions_in(&self, other: &Inventory) -> Vec<Option<usize>> {
        let positions: BTreeMap<&str, usize> =
            other.sources.iter().enumerate().map(|(position, source)| (source.name.as_str(), position)).collect();
        self.sources.iter().map(|source| positions.get(source.name.as_str()).copied()).collect()
    }

    /// How many blocks of an input stay closed without a password.
    fn locked(&self, input: usize) -> usize {
        let problems = self.of_input(input).flat_map(|source| &source.problems);
        problems.filter(|problem| problem.kind == ProblemKind::PasswordNeeded).count()
    }

    fn of_input(&self, input: usize) -> impl Iterator<Item = &Rc<Source>> {
        self.sources.iter().filter(move |source| source.input == input)
    }
}

/// The keys of a keystore that is closed are encrypted by themselves, if they can be seen at all.
fn is_in_the_clear(secret: &Secret) -> bool {
    secret.label != "ENCRYPTED PRIVATE KEY"
}
