//! How good a drawing is, in numbers: a layout that is legal can still be a tangle.

use std::collections::BTreeSet;

use rootlens::scene::{Edge, Evidence, Point, Scene};

/// What makes lines hard to follow; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// Places where lines of different nets cross.
    pub(super) crossings: usize,
    /// Corners, those that the lines of a net share counted once.
    pub(super) bends: usize,
    /// Pixels along which lines of different nets lie on each other.
    pub(super) overlap: i32,
    /// Length of all lines in pixels.
    pub(super) length: i32,
}

/// Lines that may share a trunk: those of one issuer with the same evidence.
type Net = (usize, Evidence);

/// A straight part of a line, from its upper left to its lower right end.
#[derive(Clone, Copy)]
struct Stroke {
    net: Net,
    start: Point,
    end: Point,
}

impl Measure {
    /// Measures the lines of a drawing.
    pub(super) fn of(scene: &Scene) -> Measure {
        let strokes: Vec<Stroke> = scene.edges.iter().flat_map(strokes).collect();
        let pairs = || {
            let others =
                |(at, one): (usize, &Stroke)| strokes[at + 1..].iter().map(|it| (*one, *it)).collect::<Vec<_>>();
            strokes.iter().enumerate().flat_map(others).filter(|(one, other)| one.net != other.net)
        };
        let crossings: BTreeSet<_> = pairs().filter_map(|(one, other)| crossing(one, other)).collect();
        let bends: BTreeSet<_> = scene.edges.iter().flat_map(bends).collect();
        Measure {
            crossings: crossings.len(),
            bends: bends.len(),
            overlap: pairs().map(|(one, other)| shared(one, other)).sum(),
            length: strokes.iter().map(|it| it.end.x - it.start.x + it.end.y - it.start.y).sum(),
        }
    }

    /// Where it differs from what is known to be reached, in words.
    pub(super) fn against(self, reached: Measure) -> Vec<String> {
        let parts = [
            ("crossings", self.crossings as i32, reached.crossings as i32),
            ("bends", self.bends as i32, reached.bends as i32),
            ("overlap", self.overlap, reached.overlap),
            ("length", self.length, reached.length),
        ];
        let word = |part: (&str, i32, i32)| match part {
            (_, found, reached) if found == reached => None,
            (what, found, reached) if found > reached => Some(format!("worse: {what} {found}, {reached} are reached")),
            (what, found, reached) => Some(format!("better: {what} {found} instead of {reached}, to be noted")),
        };
        parts.into_iter().filter_map(word).collect()
    }
}

fn net(edge: &Edge) -> Net {
    (edge.issuer, edge.evidence)
}

fn strokes(edge: &Edge) -> Vec<Stroke> {
    let stroke = |pair: &[Point]| {
        let start = Point { x: pair[0].x.min(pair[1].x), y: pair[0].y.min(pair[1].y) };
        Stroke { net: net(edge), start, end: Point { x: pair[0].x.max(pair[1].x), y: pair[0].y.max(pair[1].y) } }
    };
    edge.points.windows(2).map(stroke).collect()
}

/// The net with each point where a line turns.
fn bends(edge: &Edge) -> Vec<(Net, (i32, i32))> {
    let turns = |three: &&[Point]| three[0].x != three[2].x && three[0].y != three[2].y;
    edge.points.windows(3).filter(turns).map(|three| (net(edge), (three[1].x, three[1].y))).collect()
}

/// Where a level and an upright stroke cross, with their nets.
fn crossing(one: Stroke, other: Stroke) -> Option<([Net; 2], (i32, i32))> {
    let (level, upright) = if one.start.y == one.end.y { (one, other) } else { (other, one) };
    let (x, y) = (upright.start.x, level.start.y);
    let right_angle = level.start.y == level.end.y && upright.start.x == upright.end.x;
    let inside = level.start.x < x && x < level.end.x && upright.start.y < y && y < upright.end.y;
    let mut nets = [level.net, upright.net];
    nets.sort();
    (right_angle && inside).then_some((nets, (x, y)))
}

/// How long two strokes lie on each other.
fn shared(one: Stroke, other: Stroke) -> i32 {
    let (left, right) = (one.start.x.max(other.start.x), one.end.x.min(other.end.x));
    let (top, bottom) = (one.start.y.max(other.start.y), one.end.y.min(other.end.y));
    match (right - left, bottom - top) {
        (width, 0) => width.max(0),
        (0, height) => height.max(0),
        _ => 0,
    }
}
