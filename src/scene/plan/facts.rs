//! What the report says of each certificate in the light of the question that leads: what is at fault and what is trusted,
//! or from the point of view of one peer, pool, role of the leaf and fate.

use std::collections::{BTreeMap, BTreeSet};

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
    lookup: Lookup<'a>,
}

/// Indices of what is asked for again and again.
struct Lookup<'a> {
    /// By certificate: candidate edges to it, in the order of the report.
    edges_to: BTreeMap<usize, Vec<&'a Edge>>,
    /// By certificate: the last missing issuer that it names.
    missing: BTreeMap<usize, &'a MissingIssuer>,
    /// By certificate: the sources that hold it, in order.
    sources: BTreeMap<usize, Vec<&'a Source>>,
    /// The certificates of paths that engines found.
    used: BTreeSet<usize>,
    /// By client: the leaf of the first path that a pool found for it.
    clients: BTreeMap<&'a str, usize>,
    /// By peer: the leaf of the first path that led to one of its anchors.
    peers: BTreeMap<&'a str, usize>,
    /// The first source of each name.
    by_name: BTreeMap<&'a str, &'a Source>,
}

impl<'a> Lookup<'a> {
    fn new(report: &'a Report) -> Lookup<'a> {
        let (mut edges_to, mut sources) = (BTreeMap::new(), BTreeMap::new());
        for edge in &report.edges {
            edges_to.entry(edge.subject).or_insert_with(Vec::new).push(edge);
        }
        for source in &report.sources {
            for id in source.certificates.iter().collect::<BTreeSet<_>>() {
                sources.entry(*id).or_insert_with(Vec::new).push(source);
            }
        }
        let missing = report.ghosts.iter().flat_map(|issuer| issuer.certificates.iter().map(move |id| (*id, issuer)));
        let (mut clients, mut peers, mut by_name) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for pool in &report.pools {
            for verdict in &pool.clients {
                let leaf = verdict.chain.first();
                leaf.into_iter().for_each(|leaf| _ = clients.entry(verdict.client.as_str()).or_insert(*leaf));
            }
            for leaf in pool.steps.iter().filter_map(|step| step.chain.first()) {
                peers.entry(pool.peer.as_str()).or_insert(*leaf);
            }
        }
        for source in &report.sources {
            by_name.entry(source.name.as_str()).or_insert(source);
        }
        let used = report.engines.iter().flat_map(|verdict| verdict.chains.iter().flatten().copied());
        Lookup { edges_to, missing: missing.collect(), sources, used: used.collect(), clients, peers, by_name }
    }
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
        let standings = vec![Standing::default(); report.certificates.len()];
        let mut facts = Facts { report, peer, standings, lookup: Lookup::new(report) };
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
        is_public && !self.lookup.used.contains(&id)
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
    pub(crate) fn edges_to(&self, id: usize) -> impl Iterator<Item = &'a Edge> {
        self.lookup.edges_to.get(&id).into_iter().flatten().copied()
    }

    /// The missing issuer that a certificate names.
    pub(crate) fn missing_issuer(&self, id: usize) -> Option<&'a MissingIssuer> {
        self.lookup.missing.get(&id).copied()
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
        self.lookup.sources.get(&id).into_iter().flatten().copied()
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
        let Some(leaf) = self.leaf(chain) else { return };
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

    /// The leaf of a chain by its name: where a verifier found a path the path begins with it; otherwise the source of that
    /// name presents it first, or the name says "source, leaf" because the source holds several.
    fn leaf(&self, chain: &str) -> Option<usize> {
        let Lookup { clients, peers, by_name, .. } = &self.lookup;
        if let Some(leaf) = clients.get(chain).or_else(|| peers.get(chain)) {
            return Some(*leaf);
        }
        match by_name.get(chain) {
            Some(source) => source.certificates.first().copied(),
            None => leaf_by_name(self.report, chain),
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

fn leaf_by_name(report: &Report, chain: &str) -> Option<usize> {
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
