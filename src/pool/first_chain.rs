//! The end of the first chain: what code does that keeps `chains[0]`.

use super::{RootPool, Rule, search};
use crate::certificate::CertId;
use crate::role::Chain;
use crate::time::Timestamp;
use crate::verifier::go::Context;

/// The whole bundle as roots, the peer's certificates as intermediates, the end of the first chain only.
pub(super) fn pool(go: &Context<'_>, bundle: &[CertId], peer: &Chain, at: Timestamp) -> RootPool {
    let mut pool = RootPool::new(Rule::FirstChain, search(go, peer.leaf, bundle, &peer.presented, at));
    pool.admit_ends_of_chains(1);
    pool
}
