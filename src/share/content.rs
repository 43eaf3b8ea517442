//! What a link carries, and the way from what was given and chosen to it and back.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::certificate::pem;
use crate::choices::Choices;
use crate::inventory::{Input, Inventory, Source};
use crate::lens::Lens;
use crate::report::Report;
use crate::role::Role;
use crate::store::StoreKind;
use crate::time::Timestamp;
use crate::verifier::{Host, Program, Purpose};

use super::needed;

/// Most characters of a sender's note; the rest is cut off. Our own number: a few sentences, and the link stays short.
pub const MAX_NOTE: usize = 500;

/// What a link carries: everything that the report is computed from, without the files' other bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The trust store, if it was chosen.
    pub store: Option<StoreKind>,
    /// What is looked at first, if that was chosen.
    pub lens: Option<Lens>,
    /// The one program that was asked, if one was chosen.
    pub program: Option<Program>,
    /// What the sender wants to say: text that anyone may have written, at most [`MAX_NOTE`] characters.
    pub note: Option<String>,
    /// How many trusted certificates were left out because no chain leads to them.
    pub left_out: usize,
}

/// A file or paste as a link carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedSource {
    /// Unique among the sources.
    pub name: String,
    /// The roles that the user chose; empty where the facts decide.
    pub roles: Vec<Role>,
    /// Positions in [`Content::certificates`], in the order in which they stood, repetitions included.
    pub certificates: Vec<usize>,
    /// The name that was asked for, where the source is the text of a connection.
    pub host: Option<String>,
}

impl Content {
    /// What the answer of `report` needs of what was given and chosen: trusted certificates to which no chain leads are
    /// left out, and a role that only the form of the file told is chosen. `report` must be of the same inventory and
    /// choices.
    pub fn for_answer(inventory: &Inventory, choices: &Choices, report: &Report) -> Content {
        let mut content = Content::of(inventory, choices);
        needed::keep_roles(&mut content, inventory, report);
        needed::leave_out_unused(&mut content, inventory, report);
        content
    }

    /// Everything that a link can say of what was given and chosen.
    pub fn of(inventory: &Inventory, choices: &Choices) -> Content {
        let source = |(index, source): (usize, &Rc<Source>)| SharedSource {
            name: source.name.clone(),
            roles: choices.roles.get(&index).cloned().unwrap_or_default(),
            certificates: source.placements.iter().map(|placement| placement.certificate.0).collect(),
            host: source.session.as_ref().and_then(|session| session.host.clone()),
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
            store: choices.store,
            lens: choices.lens,
            program: choices.program,
            note: None,
            left_out: 0,
        }
    }

    /// The same with a note of the sender, cut off after [`MAX_NOTE`] characters; without one if nothing is written.
    pub fn with_note(self, note: &str) -> Content {
        Content { note: bounded_note(note), ..self }
    }

    /// The sources as files to read: PEM, as everything that is given, below the command that names the host of a
    /// connection.
    pub fn inputs(&self) -> Vec<Input> {
        let text = |source: &SharedSource| -> String {
            let host = source.host.as_ref().filter(|host| is_one_word(host));
            let command = host.map(|host| format!("openssl s_client -servername {host}\n")).unwrap_or_default();
            let certificates = source.certificates.iter().filter_map(|position| self.certificates.get(*position));
            certificates.fold(command, |text, der| text + &pem::encode(der))
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
            store: self.store,
            lens: self.lens,
            program: self.program,
            ..Choices::at(self.at)
        }
    }
}

/// A host as a command names it, whoever wrote the link.
fn is_one_word(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte))
}

/// The beginning of a note that is not blank.
pub(super) fn bounded_note(note: &str) -> Option<String> {
    let note = note.trim();
    (!note.is_empty()).then(|| note.chars().take(MAX_NOTE).collect())
}
