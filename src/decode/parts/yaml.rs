//! YAML as far as its block style goes: keys, items, and values by the indentation of lines. It reads what people paste,
//! which is often indented otherwise than YAML asks for, so what it does not know is no error.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lines;
use super::tree::{MAX_DEPTH, Node};
use super::{json, lines::slice};
use crate::base64;
use crate::decode::text;

/// The documents of a stretch, and whatever else its lines look like.
pub(super) fn documents(bytes: &[u8], stretch: Range<usize>) -> Vec<Node> {
    let mut reader = Reader { bytes, lines: significant_lines(bytes, stretch), next: 0 };
    let mut documents = Vec::new();
    while reader.next < reader.lines.len() {
        documents.extend(reader.nodes(0, MAX_DEPTH));
        // What stops the reader is the mark between two documents.
        reader.next += 1;
    }
    documents
}

/// A line that is not blank.
#[derive(Debug)]
struct Line {
    /// Characters before its content.
    indent: usize,
    /// Without white space around it.
    content: Range<usize>,
    /// Characters before its key; the brackets of JSON that does not parse count as indentation.
    key_indent: usize,
    /// A comment, or brackets alone: nothing, but in a text block.
    is_filler: bool,
}

struct Reader<'b> {
    bytes: &'b [u8],
    lines: Vec<Line>,
    /// Index of the line to be read.
    next: usize,
}

/// What a line is.
enum Shape {
    /// `---`, `...`, or the prompt of a shell.
    Break,
    /// It begins with `- `.
    Item,
    /// A key, and where its value begins.
    Key(String, usize),
    Other,
}

fn significant_lines(bytes: &[u8], stretch: Range<usize>) -> Vec<Line> {
    let line = |line: Range<usize>| {
        let text = slice(bytes, &line);
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let content = text::trimmed(bytes, line.end - text.len()..line.end);
        let first = bytes.get(content.start).filter(|_| !content.is_empty())?;
        let indent = content.start - (line.end - text.len());
        let brackets = text.iter().take_while(|byte| b" \t{[}],".contains(byte)).count();
        let key_indent = if text.get(brackets) == Some(&b'"') { brackets } else { indent };
        let is_filler = *first == b'#' || brackets >= indent + content.len();
        Some(Line { indent, content, key_indent, is_filler })
    };
    lines::lines(bytes, stretch).filter_map(line).collect()
}

impl Line {
    /// Where its key or item stands, if it has one.
    fn structure(&self) -> Range<usize> {
        (self.content.start + self.key_indent - self.indent).min(self.content.end)..self.content.end
    }
}

impl Reader<'_> {
    /// The next line that says something, if it is indented by at least this.
    fn line(&mut self, least: usize) -> Option<&Line> {
        while self.lines.get(self.next).is_some_and(|line| line.is_filler) {
            self.next += 1;
        }
        self.lines.get(self.next).filter(|line| line.key_indent >= least)
    }

    /// What stands on the next lines, as long as they are indented by at least this.
    fn nodes(&mut self, least: usize, depth: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        while let Some(line) = self.line(least) {
            let (indent, content) = (line.key_indent, line.content.clone());
            match self.shape() {
                Shape::Break => break,
                Shape::Item if depth > 0 => nodes.push(self.sequence(indent, depth - 1)),
                Shape::Key(..) if depth > 0 => nodes.push(self.mapping(indent, depth - 1)),
                _ => {
                    self.next += 1;
                    nodes.push(Node::Scalar(self.continued(content, least)));
                }
            }
        }
        nodes
    }

    /// As [`Reader::nodes`], as one.
    fn node(&mut self, least: usize, depth: usize) -> Option<Node> {
        let mut nodes = self.nodes(least, depth);
        if nodes.len() > 1 { Some(Node::Sequence(nodes)) } else { nodes.pop() }
    }

    fn sequence(&mut self, indent: usize, depth: usize) -> Node {
        let mut items = Vec::new();
        while self.line(indent).is_some() {
            let Some(line) = self.lines.get_mut(self.next).filter(|line| line.indent == indent) else { break };
            let Some(length) = item(slice(self.bytes, &line.content)) else { break };
            // What follows the hyphen stands as deep as the lines below it.
            line.indent += length;
            line.key_indent = line.indent;
            line.content.start += length;
            if line.content.is_empty() {
                self.next += 1;
            }
            items.extend(self.item_value(indent, depth));
        }
        Node::Sequence(items)
    }

    /// The value behind a hyphen, which may be a text block.
    fn item_value(&mut self, indent: usize, depth: usize) -> Option<Node> {
        let content = self.line(indent + 1)?.content.clone();
        if is_block_indicator(slice(self.bytes, &content)) {
            self.next += 1;
            return Some(Node::Scalar(self.block(content.end, indent)));
        }
        self.node(indent + 1, depth)
    }

    /// A mapping ends where a key comes for the second time: another object without a mark between.
    fn mapping(&mut self, indent: usize, depth: usize) -> Node {
        let mut entries = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(line) = self.line(indent) {
            let (end, key_indent) = (line.content.end, line.key_indent);
            let Shape::Key(key, value) = self.shape() else { break };
            if !seen.insert(key.clone()) {
                break;
            }
            let value = value..end;
            self.next += 1;
            entries.push((key, self.value(value, key_indent, depth)));
        }
        Node::Mapping(entries)
    }

    /// The value of a key: what stands on its line, or on the lines below.
    fn value(&mut self, inline: Range<usize>, key_indent: usize, depth: usize) -> Node {
        let inline = self.without_tag(inline);
        let text = slice(self.bytes, &inline);
        if is_block_indicator(text) {
            return Node::Scalar(self.block(inline.end, key_indent));
        }
        match text.first() {
            None => self.below(inline.start, key_indent, depth),
            Some(b'{' | b'[') if text.len() == 1 => self.below(inline.start, key_indent, depth),
            Some(b'{' | b'[') => match json::documents(self.bytes, inline.clone()).pop() {
                Some((place, node)) if place == inline => node,
                _ => Node::Scalar(self.continued(inline, key_indent + 1)),
            },
            Some(&quote @ (b'"' | b'\'')) => Node::Scalar(self.quoted(inline, quote, key_indent)),
            Some(_) => Node::Scalar(self.continued(inline, key_indent + 1)),
        }
    }

    /// The value of a key that has none on its line.
    fn below(&mut self, start: usize, key_indent: usize, depth: usize) -> Node {
        let bytes = self.bytes;
        let next = self.line(key_indent).filter(|line| line.indent == key_indent);
        let is_item = next.is_some_and(|line| item(slice(bytes, &line.content)).is_some());
        // The items of a list may stand right below the key (YAML 1.2, 8.2.1).
        if is_item && depth > 0 {
            return self.sequence(key_indent, depth - 1);
        }
        self.node(key_indent + 1, depth).unwrap_or_else(|| Node::Scalar(self.block(start, key_indent)))
    }

    /// The lines of a text block: those that are indented more than its key, whatever they look like. Where none is, a
    /// paste has lost its indentation, and the PEM below is meant.
    fn block(&mut self, start: usize, key_indent: usize) -> Range<usize> {
        let mut block = start..start;
        let mut has_indentation = false;
        while let Some(line) = self.lines.get(self.next) {
            let text = slice(self.bytes, &line.content);
            if block.is_empty() {
                has_indentation = line.indent > key_indent;
                block.start = line.content.start;
            }
            let is_inside = if has_indentation { line.indent > key_indent } else { is_pem(text) };
            if !is_inside {
                break;
            }
            block.end = line.content.end;
            self.next += 1;
        }
        block
    }

    /// A plain scalar with the lines below that are indented by at least `least` and are neither key nor item.
    fn continued(&mut self, mut scalar: Range<usize>, least: usize) -> Range<usize> {
        while let Some(end) = self.line(least.max(1)).map(|line| line.content.end) {
            if !matches!(self.shape(), Shape::Other) {
                break;
            }
            scalar.end = end;
            self.next += 1;
        }
        scalar
    }

    /// A scalar in quotation marks. It may go on in the lines below, which then are indented more than its key.
    fn quoted(&mut self, inline: Range<usize>, quote: u8, key_indent: usize) -> Range<usize> {
        let closing = |from: usize, to: usize| closing_quote(self.bytes, from..to, quote);
        if let Some(end) = closing(inline.start + 1, inline.end) {
            return inline.start..end;
        }
        let below = self.lines.get(self.next..).unwrap_or_default();
        let below = below.iter().take_while(|line| line.indent > key_indent).enumerate();
        let closed = below.map(|(at, line)| (at, line.content.clone())).find_map(|(at, line)| {
            let end = closing(line.start, line.end)?;
            Some((at, end, end == line.end))
        });
        match closed {
            Some((at, end, true)) => {
                self.next += at + 1;
                inline.start..end
            }
            _ => inline,
        }
    }

    /// Behind a tag (`!!binary`) or an anchor (`&ca`).
    fn without_tag(&self, value: Range<usize>) -> Range<usize> {
        let text = slice(self.bytes, &value);
        if !matches!(text.first(), Some(b'!' | b'&')) {
            return value;
        }
        let word = text.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
        let rest = text.get(word..).unwrap_or_default();
        value.end - rest.trim_ascii_start().len()..value.end
    }

    /// What the next line is.
    fn shape(&self) -> Shape {
        let Some(line) = self.lines.get(self.next) else { return Shape::Break };
        let structure = line.structure();
        let text = slice(self.bytes, &structure);
        if matches!(text, b"---" | b"...") || text.starts_with(b"--- ") || text.starts_with(b"$ ") {
            return Shape::Break;
        }
        if item(text).is_some() {
            return Shape::Item;
        }
        match key(text) {
            Some((name, value)) => Shape::Key(name, structure.start + value),
            None => Shape::Other,
        }
    }
}

/// The length of `- ` and the blanks behind it.
fn item(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(b"-")?;
    let blanks = rest.len() - rest.trim_ascii_start().len();
    (rest.is_empty() || blanks > 0).then_some(1 + blanks)
}

/// A key and where its value begins: a name without blanks or in quotation marks, a colon, and a blank or nothing more.
fn key(text: &[u8]) -> Option<(String, usize)> {
    let (name, rest) = match text.first()? {
        quote @ (b'"' | b'\'') => {
            let end = closing_quote(text, 1..text.len(), *quote)?;
            (text.get(1..end - 1)?, text.get(end..)?.trim_ascii_start())
        }
        first if first.is_ascii_alphanumeric() || b"._/$~<".contains(first) => {
            let word = text.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
            let name = text.get(..word)?.strip_suffix(b":")?;
            (name, text.get(name.len()..)?)
        }
        _ => return None,
    };
    let value = rest.strip_prefix(b":")?.trim_ascii_start();
    Some((String::from_utf8_lossy(name).into_owned(), text.len() - value.len()))
}

/// Behind the next quotation mark that is not escaped.
fn closing_quote(bytes: &[u8], range: Range<usize>, quote: u8) -> Option<usize> {
    let mut position = range.start;
    while position < range.end {
        match bytes.get(position)? {
            b'\\' if quote == b'"' => position += 1,
            // Within single quotes two of them stand for one.
            byte if *byte == quote && quote == b'\'' && bytes.get(position + 1) == Some(&quote) => position += 1,
            byte if *byte == quote => return Some(position + 1),
            _ => {}
        }
        position += 1;
    }
    None
}

/// `|` or `>`, with how its indentation and its last line end are meant (YAML 1.2, 8.1.1).
fn is_block_indicator(text: &[u8]) -> bool {
    let Some((b'|' | b'>', rest)) = text.split_first() else { return false };
    let end = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
    let (indicators, comment) = rest.split_at_checked(end).unwrap_or((rest, &[]));
    let comment = comment.trim_ascii_start();
    indicators.len() <= 2
        && indicators.iter().all(|byte| matches!(byte, b'+' | b'-' | b'1'..=b'9'))
        && (comment.is_empty() || comment.starts_with(b"#"))
}

/// A line as PEM has it: BEGIN, END or base64; and the line that `kubectl describe` draws between a key and its value.
fn is_pem(text: &[u8]) -> bool {
    let symbols = base64::symbols_at_start(text);
    let is_base64 = symbols > 0 && text.get(symbols..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'='));
    is_base64 || text.starts_with(b"-----BEGIN") || text.starts_with(b"-----END") || text == b"----"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::parts::tree::Node::{Mapping, Scalar, Sequence};

    /// A tree with its scalars as text.
    fn show(text: &str, node: &Node) -> String {
        match node {
            Mapping(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key}={}", show(text, value))).collect();
                format!("{{{}}}", entries.join(" "))
            }
            Sequence(items) => {
                format!("[{}]", items.iter().map(|item| show(text, item)).collect::<Vec<_>>().join(" "))
            }
            Scalar(range) => text[range.clone()].split_whitespace().collect::<Vec<_>>().join("_"),
        }
    }

    #[test]
    fn indentation_tells_what_belongs_together() {
        for (text, wanted) in [
            ("a: 1\nb:\n  c: 2\n  d: 3\ne: 4\n", "{a=1 b={c=2 d=3} e=4}"),
            ("a:\n- b: 1\n  c: 2\n- b: 3\n", "{a=[{b=1 c=2} {b=3}]}"),
            ("a:\n  - b: 1\n    c: 2\n  - d\n", "{a=[{b=1 c=2} d]}"),
            ("- - a\n  - b\n- c\n", "[[a b] c]"),
            ("a: |\n  x: 1\n\n  - y\nb: 2\n", "{a=x:_1_-_y b=2}"),
            ("a: |-2 # note\n    x\n   y\nb: >\n  z\n", "{a=x_y b=z}"),
            ("a:\n  - |\n    x\n    y\n  - z", "{a=[x_y z]}"),
            ("a: x\n  y\n  z\nb: 1", "{a=x_y_z b=1}"),
            ("a:\n  x\n  y\nb: 1", "{a=x_y b=1}"),
            ("a: \"x\n  y\"\nb: 'it''s'\n", "{a=\"x_y\" b='it''s'}"),
            ("a: !!binary |\n  x\nb: &anchor y\n", "{a=x b=y}"),
            ("a: {\"b\": [1, 2]}\nc: {d: e}\n", "{a={b=[1 2]} c={d:_e}}"),
            ("# a: 1\nb: 1 # note\n", "{b=1_#_note}"),
            ("\"a b\": 1\n'c': 2\nd e: 3\n", "{a b=1 c=2}"),
            ("    a: 1\n    b:\n      c: 2\n", "{a=1 b={c=2}}"),
            ("a: 1\n  b: 2\n  c:\n    d: 3\n", "{a=1 b=2 c={d=3}}"),
            ("a:\r\n\tb: 1\r\n\tc: |\r\n\t\tx\r\n", "{a={b=1 c=x}}"),
            (
                "a: |\n-----BEGIN X-----\nMII=\n-----END X-----\nb: 1\n",
                "{a=-----BEGIN_X-----_MII=_-----END_X----- b=1}",
            ),
            ("a: |\n  x\n-----BEGIN X-----\nMII=\n", "{a=x}"),
            ("{\n  \"a\": {\n    \"b\": \"x\",\n    \"c\": [\n      \"y\"\n    ]\n  }", "{a={b=\"x\" c=\"y\"}}"),
        ] {
            let read = documents(text.as_bytes(), 0..text.len());
            assert_eq!(read.first().map(|node| show(text, node)).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn documents_end_at_marks_prompts_and_keys_that_come_again() {
        let text = "a: 1\n---\na: 2\n...\n$ get\na: 3\nb: 4\na: 5\n";
        let read = documents(text.as_bytes(), 0..text.len());
        let shown: Vec<String> = read.iter().map(|node| show(text, node)).collect();
        assert_eq!(shown, ["{a=1}", "{a=2}", "{a=3 b=4}", "{a=5}"]);
    }

    #[test]
    fn depth_is_limited() {
        let deep: String = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert_eq!(documents(deep.as_bytes(), 0..deep.len()).len(), 1);
        let items = "- ".repeat(100_000);
        assert!(!documents(items.as_bytes(), 0..items.len()).is_empty());
    }
}
