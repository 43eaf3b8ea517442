//! Questions that several findings ask of the analysis.

use crate::analysis::Analysis;
use crate::certificate::{CertId, Certificate};
use crate::collection;
use crate::divergence::{Divergence, PeerPools};
use crate::graph::Edge;
use crate::pool::{NotRoot, Rule};
use crate::role::Chain;
use crate::signature::Status;
use crate::verifier::{CauseKind, Verdict};
use std::collections::BTreeSet;

/// Kinds of rejection that a finding can explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rejection {
    /// A certificate on the path is outside its validity.
    Expired,
    /// No path ends at a root.
    UnknownAuthority,
}

/// What a certificate is for the pool rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A root CA in the strict sense of the pool rules.
    Root,
    /// A CA that is self-signed as far as can be told, but no root CA in the strict sense.
    RefusedRoot,
    /// A CA that another CA issued, or with nothing but its name to make it look like a root.
    Intermediate,
    /// The certificate of no CA.
    EndEntity,
}

/// What a certificate is for the pool rules.
pub(super) fn kind(analysis: &Analysis<'_>, id: CertId) -> Kind {
    match analysis.root_cas.refusal(id) {
        None => Kind::Root,
        Some(NotRoot::NoCa) => Kind::EndEntity,
        Some(_) if analysis.graph.self_issued(id) && analysis.graph.self_signed(id) != Some(false) => Kind::RefusedRoot,
        Some(_) => Kind::Intermediate,
    }
}

/// The certificates of the bundle that are of this kind.
pub(super) fn bundled(analysis: &Analysis<'_>, kind: Kind) -> Vec<CertId> {
    analysis.roles.bundle.iter().copied().filter(|&id| self::kind(analysis, id) == kind).collect()
}

/// The bundle holds neither a root nor what looks like one.
pub(super) fn is_rootless(analysis: &Analysis<'_>) -> bool {
    let rootlike = |&id: &CertId| matches!(kind(analysis, id), Kind::Root | Kind::RefusedRoot);
    !analysis.roles.bundle.iter().any(rootlike)
}

/// The other certificates whose key verifies its signature.
pub(super) fn issuers(analysis: &Analysis<'_>, id: CertId) -> Vec<CertId> {
    let verified = |edge: &&Edge| edge.signature == Status::Valid && edge.issuer != id;
    analysis.graph.issuers_of(id).iter().filter(verified).map(|edge| edge.issuer).collect()
}

/// As [`issuers`], those that are in the bundle.
pub(super) fn bundled_issuers(analysis: &Analysis<'_>, id: CertId) -> Vec<CertId> {
    issuers(analysis, id).iter().copied().filter(|issuer| analysis.bundle.contains(issuer)).collect()
}

/// The chain's leaf and every certificate that a path from it can reach through what the chain brings and what the
/// bundle holds.
pub(super) fn reach(analysis: &Analysis<'_>, chain: &Chain) -> BTreeSet<CertId> {
    let presented: BTreeSet<CertId> = chain.presented.iter().copied().collect();
    let mut found = BTreeSet::from([chain.leaf]);
    let mut open = vec![chain.leaf];
    while let Some(subject) = open.pop() {
        for edge in analysis.graph.issuers_of(subject) {
            let issuer = edge.issuer;
            let leads = edge.names_agree() && edge.signature != Status::Invalid;
            let at_hand = presented.contains(&issuer) || analysis.bundle.contains(&issuer);
            if leads && at_hand && found.insert(issuer) {
                open.push(issuer);
            }
        }
    }
    found
}

/// Every certificate that some chain reaches.
pub(super) fn reached(analysis: &Analysis<'_>) -> BTreeSet<CertId> {
    chains(analysis).into_iter().flat_map(|chain| reach(analysis, chain)).collect()
}

/// Every certificate with a role: in the bundle, or in a peer's or client's chain.
pub(super) fn with_a_role(analysis: &Analysis<'_>) -> BTreeSet<CertId> {
    let presented = chains(analysis).into_iter().flat_map(Chain::certificates);
    analysis.roles.bundle.iter().copied().chain(presented).collect()
}

/// Peers, then clients.
pub(super) fn chains<'a>(analysis: &'a Analysis<'_>) -> Vec<&'a Chain> {
    analysis.roles.peers.iter().chain(&analysis.roles.clients).collect()
}

/// The peers whose pools pass a test.
pub(super) fn peers<'a>(analysis: &'a Analysis<'_>, test: impl Fn(&PeerPools) -> bool) -> Vec<&'a PeerPools> {
    analysis.peers.iter().filter(|peer| test(peer)).collect()
}

/// The clients that are rejected for `refusal` and whose path, or the leading peer's, can reach one of `certificates`:
/// by a plain server that has the bundle as trust store, or by the correct pool of the leading peer. A client that the
/// naive pool accepts is not rejected today, whatever the correct pool says.
pub(super) fn clients_refused(analysis: &Analysis<'_>, refusal: Rejection, certificates: &[CertId]) -> Vec<usize> {
    let meets = |chain: &Chain| {
        let reach = reach(analysis, chain);
        certificates.iter().any(|id| reach.contains(id))
    };
    let peer_meets = analysis.focus().is_some_and(|focus| meets(&focus.peer));
    let refused = |(index, chain): &(usize, &Chain)| {
        let (by_correct, by_empty) = refused_by_pool(analysis, *index, refusal);
        (refused_by_plain_server(analysis, *index, refusal) || by_correct) && meets(chain) || by_empty && peer_meets
    };
    analysis.roles.clients.iter().enumerate().filter(refused).map(|(index, _)| index).collect()
}

/// A plain server that trusts the whole bundle rejects the client for `refusal`.
pub(super) fn refused_by_plain_server(analysis: &Analysis<'_>, client: usize, refusal: Rejection) -> bool {
    analysis.plain_server.get(client).is_some_and(|it| !it.accepts() && rejects_for(it, refusal))
}

/// Whether the correct pool rejects the client for `refusal`, and whether a pool does so that `refusal` left empty.
fn refused_by_pool(analysis: &Analysis<'_>, client: usize, refusal: Rejection) -> (bool, bool) {
    let Some(focus) = analysis.focus() else { return (false, false) };
    let rejected = |rule| focus.verdicts(rule).get(client).filter(|it| !it.accepts());
    let emptied = |rule| {
        let pool = focus.pool(rule);
        pool.anchors.is_empty() && rejected(rule).is_some() && rejects_for(&pool.search, refusal)
    };
    if rejected(Rule::OpenzitiNaive).is_none() {
        return (false, false);
    }
    // That the naive rule finds no authority is its own doing; that a certificate has expired is not.
    let naively = refusal == Rejection::Expired && emptied(Rule::OpenzitiNaive);
    let by_correct = rejected(Rule::Correct).is_some_and(|it| rejects_for(&it.with_intermediates, refusal));
    (by_correct, emptied(Rule::Correct) || naively)
}

/// Whether Go rejects for this: `CertificateInvalidError` of `Expired`, or `UnknownAuthorityError`.
fn rejects_for(verdict: &Verdict, refusal: Rejection) -> bool {
    let kind = verdict.cause.map(|cause| cause.kind);
    match refusal {
        Rejection::Expired => matches!(kind, Some(CauseKind::Expired | CauseKind::NotYetValid)),
        Rejection::UnknownAuthority => kind == Some(CauseKind::UnknownIssuer),
    }
}

/// Whether `certificate` is outside its validity at the instant of the analysis.
pub(super) fn is_outside_validity(analysis: &Analysis<'_>, id: CertId) -> bool {
    let outside = |it: &Certificate| analysis.at < it.not_before || analysis.at > it.not_after;
    analysis.graph.certificate(id).is_some_and(outside)
}

/// The names of the sources that hold a certificate.
pub(super) fn holders(analysis: &Analysis<'_>, id: CertId) -> Vec<String> {
    let holding = analysis.holders.get(&id).into_iter().flatten();
    holding.filter_map(|index| analysis.inventory.sources.get(*index)).map(|source| source.name.clone()).collect()
}

/// The certificate and `others`, each once.
pub(super) fn with(id: CertId, others: &[CertId]) -> Vec<CertId> {
    collection::distinct(&[&[id], others].concat())
}

/// The clients lost with any of these peers sampled, each once.
pub(super) fn lost_with(peers: &[&PeerPools]) -> Vec<usize> {
    clients_of(peers, |divergence| &divergence.lost)
}

/// The clients that some list of these peers' divergence names, each once.
pub(super) fn clients_of(peers: &[&PeerPools], list: fn(&Divergence) -> &[usize]) -> Vec<usize> {
    let clients: BTreeSet<usize> = peers.iter().flat_map(|peer| list(&peer.divergence)).copied().collect();
    clients.into_iter().collect()
}

/// The anchors of these peers' pools by one rule, each once.
pub(super) fn anchors(peers: &[&PeerPools], rule: Rule) -> Vec<CertId> {
    let anchors: Vec<CertId> = peers.iter().flat_map(|peer| &peer.pool(rule).anchors).copied().collect();
    collection::distinct(&anchors)
}

/// The anchors of the naive pool, to compare pools by.
pub(super) fn naive_set(peer: &PeerPools) -> BTreeSet<CertId> {
    peer.naive().anchors.iter().copied().collect()
}
