//! A certificate that a path needs, or could use, is outside its validity.

use super::facts::{Kind, Rejection};
use super::{Finding, Findings, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::{CertId, Certificate};
use crate::time::Timestamp;

/// One finding per such certificate on a path of a peer or client; without chains, one for the whole bundle.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let outside = |id| facts::is_outside_validity(analysis, id);
    let bundled = analysis.roles.bundle.iter().copied().filter(|id| outside(*id)).collect::<Vec<_>>();
    if facts::chains(analysis).is_empty() && !bundled.is_empty() {
        findings.add(in_the_bundle(analysis, bundled));
    }
    for id in facts::reached(analysis) {
        if let Some(certificate) = analysis.graph.certificate(id).filter(|_| outside(id)) {
            findings.add(finding(analysis, id, certificate));
        }
    }
}

fn finding(analysis: &Analysis<'_>, id: CertId, certificate: &Certificate) -> Finding {
    let rejected = facts::clients_refused(analysis, Rejection::Expired, &[id]);
    let name = analysis.name(id);
    let places = words::all_holders(analysis, id);
    Finding {
        code: "expired-on-path",
        severity: Severity::Warning.worse_if(&rejected),
        title: format!("{name} {}", when(certificate, analysis.at)),
        detail: detail(analysis, id, certificate, &rejected),
        certificates: vec![id],
        fix: match facts::kind(analysis, id) {
            Kind::EndEntity => format!("Renew {name} ({places})."),
            _ => format!("Replace {name} by its renewed certificate wherever it is used: {places}."),
        },
    }
}

fn detail(analysis: &Analysis<'_>, id: CertId, certificate: &Certificate, rejected: &[usize]) -> String {
    let mut text = Vec::new();
    text.push(format!(
        "It is valid from {} to {}, and this is judged at {}.",
        certificate.not_before, certificate.not_after, analysis.at
    ));
    if rejected.is_empty() {
        text.push(
            "Nobody here is rejected for that: the paths that count avoid it. Software that tries one path only may \
             still meet it."
                .to_owned(),
        );
        return text.join(" ");
    }
    text.push(format!("{} rejected for that.", words::clients_are(analysis, rejected)));
    // The router looks away where others do not.
    if analysis.roles.clients.iter().any(|client| client.leaf == id) {
        text.push(
            "The OpenZiti router ignores a client leaf's own dates in this check; other verifiers do not.".to_owned(),
        );
    }
    text.join(" ")
}

/// `expired on 2026-11-19` or `is valid only from 2026-11-23`.
pub(super) fn when(certificate: &Certificate, at: Timestamp) -> String {
    let (what, instant) = match at > certificate.not_after {
        true => ("expired on", certificate.not_after),
        false => ("is valid only from", certificate.not_before),
    };
    format!("{what} {}", instant.date())
}

fn in_the_bundle(analysis: &Analysis<'_>, outside: Vec<CertId>) -> Finding {
    Finding {
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
    }
}
