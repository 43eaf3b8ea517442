//! A source's certificates as chains: each end entity begins one.

use super::Chain;
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::inventory::Source;
use crate::signature::Status;

/// The chains of one source. A source without end entities is one chain that begins with the lowest CA, so that a
/// user may still say that a peer presents it.
pub(super) fn split(graph: &Graph, index: usize, source: &Source, authorities: &[CertId]) -> Vec<Chain> {
    let certificates = source.certificates();
    let leaves: Vec<CertId> = certificates.iter().copied().filter(|id| !authorities.contains(id)).collect();
    let leaves = match leaves.is_empty() {
        true => lowest(graph, &certificates).into_iter().collect(),
        false => leaves,
    };
    let chain = |leaf: &CertId| Chain {
        source: index,
        name: match leaves.len() {
            1 => source.name.clone(),
            _ => format!("{}: {}", source.name, short_name(graph, *leaf)),
        },
        leaf: *leaf,
        presented: presented(graph, &certificates, &leaves, *leaf),
    };
    let mut chains: Vec<Chain> = leaves.iter().map(chain).collect();
    number_namesakes(&mut chains);
    chains
}

/// The certificates from which `certificate` may come, nearest first, taken from `among` only.
pub(super) fn ancestors(graph: &Graph, certificate: CertId, among: &[CertId]) -> Vec<CertId> {
    let mut found: Vec<CertId> = Vec::new();
    let mut open = vec![certificate];
    while let Some(current) = open.pop() {
        for issuer in issuers(graph, current, among) {
            if issuer != certificate && !found.contains(&issuer) {
                found.push(issuer);
                open.push(issuer);
            }
        }
    }
    found
}

/// Whether the certificates, read in this order, each come from the next.
pub(super) fn is_linear(graph: &Graph, certificates: impl Iterator<Item = CertId> + Clone) -> bool {
    let next = certificates.clone().skip(1);
    certificates.zip(next).all(|(subject, issuer)| issued(graph, issuer, subject))
}

/// A candidate edge that no signature check refuted.
fn issued(graph: &Graph, issuer: CertId, subject: CertId) -> bool {
    graph.edge(issuer, subject).is_some_and(|edge| edge.signature != Status::Invalid)
}

fn issuers(graph: &Graph, subject: CertId, among: &[CertId]) -> Vec<CertId> {
    among.iter().copied().filter(|&issuer| issuer != subject && issued(graph, issuer, subject)).collect()
}

/// The first certificate that issued none of the others; the first of all where every one issued another.
fn lowest(graph: &Graph, certificates: &[CertId]) -> Option<CertId> {
    let issues_another = |id: CertId| certificates.iter().any(|&other| other != id && issued(graph, id, other));
    certificates.iter().copied().find(|&id| !issues_another(id)).or(certificates.first().copied())
}

/// With one leaf everything else was presented with it, in whatever order. With several, each leaf has what follows
/// it up to the next leaf; where that does not hold its issuer although the source does (leaf last, or shared
/// intermediates at the end), it has the certificates of the source on its path.
fn presented(graph: &Graph, certificates: &[CertId], leaves: &[CertId], leaf: CertId) -> Vec<CertId> {
    let others = || certificates.iter().copied().filter(|&id| id != leaf);
    if leaves.len() == 1 {
        return others().collect();
    }
    let after = certificates.iter().copied().skip_while(|&id| id != leaf).skip(1);
    let segment: Vec<CertId> = after.take_while(|id| !leaves.contains(id)).collect();
    let rest: Vec<CertId> = others().filter(|id| !leaves.contains(id)).collect();
    if !issuers(graph, leaf, &segment).is_empty() || issuers(graph, leaf, &rest).is_empty() {
        return segment;
    }
    let path = ancestors(graph, leaf, &rest);
    rest.into_iter().filter(|id| path.contains(id)).collect()
}

fn short_name(graph: &Graph, id: CertId) -> String {
    graph.certificate(id).map(|it| it.short_name()).unwrap_or_default()
}

/// Two leaves of one name in one source are told apart by a number.
fn number_namesakes(chains: &mut [Chain]) {
    let mut taken: Vec<String> = Vec::new();
    for chain in chains {
        let base = chain.name.clone();
        let mut number = 1;
        while taken.contains(&chain.name) {
            number += 1;
            chain.name = format!("{base} ({number})");
        }
        taken.push(chain.name.clone());
    }
}
