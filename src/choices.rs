//! What the user chose; everything else is derived.

use crate::role::Role;
use crate::store::StoreKind;
use crate::time::Timestamp;
use crate::verifier::{Host, Purpose};
use std::collections::BTreeMap;

/// What the user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The instant at which everything is judged.
    pub at: Timestamp,
    /// Roles that the user set, by source index.
    pub roles: BTreeMap<usize, Vec<Role>>,
    /// The peer chain whose pools lead the page, by name; the most telling one if absent or unknown.
    pub peer: Option<String>,
    /// What the engines are asked about each chain; left to the facts if absent (see [`crate::acceptance`]).
    pub purpose: Option<Purpose>,
    /// The name that the engines shall find in each leaf; any will do if absent.
    pub host: Option<Host>,
    /// The trust store that the chains are judged by; left to the facts if absent.
    pub store: Option<StoreKind>,
}

impl Choices {
    /// Judged at `at`, nothing else chosen.
    pub fn at(at: Timestamp) -> Choices {
        Choices { at, roles: BTreeMap::new(), peer: None, purpose: None, host: None, store: None }
    }
}
