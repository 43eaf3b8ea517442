//! A source's certificates as chains: each end entity begins one.

use std::collections::BTreeSet;

use super::Chain;
use crate::certificate::CertId;
use crate::graph::{Edge, Graph};
use crate::inventory::{self, Source};
use crate::signature::Status;

/// The chains of one source. A source without end entities is one chain that begins with the lowest CA, so that a
/// user may still say that a peer presents it.
pub(super) fn split(
    graph: &Graph,
    index: usize,
    source: &Source,
    certificates: &[CertId],
    leaves: &[CertId],
) -> Vec<Chain> {
    let lowest = lowest(graph, certificates);
    let leaves = if leaves.is_empty() { lowest.as_slice() } else { leaves };
    let split = Split { graph, leaves: leaves.iter().copied().collect(), certificates };
    let mut taken = BTreeSet::new();
    let mut chains = Vec::new();
    for &leaf in leaves {
        let name = split.name(&source.name, leaf, &mut taken);
        chains.push(Chain { source: index, name, leaf, presented: split.presented(leaf) });
    }
    chains
}

/// The certificates from which `certificate` may come, nearest first, taken from `among` only.
pub(super) fn ancestors(graph: &Graph, certificate: CertId, among: &[CertId]) -> Vec<CertId> {
    let mut found: Vec<CertId> = Vec::new();
    let mut open = vec![certificate];
    while let Some(current) = open.pop() {
        for issuer in issuers(graph, current) {
            if issuer != certificate && among.contains(&issuer) && !found.contains(&issuer) {
                found.push(issuer);
                open.push(issuer);
            }
        }
    }
    found
}

/// Whether the certificates, read from the last to the first, each come from the next.
pub(super) fn is_linear_backwards(graph: &Graph, certificates: &[CertId]) -> bool {
    certificates.windows(2).all(|pair| match pair {
        [issuer, subject] => issuers(graph, *subject).contains(issuer),
        _ => true,
    })
}

/// The issuers by the candidate edges from other certificates that no signature check refuted.
fn issuers(graph: &Graph, subject: CertId) -> Vec<CertId> {
    let possible = |edge: &&Edge| edge.issuer != edge.subject && edge.signature != Status::Invalid;
    graph.issuers_of(subject).iter().filter(possible).map(|edge| edge.issuer).collect()
}

/// The first certificate that issued none of the others; the first of all where every one issued another.
fn lowest(graph: &Graph, certificates: &[CertId]) -> Option<CertId> {
    let mut issuing = BTreeSet::new();
    for &subject in certificates {
        issuing.extend(issuers(graph, subject));
    }
    certificates.iter().copied().find(|id| !issuing.contains(id)).or(certificates.first().copied())
}

struct Split<'a> {
    graph: &'a Graph,
    leaves: BTreeSet<CertId>,
    certificates: &'a [CertId],
}

impl Split<'_> {
    /// The source's name; where it holds several leaves the leaf's name too, and a number if even that repeats.
    fn name(&self, source: &str, leaf: CertId, taken: &mut BTreeSet<String>) -> String {
        if self.leaves.len() == 1 {
            return source.to_owned();
        }
        let leaf = self.graph.certificate(leaf).map(|it| it.short_name()).unwrap_or_default();
        let name = inventory::numbered(&format!("{source}: {leaf}"), &|name| taken.contains(name));
        taken.insert(name.clone());
        name
    }

    /// With one leaf everything else was presented with it, in whatever order. With several, each leaf has what
    /// follows it up to the next leaf; where that does not hold its issuer although the source does (leaf last, or
    /// shared intermediates at the end), it has the certificates of the source on its path.
    fn presented(&self, leaf: CertId) -> Vec<CertId> {
        let is_leaf = |id: &CertId| self.leaves.contains(id);
        let others = self.certificates.iter().copied().filter(|&id| !is_leaf(&id)).collect::<Vec<_>>();
        if self.leaves.len() == 1 {
            return others;
        }
        let mut after = self.certificates.split(|&id| id == leaf).nth(1).unwrap_or_default().split(is_leaf);
        let segment = after.next().unwrap_or_default();
        let issuers = issuers(self.graph, leaf);
        let has_issuer = |among: &[CertId]| issuers.iter().any(|issuer| among.contains(issuer));
        if has_issuer(segment) || !has_issuer(&others) {
            return segment.to_vec();
        }
        let path = ancestors(self.graph, leaf, &others);
        others.iter().copied().filter(|&id| path.contains(&id)).collect()
    }
}
