//! Structured text as a tree of keys, whether it is written as YAML or as JSON.

use std::ops::Range;

use super::{json, lines, yaml};
use crate::decode::layer::{Layer, LayerBuilder};

/// Mappings and sequences within each other. A certificate stands some ten deep at most, in the webhook of a custom
/// resource definition in a list; what is deeper is left out.
pub(super) const MAX_DEPTH: usize = 24;

/// A value. Scalars are known by where they stand in the text, quotation marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Mapping(Vec<(String, Node)>),
    Sequence(Vec<Node>),
    Scalar(Range<usize>),
}

impl Node {
    /// The value of a key of a mapping; the first if it occurs twice.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let Node::Mapping(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Where the scalars of a value stand, in order.
    pub(super) fn scalars(&self) -> Vec<Range<usize>> {
        match self {
            Node::Mapping(_) => Vec::new(),
            Node::Sequence(items) => items.iter().flat_map(Node::scalars).collect(),
            Node::Scalar(range) => vec![range.clone()],
        }
    }

    /// Whether anything stands there: a scalar that is not empty, or anything else.
    pub(super) fn holds_something(&self, bytes: &[u8]) -> bool {
        match self {
            Node::Scalar(range) => !matches!(lines::slice(bytes, range), b"" | b"\"\"" | b"''" | b"null" | b"~"),
            _ => true,
        }
    }

    /// The words of a scalar of one line, without its quotation marks.
    pub(super) fn word(&self, bytes: &[u8]) -> Option<String> {
        let Node::Scalar(range) = self else { return None };
        let text = String::from_utf8_lossy(lines::slice(bytes, range)).into_owned();
        let line = text.lines().next()?.trim();
        let unquoted = match line.as_bytes() {
            [quote @ (b'"' | b'\''), inner @ .., last] if quote == last => line.get(1..=inner.len())?,
            _ => line.split(" #").next()?.trim(),
        };
        (!unquoted.is_empty()).then(|| unquoted.to_owned())
    }
}

/// The documents of a stretch of text: JSON where it parses, else what lines and their indentation say.
pub(super) fn documents(layer: &Layer<'_>, stretch: Range<usize>) -> Vec<Node> {
    let mut documents = Vec::new();
    let mut position = stretch.start;
    for (place, document) in json::documents(&layer.bytes, stretch.clone()) {
        documents.extend(yaml::documents(&layer.bytes, position..place.start));
        position = place.end;
        documents.push(document);
    }
    documents.extend(yaml::documents(&layer.bytes, position..stretch.end));
    documents
}

/// The text that a string in double quotes stands for (RFC 8259, section 7); YAML's further escapes stay as they are.
pub(super) fn unescaped(layer: &Layer<'_>, quoted: Range<usize>) -> Layer<'static> {
    let bytes = layer.slice(0..quoted.end.saturating_sub(1));
    let mut builder = LayerBuilder::default();
    let mut position = quoted.start + 1;
    while let Some(byte) = bytes.get(position) {
        let (character, length) = match (byte, bytes.get(position + 1)) {
            (b'\\', Some(b'n')) => (b'\n', 2),
            (b'\\', Some(b'r')) => (b'\r', 2),
            (b'\\', Some(b't')) => (b'\t', 2),
            (b'\\', Some(escaped @ (b'"' | b'\\' | b'/'))) => (*escaped, 2),
            _ => (*byte, 1),
        };
        builder.push(character, layer.origin(position..position + length));
        position += length;
    }
    builder.build(layer.wrapping)
}
