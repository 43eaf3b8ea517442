//! A drawing as a file that stands alone: colours resolved, title, legend and notes inside.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::picture::{self, Element, SAMPLE_SIZE};
use crate::scene::{Scene, Style, text};

/// The colours of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Theme {
    /// Light, and dark where the reader's system is dark.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The style sheet of the page's drawing; the part before [`PAGE_ONLY`] goes into files.
const STYLE_SHEET: &str = include_str!("../../../www/graph.css");

/// From this comment on the style sheet is about focus, selection and the pointer.
const PAGE_ONLY: &str = "/* Page only";

/// Tokens of the palette with their values in the light and the dark theme, as in `www/tokens.css`: a file has no other
/// style sheet to take them from, and many viewers know no custom properties.
pub const TOKENS: [(&str, &str, &str); 12] = [
    ("--rl-ink", "#1f2428", "#e8eaed"),
    ("--rl-ink-soft", "#57606a", "#a3adb7"),
    ("--rl-line", "#d8dce1", "#2d333a"),
    ("--rl-line-strong", "#848d97", "#6b7682"),
    ("--rl-paper", "#ffffff", "#14171a"),
    ("--rl-canvas", "#f5f6f8", "#0c0e10"),
    ("--rl-alarm", "#a0083f", "#ff6f91"),
    ("--rl-alarm-wash", "#fdeef2", "#2d141b"),
    ("--rl-naive", "#b54800", "#e69f00"),
    ("--rl-naive-wash", "#fdf3eb", "#292011"),
    ("--rl-correct", "#0069a6", "#56b4e9"),
    ("--rl-correct-wash", "#ebf5fb", "#10232f"),
];

/// Prefix of the ids in a file.
const PREFIX: &str = "rl";
/// Height of a line of the legend or the notes.
const FOOT_LINE: i32 = 22;
/// Space around the legend.
const FOOT_PAD: i32 = 14;
/// Space between two legend items.
const LEGEND_GAP: i32 = 18;
/// A file is at least this wide, so that its legend finds room.
const LEAST_WIDTH: i32 = 320;

/// Writes the drawing as an SVG document.
pub fn document(scene: &Scene, theme: Theme) -> String {
    let width = scene.width.max(LEAST_WIDTH);
    let foot = foot(scene, width);
    let height = scene.height + foot.height;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rl-graph\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"graphics-document\" aria-labelledby=\"{PREFIX}-title {PREFIX}-description\">"
    );
    let _ = write!(svg, "<title id=\"{PREFIX}-title\">{}</title>", escape(&scene.title));
    let _ = write!(svg, "<desc id=\"{PREFIX}-description\">{}</desc>", escape(&scene.description));
    let _ = write!(svg, "<style>{}</style>", style(theme));
    let ground = Element::new("rect", "rl-ground", &[("width", width), ("height", height)]);
    for part in [picture::definitions(PREFIX), ground].iter().chain(&paint(scene)).chain(&foot.elements) {
        print(part, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Lines below, boxes above.
fn paint(scene: &Scene) -> Vec<Element> {
    let lines = scene.edges.iter().map(|edge| titled(picture::edge(edge), &edge.description));
    let boxes = scene.nodes.iter().map(|node| titled(picture::node(node, PREFIX), &node.label));
    lines.chain(boxes).collect()
}

/// Adds a `<title>`, which readers of the file show as a tool tip and read aloud.
fn titled(mut group: Element, title: &str) -> Element {
    group.children.insert(0, Element { tag: "title", text: title.to_owned(), ..Element::default() });
    group
}

/// The style sheet with the values of a theme in the place of the tokens.
fn style(theme: Theme) -> String {
    let light = || resolved(|(_, light, _)| light);
    let dark = || resolved(|(_, _, dark)| dark);
    match theme {
        Theme::Light => light(),
        Theme::Dark => dark(),
        Theme::System => format!("{}@media(prefers-color-scheme:dark){{{}}}", light(), dark()),
    }
}

type Token = (&'static str, &'static str, &'static str);

fn resolved(value: fn(Token) -> &'static str) -> String {
    let sheet = STYLE_SHEET.split(PAGE_ONLY).next().unwrap_or_default();
    let layered = sheet.split_once("@layer graph {").map_or(sheet, |(_, inside)| inside);
    let resolve = |sheet: String, token: Token| sheet.replace(&format!("var({})", token.0), value(token));
    let lines = TOKENS.into_iter().fold(layered.to_owned(), resolve);
    lines.lines().map(str::trim).collect()
}

/// Legend and notes below the drawing.
struct Foot {
    elements: Vec<Element>,
    height: i32,
}

fn foot(scene: &Scene, width: i32) -> Foot {
    let mut foot = Foot { elements: Vec::new(), height: 0 };
    let mut x = FOOT_PAD;
    let mut y = scene.height + FOOT_LINE - 6;
    for item in &scene.legend {
        let room = SAMPLE_SIZE.0 + 7 + text::width(item.words(), Style::Fact);
        if x > FOOT_PAD && x + room > width - FOOT_PAD {
            (x, y) = (FOOT_PAD, y + FOOT_LINE);
        }
        let mut sample = Element::new("g", "rl-sample", &[]);
        sample.set("transform", &format!("translate({x} {})", y - 12));
        sample.add(picture::sample_group(*item, PREFIX));
        foot.elements.extend([sample, words(item.words(), x + SAMPLE_SIZE.0 + 7, y)]);
        x += room + LEGEND_GAP;
    }
    for line in scene.notes.iter().flat_map(|note| wrap(note, width - 2 * FOOT_PAD)) {
        y += FOOT_LINE;
        foot.elements.push(words(&line, FOOT_PAD, y));
    }
    foot.height = if foot.elements.is_empty() { 0 } else { y + FOOT_PAD - scene.height };
    foot
}

fn words(words: &str, x: i32, y: i32) -> Element {
    Element { text: words.to_owned(), ..Element::new("text", "rl-text rl-text--fact", &[("x", x), ("y", y)]) }
}

/// Breaks a sentence between words.
fn wrap(sentence: &str, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in sentence.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer)) if text::width(&longer, Style::Fact) <= room => *line = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn print(element: &Element, svg: &mut String) {
    let _ = write!(svg, "<{}", element.tag);
    for (name, value) in &element.attributes {
        let _ = write!(svg, " {name}=\"{}\"", escape(value));
    }
    if element.children.is_empty() && element.text.is_empty() {
        svg.push_str("/>");
        return;
    }
    svg.push('>');
    element.children.iter().for_each(|child| print(child, svg));
    let _ = write!(svg, "{}</{}>", escape(&element.text), element.tag);
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
