//! What can be reached along lines.

use std::collections::BTreeSet;

/// The starts and all that steps lead to from them; a step goes from its first to its second end.
pub(super) fn reachable(starts: impl IntoIterator<Item = usize>, steps: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = starts.into_iter().collect();
    while let Some(here) = open.pop() {
        if reached.insert(here) {
            open.extend(steps.iter().filter(|(from, _)| *from == here).map(|(_, to)| *to));
        }
    }
    reached
}
