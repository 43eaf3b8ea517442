//! The correct pool (`docs/background/openziti.md`, section 1.4): only root CAs are anchors, everything else helps to
//! reach them.

use super::{RootPool, Rule, Setting, search};
use crate::role::Chain;

/// The bundle's root CAs as roots, its other CAs and the peer's certificates as intermediates, the end of every chain.
pub(super) fn pool(setting: &Setting<'_>, peer: &Chain) -> RootPool {
    let roots = setting.root_cas.roots(setting.bundle);
    let mut intermediates = setting.root_cas.intermediates(setting.bundle);
    intermediates.extend_from_slice(&peer.presented);
    let mut pool = RootPool::new(Rule::Correct, search(setting, peer.leaf, &roots, &intermediates));
    pool.admit_ends_of_chains(usize::MAX);
    pool
}
