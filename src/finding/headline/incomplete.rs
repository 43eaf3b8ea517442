//! The headline while the bundle or the peer is missing: what there is, and what to add.

use super::{Headline, Severity};
use crate::analysis::Analysis;
use crate::collection::Gather as _;
use crate::finding::{facts, words};
use crate::verifier::Verdict;

/// Nothing can be compared yet.
pub(super) fn headline(analysis: &Analysis<'_>) -> Headline {
    let cast = &analysis.cast;
    match () {
        () if analysis.graph.certificates.is_empty() => no_certificate(analysis),
        () if cast.bundle.is_empty() => no_bundle(analysis),
        () if cast.clients.is_empty() => only_a_bundle(analysis),
        () => no_peer(analysis),
    }
}

fn say(severity: Severity, sentence: impl Into<String>, detail: impl Into<String>) -> Headline {
    Headline { severity, sentence: sentence.into(), detail: detail.into() }
}

fn no_certificate(analysis: &Analysis<'_>) -> Headline {
    let sources = &analysis.inventory.sources;
    let secrets: usize = sources.iter().map(|source| source.secrets.len()).sum();
    let problems: usize = sources.iter().map(|source| source.problems.len()).sum();
    let named = words::all_of(&sources.iter().map(|source| source.name.clone()).gather());
    let add = "Add the CA file that the verifier trusts, the chain that the server presents and the clients' chains.";
    match (sources.len(), secrets, problems) {
        (0, _, _) => say(Severity::Info, "Nothing to look at yet.", add),
        (_, 0, 0) => say(Severity::Warning, format!("No certificate was found in {named}."), add),
        (_, keys @ 1.., 0) => say(
            Severity::Warning,
            format!("Only {} found, no certificate.", words::form(keys, "a private key was", "private keys were")),
            format!("Private keys are dropped unread. {add}"),
        ),
        (_, _, problems) => say(
            Severity::Error,
            format!("Nothing in {named} could be read as a certificate."),
            format!("{} could not be read; the sources say where and why. {add}", words::count(problems, "block")),
        ),
    }
}

fn no_bundle(analysis: &Analysis<'_>) -> Headline {
    let cast = &analysis.cast;
    let there = match (cast.peers.len(), cast.clients.len()) {
        (0, 0) => "No file has a role yet.".to_owned(),
        (peers, 0) => format!("There {} so far.", is_count(peers, "peer chain")),
        (0, clients) => format!("There {} so far.", is_count(clients, "client chain")),
        (peers, clients) => {
            format!("There {} and {} so far.", is_count(peers, "peer chain"), words::count(clients, "client chain"))
        }
    };
    say(
        Severity::Info,
        "No bundle among these files: add the CA file that the verifier trusts.",
        format!("{there} If one of the files is the bundle, set its role."),
    )
}

fn is_count(number: usize, noun: &str) -> String {
    format!("{} {}", words::form(number, "is", "are"), words::count(number, noun))
}

fn only_a_bundle(analysis: &Analysis<'_>) -> Headline {
    let roots = facts::bundle_roots(analysis).len();
    let refused = facts::bundle_roots_refused(analysis).len();
    let intermediates = facts::bundle_intermediates(analysis).len();
    let kinds = [
        (roots, "root"),
        (intermediates, "intermediate"),
        (refused, "self-signed CA"),
        (analysis.cast.bundle.len().saturating_sub(roots + refused + intermediates), "other certificate"),
    ];
    let parts = kinds.iter().filter(|(number, noun)| *number > 0 || *noun == "root");
    let parts: Vec<String> = parts.map(|(number, noun)| words::count(*number, noun)).gather();
    let expired = analysis.cast.bundle.iter().filter(|&&id| facts::is_outside_validity(analysis, id)).count();
    let mut detail = Vec::new();
    if refused > 0 {
        detail.push("OpenZiti does not take the self-signed CAs counted apart for roots.".to_owned());
    }
    if expired > 0 {
        detail.push(format!(
            "{} {} expired or not yet valid at {}.",
            words::count(expired, "certificate"),
            words::form(expired, "is", "are"),
            analysis.at.date()
        ));
    }
    say(
        if roots == 0 || expired > 0 { Severity::Warning } else { Severity::Info },
        format!(
            "Only a bundle so far ({}): add the chain that the server presents to see which of them it trusts.",
            words::all_of(&parts)
        ),
        detail.join(" "),
    )
}

/// Clients and a bundle: no pool depends on a peer, but a plain server with this bundle has a view of the clients.
fn no_peer(analysis: &Analysis<'_>) -> Headline {
    let rejected: Vec<(usize, &Verdict)> = analysis
        .engines
        .iter()
        .filter(|it| it.engine == crate::verifier::Engine::GO && !it.verdict.accepts())
        .map(|it| (it.client, &it.verdict))
        .gather();
    let all = analysis.cast.clients.len();
    let add = "Add the chain that the controller presents to compare the pools.";
    let named = words::clients(analysis, &rejected.iter().map(|(client, _)| *client).gather());
    match rejected.first() {
        None => say(
            Severity::Info,
            format!("A Go server with this bundle accepts {}.", everybody(all)),
            format!("There is no peer chain among these files. {add}"),
        ),
        Some((_, verdict)) => say(
            Severity::Error,
            format!("A Go server with this bundle rejects {named} ({} of {all}).", rejected.len()),
            format!("It says: {}. {add}", verdict.detail),
        ),
    }
}

fn everybody(clients: usize) -> String {
    match clients {
        1 => "the client".to_owned(),
        2 => "both clients".to_owned(),
        more => format!("all {more} clients"),
    }
}
