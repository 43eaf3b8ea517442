//! What the report says of each certificate from the point of view of one peer: pool, part and fate.

use super::lists::defaults;
use super::{Fate, Mark};
use crate::report::{Certificate, Divergence, Edge, Ghost, Pool, Report, Role, Rule, Source};

/// The report and what can be looked up in it.
pub(super) struct Facts<'a> {
    /// Everything known.
    pub(super) report: &'a Report,
    /// The peer whose pools are marked.
    pub(super) peer: Option<&'a str>,
    /// By certificate.
    cast: Vec<Cast>,
}

/// The part of a certificate.
#[derive(Clone, Debug, Default)]
struct Cast {
    mark: Option<Mark>,
    /// Whether it plays each of [`PARTS`].
    parts: [bool; PARTS.len()],
    fate: Option<Fate>,
}

/// Every part, the one to be named first comes first.
const PARTS: [Part; 3] = [Part::SampledPeer, Part::Peer, Part::Client];

/// What a certificate is the leaf of.
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
        let known = |name: &str| report.pools.iter().find(|pool| pool.peer == name);
        let focus = || report.focus.as_deref().and_then(known).or(report.pools.first());
        let peer = wanted.and_then(known).or_else(focus).map(|pool| pool.peer.as_str());
        let mut facts = Facts { report, peer, cast: defaults(report.certificates.len()) };
        facts.cast_marks();
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
    pub(super) fn edges_to(&self, id: usize) -> impl Iterator<Item = &'a Edge> + use<'a> {
        self.report.edges.iter().filter(move |edge| edge.subject == id)
    }

    /// The missing issuer that a certificate names.
    pub(super) fn missing_issuer(&self, id: usize) -> Option<&'a Ghost> {
        self.report.ghosts.iter().rev().find(|ghost| ghost.certificates.contains(&id))
    }

    /// The pools of the peer that hold a certificate.
    pub(super) fn mark(&self, id: usize) -> Option<Mark> {
        self.cast.get(id)?.mark
    }

    /// What a certificate is the leaf of, each part once.
    pub(super) fn parts(&self, id: usize) -> impl Iterator<Item = Part> {
        let cast = self.cast.get(id);
        PARTS.into_iter().filter(move |part| cast.is_some_and(|cast| cast.parts.get(*part as usize) == Some(&true)))
    }

    /// The part to be named first.
    pub(super) fn part(&self, id: usize) -> Option<Part> {
        self.parts(id).next()
    }

    /// What becomes of the client whose leaf this is; the worst where several chains share the leaf.
    pub(super) fn fate(&self, id: usize) -> Option<Fate> {
        self.cast.get(id)?.fate
    }

    /// The most telling fate of several certificates.
    pub(super) fn worst_fate(&self, ids: &[usize]) -> Option<Fate> {
        ids.iter().filter_map(|id| self.fate(*id)).max()
    }

    /// The comparison of the peer's pools.
    pub(super) fn divergence(&self) -> Option<&'a Divergence> {
        self.report.divergence.iter().find(|divergence| Some(divergence.peer.as_str()) == self.peer)
    }

    /// The sources that hold a certificate, each once, in order.
    pub(super) fn sources(&self, id: usize) -> impl Iterator<Item = &'a Source> {
        self.report.sources.iter().filter(move |source| source.certificates.contains(&id))
    }

    fn cast_marks(&mut self) {
        let Some(divergence) = self.divergence() else { return };
        let pools = [
            (&divergence.naive_only, Mark::NaiveOnly),
            (&divergence.correct_only, Mark::CorrectOnly),
            (&divergence.both, Mark::Both),
        ];
        for (anchors, mark) in pools {
            for anchor in anchors {
                if let Some(cast) = self.cast.get_mut(*anchor) {
                    cast.mark = Some(mark);
                }
            }
        }
    }

    fn cast_chains(&mut self) {
        for pool in &self.report.pools {
            let part = if Some(pool.peer.as_str()) == self.peer { Part::SampledPeer } else { Part::Peer };
            self.cast_leaf(&pool.peer, part);
            for verdict in &pool.clients {
                self.cast_leaf(&verdict.client, Part::Client);
            }
        }
    }

    fn cast_leaf(&mut self, chain: &str, part: Part) {
        let Some(leaf) = leaf(self.report, chain) else { return };
        let fate = if part == Part::Client { self.fate_of_client(chain) } else { None };
        self.add_part(leaf, part);
        if let Some(cast) = self.cast.get_mut(leaf) {
            cast.fate = cast.fate.max(fate);
        }
    }

    fn add_part(&mut self, leaf: usize, part: Part) {
        if let Some(place) = self.cast.get_mut(leaf).and_then(|cast| cast.parts.get_mut(part as usize)) {
            *place = true;
        }
    }

    /// A peer or client whose chain is in no pool (there is no bundle, or no peer) is known by its source alone.
    fn cast_sources(&mut self) {
        for source in &self.report.sources {
            let leaf = source.certificates.iter().find(|id| self.certificate(**id).is_some_and(|found| !found.is_ca));
            let known = source.certificates.iter().any(|id| self.part(*id).is_some());
            let Some(leaf) = leaf.filter(|_| !known) else { continue };
            // One that is both is called a peer.
            if source.roles.contains(&Role::Peer) {
                self.add_part(*leaf, Part::Peer);
            } else if source.roles.contains(&Role::Client) {
                self.add_part(*leaf, Part::Client);
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
