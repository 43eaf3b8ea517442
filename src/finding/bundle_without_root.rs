//! The bundle holds no root, so every path ends at a pinned intermediate, or at none.

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
        false => format!(
            " Here {} {} rejected even by Go.",
            words::clients(analysis, &rejected),
            words::form(rejected.len(), "is", "are")
        ),
    };
    vec![Finding {
        code: "bundle-without-root",
        severity: if rejected.is_empty() { Severity::Warning } else { Severity::Error },
        title: "The bundle holds no root".to_owned(),
        detail: format!(
            "Of the bundle's {} ({}) none is a root CA, so the correct pool stays empty. A path can only end at a \
             certificate pinned on purpose: Go, Java, GnuTLS, mbedTLS and rustls accept that, OpenSSL and Node refuse \
             it unless partial chains are allowed.{whom}",
            words::count(bundle.len(), "certificate"),
            words::names(analysis, bundle)
        ),
        certificates: bundle.clone(),
        fix: fix(analysis),
    }]
}

/// Clients whom Go rejects although it trusts the whole bundle, for want of an authority.
fn strangers(analysis: &Analysis<'_>) -> Vec<usize> {
    (0..analysis.cast.clients.len())
        .filter(|&client| facts::refused_by_engine(analysis, client, Refusal::UnknownAuthority))
        .collect()
}

/// Names the roots that are missing, and says where one of them is at hand.
fn fix(analysis: &Analysis<'_>) -> String {
    let above = above(analysis, &analysis.cast.bundle);
    let at_hand: Vec<CertId> = above.iter().copied().filter(|&id| analysis.graph.self_issued(id)).collect();
    let pinned = "If pinning is intended, leave it and expect OpenSSL and Node to refuse";
    match at_hand.first() {
        Some(&root) => format!(
            "Add {} to the bundle: it is in {}. {pinned}.",
            words::name(analysis, root),
            words::any_of(&facts::holders(analysis, root))
        ),
        None => {
            let tops = analysis.cast.bundle.iter().filter_map(|&id| analysis.graph.certificate(id));
            let mut issuers: Vec<String> = tops.map(|it| it.issuer.rfc4514()).collect();
            issuers.sort();
            issuers.dedup();
            format!("Ask for the root above them ({}) and add it to the bundle. {pinned}.", words::all_of(&issuers))
        }
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
