//! The naive pool and the correct pool compared, once per peer: which anchors only one has, and whom that costs.

use crate::certificate::CertId;
use crate::pool::{self, ClientVerdict, Gate, GateVerdicts, NaiveResult, PoolInputs, RootPool, Rule};
use crate::role::{Chain, RoleAssignment};

/// The four pools of one peer, what they say of every client, and where naive and correct part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerPools {
    /// The peer that was sampled.
    pub peer: Chain,
    /// In the order of [`Rule::ALL`].
    pub pools: [RootPool; 4],
    /// What each pool says of each client, in the order of [`RoleAssignment::clients`].
    pub clients: [Vec<ClientVerdict>; 4],
    /// Where the naive and the correct pool part.
    pub divergence: Divergence,
    /// The gates of a router that sampled this peer, in the order of [`Gate::ALL`].
    pub gates: Vec<GateVerdicts>,
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
    /// Clients (index in [`RoleAssignment::clients`]) that correct accepts and naive rejects, each with its
    /// intermediates.
    pub lost: Vec<usize>,
    /// Clients that naive accepts and correct rejects, each with its intermediates.
    pub gained: Vec<usize>,
    /// Clients that both reject, each with its intermediates.
    pub rejected: Vec<usize>,
    /// As `lost`, for routers that verify the leaf alone (up to v2.0.0-pre12).
    pub lost_leaf_only: Vec<usize>,
}

impl PeerPools {
    /// The pool of `rule`.
    pub fn pool(&self, rule: Rule) -> &RootPool {
        of_rule(&self.pools, rule)
    }

    /// The pool of the naive rule.
    pub fn naive(&self) -> &RootPool {
        self.pool(Rule::OpenzitiNaive)
    }

    /// The pool of the correct rule.
    pub fn correct(&self) -> &RootPool {
        self.pool(Rule::Correct)
    }

    /// The verdicts of `rule`, one per client.
    pub fn verdicts(&self, rule: Rule) -> &Vec<ClientVerdict> {
        of_rule(&self.clients, rule)
    }
}

/// The one of four that stand in the order of [`Rule::ALL`].
fn of_rule<T>([naive, first_chain, all_chains, correct]: &[T; 4], rule: Rule) -> &T {
    match rule {
        Rule::OpenzitiNaive => naive,
        Rule::FirstChain => first_chain,
        Rule::AllChains => all_chains,
        Rule::Correct => correct,
    }
}

/// Most peers whose pools are computed. Our own number: a network has three or five controllers, and each pool lists what it
/// trusts of all files.
pub const MAX_PEERS: usize = 20;

/// Most clients that are put before the pools and gates of peers, each peer counted by itself. Our own number: one asks Go
/// twelve times, which takes a tenth of a millisecond with a small bundle, so that all take a fifth of a second.
pub const MAX_CLIENT_QUESTIONS: usize = 2_000;

/// Certificates of the bundle that cost as much as asking about a client without any: Go looks at all of them each time.
const BUNDLE_OF_ONE_QUESTION: usize = 100;

/// Computes pools, client verdicts and divergence for the first [`MAX_PEERS`] peers and the one that is `chosen` by its name;
/// each with as many clients as [`MAX_CLIENT_QUESTIONS`] allows, which are the first.
pub fn compare(inputs: &PoolInputs<'_, '_>, roles: &RoleAssignment, chosen: Option<&str>) -> Vec<PeerPools> {
    let is_compared = |(index, peer): &(usize, &Chain)| *index < MAX_PEERS || Some(peer.name.as_str()) == chosen;
    let peers: Vec<&Chain> = roles.peers.iter().enumerate().filter(is_compared).map(|(_, peer)| peer).collect();
    let asked = clients_asked(inputs.bundle.len(), peers.len());
    let clients = roles.clients.get(..asked).unwrap_or(&roles.clients);
    peers.into_iter().map(|peer| compare_for_peer(inputs, peer, &roles.peers, clients)).collect()
}

/// How many clients are put before each of some peers.
pub fn clients_asked(bundle: usize, peers: usize) -> usize {
    MAX_CLIENT_QUESTIONS / ((1 + bundle / BUNDLE_OF_ONE_QUESTION) * peers.max(1))
}

fn compare_for_peer(inputs: &PoolInputs<'_, '_>, peer: &Chain, controllers: &[Chain], asked: &[Chain]) -> PeerPools {
    let pools = Rule::ALL.map(|rule| pool::compute(inputs, rule, peer));
    let clients = pools.each_ref().map(|pool| pool::client_verdicts(inputs, pool, asked));
    let divergence = Divergence::default();
    let mut compared = PeerPools { peer: peer.clone(), pools, clients, divergence, gates: Vec::new() };
    compared.divergence = diverge(&compared);
    let naive = NaiveResult { pool: compared.naive(), verdicts: compared.verdicts(Rule::OpenzitiNaive) };
    let check = |gate| pool::check_gate(inputs, gate, naive, controllers, asked);
    compared.gates = Gate::ALL.into_iter().map(check).collect();
    compared
}

fn diverge(compared: &PeerPools) -> Divergence {
    let (naive, correct) = (&compared.naive().anchors, &compared.correct().anchors);
    let verdicts = compared.verdicts(Rule::OpenzitiNaive).iter().zip(compared.verdicts(Rule::Correct)).enumerate();
    let mut divergence = Divergence {
        naive_only: naive.iter().copied().filter(|&id| !correct.contains(&id)).collect(),
        correct_only: correct.iter().copied().filter(|&id| !naive.contains(&id)).collect(),
        both: naive.iter().copied().filter(|&id| correct.contains(&id)).collect(),
        ..Divergence::default()
    };
    for (client, (naive, correct)) in verdicts {
        match (naive.accepts(), correct.accepts()) {
            (true, false) => divergence.gained.push(client),
            (false, true) => divergence.lost.push(client),
            (false, false) => divergence.rejected.push(client),
            (true, true) => {}
        }
        if correct.accepts() && !naive.leaf_only.accepts() {
            divergence.lost_leaf_only.push(client);
        }
    }
    divergence
}
