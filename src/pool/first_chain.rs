//! The end of the first chain: what code does that keeps `chains[0]`.

use super::{PoolInputs, RootPool, Rule, search};
use crate::role::Chain;

/// The whole bundle as roots, the peer's certificates as intermediates, the end of the first chain only.
pub(super) fn pool(inputs: &PoolInputs<'_, '_>, peer: &Chain) -> RootPool {
    let mut pool = RootPool::new(Rule::FirstChain, search(inputs, peer.leaf, inputs.bundle, &peer.presented));
    pool.admit_ends_of_chains(1);
    pool
}
