//! Which sources are bundles, seen together.

use std::collections::{BTreeMap, BTreeSet};

use super::Role;
use super::evidence::{Evidence, Shape};
use super::file_name;
use crate::certificate::CertId;

/// What a source is taken for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Decision<'a> {
    /// What the user says.
    Chosen(&'a [Role]),
    /// It holds no certificate.
    Nothing,
    /// A bundle, what a verifier was given to trust: it holds nothing but CAs.
    Authorities,
    /// A bundle: CAs with a root prevail over end entities.
    AuthoritiesPrevail,
    /// A bundle: it would pass for a chain with its root, but the source of this name presents the same leaf and
    /// nothing else could be the bundle.
    LeafShownBy(&'a str),
    /// A bundle: only its name says so, by this word.
    Named(&'static str),
    /// A single intermediate beside the clear bundle of this name: more likely the CA's own certificate than part of
    /// what the verifier was given, and taking it in would change the naive pool.
    LoneIntermediate(&'a str),
    /// One or more chains.
    Chains,
    /// Everything in one source: its CAs stand for the bundle, its end entities begin chains.
    Mixed,
}

impl<'a> Decision<'a> {
    /// It is (also) a bundle.
    pub(super) fn is_bundle(self) -> bool {
        match self {
            Decision::Chosen(roles) => roles.contains(&Role::Bundle),
            Decision::Nothing | Decision::LoneIntermediate(_) | Decision::Chains => false,
            _ => true,
        }
    }

    /// The user says that controllers publish it.
    pub(super) fn is_published(self) -> bool {
        matches!(self, Decision::Chosen(roles) if roles.contains(&Role::Published))
    }

    /// Its chains are peers or clients.
    pub(super) fn plays_chains(self) -> bool {
        match self {
            Decision::Chosen(roles) => roles.contains(&Role::Peer) || roles.contains(&Role::Client),
            decision => matches!(decision, Decision::Chains | Decision::Mixed),
        }
    }

    /// What `source` contributes to the bundle. End entities of a mixed source are chains, not trusted by themselves.
    pub(super) fn bundled<'e>(self, source: &'e Evidence<'a>) -> &'e [CertId] {
        match self {
            Decision::Mixed => &source.authorities,
            decision if decision.is_bundle() => &source.certificates,
            _ => &[],
        }
    }

    /// By its shape alone.
    pub(super) fn by_shape(shape: Shape) -> Decision<'a> {
        match shape {
            Shape::Empty => Decision::Nothing,
            Shape::Authorities => Decision::Authorities,
            Shape::AuthoritiesPrevail => Decision::AuthoritiesPrevail,
            Shape::Chains | Shape::Jumble => Decision::Chains,
        }
    }
}

/// Decides for every source, first by its shape, then in view of the others.
pub(super) fn decide<'a>(sources: &mut [Evidence<'a>], chosen: &'a BTreeMap<usize, Vec<Role>>) {
    for (index, source) in sources.iter_mut().enumerate() {
        if let Some(roles) = chosen.get(&index) {
            source.decision = Decision::Chosen(roles);
        }
    }
    leave_chains_beside_a_bundle(sources);
    set_lone_intermediates_aside(sources);
    tell_self_signed_leaves_from_roots(sources);
    take_everything_from_an_only_source(sources);
    if !sources.iter().any(|source| source.decision.is_bundle()) {
        find_a_bundle_among_chains(sources);
    }
}

/// A source that begins with a leaf and drags unrelated CAs along is a chain if another source is a bundle for sure.
fn leave_chains_beside_a_bundle(sources: &mut [Evidence<'_>]) {
    if sources.iter().any(|source| matches!(source.decision, Decision::Authorities)) {
        for source in sources {
            if matches!(source.decision, Decision::AuthoritiesPrevail) && source.begins_with_leaf() {
                source.decision = Decision::Chains;
            }
        }
    }
}

/// A single intermediate is a bundle (a pinned one) only if no other source is clearly a bundle, or its name says so.
fn set_lone_intermediates_aside(sources: &mut [Evidence<'_>]) {
    let lone = |source: &Evidence<'_>| source.certificates.len() == 1 && source.roots.is_empty();
    let Some(clear) = sources.iter().find(|source| source.decision.is_bundle() && !lone(source)) else { return };
    let beside = clear.name();
    for source in sources {
        let by_itself = matches!(source.decision, Decision::Authorities);
        if by_itself && lone(source) && !source.is_named_bundle() {
            source.decision = Decision::LoneIntermediate(beside);
        }
    }
}

/// A server's or client's own certificate that says CA:TRUE (`openssl req -x509` writes that) is a chain where a file
/// that is a bundle by its name or its size holds the same certificate.
fn tell_self_signed_leaves_from_roots(sources: &mut [Evidence<'_>]) {
    let passes_for_bundle = |source: &Evidence<'_>| source.is_named_bundle() || source.certificates.len() > 1;
    let mut bundled: BTreeSet<CertId> = BTreeSet::new();
    for source in sources.iter() {
        if source.decision.is_bundle() && passes_for_bundle(source) {
            bundled.extend(source.certificates.clone());
        }
    }
    for source in sources {
        let alone = matches!(source.certificates.as_slice(), [only] if bundled.contains(only));
        let made_out = source.chains.iter().all(|chain| chain.sign.certified);
        if matches!(source.decision, Decision::Authorities) && alone && made_out && !passes_for_bundle(source) {
            source.decision = Decision::Chains;
        }
    }
}

/// One paste with a root and end entities holds all there is.
fn take_everything_from_an_only_source(sources: &mut [Evidence<'_>]) {
    let mut holding = sources.iter_mut().filter(|source| !source.certificates.is_empty());
    if let (Some(source), None) = (holding.next(), holding.next()) {
        let chosen = matches!(source.decision, Decision::Chosen(_));
        if !chosen && !source.roots.is_empty() && !source.leaves.is_empty() {
            source.decision = Decision::Mixed;
        }
    }
}

/// Nothing is clearly a bundle: a source with a root whose leaf another source presents, else one whose name says so,
/// else a jumble with a root.
fn find_a_bundle_among_chains(sources: &mut [Evidence<'_>]) {
    if let Some((index, by)) = shown_elsewhere(sources) {
        return sources.get_mut(index).into_iter().for_each(|source| source.decision = Decision::LeafShownBy(by));
    }
    let mut jumble = None;
    let mut named = false;
    for source in sources.iter_mut().filter(|source| matches!(source.decision, Decision::Chains)) {
        if let Some(word) = file_name::suggests_bundle(source.name()) {
            source.decision = Decision::Named(word);
            named = true;
        } else if jumble.is_none() && source.shape == Shape::Jumble && !source.roots.is_empty() {
            jumble = Some(source);
        }
    }
    if let Some(source) = jumble.filter(|_| !named) {
        source.decision = Decision::Mixed;
    }
}

/// The only source with a root, a CA for sure, whose first leaf also begins another source; among several the only one
/// whose name suggests a bundle. Index and the other source's name.
fn shown_elsewhere<'a>(sources: &[Evidence<'a>]) -> Option<(usize, &'a str)> {
    let (mut candidates, mut named) = (Vec::new(), Vec::new());
    for (index, source) in sources.iter().enumerate() {
        let with_root = !source.roots.is_empty() && source.authorities.len() > 1;
        let other = begins_with(sources, index, source.leaves.first()).filter(|_| with_root);
        if let (Decision::Chains, Some(by)) = (source.decision, other) {
            candidates.push((index, by.name()));
            if source.is_named_bundle() {
                named.push((index, by.name()));
            }
        }
    }
    match (candidates.as_slice(), named.as_slice()) {
        ([only], _) | (_, [only]) => Some(*only),
        _ => None,
    }
}

/// Another source than the one at `index` that begins with `leaf`.
fn begins_with<'e, 'a>(sources: &'e [Evidence<'a>], index: usize, leaf: Option<&CertId>) -> Option<&'e Evidence<'a>> {
    leaf?;
    let mut others = sources.iter().enumerate().filter(|(other, _)| *other != index);
    others.find(|(_, other)| other.certificates.first() == leaf).map(|(_, other)| other)
}
