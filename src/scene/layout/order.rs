//! The order within each level: few crossings, families together.

use super::items::Piece;

/// Sweeps down and up; the best order seen is kept. More than a handful changes nothing in drawings of this size.
const SWEEPS: usize = 8;

/// Puts the items of each level in order.
pub(super) fn order(piece: &mut Piece) {
    depth_first(piece);
    let mut best = piece.levels.clone();
    let mut fewest = crossings(piece);
    for sweep in 0..SWEEPS {
        sweep_once(piece, sweep % 2 == 0);
        let count = crossings(piece);
        if count < fewest {
            (best, fewest) = (piece.levels.clone(), count);
        }
    }
    for (index, level) in best.into_iter().enumerate() {
        arrange(piece, index, level);
    }
}

/// Puts a level in this order.
fn arrange(piece: &mut Piece, index: usize, order: Vec<usize>) {
    for (position, item) in order.iter().enumerate() {
        if let Some(item) = piece.items.get_mut(*item) {
            item.position = position;
        }
    }
    if let Some(level) = piece.levels.get_mut(index) {
        *level = order;
    }
}

/// The first order is depth first from the roots, so that families stay together.
fn depth_first(piece: &mut Piece) {
    let depth = piece.items.iter().map(|item| item.level + 1).max().unwrap_or_default();
    let mut levels: Vec<Vec<usize>> = vec![Vec::new(); depth];
    let mut open = Vec::new();
    for index in 0..depth {
        for root in 0..piece.items.len() {
            if piece.level(root) == index {
                open.push(root);
            }
            while let Some(at) = open.pop() {
                let Some(item) = piece.items.get(at) else { continue };
                let Some(level) = levels.get_mut(item.level).filter(|level| !level.contains(&at)) else { continue };
                level.push(at);
                open.extend(item.below.iter().rev());
            }
        }
    }
    piece.levels = vec![Vec::new(); depth];
    for (index, level) in levels.into_iter().enumerate() {
        arrange(piece, index, level);
    }
}

/// Sorts every level by the mean position of its neighbours in the level before, in thousandths; ties keep their order.
/// An item without neighbours keeps its place relative to the one before it.
fn sweep_once(piece: &mut Piece, down: bool) {
    let depth = piece.levels.len();
    for step in 1..depth {
        let index = if down { step } else { depth - 1 - step };
        let Some(level) = piece.levels.get(index) else { continue };
        let mut keyed: Vec<(usize, usize)> = Vec::new();
        let mut mean = 0;
        for at in level {
            let Some(item) = piece.items.get(*at) else { continue };
            let neighbours = if down { &item.above } else { &item.below };
            let sum: usize = neighbours.iter().map(|neighbour| piece.position(*neighbour) * 1000).sum();
            mean = sum.checked_div(neighbours.len()).unwrap_or(mean);
            keyed.push((mean, *at));
        }
        keyed.sort_by_key(|(mean, _)| *mean);
        arrange(piece, index, keyed.into_iter().map(|(_, at)| at).collect());
    }
}

/// Pairs of connections between the same levels that cross.
fn crossings(piece: &Piece) -> usize {
    let mut count = 0;
    for level in &piece.levels {
        for (at, left) in level.iter().enumerate() {
            for right in level.iter().skip(at + 1) {
                count += crossings_of(piece, *left, *right);
            }
        }
    }
    count
}

/// How often connections that lead down from an item cross those of another at its right.
fn crossings_of(piece: &Piece, left: usize, right: usize) -> usize {
    let (Some(left), Some(right)) = (piece.items.get(left), piece.items.get(right)) else { return 0 };
    let crossed = |one: usize| right.below.iter().filter(|other| piece.position(one) > piece.position(**other)).count();
    left.below.iter().map(|one| crossed(*one)).sum()
}
