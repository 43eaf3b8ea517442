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
    let mut placed = vec![false; piece.items.len()];
    for index in 0..depth {
        for root in 0..piece.items.len() {
            if piece.level(root) == index {
                open.push(root);
            }
            while let Some(at) = open.pop() {
                let Some(item) = piece.items.get(at) else { continue };
                let (Some(level), Some(is_placed)) = (levels.get_mut(item.level), placed.get_mut(at)) else { continue };
                if std::mem::replace(is_placed, true) {
                    continue;
                }
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

/// Pairs of connections between the same levels that cross: those that lead down from an item to the right of where one
/// leads that comes from an item to the right of it.
fn crossings(piece: &Piece) -> usize {
    let positions = piece.items.iter().map(|item| item.position + 1).max().unwrap_or_default();
    piece.levels.iter().map(|level| crossings_below(piece, level, positions)).sum()
}

fn crossings_below(piece: &Piece, level: &[usize], positions: usize) -> usize {
    let (mut count, mut ends, mut seen) = (0, Counts::new(positions), 0);
    for item in level.iter().filter_map(|at| piece.items.get(*at)) {
        let below = || item.below.iter().map(|end| piece.position(*end));
        count += below().map(|end| seen - ends.up_to(end)).sum::<usize>();
        below().for_each(|end| ends.add(end));
        seen += item.below.len();
    }
    count
}

/// How often each position occurred, so that sums over the first ones take as many steps as their number has bits (a binary
/// indexed tree).
struct Counts(Vec<usize>);

impl Counts {
    fn new(positions: usize) -> Counts {
        Counts(vec![0; positions + 1])
    }

    fn add(&mut self, position: usize) {
        let mut at = position + 1;
        while let Some(count) = self.0.get_mut(at) {
            *count += 1;
            at += at & at.wrapping_neg();
        }
    }

    /// How many there are at positions up to this one.
    fn up_to(&self, position: usize) -> usize {
        let (mut at, mut sum) = (position + 1, 0);
        while at > 0 {
            sum += self.0.get(at).copied().unwrap_or_default();
            at &= at - 1;
        }
        sum
    }
}
