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
use ca::Namesakes;
pub use edge::{Edge, KeyIdMatch, MAX_EDGES};
pub use missing_issuer::MissingIssuer;
pub use names::NameMatch;

use std::rc::Rc;

use crate::certificate::{CertId, Certificate};
use crate::collection;
use crate::signature::{Check, Cost, CostOfKeys, Status};
use names::NameTable;

/// Most signature checks one graph makes; beyond it edges stay `Unchecked`. Our own number: Debian's bundle needs
/// about 170, and 20,000 take a browser about a second with WebCrypto.
pub const MAX_SIGNATURE_CHECKS: usize = 20_000;

/// What the checks of any graph may cost, however small it is (in microseconds, see [`Cost`]). Our own number: it pays for the
/// largest question on record, a hundred CAs of one name that may all have issued each other (x509-limbo,
/// `pathological-chain-same-subject-distinct-key`), in which programs end at limits of their own.
pub const SIGNATURE_COST: Cost = 2_600_000;

/// A check that costs more than this is dear: RSA with a modulus of 8,192 bits or more, or with a long exponent. Nothing on record
/// needs many of them.
const DEAR: Cost = 1_000;

/// What dear checks may cost together, of that. Our own number: it does not make people wait.
pub const SIGNATURE_COST_OF_DEAR_CHECKS: Cost = 150_000;

/// What they may cost besides for each octet of certificates, in nanoseconds. A certificate on P-256 has 350 octets at least and
/// its one check costs 250 microseconds, so that each certificate of a large file is checked once: there is no bundle in which most
/// need more, but for those made to be slow.
pub const SIGNATURE_COST_PER_OCTET: Cost = 700;

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

    /// The checks to make, one per key and subject, as many as [`MAX_SIGNATURE_CHECKS`], [`SIGNATURE_COST`],
    /// [`SIGNATURE_COST_OF_DEAR_CHECKS`] and [`SIGNATURE_COST_PER_OCTET`] allow, the likeliest first.
    pub fn checks(&self) -> Vec<Check<'_>> {
        let chosen = self.checks.iter().zip(self.positions_of_answers()).filter(|(_, answer)| answer.is_some());
        chosen.filter_map(|((issuer, subject), _)| self.check(*issuer, *subject)).collect()
    }

    /// By check: the position of its answer; `None` where the budget does not pay for it. A dear check is left out by itself:
    /// cheap ones behind it are not.
    fn positions_of_answers(&self) -> Vec<Option<usize>> {
        let octets: u64 = self.certificates.iter().map(|certificate| certificate.der.len() as u64).sum();
        let by_size = octets.saturating_mul(SIGNATURE_COST_PER_OCTET) / 1_000;
        let mut left = SIGNATURE_COST.saturating_add(by_size);
        let mut left_for_dear_ones = SIGNATURE_COST_OF_DEAR_CHECKS.saturating_add(by_size);
        let (mut keys, mut chosen) = (CostOfKeys::default(), 0);
        let position = |(issuer, subject): &(CertId, CertId)| {
            let cost = keys.cost(&self.check(*issuer, *subject)?);
            let dear = if cost > DEAR { cost } else { 0 };
            let rest = left.checked_sub(cost).zip(left_for_dear_ones.checked_sub(dear));
            (left, left_for_dear_ones) = rest.filter(|_| chosen < MAX_SIGNATURE_CHECKS)?;
            chosen += 1;
            Some(chosen - 1)
        };
        self.checks.iter().map(position).collect()
    }

    /// Takes the answers in the order of [`Draft::checks`]; missing ones stay unchecked.
    pub fn finish(mut self, statuses: &[Status]) -> Graph {
        let positions = self.positions_of_answers();
        let status = |check: usize| statuses.get((*positions.get(check)?)?).copied();
        for (edge, check) in self.edges.iter_mut().zip(&self.check_of_edge) {
            edge.signature = status(*check).unwrap_or(Status::Unchecked);
        }
        let left_out = positions.iter().filter(|position| position.is_none()).count();
        self.into_graph(left_out)
    }

    /// Takes the answer for each issuer and subject from whoever knows it without a check: what asks "what if" changes
    /// certificates whose signatures nobody made.
    pub fn finish_as(mut self, status: &dyn Fn(CertId, CertId) -> Status) -> Graph {
        for edge in &mut self.edges {
            edge.signature = status(edge.issuer, edge.subject);
        }
        self.into_graph(0)
    }

    fn into_graph(self, checks_left_out: usize) -> Graph {
        let Draft { certificates, names, mut edges, complete, .. } = self;
        edges.sort_by_key(|edge| (edge.subject, edge.issuer));
        Graph::of(certificates, names, edges, complete, checks_left_out)
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
/// the budget ([`MAX_SIGNATURE_CHECKS`], [`SIGNATURE_COST`]) stays [`Status::Unchecked`] and is counted in
/// [`Graph::checks_left_out`], and where edges were left out, [`Graph::complete`] is false.
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
    /// How many signature checks the budget left out: edges stay [`Status::Unchecked`] for that. Some edges share a check.
    pub checks_left_out: usize,
    names: NameTable,
    /// By certificate: the position of its CA in `cas`.
    ca_of: Vec<usize>,
    namesakes: Namesakes,
    /// Positions in `edges`, sorted by issuer, then subject.
    by_issuer: Vec<usize>,
}

/// One of the two ways in which subjects are compared, and the number of the subject in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubjectKey(Spelling, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spelling {
    /// Folded (RFC 5280, 7.1).
    Canonical,
    /// As Go writes it.
    Go,
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
        let edges: Vec<Edge> = edges.copied().collect();
        let is_unchecked = |edge: &&Edge| edge.signature == Status::Unchecked;
        let left_out = self.checks_left_out.min(edges.iter().filter(is_unchecked).count());
        Graph::of(certificates, self.names.first(count), edges, self.complete, left_out)
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

    /// The candidate edges that begin at `issuer`, by subject.
    pub fn subjects_of(&self, issuer: CertId) -> impl Iterator<Item = &Edge> {
        let issuer_of = |position: &usize| self.edges.get(*position).map(|edge| edge.issuer);
        let start = self.by_issuer.partition_point(|position| issuer_of(position) < Some(issuer));
        let from_here = self.by_issuer.get(start..).unwrap_or_default().iter();
        from_here.filter_map(|position| self.edges.get(*position)).take_while(move |edge| edge.issuer == issuer)
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

    /// Names that several CAs have: for each the positions in `cas` of all of them, which are two at least, in order; the
    /// names in the order of their first CAs.
    pub fn shared_names(&self) -> &[Vec<usize>] {
        &self.namesakes.groups
    }

    /// The position in [`Graph::shared_names`] of the name of a CA; `None` if no other CA has it, or it is empty.
    pub fn shared_name_of(&self, ca: usize) -> Option<usize> {
        self.namesakes.group_of.get(ca).copied().flatten()
    }

    /// Positions in `cas` of the other CAs with an equivalent name and another key; none for an empty name.
    pub fn namesakes(&self, ca: usize) -> impl Iterator<Item = usize> {
        let group = self.shared_name_of(ca).and_then(|name| self.namesakes.groups.get(name));
        group.into_iter().flatten().copied().filter(move |other| *other != ca)
    }

    /// By what the subject of a certificate is known: two subjects are equivalent if they have a key in common.
    pub fn subject_keys(&self, id: CertId) -> Option<[SubjectKey; 2]> {
        let subject = self.names.pair(id)?.subject;
        Some([SubjectKey(Spelling::Canonical, subject.canonical), SubjectKey(Spelling::Go, subject.go_text)])
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
    fn of(
        certificates: Vec<Rc<Certificate>>,
        names: NameTable,
        edges: Vec<Edge>,
        complete: bool,
        checks_left_out: usize,
    ) -> Graph {
        let cas = ca::group(&certificates, &names);
        let missing_issuers = missing_issuer::find(&certificates, &names, &edges);
        let ca_of = positions(&cas, certificates.len());
        let namesakes = Namesakes::of(&cas, &certificates, &names);
        let mut by_issuer: Vec<usize> = (0..edges.len()).collect();
        by_issuer.sort_by_key(|position| edges.get(*position).map(|edge| edge.issuer));
        Graph {
            certificates,
            edges,
            cas,
            missing_issuers,
            complete,
            checks_left_out,
            names,
            ca_of,
            namesakes,
            by_issuer,
        }
    }
}

/// The run of `edges` (sorted by subject) that ends at `subject`.
fn edges_to(edges: &[Edge], subject: CertId) -> &[Edge] {
    let start = edges.partition_point(|edge| edge.subject < subject);
    let end = edges.partition_point(|edge| edge.subject <= subject);
    edges.get(start..end).unwrap_or_default()
}
