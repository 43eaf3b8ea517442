//! What a link carries, and the way from what was given and chosen to it and back.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::choices::Choices;
use crate::collection;
use crate::inventory::{Input, Inventory, Session, Source, Told, ToldSource};
use crate::lens::Lens;
use crate::report::Report;
use crate::role::{Role, RoleAssignment};
use crate::store::StoreKind;
use crate::time::Timestamp;
use crate::verifier::{Host, Program, Purpose};

use super::bytes::MAX_ITEMS;
use super::format::{MAX_PLACED, MAX_SOURCES};
use super::needed;

/// Most characters of a sender's note; the rest is cut off. Our own number: a few sentences, and the link stays short.
pub const MAX_NOTE: usize = 500;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedSource {
    /// Unique among the sources.
    pub name: String,
    /// The roles that the user chose; empty where the facts decide.
    pub roles: Vec<Role>,
    /// Positions in [`Content::certificates`], in the order in which they stood, repetitions included.
    pub certificates: Vec<usize>,
    /// The name of the input, where the source is one of several in it.
    pub file: Option<String>,
    /// What else was found out about it that an answer may need.
    pub told: Told,
}

impl SharedSource {
    /// The name that was asked for, where the source is the text of a connection.
    pub(super) fn host(&self) -> Option<&str> {
        self.told.session.as_ref()?.host.as_deref()
    }

    /// The name of its input.
    fn input(&self) -> &str {
        self.file.as_deref().unwrap_or(&self.name)
    }
}

impl Content {
    /// What the answer of `report` needs of what was given and chosen: trusted certificates to which no chain leads are
    /// left out. `report` must be of the same inventory and choices.
    pub fn for_answer(inventory: &Inventory, choices: &Choices, report: &Report) -> Content {
        let mut content = Content::of(inventory, choices);
        needed::leave_out_unused(&mut content, inventory, report);
        content
    }

    /// What [`Content::for_answer`] gives, where that is everything, whatever the report says; `None` where only the report tells
    /// what may be left out. `roles` are those of its sources.
    pub fn without_report(inventory: &Inventory, choices: &Choices, roles: &RoleAssignment) -> Option<Content> {
        let content = Content::of(inventory, choices);
        needed::is_all_needed(&content, inventory, roles, choices).then_some(content)
    }

    /// Everything that a link can say of what was given and chosen.
    pub fn of(inventory: &Inventory, choices: &Choices) -> Content {
        let source = |(index, source): (usize, &Rc<Source>)| SharedSource {
            name: source.name.clone(),
            roles: choices.roles.get(&index).cloned().unwrap_or_default(),
            certificates: source.placements.iter().map(|placement| placement.certificate.0).collect(),
            file: (source.file != source.name).then(|| source.file.clone()),
            told: Told::of(source),
        };
        // Whoever opens the link has public roots of their own.
        let given = inventory.certificates.iter().take(inventory.given());
        let mut content = Content {
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
        };
        content.keep_within_limits();
        content.number_by_appearance();
        content
    }

    /// Leaves out what no reader would take, and counts it: certificates that stand there again and again, and sources beyond
    /// what a page shows.
    pub(super) fn keep_within_limits(&mut self) {
        // The other items are left for the certificates, the references of their key identifiers and what is told beside them.
        let (mut octets, mut items) = (MAX_PLACED, MAX_ITEMS / 8);
        self.sources.truncate(MAX_SOURCES / 2);
        let lengths: Vec<usize> = self.certificates.iter().map(Vec::len).collect();
        for source in &mut self.sources {
            let mut fits = |position: &usize| {
                let left = octets.checked_sub(lengths.get(*position).copied().unwrap_or_default());
                let is_within = left.is_some() && items > 0;
                (octets, items) = if is_within { (left.unwrap_or_default(), items - 1) } else { (0, 0) };
                is_within
            };
            let kept = source.certificates.iter().take_while(|position| fits(position)).count();
            source.told.left_out += source.certificates.len() - kept;
            source.certificates.truncate(kept);
            source.told.blocks.truncate(kept);
        }
    }

    /// Numbers the certificates in the order in which the sources name them first; those that none names go.
    pub(super) fn number_by_appearance(&mut self) {
        let placed: Vec<usize> = self.sources.iter().flat_map(|source| source.certificates.iter().copied()).collect();
        let order = collection::distinct(&placed);
        let numbers: BTreeMap<usize, usize> = order.iter().enumerate().map(|(number, id)| (*id, number)).collect();
        for position in self.sources.iter_mut().flat_map(|source| &mut source.certificates) {
            *position = numbers.get(position).copied().unwrap_or_default();
        }
        let placed = order.iter().filter_map(|id| self.certificates.get(*id).cloned());
        self.certificates = placed.collect();
    }

    /// The same with a note of the sender, cut off after [`MAX_NOTE`] characters; without one if nothing is written.
    pub fn with_note(self, note: &str) -> Content {
        Content { note: bounded_note(note), ..self }
    }

    /// The files and pastes as something to read, each with what is told of its sources.
    pub fn inputs(&self) -> Vec<Input> {
        let certificates: Vec<Arc<[u8]>> = self.certificates.iter().map(|der| der.as_slice().into()).collect();
        let mut inputs: Vec<Input> = Vec::new();
        for source in &self.sources {
            let told = told(source, &certificates);
            match inputs.last_mut().filter(|last| last.name == source.input()) {
                Some(input) => input.told.push(told),
                None => inputs.push(Input { name: source.input().to_owned(), told: vec![told], ..Input::default() }),
            }
        }
        inputs
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

fn told(source: &SharedSource, certificates: &[Arc<[u8]>]) -> ToldSource {
    let label = source.name.strip_prefix(source.input()).and_then(|rest| rest.strip_prefix(": "));
    let placed = source.certificates.iter().filter_map(|position| certificates.get(*position));
    ToldSource {
        label: label.map(str::to_owned),
        certificates: placed.map(Arc::clone).collect(),
        told: source.told.clone(),
    }
}

/// A session with the host that was asked for.
pub(super) fn session_of_host(session: Option<Session>, host: String) -> Option<Session> {
    Some(Session { host: Some(host), ..session.unwrap_or_default() })
}

/// The beginning of a note that is not blank.
pub(super) fn bounded_note(note: &str) -> Option<String> {
    let note = note.trim();
    (!note.is_empty()).then(|| note.chars().take(MAX_NOTE).collect())
}
