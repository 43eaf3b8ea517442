//! What an inventory holds already, looked up instead of searched: names that are taken and certificates by their digest.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Source;
use crate::certificate::{CertId, Certificate};

/// Names of which each is given once: the second `ca.pem` becomes `ca.pem (2)`.
///
/// Giving n names of one kind takes n steps: the number that was free last is remembered for each name.
#[derive(Clone, Debug, Default)]
pub struct UniqueNames {
    taken: BTreeSet<String>,
    /// For a name that was asked for more than once the number that was given last.
    last: BTreeMap<String, usize>,
}

impl UniqueNames {
    /// The name, or with a number if it is taken, `ca.pem (2)`; it is taken afterwards.
    pub fn give(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        // A name that is taken stays taken, so that no earlier number can be free.
        let mut number = self.last.get(name).copied().unwrap_or(1);
        let given = loop {
            number += 1;
            let candidate = format!("{name} ({number})");
            if self.taken.insert(candidate.clone()) {
                break candidate;
            }
        };
        self.last.insert(name.to_owned(), number);
        given
    }

    /// Takes a name that somebody else gave.
    pub fn take(&mut self, name: &str) {
        if !self.taken.contains(name) {
            self.taken.insert(name.to_owned());
        }
    }
}

/// An index of the sources and certificates of an inventory; it says nothing that these do not say, and therefore makes no
/// two inventories different.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    by_digest: BTreeMap<[u8; 32], CertId>,
    /// Names of sources and of inputs, which a new input must not have.
    files: UniqueNames,
    /// Names of sources.
    names: UniqueNames,
    /// How many sources are in the index.
    sources: usize,
    /// How many certificates are in the index.
    certificates: usize,
}

impl PartialEq for Known {
    fn eq(&self, _: &Known) -> bool {
        true
    }
}

impl Eq for Known {}

impl Known {
    /// Adds what is there and not yet in the index.
    pub(super) fn catch_up(&mut self, sources: &[Rc<Source>], certificates: &[Rc<Certificate>]) {
        for source in sources.get(self.sources..).unwrap_or_default() {
            self.files.take(&source.file);
            self.files.take(&source.name);
            self.names.take(&source.name);
        }
        for (index, certificate) in certificates.iter().enumerate().skip(self.certificates) {
            self.by_digest.entry(certificate.sha256).or_insert(CertId(index));
        }
        (self.sources, self.certificates) = (sources.len(), certificates.len());
    }

    /// A name for a new input.
    pub(super) fn give_file(&mut self, name: &str) -> String {
        self.files.give(name)
    }

    /// A name for a new source, which is in the index afterwards.
    pub(super) fn give_name(&mut self, name: &str) -> String {
        let name = self.names.give(name);
        self.files.take(&name);
        self.sources += 1;
        name
    }

    /// The certificate with this digest.
    pub(super) fn certificate(&self, digest: &[u8; 32]) -> Option<CertId> {
        self.by_digest.get(digest).copied()
    }

    /// Adds the next certificate.
    pub(super) fn add_certificate(&mut self, digest: [u8; 32]) -> CertId {
        let id = CertId(self.certificates);
        self.by_digest.insert(digest, id);
        self.certificates += 1;
        id
    }

    /// Forgets the certificates behind the first ones.
    pub(super) fn truncate(&mut self, certificates: &[Rc<Certificate>], kept: usize) {
        for certificate in certificates.iter().skip(kept) {
            self.by_digest.remove(&certificate.sha256);
        }
        self.certificates = self.certificates.min(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::UniqueNames;

    #[test]
    fn a_name_gets_the_first_number_that_is_free() {
        let mut names = UniqueNames::default();
        names.take("a (3)");
        let given: Vec<String> = ["a", "a", "a", "a (2)", "a", "a (2)"].map(|name| names.give(name)).into();
        assert_eq!(given, ["a", "a (2)", "a (4)", "a (2) (2)", "a (5)", "a (2) (3)"]);
    }
}
