//! Certificate policies: RFC 5280, 6.1, with the directed graph of RFC 9618 in place of the policy tree, for a caller
//! that accepts any policy and sets none of the initial flags. It can refuse use a chain only where some CA requires an
//! explicit policy, or maps from or to anyPolicy.

use std::collections::{BTreeMap, BTreeSet};

use super::parse::{Parsed, PolicyMapping};
use crate::oid;

const ANY_POLICY: &[u8] = oid::ANY_POLICY.as_bytes();

/// Whether the chain (leaf first, anchor last) passes. The anchor's own extensions are not looked at.
pub(super) fn chain_is_valid(chain: &[&Parsed<'_>]) -> bool {
    let Some((_, below_anchor)) = chain.split_last() else { return true };
    let Some((leaf, intermediates)) = below_anchor.split_first() else { return true };
    let mut state = State::new(below_anchor.len());
    let from_anchor = intermediates.iter().rev();
    for certificate in from_anchor {
        if !state.process(certificate, true) || !state.prepare_for_next(certificate) {
            return false;
        }
    }
    state.process(leaf, false) && state.wrap_up(leaf)
}

/// The state variables of 6.1.2.
struct State<'a> {
    /// valid_policy_graph; `None` stands for NULL.
    graph: Option<Graph<'a>>,
    explicit_policy: u64,
    policy_mapping: u64,
    inhibit_any_policy: u64,
}

impl<'a> State<'a> {
    /// 6.1.2 for a path of `length` certificates below the anchor.
    fn new(length: usize) -> State<'a> {
        let later = u64::try_from(length).unwrap_or(u64::MAX).saturating_add(1);
        State { graph: Some(Graph::new()), explicit_policy: later, policy_mapping: later, inhibit_any_policy: later }
    }

    /// 6.1.3 (d) to (f).
    fn process(&mut self, certificate: &Parsed<'a>, is_intermediate: bool) -> bool {
        let policies = &certificate.extensions.policies;
        if policies.is_empty() {
            self.graph = None;
        }
        if let Some(graph) = &mut self.graph {
            let any_counts = self.inhibit_any_policy > 0 || (is_intermediate && self_issued(certificate));
            graph.descend(policies, any_counts);
        }
        self.explicit_policy > 0 || self.graph.is_some()
    }

    /// 6.1.4 (a), (b), (h), (i) and (j).
    fn prepare_for_next(&mut self, certificate: &Parsed<'a>) -> bool {
        let extensions = &certificate.extensions;
        if let Some(graph) = &mut self.graph
            && !graph.map(&extensions.policy_mappings, self.policy_mapping > 0)
        {
            return false;
        }
        let own = u64::from(!self_issued(certificate));
        for (counter, limit) in [
            (&mut self.explicit_policy, extensions.require_explicit_policy),
            (&mut self.policy_mapping, extensions.inhibit_policy_mapping),
            (&mut self.inhibit_any_policy, extensions.inhibit_any_policy),
        ] {
            *counter = counter.saturating_sub(own);
            *counter = limit.map_or(*counter, |limit| limit.min(*counter));
        }
        true
    }

    /// 6.1.5 (a), (b) and (g).
    fn wrap_up(&mut self, leaf: &Parsed<'_>) -> bool {
        self.explicit_policy = self.explicit_policy.saturating_sub(1);
        if leaf.extensions.require_explicit_policy == Some(0) {
            self.explicit_policy = 0;
        }
        self.explicit_policy > 0 || self.graph.as_ref().is_some_and(Graph::has_valid_policy)
    }
}

fn self_issued(certificate: &Parsed<'_>) -> bool {
    certificate.issuer == certificate.subject
}

/// The graph of RFC 9618, 3: a stratum for each certificate, in each at most one node a policy.
struct Graph<'a> {
    /// The anchor's stratum first; it holds anyPolicy alone.
    strata: Vec<Stratum<'a>>,
}

type Stratum<'a> = BTreeMap<&'a [u8], Node<'a>>;

/// A node; its key in the stratum is its valid policy.
struct Node<'a> {
    expected: Vec<&'a [u8]>,
    /// Valid policies of its parents, one stratum up.
    parents: BTreeSet<&'a [u8]>,
    /// Made by a mapping: its parent is the anyPolicy node of its own stratum, as Go hangs it.
    made_by_mapping: bool,
    /// How many nodes of the next stratum have it as parent.
    children: usize,
}

impl<'a> Node<'a> {
    fn new(policy: &'a [u8], parents: BTreeSet<&'a [u8]>) -> Node<'a> {
        Node { expected: vec![policy], parents, made_by_mapping: false, children: 0 }
    }
}

impl<'a> Graph<'a> {
    fn new() -> Graph<'a> {
        Graph { strata: vec![BTreeMap::from([(ANY_POLICY, Node::new(ANY_POLICY, BTreeSet::new()))])] }
    }

    /// 6.1.3 (d): a new stratum for a certificate with these policies; `any_counts` if its anyPolicy is heeded.
    fn descend(&mut self, policies: &[&'a [u8]], any_counts: bool) {
        let above = self.strata.last();
        let mut stratum = Stratum::new();
        for &policy in policies.iter().filter(|&&policy| policy != ANY_POLICY) {
            let mut parents = above.map(|above| parents_expecting(above, policy)).unwrap_or_default();
            if parents.is_empty() && above.is_some_and(|above| above.contains_key(ANY_POLICY)) {
                parents.insert(ANY_POLICY);
            }
            if !parents.is_empty() {
                stratum.insert(policy, Node::new(policy, parents));
            }
        }
        if any_counts && policies.contains(&ANY_POLICY) {
            let all_expected = above.into_iter().flat_map(BTreeMap::values).flat_map(|node| &node.expected);
            let missing: BTreeSet<&'a [u8]> =
                all_expected.copied().filter(|expected| !stratum.contains_key(expected)).collect();
            for policy in missing {
                let parents = above.map(|above| parents_expecting(above, policy)).unwrap_or_default();
                stratum.insert(policy, Node::new(policy, parents));
            }
        }
        self.push(stratum);
        self.prune();
    }

    fn push(&mut self, stratum: Stratum<'a>) {
        if let Some(above) = self.strata.last_mut() {
            for parent in stratum.values().flat_map(|node| &node.parents) {
                above.entry(parent).and_modify(|node| node.children += 1);
            }
        }
        self.strata.push(stratum);
    }

    /// 6.1.4 (a) and (b): false for a mapping from or to anyPolicy. Where mapping is inhibited, mapped policies fall.
    fn map(&mut self, mappings: &[PolicyMapping<'a>], allowed: bool) -> bool {
        if mappings.is_empty() {
            return true;
        }
        if allowed && mappings.iter().any(|&(issuer, subject)| issuer == ANY_POLICY || subject == ANY_POLICY) {
            return false;
        }
        if allowed {
            self.apply_mappings(mappings);
        } else {
            mappings.iter().for_each(|(issuer, _)| self.delete_leaf(issuer));
        }
        self.prune();
        true
    }

    fn apply_mappings(&mut self, mappings: &[PolicyMapping<'a>]) {
        let mut by_issuer: BTreeMap<&'a [u8], Vec<&'a [u8]>> = BTreeMap::new();
        for &(issuer, subject) in mappings {
            by_issuer.entry(issuer).or_default().push(subject);
        }
        let Some(leaves) = self.strata.last_mut() else { return };
        for (issuer, subjects) in by_issuer {
            if let Some(node) = leaves.get_mut(issuer) {
                node.expected = subjects;
            } else if leaves.contains_key(ANY_POLICY) {
                let mut node = Node::new(issuer, BTreeSet::from([ANY_POLICY]));
                (node.expected, node.made_by_mapping) = (subjects, true);
                leaves.insert(issuer, node);
            }
        }
    }

    fn delete_leaf(&mut self, policy: &[u8]) {
        let Some((leaves, above)) = self.strata.split_last_mut() else { return };
        if let (Some(node), Some(above)) = (leaves.remove(policy), above.last_mut()) {
            release_parents(&node, above);
        }
    }

    /// Deletes nodes without children, upwards; neither the newest stratum nor the anchor's.
    fn prune(&mut self) {
        let depth = self.strata.len();
        for index in (1..depth.saturating_sub(1)).rev() {
            let Some((upper, stratum)) = self.strata.split_at_mut_checked(index) else { return };
            let (Some(above), Some(stratum)) = (upper.last_mut(), stratum.first_mut()) else { return };
            stratum.retain(|_, node| {
                if node.children == 0 {
                    release_parents(node, above);
                }
                node.children > 0
            });
        }
    }

    /// 6.1.5 (g): a policy that the anchor's anyPolicy leads to, or anyPolicy all the way down.
    fn has_valid_policy(&self) -> bool {
        let granted =
            |(policy, node): (&&[u8], &Node<'_>)| *policy != ANY_POLICY && node.parents.iter().eq([&ANY_POLICY]);
        self.strata.iter().flatten().any(granted)
            || self.strata.last().is_some_and(|leaves| leaves.contains_key(ANY_POLICY))
    }
}

fn parents_expecting<'a>(stratum: &Stratum<'a>, policy: &[u8]) -> BTreeSet<&'a [u8]> {
    let expecting = stratum.iter().filter(|(_, node)| node.expected.contains(&policy));
    expecting.map(|(&policy, _)| policy).collect()
}

fn release_parents<'a>(node: &Node<'a>, above: &mut Stratum<'a>) {
    for parent in node.parents.iter().filter(|_| !node.made_by_mapping) {
        above.entry(parent).and_modify(|parent| parent.children = parent.children.saturating_sub(1));
    }
}
