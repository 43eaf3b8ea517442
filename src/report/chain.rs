//! What is computed for the chain that somebody looks at, and is no part of the report: what becomes of it over time,
//! and why the engines disagree on it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::ids;
use crate::acceptance::Question;
use crate::certificate::CertId;
use crate::choices::Choices;
use crate::disagreement;
use crate::graph::Graph;
use crate::time::Timestamp;
use crate::timeline;
use crate::verifier::{Engine, Query, Readings};

/// The verdicts on one chain over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// Indices in [`super::Report::certificates`] of those whose validity can matter, the leaf first.
    pub certificates: Vec<usize>,
    /// One per engine, in the order of the report.
    pub histories: Vec<VerdictHistory>,
}

/// What one engine says of a chain over all time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerdictHistory {
    /// Name of the engine.
    pub engine: Cow<'static, str>,
    /// The verdict before the first change.
    pub accepts_first: bool,
    /// Where the verdict changes, in order of time.
    pub changes: Vec<Change>,
}

/// An instant at which a verdict turns into the opposite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The first instant of the new verdict.
    pub at: Timestamp,
    /// The new verdict.
    pub accepts: bool,
    /// The certificates whose validity begins or ends there.
    pub certificates: Vec<usize>,
}

/// Why engines disagree on a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The smallest set of facts found without which they would agree; empty if there is none.
    pub facts: Vec<Fact>,
    /// What all engines would say without them; `None` if `facts` is empty.
    pub then_accepts: Option<bool>,
    /// Other sets of the same size.
    pub alternatives: Vec<Vec<Fact>>,
}

/// A fact on which engines disagree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Stable, for example `anchor-not-self-signed`.
    pub code: Cow<'static, str>,
    /// The fact with the certificates' names, in a sentence.
    pub sentence: String,
    /// The certificates concerned.
    pub certificates: Vec<usize>,
}

/// The chains of one report, to look at each more closely.
///
/// It holds what [`crate::inspect::inspect`] had found out by then and no certificate, so whoever shows the report
/// keeps it beside that and brings the graph along: the one that the report was made of. A chain is a number: its place
/// among those that [`super::Report::engines`] is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainDetails {
    /// By certificate: what sentences call it.
    names: Vec<String>,
    trusted: Vec<CertId>,
    questions: Vec<Question>,
    choices: Choices,
}

impl ChainDetails {
    pub(crate) fn new(
        names: Vec<String>,
        trusted: Vec<CertId>,
        questions: Vec<Question>,
        choices: &Choices,
    ) -> ChainDetails {
        ChainDetails { names, trusted, questions, choices: choices.clone() }
    }

    /// Why `engines` disagree on a chain; `None` if there is no such chain.
    pub fn explanation(&self, readings: &Readings<'_>, engines: &[Engine], chain: usize) -> Option<Explanation> {
        let found = disagreement::explain(readings, engines, &self.query(chain)?);
        let facts = |from: &Vec<disagreement::Fact>| from.iter().map(|fact| self.fact(fact)).collect();
        Some(Explanation {
            facts: facts(&found.facts),
            then_accepts: found.then_accepts,
            alternatives: found.alternatives.iter().map(facts).collect(),
        })
    }

    /// The certificates whose validity can matter to a chain; `None` if there is no such chain. The histories are for
    /// [`ChainDetails::history`] to find, engine by engine, because each of them takes its time.
    pub fn timeline(&self, graph: &Graph, chain: usize) -> Option<Timeline> {
        let certificates = ids(&timeline::reachable_issuers(graph, &self.query(chain)?));
        Some(Timeline { certificates, histories: Vec::new() })
    }

    /// What `engine` says of a chain over time, whatever instant the report is about; `None` if there is no such chain.
    pub fn history(&self, readings: &Readings<'_>, engine: Engine, chain: usize) -> Option<VerdictHistory> {
        let history = timeline::history(readings, engine, &self.query(chain)?);
        let changes = history.changes.iter().map(change).collect();
        Some(VerdictHistory { engine: engine.name().into(), accepts_first: history.accepts_first, changes })
    }

    fn query(&self, chain: usize) -> Option<Query<'_>> {
        Some(self.questions.get(chain)?.query(&self.trusted, &self.choices))
    }

    fn fact(&self, from: &disagreement::Fact) -> Fact {
        let name = |id: CertId| self.names.get(id.0).cloned().unwrap_or_default();
        Fact { code: from.kind.code().into(), sentence: from.sentence(&name), certificates: ids(&from.certificates) }
    }
}

impl VerdictHistory {
    /// The first change after an instant.
    pub fn next_change(&self, after: Timestamp) -> Option<&Change> {
        self.changes.iter().find(|change| after < change.at)
    }

    /// The verdict at an instant; before everything for `None`.
    pub fn accepts_at(&self, at: Option<Timestamp>) -> bool {
        let last = self.changes.iter().take_while(|change| Some(change.at) <= at).last();
        last.map_or(self.accepts_first, |change| change.accepts)
    }
}

fn change(from: &timeline::Change) -> Change {
    Change { at: from.at, accepts: from.accepts, certificates: ids(&from.certificates) }
}
