//! The narrow layout: an indented tree, one box per line, for telephones and for graphs that would be too wide.
//!
//! Every box stands below all its issuers, indented below the last of them. That line runs in the margin at the left;
//! lines from further issuers run in lanes at the right.

use std::collections::BTreeMap;

use super::route::Route;
use super::{Layout, Shape, ports};
use crate::scene::plan::content::PAD;
use crate::scene::plan::facts::Facts;
use crate::scene::plan::{Plan, content, label};
use crate::scene::{Evidence, Node, Point, Rect};

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

/// The boxes as an outline: each below one of its issuers and indented.
#[derive(Default)]
struct Tree {
    /// Boxes from top to bottom.
    order: Vec<usize>,
    /// By box how far it is indented, and below which box; only those that stand.
    places: BTreeMap<usize, Place>,
    /// Pixels of indentation.
    step: i32,
}

#[derive(Clone, Copy)]
struct Place {
    /// Among the boxes from top to bottom.
    position: usize,
    depth: i32,
    parent: Option<usize>,
}

/// Lays the plan out as an outline of this width.
pub(super) fn layout(plan: &Plan, facts: &Facts, width: i32) -> Layout {
    let tree = tree(plan);
    let lanes = lanes(plan, &tree);
    let count = lanes.values().map(|lane| lane + 1).max().unwrap_or_default();
    let spacing = LANE.min(LANES_ROOM / count.max(1)).max(1);
    let right = width - MARGIN - if count > 0 { count * spacing + 2 } else { 0 };
    let mut nodes = write(plan, facts, &tree, right);
    let height = stack(&mut nodes, plan, &tree);
    let route = |at: usize| {
        let lane = lanes.get(&at).map(|lane| right + spacing * (lane + 1));
        route(plan, &nodes, tree.step, at, lane).unwrap_or_default()
    };
    let routes = (0..plan.links.len()).map(route).collect();
    Layout { width, height, shape: Shape::Outline, nodes, routes }
}

/// Depth first, but a box waits until all its issuers stand.
fn tree(plan: &Plan) -> Tree {
    let mut tree = Tree::default();
    for root in 0..plan.nodes.len() {
        if issuers(plan, root).next().is_none() {
            grow(&mut tree, plan, root);
        }
    }
    let deepest = tree.places.values().map(|place| place.depth).max().unwrap_or_default();
    tree.step = INDENT.min(MOST_INDENT / deepest.max(1));
    tree
}

/// Boxes above a box, along lines that lead down.
fn issuers(plan: &Plan, node: usize) -> impl Iterator<Item = usize> {
    plan.links.iter().filter(move |link| link.subject == node && !link.upward).map(|link| link.issuer)
}

fn grow(tree: &mut Tree, plan: &Plan, root: usize) {
    let mut open = vec![(root, None)];
    while let Some((node, parent)) = open.pop() {
        let stands = |node: usize| tree.places.contains_key(&node);
        if stands(node) || !issuers(plan, node).all(stands) {
            continue;
        }
        let depth = parent.and_then(|parent| tree.places.get(&parent)).map_or(0, |above| above.depth + 1);
        tree.places.insert(node, Place { position: tree.order.len(), depth, parent });
        tree.order.push(node);
        for link in plan.links.iter().rev().filter(|link| link.issuer == node && !link.upward) {
            open.push((link.subject, Some(node)));
        }
    }
}

/// A lane for every line that does not come from the box's place in the tree. Lines of one issuer and one kind of
/// evidence share a lane; others do where they do not meet.
fn lanes(plan: &Plan, tree: &Tree) -> BTreeMap<usize, i32> {
    let mut bundles: BTreeMap<(usize, Evidence), Vec<usize>> = BTreeMap::new();
    for (at, link) in plan.links.iter().enumerate() {
        if link.upward || tree.places.get(&link.subject).and_then(|place| place.parent) != Some(link.issuer) {
            bundles.entry((link.issuer, link.evidence)).or_default().push(at);
        }
    }
    let position = |node: usize| tree.places.get(&node).map_or(0, |place| place.position);
    let mut taken: Vec<(i32, usize, usize)> = Vec::new();
    let mut lanes = BTreeMap::new();
    for bundle in bundles.values() {
        let links = || bundle.iter().filter_map(|at| plan.links.get(*at));
        let positions = || links().flat_map(|link| [position(link.issuer), position(link.subject)]);
        let (first, last) = (positions().min().unwrap_or_default(), positions().max().unwrap_or_default());
        let mut lane = 0;
        while taken.iter().any(|(other, from, to)| *other == lane && first <= *to && *from <= last) {
            lane += 1;
        }
        taken.push((lane, first, last));
        lanes.extend(bundle.iter().map(|at| (*at, lane)));
    }
    lanes
}

/// Writes the boxes in the order of the plan, indented as in the tree.
fn write(plan: &Plan, facts: &Facts, tree: &Tree, right: i32) -> Vec<Node> {
    let write = |(at, planned)| {
        let x = MARGIN + tree.places.get(&at).map_or(0, |place| place.depth) * tree.step;
        let mut node = content::write(planned, facts, right - x - 2 * PAD);
        (node.area.x, node.area.width) = (x, right - x);
        node
    };
    plan.nodes.iter().enumerate().map(write).collect()
}

/// Puts the boxes one below the other in the order of the tree; the height of them all.
fn stack(nodes: &mut [Node], plan: &Plan, tree: &Tree) -> i32 {
    let mut y = MARGIN;
    for (at, index) in tree.order.iter().enumerate() {
        let Some(node) = nodes.get_mut(*index) else { continue };
        let words_above = plan.links.iter().filter(|link| link.subject == *index && label(link).is_some());
        y += if at > 0 && node.area.x == MARGIN { ROOT_GAP } else { 0 };
        y += words_above.count() as i32 * LABEL_LINE + node.rise();
        node.area.y = y;
        y += node.area.height + GAP;
    }
    y - GAP + MARGIN
}

/// A line: along a lane at the right, else down the left margin of the issuer.
fn route(plan: &Plan, nodes: &[Node], step: i32, at: usize, lane: Option<i32>) -> Option<Route> {
    let link = plan.links.get(at)?;
    let (issuer, subject) = (nodes.get(link.issuer)?, nodes.get(link.subject)?);
    let earlier = || plan.links.iter().take(at).filter(|other| other.subject == link.subject);
    // Lines that would enter at the same height keep a little apart.
    let before = earlier().filter(|other| other.row == link.row).count() as i32;
    let middle = ports::row_height(subject, link.row, subject.area.height.min(60) / 2);
    let y = subject.area.y + (middle + 7 * before).min(subject.area.height - 6);
    let mut route = match lane {
        Some(x) => beside(issuer.area, subject.area, link.evidence, x, y),
        None => below(issuer.area, subject.area, link.evidence, step, y),
    };
    // Words stand above the box, one line each: at the left for lines from the left, else at the right.
    if let Some(words) = label(link) {
        let line = earlier().filter(|other| label(other).is_some()).count() as i32;
        let at_right = subject.area.x + subject.area.width - words.width;
        let x = if lane.is_some() { at_right } else { at_right.min(subject.area.x + 4) };
        route.label = Some(Point { x, y: subject.area.y - 6 - subject.rise() - LABEL_LINE * line });
    }
    Some(route)
}

/// Down the left margin of the issuer, then to the side of the box.
fn below(issuer: Rect, subject: Rect, evidence: Evidence, step: i32, y: i32) -> Route {
    // Lines of different evidence keep apart, or a trunk would look half dashed.
    let tenths = match evidence {
        Evidence::Verified => 4,
        Evidence::Unchecked | Evidence::Missing => 6,
        Evidence::Fails => 7,
    };
    let x = issuer.x + step * tenths / 10;
    let points = vec![Point { x, y: issuer.y + issuer.height }, Point { x, y }, Point { x: subject.x, y }];
    Route { points, label: None, cross: Point { x, y: subject.y - 4 } }
}

/// Out of the right side of the issuer, along a lane, into the right side of the box.
fn beside(issuer: Rect, subject: Rect, evidence: Evidence, x: i32, y: i32) -> Route {
    let start = issuer.y + issuer.height - EXIT.0 - EXIT.1 * evidence as i32;
    let points = vec![
        Point { x: issuer.x + issuer.width, y: start },
        Point { x, y: start },
        Point { x, y },
        Point { x: subject.x + subject.width, y },
    ];
    let above = if y > start { y - 12 } else { y + 12 };
    Route { points, label: None, cross: Point { x, y: above } }
}
