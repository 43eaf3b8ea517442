//! The engines against recorded verdicts of the real programs.
//!
//! The format is described in `src/conformance/mod.rs`.
//!
//! A known disagreement is a row with a reason; a row that no longer applies fails the test. Each engine has a file of
//! its own with its tests and its rows.

mod algorithms;
mod causes;
mod causes_of_go_java_webpki;
mod gnutls;
mod go;
mod go_1_19;
mod java;
mod mbedtls;
mod nss;
mod openssl;
mod products;
pub(crate) mod scenarios;
mod webpki;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Deref;
use std::path::Path;

use rootlens::conformance::{self, Comparison};
use rootlens::verifier::Engine;

/// A file of cases, found by its name.
pub(crate) struct Suite(conformance::Suite);

impl Deref for Suite {
    type Target = conformance::Suite;

    fn deref(&self) -> &conformance::Suite {
        &self.0
    }
}

impl Suite {
    /// Reads a file that belongs to the project.
    pub(crate) fn own(name: &str) -> Suite {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/conformance").join(name);
        Suite::parse(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    /// Reads a file that may not be copied into the project. A test that calls this is ignored where `shared_data` is
    /// not set (`build.rs`).
    pub(crate) fn shared(name: &str) -> Suite {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance").join(name);
        Suite::parse(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    fn parse(text: &str) -> Suite {
        Suite(conformance::Suite::read(text).unwrap_or_else(|why| panic!("the file {why}")))
    }
}

/// A known disagreement.
pub(crate) struct Exception {
    /// Of the case.
    id: &'static str,
    /// As recorded, in the form `accepts` or `rejects: words`.
    expected: &'static str,
    /// What the engine says, in the same form.
    actual: &'static str,
    /// Why they differ.
    reason: &'static str,
}

/// How a suite went.
#[derive(Default)]
struct Tally {
    cases: usize,
    verdicts: usize,
    chains: usize,
    chains_recorded: usize,
    details: usize,
    /// Accepted on both sides, with chains on record; and those of them whose chains are equal.
    accepted: (usize, usize),
    /// Rejected on both sides, every certificate read; and those of them whose words are equal.
    rejected: (usize, usize),
    /// Cases where the model cannot read a certificate; their details are not compared.
    unreadable: usize,
    /// Cases that differ in any of the three: expected and actual.
    differences: BTreeMap<String, (String, String)>,
}

/// Asks `engine` every case it has a recorded verdict for.
fn run(suite: &Suite, engine: Engine) -> Tally {
    let [tally] = run_each(suite, [engine]);
    tally
}

/// Asks `engine` every case that has a recorded verdict of the program of this name.
fn run_as(suite: &Suite, program: &str, engine: Engine) -> Tally {
    let mut tally = Tally::default();
    for case in &suite.cases {
        if let Some(recorded) = case.recorded.get(program) {
            tally.count(&case.id, case.compare(engine, &suite.prepare(case), recorded));
        }
    }
    tally
}

/// [`run`] for several engines, with each case's signatures checked once.
fn run_each<const N: usize>(suite: &Suite, engines: [Engine; N]) -> [Tally; N] {
    let mut tallies = std::array::from_fn(|_| Tally::default());
    for case in &suite.cases {
        if !engines.iter().any(|engine| case.recorded.contains_key(engine.name())) {
            continue;
        }
        let prepared = suite.prepare(case);
        for (engine, tally) in engines.iter().zip(&mut tallies) {
            if let Some(recorded) = case.recorded.get(engine.name()) {
                tally.count(&case.id, case.compare(*engine, &prepared, recorded));
            }
        }
    }
    tallies
}

impl Tally {
    fn count(&mut self, id: &str, comparison: Comparison) {
        let same_chains = comparison.same_chains;
        self.cases += 1;
        self.chains_recorded += usize::from(same_chains.is_some());
        self.verdicts += usize::from(comparison.same_verdict);
        self.chains += usize::from(same_chains == Some(true));
        self.details += usize::from(comparison.same_detail);
        self.unreadable += usize::from(!comparison.all_read);
        match (comparison.same_verdict, comparison.accepts, same_chains) {
            (true, true, Some(same)) => count(&mut self.accepted, same),
            (true, false, _) if comparison.all_read => count(&mut self.rejected, comparison.same_detail),
            _ => {}
        }
        if !comparison.agrees() {
            self.differences.insert(id.to_owned(), (comparison.expected, comparison.actual));
        }
    }

    /// Shows the counts; gives the number of differences.
    fn print(&self, suite: &str) -> usize {
        println!(
            "{suite}: {}/{cases} verdicts, {}/{} chains, {}/{cases} details, {} with unreadable certificates",
            self.verdicts,
            self.chains,
            self.chains_recorded,
            self.details,
            self.unreadable,
            cases = self.cases,
        );
        self.differences.len()
    }

    /// Fails where the differences are not exactly those of the table.
    fn check(&self, suite: &str, exceptions: &[Exception]) {
        self.print(suite);
        self.check_rows(suite, self.differences.clone(), exceptions);
    }

    fn check_rows(&self, suite: &str, mut unexplained: BTreeMap<String, (String, String)>, exceptions: &[Exception]) {
        let mut outdated = Vec::new();
        for row in exceptions {
            assert!(!row.reason.is_empty(), "{}: an exception needs a reason", row.id);
            match unexplained.remove(row.id) {
                Some((expected, actual)) if expected == row.expected && actual == row.actual => {}
                found => outdated.push((row.id, found)),
            }
        }
        assert!(unexplained.is_empty(), "{suite}: differences without a row: {unexplained:#?}");
        assert!(outdated.is_empty(), "{suite}: rows that do not apply: {outdated:#?}");
    }
}

fn count((all, same): &mut (usize, usize), is_same: bool) {
    *all += 1;
    *same += usize::from(is_same);
}
