//! The correct pool (`openziti.md`, section 1.4): only root CAs are anchors, everything else helps to reach them.

use super::{RootPool, Rule, root_ca, search};
use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::graph::Graph;
use crate::role::Chain;
use crate::time::Timestamp;
use crate::verifier::go::Context;

/// The bundle's root CAs as roots, its other CAs and the peer's certificates as intermediates, the end of every chain.
pub(super) fn pool(go: &Context<'_>, bundle: &[CertId], peer: &Chain, at: Timestamp) -> RootPool {
    let graph = go.graph();
    let roots: Vec<CertId> = bundle.iter().copied().filter(|&id| root_ca(graph, id).is_ok()).gather();
    let mut intermediates = intermediates(graph, bundle);
    intermediates.extend(&peer.presented);
    let mut pool = RootPool::new(Rule::Correct, search(go, peer.leaf, &roots, &intermediates, at));
    pool.admit_ends_of_chains(usize::MAX);
    pool
}

/// The bundle's CAs that are no root CAs, in order.
pub(super) fn intermediates(graph: &Graph, bundle: &[CertId]) -> Vec<CertId> {
    let is_intermediate =
        |id: CertId| graph.certificate(id).is_some_and(|it| it.is_ca()) && root_ca(graph, id).is_err();
    bundle.iter().copied().filter(|&id| is_intermediate(id)).gather()
}
