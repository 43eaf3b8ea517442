//! What can be reached along lines.

use std::collections::{BTreeMap, BTreeSet};

/// The starts and all that steps lead to from them; a step goes from its first to its second end.
pub(super) fn reachable(starts: impl IntoIterator<Item = usize>, steps: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut from: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    steps.iter().for_each(|(here, there)| from.entry(*here).or_default().push(*there));
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = starts.into_iter().collect();
    while let Some(here) = open.pop() {
        if reached.insert(here) {
            open.extend(from.get(&here).into_iter().flatten());
        }
    }
    reached
}
