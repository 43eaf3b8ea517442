//! Root pools by four rules, one file each; every anchor remembers the step that admitted it.
//!
//! A rule is a pure function of bundle, peer chain and time. All of them follow Go's path rules with any extended
//! key usage, because the router does (`openziti.md`, section 1.2).

mod all_chains;
mod client;
mod correct;
mod first_chain;
mod openziti_naive;
mod root_ca;

use crate::certificate::CertId;
use crate::collection::Gather as _;
use crate::role::Chain;
use crate::time::Timestamp;
use crate::verifier::go::Context;
use crate::verifier::{Purpose, Query, Verdict};

pub use client::{ClientVerdict, judge};
pub use root_ca::{NotRoot, root_ca};

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

/// A certificate in a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Which.
    pub certificate: CertId,
    /// What put it there first.
    pub admitted_by: Step,
}

/// The step that put an anchor into a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The peer presented it and it is a root CA.
    PresentedByPeer,
    /// It is the last certificate of this chain.
    EndOfChain {
        /// Leaf first, anchor last.
        chain: Vec<CertId>,
        /// 0-based index among the chains found.
        index: usize,
        /// How many chains were found.
        of: usize,
    },
}

/// A pool of roots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootPool {
    /// The rule that made it.
    pub rule: Rule,
    /// In the order in which they were admitted, each once.
    pub anchors: Vec<Anchor>,
    /// The search that the rule made from the peer's leaf.
    pub search: Verdict,
}

impl RootPool {
    /// The anchors' certificates, in the order admitted.
    pub fn certificates(&self) -> Vec<CertId> {
        self.anchors.iter().map(|anchor| anchor.certificate).gather()
    }

    fn new(rule: Rule, search: Verdict) -> RootPool {
        RootPool { rule, anchors: Vec::new(), search }
    }

    fn admit(&mut self, certificate: CertId, admitted_by: Step) {
        if self.anchors.iter().all(|anchor| anchor.certificate != certificate) {
            self.anchors.push(Anchor { certificate, admitted_by });
        }
    }

    /// Admits the ends of the first `limit` chains of the search.
    fn admit_ends_of_chains(&mut self, limit: usize) {
        let chains = self.search.chains.clone();
        for (index, chain) in chains.iter().enumerate().take(limit) {
            if let Some(&anchor) = chain.last() {
                self.admit(anchor, Step::EndOfChain { chain: chain.clone(), index, of: chains.len() });
            }
        }
    }
}

/// Makes the pool of `rule` from the bundle (in order) and the peer's chain; `go` has read the graph.
pub fn compute(go: &Context<'_>, rule: Rule, bundle: &[CertId], peer: &Chain, at: Timestamp) -> RootPool {
    match rule {
        Rule::OpenzitiNaive => openziti_naive::pool(go, bundle, peer, at),
        Rule::FirstChain => first_chain::pool(go, bundle, peer, at),
        Rule::AllChains => all_chains::pool(go, bundle, peer, at),
        Rule::Correct => correct::pool(go, bundle, peer, at),
    }
}

/// Go's `Verify` with any extended key usage and no host name, as every rule asks it.
fn search(go: &Context<'_>, leaf: CertId, roots: &[CertId], intermediates: &[CertId], at: Timestamp) -> Verdict {
    let query = Query {
        trusted: roots,
        presented: intermediates,
        leaf,
        at,
        purpose: Purpose::Any,
        host: None,
        ignore_leaf_validity: false,
    };
    go.verify(&query)
}
