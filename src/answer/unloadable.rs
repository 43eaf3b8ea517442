//! Files that a program cannot read as they stand: it has fewer certificates than there are, or none.

use super::{Reply, Situation};
use crate::acceptance::Question;
use crate::certificate::CertId;
use crate::inventory::{LoadedBy, Loading, LoadingFault, Source};
use crate::loader::Loader;
use crate::verifier::{Engine, Given, Program, Query};

/// A file whose form keeps some programs from reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unloadable {
    /// Index of the source.
    pub(super) source: usize,
    /// How many certificates there are in it.
    pub(super) there: usize,
    /// The programs that do not read all of it, with what stops them; at least one.
    pub(super) unable: Vec<(Program, LoadingFault)>,
    /// What each loader that was asked gets, in the order of [`Loader::ALL`], each once.
    pub(super) by_loader: Vec<LoadedBy>,
    /// Those that would accept the chain with every certificate, and do not with what they read.
    pub(super) losing: Vec<Program>,
}

/// The file at fault for a chain: its own, or one of the trust store. `None` where every program reads what it needs.
pub(super) fn of_chain(situation: &Situation<'_, '_>, question: &Question, replies: &[Reply]) -> Option<Unloadable> {
    let nobody_accepts = !replies.iter().any(|reply| reply.verdict.accepts());
    let programs: Vec<Program> = replies.iter().map(|reply| reply.program).collect();
    let sources = [(question.chain.source, Given::Leaf)].into_iter().chain(trusted(situation));
    let found = sources.filter_map(|(source, given)| {
        let unloadable = of_source(situation, source, given, &programs)?;
        let losing = losing(situation, question, replies, source, given);
        (nobody_accepts || !losing.is_empty()).then_some(Unloadable { losing, ..unloadable })
    });
    found.into_iter().next()
}

/// The file at fault where there is no chain: the first that some verifier cannot read.
pub(super) fn without_a_chain(situation: &Situation<'_, '_>) -> Option<Unloadable> {
    let every: Vec<Program> = Engine::ALL.iter().copied().map(Program::Engine).collect();
    let programs = situation.choices.program.map_or(every, |program| vec![program]);
    (0..situation.inventory.sources.len()).find_map(|source| of_source(situation, source, Given::Trusted, &programs))
}

/// The sources of the trust store.
fn trusted<'a>(situation: &'a Situation<'_, '_>) -> impl Iterator<Item = (usize, Given)> + 'a {
    let sources = situation.inventory.sources.iter().enumerate();
    let trusted = sources.filter(|(_, source)| situation.store.files.contains(&source.name));
    trusted.map(|(index, _)| (index, Given::Trusted))
}

fn of_source(situation: &Situation<'_, '_>, source: usize, given: Given, programs: &[Program]) -> Option<Unloadable> {
    let loading = loading(situation, source)?;
    let mut by_loader: Vec<LoadedBy> = Vec::new();
    let mut unable = Vec::new();
    for program in programs {
        let Some(loaded) = loaded_by(loading, *program, given) else { continue };
        if !by_loader.contains(loaded) {
            by_loader.push(loaded.clone());
        }
        let fault = loaded.fault.as_ref().filter(|fault| fault.is_of_the_form);
        unable.extend(fault.map(|fault| (*program, fault.clone())));
    }
    by_loader.sort_by_key(|loaded| loaded.loader);
    let there = loading.there;
    (!unable.is_empty()).then_some(Unloadable { source, there, unable, by_loader, losing: Vec::new() })
}

/// The programs that accept the chain only as long as they have what they do not read of a source.
fn losing(
    situation: &Situation<'_, '_>,
    question: &Question,
    replies: &[Reply],
    source: usize,
    given: Given,
) -> Vec<Program> {
    let Some(loading) = loading(situation, source) else { return Vec::new() };
    let accepting = replies.iter().filter(|reply| reply.verdict.accepts()).map(|reply| reply.program);
    let loses = |program: &Program| {
        loaded_by(loading, *program, given).is_some_and(|loaded| {
            let has = |id: &CertId| loaded.certificates.contains(id) || is_elsewhere(situation, *id, source);
            let query = question.query(&situation.store.certificates, situation.choices);
            match given {
                Given::Trusted => {
                    let trusted: Vec<CertId> = query.trusted.iter().copied().filter(has).collect();
                    !program.ask(situation.readings, &Query { trusted: &trusted, ..query }).accepts()
                }
                Given::Leaf | Given::Presented => {
                    let presented: Vec<CertId> = query.presented.iter().copied().filter(has).collect();
                    !loaded.certificates.contains(&query.leaf)
                        || !program.ask(situation.readings, &Query { presented: &presented, ..query }).accepts()
                }
            }
        })
    };
    accepting.filter(loses).collect()
}

/// Whether a trusted certificate stands in another file of the trust store, or is a public root.
fn is_elsewhere(situation: &Situation<'_, '_>, id: CertId, source: usize) -> bool {
    let holds = |(other, _): (usize, Given)| {
        other != source && situation.inventory.sources.get(other).is_some_and(|it| it.certificates().contains(&id))
    };
    trusted(situation).any(holds) || situation.store.kind.has_public() && situation.inventory.public.contains(&id)
}

fn loading<'a>(situation: &'a Situation<'_, '_>, source: usize) -> Option<&'a Loading> {
    let source: &Source = situation.inventory.sources.get(source)?;
    source.loading.as_ref()
}

/// What a program gets out of a source by the function that it reads such a file with.
fn loaded_by(loading: &Loading, program: Program, given: Given) -> Option<&LoadedBy> {
    let loader = match given {
        Given::Trusted => Loader::of_trust_store(program.verifier()),
        Given::Leaf | Given::Presented => Loader::of_chain(program.verifier()),
    }?;
    loading.by_loader.iter().find(|loaded| loaded.loader == loader)
}
