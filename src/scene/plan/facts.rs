//! What the report says of each certificate in the light of the question that leads: what is at fault and what is trusted,
//! or from the point of view of one peer, pool, role of the leaf and fate.

use std::collections::BTreeSet;

use crate::report::{
    AnswerVerdict, Certificate, ChainAnswer, Divergence, Edge, Lens, MissingIssuer, Pool, Report, Role, Rule,
    Signature, Source, StoreKind,
};
use crate::scene::{Fate, Mark};
use crate::verifier::Purpose;

/// The report and what can be looked up in it.
pub(crate) struct Facts<'a> {
    /// The report, where everything is known from.
    pub(crate) report: &'a Report,
    /// The peer whose pools are marked.
    pub(crate) peer: Option<&'a str>,
    /// In the order of [`Report::certificates`].
    standings: Vec<Standing>,
}

/// How a certificate stands to the peer.
#[derive(Clone, Debug, Default)]
struct Standing {
    mark: Option<Mark>,
    roles: BTreeSet<LeafRole>,
    fate: Option<Fate>,
}

/// What a certificate is the leaf of; the one to be named first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LeafRole {
    /// The peer whose pools are marked.
    SampledPeer,
    /// A peer whose pools are not marked.
    Peer,
    /// What a server presents.
    Server,
    /// What a client presents.
    Client,
}

impl<'a> Facts<'a> {
    /// Looks everything up once. An unknown peer is as good as none: the report's own choice leads.
    pub(crate) fn new(report: &'a Report, wanted: Option<&str>) -> Facts<'a> {
        let known = |name: &str| report.pools.iter().find(|pool| pool.peer == name);
        let focus = || report.focus.as_deref().and_then(known).or(report.pools.first());
        let peer = wanted.and_then(known).or_else(focus).map(|pool| pool.peer.as_str());
        let mut facts = Facts { report, peer, standings: vec![Standing::default(); report.certificates.len()] };
        match report.answer.lens {
            Lens::Chains => facts.follow_answer(),
            Lens::Router => {
                facts.mark_anchors();
                facts.find_leaves_of_chains();
                facts.find_leaves_of_sources();
            }
        }
        facts
    }

    /// Marks what is trusted and what is at fault, and says of each leaf what becomes of its chain.
    fn follow_answer(&mut self) {
        for id in 0..self.standings.len() {
            if self.is_trusted(id) {
                self.set_mark(id, Mark::Trusted);
            }
        }
        for chain in &self.report.answer.chains {
            let role = if chain.purpose == Purpose::Client { LeafRole::Client } else { LeafRole::Server };
            if let Some(standing) = self.standings.get_mut(chain.leaf) {
                standing.roles.insert(role);
                standing.fate = standing.fate.max(Some(chain.verdict.into()));
            }
            for id in faults(self.report, chain) {
                self.set_mark(id, Mark::Fault);
            }
        }
    }

    fn set_mark(&mut self, id: usize, mark: Mark) {
        if let Some(standing) = self.standings.get_mut(id) {
            standing.mark = Some(mark);
        }
    }

    /// Whether the trust store holds a certificate.
    fn is_trusted(&self, id: usize) -> bool {
        let store = self.report.answer.store.kind;
        let is_given = matches!(store, StoreKind::Given | StoreKind::Both)
            && self.sources(id).any(|source| source.roles.contains(&Role::Bundle));
        let is_public = matches!(store, StoreKind::Public | StoreKind::Both)
            && self.certificate(id).is_some_and(|found| found.public_root);
        is_given || is_public
    }

    /// Whether a chain lacks this missing issuer.
    pub(crate) fn is_missing_at_fault(&self, index: usize) -> bool {
        let Some(issuer) = self.report.ghosts.get(index) else { return false };
        let chains = self.report.answer.chains.iter().filter(|chain| lacks_an_issuer(self.report, chain));
        let mut subjects = chains.filter_map(|chain| chain.certificates.first());
        self.report.answer.lens == Lens::Chains && subjects.any(|subject| issuer.certificates.contains(subject))
    }

    /// A public root that no source holds and no chain leads to.
    pub(crate) fn is_idle_public_root(&self, id: usize) -> bool {
        let is_public = self.certificate(id).is_some_and(|found| found.public_root && found.places.is_empty());
        let is_used =
            || self.report.engines.iter().flat_map(|verdict| &verdict.chains).any(|chain| chain.contains(&id));
        is_public && !is_used()
    }

    /// The certificate with this index.
    pub(crate) fn certificate(&self, id: usize) -> Option<&'a Certificate> {
        self.report.certificates.get(id)
    }

    /// The name of a certificate; empty for an index that the report does not have.
    pub(crate) fn name(&self, id: usize) -> &'a str {
        self.certificate(id).map(|certificate| certificate.name.as_str()).unwrap_or_default()
    }

    /// Candidate edges to a certificate, its own included.
    pub(crate) fn edges_to(&self, id: usize) -> impl Iterator<Item = &'a Edge> + use<'a> {
        self.report.edges.iter().filter(move |edge| edge.subject == id)
    }

    /// The missing issuer that a certificate names.
    pub(crate) fn missing_issuer(&self, id: usize) -> Option<&'a MissingIssuer> {
        self.report.ghosts.iter().rev().find(|issuer| issuer.certificates.contains(&id))
    }

    /// The pools of the peer that hold a certificate.
    pub(crate) fn mark(&self, id: usize) -> Option<Mark> {
        self.standings.get(id)?.mark
    }

    /// What a certificate is the leaf of, each role once.
    pub(crate) fn leaf_roles(&self, id: usize) -> impl Iterator<Item = LeafRole> {
        self.standings.get(id).into_iter().flat_map(|standing| standing.roles.iter().copied())
    }

    /// The role to be named first.
    pub(crate) fn leaf_role(&self, id: usize) -> Option<LeafRole> {
        self.leaf_roles(id).next()
    }

    /// What becomes of the client whose leaf this is; the worst where several chains share the leaf.
    pub(crate) fn fate(&self, id: usize) -> Option<Fate> {
        self.standings.get(id)?.fate
    }

    /// The most telling fate of several certificates.
    pub(crate) fn worst_fate(&self, ids: &[usize]) -> Option<Fate> {
        ids.iter().filter_map(|id| self.fate(*id)).max()
    }

    /// The comparison of the peer's pools.
    pub(crate) fn divergence(&self) -> Option<&'a Divergence> {
        self.report.divergence.iter().find(|divergence| Some(divergence.peer.as_str()) == self.peer)
    }

    /// The sources that hold a certificate, each once, in order.
    pub(crate) fn sources(&self, id: usize) -> impl Iterator<Item = &'a Source> {
        self.report.sources.iter().filter(move |source| source.certificates.contains(&id))
    }

    fn mark_anchors(&mut self) {
        let Some(divergence) = self.divergence() else { return };
        let pools = [
            (&divergence.naive_only, Mark::NaiveOnly),
            (&divergence.correct_only, Mark::CorrectOnly),
            (&divergence.both, Mark::Both),
        ];
        for (anchors, mark) in pools {
            for anchor in anchors {
                if let Some(standing) = self.standings.get_mut(*anchor) {
                    standing.mark = Some(mark);
                }
            }
        }
    }

    fn find_leaves_of_chains(&mut self) {
        for pool in &self.report.pools {
            let sampled = Some(pool.peer.as_str()) == self.peer;
            self.add_chain(&pool.peer, if sampled { LeafRole::SampledPeer } else { LeafRole::Peer });
            for verdict in &pool.clients {
                self.add_chain(&verdict.client, LeafRole::Client);
            }
        }
    }

    fn add_chain(&mut self, chain: &str, role: LeafRole) {
        let Some(leaf) = leaf(self.report, chain) else { return };
        let fate = if role == LeafRole::Client { self.fate_of_client(chain) } else { None };
        if let Some(standing) = self.standings.get_mut(leaf) {
            standing.roles.insert(role);
            standing.fate = standing.fate.max(fate);
        }
    }

    /// A peer or client whose chain is in no pool (there is no bundle, or no peer) is known by its source alone.
    fn find_leaves_of_sources(&mut self) {
        for source in &self.report.sources {
            let leaf = source.certificates.iter().find(|id| self.certificate(**id).is_some_and(|found| !found.is_ca));
            let known = source.certificates.iter().any(|id| self.leaf_role(*id).is_some());
            // One that is both is called a peer.
            let role = [(Role::Peer, LeafRole::Peer), (Role::Client, LeafRole::Client)]
                .into_iter()
                .find_map(|(role, leaf)| source.roles.contains(&role).then_some(leaf));
            let standing = leaf.filter(|_| !known).and_then(|id| self.standings.get_mut(*id));
            if let (Some(standing), Some(role)) = (standing, role) {
                standing.roles.insert(role);
            }
        }
    }

    fn fate_of_client(&self, client: &str) -> Option<Fate> {
        let divergence = self.divergence()?;
        let named = |names: &[String]| names.iter().any(|name| name == client);
        let is_correct = |pool: &&Pool| pool.rule == Rule::Correct && Some(pool.peer.as_str()) == self.peer;
        let correct = self.report.pools.iter().find(is_correct)?;
        let verdict = correct.clients.iter().find(|verdict| verdict.client == client)?;
        Some(match verdict.accepts {
            _ if named(&divergence.clients_lost) => Fate::LockedOut,
            _ if named(&divergence.clients_gained) => Fate::WronglyAccepted,
            false => Fate::Rejected,
            true if named(&divergence.clients_lost_leaf_only) => Fate::LockedOutOfOldRouters,
            true => Fate::Accepted,
        })
    }
}

/// The leaf of a chain by its name: where a verifier found a path the path begins with it; otherwise the source of that
/// name presents it first, or the name says "source, leaf" because the source holds several.
fn leaf(report: &Report, chain: &str) -> Option<usize> {
    for pool in &report.pools {
        let verdict = pool.clients.iter().find(|verdict| verdict.client == chain && !verdict.chain.is_empty());
        if let Some(verdict) = verdict {
            return verdict.chain.first().copied();
        }
    }
    for pool in &report.pools {
        let step = pool.steps.iter().find(|step| pool.peer == chain && !step.chain.is_empty());
        if let Some(step) = step {
            return step.chain.first().copied();
        }
    }
    leaf_by_name(report, chain)
}

fn leaf_by_name(report: &Report, chain: &str) -> Option<usize> {
    if let Some(source) = report.sources.iter().find(|source| source.name == chain) {
        return source.certificates.first().copied();
    }
    let mut longest: Option<&Source> = None;
    for source in &report.sources {
        if chain.starts_with(&source.name) && longest.is_none_or(|other| source.name.len() >= other.name.len()) {
            longest = Some(source);
        }
    }
    let source = longest?;
    let rest = chain.get(source.name.len()..)?;
    let named =
        |id: &&usize| report.certificates.get(**id).is_some_and(|found| !found.is_ca && rest.contains(&found.name));
    source.certificates.iter().find(named).copied()
}

/// Whether what a chain lacks is the issuer of the certificate that the answer names first.
fn lacks_an_issuer(report: &Report, chain: &ChainAnswer) -> bool {
    let signs_itself = |id: &usize| report.certificates.get(*id).is_some_and(|found| found.self_issued);
    match chain.cause.as_ref() {
        "missing-intermediate" => true,
        "untrusted-root" | "private-root" => !chain.certificates.first().is_some_and(signs_itself),
        _ => false,
    }
}

/// The certificates that are at fault for what becomes of a chain: what the answer names first, or the issuer that was
/// not sent, where another file has it.
fn faults(report: &Report, chain: &ChainAnswer) -> Vec<usize> {
    let Some(&first) = chain.certificates.first() else { return Vec::new() };
    match chain.verdict {
        AnswerVerdict::Trusted | AnswerVerdict::Unknown => Vec::new(),
        _ if lacks_an_issuer(report, chain) => {
            let issued = report.edges.iter().filter(|edge| edge.subject == first && edge.issuer != first);
            issued.filter(|edge| edge.signature == Signature::Valid).map(|edge| edge.issuer).collect()
        }
        _ => vec![first],
    }
}

impl From<AnswerVerdict> for Fate {
    fn from(verdict: AnswerVerdict) -> Fate {
        match verdict {
            AnswerVerdict::Trusted => Fate::Trusted,
            AnswerVerdict::Unknown => Fate::Unknown,
            AnswerVerdict::Depends => Fate::Depends,
            AnswerVerdict::NotTrusted => Fate::NotTrusted,
        }
    }
}
