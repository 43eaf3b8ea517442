//! Which role each source has: what a verifier trusts, a server's or a client's chain, or none; with the reason in words.
//!
//! ```text
//! evidence (what each source shows) -> decision (what it is taken for) -> assignment (trust store, chains) + reason
//! ```
//!
//! The key above the certificates decides, where a file has one, else what the certificates say; a file's name only
//! breaks a tie, and the reason then says so.

mod assignment;
mod authority;
mod chain;
mod decision;
mod evidence;
mod file_name;
mod reason;
mod side;

use std::collections::BTreeMap;
use std::slice;

use serde::{Deserialize, Serialize};

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::inventory::Inventory;
use crate::lens::Lens;

use assignment::Decided;

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Certificates that a verifier was given to trust.
    Bundle,
    /// What a server presents, leaf first; in the router's lens what a controller presented to it.
    Peer,
    /// What a client presents, leaf first.
    Client,
    /// What the controllers publish to their routers as anchors and intermediates (OpenZiti from 2.0.4); only ever
    /// chosen.
    Published,
    /// A chain whose side its own certificate tells; only ever chosen, and what is assigned is [`Role::Peer`] or
    /// [`Role::Client`].
    Chain,
    /// Not used.
    Other,
}

/// The roles of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRoles {
    /// At least one, sorted, without repetition.
    pub roles: Vec<Role>,
    /// Why, in words.
    pub reason: String,
}

/// A chain as presented: a leaf and what came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Index of the source in the inventory.
    pub source: usize,
    /// Unique name among the chains: the source's name, with the leaf's name added where a source holds several.
    pub name: String,
    /// The certificate presented first.
    pub leaf: CertId,
    /// The rest, in order.
    pub presented: Vec<CertId>,
}

impl Chain {
    /// The leaf and the rest, in order.
    pub fn certificates(&self) -> Vec<CertId> {
        [slice::from_ref(&self.leaf), &self.presented].concat()
    }
}

/// A side of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Who is connected to.
    Server,
    /// Who connects.
    Client,
}

/// A chain once, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistinctChain {
    /// The leaf and what came with it, as in the first source that holds them.
    pub chain: Chain,
    /// Whose chain it is: by choice, by the file's form, else as its leaf says.
    pub side: Side,
    /// Every source that holds it (its index), in order.
    pub sources: Vec<usize>,
    /// The name that was asked for where the chain was recorded (`openssl s_client`).
    pub host: Option<String>,
}

/// What was chosen that the roles depend on.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// Roles, by source index.
    pub roles: &'a BTreeMap<usize, Vec<Role>>,
    /// The roles among them that whoever made the link chose.
    pub sent_roles: &'a BTreeMap<usize, Vec<Role>>,
    /// What is looked at first.
    pub lens: Option<Lens>,
}

impl Chosen<'_> {
    /// Whoever made the link chose the roles of this source (its index).
    fn is_sent(&self, index: usize) -> bool {
        self.sent_roles.get(&index).is_some_and(|sent| self.roles.get(&index) == Some(sent))
    }
}

/// What speaks for the lens of a router that derives its own pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LensEvidence {
    /// A certificate of this source (its index) bears a SPIFFE id with a path that OpenZiti writes
    /// (`docs/background/openziti.md`, section 3.1).
    SpiffeId(usize),
    /// This source (its index) is a part of an identity file of OpenZiti.
    IdentityFile(usize),
    /// This source (its index) is what controllers publish to their routers, by choice.
    Published(usize),
}

/// Every source with its roles, and what that makes the bundle, the peers and the clients.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RoleAssignment {
    /// One per source, in order.
    pub by_source: Vec<SourceRoles>,
    /// Certificates of all bundles, in order, each once.
    pub bundle: Vec<CertId>,
    /// Chains that pools are made of, in source order: what servers present, and the only chain whatever it is.
    pub peers: Vec<Chain>,
    /// Chains that pools are asked about, in source order: what clients present, and the only chain whatever it is.
    pub clients: Vec<Chain>,
    /// Every chain, each leaf with what came with it and each side once, in source order.
    pub chains: Vec<DistinctChain>,
    /// Certificates that controllers publish, in order, each once; empty if no source is marked so.
    pub published: Vec<CertId>,
    /// What speaks for the router's lens; the strongest only.
    pub lens_evidence: Option<LensEvidence>,
}

/// Gives every source its roles: those that were chosen, else by the facts.
pub fn assign(inventory: &Inventory, graph: &Graph, chosen: Chosen<'_>) -> RoleAssignment {
    let lens_evidence = evidence::lens_evidence(inventory, graph, chosen);
    let by_evidence = if lens_evidence.is_some() { Lens::Router } else { Lens::Chains };
    let lens = chosen.lens.unwrap_or(by_evidence);
    let evidence = evidence::collect_evidence(inventory, graph, lens, chosen.roles);
    let decisions = decision::decide(graph, lens, &evidence, chosen.roles);
    let decided = Decided { graph, sources: &evidence, decisions: &decisions, chosen };
    let chains = decided.distinct_chains();
    let assignment = match lens {
        Lens::Chains => decided.of_chains(&chains),
        Lens::Router => decided.of_a_router(),
    };
    RoleAssignment { chains: chains.into_iter().map(|it| it.chain).collect(), lens_evidence, ..assignment }
}
