//! The pieces of a layered layout: what stands in a level, and the nets of lines between them.
//!
//! An item is a box, a column of boxes below one issuer, or a bend: the place where a line crosses a level. A net is
//! all that leaves a box by the same port, so that a CA's lines share a trunk.

use std::collections::{BTreeMap, BTreeSet};

use crate::scene::plan::{Link, Plan, describe};
use crate::scene::{Evidence, Kind, Node, Rect};

/// Boxes in a column before another is begun. Our own number: about half a screen.
const COLUMN: usize = 8;
/// Space between the boxes of a column.
const COLUMN_GAP: i32 = 12;
/// Space between the trunk of a column and its boxes.
pub(super) const STUB: i32 = 18;
/// Half the room that a bend takes.
const BEND: i32 = 8;
/// How much taller a box is made to match its row: two lines.
const MOST_STRETCH: i32 = 34;

/// A connected piece of the plan. Building it makes items and nets; the steps after that fill in the rest.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) items: Vec<Item>,
    pub(super) nets: Vec<Net>,
    /// Items of each level from left to right; from [`super::order`].
    pub(super) levels: Vec<Vec<usize>>,
    /// Where lines end, by their index in the plan; from [`super::ports`].
    pub(super) entries: BTreeMap<usize, Entry>,
    /// The gap above each level; from [`super::route`].
    pub(super) gaps: Vec<Gap>,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// Where a line ends. Offsets count from the axis of the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Entry {
    /// Of the vertical that comes down to it.
    pub(super) offset: i32,
    /// If it enters from the side: the height below the item's upper edge, and the offset of the box's edge.
    pub(super) side: Option<(i32, i32)>,
    /// On which line above the box its words stand, 0 being the lowest; none without words.
    pub(super) label_line: Option<i32>,
}

/// Something that stands in a level. Extents count from its axis, the vertical through its middle.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// The boxes, with areas relative to the axis and the upper edge; none in a bend.
    pub(super) boxes: Vec<(usize, Rect)>,
    /// The level that it stands in, counted from the top.
    pub(super) level: usize,
    /// Items of the level above to which lines lead that decide order and place.
    pub(super) above: BTreeSet<usize>,
    /// The same of the level below.
    pub(super) below: BTreeSet<usize>,
    /// The place in its level, from the left.
    pub(super) position: usize,
    /// Where its axis is.
    pub(super) axis: i32,
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
    /// Lines of words above it.
    pub(super) label_lines: i32,
    /// Several boxes with a trunk at their left.
    pub(super) column: bool,
}

/// Lines that leave a box by the same port.
#[derive(Clone, Debug, Default)]
pub(super) struct Net {
    /// The level where it starts.
    pub(super) level: usize,
    /// Items that carry it, one per level, the first being where it starts.
    pub(super) carriers: Vec<usize>,
    /// Its track below each carrier, 0 on top.
    pub(super) tracks: Vec<i32>,
    /// Lines with the items where they end.
    pub(super) ends: Vec<(usize, usize)>,
    /// Its signatures fail: it does not draw its ends away from where they belong.
    pub(super) weak: bool,
    /// It starts at the side of a row of the subject, because it leads up (see [`crate::scene::Edge::upward`]).
    pub(super) upward: bool,
    /// The offset of the vertical that goes down from where it starts.
    pub(super) exit: i32,
    /// For a line that leads up: height and offset of the point at the side of the row; it ends there.
    pub(super) side: Option<(i32, i32)>,
}

/// The gap above a level.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    /// Its lower end, the upper edge of the level.
    pub(super) bottom: i32,
    /// The height of its last track.
    pub(super) last_track_at: i32,
    /// The number of its last track.
    pub(super) last_track: i32,
}

impl Net {
    /// The item that carries it in a level.
    pub(super) fn carrier(&self, level: usize) -> Option<usize> {
        self.carriers.get(level.checked_sub(self.level)?).copied()
    }

    /// Its track below the carrier of a level.
    pub(super) fn track(&self, level: usize) -> i32 {
        let below = level.checked_sub(self.level);
        below.and_then(|below| self.tracks.get(below)).copied().unwrap_or_default()
    }

    /// Takes a track below the carrier of a level.
    pub(super) fn set_track(&mut self, level: usize, track: i32) {
        let below = level.checked_sub(self.level);
        if let Some(place) = below.and_then(|below| self.tracks.get_mut(below)) {
            *place = track;
        }
    }
}

impl Piece {
    /// The level of an item.
    pub(super) fn level(&self, item: usize) -> usize {
        self.items.get(item).map_or(0, |item| item.level)
    }

    /// The place of an item in its level.
    pub(super) fn position(&self, item: usize) -> usize {
        self.items.get(item).map_or(0, |item| item.position)
    }

    /// Where a line of the plan ends.
    pub(super) fn entry(&self, line: usize) -> Entry {
        self.entries.get(&line).copied().unwrap_or_default()
    }

    /// The gap above a level.
    pub(super) fn gap(&self, level: usize) -> Gap {
        self.gaps.get(level).copied().unwrap_or_default()
    }

    /// The item of a net in the level above one of its ends.
    pub(super) fn carrier_above(&self, net: &Net, end: usize) -> Option<usize> {
        net.carrier(self.level(end).checked_sub(1)?)
    }
}

/// Builds the piece of the boxes `members`, whose sizes are those of `nodes`. Siblings without anything below them
/// stand in columns where there are at least `columns_from` of them.
pub(super) fn build(plan: &Plan, nodes: &[Node], members: &[usize], columns_from: usize) -> Piece {
    let builder = Builder { plan, nodes, members, columns: columns(plan, members, columns_from) };
    // By the first box of a column; a box that stands alone is a group of its own.
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in members {
        groups.entry(builder.columns.get(node).copied().unwrap_or(*node)).or_default().push(*node);
    }
    let mut piece = Piece::default();
    let mut homes: BTreeMap<usize, usize> = BTreeMap::new();
    for group in groups.values() {
        homes.extend(group.iter().map(|node| (*node, piece.items.len())));
        piece.items.push(builder.item(group));
    }
    add_nets(&mut piece, plan, &homes);
    connect(&mut piece);
    piece
}

/// Siblings that end there: one plain line comes in, none goes out. By box the first of its column.
fn columns(plan: &Plan, members: &[usize], columns_from: usize) -> BTreeMap<usize, usize> {
    let mut siblings: BTreeMap<(usize, Evidence), Vec<usize>> = BTreeMap::new();
    for node in members {
        let mut lines = plan.links.iter().filter(|link| link.issuer == *node || link.subject == *node);
        if let (Some(link), None) = (lines.next(), lines.next())
            && link.subject == *node
            && is_plain(link)
        {
            siblings.entry((link.issuer, link.evidence)).or_default().push(*node);
        }
    }
    let mut columns = BTreeMap::new();
    for family in siblings.values().filter(|family| family.len() >= columns_from.max(2)) {
        // As many columns as needed, equally full.
        let count = family.len().div_ceil(COLUMN);
        for column in family.chunks(family.len().div_ceil(count)).filter(|column| column.len() > 1) {
            let first = column.first().copied().unwrap_or_default();
            columns.extend(column.iter().map(|node| (*node, first)));
        }
    }
    columns
}

fn is_plain(link: &Link) -> bool {
    link.row.is_none() && !link.upward && describe::remark(link).is_none()
}

/// What the items of a piece are made of.
struct Builder<'a> {
    plan: &'a Plan,
    nodes: &'a [Node],
    members: &'a [usize],
    /// By box the first of its column.
    columns: BTreeMap<usize, usize>,
}

impl Builder<'_> {
    /// The item of a box, or of several in a column.
    fn item(&self, group: &[usize]) -> Item {
        let mut item = Item { column: group.len() > 1, ..Item::default() };
        let mut width = 0;
        for node in group {
            item.level = self.plan.nodes.get(*node).map_or(0, |node| node.level);
            let area = Rect { y: item.height, ..self.size(*node) };
            item.height = area.y + area.height + COLUMN_GAP;
            width = width.max(area.width);
            item.boxes.push((*node, area));
        }
        item.height -= COLUMN_GAP;
        let whole = if item.column { width + STUB } else { width };
        (item.left, item.right) = (whole / 2, whole - whole / 2);
        for (_, area) in &mut item.boxes {
            (area.x, area.width) = (item.right - width, width);
        }
        item
    }

    /// Boxes of a kind in a level are equally large, so that the eye sees a row; in a column only equally wide.
    fn size(&self, node: usize) -> Rect {
        let own = self.area(node);
        let mut size = own;
        for other in self.members.iter().filter(|other| self.row(**other) == self.row(node)) {
            size.width = size.width.max(self.area(*other).width);
            size.height = size.height.max(self.area(*other).height);
        }
        if self.columns.contains_key(&node) || size.height - own.height > MOST_STRETCH {
            size.height = own.height;
        }
        size
    }

    fn area(&self, node: usize) -> Rect {
        self.nodes.get(node).map(|node| node.area).unwrap_or_default()
    }

    /// What boxes have in common that look alike: level, kind, and whether they stand in a column.
    fn row(&self, node: usize) -> (Option<(usize, bool)>, bool) {
        let planned = self.plan.nodes.get(node).map(|node| (node.level, node.kind == Kind::EndEntity));
        (planned, self.columns.contains_key(&node))
    }
}

/// What the lines of a net have in common: where they start, their evidence, and for one that leads up the line itself.
type NetKey = (usize, Evidence, Option<usize>);

/// Lines from the same item with the same evidence are a net, but each that leads up is one of its own.
fn add_nets(piece: &mut Piece, plan: &Plan, homes: &BTreeMap<usize, usize>) {
    let mut nets: BTreeMap<NetKey, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, link) in plan.links.iter().enumerate() {
        let (from, to) = link.ends();
        if let (Some(source), Some(end)) = (homes.get(&from), homes.get(&to)) {
            let alone = link.upward.then_some(at);
            nets.entry((*source, link.evidence, alone)).or_default().push((at, *end));
        }
    }
    for ((source, evidence, upward), ends) in nets {
        let level = piece.level(source);
        let lowest = ends.iter().map(|(_, end)| piece.level(*end)).max().unwrap_or_default();
        // The source, and a bend in every level down to the one above the lowest end.
        let mut carriers = vec![source];
        for level in level + 1..lowest {
            carriers.push(piece.items.len());
            piece.items.push(Item { level, left: BEND, right: BEND, ..Item::default() });
        }
        piece.nets.push(Net {
            level,
            tracks: vec![0; carriers.len()],
            carriers,
            ends,
            weak: evidence == Evidence::Fails,
            upward: upward.is_some(),
            ..Net::default()
        });
    }
}

/// Tells the items what they are connected with. A weak net counts only where no other leads.
fn connect(piece: &mut Piece) {
    let mut segments: Vec<(usize, usize)> = Vec::new();
    for net in &piece.nets {
        for pair in net.carriers.windows(2) {
            if let [upper, lower] = pair {
                segments.push((*upper, *lower));
            }
        }
        for (_, end) in &net.ends {
            let leads_there = |other: &Net| !other.weak && other.ends.iter().any(|(_, item)| item == end);
            if let Some(upper) = piece.carrier_above(net, *end)
                && !(net.weak && piece.nets.iter().any(leads_there))
            {
                segments.push((upper, *end));
            }
        }
    }
    for (upper, lower) in segments {
        if let Some(item) = piece.items.get_mut(upper) {
            item.below.insert(lower);
        }
        if let Some(item) = piece.items.get_mut(lower) {
            item.above.insert(upper);
        }
    }
}
