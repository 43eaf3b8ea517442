//! Self-signed CAs of the bundle that the strict sense of root refuses.

use super::facts::{Kind, Rejection};
use super::{Finding, Findings, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::pool::NotRoot;

/// One finding for those that a chain leads to, and one for all others: a bundle of public roots has many.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let reached = facts::reached(analysis);
    let refused = facts::bundled(analysis, Kind::RefusedRoot);
    let on_a_path = refused.iter().copied().filter(|&id| reached.contains(&id)).collect::<Vec<_>>();
    let aside = refused.iter().copied().filter(|&id| !reached.contains(&id)).collect::<Vec<_>>();
    if !on_a_path.is_empty() {
        findings.add(needed(analysis, on_a_path));
    }
    if !aside.is_empty() {
        findings.add(unneeded(analysis, aside));
    }
}

fn needed(analysis: &Analysis<'_>, ids: Vec<CertId>) -> Finding {
    let form = |one, many| words::form(ids.len(), one, many);
    let names = words::names(analysis, &ids);
    let rejected = facts::clients_refused(analysis, Rejection::UnknownAuthority, &ids);
    let whom = match rejected.is_empty() {
        true => "Nobody here is rejected for that.".to_owned(),
        false => format!(
            "{} {} to {} and {} rejected.",
            words::clients(analysis, &rejected),
            words::form(rejected.len(), "leads", "lead"),
            form("it", "one of them"),
            words::form(rejected.len(), "is", "are")
        ),
    };
    Finding {
        code: "not-a-root-strictly",
        severity: Severity::Warning.worse_if(&rejected),
        title: format!(
            "{names} {} self-signed, and OpenZiti does not take {}",
            form("is", "are"),
            form("it for a root", "them for roots")
        ),
        detail: format!("{} {whom}", why(analysis, &ids)),
        fix: format!(
            "Replace {names} by {} signed with SHA-256 or better, with keyUsage keyCertSign (or none), and issue what \
             is below {} anew.",
            form("a root", "roots"),
            form("it", "them")
        ),
        certificates: ids,
    }
}

/// Worth knowing, as no chain here leads to them.
fn unneeded(analysis: &Analysis<'_>, ids: Vec<CertId>) -> Finding {
    let form = |one, many| words::form(ids.len(), one, many);
    Finding {
        code: "not-a-root-strictly",
        severity: Severity::Info,
        title: format!(
            "{} of the bundle {} for OpenZiti",
            words::count(ids.len(), "self-signed CA"),
            form("is no root", "are no roots")
        ),
        detail: format!("{} No chain here leads to {}.", why(analysis, &ids), form("it", "them")),
        fix: "Nothing for the chains here. In an OpenZiti bundle use roots that are signed with SHA-256 or better and \
              whose keyUsage holds keyCertSign."
            .to_owned(),
        certificates: ids,
    }
}

/// What the check asks for, and where the first of these fails it.
fn why(analysis: &Analysis<'_>, ids: &[CertId]) -> String {
    let mut text = Vec::new();
    text.push(format!(
        "{}: the check in question (identity.IsRootCa) asks for CA:TRUE, equal names and a self-signature that Go \
         accepts.",
        words::names(analysis, ids)
    ));
    if let Some(&first) = ids.first() {
        if ids.len() > 1 {
            text.push(format!("For example {}:", analysis.name(first)));
        }
        match analysis.root_cas.refusal(first) {
            Some(NotRoot::SelfSignature(words)) => text.push(format!("Go refuses its self-signature: {words}.")),
            _ => text.push("Its issuer and subject are equal only if case and spacing are ignored.".to_owned()),
        }
        text.push(others(analysis, first).to_owned());
    }
    text.push("The correct rule follows OpenZiti here.".to_owned());
    text.join(" ")
}

/// What others make of it (`docs/background/errors.md`, section 1): without keyCertSign only rustls takes a root.
fn others(analysis: &Analysis<'_>, id: CertId) -> &'static str {
    let usage = analysis.graph.certificate(id).and_then(|it| it.key_usage);
    match usage.is_some_and(|usage| !usage.key_cert_sign()) {
        true => "Its keyUsage lacks keyCertSign: OpenSSL, Java and most others refuse it too, rustls takes it.",
        false => "Verifiers that do not look at a root's own signature would take it.",
    }
}
