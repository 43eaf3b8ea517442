//! The end of the first chain: what code does that keeps `chains[0]`.

use super::{RootPool, Rule, search};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::role::Chain;
use crate::time::Timestamp;

/// The whole bundle as roots, the peer's certificates as intermediates, the end of the first chain only.
pub(super) fn pool(graph: &Graph, bundle: &[CertId], peer: &Chain, at: Timestamp) -> RootPool {
    let mut pool = RootPool::new(Rule::FirstChain, search(graph, peer.leaf, bundle, &peer.presented, at));
    pool.admit_ends_of_chains(1);
    pool
}
