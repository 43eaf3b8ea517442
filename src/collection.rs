//! What the standard library lacks: each item once in the order of appearance, and dense numbers for keys.

use std::collections::{BTreeMap, BTreeSet};

/// Each item once, in order of first appearance.
pub fn distinct<T: Copy + Ord>(items: &[T]) -> Vec<T> {
    let mut seen = BTreeSet::new();
    items.iter().copied().filter(|item| seen.insert(*item)).collect()
}

/// Numbers for keys, from 0 in the order of first appearance; equal keys have the same.
pub fn dense_ids<K: Ord>(keys: &[K]) -> Vec<usize> {
    let mut ids = BTreeMap::new();
    keys.iter()
        .map(|key| {
            let next = ids.len();
            *ids.entry(key).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{dense_ids, distinct};

    #[test]
    fn items_and_keys_are_counted_in_the_order_of_their_first_appearance() {
        assert_eq!(distinct(&[3, 1, 3, 2, 1]), [3, 1, 2]);
        assert_eq!(dense_ids(&["b", "a", "b", "c"]), [0, 1, 0, 2]);
    }
}
