//! The scene as SVG elements: the one place that knows tags, attributes and classes.
//!
//! The page turns each [`Element`] into a virtual node and hangs its handlers on the groups of [`node`] and [`edge`]; the
//! file writer prints them. So both show the same picture. Colours come from the style sheet (`www/graph.css`) by class.

use super::{
    Edge, Evidence, Fate, ICON_SIZE, Icon, Kind, Line, Mark, Node, Point, Rect, Row, Sample, Style, Tag, Tone,
};
use crate::collection::Gather as _;

/// Radius of the corners of a box.
const CORNER: i32 = 9;

/// Width and height of a legend sample.
pub const SAMPLE_SIZE: (i32, i32) = (30, 16);

/// An SVG element.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Element {
    /// `g`, `rect`, `path`, `text`…
    pub tag: &'static str,
    /// Names with their values, values not escaped.
    pub attributes: Vec<(&'static str, String)>,
    /// What it contains.
    pub children: Vec<Element>,
    /// Character data, not escaped; only of elements without children.
    pub text: String,
}

impl Element {
    fn new(tag: &'static str, class: &str) -> Element {
        Element { tag, ..Element::default() }.with("class", class)
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Element {
        self.attributes.push((name, value.to_string()));
        self
    }

    fn containing(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children);
        self
    }
}

/// Patterns that the drawing refers to (the hatching): once per `<svg>`, before everything else. `prefix` keeps the ids of
/// two drawings on one page apart; give the same to [`node`] and [`sample`].
pub fn definitions(prefix: &str) -> Element {
    let stripe = Element::new("path", "rl-hatch-line").with("d", "M0 0V8");
    let pattern = Element { tag: "pattern", ..Element::default() }
        .with("id", format!("{prefix}-hatch"))
        .with("width", 8)
        .with("height", 8)
        .with("patternUnits", "userSpaceOnUse")
        .with("patternTransform", "rotate(45)")
        .containing([stripe]);
    Element { tag: "defs", ..Element::default() }.containing([pattern])
}

/// A line with its arrow head, its words and a broad invisible one for the pointer: `<g class="rl-edge …">`.
pub fn edge(edge: &Edge) -> Element {
    let upward = if edge.upward { " rl-edge--upward" } else { "" };
    let paths = [("rl-hit", &edge.path), ("rl-line", &edge.path), ("rl-arrow", &edge.arrow)];
    let group = Element::new("g", &format!("rl-edge rl-edge--{}{upward}", evidence_name(edge.evidence)))
        .with("data-issuer", edge.issuer)
        .with("data-subject", edge.subject)
        .containing(paths.map(|(class, data)| Element::new("path", class).with("d", data)));
    let label = edge.label.iter().flat_map(line);
    group.containing(edge.cross.map(cross)).containing(label)
}

/// A box with all its words: `<g class="rl-node …" data-node="ca-3">`. The page adds focus, role, `aria-label` (from
/// [`Node::label`]) and handlers; rows are `<g class="rl-row" data-cert="5">`.
pub fn node(node: &Node, prefix: &str) -> Element {
    let divergence = node.mark.map_or("none", mark_name);
    let group = Element::new("g", &node_classes(node)).with("data-node", &node.key).with("data-divergence", divergence);
    let frame = frame(node, prefix);
    let tags = node.tags.iter().map(tag);
    let title = node.title.iter().flat_map(line);
    // The title stands first, so that the words of the box, which are its name on the page, begin with it.
    group.containing(frame).containing(title).containing(tags).containing(rows(node))
}

/// What a legend line shows: an `<svg class="rl-sample">` of [`SAMPLE_SIZE`].
pub fn sample(sample: Sample, prefix: &str) -> Element {
    let (width, height) = SAMPLE_SIZE;
    Element::new("svg", "rl-sample")
        .with("viewBox", format!("0 0 {width} {height}"))
        .with("width", width)
        .with("height", height)
        .with("aria-hidden", "true")
        .containing([sample_group(sample, prefix)])
}

/// The inside of [`sample`], for drawings that hold their own legend.
pub(super) fn sample_group(sample: Sample, prefix: &str) -> Element {
    let frame = Rect { x: 4, y: 3, width: 22, height: 11 };
    let small = |class: String| Element::new("g", &format!("rl-node {class}"));
    match sample {
        Sample::Mark(mark) => {
            let outline = (mark == Mark::CorrectOnly).then(|| outline(frame, 2));
            small(mark_class(mark)).containing([rect("rl-box", frame, 3)]).containing(outline)
        }
        Sample::Missing => small("rl-node--missing".to_owned()).containing([rect("rl-box", frame, 3)]),
        Sample::Group => {
            let behind = Rect { x: frame.x + 3, y: frame.y - 2, ..frame };
            small("rl-node--group".to_owned()).containing([rect("rl-box", behind, 3), rect("rl-box", frame, 3)])
        }
        Sample::Rejected => {
            small("rl-fate--locked-out".to_owned()).containing([rect("rl-box", frame, 3), hatch(frame, 3, prefix)])
        }
        Sample::Evidence(evidence) => sample_line(evidence),
    }
}

fn sample_line(evidence: Evidence) -> Element {
    let line = Element::new("path", "rl-line").with("d", "M1 8L25 8");
    let arrow = Element::new("path", "rl-arrow").with("d", "M29 8L23 5L23 11Z");
    let cross = (evidence == Evidence::Fails).then(|| cross(Point { x: 12, y: 8 }));
    Element::new("g", &format!("rl-edge rl-edge--{}", evidence_name(evidence)))
        .containing([line, arrow])
        .containing(cross)
}

fn node_classes(node: &Node) -> String {
    let kind = match node.kind {
        Kind::Authority => "authority",
        Kind::EndEntity => "end-entity",
        Kind::Missing => "missing",
        Kind::Group => "group",
    };
    let mut classes = format!("rl-node rl-node--{kind}");
    for more in [node.mark.map(mark_class), node.fate.map(fate_class)].into_iter().flatten() {
        classes = format!("{classes} {more}");
    }
    classes
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::NaiveOnly => "naive-only",
        Mark::CorrectOnly => "correct-only",
        Mark::Both => "both",
    }
}

fn mark_class(mark: Mark) -> String {
    format!("rl-mark--{}", mark_name(mark))
}

fn fate_class(fate: Fate) -> String {
    let name = match fate {
        Fate::Accepted => "accepted",
        Fate::Rejected => "rejected",
        Fate::LockedOutOfOldRouters => "locked-out-of-old",
        Fate::WronglyAccepted => "wrongly-accepted",
        Fate::LockedOut => "locked-out",
    };
    format!("rl-fate--{name}")
}

fn evidence_name(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Verified => "verified",
        Evidence::Unchecked => "unchecked",
        Evidence::Fails => "fails",
        Evidence::Missing => "missing",
    }
}

/// The box itself, what stands behind it, and its hatching.
fn frame(node: &Node, prefix: &str) -> Vec<Element> {
    let area = node.area;
    let mut frame = Vec::new();
    if node.kind == Kind::Group {
        let behind = Rect { x: area.x + 5, y: area.y - 4, width: area.width - 10, ..area };
        frame.push(rect("rl-box", behind, CORNER));
    }
    frame.push(rect("rl-box", area, CORNER));
    if node.mark == Some(Mark::CorrectOnly) {
        frame.push(outline(area, 4));
    }
    if node.fate.is_some_and(super::legend::is_rejected) {
        frame.push(hatch(area, CORNER, prefix));
    }
    frame
}

/// The second line around the box of a correct root.
fn outline(area: Rect, distance: i32) -> Element {
    let around = Rect {
        x: area.x - distance,
        y: area.y - distance,
        width: area.width + 2 * distance,
        height: area.height + 2 * distance,
    };
    rect("rl-outline", around, if distance > 2 { CORNER + distance } else { 4 })
}

fn hatch(area: Rect, corner: i32, prefix: &str) -> Element {
    rect("rl-hatch", area, corner).with("fill", format!("url(#{prefix}-hatch)"))
}

fn rect(class: &str, area: Rect, corner: i32) -> Element {
    Element::new("rect", class)
        .with("x", area.x)
        .with("y", area.y)
        .with("width", area.width)
        .with("height", area.height)
        .with("rx", corner)
}

fn tag(tag: &Tag) -> Element {
    let tone = match tag.tone {
        Tone::Naive => "naive",
        Tone::Correct => "correct",
        Tone::Both => "both",
        Tone::Plain => "plain",
    };
    let pill = rect("rl-pill", tag.area, tag.area.height / 2);
    Element::new("g", &format!("rl-tag rl-tag--{tone}")).containing([pill]).containing(line(&tag.line))
}

fn rows(node: &Node) -> Vec<Element> {
    let mut rows = Vec::new();
    for (at, row) in node.rows.iter().enumerate() {
        let rule = (at > 0).then(|| {
            let (left, right, y) = (node.area.x + 1, node.area.x + node.area.width - 1, row.area.y - 3);
            Element::new("path", "rl-rule").with("d", format!("M{left} {y}H{right}"))
        });
        rows.push(row_group(row, rule));
    }
    rows
}

fn row_group(row: &Row, rule: Option<Element>) -> Element {
    let class = row.mark.map_or("rl-row".to_owned(), |mark| format!("rl-row {}", mark_class(mark)));
    let mut group = Element::new("g", &class);
    if let Some(certificate) = row.certificate {
        group = group.with("data-cert", certificate);
    }
    group.containing(rule).containing(row.lines.iter().flat_map(line))
}

/// Icon and words.
fn line(line: &Line) -> Vec<Element> {
    let style = match line.style {
        Style::Name => "name",
        Style::Fact => "fact",
        Style::Strong => "strong",
        Style::Label => "label",
    };
    let offset = if line.icon.is_some() { ICON_SIZE + 4 } else { 0 };
    let words =
        Element::new("text", &format!("rl-text rl-text--{style}")).with("x", line.at.x + offset).with("y", line.at.y);
    let words = Element { text: line.words.clone(), ..words };
    line.icon.map(|found| icon(found, line.at, style)).into_iter().chain([words]).gather()
}

fn icon(icon: Icon, at: Point, style: &str) -> Element {
    let data = match icon {
        Icon::Tick => "M1 6L4 9.5L10 1.5",
        Icon::Cross => "M1.5 1.5L9.5 9.5M9.5 1.5L1.5 9.5",
        Icon::Warning => "M5.5 0.8L10.6 10.2H0.4ZM5.5 4V7M5.5 8.3V9",
        Icon::Clock => "M5.5 0.5A5 5 0 1 0 5.5 10.5A5 5 0 1 0 5.5 0.5ZM5.5 2.5V5.5L7.5 7",
    };
    Element::new("path", &format!("rl-icon rl-icon--{style}"))
        .with("d", data)
        .with("transform", format!("translate({} {})", at.x, at.y - ICON_SIZE + 1))
}

/// The strokes that cross a line out.
fn cross(at: Point) -> Element {
    let Point { x, y } = at;
    let data = format!("M{} {}L{} {}M{} {}L{} {}", x - 4, y - 4, x + 4, y + 4, x + 4, y - 4, x - 4, y + 4);
    Element::new("path", "rl-cross").with("d", data)
}
