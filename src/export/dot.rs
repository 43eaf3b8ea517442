//! A graph in the DOT language of Graphviz.

use super::graph::{self, Graph, Line, Node};
use crate::report::Report;
use crate::scene::{Evidence, Kind, Mark};

const HEAD: &str = "digraph rootlens {
  graph [rankdir=TB, bgcolor=\"white\", fontname=\"Helvetica\", fontsize=11, labelloc=b]
  node [shape=box, style=\"filled\", fillcolor=\"white\", color=\"#848d97\", fontname=\"Helvetica\", fontsize=11]
  edge [fontname=\"Helvetica\", fontsize=10]
";

/// The issuer graph: from issuer to subject, marked as on the page. Ends with a line break.
pub fn dot(report: &Report) -> String {
    let graph = graph::graph(report);
    let mut text = String::from(HEAD);
    label("  label=", &caption(&graph), "\n", &mut text);
    graph.nodes.iter().for_each(|found| node(found, &mut text));
    graph.lines.iter().for_each(|found| line(found, &mut text));
    text.push_str("}\n");
    text
}

fn caption(graph: &Graph) -> Vec<String> {
    let mut caption = vec![graph.title.clone(), graph.description.clone()];
    caption.extend_from_slice(&graph.notes);
    caption
}

fn node(node: &Node, text: &mut String) {
    for part in ["  ", &node.id, " [label="] {
        text.push_str(part);
    }
    label("", &node.words, "", text);
    text.push_str(match (node.kind, node.mark) {
        (Kind::Missing, _) => ", style=\"dotted\", fontcolor=\"#57606a\"",
        (_, Some(Mark::NaiveOnly)) => ", style=\"filled,dashed\", color=\"#b54800\", fillcolor=\"#fdf3eb\", penwidth=2",
        (_, Some(Mark::CorrectOnly)) => ", color=\"#0069a6\", fillcolor=\"#ebf5fb\", peripheries=2",
        (_, Some(Mark::Both)) => ", color=\"#1f2428\", penwidth=3",
        (Kind::Group, None) => ", shape=folder",
        (_, None) if node.rejected => ", style=\"filled,rounded,dashed\", color=\"#1f2428\", fillcolor=\"#f5f6f8\"",
        (Kind::EndEntity, None) => ", style=\"filled,rounded\"",
        (Kind::Authority, None) => "",
    });
    text.push_str("]\n");
}

fn line(line: &Line, text: &mut String) {
    for part in ["  ", &line.issuer, " -> ", &line.subject] {
        text.push_str(part);
    }
    text.push_str(match line.evidence {
        Evidence::Verified => " [style=solid",
        Evidence::Unchecked => " [style=dashed",
        Evidence::Fails => " [style=solid, color=\"#b54800\", arrowhead=tee",
        Evidence::Missing => " [style=dotted",
    });
    if !line.words.is_empty() {
        label(", label=", std::slice::from_ref(&line.words), "", text);
    }
    text.push_str("]\n");
}

/// A quoted string of several centred lines. A backslash begins what Graphviz fills in (`\N`), an ampersand an entity of
/// HTML, and the lines hold no control character.
fn label(before: &str, lines: &[String], after: &str, text: &mut String) {
    text.push_str(before);
    text.push('"');
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            text.push_str("\\n");
        }
        for character in line.chars() {
            match character {
                '"' => text.push_str("\\\""),
                '\\' => text.push_str("\\\\"),
                '&' => text.push_str("&amp;"),
                _ => text.push(character),
            }
        }
    }
    text.push('"');
    text.push_str(after);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_backslashes_and_entities_stay_text() {
        let mut text = String::new();
        label("label=", &[String::from("a\"b\\"), String::from("&lt;\\N")], ";", &mut text);
        assert_eq!(text, r#"label="a\"b\\\n&amp;lt;\\N";"#);
    }
}
