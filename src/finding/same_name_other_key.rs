//! One name, two keys: two CAs that everybody takes for one.

use super::facts::Refusal;
use super::{Finding, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::{CertId, Certificate};
use crate::collection::Gather as _;
use crate::graph::{Edge, KeyIdMatch};
use crate::signature::Status;

/// One finding per name that several keys share, or that a certificate names although the key here did not sign it.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let mistaken = mistaken(analysis);
    let mut findings: Vec<Finding> = by_issuer_name(analysis, &mistaken);
    let told: Vec<CertId> = findings.iter().flat_map(|finding| finding.certificates.clone()).gather();
    findings.extend(
        shared_names(analysis)
            .into_iter()
            .filter(|group| !group.iter().any(|id| told.contains(id)))
            .map(|group| shared(analysis, group)),
    );
    findings
}

/// Edges whose names agree, whose signature fails, and whose subject nobody here signed, or nobody in the bundle, so
/// that a client is rejected although the bundle holds a CA of the right name.
fn mistaken<'a>(analysis: &'a Analysis<'_>) -> Vec<&'a Edge> {
    let playing = facts::playing(analysis);
    let graph = analysis.graph;
    let refuted = graph.edges.iter().filter(|edge| edge.names_agree() && edge.signature == Status::Invalid);
    let unsigned = |edge: &&Edge| {
        let edges = graph.issuers_of(edge.subject).iter();
        edges.filter(|it| it.names_agree()).all(|it| it.signature == Status::Invalid)
    };
    let bundle = &analysis.cast.bundle;
    let locks_out = |edge: &&Edge| {
        bundle.contains(&edge.issuer)
            && !facts::issuers(graph, edge.subject).iter().any(|signer| bundle.contains(signer))
            && !facts::clients_refused(analysis, Refusal::UnknownAuthority, &[edge.subject]).is_empty()
    };
    let between = |edge: &&Edge| graph.self_signed(edge.subject) != Some(true) && playing.contains(&edge.subject);
    refuted.filter(between).filter(|edge| unsigned(edge) || locks_out(edge)).gather()
}

/// The mistaken edges by the CA that is mistaken, one finding for each.
fn by_issuer_name(analysis: &Analysis<'_>, mistaken: &[&Edge]) -> Vec<Finding> {
    let mut groups: Vec<(Option<usize>, Vec<&Edge>)> = Vec::new();
    for edge in mistaken {
        let ca = analysis.graph.ca_of(edge.issuer);
        match groups.iter_mut().find(|(known, _)| *known == ca) {
            Some((_, edges)) => edges.push(edge),
            None => groups.push((ca, vec![edge])),
        }
    }
    groups.into_iter().filter_map(|(_, edges)| mistaken_for(analysis, &edges)).gather()
}

fn mistaken_for(analysis: &Analysis<'_>, edges: &[&Edge]) -> Option<Finding> {
    let issuer = edges.first()?.issuer;
    let subjects = facts::distinct(&mut edges.iter().map(|edge| edge.subject));
    let rejected = facts::clients_refused(analysis, Refusal::UnknownAuthority, &subjects);
    let name = words::name(analysis, issuer);
    let whom = match rejected.is_empty() {
        true => "Nobody here is rejected for that.".to_owned(),
        false => {
            format!("So {} rejected.", words::clients_are(analysis, &rejected))
        }
    };
    Some(Finding {
        code: "same-name-other-key",
        severity: if rejected.is_empty() { Severity::Warning } else { Severity::Error },
        title: format!("{name} has the right name and the wrong key"),
        detail: format!(
            "{} {} {name} as issuer, but the key of the {name} in {} did not sign {}. {}{} {whom}",
            words::names(analysis, &subjects),
            words::form(subjects.len(), "names", "name"),
            words::any_of(&facts::holders(analysis, issuer)),
            words::form(subjects.len(), "it", "them"),
            explanation(analysis, edges),
            older_than(analysis, &subjects, issuer)
        ),
        certificates: facts::distinct(&mut std::iter::once(issuer).chain(subjects)),
        fix: format!(
            "Compare key ids, not names. Issue {} again from the {name} of today, or keep the earlier CA \
             of that name in the bundle too until all of them are renewed.",
            words::form(edges.len(), "the certificate", "the certificates")
        ),
    })
}

/// Equal key ids speak for one CA, so that the signature's failure needs another explanation.
fn explanation(analysis: &Analysis<'_>, edges: &[&Edge]) -> String {
    if edges.iter().any(|edge| edge.key_ids == KeyIdMatch::Match) {
        return "The key ids match all the same: either a certificate was altered, or another key was given this key id."
            .to_owned();
    }
    let signer = edges.iter().find_map(|edge| facts::issuers(analysis.graph, edge.subject).first().copied());
    match signer {
        Some(signer) => format!(
            "Another CA of that name did, which is in {} and not in the bundle.",
            words::any_of(&facts::holders(analysis, signer))
        ),
        None => "Another CA of that name did, and it is in none of the files.".to_owned(),
    }
}

/// A certificate that is older than its would-be issuer tells that the CA was made anew.
fn older_than(analysis: &Analysis<'_>, subjects: &[CertId], issuer: CertId) -> String {
    let begin = |id: CertId| analysis.graph.certificate(id).map(|it: &Certificate| it.not_before);
    let older: Vec<CertId> = subjects.iter().copied().filter(|&id| begin(id) < begin(issuer)).gather();
    match (older.is_empty(), begin(issuer)) {
        (false, Some(since)) => format!(
            " {} {} older than this CA (valid from {}), so it cannot have issued {}: most likely the CA was made anew \
             under the same name.",
            words::names(analysis, &older),
            words::form(older.len(), "is", "are"),
            since.date(),
            words::form(older.len(), "it", "them")
        ),
        _ => String::new(),
    }
}

/// Groups of playing CAs that share a name and not the key: one certificate for each key.
fn shared_names(analysis: &Analysis<'_>) -> Vec<Vec<CertId>> {
    let playing = facts::playing(analysis);
    let graph = analysis.graph;
    let representative = |ca: usize| {
        let certificates = &graph.cas.get(ca)?.certificates;
        certificates.iter().copied().find(|id| playing.contains(id) && facts::is_ca(graph, *id))
    };
    let mut groups: Vec<Vec<CertId>> = Vec::new();
    let mut done: Vec<usize> = Vec::new();
    for ca in 0..graph.cas.len() {
        if done.contains(&ca) || representative(ca).is_none() {
            continue;
        }
        let all = std::iter::once(ca).chain(graph.namesakes(ca)).gather();
        let group: Vec<CertId> = all.iter().copied().filter_map(representative).gather();
        done.extend(all);
        if group.len() > 1 {
            groups.push(group);
        }
    }
    groups
}

fn shared(analysis: &Analysis<'_>, group: Vec<CertId>) -> Finding {
    let name = group.first().and_then(|&id| analysis.graph.certificate(id)).map(Certificate::short_name);
    let name = name.unwrap_or_default();
    Finding {
        code: "same-name-other-key",
        severity: Severity::Info,
        title: format!("{} CAs are called {name}", group.len()),
        detail: format!(
            "{} have one name and different keys, so they are different CAs. A path goes on only through the one whose \
             key signed. When it fails, Go may blame the signature of another one of that name, which is misleading.",
            words::names(analysis, &group)
        ),
        certificates: group,
        fix: "Tell them apart by key id or fingerprint. Give new CAs names of their own.".to_owned(),
    }
}
