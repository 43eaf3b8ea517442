//! The one entry: inventory, graph and choices in, report out.

use std::collections::BTreeMap;

use crate::role::Role;
use crate::time::Timestamp;

/// What the user chose; everything else is derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The instant at which everything is judged.
    pub at: Timestamp,
    /// Roles that the user set, by source index.
    pub roles: BTreeMap<usize, Vec<Role>>,
    /// The peer chain whose pools lead the page, by name; the most telling one if absent or unknown.
    pub peer: Option<String>,
}
