//! A Mermaid flowchart, as GitHub, GitLab and many forums draw it inside a code fence.

use super::graph::{self, Graph, Line, Node};
use crate::report::Report;
use crate::scene::{Evidence, Kind, Mark};

/// The colours of the light theme with their dark ink, which stay legible on a dark page as well.
const CLASSES: &str = "  classDef naive fill:#fdf3eb,stroke:#b54800,stroke-width:2px,stroke-dasharray:6 3,color:#1f2428
  classDef correct fill:#ebf5fb,stroke:#0069a6,stroke-width:4px,color:#1f2428
  classDef both fill:#ffffff,stroke:#1f2428,stroke-width:3px,color:#1f2428
  classDef plain fill:#ffffff,stroke:#848d97,color:#1f2428
  classDef rejected fill:#f5f6f8,stroke:#1f2428,stroke-width:2px,stroke-dasharray:2 2,color:#1f2428
  classDef missing fill:#ffffff,stroke:#848d97,stroke-dasharray:2 4,color:#57606a
";

/// The issuer graph: from issuer to subject, marked as on the page. Ends with a line break.
pub fn mermaid(report: &Report) -> String {
    write(&graph::graph(report))
}

pub(super) fn write(graph: &Graph) -> String {
    let mut flowchart = String::from("flowchart TD\n");
    if graph.nodes.is_empty() {
        // An empty flowchart is an error to some versions.
        flowchart.push_str("  empty[\"no certificate\"]\n");
        return flowchart;
    }
    for (field, words) in [("accTitle", &graph.title), ("accDescr", &graph.description)] {
        for part in ["  ", field, ": "] {
            flowchart.push_str(part);
        }
        escape(words, &mut flowchart);
        flowchart.push('\n');
    }
    graph.nodes.iter().for_each(|found| node(found, &mut flowchart));
    graph.lines.iter().for_each(|found| line(found, &mut flowchart));
    flowchart.push_str(CLASSES);
    flowchart
}

fn node(node: &Node, flowchart: &mut String) {
    let (open, close) = match node.kind {
        Kind::Authority | Kind::Missing => ("[\"", "\"]"),
        Kind::EndEntity => ("(\"", "\")"),
        Kind::Group => ("[[\"", "\"]]"),
    };
    flowchart.push_str("  ");
    flowchart.push_str(&node.id);
    flowchart.push_str(open);
    for (at, words) in node.words.iter().enumerate() {
        if at > 0 {
            flowchart.push_str("<br/>");
        }
        escape(words, flowchart);
    }
    for part in [close, ":::", class(node), "\n"] {
        flowchart.push_str(part);
    }
}

fn class(node: &Node) -> &'static str {
    match (node.kind, node.mark) {
        (Kind::Missing, _) => "missing",
        (_, Some(Mark::NaiveOnly)) => "naive",
        (_, Some(Mark::CorrectOnly)) => "correct",
        (_, Some(Mark::Both)) => "both",
        (_, None) if node.rejected => "rejected",
        (_, None) => "plain",
    }
}

fn line(line: &Line, flowchart: &mut String) {
    let arrow = match line.evidence {
        Evidence::Verified => " -->",
        Evidence::Unchecked | Evidence::Missing => " -.->",
        Evidence::Fails => " --x",
    };
    for part in ["  ", &line.issuer, arrow] {
        flowchart.push_str(part);
    }
    if !line.words.is_empty() {
        flowchart.push_str("|\"");
        escape(&line.words, flowchart);
        flowchart.push_str("\"|");
    }
    for part in [" ", &line.subject, "\n"] {
        flowchart.push_str(part);
    }
}

/// Everything but letters, digits, spaces and what joins them becomes an entity of Mermaid, `#35;`: quotes, brackets,
/// backticks (Markdown inside a label), `#` and `;` themselves, HTML.
fn escape(words: &str, flowchart: &mut String) {
    let mut before = ' ';
    let mut rest = words.chars().peekable();
    while let Some(character) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        if is_plain(before, character, after) {
            flowchart.push(character);
        } else if matches!((character, after), ('ﬂ', '°') | ('¶', 'ß')) {
            // Mermaid writes its entities like this while it works, and takes these for one even from an entity.
            flowchart.push('\u{FFFD}');
        } else {
            for part in ["#", &u32::from(character).to_string(), ";"] {
                flowchart.push_str(part);
            }
        }
        before = character;
    }
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
        let escaped = |words: &str| {
            let mut text = String::new();
            escape(words, &mut text);
            text
        };
        assert_eq!(escaped("ziti-controller1, www.example.com"), "ziti-controller1, www.example.com");
        assert_eq!(escaped("Pools: a. 1. - =\"`<b>#;%%"), "Pools: a. 1#46; #45; #61;#34;#96;#60;b#62;#35;#59;#37;#37;");
        assert_eq!(escaped("Ä 中 ß°"), "Ä 中 ß°");
        assert_eq!(escaped("ﬂ°°35¶ß"), "\u{FFFD}°°35\u{FFFD}ß");
    }
}
