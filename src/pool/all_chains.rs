//! The end of every chain: better than the first one, but an intermediate in the bundle still ends a chain.

use super::{RootPool, Rule, Setting, search};
use crate::role::Chain;

/// The whole bundle as roots, the peer's certificates as intermediates, the end of every chain.
pub(super) fn pool(setting: &Setting<'_>, peer: &Chain) -> RootPool {
    let mut pool = RootPool::new(Rule::AllChains, search(setting, peer.leaf, setting.bundle, &peer.presented));
    pool.admit_ends_of_chains(usize::MAX);
    pool
}
