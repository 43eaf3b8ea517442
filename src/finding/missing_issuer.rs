//! A certificate on a path names an issuer that nobody supplied, or that is not where the path needs it.

use crate::collection::{self, Gather as _, Set};

use super::facts::Refusal;
use super::{Finding, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::graph::Ghost;
use crate::role::Chain;

/// One finding per missing issuer, and one per issuer that is at hand but neither sent nor in the bundle.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let playing = facts::playing(analysis);
    let missing = analysis.graph.ghosts.iter().filter_map(|ghost| missing(analysis, ghost, &playing));
    missing.chain(misplaced(analysis)).gather()
}

/// No file holds it.
fn missing(analysis: &Analysis<'_>, ghost: &Ghost, playing: &Set<CertId>) -> Option<Finding> {
    let needing = ghost.subjects.iter().copied();
    let subjects: Vec<CertId> =
        needing.filter(|id| playing.contains(id) && !has_namesake_issuer(analysis, *id)).gather();
    if subjects.is_empty() {
        return None;
    }
    let rejected = facts::clients_refused(analysis, Refusal::UnknownAuthority, &subjects);
    let name = ghost.name.short().unwrap_or_else(|| "(no name)".to_owned());
    Some(Finding {
        code: "missing-issuer",
        severity: if rejected.is_empty() { Severity::Info } else { Severity::Error },
        title: format!("{name}, an issuer, is in none of the files"),
        detail: format!(
            "{} {} issued by {}, and no file holds a certificate of that name. {}",
            words::names(analysis, &subjects),
            words::form(subjects.len(), "was", "were"),
            ghost.name.rfc4514(),
            follows(analysis, &rejected)
        ),
        certificates: subjects,
        fix: format!(
            "Add {name}: to the bundle if it is a root, else to the chain that needs it (who sends a leaf has to send \
             the intermediates too)."
        ),
    })
}

/// A CA of that name is here, but its key did not sign: another finding says so.
fn has_namesake_issuer(analysis: &Analysis<'_>, id: CertId) -> bool {
    analysis.graph.issuers_of(id).iter().any(|edge| edge.names_agree() && edge.issuer != id)
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

/// Issuers that some file holds, but that the path of a rejected client or of a peer without a root cannot use.
fn misplaced(analysis: &Analysis<'_>) -> Vec<Finding> {
    let dead_ends: Vec<(&Chain, CertId)> = facts::chains(analysis)
        .flat_map(|chain| dead_ends(analysis, chain).into_iter().map(move |id| (chain, id)))
        .gather();
    let issuers = facts::distinct(&mut dead_ends.iter().flat_map(|(_, end)| facts::issuers(analysis.graph, *end)));
    let needing = |issuer: CertId| {
        dead_ends.iter().filter(move |(_, end)| facts::issuers(analysis.graph, *end).contains(&issuer))
    };
    let finding = |issuer: CertId| {
        let ends = facts::distinct(&mut needing(issuer).map(|(_, end)| *end));
        let mut chains: Vec<String> = needing(issuer).map(|(chain, _)| chain.name.clone()).gather();
        chains.dedup();
        collection::sort(&mut chains);
        chains.dedup();
        misplaced_finding(analysis, issuer, ends, &chains)
    };
    issuers.into_iter().map(finding).gather()
}

/// Where the paths of a chain stop although somebody here issued the certificate: nothing that the chain brings or
/// the bundle holds goes on. Paths that reach the bundle need no more.
fn dead_ends(analysis: &Analysis<'_>, chain: &Chain) -> Vec<CertId> {
    let reach = facts::reach(analysis, chain);
    if reach.iter().any(|id| analysis.cast.bundle.contains(id)) {
        return Vec::new();
    }
    let continues = |id: CertId| facts::issuers(analysis.graph, id).iter().any(|issuer| reach.contains(issuer));
    reach.iter().copied().filter(|&id| !continues(id)).gather()
}

fn misplaced_finding(analysis: &Analysis<'_>, issuer: CertId, ends: Vec<CertId>, chains: &[String]) -> Finding {
    let rejected = facts::clients_refused(analysis, Refusal::UnknownAuthority, &ends);
    let name = words::name(analysis, issuer);
    let chains = words::all_of(chains);
    Finding {
        code: "missing-issuer",
        severity: if rejected.is_empty() { Severity::Warning } else { Severity::Error },
        title: format!("{name} is at hand, but not where it is needed"),
        detail: format!(
            "{name} issued {} and is in {}, but {chains} does not send it and the bundle does not hold it. {}",
            words::names(analysis, &ends),
            words::all_of(&facts::holders(analysis, issuer)),
            follows(analysis, &rejected)
        ),
        certificates: facts::distinct(&mut std::iter::once(issuer).chain(ends)),
        fix: match analysis.graph.self_issued(issuer) {
            true => format!("Add {name} to the bundle if you trust it."),
            false => format!("Let {chains} send {name} after the leaf."),
        },
    }
}
