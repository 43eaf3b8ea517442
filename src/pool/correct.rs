//! The correct pool (`docs/background/openziti.md`, section 1.4): only root CAs are anchors, everything else helps to
//! reach them.

use super::{PoolInputs, RootPool, Rule, search};
use crate::role::Chain;

/// The bundle's root CAs as roots, its other CAs and the peer's certificates as intermediates, the end of every chain.
pub(super) fn pool(inputs: &PoolInputs<'_, '_>, peer: &Chain) -> RootPool {
    let roots = inputs.root_cas.roots(inputs.bundle);
    let mut intermediates = inputs.root_cas.intermediates(inputs.bundle);
    intermediates.extend_from_slice(&peer.presented);
    let mut pool = RootPool::new(Rule::Correct, search(inputs, peer.leaf, &roots, &intermediates));
    pool.admit_ends_of_chains(usize::MAX);
    pool
}
