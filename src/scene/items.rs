//! The pieces of a layered layout: what stands in a level, and the nets of lines between them.
//!
//! An item is a box, a column of boxes below one issuer, or a bend: the place where a line crosses a level. A net is
//! all that leaves a box by the same port, so that a CA's lines share a trunk.

use crate::collection::{self, Gather as _, Map, Set};

use super::content::Content;
use super::rank::Ranks;
use super::select::{Link, Plan};
use super::{Evidence, Kind, Rect, describe};

/// Boxes in a column before another is begun. Our own number: about half a screen.
const COLUMN: usize = 8;
/// Space between the boxes of a column.
const COLUMN_GAP: i32 = 12;
/// Space between the trunk of a column and its boxes.
pub(super) const STUB: i32 = 18;
/// Half the room that a bend takes.
const BEND: i32 = 8;

/// Something that stands in a level. Extents count from its axis, the vertical through its middle.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// The boxes, with areas relative to the axis and the upper edge; none in a bend.
    pub(super) boxes: Vec<(usize, Rect)>,
    /// The level.
    pub(super) level: usize,
    /// How far it reaches to the left.
    pub(super) left: i32,
    /// How far it reaches to the right.
    pub(super) right: i32,
    /// How tall it is.
    pub(super) height: i32,
    /// The leftmost offset at which lines may enter from above.
    pub(super) entries_from: i32,
    /// How far a tag stands out above it.
    pub(super) rise: i32,
    /// Several boxes with a trunk at their left.
    pub(super) column: bool,
}

/// Lines that leave a box by the same port.
#[derive(Clone, Debug)]
pub(super) struct Net {
    /// Items that carry it, one per level, the first being where it starts.
    pub(super) carriers: Vec<usize>,
    /// Lines with the items where they end.
    pub(super) ends: Vec<(usize, usize)>,
    /// Its signatures fail: it does not draw its ends away from where they belong.
    pub(super) weak: bool,
    /// It starts at the side of a row of the subject, because it leads up (see [`super::Edge::upward`]).
    pub(super) upward: bool,
}

/// Items and nets of one connected piece of the plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    pub(super) items: Vec<Item>,
    pub(super) nets: Vec<Net>,
}

impl Pieces {
    /// The connections from level to level that decide order and place: upper item, lower item.
    pub(super) fn segments(&self) -> Vec<(usize, usize)> {
        let strong = self.nets.iter().filter(|net| !net.weak).flat_map(|net| &net.ends);
        let settled: Set<usize> = strong.map(|(_, end)| *end).collect();
        let mut segments = Set::new();
        for net in &self.nets {
            let counts = |end: &usize| !net.weak || !settled.contains(end);
            segments
                .extend(net.carriers.iter().zip(net.carriers.iter().skip(1)).map(|(upper, lower)| (*upper, *lower)));
            let ends = net.ends.iter().map(|(_, end)| *end).filter(counts);
            segments.extend(ends.filter_map(|end| Some((self.carrier_above(net, end)?, end))));
        }
        segments.into_iter().gather()
    }

    /// The item of a net in the level above one of its ends.
    pub(super) fn carrier_above(&self, net: &Net, end: usize) -> Option<usize> {
        let above = self.items.get(end)?.level.checked_sub(1)?;
        net.carriers.iter().copied().find(|carrier| self.items.get(*carrier).is_some_and(|item| item.level == above))
    }
}

/// Builds the pieces for the boxes `members`. Siblings without anything below them stand in columns where there are at
/// least `column_from` of them.
pub(super) fn build(
    plan: &Plan,
    ranks: &Ranks,
    contents: &[Content],
    members: &Set<usize>,
    column_from: usize,
) -> Pieces {
    let columns = columns(plan, ranks, members, column_from);
    let in_column: Set<usize> = columns.iter().flatten().copied().collect();
    let sizes = sizes(plan, ranks, contents, members, &in_column);
    let level = |node: usize| ranks.levels.get(node).copied().unwrap_or_default();
    let mut pieces = Pieces::default();
    let mut homes: Map<usize, usize> = Map::new();
    let singles = members.iter().filter(|node| !in_column.contains(node)).map(|node| vec![*node]);
    let mut groups: Vec<Vec<usize>> = singles.chain(columns).gather();
    collection::sort(&mut groups);
    for group in groups {
        homes.extend(group.iter().map(|node| (*node, pieces.items.len())));
        let level = group.first().map_or(0, |node| level(*node));
        pieces.items.push(item(&group, level, &sizes));
    }
    add_nets(&mut pieces, plan, ranks, &homes);
    pieces
}

fn item(group: &[usize], level: usize, sizes: &Map<usize, (i32, i32)>) -> Item {
    let size = |node: &usize| sizes.get(node).copied().unwrap_or_default();
    let width = group.iter().map(|node| size(node).0).max().unwrap_or_default();
    let column = group.len() > 1;
    let whole = if column { width + STUB } else { width };
    let (left, mut y) = (whole / 2, 0);
    let mut boxes = Vec::new();
    for node in group {
        let height = size(node).1;
        boxes.push((*node, Rect { x: whole - left - width, y, width, height }));
        y += height + COLUMN_GAP;
    }
    Item { boxes, level, left, right: whole - left, height: y - COLUMN_GAP, column, ..Item::default() }
}

/// Boxes of a kind in a level are equally large, so that the eye sees a row; in a column only equally wide.
fn sizes(
    plan: &Plan,
    ranks: &Ranks,
    contents: &[Content],
    members: &Set<usize>,
    in_column: &Set<usize>,
) -> Map<usize, (i32, i32)> {
    let row = |node: usize| {
        let kind = plan.nodes.get(node).map(|node| node.kind == Kind::EndEntity);
        (ranks.levels.get(node).copied(), kind, in_column.contains(&node))
    };
    let size = |node: usize| contents.get(node).map(|content| (content.width, content.height)).unwrap_or_default();
    let mut largest: Map<_, (i32, i32)> = Map::new();
    for node in members {
        let (width, height) = size(*node);
        let most = largest.entry(row(*node)).or_default();
        *most = (most.0.max(width), most.1.max(height));
    }
    let equal = |node: usize| {
        let (width, height) = largest.get(&row(node)).copied().unwrap_or_default();
        let own = size(node).1;
        (width, if in_column.contains(&node) || height - own > MOST_STRETCH { own } else { height })
    };
    members.iter().map(|node| (*node, equal(*node))).collect()
}

/// How much taller a box is made to match its row: two lines.
const MOST_STRETCH: i32 = 34;

/// Siblings that end there: one plain line comes in, none goes out.
fn columns(plan: &Plan, ranks: &Ranks, members: &Set<usize>, column_from: usize) -> Vec<Vec<usize>> {
    let mut families: Map<(usize, Evidence), Vec<usize>> = Map::new();
    for node in members {
        let ends = !plan.edges.iter().any(|link| link.issuer == *node);
        let mut lines = plan.edges.iter().enumerate().filter(|(_, link)| link.subject == *node);
        let (Some((at, link)), None, true) = (lines.next(), lines.next(), ends) else { continue };
        if is_plain(link) && !ranks.upward.contains(&at) {
            families.entry((link.issuer, link.evidence)).or_default().push(*node);
        }
    }
    let large = families.into_values().filter(|family| family.len() >= column_from.max(2));
    large.flat_map(|family| in_columns(&family)).filter(|column| column.len() > 1).gather()
}

fn is_plain(link: &Link) -> bool {
    link.row.is_none() && describe::remark(link).is_none()
}

/// As many columns as needed, equally full.
fn in_columns(family: &[usize]) -> Vec<Vec<usize>> {
    let columns = family.len().div_ceil(COLUMN);
    family.chunks(family.len().div_ceil(columns)).map(<[usize]>::to_vec).gather()
}

/// What tells nets apart: the item, what is known of the signatures, and for a line that leads up the line itself.
type Port = (usize, Evidence, Option<usize>);

fn add_nets(pieces: &mut Pieces, plan: &Plan, ranks: &Ranks, homes: &Map<usize, usize>) {
    let mut nets: Map<Port, Vec<(usize, usize)>> = Map::new();
    for (at, link) in plan.edges.iter().enumerate() {
        let upward = ranks.upward.contains(&at);
        let (from, to) = if upward { (link.subject, link.issuer) } else { (link.issuer, link.subject) };
        if let (Some(from), Some(to)) = (homes.get(&from), homes.get(&to)) {
            nets.entry((*from, link.evidence, upward.then_some(at))).or_default().push((at, *to));
        }
    }
    for ((source, evidence, upward), ends) in nets {
        let carriers = carriers(pieces, source, &ends);
        pieces.nets.push(Net { carriers, ends, weak: evidence == Evidence::Fails, upward: upward.is_some() });
    }
}

/// The source and a bend in every level down to the one above the lowest end.
fn carriers(pieces: &mut Pieces, source: usize, ends: &[(usize, usize)]) -> Vec<usize> {
    let level = |item: usize| pieces.items.get(item).map_or(0, |item| item.level);
    let lowest = ends.iter().map(|(_, end)| level(*end)).max().unwrap_or_default();
    let mut carriers = vec![source];
    for level in level(source) + 1..lowest {
        carriers.push(pieces.items.len());
        pieces.items.push(Item { level, left: BEND, right: BEND, ..Item::default() });
    }
    carriers
}
