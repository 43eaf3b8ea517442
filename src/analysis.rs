//! Every computed fact about one input and one set of choices, gathered for the findings and the report to read.

use std::collections::{BTreeMap, BTreeSet};

use crate::certificate::{self, CertId};
use crate::choices::Choices;
use crate::collection;
use crate::divergence::{self, PeerPools};
use crate::graph::Graph;
use crate::inventory::Inventory;
use crate::pool::{PoolInputs, RootCas};
use crate::role::{self, RoleAssignment};
use crate::time::Timestamp;
use crate::verifier::{Engine, Purpose, Query, Readings, Verdict};

/// What was given and everything that was computed of it, which findings and report read and never compute anew.
#[derive(Clone, Debug)]
pub struct Analysis<'a> {
    /// What was given.
    pub inventory: &'a Inventory,
    /// Who may have issued whom.
    pub graph: &'a Graph,
    /// The instant at which everything was judged.
    pub at: Timestamp,
    /// By certificate: what sentences call it.
    pub names: Vec<String>,
    /// Which certificates are root CAs.
    pub root_cas: RootCas,
    /// What each source is, and what that makes the bundle, the peers and the clients.
    pub roles: RoleAssignment,
    /// Pools, client verdicts and divergence, one per peer.
    pub peers: Vec<PeerPools>,
    /// Index in `peers` of the one that leads the page; `None` without peers.
    pub focus: Option<usize>,
    /// The certificates of the bundle, to look them up.
    pub bundle: BTreeSet<CertId>,
    /// By certificate: the sources that hold it (their indices), in order.
    pub holders: BTreeMap<CertId, Vec<usize>>,
    /// What a plain Go TLS server says of each client, in the order of [`RoleAssignment::clients`]; of the first ones, which the
    /// pools were asked about too.
    pub plain_server: Vec<Verdict>,
}

impl Analysis<'_> {
    /// The pools that lead the page.
    pub fn focus(&self) -> Option<&PeerPools> {
        self.focus.and_then(|index| self.peers.get(index))
    }

    /// Peers whose pools were not computed ([`divergence::MAX_PEERS`]).
    pub fn peers_left_out(&self) -> usize {
        self.roles.peers.len() - self.peers.len().min(self.roles.peers.len())
    }

    /// Clients that no pool was asked about ([`divergence::MAX_CLIENT_QUESTIONS`]).
    pub fn clients_left_out(&self) -> usize {
        self.roles.clients.len() - self.plain_server.len().min(self.roles.clients.len())
    }

    /// What sentences call a certificate.
    pub fn name(&self, id: CertId) -> &str {
        self.names.get(id.0).map_or("", String::as_str)
    }
}

/// Assigns the roles, makes every pool, and compares them: all that the findings and the report are about but the
/// verdicts of the engines (see [`crate::acceptance`]).
pub fn analyse<'a, 'g: 'a>(inventory: &'a Inventory, readings: &Readings<'g>, choices: &Choices) -> Analysis<'a> {
    let (graph, go) = (readings.graph(), readings.go());
    let roles = role::assign(inventory, graph, choices.of_roles());
    let root_cas = RootCas::new(go);
    let published = if roles.published.is_empty() { &roles.bundle } else { &roles.published };
    let inputs = PoolInputs { go, root_cas: &root_cas, bundle: &roles.bundle, published, at: choices.at };
    let peers = divergence::compare(&inputs, &roles, choices.peer.as_deref());
    let focus = focus(&peers, choices.peer.as_deref());
    let asked = divergence::clients_asked(roles.bundle.len(), peers.len());
    let plain_server = plain_server(readings, &roles, asked, choices.at);
    Analysis {
        inventory,
        graph,
        at: choices.at,
        names: names(graph),
        root_cas,
        bundle: roles.bundle.iter().copied().collect(),
        holders: holders(inventory),
        roles,
        peers,
        focus,
        plain_server,
    }
}

fn holders(inventory: &Inventory) -> BTreeMap<CertId, Vec<usize>> {
    let mut holders: BTreeMap<CertId, Vec<usize>> = BTreeMap::new();
    for (index, source) in inventory.sources.iter().enumerate() {
        source.certificates().into_iter().for_each(|id| holders.entry(id).or_default().push(index));
    }
    holders
}

/// By certificate: the telling part of its subject, with the start of the SHA-256 where several certificates share it.
pub fn names(graph: &Graph) -> Vec<String> {
    let mut names: Vec<String> = graph.certificates.iter().map(|it| it.short_name()).collect();
    let numbers = collection::dense_ids(&names);
    let mut bearers = vec![0; names.len()];
    for &number in &numbers {
        bearers.get_mut(number).into_iter().for_each(|bearers| *bearers += 1);
    }
    for ((name, certificate), number) in names.iter_mut().zip(&graph.certificates).zip(numbers) {
        if bearers.get(number).is_some_and(|bearers| *bearers > 1) {
            *name = certificate::distinct_name(name, &certificate.sha256_hex());
        }
    }
    names
}

/// The chosen peer, else the one that shows most: a bogus anchor that costs clients, before an empty pool that costs
/// them all (it has nothing to point at in the graph), before the rest; the first among equals.
fn focus(peers: &[PeerPools], chosen: Option<&str>) -> Option<usize> {
    let by_name = chosen.and_then(|name| peers.iter().position(|peer| peer.peer.name == name));
    let telling = |peer: &PeerPools| {
        let difference = &peer.divergence;
        (
            !difference.naive_only.is_empty() && !difference.lost.is_empty(),
            difference.lost.len(),
            !difference.naive_only.is_empty(),
        )
    };
    let mut best = None;
    for (index, peer) in peers.iter().enumerate() {
        let rank = telling(peer);
        if best.is_none_or(|(_, best_rank)| rank > best_rank) {
            best = Some((index, rank));
        }
    }
    by_name.or(best.map(|(index, _)| index))
}

/// The bundle as trust store, the client's own certificates as intermediates, TLS client purpose.
fn plain_server(readings: &Readings<'_>, roles: &RoleAssignment, asked: usize, at: Timestamp) -> Vec<Verdict> {
    let verdict = |chain: &role::Chain| {
        let query = Query {
            trusted: &roles.bundle,
            presented: &chain.presented,
            leaf: chain.leaf,
            at,
            purpose: Purpose::Client,
            host: None,
        };
        Engine::GO.ask(readings, &query)
    };
    roles.clients.iter().take(asked).map(verdict).collect()
}
