//! Candidate issuer edges: who may have issued whom, judged by names and key ids.

use std::rc::Rc;

use super::names::{NamePair, NameTable};
use crate::certificate::{CertId, Certificate};
use crate::collection;
use crate::collection::Gather as _;
use crate::signature::Status;

/// Most candidate edges between different certificates that a graph holds. Our own number: 500 certificates that all
/// share one name make 250,000; a bundle of real roots makes about one edge per certificate.
pub const MAX_EDGES: usize = 250_000;

/// A candidate issuer edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Candidate issuer.
    pub issuer: CertId,
    /// The certificate it may have signed; equal to `issuer` for a self-issued certificate.
    pub subject: CertId,
    /// How the subject's issuer name compares with the issuer's subject name.
    pub names: NameMatch,
    /// How the authority key id compares with the issuer's subject key id.
    pub key_ids: KeyIdMatch,
    /// Whether the issuer's key verifies the subject's signature.
    pub signature: Status,
}

/// How two names compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameMatch {
    /// Byte for byte.
    Identical,
    /// Only under RFC 5280, 7.1.
    Equivalent,
    /// Not equal; the edge exists because the key ids match.
    Different,
}

/// How two key ids compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyIdMatch {
    /// Both present and equal.
    Match,
    /// Both present and different.
    Mismatch,
    /// At least one is absent.
    Absent,
}

impl Edge {
    /// The names are identical or equivalent, so that the issuer is the one that the subject names.
    pub fn names_agree(&self) -> bool {
        self.names != NameMatch::Different
    }
}

/// Candidate edges in the order in which their signatures are worth checking, and whether they are all there are.
pub(super) struct Candidates {
    pub(super) edges: Vec<Edge>,
    pub(super) complete: bool,
}

/// Lists the candidate edges: those whose names agree, and those whose key ids match although the names differ.
/// Looks names and key ids up in indexes, so the work is linear in certificates and edges.
pub(super) fn list(certificates: &[Rc<Certificate>], names: &NameTable) -> Candidates {
    let index = IssuerIndex::new(certificates, names);
    let pairs = ids(certificates).flat_map(|(subject, certificate)| {
        index.issuers(subject, certificate, names).into_iter().map(move |issuer| (issuer, subject))
    });
    // Self edges are outside the budget: without one, a certificate would count as not self-issued.
    let self_edges =
        ids(certificates).filter_map(|(id, _)| edge(certificates, names, id, id)).filter(Edge::names_agree);
    let mut edges: Vec<Edge> = self_edges.gather();
    let budget = edges.len() + MAX_EDGES;
    let other_edges = pairs.filter_map(|(issuer, subject)| edge(certificates, names, issuer, subject));
    edges.extend(other_edges.take(MAX_EDGES + 1));
    let complete = edges.len() <= budget;
    edges.truncate(budget);
    collection::sort_by_key(&mut edges, |edge| (rank(edge), edge.subject, edge.issuer));
    Candidates { edges, complete }
}

fn ids(certificates: &[Rc<Certificate>]) -> impl Iterator<Item = (CertId, &Certificate)> {
    certificates.iter().enumerate().map(|(index, certificate)| (CertId(index), certificate.as_ref()))
}

fn edge(certificates: &[Rc<Certificate>], names: &NameTable, issuer: CertId, subject: CertId) -> Option<Edge> {
    let key_ids = compare_key_ids(certificates.get(subject.0)?, certificates.get(issuer.0)?);
    let name_match = names.compare(names.pair(subject)?.issuer, names.pair(issuer)?.subject);
    Some(Edge { issuer, subject, names: name_match, key_ids, signature: Status::Unchecked })
}

/// RFC 5280, 4.2.1.1: the keyIdentifier names the issuer's subjectKeyIdentifier.
fn compare_key_ids(subject: &Certificate, issuer: &Certificate) -> KeyIdMatch {
    match (subject.issuer_key_id(), issuer.subject_key_id.as_deref()) {
        (Some(wanted), Some(given)) if wanted == given => KeyIdMatch::Match,
        (Some(_), Some(_)) => KeyIdMatch::Mismatch,
        _ => KeyIdMatch::Absent,
    }
}

/// The likeliest edges first, so that a budget cuts the unlikeliest.
fn rank(edge: &Edge) -> u8 {
    match edge.key_ids {
        KeyIdMatch::Match => 0,
        _ if edge.issuer == edge.subject => 0,
        KeyIdMatch::Absent => 1,
        KeyIdMatch::Mismatch => 2,
    }
}

/// Certificates by what a subject may know of its issuer, each list sorted by that.
struct IssuerIndex<'a> {
    by_canonical: Vec<(usize, CertId)>,
    by_go_text: Vec<(usize, CertId)>,
    by_key_id: Vec<(&'a [u8], CertId)>,
}

impl<'a> IssuerIndex<'a> {
    fn new(certificates: &'a [Rc<Certificate>], names: &NameTable) -> IssuerIndex<'a> {
        let mut index = IssuerIndex { by_canonical: Vec::new(), by_go_text: Vec::new(), by_key_id: Vec::new() };
        for (id, certificate) in ids(certificates) {
            if let Some(NamePair { subject, .. }) = names.pair(id) {
                index.by_canonical.push((subject.canonical, id));
                index.by_go_text.push((subject.go_text, id));
            }
            let key_id = certificate.subject_key_id.as_deref().filter(|key_id| !key_id.is_empty());
            index.by_key_id.extend(key_id.map(|key_id| (key_id, id)));
        }
        collection::sort(&mut index.by_canonical);
        collection::sort(&mut index.by_go_text);
        collection::sort(&mut index.by_key_id);
        index
    }

    /// The candidate issuers of one certificate by id, other than itself.
    fn issuers(&self, subject: CertId, certificate: &Certificate, names: &NameTable) -> Vec<CertId> {
        let mut issuers = Vec::new();
        if let Some(NamePair { issuer, .. }) = names.pair(subject) {
            issuers.extend(run(&self.by_canonical, issuer.canonical));
            issuers.extend(run(&self.by_go_text, issuer.go_text));
        }
        if let Some(key_id) = certificate.issuer_key_id() {
            issuers.extend(run(&self.by_key_id, key_id));
        }
        issuers.retain(|issuer| *issuer != subject);
        collection::sort(&mut issuers);
        issuers.dedup();
        issuers
    }
}

/// The certificates under one key of a sorted list.
fn run<K: Ord + Copy>(sorted: &[(K, CertId)], key: K) -> impl Iterator<Item = CertId> {
    let start = sorted.partition_point(|(other, _)| *other < key);
    let behind = sorted.get(start..).unwrap_or_default().iter();
    behind.take_while(move |(other, _)| *other == key).map(|(_, id)| *id)
}
