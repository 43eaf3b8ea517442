//! The headline while the bundle or the peer is missing: what there is, and what to add.

use super::{Headline, Severity};
use crate::analysis::Analysis;
use crate::finding::facts::Kind;
use crate::finding::{facts, words};

/// Nothing can be compared yet.
pub(super) fn headline(analysis: &Analysis<'_>) -> Headline {
    let roles = &analysis.roles;
    match () {
        () if analysis.graph.certificates.is_empty() => no_certificate(analysis),
        () if roles.bundle.is_empty() => no_bundle(analysis),
        () if roles.clients.is_empty() => only_a_bundle(analysis),
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
    let named = words::all_of(&sources.iter().map(|source| source.name.clone()).collect::<Vec<_>>());
    let add = "Add the CA file that the verifier trusts, the chain that the server presents and the clients' chains.";
    match (sources.len(), secrets, problems) {
        (0, _, _) => say(Severity::Info, "Nothing to look at yet.", add),
        (_, 0, 0) => say(Severity::Warning, format!("No certificate was found in {named}."), add),
        (_, secrets @ 1.., 0) => {
            let keys = sources.iter().map(|source| source.private_keys()).sum();
            let (some, verb) = (words::some_secrets(secrets, keys), words::form(secrets, "was", "were"));
            say(
                Severity::Warning,
                format!("Only {some} {verb} found, no certificate."),
                format!("{} are dropped unread. {add}", if secrets == keys { "Private keys" } else { "Secrets" }),
            )
        }
        (_, _, problems) => say(
            Severity::Error,
            format!("Nothing in {named} could be read as a certificate."),
            format!("{} could not be read; the sources say where and why. {add}", words::count(problems, "block")),
        ),
    }
}

fn no_bundle(analysis: &Analysis<'_>) -> Headline {
    let (peers, clients) = (analysis.roles.peers.len(), analysis.roles.clients.len());
    let mut there = Vec::new();
    for (number, noun) in [(peers, "peer chain"), (clients, "client chain")] {
        if number > 0 {
            there.push(words::count(number, noun));
        }
    }
    let mut detail = Vec::new();
    match peers + clients {
        0 => detail.push("No file has a role yet.".to_owned()),
        all => detail.push(format!(
            "There {} {} so far.",
            words::form(if peers > 0 { peers } else { all }, "is", "are"),
            words::all_of(&there)
        )),
    }
    say(
        Severity::Info,
        "No bundle among these files: add the CA file that the verifier trusts.",
        format!("{} If one of the files is the bundle, set its role.", detail.join(" ")),
    )
}

fn only_a_bundle(analysis: &Analysis<'_>) -> Headline {
    let kinds = [
        (Kind::Root, "root"),
        (Kind::Intermediate, "intermediate"),
        (Kind::RefusedRoot, "self-signed CA"),
        (Kind::EndEntity, "other certificate"),
    ];
    let mut parts = Vec::new();
    for (kind, noun) in kinds {
        let number = facts::bundled(analysis, kind).len();
        if number > 0 || kind == Kind::Root {
            parts.push(words::count(number, noun));
        }
    }
    let no_root = facts::bundled(analysis, Kind::Root).is_empty();
    let expired = analysis.roles.bundle.iter().copied().filter(|&id| facts::is_outside_validity(analysis, id)).count();
    let mut detail = Vec::new();
    if !facts::bundled(analysis, Kind::RefusedRoot).is_empty() {
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
        if no_root || expired > 0 { Severity::Warning } else { Severity::Info },
        format!(
            "Only a bundle so far ({}): add the chain that the server presents to see which of them it trusts.",
            words::all_of(&parts)
        ),
        detail.join(" "),
    )
}

/// Clients and a bundle: no pool depends on a peer, but a plain server with this bundle has a view of the clients.
fn no_peer(analysis: &Analysis<'_>) -> Headline {
    let refusals =
        analysis.plain_server.iter().enumerate().filter(|(_, verdict)| !verdict.accepts()).collect::<Vec<_>>();
    let all = analysis.roles.clients.len();
    let add = "Add the chain that the controller presents to compare the pools.";
    let Some((_, first)) = refusals.first() else {
        let everybody = match all {
            1 => "the client".to_owned(),
            2 => "both clients".to_owned(),
            more => format!("all {more} clients"),
        };
        return say(
            Severity::Info,
            format!("A Go server with this bundle accepts {everybody}."),
            format!("There is no peer chain among these files. {add}"),
        );
    };
    let named = words::clients(analysis, &refusals.iter().map(|(client, _)| *client).collect::<Vec<_>>());
    say(
        Severity::Error,
        format!("A Go server with this bundle rejects {named} ({} of {all}).", refusals.len()),
        format!("It says: {}. {add}", first.detail),
    )
}
