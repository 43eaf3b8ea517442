//! What the user chose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lens::Lens;
use crate::role::{Chosen, Role, RoleAssignment};
use crate::store::StoreKind;
use crate::time::Timestamp;
use crate::verifier::{Host, Program, Purpose};

/// What the user chose; everything else is derived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The instant at which everything is judged.
    pub at: Timestamp,
    /// Roles that were chosen, by source index.
    pub roles: BTreeMap<usize, Vec<Role>>,
    /// Roles as whoever made the link chose them, by source index; empty where no link was opened. A role that still
    /// stands in [`Choices::roles`] as it stands here is the sender's choice.
    pub sent_roles: BTreeMap<usize, Vec<Role>>,
    /// What is looked at first; left to the facts if absent (see [`lens`]).
    pub lens: Option<Lens>,
    /// The peer chain whose pools lead the page, by name; the most telling one if absent or unknown.
    pub peer: Option<String>,
    /// What the engines are asked about each chain; left to the facts if absent (see [`crate::acceptance`]).
    pub purpose: Option<Purpose>,
    /// The trust store that the chains are judged by; left to the facts if absent.
    pub store: Option<StoreKind>,
    /// The one program whose verdict counts; every verifier's if absent.
    pub program: Option<Program>,
    /// The name that the engines shall find in each leaf; any will do if absent.
    pub host: Option<Host>,
}

impl Choices {
    /// Judged at `at`, nothing else chosen.
    pub fn at(at: Timestamp) -> Choices {
        Choices {
            at,
            roles: BTreeMap::new(),
            sent_roles: BTreeMap::new(),
            lens: None,
            peer: None,
            purpose: None,
            store: None,
            program: None,
            host: None,
        }
    }

    /// The same choices where each source has another index, or is gone.
    pub fn with_sources_at(self, position: impl Fn(usize) -> Option<usize>) -> Choices {
        let moved = |roles: BTreeMap<usize, Vec<Role>>| {
            roles.into_iter().filter_map(|(index, roles)| Some((position(index)?, roles))).collect()
        };
        Choices { roles: moved(self.roles), sent_roles: moved(self.sent_roles), ..self }
    }

    /// What the roles depend on.
    pub fn of_roles(&self) -> Chosen<'_> {
        Chosen { roles: &self.roles, sent_roles: &self.sent_roles, lens: self.lens }
    }
}

/// What is looked at first: the lens that was chosen, else the router's where something speaks for it, else the chains.
pub fn lens(roles: &RoleAssignment, choices: &Choices) -> Lens {
    let by_evidence = || if roles.lens_evidence.is_some() { Lens::Router } else { Lens::Chains };
    choices.lens.unwrap_or_else(by_evidence)
}
