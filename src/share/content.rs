//! What a link carries, and the way from what was given and chosen to it and back.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::certificate::pem;
use crate::choices::Choices;
use crate::inventory::{Input, Inventory, Source};
use crate::role::Role;
use crate::time::Timestamp;
use crate::verifier::{Host, Purpose};

/// What a link carries: everything that the report is computed from, without the files' other bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The instant at which everything is judged.
    pub at: Timestamp,
    /// The peer chain whose pools were looked at, by name, if one was chosen.
    pub peer: Option<String>,
    /// What the engines were asked, if that was chosen.
    pub purpose: Option<Purpose>,
    /// The name that they were to find in each leaf, if one was chosen.
    pub host: Option<Host>,
    /// DER, each distinct certificate once, in order of first appearance.
    pub certificates: Vec<Vec<u8>>,
    /// The files and pastes, in the order in which they were given.
    pub sources: Vec<SharedSource>,
}

/// A file or paste as a link carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedSource {
    /// Unique among the sources.
    pub name: String,
    /// The roles that the user chose; empty where the facts decide.
    pub roles: Vec<Role>,
    /// Positions in [`Content::certificates`], in the order in which they stood, repetitions included.
    pub certificates: Vec<usize>,
}

impl Content {
    /// Everything that a link can say of what was given and chosen.
    pub fn of(inventory: &Inventory, choices: &Choices) -> Content {
        let source = |(index, source): (usize, &Rc<Source>)| SharedSource {
            name: source.name.clone(),
            roles: choices.roles.get(&index).cloned().unwrap_or_default(),
            certificates: source.placements.iter().map(|placement| placement.certificate.0).collect(),
        };
        // Whoever opens the link has public roots of their own.
        let given = inventory.certificates.iter().take(inventory.given());
        Content {
            at: choices.at,
            peer: choices.peer.clone(),
            purpose: choices.purpose,
            host: choices.host.clone(),
            certificates: given.map(|certificate| certificate.der.clone()).collect(),
            sources: inventory.sources.iter().enumerate().map(source).collect(),
        }
    }

    /// The sources as files to read: PEM, as everything that is given.
    pub fn inputs(&self) -> Vec<Input> {
        let text = |source: &SharedSource| -> String {
            let certificates = source.certificates.iter().filter_map(|position| self.certificates.get(*position));
            certificates.map(|der| pem::encode(der)).collect()
        };
        let input = |source: &SharedSource| Input { name: source.name.clone(), bytes: text(source).into_bytes() };
        self.sources.iter().map(input).collect()
    }

    /// What the user had chosen.
    pub fn choices(&self) -> Choices {
        let chosen = self.sources.iter().enumerate().filter(|(_, source)| !source.roles.is_empty());
        let roles: BTreeMap<_, _> = chosen.map(|(index, source)| (index, source.roles.clone())).collect();
        Choices {
            sent_roles: roles.clone(),
            roles,
            peer: self.peer.clone(),
            purpose: self.purpose,
            host: self.host.clone(),
            ..Choices::at(self.at)
        }
    }
}
