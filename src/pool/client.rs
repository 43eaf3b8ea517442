//! What a pool says of a client, as the router asks it (`docs/background/openziti.md`, section 1.2, IsFirstParty).

use super::{RootPool, Rule, Setting, admit};
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

/// Verifies `client` with `pool` as roots, any extended key usage, the leaf's own validity ignored.
pub fn judge(setting: &Setting<'_>, pool: &RootPool, client: &Chain) -> ClientVerdict {
    let mut intermediates = client.presented.clone();
    if pool.rule == Rule::Correct {
        intermediates.extend_from_slice(&setting.root_cas.intermediates(setting.bundle));
    }
    let verify = |presented: &[CertId]| admit(setting, client.leaf, &pool.anchors, presented);
    ClientVerdict { leaf_only: verify(&[]), with_intermediates: verify(&intermediates) }
}
