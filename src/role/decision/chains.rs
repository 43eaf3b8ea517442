//! The chains' lens: what a verifier trusts, and the chains that it is shown. A chain never vouches for itself: a source
//! that begins with a leaf is a chain, even where it holds its own root.

use std::collections::BTreeMap;

use super::Decision;
use crate::certificate::CertId;
use crate::graph::{Graph, SubjectKey};
use crate::inventory::Meaning;
use crate::role::authority::{is_self_signed, issued_by};
use crate::role::evidence::Evidence;
use crate::role::side::Because;
use crate::role::{Role, file_name};

/// Leaves of one subject of which one is in another source than a given one and is another leaf than a given one, where no
/// source and no leaf occurs three times among them.
const ENOUGH_PRESENTED: usize = 5;

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
    /// The sources that pass: the first, and another one for that itself.
    fn firsts(&self, passes: impl Fn(&Candidate<'e, 'a>) -> bool) -> Firsts<'a> {
        let passing = self.all.iter().enumerate().filter(|(_, candidate)| passes(candidate));
        passing.take(2).fold(Firsts::default(), |mut firsts, (index, it)| {
            firsts.add(index, it.evidence.name());
            firsts
        })
    }

    fn trusted(&self) -> Firsts<'a> {
        self.firsts(|candidate| candidate.state.is_trusted())
    }

    fn holding_chains(&self) -> Firsts<'a> {
        self.firsts(|candidate| candidate.state.holds_chains())
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
        let others = Others {
            holding: self.firsts(|candidate| !candidate.evidence.certificates.is_empty()),
            with_chains: self.holding_chains(),
            presented: self.presented(),
        };
        self.settle(|all, index, candidate| match candidate.state {
            State::SelfSigned => all.tell(index, candidate.evidence, &others),
            _ => None,
        });
    }

    fn tell(&self, index: usize, evidence: &Evidence<'a>, others: &Others<'a>) -> Option<Decision<'a>> {
        let is_ca = evidence.certificates.iter().all(|&id| self.graph.certificate(id).is_some_and(|it| it.is_ca()));
        let certified = evidence.chains.iter().all(|chain| chain.sign.is_certified());
        let is_all_there_is = others.holding.beside(index).is_none();
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
        if let Some(other) = self.presents_namesake(index, evidence, others) {
            return Some(Decision::SelfSignedNamesake(other));
        }
        let chains = others.with_chains.beside(index).is_some();
        let is_for_a_host = evidence.chains.iter().all(|it| matches!(it.sign.because, Because::CommonName(_)));
        if certified || file_name::suggests_leaf(evidence.name()) || (is_for_a_host && !chains) {
            return Some(Decision::Chains);
        }
        is_ca.then_some(Decision::Authorities)
    }

    /// The first other source that presents another certificate for the subject of this one.
    fn presents_namesake(&self, index: usize, evidence: &Evidence<'_>, others: &Others<'a>) -> Option<&'a str> {
        let first = *evidence.certificates.first()?;
        let is_named = self.graph.certificate(first).is_some_and(|it| !it.subject.is_empty());
        let keys = self.graph.subject_keys(first).filter(|_| is_named)?;
        let presenting = keys.iter().flat_map(|key| others.presented.get(key).into_iter().flatten());
        let other = |it: &&Presented<'a>| it.source != index && it.leaf != first;
        presenting.filter(other).min_by_key(|it| it.source).map(|it| it.name)
    }

    /// The leaves of the sources that hold chains, by their subjects, in the order of the sources; no more than are needed to
    /// find the first that is in another source and another certificate than given ones: these exclude two of a leaf and two
    /// of a source at most.
    fn presented(&self) -> BTreeMap<SubjectKey, Vec<Presented<'a>>> {
        let mut presented: BTreeMap<SubjectKey, Vec<Presented<'a>>> = BTreeMap::new();
        let holding = self.all.iter().enumerate().filter(|(_, candidate)| candidate.state.holds_chains());
        for (source, Candidate { evidence, .. }) in holding {
            for leaf in evidence.chains.iter().map(|it| it.chain.leaf) {
                for key in self.graph.subject_keys(leaf).into_iter().flatten() {
                    let known = presented.entry(key).or_default();
                    let of_leaf = known.iter().filter(|it| it.leaf == leaf).count();
                    let of_source = known.iter().filter(|it| it.source == source).count();
                    if known.len() < ENOUGH_PRESENTED && of_leaf < 2 && of_source < 2 {
                        known.push(Presented { source, leaf, name: evidence.name() });
                    }
                }
            }
        }
        presented
    }

    /// CAs without a root are trusted unless another source is clearly what is trusted, or their name says that a chain
    /// needs them.
    fn set_intermediates_aside(&mut self) {
        let clear = self.firsts(|other| {
            let trusted = other.state.is_trusted() || matches!(other.state, State::Default);
            trusted && other.evidence.certificates.iter().any(|&id| is_self_signed(self.graph, id))
        });
        let with_chains = self.holding_chains();
        self.settle(|_, index, Candidate { evidence, state }| {
            let by_itself = matches!(state, State::Decided(Decision::Authorities));
            let named = evidence.is_named_trusted() && !file_name::suggests_intermediates(evidence.name());
            if !by_itself || !evidence.roots.is_empty() || named {
                return None;
            }
            let beside = clear.beside(index).map(Decision::LoneIntermediate);
            let chains = || with_chains.beside(index).is_some();
            let is_named = evidence.is_named_trusted();
            let word = || file_name::suggests_rest_of_chain(evidence.name()).filter(|_| chains() && !is_named);
            beside.or_else(|| word().map(Decision::NamedIntermediates))
        });
    }

    fn settle_defaults(&mut self) {
        let trusted = self.trusted();
        self.settle(|_, index, candidate| match candidate.state {
            State::Default => Some(match trusted.beside(index) {
                Some(trusted) => Decision::CameWithChain(trusted),
                None => Decision::TrustedByDefault,
            }),
            _ => None,
        });
    }

    /// A self-signed certificate of which nothing is known is trusted if a chain needs that.
    fn settle_self_signed(&mut self) {
        let (trusted, with_chains) = (self.trusted(), self.holding_chains());
        self.settle(|_, index, candidate| match candidate.state {
            State::SelfSigned => {
                let trusted = trusted.beside(index).is_some();
                let chains = with_chains.beside(index).is_some();
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
        let with_chains = self.holding_chains();
        let mut beginning: BTreeMap<CertId, Firsts<'a>> = BTreeMap::new();
        for (index, Candidate { evidence, .. }) in self.all.iter().enumerate() {
            if let Some(first) = evidence.certificates.first() {
                beginning.entry(*first).or_default().add(index, evidence.name());
            }
        }
        self.settle(|_, index, Candidate { evidence, state }| {
            let by_itself = matches!(state, State::Decided(Decision::Chains)) && evidence.meaning().is_none();
            let is_beside_chains = with_chains.beside(index).is_some();
            if by_itself && is_beside_chains { trust_after_all(index, evidence, &beginning) } else { None }
        });
    }
}

/// A CA first and a root behind it: trusted if another source presents the leaf in it, or its name says so. End
/// entities alone, pinned or mistaken for CAs, and whatever else begins with a leaf: only if the name says so, and
/// cannot mean a chain.
fn trust_after_all<'a>(
    index: usize,
    evidence: &Evidence<'a>,
    beginning: &BTreeMap<CertId, Firsts<'a>>,
) -> Option<Decision<'a>> {
    let name = evidence.name();
    let word = if !evidence.begins_with_leaf() && !evidence.roots.is_empty() {
        let shown = evidence.leaves.first().and_then(|leaf| beginning.get(leaf)).and_then(|it| it.beside(index));
        if let Some(other) = shown {
            return Some(Decision::LeafShownBy(other));
        }
        file_name::suggests_trust(name)
    } else if evidence.authorities.is_empty() {
        file_name::suggests_no_chain(name)
    } else {
        file_name::suggests_trust_itself(name)
    };
    word.map(Decision::Named)
}

/// The first two sources of some kind, so that for each source the first other one is known.
#[derive(Clone, Copy, Default)]
struct Firsts<'a>([Option<(usize, &'a str)>; 2]);

impl<'a> Firsts<'a> {
    fn add(&mut self, index: usize, name: &'a str) {
        if let Some(free) = self.0.iter_mut().find(|it| it.is_none()) {
            *free = Some((index, name));
        }
    }

    /// The name of the first one besides the source at `index`.
    fn beside(&self, index: usize) -> Option<&'a str> {
        self.0.iter().flatten().find(|(other, _)| *other != index).map(|(_, name)| *name)
    }
}

/// What has to be known of the other sources to tell what a self-signed certificate is.
struct Others<'a> {
    /// Those that hold a certificate.
    holding: Firsts<'a>,
    with_chains: Firsts<'a>,
    presented: BTreeMap<SubjectKey, Vec<Presented<'a>>>,
}

/// A leaf that a source presents.
struct Presented<'a> {
    source: usize,
    leaf: CertId,
    /// The source's name.
    name: &'a str,
}
