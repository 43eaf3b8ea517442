//! A Mermaid flowchart, as GitHub, GitLab and many forums draw it inside a code fence.

use std::fmt::Write as _;

use super::graph::{self, Graph, Line, Node};
use crate::report::Report;
use crate::scene::{Evidence, Kind, Mark};

/// The colours of the light theme with their dark ink, which stay legible on a dark page as well.
const CLASSES: &[(&str, &str)] = &[
    ("fault", "fill:#fdecea,stroke:#b3261e,stroke-width:3px,color:#1f2428"),
    ("trusted", "fill:#ffffff,stroke:#1f2428,stroke-width:2px,color:#1f2428"),
    ("naive", "fill:#fdf3eb,stroke:#b54800,stroke-width:2px,stroke-dasharray:6 3,color:#1f2428"),
    ("correct", "fill:#ebf5fb,stroke:#0069a6,stroke-width:4px,color:#1f2428"),
    ("both", "fill:#ffffff,stroke:#1f2428,stroke-width:3px,color:#1f2428"),
    ("plain", "fill:#ffffff,stroke:#848d97,color:#1f2428"),
    ("rejected", "fill:#f5f6f8,stroke:#1f2428,stroke-width:2px,stroke-dasharray:2 2,color:#1f2428"),
    ("missing", "fill:#ffffff,stroke:#848d97,stroke-dasharray:2 4,color:#57606a"),
];

/// The issuer graph: from issuer to subject, marked as on the page. Ends with a line break.
pub fn mermaid(report: &Report) -> String {
    write(&graph::graph(report))
}

pub(super) fn write(graph: &Graph) -> String {
    if graph.nodes.is_empty() {
        // An empty flowchart is an error to some versions.
        return "flowchart TD\n  empty[\"no certificate\"]\n".to_owned();
    }
    let (title, description) = (escape(&graph.title), escape(&graph.description));
    let nodes: String = graph.nodes.iter().map(node).collect();
    let lines: String = graph.lines.iter().map(line).collect();
    let classes = classes(graph);
    format!("flowchart TD\n  accTitle: {title}\n  accDescr: {description}\n{nodes}{lines}{classes}")
}

/// The looks of the boxes that there are.
fn classes(graph: &Graph) -> String {
    let is_used = |name: &str| graph.nodes.iter().any(|node| class(node) == name);
    let used = CLASSES.iter().filter(|(name, _)| is_used(name));
    used.map(|(name, look)| format!("  classDef {name} {look}\n")).collect()
}

fn node(node: &Node) -> String {
    let (open, close) = match node.kind {
        Kind::Authority | Kind::Missing => ("[\"", "\"]"),
        Kind::EndEntity => ("(\"", "\")"),
        Kind::Group => ("[[\"", "\"]]"),
    };
    let words: Vec<String> = node.words.iter().map(|words| escape(words)).collect();
    format!("  {}{open}{}{close}:::{}\n", node.id, words.join("<br/>"), class(node))
}

fn class(node: &Node) -> &'static str {
    match (node.kind, node.mark) {
        (_, Some(Mark::Fault)) => "fault",
        (Kind::Missing, _) => "missing",
        (_, Some(Mark::Trusted)) => "trusted",
        (_, Some(Mark::NaiveOnly)) => "naive",
        (_, Some(Mark::CorrectOnly)) => "correct",
        (_, Some(Mark::Both)) => "both",
        (_, None) if node.rejected => "rejected",
        (_, None) => "plain",
    }
}

fn line(line: &Line) -> String {
    let arrow = match line.evidence {
        Evidence::Verified => "-->",
        Evidence::Unchecked | Evidence::Missing => "-.->",
        Evidence::Fails => "--x",
    };
    let words = if line.words.is_empty() { String::new() } else { format!("|\"{}\"|", escape(&line.words)) };
    format!("  {} {arrow}{words} {}\n", line.issuer, line.subject)
}

/// Everything but letters, digits, spaces and what joins them becomes an entity of Mermaid, `#35;`: quotes, brackets,
/// backticks (Markdown inside a label), `#` and `;` themselves, HTML.
fn escape(words: &str) -> String {
    let mut escaped = String::new();
    let mut before = ' ';
    let mut rest = words.chars().peekable();
    while let Some(character) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        if is_plain(before, character, after) {
            escaped.push(character);
        } else if matches!((character, after), ('ﬂ', '°') | ('¶', 'ß')) {
            // Mermaid writes its entities like this while it works, and takes these for one even from an entity.
            escaped.push('\u{FFFD}');
        } else {
            let _ = write!(escaped, "#{};", u32::from(character));
        }
        before = character;
    }
    escaped
}

/// A dot, hyphen or equals sign is plain inside a word, a dot or colon after one; elsewhere they can begin a list or a
/// heading.
fn is_plain(before: char, character: char, after: char) -> bool {
    match character {
        ' ' | ',' => true,
        '.' | ':' if before.is_ascii_alphabetic() && after == ' ' => true,
        '.' | '-' | '=' => before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric(),
        'ﬂ' | '¶' => false,
        _ => character.is_ascii_alphanumeric() || !character.is_ascii(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_markup_becomes_an_entity() {
        assert_eq!(escape("ziti-controller1, www.example.com"), "ziti-controller1, www.example.com");
        assert_eq!(escape("Pools: a. 1. - =\"`<b>#;%%"), "Pools: a. 1#46; #45; #61;#34;#96;#60;b#62;#35;#59;#37;#37;");
        assert_eq!(escape("Ä 中 ß°"), "Ä 中 ß°");
        assert_eq!(escape("ﬂ°°35¶ß"), "\u{FFFD}°°35\u{FFFD}ß");
    }
}
