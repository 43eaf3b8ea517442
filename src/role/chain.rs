//! A source's certificates as chains: each end entity begins one.

use crate::collection::{Gather as _, Set};

use super::Chain;
use crate::certificate::CertId;
use crate::graph::{Edge, Graph};
use crate::inventory::Source;
use crate::signature::Status;

/// The chains of one source. A source without end entities is one chain that begins with the lowest CA, so that a
/// user may still say that a peer presents it.
pub(super) fn split(graph: &Graph, index: usize, source: &Source, authorities: &[CertId]) -> Vec<Chain> {
    let certificates = source.certificates();
    let authorities: Set<CertId> = authorities.iter().copied().collect();
    let mut leaves: Vec<CertId> = certificates.iter().copied().filter(|id| !authorities.contains(id)).gather();
    if leaves.is_empty() {
        leaves.extend(lowest(graph, &certificates));
    }
    let split = Split { graph, leaves: leaves.iter().copied().collect(), certificates: &certificates };
    let mut taken = Set::new();
    let chain = |&leaf: &CertId| Chain {
        source: index,
        name: split.name(&source.name, leaf, &mut taken),
        leaf,
        presented: split.presented(leaf),
    };
    leaves.iter().map(chain).gather()
}

/// The certificates from which `certificate` may come, nearest first, taken from `among` only.
pub(super) fn ancestors(graph: &Graph, certificate: CertId, among: &Set<CertId>) -> Vec<CertId> {
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
    certificates.zip(next).all(|(subject, issuer)| edges_to(graph, subject).any(|edge| edge.issuer == issuer))
}

/// The candidate edges from other certificates that no signature check refuted.
fn edges_to(graph: &Graph, subject: CertId) -> impl Iterator<Item = &Edge> {
    let edges = graph.issuers_of(subject).iter();
    edges.filter(|edge| edge.issuer != edge.subject && edge.signature != Status::Invalid)
}

fn issuers(graph: &Graph, subject: CertId, among: &Set<CertId>) -> Vec<CertId> {
    edges_to(graph, subject).map(|edge| edge.issuer).filter(|issuer| among.contains(issuer)).gather()
}

/// The first certificate that issued none of the others; the first of all where every one issued another.
fn lowest(graph: &Graph, certificates: &[CertId]) -> Option<CertId> {
    let subjects = certificates.iter().flat_map(|&subject| edges_to(graph, subject));
    let issuing: Set<CertId> = subjects.map(|edge| edge.issuer).collect();
    certificates.iter().copied().find(|id| !issuing.contains(id)).or(certificates.first().copied())
}

struct Split<'a> {
    graph: &'a Graph,
    leaves: Set<CertId>,
    certificates: &'a [CertId],
}

impl Split<'_> {
    /// The source's name; where it holds several leaves the leaf's name too, and a number if even that repeats.
    fn name(&self, source: &str, leaf: CertId, taken: &mut Set<String>) -> String {
        if self.leaves.len() == 1 {
            return source.to_owned();
        }
        let leaf = self.graph.certificate(leaf).map(|it| it.short_name()).unwrap_or_default();
        let base = format!("{source}: {leaf}");
        let numbered = (2..).map(|number| format!("{base} ({number})"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|name| !taken.contains(name));
        let name = free.unwrap_or_default();
        taken.insert(name.clone());
        name
    }

    /// With one leaf everything else was presented with it, in whatever order. With several, each leaf has what
    /// follows it up to the next leaf; where that does not hold its issuer although the source does (leaf last, or
    /// shared intermediates at the end), it has the certificates of the source on its path.
    fn presented(&self, leaf: CertId) -> Vec<CertId> {
        let others = self.certificates.iter().copied().filter(|id| !self.leaves.contains(id));
        if self.leaves.len() == 1 {
            return others.gather();
        }
        let after = self.certificates.iter().copied().skip_while(|&id| id != leaf).skip(1);
        let segment: Vec<CertId> = after.take_while(|id| !self.leaves.contains(id)).gather();
        let rest: Set<CertId> = others.clone().collect();
        let has_issuer = |among: &Set<CertId>| !issuers(self.graph, leaf, among).is_empty();
        if has_issuer(&segment.iter().copied().collect()) || !has_issuer(&rest) {
            return segment;
        }
        let path = ancestors(self.graph, leaf, &rest);
        others.filter(|id| path.contains(id)).gather()
    }
}
