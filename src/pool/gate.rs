//! The gates that an OpenZiti router puts before a client (`docs/background/openziti.md`, sections 1.2 and 1.3): the
//! TLS listener, which has a pool of its own, and then the check of the session, whose rule changed from release to
//! release. A client can pass the first and be refused at the second.

use super::{ClientVerdict, PoolInputs, RootPool, verify_client};
use crate::certificate::CertId;
use crate::collection;
use crate::role::Chain;
use crate::verifier::Verdict;

/// A gate in one of its generations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// The TLS listener up to v2.0.3 (`cert_validating_identity.go`).
    Tls,
    /// The session check of v2.0.0-pre12: the naive pool, the leaf alone.
    V1,
    /// The session check of v2.0.0-pre13 to v2.0.3: the naive pool, with what the client presents.
    V2,
    /// The session check of v2.0.4: what the controllers publish, in union with the naive pool.
    V3,
}

impl Gate {
    /// In the order in which they are reported: as a client meets them, the older generation first.
    pub const ALL: [Gate; 4] = [Gate::Tls, Gate::V1, Gate::V2, Gate::V3];
}

/// What a gate trusts, and what it says of each client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateVerdicts {
    /// The gate whose verdicts these are.
    pub gate: Gate,
    /// Its roots in the order admitted, each once.
    pub anchors: Vec<CertId>,
    /// Its verdicts in the order of the clients.
    pub clients: Vec<Verdict>,
}

/// The naive pool of the peer that the router sampled, and what it says of every client.
#[derive(Clone, Copy, Debug)]
pub struct NaiveResult<'a> {
    /// What the naive rule made of bundle and peer.
    pub pool: &'a RootPool,
    /// Its verdicts in the order of the clients.
    pub verdicts: &'a [ClientVerdict],
}

/// Puts every client before `gate`; `controllers` are all peers.
pub fn check_gate(
    inputs: &PoolInputs<'_, '_>,
    gate: Gate,
    naive: NaiveResult<'_>,
    controllers: &[Chain],
    clients: &[Chain],
) -> GateVerdicts {
    let anchors = anchors(inputs, gate, naive.pool, controllers);
    let verify_with = |intermediates: &[CertId]| {
        let verify = |client: &Chain| {
            let intermediates = [intermediates, client.presented.as_slice()].concat();
            verify_client(inputs, client.leaf, &anchors, &intermediates)
        };
        clients.iter().map(verify).collect()
    };
    let clients = match gate {
        Gate::V1 => naive.verdicts.iter().map(|known| known.leaf_only.clone()).collect(),
        Gate::V2 => naive.verdicts.iter().map(|known| known.with_intermediates.clone()).collect(),
        Gate::Tls => verify_with(inputs.bundle),
        Gate::V3 => verify_with(&inputs.root_cas.intermediates(inputs.published)),
    };
    GateVerdicts { gate, anchors, clients }
}

/// V3 puts what is published before what it found itself. The controllers publish their own certificates for the TLS
/// listener, and the root CAs of their bundle for both (`sync_instant.go`, BuildPublicKeys).
fn anchors(inputs: &PoolInputs<'_, '_>, gate: Gate, naive: &RootPool, controllers: &[Chain]) -> Vec<CertId> {
    let published = || inputs.root_cas.roots(inputs.published);
    let parts = match gate {
        Gate::Tls => [controllers.iter().map(|controller| controller.leaf).collect(), published()],
        Gate::V1 | Gate::V2 => [naive.anchors.clone(), Vec::new()],
        Gate::V3 => [published(), naive.anchors.clone()],
    };
    collection::distinct(&parts.concat())
}
