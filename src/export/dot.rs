//! A graph in the DOT language of Graphviz.

use std::fmt::Write as _;

use super::graph::{self, Graph, Line, Node};
use crate::report::Report;
use crate::scene::{Evidence, Kind, Mark};

/// Where the graph begins, with what is common to all boxes and lines.
const HEAD: &str = "digraph rootlens {
  graph [rankdir=TB, bgcolor=\"white\", fontname=\"Helvetica\", fontsize=11, labelloc=b]
  node [shape=box, style=\"filled\", fillcolor=\"white\", color=\"#848d97\", fontname=\"Helvetica\", fontsize=11]
  edge [fontname=\"Helvetica\", fontsize=10]
";

/// The issuer graph: from issuer to subject, marked as on the page. Ends with a line break.
pub fn dot(report: &Report) -> String {
    let graph = graph::graph(report);
    let nodes: String = graph.nodes.iter().map(node).collect();
    let lines: String = graph.lines.iter().map(line).collect();
    format!("{HEAD}  label={}\n{nodes}{lines}}}\n", quoted(&caption(&graph)))
}

fn caption(graph: &Graph) -> Vec<String> {
    let mut caption = vec![graph.title.clone(), graph.description.clone()];
    caption.extend_from_slice(&graph.notes);
    caption
}

fn node(node: &Node) -> String {
    let look = match (node.kind, node.mark) {
        (_, Some(Mark::Fault)) => ", style=\"filled,rounded\", color=\"#b3261e\", fillcolor=\"#fdecea\", penwidth=3",
        (Kind::Missing, _) => ", style=\"dotted\", fontcolor=\"#57606a\"",
        (_, Some(Mark::Trusted)) => ", color=\"#1f2428\", penwidth=2",
        (_, Some(Mark::NaiveOnly)) => ", style=\"filled,dashed\", color=\"#b54800\", fillcolor=\"#fdf3eb\", penwidth=2",
        (_, Some(Mark::CorrectOnly)) => ", color=\"#0069a6\", fillcolor=\"#ebf5fb\", peripheries=2",
        (_, Some(Mark::Both)) => ", color=\"#1f2428\", penwidth=3",
        (Kind::Group, None) => ", shape=folder",
        (_, None) if node.rejected => ", style=\"filled,rounded,dashed\", color=\"#1f2428\", fillcolor=\"#f5f6f8\"",
        (Kind::EndEntity, None) => ", style=\"filled,rounded\"",
        (Kind::Authority, None) => "",
    };
    format!("  {} [label={}{look}]\n", node.id, quoted(&node.words))
}

fn line(line: &Line) -> String {
    let style = match line.evidence {
        Evidence::Verified => "style=solid",
        Evidence::Unchecked => "style=dashed",
        Evidence::Fails => "style=solid, color=\"#b54800\", arrowhead=tee",
        Evidence::Missing => "style=dotted",
    };
    let mut text = format!("  {} -> {} [{style}", line.issuer, line.subject);
    if !line.words.is_empty() {
        let _ = write!(text, ", label={}", quoted(std::slice::from_ref(&line.words)));
    }
    text.push_str("]\n");
    text
}

/// A quoted string of several centred lines. A backslash begins what Graphviz fills in (`\N`), an ampersand an entity
/// of HTML, and the lines hold no control character.
fn quoted(lines: &[String]) -> String {
    let escaped: Vec<String> = lines.iter().map(|line| escape(line)).collect();
    format!("\"{}\"", escaped.join("\\n"))
}

fn escape(line: &str) -> String {
    line.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_backslashes_and_entities_stay_text() {
        let lines = [String::from("a\"b\\"), String::from("&lt;\\N")];
        assert_eq!(quoted(&lines), r#""a\"b\\\n&amp;lt;\\N""#);
    }
}
