//! What the verifiers are asked to trust: the files, the public roots, both or nothing.

use crate::certificate::CertId;
use crate::choices::{Choices, lens};
use crate::collection;
use crate::inventory::Inventory;
use crate::lens::Lens;
use crate::role::{Role, RoleAssignment};
use crate::store::StoreKind;

/// The trust store that every chain is judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustStore {
    /// Where it came from.
    pub kind: StoreKind,
    /// Whether it was chosen; otherwise it follows from the files.
    pub is_chosen: bool,
    /// Its certificates in order, each once: those of the files first.
    pub certificates: Vec<CertId>,
    /// How many of them are of the files, the first ones.
    given: usize,
    /// Names of the sources that are trusted.
    pub files: Vec<String>,
    /// The day of the list of public roots, if these count.
    pub date: Option<String>,
}

impl TrustStore {
    /// The store that was chosen; else the files that are to be trusted, or the public roots where there is none.
    pub fn choose(inventory: &Inventory, roles: &RoleAssignment, choices: &Choices) -> TrustStore {
        // A program that derives its own roots has no use for those of others.
        let is_public_offered = inventory.public_date.is_some() && lens(roles, choices) == Lens::Chains;
        let by_facts = || match (roles.bundle.is_empty(), is_public_offered) {
            (false, _) => StoreKind::Given,
            (true, true) => StoreKind::Public,
            (true, false) => StoreKind::None,
        };
        let kind = choices.store.unwrap_or_else(by_facts);
        let given: &[CertId] = if kind.has_given() { &roles.bundle } else { &[] };
        let public: &[CertId] = if kind.has_public() { &inventory.public } else { &[] };
        TrustStore {
            kind,
            is_chosen: choices.store.is_some(),
            certificates: collection::distinct(&[given, public].concat()),
            given: given.len(),
            files: if kind.has_given() { trusted_files(inventory, roles) } else { Vec::new() },
            date: inventory.public_date.clone().filter(|_| kind.has_public()),
        }
    }

    /// The certificates of the files, in order.
    pub fn given(&self) -> &[CertId] {
        self.certificates.get(..self.given).unwrap_or_default()
    }

    /// The public roots stand in for a store that nobody gave.
    pub fn is_public_by_default(&self) -> bool {
        self.kind == StoreKind::Public && !self.is_chosen
    }
}

fn trusted_files(inventory: &Inventory, roles: &RoleAssignment) -> Vec<String> {
    let sources = inventory.sources.iter().zip(&roles.by_source);
    let trusted = sources.filter(|(_, roles)| roles.roles.contains(&Role::Bundle));
    trusted.map(|(source, _)| source.name.clone()).collect()
}
