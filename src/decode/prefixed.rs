//! PEM blocks whose lines each stand behind something else: the mark of a quotation, the time and the program of a log, a
//! line number, the marks of a diff.

use std::ops::Range;

use super::layer::{Layer, LayerBuilder, Wrapping};
use super::parts::lines;
use super::repair::Repair;
use crate::base64;

/// Bytes before BEGIN that can be such a text; a journal's time, host and unit are some 80.
const MAX_PREFIX: usize = 256;
/// Dashes before BEGIN (RFC 7468, 3).
const DASHES: usize = 5;
/// The marks of a diff: a line that is gone, one that is new, and one that is in both.
const DIFF_MARKS: [u8; 3] = *b"-+ ";

/// A block with something before each line.
pub(super) struct Prefixed {
    /// The lines of the layer in which it stands.
    pub(super) stretch: Range<usize>,
    /// Its lines without what stands before them; in a diff the block may have been, and be now.
    pub(super) versions: Vec<Layer<'static>>,
}

/// All such blocks of a text, in order.
pub(super) fn find(layer: &Layer<'_>) -> Vec<Prefixed> {
    let mut blocks = Vec::new();
    let mut position = 0;
    while let Some(line) = next_begin(layer, position) {
        position = line.end.max(position + 1);
        if let Some(block) = block(layer, &line) {
            position = block.stretch.end;
            blocks.push(block);
        }
    }
    blocks
}

/// The next line with BEGIN behind something that may be a prefix; nothing in a text whose prefixes are gone already.
fn next_begin(layer: &Layer<'_>, from: usize) -> Option<Range<usize>> {
    layer.wrapping.prefix.is_none().then_some(())?;
    let bytes = &layer.bytes;
    lines::lines(bytes, from..bytes.len()).find(|line| Prefix::of(lines::slice(bytes, line)).is_some())
}

fn block(layer: &Layer<'_>, begin: &Range<usize>) -> Option<Prefixed> {
    let bytes = &layer.bytes;
    let prefix = Prefix::of(lines::slice(bytes, begin))?;
    let mut rows = Vec::new();
    for line in lines::lines(bytes, begin.start..bytes.len()) {
        let text = lines::slice(bytes, &line);
        let Some(length) = prefix.length(text) else { break };
        let content = prefix.content(text.get(length..).unwrap_or_default());
        let is_begin = rows.is_empty();
        let is_end = is_marker(content, b"END");
        if !(is_begin || is_end || is_body(content)) {
            break;
        }
        let start = line.start + length;
        rows.push(Row { mark: text.first().copied(), content: start..start + content.len() });
        if is_end && prefix.ends_with(text) {
            break;
        }
    }
    (rows.len() > 1).then_some(())?;
    let end = lines::lines(bytes, rows.last()?.content.end..bytes.len()).next().map_or(bytes.len(), |rest| rest.end);
    let versions = prefix.versions(layer, &rows);
    (!versions.is_empty()).then_some(Prefixed { stretch: begin.start..end, versions })
}

/// A line of a block.
struct Row {
    /// What a line of a diff begins with.
    mark: Option<u8>,
    /// What stands behind the prefix.
    content: Range<usize>,
}

/// What stands before each line.
enum Prefix {
    /// A text whose words and numbers may change from line to line.
    Text(Vec<Token>),
    /// The mark of a diff, which for BEGIN is this one.
    Diff(u8),
}

/// A stretch of a prefix.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// Letters and digits: times, numbers and ids change from line to line.
    Word,
    Blanks,
    Sign(u8),
}

impl Prefix {
    /// What stands before BEGIN.
    fn of(line: &[u8]) -> Option<Prefix> {
        let begin = line.windows(5).take(MAX_PREFIX).position(|window| window == b"BEGIN")?;
        let before = line.get(..begin)?;
        let dashes = before.iter().rev().take_while(|byte| **byte == b'-').count();
        // One dash more than BEGIN has is that of a diff, or of `grep`.
        let text = before.get(..begin - if dashes == DASHES + 1 { DASHES } else { dashes })?;
        if let [mark @ (b'-' | b'+' | b' ')] = text {
            return Some(Prefix::Diff(*mark));
        }
        // Words directly before BEGIN belong to a value, not to a line; so do quotation marks, unless lines of JSON
        // each hold one of the block.
        let last = text.last().filter(|last| !last.is_ascii_alphanumeric() && !b"'`=".contains(last))?;
        let is_empty = text.trim_ascii().is_empty() || text.trim_ascii() == b"\"";
        let may_be = dashes >= 2 && last.is_ascii() && !is_empty;
        may_be.then(|| Prefix::Text(tokens(text)))
    }

    /// How long the prefix of a line is, if it has one.
    fn length(&self, line: &[u8]) -> Option<usize> {
        match self {
            Prefix::Diff(_) => line.first().filter(|mark| DIFF_MARKS.contains(mark)).map(|_| 1),
            Prefix::Text(expected) => length(expected, line),
        }
    }

    /// What a line holds behind its prefix: all of it, or a string of JSON without its written-out line end.
    fn content<'l>(&self, rest: &'l [u8]) -> &'l [u8] {
        let is_string = matches!(self, Prefix::Text(tokens) if tokens.last() == Some(&Token::Sign(b'"')));
        let end = rest.iter().position(|byte| is_string && *byte == b'"').unwrap_or(rest.len());
        let string = rest.get(..end).unwrap_or_default();
        let string = string.strip_suffix(b"\\n").filter(|_| is_string).unwrap_or(string);
        string.strip_suffix(b"\\r").filter(|_| is_string).unwrap_or(string)
    }

    /// Whether a line with END ends the block: in a diff that of the other version does not.
    fn ends_with(&self, line: &[u8]) -> bool {
        match self {
            Prefix::Diff(mark) => line.first().is_some_and(|it| it == mark || *it == b' '),
            Prefix::Text(_) => true,
        }
    }

    fn repair(&self) -> Repair {
        match self {
            Prefix::Text(tokens) if tokens.contains(&Token::Word) => Repair::TextBeforeLines,
            _ => Repair::LinePrefix,
        }
    }

    /// The block without its prefixes: once, or as it was and as it is.
    fn versions(&self, layer: &Layer<'_>, rows: &[Row]) -> Vec<Layer<'static>> {
        let version = |other: Option<u8>| {
            let mut builder = LayerBuilder::default();
            for row in rows.iter().filter(|row| other.is_none() || row.mark != other) {
                builder.push_all(layer, row.content.clone());
                builder.push(b'\n', layer.origin(row.content.end..row.content.end + 1));
            }
            builder.build(Wrapping { prefix: Some(self.repair()), ..layer.wrapping })
        };
        let has = |mark| rows.iter().any(|row| row.mark == Some(mark));
        match self {
            Prefix::Text(_) => vec![version(None)],
            Prefix::Diff(b'-') => vec![version(Some(b'+'))],
            Prefix::Diff(b'+') => vec![version(Some(b'-'))],
            // A block that is only indented is none of a diff.
            Prefix::Diff(_) if has(b'-') || has(b'+') => vec![version(Some(b'+')), version(Some(b'-'))],
            Prefix::Diff(_) => Vec::new(),
        }
    }
}

/// The stretches of a prefix, without blanks before it: numbers are often set to the right.
fn tokens(text: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for byte in text.trim_ascii_start() {
        let token = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Token::Word,
            b' ' | b'\t' => Token::Blanks,
            // `grep` writes `12:` before the line that it found and `13-` before the lines after it.
            b':' => Token::Sign(b'-'),
            other => Token::Sign(*other),
        };
        let goes_on = !matches!(token, Token::Sign(_)) && tokens.last() == Some(&token);
        if !goes_on {
            tokens.push(token);
        }
    }
    tokens
}

/// How much of a line has the form of the prefix. Blanks at its end may be missing where nothing follows.
fn length(expected: &[Token], line: &[u8]) -> Option<usize> {
    let mut position = line.len() - line.trim_ascii_start().len();
    for token in expected {
        let rest = line.get(position..)?;
        let of = |belongs: fn(&u8) -> bool| rest.iter().take_while(|byte| belongs(byte)).count();
        let octets = match token {
            Token::Word => of(u8::is_ascii_alphanumeric),
            Token::Blanks => of(|byte| matches!(byte, b' ' | b'\t')),
            Token::Sign(b'-') => usize::from(matches!(rest.first(), Some(b':' | b'-'))),
            Token::Sign(sign) => usize::from(rest.first() == Some(sign)),
        };
        if octets == 0 && !(rest.is_empty() && *token == Token::Blanks) {
            return None;
        }
        position += octets;
    }
    Some(position)
}

/// Whether a line holds END behind dashes.
fn is_marker(content: &[u8], word: &[u8]) -> bool {
    content.trim_ascii_start().strip_prefix(b"--").is_some_and(|rest| {
        let dashes = rest.iter().take_while(|byte| **byte == b'-').count();
        rest.get(dashes..).is_some_and(|rest| rest.starts_with(word))
    })
}

/// Whether a line is one of base64, or empty.
fn is_body(content: &[u8]) -> bool {
    let content = content.trim_ascii();
    let symbols = base64::symbols_at_start(content);
    content.get(symbols..).is_some_and(|rest| rest.iter().all(|byte| b"=-_".contains(byte) || base64::is_symbol(*byte)))
}
