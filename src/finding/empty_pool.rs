//! The naive pool of some peer holds nothing, so nobody gets in.

use super::{Finding, Severity, advice, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;
use crate::pool::Rule;

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

/// Why each is empty: first those whose direct issuer the bundle lacks, in one sentence.
fn reasons(analysis: &Analysis<'_>, peers: &[&PeerPools]) -> String {
    let lacking = |peer: &&PeerPools| Some(format!("{} for {}", lacking_issuer(analysis, peer)?, peer.peer.name));
    let lacking: Vec<String> = peers.iter().filter_map(lacking).collect();
    let together = (lacking.len() > 1).then(|| {
        format!(
            "The naive rule looks no further than the direct issuer, which the bundle does not hold: {}.",
            words::all_of(&lacking)
        )
    });
    let told_together = together.is_some();
    let alone = peers.iter().filter(|peer| !told_together || lacking_issuer(analysis, peer).is_none());
    together.into_iter().chain(alone.map(|peer| why_naive_is_empty(analysis, peer))).collect::<Vec<String>>().join(" ")
}

/// The name of the peer's direct issuer, if it is here and the bundle does not hold it.
fn lacking_issuer(analysis: &Analysis<'_>, peer: &PeerPools) -> Option<String> {
    let issuers = facts::issuers(analysis.graph, peer.peer.leaf);
    let first = *issuers.first()?;
    issuers.iter().all(|id| !analysis.cast.bundle.contains(id)).then(|| words::name(analysis, first))
}

/// Why the naive pool of this peer is empty, as a sentence.
pub(super) fn why_naive_is_empty(analysis: &Analysis<'_>, peer: &PeerPools) -> String {
    let name = &peer.peer.name;
    if let Some(issuer) = lacking_issuer(analysis, peer) {
        return format!(
            "{issuer} issued {name} and is not in the bundle, and the naive rule looks no further than the direct issuer."
        );
    }
    let issuers = facts::issuers(analysis.graph, peer.peer.leaf);
    if issuers.is_empty() {
        return format!("Nothing here issued {name}.");
    }
    let words = peer.pool(Rule::OpenzitiNaive).map(|pool| pool.search.detail.clone()).unwrap_or_default();
    let issuers = words::any_of(&issuers.iter().map(|&id| words::name(analysis, id)).collect::<Vec<String>>());
    format!("{issuers} issued {name} and is in the bundle, but Go refuses the path ({words}).")
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
