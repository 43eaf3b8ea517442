//! The bundle holds no root, so every path ends at a pinned intermediate, or at none.

use super::facts::{Kind, Rejection};
use super::{Finding, Findings, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use std::collections::BTreeSet;

/// At most one finding; a bundle whose self-signed CAs are refused for strictness is another one.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let bundle = &analysis.roles.bundle;
    if bundle.is_empty() || !facts::is_rootless(analysis) {
        return;
    }
    let rejected = strangers(analysis);
    let pinnable = !facts::bundled(analysis, Kind::Intermediate).is_empty();
    findings.add(Finding {
        code: "bundle-without-root",
        severity: Severity::Warning.worse_if(&rejected),
        title: "The bundle holds no root".to_owned(),
        detail: detail(analysis, pinnable, &rejected),
        certificates: bundle.clone(),
        fix: fix(analysis, pinnable),
    });
}

/// Who accepts an intermediate as the end of a path: `docs/background/errors.md`, section 1.
fn detail(analysis: &Analysis<'_>, pinnable: bool, rejected: &[usize]) -> String {
    let mut text = Vec::new();
    text.push(format!("{} so the correct pool stays empty.", none_is_a_root(analysis)));
    if pinnable {
        text.push(
            "A path can end only at a pinned intermediate: Go, Java, GnuTLS, mbedTLS and rustls accept that, OpenSSL \
             and Node refuse it unless partial chains are allowed."
                .to_owned(),
        );
    }
    if !rejected.is_empty() {
        text.push(format!("Here {} rejected even by Go.", words::clients_are(analysis, rejected)));
    }
    text.join(" ")
}

fn none_is_a_root(analysis: &Analysis<'_>) -> String {
    let names = words::names(analysis, &analysis.roles.bundle);
    match analysis.roles.bundle.len() {
        1 => format!("The bundle's only certificate, {names}, is not a root CA,"),
        more => format!("None of the bundle's {more} certificates ({names}) is a root CA,"),
    }
}

/// Clients whom Go rejects although it trusts the whole bundle, for want of an authority.
fn strangers(analysis: &Analysis<'_>) -> Vec<usize> {
    let clients = 0..analysis.roles.clients.len();
    clients.filter(|&client| facts::refused_by_plain_server(analysis, client, Rejection::UnknownAuthority)).collect()
}

/// Names the roots that are missing, and says where one of them is at hand.
fn fix(analysis: &Analysis<'_>, pinnable: bool) -> String {
    let mut text = Vec::new();
    match above(analysis, &analysis.roles.bundle).into_iter().find(|&id| analysis.graph.self_issued(id)) {
        Some(root) => text.push(format!(
            "Add {} to the bundle: it is in {}.",
            analysis.name(root),
            words::any_holder(analysis, root)
        )),
        None => ask_for_a_root(analysis, &mut text),
    }
    if pinnable {
        text.push("If pinning is intended, leave it and expect OpenSSL and Node to refuse.".to_owned());
    }
    text.join(" ")
}

fn ask_for_a_root(analysis: &Analysis<'_>, text: &mut Vec<String>) {
    let mut issuers: BTreeSet<String> = BTreeSet::new();
    for &id in &analysis.roles.bundle {
        let certificate = analysis.graph.certificate(id).filter(|_| !analysis.graph.self_issued(id));
        issuers.extend(certificate.map(|it| it.issuer.rfc4514()));
    }
    match issuers.is_empty() {
        true => text
            .push("Put the CA file of those who issue the peers' and clients' certificates in its place.".to_owned()),
        false => text.push(format!(
            "Ask for the root ({} issued what is in the bundle) and add it.",
            words::all_of(&Vec::from_iter(issuers))
        )),
    }
}

/// Every certificate of the input above these.
fn above(analysis: &Analysis<'_>, ids: &[CertId]) -> Vec<CertId> {
    let mut found: Vec<CertId> = Vec::new();
    let mut open = ids.to_vec();
    while let Some(id) = open.pop() {
        for issuer in facts::issuers(analysis, id) {
            if !found.contains(&issuer) {
                found.push(issuer);
                open.push(issuer);
            }
        }
    }
    found
}
