//! What the report says of each certificate from the point of view of one peer: pool, part and fate.

use crate::collection::{Map, Set};

use super::{Fate, Mark};
use crate::report::{Certificate, Divergence, Edge, Ghost, Report, Role, Rule, Source};

/// The report and what can be looked up in it.
pub(super) struct Facts<'a> {
    /// Everything known.
    pub(super) report: &'a Report,
    /// The peer whose pools are marked.
    pub(super) peer: Option<&'a str>,
    marks: Map<usize, Mark>,
    parts: Map<usize, Set<Part>>,
    fates: Map<usize, Fate>,
    issuing: Map<usize, Vec<&'a Edge>>,
    missing: Map<usize, &'a Ghost>,
}

/// What a certificate is the leaf of; the one to be named first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The peer whose pools are marked.
    SampledPeer,
    /// Another peer.
    Peer,
    /// A client.
    Client,
}

impl<'a> Facts<'a> {
    /// Looks everything up once. An unknown peer is as good as none: the report's own choice leads.
    pub(super) fn new(report: &'a Report, wanted: Option<&str>) -> Facts<'a> {
        let known = |name: &&str| report.pools.iter().any(|pool| pool.peer == *name);
        let wanted = wanted.filter(known).and_then(|name| report.pools.iter().find(|pool| pool.peer == name));
        let peer = wanted.or(report.pools.first()).map(|pool| pool.peer.as_str());
        let focus = report.focus.as_deref().filter(known);
        let peer = if wanted.is_some() { peer } else { focus.or(peer) };
        let ghosts = report.ghosts.iter().flat_map(|ghost| ghost.certificates.iter().map(move |id| (*id, ghost)));
        let mut facts = Facts {
            report,
            peer,
            marks: marks(report, peer),
            parts: Map::new(),
            fates: Map::new(),
            issuing: Map::new(),
            missing: ghosts.collect(),
        };
        for edge in &report.edges {
            facts.issuing.entry(edge.subject).or_default().push(edge);
        }
        facts.cast_chains();
        facts.cast_sources();
        facts
    }

    /// The certificate with this index.
    pub(super) fn certificate(&self, id: usize) -> Option<&'a Certificate> {
        self.report.certificates.get(id)
    }

    /// The name of a certificate; empty for an index that the report does not have.
    pub(super) fn name(&self, id: usize) -> &'a str {
        self.certificate(id).map(|certificate| certificate.name.as_str()).unwrap_or_default()
    }

    /// Candidate edges to a certificate, its own included.
    pub(super) fn edges_to(&self, id: usize) -> impl Iterator<Item = &'a Edge> + '_ {
        self.issuing.get(&id).into_iter().flatten().copied()
    }

    /// The missing issuer that a certificate names.
    pub(super) fn missing_issuer(&self, id: usize) -> Option<&'a Ghost> {
        self.missing.get(&id).copied()
    }

    /// The pools of the peer that hold a certificate.
    pub(super) fn mark(&self, id: usize) -> Option<Mark> {
        self.marks.get(&id).copied()
    }

    /// What a certificate is the leaf of.
    pub(super) fn parts(&self, id: usize) -> impl Iterator<Item = Part> + '_ {
        self.parts.get(&id).into_iter().flatten().copied()
    }

    /// What becomes of the client whose leaf this is; the worst where several chains share the leaf.
    pub(super) fn fate(&self, id: usize) -> Option<Fate> {
        self.fates.get(&id).copied()
    }

    /// The comparison of the peer's pools.
    pub(super) fn divergence(&self) -> Option<&'a Divergence> {
        self.report.divergence.iter().find(|divergence| Some(divergence.peer.as_str()) == self.peer)
    }

    /// The sources that hold a certificate, each once, in order.
    pub(super) fn sources(&self, id: usize) -> impl Iterator<Item = &'a Source> {
        self.report.sources.iter().filter(move |source| source.certificates.contains(&id))
    }

    fn cast_chains(&mut self) {
        for pool in &self.report.pools {
            let part = if Some(pool.peer.as_str()) == self.peer { Part::SampledPeer } else { Part::Peer };
            self.cast(&pool.peer, part);
            for verdict in &pool.clients {
                self.cast(&verdict.client, Part::Client);
            }
        }
    }

    fn cast(&mut self, chain: &str, part: Part) {
        let Some(leaf) = leaf(self.report, chain) else { return };
        self.parts.entry(leaf).or_default().insert(part);
        let fate = if part == Part::Client { self.fate_of_client(chain) } else { None };
        if let Some(fate) = fate {
            let worst = self.fates.get(&leaf).map_or(fate, |other| fate.max(*other));
            self.fates.insert(leaf, worst);
        }
    }

    /// A peer or client whose chain is in no pool (there is no bundle, or no peer) is known by its source alone.
    fn cast_sources(&mut self) {
        for source in &self.report.sources {
            for (role, part) in [(Role::Peer, Part::Peer), (Role::Client, Part::Client)] {
                let leaf =
                    source.certificates.iter().find(|id| self.certificate(**id).is_some_and(|found| !found.is_ca));
                let known = source.certificates.iter().any(|id| self.parts.contains_key(id));
                if let Some(leaf) = leaf.filter(|_| source.roles.contains(&role) && !known) {
                    self.parts.entry(*leaf).or_default().insert(part);
                }
            }
        }
    }

    fn fate_of_client(&self, client: &str) -> Option<Fate> {
        let divergence = self.divergence()?;
        let named = |names: &[String]| names.iter().any(|name| name == client);
        let correct = self
            .report
            .pools
            .iter()
            .find(|pool| pool.rule == Rule::Correct && Some(pool.peer.as_str()) == self.peer)?;
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

fn marks(report: &Report, peer: Option<&str>) -> Map<usize, Mark> {
    let divergence = report.divergence.iter().find(|divergence| Some(divergence.peer.as_str()) == peer);
    let Some(divergence) = divergence else { return Map::new() };
    let naive = divergence.naive_only.iter().map(|id| (*id, Mark::NaiveOnly));
    let correct = divergence.correct_only.iter().map(|id| (*id, Mark::CorrectOnly));
    naive.chain(correct).chain(divergence.both.iter().map(|id| (*id, Mark::Both))).collect()
}

/// The leaf of a chain by its name: where a verifier found a path the path begins with it; otherwise the source of that
/// name presents it first, or the name says "source, leaf" because the source holds several.
fn leaf(report: &Report, chain: &str) -> Option<usize> {
    let verdicts = report.pools.iter().flat_map(|pool| &pool.clients).filter(|verdict| verdict.client == chain);
    let steps = report.pools.iter().filter(|pool| pool.peer == chain).flat_map(|pool| &pool.steps);
    let mut paths = verdicts.map(|verdict| &verdict.chain).chain(steps.map(|step| &step.chain));
    let found = paths.find_map(|path| path.first().copied());
    found.or_else(|| leaf_by_name(report, chain))
}

fn leaf_by_name(report: &Report, chain: &str) -> Option<usize> {
    if let Some(source) = report.sources.iter().find(|source| source.name == chain) {
        return source.certificates.first().copied();
    }
    let holding = report.sources.iter().filter(|source| chain.starts_with(&source.name));
    let source = holding.max_by_key(|source| source.name.len())?;
    let rest = chain.get(source.name.len()..)?;
    let named =
        |id: &&usize| report.certificates.get(**id).is_some_and(|found| !found.is_ca && rest.contains(&found.name));
    source.certificates.iter().find(named).copied()
}
