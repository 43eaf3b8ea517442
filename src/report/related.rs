//! What is no certificate and has to do with one.

use serde::{Deserialize, Serialize};

use super::ids;
use crate::inventory::{self, Inventory};

/// A request or a public key, held against the certificates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// What it is.
    pub kind: RelatedKind,
    /// The line in which it begins, counted from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: usize,
    /// The certificates with the same key.
    pub fits: Vec<usize>,
}

/// What is no certificate and has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RelatedKind {
    /// A request for a certificate.
    Request,
    /// A public key.
    PublicKey,
}

/// Those of a source that have a key.
pub(super) fn related(inventory: &Inventory, source: &inventory::Source) -> Vec<Related> {
    let related = |from: &inventory::Related| {
        let kind = match from.kind {
            inventory::RelatedKind::Request => RelatedKind::Request,
            inventory::RelatedKind::PublicKey => RelatedKind::PublicKey,
            inventory::RelatedKind::RevocationList => return None,
        };
        Some(Related { kind, line: from.place.line, fits: ids(&inventory.with_key_of(from)) })
    };
    source.related.iter().filter_map(related).collect()
}
