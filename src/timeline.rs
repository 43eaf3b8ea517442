//! When a verdict changes: every verdict is a function of time, and constant between the bounds of the validities that
//! it looks at.

use std::collections::BTreeSet;

use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;
use crate::time::Timestamp;
use crate::verifier::{Engine, Query, Readings};

/// Most instants that one question is asked at. Our own number: a path of ten certificates has at most 50, and what
/// lies beyond is one CA renewed dozens of times.
pub const MAX_INSTANTS: usize = 400;

/// What the answers of one history may cost together ([`Verdict::cost`](crate::verifier::Verdict::cost)). Our own number:
/// what takes about 200 ms.
pub const MAX_COST: usize = 1_000_000;

/// One verdict over all time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictHistory {
    /// The verdict before the first change.
    pub accepts_first: bool,
    /// Where it changes, in order of time.
    pub changes: Vec<Change>,
    /// False if [`MAX_INSTANTS`] or [`MAX_COST`] left instants out.
    pub complete: bool,
}

/// A verdict changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first instant, in whole seconds, of the new verdict.
    pub at: Timestamp,
    /// The new verdict.
    pub accepts: bool,
    /// The certificates whose validity begins or ends there.
    pub certificates: Vec<CertId>,
}

impl VerdictHistory {
    /// The first change after `from`.
    pub fn next_after(&self, from: Timestamp) -> Option<&Change> {
        self.changes.iter().find(|change| from < change.at)
    }

    /// The first change to a rejection after `from`.
    pub fn next_loss(&self, from: Timestamp) -> Option<&Change> {
        self.changes.iter().find(|change| from < change.at && !change.accepts)
    }

    /// The verdict at an instant.
    pub fn accepts_at(&self, at: Timestamp) -> bool {
        let last = self.changes.iter().take_while(|change| change.at <= at).last();
        last.map_or(self.accepts_first, |change| change.accepts)
    }
}

/// Asks `engine` at every instant that may matter; the `at` of `query` does not count.
pub fn history(readings: &Readings<'_>, engine: Engine, query: &Query<'_>) -> VerdictHistory {
    let graph = readings.graph();
    let reachable = reachable_issuers(graph, query);
    let bounds = Bounds { seconds_early: engine.seconds_early() };
    let mut instants = bounds.instants(graph, &reachable);
    let is_whole = instants.len() <= MAX_INSTANTS;
    instants.truncate(MAX_INSTANTS);
    let mut left = MAX_COST;
    let mut accepts = |at: Timestamp| accepting(readings, &[engine], &Query { at, ..query.clone() }, &mut left);
    let before_all = instants.first().map_or(query.at, |first| Timestamp(first.0 - 1));
    let accepts_first = accepts(before_all).is_ok_and(|accepting| !accepting.is_empty());
    let mut history = VerdictHistory { accepts_first, changes: Vec::new(), complete: is_whole };
    for at in instants {
        let Ok(accepting) = accepts(at) else {
            history.complete = false;
            break;
        };
        let accepts = !accepting.is_empty();
        if accepts != history.changes.last().map_or(accepts_first, |change| change.accepts) {
            history.changes.push(Change { at, accepts, certificates: bounds.of(graph, &reachable, at) });
        }
    }
    history
}

/// A search would cost more than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooDear;

/// The first instant after that of `query`, up to `until`, at which one of `engines` (those that accept at the former)
/// rejects, with all that reject then or a second later.
///
/// # Errors
///
/// [`TooDear`] once the answers cost more than what is `left`, from which they are taken.
pub fn next_loss(
    readings: &Readings<'_>,
    engines: &[Engine],
    query: &Query<'_>,
    until: Option<Timestamp>,
    left: &mut usize,
) -> Result<Option<(Change, Vec<Engine>)>, TooDear> {
    if engines.is_empty() {
        return Ok(None);
    }
    let graph = readings.graph();
    let reachable = reachable_issuers(graph, query);
    let bounds = Bounds { seconds_early: engines.iter().map(|it| it.seconds_early()).max().unwrap_or_default() };
    let instants = bounds.instants(graph, &reachable);
    let ahead = |at: &Timestamp| query.at < *at && until.is_none_or(|until| *at <= until);
    for at in instants.into_iter().filter(ahead).take(MAX_INSTANTS) {
        let still = accepting(readings, engines, &Query { at, ..query.clone() }, left)?;
        if still.len() == engines.len() {
            continue;
        }
        // Whether the last second belongs to a validity is no difference that matters here.
        let later = Timestamp(at.0 + 1);
        let then = accepting(readings, &still, &Query { at: later, ..query.clone() }, left)?;
        let lost = engines.iter().copied().filter(|engine| !then.contains(engine)).collect();
        return Ok(Some((Change { at, accepts: false, certificates: bounds.of(graph, &reachable, at) }, lost)));
    }
    Ok(None)
}

/// Those of `engines` that accept; `left` is what their answers may cost.
fn accepting(
    readings: &Readings<'_>,
    engines: &[Engine],
    query: &Query<'_>,
    left: &mut usize,
) -> Result<Vec<Engine>, TooDear> {
    let mut accepting = Vec::new();
    for &engine in engines {
        let verdict = engine.ask(readings, query);
        *left = left.checked_sub(verdict.cost).ok_or(TooDear)?;
        if verdict.accepts() {
            accepting.push(engine);
        }
    }
    Ok(accepting)
}

/// The leaf and everything that may stand above it: no other certificate's validity can decide.
pub fn reachable_issuers(graph: &Graph, query: &Query<'_>) -> Vec<CertId> {
    let given: BTreeSet<CertId> = query.trusted.iter().chain(query.presented).copied().collect();
    let (mut found, mut seen) = (vec![query.leaf], BTreeSet::from([query.leaf]));
    let mut next = 0;
    while let Some(&subject) = found.get(next) {
        let issuers = graph.issuers_of(subject).iter().map(|edge| edge.issuer);
        found.extend(issuers.filter(|issuer| given.contains(issuer) && seen.insert(*issuer)));
        next += 1;
    }
    found
}

/// Where a verdict can change by the validity of a certificate.
#[derive(Clone, Copy)]
struct Bounds {
    /// Of the engine in question, or the largest of several; see [`Engine::seconds_early`].
    seconds_early: i64,
}

impl Bounds {
    /// RFC 5280, 4.1.2.5 includes both bounds; some programs leave one out, so the bound itself and the second after it
    /// both count; and one program is early.
    fn around(self, certificate: &Certificate) -> [Timestamp; 5] {
        let (from, until) = (certificate.not_before.0, certificate.not_after.0);
        [from - self.seconds_early, from, from + 1, until, until + 1].map(Timestamp)
    }

    /// The instants at which the verdicts on paths of these certificates can change, each once, in order.
    fn instants(self, graph: &Graph, certificates: &[CertId]) -> Vec<Timestamp> {
        let certificates = certificates.iter().filter_map(|&id| graph.certificate(id));
        let mut instants: Vec<Timestamp> = certificates.flat_map(|certificate| self.around(certificate)).collect();
        instants.sort();
        instants.dedup();
        instants
    }

    /// The certificates by whose validity a verdict can change at an instant.
    fn of(self, graph: &Graph, certificates: &[CertId], at: Timestamp) -> Vec<CertId> {
        let is_bound = |id: &CertId| graph.certificate(*id).is_some_and(|it| self.around(it).contains(&at));
        certificates.iter().copied().filter(is_bound).collect()
    }
}
