//! What a pool says of a client, as the router asks it (`docs/background/openziti.md`, section 1.2, IsFirstParty).

use super::{PoolInputs, RootPool, Rule, verify_client};
use crate::certificate::CertId;
use crate::role::Chain;
use crate::verifier::Verdict;

/// What a pool says of one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientVerdict {
    /// Router up to v2.0.0-pre12: the leaf alone.
    pub leaf_only: Verdict,
    /// Later routers: with the client's intermediates (for [`Rule::Correct`] also the bundle's).
    pub with_intermediates: Verdict,
}

impl ClientVerdict {
    /// Accepted with intermediates: the verdict that counts today.
    pub fn accepts(&self) -> bool {
        self.with_intermediates.accepts()
    }
}

/// Verifies each client with `pool` as roots, any extended key usage, the leaf's own validity ignored.
pub fn client_verdicts(inputs: &PoolInputs<'_, '_>, pool: &RootPool, clients: &[Chain]) -> Vec<ClientVerdict> {
    let bundled = match pool.rule {
        Rule::Correct => inputs.root_cas.intermediates(inputs.bundle),
        _ => Vec::new(),
    };
    let verify = |leaf, presented: &[CertId]| verify_client(inputs, leaf, &pool.anchors, presented);
    let verdict = |client: &Chain| ClientVerdict {
        leaf_only: verify(client.leaf, &[]),
        with_intermediates: verify(client.leaf, &[client.presented.as_slice(), bundled.as_slice()].concat()),
    };
    clients.iter().map(verdict).collect()
}
