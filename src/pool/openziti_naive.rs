//! What the OpenZiti router did from v2.0.0-pre12 to v2.0.3 (`openziti.md`, section 1.2, ROOTS_FROM_CTRL).

use super::{RootPool, Rule, Step, root_ca, search};
use crate::certificate::CertId;
use crate::role::Chain;
use crate::time::Timestamp;
use crate::verifier::go::Context;

/// The peer's own root CAs, and the end of every chain with the whole bundle as roots and no intermediates.
///
/// Without intermediates a chain can only be the leaf and a bundle certificate that signed it directly, so the pool
/// nearly always holds the direct issuer.
pub(super) fn pool(go: &Context<'_>, bundle: &[CertId], peer: &Chain, at: Timestamp) -> RootPool {
    let mut pool = RootPool::new(Rule::OpenzitiNaive, search(go, peer.leaf, bundle, &[], at));
    for certificate in std::iter::once(peer.leaf).chain(peer.presented.iter().copied()) {
        if root_ca(go.graph(), certificate).is_ok() {
            pool.admit(certificate, Step::PresentedByPeer);
        }
    }
    pool.admit_ends_of_chains(usize::MAX);
    pool
}
