//! A certificate that a path needs, or could use, is outside its validity.

use crate::collection::{Gather as _, Set};

use super::facts::Refusal;
use super::{Finding, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::{CertId, Certificate};
use crate::time::Timestamp;

/// One finding per such certificate on a path of a peer or client; without chains, one for the whole bundle.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    if facts::chains(analysis).next().is_none() {
        return in_the_bundle(analysis);
    }
    let on_a_path: Set<CertId> = facts::chains(analysis).flat_map(|chain| facts::reach(analysis, chain)).collect();
    let outside = on_a_path.into_iter().filter(|&id| facts::is_outside_validity(analysis, id));
    outside.filter_map(|id| finding(analysis, id)).gather()
}

fn finding(analysis: &Analysis<'_>, id: CertId) -> Option<Finding> {
    let certificate = analysis.graph.certificate(id)?;
    let rejected = facts::clients_refused(analysis, Refusal::Expired, &[id]);
    let name = words::name(analysis, id);
    let follows = match rejected.is_empty() {
        true => "Nobody here is rejected for that: the paths that count avoid it. Software that tries one path only \
                 may still meet it."
            .to_owned(),
        false => format!("{} rejected for that.{}", words::clients_are(analysis, &rejected), leaf_note(analysis, id)),
    };
    Some(Finding {
        code: "expired-on-path",
        severity: if rejected.is_empty() { Severity::Warning } else { Severity::Error },
        title: format!("{name} {}", when(certificate, analysis.at)),
        detail: format!(
            "It is valid from {} to {}, and this is judged at {}. {follows}",
            certificate.not_before, certificate.not_after, analysis.at
        ),
        certificates: vec![id],
        fix: match facts::is_ca(analysis.graph, id) {
            true => format!("Replace {name} by its renewed certificate wherever it is used: {}.", places(analysis, id)),
            false => format!("Renew {name} ({}).", places(analysis, id)),
        },
    })
}

/// The router looks away where others do not.
fn leaf_note(analysis: &Analysis<'_>, id: CertId) -> &'static str {
    match analysis.cast.clients.iter().any(|client| client.leaf == id) {
        true => " The OpenZiti router ignores a client leaf's own dates in this check; other verifiers do not.",
        false => "",
    }
}

fn places(analysis: &Analysis<'_>, id: CertId) -> String {
    words::all_of(&facts::holders(analysis, id))
}

/// `expired on 2026-11-19` or `is valid only from 2026-11-23`.
pub(super) fn when(certificate: &Certificate, at: Timestamp) -> String {
    match at > certificate.not_after {
        true => format!("expired on {}", certificate.not_after.date()),
        false => format!("is valid only from {}", certificate.not_before.date()),
    }
}

fn in_the_bundle(analysis: &Analysis<'_>) -> Vec<Finding> {
    let bundle = analysis.cast.bundle.iter().copied();
    let outside: Vec<CertId> = bundle.filter(|&id| facts::is_outside_validity(analysis, id)).gather();
    if outside.is_empty() {
        return Vec::new();
    }
    vec![Finding {
        code: "expired-on-path",
        severity: Severity::Warning,
        title: format!("{} of the bundle outside validity", words::count(outside.len(), "certificate")),
        detail: format!(
            "At {} {} {} expired or not yet valid. Go, OpenSSL, GnuTLS and mbedTLS refuse a path through {}, even as \
             its root.",
            analysis.at,
            words::names(analysis, &outside),
            words::form(outside.len(), "is", "are"),
            words::form(outside.len(), "it", "them")
        ),
        certificates: outside,
        fix: "Replace them by their renewed certificates, or take them out of the bundle.".to_owned(),
    }]
}
