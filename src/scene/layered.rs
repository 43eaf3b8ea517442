//! The wide layout: connected pieces in levels, the pieces side by side.

use crate::collection::{self, Gather as _, Map, Set};

use super::content::{self, Content};
use super::facts::Facts;
use super::rank::Ranks;
use super::route::{Route, Routed};
use super::select::{Link, Plan};
use super::{Kind, Point, Rect, items, order, place, ports, route};

/// Space around the drawing.
pub(super) const MARGIN: i32 = 14;
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

/// Boxes, their contents and the lines, all with their place.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// By box of the plan.
    pub(super) areas: Vec<Rect>,
    /// By box of the plan; coordinates count from its corner.
    pub(super) contents: Vec<Content>,
    /// By line of the plan.
    pub(super) routes: Vec<Route>,
    /// Boxes of the plan in reading order.
    pub(super) reading: Vec<usize>,
}

/// Lays the plan out in levels.
pub(super) fn layout(plan: &Plan, facts: &Facts, ranks: &Ranks) -> Layout {
    let contents = contents(plan, facts, ranks);
    let families = families(plan);
    let pieces = families.iter().map(|members| {
        let tries = COLUMNS_FROM.iter().map(|from| piece(plan, ranks, &contents, members, *from));
        let mut narrowest: Option<Piece> = None;
        for tried in tries {
            let done = tried.width <= COMFORTABLE;
            if narrowest.as_ref().is_none_or(|best| tried.width < best.width) {
                narrowest = Some(tried);
            }
            if done {
                break;
            }
        }
        narrowest.unwrap_or_default()
    });
    let pieces = pieces.gather();
    shelve(pieces, plan, contents)
}

fn contents(plan: &Plan, facts: &Facts, ranks: &Ranks) -> Vec<Content> {
    let write = |(at, node)| {
        let node: &super::select::Box = node;
        let room = if node.kind == Kind::EndEntity { END_ENTITY_ROOM } else { CA_ROOM };
        let content = content::write(node, facts, room);
        let least = LEAST_WIDTH.max(ports::least_width(plan, ranks, at, &content));
        Content { width: even(content.width.max(least)), ..content }
    };
    plan.nodes.iter().enumerate().map(write).gather()
}

/// Even widths have their middle on a whole pixel.
fn even(width: i32) -> i32 {
    width + width % 2
}

/// Connected boxes, in the order of their first; boxes without a line come last, together.
fn families(plan: &Plan) -> Vec<Set<usize>> {
    let mut family: Vec<usize> = (0..plan.nodes.len()).gather();
    for Link { issuer, subject, .. } in &plan.edges {
        let (Some(one), Some(other)) = (family.get(*issuer).copied(), family.get(*subject).copied()) else { continue };
        let (least, most) = (one.min(other), one.max(other));
        family.iter_mut().filter(|name| **name == most).for_each(|name| *name = least);
    }
    let mut families: Map<usize, Set<usize>> = Map::new();
    for (node, name) in family.into_iter().enumerate() {
        families.entry(name).or_default().insert(node);
    }
    let (mut connected, single): (Vec<_>, Vec<_>) = families.into_values().partition(|members| members.len() > 1);
    connected.extend(single);
    connected
}

/// A connected piece at the origin.
#[derive(Clone, Debug, Default)]
struct Piece {
    width: i32,
    height: i32,
    single: bool,
    areas: Map<usize, Rect>,
    routes: Map<usize, Route>,
}

fn piece(plan: &Plan, ranks: &Ranks, contents: &[Content], members: &Set<usize>, columns_from: usize) -> Piece {
    let mut pieces = items::build(plan, ranks, contents, members, columns_from);
    let levels = order::order(&pieces);
    let ports = ports::assign(&mut pieces, plan, contents, &levels);
    let axes = place::axes(&pieces, &levels);
    let Routed { tops, routes } = route::route(&pieces, plan, &ports, &levels, &axes);
    let mut piece = Piece { single: members.len() == 1, routes, ..Piece::default() };
    for (item, axis) in pieces.items.iter().zip(axes) {
        let top = tops.get(item.level).copied().unwrap_or_default();
        for (node, area) in &item.boxes {
            piece.areas.insert(*node, Rect { x: axis + area.x, y: top + area.y, ..*area });
        }
        piece.width = piece.width.max(axis + item.right);
        piece.height = piece.height.max(top + item.height);
    }
    piece
}

/// Puts the pieces side by side, and on a new shelf where the drawing would become too wide. Single boxes are made
/// equally wide and stand close together.
fn shelve(mut pieces: Vec<Piece>, plan: &Plan, contents: Vec<Content>) -> Layout {
    equalise_singles(&mut pieces);
    let room = pieces.iter().map(|piece| piece.width).max().unwrap_or_default().max(COMFORTABLE);
    let mut layout = Layout {
        areas: vec![Rect::default(); plan.nodes.len()],
        routes: vec![Route::default(); plan.edges.len()],
        contents,
        ..Layout::default()
    };
    let (mut x, mut y, mut shelf) = (0, 0, 0);
    for piece in pieces {
        let gap = if piece.single { PIECE_GAP / 2 } else { PIECE_GAP };
        if x > 0 && x + gap + piece.width > room {
            (x, y, shelf) = (0, y + shelf + gap, 0);
        }
        let left = if x > 0 { x + gap } else { 0 };
        x = left + piece.width;
        shelf = shelf.max(piece.height);
        layout.width = layout.width.max(x + 2 * MARGIN);
        layout.height = y + shelf + 2 * MARGIN;
        settle(&mut layout, piece, Point { x: left + MARGIN, y: y + MARGIN });
    }
    layout.reading = reading(&layout.areas);
    layout
}

fn equalise_singles(pieces: &mut [Piece]) {
    let single = |piece: &&Piece| piece.single;
    let width = pieces.iter().filter(single).map(|piece| piece.width).max().unwrap_or_default();
    for piece in pieces.iter_mut().filter(|piece| piece.single) {
        piece.width = width;
        piece.areas.values_mut().for_each(|area| *area = Rect { x: 0, width, ..*area });
    }
}

fn settle(layout: &mut Layout, piece: Piece, by: Point) {
    let moved = |point: Point| Point { x: point.x + by.x, y: point.y + by.y };
    for (node, area) in piece.areas {
        if let Some(place) = layout.areas.get_mut(node) {
            *place = Rect { x: area.x + by.x, y: area.y + by.y, ..area };
        }
    }
    for (link, route) in piece.routes {
        if let Some(place) = layout.routes.get_mut(link) {
            let points = route.points.into_iter().map(moved).gather();
            *place = Route { points, label: route.label.map(moved), cross: moved(route.cross) };
        }
    }
}

/// From top to bottom, from left to right.
fn reading(areas: &[Rect]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..areas.len()).gather();
    collection::sort_by_key(&mut order, |at| areas.get(*at).map(|area| (area.y, area.x)));
    order
}
