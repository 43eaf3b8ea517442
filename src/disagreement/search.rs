//! The search for the smallest set of facts that explains a difference.

use super::fact::{Fact, Kind};
use super::model::Model;
use super::{Explanation, edit, list};
use crate::certificate::CertId;
use crate::verifier::{Outcome, Program};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Most changed questions that are put to the engines. Our own number: a question costs all engines together about a
/// millisecond, so that a search ends within half a second.
pub const MAX_MODELS: usize = 400;

/// Most changed questions that are put after an explanation was found, to find others. Our own number.
const MAX_MODELS_AFTER: usize = 40;

/// Most facts that an explanation consists of. Our own number: of the 362 cases of the corpus that divide engines,
/// three explain 342, four 361; nobody reads more.
pub const MAX_FACTS: usize = 4;

/// Most other explanations that are told. Our own number, for readers.
pub const MAX_ALTERNATIVES: usize = 3;

/// Looks for sets of one fact, then of two and so on. `answers` are what the programs say as things are.
pub(super) fn run(
    model: &Model<'_>,
    reachable_issuers: &[CertId],
    programs: &[Program],
    answers: &[Outcome],
) -> Explanation {
    if !(answers.contains(&Outcome::Accepted) && answers.contains(&Outcome::Rejected)) {
        return Explanation { facts: Vec::new(), then_accepts: None, alternatives: Vec::new(), complete: true };
    }
    let decided = programs.iter().zip(answers).filter(|(_, answer)| **answer != Outcome::Stopped);
    let programs = decided.map(|(program, _)| *program).collect();
    let facts = list::list(model, reachable_issuers);
    let mut search = Search {
        model,
        programs,
        facts,
        in_the_way: Vec::new(),
        still: Vec::new(),
        found: Vec::new(),
        asked: 0,
        complete: true,
    };
    search.in_the_way = search.in_the_way();
    search.run()
}

struct Search<'m> {
    model: &'m Model<'m>,
    /// Those that said yes or no as things are.
    programs: Vec<Program>,
    /// In order of preference.
    facts: Vec<Fact>,
    /// Dead ends in the place of the leaf itself without which alone more engines accept, and none fewer. An authority
    /// above the leaf would help as well, but the leaf would do without one if they were not there.
    in_the_way: Vec<usize>,
    /// Sets of the size before, and how many engines did not accept without them.
    still: Vec<(Vec<usize>, usize)>,
    /// Sets that explain, and what the engines then say.
    found: Vec<(Vec<usize>, bool)>,
    asked: usize,
    complete: bool,
}

impl Search<'_> {
    fn run(mut self) -> Explanation {
        for size in 1..=MAX_FACTS {
            let is_last = self.found.iter().any(|(set, _)| set.len() + 1 < size || self.is_preferred(set));
            if !is_last {
                self.sets(size);
            }
        }
        self.explanation()
    }

    fn in_the_way(&self) -> Vec<usize> {
        let before = self.model.ask(&self.programs);
        let helps = |at: &usize| {
            let answers = self.changed(&[*at]).map(|model| model.ask(&self.programs)).unwrap_or_default();
            let gains = |(old, new): (&Outcome, &Outcome)| *old != Outcome::Accepted && *new == Outcome::Accepted;
            let loses = |(old, new): (&Outcome, &Outcome)| *old == Outcome::Accepted && *new != Outcome::Accepted;
            before.iter().zip(&answers).any(gains) && !before.iter().zip(&answers).any(loses)
        };
        let is_beside_leaf = |at: &usize| {
            let fact = self.facts.get(*at).filter(|_| self.is_dead_end(*at));
            fact.is_some_and(|fact| fact.certificates.get(1) == Some(&self.model.leaf))
        };
        (0..self.facts.len()).filter(is_beside_leaf).filter(helps).collect()
    }

    fn is_dead_end(&self, at: usize) -> bool {
        self.facts.get(at).is_some_and(|fact| matches!(fact.kind, Kind::DeadEndFirst(_)))
    }

    /// The set holds a dead end that is in the way, if there is one.
    fn is_preferred(&self, set: &[usize]) -> bool {
        self.in_the_way.is_empty() || self.in_the_way.iter().any(|at| set.contains(at))
    }

    /// Asks about sets of a size, the most promising first, until there are explanations enough.
    fn sets(&mut self, size: usize) {
        let mut still = Vec::new();
        let mut end = MAX_MODELS;
        for set in self.promising(size) {
            if end <= self.asked || MAX_ALTERNATIVES < self.found.len() && size > 1 {
                self.complete &= !self.found.is_empty() || self.asked < MAX_MODELS;
                return;
            }
            self.asked += 1;
            let Some(answers) = self.changed(&set).map(|model| model.ask(&self.programs)) else { continue };
            if let Some(accepts) = unanimous(&answers).filter(|accepts| self.explains(&set, *accepts)) {
                self.found.push((set.clone(), accepts));
                end = end.min(if size > 1 { self.asked + MAX_MODELS_AFTER } else { MAX_MODELS });
            }
            still.push((set, answers.iter().filter(|answer| **answer != Outcome::Accepted).count()));
        }
        self.still = still;
    }

    /// Every fact alone; then those sets that one fact more makes of the sets before, beginning with what left the
    /// fewest engines rejecting, as many as may be asked about.
    fn promising(&mut self, size: usize) -> Vec<Vec<usize>> {
        let mut before = match size {
            1 => vec![(Vec::new(), 0)],
            _ => std::mem::take(&mut self.still),
        };
        before.sort_by_key(|(set, left)| (*left, set.iter().sum::<usize>()));
        let (mut seen, mut sets) = (BTreeSet::new(), Vec::new());
        for (part, left) in before {
            for set in (0..self.facts.len()).filter_map(|at| with(&part, at)) {
                if sets.len() <= MAX_MODELS && seen.insert(set.clone()) {
                    sets.push((left, set));
                }
            }
        }
        sets.sort_by_key(|(left, set)| (*left, set.iter().sum::<usize>()));
        sets.into_iter().map(|(_, set)| set).collect()
    }

    fn changed(&self, set: &[usize]) -> Option<Model<'_>> {
        let mut model = self.model.clone();
        for fact in set.iter().filter_map(|at| self.facts.get(*at)) {
            model = edit::without(&model, fact)?;
        }
        Some(model)
    }

    /// What leads somewhere for someone cannot be a dead end, so taking a certificate away must let everybody accept.
    fn explains(&self, set: &[usize], accepts: bool) -> bool {
        let is_gone = |at: &usize| self.facts.get(*at).is_some_and(|fact| fact.takes_away().is_some());
        accepts || !set.iter().any(is_gone)
    }

    /// Better than what lets everybody reject is what lets everybody accept; then the preferred facts count.
    fn explanation(mut self) -> Explanation {
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|(set, accepts)| {
            (!self.is_preferred(set), !accepts, self.tells_of_what_is_gone(set), set.clone())
        });
        let size = found.first().map(|(set, _)| set.len());
        found.retain(|(set, _)| Some(set.len()) == size);
        let facts = &self.facts;
        let of = |set: &[usize]| -> Vec<Fact> { set.iter().filter_map(|at| facts.get(*at).cloned()).collect() };
        let mut sets = found.iter();
        let best = sets.next();
        Explanation {
            facts: best.map(|(set, accepts)| of(&self.weightiest_first(set, *accepts))).unwrap_or_default(),
            then_accepts: best.map(|(_, accepts)| *accepts),
            alternatives: sets.take(MAX_ALTERNATIVES).map(|(set, _)| of(set)).collect(),
            complete: self.complete,
        }
    }

    /// A fact is about a certificate that another fact of the set takes away.
    fn tells_of_what_is_gone(&self, set: &[usize]) -> bool {
        let facts = || set.iter().filter_map(|at| self.facts.get(*at));
        facts().any(|gone| {
            let is_about = |fact: &Fact| gone.takes_away().is_some_and(|id| fact.certificates.contains(&id));
            facts().any(|fact| fact != gone && is_about(fact))
        })
    }

    /// The facts of a set, beginning with what is in the way, then the one for which the most engines differ while the
    /// others are undone.
    fn weightiest_first(&self, set: &[usize], accepts: bool) -> Vec<usize> {
        let wanted = if accepts { Outcome::Accepted } else { Outcome::Rejected };
        let weight = |fact: &usize| {
            let others: Vec<usize> = set.iter().copied().filter(|other| other != fact).collect();
            let answers = self.changed(&others).map(|model| model.ask(&self.programs)).unwrap_or_default();
            answers.iter().filter(|answer| **answer != wanted).count()
        };
        let mut facts = set.to_vec();
        if facts.len() > 1 {
            facts.sort_by_cached_key(|fact| (!self.in_the_way.contains(fact), Reverse(weight(fact))));
        }
        facts
    }
}

/// Whether all accept; `None` where they differ, or one stopped.
fn unanimous(answers: &[Outcome]) -> Option<bool> {
    let first = answers.first().filter(|first| **first != Outcome::Stopped)?;
    answers.iter().all(|answer| answer == first).then_some(*first == Outcome::Accepted)
}

/// The set with one more, in order; `None` if it is in there.
fn with(set: &[usize], at: usize) -> Option<Vec<usize>> {
    let mut longer: Vec<usize> = set.iter().copied().filter(|other| *other < at).collect();
    longer.push(at);
    longer.extend(set.iter().filter(|other| at < **other));
    (!set.contains(&at)).then_some(longer)
}
