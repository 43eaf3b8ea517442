//! The narrow layout: an indented tree, one box per line, for telephones and for graphs that would be too wide.
//!
//! Every box stands below all its issuers, indented below the last of them. That line runs in the margin at the left;
//! lines from further issuers run in lanes at the right.

use super::content::{self, PAD};
use super::facts::Facts;
use super::layered::Layout;
use super::lists::{Key, defaults, groups, set, value};
use super::ports;
use super::route::Route;
use super::select::Plan;
use super::{Evidence, Node, Point, Rect};

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

/// The tree.
#[derive(Default)]
struct Tree {
    /// Boxes from top to bottom.
    order: Vec<usize>,
    /// By box how far it is indented, none until it stands, and below which box.
    places: Vec<Option<Place>>,
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

/// Lays the plan out as an outline of this width; its lines get their routes.
pub(super) fn layout(plan: &mut Plan, facts: &Facts, width: i32) -> Layout {
    let tree = tree(plan);
    let lanes = lanes(plan, &tree);
    let count = lanes.iter().map(|lane| lane.map_or(0, |lane| lane + 1)).max().unwrap_or_default();
    let spacing = LANE.min(LANES_ROOM / count.max(1)).max(1);
    let right = width - MARGIN - if count > 0 { count * spacing + 2 } else { 0 };
    let mut layout = boxes(plan, facts, &tree, right);
    layout.width = width;
    for at in 0..plan.edges.len() {
        let lane = value(&lanes, at).map(|lane| right + spacing * (lane + 1));
        let route = route(plan, &layout.nodes, tree.step, at, lane);
        if let (Some(link), Some(route)) = (plan.edges.get_mut(at), route) {
            link.route = route;
        }
    }
    layout
}

/// Depth first, but a box waits until all its issuers stand.
fn tree(plan: &Plan) -> Tree {
    let mut tree = Tree { places: defaults(plan.nodes.len()), ..Tree::default() };
    for root in 0..plan.nodes.len() {
        if issuers(plan, root).next().is_none() {
            grow(&mut tree, plan, root);
        }
    }
    let deepest = tree.places.iter().flatten().map(|place| place.depth).max().unwrap_or_default();
    tree.step = INDENT.min(MOST_INDENT / deepest.max(1));
    tree
}

/// Boxes above a box, along lines that lead down.
fn issuers(plan: &Plan, node: usize) -> impl Iterator<Item = usize> {
    plan.edges.iter().filter(move |link| link.subject == node && !link.upward).map(|link| link.issuer)
}

fn grow(tree: &mut Tree, plan: &Plan, root: usize) {
    let mut open = vec![(root, None)];
    while let Some((node, parent)) = open.pop() {
        let stands = |node: usize| value(&tree.places, node).is_some();
        if stands(node) || !issuers(plan, node).all(stands) {
            continue;
        }
        let depth = parent.and_then(|parent| value(&tree.places, parent)).map_or(0, |above| above.depth + 1);
        set(&mut tree.places, node, Some(Place { position: tree.order.len(), depth, parent }));
        tree.order.push(node);
        for link in plan.edges.iter().rev().filter(|link| link.issuer == node && !link.upward) {
            open.push((link.subject, Some(node)));
        }
    }
}

/// A lane for every line that does not come from the box's place in the tree. Lines of one issuer and one kind of
/// evidence share a lane; others do where they do not meet.
fn lanes(plan: &Plan, tree: &Tree) -> Vec<Option<i32>> {
    let place = |node: usize| value(&tree.places, node);
    let mut lines: Vec<(Key, usize)> = Vec::new();
    for (at, link) in plan.edges.iter().enumerate() {
        if link.upward || place(link.subject).and_then(|place| place.parent) != Some(link.issuer) {
            lines.push(([link.issuer, link.evidence as usize, 0, 0], at));
        }
    }
    let mut taken: Vec<(i32, usize, usize)> = Vec::new();
    let mut lanes = defaults(plan.edges.len());
    for bundle in groups(lines) {
        let (mut first, mut last) = (usize::MAX, 0);
        for link in bundle.iter().filter_map(|at| plan.edges.get(*at)) {
            for end in [link.issuer, link.subject] {
                let position = place(end).map_or(0, |place| place.position);
                (first, last) = (first.min(position), last.max(position));
            }
        }
        let mut lane = 0;
        while taken.iter().any(|(other, from, to)| *other == lane && first <= *to && *from <= last) {
            lane += 1;
        }
        taken.push((lane, first, last));
        bundle.into_iter().for_each(|at| set(&mut lanes, at, Some(lane)));
    }
    lanes
}

fn boxes(plan: &Plan, facts: &Facts, tree: &Tree, right: i32) -> Layout {
    let mut layout = Layout::default();
    // Written in the order of the plan, placed in the order of the tree.
    for (planned, place) in plan.nodes.iter().zip(&tree.places) {
        let x = MARGIN + place.map_or(0, |place| place.depth) * tree.step;
        let mut node = content::write(planned, facts, right - x - 2 * PAD);
        (node.area.x, node.area.width) = (x, right - x);
        layout.nodes.push(node);
    }
    let mut y = MARGIN;
    for (at, index) in tree.order.iter().enumerate() {
        let Some(node) = layout.nodes.get_mut(*index) else { continue };
        let words_above = plan.edges.iter().filter(|link| link.subject == *index && ports::label(link).is_some());
        y += if at > 0 && node.area.x == MARGIN { ROOT_GAP } else { 0 };
        y += words_above.count() as i32 * LABEL_LINE + node.rise();
        node.area.y = y;
        y += node.area.height + GAP;
    }
    layout.height = y - GAP + MARGIN;
    layout
}

/// A line: along a lane at the right, else down the left margin of the issuer.
fn route(plan: &Plan, nodes: &[Node], step: i32, at: usize, lane: Option<i32>) -> Option<Route> {
    let link = plan.edges.get(at)?;
    let (issuer, subject) = (nodes.get(link.issuer)?, nodes.get(link.subject)?);
    let earlier = || plan.edges.iter().take(at).filter(|other| other.subject == link.subject);
    // Lines that would enter at the same height keep a little apart.
    let before = earlier().filter(|other| other.row == link.row).count() as i32;
    let middle = ports::row_height(subject, link.row, subject.area.height.min(60) / 2);
    let y = subject.area.y + (middle + 7 * before).min(subject.area.height - 6);
    let mut route = match lane {
        Some(x) => beside(issuer.area, subject.area, link.evidence, x, y),
        None => below(issuer.area, subject.area, link.evidence, step, y),
    };
    // Words stand above the box, one line each: at the left for lines from the left, else at the right.
    if let Some(label) = ports::label(link) {
        let line = earlier().filter(|other| ports::label(other).is_some()).count() as i32;
        let at_right = subject.area.x + subject.area.width - label.width;
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
