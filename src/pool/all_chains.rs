//! The end of every chain: better than the first one, but an intermediate in the bundle still ends a chain.

use super::{PoolInputs, RootPool, Rule, search};
use crate::role::Chain;

/// The whole bundle as roots, the peer's certificates as intermediates, the end of every chain.
pub(super) fn pool(inputs: &PoolInputs<'_, '_>, peer: &Chain) -> RootPool {
    let mut pool = RootPool::new(Rule::AllChains, search(inputs, peer.leaf, inputs.bundle, &peer.presented));
    pool.admit_ends_of_chains(usize::MAX);
    pool
}
