//! The orders that Java's collections give: `HashSet` by hash code, and `TreeSet` with a comparator that contradicts
//! itself, where the shape of the tree decides.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The capacity of `new HashSet<>()` (`HashMap.DEFAULT_INITIAL_CAPACITY`).
pub(super) const DEFAULT_CAPACITY: usize = 16;

/// The positions of distinct members in the order in which a `HashSet`, made for `capacity` members, walks through
/// them. `hashes` are in the order of insertion. Buckets so full that they become trees do not occur with digests of
/// DER.
pub(super) fn hash_set(hashes: &[i32], capacity: usize) -> Vec<usize> {
    let mut buckets = capacity.max(1).next_power_of_two();
    for size in 1..=hashes.len() {
        // The load factor is 0.75.
        while size > buckets * 3 / 4 {
            buckets *= 2;
        }
    }
    let mut order: Vec<usize> = (0..hashes.len()).collect();
    // Those of one bucket keep the order of insertion.
    order.sort_by_key(|at| hashes.get(*at).map(|hash| bucket_of(*hash, buckets)));
    order
}

/// `HashMap.hash` and the index made of it.
fn bucket_of(hash: i32, buckets: usize) -> usize {
    let bits = u32::from_ne_bytes(hash.to_ne_bytes());
    usize::try_from(bits ^ (bits >> 16)).unwrap_or_default() & (buckets - 1)
}

/// A red-black tree that only grows, as `java.util.TreeMap` does it.
#[derive(Debug)]
pub(super) struct TreeSet<T> {
    nodes: Vec<Node<T>>,
    root: Option<usize>,
}

#[derive(Debug)]
struct Node<T> {
    value: T,
    left: Option<usize>,
    right: Option<usize>,
    parent: Option<usize>,
    red: bool,
}

impl<T: Copy> TreeSet<T> {
    pub(super) fn new() -> TreeSet<T> {
        TreeSet { nodes: Vec::new(), root: None }
    }

    /// `TreeMap.put`: `compare` gets the new value first. False if a value on the way down was equal.
    pub(super) fn add(&mut self, value: T, compare: impl Fn(T, T) -> Ordering) -> bool {
        let (mut at, mut parent, mut goes_left) = (self.root, None, false);
        while let Some((index, node)) = at.and_then(|index| self.nodes.get(index).map(|node| (index, node))) {
            let order = compare(value, node.value);
            if order == Ordering::Equal {
                return false;
            }
            goes_left = order == Ordering::Less;
            (parent, at) = (Some(index), if goes_left { node.left } else { node.right });
        }
        let new = self.nodes.len();
        self.nodes.push(Node { value, left: None, right: None, parent, red: true });
        match parent {
            None => self.root = Some(new),
            Some(parent) => self.set_child(parent, goes_left, Some(new)),
        }
        self.fix_after_insertion(new);
        true
    }

    /// Least first, whatever the comparator meant by it.
    pub(super) fn in_order(&self) -> Vec<T> {
        let (mut open, mut at, mut values) = (Vec::new(), self.root, Vec::new());
        while let Some(index) = at.or_else(|| open.pop()) {
            let descends = at.is_some();
            let Some(node) = self.nodes.get(index) else { break };
            if descends {
                open.push(index);
                at = node.left;
            } else {
                values.push(node.value);
                at = node.right;
            }
        }
        values
    }

    fn fix_after_insertion(&mut self, new: usize) {
        let mut at = new;
        while let Some(parent) = self.parent(at).filter(|parent| self.is_red(Some(*parent))) {
            let Some(grand) = self.parent(parent) else { break };
            let on_left = self.child(grand, true) == Some(parent);
            let uncle = self.child(grand, !on_left);
            if self.is_red(uncle) {
                self.paint(Some(parent), false);
                self.paint(uncle, false);
                self.paint(Some(grand), true);
                at = grand;
                continue;
            }
            if self.child(parent, !on_left) == Some(at) {
                at = parent;
                self.rotate(at, on_left);
            }
            let parent = self.parent(at);
            self.paint(parent, false);
            self.paint(Some(grand), true);
            self.rotate(grand, !on_left);
        }
        self.paint(self.root, false);
    }

    /// Rotates to the left or to the right.
    fn rotate(&mut self, at: usize, to_left: bool) {
        let Some(up) = self.child(at, !to_left) else { return };
        let inner = self.child(up, to_left);
        self.set_child(at, !to_left, inner);
        let parent = self.parent(at);
        match parent {
            None => {
                self.root = Some(up);
                self.set_parent(up, None);
            }
            Some(parent) => {
                let is_left = self.child(parent, true) == Some(at);
                self.set_child(parent, is_left, Some(up));
            }
        }
        self.set_child(up, to_left, Some(at));
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.nodes.get(at)?.parent
    }

    fn child(&self, at: usize, left: bool) -> Option<usize> {
        self.nodes.get(at).and_then(|node| if left { node.left } else { node.right })
    }

    fn set_child(&mut self, at: usize, left: bool, child: Option<usize>) {
        if let Some(node) = self.nodes.get_mut(at) {
            *(if left { &mut node.left } else { &mut node.right }) = child;
        }
        if let Some(child) = child {
            self.set_parent(child, Some(at));
        }
    }

    fn set_parent(&mut self, at: usize, parent: Option<usize>) {
        if let Some(node) = self.nodes.get_mut(at) {
            node.parent = parent;
        }
    }

    fn is_red(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.nodes.get(at)).is_some_and(|node| node.red)
    }

    fn paint(&mut self, at: Option<usize>, red: bool) {
        if let Some(node) = at.and_then(|at| self.nodes.get_mut(at)) {
            node.red = red;
        }
    }
}

/// `values` in the order of a `HashSet` that they are put into one after the other.
/// Values with the same `key` are one.
pub(super) fn hash_ordered<T: Copy, K: Ord>(
    values: &[T],
    key: impl Fn(T) -> K,
    hash: impl Fn(T) -> i32,
    capacity: usize,
) -> Vec<T> {
    let mut seen = BTreeSet::new();
    let distinct: Vec<T> = values.iter().copied().filter(|value| seen.insert(key(*value))).collect();
    let hashes: Vec<i32> = distinct.iter().map(|value| hash(*value)).collect();
    hash_set(&hashes, capacity).into_iter().filter_map(|at| distinct.get(at).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::{TreeSet, hash_set};
    use std::cmp::Ordering;

    #[test]
    fn hash_sets_grow_as_java_lets_them() {
        assert_eq!(hash_set(&[5, 1, 0], 16), [2, 1, 0]);
        // Two buckets are too few for two members; of four, 5 and 1 share one, in the order of insertion.
        assert_eq!(hash_set(&[5, 1], 2), [0, 1]);
        assert_eq!(hash_set(&[0x0001_0000, 0], 16), [1, 0]);
    }

    #[test]
    fn a_consistent_comparator_sorts() {
        let mut tree = TreeSet::new();
        let added = [5, 3, 9, 1, 4, 8, 7, 2, 6, 3].map(|value| tree.add(value, |one: i32, two| one.cmp(&two)));
        assert_eq!(added.iter().filter(|added| **added).count(), 9);
        assert_eq!(tree.in_order(), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn a_comparator_that_always_says_less_reverses() {
        let mut tree = TreeSet::new();
        for value in 0..20 {
            tree.add(value, |one: i32, two| if one == two { Ordering::Equal } else { Ordering::Less });
        }
        assert_eq!(tree.in_order(), (0..20).rev().collect::<Vec<i32>>());
    }
}
