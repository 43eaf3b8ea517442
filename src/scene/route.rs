//! Lines between the boxes: right angles with round corners, each net on a track of its own between two levels.

use crate::collection::{self, Gather as _, Map};

use super::Point;
use super::items::{Net, Pieces};
use super::ports::{Entry, Exit, LABEL_GAP, Ports, Via};
use super::select::Plan;

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
pub(super) struct Route {
    pub(super) points: Vec<Point>,
    /// Where its words begin.
    pub(super) label: Option<Point>,
    /// Where a cross strikes it out.
    pub(super) cross: Point,
}

/// The part of a net between two levels.
#[derive(Clone, Debug)]
struct Stretch {
    net: usize,
    from: i32,
    to: Vec<i32>,
}

/// Everything that is known once the axes are: tops of the levels and the routes of the lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Routed {
    /// The upper edge of each level.
    pub(super) tops: Vec<i32>,
    /// By line.
    pub(super) routes: Map<usize, Route>,
}

/// Routes every line of the pieces.
pub(super) fn route(pieces: &Pieces, plan: &Plan, ports: &Ports, levels: &[Vec<usize>], axes: &[i32]) -> Routed {
    let mut ports = ports.clone();
    straighten(pieces, &mut ports, axes);
    let gaps: Vec<Map<usize, i32>> =
        (0..levels.len()).map(|level| tracks(stretches(pieces, &ports, axes, level))).gather();
    let tops = tops(pieces, &ports, levels, &gaps);
    let mut routed = Routed { tops, routes: Map::new() };
    for (at, net) in pieces.nets.iter().enumerate() {
        for (link, end) in &net.ends {
            let walker = Walker { pieces, ports: &ports, axes, gaps: &gaps, tops: &routed.tops };
            let route = walker.walk(at, net, *link, *end, plan);
            routed.routes.extend(route.map(|route| (*link, route)));
        }
    }
    routed
}

/// Moves ports so that short jogs disappear: the exit of a net with one end, or the only entry of a box.
fn straighten(pieces: &Pieces, ports: &mut Ports, axes: &[i32]) {
    let axis = |item: usize| axes.get(item).copied().unwrap_or_default();
    let reach = |item: usize| {
        pieces.items.get(item).and_then(|item| item.boxes.first()).map_or(0, |(_, area)| area.width / 2 - 14)
    };
    let is_only_arrival = |item: usize| {
        let ends = pieces.nets.iter().flat_map(|net| &net.ends);
        ends.filter(|(_, end)| *end == item).count() == 1
    };
    let is_only_departure =
        |item: usize| pieces.nets.iter().filter(|net| net.carriers.first() == Some(&item)).count() == 1;
    for (at, net) in pieces.nets.iter().enumerate() {
        let (Some(source), Some(exit)) = (net.carriers.first(), ports.exit(at)) else { continue };
        let next = pieces.segments_below(net, *source);
        let [next] = next.as_slice() else { continue };
        let entry =
            net.ends.iter().find(|(_, end)| end == next).and_then(|(link, _)| Some((*link, ports.entry(*link)?)));
        let here = axis(*source) + exit.offset;
        let there = axis(*next) + entry.map_or(0, |(_, entry)| entry.offset);
        let is_column = pieces.items.get(*next).is_some_and(|item| item.column);
        let within = |item: usize, x: i32| (x - axis(item)).abs() <= reach(item);
        let clear = |at: usize, x: i32| pieces.items.get(at).is_some_and(|item| x - axis(at) >= item.entries_from);
        let near = (here - there).abs() <= MOST_SNAP || is_column;
        if near && !net.upward && is_only_departure(*source) && within(*source, there) {
            ports.set_exit(at, Exit { offset: there - axis(*source), ..exit });
        } else if let Some((link, entry @ Entry { via: Via::Top, .. })) = entry
            && near
            && is_only_arrival(*next)
            && within(*next, here)
            && clear(*next, here)
        {
            ports.set_entry(link, Entry { offset: here - axis(*next), ..entry });
        }
    }
}

impl Pieces {
    /// The items of the level below a carrier to which a net leads from it.
    fn segments_below(&self, net: &Net, carrier: usize) -> Vec<usize> {
        let below = self.items.get(carrier).map_or(0, |item| item.level + 1);
        let is_below = |item: &usize| self.items.get(*item).is_some_and(|item| item.level == below);
        let mut items: Vec<usize> = net.ends.iter().map(|(_, end)| *end).filter(is_below).gather();
        items.extend(net.carriers.iter().filter(|item| is_below(item)));
        collection::sort(&mut items);
        items.dedup();
        items
    }
}

/// The horizontal needs of every net between a level and the next.
fn stretches(pieces: &Pieces, ports: &Ports, axes: &[i32], level: usize) -> Vec<Stretch> {
    let axis = |item: usize| axes.get(item).copied().unwrap_or_default();
    let mut stretches = Vec::new();
    for (at, net) in pieces.nets.iter().enumerate() {
        let carrier = net.carriers.iter().find(|item| pieces.items.get(**item).is_some_and(|item| item.level == level));
        let Some(carrier) = carrier else { continue };
        let exit = if net.carriers.first() == Some(carrier) { ports.exit(at).map_or(0, |exit| exit.offset) } else { 0 };
        let below = pieces.segments_below(net, *carrier);
        let bends = net.carriers.iter().filter(|item| below.contains(item)).map(|item| axis(*item));
        let ends = net.ends.iter().filter(|(_, end)| below.contains(end));
        let entries = ends.map(|(link, end)| axis(*end) + ports.entry(*link).map_or(0, |entry| entry.offset));
        let to: Vec<i32> = bends.chain(entries).gather();
        if !to.is_empty() {
            stretches.push(Stretch { net: at, from: axis(*carrier) + exit, to });
        }
    }
    stretches
}

/// Gives each net a track, 0 on top; those without a horizontal part need none.
fn tracks(mut stretches: Vec<Stretch>) -> Map<usize, i32> {
    stretches.retain(|stretch| stretch.to.iter().any(|to| *to != stretch.from));
    collection::sort_by_key(&mut stretches, |stretch| (stretch.from, stretch.net));
    sort_by_cost(&mut stretches);
    let mut tracks: Vec<(Stretch, i32)> = Vec::new();
    for stretch in stretches {
        let above = tracks.iter().filter(|(other, _)| overlap(other, &stretch)).map(|(_, track)| track + 1).max();
        tracks.push((stretch, above.unwrap_or_default()));
    }
    tracks.into_iter().map(|(stretch, track)| (stretch.net, track)).collect()
}

/// Rounds of moving every net to its best place; more change nothing in drawings of this size.
const ROUNDS: usize = 3;

/// Moves each net to the place among the others where it costs least (sifting).
fn sort_by_cost(stretches: &mut Vec<Stretch>) {
    for _ in 0..ROUNDS {
        for net in stretches.iter().map(|stretch| stretch.net).gather() {
            let Some(at) = stretches.iter().position(|stretch| stretch.net == net) else { continue };
            let stretch = stretches.remove(at);
            let place = best_place(stretches, &stretch, at);
            stretches.insert(place, stretch);
        }
    }
}

/// The cheapest place among the others; the present one where none is cheaper.
fn best_place(others: &[Stretch], stretch: &Stretch, present: usize) -> usize {
    let mut total: i64 = 0;
    let mut totals = vec![0];
    for other in others {
        total += cost(other, stretch) - cost(stretch, other);
        totals.push(total);
    }
    let cheapest = totals.iter().copied().min().unwrap_or_default();
    let places = totals.iter().enumerate().filter(|(_, total)| **total == cheapest).map(|(place, _)| place);
    places.min_by_key(|place| place.abs_diff(present)).unwrap_or(present)
}

/// What it costs to have one net above another: crossings, and above all two verticals on top of each other.
fn cost(upper: &Stretch, lower: &Stretch) -> i64 {
    let covers = |stretch: &Stretch, x: i32| {
        let (least, most) = range(stretch);
        least < x && x < most
    };
    let through_upper = i64::from(covers(upper, lower.from));
    let through_lower = upper.to.iter().filter(|x| covers(lower, **x)).count();
    let on_top = upper.to.iter().filter(|x| (**x - lower.from).abs() < CLEAR / 2).count();
    through_upper + through_lower as i64 + 100 * on_top as i64
}

fn range(stretch: &Stretch) -> (i32, i32) {
    let least = stretch.to.iter().copied().min().unwrap_or(stretch.from).min(stretch.from);
    let most = stretch.to.iter().copied().max().unwrap_or(stretch.from).max(stretch.from);
    (least, most)
}

fn overlap(first: &Stretch, second: &Stretch) -> bool {
    let (first, second) = (range(first), range(second));
    first.0 - CLEAR < second.1 && second.0 - CLEAR < first.1
}

/// Upper edges of the levels: below the tracks and the words above their boxes.
fn tops(pieces: &Pieces, ports: &Ports, levels: &[Vec<usize>], gaps: &[Map<usize, i32>]) -> Vec<i32> {
    let mut tops = Vec::new();
    let mut y = 0;
    for (at, level) in levels.iter().enumerate() {
        y += if at == 0 { 0 } else { lead(pieces, ports, at) };
        tops.push(y);
        let heights = level.iter().filter_map(|item| pieces.items.get(*item)).map(|item| item.height);
        let count = gaps.get(at).and_then(|tracks| tracks.values().max()).map_or(0, |most| most + 1);
        y += heights.max().unwrap_or_default() + HEAD + (count - 1).max(0) * TRACK_GAP;
    }
    tops
}

/// Space between the last track and the boxes below: for the arrow heads, the words, the tags that stand out.
fn lead(pieces: &Pieces, ports: &Ports, level: usize) -> i32 {
    let rise = pieces.items.iter().filter(|item| item.level == level).map(|item| item.rise).max();
    FOOT.max(rise.unwrap_or_default() + 16) + label_lines(pieces, ports, level) * LABEL_LINE
}

/// Lines of words above the boxes of a level.
fn label_lines(pieces: &Pieces, ports: &Ports, level: usize) -> i32 {
    let ends = pieces.nets.iter().flat_map(|net| &net.ends);
    let here = ends.filter(|(_, end)| pieces.items.get(*end).is_some_and(|item| item.level == level));
    here.filter_map(|(link, _)| ports.entry(*link)?.label_line).map(|line| line + 1).max().unwrap_or_default()
}

/// Follows one line from its issuer to its subject.
struct Walker<'a> {
    pieces: &'a Pieces,
    ports: &'a Ports,
    axes: &'a [i32],
    gaps: &'a [Map<usize, i32>],
    tops: &'a [i32],
}

impl Walker<'_> {
    fn walk(&self, at: usize, net: &Net, link: usize, end: usize, plan: &Plan) -> Option<Route> {
        let (source, exit) = (*net.carriers.first()?, self.ports.exit(at)?);
        let entry = self.ports.entry(link)?;
        let mut points = Vec::new();
        let mut x = self.axis(source) + exit.offset;
        match exit.side {
            Some((height, edge)) => {
                let y = self.top_of(source)? + height;
                points.extend([Point { x: self.axis(source) + edge, y }, Point { x, y }]);
            }
            None => points.push(Point { x, y: self.top_of(source)? + self.bottom(source) }),
        }
        let end_level = self.pieces.items.get(end)?.level;
        for carrier in &net.carriers {
            let level = self.pieces.items.get(*carrier)?.level;
            if level >= end_level {
                break;
            }
            let to = match self.next(net, level + 1) {
                Some(bend) if level + 1 < end_level => self.axis(bend),
                _ => self.axis(end) + entry.offset,
            };
            let y = self.track(level, at)?;
            if to != x {
                points.extend([Point { x, y }, Point { x: to, y }]);
            }
            x = to;
        }
        self.arrive(&mut points, x, end, entry)?;
        self.finish(points, x, end, entry, net.upward, plan.edges.get(link).is_some())
    }

    fn arrive(&self, points: &mut Vec<Point>, x: i32, end: usize, entry: Entry) -> Option<()> {
        let top = self.top_of(end)?;
        match entry.via {
            Via::Top => points.push(Point { x, y: top }),
            Via::Side(height, edge) => {
                points.extend([Point { x, y: top + height }, Point { x: self.axis(end) + edge, y: top + height }]);
            }
        }
        Some(())
    }

    fn finish(
        &self,
        mut points: Vec<Point>,
        x: i32,
        end: usize,
        entry: Entry,
        upward: bool,
        known: bool,
    ) -> Option<Route> {
        let top = self.top_of(end)?;
        let line = entry.label_line.unwrap_or_default();
        let label = entry.label_line.map(|line| Point { x: x + LABEL_GAP, y: top - 9 - LABEL_LINE * line });
        if upward {
            points.reverse();
        }
        let cross = Point { x, y: top - 13 - LABEL_LINE * line };
        known.then_some(Route { points, label, cross })
    }

    fn axis(&self, item: usize) -> i32 {
        self.axes.get(item).copied().unwrap_or_default()
    }

    fn top_of(&self, item: usize) -> Option<i32> {
        self.tops.get(self.pieces.items.get(item)?.level).copied()
    }

    fn bottom(&self, item: usize) -> i32 {
        let boxes = self.pieces.items.get(item).map(|item| item.boxes.as_slice()).unwrap_or_default();
        boxes.first().map_or(0, |(_, area)| area.y + area.height)
    }

    fn next(&self, net: &Net, level: usize) -> Option<usize> {
        net.carriers.iter().copied().find(|item| self.pieces.items.get(*item).is_some_and(|item| item.level == level))
    }

    /// The height of a net's track below a level. Tracks count from the boxes below, so that they stay close to what
    /// they lead to however tall the boxes above are.
    fn track(&self, level: usize, net: usize) -> Option<i32> {
        let tracks = self.gaps.get(level)?;
        let last = tracks.values().max().copied().unwrap_or_default();
        let track = tracks.get(&net).copied().unwrap_or_default();
        Some(self.tops.get(level + 1)? - lead(self.pieces, self.ports, level + 1) - TRACK_GAP * (last - track))
    }
}

/// Path data with round corners.
pub(super) fn path(points: &[Point]) -> String {
    let mut data = String::new();
    let mut before: Option<Point> = None;
    for (at, point) in points.iter().enumerate() {
        let command = match (before, points.get(at + 1)) {
            (None, _) => format!("M{} {}", point.x, point.y),
            (Some(_), None) => format!("L{} {}", point.x, point.y),
            (Some(before), Some(after)) => corner(before, *point, *after),
        };
        data.push_str(&command);
        before = Some(*point);
    }
    data
}

/// A line up to the corner and a curve around it.
fn corner(before: Point, point: Point, after: Point) -> String {
    let radius = RADIUS.min(distance(before, point) / 2).min(distance(point, after) / 2);
    let (start, end) = (towards(point, before, radius), towards(point, after, radius));
    format!("L{} {}Q{} {} {} {}", start.x, start.y, point.x, point.y, end.x, end.y)
}

fn distance(first: Point, second: Point) -> i32 {
    (first.x - second.x).abs() + (first.y - second.y).abs()
}

fn towards(from: Point, to: Point, length: i32) -> Point {
    Point { x: from.x + (to.x - from.x).signum() * length, y: from.y + (to.y - from.y).signum() * length }
}

/// Path data of the arrow head at the end of a line.
pub(super) fn arrow(points: &[Point]) -> String {
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
