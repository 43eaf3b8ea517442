//! What keystores have in common: entries with an alias, which are trusted or belong to a key.

use std::ops::Range;

use super::found::Found;
use super::parts::{Meaning, Part};

/// The part that holds what is trusted, called as keytool calls such entries.
pub(super) const TRUSTED: &str = "trustedCertEntry";
/// The part that holds the certificates of a store of which Java trusts none.
const CERTIFICATES: &str = "certificates";
/// The part of a key that has no alias, called as keytool calls such entries.
const KEY: &str = "PrivateKeyEntry";

/// The entry of a keystore in which a certificate stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeystoreEntry {
    /// The name of the entry: its alias, or the friendly name of PKCS#12.
    pub alias: Option<String>,
    /// What Java reads there.
    pub java: JavaEntry,
}

/// What Java reads where a certificate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JavaEntry {
    /// An entry that is trusted.
    Trusted,
    /// The chain of a key.
    Chain,
    /// Nothing: a certificate of PKCS#12 that belongs to no key and lacks Java's attribute for what is trusted. A store of
    /// such certificates is empty for Java, and full for other programs.
    Nothing,
}

/// The entries of one keystore, as far as they are read.
#[derive(Default)]
pub(super) struct Entries {
    /// As stretches of the input.
    trusted: Vec<Range<usize>>,
    java_trusts_some: bool,
    chains: Vec<(Option<String>, Vec<Range<usize>>)>,
}

impl Entries {
    /// Adds a stretch of the input that is trusted.
    pub(super) fn trusted(&mut self, stretch: Range<usize>, java: JavaEntry) {
        self.java_trusts_some |= java == JavaEntry::Trusted;
        self.trusted.push(stretch);
    }

    /// Adds the chain of a key, in stretches of the input.
    pub(super) fn chain(&mut self, alias: Option<String>, stretches: Vec<Range<usize>>) {
        self.chains.push((alias, stretches));
    }

    /// Claims a part for each chain, and one for all that is trusted.
    pub(super) fn claim(self, found: &mut Found) {
        for (alias, stretches) in self.chains {
            found.claims.add_stretches(Part::new(alias.as_deref().unwrap_or(KEY), Meaning::Chain, stretches));
        }
        let key = if self.java_trusts_some { TRUSTED } else { CERTIFICATES };
        found.claims.add_stretches(Part::new(key, Meaning::Trusted, self.trusted));
    }
}
