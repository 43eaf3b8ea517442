//! The scene as SVG elements: the one place that knows tags, attributes and classes.
//!
//! The page turns each [`Element`] into a virtual node and hangs its handlers on the groups of [`node`]; the file writer
//! prints them. So both show the same picture. Colours come from the style sheet (`www/graph.css`) by class.

use super::{Edge, Node, Sample};

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

/// Patterns that the drawing refers to (the hatching): once per `<svg>`, before everything else. `prefix` keeps the ids of
/// two drawings on one page apart; give the same to [`node`] and [`sample`].
pub fn definitions(_prefix: &str) -> Element {
    Element::default()
}

/// A line with its arrow head, its label and a broad invisible one for the pointer: `<g class="rl-edge …">`.
pub fn edge(_edge: &Edge) -> Element {
    Element::default()
}

/// A box with all its words: `<g class="rl-node …" data-node="ca-3">`. The page adds focus, role, `aria-label` (from
/// [`Node::label`]) and handlers; rows are `<g class="rl-row" data-cert="5">`.
pub fn node(_node: &Node, _prefix: &str) -> Element {
    Element::default()
}

/// What a legend line shows: an `<svg class="rl-sample">` of 30 by 16 px.
pub fn sample(_sample: Sample, _prefix: &str) -> Element {
    Element::default()
}
