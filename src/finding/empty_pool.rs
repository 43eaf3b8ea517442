//! The naive pool of some peer holds nothing, so nobody gets in.

use super::{Finding, Severity, advice, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;

/// At most one finding, about every peer with an empty naive pool.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let empty: Vec<&PeerPools> = analysis.peers.iter().filter(|peer| facts::naive_anchors(peer).is_empty()).collect();
    if empty.is_empty() || analysis.cast.bundle.is_empty() {
        return Vec::new();
    }
    let clients = analysis.cast.clients.len();
    vec![Finding {
        code: "empty-pool",
        severity: if clients == 0 { Severity::Warning } else { Severity::Error },
        title: format!(
            "The naive pool is empty when {} is sampled",
            words::any_peer(empty.iter().map(|peer| &peer.peer))
        ),
        detail: format!("{} {}", reasons(analysis, &empty), follows(analysis, &empty)),
        certificates: direct_issuers(analysis, &empty),
        fix: fix(analysis, &empty),
    }]
}

/// Why each is empty, peers with the same reason together.
fn reasons(analysis: &Analysis<'_>, peers: &[&PeerPools]) -> String {
    let mut told: Vec<String> = Vec::new();
    for peer in peers {
        let reason = why_naive_is_empty(analysis, peer);
        if !told.contains(&reason) {
            told.push(reason);
        }
    }
    told.join(" ")
}

/// Why the naive pool of this peer is empty, as a sentence.
pub(super) fn why_naive_is_empty(analysis: &Analysis<'_>, peer: &PeerPools) -> String {
    let issuers = facts::issuers(analysis.graph, peer.peer.leaf);
    let usable: Vec<CertId> = issuers.iter().copied().filter(|id| analysis.cast.bundle.contains(id)).collect();
    let name = &peer.peer.name;
    if !usable.is_empty() {
        return format!(
            "{name} was issued by {}, which the bundle holds, but Go refuses the path ({}).",
            words::names(analysis, &usable),
            peer.pool(crate::pool::Rule::OpenzitiNaive).map(|pool| pool.search.detail.clone()).unwrap_or_default()
        );
    }
    match issuers.first() {
        Some(&issuer) => format!(
            "{} issued {name} and is not in the bundle, and the naive rule looks no further than the direct issuer.",
            words::name(analysis, issuer)
        ),
        None => format!("Nothing here issued {name}."),
    }
}

fn follows(analysis: &Analysis<'_>, empty: &[&PeerPools]) -> String {
    let lost = facts::lost_with(empty.iter().copied());
    let kept = "The router keeps the empty pool until it restarts";
    match (analysis.cast.clients.len(), lost.len()) {
        (0, _) => format!("{kept}, and every client is rejected."),
        (all, 0) => format!("{kept}. {} rejected, by the correct pool too.", all_clients(all)),
        (all, lost_count) if all == lost_count => {
            format!("{kept}. {} rejected that the correct pool accepts.", all_clients(all))
        }
        (all, _) => format!(
            "{kept}. {} rejected; the correct pool accepts {}.",
            all_clients(all),
            words::clients(analysis, &lost)
        ),
    }
}

fn all_clients(number: usize) -> String {
    match number {
        1 => "The only client is".to_owned(),
        2 => "Both clients are".to_owned(),
        more => format!("All {more} clients are"),
    }
}

/// The peers' leaves and who issued them.
fn direct_issuers(analysis: &Analysis<'_>, peers: &[&PeerPools]) -> Vec<CertId> {
    let leaves = peers.iter().map(|peer| peer.peer.leaf);
    facts::distinct(leaves.flat_map(|leaf| std::iter::once(leaf).chain(facts::issuers(analysis.graph, leaf))))
}

fn fix(analysis: &Analysis<'_>, empty: &[&PeerPools]) -> String {
    let correct_helps = empty.iter().any(|peer| !facts::correct_anchors(peer).is_empty());
    match correct_helps {
        true => advice::make_the_pool_correct(analysis),
        false => format!(
            "Add the root that {} leads to to the bundle, and let the peer send every intermediate below it.",
            words::any_peer(empty.iter().map(|peer| &peer.peer))
        ),
    }
}
