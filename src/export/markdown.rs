//! The answer as Markdown for a forum: GitHub-flavoured, with nothing that only one forum knows.
//!
//! Names stand in code spans, where no forum looks for links, mentions, references or emphasis. In sentences every word
//! that is not plainly a word or a number stands in one too, because a sentence of the report may quote anything.

use super::text::{filled, name};
use super::{commands, graph, mermaid};
use crate::report::{ClientVerdict, EngineVerdict, Finding, Pool, Report, Rule, Severity};
use crate::scene::printable;
use crate::wording::{self, Part, Sentence, Verifiers, count};

/// Rows of the table of clients, rows of the list of peers, findings; further ones are counted. Our own number: a post
/// of a forum holds 32,000 characters (Discourse's default).
const MOST_ROWS: usize = 40;

/// The whole answer. `link` is an address at which rootlens shows the same.
pub fn markdown(report: &Report, link: Option<&str>) -> String {
    let mut post = Post::default();
    post.begin(severity(report.headline.severity));
    post.prose(&report.headline.sentence);
    post.paragraph();
    if !report.headline.detail.is_empty() {
        post.prose(&report.headline.detail);
        post.paragraph();
    }
    post.add("As of ");
    post.code(&report.at.to_string());
    post.add(", with rootlens.");
    if let Some(link) = link {
        post.add(&format!(" [Open this analysis](<{}>).", address(link)));
    }
    post.paragraph();
    pools(&mut post, report);
    clients(&mut post, report);
    findings(&mut post, report);
    verifiers(&mut post, report);
    drawing(&mut post, report);
    see_for_yourself(&mut post, report);
    post.text
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

/// The pools of the peer that leads, and those of the others in a line each.
fn pools(post: &mut Post, report: &Report) {
    let (Some(naive), Some(correct)) =
        (commands::focus(report, Rule::OpenzitiNaive), commands::focus(report, Rule::Correct))
    else {
        return;
    };
    post.heading("Pools of roots");
    post.add("When ");
    post.code(&naive.peer);
    post.add(" is sampled:");
    post.paragraph();
    pool(post, report, "Naive rule", naive, correct);
    pool(post, report, "Correct rule", correct, naive);
    post.end_of_block();
    other_peers(post, report);
}

fn pool(post: &mut Post, report: &Report, rule: &str, pool: &Pool, other: &Pool) {
    post.add(&format!("- **{rule}:** "));
    if let Some(words) = &pool.empty_because {
        post.add("empty. ");
        post.prose(words);
    }
    for (at, step) in pool.steps.iter().enumerate() {
        post.add(if at == 0 { "" } else { "\n  " });
        post.code(&name(report, step.anchor));
        if !other.anchors.contains(&step.anchor) {
            post.add(", **only here**");
        }
        post.add(". ");
        post.prose(&step.reason);
        post.add(if at + 1 < pool.steps.len() { "\\" } else { "" });
    }
    post.add("\n");
}

fn other_peers(post: &mut Post, report: &Report) {
    let others = || report.divergence.iter().filter(|it| Some(&it.peer) != report.focus.as_ref());
    for divergence in others().take(MOST_ROWS) {
        post.add("- When ");
        post.code(&divergence.peer);
        post.add(" is sampled, ");
        let same = divergence.naive_only.is_empty() && divergence.correct_only.is_empty();
        post.add(if same { "the pools agree" } else { "the pools differ" });
        let (lost, gained) = (divergence.clients_lost.len(), divergence.clients_gained.len());
        post.add(&format!("; the naive one rejects {} that the correct one accepts", count(lost, "client")));
        if gained > 0 {
            post.add(&format!(" and accepts {} that it rejects", count(gained, "client")));
        }
        post.add(".\n");
    }
    post.more(others().count(), "peer");
    post.end_of_block();
}

fn clients(post: &mut Post, report: &Report) {
    let of = |rule| commands::focus(report, rule).map(|pool| pool.clients.as_slice()).unwrap_or_default();
    let (naive, correct) = (of(Rule::OpenzitiNaive), of(Rule::Correct));
    if naive.is_empty() {
        return;
    }
    post.heading("Clients");
    post.add("| client | naive rule | naive rule, leaf alone | correct rule |\n|---|---|---|---|\n");
    for (by_naive, by_correct) in naive.iter().zip(correct).take(MOST_ROWS) {
        post.add("| ");
        post.code(&by_naive.client);
        let verdicts = [by_naive.accepts, by_naive.accepts_leaf_only, by_correct.accepts].map(verdict);
        post.add(&format!(" | {} |\n", verdicts.join(" | ")));
    }
    post.end_of_block();
    post.more(naive.len(), "client");
    post.end_of_block();
    reasons(post, naive, correct);
}

/// Chain by chain who accepts and who rejects, in whose words, and what is lost first.
fn verifiers(post: &mut Post, report: &Report) {
    if report.engines.is_empty() {
        return;
    }
    post.heading("Who would accept this");
    for verdicts in report.verdicts_by_chain().take(MOST_ROWS) {
        post.add("- ");
        if let Some(first) = verdicts.first() {
            post.code(&first.client);
            post.add(&format!(", {}: {}", wording::asked_as(first.purpose), wording::agreement(verdicts)));
        }
        // Relatives stand together and say the same.
        for same in verdicts.chunk_by(|one, next| one.detail == next.detail) {
            rejection(post, same);
        }
        post.add("\n");
    }
    post.more(report.verdicts_by_chain().count(), "chain");
    post.end_of_block();
    if let Some(chains) = wording::chains_left_out(report) {
        post.add(&format!("{chains}."));
        post.paragraph();
    }
    first_loss(post, report);
}

/// Verifiers that reject a chain in the same words.
fn rejection(post: &mut Post, verdicts: &[EngineVerdict]) {
    let mut rejecting = verdicts.iter().filter(|it| !it.accepts);
    for (at, verdict) in rejecting.clone().enumerate() {
        post.add(if at == 0 { "\n  - **rejected** by " } else { ", " });
        post.code(verdict.engine);
    }
    if let Some(verdict) = rejecting.next_back() {
        post.add(": ");
        post.code(verdict.detail.trim());
    }
}

fn first_loss(post: &mut Post, report: &Report) {
    let Some(sentence) = wording::first_loss(report, Verifiers::Counted) else { return };
    post.add("First loss at ");
    post.sentence(&sentence);
    post.paragraph();
}

fn verdict(accepts: bool) -> String {
    if accepts { wording::ACCEPTED.to_owned() } else { format!("**{}**", wording::REJECTED) }
}

/// Why clients are rejected, each reason once.
fn reasons(post: &mut Post, naive: &[ClientVerdict], correct: &[ClientVerdict]) {
    let mut said: Vec<&str> = Vec::new();
    for verdict in naive.iter().chain(correct).filter(|verdict| !verdict.accepts) {
        if !verdict.reason.is_empty() && !said.contains(&verdict.reason.as_str()) && said.len() < MOST_ROWS {
            post.add("- Rejected in Go's words: ");
            post.code(&verdict.reason);
            post.add("\n");
            said.push(&verdict.reason);
        }
    }
    post.end_of_block();
}

fn findings(post: &mut Post, report: &Report) {
    if report.findings.is_empty() {
        return;
    }
    post.heading("Findings");
    for Finding { code, severity: how_bad, title, detail, fix, .. } in report.findings.iter().take(MOST_ROWS) {
        post.add("- ");
        post.begin(severity(*how_bad));
        post.prose(title);
        post.add(" (");
        post.code(code);
        post.add(").\n  ");
        post.prose(detail);
        post.add("\\\n  **What to do:** ");
        post.prose(fix);
        post.add("\n");
    }
    post.more(report.findings.len(), "finding");
    post.end_of_block();
}

fn drawing(post: &mut Post, report: &Report) {
    let graph = graph::graph(report);
    if graph.nodes.is_empty() {
        return;
    }
    post.heading("Who issued whom");
    post.prose(&graph.description);
    post.add(" Arrows lead from issuer to subject.");
    post.paragraph();
    post.fence("mermaid", &mermaid::write(&graph));
    for note in &graph.notes {
        post.prose(note);
        post.paragraph();
    }
}

fn see_for_yourself(post: &mut Post, report: &Report) {
    let Some(files) = commands::files(report) else { return };
    post.heading("See for yourself");
    post.add("In the folder with these files, all PEM.");
    for (at, chain) in files.left_out.iter().enumerate() {
        post.add(if at == 0 { " Left out, because they share a file: " } else { ", " });
        post.code(chain);
    }
    post.paragraph();
    post.fence("sh", &commands::openssl(report, &files));
    if let Some(command) = commands::go(report, &files) {
        post.add("The same with Go, whose library the router uses; save this as ");
        post.code("pools.go");
        post.add(":");
        post.paragraph();
        post.fence("go", commands::GO);
        post.fence("sh", &command);
    }
}

/// The text, and the ways to add to it.
#[derive(Default)]
struct Post {
    text: String,
}

impl Post {
    /// Our own words and markup, as they stand.
    fn add(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// A sentence of ours, with the names of others in code spans.
    fn sentence(&mut self, sentence: &Sentence) {
        for part in sentence.parts() {
            match part {
                Part::Words(words) => self.add(words),
                Part::Name(name) => self.code(name),
                Part::Instant(at) => self.code(&at.to_string()),
            }
        }
    }

    fn begin(&mut self, word: &str) {
        self.add(&format!("**{word}:** "));
    }

    fn paragraph(&mut self) {
        self.add("\n\n");
    }

    fn heading(&mut self, words: &str) {
        self.add(&format!("### {words}\n\n"));
    }

    /// An empty line, unless there is one.
    fn end_of_block(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// How many were not written.
    fn more(&mut self, all: usize, noun: &str) {
        if all > MOST_ROWS {
            self.add(&format!("- and {}\n", count(all - MOST_ROWS, &format!("more {noun}"))));
        }
    }

    /// A code block whose fence is longer than any run of backticks in it.
    fn fence(&mut self, language: &str, code: &str) {
        let fence = "`".repeat(longest_run(code).max(2) + 1);
        self.add(&format!("{fence}{language}\n{code}{fence}\n\n"));
    }

    /// Text of others as it is. A pipe would end a cell of a table even in code, so it stands outside, as an entity.
    fn code(&mut self, words: &str) {
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

    /// Sentences of the report.
    fn prose(&mut self, words: &str) {
        let words = printable(words);
        for (at, word) in words.split(' ').filter(|word| !word.is_empty()).enumerate() {
            if at > 0 {
                self.add(" ");
            }
            self.word(word);
        }
    }

    /// A word with the punctuation around it.
    fn word(&mut self, word: &str) {
        let inner = word.trim_start_matches(['(', '"']);
        let before = word.get(..word.len() - inner.len()).unwrap_or_default();
        let core = inner.trim_end_matches([')', '"', '.', ',', ';', ':', '?', '!']);
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

    fn code(words: &str) -> String {
        let mut post = Post::default();
        post.code(words);
        post.text
    }

    fn prose(words: &str) -> String {
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
