//! Questions that several findings ask of the analysis.

use crate::collection::{Gather as _, Set};

use crate::analysis::Analysis;
use crate::certificate::{CertId, Certificate};
use crate::divergence::{Divergence, PeerPools};
use crate::graph::{Edge, Graph};
use crate::pool::{NotRoot, Rule, root_ca};
use crate::role::Chain;
use crate::signature::Status;

/// What Go says of a certificate outside its validity (`x509.CertificateInvalidError`, `Expired`).
const GO_EXPIRED: &str = "certificate has expired or is not yet valid";
/// What Go says where no path ends at a root (`x509.UnknownAuthorityError`).
const GO_UNKNOWN_AUTHORITY: &str = "certificate signed by unknown authority";

/// Kinds of rejection that a finding can explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A certificate on the path is outside its validity.
    Expired,
    /// No path ends at a root.
    UnknownAuthority,
}

/// The bundle's root CAs in the strict sense of the pool rules.
pub(super) fn bundle_roots(analysis: &Analysis<'_>) -> Vec<CertId> {
    bundle_where(analysis, |graph, id| root_ca(graph, id).is_ok())
}

/// The bundle's other CAs.
pub(super) fn bundle_intermediates(analysis: &Analysis<'_>) -> Vec<CertId> {
    bundle_where(analysis, is_intermediate)
}

/// The bundle's self-signed CAs that the strict sense of root refuses all the same.
pub(super) fn bundle_roots_refused(analysis: &Analysis<'_>) -> Vec<CertId> {
    bundle_where(analysis, |graph, id| refused_root(graph, id).is_some())
}

fn bundle_where(analysis: &Analysis<'_>, test: impl Fn(&Graph, CertId) -> bool) -> Vec<CertId> {
    analysis.cast.bundle.iter().copied().filter(|&id| test(analysis.graph, id)).gather()
}

/// A CA that another CA issued: neither a root nor one by its own signature.
pub(super) fn is_intermediate(graph: &Graph, id: CertId) -> bool {
    is_ca(graph, id) && root_ca(graph, id).is_err() && refused_root(graph, id).is_none()
}

/// Why a CA that is self-signed as far as can be told is no root CA in the strict sense; `None` if it is one, or if
/// its self-signature fails and so nothing but its name makes it look like one.
pub(super) fn refused_root(graph: &Graph, id: CertId) -> Option<NotRoot> {
    let looks_like_a_root = is_ca(graph, id) && graph.self_issued(id) && graph.self_signed(id) != Some(false);
    root_ca(graph, id).err().filter(|_| looks_like_a_root)
}

/// basicConstraints cA is TRUE.
pub(super) fn is_ca(graph: &Graph, id: CertId) -> bool {
    graph.certificate(id).is_some_and(Certificate::is_ca)
}

/// The other certificates whose key verifies its signature.
pub(super) fn issuers(graph: &Graph, id: CertId) -> Vec<CertId> {
    let verified = |edge: &&Edge| edge.signature == Status::Valid && edge.issuer != id;
    graph.issuers_of(id).iter().filter(verified).map(|edge| edge.issuer).gather()
}

/// The chain's leaf and every certificate that a path from it can reach through what the chain brings and what the
/// bundle holds.
pub(super) fn reach(analysis: &Analysis<'_>, chain: &Chain) -> Set<CertId> {
    let usable: Set<CertId> = chain.presented.iter().chain(&analysis.cast.bundle).copied().collect();
    let mut found = Set::from([chain.leaf]);
    let mut open = vec![chain.leaf];
    while let Some(subject) = open.pop() {
        let edges = analysis.graph.issuers_of(subject).iter();
        let leading = edges.filter(|edge| edge.names_agree() && edge.signature != Status::Invalid);
        for issuer in leading.map(|edge| edge.issuer).filter(|issuer| usable.contains(issuer)) {
            if found.insert(issuer) {
                open.push(issuer);
            }
        }
    }
    found
}

/// Every certificate that plays a part: in the bundle, or in a peer's or client's chain.
pub(super) fn playing(analysis: &Analysis<'_>) -> Set<CertId> {
    let chains = chains(analysis).flat_map(|chain| std::iter::once(chain.leaf).chain(chain.presented.iter().copied()));
    analysis.cast.bundle.iter().copied().chain(chains).collect()
}

/// Peers, then clients.
pub(super) fn chains<'a>(analysis: &'a Analysis<'_>) -> impl Iterator<Item = &'a Chain> {
    analysis.cast.peers.iter().chain(&analysis.cast.clients)
}

/// The clients that are rejected for `refusal` and whose path, or the leading peer's, can reach one of `certificates`:
/// by an engine that has the bundle as trust store, or by the correct pool of the leading peer. A client that the naive
/// pool accepts is not rejected today, whatever the correct pool says.
pub(super) fn clients_refused(analysis: &Analysis<'_>, refusal: Refusal, certificates: &[CertId]) -> Vec<usize> {
    let meets = |chain: &Chain| {
        let reach = reach(analysis, chain);
        certificates.iter().any(|id| reach.contains(id))
    };
    let peer_meets = analysis.focus().is_some_and(|focus| meets(&focus.peer));
    let refused = |(index, chain): &(usize, &Chain)| {
        let (by_correct, by_empty) = refused_by_pool(analysis, *index, refusal);
        (refused_by_engine(analysis, *index, refusal) || by_correct) && meets(chain) || by_empty && peer_meets
    };
    analysis.cast.clients.iter().enumerate().filter(refused).map(|(index, _)| index).gather()
}

/// An engine that trusts the whole bundle rejects the client for `refusal`.
pub(super) fn refused_by_engine(analysis: &Analysis<'_>, client: usize, refusal: Refusal) -> bool {
    let mut verdicts = analysis.engines.iter().filter(|it| it.client == client && !it.verdict.accepts());
    verdicts.any(|it| says(&it.verdict.detail, refusal))
}

/// Whether the correct pool rejects the client for `refusal`, and whether a pool does so that `refusal` left empty.
fn refused_by_pool(analysis: &Analysis<'_>, client: usize, refusal: Refusal) -> (bool, bool) {
    let Some(focus) = analysis.focus() else { return (false, false) };
    let rejected = |rule| focus.verdicts(rule).get(client).filter(|it| !it.accepts());
    let emptied = |rule| {
        let empty = focus.pool(rule).filter(|pool| pool.anchors.is_empty() && rejected(rule).is_some());
        empty.is_some_and(|pool| says(&pool.search.detail, refusal))
    };
    if rejected(Rule::OpenzitiNaive).is_none() {
        return (false, false);
    }
    // That the naive rule finds no authority is its own doing; that a certificate has expired is not.
    let naively = refusal == Refusal::Expired && emptied(Rule::OpenzitiNaive);
    let by_correct = rejected(Rule::Correct).is_some_and(|it| says(&it.with_intermediates.detail, refusal));
    (by_correct, emptied(Rule::Correct) || naively)
}

fn says(words: &str, refusal: Refusal) -> bool {
    words.contains(match refusal {
        Refusal::Expired => GO_EXPIRED,
        Refusal::UnknownAuthority => GO_UNKNOWN_AUTHORITY,
    })
}

/// Whether `certificate` is outside its validity at the instant of the analysis.
pub(super) fn is_outside_validity(analysis: &Analysis<'_>, id: CertId) -> bool {
    let outside = |it: &Certificate| analysis.at < it.not_before || analysis.at > it.not_after;
    analysis.graph.certificate(id).is_some_and(outside)
}

/// The names of the sources that hold a certificate.
pub(super) fn holders(analysis: &Analysis<'_>, id: CertId) -> Vec<String> {
    let holds = |source: &&crate::inventory::Source| source.placements.iter().any(|it| it.certificate == id);
    analysis.inventory.sources.iter().filter(holds).map(|source| source.name.clone()).gather()
}

/// Each once, in order.
pub(super) fn distinct(ids: &mut dyn Iterator<Item = CertId>) -> Vec<CertId> {
    let mut seen = Set::new();
    ids.filter(|&id| seen.insert(id)).gather()
}

/// The clients lost with any of these peers sampled, each once.
pub(super) fn lost_with(peers: &[&PeerPools]) -> Vec<usize> {
    clients_of(peers, |divergence| &divergence.lost)
}

/// The clients that some list of these peers' divergence names, each once.
pub(super) fn clients_of(peers: &[&PeerPools], list: fn(&Divergence) -> &[usize]) -> Vec<usize> {
    let clients: Set<usize> = peers.iter().flat_map(|peer| list(&peer.divergence).iter().copied()).collect();
    clients.into_iter().gather()
}

/// The anchors of the naive pool.
pub(super) fn naive_anchors(peer: &PeerPools) -> Vec<CertId> {
    peer.pool(Rule::OpenzitiNaive).map(|pool| pool.certificates()).unwrap_or_default()
}

/// The anchors of the correct pool.
pub(super) fn correct_anchors(peer: &PeerPools) -> Vec<CertId> {
    peer.pool(Rule::Correct).map(|pool| pool.certificates()).unwrap_or_default()
}
