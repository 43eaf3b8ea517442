//! Candidate issuer edges: who may have issued whom, judged by names and key ids.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::names::{NameMatch, NamePair, NameTable};
use crate::certificate::{CertId, Certificate};
use crate::collection;
use crate::signature::Status;

/// Most candidate edges between different certificates that a graph holds. Our own number: 500 certificates that all
/// share one name make 250,000; a bundle of real roots makes about one edge per certificate.
pub const MAX_EDGES: usize = 250_000;

/// A candidate issuer edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The certificate that may have issued the subject.
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
/// Looks names and key ids up in indexes, so the work grows with certificates and edges.
pub(super) fn list(certificates: &[Rc<Certificate>], names: &NameTable) -> Candidates {
    let index = IssuerIndex::new(certificates, names);
    let ids = (0..certificates.len()).map(CertId);
    // Self edges are outside the budget: without one, a certificate would count as not self-issued.
    let self_edges = ids.clone().filter_map(|id| edge(certificates, names, id, id)).filter(Edge::names_agree);
    let mut edges: Vec<Edge> = self_edges.collect();
    let budget = edges.len() + MAX_EDGES;
    for subject in ids {
        if edges.len() > budget {
            break;
        }
        for issuer in index.issuers(subject, names) {
            edges.extend(edge(certificates, names, issuer, subject));
        }
    }
    let complete = edges.len() <= budget;
    edges.truncate(budget);
    edges.sort_by_key(|edge| (rank(edge), edge.subject, edge.issuer));
    Candidates { edges, complete }
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
        // No verifier takes an issuer of another name, whatever its key id.
        _ if !edge.names_agree() => 3,
        KeyIdMatch::Match => 0,
        _ if edge.issuer == edge.subject => 0,
        KeyIdMatch::Absent => 1,
        KeyIdMatch::Mismatch => 2,
    }
}

/// Certificates by what a subject may know of its issuer.
#[derive(Default)]
struct IssuerIndex {
    by_canonical: Index,
    by_go_text: Index,
    by_key_id: Index,
    /// Numbers of key ids, equal if these are: for each certificate that of its own and that of its issuer's.
    key_ids: Vec<usize>,
}

impl IssuerIndex {
    fn new(certificates: &[Rc<Certificate>], names: &NameTable) -> IssuerIndex {
        let mut key_ids: Vec<&[u8]> = Vec::new();
        for certificate in certificates {
            key_ids.push(certificate.subject_key_id.as_deref().unwrap_or_default());
            key_ids.push(certificate.issuer_key_id().unwrap_or_default());
        }
        let mut index = IssuerIndex { key_ids: collection::dense_ids(&key_ids), ..IssuerIndex::default() };
        for (at, (key_id, number)) in key_ids.iter().zip(&index.key_ids).step_by(2).enumerate() {
            let id = CertId(at);
            if let Some(NamePair { subject, .. }) = names.pair(id) {
                index.by_canonical.add(subject.canonical, id);
                index.by_go_text.add(subject.go_text, id);
            }
            if !key_id.is_empty() {
                index.by_key_id.add(*number, id);
            }
        }
        index
    }

    /// The candidate issuers of one certificate by id, other than itself.
    fn issuers(&self, subject: CertId, names: &NameTable) -> BTreeSet<CertId> {
        let mut issuers = BTreeSet::new();
        if let Some(NamePair { issuer, .. }) = names.pair(subject) {
            issuers.extend(self.by_canonical.of(issuer.canonical));
            issuers.extend(self.by_go_text.of(issuer.go_text));
        }
        if let Some(key_id) = self.key_ids.get(2 * subject.0 + 1) {
            issuers.extend(self.by_key_id.of(*key_id));
        }
        issuers.remove(&subject);
        issuers
    }
}

/// Certificates by the number of a name or key id that they have.
#[derive(Default)]
struct Index(BTreeMap<usize, Vec<CertId>>);

impl Index {
    fn add(&mut self, number: usize, id: CertId) {
        self.0.entry(number).or_default().push(id);
    }

    fn of(&self, number: usize) -> &[CertId] {
        self.0.get(&number).map(Vec::as_slice).unwrap_or_default()
    }
}
