//! A source's certificates as chains.

use std::collections::BTreeSet;

use super::Chain;
use super::authority::is_odd_edition_of_a_ca;
use crate::certificate::CertId;
use crate::graph::{Edge, Graph};
use crate::inventory;
use crate::lens::Lens;
use crate::signature::Status;

/// What a source holds.
pub(super) struct Held<'a> {
    /// The index of the source.
    pub(super) source: usize,
    pub(super) name: &'a str,
    /// Each once, in order.
    pub(super) certificates: &'a [CertId],
    /// The end entities among them.
    pub(super) leaves: &'a [CertId],
}

/// The chains of one source. In the chains' lens the first certificate is presented first, as a server loads a file;
/// further end entities begin chains of their own, unless somebody said that the source is one chain. In the router's
/// lens each end entity begins one, wherever it stands; where there is none or one, and somebody said that the source is
/// a chain, its first certificate does.
pub(super) fn split(graph: &Graph, lens: Lens, held: &Held<'_>, is_one_chain: bool) -> Vec<Chain> {
    let heads = match lens {
        Lens::Chains => heads(graph, held, is_one_chain),
        Lens::Router if is_one_chain && held.leaves.len() <= 1 => held.certificates.iter().take(1).copied().collect(),
        Lens::Router if held.leaves.is_empty() => lowest(graph, held.certificates).into_iter().collect(),
        Lens::Router => held.leaves.to_vec(),
    };
    let split = Split { graph, heads: heads.iter().copied().collect(), certificates: held.certificates };
    let mut taken = BTreeSet::new();
    let mut chains = Vec::new();
    for &leaf in &heads {
        let name = split.name(held.name, leaf, &mut taken);
        chains.push(Chain { source: held.source, name, leaf, presented: split.presented(leaf) });
    }
    chains
}

/// The certificates that begin chains: the first, and the end entities behind it that are no other edition of one
/// before them and stand above none. Where a CA stands first and one end entity behind it, that is a chain in the wrong order.
fn heads(graph: &Graph, held: &Held<'_>, is_one_chain: bool) -> Vec<CertId> {
    let Held { certificates, leaves, .. } = held;
    let leaf_first = certificates.first() == leaves.first();
    if leaves.is_empty() || is_one_chain || (leaves.len() == 1 && !leaf_first) {
        return certificates.first().copied().into_iter().collect();
    }
    let mut heads: Vec<CertId> = Vec::new();
    for &leaf in *leaves {
        let is_above = || is_named_as_issuer(graph, leaf, certificates) || is_odd_edition_of_a_ca(graph, leaf);
        let is_known = || heads.iter().any(|&head| are_of_one_name(graph, head, leaf));
        if heads.is_empty() || !(is_above() || is_known()) {
            heads.push(leaf);
        }
    }
    heads
}

/// Whether a certificate stands there as another's issuer, even if it is the wrong one.
fn is_named_as_issuer(graph: &Graph, id: CertId, among: &[CertId]) -> bool {
    among.iter().any(|&other| other != id && graph.edge(id, other).is_some_and(Edge::names_agree))
}

/// Two certificates for the same subject and the same names: the file of a renewed one may still hold the one before.
fn are_of_one_name(graph: &Graph, one: CertId, other: CertId) -> bool {
    let (Some(one), Some(other)) = (graph.certificate(one), graph.certificate(other)) else { return false };
    one.subject.equivalent(&other.subject) && one.subject_alt_names == other.subject_alt_names
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
    /// The certificates that begin chains.
    heads: BTreeSet<CertId>,
    certificates: &'a [CertId],
}

impl Split<'_> {
    /// The source's name; where it holds several chains the leaf's name too, and a number if even that repeats.
    fn name(&self, source: &str, leaf: CertId, taken: &mut BTreeSet<String>) -> String {
        if self.heads.len() == 1 {
            return source.to_owned();
        }
        let leaf = self.graph.certificate(leaf).map(|it| it.short_name()).unwrap_or_default();
        let name = inventory::numbered(&format!("{source}: {leaf}"), &|name| taken.contains(name));
        taken.insert(name.clone());
        name
    }

    /// With one chain everything else was presented in it, in whatever order. With several, each leaf has what follows
    /// it up to the next one; where that does not hold its issuer although the source does (leaf last, or shared
    /// intermediates at the end), it has the certificates of the source on its path.
    fn presented(&self, leaf: CertId) -> Vec<CertId> {
        let is_head = |id: &CertId| self.heads.contains(id);
        let others = self.certificates.iter().copied().filter(|&id| !is_head(&id)).collect::<Vec<_>>();
        if self.heads.len() == 1 {
            return others;
        }
        let mut after = self.certificates.split(|&id| id == leaf).nth(1).unwrap_or_default().split(is_head);
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
