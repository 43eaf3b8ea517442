//! The naive pool of some peer holds nothing, so nobody gets in.

use super::{Finding, Findings, Severity, advice, facts, reason, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection;
use crate::divergence::PeerPools;

/// At most one finding, about every peer with an empty naive pool.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let empty = facts::peers(analysis, |peer| peer.naive().anchors.is_empty());
    if empty.is_empty() || analysis.roles.bundle.is_empty() {
        return;
    }
    let mut detail = Vec::new();
    reasons(analysis, &empty, &mut detail);
    follows(analysis, &empty, &mut detail);
    findings.add(Finding {
        code: "empty-pool",
        severity: if analysis.roles.clients.is_empty() { Severity::Warning } else { Severity::Error },
        title: format!("The naive pool is empty when {} is sampled", words::any_peer(&empty)),
        detail: detail.join(" "),
        certificates: direct_issuers(analysis, &empty),
        fix: fix(analysis, &empty),
    });
}

/// Why each is empty: first those whose direct issuer the bundle lacks, in one sentence.
fn reasons(analysis: &Analysis<'_>, peers: &[&PeerPools], detail: &mut Vec<String>) {
    let mut lacking = Vec::new();
    for peer in peers {
        if let Some(issuer) = reason::lacking_issuer(analysis, peer) {
            lacking.push(format!("{issuer} for {}", peer.peer.name));
        }
    }
    let together = lacking.len() > 1;
    if together {
        detail.push(format!(
            "The naive rule looks no further than the direct issuer, which the bundle does not hold: {}.",
            words::all_of(&lacking)
        ));
    }
    for peer in peers {
        if !together || reason::lacking_issuer(analysis, peer).is_none() {
            detail.push(reason::why_naive_is_empty(analysis, peer));
        }
    }
}

fn follows(analysis: &Analysis<'_>, empty: &[&PeerPools], detail: &mut Vec<String>) {
    let kept = "An OpenZiti router keeps the empty pool until it restarts";
    let all = analysis.roles.clients.len();
    let lost = facts::lost_with(empty);
    let whom = match all {
        0 => return detail.push(format!("{kept}, and every client is rejected.")),
        1 => "The only client is".to_owned(),
        2 => "Both clients are".to_owned(),
        more => format!("All {more} clients are"),
    };
    let but = match lost.len() {
        0 => ", by the correct pool too".to_owned(),
        lost if lost == all => " that the correct pool accepts".to_owned(),
        _ => format!("; the correct pool accepts {}", words::clients(analysis, &lost)),
    };
    detail.push(format!("{kept}. {whom} rejected{but}."));
}

/// The peers' leaves and who issued them.
fn direct_issuers(analysis: &Analysis<'_>, peers: &[&PeerPools]) -> Vec<CertId> {
    let mut found = Vec::new();
    for peer in peers {
        found.push(peer.peer.leaf);
        found.extend_from_slice(&facts::issuers(analysis, peer.peer.leaf));
    }
    collection::distinct(&found)
}

/// Where the correct pool is empty too, the cause lies elsewhere and comes first.
fn fix(analysis: &Analysis<'_>, empty: &[&PeerPools]) -> String {
    match empty.iter().find(|peer| peer.correct().anchors.is_empty()) {
        None => advice::make_the_pool_correct(analysis),
        Some(peer) => format!("Fix this first: {}.", reason::why_correct_is_empty(analysis, peer)),
    }
}
