//! The naive pool differs with the peer that is sampled, and which one that is depends on luck.

use super::{Finding, Severity, advice, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection;
use crate::collection::Gather as _;
use crate::divergence::PeerPools;
use crate::pool::Rule;

/// At most one finding.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let groups = groups(analysis);
    if groups.len() < 2 {
        return Vec::new();
    }
    let pools: Vec<String> = groups.iter().map(|(pool, peers)| pool_of(analysis, pool, peers)).gather();
    vec![Finding {
        code: "pool-depends-on-peer",
        severity: Severity::Warning,
        title: format!("{} peers, {} different naive pools", analysis.peers.len(), groups.len()),
        detail: format!(
            "The naive pool is {}. The router asks one controller, whichever answers best, and keeps the answer until \
             it restarts. {}",
            words::all_of(&pools),
            whom(analysis)
        ),
        certificates: facts::distinct(&mut groups.iter().flat_map(|(pool, _)| pool.iter().copied())),
        fix: advice::make_the_pool_correct(analysis),
    }]
}

/// The distinct naive pools, as sets, each with its peers.
fn groups<'a>(analysis: &'a Analysis<'_>) -> Vec<(Vec<CertId>, Vec<&'a PeerPools>)> {
    let mut groups: Vec<(Vec<CertId>, Vec<&PeerPools>)> = Vec::new();
    for peer in &analysis.peers {
        let mut pool = facts::naive_anchors(peer);
        collection::sort(&mut pool);
        match groups.iter_mut().find(|(known, _)| *known == pool) {
            Some((_, peers)) => peers.push(peer),
            None => groups.push((pool, vec![peer])),
        }
    }
    groups
}

fn pool_of(analysis: &Analysis<'_>, pool: &[CertId], peers: &[&PeerPools]) -> String {
    let peers = words::any_peer(peers);
    match pool.is_empty() {
        true => format!("empty when {peers} is sampled"),
        false => format!("{} when {peers} is sampled", words::names(analysis, pool)),
    }
}

/// The clients for whom it makes a difference.
fn whom(analysis: &Analysis<'_>) -> String {
    let accepted = |client: usize| {
        let verdicts = analysis.peers.iter().filter_map(move |peer| peer.verdicts(Rule::OpenzitiNaive).get(client));
        verdicts.filter(|verdict| verdict.accepts()).count()
    };
    let total = analysis.peers.len();
    let depends = |&client: &usize| (1..total).contains(&accepted(client));
    let changing: Vec<usize> = (0..analysis.cast.clients.len()).filter(depends).gather();
    match (analysis.cast.clients.is_empty(), changing.is_empty()) {
        (true, _) => "Add clients' chains to see for whom that makes a difference.".to_owned(),
        (false, true) => "For the clients here it makes no difference today.".to_owned(),
        (false, false) => {
            format!("So a restart can change whether {} accepted.", words::clients_are(analysis, &changing))
        }
    }
}
