//! One name, two keys: two CAs that everybody takes for one.

use super::facts::{Kind, Rejection};
use super::{Finding, Findings, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection;
use crate::graph::{Edge, KeyIdMatch};
use crate::signature::Status;
use std::collections::BTreeSet;

/// One finding per name that several keys share, or that a certificate names although the key here did not sign it.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let with_a_role = facts::with_a_role(analysis);
    let mut told: BTreeSet<CertId> = BTreeSet::new();
    for edges in by_ca(analysis, &mistaken(analysis, &with_a_role)) {
        if let Some(edge) = edges.first() {
            let finding = mistaken_for(analysis, edge.issuer, &edges);
            told.extend(&finding.certificates);
            findings.add(finding);
        }
    }
    for group in shared_names(analysis, &with_a_role) {
        if !group.iter().any(|id| told.contains(id)) {
            findings.add(shared(analysis, group));
        }
    }
}

/// Edges whose names agree, whose signature fails, and whose subject nobody here signed, or nobody in the bundle, so
/// that a client is rejected although the bundle holds a CA of the right name.
fn mistaken<'a>(analysis: &'a Analysis<'_>, with_a_role: &BTreeSet<CertId>) -> Vec<&'a Edge> {
    let refuted = |edge: &Edge| edge.names_agree() && edge.signature == Status::Invalid;
    let unsigned = |id| analysis.graph.issuers_of(id).iter().all(|edge| !edge.names_agree() || refuted(edge));
    let locks_out = |edge: &Edge| {
        analysis.roles.bundle.contains(&edge.issuer)
            && facts::bundled_issuers(analysis, edge.subject).is_empty()
            && !facts::clients_refused(analysis, Rejection::UnknownAuthority, &[edge.subject]).is_empty()
    };
    let between = |id| analysis.graph.self_signed(id) != Some(true) && with_a_role.contains(&id);
    let is_mistaken =
        |edge: &&Edge| refuted(edge) && between(edge.subject) && (unsigned(edge.subject) || locks_out(edge));
    analysis.graph.edges.iter().filter(is_mistaken).collect()
}

/// The edges by the CA that is mistaken.
fn by_ca<'a>(analysis: &Analysis<'_>, edges: &[&'a Edge]) -> Vec<Vec<&'a Edge>> {
    let cas: Vec<Option<usize>> = edges.iter().map(|edge| analysis.graph.ca_of(edge.issuer)).collect();
    let mut groups: Vec<Vec<&Edge>> = Vec::new();
    for (&edge, number) in edges.iter().zip(collection::dense_ids(&cas)) {
        match groups.get_mut(number) {
            Some(group) => group.push(edge),
            None => groups.push(vec![edge]),
        }
    }
    groups
}

fn mistaken_for(analysis: &Analysis<'_>, issuer: CertId, edges: &[&Edge]) -> Finding {
    let subjects = collection::distinct(&edges.iter().map(|edge| edge.subject).collect::<Vec<_>>());
    let rejected = facts::clients_refused(analysis, Rejection::UnknownAuthority, &subjects);
    let name = analysis.name(issuer);
    let mut detail = Vec::new();
    detail.push(format!(
        "{} {} {name} as issuer, but the key of the {name} in {} did not sign {}.",
        words::names(analysis, &subjects),
        words::form(subjects.len(), "names", "name"),
        words::any_holder(analysis, issuer),
        words::form(subjects.len(), "it", "them")
    ));
    explain(analysis, edges, &mut detail);
    compare_ages(analysis, &subjects, issuer, &mut detail);
    match rejected.is_empty() {
        true => detail.push("Nobody here is rejected for that.".to_owned()),
        false => detail.push(format!("So {} rejected.", words::clients_are(analysis, &rejected))),
    }
    Finding {
        code: "same-name-other-key",
        severity: Severity::Warning.worse_if(&rejected),
        title: format!("{name} has the right name and the wrong key"),
        detail: detail.join(" "),
        certificates: facts::with(issuer, &subjects),
        fix: format!(
            "Compare key ids, not names. Issue {} again from the {name} of today, or keep the earlier CA \
             of that name in the bundle too until all of them are renewed.",
            words::form(edges.len(), "the certificate", "the certificates")
        ),
    }
}

/// Equal key ids speak for one CA, so that the signature's failure needs another explanation.
fn explain(analysis: &Analysis<'_>, edges: &[&Edge], detail: &mut Vec<String>) {
    if edges.iter().any(|edge| edge.key_ids == KeyIdMatch::Match) {
        return detail.push(
            "The key ids match all the same: either a certificate was altered, or another key was given this key id."
                .to_owned(),
        );
    }
    match edges.iter().find_map(|edge| facts::issuers(analysis, edge.subject).first().copied()) {
        Some(signer) => detail.push(format!(
            "Another CA of that name did, which is in {} and not in the bundle.",
            words::any_holder(analysis, signer)
        )),
        None => detail.push("Another CA of that name did, and it is in none of the files.".to_owned()),
    }
}

/// A certificate that is older than its would-be issuer tells that the CA was made anew.
fn compare_ages(analysis: &Analysis<'_>, subjects: &[CertId], issuer: CertId, detail: &mut Vec<String>) {
    let Some(since) = analysis.graph.certificate(issuer).map(|it| it.not_before) else { return };
    let is_older = |id| analysis.graph.certificate(id).is_some_and(|it| it.not_before < since);
    let older = subjects.iter().copied().filter(|id| is_older(*id)).collect::<Vec<_>>();
    if !older.is_empty() {
        detail.push(format!(
            "{} {} older than this CA (valid from {}), so it cannot have issued {}: most likely the CA was made anew \
             under the same name.",
            words::names(analysis, &older),
            words::form(older.len(), "is", "are"),
            since.date(),
            words::form(older.len(), "it", "them")
        ));
    }
}

/// Groups of with_a_role CAs that share a name and not the key: one certificate for each key.
fn shared_names(analysis: &Analysis<'_>, with_a_role: &BTreeSet<CertId>) -> Vec<Vec<CertId>> {
    let plays_a_ca = |id: &&CertId| with_a_role.contains(*id) && facts::kind(analysis, **id) != Kind::EndEntity;
    let representative = |ca: usize| analysis.graph.cas.get(ca)?.certificates.iter().find(plays_a_ca).copied();
    let mut groups: Vec<Vec<(usize, CertId)>> = Vec::new();
    for cas in analysis.graph.shared_names() {
        let playing = cas.iter().filter_map(|&ca| Some((ca, representative(ca)?)));
        groups.push(playing.collect());
    }
    groups.retain(|group| group.len() > 1);
    groups.sort_by_key(|group| group.first().map(|(ca, _)| *ca));
    groups.into_iter().map(|group| group.into_iter().map(|(_, id)| id).collect()).collect()
}

fn shared(analysis: &Analysis<'_>, group: Vec<CertId>) -> Finding {
    let first = group.first().and_then(|&id| analysis.graph.certificate(id));
    Finding {
        code: "same-name-other-key",
        severity: Severity::Info,
        title: format!("{} CAs are called {}", group.len(), first.map(|it| it.short_name()).unwrap_or_default()),
        detail: format!(
            "{} have one name and different keys, so they are different CAs. A path goes on only through the one whose \
             key signed. When it fails, Go may blame the signature of another one of that name, which is misleading.",
            words::names(analysis, &group)
        ),
        certificates: group,
        fix: "Tell them apart by key id or fingerprint. Give new CAs names of their own.".to_owned(),
    }
}
