//! Why a pool is empty, in words.

use super::{expired_on_path, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::divergence::PeerPools;
use crate::graph::NameMatch;
use crate::pool::Rule;
use crate::signature::Status;

/// Why the correct pool of this peer is empty; completes "… is empty: ".
pub(super) fn why_correct_is_empty(analysis: &Analysis<'_>, peer: &PeerPools) -> String {
    let roots = facts::bundle_roots(analysis);
    if roots.is_empty() {
        return no_root(analysis);
    }
    let reach: Vec<CertId> = facts::reach(analysis, &peer.peer).into_iter().gather();
    if let Some(id) = reach.iter().copied().rfind(|&id| facts::is_outside_validity(analysis, id)) {
        return outside_validity(analysis, id);
    }
    if reach.iter().any(|id| roots.contains(id)) {
        let spelt_otherwise = reach.iter().find_map(|&id| spelt_otherwise(analysis, id, &reach));
        return spelt_otherwise.unwrap_or_else(|| refused(peer, Rule::Correct));
    }
    no_way_up(analysis, peer, &reach)
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
    let usable: Vec<CertId> = issuers.into_iter().filter(|id| analysis.cast.bundle.contains(id)).gather();
    if usable.is_empty() {
        return format!("Nothing here issued {name}.");
    }
    let path = [usable.as_slice(), &[peer.peer.leaf]].concat();
    let outside = path.iter().copied().find(|&id| facts::is_outside_validity(analysis, id));
    let because = match outside {
        Some(id) => outside_validity(analysis, id),
        None => {
            spelt_otherwise(analysis, peer.peer.leaf, &usable).unwrap_or_else(|| refused(peer, Rule::OpenzitiNaive))
        }
    };
    format!("The bundle holds {}, which issued {name}, but {because}.", words::names(analysis, &usable))
}

/// The name of the peer's direct issuer, if it is here and the bundle does not hold it.
pub(super) fn lacking_issuer(analysis: &Analysis<'_>, peer: &PeerPools) -> Option<String> {
    let issuers = facts::issuers(analysis.graph, peer.peer.leaf);
    let first = *issuers.first()?;
    issuers.iter().all(|id| !analysis.cast.bundle.contains(id)).then(|| words::name(analysis, first))
}

fn no_root(analysis: &Analysis<'_>) -> String {
    let refused = facts::bundle_roots_refused(analysis);
    match refused.as_slice() {
        [] => "the bundle holds no root".to_owned(),
        [only] => {
            format!("the bundle's only self-signed CA, {}, is not accepted as a root", words::name(analysis, *only))
        }
        several => {
            format!("the bundle's self-signed CAs, {}, are not accepted as roots", words::names(analysis, several))
        }
    }
}

fn outside_validity(analysis: &Analysis<'_>, id: CertId) -> String {
    let when = analysis.graph.certificate(id).map(|it| expired_on_path::when(it, analysis.at));
    format!("{} {}", words::name(analysis, id), when.unwrap_or_default())
}

fn refused(peer: &PeerPools, rule: Rule) -> String {
    let words = peer.pool(rule).map(|pool| pool.search.detail.clone()).unwrap_or_default();
    format!("Go refuses the path of {} ({words})", peer.peer.name)
}

/// Go compares names byte for byte (`go-verify.md`, section 3), others fold case and string types.
fn spelt_otherwise(analysis: &Analysis<'_>, subject: CertId, usable: &[CertId]) -> Option<String> {
    let mut edges = analysis.graph.issuers_of(subject).iter().filter(|edge| usable.contains(&edge.issuer));
    let edge = edges.find(|edge| edge.names == NameMatch::Equivalent && edge.signature == Status::Valid)?;
    Some(format!(
        "{} spells its issuer's name otherwise than {} does (string type, case or spacing), and Go compares names \
         byte for byte",
        words::name(analysis, subject),
        words::name(analysis, edge.issuer)
    ))
}

/// Where the path upwards ends.
fn no_way_up(analysis: &Analysis<'_>, peer: &PeerPools, reach: &[CertId]) -> String {
    let graph = analysis.graph;
    let goes_on = |id: CertId| facts::issuers(graph, id).iter().any(|issuer| reach.contains(issuer));
    let name = &peer.peer.name;
    let Some(top) = reach.iter().copied().find(|&id| !goes_on(id)) else {
        return format!("{name} leads to no root of the bundle");
    };
    if graph.self_signed(top) == Some(true) {
        return format!("{name} leads to {}, which the bundle does not hold", words::name(analysis, top));
    }
    let issuer = graph.certificate(top).and_then(|it| it.issuer.short()).unwrap_or_default();
    let whose = format!("{} was issued by {issuer}", words::name(analysis, top));
    let namesake = graph.issuers_of(top).iter().find(|edge| edge.names_agree() && edge.signature == Status::Invalid);
    match (facts::issuers(graph, top).first(), namesake) {
        (Some(&at_hand), _) => format!(
            "{whose}, which is in {} but neither sent nor in the bundle",
            words::all_of(&facts::holders(analysis, at_hand))
        ),
        (None, Some(edge)) => format!(
            "{} names {issuer} as its issuer, but the {issuer} in {} has another key",
            words::name(analysis, top),
            words::all_of(&facts::holders(analysis, edge.issuer))
        ),
        (None, None) => format!("{whose}, which is in none of the files"),
    }
}
