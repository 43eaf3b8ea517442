//! Why a pool is empty, in words.

use super::facts::Kind;
use super::{expired_on_path, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;
use crate::graph::{Edge, NameMatch};
use crate::pool::RootPool;
use crate::signature::Status;

/// Why the correct pool of this peer is empty; completes "… is empty: ".
pub(super) fn why_correct_is_empty(analysis: &Analysis<'_>, peer: &PeerPools) -> String {
    let roots = facts::bundled(analysis, Kind::Root);
    if roots.is_empty() {
        return no_root(analysis);
    }
    let reach: Vec<CertId> = facts::reach(analysis, &peer.peer).into_iter().collect();
    if let Some(id) = reach.iter().copied().rfind(|&id| facts::is_outside_validity(analysis, id)) {
        return outside_validity(analysis, id);
    }
    match reach.iter().any(|id| roots.contains(id)) {
        true => refused(analysis, peer.correct(), peer, &reach, &reach),
        false => no_way_up(analysis, peer, &reach),
    }
}

/// Why the naive pool of this peer is empty, as a sentence.
pub(super) fn why_naive_is_empty(analysis: &Analysis<'_>, peer: &PeerPools) -> String {
    let (name, leaf) = (&peer.peer.name, peer.peer.leaf);
    if let Some(issuer) = lacking_issuer(analysis, peer) {
        return format!(
            "{issuer} issued {name} and is not in the bundle, and the naive rule looks no further than the direct issuer."
        );
    }
    let usable = facts::bundled_issuers(analysis, leaf);
    if usable.is_empty() {
        return format!("Nothing here issued {name}.");
    }
    let mut path = usable.iter().copied().chain([leaf]);
    let because = match path.find(|&id| facts::is_outside_validity(analysis, id)) {
        Some(id) => outside_validity(analysis, id),
        None => refused(analysis, peer.naive(), peer, &[leaf], &usable),
    };
    format!("The bundle holds {}, which issued {name}, but {because}.", words::names(analysis, &usable))
}

/// The name of the peer's direct issuer, if it is here and the bundle does not hold it.
pub(super) fn lacking_issuer<'a>(analysis: &'a Analysis<'_>, peer: &PeerPools) -> Option<&'a str> {
    let bundled = !facts::bundled_issuers(analysis, peer.peer.leaf).is_empty();
    let first = *facts::issuers(analysis, peer.peer.leaf).first().filter(|_| !bundled)?;
    Some(analysis.name(first))
}

fn no_root(analysis: &Analysis<'_>) -> String {
    let refused = facts::bundled(analysis, Kind::RefusedRoot);
    let names = words::names(analysis, &refused);
    match refused.len() {
        0 => "the bundle holds no root".to_owned(),
        1 => format!("the bundle's only self-signed CA, {names}, is not accepted as a root"),
        _ => format!("the bundle's self-signed CAs, {names}, are not accepted as roots"),
    }
}

fn outside_validity(analysis: &Analysis<'_>, id: CertId) -> String {
    let when = analysis.graph.certificate(id).map(|it| expired_on_path::when(it, analysis.at));
    format!("{} {}", analysis.name(id), when.unwrap_or_default())
}

/// Why Go refuses the path although its certificates are there: one of `subjects` names one of `usable` in another
/// spelling, or else Go's own words. Go compares names byte for byte (`docs/background/go-verify.md`, section 2),
/// others fold case and string types.
fn refused(
    analysis: &Analysis<'_>,
    pool: &RootPool,
    peer: &PeerPools,
    subjects: &[CertId],
    usable: &[CertId],
) -> String {
    for &subject in subjects {
        for edge in analysis.graph.issuers_of(subject) {
            let spelt_otherwise = edge.names == NameMatch::Equivalent && edge.signature == Status::Valid;
            if spelt_otherwise && usable.contains(&edge.issuer) {
                return format!(
                    "{} spells its issuer's name otherwise than {} does (string type, case or spacing), and Go \
                     compares names byte for byte",
                    analysis.name(subject),
                    analysis.name(edge.issuer)
                );
            }
        }
    }
    format!("Go refuses the path of {} ({})", peer.peer.name, pool.search.detail)
}

/// Where the path upwards ends.
fn no_way_up(analysis: &Analysis<'_>, peer: &PeerPools, reach: &[CertId]) -> String {
    let graph = analysis.graph;
    let goes_on = |id: CertId| facts::issuers(analysis, id).iter().any(|issuer| reach.contains(issuer));
    let name = &peer.peer.name;
    let Some(top) = reach.iter().copied().find(|&id| !goes_on(id)) else {
        return format!("{name} leads to no root of the bundle");
    };
    let top_name = analysis.name(top);
    if graph.self_signed(top) == Some(true) {
        return format!("{name} leads to {top_name}, which the bundle does not hold");
    }
    let issuer = graph.certificate(top).and_then(|it| it.issuer.short()).unwrap_or_default();
    if let Some(&at_hand) = facts::issuers(analysis, top).first() {
        let holders = words::all_holders(analysis, at_hand);
        return format!("{top_name} was issued by {issuer}, which is in {holders} but neither sent nor in the bundle");
    }
    let namesake = |edge: &&Edge| edge.names_agree() && edge.signature == Status::Invalid;
    match graph.issuers_of(top).iter().find(namesake) {
        Some(edge) => format!(
            "{top_name} names {issuer} as its issuer, but the {issuer} in {} has another key",
            words::all_holders(analysis, edge.issuer)
        ),
        None => format!("{top_name} was issued by {issuer}, which is in none of the files"),
    }
}
