//! Which role each file has: bundle, peer, client or other, with the reason in words.
//!
//! ```text
//! evidence (what each file shows) -> decision (which files are bundles) -> assignment (bundle, peers, clients) + reason
//! ```
//!
//! What the certificates say decides; a file name only breaks a tie, and the reason then says so.

mod chain;
mod decision;
mod evidence;
mod file_name;
mod reason;

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::inventory::Inventory;
use crate::lens::Lens;

use decision::Decision;
use evidence::{Evidence, SignedChain};

/// What a source is to the pools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Certificates that a verifier was given to trust.
    Bundle,
    /// What the other side of a sampled connection presented (a controller), leaf first.
    Peer,
    /// What a client under test presents, leaf first.
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

/// What speaks for the lens of a router that derives its own pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LensEvidence {
    /// A certificate of this source (its index) bears a SPIFFE id with a path that OpenZiti writes
    /// (`docs/background/openziti.md`, section 3.1).
    SpiffeId(usize),
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
    /// Peer chains in source order.
    pub peers: Vec<Chain>,
    /// Client chains in source order.
    pub clients: Vec<Chain>,
    /// Every chain, each pair of a leaf and what came with it once, in source order.
    pub chains: Vec<DistinctChain>,
    /// Certificates that controllers publish, in order, each once; empty if no source is marked so.
    pub published: Vec<CertId>,
    /// What speaks for the router's lens; the strongest only.
    pub lens_evidence: Option<LensEvidence>,
}

/// Gives every source its roles: those that were chosen, else by the facts.
pub fn assign(inventory: &Inventory, graph: &Graph, chosen: Chosen<'_>) -> RoleAssignment {
    let evidence = evidence::collect_evidence(inventory, graph);
    let decisions = decision::decide(&evidence, chosen.roles);
    let overview = Overview::new(&evidence, &decisions);
    let lens_evidence = evidence::lens_evidence(&evidence, chosen.roles);
    let mut assignment = RoleAssignment { lens_evidence, ..RoleAssignment::default() };
    for (source, decision) in evidence.iter().zip(decisions) {
        let roles = overview.assign(&mut assignment, source, decision);
        let reason = reason::reason(graph, source, decision, &roles, overview.only_chain);
        assignment.by_source.push(SourceRoles { roles, reason });
    }
    assignment
}

/// What has to be known of all sources before one of them gets its roles.
struct Overview {
    /// There is a bundle and exactly one chain, so that chain stands for the peer and for the client.
    only_chain: bool,
    /// A SPIFFE id names a controller, so servers without one are not what a router samples.
    controllers_are_named: bool,
}

impl Overview {
    fn new(evidence: &[Evidence<'_>], decisions: &[Decision<'_>]) -> Overview {
        let with_chains = evidence.iter().zip(decisions).filter(|(_, decision)| decision.holds_chains());
        let chains: Vec<&SignedChain> = with_chains.flat_map(|(source, _)| &source.chains).collect();
        let bundle = decisions.iter().any(|decision| decision.is_bundle());
        Overview {
            only_chain: bundle && chains.len() == 1,
            controllers_are_named: chains.iter().any(|chain| chain.sign.names_controller),
        }
    }

    /// Adds what `source` contributes to the assignment; its roles.
    fn assign(&self, assignment: &mut RoleAssignment, source: &Evidence<'_>, decision: Decision<'_>) -> Vec<Role> {
        let mut roles = BTreeSet::new();
        if decision.is_bundle() {
            roles.insert(Role::Bundle);
        }
        add_new(&mut assignment.bundle, decision.bundled(source));
        if decision.is_published() {
            roles.insert(Role::Published);
            add_new(&mut assignment.published, &source.certificates);
        }
        for chain in &source.chains {
            let chains = [(Role::Peer, &mut assignment.peers), (Role::Client, &mut assignment.clients)];
            for (role, chains) in chains {
                if self.has_role(chain, decision, role) {
                    roles.insert(role);
                    chains.push(chain.chain.clone());
                }
            }
        }
        if roles.is_empty() { vec![Role::Other] } else { roles.into_iter().collect() }
    }

    /// Whether one chain of a source is a peer's, or a client's.
    fn has_role(&self, chain: &SignedChain, decision: Decision<'_>, role: Role) -> bool {
        match decision {
            Decision::Chosen(roles) => {
                roles.contains(&role) || (roles.contains(&Role::Chain) && chain.sign.role == role)
            }
            Decision::Chains | Decision::Mixed if self.only_chain => true,
            Decision::Chains | Decision::Mixed => {
                let unsampled = self.controllers_are_named && !chain.sign.names_controller;
                chain.sign.role == role && !(role == Role::Peer && unsampled)
            }
            _ => false,
        }
    }
}

fn add_new(known: &mut Vec<CertId>, certificates: &[CertId]) {
    for id in certificates {
        if !known.contains(id) {
            known.push(*id);
        }
    }
}
