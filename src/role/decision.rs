//! Which sources are bundles, seen together.

use crate::collection::{Gather as _, Map, Set};

use super::Role;
use super::evidence::{Evidence, Shape};
use super::file_name;
use crate::certificate::CertId;

/// What a source is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// What the user says.
    Chosen(Vec<Role>),
    /// It holds no certificate.
    Nothing,
    /// What a verifier was given to trust.
    Bundle(Why),
    /// A single intermediate beside this clear bundle: more likely the CA's own certificate than part of what the
    /// verifier was given, and taking it in would change the naive pool.
    LoneIntermediate {
        /// Name of the clear bundle.
        beside: String,
    },
    /// One or more chains.
    Chains,
    /// Everything in one source: its CAs stand for the bundle, its end entities begin chains.
    Mixed,
}

/// Why a source with end entities, or without, is a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It holds nothing but CAs.
    AllAuthorities,
    /// CAs with a root prevail over end entities.
    AuthoritiesPrevail,
    /// It would pass for a chain with its root, but this other source presents the same leaf and nothing else could
    /// be the bundle.
    LeafShownBy(String),
    /// Only its name says so.
    Name(&'static str),
}

impl Decision {
    /// It is (also) a bundle.
    pub(super) fn is_bundle(&self) -> bool {
        match self {
            Decision::Chosen(roles) => roles.contains(&Role::Bundle),
            decision => matches!(decision, Decision::Bundle(_) | Decision::Mixed),
        }
    }

    /// Its chains are peers or clients.
    pub(super) fn plays_chains(&self) -> bool {
        match self {
            Decision::Chosen(roles) => roles.contains(&Role::Peer) || roles.contains(&Role::Client),
            decision => matches!(decision, Decision::Chains | Decision::Mixed),
        }
    }

    /// What `source` contributes to the bundle. End entities of a mixed source are chains, not trusted by themselves.
    pub(super) fn bundled<'a>(&self, source: &'a Evidence) -> &'a [CertId] {
        match self {
            Decision::Mixed => &source.authorities,
            decision if decision.is_bundle() => &source.certificates,
            _ => &[],
        }
    }
}

/// One decision per source.
pub(super) fn decide(evidence: &[Evidence], chosen: &Map<usize, Vec<Role>>) -> Vec<Decision> {
    let first = |(index, source): (usize, &Evidence)| match chosen.get(&index) {
        Some(roles) => Decision::Chosen(roles.clone()),
        None => by_shape(source),
    };
    let mut decisions: Vec<Decision> = evidence.iter().enumerate().map(first).gather();
    leave_chains_beside_a_bundle(evidence, &mut decisions);
    set_lone_intermediates_aside(evidence, &mut decisions);
    tell_self_signed_leaves_from_roots(evidence, &mut decisions);
    take_everything_from_an_only_source(evidence, &mut decisions);
    if !decisions.iter().any(Decision::is_bundle) {
        find_a_bundle_among_chains(evidence, &mut decisions);
    }
    decisions
}

fn by_shape(source: &Evidence) -> Decision {
    match source.shape {
        Shape::Empty => Decision::Nothing,
        Shape::Authorities => Decision::Bundle(Why::AllAuthorities),
        Shape::AuthoritiesPrevail => Decision::Bundle(Why::AuthoritiesPrevail),
        Shape::Chains | Shape::Jumble => Decision::Chains,
    }
}

/// A source that begins with a leaf and drags unrelated CAs along is a chain if another source is a bundle for sure.
fn leave_chains_beside_a_bundle(evidence: &[Evidence], decisions: &mut [Decision]) {
    let clear = |decision: &Decision| *decision == Decision::Bundle(Why::AllAuthorities);
    if decisions.iter().any(clear) {
        for (source, decision) in evidence.iter().zip(decisions) {
            if *decision == Decision::Bundle(Why::AuthoritiesPrevail) && source.begins_with_leaf() {
                *decision = Decision::Chains;
            }
        }
    }
}

/// A single intermediate is a bundle (a pinned one) only if no other source is clearly a bundle, or its name says so.
fn set_lone_intermediates_aside(evidence: &[Evidence], decisions: &mut [Decision]) {
    let lone = |source: &Evidence| source.certificates.len() == 1 && source.roots.is_empty();
    let clear = |(source, decision): &(&Evidence, &Decision)| decision.is_bundle() && !lone(source);
    let Some(beside) = evidence.iter().zip(&*decisions).find(clear).map(|(source, _)| source.name.clone()) else {
        return;
    };
    for (source, decision) in evidence.iter().zip(decisions) {
        let by_itself = *decision == Decision::Bundle(Why::AllAuthorities);
        if by_itself && lone(source) && file_name::suggests_bundle(&source.name).is_none() {
            *decision = Decision::LoneIntermediate { beside: beside.clone() };
        }
    }
}

/// A server's or client's own certificate that says CA:TRUE (`openssl req -x509` writes that) is a chain where a file
/// that is a bundle by its name or its size holds the same certificate.
fn tell_self_signed_leaves_from_roots(evidence: &[Evidence], decisions: &mut [Decision]) {
    let bundle =
        |source: &Evidence| file_name::suggests_bundle(&source.name).is_some() || source.certificates.len() > 1;
    let bundled: Set<CertId> = evidence
        .iter()
        .zip(&*decisions)
        .filter(|(source, decision)| decision.is_bundle() && bundle(source))
        .flat_map(|(source, _)| source.certificates.iter().copied())
        .collect();
    for (source, decision) in evidence.iter().zip(decisions) {
        let alone = matches!(source.certificates.as_slice(), [only] if bundled.contains(only));
        let made_out = source.chains.iter().all(|chain| chain.sign.certified);
        if *decision == Decision::Bundle(Why::AllAuthorities) && alone && made_out && !bundle(source) {
            *decision = Decision::Chains;
        }
    }
}

/// One paste with a root and end entities holds all there is.
fn take_everything_from_an_only_source(evidence: &[Evidence], decisions: &mut [Decision]) {
    let mut holding = evidence.iter().zip(decisions).filter(|(source, _)| !source.certificates.is_empty()).gather();
    if let [(source, decision)] = holding.as_mut_slice() {
        let chosen = matches!(decision, Decision::Chosen(_));
        if !chosen && !source.roots.is_empty() && source.leaves().next().is_some() {
            **decision = Decision::Mixed;
        }
    }
}

/// Nothing is clearly a bundle: a source with a root whose leaf another source presents, else one whose name says so,
/// else a jumble with a root.
fn find_a_bundle_among_chains(evidence: &[Evidence], decisions: &mut [Decision]) {
    let open: Vec<usize> = (0..evidence.len()).filter(|&i| decisions.get(i) == Some(&Decision::Chains)).gather();
    let sources: Vec<(usize, &Evidence)> = open.iter().filter_map(|&i| Some((i, evidence.get(i)?))).gather();
    let mut set = |index: usize, decision: Decision| {
        if let Some(slot) = decisions.get_mut(index) {
            *slot = decision;
        }
    };
    let shown = only_or_named(leaves_shown_elsewhere(&sources, evidence), evidence);
    if let Some((index, by)) = shown {
        return set(index, Decision::Bundle(Why::LeafShownBy(by)));
    }
    let mut named = false;
    for &(index, source) in &sources {
        if let Some(word) = file_name::suggests_bundle(&source.name) {
            set(index, Decision::Bundle(Why::Name(word)));
            named = true;
        }
    }
    let jumble = sources.iter().find(|(_, source)| source.shape == Shape::Jumble && !source.roots.is_empty());
    if let (false, Some(&(index, _))) = (named, jumble) {
        set(index, Decision::Mixed);
    }
}

/// Sources with a root, a CA for sure, whose first leaf also begins another source: index and that source's name.
fn leaves_shown_elsewhere(sources: &[(usize, &Evidence)], evidence: &[Evidence]) -> Vec<(usize, String)> {
    let elsewhere = |&(index, source): &(usize, &Evidence)| {
        let leaf = source.leaves().next()?;
        let others = evidence.iter().enumerate().filter(|&(other, _)| other != index);
        let by = others.map(|(_, other)| other).find(|other| other.certificates.first() == Some(&leaf))?;
        (!source.roots.is_empty() && source.authorities.len() > 1).then(|| (index, by.name.clone()))
    };
    sources.iter().filter_map(elsewhere).gather()
}

/// The only candidate; among several the only one whose name suggests a bundle.
fn only_or_named(candidates: Vec<(usize, String)>, evidence: &[Evidence]) -> Option<(usize, String)> {
    let named = |(index, _): &&(usize, String)| {
        evidence.get(*index).is_some_and(|source| file_name::suggests_bundle(&source.name).is_some())
    };
    let mut telling: Vec<&(usize, String)> = candidates.iter().gather();
    if telling.len() > 1 {
        telling.retain(named);
    }
    match telling.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}
