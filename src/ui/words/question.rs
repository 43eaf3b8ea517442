//! The question above the answer, as one sentence with choices in it, and what a link brought.

use crate::report::{Store, StoreKind};

// The sentence, between its choices.
pub(crate) const GROUP: &str = "The question";
pub(crate) const IS: &str = "Is ";
pub(crate) const ARE: &str = "Are ";
pub(crate) const TRUSTED_BY: &str = " trusted by ";
pub(crate) const WITH: &str = " with ";
pub(crate) const ON: &str = " on ";
pub(crate) const END: &str = "?";

pub(crate) const CHAIN: &str = "Chain";
pub(crate) const NO_CHAIN: &str = "a chain";
pub(crate) const THESE_CHAINS: &str = "these chains";
pub(crate) const PROGRAM: &str = "Program";
pub(crate) const ANY_PROGRAM: &str = "any TLS program";
pub(crate) const ONE_PROGRAM: &str = "One program";
pub(crate) const ROUTER: &str = "a program that derives its own root pool";
pub(crate) const STORE: &str = "Trust store";
pub(crate) const AS_OF: &str = "as of";
pub(crate) const NOW: &str = "now";

// Below it.
pub(crate) const FOR_HOST: &str = "host name";
pub(crate) const ANY_HOST: &str = "any";
pub(crate) const USED_AS: &str = "used as";
pub(crate) const BY_ITSELF: &str = "automatic";

// What a link brought.
pub(crate) const SENDERS_NOTE: &str = "The sender writes:";
pub(crate) const TODAY: &str = "Judge it as of today";

/// Most files that the trust store names.
const MOST_FILES: usize = 2;

/// The choice of all chains.
pub(crate) fn all_chains(chains: usize) -> String {
    if chains == 2 { "both chains".to_owned() } else { format!("all {chains} chains") }
}

/// What the files hold that is trusted, by their names.
pub(crate) fn given_store(files: &[&str]) -> String {
    match files.len() {
        0..=MOST_FILES => files.join(" and "),
        many => format!("{many} trusted files"),
    }
}

/// The public roots, with the date of their list where it is known.
pub(crate) fn public_store(store: &Store) -> String {
    match &store.date {
        Some(date) => format!("the public roots of {date}"),
        None => "the public roots".to_owned(),
    }
}

/// A kind of store where its files' names are not enough.
pub(crate) fn store(kind: StoreKind) -> &'static str {
    match kind {
        StoreKind::Given => "no trusted file",
        StoreKind::Public => "the public roots",
        StoreKind::Both => "both",
        StoreKind::None => "no trust store",
    }
}

/// The head of a link that was opened.
pub(crate) fn shared(at: &str) -> String {
    format!("Shared with you, as of {at}")
}

/// The way back to the date of the link.
pub(crate) fn back_to(date: &str) -> String {
    format!("Judge it as of {date} again")
}
