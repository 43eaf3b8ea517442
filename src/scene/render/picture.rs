//! The scene as SVG elements: the one place that knows tags, attributes and classes.
//!
//! The page turns each [`Element`] into a virtual node and hangs its handlers on the groups of [`node`] and [`edge`];
//! the file writer prints them. So both show the same picture. Colours come from the style sheet (`www/graph.css`) by
//! class.

use crate::scene::{
    Edge, Evidence, Fate, ICON_SIZE, Icon, Kind, Line, Mark, Node, Point, Rect, Row, Sample, Style, Tag, Tone,
};

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
    /// An element of a class, with attributes that are numbers.
    pub(super) fn new(tag: &'static str, class: &str, numbers: &[(&'static str, i32)]) -> Element {
        let mut element = Element { tag, ..Element::default() };
        element.set("class", class);
        for (name, number) in numbers {
            element.attributes.push((*name, number.to_string()));
        }
        element
    }

    pub(super) fn set(&mut self, name: &'static str, value: &str) {
        self.attributes.push((name, value.to_owned()));
    }

    /// Adds a child.
    pub(super) fn add(&mut self, child: Element) {
        self.children.push(child);
    }
}

/// Patterns that the drawing refers to (the hatching): once per `<svg>`, before everything else. `prefix` keeps the ids
/// of two drawings on one page apart; give the same to [`node`] and [`sample`].
pub fn definitions(prefix: &str) -> Element {
    let mut pattern = Element { tag: "pattern", ..Element::default() };
    pattern.set("id", &format!("{prefix}-hatch"));
    pattern.set("width", "8");
    pattern.set("height", "8");
    pattern.set("patternUnits", "userSpaceOnUse");
    pattern.set("patternTransform", "rotate(45)");
    pattern.add(path("rl-hatch-line", "M0 0V8"));
    let mut definitions = Element { tag: "defs", ..Element::default() };
    definitions.add(pattern);
    definitions
}

/// A line with its arrow head, its words and a broad invisible one for the pointer: `<g class="rl-edge …">`.
pub fn edge(edge: &Edge) -> Element {
    let upward = if edge.upward { " rl-edge--upward" } else { "" };
    let class = format!("rl-edge rl-edge--{}{upward}", evidence_name(edge.evidence));
    let ends = [("data-issuer", edge.issuer as i32), ("data-subject", edge.subject as i32)];
    let mut group = Element::new("g", &class, &ends);
    for (class, data) in [("rl-hit", &edge.path), ("rl-line", &edge.path), ("rl-arrow", &edge.arrow)] {
        group.add(path(class, data));
    }
    if let Some(at) = edge.cross {
        group.add(cross(at));
    }
    if let Some(label) = &edge.label {
        line(&mut group, label);
    }
    group
}

/// A box with all its words: `<g class="rl-node …" data-node="ca-3">`. The page adds focus, role, `aria-label` (from
/// [`Node::label`]) and handlers; rows are `<g class="rl-row" data-cert="5">`.
pub fn node(node: &Node, prefix: &str) -> Element {
    let mut group = Element::new("g", &node_classes(node), &[]);
    group.set("data-node", &node.key);
    group.set("data-divergence", node.mark.map_or("none", mark_name));
    frame(&mut group, node, prefix);
    // The title stands first, so that the words of the box, which are its name on the page, begin with it.
    for title in &node.title {
        line(&mut group, title);
    }
    for tag in &node.tags {
        group.add(self::tag(tag));
    }
    for (at, row) in node.rows.iter().enumerate() {
        group.add(self::row(node, row, at > 0));
    }
    group
}

/// What a legend line shows: an `<svg class="rl-sample">` of [`SAMPLE_SIZE`].
pub fn sample(sample: Sample, prefix: &str) -> Element {
    let (width, height) = SAMPLE_SIZE;
    let mut svg = Element::new("svg", "rl-sample", &[]);
    svg.set("viewBox", &format!("0 0 {width} {height}"));
    svg.set("width", &width.to_string());
    svg.set("height", &height.to_string());
    svg.set("aria-hidden", "true");
    svg.add(sample_group(sample, prefix));
    svg
}

/// The inside of [`sample`], for drawings that hold their own legend.
pub(super) fn sample_group(sample: Sample, prefix: &str) -> Element {
    let frame = Rect { x: 4, y: 3, width: 22, height: 11 };
    let class = match sample {
        Sample::Mark(mark) => format!("rl-node rl-mark--{}", mark_name(mark)),
        Sample::Missing => "rl-node rl-node--missing".to_owned(),
        Sample::Group => "rl-node rl-node--group".to_owned(),
        Sample::Rejected => "rl-node rl-fate--locked-out".to_owned(),
        Sample::Evidence(evidence) => return sample_line(evidence),
    };
    let mut group = Element::new("g", &class, &[]);
    if sample == Sample::Group {
        group.add(rect("rl-box", Rect { x: frame.x + 3, y: frame.y - 2, ..frame }, 3));
    }
    group.add(rect("rl-box", frame, 3));
    if sample == Sample::Mark(Mark::CorrectOnly) {
        group.add(outline(frame, 2));
    }
    if sample == Sample::Rejected {
        group.add(hatch(frame, 3, prefix));
    }
    group
}

fn sample_line(evidence: Evidence) -> Element {
    let mut group = Element::new("g", &format!("rl-edge rl-edge--{}", evidence_name(evidence)), &[]);
    group.add(path("rl-line", "M1 8L25 8"));
    group.add(path("rl-arrow", "M29 8L23 5L23 11Z"));
    if evidence == Evidence::Fails {
        group.add(cross(Point { x: 12, y: 8 }));
    }
    group
}

fn node_classes(node: &Node) -> String {
    let kind = match node.kind {
        Kind::Authority => "authority",
        Kind::EndEntity => "end-entity",
        Kind::Missing => "missing",
        Kind::Group => "group",
    };
    let mark = node.mark.map(|mark| format!(" rl-mark--{}", mark_name(mark)));
    let fate = node.fate.map(|fate| format!(" rl-fate--{}", fate_name(fate)));
    format!("rl-node rl-node--{kind}{}{}", mark.unwrap_or_default(), fate.unwrap_or_default())
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Fault => "fault",
        Mark::Trusted => "trusted",
        Mark::NaiveOnly => "naive-only",
        Mark::CorrectOnly => "correct-only",
        Mark::Both => "both",
    }
}

fn fate_name(fate: Fate) -> &'static str {
    match fate {
        Fate::Trusted => "trusted",
        Fate::Unknown => "unknown",
        Fate::Depends => "depends",
        Fate::NotTrusted => "not-trusted",
        Fate::Accepted => "accepted",
        Fate::Rejected => "rejected",
        Fate::LockedOutOfOldRouters => "locked-out-of-old",
        Fate::WronglyAccepted => "wrongly-accepted",
        Fate::LockedOut => "locked-out",
    }
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
fn frame(group: &mut Element, node: &Node, prefix: &str) {
    let area = node.area;
    if node.kind == Kind::Group {
        group.add(rect("rl-box", Rect { x: area.x + 5, y: area.y - 4, width: area.width - 10, ..area }, CORNER));
    }
    group.add(rect("rl-box", area, CORNER));
    if node.mark == Some(Mark::CorrectOnly) {
        group.add(outline(area, 4));
    }
    if node.fate.is_some_and(Fate::is_rejected) {
        group.add(hatch(area, CORNER, prefix));
    }
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
    let mut hatch = rect("rl-hatch", area, corner);
    hatch.set("fill", &format!("url(#{prefix}-hatch)"));
    hatch
}

fn rect(class: &str, area: Rect, corner: i32) -> Element {
    let Rect { x, y, width, height } = area;
    Element::new("rect", class, &[("x", x), ("y", y), ("width", width), ("height", height), ("rx", corner)])
}

fn path(class: &str, data: &str) -> Element {
    let mut path = Element::new("path", class, &[]);
    path.set("d", data);
    path
}

fn tag(tag: &Tag) -> Element {
    let class = match tag.tone {
        Tone::Alarm => "rl-tag rl-tag--alarm",
        Tone::Naive => "rl-tag rl-tag--naive",
        Tone::Correct => "rl-tag rl-tag--correct",
        Tone::Both => "rl-tag rl-tag--both",
        Tone::Plain => "rl-tag rl-tag--plain",
    };
    let mut group = Element::new("g", class, &[]);
    group.add(rect("rl-pill", tag.area, tag.area.height / 2));
    line(&mut group, &tag.line);
    group
}

fn row(node: &Node, row: &Row, ruled: bool) -> Element {
    let class = row.mark.map_or("rl-row".to_owned(), |mark| format!("rl-row rl-mark--{}", mark_name(mark)));
    let mut group = Element::new("g", &class, &[]);
    if let Some(certificate) = row.certificate {
        group.set("data-cert", &certificate.to_string());
    }
    if ruled {
        let (left, right, y) = (node.area.x + 1, node.area.x + node.area.width - 1, row.area.y - 3);
        group.add(path("rl-rule", &format!("M{left} {y}H{right}")));
    }
    for words in &row.lines {
        line(&mut group, words);
    }
    group
}

/// Icon and words.
fn line(group: &mut Element, line: &Line) {
    let style = match line.style {
        Style::Name => "name",
        Style::Fact => "fact",
        Style::Strong => "strong",
        Style::Label => "label",
    };
    let mut x = line.at.x;
    if let Some(found) = line.icon {
        group.add(icon(found, line.at, style));
        x += ICON_SIZE + 4;
    }
    let mut words = Element::new("text", &format!("rl-text rl-text--{style}"), &[("x", x), ("y", line.at.y)]);
    words.text.push_str(&line.words);
    group.add(words);
}

fn icon(icon: Icon, at: Point, style: &str) -> Element {
    let data = match icon {
        Icon::Tick => "M1 6L4 9.5L10 1.5",
        Icon::Cross => "M1.5 1.5L9.5 9.5M9.5 1.5L1.5 9.5",
        Icon::Warning => "M5.5 0.8L10.6 10.2H0.4ZM5.5 4V7M5.5 8.3V9",
        Icon::Clock => "M5.5 0.5A5 5 0 1 0 5.5 10.5A5 5 0 1 0 5.5 0.5ZM5.5 2.5V5.5L7.5 7",
    };
    let mut icon = path(&format!("rl-icon rl-icon--{style}"), data);
    icon.set("transform", &format!("translate({} {})", at.x, at.y - ICON_SIZE + 1));
    icon
}

/// The strokes that cross a line out.
fn cross(at: Point) -> Element {
    let (left, right, top, bottom) = (at.x - 4, at.x + 4, at.y - 4, at.y + 4);
    path("rl-cross", &format!("M{left} {top}L{right} {bottom}M{right} {top}L{left} {bottom}"))
}
