//! Finding the messages in a text, in one pass.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::message::{Lead, Message};
use super::pattern::{self, Details, Match};
use super::secret::without_secrets;
use super::speaker::{Side, Speaker};
use super::{ErrorLine, FAMILIES, MAX_LINES};

/// Leads in front of one message. Our own number: an exception of Java names four that caused it.
const MAX_LEADS: usize = 8;
/// How many bytes of its beginning a pattern is found by.
const KEY: usize = 3;

/// The messages of a text in the order in which they stand there; what one speaker says again of the same thing counts
/// with the first time.
///
/// It looks at every position where a word begins and never back, so it takes time that is linear in the text. Words
/// of a message that were wrapped into the next line, or escaped in JSON, are found too.
///
/// ```
/// use rootlens::error_text::{Fault, Speaker, recognize};
///
/// let lines = recognize("08:15 curl: (60) SSL certificate problem: self-signed certificate in certificate chain");
/// assert_eq!((lines[0].line, lines[0].speaker), (1, Speaker::Curl));
/// assert_eq!(lines[0].words, "curl: (60) SSL certificate problem: self-signed certificate in certificate chain");
/// assert_eq!(lines[0].message.faults.first(), Some(&Fault::UntrustedRoot));
/// ```
pub fn recognize(text: &str) -> Vec<ErrorLine> {
    let bytes = text.as_bytes();
    let mut found: Vec<ErrorLine> = Vec::new();
    let (mut line, mut position) = (1, 0);
    let mut is_in_word = false;
    while let Some(&byte) = bytes.get(position) {
        let sentence = if is_in_word { None } else { sentence_at(text, position) };
        let end = sentence.as_ref().map_or(position + 1, |sentence| sentence.end);
        if let Some(sentence) = sentence {
            add(&mut found, sentence.into_line(text, position, line));
        }
        line += bytes.get(position..end).map_or(0, line_ends);
        line += usize::from(byte == b'\r' && end == position + 1 && bytes.get(end) != Some(&b'\n'));
        is_in_word = bytes.get(end.saturating_sub(1)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        position = end;
    }
    found
}

fn line_ends(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

fn add(found: &mut Vec<ErrorLine>, line: ErrorLine) {
    let is_same = |known: &ErrorLine| {
        (known.message, known.speaker, known.side) == (line.message, line.speaker, line.side)
            && known.details.are_those_of(&line.details)
    };
    if let Some(known) = found.iter_mut().find(|known| is_same(known)) {
        known.times += 1;
    } else if found.len() < MAX_LINES {
        found.push(line);
    }
}

/// A message with its leads.
struct Sentence {
    end: usize,
    message: &'static Message,
    /// Whose words they are, if nothing else tells.
    family: Speaker,
    /// Who speaks, by the leads; the outermost counts.
    speaker: Option<Speaker>,
    /// Whose certificate it is about, by the leads; the innermost counts.
    side: Option<Side>,
    details: Details,
    /// Where the words vary, in order.
    holes: Vec<Range<usize>>,
}

impl Sentence {
    /// With a lead in front.
    fn after(self, lead: &Lead, Match { details, mut holes, .. }: Match) -> Sentence {
        holes.extend(self.holes);
        Sentence {
            holes,
            speaker: lead.speaker.or(self.speaker),
            side: self.side.or(lead.side(self.message.layer)),
            details: self.details.or(details),
            ..self
        }
    }

    fn into_line(self, text: &str, start: usize, line: usize) -> ErrorLine {
        let end = start + with_parenthesis(text, start, self.end).len();
        let words = without_secrets_in(text, start..end, &self.holes).replace('\\', "");
        ErrorLine {
            line,
            times: 1,
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            speaker: self.speaker.or(self.message.speaker).unwrap_or(self.family),
            side: self.message.side.or(self.side),
            message: self.message,
            details: self.details,
        }
    }
}

/// The words, to the parenthesis that closes what a lead has opened.
fn with_parenthesis(text: &str, start: usize, end: usize) -> &str {
    let words = text.get(start..end).unwrap_or_default();
    let is_open = words.matches('(').count() > words.matches(')').count();
    let is_closed = is_open && text.as_bytes().get(end) == Some(&b')');
    text.get(start..end + usize::from(is_closed)).unwrap_or(words)
}

/// The words of a text, without what may be a secret where they vary.
fn without_secrets_in(text: &str, words: Range<usize>, holes: &[Range<usize>]) -> String {
    let (mut kept, mut position) = (String::new(), words.start);
    for hole in holes {
        kept.push_str(text.get(position..hole.start).unwrap_or_default());
        kept.push_str(&without_secrets(text.get(hole.clone()).unwrap_or_default()));
        position = hole.end;
    }
    kept.push_str(text.get(position..words.end).unwrap_or_default());
    kept
}

/// The longest message that begins at a position, be it with leads; of equals the first one.
fn sentence_at(text: &str, start: usize) -> Option<Sentence> {
    longest(INDEX.at(text, start).iter().filter_map(|candidate| candidate.sentence(text, start, 0)))
}

fn longest(sentences: impl Iterator<Item = Sentence>) -> Option<Sentence> {
    sentences.reduce(|best, other| if other.end > best.end { other } else { best })
}

/// What may begin at a position.
struct Candidate {
    /// Position in [`FAMILIES`].
    family: usize,
    pattern: &'static str,
    kind: Kind,
}

enum Kind {
    Message(&'static Message),
    Lead(&'static Lead),
}

impl Candidate {
    /// The message that begins here, behind so many leads; after a lead one of the same family.
    fn sentence(&self, text: &str, start: usize, leads: usize) -> Option<Sentence> {
        let family = FAMILIES.get(self.family).map(|family| family.speaker)?;
        let found = pattern::match_at(self.pattern, text, start)?;
        match self.kind {
            Kind::Message(message) if message.needs_lead && leads == 0 => None,
            Kind::Message(message) => {
                let Match { end, details, holes } = found;
                Some(Sentence { end, message, family, speaker: None, side: None, details, holes })
            }
            Kind::Lead(lead) => {
                let following = INDEX.at(text, found.end).iter();
                let following = following.filter(|other| other.family == self.family && leads < MAX_LEADS);
                let sentence = longest(following.filter_map(|other| other.sentence(text, found.end, leads + 1)))?;
                Some(sentence.after(lead, found))
            }
        }
    }
}

/// Every pattern by its first bytes.
struct Index(BTreeMap<[u8; KEY], Vec<Candidate>>);

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

impl Index {
    fn new() -> Index {
        let mut index: BTreeMap<[u8; KEY], Vec<Candidate>> = BTreeMap::new();
        let mut add = |family, pattern: &'static str, kind| {
            if let Some(key) = pattern.as_bytes().first_chunk() {
                index.entry(*key).or_default().push(Candidate { family, pattern, kind });
            }
        };
        for (number, family) in FAMILIES.iter().enumerate() {
            for message in family.messages.iter().copied().flatten() {
                message.patterns.iter().for_each(|pattern| add(number, pattern, Kind::Message(message)));
            }
            family.leads.iter().copied().flatten().for_each(|lead| add(number, lead.pattern, Kind::Lead(lead)));
        }
        Index(index)
    }

    fn at(&self, text: &str, start: usize) -> &[Candidate] {
        let key = text.as_bytes().get(start..).and_then(|rest| rest.first_chunk());
        key.and_then(|key| self.0.get(key)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FAMILIES, KEY, Message, recognize};
    use crate::error_text::MAX_LINES;

    fn messages() -> impl Iterator<Item = &'static Message> {
        FAMILIES.iter().flat_map(|family| family.messages).copied().flatten()
    }

    fn patterns() -> impl Iterator<Item = &'static str> {
        let messages = messages().flat_map(|message| message.patterns).copied();
        messages.chain(FAMILIES.iter().flat_map(|family| family.leads).copied().flatten().map(|lead| lead.pattern))
    }

    #[test]
    fn every_pattern_begins_with_letters_and_ends_where_it_says() {
        for pattern in patterns() {
            let beginning = &pattern.as_bytes()[..KEY];
            assert!(beginning.iter().all(|byte| !matches!(byte, b'{' | b'"' | b'\\')), "{pattern}");
            assert!(
                !pattern.ends_with("{name}") && !pattern.ends_with("{names}"),
                "{pattern} takes the rest of the line"
            );
            assert_eq!(pattern.matches('{').count(), pattern.matches('}').count(), "{pattern}");
        }
    }

    /// Whatever the words of a line are made of, they are read as the line was.
    #[test]
    fn the_words_of_every_pattern_are_read_again() {
        for pattern in messages().flat_map(|message| message.patterns) {
            let mut pieces = pattern.split('{');
            let mut text = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                let (hole, after) = piece.split_once('}').expect("the end of a hole");
                text += match hole {
                    "depth" | "number" => "3",
                    "at" | "bound" => "2026-11-21T18:11:57Z",
                    "name" | "names" => "CN=A b, O=c",
                    _ => "a.example",
                };
                text += after;
            }
            for line in recognize(&text) {
                let again = recognize(&format!("{}\n", line.words));
                assert_eq!(again, [super::ErrorLine { line: 1, times: 1, ..line }], "{pattern}");
            }
        }
    }

    #[test]
    fn no_family_has_a_pattern_twice() {
        for family in FAMILIES {
            let all: Vec<&str> =
                family.messages.iter().copied().flatten().flat_map(|it| it.patterns).copied().collect();
            let distinct: BTreeSet<&str> = all.iter().copied().collect();
            assert_eq!(all.len(), distinct.len(), "{:?}: {all:?}", family.speaker);
        }
    }

    #[test]
    fn a_message_explains_itself_or_says_where_to_look() {
        for message in messages() {
            assert!(!message.faults.is_empty() || message.elsewhere.is_some(), "{:?}", message.patterns);
            assert!(!message.faults.iter().any(|fault| message.excludes.contains(fault)), "{:?}", message.patterns);
        }
    }

    #[test]
    fn lines_are_counted_and_what_repeats_is_told_once() {
        let text = "a\r\nx509: certificate signed by unknown\n authority\rx509: certificate signed by \
        unknown authority";
        let lines = recognize(text);
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].line, lines[0].times), (2, 2));
        assert_eq!(lines[0].words, "x509: certificate signed by unknown authority");
        let many: String = (0..100)
            .map(|number| format!("error 20 at {number} depth lookup: unable to get local issuer certificate\n"))
            .collect();
        assert_eq!(recognize(&many).len(), MAX_LINES);
    }
}
