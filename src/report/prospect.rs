//! What becomes of one chain over time. No part of the report: it does not depend on the instant at which that is made,
//! and is computed for the chain that somebody looks at.

use super::convert::ids;
use crate::acceptance;
use crate::choices::Choices;
use crate::collection::Gather as _;
use crate::graph::Graph;
use crate::inventory::Inventory;
use crate::role;
use crate::timeline;
use crate::verifier::Engine;

/// The verdicts on one chain over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Indices in [`super::Report::certificates`] of those whose validity can matter, the leaf first.
    pub certificates: Vec<usize>,
    /// One per engine, in the order of the report.
    pub courses: Vec<Course>,
}

/// One engine's verdict over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Name of the engine.
    pub engine: &'static str,
    /// The verdict before the first flip.
    pub accepts_first: bool,
    /// Where it changes, in order of time.
    pub flips: Vec<Flip>,
}

/// A verdict changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The first instant of the new verdict, RFC 3339.
    pub at: String,
    /// The new verdict.
    pub accepts: bool,
    /// The certificates whose validity begins or ends there.
    pub certificates: Vec<usize>,
}

/// The verdicts over time on chain number `chain` of those that [`super::Report::engines`] is about; `None` if there is no
/// such chain. The `at` of `choices` does not count.
pub fn timeline(inventory: &Inventory, graph: &Graph, choices: &Choices, chain: usize) -> Option<Timeline> {
    let cast = role::assign(inventory, graph, &choices.roles);
    let questions = acceptance::questions(graph, &cast, choices);
    let query = questions.get(chain)?.query(&cast, choices);
    let course = |engine: &Engine| {
        let course = timeline::course(graph, *engine, &query);
        Course { engine: engine.name(), accepts_first: course.accepts_first, flips: flips(&course) }
    };
    let certificates = ids(&timeline::concerned(graph, &query));
    Some(Timeline { certificates, courses: Engine::ALL.iter().map(course).gather() })
}

fn flips(course: &timeline::Course) -> Vec<Flip> {
    let flip = |from: &timeline::Flip| Flip {
        at: from.at.to_string(),
        accepts: from.accepts,
        certificates: ids(&from.because),
    };
    course.flips.iter().map(flip).gather()
}
