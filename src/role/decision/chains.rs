//! The chains' lens: what a verifier trusts, and the chains that it is shown. A chain never vouches for itself: a source
//! that begins with a leaf is a chain, even where it holds its own root.

use std::collections::BTreeMap;

use super::Decision;
use crate::graph::Graph;
use crate::inventory::Meaning;
use crate::role::authority::{is_self_signed, issued_by};
use crate::role::evidence::Evidence;
use crate::role::side::Because;
use crate::role::{Role, file_name};

/// How far a source is decided.
#[derive(Clone, Copy)]
enum State<'a> {
    Decided(Decision<'a>),
    /// What came with a chain: trusted unless something else is.
    Default,
    /// Self-signed certificates, which may be what a verifier trusts and what a server presents.
    SelfSigned,
}

struct Candidate<'e, 'a> {
    evidence: &'e Evidence<'a>,
    state: State<'a>,
}

/// Decides for every source, first by itself, then in view of the others.
pub(super) fn decide<'a>(
    graph: &Graph,
    sources: &[Evidence<'a>],
    chosen: &'a BTreeMap<usize, Vec<Role>>,
) -> Vec<Decision<'a>> {
    let by_itself = |(index, evidence)| {
        let chosen = chosen.get(&index).map(|roles| State::Decided(Decision::Chosen(roles)));
        Candidate { evidence, state: chosen.unwrap_or_else(|| by_itself(graph, evidence)) }
    };
    let mut candidates = Candidates { graph, all: sources.iter().enumerate().map(by_itself).collect() };
    candidates.tell_self_signed();
    candidates.set_intermediates_aside();
    candidates.settle_defaults();
    candidates.settle_self_signed();
    candidates.find_trust_among_chains();
    candidates.all.into_iter().map(|candidate| candidate.state.decision()).collect()
}

fn by_itself<'a>(graph: &Graph, evidence: &Evidence<'a>) -> State<'a> {
    if evidence.certificates.is_empty() {
        return State::Decided(Decision::Nothing);
    }
    match evidence.meaning() {
        Some(Meaning::Trusted) => State::Decided(Decision::KeyOfTrust),
        Some(Meaning::TrustedByDefault) => State::Default,
        Some(Meaning::ServerChain | Meaning::ClientChain | Meaning::Chain) => State::Decided(Decision::Chains),
        None if is_self_signed_only(graph, evidence) => State::SelfSigned,
        None if evidence.leaves.is_empty() => State::Decided(Decision::Authorities),
        None if !evidence.begins_with_leaf() && authorities_prevail(evidence) => {
            State::Decided(Decision::AuthoritiesPrevail)
        }
        None => State::Decided(Decision::Chains),
    }
}

/// Nothing but self-signed certificates: one, or several of which not all are CAs.
fn is_self_signed_only(graph: &Graph, evidence: &Evidence<'_>) -> bool {
    let one_or_no_cas = evidence.certificates.len() == 1 || !evidence.leaves.is_empty();
    one_or_no_cas && evidence.certificates.iter().all(|&id| is_self_signed(graph, id))
}

/// More authorities than a chain needs: most of them have nothing to do with the end entities beside them.
fn authorities_prevail(evidence: &Evidence<'_>) -> bool {
    let authorities = evidence.authorities.len();
    !evidence.roots.is_empty() && authorities > evidence.leaves.len() && 2 * evidence.astray > authorities
}

impl<'a> State<'a> {
    /// What is left undecided to the end is a chain.
    fn decision(self) -> Decision<'a> {
        match self {
            State::Decided(decision) => decision,
            State::Default | State::SelfSigned => Decision::Chains,
        }
    }

    fn is_trusted(self) -> bool {
        matches!(self, State::Decided(decision) if decision.is_trusted())
    }

    fn holds_chains(self) -> bool {
        matches!(self, State::Decided(decision) if decision.holds_chains())
    }
}

/// All sources.
struct Candidates<'e, 'a> {
    graph: &'e Graph,
    all: Vec<Candidate<'e, 'a>>,
}

impl<'e, 'a> Candidates<'e, 'a> {
    /// The first source besides the one at `index` that passes.
    fn beside(&self, index: usize, passes: impl Fn(&Candidate<'e, 'a>) -> bool) -> Option<&Candidate<'e, 'a>> {
        let mut others = self.all.iter().enumerate().filter(|(other, _)| *other != index);
        others.find(|(_, candidate)| passes(candidate)).map(|(_, candidate)| candidate)
    }

    /// Takes what `decide` says of each source that it knows something of, all at once.
    fn settle(&mut self, decide: impl Fn(&Self, usize, &Candidate<'e, 'a>) -> Option<Decision<'a>>) {
        let decisions: Vec<Option<Decision<'a>>> =
            self.all.iter().enumerate().map(|(index, candidate)| decide(self, index, candidate)).collect();
        for (candidate, decision) in self.all.iter_mut().zip(decisions) {
            candidate.state = decision.map_or(candidate.state, State::Decided);
        }
    }

    /// Whether a self-signed certificate is trusted or presented, where something tells: what it issued, its name, a
    /// chain that bears the same name, whom it is made out to.
    fn tell_self_signed(&mut self) {
        self.settle(|all, index, candidate| match candidate.state {
            State::SelfSigned => all.tell(index, candidate.evidence),
            _ => None,
        });
    }

    fn tell(&self, index: usize, evidence: &Evidence<'a>) -> Option<Decision<'a>> {
        let is_ca = evidence.certificates.iter().all(|&id| self.graph.certificate(id).is_some_and(|it| it.is_ca()));
        let certified = evidence.chains.iter().all(|chain| chain.sign.is_certified());
        let is_all_there_is = self.beside(index, |other| !other.evidence.certificates.is_empty()).is_none();
        if let Some(subject) = evidence.certificates.iter().find_map(|&id| issued_by(self.graph, id)) {
            return Some(if is_ca { Decision::Authorities } else { Decision::SelfSignedIssuer(subject) });
        }
        let named = file_name::suggests_trust(evidence.name()).filter(|_| !(is_all_there_is && certified));
        if evidence.certificates.len() > 1 {
            let presented = is_all_there_is && named.is_none();
            return Some(if presented { Decision::Chains } else { Decision::SelfSignedOnly });
        }
        if let Some(word) = named {
            return Some(if is_ca && !certified { Decision::Authorities } else { Decision::SelfSignedNamed(word) });
        }
        let namesake =
            self.beside(index, |other| other.state.holds_chains() && self.presents_namesake(other, evidence));
        if let Some(other) = namesake {
            return Some(Decision::SelfSignedNamesake(other.evidence.name()));
        }
        let chains = self.beside(index, |other| other.state.holds_chains()).is_some();
        let is_for_a_host = evidence.chains.iter().all(|it| matches!(it.sign.because, Because::CommonName(_)));
        if certified || file_name::suggests_leaf(evidence.name()) || (is_for_a_host && !chains) {
            return Some(Decision::Chains);
        }
        is_ca.then_some(Decision::Authorities)
    }

    /// Whether a source presents another certificate for the subject of this one.
    fn presents_namesake(&self, other: &Candidate<'_, '_>, evidence: &Evidence<'_>) -> bool {
        let subject = |id| self.graph.certificate(id).map(|it| &it.subject).filter(|it| !it.is_empty());
        let first = evidence.certificates.first().copied();
        let Some(name) = first.and_then(subject) else { return false };
        let mut leaves = other.evidence.chains.iter().map(|it| it.chain.leaf);
        leaves.any(|leaf| Some(leaf) != first && subject(leaf).is_some_and(|it| it.equivalent(name)))
    }

    /// CAs without a root are trusted unless another source is clearly what is trusted, or their name says that a chain
    /// needs them.
    fn set_intermediates_aside(&mut self) {
        self.settle(|all, index, Candidate { evidence, state }| {
            let by_itself = matches!(state, State::Decided(Decision::Authorities));
            let named = evidence.is_named_trusted() && !file_name::suggests_intermediates(evidence.name());
            if !by_itself || !evidence.roots.is_empty() || named {
                return None;
            }
            let clear = |other: &Candidate<'_, '_>| {
                let trusted = other.state.is_trusted() || matches!(other.state, State::Default);
                trusted && other.evidence.certificates.iter().any(|&id| is_self_signed(all.graph, id))
            };
            let beside = all.beside(index, clear).map(|clear| Decision::LoneIntermediate(clear.evidence.name()));
            let chains = || all.beside(index, |other| other.state.holds_chains()).is_some();
            let is_named = evidence.is_named_trusted();
            let word = || file_name::suggests_rest_of_chain(evidence.name()).filter(|_| chains() && !is_named);
            beside.or_else(|| word().map(Decision::NamedIntermediates))
        });
    }

    fn settle_defaults(&mut self) {
        self.settle(|all, index, candidate| match candidate.state {
            State::Default => Some(match all.beside(index, |other| other.state.is_trusted()) {
                Some(trusted) => Decision::CameWithChain(trusted.evidence.name()),
                None => Decision::TrustedByDefault,
            }),
            _ => None,
        });
    }

    /// A self-signed certificate of which nothing is known is trusted if a chain needs that.
    fn settle_self_signed(&mut self) {
        self.settle(|all, index, candidate| match candidate.state {
            State::SelfSigned => {
                let trusted = all.beside(index, |other| other.state.is_trusted()).is_some();
                let chains = all.beside(index, |other| other.state.holds_chains()).is_some();
                Some(if chains && !trusted { Decision::SelfSignedAlone } else { Decision::Chains })
            }
            _ => None,
        });
    }

    /// Nothing is trusted, and there are chains: then one of them may be what is trusted after all.
    fn find_trust_among_chains(&mut self) {
        if self.all.iter().any(|candidate| candidate.state.is_trusted()) {
            return;
        }
        self.settle(|all, index, Candidate { evidence, state }| {
            let by_itself = matches!(state, State::Decided(Decision::Chains)) && evidence.meaning().is_none();
            let beside_chains = || all.beside(index, |other| other.state.holds_chains()).is_some();
            if by_itself && beside_chains() { all.trust_after_all(index, evidence) } else { None }
        });
    }

    /// A CA first and a root behind it: trusted if another source presents the leaf in it, or its name says so. End
    /// entities alone, pinned or mistaken for CAs, and whatever else begins with a leaf: only if the name says so, and
    /// cannot mean a chain.
    fn trust_after_all(&self, index: usize, evidence: &Evidence<'a>) -> Option<Decision<'a>> {
        let name = evidence.name();
        let word = if !evidence.begins_with_leaf() && !evidence.roots.is_empty() {
            let leaf = evidence.leaves.first();
            let shown = |other: &Candidate<'_, '_>| leaf.is_some() && other.evidence.certificates.first() == leaf;
            if let Some(other) = self.beside(index, shown) {
                return Some(Decision::LeafShownBy(other.evidence.name()));
            }
            file_name::suggests_trust(name)
        } else if evidence.authorities.is_empty() {
            file_name::suggests_no_chain(name)
        } else {
            file_name::suggests_trust_itself(name)
        };
        word.map(Decision::Named)
    }
}
