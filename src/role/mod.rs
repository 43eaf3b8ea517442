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

use crate::collection::{self, Gather as _, Map};

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::inventory::Inventory;

use decision::Decision;
use evidence::Evidence;

/// The part a source plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Certificates that a verifier was given to trust.
    Bundle,
    /// What the other side of a sampled connection presented (a controller), leaf first.
    Peer,
    /// What a client under test presents, leaf first.
    Client,
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
}

/// Gives every source its roles: those chosen by the user (by source index), else by the facts.
pub fn assign(inventory: &Inventory, graph: &Graph, chosen: &Map<usize, Vec<Role>>) -> Cast {
    let evidence = evidence::gather(inventory, graph);
    let decisions = decision::decide(&evidence, chosen);
    let casting = Casting::new(&evidence, &decisions);
    let mut cast = Cast::default();
    for (source, decision) in evidence.iter().zip(&decisions) {
        casting.fill(&mut cast, source, decision);
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
    fn new(evidence: &[Evidence], decisions: &[Decision]) -> Casting {
        let playing = |(_, decision): &(&Evidence, &Decision)| decision.plays_chains();
        let chains = || evidence.iter().zip(decisions).filter(playing).flat_map(|(source, _)| &source.chains);
        let bundle = decisions.iter().any(Decision::is_bundle);
        Casting {
            only_chain: bundle && chains().count() == 1,
            controllers_are_named: chains().any(|chain| chain.sign.names_controller),
        }
    }

    /// Adds what `source` contributes to the parts, and its assignment.
    fn fill(&self, cast: &mut Cast, source: &Evidence, decision: &Decision) {
        let mut roles = Vec::new();
        let bundled: &[CertId] = decision.bundled(source);
        if decision.is_bundle() {
            roles.push(Role::Bundle);
        }
        for &id in bundled {
            if !cast.bundle.contains(&id) {
                cast.bundle.push(id);
            }
        }
        for chain in &source.chains {
            let parts = self.parts(chain, decision);
            if parts.contains(&Role::Peer) {
                cast.peers.push(chain.chain.clone());
            }
            if parts.contains(&Role::Client) {
                cast.clients.push(chain.chain.clone());
            }
            roles.extend(parts);
        }
        if roles.is_empty() {
            roles.push(Role::Other);
        }
        collection::sort(&mut roles);
        roles.dedup();
        if roles.len() > 1 {
            roles.retain(|&role| role != Role::Other);
        }
        let reason = reason::reason(source, decision, &roles, self.only_chain);
        cast.assignments.push(Assignment { roles, reason });
    }

    /// The parts that one chain of a source plays.
    fn parts(&self, chain: &evidence::SignedChain, decision: &Decision) -> Vec<Role> {
        match decision {
            Decision::Chosen(roles) => {
                roles.iter().copied().filter(|role| matches!(role, Role::Peer | Role::Client)).gather()
            }
            Decision::Chains | Decision::Mixed if self.only_chain => vec![Role::Peer, Role::Client],
            Decision::Chains | Decision::Mixed => {
                let unsampled = self.controllers_are_named && !chain.sign.names_controller;
                let role = if chain.sign.role == Role::Peer && unsampled { Role::Other } else { chain.sign.role };
                vec![role]
            }
            _ => Vec::new(),
        }
    }
}
