//! A source's certificates as chains.

use std::collections::{BTreeMap, BTreeSet};

use super::Chain;
use super::authority::is_odd_edition_of_a_ca;
use crate::certificate::{CertId, GeneralName};
use crate::graph::{Edge, Graph, SubjectKey};
use crate::inventory::UniqueNames;
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
    let split = Split::new(graph, &heads, held.certificates);
    let mut taken = UniqueNames::default();
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
    let among: BTreeSet<CertId> = certificates.iter().copied().collect();
    let mut heads: Vec<CertId> = Vec::new();
    let mut known = Editions::default();
    for &leaf in *leaves {
        let is_above = || is_named_as_issuer(graph, leaf, &among) || is_odd_edition_of_a_ca(graph, leaf);
        if heads.is_empty() || !(is_above() || known.has(graph, leaf)) {
            heads.push(leaf);
            known.add(graph, leaf);
        }
    }
    heads
}

/// Whether a certificate stands there as another's issuer, even if it is the wrong one.
fn is_named_as_issuer(graph: &Graph, id: CertId, among: &BTreeSet<CertId>) -> bool {
    let mut others = graph.subjects_of(id).filter(|edge| edge.subject != id && among.contains(&edge.subject));
    others.any(Edge::names_agree)
}

/// Certificates by subject and other names: the file of a renewed one may still hold the one before.
#[derive(Default)]
struct Editions<'g>(BTreeSet<Edition<'g>>);

/// A key of the subject, and the alternative names.
type Edition<'g> = (SubjectKey, Option<&'g [GeneralName]>);

impl<'g> Editions<'g> {
    /// Whether it has another certificate for the same subject (as the graph compares names) and the same alternative names.
    fn has(&self, graph: &'g Graph, id: CertId) -> bool {
        keys(graph, id).into_iter().flatten().any(|key| self.0.contains(&key))
    }

    fn add(&mut self, graph: &'g Graph, id: CertId) {
        self.0.extend(keys(graph, id).into_iter().flatten());
    }
}

fn keys(graph: &Graph, id: CertId) -> Option<[Edition<'_>; 2]> {
    let alternatives = graph.certificate(id)?.subject_alt_names.as_deref();
    graph.subject_keys(id).map(|keys| keys.map(|key| (key, alternatives)))
}

/// The certificates from which `certificate` may come, taken from `among` only.
pub(super) fn ancestors(graph: &Graph, certificate: CertId, among: &BTreeSet<CertId>) -> BTreeSet<CertId> {
    let mut found = BTreeSet::new();
    let mut open = vec![certificate];
    while let Some(current) = open.pop() {
        for issuer in issuers(graph, current) {
            if issuer != certificate && among.contains(&issuer) && found.insert(issuer) {
                open.push(issuer);
            }
        }
    }
    found
}

/// The certificates from which any of these may come, taken from `among` only; of a ring each one comes from itself too.
pub(super) fn ancestors_of_any(graph: &Graph, certificates: &[CertId], among: &BTreeSet<CertId>) -> BTreeSet<CertId> {
    let mut found = BTreeSet::new();
    let mut open = Vec::new();
    for &certificate in certificates {
        let issuers = issuers(graph, certificate).into_iter();
        open.extend(issuers.filter(|issuer| among.contains(issuer) && found.insert(*issuer)));
    }
    while let Some(current) = open.pop() {
        let issuers = issuers(graph, current).into_iter();
        open.extend(issuers.filter(|issuer| among.contains(issuer) && found.insert(*issuer)));
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
    /// Where each certificate stands.
    positions: BTreeMap<CertId, usize>,
    /// The certificates that begin none.
    others: BTreeSet<CertId>,
}

impl<'a> Split<'a> {
    fn new(graph: &'a Graph, heads: &[CertId], certificates: &'a [CertId]) -> Split<'a> {
        let heads: BTreeSet<CertId> = heads.iter().copied().collect();
        let positions = certificates.iter().enumerate().map(|(position, id)| (*id, position)).collect();
        let others = certificates.iter().copied().filter(|id| !heads.contains(id)).collect();
        Split { graph, heads, certificates, positions, others }
    }

    /// The source's name; where it holds several chains the leaf's name too, and a number if even that repeats.
    fn name(&self, source: &str, leaf: CertId, taken: &mut UniqueNames) -> String {
        if self.heads.len() == 1 {
            return source.to_owned();
        }
        let leaf = self.graph.certificate(leaf).map(|it| it.short_name()).unwrap_or_default();
        taken.give(&format!("{source}: {leaf}"))
    }

    /// With one chain everything else was presented in it, in whatever order. With several, each leaf has what follows
    /// it up to the next one; where that does not hold its issuer although the source does (leaf last, or shared
    /// intermediates at the end), it has the certificates of the source on its path.
    fn presented(&self, leaf: CertId) -> Vec<CertId> {
        let is_head = |id: &CertId| self.heads.contains(id);
        if self.heads.len() == 1 {
            return self.certificates.iter().copied().filter(|id| !is_head(id)).collect();
        }
        let start = self.positions.get(&leaf).map_or(0, |position| position + 1);
        let behind = self.certificates.iter().copied().skip(start);
        let segment: Vec<CertId> = behind.take_while(|id| !is_head(id)).collect();
        let issuers = issuers(self.graph, leaf);
        let stretch = start..start + segment.len();
        let is_in_segment = |id: &CertId| self.positions.get(id).is_some_and(|position| stretch.contains(position));
        if !issuers.iter().any(|id| self.others.contains(id)) || issuers.iter().any(is_in_segment) {
            return segment;
        }
        let mut path: Vec<CertId> = ancestors(self.graph, leaf, &self.others).into_iter().collect();
        path.sort_by_key(|id| self.positions.get(id).copied());
        path
    }
}
