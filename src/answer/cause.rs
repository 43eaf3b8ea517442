//! Why a chain is not accepted by all: derived from where its issuers lead, from what divides the verifiers, and from
//! edits under which more of them accept.

use super::Reply;
use super::code::CauseCode;
use super::generation::{self, Generation};
use super::lead::{self, Lead};
use crate::certificate::{CertId, Certificate};
use crate::collection;
use crate::disagreement::{self, Fact, Flaw, Inquiry, Kind};
use crate::graph::Graph;
use crate::inventory::HeaderForm;
use crate::signature::Status;
use crate::timeline;
use crate::verifier::{Cause as Rejection, CauseKind, Outcome, Program, Query, Readings};

/// Most pairs of facts that are undone together where no single one lets a verifier accept. Our own number: a pair costs
/// all verifiers about a millisecond.
const MAX_PAIRS: usize = 60;

/// Why the verifiers say what they say of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cause {
    /// What it is called.
    pub(super) code: CauseCode,
    /// The certificates that are at fault, the first one above all.
    pub(super) certificates: Vec<CertId>,
    /// What else there is to say of it.
    pub(super) evidence: Evidence,
}

/// What a cause was derived from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// The code says it all.
    Plain,
    /// The issuer of the first certificate is not where a verifier looks for it; these hold its key, in other files.
    Elsewhere(Vec<CertId>),
    /// The same of a chain that was forwarded in a form which carries the client's own certificate alone.
    LeafOnly(HeaderForm, Vec<CertId>),
    /// The trust store holds the name of the chain's CA with another key.
    Namesake {
        /// The certificate that another key signed.
        subject: CertId,
        /// The trusted certificate of that name.
        trusted: CertId,
        /// The certificate whose key did sign it, if it is here.
        real: Option<CertId>,
        /// Which of the two is older, if that can be told.
        generation: Option<Generation>,
    },
    /// Undoing these lets more verifiers accept, or all say the same.
    Facts(Vec<Fact>),
    /// What one of the verifiers that reject is called, and its words.
    Words(&'static str, String),
}

/// A chain with everything that is known of it.
pub(super) struct Judged<'a, 'g> {
    pub(super) graph: &'a Graph,
    pub(super) readings: &'a Readings<'g>,
    pub(super) query: Query<'a>,
    /// What each program says.
    pub(super) replies: &'a [Reply],
    /// The public roots stand in for a trust store that nobody gave.
    pub(super) is_public_by_default: bool,
    /// The server sent more than the text of the connection shows.
    pub(super) is_shown_in_part: bool,
    /// The form in which a proxy forwarded it, if that carries no more than the client's own certificate.
    pub(super) leaf_only: Option<HeaderForm>,
}

impl Judged<'_, '_> {
    /// The programs whose answer is this one.
    pub(super) fn programs(&self, outcome: Outcome) -> Vec<Program> {
        let those = self.replies.iter().filter(|reply| reply.verdict.outcome == outcome);
        those.map(|reply| reply.program).collect()
    }

    /// Those that say yes or no.
    pub(super) fn decided(&self) -> Vec<Program> {
        let decided = self.replies.iter().filter(|reply| reply.verdict.outcome != Outcome::Stopped);
        decided.map(|reply| reply.program).collect()
    }

    pub(super) fn certificate(&self, id: CertId) -> Option<&Certificate> {
        self.graph.certificate(id)
    }

    fn is_ca(&self, id: CertId) -> bool {
        self.certificate(id).is_some_and(Certificate::is_ca)
    }
}

impl Cause {
    fn of(code: CauseCode, certificates: Vec<CertId>) -> Cause {
        Cause { code, certificates, evidence: Evidence::Plain }
    }

    /// Finds out why the verifiers do not all accept a chain, or that they do.
    pub(super) fn find(chain: &Judged<'_, '_>) -> Cause {
        let [accepting, rejecting] = [Outcome::Accepted, Outcome::Rejected].map(|it| chain.programs(it).len());
        if let Some(other) = disagreement::end_entity_behind(chain.graph, &chain.query) {
            return Cause::of(CauseCode::LeafNotFirst, vec![chain.query.leaf, other]);
        }
        match (accepting, rejecting) {
            (0, 0) => undecided(chain),
            (_, 0) => Cause::of(CauseCode::Trusted, trusted_end(chain)),
            (0, _) => refused_by_all(chain),
            _ => divided(chain),
        }
    }

    /// The same without asking anyone again.
    pub(super) fn by_replies(chain: &Judged<'_, '_>) -> Cause {
        match chain.programs(Outcome::Rejected).is_empty() && !chain.programs(Outcome::Accepted).is_empty() {
            true => Cause::of(CauseCode::Trusted, trusted_end(chain)),
            false => by_rejections(chain),
        }
    }
}

/// The trusted certificate at the end of the first chain that a verifier returned.
fn trusted_end(chain: &Judged<'_, '_>) -> Vec<CertId> {
    let mut chains = chain.replies.iter().flat_map(|reply| &reply.verdict.chains);
    let end = chains.next().and_then(|path| path.last().copied());
    let lead = || match Lead::of(chain.graph, &chain.query) {
        Lead::Trusted(anchor) => Some(anchor),
        _ => None,
    };
    end.or_else(lead).into_iter().collect()
}

/// No verifier says yes or no: what none of them could check is a signature.
fn undecided(chain: &Judged<'_, '_>) -> Cause {
    let certificates = chain.replies.iter().filter_map(|reply| reply.verdict.cause?.certificate);
    Cause::of(CauseCode::NotDecided, collection::distinct(&certificates.collect::<Vec<_>>()))
}

fn divided(chain: &Judged<'_, '_>) -> Cause {
    let explanation = Inquiry::new(chain.readings, &chain.query, &chain.decided()).explain();
    match explanation.facts.is_empty() {
        true => by_rejections(chain),
        false => of_facts(chain, explanation.facts),
    }
}

fn refused_by_all(chain: &Judged<'_, '_>) -> Cause {
    if chain.query.trusted.is_empty() {
        return without_a_store(chain);
    }
    match Lead::of(chain.graph, &chain.query) {
        Lead::Trusted(_) => by_edits(chain).unwrap_or_else(|| by_rejections(chain)),
        Lead::OtherKey { subject, namesake } => other_key(chain, subject, namesake),
        Lead::SelfSigned(root) => self_signed(chain, root),
        Lead::Missing { subject } => missing(chain, subject),
    }
}

/// Nothing to trust: what is wrong with the chain itself comes first all the same.
fn without_a_store(chain: &Judged<'_, '_>) -> Cause {
    match Lead::of(chain.graph, &chain.query) {
        Lead::SelfSigned(root) => self_signed(chain, root),
        Lead::Missing { subject } if chain.is_public_by_default || chain.is_shown_in_part => missing(chain, subject),
        _ => Cause::of(CauseCode::NoTrustStore, vec![chain.query.leaf]),
    }
}

fn other_key(chain: &Judged<'_, '_>, subject: CertId, trusted: CertId) -> Cause {
    let real = match chain.graph.self_signed(subject) {
        Some(true) => Some(subject),
        _ => lead::issuers(chain.graph, subject).first().copied(),
    };
    let generation = generation::compare(chain.graph, subject, trusted, real);
    let code = match generation {
        Some(Generation::StoreIsOlder) => CauseCode::StaleTrust,
        Some(Generation::ChainIsOlder) => CauseCode::StaleLeaf,
        None => CauseCode::SameNameOtherKey,
    };
    let at_fault = match generation {
        Some(Generation::ChainIsOlder) => vec![real.unwrap_or(subject), trusted],
        _ => vec![trusted, subject],
    };
    Cause { code, certificates: at_fault, evidence: Evidence::Namesake { subject, trusted, real, generation } }
}

fn self_signed(chain: &Judged<'_, '_>, root: CertId) -> Cause {
    if let Some(wrong) = what_is_trusted_instead(chain) {
        return Cause {
            evidence: Evidence::Elsewhere(vec![root]),
            ..Cause::of(CauseCode::WrongTrust, vec![wrong, root])
        };
    }
    let is_leaf = root == chain.query.leaf;
    let code = match () {
        () if is_leaf => CauseCode::SelfSigned,
        () if chain.is_public_by_default => CauseCode::PrivateRoot,
        () => CauseCode::UntrustedRoot,
    };
    Cause::of(code, vec![root])
}

/// The issuer of `subject` was neither sent nor is it trusted.
fn missing(chain: &Judged<'_, '_>, subject: CertId) -> Cause {
    let elsewhere = lead::issuers(chain.graph, subject);
    if let Some(wrong) = what_is_trusted_instead(chain) {
        let evidence = Evidence::Elsewhere(elsewhere);
        return Cause { evidence, ..Cause::of(CauseCode::WrongTrust, vec![wrong, subject]) };
    }
    let is_root = |id: &CertId| chain.graph.self_issued(*id) && chain.graph.self_signed(*id) != Some(false);
    let roots: Vec<CertId> = elsewhere.iter().copied().filter(is_root).collect();
    let code = match () {
        () if chain.is_shown_in_part => CauseCode::ChainNotShown,
        () if !elsewhere.is_empty() && roots.len() < elsewhere.len() => CauseCode::MissingIntermediate,
        () if !roots.is_empty() && chain.is_public_by_default => CauseCode::PrivateRoot,
        () if !roots.is_empty() => CauseCode::UntrustedRoot,
        () if subject == chain.query.leaf => CauseCode::MissingIntermediate,
        () if chain.is_public_by_default => CauseCode::PrivateRoot,
        () if store_is_of_the_same_house(chain, subject) => CauseCode::MissingIntermediate,
        () => CauseCode::UntrustedRoot,
    };
    match chain.leaf_only.filter(|_| code == CauseCode::MissingIntermediate) {
        Some(form) => Cause {
            code: CauseCode::ChainNotShown,
            certificates: vec![subject],
            evidence: Evidence::LeafOnly(form, elsewhere),
        },
        None => Cause { code, certificates: vec![subject], evidence: Evidence::Elsewhere(elsewhere) },
    }
}

/// What was put into a trust store that holds no CA: somebody's own certificate, which can have issued nothing (RFC 5280,
/// 4.2.1.9). One that signed itself may be meant as it stands.
fn what_is_trusted_instead(chain: &Judged<'_, '_>) -> Option<CertId> {
    let trusted = chain.query.trusted;
    let is_wrong = |id: &CertId| !chain.is_ca(*id) && !chain.graph.self_issued(*id);
    trusted.first().copied().filter(|_| trusted.iter().all(is_wrong))
}

/// Whether a trusted certificate bears the organisation that the missing issuer bears too: then what is missing stands
/// between the two, and is no root of another house.
fn store_is_of_the_same_house(chain: &Judged<'_, '_>, subject: CertId) -> bool {
    let Some(wanted) = chain.certificate(subject).and_then(|it| it.issuer.organization()) else { return false };
    let mut trusted = chain.query.trusted.iter().filter_map(|id| chain.certificate(*id));
    trusted.any(|it| it.subject.organization().as_ref() == Some(&wanted))
}

/// The smallest set of facts without which the most verifiers accept what they all reject as things are.
fn by_edits(chain: &Judged<'_, '_>) -> Option<Cause> {
    let programs = chain.decided();
    let inquiry = Inquiry::new(chain.readings, &chain.query, &programs);
    let facts = inquiry.facts();
    let accepting = |facts: &[Fact]| {
        let outcomes = inquiry.ask_without(facts)?;
        Some(outcomes.iter().filter(|outcome| **outcome == Outcome::Accepted).count())
    };
    let singles = facts.iter().map(|fact| vec![fact.clone()]).collect::<Vec<_>>();
    let best = best_of(singles, &accepting).or_else(|| best_of(pairs(&facts), &accepting))?;
    Some(of_facts(chain, best))
}

fn pairs(facts: &[Fact]) -> Vec<Vec<Fact>> {
    let pairs = facts.iter().enumerate().flat_map(|(at, one)| {
        let others = facts.iter().skip(at + 1);
        others.map(move |other| vec![one.clone(), other.clone()])
    });
    pairs.take(MAX_PAIRS).collect()
}

/// The first set that lets the most verifiers accept, if any lets one.
fn best_of(sets: Vec<Vec<Fact>>, accepting: &dyn Fn(&[Fact]) -> Option<usize>) -> Option<Vec<Fact>> {
    let mut best: Option<(usize, Vec<Fact>)> = None;
    for set in sets {
        let number = accepting(&set).unwrap_or_default();
        if number > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((number, set));
        }
    }
    best.map(|(_, set)| set)
}

fn of_facts(chain: &Judged<'_, '_>, facts: Vec<Fact>) -> Cause {
    let first = facts.first();
    let code = first.map_or(CauseCode::Other, |fact| code_of(chain, fact));
    let certificates = first.map(|fact| fact.certificates.clone()).unwrap_or_default();
    Cause { code, certificates, evidence: Evidence::Facts(facts) }
}

fn code_of(chain: &Judged<'_, '_>, fact: &Fact) -> CauseCode {
    match (fact.kind, fact.certificates.first()) {
        (Kind::DeadEndFirst(flaw), Some(&id)) => duplicate(chain, id, flaw),
        (Kind::LeafTrusted, Some(&id)) if chain.is_ca(id) => CauseCode::CaAsEndEntity,
        (kind, _) => CauseCode::of_fact(kind),
    }
}

/// What it is called that some verifiers take this certificate, which leads nowhere, before another that fits too.
fn duplicate(chain: &Judged<'_, '_>, dead_end: CertId, flaw: Flaw) -> CauseCode {
    match (chain.query.trusted.contains(&dead_end), flaw) {
        (true, Flaw::Expired) => CauseCode::ExpiredDuplicate,
        (true, _) => CauseCode::AmbiguousStore,
        (false, _) => CauseCode::AmbiguousChain,
    }
}

/// What most of those that reject give as their reason.
fn by_rejections(chain: &Judged<'_, '_>) -> Cause {
    let rejecting = chain.replies.iter().filter(|reply| reply.verdict.outcome == Outcome::Rejected);
    let mut counted: Vec<(usize, &Reply, Rejection)> = Vec::new();
    for (reply, cause) in rejecting.filter_map(|reply| Some((reply, reply.verdict.cause?))) {
        match counted.iter_mut().find(|(_, _, other)| other.kind == cause.kind) {
            Some((number, _, _)) => *number += 1,
            None => counted.push((1, reply, cause)),
        }
    }
    // The first of several that are given equally often.
    let most = counted.into_iter().rev().max_by_key(|(number, _, _)| *number);
    let Some((_, reply, cause)) = most else { return Cause::of(CauseCode::Other, vec![chain.query.leaf]) };
    if let Some(unchecked) = unchecked_signature(chain).filter(|_| cause.kind == CauseKind::UnknownIssuer) {
        return Cause::of(CauseCode::UnsupportedAlgorithm, vec![unchecked]);
    }
    let is_leaf = cause.certificate == Some(chain.query.leaf);
    let code = match cause.kind {
        CauseKind::NotCa if is_leaf => CauseCode::CaAsEndEntity,
        // The issuers do lead to something trusted, so the program has a reason of its own.
        CauseKind::UnknownIssuer => CauseCode::Other,
        kind => CauseCode::of_rejection(kind),
    };
    let certificates = vec![cause.certificate.unwrap_or(chain.query.leaf)];
    Cause { code, certificates, evidence: Evidence::Words(reply.program.title(), reply.verdict.detail.clone()) }
}

/// A certificate on the way up whose signature is of a kind that nobody here could check.
fn unchecked_signature(chain: &Judged<'_, '_>) -> Option<CertId> {
    let reachable = timeline::reachable_issuers(chain.graph, &chain.query);
    let is_unchecked = |id: &CertId| {
        let mut edges = chain.graph.issuers_of(*id).iter().filter(|edge| edge.names_agree());
        edges.any(|edge| edge.signature == Status::Unsupported)
    };
    reachable.into_iter().find(is_unchecked)
}
