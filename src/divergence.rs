//! The naive pool and the correct pool compared, once per peer: which anchors only one has, and whom that costs.

use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::graph::Graph;
use crate::pool::{self, ClientVerdict, RootPool, Rule};
use crate::role::{Cast, Chain};
use crate::time::Timestamp;
use crate::verifier::go::Context;

/// The four pools of one peer, what they say of every client, and where naive and correct part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerPools {
    /// The peer that was sampled.
    pub peer: Chain,
    /// In the order of [`Rule::ALL`].
    pub pools: Vec<RootPool>,
    /// Verdicts per pool (outer, in the order of `pools`) and client (inner, in the order of [`Cast::clients`]).
    pub clients: Vec<Vec<ClientVerdict>>,
    /// Where the naive and the correct pool part.
    pub divergence: Divergence,
}

/// The naive and the correct pool of one peer compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Divergence {
    /// Anchors that only the naive pool has: bogus.
    pub naive_only: Vec<CertId>,
    /// Anchors that only the correct pool has: missing.
    pub correct_only: Vec<CertId>,
    /// Anchors of both.
    pub both: Vec<CertId>,
    /// Clients (index in [`Cast::clients`]) that correct accepts and naive rejects, each with its intermediates.
    pub lost: Vec<usize>,
    /// Clients that naive accepts and correct rejects, each with its intermediates.
    pub gained: Vec<usize>,
    /// As `lost`, for routers that verify the leaf alone (up to v2.0.0-pre12).
    pub lost_leaf_only: Vec<usize>,
}

impl PeerPools {
    /// The pool of `rule`.
    pub fn pool(&self, rule: Rule) -> Option<&RootPool> {
        self.pools.iter().find(|pool| pool.rule == rule)
    }

    /// The verdicts of `rule`, one per client.
    pub fn verdicts(&self, rule: Rule) -> &[ClientVerdict] {
        let position = self.pools.iter().position(|pool| pool.rule == rule);
        position.and_then(|index| self.clients.get(index)).map_or(&[], Vec::as_slice)
    }
}

/// Computes pools, client verdicts and divergence for every peer of the cast.
pub fn compare(graph: &Graph, cast: &Cast, at: Timestamp) -> Vec<PeerPools> {
    let go = Context::new(graph);
    cast.peers.iter().map(|peer| compare_for_peer(&go, cast, peer, at)).gather()
}

fn compare_for_peer(go: &Context<'_>, cast: &Cast, peer: &Chain, at: Timestamp) -> PeerPools {
    let pools: Vec<RootPool> =
        Rule::ALL.into_iter().map(|rule| pool::compute(go, rule, &cast.bundle, peer, at)).gather();
    let clients = pools
        .iter()
        .map(|pool| cast.clients.iter().map(|client| pool::judge(go, pool, &cast.bundle, client, at)).gather())
        .gather();
    let mut compared = PeerPools { peer: peer.clone(), pools, clients, divergence: Divergence::default() };
    compared.divergence = diverge(&compared);
    compared
}

fn diverge(compared: &PeerPools) -> Divergence {
    let anchors = |rule| compared.pool(rule).map(RootPool::certificates).unwrap_or_default();
    let (naive, correct) = (anchors(Rule::OpenzitiNaive), anchors(Rule::Correct));
    let only = |of: &[CertId], other: &[CertId]| of.iter().copied().filter(|id| !other.contains(id)).gather();
    let verdicts = compared.verdicts(Rule::OpenzitiNaive).iter().zip(compared.verdicts(Rule::Correct)).enumerate();
    let clients_where = |test: &dyn Fn(&ClientVerdict, &ClientVerdict) -> bool| {
        verdicts.clone().filter(|(_, (naive, correct))| test(naive, correct)).map(|(index, _)| index).gather()
    };
    Divergence {
        naive_only: only(&naive, &correct),
        correct_only: only(&correct, &naive),
        both: naive.iter().copied().filter(|id| correct.contains(id)).gather(),
        lost: clients_where(&|naive, correct| correct.accepts() && !naive.accepts()),
        gained: clients_where(&|naive, correct| naive.accepts() && !correct.accepts()),
        lost_leaf_only: clients_where(&|naive, correct| correct.accepts() && !naive.leaf_only.accepts()),
    }
}
