//! Which file plays which part: bundle, peer, client or other, with the reason in words.
//!
//! ```text
//! evidence (what each file shows) -> decision (which files are bundles) -> cast (bundle, peers, clients) + reason
//! ```
//!
//! What the certificates say decides; a file name only breaks a tie, and the reason then says so.

mod chain;
mod decision;
mod evidence;
mod file_name;
mod reason;

use std::slice;

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::inventory::Inventory;
use std::collections::BTreeMap;

use decision::Decision;
use evidence::{Evidence, SignedChain};

/// The part a source plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Certificates that a verifier was given to trust.
    Bundle,
    /// What the other side of a sampled connection presented (a controller), leaf first.
    Peer,
    /// What a client under test presents, leaf first.
    Client,
    /// What the controllers publish to their routers as anchors and intermediates (OpenZiti from 2.0.4); only ever chosen.
    Published,
    /// Not used in the pools.
    Other,
}

/// The roles of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
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

/// The parts, filled.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cast {
    /// One per source, in order.
    pub assignments: Vec<Assignment>,
    /// Certificates of all bundles, in order, each once.
    pub bundle: Vec<CertId>,
    /// Peer chains in source order.
    pub peers: Vec<Chain>,
    /// Client chains in source order.
    pub clients: Vec<Chain>,
    /// Certificates that controllers publish, in order, each once; empty if no source is marked so.
    pub published: Vec<CertId>,
}

/// Gives every source its roles: those chosen by the user (by source index), else by the facts.
pub fn assign(inventory: &Inventory, graph: &Graph, chosen: &BTreeMap<usize, Vec<Role>>) -> Cast {
    let mut sources = evidence::gather(inventory, graph);
    decision::decide(&mut sources, chosen);
    let casting = Casting::new(&sources);
    let mut cast = Cast::default();
    for source in &sources {
        let roles = casting.fill(&mut cast, source);
        let reason = reason::reason(graph, source, &roles, casting.only_chain);
        cast.assignments.push(Assignment { roles, reason });
    }
    cast
}

/// What has to be known of all sources before one of them gets its roles.
struct Casting {
    /// There is a bundle and exactly one chain, so that chain stands for the peer and for the client.
    only_chain: bool,
    /// A SPIFFE id names a controller, so servers without one are not what a router samples.
    controllers_are_named: bool,
}

impl Casting {
    fn new(sources: &[Evidence<'_>]) -> Casting {
        let (mut chains, mut controllers_are_named) = (0, false);
        for source in sources.iter().filter(|source| source.decision.plays_chains()) {
            chains += source.chains.len();
            controllers_are_named |= source.chains.iter().any(|chain| chain.sign.names_controller);
        }
        let bundle = sources.iter().any(|source| source.decision.is_bundle());
        Casting { only_chain: bundle && chains == 1, controllers_are_named }
    }

    /// Adds what `source` contributes to the parts; its roles.
    fn fill(&self, cast: &mut Cast, source: &Evidence<'_>) -> Vec<Role> {
        let mut plays = Vec::new();
        if source.decision.is_bundle() {
            plays.push(Role::Bundle);
        }
        add_new(&mut cast.bundle, source.decision.bundled(source));
        if source.decision.is_published() {
            plays.push(Role::Published);
            add_new(&mut cast.published, &source.certificates);
        }
        for chain in &source.chains {
            for (role, part) in [(Role::Peer, &mut cast.peers), (Role::Client, &mut cast.clients)] {
                if self.plays(chain, source.decision, role) {
                    plays.push(role);
                    part.push(chain.chain.clone());
                }
            }
        }
        if plays.is_empty() {
            return vec![Role::Other];
        }
        [Role::Bundle, Role::Peer, Role::Client, Role::Published]
            .iter()
            .copied()
            .filter(|&role| plays.contains(&role))
            .collect()
    }

    /// Whether one chain of a source plays the peer, or the client.
    fn plays(&self, chain: &SignedChain, decision: Decision<'_>, role: Role) -> bool {
        match decision {
            Decision::Chosen(roles) => roles.contains(&role),
            Decision::Chains | Decision::Mixed if self.only_chain => true,
            Decision::Chains | Decision::Mixed => {
                let unsampled = self.controllers_are_named && !chain.sign.names_controller;
                chain.sign.role == role && !(role == Role::Peer && unsampled)
            }
            _ => false,
        }
    }
}

fn add_new(part: &mut Vec<CertId>, certificates: &[CertId]) {
    for id in certificates {
        if !part.contains(id) {
            part.push(*id);
        }
    }
}
