//! The order within each level: few crossings, families together.

use crate::collection::{self, Gather as _, Set};

use super::items::Pieces;

/// Sweeps down and up; the best order seen is kept. More than a handful changes nothing in drawings of this size.
const SWEEPS: usize = 8;

/// Items of each level from left to right.
pub(super) fn order(pieces: &Pieces) -> Vec<Vec<usize>> {
    let segments = pieces.segments();
    let mut levels = first_order(pieces, &segments);
    let mut best = levels.clone();
    let mut fewest = crossings(&best, &segments);
    for sweep in 0..SWEEPS {
        sweep_once(&mut levels, &segments, sweep % 2 == 0);
        let count = crossings(&levels, &segments);
        if count < fewest {
            (best, fewest) = (levels.clone(), count);
        }
    }
    best
}

/// Depth first from the roots, so that families stay together.
fn first_order(pieces: &Pieces, segments: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let depth = pieces.items.iter().map(|item| item.level + 1).max().unwrap_or_default();
    let mut levels = vec![Vec::new(); depth];
    let mut roots: Vec<usize> = (0..pieces.items.len()).gather();
    collection::sort_by_key(&mut roots, |item| pieces.items.get(*item).map(|item| item.level));
    let (mut seen, mut open) = (Set::new(), Vec::new());
    for root in roots {
        open.push(root);
        while let Some(item) = open.pop() {
            let Some(level) = pieces.items.get(item).map(|item| item.level).filter(|_| seen.insert(item)) else {
                continue;
            };
            if let Some(level) = levels.get_mut(level) {
                level.push(item);
            }
            open.extend(segments.iter().rev().filter(|(upper, _)| *upper == item).map(|(_, lower)| *lower));
        }
    }
    levels
}

/// Sorts every level by the mean position of its neighbours in the level before; ties keep their order.
fn sweep_once(levels: &mut [Vec<usize>], segments: &[(usize, usize)], down: bool) {
    let indices: Vec<usize> =
        if down { (1..levels.len()).gather() } else { (0..levels.len().saturating_sub(1)).rev().gather() };
    for index in indices {
        let beside = if down { index - 1 } else { index + 1 };
        let fixed = levels.get(beside).cloned().unwrap_or_default();
        let Some(level) = levels.get_mut(index) else { continue };
        let keys = barycentres(level, &fixed, segments, down);
        let mut keyed: Vec<((u64, usize), usize)> = keys.into_iter().zip(level.iter().copied()).gather();
        collection::sort(&mut keyed);
        *level = keyed.into_iter().map(|(_, item)| item).gather();
    }
}

/// The mean position of the neighbours in thousandths, and the position so far. An item without neighbours keeps its
/// place relative to the one before it.
fn barycentres(level: &[usize], fixed: &[usize], segments: &[(usize, usize)], down: bool) -> Vec<(u64, usize)> {
    let position = |item: usize| fixed.iter().position(|other| *other == item).map(|at| at as u64 * 1000);
    let mut last = 0;
    let mut keys = Vec::new();
    for (at, item) in level.iter().enumerate() {
        let neighbours = segments.iter().filter_map(|(upper, lower)| match (down, lower == item, upper == item) {
            (true, true, _) => position(*upper),
            (false, _, true) => position(*lower),
            _ => None,
        });
        let (count, sum) = neighbours.fold((0, 0), |(count, sum), at| (count + 1, sum + at));
        last = u64::checked_div(sum, count).unwrap_or(last);
        keys.push((last, at));
    }
    keys
}

/// Pairs of segments between the same levels that cross.
fn crossings(levels: &[Vec<usize>], segments: &[(usize, usize)]) -> usize {
    let position = |item: usize| {
        let places = levels.iter().enumerate();
        places.filter_map(|(level, items)| Some((level, items.iter().position(|other| *other == item)?))).next()
    };
    let placed: Vec<_> =
        segments.iter().filter_map(|(upper, lower)| Some((position(*upper)?, position(*lower)?))).gather();
    let pairs =
        placed.iter().enumerate().flat_map(|(at, first)| placed.iter().skip(at + 1).map(move |other| (first, other)));
    pairs
        .filter(|((upper, lower), (other_upper, other_lower))| {
            upper.0 == other_upper.0
                && ((upper.1 < other_upper.1 && lower.1 > other_lower.1)
                    || (upper.1 > other_upper.1 && lower.1 < other_lower.1))
        })
        .count()
}
