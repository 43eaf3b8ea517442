//! Which file plays which part: bundle, peer, client or other, with the reason in words.

use std::collections::BTreeMap;

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::inventory::Inventory;

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
pub fn assign(_inventory: &Inventory, _graph: &Graph, _chosen: &BTreeMap<usize, Vec<Role>>) -> Cast {
    Cast::default()
}
