//! What to change: edits of the chain and of the trust store, found by trying, smallest first, and proven by asking the
//! verifiers again.

use std::collections::BTreeMap;

use super::cause::{Cause, Evidence, Judged};
use super::code::CauseCode;
use super::lead;
use crate::certificate::{CertId, Certificate};
use crate::collection;
use crate::disagreement;
use crate::store::StoreKind;
use crate::timeline;
use crate::verifier::{Outcome, Program, Query};

/// Most plans that are put to the verifiers. Our own number: each costs all of them about a millisecond.
const MAX_PLANS: usize = 60;

/// What the answers to the plans for one chain may cost together ([`Verdict::cost`](crate::verifier::Verdict::cost)). Our own
/// number: sixty plans for an ordinary chain cost a hundredth of it, and all of it takes about a tenth of a second.
const MAX_COST: usize = 100_000;

/// Most certificates of the trust store that are tried one by one. Our own number: as many CAs of one name.
const MAX_SUSPECTS: usize = 6;

/// One change to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The chain begins with this certificate.
    BeginWith(CertId),
    /// The chain is sent in issuing order.
    Sort,
    /// These are sent too.
    Send(Vec<CertId>),
    /// This one is no longer sent.
    SendNoLonger(CertId),
    /// This one is trusted too.
    Trust(CertId),
    /// This one is no longer trusted.
    TrustNoLonger(CertId),
    /// The second is trusted in the place of the first.
    TrustInstead(CertId, CertId),
}

impl Step {
    /// It changes the file of the trust store, and not that of the chain.
    pub(super) fn is_about_the_store(&self) -> bool {
        matches!(self, Step::Trust(_) | Step::TrustNoLonger(_) | Step::TrustInstead(..))
    }
}

/// A proven change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fix {
    /// What is changed, in order.
    pub(super) steps: Vec<Step>,
    /// The chain afterwards, leaf first.
    pub(super) chain: Vec<CertId>,
    /// The trust store afterwards.
    pub(super) trusted: Vec<CertId>,
    /// The verifiers that accept then.
    pub(super) accepting: Vec<Program>,
}

/// A chain and a trust store as they would be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Plan {
    steps: Vec<Step>,
    chain: Vec<CertId>,
    trusted: Vec<CertId>,
}

/// Looks for the smallest change under which every verifier accepts, or else the most do. No verifier that accepts today
/// may be lost.
///
/// `keeps_others` says of a changed trust store whether every other chain that is accepted today still is.
pub(super) fn find(
    chain: &Judged<'_, '_>,
    cause: &Cause,
    store: StoreKind,
    keeps_others: &dyn Fn(&[CertId]) -> bool,
) -> Option<Fix> {
    // What the server sends beside what is shown is not known, so nothing can be proven of it.
    if matches!(cause.code, CauseCode::Trusted | CauseCode::ChainNotShown) {
        return None;
    }
    let search = Search { chain, cause, store };
    let (mut best, mut left): (Option<Fix>, usize) = (None, MAX_COST);
    for plan in search.plans() {
        if left == 0 {
            break;
        }
        let Some(accepting) = search.improves(&plan, best.as_ref(), &mut left) else { continue };
        if plan.trusted != chain.query.trusted && !keeps_others(&plan.trusted) {
            continue;
        }
        let is_complete = accepting.len() == chain.decided().len();
        best = Some(Fix { steps: plan.steps, chain: plan.chain, trusted: plan.trusted, accepting });
        if is_complete {
            break;
        }
    }
    best
}

struct Search<'a, 'g> {
    chain: &'a Judged<'a, 'g>,
    cause: &'a Cause,
    store: StoreKind,
}

impl Search<'_, '_> {
    /// Changes of the chain, changes of the store, then one of each; [`MAX_PLANS`] at most, and none is made before it is tried.
    fn plans(&self) -> impl Iterator<Item = Plan> {
        let now = Plan {
            steps: Vec::new(),
            chain: [&[self.chain.query.leaf], self.chain.query.presented].concat(),
            trusted: self.chain.query.trusted.to_vec(),
        };
        let mut of_chain = self.chain_plans(&now);
        of_chain.truncate(MAX_PLANS);
        let of_store = std::iter::once(now).flat_map(|now| self.store_plans(&now));
        let of_both = of_chain.clone().into_iter().flat_map(|plan| self.store_plans(&plan));
        of_chain.into_iter().chain(of_store).chain(of_both).take(MAX_PLANS)
    }

    fn chain_plans(&self, now: &Plan) -> Vec<Plan> {
        let mut plans = Vec::new();
        if let Some(leaf) = disagreement::end_entity_behind(self.chain.graph, &self.chain.query) {
            let rest: Vec<CertId> = now.chain.iter().copied().filter(|id| *id != leaf).collect();
            let begun = now.with(
                Step::BeginWith(leaf),
                [&[leaf], self.chain.graph.issuing_order(leaf, &rest).as_slice()].concat(),
            );
            plans.extend(self.completed(&begun));
            plans.push(begun);
            return plans;
        }
        plans.extend(self.completed(now));
        let sorted = [
            &[self.chain.query.leaf],
            self.chain.graph.issuing_order(self.chain.query.leaf, self.chain.query.presented).as_slice(),
        ]
        .concat();
        if sorted != now.chain {
            plans.push(now.with(Step::Sort, sorted));
        }
        for &extra in self.chain.query.presented {
            let rest = now.chain.iter().copied().filter(|id| *id != extra).collect();
            plans.push(now.with(Step::SendNoLonger(extra), rest));
        }
        plans
    }

    /// With everything between the leaf and something trusted that is here and was not sent.
    fn completed(&self, now: &Plan) -> Option<Plan> {
        let &leaf = now.chain.first()?;
        let path = lead::shortest_path(self.chain.graph, leaf, &now.trusted).or_else(|| self.path_to_a_root(leaf))?;
        let between = path.get(1..path.len().checked_sub(1)?)?;
        let missing: Vec<CertId> = between.iter().copied().filter(|id| !now.chain.contains(id)).collect();
        if missing.is_empty() {
            return None;
        }
        let others = now.chain.iter().copied().filter(|id| *id != leaf && !between.contains(id));
        let chain =
            collection::distinct(&[leaf].into_iter().chain(between.iter().copied()).chain(others).collect::<Vec<_>>());
        let mut steps = now.steps.clone();
        steps.push(Step::Send(missing));
        Some(Plan { steps, chain, trusted: now.trusted.clone() })
    }

    /// The way to a root that is here and that nobody trusts.
    fn path_to_a_root(&self, leaf: CertId) -> Option<Vec<CertId>> {
        lead::shortest_path(self.chain.graph, leaf, &self.roots())
    }

    fn roots(&self) -> Vec<CertId> {
        let graph = self.chain.graph;
        let is_root = |id: &CertId| {
            graph.self_signed(*id) == Some(true) && graph.certificate(*id).is_some_and(Certificate::is_ca)
        };
        (0..graph.certificates.len()).map(CertId).filter(is_root).collect()
    }

    fn store_plans(&self, now: &Plan) -> Vec<Plan> {
        // The trusted CA is today's: what an older one issued is issued anew, and the store stays as it is.
        let is_stale_leaf = self.cause.code == CauseCode::StaleLeaf;
        let Some(&leaf) = now.chain.first().filter(|_| !is_stale_leaf) else { return Vec::new() };
        let mut plans = if self.store.has_given() { self.exchanges(leaf, now) } else { Vec::new() };
        for root in self.newcomers(leaf, now) {
            plans.push(now.trusting(Step::Trust(root), [now.trusted.as_slice(), &[root]].concat()));
        }
        plans
    }

    /// What can be taken out of a trust store that somebody gave: nobody edits the list of public roots.
    fn exchanges(&self, leaf: CertId, now: &Plan) -> Vec<Plan> {
        let mut plans = Vec::new();
        if let Evidence::Namesake { trusted, real: Some(real), .. } = self.cause.evidence {
            plans.push(now.exchanging(trusted, real));
        }
        let misplaced = self.cause.certificates.first().filter(|_| self.cause.code == CauseCode::WrongTrust);
        let root = self.path_to_a_root(leaf).and_then(|path| path.last().copied());
        plans.extend(misplaced.zip(root).map(|(&wrong, root)| now.exchanging(wrong, root)));
        plans.extend(self.renewals(leaf, now).into_iter().map(|(old, new)| now.exchanging(old, new)));
        for suspect in self.suspects(leaf, now) {
            let rest: Vec<CertId> = now.trusted.iter().copied().filter(|id| *id != suspect).collect();
            if !rest.is_empty() {
                plans.push(now.trusting(Step::TrustNoLonger(suspect), rest));
            }
        }
        plans
    }

    /// Trusted certificates where a path may meet them, each with the newer one of its name and key that is here and not
    /// trusted.
    fn renewals(&self, leaf: CertId, now: &Plan) -> Vec<(CertId, CertId)> {
        let graph = self.chain.graph;
        let ends = |id: CertId| graph.certificate(id).map(|it| it.not_after);
        let newer = |old: CertId| {
            let twins = (0..graph.certificates.len()).map(CertId).filter(|id| graph.ca_of(*id) == graph.ca_of(old));
            twins.filter(|id| ends(old) < ends(*id) && !now.trusted.contains(id)).max_by_key(|id| ends(*id))
        };
        let met = self.met(leaf, now).into_iter();
        met.filter_map(|old| Some((old, newer(old)?))).take(MAX_SUSPECTS).collect()
    }

    /// Trusted certificates that a path from the leaf may meet.
    fn met(&self, leaf: CertId, now: &Plan) -> Vec<CertId> {
        let query = Query { leaf, presented: &now.chain, trusted: &now.trusted, ..self.chain.query.clone() };
        let reach = timeline::reachable_issuers(self.chain.graph, &query);
        now.trusted.iter().copied().filter(|id| reach.contains(id)).collect()
    }

    /// Trusted certificates that share their name with another trusted one, where a path may meet them: the expired and
    /// the older ones first.
    fn suspects(&self, leaf: CertId, now: &Plan) -> Vec<CertId> {
        let graph = self.chain.graph;
        let name = |id: CertId| graph.certificate(id).map(|it| it.subject.canonical());
        let mut bearers = BTreeMap::new();
        for id in &now.trusted {
            *bearers.entry(name(*id)).or_insert(0) += 1;
        }
        let has_namesake = |id: &CertId| bearers.get(&name(*id)).is_some_and(|bearers| *bearers > 1);
        let mut suspects: Vec<CertId> = self.met(leaf, now).into_iter().filter(has_namesake).collect();
        suspects.sort_by_key(|id| graph.certificate(*id).map(|it| it.not_after));
        suspects.truncate(MAX_SUSPECTS);
        suspects
    }

    /// Certificates that are here, are not trusted and would do as an anchor: roots above the chain, or the leaf itself
    /// where it signed itself.
    fn newcomers(&self, leaf: CertId, now: &Plan) -> Vec<CertId> {
        let graph = self.chain.graph;
        let root = self.path_to_a_root(leaf).and_then(|path| path.last().copied());
        let itself = Some(leaf).filter(|id| graph.self_signed(*id) == Some(true));
        let newcomers = root.into_iter().chain(itself).filter(|id| !now.trusted.contains(id));
        newcomers.collect()
    }

    /// Those that accept the plan, if they are more than today and than with the best plan so far, and none is lost.
    /// What the answers cost is taken from what is `left`.
    fn improves(&self, plan: &Plan, best: Option<&Fix>, left: &mut usize) -> Option<Vec<Program>> {
        let (leaf, presented) = plan.chain.split_first()?;
        let query = Query { leaf: *leaf, presented, trusted: &plan.trusted, ..self.chain.query.clone() };
        let mut accepts = |program: &Program| {
            let verdict = program.ask(self.chain.readings, &query);
            *left = left.saturating_sub(verdict.cost);
            verdict.accepts()
        };
        let accepting: Vec<Program> = self.chain.decided().into_iter().filter(&mut accepts).collect();
        let today = self.chain.programs(Outcome::Accepted);
        let most = best.map_or(today.len(), |fix| fix.accepting.len());
        let is_another_leaf = *leaf != self.chain.query.leaf;
        let is_better = accepting.len() > most || is_another_leaf && best.is_none() && !accepting.is_empty();
        (is_better && (is_another_leaf || today.iter().all(|program| accepting.contains(program)))).then_some(accepting)
    }
}

impl Plan {
    fn with(&self, step: Step, chain: Vec<CertId>) -> Plan {
        Plan { steps: [self.steps.as_slice(), &[step]].concat(), chain, trusted: self.trusted.clone() }
    }

    fn exchanging(&self, old: CertId, new: CertId) -> Plan {
        let trusted: Vec<CertId> = self.trusted.iter().map(|id| if *id == old { new } else { *id }).collect();
        self.trusting(Step::TrustInstead(old, new), collection::distinct(&trusted))
    }

    fn trusting(&self, step: Step, trusted: Vec<CertId>) -> Plan {
        Plan { steps: [self.steps.as_slice(), &[step]].concat(), chain: self.chain.clone(), trusted }
    }
}
