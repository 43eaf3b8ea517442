//! JSON as a tree whose scalars know where they stand.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

use super::lines;
use super::tree::{MAX_DEPTH, Node};

/// Attempts in vain at reading JSON from one text; each may cost as much as the text is long.
const MAX_FAILURES: usize = 8;

/// The objects and lists that begin at the start of a line, and at the start of the stretch.
pub(super) fn documents(bytes: &[u8], stretch: Range<usize>) -> Vec<(Range<usize>, Node)> {
    let Ok(text) = std::str::from_utf8(lines::slice(bytes, &stretch)) else { return Vec::new() };
    let mut documents: Vec<(Range<usize>, Node)> = Vec::new();
    let mut failures = 0;
    let is_first = |line: &Range<usize>| text.get(..line.start).is_some_and(|before| before.trim_start().is_empty());
    let starts = lines::lines(text.as_bytes(), 0..text.len());
    for line in starts.filter(|line| text.as_bytes().get(line.start).is_some_and(|byte| b"{[ \t\xef".contains(byte))) {
        let blanks = line.start + blanks(text.get(line.clone()).unwrap_or_default());
        let begins = text.as_bytes().get(blanks).is_some_and(|byte| b"{[".contains(byte));
        let is_free = documents.last().is_none_or(|(place, _)| place.end <= stretch.start + blanks);
        let may_begin = begins && is_free && (blanks == line.start || is_first(&line));
        if !may_begin || failures >= MAX_FAILURES {
            continue;
        }
        match first(text.get(blanks..).unwrap_or_default()) {
            Some(raw) => {
                let start = stretch.start + blanks;
                documents.push((start..start + raw.get().len(), node(raw, start, MAX_DEPTH)));
            }
            None => failures += 1,
        }
    }
    documents
}

/// White space and a byte order mark.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}').len()
}

/// The value with which a text begins.
fn first(text: &str) -> Option<&RawValue> {
    serde_json::Deserializer::from_str(text).into_iter::<&RawValue>().next()?.ok()
}

/// The tree of a value that stands at `start`. What is deeper than `depth` is one scalar.
fn node(raw: &RawValue, start: usize, depth: usize) -> Node {
    let text = raw.get();
    let scalar = || Node::Scalar(start..start + text.len());
    // Each part of a value is a part of its text, so that its address tells its place.
    let place = |part: &RawValue| start + part.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let Some(depth) = depth.checked_sub(1) else { return scalar() };
    if text.starts_with('{') {
        let entries: BTreeMap<String, &RawValue> = serde_json::from_str(text).unwrap_or_default();
        let mut entries: Vec<(String, usize, &RawValue)> =
            entries.into_iter().map(|(key, value)| (key, place(value), value)).collect();
        entries.sort_by_key(|(_, place, _)| *place);
        Node::Mapping(entries.into_iter().map(|(key, place, value)| (key, node(value, place, depth))).collect())
    } else if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
        Node::Sequence(items.into_iter().map(|value| node(value, place(value), depth)).collect())
    } else {
        scalar()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, value: Node) -> (String, Node) {
        (key.to_owned(), value)
    }

    #[test]
    fn values_stand_where_they_stand() {
        let text = b"$ get\n {\n{\"a\": {\"b\": \"x\\n\", \"c\": [1, \"y\"]}}\n[true]\n";
        let read = documents(text, 0..text.len());
        let at = |node: &str| {
            let start = text.windows(node.len()).position(|window| window == node.as_bytes()).unwrap();
            Node::Scalar(start..start + node.len())
        };
        let list = Node::Sequence(vec![at("1"), at("\"y\"")]);
        let first = Node::Mapping(vec![entry("a", Node::Mapping(vec![entry("b", at("\"x\\n\"")), entry("c", list)]))]);
        let nodes: Vec<Node> = read.into_iter().map(|(_, node)| node).collect();
        assert_eq!(nodes, [first, Node::Sequence(vec![at("true")])]);
    }

    #[test]
    fn what_does_not_parse_is_no_json() {
        for text in ["{\"a\": \"b\"", "{{ .Values.tls }}", "[section]", "{\"a\": 1} trailing {", "\u{feff}{\"a\":1}"] {
            let found = documents(text.as_bytes(), 0..text.len()).len();
            assert_eq!(found, usize::from(text.contains(": 1}") || text.contains(":1}")), "{text}");
        }
    }

    #[test]
    fn depth_and_failures_are_limited() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(documents(deep.as_bytes(), 0..deep.len()).len(), 1);
        let broken = "{\n".repeat(100_000);
        assert_eq!(documents(broken.as_bytes(), 0..broken.len()), []);
    }
}
