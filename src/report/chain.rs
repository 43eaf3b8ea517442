//! What is computed for the chain that somebody looks at, and is no part of the report: what becomes of it over time, and
//! what divides the engines on it.

use super::convert::ids;
use crate::acceptance::{self, Question};
use crate::analysis;
use crate::certificate::CertId;
use crate::choices::Choices;
use crate::dividing;
use crate::graph::Graph;
use crate::inventory::Inventory;
use crate::role::{self, Cast};
use crate::time::Timestamp;
use crate::timeline;
use crate::verifier::{Engine, Query};

/// The verdicts on one chain over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Indices in [`super::Report::certificates`] of those whose validity can matter, the leaf first.
    pub certificates: Vec<usize>,
    /// One per engine, in the order of the report.
    pub histories: Vec<VerdictHistory>,
}

/// One engine's verdict over time.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictHistory {
    /// Name of the engine.
    pub engine: &'static str,
    /// The verdict before the first change.
    pub accepts_first: bool,
    /// Where it changes, in order of time.
    pub changes: Vec<Change>,
}

/// A verdict changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The first instant of the new verdict.
    pub at: Timestamp,
    /// The new verdict.
    pub accepts: bool,
    /// The certificates whose validity begins or ends there.
    pub certificates: Vec<usize>,
}

/// Why engines differ on a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The smallest set of facts found without which they would not differ; empty if there is none.
    pub facts: Vec<Fact>,
    /// What all engines would say without them; `None` if `facts` is empty.
    pub then_accepts: Option<bool>,
    /// Other sets of the same size.
    pub alternatives: Vec<Vec<Fact>>,
}

/// A fact that divides engines.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Stable, for example `anchor-not-self-signed`.
    pub code: &'static str,
    /// In a sentence.
    pub sentence: String,
    /// The certificates concerned.
    pub certificates: Vec<usize>,
}

/// The chains of one report, to look at more closely.
pub struct ChainDetails<'a> {
    graph: &'a Graph,
    choices: &'a Choices,
    cast: Cast,
    questions: Vec<Question>,
}

/// A chain is a number: its place among those that [`super::Report::engines`] is about. `None` if there is no such chain.
impl<'a> ChainDetails<'a> {
    /// Of what was given, the finished graph and the user's choices.
    pub fn new(inventory: &Inventory, graph: &'a Graph, choices: &'a Choices) -> ChainDetails<'a> {
        let cast = role::assign(inventory, graph, &choices.roles);
        let questions = acceptance::questions(graph, &cast, choices);
        ChainDetails { graph, choices, cast, questions }
    }

    /// What divides the engines on a chain.
    pub fn explanation(&self, chain: usize) -> Option<Explanation> {
        let division = dividing::divide(self.graph, Engine::ALL, &self.query(chain)?);
        let names = analysis::names(self.graph);
        let name = |id: CertId| names.get(id.0).cloned().unwrap_or_default();
        let fact = |from: &dividing::Fact| Fact {
            code: from.kind.code(),
            sentence: from.sentence(&name),
            certificates: ids(&from.certificates),
        };
        let facts = |from: &Vec<dividing::Fact>| from.iter().map(fact).collect();
        Some(Explanation {
            facts: facts(&division.facts),
            then_accepts: division.then_accepts,
            alternatives: division.alternatives.iter().map(facts).collect(),
        })
    }

    /// The certificates whose validity can matter to a chain. The histories are for [`ChainDetails::history`] to find.
    pub fn timeline(&self, chain: usize) -> Option<Timeline> {
        let certificates = ids(&timeline::concerned(self.graph, &self.query(chain)?));
        Some(Timeline { certificates, histories: Vec::new() })
    }

    /// What `engine` says of a chain over time. The `at` of the choices does not count.
    pub fn history(&self, chain: usize, engine: Engine) -> Option<VerdictHistory> {
        let course = timeline::course(self.graph, engine, &self.query(chain)?);
        Some(VerdictHistory { engine: engine.name(), accepts_first: course.accepts_first, changes: changes(&course) })
    }

    fn query(&self, chain: usize) -> Option<Query<'_>> {
        Some(self.questions.get(chain)?.query(&self.cast, self.choices))
    }
}

fn changes(course: &timeline::Course) -> Vec<Change> {
    let change =
        |from: &timeline::Flip| Change { at: from.at, accepts: from.accepts, certificates: ids(&from.because) };
    course.flips.iter().map(change).collect()
}
