//! Go's `crypto/x509`: `Certificate.Verify` and `Certificate.CheckSignatureFrom`, of 1.27.3 and, for `Verify`, of
//! 1.19.8 (`release`).
//!
//! The order of the files follows the call: `parse` reads certificates as Go does, `hostname` and `validity` look at
//! the leaf, `build` searches chains (`pool`, `signature`, `validity`), and `policy`, `extended_key_usage`,
//! `name_constraints` and `distrusted` drop chains afterwards. `messages` holds what Go says to all that.

mod build;
mod distrusted;
mod extended_key_usage;
mod hostname;
mod ip_address;
mod mailbox;
mod messages;
mod ml_dsa_form;
mod name_constraints;
mod old_name_constraints;
mod parse;
mod policy;
mod pool;
mod quote;
mod release;
mod signature;
mod uri;
mod validity;

pub use messages::Rejection;
pub use signature::SignatureError;

use super::algorithm::Algorithm;
use super::budget::{Budget, Trail};
use super::reading::{Reading, Subject};
use super::{Attempt, Cause, CauseKind, Engine, Given, Host, Purpose, Query, Readings, Unreadable, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::oid;
use crate::signature::Status;
use build::{Path, Search, ids};
use messages::Rejected;
use parse::{ParseError, Parsed, parse_certificate};
use pool::{Member, Pool};
use release::Release;
use signature::check_signature_from as check_signature;
use validity::Part;

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine {
    name: "go-1.27.3",
    title: "Go 1.27",
    aliases: &["go"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::Go,
};

/// The engine of the older release, which servers still run.
pub(super) const ENGINE_1_19: Engine = Engine {
    name: "go-1.19.8",
    title: "Go 1.19",
    aliases: &["go-1.19"],
    seconds_early: 0,
    settings: None,
    algorithm: Algorithm::Go1_19,
};

/// The verdict, whose `detail` is what the rejection says, and the rejection.
pub type Answer = super::Answer<Rejection>;

impl Answer {
    fn accepted(chains: Vec<Vec<CertId>>, trail: Trail) -> Answer {
        Answer { verdict: Verdict::accepted(chains, trail), rejection: None }
    }

    fn rejected(rejection: Rejection, cause: Cause, trail: Trail) -> Answer {
        Answer { verdict: Verdict::rejected(&rejection, cause, trail), rejection: Some(rejection) }
    }

    /// The same answer, given without these certificates.
    fn without(self, unreadable: Vec<Unreadable>) -> Answer {
        Answer { verdict: self.verdict.without(unreadable), ..self }
    }
}

/// `leaf.Verify(opts)` of Go 1.27.3: every chain from the leaf to a trusted certificate, or why there is none.
pub fn verify(readings: &Readings<'_>, query: &Query<'_>) -> Answer {
    readings.go.answer(query, LeafValidity::Counts)
}

/// `leaf.Verify(opts)` of Go 1.19.8.
pub fn verify_as_1_19(readings: &Readings<'_>, query: &Query<'_>) -> Answer {
    readings.go_1_19.answer(query, LeafValidity::Counts)
}

/// `child.CheckSignatureFrom(parent)` of Go 1.27.3: the parent may sign certificates and has signed the child.
pub fn check_signature_from(graph: &Graph, child: CertId, parent: CertId) -> Result<(), Rejection> {
    Context::new(graph).check_signature_from(child, parent)
}

/// `x509.ParseCertificate` of Go 1.27.3: nothing, or what it says of a certificate that it refuses.
///
/// # Errors
///
/// The words of Go's error.
pub fn check_readable(der: &[u8]) -> Result<(), String> {
    parse_certificate(der, Release::Go1_27).map(drop).map_err(|error| error.to_string())
}

/// A graph with its certificates as Go reads them, each read once: make one where the same graph is asked more than once.
#[derive(Debug)]
pub struct Context<'g> {
    release: Release,
    reading: Reading<'g, Result<Parsed<'g>, ParseError>>,
}

impl<'g> Context<'g> {
    /// For Go 1.27.3.
    pub fn new(graph: &'g Graph) -> Context<'g> {
        let reading = Reading::new(graph, |_, it| parse_certificate(&it.der, Release::Go1_27), subject);
        Context { release: Release::Go1_27, reading }
    }

    /// For Go 1.19.8.
    pub(super) fn as_1_19(graph: &'g Graph) -> Context<'g> {
        let reading = Reading::new(graph, |_, it| parse_certificate(&it.der, Release::Go1_19), subject);
        Context { release: Release::Go1_19, reading }
    }

    /// The graph that it reads.
    pub fn graph(&self) -> &'g Graph {
        self.reading.graph()
    }

    /// `child.CheckSignatureFrom(parent)`, on what this context has read already.
    pub fn check_signature_from(&self, child: CertId, parent: CertId) -> Result<(), Rejection> {
        let status = signature_status(self.graph(), child, parent);
        let (child, parent) = (self.member(child)?, self.member(parent)?);
        check_signature(child.parsed, parent.parsed, status, self.release).map_err(Rejection::Signature)
    }

    /// `leaf.Verify(opts)`. Certificates that Go cannot read are left out of the pools.
    pub fn verify(&self, query: &Query<'_>) -> Verdict {
        self.answer(query, LeafValidity::Counts).verdict
    }

    /// The same, whatever the leaf's own validity: so the OpenZiti router asks of a client (`docs/background/openziti.md`,
    /// section 1.2, "leaf*").
    pub fn verify_but_for_leaf_validity(&self, query: &Query<'_>) -> Verdict {
        self.answer(query, LeafValidity::Ignored).verdict
    }

    fn answer(&self, query: &Query<'_>, leaf_validity: LeafValidity) -> Answer {
        let leaf = match self.member(query.leaf) {
            Ok(leaf) => leaf,
            Err(why) => return unreadable_leaf(query.leaf, why),
        };
        let (trusted, presented) = (self.pool(query.trusted), self.pool(query.presented));
        let unreadable = [trusted.unreadable(Given::Trusted), presented.unreadable(Given::Presented)].concat();
        if let Err(why) = check_leaf(leaf.parsed, query, leaf_validity, self.release) {
            let trail = Trail::from(vec![refused(query.leaf, Given::Leaf, why.to_string())]);
            let cause = Cause::about(why.kind(), query.leaf);
            return Answer::rejected(why, cause, trail).without(unreadable);
        }
        let mut search = Search::new(self.graph(), self.release, trusted, presented, query.at);
        search.trail = unreadable.iter().map(|it| refused(it.certificate, it.given, it.detail.clone())).collect();
        let chains = find_chains(&mut search, leaf)
            .and_then(|chains| keep_acceptable(chains, leaf, query.purpose, self.release, &mut search.trail));
        let answer = match chains {
            Ok(chains) => Answer::accepted(chains.iter().map(|chain| ids(chain)).collect(), search.trail),
            Err(why) => no_chain(why, search),
        };
        answer.without(unreadable)
    }

    fn member(&self, id: CertId) -> Result<Member<'_>, Rejection> {
        match self.reading.get(id) {
            Some(Ok(parsed)) => Ok(Member { id, parsed }),
            Some(Err(why)) => Err(Rejection::Unparsable(why.clone())),
            None => Err(Rejection::NotInGraph(id)),
        }
    }

    fn pool(&self, certificates: &[CertId]) -> Pool<'_, 'g> {
        Pool { context: self, list: self.reading.list(certificates) }
    }
}

fn subject(parsed: &Result<Parsed<'_>, ParseError>) -> Option<Subject> {
    parsed.as_ref().ok().map(|parsed| parsed.subject.to_vec())
}

/// What the graph knows of an edge; nothing, if it is no candidate there.
fn signature_status(graph: &Graph, child: CertId, parent: CertId) -> Status {
    graph.edge(parent, child).map_or(Status::Unchecked, |edge| edge.signature)
}

/// Whether the leaf must be valid at the instant of the question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LeafValidity {
    Counts,
    Ignored,
}

/// A search that could not know a signature has no answer, whatever it found else.
fn no_chain(why: Rejected, search: Search<'_, '_>) -> Answer {
    let not_checked = Rejection::Signature(SignatureError::NotChecked);
    let cause = why.cause();
    match search.signature_missing {
        true => Answer::rejected(not_checked, Cause::of(CauseKind::Stopped), search.trail),
        false => Answer::rejected(why.rejection, cause, search.trail),
    }
}

fn unreadable_leaf(leaf: CertId, why: Rejection) -> Answer {
    let unreadable = Unreadable { certificate: leaf, given: Given::Leaf, detail: why.to_string() };
    let trail = Trail::from(vec![refused(leaf, Given::Leaf, why.to_string())]);
    let cause = Cause::about(why.kind(), leaf);
    Answer::rejected(why, cause, trail).without(vec![unreadable])
}

fn refused(id: CertId, given: Given, why: String) -> Attempt {
    let from_trusted = given == Given::Trusted;
    Attempt { path: Vec::new(), candidate: Some(id), from_trusted, rejection: Some(why) }
}

/// What Go asks of the leaf before it searches.
fn check_leaf(
    leaf: &Parsed<'_>,
    query: &Query<'_>,
    leaf_validity: LeafValidity,
    release: Release,
) -> Result<(), Rejection> {
    let at = (leaf_validity == LeafValidity::Counts).then_some(query.at);
    validity::check(leaf, Part::Leaf, &[], at, release)?;
    match &query.host {
        Some(Host::Dns(host) | Host::Ip(host)) if !host.is_empty() => {
            hostname::verify_hostname(leaf, host, release).map_err(Rejection::HostName)
        }
        _ => Ok(()),
    }
}

/// A leaf that is itself trusted is its own chain, and nothing else is looked for.
fn find_chains<'a>(search: &mut Search<'a, '_>, leaf: Member<'a>) -> Result<Vec<Path<'a>>, Rejected> {
    if search.roots.contains(leaf) {
        let taken = Attempt { path: Vec::new(), candidate: Some(leaf.id), from_trusted: true, rejection: None };
        search.trail.push(taken);
        return Ok(vec![vec![leaf]]);
    }
    search.chains_from(&mut vec![leaf])
}

/// The chains that pass the checks of whole chains; at least one. Each chain is on record with what became of it.
fn keep_acceptable<'a>(
    chains: Vec<Path<'a>>,
    leaf: Member<'a>,
    purpose: Purpose,
    release: Release,
    trail: &mut Trail,
) -> Result<Vec<Path<'a>>, Rejected> {
    let mut kept = Vec::new();
    let mut dropped = Vec::new();
    let comparisons = Budget::of_comparisons();
    for chain in chains {
        let before = comparisons.spent();
        let verdict = judge_chain(&chain, purpose, release, &comparisons);
        trail.add_cost(comparisons.spent() - before);
        let rejection = verdict.as_ref().err().map(Rejection::to_string);
        trail.push(Attempt { path: ids(&chain), candidate: None, from_trusted: true, rejection });
        match verdict {
            Ok(()) => kept.push(chain),
            Err(Rejection::LimitReached) => {
                return Err(Rejected { rejection: Rejection::LimitReached, certificate: leaf.id });
            }
            Err(why) => dropped.push(why),
        }
    }
    if kept.is_empty() { Err(Rejected { rejection: summary(dropped), certificate: leaf.id }) } else { Ok(kept) }
}

/// `Err` holds what Go would say if this were the only chain.
fn judge_chain(
    chain: &[Member<'_>],
    purpose: Purpose,
    release: Release,
    comparisons: &Budget,
) -> Result<(), Rejection> {
    let chain: Vec<&Parsed<'_>> = chain.iter().map(|member| member.parsed).collect();
    let usage = match purpose {
        Purpose::Server => Some(oid::SERVER_AUTH),
        Purpose::Client => Some(oid::CLIENT_AUTH),
        Purpose::Any => None,
    };
    // Since 1.24.
    if !release.is_old() && !policy::chain_is_valid(&chain) {
        return Err(Rejection::NoValidChains { incompatible_usage: 0, invalid_policies: 1 });
    }
    if usage.is_some_and(|usage| !extended_key_usage::chain_allows(&chain, usage)) {
        return Err(Rejection::IncompatibleUsage);
    }
    // Go 1.19 has compared names on the way and distrusts no key.
    if release.is_old() {
        return Ok(());
    }
    comparisons.spend(name_constraints::cost(&chain)).map_err(|_| Rejection::LimitReached)?;
    name_constraints::check_chain(&chain).map_err(Rejection::NameConstraints)?;
    if distrusted::contains_distrusted_key(&chain) { Err(Rejection::DistrustedKey) } else { Ok(()) }
}

/// What Go says of all chains together: the first violated name constraint, else extended key usage, else a count.
fn summary(dropped: Vec<Rejection>) -> Rejection {
    let count = |matches: fn(&Rejection) -> bool| dropped.iter().filter(|it| matches(it)).count();
    let incompatible_usage = count(|it| *it == Rejection::IncompatibleUsage);
    let invalid_policies = count(|it| matches!(it, Rejection::NoValidChains { .. }));
    let constraint = dropped.into_iter().find(|it| matches!(it, Rejection::NameConstraints(_)));
    match constraint {
        Some(constraint) => constraint,
        None if incompatible_usage > 0 && invalid_policies == 0 => Rejection::IncompatibleUsage,
        None => Rejection::NoValidChains { incompatible_usage, invalid_policies },
    }
}
