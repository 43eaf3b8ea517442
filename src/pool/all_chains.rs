//! The end of every chain: better than the first one, but an intermediate in the bundle still ends a chain.

use super::{RootPool, Rule, search};
use crate::certificate::CertId;
use crate::role::Chain;
use crate::time::Timestamp;
use crate::verifier::go::Context;

/// The whole bundle as roots, the peer's certificates as intermediates, the end of every chain.
pub(super) fn pool(go: &Context<'_>, bundle: &[CertId], peer: &Chain, at: Timestamp) -> RootPool {
    let mut pool = RootPool::new(Rule::AllChains, search(go, peer.leaf, bundle, &peer.presented, at));
    pool.admit_ends_of_chains(usize::MAX);
    pool
}
