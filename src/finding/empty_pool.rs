//! The naive pool of some peer holds nothing, so nobody gets in.

use super::{Finding, Severity, advice, facts, reason, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::divergence::PeerPools;

/// At most one finding, about every peer with an empty naive pool.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let empty: Vec<&PeerPools> = analysis.peers.iter().filter(|peer| facts::naive_anchors(peer).is_empty()).gather();
    if empty.is_empty() || analysis.cast.bundle.is_empty() {
        return Vec::new();
    }
    let clients = analysis.cast.clients.len();
    vec![Finding {
        code: "empty-pool",
        severity: if clients == 0 { Severity::Warning } else { Severity::Error },
        title: format!("The naive pool is empty when {} is sampled", words::any_peer(&empty)),
        detail: format!("{} {}", reasons(analysis, &empty), follows(analysis, &empty)),
        certificates: direct_issuers(analysis, &empty),
        fix: fix(analysis, &empty),
    }]
}

/// Why each is empty: first those whose direct issuer the bundle lacks, in one sentence.
fn reasons(analysis: &Analysis<'_>, peers: &[&PeerPools]) -> String {
    let lacking =
        |peer: &&PeerPools| Some(format!("{} for {}", reason::lacking_issuer(analysis, peer)?, peer.peer.name));
    let lacking: Vec<String> = peers.iter().filter_map(lacking).gather();
    let together = (lacking.len() > 1).then(|| {
        format!(
            "The naive rule looks no further than the direct issuer, which the bundle does not hold: {}.",
            words::all_of(&lacking)
        )
    });
    let told_together = together.is_some();
    let alone = peers.iter().filter(|peer| !told_together || reason::lacking_issuer(analysis, peer).is_none());
    together.into_iter().chain(alone.map(|peer| reason::why_naive_is_empty(analysis, peer))).gather().join(" ")
}

fn follows(analysis: &Analysis<'_>, empty: &[&PeerPools]) -> String {
    let lost = facts::lost_with(empty);
    let kept = "An OpenZiti router keeps the empty pool until it restarts";
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
    facts::distinct(&mut leaves.flat_map(|leaf| std::iter::once(leaf).chain(facts::issuers(analysis.graph, leaf))))
}

/// Where the correct pool is empty too, the cause lies elsewhere and comes first.
fn fix(analysis: &Analysis<'_>, empty: &[&PeerPools]) -> String {
    match empty.iter().find(|peer| facts::correct_anchors(peer).is_empty()) {
        None => advice::make_the_pool_correct(analysis),
        Some(peer) => format!(
            "Mend first what leaves the correct pool empty too: {}.",
            reason::why_correct_is_empty(analysis, peer)
        ),
    }
}
