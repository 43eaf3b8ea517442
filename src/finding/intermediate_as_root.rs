//! An intermediate of the bundle ends paths as if it were a root.

use super::facts::Kind;
use super::{Finding, Findings, Severity, advice, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::divergence::PeerPools;
use crate::pool::Rule;

/// One finding per intermediate that a naive pool holds, whichever peer was sampled.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    for id in facts::anchors(&facts::peers(analysis, |_| true), Rule::OpenzitiNaive) {
        if facts::kind(analysis, id) == Kind::Intermediate {
            findings.add(finding(analysis, id));
        }
    }
}

fn finding(analysis: &Analysis<'_>, id: CertId) -> Finding {
    let peers = facts::peers(analysis, |peer| peer.naive().anchors.contains(&id));
    let lost = facts::lost_with(&peers);
    let correct = facts::anchors(&peers, Rule::Correct);
    let pinned = correct.is_empty();
    let on_purpose = pinned && facts::bundled(analysis, Kind::Root).is_empty();
    let mut detail = Vec::new();
    how(analysis, &peers, id, &mut detail);
    match pinned {
        true => pinned_so(analysis, &peers, id, &mut detail),
        false => costs(analysis, &peers, &lost, &mut detail),
    }
    Finding {
        code: "intermediate-as-root",
        severity: if on_purpose { Severity::Info } else { Severity::Warning }.worse_if(&lost),
        title: format!("{} acts as a root, and it is an intermediate", analysis.name(id)),
        detail: detail.join(" "),
        certificates: facts::with(id, &correct),
        fix: if pinned { fix_if_pinned(analysis, id) } else { advice::make_the_pool_correct(analysis) },
    }
}

/// Which peers, and why the path ends there.
fn how(analysis: &Analysis<'_>, peers: &[&PeerPools], id: CertId, detail: &mut Vec<String>) {
    let issuers = facts::bundled_issuers(analysis, id);
    let beside = match issuers.is_empty() {
        true => String::new(),
        false => format!(" beside its issuer {}", words::names(analysis, &issuers)),
    };
    detail.push(format!(
        "When {} is sampled, the path ends at {}: the bundle lists it{beside}, and the naive rule uses the whole \
         bundle as roots.",
        words::any_peer(peers),
        analysis.name(id)
    ));
}

fn costs(analysis: &Analysis<'_>, peers: &[&PeerPools], lost: &[usize], detail: &mut Vec<String>) {
    let old = facts::clients_of(peers, |divergence| &divergence.lost_leaf_only);
    if !lost.is_empty() {
        detail.push(format!(
            "So {} rejected, although the correct pool accepts {}.",
            words::clients_are(analysis, lost),
            words::form(lost.len(), "it", "them")
        ));
    } else if analysis.roles.clients.is_empty() {
        detail.push("Only clients below it can get in.".to_owned());
    } else if old.is_empty() {
        detail.push("No client here is rejected by that today.".to_owned());
    } else {
        detail.push(format!(
            "No client here is rejected by that today; routers up to v2.0.0-pre12, which look at the client's leaf \
             alone, reject {}.",
            words::clients(analysis, &old)
        ));
    }
}

/// No root is reached, so trust in the intermediate may be on purpose: what follows from it.
fn pinned_so(analysis: &Analysis<'_>, peers: &[&PeerPools], id: CertId, detail: &mut Vec<String>) {
    let gained = facts::clients_of(peers, |divergence| &divergence.gained);
    let here = if gained.is_empty() { "" } else { ", here " };
    detail.push(format!(
        "No root of the bundle is reached, so {} is pinned: what it issued is accepted{here}{}, and nothing else, \
         until it expires or is replaced by a new key.",
        analysis.name(id),
        words::clients(analysis, &gained)
    ));
}

fn fix_if_pinned(analysis: &Analysis<'_>, id: CertId) -> String {
    let name = analysis.name(id);
    let issuer = analysis.graph.certificate(id).map(|it| it.issuer.rfc4514()).unwrap_or_default();
    format!(
        "If pinning {name} is intended, leave it, and put its successor into the bundle before it is replaced. \
         Otherwise add the root above it ({name} was issued by {issuer})."
    )
}
