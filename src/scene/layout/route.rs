//! Lines between the boxes: right angles with round corners, each net on a track of its own between two levels.

use std::fmt::{self, Write as _};

use super::items::{Entry, Gap, Item, Net, Piece};
use super::ports::LABEL_GAP;
use crate::scene::Point;

/// Space between the boxes above and the first track.
const HEAD: i32 = 22;
/// Space between two tracks.
const TRACK_GAP: i32 = 12;
/// Space between the last track and the boxes below: an arrow head and a little line.
const FOOT: i32 = 24;
/// Height of a line of words above a box.
const LABEL_LINE: i32 = 15;
/// Nets closer than this count as overlapping.
const CLEAR: i32 = 12;
/// Farthest that a port is moved to make a line straight.
const MOST_SNAP: i32 = 60;
/// Radius of the corners.
const RADIUS: i32 = 8;
/// Length and half width of an arrow head.
const ARROW: (i32, i32) = (6, 3);

/// A line with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// Its corners, first at the issuer, last at the subject.
    pub(crate) points: Vec<Point>,
    /// Where its words begin.
    pub(crate) label: Option<Point>,
    /// Where a cross strikes it out.
    pub(crate) cross: Point,
}

/// The part of a net between two levels.
#[derive(Clone, Debug, Default)]
struct Stretch {
    net: usize,
    /// Where it comes from.
    from: i32,
    /// Where it goes.
    to: Vec<i32>,
    /// Its left end.
    least: i32,
    /// Its right end.
    most: i32,
}

/// Decides where the nets go sideways, and with that how far the levels are from each other.
pub(super) fn prepare(piece: &mut Piece) {
    straighten(piece);
    let mut y = 0;
    piece.gaps = vec![Gap::default()];
    for level in 0..piece.levels.len() {
        let last_track = tracks(piece, level);
        let (mut height, mut rise, mut label_lines) = (0, 0, 0);
        for item in &piece.items {
            if item.level == level {
                height = height.max(item.height);
            } else if item.level == level + 1 {
                (rise, label_lines) = (item.rise.max(rise), item.label_lines.max(label_lines));
            }
        }
        piece.height = y + height;
        let last_track_at = y + height + HEAD + last_track * TRACK_GAP;
        // Below it: arrow heads, words, tags that stand out.
        y = last_track_at + FOOT.max(rise + 16) + label_lines * LABEL_LINE;
        piece.gaps.push(Gap { bottom: y, last_track_at, last_track });
    }
}

/// Moves ports so that short jogs disappear: the exit of a net with one end, or the only entry of a box.
fn straighten(piece: &mut Piece) {
    for at in 0..piece.nets.len() {
        let Some(net) = piece.nets.get(at) else { continue };
        let (Some(source), Some(next)) = (net.carriers.first(), only_step(piece, net)) else { continue };
        let (Some(above), Some(below)) = (piece.items.get(*source), piece.items.get(next)) else { continue };
        let link = net.ends.iter().find(|(_, end)| *end == next).map(|(link, _)| *link);
        let entry = link.map(|link| piece.entry(link)).unwrap_or_default();
        let (here, there) = (above.axis + net.exit, below.axis + entry.offset);
        let (exit, offset) = (there - above.axis, here - below.axis);
        let leaves_alone = piece.nets.iter().filter(|other| other.carriers.first() == Some(source)).count() == 1;
        if (here - there).abs() > MOST_SNAP && !below.column {
            continue;
        } else if !net.upward && leaves_alone && exit.abs() <= reach(above) {
            if let Some(net) = piece.nets.get_mut(at) {
                net.exit = exit;
            }
        } else if let Some(link) = link
            && entry.side.is_none()
            && arrivals(piece, next) == 1
            && offset.abs() <= reach(below)
            && offset >= below.entries_from
        {
            piece.entries.insert(link, Entry { offset, ..entry });
        }
    }
}

/// How far from the axis of an item lines may enter and leave.
fn reach(item: &Item) -> i32 {
    item.boxes.first().map_or(0, |(_, area)| area.width / 2 - 14)
}

/// How many lines end at an item.
fn arrivals(piece: &Piece, item: usize) -> usize {
    let arrivals = |net: &Net| net.ends.iter().filter(|(_, end)| *end == item).count();
    piece.nets.iter().map(arrivals).sum()
}

/// The item of the level below to which a net leads from where it starts, if there is no other.
fn only_step(piece: &Piece, net: &Net) -> Option<usize> {
    let level = net.level + 1;
    let mut only = net.carrier(level);
    for (_, end) in &net.ends {
        if piece.level(*end) == level && *only.get_or_insert(*end) != *end {
            return None;
        }
    }
    only
}

/// Gives each net a track between a level and the next, 0 on top, where it has to go sideways. The last track.
fn tracks(piece: &mut Piece, level: usize) -> i32 {
    let stretches = stretches(piece, level);
    let mut placed: Vec<(&Stretch, i32)> = Vec::new();
    for stretch in cheapest_order(&stretches) {
        let clear = |other: &Stretch| other.most <= stretch.least - CLEAR || stretch.most <= other.least - CLEAR;
        let in_the_way = placed.iter().filter(|(other, _)| !clear(other));
        let track = in_the_way.map(|(_, track)| track + 1).max().unwrap_or_default();
        placed.push((stretch, track));
    }
    for (stretch, track) in &placed {
        if let Some(net) = piece.nets.get_mut(stretch.net) {
            net.set_track(level, *track);
        }
    }
    placed.iter().map(|(_, track)| *track).max().unwrap_or_default()
}

/// The horizontal needs of every net between a level and the next; those that go straight down have none.
fn stretches(piece: &Piece, level: usize) -> Vec<Stretch> {
    let axis = |item: usize| piece.items.get(item).map_or(0, |item| item.axis);
    let mut stretches = Vec::new();
    for (at, net) in piece.nets.iter().enumerate() {
        let Some(carrier) = net.carrier(level) else { continue };
        let from = axis(carrier) + if level == net.level { net.exit } else { 0 };
        let mut stretch = Stretch { net: at, from, least: from, most: from, ..Stretch::default() };
        stretch.to.extend(net.carrier(level + 1).map(axis));
        for (link, end) in &net.ends {
            if piece.level(*end) == level + 1 {
                stretch.to.push(axis(*end) + piece.entry(*link).offset);
            }
        }
        for to in &stretch.to {
            (stretch.least, stretch.most) = (stretch.least.min(*to), stretch.most.max(*to));
        }
        if stretch.least < stretch.most {
            stretches.push(stretch);
        }
    }
    stretches
}

/// Rounds of moving every net to its best place; more change nothing in drawings of this size.
const ROUNDS: usize = 3;

/// The order from top to bottom: at first by where they come from, then each is moved to the place among the others
/// where it costs least (sifting).
fn cheapest_order(stretches: &[Stretch]) -> Vec<&Stretch> {
    let mut order: Vec<&Stretch> = stretches.iter().collect();
    order.sort_by_key(|stretch| stretch.from);
    for _ in 0..ROUNDS {
        for moved in order.clone() {
            let Some(present) = order.iter().position(|other| other.net == moved.net) else { continue };
            order.remove(present);
            order.insert(best_place(&order, moved, present), moved);
        }
    }
    order
}

/// The cheapest place among the others; of several the one nearest to the present one.
fn best_place(others: &[&Stretch], moved: &Stretch, present: usize) -> usize {
    let mut total = 0;
    let mut best = (total, present, 0);
    for (at, other) in others.iter().enumerate() {
        total += cost(other, moved) - cost(moved, other);
        best = best.min((total, present.abs_diff(at + 1), at + 1));
    }
    best.2
}

/// What it costs to have one net above another: crossings, and above all two verticals on top of each other.
fn cost(upper: &Stretch, lower: &Stretch) -> i32 {
    let covers = |stretch: &Stretch, x: i32| stretch.least < x && x < stretch.most;
    let mut cost = i32::from(covers(upper, lower.from));
    for x in &upper.to {
        cost += i32::from(covers(lower, *x));
        if (x - lower.from).abs() < CLEAR / 2 {
            cost += 100;
        }
    }
    cost
}

/// Follows one line of a net from its issuer to its subject, the item `end`.
pub(super) fn walk(piece: &Piece, net: &Net, line: usize, end: usize) -> Option<Route> {
    let (source, target) = (piece.items.get(*net.carriers.first()?)?, piece.items.get(end)?);
    let entry = piece.entry(line);
    let top = piece.gap(source.level).bottom;
    let mut x = source.axis + net.exit;
    let mut points = Vec::new();
    match net.side {
        Some((height, edge)) => sideways(&mut points, source.axis + edge, x, top + height),
        None => points.push(Point { x, y: top + source.boxes.first().map_or(0, |(_, area)| area.y + area.height) }),
    }
    for level in source.level..target.level {
        let bend = net.carrier(level + 1).filter(|_| level + 1 < target.level).and_then(|bend| piece.items.get(bend));
        let to = bend.map_or(target.axis + entry.offset, |bend| bend.axis);
        // Tracks count from the boxes below, so that they stay close to what they lead to however tall those above are.
        let gap = piece.gap(level + 1);
        let y = gap.last_track_at - TRACK_GAP * (gap.last_track - net.track(level));
        if to != x {
            sideways(&mut points, x, to, y);
        }
        x = to;
    }
    let top = piece.gap(target.level).bottom;
    match entry.side {
        Some((height, edge)) => sideways(&mut points, x, target.axis + edge, top + height),
        None => points.push(Point { x, y: top }),
    }
    if net.upward {
        points.reverse();
    }
    let above = top - LABEL_LINE * entry.label_line.unwrap_or_default();
    let label = entry.label_line.map(|_| Point { x: x + LABEL_GAP, y: above - 9 });
    Some(Route { points, label, cross: Point { x, y: above - 13 } })
}

fn sideways(points: &mut Vec<Point>, from: i32, to: i32, y: i32) {
    points.push(Point { x: from, y });
    points.push(Point { x: to, y });
}

/// Path data with round corners.
pub(crate) fn path(points: &[Point]) -> String {
    let mut data = String::new();
    for (at, point) in points.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| points.get(before));
        let _ = match (before, points.get(at + 1)) {
            (None, _) => write!(data, "M{} {}", point.x, point.y),
            (Some(_), None) => write!(data, "L{} {}", point.x, point.y),
            (Some(before), Some(after)) => corner(&mut data, *before, *point, *after),
        };
    }
    data
}

/// A line up to the corner and a curve around it.
fn corner(data: &mut String, before: Point, point: Point, after: Point) -> fmt::Result {
    let radius = RADIUS.min(distance(before, point) / 2).min(distance(point, after) / 2);
    let (start, end) = (towards(point, before, radius), towards(point, after, radius));
    write!(data, "L{} {}Q{} {} {} {}", start.x, start.y, point.x, point.y, end.x, end.y)
}

fn distance(first: Point, second: Point) -> i32 {
    (first.x - second.x).abs() + (first.y - second.y).abs()
}

fn towards(from: Point, to: Point, length: i32) -> Point {
    Point { x: from.x + (to.x - from.x).signum() * length, y: from.y + (to.y - from.y).signum() * length }
}

/// Path data of the arrow head at the end of a line.
pub(crate) fn arrow(points: &[Point]) -> String {
    let [.., before, tip] = points else { return String::new() };
    let back = towards(*tip, *before, ARROW.0);
    let (across_x, across_y) = if before.x == tip.x { (ARROW.1, 0) } else { (0, ARROW.1) };
    format!(
        "M{} {}L{} {}L{} {}Z",
        tip.x,
        tip.y,
        back.x - across_x,
        back.y - across_y,
        back.x + across_x,
        back.y + across_y
    )
}
