//! What is said of verdicts, in one place for the page, the terminal and Markdown.
//!
//! Names are chosen by whoever made a certificate or a file, and each form has its own way to keep them from becoming
//! markup; so a [`Sentence`] tells them from our own words, and instants from both.

mod answer;
mod related;

pub use answer::{
    accepted_then, counts, error_line, findings_beside_the_answer, forwarded, loaded, next_error, place_of_error_line,
    pools_in_a_sentence, role, sign, store, verdict,
};
pub use related::{COMPARE_KEY, related};

use crate::plural;
pub use crate::plural::count;
use crate::plural::{MAX_LISTED, form, some_of};
use crate::report::{EngineVerdict, Loss, Lost, Report, Rule, Source, is_disputed};
use crate::time::Timestamp;
use crate::verifier::Purpose;

/// A verifier, or all of them, said yes.
pub const ACCEPTED: &str = "accepted";

/// A verifier, or all of them, said no.
pub const REJECTED: &str = "rejected";

/// A verifier said neither.
pub const STOPPED: &str = "stopped before an answer was found";

/// Before the facts on which verifiers disagree.
pub const DIVIDES: &str = "What divides them: ";

/// Where no such fact was found.
pub const UNEXPLAINED: &str = "No fact was found that divides them, and no few of them together.";

/// A sentence, in parts that a form may set differently.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    parts: Vec<Part>,
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Our own words, with the spaces and punctuation around the other parts.
    Words(String),
    /// What somebody else chose, the name of a certificate or of a file, or what a program is called.
    Name(String),
    /// An instant, which each form writes as it writes them elsewhere.
    Instant(Timestamp),
}

/// How the verifiers are told that accept a chain no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verifiers {
    /// How many of all.
    Counted,
    /// By name, unless it is all.
    Named,
}

/// `2 private keys`, `1 secret`: what was recognised in a source and dropped.
pub fn secrets(source: &Source) -> String {
    count(source.secrets, plural::secret_noun(source.secrets, source.private_keys))
}

impl Sentence {
    /// In order; together they are the sentence.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The sentence as plain text, names as they stand.
    pub fn text(&self, instant: impl Fn(Timestamp) -> String) -> String {
        let part = |part: &Part| match part {
            Part::Words(text) | Part::Name(text) => text.clone(),
            Part::Instant(at) => instant(*at),
        };
        self.parts.iter().map(part).collect()
    }

    fn words(&mut self, words: impl Into<String>) {
        self.parts.push(Part::Words(words.into()));
    }

    /// The names; of very many the first ones.
    fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        let names: Vec<&str> = names.into_iter().collect();
        let shown = if names.len() > MAX_LISTED { MAX_LISTED - 1 } else { MAX_LISTED };
        for (at, name) in names.iter().take(shown).enumerate() {
            if at > 0 {
                self.words(", ");
            }
            self.parts.push(Part::Name((*name).to_owned()));
        }
        if let more @ 1.. = names.len().saturating_sub(shown) {
            self.words(format!(" and {more} more"));
        }
    }

    fn names_between(&mut self, before: &str, names: &[String], after: &str) {
        self.words(before);
        self.names(names.iter().map(String::as_str));
        self.words(after);
    }
}

/// What a verifier does with a chain: `accepts`, `rejects`, or that it stopped.
pub fn outcome(verdict: &EngineVerdict) -> &'static str {
    match (verdict.accepts, verdict.stopped) {
        (true, _) => "accepts",
        (false, true) => STOPPED,
        (false, false) => "rejects",
    }
}

/// What a leaf is to be used for.
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Client => "TLS client",
        Purpose::Server => "TLS server",
        Purpose::Any => "anything",
    }
}

/// Beside the name of a chain: what the verifiers were asked about it.
pub fn asked_as(asked: Purpose) -> String {
    format!("as {}", purpose(asked))
}

/// How many of the verifiers accept a chain.
pub fn agreement(verdicts: &[EngineVerdict]) -> String {
    let all = verdicts.len();
    match verdicts.iter().filter(|verdict| verdict.accepts).count() {
        0 => format!("{REJECTED} by all {all}"),
        accepting if accepting == all => format!("{ACCEPTED} by all {all}"),
        accepting => format!("{accepting} of {all} accept"),
    }
}

/// What the verifiers say of all chains together, in one sentence; nothing where there is no chain.
pub fn verifiers(report: &Report) -> Option<String> {
    let chains: Vec<&[EngineVerdict]> = report.verdicts_by_chain().collect();
    let all = chains.first()?.len();
    if let [only] = chains.as_slice() {
        return Some(verifiers_of(only));
    }
    let count_of = |is: fn(&[EngineVerdict]) -> bool| chains.iter().filter(|verdicts| is(verdicts)).count();
    let (accepted, disputed) = (count_of(|it| it.iter().all(|verdict| verdict.accepts)), count_of(is_disputed));
    let number = chains.len();
    Some(match (accepted, disputed) {
        (accepted, 0) if accepted == number => format!("All {all} programs accept all {number} chains."),
        (0, 0) => format!("No program accepts any of the {number} chains."),
        (accepted, 0) => format!("The programs agree: {accepted} of {number} chains {} accepted.", are(accepted)),
        (_, disputed) => format!("The programs disagree about {disputed} of {number} chains."),
    })
}

fn verifiers_of(verdicts: &[EngineVerdict]) -> String {
    let all = verdicts.len();
    let stopped = verdicts.iter().filter(|verdict| verdict.stopped).count();
    match (verdicts.iter().filter(|verdict| verdict.accepts).count(), stopped) {
        (0, 0) => format!("All {all} programs reject it."),
        (0, stopped) => format!("No program accepts it; {stopped} of {all} give no answer."),
        (accepting, _) if accepting == all => format!("All {all} programs accept it."),
        (accepting, _) => format!("{accepting} of {all} programs accept it."),
    }
}

fn are(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

/// So many of the verifiers: `all 11`, `3 of 11`, `none`.
pub fn portion(verifiers: usize, all: usize) -> String {
    match verifiers {
        0 => "none".to_owned(),
        _ if verifiers == all => format!("all {all}"),
        _ => format!("{verifiers} of {all}"),
    }
}

/// What all verifiers would do without the facts that divide them, of which there are so many.
pub fn without_them(facts: usize, accepts: bool) -> String {
    let without = if facts == 1 { "If it were not so" } else { "If none of this were so" };
    format!("{without}, all would {}.", if accepts { "accept" } else { "reject" })
}

/// Chains that no verifier was asked about; nothing where there are none.
pub fn chains_left_out(report: &Report) -> Option<String> {
    let chains = report.chains_left_out;
    (chains > 0).then(|| format!("{} not asked about", count(chains, "further chain")))
}

/// Which verdict is lost first, when, to whom and why; nothing where none is.
pub fn first_loss(report: &Report, verifiers: Verifiers) -> Option<Sentence> {
    let Loss { at, lost, certificates } = report.first_loss.as_ref()?;
    let all = report.verdicts_by_chain().next().map_or(0, <[EngineVerdict]>::len);
    let mut sentence = Sentence::default();
    sentence.parts.push(Part::Instant(*at));
    sentence.words(format!(" (in {}): ", days(report.at.days_until(*at))));
    for (index, alike) in lost.chunk_by(|one, other| one.engines == other.engines).enumerate() {
        sentence.words(if index == 0 { "" } else { "; " });
        losing(&mut sentence, alike, all, verifiers);
    }
    let names: Vec<String> = certificates.iter().map(|id| report.distinct_name(*id)).collect();
    sentence.words(", because ");
    sentence.names(names.iter().map(String::as_str));
    sentence.words(form(names.len(), " expires.", " expire."));
    Some(sentence)
}

/// Who accepts these chains no longer.
fn losing(sentence: &mut Sentence, chains: &[Lost], all: usize, verifiers: Verifiers) {
    let engines = chains.first().map(|chain| chain.engines.as_slice()).unwrap_or_default();
    match verifiers {
        Verifiers::Named if engines.len() < all => sentence.names(engines.iter().map(|engine| engine.as_ref())),
        _ => sentence.words(format!("{} programs", portion(engines.len(), all))),
    }
    sentence.words(form(engines.len(), " stops accepting ", " stop accepting "));
    sentence.names(chains.iter().map(|chain| chain.client.as_str()));
}

/// From an instant on, a verifier says the opposite, because the validity of these certificates begins or ends.
pub fn change_of_verdict(accepts: bool, at: Timestamp, certificates: &[String]) -> String {
    let verb = if accepts { "accepts" } else { "rejects" };
    format!("{verb} from {at} on: validity of {}", some_of(certificates))
}

/// From an instant on, so many of the verifiers accept.
pub fn change_of_count(accepting: usize, all: usize, certificates: &str) -> String {
    format!("{ACCEPTED} by {} from here on: validity of {certificates}", portion(accepting, all))
}

/// `less than a day`, `1 day`, `2 days`.
fn days(days: i64) -> String {
    match days {
        0 => "less than a day".to_owned(),
        _ => count(days.unsigned_abs(), "day"),
    }
}

/// The rule in attributes and file names.
pub fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::OpenzitiNaive => "naive",
        Rule::Correct => "correct",
        Rule::FirstChain => "first-chain",
        Rule::AllChains => "all-chains",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_their_number() {
        assert_eq!(days(0), "less than a day");
        assert_eq!(days(1), "1 day");
    }

    #[test]
    fn verifiers_that_give_no_answer_are_not_counted_as_rejecting() {
        let verdict = |accepts: bool, stopped: bool| EngineVerdict {
            client: "chain.pem".to_owned(),
            purpose: Purpose::Server,
            engine: "engine".into(),
            accepts,
            stopped,
            detail: String::new(),
            chains: Vec::new(),
            trail: Vec::new(),
        };
        let (yes, no, stopped) = (verdict(true, false), verdict(false, false), verdict(false, true));
        let said = |verdicts: &[&EngineVerdict]| verifiers_of(&verdicts.iter().copied().cloned().collect::<Vec<_>>());
        assert_eq!(said(&[&yes, &yes]), "All 2 programs accept it.");
        assert_eq!(said(&[&no, &no]), "All 2 programs reject it.");
        assert_eq!(said(&[&no, &stopped]), "No program accepts it; 1 of 2 give no answer.");
        assert_eq!(said(&[&yes, &no, &stopped]), "1 of 3 programs accept it.");
    }

    #[test]
    fn a_portion_says_whether_it_is_all() {
        assert_eq!([portion(0, 11), portion(3, 11), portion(11, 11)], ["none", "3 of 11", "all 11"]);
    }

    #[test]
    fn a_sentence_keeps_names_and_instants_apart() {
        let mut sentence = Sentence::default();
        sentence.parts.push(Part::Instant(Timestamp(0)));
        sentence.words(": ");
        sentence.names(["a", "b"]);
        assert_eq!(sentence.text(Timestamp::date), "1970-01-01: a, b");
        assert_eq!(sentence.parts()[2], Part::Name("a".to_owned()));
    }
}
