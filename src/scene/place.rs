//! Where the items of each level stand: issuers centred above what they issued, nothing overlapping, nothing far apart.

use super::items::Piece;
use super::lists::{set, value};

/// Space between two items of the same family.
const GAP: i32 = 18;
/// Space between two items of different families.
const FAMILY_GAP: i32 = 34;
/// Passes over all levels. The first puts them to the left, then they go down and up in turn; the last goes up, so that
/// issuers end up centred.
const PASSES: usize = 26;
/// How strongly a bend insists on its place, compared with a box: long lines should be straight.
const BEND_WEIGHT: f64 = 4.0;
/// How strongly an item without neighbours insists on its place.
const IDLE_WEIGHT: f64 = 0.05;

/// Gives every item its axis, such that the leftmost extent is 0.
pub(super) fn place(piece: &mut Piece) {
    let offsets = offsets(piece);
    let mut axes = vec![0.0; piece.items.len()];
    for pass in 0..PASSES {
        for step in 0..piece.levels.len() {
            let index = if pass % 2 == 0 { step } else { piece.levels.len() - 1 - step };
            if let Some(level) = piece.levels.get(index) {
                settle(piece, level, &offsets, &mut axes, pass);
            }
        }
    }
    let mut leftmost = i32::MAX;
    for (item, axis) in piece.items.iter_mut().zip(axes) {
        item.axis = axis.round() as i32;
        leftmost = leftmost.min(item.axis - item.left);
    }
    for item in &mut piece.items {
        item.axis -= leftmost;
    }
}

/// The least distance of each item from the first of its level.
fn offsets(piece: &Piece) -> Vec<f64> {
    let mut offsets = vec![0.0; piece.items.len()];
    for level in &piece.levels {
        let mut offset = 0;
        for (left, right) in level.iter().zip(level.iter().skip(1)) {
            let (Some(first), Some(second)) = (piece.items.get(*left), piece.items.get(*right)) else { continue };
            let gap = if first.above.is_disjoint(&second.above) { FAMILY_GAP } else { GAP };
            offset += first.right + second.left + gap;
            set(&mut offsets, *right, f64::from(offset));
        }
    }
    offsets
}

/// Where an item would like to stand, and how strongly: in the middle of its neighbours above or, on the way up, below.
fn wish(piece: &Piece, item: usize, axes: &[f64], pass: usize) -> (f64, f64) {
    let Some(found) = piece.items.get(item).filter(|_| pass > 0) else { return (0.0, 1.0) };
    let mut range: Option<(f64, f64)> = None;
    let neighbours = if pass.is_multiple_of(2) { &found.above } else { &found.below };
    for beside in neighbours {
        let axis = value(axes, *beside);
        range = Some(range.map_or((axis, axis), |(least, most)| (least.min(axis), most.max(axis))));
    }
    match range {
        Some((least, most)) => ((least + most) / 2.0, if found.boxes.is_empty() { BEND_WEIGHT } else { 1.0 }),
        None => (value(axes, item), IDLE_WEIGHT),
    }
}

/// Puts a level as near to its wishes as the offsets allow: weighted least squares, which for a fixed order is an
/// isotonic regression (pool adjacent violators; Barlow et al., Statistical Inference under Order Restrictions, 1972).
fn settle(piece: &Piece, level: &[usize], offsets: &[f64], axes: &mut [f64], pass: usize) {
    // A block: its weighted mean, its weight, how many items it holds.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for item in level {
        let (wanted, weight) = wish(piece, *item, axes, pass);
        let mut block = (wanted - value(offsets, *item), weight, 1);
        while let Some(before) = blocks.pop_if(|before| before.0 >= block.0) {
            let weight = before.1 + block.1;
            block = ((before.0 * before.1 + block.0 * block.1) / weight, weight, before.2 + block.2);
        }
        blocks.push(block);
    }
    let mut items = level.iter();
    for (mean, _, count) in blocks {
        for item in items.by_ref().take(count) {
            set(axes, *item, mean + value(offsets, *item));
        }
    }
}
