//! Signatures were not checked, or candidate issuers not listed, because all together would have taken too long.

use super::{Finding, Findings, Severity, words};
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::collection;
use crate::graph::MAX_EDGES;
use crate::signature::Status;

/// One finding for what the budgets of the graph left out: who reads a verdict must know that it rests on less than there is.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let graph = analysis.graph;
    let mut detail = Vec::new();
    if graph.checks_left_out > 0 {
        detail.push(format!(
            "{} left out: many certificates share a name, or their keys take long to compute with. The likeliest issuers were \
             checked first; where a verifier needs another one, it stops and says so.",
            words::count(graph.checks_left_out, "signature check") + words::form(graph.checks_left_out, " was", " were")
        ));
    }
    if !graph.complete {
        detail.push(format!(
            "More than {MAX_EDGES} pairs of certificates fit each other by name; the rest was left out."
        ));
    }
    if detail.is_empty() {
        return;
    }
    let unchecked = graph.edges.iter().filter(|edge| edge.signature == Status::Unchecked);
    let subjects: Vec<CertId> = unchecked.map(|edge| edge.subject).collect();
    findings.add(Finding {
        code: "not-all-checked",
        severity: Severity::Warning,
        title: "Not every signature was checked".to_owned(),
        detail: detail.join(" "),
        certificates: collection::distinct(&subjects),
        fix: "Give fewer files at once: the chain in question, and what is trusted.".to_owned(),
    });
}

/// One finding for peers and clients that the pools were not asked about.
pub(super) fn find_in_pools(analysis: &Analysis<'_>, findings: &mut Findings) {
    let (peers, clients) = (analysis.peers_left_out(), analysis.clients_left_out());
    let mut detail = Vec::new();
    if peers > 0 {
        detail.push(format!("Pools were computed for the first {} only.", words::count(analysis.peers.len(), "peer")));
    }
    if clients > 0 {
        let asked = words::count(analysis.plain_server.len(), "client");
        detail.push(format!("Each pool was asked about the first {asked} only."));
    }
    if detail.is_empty() {
        return;
    }
    let left_out = [(peers, "peer"), (clients, "client")].into_iter().filter(|(number, _)| *number > 0);
    let left_out: Vec<String> = left_out.map(|(number, noun)| words::count(number, noun)).collect();
    findings.add(Finding {
        code: "not-all-compared",
        severity: Severity::Warning,
        title: format!("{} left out of the pools", words::all_of(&left_out)),
        detail: detail.join(" "),
        certificates: Vec::new(),
        fix: "Give the peers and clients in question alone.".to_owned(),
    });
}
