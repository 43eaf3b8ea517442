//! Why the correct pool of a peer is empty, as a clause.

use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;
use crate::finding::{expired_on_path, facts, words};
use crate::pool::Rule;

/// Completes "… is empty: ".
pub(super) fn why_correct_is_empty(analysis: &Analysis<'_>, peer: &PeerPools) -> String {
    if facts::bundle_roots(analysis).is_empty() {
        return no_root(analysis);
    }
    let reach: Vec<CertId> = facts::reach(analysis, &peer.peer).into_iter().collect();
    let mut outside = reach.iter().copied().filter(|&id| facts::is_outside_validity(analysis, id));
    if let Some(id) = outside.next_back() {
        let when = analysis.graph.certificate(id).map(|it| expired_on_path::when(it, analysis.at));
        return format!("{} {}", words::name(analysis, id), when.unwrap_or_default());
    }
    if reach.iter().any(|id| facts::bundle_roots(analysis).contains(id)) {
        let words = peer.pool(Rule::Correct).map(|pool| pool.search.detail.clone());
        return format!("Go refuses the path of {} ({})", peer.peer.name, words.unwrap_or_default());
    }
    no_way_up(analysis, peer, &reach)
}

fn no_root(analysis: &Analysis<'_>) -> String {
    let refused = facts::bundle_roots_refused(analysis);
    match refused.is_empty() {
        true => "the bundle holds no root".to_owned(),
        false => format!(
            "the bundle's only self-signed {} not accepted as {}",
            match refused.len() {
                1 => format!("CA, {}, is", words::name(analysis, refused.first().copied().unwrap_or(CertId(0)))),
                _ => format!("CAs, {}, are", words::names(analysis, &refused)),
            },
            words::form(refused.len(), "a root", "roots")
        ),
    }
}

/// Where the path upwards ends.
fn no_way_up(analysis: &Analysis<'_>, peer: &PeerPools, reach: &[CertId]) -> String {
    let name = &peer.peer.name;
    let goes_on = |id: CertId| facts::issuers(analysis.graph, id).iter().any(|issuer| reach.contains(issuer));
    let top = reach.iter().copied().find(|&id| !goes_on(id));
    let issuer = top.and_then(|id| analysis.graph.certificate(id)).and_then(|it| it.issuer.short());
    match (top, issuer) {
        (Some(top), _) if analysis.graph.self_signed(top) == Some(true) => {
            format!("{name} leads to {}, which the bundle does not hold", words::name(analysis, top))
        }
        (Some(top), Some(issuer)) if top == peer.peer.leaf => {
            format!("{name} was issued by {issuer}, which it does not present and the bundle does not hold")
        }
        (Some(top), Some(issuer)) => {
            format!("{name} leads to {}, whose issuer {issuer} is not in the bundle", words::name(analysis, top))
        }
        _ => format!("{name} leads to no root of the bundle"),
    }
}
