//! The router's lens: which sources are bundles, seen together. One chain or one paste may stand for everything.

use std::collections::{BTreeMap, BTreeSet};

use super::Decision;
use crate::certificate::CertId;
use crate::inventory::Meaning;
use crate::role::evidence::{Evidence, Shape};
use crate::role::{Role, file_name};

/// A source and what it is taken for so far.
struct Candidate<'e, 'a> {
    evidence: &'e Evidence<'a>,
    decision: Decision<'a>,
}

/// Decides for every source, first by its shape, then in view of the others.
pub(super) fn decide<'e, 'a>(sources: &'e [Evidence<'a>], chosen: &'a BTreeMap<usize, Vec<Role>>) -> Vec<Decision<'a>> {
    let by_itself = |(index, evidence): (usize, &'e Evidence<'a>)| {
        let by_itself = || by_key(evidence).unwrap_or_else(|| by_shape(evidence.shape));
        Candidate { evidence, decision: chosen.get(&index).map_or_else(by_itself, |roles| Decision::Chosen(roles)) }
    };
    let mut sources: Vec<Candidate<'e, 'a>> = sources.iter().enumerate().map(by_itself).collect();
    leave_chains_beside_a_bundle(&mut sources);
    set_lone_intermediates_aside(&mut sources);
    tell_self_signed_leaves_from_roots(&mut sources);
    take_everything_from_an_only_source(&mut sources);
    if !sources.iter().any(|source| source.decision.is_trusted()) {
        find_a_bundle_among_chains(&mut sources);
    }
    settle_defaults(&mut sources);
    sources.into_iter().map(|source| source.decision).collect()
}

/// By the key above it; what came with a chain waits for the others.
fn by_key<'a>(evidence: &Evidence<'a>) -> Option<Decision<'a>> {
    let meaning = evidence.meaning().filter(|_| !evidence.certificates.is_empty())?;
    Some(match meaning {
        Meaning::Trusted => Decision::KeyOfTrust,
        Meaning::TrustedByDefault => Decision::Nothing,
        Meaning::ServerChain | Meaning::ClientChain | Meaning::Chain => Decision::Chains,
    })
}

fn by_shape<'a>(shape: Shape) -> Decision<'a> {
    match shape {
        Shape::Empty => Decision::Nothing,
        Shape::Authorities => Decision::Authorities,
        Shape::AuthoritiesPrevail => Decision::AuthoritiesPrevail,
        Shape::Chains | Shape::Jumble => Decision::Chains,
    }
}

/// What came with a chain is a bundle unless something else is.
fn settle_defaults(sources: &mut [Candidate<'_, '_>]) {
    let trusted = sources.iter().find(|source| source.decision.is_trusted()).map(|source| source.evidence.name());
    for source in sources {
        let waits = matches!(source.decision, Decision::Nothing) && !source.evidence.certificates.is_empty();
        if waits {
            source.decision = trusted.map_or(Decision::TrustedByDefault, Decision::CameWithChain);
        }
    }
}

/// A source that begins with a leaf and drags unrelated CAs along is a chain if another source is a bundle for sure.
fn leave_chains_beside_a_bundle(sources: &mut [Candidate<'_, '_>]) {
    if sources.iter().any(|source| matches!(source.decision, Decision::Authorities)) {
        for source in sources {
            if matches!(source.decision, Decision::AuthoritiesPrevail) && source.evidence.begins_with_leaf() {
                source.decision = Decision::Chains;
            }
        }
    }
}

/// A single intermediate is a bundle (a pinned one) only if no other source is clearly a bundle, or its name says so.
fn set_lone_intermediates_aside(sources: &mut [Candidate<'_, '_>]) {
    let lone = |source: &Candidate<'_, '_>| source.evidence.certificates.len() == 1 && source.evidence.roots.is_empty();
    let Some(clear) = sources.iter().find(|source| source.decision.is_trusted() && !lone(source)) else { return };
    let beside = clear.evidence.name();
    for source in sources {
        let by_itself = matches!(source.decision, Decision::Authorities);
        if by_itself && lone(source) && !source.evidence.is_named_trusted() {
            source.decision = Decision::LoneIntermediate(beside);
        }
    }
}

/// A server's or client's own certificate that says CA:TRUE (`openssl req -x509` writes that) is a chain where a file
/// that is a bundle by its name or its size holds the same certificate.
fn tell_self_signed_leaves_from_roots(sources: &mut [Candidate<'_, '_>]) {
    let passes_for_bundle =
        |source: &Candidate<'_, '_>| source.evidence.is_named_trusted() || source.evidence.certificates.len() > 1;
    let mut bundled: BTreeSet<CertId> = BTreeSet::new();
    for source in sources.iter() {
        if source.decision.is_trusted() && passes_for_bundle(source) {
            bundled.extend(source.evidence.certificates.clone());
        }
    }
    for source in sources {
        let alone = matches!(source.evidence.certificates.as_slice(), [only] if bundled.contains(only));
        let made_out = source.evidence.chains.iter().all(|chain| chain.sign.is_certified());
        if matches!(source.decision, Decision::Authorities) && alone && made_out && !passes_for_bundle(source) {
            source.decision = Decision::Chains;
        }
    }
}

/// One paste with a root and end entities holds all there is.
fn take_everything_from_an_only_source(sources: &mut [Candidate<'_, '_>]) {
    let mut holding = sources.iter_mut().filter(|source| !source.evidence.certificates.is_empty());
    if let (Some(source), None) = (holding.next(), holding.next()) {
        let chosen = matches!(source.decision, Decision::Chosen(_));
        if !chosen && !source.evidence.roots.is_empty() && !source.evidence.leaves.is_empty() {
            source.decision = Decision::Mixed;
        }
    }
}

/// Nothing is clearly a bundle: a source with a root whose leaf another source presents, else one whose name says so,
/// else a jumble with a root.
fn find_a_bundle_among_chains(sources: &mut [Candidate<'_, '_>]) {
    if let Some((index, by)) = shown_elsewhere(sources) {
        return sources.get_mut(index).into_iter().for_each(|source| source.decision = Decision::LeafShownBy(by));
    }
    let mut jumble = None;
    let mut named = false;
    for source in sources.iter_mut().filter(|source| matches!(source.decision, Decision::Chains)) {
        if let Some(word) = file_name::suggests_trust(source.evidence.name()) {
            source.decision = Decision::Named(word);
            named = true;
        } else if jumble.is_none() && source.evidence.shape == Shape::Jumble && !source.evidence.roots.is_empty() {
            jumble = Some(source);
        }
    }
    if let Some(source) = jumble.filter(|_| !named) {
        source.decision = Decision::Mixed;
    }
}

/// The only source with a root, a CA for sure, whose first leaf also begins another source; among several the only one
/// whose name suggests a bundle. Index and the other source's name.
fn shown_elsewhere<'a>(sources: &[Candidate<'_, 'a>]) -> Option<(usize, &'a str)> {
    let (mut candidates, mut named) = (Vec::new(), Vec::new());
    for (index, source) in sources.iter().enumerate() {
        let with_root = !source.evidence.roots.is_empty() && source.evidence.authorities.len() > 1;
        let other = begins_with(sources, index, source.evidence.leaves.first()).filter(|_| with_root);
        if let (Decision::Chains, Some(by)) = (source.decision, other) {
            candidates.push((index, by.name()));
            if source.evidence.is_named_trusted() {
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
fn begins_with<'e, 'a>(sources: &[Candidate<'e, 'a>], index: usize, leaf: Option<&CertId>) -> Option<&'e Evidence<'a>> {
    leaf?;
    let mut others = sources.iter().enumerate().filter(|(other, _)| *other != index);
    others.find(|(_, other)| other.evidence.certificates.first() == leaf).map(|(_, other)| other.evidence)
}
