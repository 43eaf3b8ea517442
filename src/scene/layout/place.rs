//! Where the items of each level stand: issuers centred above what they issued, nothing overlapping, nothing far apart.

use super::items::Piece;

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

/// A number for each item.
struct PerItem(Vec<f64>);

impl PerItem {
    fn of(&self, item: usize) -> f64 {
        self.0.get(item).copied().unwrap_or_default()
    }

    fn set(&mut self, item: usize, number: f64) {
        if let Some(place) = self.0.get_mut(item) {
            *place = number;
        }
    }
}

/// Gives every item its axis, such that the leftmost extent is 0.
pub(super) fn place(piece: &mut Piece) {
    let offsets = offsets(piece);
    let mut axes = PerItem(vec![0.0; piece.items.len()]);
    for pass in 0..PASSES {
        for step in 0..piece.levels.len() {
            let index = if pass % 2 == 0 { step } else { piece.levels.len() - 1 - step };
            if let Some(level) = piece.levels.get(index) {
                settle(piece, level, &offsets, &mut axes, pass);
            }
        }
    }
    for (item, axis) in piece.items.iter_mut().zip(axes.0) {
        item.axis = axis.round() as i32;
    }
    let leftmost = piece.items.iter().map(|item| item.axis - item.left).min().unwrap_or_default();
    for item in &mut piece.items {
        item.axis -= leftmost;
    }
}

/// The least distance of each item from the first of its level.
fn offsets(piece: &Piece) -> PerItem {
    let mut offsets = PerItem(vec![0.0; piece.items.len()]);
    for level in &piece.levels {
        let mut offset = 0;
        for (left, right) in level.iter().zip(level.iter().skip(1)) {
            let (Some(first), Some(second)) = (piece.items.get(*left), piece.items.get(*right)) else { continue };
            let gap = if first.above.is_disjoint(&second.above) { FAMILY_GAP } else { GAP };
            offset += first.right + second.left + gap;
            offsets.set(*right, f64::from(offset));
        }
    }
    offsets
}

/// Where an item would like to stand.
struct Wish {
    axis: f64,
    /// How much the wish counts beside those of others.
    weight: f64,
}

/// In the middle of the neighbours above or, on the way up, below.
fn wish(piece: &Piece, item: usize, axes: &PerItem, pass: usize) -> Wish {
    let Some(found) = piece.items.get(item).filter(|_| pass > 0) else { return Wish { axis: 0.0, weight: 1.0 } };
    let neighbours = if pass.is_multiple_of(2) { &found.above } else { &found.below };
    let beside = || neighbours.iter().map(|neighbour| axes.of(*neighbour));
    match (beside().reduce(f64::min), beside().reduce(f64::max)) {
        (Some(least), Some(most)) => {
            Wish { axis: (least + most) / 2.0, weight: if found.boxes.is_empty() { BEND_WEIGHT } else { 1.0 } }
        }
        _ => Wish { axis: axes.of(item), weight: IDLE_WEIGHT },
    }
}

/// Neighbours that stand as close as they may.
struct Block {
    /// The weighted mean of what they wish.
    mean: f64,
    weight: f64,
    /// How many items it holds.
    count: usize,
}

impl Block {
    fn joined_with(self, next: Block) -> Block {
        let weight = self.weight + next.weight;
        let mean = (self.mean * self.weight + next.mean * next.weight) / weight;
        Block { mean, weight, count: self.count + next.count }
    }
}

/// Puts a level as near to its wishes as the offsets allow: weighted least squares, which for a fixed order is an
/// isotonic regression (pool adjacent violators; Barlow et al., Statistical Inference under Order Restrictions, 1972).
fn settle(piece: &Piece, level: &[usize], offsets: &PerItem, axes: &mut PerItem, pass: usize) {
    let mut blocks: Vec<Block> = Vec::new();
    for item in level {
        let Wish { axis, weight } = wish(piece, *item, axes, pass);
        let mut block = Block { mean: axis - offsets.of(*item), weight, count: 1 };
        while let Some(before) = blocks.pop_if(|before| before.mean >= block.mean) {
            block = before.joined_with(block);
        }
        blocks.push(block);
    }
    let mut items = level.iter();
    for block in blocks {
        for item in items.by_ref().take(block.count) {
            axes.set(*item, block.mean + offsets.of(*item));
        }
    }
}
