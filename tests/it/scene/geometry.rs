//! What must hold for every drawing, whatever the report. Each check returns its faults in words.

use rootlens::scene::{Edge, Line, Node, Point, Rect, Scene};

/// Every fault of a drawing.
pub(super) fn faults(scene: &Scene) -> Vec<String> {
    let checks =
        [boxes_apart, downward, lines_meet_boxes, lines_around_boxes, inside_view, words_in_boxes, words_apart];
    let more = [badges_free, nets_apart, keys_reach_all, text_is_printable];
    checks.into_iter().chain(more).flat_map(|check| check(scene)).collect()
}

fn boxes_apart(scene: &Scene) -> Vec<String> {
    let pairs =
        scene.nodes.iter().enumerate().flat_map(|(at, one)| scene.nodes[at + 1..].iter().map(move |it| (one, it)));
    let touching = pairs.filter(|(one, other)| overlaps(one.area, other.area));
    touching.map(|(one, other)| format!("boxes overlap: {} / {}", one.label, other.label)).collect()
}

/// Lines lead down, except those of a cycle, which say so.
fn downward(scene: &Scene) -> Vec<String> {
    let leads_down = |edge: &&Edge| {
        let (issuer, subject) = (scene.nodes[edge.issuer].area, scene.nodes[edge.subject].area);
        issuer.y + issuer.height <= subject.y
    };
    let wrong = scene.edges.iter().filter(|edge| leads_down(edge) == edge.upward);
    let on_cycle = |edge: &&Edge| scene.nodes[edge.issuer].ancestors.contains(&edge.subject);
    let needless = scene.edges.iter().filter(|edge| edge.upward && !on_cycle(edge));
    wrong.chain(needless).map(|edge| format!("upside down: {}", edge.description)).collect()
}

/// A line begins at its issuer's box, ends at its subject's, and has right angles only.
fn lines_meet_boxes(scene: &Scene) -> Vec<String> {
    let touches =
        |node: usize, at: Point| inside(Rect { x: at.x, y: at.y, width: 0, height: 0 }, scene.nodes[node].area);
    let is_well = |edge: &&Edge| {
        let (first, last) = (edge.points[0], edge.points[edge.points.len() - 1]);
        let askew = edge.points.windows(2).any(|pair| pair[0].x != pair[1].x && pair[0].y != pair[1].y);
        !askew && touches(edge.issuer, first) && touches(edge.subject, last)
    };
    let faulty = scene.edges.iter().filter(|edge| !is_well(edge));
    faulty.map(|edge| format!("line misses its boxes: {} {:?}", edge.description, edge.points)).collect()
}

fn lines_around_boxes(scene: &Scene) -> Vec<String> {
    let mut faults = Vec::new();
    for edge in &scene.edges {
        for node in &scene.nodes {
            // One pixel less on every side: lines may end on the outline.
            let Rect { x, y, width, height } = node.area;
            let inner = Rect { x: x + 1, y: y + 1, width: width - 2, height: height - 2 };
            if edge.points.windows(2).any(|pair| overlaps(stroke(pair), inner)) {
                faults.push(format!("line through a box: {} / {}", edge.description, node.label));
            }
        }
    }
    faults
}

fn inside_view(scene: &Scene) -> Vec<String> {
    let view = Rect { x: 0, y: 0, width: scene.width, height: scene.height };
    let boxes = scene.nodes.iter().flat_map(|node| node.tags.iter().map(|tag| tag.area).chain([node.area]));
    let lines = scene.edges.iter().flat_map(|edge| edge.points.windows(2).map(stroke));
    let words = scene.edges.iter().filter_map(|edge| edge.label.as_ref()).map(text_area);
    let outside = boxes.chain(lines).chain(words).filter(|area| !inside(*area, view));
    outside.map(|area| format!("outside the view: {area:?}")).collect()
}

/// By the estimate, no text leaves its box or its tag, and none covers another. At most two lines of name.
fn words_in_boxes(scene: &Scene) -> Vec<String> {
    scene.nodes.iter().filter(|node| !words_fit(node)).map(|node| format!("words do not fit: {}", node.label)).collect()
}

fn words_fit(node: &Node) -> bool {
    let inner_tags = node.tags.iter().filter(|tag| tag.area.y > node.area.y).map(|tag| &tag.line);
    let rows = node.rows.iter().flat_map(|row| &row.lines);
    let areas: Vec<Rect> = inner_tags.chain(&node.title).chain(rows).map(text_area).collect();
    let apart = areas.iter().enumerate().all(|(at, area)| !areas[at + 1..].iter().any(|it| overlaps(*area, *it)));
    let tags = node.tags.iter().all(|tag| {
        let straddles = tag.area.y + tag.area.height / 2 == node.area.y;
        let within = if straddles { Rect { y: node.area.y, ..tag.area } } else { tag.area };
        inside(within, node.area) && inside(text_area(&tag.line), tag.area)
    });
    (1..=2).contains(&node.title.len()) && apart && tags && areas.iter().all(|area| inside(*area, node.area))
}

/// Words beside lines cover neither a box nor one another.
fn words_apart(scene: &Scene) -> Vec<String> {
    let labels: Vec<&Line> = scene.edges.iter().filter_map(|edge| edge.label.as_ref()).collect();
    let mut faults = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let on_box = scene.nodes.iter().any(|node| overlaps(text_area(label), node.area));
        let on_words = labels[at + 1..].iter().any(|other| overlaps(text_area(label), text_area(other)));
        if on_box || on_words {
            faults.push(format!("words cover something: {label:?}"));
        }
    }
    faults
}

/// Tags that stand out of a box are free of lines and of the words beside them.
fn badges_free(scene: &Scene) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in scene.nodes.iter().flat_map(|node| &node.tags) {
        for edge in &scene.edges {
            let struck = edge.points.windows(2).any(|pair| overlaps(stroke(pair), tag.area));
            let covered = edge.label.as_ref().is_some_and(|label| overlaps(text_area(label), tag.area));
            if struck || covered {
                faults.push(format!("on a tag: {} / {}", edge.description, tag.line.words));
            }
        }
    }
    faults
}

/// Lines run on top of each other only where they leave the same issuer with the same evidence.
fn nets_apart(scene: &Scene) -> Vec<String> {
    let same_net = |one: &Edge, other: &Edge| (one.issuer, one.evidence) == (other.issuer, other.evidence);
    let mut faults = Vec::new();
    for (at, one) in scene.edges.iter().enumerate() {
        for other in scene.edges[at + 1..].iter().filter(|other| !same_net(one, other)) {
            let shared = |pair: &[Point]| other.points.windows(2).any(|it| run_together(stroke(pair), stroke(it)));
            if one.points.windows(2).any(shared) {
                faults.push(format!(
                    "lines on top of each other: {} {:?} / {} {:?}",
                    one.description, one.points, other.description, other.points
                ));
            }
        }
    }
    faults
}

/// Whether two strokes share more than a crossing.
fn run_together(one: Rect, other: Rect) -> bool {
    let width = (one.x + one.width).min(other.x + other.width) - one.x.max(other.x);
    let height = (one.y + one.height).min(other.y + other.height) - one.y.max(other.y);
    width > 0 && height > 0 && width.max(height) > 3
}

fn keys_reach_all(scene: &Scene) -> Vec<String> {
    let mut reached = vec![false; scene.nodes.len()];
    let mut open = if reached.is_empty() { Vec::new() } else { vec![0] };
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut reached[at], true) {
            let next = scene.nodes[at].neighbours;
            open.extend([next.up, next.down, next.left, next.right].into_iter().flatten());
        }
    }
    let lost = scene.nodes.iter().zip(reached).filter(|(_, reached)| !reached);
    lost.map(|(node, _)| format!("no arrow key leads to {}", node.label)).collect()
}

fn text_is_printable(scene: &Scene) -> Vec<String> {
    let words =
        scene.nodes.iter().flat_map(|node| node.title.iter().chain(node.rows.iter().flat_map(|row| &row.lines)));
    let said = scene.nodes.iter().map(|node| &node.label).chain(scene.edges.iter().map(|edge| &edge.description));
    let all = words.map(|line| &line.words).chain(said).chain(&scene.notes).chain([&scene.title, &scene.description]);
    let hidden = all.filter(|words| words.is_empty() || words.contains(|it: char| it.is_control() || it == '\u{202E}'));
    hidden.map(|words| format!("not printable: {words:?}")).collect()
}

fn overlaps(one: Rect, other: Rect) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

fn inside(inner: Rect, outer: Rect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

/// The area of a line of text: its ascent and descent at 13 px.
fn text_area(line: &Line) -> Rect {
    Rect { x: line.at.x, y: line.at.y - 11, width: line.width, height: 14 }
}

/// The area of a straight part of a line, a pixel thick.
fn stroke(pair: &[Point]) -> Rect {
    let (x, y) = (pair[0].x.min(pair[1].x), pair[0].y.min(pair[1].y));
    Rect { x, y, width: (pair[0].x - pair[1].x).abs().max(1), height: (pair[0].y - pair[1].y).abs().max(1) }
}
