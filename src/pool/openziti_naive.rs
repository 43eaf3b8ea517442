//! What the OpenZiti router did from v2.0.0-pre12 to v2.0.3 (`docs/background/openziti.md`, section 1.2,
//! ROOTS_FROM_CTRL).

use super::{PoolInputs, RootPool, Rule, Step, search};
use crate::role::Chain;

/// The peer's own root CAs, and the end of every chain with the whole bundle as roots and no intermediates.
///
/// Without intermediates a chain can only be the leaf and a bundle certificate that signed it directly, so the pool
/// nearly always holds the direct issuer.
pub(super) fn pool(inputs: &PoolInputs<'_, '_>, peer: &Chain) -> RootPool {
    let mut pool = RootPool::new(Rule::OpenzitiNaive, search(inputs, peer.leaf, inputs.bundle, &[]));
    for root in inputs.root_cas.roots(&peer.certificates()) {
        pool.admit(root, Step::PresentedByPeer);
    }
    pool.admit_ends_of_chains(usize::MAX);
    pool
}
