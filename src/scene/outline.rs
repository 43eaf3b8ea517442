//! The narrow layout: an indented tree, one box per line, for telephones and for graphs that would be too wide.
//!
//! Every box stands below all its issuers, indented below the last of them. That line runs in the margin at the left;
//! lines from further issuers run in lanes at the right.

use crate::collection::{Gather as _, Map, Set};

use super::content::{self, BADGE_RISE, Content, PAD};
use super::facts::Facts;
use super::layered::Layout;
use super::ports;
use super::rank::Ranks;
use super::route::Route;
use super::select::Plan;
use super::{Evidence, Point, Rect};

/// Space around the drawing.
const MARGIN: i32 = 8;
/// Indentation of a level, as long as the levels share [`MOST_INDENT`].
const INDENT: i32 = 22;
/// Most indentation altogether.
const MOST_INDENT: i32 = 120;
/// Space between two boxes.
const GAP: i32 = 12;
/// More space above a root.
const ROOT_GAP: i32 = 10;
/// Height of a line of words above a box.
const LABEL_LINE: i32 = 16;
/// Space between the boxes and the first lane, and between lanes, as long as they fit into [`LANES_ROOM`].
const LANE: i32 = 10;
/// Most room that all lanes take.
const LANES_ROOM: i32 = 60;
/// Height above the lower edge of a box at which verified lines leave its right side, and the step to the next kind.
const EXIT: (i32, i32) = (12, 8);

/// The tree: order, depth, parent.
struct Tree {
    order: Vec<usize>,
    depths: Map<usize, usize>,
    parents: Map<usize, usize>,
    step: i32,
}

/// Lays the plan out as an outline of this width.
pub(super) fn layout(plan: &Plan, facts: &Facts, ranks: &Ranks, width: i32) -> Layout {
    let tree = tree(plan, ranks);
    let lanes = lanes(plan, ranks, &tree);
    let count = lanes.values().max().map_or(0, |lane| *lane as i32 + 1);
    let spacing = LANE.min(LANES_ROOM / count.max(1)).max(1);
    let right = width - MARGIN - if count > 0 { count * spacing + 2 } else { 0 };
    let mut layout = boxes(plan, facts, &tree, right);
    layout.width = width;
    layout.routes = (0..plan.edges.len())
        .map(|at| match lanes.get(&at) {
            Some(lane) => beside(plan, &layout, at, right + spacing * (*lane as i32 + 1)),
            None => below(plan, &layout, &tree, at),
        })
        .map(Option::unwrap_or_default)
        .gather();
    place_labels(plan, &mut layout, &lanes);
    layout
}

/// Depth first, but a box waits until all its issuers stand.
fn tree(plan: &Plan, ranks: &Ranks) -> Tree {
    let downward: Vec<(usize, usize)> = plan
        .edges
        .iter()
        .enumerate()
        .filter(|(at, _)| !ranks.upward.contains(at))
        .map(|(_, link)| (link.issuer, link.subject))
        .gather();
    let mut tree = Tree { order: Vec::new(), depths: Map::new(), parents: Map::new(), step: INDENT };
    let has_issuer: Set<usize> = downward.iter().map(|(_, subject)| *subject).collect();
    for root in (0..plan.nodes.len()).filter(|node| !has_issuer.contains(node)) {
        grow(&mut tree, &downward, root);
    }
    let deepest = tree.depths.values().max().copied().unwrap_or_default().max(1) as i32;
    tree.step = INDENT.min(MOST_INDENT / deepest);
    tree
}

fn grow(tree: &mut Tree, downward: &[(usize, usize)], root: usize) {
    let mut open = vec![(root, None)];
    while let Some((node, parent)) = open.pop() {
        let waits = downward.iter().any(|(issuer, subject)| *subject == node && !tree.depths.contains_key(issuer));
        if waits || tree.depths.contains_key(&node) {
            continue;
        }
        let depth = parent.and_then(|parent| tree.depths.get(&parent)).map_or(0, |depth| depth + 1);
        tree.depths.insert(node, depth);
        tree.parents.extend(parent.map(|parent| (node, parent)));
        tree.order.push(node);
        open.extend(
            downward.iter().rev().filter(|(issuer, _)| *issuer == node).map(|(_, subject)| (*subject, Some(node))),
        );
    }
}

/// A lane for every line that does not come from the box's place in the tree. Lines of one issuer and one kind of
/// evidence share a lane; others do where they do not meet.
fn lanes(plan: &Plan, ranks: &Ranks, tree: &Tree) -> Map<usize, usize> {
    let position = |node: usize| tree.order.iter().position(|other| *other == node).unwrap_or_default();
    let mut bundles: Map<(usize, Evidence), Vec<usize>> = Map::new();
    for (at, link) in plan.edges.iter().enumerate() {
        if tree.parents.get(&link.subject) != Some(&link.issuer) || ranks.upward.contains(&at) {
            bundles.entry((link.issuer, link.evidence)).or_default().push(at);
        }
    }
    let mut taken: Vec<(usize, usize, usize)> = Vec::new();
    let mut lanes = Map::new();
    for ((issuer, _), lines) in bundles {
        let subjects = lines.iter().filter_map(|at| plan.edges.get(*at)).map(|link| position(link.subject));
        let ends = || subjects.clone().chain([position(issuer)]);
        let (first, last) = (ends().min().unwrap_or_default(), ends().max().unwrap_or_default());
        let free = |lane: &usize| !taken.iter().any(|(other, from, to)| other == lane && first <= *to && *from <= last);
        let lane = (0..).find(free).unwrap_or_default();
        taken.push((lane, first, last));
        lanes.extend(lines.into_iter().map(|at| (at, lane)));
    }
    lanes
}

fn boxes(plan: &Plan, facts: &Facts, tree: &Tree, right: i32) -> Layout {
    let mut layout = Layout {
        areas: vec![Rect::default(); plan.nodes.len()],
        contents: vec![Content::default(); plan.nodes.len()],
        reading: tree.order.clone(),
        ..Layout::default()
    };
    let mut y = MARGIN;
    for (at, node) in tree.order.iter().enumerate() {
        let depth = tree.depths.get(node).copied().unwrap_or_default() as i32;
        let x = MARGIN + depth * tree.step;
        let Some(planned) = plan.nodes.get(*node) else { continue };
        let content = content::write(planned, facts, right - x - 2 * PAD);
        y += if at > 0 && depth == 0 { ROOT_GAP } else { 0 };
        y += words_above(plan, *node) * LABEL_LINE + rise(&content);
        let area = Rect { x, y, width: right - x, height: content.height };
        y += area.height + GAP;
        set(&mut layout.areas, *node, area);
        set(&mut layout.contents, *node, content);
    }
    layout.height = y - GAP + MARGIN;
    layout
}

fn set<T>(values: &mut [T], at: usize, value: T) {
    if let Some(place) = values.get_mut(at) {
        *place = value;
    }
}

/// How far the tag on the upper edge of a box stands out of it.
fn rise(content: &Content) -> i32 {
    content.badge_end().map_or(0, |_| BADGE_RISE)
}

/// Lines with words that end at a box; each has a line of text above it.
fn words_above(plan: &Plan, node: usize) -> i32 {
    plan.edges.iter().filter(|link| link.subject == node && ports::label(link).is_some()).count() as i32
}

/// Down the left margin of the issuer, then to the side of the box.
fn below(plan: &Plan, layout: &Layout, tree: &Tree, at: usize) -> Option<Route> {
    let link = plan.edges.get(at)?;
    let (issuer, subject) = (layout.areas.get(link.issuer)?, layout.areas.get(link.subject)?);
    // Lines of different evidence keep apart, or a trunk would look half dashed.
    let tenths = match link.evidence {
        Evidence::Verified => 4,
        Evidence::Unchecked | Evidence::Missing => 6,
        Evidence::Fails => 7,
    };
    let x = issuer.x + tree.step * tenths / 10;
    let y = entry_height(plan, layout, at)?;
    let points = vec![Point { x, y: issuer.y + issuer.height }, Point { x, y }, Point { x: subject.x, y }];
    Some(Route { points, label: None, cross: Point { x, y: subject.y - 4 } })
}

/// Out of the right side of the issuer, along a lane, into the right side of the box.
fn beside(plan: &Plan, layout: &Layout, at: usize, x: i32) -> Option<Route> {
    let link = plan.edges.get(at)?;
    let (issuer, subject) = (layout.areas.get(link.issuer)?, layout.areas.get(link.subject)?);
    let start = issuer.y + issuer.height - EXIT.0 - EXIT.1 * link.evidence as i32;
    let y = entry_height(plan, layout, at)?;
    let points = vec![
        Point { x: issuer.x + issuer.width, y: start },
        Point { x, y: start },
        Point { x, y },
        Point { x: subject.x + subject.width, y },
    ];
    let above = if y > start { y - 12 } else { y + 12 };
    Some(Route { points, label: None, cross: Point { x, y: above } })
}

/// The middle of the row that the line leads to; the height of the name where it means the whole box. Lines that would
/// enter at the same height keep a little apart.
fn entry_height(plan: &Plan, layout: &Layout, at: usize) -> Option<i32> {
    let link = plan.edges.get(at)?;
    let area = layout.areas.get(link.subject)?;
    let rows = &layout.contents.get(link.subject)?.rows;
    let row = link.row.and_then(|row| rows.get(row.min(rows.len().saturating_sub(1))));
    let middle = row.map_or(area.height.min(60) / 2, |row| row.area.y + row.area.height / 2);
    let before =
        plan.edges.iter().take(at).filter(|other| (other.subject, other.row) == (link.subject, link.row)).count();
    Some((area.y + middle + 7 * before as i32).min(area.y + area.height - 6))
}

/// Words stand above the box, one line each: at the left for lines from the left, else at the right.
fn place_labels(plan: &Plan, layout: &mut Layout, lanes: &Map<usize, usize>) {
    let mut used: Map<usize, i32> = Map::new();
    for (at, link) in plan.edges.iter().enumerate() {
        let (Some(label), Some(area)) = (ports::label(link), layout.areas.get(link.subject)) else { continue };
        let line = used.entry(link.subject).or_default();
        let x = if lanes.contains_key(&at) { area.x + area.width - label.width } else { area.x + 4 };
        let rise = layout.contents.get(link.subject).map_or(0, rise);
        let point = Point { x, y: area.y - 6 - rise - LABEL_LINE * *line };
        *line += 1;
        if let Some(route) = layout.routes.get_mut(at) {
            route.label = Some(point);
        }
    }
}
