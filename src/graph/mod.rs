//! Who may have issued whom: candidate edges with their evidence, and CAs as name plus key.
//!
//! The graph knows neither time, trust nor purpose. Build it in two steps, so that the signatures can be checked in
//! one batch by whichever back end is at hand:
//!
//! ```text
//! let draft = Draft::new(certificates);            // candidate edges by name and key id
//! let statuses = signature::verify_batch(&draft.checks());
//! let graph = draft.finish(&statuses);
//! ```

mod ca;
mod edge;
mod missing_issuer;
mod names;

pub use ca::Ca;
pub use edge::{Edge, KeyIdMatch, MAX_EDGES};
pub use missing_issuer::MissingIssuer;
pub use names::NameMatch;

use std::rc::Rc;

use crate::certificate::{CertId, Certificate};
use crate::collection;
use crate::signature::{Check, Status};
use names::NameTable;

/// Most signature checks one graph makes; beyond it edges stay `Unchecked`. Our own number: Debian's bundle needs
/// about 170, and 20,000 take a browser about a second with WebCrypto.
pub const MAX_SIGNATURE_CHECKS: usize = 20_000;

/// A graph whose signatures are not checked yet.
#[derive(Clone, Debug)]
pub struct Draft {
    certificates: Vec<Rc<Certificate>>,
    names: NameTable,
    /// The likeliest first.
    edges: Vec<Edge>,
    complete: bool,
    /// By edge: the position of its check. Edges from two certificates of one CA to the same subject share a check.
    check_of_edge: Vec<usize>,
    /// Issuer and subject of each check.
    checks: Vec<(CertId, CertId)>,
}

impl Draft {
    /// Lists the candidate edges, those with matching key ids first.
    pub fn new(certificates: Vec<Rc<Certificate>>) -> Draft {
        let names = NameTable::new(&certificates);
        let edge::Candidates { edges, complete } = edge::list(&certificates, &names);
        let (check_of_edge, checks) = distinct_checks(&certificates, &edges);
        Draft { certificates, names, edges, complete, check_of_edge, checks }
    }

    /// The checks to make, one per key and subject, up to [`MAX_SIGNATURE_CHECKS`].
    pub fn checks(&self) -> Vec<Check<'_>> {
        let pairs = self.checks.iter().take(MAX_SIGNATURE_CHECKS);
        pairs.filter_map(|(issuer, subject)| self.check(*issuer, *subject)).collect()
    }

    /// Takes the answers in the order of [`Draft::checks`]; missing ones stay unchecked.
    pub fn finish(mut self, statuses: &[Status]) -> Graph {
        for (edge, check) in self.edges.iter_mut().zip(&self.check_of_edge) {
            edge.signature = statuses.get(*check).copied().unwrap_or(Status::Unchecked);
        }
        self.into_graph()
    }

    /// Takes the answer for each issuer and subject from whoever knows it without a check: what asks "what if" changes
    /// certificates whose signatures nobody made.
    pub fn finish_as(mut self, status: &dyn Fn(CertId, CertId) -> Status) -> Graph {
        for edge in &mut self.edges {
            edge.signature = status(edge.issuer, edge.subject);
        }
        self.into_graph()
    }

    fn into_graph(self) -> Graph {
        let Draft { certificates, names, mut edges, complete, .. } = self;
        edges.sort_by_key(|edge| (edge.subject, edge.issuer));
        Graph::of(certificates, names, edges, complete)
    }

    fn check(&self, issuer: CertId, subject: CertId) -> Option<Check<'_>> {
        let (issuer, subject) = (self.certificates.get(issuer.0)?, self.certificates.get(subject.0)?);
        Some(Check {
            issuer_key: &issuer.key.spki,
            algorithm: &subject.signature_algorithm.der,
            message: subject.tbs_der(),
            signature: &subject.signature,
        })
    }
}

/// One check for each issuer key and subject, and for each edge the position of its check.
fn distinct_checks(certificates: &[Rc<Certificate>], edges: &[Edge]) -> (Vec<usize>, Vec<(CertId, CertId)>) {
    let spkis: Vec<&[u8]> = certificates.iter().map(|certificate| certificate.key.spki.as_slice()).collect();
    let keys = collection::dense_ids(&spkis);
    let key = |edge: &Edge| (edge.subject, keys.get(edge.issuer.0).copied());
    let check_of_edge = collection::dense_ids(&edges.iter().map(key).collect::<Vec<_>>());
    let mut checks = Vec::new();
    for (edge, check) in edges.iter().zip(&check_of_edge) {
        if *check == checks.len() {
            checks.push((edge.issuer, edge.subject));
        }
    }
    (check_of_edge, checks)
}

/// For each certificate the position of its CA.
fn positions(cas: &[Ca], certificates: usize) -> Vec<usize> {
    let mut positions = vec![0; certificates];
    for (position, ca) in cas.iter().enumerate() {
        for id in &ca.certificates {
            if let Some(slot) = positions.get_mut(id.0) {
                *slot = position;
            }
        }
    }
    positions
}

/// The finished graph: who may have issued whom, with the evidence for it. It is read-only.
///
/// An edge is a candidate, not a verdict: it exists where names agree or key ids match, and says whether the signature
/// verifies. The graph checks neither validity, basicConstraints, key usage, name constraints nor trust, follows no
/// path, and takes certificates as they were parsed; that is what [`Engine::verify`] is for. A signature beyond
/// [`MAX_SIGNATURE_CHECKS`] stays [`Status::Unchecked`], and where edges were left out, [`Graph::complete`] is false.
///
/// ```
/// use rootlens::certificate::{CertId, Certificate};
/// use rootlens::decode;
/// use rootlens::graph::Graph;
/// use rootlens::signature::Status;
///
/// let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mtls-scenarios/ec-00-ok");
/// # let read = |name: &str| std::fs::read(format!("{scenario}/{name}")).expect("a file of this repository");
/// let files = [read("leaf.pem"), read("pool.pem")];
/// let items = files.iter().flat_map(|file| decode::read(file).items);
/// let graph = Graph::build(items.map(|item| Certificate::parse(&item.der).expect("a certificate")));
///
/// let (leaf, root) = (CertId(0), CertId(1));
/// let edge = graph.edge(root, leaf).expect("the names agree");
/// assert!(edge.names_agree());
/// assert_eq!(edge.signature, Status::Valid);
/// assert_eq!(graph.self_signed(root), Some(true));
/// assert!(graph.missing_issuers.is_empty());
/// ```
///
/// [`Engine::verify`]: crate::verifier::Engine::verify
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Graph {
    /// [`CertId`] is the index.
    pub certificates: Vec<Rc<Certificate>>,
    /// Sorted by subject, then issuer.
    pub edges: Vec<Edge>,
    /// Every name-and-key with its certificates, in order of first appearance.
    pub cas: Vec<Ca>,
    /// Issuers that are named but absent, in order of the first certificate that needs them.
    pub missing_issuers: Vec<MissingIssuer>,
    /// False if [`MAX_EDGES`] left candidate edges out.
    pub complete: bool,
    names: NameTable,
    /// By certificate: the position of its CA in `cas`.
    ca_of: Vec<usize>,
}

impl Graph {
    /// Builds a graph with the pure-Rust signature back end.
    pub fn build(certificates: impl IntoIterator<Item: Into<Rc<Certificate>>>) -> Graph {
        let draft = Draft::new(certificates.into_iter().map(Into::into).collect());
        let statuses = crate::signature::verify_batch(&draft.checks());
        draft.finish(&statuses)
    }

    /// The graph of the first `count` certificates alone: what building it from them gives, with the signatures as
    /// they were checked here.
    pub fn first(&self, count: usize) -> Graph {
        let is_among = |id: CertId| id.0 < count;
        let certificates: Vec<_> = self.certificates.iter().take(count).cloned().collect();
        let edges = self.edges.iter().filter(|edge| is_among(edge.issuer) && is_among(edge.subject));
        Graph::of(certificates, self.names.first(count), edges.copied().collect(), self.complete)
    }

    /// The certificate with this id; every id that the graph hands out is in range.
    pub fn certificate(&self, id: CertId) -> Option<&Certificate> {
        self.certificates.get(id.0).map(Rc::as_ref)
    }

    /// The candidate edge from `issuer` to `subject`.
    pub fn edge(&self, issuer: CertId, subject: CertId) -> Option<&Edge> {
        let position = self.edges.binary_search_by_key(&(subject, issuer), |edge| (edge.subject, edge.issuer));
        self.edges.get(position.ok()?)
    }

    /// The candidate edges that end at `subject`, by issuer.
    pub fn issuers_of(&self, subject: CertId) -> &[Edge] {
        edges_to(&self.edges, subject)
    }

    /// The candidate edges that begin at `issuer`, by subject; looks at every edge.
    pub fn subjects_of(&self, issuer: CertId) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(move |edge| edge.issuer == issuer)
    }

    /// The position in `cas` of the CA that this certificate belongs to.
    pub fn ca_of(&self, id: CertId) -> Option<usize> {
        self.ca_of.get(id.0).copied()
    }

    /// The order in which a chain is sent (RFC 8446, 4.4.2): each certificate of `rest` followed by its issuer, beginning
    /// with the issuer of `leaf`; then those that have no place in it, as they stood.
    pub fn issuing_order(&self, leaf: CertId, rest: &[CertId]) -> Vec<CertId> {
        let (mut rest, mut ordered, mut last) = (rest.to_vec(), Vec::new(), leaf);
        while let Some(at) = rest.iter().position(|id| self.may_have_issued(*id, last)) {
            last = rest.remove(at);
            ordered.push(last);
        }
        ordered.extend(rest);
        ordered
    }

    /// Whether names agree and the signature was not refuted.
    fn may_have_issued(&self, issuer: CertId, subject: CertId) -> bool {
        let edge = self.edge(issuer, subject).filter(|_| issuer != subject);
        edge.is_some_and(|edge| edge.names_agree() && edge.signature != Status::Invalid)
    }

    /// Positions in `cas` of the other CAs with an equivalent name and another key; none for an empty name.
    pub fn namesakes(&self, ca: usize) -> Vec<usize> {
        let Some(class) = self.name_class(ca) else { return Vec::new() };
        (0..self.cas.len()).filter(|other| *other != ca && self.name_class(*other) == Some(class)).collect()
    }

    /// Names are equal (RFC 5280 comparison): self-issued.
    pub fn self_issued(&self, id: CertId) -> bool {
        self.edge(id, id).is_some()
    }

    /// The certificate's own key verifies its signature; `None` where that could not be checked.
    pub fn self_signed(&self, id: CertId) -> Option<bool> {
        match self.edge(id, id).map(|edge| edge.signature) {
            None | Some(Status::Invalid) => Some(false),
            Some(Status::Valid) => Some(true),
            Some(Status::Unsupported | Status::Unchecked) => None,
        }
    }

    /// `edges` are sorted by subject, then issuer.
    fn of(certificates: Vec<Rc<Certificate>>, names: NameTable, edges: Vec<Edge>, complete: bool) -> Graph {
        let cas = ca::group(&certificates, &names);
        let missing_issuers = missing_issuer::find(&certificates, &names, &edges);
        let ca_of = positions(&cas, certificates.len());
        Graph { certificates, edges, cas, missing_issuers, complete, names, ca_of }
    }

    /// The class of the name of a CA; `None` if the name is empty, which names nobody.
    fn name_class(&self, ca: usize) -> Option<usize> {
        let first = self.cas.get(ca)?.certificates.first()?;
        let named = self.certificate(*first).is_some_and(|certificate| !certificate.subject.is_empty());
        self.names.pair(*first).filter(|_| named).map(|pair| self.names.class(pair.subject))
    }
}

/// The run of `edges` (sorted by subject) that ends at `subject`.
fn edges_to(edges: &[Edge], subject: CertId) -> &[Edge] {
    let start = edges.partition_point(|edge| edge.subject < subject);
    let end = edges.partition_point(|edge| edge.subject <= subject);
    edges.get(start..end).unwrap_or_default()
}
