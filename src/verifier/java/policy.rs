//! `PolicyChecker`: RFC 5280, 6.1.3 (d) to (f) and 6.1.4 (a), (b), (h) to (j), with any policy asked for.

use super::messages::CheckError;
use super::parse::{Parsed, value};
use crate::der::{Reader, SEQUENCE, context};
use crate::oid::{ANY_POLICY, INHIBIT_ANY_POLICY, Oid, POLICY_CONSTRAINTS, POLICY_MAPPINGS};

/// Certificate policies on the way down a path.
#[derive(Debug)]
pub(super) struct PolicyChecker {
    length: usize,
    /// Of the certificate to come; the first has number 1.
    index: usize,
    explicit_policy: usize,
    policy_mapping: usize,
    inhibit_any_policy: usize,
    /// `None` once no policy is valid.
    tree: Option<Vec<Node>>,
}

/// A node of the tree; its parent comes before it.
#[derive(Clone, Debug)]
struct Node {
    depth: usize,
    parent: usize,
    policy: Oid,
    expected: Vec<Oid>,
    /// `mOriginalExpectedPolicySet`: the first mapping replaces the expected policies.
    is_original: bool,
    is_dead: bool,
}

impl PolicyChecker {
    pub(super) fn new(length: usize) -> PolicyChecker {
        let unlimited = length + 1;
        PolicyChecker {
            length,
            index: 1,
            explicit_policy: unlimited,
            policy_mapping: unlimited,
            inhibit_any_policy: unlimited,
            tree: Some(vec![Node::new(0, 0, &ANY_POLICY.into())]),
        }
    }

    /// `checkPolicy`: takes the next certificate into account; fails where a policy is required and none is valid any
    /// more.
    pub(super) fn check(&mut self, parsed: &Parsed<'_>) -> Result<(), CheckError> {
        let is_last = self.index == self.length;
        self.process(parsed, is_last);
        if !is_last {
            self.process_mappings(parsed)?;
        }
        let (require, inhibit) = policy_constraints(parsed);
        // Java looks at the counter before this certificate lowers it, save in the last one.
        let explicit = if is_last {
            self.lowered(self.explicit_policy, parsed, require.filter(|it| *it == 0))
        } else {
            self.explicit_policy
        };
        if explicit == 0 && self.tree.is_none() {
            return Err(CheckError::NoPolicy);
        }
        self.explicit_policy = self.lowered(self.explicit_policy, parsed, require);
        self.policy_mapping = self.lowered(self.policy_mapping, parsed, inhibit);
        self.inhibit_any_policy = self.lowered(self.inhibit_any_policy, parsed, inhibit_any_policy(parsed));
        self.index += 1;
        Ok(())
    }

    fn lowered(&self, counter: usize, parsed: &Parsed<'_>, limit: Option<usize>) -> usize {
        let counter = if parsed.is_self_issued() { counter } else { counter.saturating_sub(1) };
        limit.map_or(counter, |limit| limit.min(counter))
    }

    /// `processPolicies` (RFC 5280, 6.1.3 (d) and (e)): adds the policies of the certificate to the tree and drops
    /// branches that end above them.
    fn process(&mut self, parsed: &Parsed<'_>, is_last: bool) {
        let (Some(policies), Some(mut tree)) = (&parsed.certificate.policies, self.tree.take()) else { return };
        let any_counts = self.inhibit_any_policy > 0 || (!is_last && parsed.is_self_issued());
        for policy in policies.iter().filter(|policy| **policy != ANY_POLICY) {
            if !add_below(&mut tree, self.index, policy, policy) {
                add_below(&mut tree, self.index, &ANY_POLICY.into(), policy);
            }
        }
        if any_counts && policies.iter().any(|policy| *policy == ANY_POLICY) {
            add_for_any(&mut tree, self.index);
        }
        self.tree = pruned(tree, self.index);
    }

    /// `processPolicyMappings` (RFC 5280, 6.1.4 (a) and (b)): lets each mapped policy of the issuer stand for the
    /// subject's, or drops it where mapping is inhibited.
    fn process_mappings(&mut self, parsed: &Parsed<'_>) -> Result<(), CheckError> {
        let Some(mappings) = mappings(parsed) else { return Ok(()) };
        let Some(mut tree) = self.tree.take() else { return Ok(()) };
        for (issuer, subject) in mappings {
            if issuer == ANY_POLICY {
                return Err(CheckError::MappingOfAnyPolicy);
            }
            if subject == ANY_POLICY {
                return Err(CheckError::MappingToAnyPolicy);
            }
            map(&mut tree, self.index, self.policy_mapping > 0, &issuer, &subject);
        }
        self.tree = pruned(tree, self.index);
        Ok(())
    }
}

impl Node {
    fn new(depth: usize, parent: usize, policy: &Oid) -> Node {
        let (policy, expected) = (policy.clone(), vec![policy.clone()]);
        Node { depth, parent, policy, expected, is_original: true, is_dead: false }
    }

    fn is_at(&self, depth: usize) -> bool {
        self.depth == depth && !self.is_dead
    }
}

fn at_depth(tree: &[Node], depth: usize) -> Vec<usize> {
    (0..tree.len()).filter(|at| tree.get(*at).is_some_and(|node| node.is_at(depth))).collect()
}

/// `processParents`: a child for each node above that expects `expected`.
fn add_below(tree: &mut Vec<Node>, depth: usize, expected: &Oid, policy: &Oid) -> bool {
    let expects = |at: &usize| tree.get(*at).is_some_and(|node| node.expected.iter().any(|oid| oid == expected));
    let parents: Vec<usize> = at_depth(tree, depth - 1).into_iter().filter(expects).collect();
    parents.iter().for_each(|parent| tree.push(Node::new(depth, *parent, policy)));
    !parents.is_empty()
}

/// anyPolicy in a certificate: a child for each expected policy that has none.
fn add_for_any(tree: &mut Vec<Node>, depth: usize) {
    for parent in at_depth(tree, depth - 1) {
        let expected = tree.get(parent).map(|node| node.expected.clone()).unwrap_or_default();
        for policy in expected {
            let has_child = tree.iter().any(|node| node.is_at(depth) && node.parent == parent && node.policy == policy);
            if !has_child {
                tree.push(Node::new(depth, parent, &policy));
            }
        }
    }
}

fn map(tree: &mut Vec<Node>, depth: usize, may_map: bool, issuer: &Oid, subject: &Oid) {
    let named = |tree: &[Node], policy: &Oid| -> Vec<usize> {
        at_depth(tree, depth)
            .into_iter()
            .filter(|at| tree.get(*at).is_some_and(|node| node.policy == *policy))
            .collect()
    };
    let found = named(tree, issuer);
    for at in &found {
        let Some(node) = tree.get_mut(*at) else { continue };
        match may_map {
            false => node.is_dead = true,
            true if node.is_original => (node.expected, node.is_original) = (vec![subject.clone()], false),
            true => node.expected.push(subject.clone()),
        }
    }
    if found.is_empty() && may_map {
        for any in named(tree, &ANY_POLICY.into()) {
            let parent = tree.get(any).map_or(0, |node| node.parent);
            let expected = vec![subject.clone()];
            tree.push(Node { expected, is_original: false, ..Node::new(depth, parent, issuer) });
        }
    }
}

/// `prune`: nodes above `depth` without children go; `None` once the root has none.
fn pruned(mut tree: Vec<Node>, depth: usize) -> Option<Vec<Node>> {
    for level in (1..depth).rev() {
        for at in at_depth(&tree, level) {
            let has_child = tree.iter().any(|node| node.is_at(level + 1) && node.parent == at);
            if let Some(node) = tree.get_mut(at) {
                node.is_dead = !has_child;
            }
        }
    }
    let lives = tree.iter().any(|node| node.is_at(1));
    lives.then_some(tree)
}

/// RFC 5280, 4.2.1.11 (policyConstraints): requireExplicitPolicy and inhibitPolicyMapping.
fn policy_constraints(parsed: &Parsed<'_>) -> (Option<usize>, Option<usize>) {
    let fields = value(parsed.certificate, POLICY_CONSTRAINTS).and_then(|value| Reader::read_only(value, SEQUENCE));
    let Some(mut fields) = fields else { return (None, None) };
    let mut number = |tag| {
        let present = fields.next_is(tag);
        present.then(|| fields.read_i64_with_tag(tag)).flatten().and_then(|number| usize::try_from(number).ok())
    };
    (number(context(0)), number(context(1)))
}

/// RFC 5280, 4.2.1.14 (inhibitAnyPolicy): how many certificates further anyPolicy counts.
fn inhibit_any_policy(parsed: &Parsed<'_>) -> Option<usize> {
    let value = value(parsed.certificate, INHIBIT_ANY_POLICY)?;
    usize::try_from(Reader(value).read_i64()?).ok()
}

/// RFC 5280, 4.2.1.5 (policyMappings): pairs of issuerDomainPolicy and subjectDomainPolicy.
fn mappings(parsed: &Parsed<'_>) -> Option<Vec<(Oid, Oid)>> {
    let mut list = Reader::read_only(value(parsed.certificate, POLICY_MAPPINGS)?, SEQUENCE)?;
    let mut mappings = Vec::new();
    while !list.is_empty() {
        let mut pair = list.read(SEQUENCE)?;
        let mut policy = || pair.read_any().map(|policy| Oid::from_contents(policy.contents));
        mappings.push((policy()?, policy()?));
    }
    Some(mappings)
}
