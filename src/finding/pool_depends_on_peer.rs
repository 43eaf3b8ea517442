//! The naive pool differs with the peer that is sampled, and which one that is depends on luck.

use super::{Finding, Findings, Severity, advice, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection;
use crate::divergence::PeerPools;
use crate::pool::Rule;
use std::collections::BTreeSet;

/// At most one finding.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let groups = groups(analysis);
    if groups.len() < 2 {
        return;
    }
    let mut pools = Vec::new();
    let mut certificates = Vec::new();
    for (pool, peers) in &groups {
        let peers = words::any_peer(peers);
        let pool: Vec<CertId> = pool.iter().copied().collect();
        let named = if pool.is_empty() { "empty".to_owned() } else { words::names(analysis, &pool) };
        pools.push(format!("{named} when {peers} is sampled"));
        certificates.extend(pool);
    }
    findings.add(Finding {
        code: "pool-depends-on-peer",
        severity: Severity::Warning,
        title: format!("{} peers, {} different naive pools", analysis.peers.len(), groups.len()),
        detail: format!(
            "The naive pool is {}. The router asks one controller, whichever answers best, and keeps the answer until \
             it restarts. {}",
            words::all_of(&pools),
            whom(analysis)
        ),
        certificates: collection::distinct(&certificates),
        fix: advice::make_the_pool_correct(analysis),
    });
}

/// The distinct naive pools, as sets, each with its peers.
fn groups<'a>(analysis: &'a Analysis<'_>) -> Vec<(BTreeSet<CertId>, Vec<&'a PeerPools>)> {
    let mut groups: Vec<(BTreeSet<CertId>, Vec<&PeerPools>)> = Vec::new();
    for peer in &analysis.peers {
        let pool = facts::naive_set(peer);
        match groups.iter_mut().find(|(known, _)| *known == pool) {
            Some((_, peers)) => peers.push(peer),
            None => groups.push((pool, vec![peer])),
        }
    }
    groups
}

/// The clients for whom it makes a difference.
fn whom(analysis: &Analysis<'_>) -> String {
    let accepted = |client: usize| {
        let accepts = |peer: &PeerPools| peer.verdicts(Rule::OpenzitiNaive).get(client).is_some_and(|it| it.accepts());
        facts::peers(analysis, accepts).len()
    };
    let clients = 0..analysis.roles.clients.len();
    let depending = clients.filter(|&client| (1..analysis.peers.len()).contains(&accepted(client))).collect::<Vec<_>>();
    match (analysis.roles.clients.is_empty(), depending.is_empty()) {
        (true, _) => "Add clients' chains to see for whom that makes a difference.".to_owned(),
        (false, true) => "For the clients here it makes no difference today.".to_owned(),
        (false, false) => {
            format!("So a restart can change whether {} accepted.", words::clients_are(analysis, &depending))
        }
    }
}
