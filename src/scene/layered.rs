//! The wide layout: connected pieces in levels, the pieces side by side.

use super::content;
use super::facts::Facts;
use super::items::{self, Piece};
use super::lists::{groups, value};
use super::select::Plan;
use super::{Kind, Node, Rect, order, place, ports, route};

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

/// Boxes with their place.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// By box of the plan; what is written in them counts from their corner.
    pub(super) nodes: Vec<Node>,
}

/// Lays the plan out in levels; its lines get their routes.
pub(super) fn layout(plan: &mut Plan, facts: &Facts) -> Layout {
    let nodes = write(plan, facts);
    let mut pieces = Vec::new();
    for members in families(plan) {
        pieces.push(narrowest(plan, &nodes, &members));
    }
    shelve(pieces, plan, Layout { nodes, ..Layout::default() })
}

/// Connected boxes, in the order of their first; boxes without a line come last, one by one.
fn families(plan: &Plan) -> Vec<Vec<usize>> {
    let mut names: Vec<usize> = (0..plan.nodes.len()).collect();
    for link in &plan.edges {
        let (one, other) = (value(&names, link.issuer), value(&names, link.subject));
        for name in &mut names {
            if *name == one.max(other) {
                *name = one.min(other);
            }
        }
    }
    let key = |node: usize, name: usize| [usize::from(is_single(plan, node)), name, 0, 0];
    groups(names.iter().enumerate().map(|(node, name)| (key(node, *name), node)).collect())
}

fn is_single(plan: &Plan, node: usize) -> bool {
    !plan.edges.iter().any(|link| link.issuer == node || link.subject == node)
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
fn shelve(pieces: Vec<Piece>, plan: &mut Plan, mut layout: Layout) -> Layout {
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
        settle(plan, &mut layout, piece, left + MARGIN, y + MARGIN);
    }
    layout
}

/// Puts a piece where it belongs.
fn settle(plan: &mut Plan, layout: &mut Layout, mut piece: Piece, left: i32, top: i32) {
    for gap in &mut piece.gaps {
        gap.bottom += top;
        gap.last_track_at += top;
    }
    for item in &mut piece.items {
        item.axis += left;
        let y = value(&piece.gaps, item.level).bottom;
        for (node, area) in &item.boxes {
            if let Some(node) = layout.nodes.get_mut(*node) {
                node.area = Rect { x: item.axis + area.x, y: y + area.y, ..*area };
            }
        }
    }
    for net in &piece.nets {
        for (line, end) in &net.ends {
            if let (Some(link), Some(route)) = (plan.edges.get_mut(*line), route::walk(&piece, net, *line, *end)) {
                link.route = route;
            }
        }
    }
}
