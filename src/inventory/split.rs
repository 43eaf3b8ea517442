//! One source for each part of an input, and one for the rest.

use std::collections::BTreeSet;

use super::{Loading, Meaning, Object, Placement, Session, Source, SourcePart};
use crate::decode::{Part, Place, Problem, Related, Secret};

/// What an input held.
pub(super) struct Held {
    pub(super) placements: Vec<Placement>,
    pub(super) problems: Vec<Problem>,
    pub(super) secrets: Vec<Secret>,
    pub(super) related: Vec<Related>,
    /// What the loaders make of each part, in their order.
    pub(super) loadings: Vec<Option<Loading>>,
}

/// The sources of an input, without their names, each with what tells it from the others of its input: nothing for the
/// rest, and for the only one. There is at least one.
pub(super) fn split(mut held: Held, parts: Vec<Part>, session: Option<Session>) -> Vec<(Option<String>, Source)> {
    let mut rest = Source { session, ..Source::default() };
    let loadings = std::mem::take(&mut held.loadings);
    let mut sources: Vec<Source> =
        parts.iter().zip(loadings).map(|(part, loading)| Source { loading, ..source(part) }).collect();
    distribute(held, &parts, &mut sources, &mut rest);
    let mut sources = merged(sources, &parts);
    let rest_is_empty = rest.placements.is_empty() && rest.problems.is_empty() && rest.secrets.is_empty();
    match sources.as_mut_slice() {
        [only] if rest_is_empty => only.session = only.session.take().or(rest.session.take()),
        [_, ..] if rest_is_empty => {}
        _ => sources.push(rest),
    }
    let labels = labels(&sources);
    labels.into_iter().zip(sources).collect()
}

fn source(part: &Part) -> Source {
    let meaning = match part.meaning {
        // What the object once was is not what it is.
        Meaning::Trusted if part.is_remembered => Meaning::TrustedByDefault,
        meaning => meaning,
    };
    // Only what the object is can be corrected.
    let pointers = part.pointer.iter().filter(|_| !part.is_remembered).cloned().collect();
    let (object, shadowed_by) = (part.object.clone(), part.shadowed_by.clone());
    let part_of_source =
        SourcePart { key: part.key.clone(), meaning, object, pointers, shadowed_by, forwarded: part.forwarded.clone() };
    Source { part: Some(part_of_source), session: part.session.clone(), ..Source::default() }
}

/// Gives everything to the part in which it stands, in the order of the part's stretches.
fn distribute(held: Held, parts: &[Part], sources: &mut [Source], rest: &mut Source) {
    let mut stretches: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (part, it) in parts.iter().enumerate() {
        let numbered = it.stretches.iter().enumerate();
        stretches.extend(numbered.map(|(order, stretch)| (stretch.start, stretch.end, part, order)));
    }
    stretches.sort_unstable();
    let find = |place: &Place| {
        let start = place.bytes.start;
        let before = stretches.partition_point(|stretch| stretch.0 <= start).checked_sub(1)?;
        stretches.get(before).filter(|stretch| start < stretch.1).map(|stretch| (stretch.2, stretch.3))
    };
    let part_of = |place: &Place| find(place).map(|(part, _)| part);
    for problem in held.problems {
        owner(sources, rest, part_of(&problem.place)).problems.push(problem);
    }
    for secret in held.secrets {
        owner(sources, rest, part_of(&secret.place)).secrets.push(secret);
    }
    for related in held.related {
        owner(sources, rest, part_of(&related.place)).related.push(related);
    }
    let mut placements: Vec<(Option<(usize, usize)>, Placement)> =
        held.placements.into_iter().map(|placement| (find(&placement.place), placement)).collect();
    placements.sort_by_key(|(found, _)| *found);
    for (found, placement) in placements {
        owner(sources, rest, found.map(|(part, _)| part)).placements.push(placement);
    }
}

fn owner<'s>(sources: &'s mut [Source], rest: &'s mut Source, part: Option<usize>) -> &'s mut Source {
    part.and_then(|part| sources.get_mut(part)).unwrap_or(rest)
}

/// The same certificates under the same key of the same object are one source with several places: every webhook of a
/// configuration has the same `caBundle`. What is only remembered comes last.
fn merged(sources: Vec<Source>, parts: &[Part]) -> Vec<Source> {
    let mut merged: Vec<Source> = Vec::new();
    let mut numbered: Vec<(bool, Source)> = parts.iter().map(|part| part.is_remembered).zip(sources).collect();
    numbered.sort_by_key(|(is_remembered, _)| *is_remembered);
    for (is_remembered, mut source) in numbered {
        let same = merged.iter_mut().find(|known| is_same(known, &source, is_remembered));
        match same {
            Some(known) => {
                known.placements.append(&mut source.placements);
                known.problems.append(&mut source.problems);
                known.secrets.append(&mut source.secrets);
                known.related.append(&mut source.related);
                if let (Some(part), Some(other)) = (&mut known.part, &mut source.part) {
                    part.pointers.append(&mut other.pointers);
                }
            }
            None => {
                if let Some(part) = source.part.as_mut().filter(|_| is_remembered) {
                    part.key.push_str(" (last applied)");
                }
                merged.push(source);
            }
        }
    }
    merged
}

fn is_same(known: &Source, other: &Source, is_remembered: bool) -> bool {
    let (Some(part), Some(other_part)) = (&known.part, &other.part) else { return false };
    part.key == other_part.key
        && part.object == other_part.object
        && (part.meaning == other_part.meaning || is_remembered)
        && known.session == other.session
        && known.certificates() == other.certificates()
}

/// The key, with the name of the object before it where the input has several objects.
fn labels(sources: &[Source]) -> Vec<Option<String>> {
    if sources.len() == 1 {
        return vec![None];
    }
    let objects: BTreeSet<Option<&str>> =
        sources.iter().filter_map(|source| source.part.as_ref()).map(|part| part.object.as_ref().map(name)).collect();
    let label = |part: &SourcePart| match part.object.as_ref().filter(|_| objects.len() > 1) {
        Some(object) => format!("{}/{}", name(object), part.key),
        None => part.key.clone(),
    };
    sources.iter().map(|source| source.part.as_ref().map(label)).collect()
}

fn name(object: &Object) -> &str {
    object.name.as_deref().unwrap_or(&object.kind)
}
