//! The bundle holds no root, so every path ends at a pinned intermediate, or at none.

use crate::collection::{Gather as _, Set};

use super::facts::Refusal;
use super::{Finding, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;

/// At most one finding; a bundle whose self-signed CAs are refused for strictness is another one.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let bundle = &analysis.cast.bundle;
    let rootless = facts::bundle_roots(analysis).is_empty() && facts::bundle_roots_refused(analysis).is_empty();
    if bundle.is_empty() || !rootless {
        return Vec::new();
    }
    let rejected = strangers(analysis);
    let whom = match rejected.is_empty() {
        true => String::new(),
        false => format!(" Here {} rejected even by Go.", words::clients_are(analysis, &rejected)),
    };
    vec![Finding {
        code: "bundle-without-root",
        severity: if rejected.is_empty() { Severity::Warning } else { Severity::Error },
        title: "The bundle holds no root".to_owned(),
        detail: format!("{} so the correct pool stays empty.{}{whom}", none_is_a_root(analysis), pinning(analysis)),
        certificates: bundle.clone(),
        fix: fix(analysis),
    }]
}

fn none_is_a_root(analysis: &Analysis<'_>) -> String {
    let names = words::names(analysis, &analysis.cast.bundle);
    match analysis.cast.bundle.len() {
        1 => format!("The bundle's only certificate, {names}, is not a root CA,"),
        more => format!("None of the bundle's {more} certificates ({names}) is a root CA,"),
    }
}

/// Who accepts an intermediate as the end of a path (`errors.md`, section 3.4).
fn pinning(analysis: &Analysis<'_>) -> &'static str {
    match facts::bundle_intermediates(analysis).is_empty() {
        true => "",
        false => {
            " A path can end only at a pinned intermediate: Go, Java, GnuTLS, mbedTLS and rustls accept that, OpenSSL \
             and Node refuse it unless partial chains are allowed."
        }
    }
}

/// Clients whom Go rejects although it trusts the whole bundle, for want of an authority.
fn strangers(analysis: &Analysis<'_>) -> Vec<usize> {
    (0..analysis.cast.clients.len())
        .filter(|&client| facts::refused_by_engine(analysis, client, Refusal::UnknownAuthority))
        .gather()
}

/// Names the roots that are missing, and says where one of them is at hand.
fn fix(analysis: &Analysis<'_>) -> String {
    let add = match above(analysis, &analysis.cast.bundle).into_iter().find(|&id| analysis.graph.self_issued(id)) {
        Some(root) => format!(
            "Add {} to the bundle: it is in {}.",
            words::name(analysis, root),
            words::any_of(&facts::holders(analysis, root))
        ),
        None => ask_for_a_root(analysis),
    };
    match facts::bundle_intermediates(analysis).is_empty() {
        true => add,
        false => format!("{add} If pinning is intended, leave it and expect OpenSSL and Node to refuse."),
    }
}

fn ask_for_a_root(analysis: &Analysis<'_>) -> String {
    let issued_by_others = analysis.cast.bundle.iter().filter(|&&id| !analysis.graph.self_issued(id));
    let certificates = issued_by_others.filter_map(|&id| analysis.graph.certificate(id));
    let issuers: Set<String> = certificates.map(|it| it.issuer.rfc4514()).collect();
    match issuers.is_empty() {
        true => "Put the CA file of those who issue the peers' and clients' certificates in its place.".to_owned(),
        false => format!(
            "Ask for the root ({} issued what is in the bundle) and add it.",
            words::all_of(&issuers.into_iter().gather())
        ),
    }
}

/// Every certificate of the input above these.
fn above(analysis: &Analysis<'_>, ids: &[CertId]) -> Vec<CertId> {
    let mut found: Vec<CertId> = Vec::new();
    let mut open = ids.to_vec();
    while let Some(id) = open.pop() {
        for issuer in facts::issuers(analysis.graph, id) {
            if !found.contains(&issuer) {
                found.push(issuer);
                open.push(issuer);
            }
        }
    }
    found
}
