//! Why engines differ on a chain: the smallest set of facts without which they would not.
//!
//! No table says which fact divides which engines. Every fact that occurs is undone in the model (`edit`), certificates
//! being rewritten in their DER (`rewrite`), and the engines are asked again: what makes all of them say the same
//! explains the difference (J. Y. Halpern, *Actual Causality*, calls it a but-for cause). One fact first, then two, up
//! to four.

mod authority;
mod edit;
mod fact;
mod key;
mod key_ids;
mod list;
mod model;
mod reading;
mod rewrite;
mod search;

pub use fact::{Fact, Flaw, Gap, Kind, Place, Reference, SerialFlaw, Usage};
pub use search::{MAX_ALTERNATIVES, MAX_FACTS, MAX_MODELS};

use std::borrow::Cow;

use crate::certificate::CertId;
use crate::graph::{Draft, Graph};
use crate::signature::Status;
use crate::timeline;
use crate::verifier::{Engine, Outcome, Program, Query, Readings};
use model::Model;

/// What divides engines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The smallest set found: once all of these are undone, every engine says the same. The fact that the most engines
    /// differ for comes first. Empty if the engines agree, or if none was found.
    pub facts: Vec<Fact>,
    /// What they then all say; `None` if `facts` is empty.
    pub then_accepts: Option<bool>,
    /// Other sets of the same size that explain it as well, best first, at most [`MAX_ALTERNATIVES`].
    pub alternatives: Vec<Vec<Fact>>,
    /// False if [`MAX_MODELS`] ended the search.
    pub complete: bool,
}

/// Finds out why engines differ on a question. An engine that stopped at its own budget says neither yes nor no, and is
/// left out.
pub fn explain(readings: &Readings<'_>, engines: &[Engine], query: &Query<'_>) -> Explanation {
    let programs: Vec<Program> = engines.iter().copied().map(Program::Engine).collect();
    Inquiry::new(readings, query, &programs).explain()
}

/// Behind a leaf that is a CA, the certificate that was perhaps meant: the first end entity. What names itself as its
/// issuer is no end entity but a root that does not say so.
pub fn end_entity_behind(graph: &Graph, query: &Query<'_>) -> Option<CertId> {
    edit::end_entity_behind(&Model::of(graph, query))
}

/// A question that is asked again with some of its facts undone, cut down to the certificates that can matter where
/// that changes no answer.
#[derive(Clone, Debug)]
pub struct Inquiry<'a> {
    /// Of `members`, in their order; the whole one where the answers of the part differ.
    graph: Cow<'a, Graph>,
    /// The ids that the certificates of `graph` have outside.
    members: Vec<CertId>,
    /// Those of `graph` that may stand in a path.
    reachable_issuers: Vec<CertId>,
    lists: Lists,
    leaf: CertId,
    query: Query<'a>,
    programs: &'a [Program],
    /// What the programs say as things are, in their order.
    answers: Vec<Outcome>,
}

impl<'a> Inquiry<'a> {
    /// Asks the programs once as things are.
    pub fn new<'g: 'a>(readings: &Readings<'g>, query: &Query<'a>, programs: &'a [Program]) -> Inquiry<'a> {
        let graph = readings.graph();
        let whole = Model::of(graph, query);
        let reachable_issuers = timeline::reachable_issuers(graph, query);
        let members = members(&whole, query, &reachable_issuers);
        let (part, lists) = (part_of(graph, &members), Lists::of(query, &members));
        let answers: Vec<Outcome> = programs.iter().map(|program| program.ask(readings, query).outcome).collect();
        let query = query.clone();
        // What is out of reach may still matter to a program: one refuses a store with a member that it cannot read.
        if Model::of(&part, &lists.query(&query)).ask(programs) == answers {
            let (graph, leaf) = (Cow::Owned(part), CertId(0));
            let reachable_issuers = (0..reachable_issuers.len()).map(CertId).collect();
            return Inquiry { graph, members, reachable_issuers, lists, leaf, query, programs, answers };
        }
        let members = (0..graph.certificates.len()).map(CertId).collect();
        let lists = Lists { trusted: query.trusted.to_vec(), presented: query.presented.to_vec() };
        let (graph, leaf) = (Cow::Borrowed(graph), query.leaf);
        Inquiry { graph, members, reachable_issuers, lists, leaf, query, programs, answers }
    }

    /// Finds out why the programs differ.
    pub fn explain(&self) -> Explanation {
        let query = self.query();
        let model = Model::of(&self.graph, &query);
        let mut explanation = search::run(&model, &self.reachable_issuers, self.programs, &self.answers);
        let facts = explanation.facts.iter_mut().chain(explanation.alternatives.iter_mut().flatten());
        facts.for_each(|fact| self.number_outside(fact));
        explanation
    }

    /// Every fact that could be otherwise, in order of preference, whether it divides the programs or not.
    pub fn facts(&self) -> Vec<Fact> {
        let query = self.query();
        let mut facts = list::list(&Model::of(&self.graph, &query), &self.reachable_issuers);
        facts.iter_mut().for_each(|fact| self.number_outside(fact));
        facts
    }

    /// What the programs, in their order, say without these facts, which are undone one after another; `None` where one
    /// of them cannot be undone.
    pub fn ask_without(&self, facts: &[Fact]) -> Option<Vec<Outcome>> {
        let query = self.query();
        let undo = |model, fact: &Fact| edit::without(&model, &self.inside(fact));
        let model = facts.iter().try_fold(Model::of(&self.graph, &query), undo)?;
        Some(model.ask(self.programs))
    }

    fn query(&self) -> Query<'_> {
        Query { leaf: self.leaf, ..self.lists.query(&self.query) }
    }

    /// A fact with the ids of `graph`.
    fn inside(&self, fact: &Fact) -> Fact {
        let place = |id: &CertId| self.members.iter().position(|member| member == id).map_or(*id, CertId);
        Fact { certificates: fact.certificates.iter().map(place).collect(), ..fact.clone() }
    }

    /// Gives a fact the ids that its certificates have outside.
    fn number_outside(&self, fact: &mut Fact) {
        for id in &mut fact.certificates {
            *id = self.members.get(id.0).copied().unwrap_or(*id);
        }
    }
}

/// Those that may stand in a path, first; then those in a path of the certificate that was perhaps meant instead.
fn members(model: &Model<'_>, query: &Query<'_>, reachable_issuers: &[CertId]) -> Vec<CertId> {
    let mut members = reachable_issuers.to_vec();
    if let Some(leaf) = edit::end_entity_behind(model) {
        let others = timeline::reachable_issuers(model.before, &Query { leaf, ..query.clone() });
        members.extend(others.into_iter().filter(|id| !reachable_issuers.contains(id)));
    }
    members
}

/// The graph of some of the certificates.
fn part_of(graph: &Graph, members: &[CertId]) -> Graph {
    let certificates = members.iter().filter_map(|id| graph.certificates.get(id.0).cloned()).collect();
    let original = |id: CertId| members.get(id.0).copied().unwrap_or(id);
    let status = |issuer, subject| {
        let edge = graph.edge(original(issuer), original(subject));
        edge.map_or(Status::Unchecked, |edge| edge.signature)
    };
    Draft::new(certificates).finish_as(&status)
}

/// The lists of a query as ids of a part.
#[derive(Clone, Debug)]
struct Lists {
    trusted: Vec<CertId>,
    presented: Vec<CertId>,
}

impl Lists {
    fn of(query: &Query<'_>, members: &[CertId]) -> Lists {
        let place = |id: &CertId| members.iter().position(|other| other == id).map(CertId);
        Lists {
            trusted: query.trusted.iter().filter_map(place).collect(),
            presented: query.presented.iter().filter_map(place).collect(),
        }
    }

    /// The leaf is the first member.
    fn query<'a>(&'a self, query: &Query<'_>) -> Query<'a> {
        Query {
            trusted: &self.trusted,
            presented: &self.presented,
            leaf: CertId(0),
            at: query.at,
            purpose: query.purpose,
            host: query.host.clone(),
        }
    }
}
