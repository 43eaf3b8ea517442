//! What every step does with lists that an index leads into: look up, group, follow.

use std::collections::BTreeSet;

/// The value at an index; the default where there is none.
pub(super) fn value<T: Copy + Default>(values: &[T], index: usize) -> T {
    values.get(index).copied().unwrap_or_default()
}

/// Sets the value at an index.
pub(super) fn set<T>(values: &mut [T], index: usize, value: T) {
    if let Some(place) = values.get_mut(index) {
        *place = value;
    }
}

/// As many defaults as `length`.
pub(super) fn defaults<T: Default>(length: usize) -> Vec<T> {
    (0..length).map(|_| T::default()).collect()
}

/// What items are sorted and grouped by, the most telling number first. One type for everything keeps the program small.
pub(super) type Key = [usize; 4];

/// Items in the order of their keys; those of equal keys in their own.
pub(super) fn sorted(mut items: Vec<(Key, usize)>) -> Vec<usize> {
    items.sort();
    items.into_iter().map(|(_, item)| item).collect()
}

/// Items of equal keys, in the order of the keys; within a group in their own.
pub(super) fn groups(mut items: Vec<(Key, usize)>) -> Vec<Vec<usize>> {
    items.sort();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut before = None;
    for (key, item) in items {
        match groups.last_mut() {
            Some(group) if before == Some(key) => group.push(item),
            _ => groups.push(vec![item]),
        }
        before = Some(key);
    }
    groups
}

/// The starts and all that steps lead to from them; a step goes from its first to its second end.
pub(super) fn reached(starts: Vec<usize>, steps: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = starts;
    while let Some(here) = open.pop() {
        if !reached.insert(here) {
            continue;
        }
        for (from, to) in steps {
            if *from == here {
                open.push(*to);
            }
        }
    }
    reached
}
