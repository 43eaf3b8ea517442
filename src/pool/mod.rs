//! Root pools by four rules, one file each; every anchor remembers the step that admitted it.

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::role::Chain;
use crate::time::Timestamp;
use crate::verifier::Verdict;

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

    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Rule::OpenzitiNaive => "openziti-naive",
            Rule::FirstChain => "first-chain",
            Rule::AllChains => "all-chains",
            Rule::Correct => "correct",
        }
    }
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

/// What a pool says of one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientVerdict {
    /// Router up to v2.0.0-pre12: the leaf alone.
    pub leaf_only: Verdict,
    /// Later routers: with the client's intermediates (for [`Rule::Correct`] also the bundle's).
    pub with_intermediates: Verdict,
}

/// Makes the pool of `rule` from the bundle and the peer's chain.
pub fn compute(_graph: &Graph, _rule: Rule, _bundle: &[CertId], _peer: &Chain, _at: Timestamp) -> Option<RootPool> {
    None
}

/// A root CA exactly as `identity.IsRootCa` decides it (`openziti.md`, section 2).
pub fn is_root_ca(_graph: &Graph, _id: CertId) -> bool {
    false
}
