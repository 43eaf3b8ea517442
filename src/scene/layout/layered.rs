//! The wide layout: connected pieces in levels, the pieces side by side.

use std::collections::BTreeMap;

use super::items::{self, Piece};
use super::{Layout, Shape, order, place, ports, route};
use crate::scene::plan::facts::Facts;
use crate::scene::plan::{Plan, content};
use crate::scene::{Kind, Node, Rect};

/// Space around the drawing.
const MARGIN: i32 = 14;
/// Space between pieces.
const PIECE_GAP: i32 = 36;
/// A drawing wider than this stacks siblings in columns, and as a last resort becomes an outline.
const COMFORTABLE: i32 = 1180;
/// From how many siblings on they stand in a column; tried in this order until the drawing is comfortably narrow.
const COLUMNS_FROM: [usize; 5] = [usize::MAX, 6, 4, 3, 2];
/// Most room for the words of a CA.
const CA_ROOM: i32 = 236;
/// Most room for the words of an end entity.
const END_ENTITY_ROOM: i32 = 176;
/// The narrowest box.
const LEAST_WIDTH: i32 = 112;

/// Lays the plan out in levels.
pub(super) fn layout(plan: &Plan, facts: &Facts) -> Layout {
    let nodes = write(plan, facts);
    let pieces = families(plan).iter().map(|members| narrowest(plan, &nodes, members)).collect();
    let routes = vec![route::Route::default(); plan.links.len()];
    shelve(pieces, Layout { width: 0, height: 0, shape: Shape::Levels, nodes, routes })
}

/// Connected boxes, in the order of their first; boxes without a line come last, one by one.
fn families(plan: &Plan) -> Vec<Vec<usize>> {
    // By box the first of those that it is known to be connected with.
    let mut firsts: Vec<usize> = (0..plan.nodes.len()).collect();
    for link in &plan.links {
        let ends = (firsts.get(link.issuer).copied(), firsts.get(link.subject).copied());
        let (Some(issuer), Some(subject)) = ends else { continue };
        for first in firsts.iter_mut().filter(|first| **first == issuer.max(subject)) {
            *first = issuer.min(subject);
        }
    }
    let mut families: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
    for (node, first) in firsts.into_iter().enumerate() {
        families.entry((is_single(plan, node), first)).or_default().push(node);
    }
    families.into_values().collect()
}

fn is_single(plan: &Plan, node: usize) -> bool {
    !plan.links.iter().any(|link| link.issuer == node || link.subject == node)
}

/// Writes the boxes. Those without a line are made equally wide.
fn write(plan: &Plan, facts: &Facts) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut width_of_singles = 0;
    for (at, planned) in plan.nodes.iter().enumerate() {
        let room = if planned.kind == Kind::EndEntity { END_ENTITY_ROOM } else { CA_ROOM };
        let mut node = content::write(planned, facts, room);
        let width = node.area.width.max(LEAST_WIDTH).max(ports::least_width(plan, at, &node));
        // Even widths have their middle on a whole pixel.
        node.area.width = width + width % 2;
        if is_single(plan, at) {
            width_of_singles = node.area.width.max(width_of_singles);
        }
        nodes.push(node);
    }
    for (at, node) in nodes.iter_mut().enumerate() {
        if is_single(plan, at) {
            node.area.width = width_of_singles;
        }
    }
    nodes
}

/// The first way of laying a piece out that is comfortably narrow, else the narrowest.
fn narrowest(plan: &Plan, nodes: &[Node], members: &[usize]) -> Piece {
    let mut narrowest = Piece { width: i32::MAX, ..Piece::default() };
    for columns_from in COLUMNS_FROM {
        if narrowest.width > COMFORTABLE {
            let tried = piece(plan, nodes, members, columns_from);
            if tried.width < narrowest.width {
                narrowest = tried;
            }
        }
    }
    narrowest
}

/// A piece at the origin.
fn piece(plan: &Plan, nodes: &[Node], members: &[usize], columns_from: usize) -> Piece {
    let mut piece = items::build(plan, nodes, members, columns_from);
    order::order(&mut piece);
    ports::assign(&mut piece, plan, nodes);
    place::place(&mut piece);
    route::prepare(&mut piece);
    piece.width = piece.items.iter().map(|item| item.axis + item.right).max().unwrap_or_default();
    piece
}

/// Puts the pieces side by side, and on a new shelf where the drawing would become too wide. Single boxes stand close
/// together.
fn shelve(pieces: Vec<Piece>, mut layout: Layout) -> Layout {
    let room = pieces.iter().map(|piece| piece.width).max().unwrap_or_default().max(COMFORTABLE);
    let (mut x, mut y, mut shelf) = (0, 0, 0);
    for piece in pieces {
        let gap = if piece.items.len() == 1 { PIECE_GAP / 2 } else { PIECE_GAP };
        if x > 0 && x + gap + piece.width > room {
            (x, y, shelf) = (0, y + shelf + gap, 0);
        }
        let left = if x > 0 { x + gap } else { 0 };
        x = left + piece.width;
        shelf = shelf.max(piece.height);
        layout.width = layout.width.max(x + 2 * MARGIN);
        layout.height = y + shelf + 2 * MARGIN;
        settle(&mut layout, piece, left + MARGIN, y + MARGIN);
    }
    layout
}

/// Puts a piece where it belongs.
fn settle(layout: &mut Layout, mut piece: Piece, left: i32, top: i32) {
    for gap in &mut piece.gaps {
        gap.bottom += top;
        gap.last_track_at += top;
    }
    for item in &mut piece.items {
        item.axis += left;
        let y = piece.gaps.get(item.level).map_or(0, |gap| gap.bottom);
        for (node, area) in &item.boxes {
            if let Some(node) = layout.nodes.get_mut(*node) {
                node.area = Rect { x: item.axis + area.x, y: y + area.y, ..*area };
            }
        }
    }
    for net in &piece.nets {
        for (line, end) in &net.ends {
            if let (Some(place), Some(route)) = (layout.routes.get_mut(*line), route::walk(&piece, net, *line, *end)) {
                *place = route;
            }
        }
    }
}
