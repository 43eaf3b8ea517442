//! An intermediate of the bundle ends paths as if it were a root.

use super::{Finding, Severity, advice, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::divergence::PeerPools;

/// One finding per intermediate that a naive pool holds, whichever peer was sampled.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let anchors = facts::distinct(&mut analysis.peers.iter().flat_map(facts::naive_anchors));
    let intermediates = anchors.into_iter().filter(|&id| facts::is_intermediate(analysis.graph, id));
    intermediates.map(|id| finding(analysis, id)).gather()
}

fn finding(analysis: &Analysis<'_>, id: CertId) -> Finding {
    let peers: Vec<&PeerPools> = analysis.peers.iter().filter(|peer| facts::naive_anchors(peer).contains(&id)).gather();
    let pinned = peers.iter().all(|peer| facts::correct_anchors(peer).is_empty());
    let lost = facts::lost_with(&peers);
    let severity = match (lost.is_empty(), pinned && facts::bundle_roots(analysis).is_empty()) {
        (false, _) => Severity::Error,
        (true, true) => Severity::Info,
        (true, false) => Severity::Warning,
    };
    let name = words::name(analysis, id);
    let follows = if pinned { pinned_so(analysis, &peers, &name) } else { costs(analysis, &peers, &lost) };
    Finding {
        code: "intermediate-as-root",
        severity,
        title: format!("{name} acts as a root, and it is an intermediate"),
        detail: format!("{} {follows}", how(analysis, &peers, id)),
        certificates: facts::distinct(
            &mut std::iter::once(id).chain(peers.iter().flat_map(|peer| facts::correct_anchors(peer))),
        ),
        fix: if pinned { fix_if_pinned(analysis, id, &name) } else { advice::make_the_pool_correct(analysis) },
    }
}

/// Which peers, and why the path ends there.
fn how(analysis: &Analysis<'_>, peers: &[&PeerPools], id: CertId) -> String {
    let issuers = facts::issuers(analysis.graph, id);
    let in_bundle: Vec<CertId> = issuers.into_iter().filter(|id| analysis.cast.bundle.contains(id)).gather();
    let beside = match in_bundle.is_empty() {
        true => String::new(),
        false => format!(" beside its issuer {}", words::names(analysis, &in_bundle)),
    };
    format!(
        "When {} is sampled, the path ends at {}: the bundle lists it{beside}, and the naive rule uses the whole \
         bundle as roots.",
        words::any_peer(peers),
        words::name(analysis, id)
    )
}

fn costs(analysis: &Analysis<'_>, peers: &[&PeerPools], lost: &[usize]) -> String {
    if !lost.is_empty() {
        return format!(
            "So {} rejected, although the correct pool accepts {}.",
            words::clients_are(analysis, lost),
            words::form(lost.len(), "it", "them")
        );
    }
    if analysis.cast.clients.is_empty() {
        return "Only clients below it can get in.".to_owned();
    }
    let old = facts::clients_of(peers, |divergence| &divergence.lost_leaf_only);
    match old.is_empty() {
        true => "No client here is rejected by that today.".to_owned(),
        false => format!(
            "No client here is rejected by that today; routers up to v2.0.0-pre12, which look at the client's leaf \
             alone, reject {}.",
            words::clients(analysis, &old)
        ),
    }
}

/// No root is reached, so trust in the intermediate may be on purpose: what follows from it.
fn pinned_so(analysis: &Analysis<'_>, peers: &[&PeerPools], name: &str) -> String {
    let gained = facts::clients_of(peers, |divergence| &divergence.gained);
    let whom = match gained.is_empty() {
        true => "what it issued is accepted".to_owned(),
        false => format!("what it issued is accepted, here {}", words::clients(analysis, &gained)),
    };
    format!(
        "No root of the bundle is reached, so {name} is pinned: {whom}, and nothing else, until it expires or is \
         replaced by a new key."
    )
}

fn fix_if_pinned(analysis: &Analysis<'_>, id: CertId, name: &str) -> String {
    let issuer = analysis.graph.certificate(id).map(|it| it.issuer.rfc4514()).unwrap_or_default();
    format!(
        "If pinning {name} is intended, leave it, and put its successor into the bundle before it is replaced. \
         Otherwise add the root above it ({name} was issued by {issuer})."
    )
}
