//! Where the items of each level stand: issuers centred above what they issued, nothing overlapping, nothing far apart.

use crate::collection::{Gather as _, Set};

use super::items::Pieces;

/// Space between two items of the same family.
const GAP: f64 = 18.0;
/// Space between two items of different families.
const FAMILY_GAP: f64 = 34.0;
/// Passes over all levels, up and down in turn; the last goes up, so that issuers end up centred.
const PASSES: usize = 25;
/// How strongly a bend insists on its place, compared with a box: long lines should be straight.
const BEND_WEIGHT: f64 = 4.0;
/// How strongly an item without neighbours insists on its place.
const IDLE_WEIGHT: f64 = 0.05;

/// The axis of every item, such that the leftmost extent is 0.
pub(super) fn axes(pieces: &Pieces, levels: &[Vec<usize>]) -> Vec<i32> {
    let segments = pieces.segments();
    let mut axes = vec![0.0; pieces.items.len()];
    let separations: Vec<Vec<f64>> = levels.iter().map(|level| separations(pieces, level, &segments)).gather();
    for (level, separations) in levels.iter().zip(&separations) {
        let wanted = vec![0.0; level.len()];
        settle(&mut axes, level, &wanted, &vec![1.0; level.len()], separations);
    }
    for pass in 0..PASSES {
        let down = pass % 2 == 1;
        let mut order: Vec<_> = levels.iter().zip(&separations).gather();
        if !down {
            order.reverse();
        }
        for (level, separations) in order {
            let (wanted, weights) = wishes(pieces, level, &axes, &segments, down);
            settle(&mut axes, level, &wanted, &weights, separations);
        }
    }
    from_zero(pieces, &axes)
}

fn from_zero(pieces: &Pieces, axes: &[f64]) -> Vec<i32> {
    let rounded: Vec<i32> = axes.iter().map(|axis| axis.round() as i32).gather();
    let leftmost = pieces.items.iter().zip(&rounded).map(|(item, axis)| axis - item.left).min().unwrap_or_default();
    rounded.into_iter().map(|axis| axis - leftmost).gather()
}

/// Least distances between the axes of neighbours.
fn separations(pieces: &Pieces, level: &[usize], segments: &[(usize, usize)]) -> Vec<f64> {
    let parents = |item: usize| -> Set<usize> {
        segments.iter().filter(|(_, lower)| *lower == item).map(|(upper, _)| *upper).collect()
    };
    let pairs = level.iter().zip(level.iter().skip(1));
    let distance = |(left, right): (&usize, &usize)| {
        let (first, second) = (pieces.items.get(*left)?, pieces.items.get(*right)?);
        let family = !parents(*left).is_disjoint(&parents(*right)) && first.level > 0;
        let gap = if family { GAP } else { FAMILY_GAP };
        Some(f64::from(first.right + second.left) + gap)
    };
    pairs.map(|pair| distance(pair).unwrap_or_default()).gather()
}

/// Where each item would like to stand, and how strongly: in the middle of its neighbours below, or of those above.
fn wishes(
    pieces: &Pieces,
    level: &[usize],
    axes: &[f64],
    segments: &[(usize, usize)],
    down: bool,
) -> (Vec<f64>, Vec<f64>) {
    let axis = |item: usize| axes.get(item).copied().unwrap_or_default();
    let wish = |item: usize| {
        let beside = segments.iter().filter_map(|(upper, lower)| match (down, *lower == item, *upper == item) {
            (true, true, _) => Some(axis(*upper)),
            (false, _, true) => Some(axis(*lower)),
            _ => None,
        });
        let range = beside.fold(None, |range: Option<(f64, f64)>, at| {
            Some(range.map_or((at, at), |(least, most)| (least.min(at), most.max(at))))
        });
        let is_bend = pieces.items.get(item).is_some_and(|item| item.boxes.is_empty());
        match range {
            Some((least, most)) => ((least + most) / 2.0, if is_bend { BEND_WEIGHT } else { 1.0 }),
            None => (axis(item), IDLE_WEIGHT),
        }
    };
    level.iter().map(|item| wish(*item)).unzip()
}

/// Puts a level as near to its wishes as the separations allow: weighted least squares, which for a fixed order is an
/// isotonic regression (pool adjacent violators; Barlow et al., Statistical Inference under Order Restrictions, 1972).
fn settle(axes: &mut [f64], level: &[usize], wanted: &[f64], weights: &[f64], separations: &[f64]) {
    let offsets: Vec<f64> = std::iter::once(0.0)
        .chain(separations.iter().scan(0.0, |sum, separation| {
            *sum += separation;
            Some(*sum)
        }))
        .gather();
    // A block: its weighted mean, its weight, how many items it holds.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for ((wanted, weight), offset) in wanted.iter().zip(weights).zip(&offsets) {
        let mut block = (wanted - offset, *weight, 1);
        while let Some(before) = blocks.pop_if(|before| before.0 >= block.0) {
            let weight = before.1 + block.1;
            block = ((before.0 * before.1 + block.0 * block.1) / weight, weight, before.2 + block.2);
        }
        blocks.push(block);
    }
    let places = blocks.into_iter().flat_map(|(mean, _, count)| std::iter::repeat_n(mean, count));
    for ((item, place), offset) in level.iter().zip(places).zip(&offsets) {
        if let Some(axis) = axes.get_mut(*item) {
            *axis = place + offset;
        }
    }
}
