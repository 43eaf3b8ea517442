//! Root pools by four rules, one file each; every anchor remembers the step that admitted it.
//!
//! A rule is a pure function of bundle, peer chain and time. All of them follow Go's path rules with any extended
//! key usage, because the router does (`docs/background/openziti.md`, section 1.2).

mod all_chains;
mod client;
mod correct;
mod first_chain;
mod gate;
mod openziti_naive;
mod root_ca;
mod words;

use crate::certificate::CertId;
use crate::role::Chain;
use crate::time::Timestamp;
use crate::verifier::go::Context;
use crate::verifier::{Purpose, Query, Verdict};

pub use client::{ClientVerdict, client_verdicts};
pub use gate::{Gate, GateVerdicts, NaiveResult, check_gate};
pub use root_ca::{NotRoot, RootCas};

/// How a pool of roots is made from a bundle and a sampled peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// What the OpenZiti router did: the peer's own root CAs, and the last certificate of every chain found from the
    /// peer's leaf with the whole bundle as roots and no intermediates.
    OpenzitiNaive,
    /// The last certificate of the first chain; the whole bundle as roots, the peer's certificates as intermediates.
    FirstChain,
    /// The last certificate of every chain, otherwise as [`Rule::FirstChain`].
    AllChains,
    /// The last certificate of every chain where only the bundle's root CAs are anchors.
    Correct,
}

impl Rule {
    /// In the order in which they are reported.
    pub const ALL: [Rule; 4] = [Rule::OpenzitiNaive, Rule::FirstChain, Rule::AllChains, Rule::Correct];
}

/// What the rules start from, whichever peer is sampled.
#[derive(Clone, Copy, Debug)]
pub struct PoolInputs<'a, 'g> {
    /// The graph as Go reads it.
    pub go: &'a Context<'g>,
    /// Which of its certificates are root CAs.
    pub root_cas: &'a RootCas,
    /// The bundle, in order.
    pub bundle: &'a [CertId],
    /// What the controllers publish, in order; where nobody says what that is, the bundle stands in for it.
    pub published: &'a [CertId],
    /// The instant at which everything is judged.
    pub at: Timestamp,
}

/// The step that put an anchor into a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The peer presented it and it is a root CA.
    PresentedByPeer,
    /// It is the last certificate of the chain with this 0-based index in [`RootPool::search`].
    EndOfChain(usize),
}

/// A pool of roots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootPool {
    /// The rule that made it.
    pub rule: Rule,
    /// Its certificates in the order in which they were admitted, each once.
    pub anchors: Vec<CertId>,
    /// For each anchor what put it there first.
    pub steps: Vec<Step>,
    /// The search that the rule made from the peer's leaf.
    pub search: Verdict,
}

impl RootPool {
    fn new(rule: Rule, search: Verdict) -> RootPool {
        RootPool { rule, anchors: Vec::new(), steps: Vec::new(), search }
    }

    fn admit(&mut self, anchor: CertId, step: Step) {
        if !self.anchors.contains(&anchor) {
            self.anchors.push(anchor);
            self.steps.push(step);
        }
    }

    /// Admits the ends of the first `limit` chains of the search.
    fn admit_ends_of_chains(&mut self, limit: usize) {
        for index in 0..self.search.chains.len().min(limit) {
            if let Some(&anchor) = self.search.chains.get(index).and_then(|chain| chain.last()) {
                self.admit(anchor, Step::EndOfChain(index));
            }
        }
    }
}

/// Makes the pool of `rule` from the bundle and the peer's chain.
pub fn compute(inputs: &PoolInputs<'_, '_>, rule: Rule, peer: &Chain) -> RootPool {
    match rule {
        Rule::OpenzitiNaive => openziti_naive::pool(inputs, peer),
        Rule::FirstChain => first_chain::pool(inputs, peer),
        Rule::AllChains => all_chains::pool(inputs, peer),
        Rule::Correct => correct::pool(inputs, peer),
    }
}

/// Go's `Verify` as every rule asks it of a peer.
fn search(inputs: &PoolInputs<'_, '_>, leaf: CertId, roots: &[CertId], intermediates: &[CertId]) -> Verdict {
    inputs.go.verify(&query(inputs, leaf, roots, intermediates))
}

/// Go's `Verify` as the router asks it of a client: the leaf's own validity does not count.
fn verify_client(inputs: &PoolInputs<'_, '_>, leaf: CertId, roots: &[CertId], intermediates: &[CertId]) -> Verdict {
    inputs.go.verify_but_for_leaf_validity(&query(inputs, leaf, roots, intermediates))
}

/// Any extended key usage, no host name.
fn query<'a>(inputs: &PoolInputs<'_, '_>, leaf: CertId, roots: &'a [CertId], intermediates: &'a [CertId]) -> Query<'a> {
    Query { trusted: roots, presented: intermediates, leaf, at: inputs.at, purpose: Purpose::Any, host: None }
}
