//! What a pool says of a client, as the router asks it (`openziti.md`, section 1.2, IsFirstParty).

use super::{RootPool, Rule, Setting};
use crate::certificate::CertId;
use crate::role::Chain;
use crate::verifier::{Purpose, Query, Verdict};

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
    let verify = |presented: &[CertId]| {
        let query = Query {
            trusted: &pool.anchors,
            presented,
            leaf: client.leaf,
            at: setting.at,
            purpose: Purpose::Any,
            host: None,
            ignore_leaf_validity: true,
        };
        setting.go.verify(&query)
    };
    ClientVerdict { leaf_only: verify(&[]), with_intermediates: verify(&intermediates) }
}
