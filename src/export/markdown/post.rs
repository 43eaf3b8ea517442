//! The text of a post, and the one way of escaping in it.

use crate::export::text::filled;
use crate::report::Report;
use crate::scene::printable;
use crate::wording::{self, Part, Sentence, count};

use super::names::Names;

/// Rows of a list or table; further ones are counted. Our own number: a post of a forum holds 32,000 characters
/// (Discourse's default).
pub(super) const MOST_ROWS: usize = 40;

/// What begins a word without belonging to it.
const BEFORE: [char; 3] = ['(', '"', '\u{201c}'];

/// The text, and the ways to add to it.
#[derive(Default)]
pub(super) struct Post {
    pub(super) text: String,
    names: Names,
}

impl Post {
    /// An empty post, in which the names of a report are kept whole.
    pub(super) fn about(report: &Report) -> Post {
        Post { text: String::new(), names: Names::of(report) }
    }

    /// When and by what everything was judged, with a link to the same.
    pub(super) fn judged(&mut self, report: &Report, link: Option<&str>) {
        self.add("As of ");
        self.code(&report.at.to_string());
        self.add(", judged by ");
        self.prose(&wording::store(&report.answer.store));
        self.add(".");
        if let Some(link) = link {
            self.add(&format!(" [Open this analysis](<{}>).", address(link)));
        }
        self.paragraph();
    }

    /// Our own words and markup, as they stand.
    pub(super) fn add(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// A sentence of ours, with the names of others in code spans.
    pub(super) fn sentence(&mut self, sentence: &Sentence) {
        for part in sentence.parts() {
            match part {
                Part::Words(words) => self.add(words),
                Part::Name(name) => self.code(name),
                Part::Instant(at) => self.code(&at.to_string()),
            }
        }
    }

    pub(super) fn begin(&mut self, word: &str) {
        self.add(&format!("**{word}:** "));
    }

    pub(super) fn paragraph(&mut self) {
        self.add("\n\n");
    }

    /// A new line within a paragraph (CommonMark, 6.7).
    pub(super) fn line_break(&mut self) {
        self.add("\\\n");
    }

    pub(super) fn heading(&mut self, words: &str) {
        self.add(&format!("### {words}\n\n"));
    }

    /// An empty line, unless there is one.
    pub(super) fn end_of_block(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// How many were not written.
    pub(super) fn more(&mut self, all: usize, noun: &str) {
        if all > MOST_ROWS {
            self.add(&format!("- and {}\n", count(all - MOST_ROWS, &format!("more {noun}"))));
        }
    }

    /// A code block whose fence is longer than any run of backticks in it.
    pub(super) fn fence(&mut self, language: &str, code: &str) {
        let fence = "`".repeat(longest_run(code).max(2) + 1);
        self.add(&format!("{fence}{language}\n{code}{fence}\n\n"));
    }

    /// Text of others as it is. A pipe would end a cell of a table even in code, so it stands outside, as an entity.
    pub(super) fn code(&mut self, words: &str) {
        let words = filled(words);
        for (at, piece) in words.split('|').enumerate() {
            if at > 0 {
                self.add("&#124;");
            }
            if !piece.is_empty() {
                self.span(piece);
            }
        }
    }

    /// A code span; CommonMark takes one space off each end if both are there (6.1).
    fn span(&mut self, words: &str) {
        let fence = "`".repeat(longest_run(words) + 1);
        let ends = |end: char| words.starts_with(end) || words.ends_with(end);
        let all_spaces = words.chars().all(|character| character == ' ');
        let pad = if (ends('`') || ends(' ')) && !all_spaces { " " } else { "" };
        self.add(&format!("{fence}{pad}{words}{pad}{fence}"));
    }

    /// Sentences of the report, in which a name of several words stays whole.
    pub(super) fn prose(&mut self, words: &str) {
        let words = printable(words);
        let mut rest = words.trim_start_matches(' ');
        while !rest.is_empty() {
            let start = rest.trim_start_matches(BEFORE);
            let before = rest.get(..rest.len() - start.len()).unwrap_or_default();
            let end = match self.names.at_start_of(start).map(str::len) {
                Some(length) => {
                    self.add(before);
                    self.code(start.get(..length).unwrap_or_default());
                    let after = start.get(length..).unwrap_or_default();
                    let punctuation = after.find(' ').unwrap_or(after.len());
                    self.add(after.get(..punctuation).unwrap_or_default());
                    before.len() + length + punctuation
                }
                None => {
                    let end = rest.find(' ').unwrap_or(rest.len());
                    self.word(rest.get(..end).unwrap_or_default());
                    end
                }
            };
            rest = rest.get(end..).unwrap_or_default().trim_start_matches(' ');
            self.add(if rest.is_empty() { "" } else { " " });
        }
    }

    /// A word with the punctuation around it.
    fn word(&mut self, word: &str) {
        let inner = word.trim_start_matches(BEFORE);
        let before = word.get(..word.len() - inner.len()).unwrap_or_default();
        let core = inner.trim_end_matches([')', '"', '\u{201d}', '.', ',', ';', ':', '?', '!']);
        let after = inner.get(core.len()..).unwrap_or_default();
        self.add(before);
        if is_plain(core) {
            self.add(core);
        } else {
            self.code(core);
        }
        self.add(after);
    }
}

/// A word of letters or a short number: no address, mention, reference, emphasis, entity, or digest of a commit.
fn is_plain(word: &str) -> bool {
    let hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let letter = |character: char| character.is_ascii_alphabetic() || !character.is_ascii();
    let joined = |character: char| letter(character) || character == '-' || character == '\'';
    if hex && word.len() >= SHORTEST_DIGEST {
        return false;
    }
    word.is_empty()
        || word.bytes().all(|byte| byte.is_ascii_digit())
        || (word.starts_with(letter) && word.ends_with(letter) && word.chars().all(joined))
}

/// GitHub makes a link of a commit's digest from this length on.
const SHORTEST_DIGEST: usize = 7;

fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for byte in text.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// An address between `<` and `>`: what could end it, or the line, is percent-encoded (RFC 3986, 2.1).
fn address(link: &str) -> String {
    let mut address = String::new();
    for byte in link.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02x}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn code(words: &str) -> String {
        let mut post = Post::default();
        post.code(words);
        post.text
    }

    pub(super) fn prose(words: &str) -> String {
        let mut post = Post::default();
        post.prose(words);
        post.text
    }

    #[test]
    fn a_code_span_holds_anything() {
        assert_eq!(code("a@b"), "`a@b`");
        assert_eq!(code("``x`"), "``` ``x` ```");
        assert_eq!(code(" x"), "`  x `");
        assert_eq!(code("a\\|b"), "`a\\`&#124;`b`");
        assert_eq!(code("  "), "`(no name)`");
        assert_eq!(code("a\nb"), "`a\u{FFFD}b`");
    }

    #[test]
    fn words_of_a_sentence_are_plain_or_code() {
        assert_eq!(prose("It trusts root-ca, 2 of 3 (x509: \"no\")."), "It trusts root-ca, 2 of 3 (`x509`: \"no\").");
        assert_eq!(
            prose("see www.example.com, @you #1 <b> *x* a_b"),
            "see `www.example.com`, `@you` `#1` `<b>` `*x*` `a_b`"
        );
        assert_eq!(prose("deadbeef 12345678 :smile: GH-1"), "`deadbeef` `12345678` `:smile`: `GH-1`");
    }

    #[test]
    fn an_address_cannot_end_its_link() {
        assert_eq!(address("https://a.example/#v1.x>) \n["), "https://a.example/#v1.x%3e)%20%0a%5b");
    }
}
