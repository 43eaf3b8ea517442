//! The link that carries an analysis: what was given and what was chosen, as a fragment that no server sees.
//!
//! ```text
//! Content <-> pack (bytes) <-> deflate <-> fragment ("v1." and base64url)
//! ```
//!
//! `docs/share-link.md` describes the format for other programs. A link holds certificates, names of sources and
//! choices. It cannot hold a private key: those never reach the [`Inventory`] from which it is made.
//!
//! A crate deflates, and inflates where no browser does (`deflate`). What comes out of a link is never trusted: sizes are
//! limited before anything is inflated ([`inflated_limit`]), and nothing is set aside for a number that the link merely
//! states.

pub mod deflate;
mod dictionary;
mod fragment;
mod key_id;
mod pack;

pub use fragment::{MAX_PACKED, inflated_limit, read, write};

use std::rc::Rc;

use crate::certificate::pem;
use crate::choices::Choices;
use crate::inventory::{Input, Inventory, Source};
use crate::role::Role;
use crate::time::Timestamp;
use crate::verifier::{Host, Purpose};
use std::collections::BTreeMap;

/// What a link carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Judged at this instant.
    pub at: Timestamp,
    /// The peer chain whose pools were looked at, by name, if one was chosen.
    pub peer: Option<String>,
    /// What the engines were asked, if that was chosen.
    pub purpose: Option<Purpose>,
    /// The name that they were to find in each leaf, if one was chosen.
    pub host: Option<Host>,
    /// DER, each distinct certificate once, in order of first appearance.
    pub certificates: Vec<Vec<u8>>,
    /// In order.
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

/// Why a link could not be read: what, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Not of the form `#v1.…`.
    NotALink,
    /// Of a later version, or of a kind that this program does not know.
    Unknown,
    /// Larger than anything this program writes.
    TooLarge,
    /// Characters are missing or changed.
    Broken,
}

impl Damage {
    /// For people.
    pub fn message(self) -> &'static str {
        match self {
            Damage::NotALink => "This is no link to an analysis: what follows # should begin with “v1.”.",
            Damage::Unknown => {
                "This link was made by a later version of rootlens. Reload the page without the part after #, or ask \
                 for the files."
            }
            Damage::TooLarge => {
                "This link holds more than rootlens ever writes into one, so it was not opened. Ask for the files."
            }
            Damage::Broken => {
                "This link was damaged on its way: characters are missing or changed. Ask for it again, as a file or \
                 in a code block, where no program shortens it."
            }
        }
    }
}

impl Content {
    /// Everything that a link can say of what was given and chosen.
    pub fn of(inventory: &Inventory, choices: &Choices) -> Content {
        let source = |(index, source): (usize, &Rc<Source>)| SharedSource {
            name: source.name.clone(),
            roles: choices.roles.get(&index).cloned().unwrap_or_default(),
            certificates: source.placements.iter().map(|it| it.certificate.0).collect(),
        };
        Content {
            at: choices.at,
            peer: choices.peer.clone(),
            purpose: choices.purpose,
            host: choices.host.clone(),
            certificates: inventory.certificates.iter().map(|it| it.der.clone()).collect(),
            sources: inventory.sources.iter().enumerate().map(source).collect(),
        }
    }

    /// The sources as files to read: PEM, as everything that is given.
    pub fn inputs(&self) -> Vec<Input> {
        let text = |source: &SharedSource| -> String {
            let ders = source.certificates.iter().filter_map(|at| self.certificates.get(*at));
            ders.map(|der| pem::encode(der)).collect()
        };
        let input = |source: &SharedSource| Input { name: source.name.clone(), bytes: text(source).into_bytes() };
        self.sources.iter().map(input).collect()
    }

    /// The choices.
    pub fn choices(&self) -> Choices {
        let mut roles = BTreeMap::new();
        for (index, source) in self.sources.iter().enumerate().filter(|(_, source)| !source.roles.is_empty()) {
            roles.insert(index, source.roles.clone());
        }
        Choices { at: self.at, roles, peer: self.peer.clone(), purpose: self.purpose, host: self.host.clone() }
    }

    /// The bytes that are deflated into the link.
    pub fn pack(&self) -> Vec<u8> {
        pack::pack(self)
    }

    /// Reads inflated bytes.
    ///
    /// # Errors
    ///
    /// [`Damage::Broken`] where they end too early or name what is not there; [`Damage::Unknown`] for a kind of a later
    /// version.
    pub fn unpack(bytes: &[u8]) -> Result<Content, Damage> {
        pack::unpack(bytes)
    }
}
