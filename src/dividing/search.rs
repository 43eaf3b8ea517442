//! The search for the smallest set of facts that explains a difference.

use super::fact::{Fact, Kind};
use super::model::Model;
use super::{Division, edit, list};
use crate::certificate::CertId;
use crate::collection::{self, Gather as _};
use crate::verifier::Engine;

/// Most changed questions that are put to the engines. Our own number: a question costs all engines together about a
/// millisecond, so that a search ends within half a second.
pub const MAX_MODELS: usize = 400;

/// Most facts that an explanation consists of. Our own number: four reasons at once help nobody.
pub const MAX_FACTS: usize = 3;

/// Most other explanations that are told. Our own number, for readers.
pub const MAX_ALTERNATIVES: usize = 3;

/// Looks for sets of one fact, then of two, then of three. `answers` are what the engines say as things are.
pub(super) fn run(model: &Model<'_>, concerned: &[CertId], engines: &[Engine], answers: &[Option<bool>]) -> Division {
    let engines = alternating(engines, answers);
    if engines.len() < 2 {
        return Division { facts: Vec::new(), then_accepts: None, alternatives: Vec::new(), complete: true };
    }
    let facts = list::list(model, concerned);
    Search { model, engines, facts, still: Vec::new(), found: Vec::new(), asked: 0, complete: true }.run()
}

/// Engines of both opinions by turns, so that those that still differ are soon asked; none if all agree.
fn alternating(engines: &[Engine], answers: &[Option<bool>]) -> Vec<Engine> {
    let of = |wanted: bool| {
        let those = engines.iter().zip(answers).filter(move |(_, answer)| **answer == Some(wanted));
        those.map(|(engine, _)| *engine).gather()
    };
    let (accepting, rejecting): (Vec<Engine>, Vec<Engine>) = (of(true), of(false));
    if accepting.is_empty() || rejecting.is_empty() {
        return Vec::new();
    }
    let longer = accepting.len().max(rejecting.len());
    (0..longer).flat_map(|at| [accepting.get(at), rejecting.get(at)]).flatten().copied().gather()
}

struct Search<'m> {
    model: &'m Model<'m>,
    engines: Vec<Engine>,
    /// In order of preference.
    facts: Vec<Fact>,
    /// Sets of the size before, and how many engines did not accept without them.
    still: Vec<(Vec<usize>, usize)>,
    /// Sets that explain, and what the engines then say.
    found: Vec<(Vec<usize>, bool)>,
    asked: usize,
    complete: bool,
}

impl Search<'_> {
    fn run(mut self) -> Division {
        for size in 1..=MAX_FACTS {
            if self.found.is_empty() {
                self.sets(size);
            }
        }
        self.division()
    }

    /// Asks about every set of a size, the most promising first, until there are explanations enough.
    fn sets(&mut self, size: usize) {
        let mut still = Vec::new();
        for set in self.promising(size) {
            if (size > 1 && MAX_ALTERNATIVES < self.found.len()) || !self.may_ask() {
                return;
            }
            let Some(answers) = self.changed(&set).map(|model| model.ask(&self.engines)) else { continue };
            if let Some(accepts) = unanimous(&answers) {
                self.note(&set, accepts);
            }
            still.push((set, answers.iter().filter(|answer| **answer != Some(true)).count()));
        }
        self.still = still;
    }

    /// Sets of a size: those first of which a part alone left few engines rejecting, then the preferred ones.
    fn promising(&self, size: usize) -> Vec<Vec<usize>> {
        let mut sets = subsets(self.facts.len(), size);
        let is_part = |part: &[usize], set: &[usize]| part.iter().all(|at| set.contains(at));
        let left = |set: &[usize]| {
            let parts = self.still.iter().filter(|(part, _)| is_part(part, set));
            parts.map(|(_, left)| *left).min().unwrap_or(usize::MAX)
        };
        collection::sort_by_key(&mut sets, |set| (left(set), set.iter().sum::<usize>()));
        sets
    }

    fn changed(&self, set: &[usize]) -> Option<Model<'_>> {
        let mut model = self.model.clone();
        for fact in set.iter().filter_map(|at| self.facts.get(*at)) {
            model = edit::without(&model, fact)?;
        }
        Some(model)
    }

    /// Counts a question, if there is one left.
    fn may_ask(&mut self) -> bool {
        self.complete &= self.asked < MAX_MODELS;
        self.asked += usize::from(self.complete);
        self.complete
    }

    /// What leads somewhere for someone cannot be a dead end, so taking one away must let everybody accept.
    fn note(&mut self, set: &[usize], accepts: bool) {
        let is_dead_end = |at: &usize| self.facts.get(*at).is_some_and(|fact| fact.kind == Kind::DeadEndFirst);
        if accepts || !set.iter().any(is_dead_end) {
            self.found.push((set.to_vec(), accepts));
        }
    }

    /// Better than what lets everybody reject is what lets everybody accept; then the preferred facts count.
    fn division(mut self) -> Division {
        collection::sort_by_key(&mut self.found, |(set, accepts)| (!accepts, set.clone()));
        let facts = &self.facts;
        let of = |set: &[usize]| -> Vec<Fact> { set.iter().filter_map(|at| facts.get(*at).cloned()).gather() };
        let mut sets = self.found.iter();
        let best = sets.next();
        Division {
            facts: best.map(|(set, _)| of(set)).unwrap_or_default(),
            then_accepts: best.map(|(_, accepts)| *accepts),
            alternatives: sets.take(MAX_ALTERNATIVES).map(|(set, _)| of(set)).gather(),
            complete: self.complete,
        }
    }
}

fn unanimous(answers: &[Option<bool>]) -> Option<bool> {
    let first = (*answers.first()?)?;
    answers.iter().all(|answer| *answer == Some(first)).then_some(first)
}

/// Every set of a size of the numbers below `count`, each in order.
fn subsets(count: usize, size: usize) -> Vec<Vec<usize>> {
    let mut sets = vec![Vec::new()];
    for _ in 0..size {
        let mut longer = Vec::new();
        for set in &sets {
            let start = set.last().map_or(0, |last| last + 1);
            for next in start..count {
                let mut set: Vec<usize> = set.clone();
                set.push(next);
                longer.push(set);
            }
        }
        sets = longer;
    }
    sets
}
