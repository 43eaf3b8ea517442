//! Go's `crypto/x509`: `Certificate.Verify` and `Certificate.CheckSignatureFrom`, of 1.27.3 and, for `Verify`, of
//! 1.19.8 (`release`).
//!
//! The order of the files follows the call: `parse` reads certificates as Go does, `hostname` and `validity` look at
//! the leaf, `build` searches chains (`pool`, `signature`, `validity`), and `policy`, `extended_key_usage`,
//! `name_constraints` and `distrusted` drop chains afterwards. `words` holds what Go says to all that.

mod build;
mod distrusted;
mod extended_key_usage;
mod hostname;
mod ip_address;
mod mailbox;
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
mod words;

use super::{Attempt, Engine, Host, Outcome, Purpose, Query, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::oid;
use crate::signature::Status;
use build::{NoChain, Path, Search, ids};
use parse::{Parsed, parse_certificate};
use pool::{Member, Pool};
use release::Release;
use signature::{Refusal, check_signature_from as check_signature};
use validity::Part;

/// The engine as the registry lists it.
pub(super) const ENGINE: Engine = Engine { name: "go-1.27.3", aliases: &["go"], seconds_early: 0, verify };

/// The engine of the older release, which servers still run.
pub(super) const ENGINE_1_19: Engine =
    Engine { name: "go-1.19.8", aliases: &["go-1.19"], seconds_early: 0, verify: verify_as_1_19 };

/// `leaf.Verify(opts)`.
pub fn verify(graph: &Graph, query: &Query<'_>) -> Verdict {
    verify_as(Release::Go1_27, graph, query)
}

/// `leaf.Verify(opts)` of Go 1.19.8.
pub fn verify_as_1_19(graph: &Graph, query: &Query<'_>) -> Verdict {
    verify_as(Release::Go1_19, graph, query)
}

fn verify_as(release: Release, graph: &Graph, query: &Query<'_>) -> Verdict {
    let mut context = Context::empty(graph, release);
    context.read(query.trusted);
    context.read(query.presented);
    context.read(&[query.leaf]);
    context.verify(query)
}

/// `child.CheckSignatureFrom(parent)`: `Err` holds Go's words.
pub fn check_signature_from(graph: &Graph, child: CertId, parent: CertId) -> Result<(), String> {
    let mut context = Context::empty(graph, Release::Go1_27);
    context.read(&[child, parent]);
    context.check_signature_from(child, parent)
}

/// A graph with its certificates read as Go reads them: make one where the same graph is asked more than once.
#[derive(Debug)]
pub struct Context<'g> {
    graph: &'g Graph,
    release: Release,
    /// By id; `None` where it was not asked for. `Err` holds Go's words for a certificate that it refuses to read.
    parsed: Vec<Option<Result<Parsed<'g>, parse::Refusal>>>,
}

impl<'g> Context<'g> {
    /// Reads every certificate of the graph, for Go 1.27.3.
    pub fn new(graph: &'g Graph) -> Context<'g> {
        let release = Release::Go1_27;
        let parsed = graph.certificates.iter().map(|certificate| Some(parse_certificate(&certificate.der, release)));
        Context { graph, release, parsed: parsed.collect() }
    }

    fn empty(graph: &'g Graph, release: Release) -> Context<'g> {
        Context { graph, release, parsed: graph.certificates.iter().map(|_| None).collect() }
    }

    fn read(&mut self, ids: &[CertId]) {
        for id in ids {
            if let (Some(place), Some(certificate)) = (self.parsed.get_mut(id.0), self.graph.certificate(*id)) {
                *place = Some(parse_certificate(&certificate.der, self.release));
            }
        }
    }

    /// The graph that it reads.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Go's words if it refuses to read the certificate.
    pub fn refusal(&self, id: CertId) -> Option<&str> {
        self.parsed.get(id.0)?.as_ref()?.as_ref().err().map(|why| &**why)
    }

    /// `child.CheckSignatureFrom(parent)`: `Err` holds Go's words.
    pub fn check_signature_from(&self, child: CertId, parent: CertId) -> Result<(), String> {
        let status = self.signature_status(child, parent);
        let (child, parent) = (self.member(child)?, self.member(parent)?);
        check_signature(child.parsed, parent.parsed, status, self.release).map_err(|refusal| match refusal {
            Refusal::Refused(why) => why,
            Refusal::NotChecked => words::SIGNATURE_NOT_CHECKED.to_owned(),
        })
    }

    /// `leaf.Verify(opts)`. Certificates that Go cannot read are left out of the pools.
    pub fn verify(&self, query: &Query<'_>) -> Verdict {
        self.verify_with(query, LeafValidity::Counts)
    }

    /// The same, whatever the leaf's own validity: so the OpenZiti router asks of a client (`openziti.md`, section 1.2,
    /// "leaf*").
    pub fn verify_but_for_leaf_validity(&self, query: &Query<'_>) -> Verdict {
        self.verify_with(query, LeafValidity::Ignored)
    }

    fn verify_with(&self, query: &Query<'_>, leaf_validity: LeafValidity) -> Verdict {
        let leaf = match self.member(query.leaf) {
            Ok(leaf) => leaf,
            Err(why) => return reject(format!("leaf parse: {why}"), refused_leaf(query.leaf, &why)),
        };
        let unreadable = self.unreadable(query);
        let note = unreadable_note(&unreadable);
        if let Err(why) = check_leaf(leaf.parsed, query, leaf_validity, self.release) {
            let trail = refused_leaf(query.leaf, &why);
            return reject(why + &note, trail);
        }
        let mut search = Search::new(self, self.pool(query.trusted), self.pool(query.presented), query.at);
        search.trail = unreadable;
        let chains = find_chains(&mut search, leaf);
        let survivors =
            chains.and_then(|chains| keep_acceptable(chains, query.purpose, self.release, &mut search.trail));
        match survivors {
            Ok(chains) => Verdict {
                outcome: Outcome::Accepted,
                detail: String::new(),
                cause: None,
                chains: chains.iter().map(|chain| ids(chain)).collect(),
                trail: search.trail,
                unreadable: Vec::new(),
            },
            Err(why) => no_chain(why, search, &note),
        }
    }

    /// What the graph knows of an edge; nothing, if it is no candidate there.
    fn signature_status(&self, child: CertId, parent: CertId) -> Status {
        self.graph.edge(parent, child).map_or(Status::Unchecked, |edge| edge.signature)
    }

    fn member(&self, id: CertId) -> Result<Member<'_>, String> {
        match self.parsed.get(id.0) {
            Some(Some(Ok(parsed))) => Ok(Member { id, parsed }),
            Some(Some(Err(why))) => Err(why.clone().into_owned()),
            _ => Err(format!("certificate {} is not in the graph", id.0)),
        }
    }

    fn pool(&self, certificates: &[CertId]) -> Pool<'_> {
        Pool::new(certificates.iter().filter_map(|&id| self.member(id).ok()))
    }

    /// Certificates of both lists that Go cannot read, with its words.
    fn unreadable(&self, query: &Query<'_>) -> Vec<Attempt> {
        let mut attempts = Vec::new();
        for (ids, from_trusted) in [(query.trusted, true), (query.presented, false)] {
            for &id in ids {
                if let Some(why) = self.member(id).err() {
                    attempts.push(refused(id, from_trusted, why));
                }
            }
        }
        attempts
    }
}

/// Whether the leaf must be valid at the instant of the question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LeafValidity {
    Counts,
    Ignored,
}

fn unreadable_note(attempts: &[Attempt]) -> String {
    let mut note = String::new();
    for attempt in attempts {
        let part = if attempt.from_trusted { "trusted" } else { "intermediate" };
        note.push_str(&format!(" ({part} unparsable: {})", attempt.rejection.as_deref().unwrap_or_default()));
    }
    note
}

fn no_chain(why: NoChain, search: Search<'_>, note: &str) -> Verdict {
    let note = if search.panic.is_some() { "" } else { note };
    let (outcome, detail) = match why {
        _ if search.signature_missing => (Outcome::Stopped, words::SIGNATURE_NOT_CHECKED.to_owned()),
        NoChain::LimitReached => (Outcome::Stopped, words::SIGNATURE_LIMIT.to_owned()),
        NoChain::Refused(why) => (Outcome::Rejected, why),
    };
    Verdict {
        outcome,
        detail: detail + note,
        cause: None,
        chains: Vec::new(),
        trail: search.trail,
        unreadable: Vec::new(),
    }
}

fn reject(detail: String, trail: Vec<Attempt>) -> Verdict {
    Verdict { outcome: Outcome::Rejected, detail, cause: None, chains: Vec::new(), trail, unreadable: Vec::new() }
}

fn refused_leaf(leaf: CertId, why: &str) -> Vec<Attempt> {
    vec![refused(leaf, false, why.to_owned())]
}

fn refused(id: CertId, from_trusted: bool, why: String) -> Attempt {
    Attempt { path: Vec::new(), candidate: Some(id), from_trusted, rejection: Some(why) }
}

/// What Go asks of the leaf before it searches.
fn check_leaf(
    leaf: &Parsed<'_>,
    query: &Query<'_>,
    leaf_validity: LeafValidity,
    release: Release,
) -> Result<(), String> {
    let at = (leaf_validity == LeafValidity::Counts).then_some(query.at);
    validity::check(leaf, Part::Leaf, &[], at, release)?;
    match &query.host {
        Some(Host::Dns(host) | Host::Ip(host)) if !host.is_empty() => hostname::verify_hostname(leaf, host, release),
        _ => Ok(()),
    }
}

/// A leaf that is itself trusted is its own chain, and nothing else is looked for.
fn find_chains<'a>(search: &mut Search<'a>, leaf: Member<'a>) -> Result<Vec<Path<'a>>, NoChain> {
    if search.roots.contains(leaf) {
        let taken = Attempt { path: Vec::new(), candidate: Some(leaf.id), from_trusted: true, rejection: None };
        search.trail.push(taken);
        return Ok(vec![vec![leaf]]);
    }
    search.chains_from(&mut vec![leaf])
}

/// Why a finished chain was dropped.
enum Drop {
    Policies,
    ExtendedKeyUsage,
    NameConstraints(String),
    DistrustedKey,
}

/// The chains that pass the checks of whole chains; at least one. Each chain is on record with what became of it.
fn keep_acceptable<'a>(
    chains: Vec<Path<'a>>,
    purpose: Purpose,
    release: Release,
    trail: &mut Vec<Attempt>,
) -> Result<Vec<Path<'a>>, NoChain> {
    let mut kept = Vec::new();
    let mut drops = Vec::new();
    for chain in chains {
        let verdict = judge_chain(&chain, purpose, release);
        let rejection = verdict.as_ref().err().map(Drop::words);
        trail.push(Attempt { path: ids(&chain), candidate: None, from_trusted: true, rejection });
        match verdict {
            Ok(()) => kept.push(chain),
            Err(drop) => drops.push(drop),
        }
    }
    if kept.is_empty() { Err(NoChain::Refused(summary(&drops))) } else { Ok(kept) }
}

fn judge_chain(chain: &[Member<'_>], purpose: Purpose, release: Release) -> Result<(), Drop> {
    let chain: Vec<&Parsed<'_>> = chain.iter().map(|member| member.parsed).collect();
    let usage = match purpose {
        Purpose::Server => Some(oid::SERVER_AUTH),
        Purpose::Client => Some(oid::CLIENT_AUTH),
        Purpose::Any => None,
    };
    // Since 1.24.
    if !release.is_old() && !policy::chain_is_valid(&chain) {
        return Err(Drop::Policies);
    }
    if usage.is_some_and(|usage| !extended_key_usage::chain_allows(&chain, usage)) {
        return Err(Drop::ExtendedKeyUsage);
    }
    // Go 1.19 has compared names on the way and distrusts no key.
    if release.is_old() {
        return Ok(());
    }
    name_constraints::check_chain(&chain).map_err(Drop::NameConstraints)?;
    if distrusted::contains_distrusted_key(&chain) { Err(Drop::DistrustedKey) } else { Ok(()) }
}

impl Drop {
    /// What Go would say if this were the only chain.
    fn words(&self) -> String {
        match self {
            Drop::Policies => words::no_valid_chains(0, 1),
            Drop::ExtendedKeyUsage => words::INCOMPATIBLE_USAGE.to_owned(),
            Drop::NameConstraints(why) => words::name_not_permitted(why),
            Drop::DistrustedKey => words::DISTRUSTED.to_owned(),
        }
    }
}

/// Go's words for all chains together: the first violated name constraint, else extended key usage, else a count.
fn summary(drops: &[Drop]) -> String {
    let constraint = drops.iter().find(|drop| matches!(drop, Drop::NameConstraints(_)));
    if let Some(constraint) = constraint {
        return constraint.words();
    }
    let incompatible = drops.iter().filter(|drop| matches!(drop, Drop::ExtendedKeyUsage)).count();
    let invalid = drops.iter().filter(|drop| matches!(drop, Drop::Policies)).count();
    if incompatible > 0 && invalid == 0 {
        return words::INCOMPATIBLE_USAGE.to_owned();
    }
    words::no_valid_chains(incompatible, invalid)
}
