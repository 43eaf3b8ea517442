//! A certificate on a path names an issuer that nobody supplied, or that is not where the path needs it.

use std::collections::BTreeSet;

use super::facts::Rejection;
use super::{Finding, Findings, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection;
use crate::graph::MissingIssuer;

/// One finding per missing issuer, and one per issuer that is at hand but neither sent nor in the bundle.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let with_a_role = facts::with_a_role(analysis);
    let needs_it = |id| with_a_role.contains(&id) && !has_namesake_issuer(analysis, id);
    for issuer in &analysis.graph.missing_issuers {
        let subjects = issuer.subjects.iter().copied().filter(|id| needs_it(*id)).collect::<Vec<_>>();
        if !subjects.is_empty() {
            findings.add(missing(analysis, issuer, subjects));
        }
    }
    let dead_ends = dead_ends(analysis);
    let mut issuers = Vec::new();
    for dead_end in &dead_ends {
        issuers.extend_from_slice(&dead_end.issuers);
    }
    for issuer in collection::distinct(&issuers) {
        findings.add(misplaced(analysis, issuer, &dead_ends));
    }
}

/// A CA of that name is here, but its key did not sign: another finding says so.
fn has_namesake_issuer(analysis: &Analysis<'_>, id: CertId) -> bool {
    analysis.graph.issuers_of(id).iter().any(|edge| edge.names_agree() && edge.issuer != id)
}

/// No file holds it.
fn missing(analysis: &Analysis<'_>, issuer: &MissingIssuer, subjects: Vec<CertId>) -> Finding {
    let rejected = facts::clients_refused(analysis, Rejection::UnknownAuthority, &subjects);
    let name = issuer.name.short().unwrap_or_else(|| "(no name)".to_owned());
    Finding {
        code: "missing-issuer",
        severity: Severity::Info.worse_if(&rejected),
        title: format!("{name}, an issuer, is in none of the files"),
        detail: format!(
            "{} {} issued by {}, and no file holds a certificate of that name. {}",
            words::names(analysis, &subjects),
            words::form(subjects.len(), "was", "were"),
            issuer.name.rfc4514(),
            follows(analysis, &rejected)
        ),
        certificates: subjects,
        fix: format!(
            "If {name} is an intermediate, append it to the certificate file of whoever sends the chain; if it is a root, \
             add it to the bundle."
        ),
    }
}

fn follows(analysis: &Analysis<'_>, rejected: &[usize]) -> String {
    match rejected.is_empty() {
        true => "Nobody here is rejected for that.".to_owned(),
        false => format!(
            "So no path to a root is found for {}, and {} rejected.",
            words::clients(analysis, rejected),
            words::form(rejected.len(), "it is", "they are")
        ),
    }
}

/// Where a path stops although somebody here issued the certificate.
struct DeadEnd<'a> {
    /// Name of the chain.
    chain: &'a str,
    certificate: CertId,
    /// What would lead on.
    issuers: Vec<CertId>,
}

/// Where nothing that a chain brings or the bundle holds goes on. Chains that reach the bundle need no more.
fn dead_ends<'a>(analysis: &'a Analysis<'_>) -> Vec<DeadEnd<'a>> {
    let mut dead_ends = Vec::new();
    for chain in facts::chains(analysis) {
        let reach = facts::reach(analysis, chain);
        if analysis.roles.bundle.iter().any(|id| reach.contains(id)) {
            continue;
        }
        for &certificate in &reach {
            let issuers = facts::issuers(analysis, certificate);
            if !issuers.iter().any(|issuer| reach.contains(issuer)) {
                dead_ends.push(DeadEnd { chain: &chain.name, certificate, issuers });
            }
        }
    }
    dead_ends
}

/// Some file holds the issuer, but the path of a rejected client or of a peer without a root cannot use it.
fn misplaced(analysis: &Analysis<'_>, issuer: CertId, dead_ends: &[DeadEnd<'_>]) -> Finding {
    let (mut ends, mut chains) = (Vec::new(), BTreeSet::new());
    for dead_end in dead_ends {
        if dead_end.issuers.contains(&issuer) {
            ends.push(dead_end.certificate);
            chains.insert(dead_end.chain.to_owned());
        }
    }
    let ends = collection::distinct(&ends);
    let rejected = facts::clients_refused(analysis, Rejection::UnknownAuthority, &ends);
    let (name, chains) = (analysis.name(issuer), words::all_of(&Vec::from_iter(chains)));
    Finding {
        code: "missing-issuer",
        severity: Severity::Warning.worse_if(&rejected),
        title: format!("{name} is at hand, but not where it is needed"),
        detail: format!(
            "{name} issued {} and is in {}, but {chains} does not send it and the bundle does not hold it. {}",
            words::names(analysis, &ends),
            words::all_holders(analysis, issuer),
            follows(analysis, &rejected)
        ),
        certificates: facts::with(issuer, &ends),
        fix: match analysis.graph.self_issued(issuer) {
            true => format!("Add {name} to the bundle if you trust it."),
            false => format!("Let {chains} send {name} after the leaf."),
        },
    }
}
