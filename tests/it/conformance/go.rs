//! Go 1.27.3 against its own verdicts.

use std::fs;

use rootlens::verifier::Engine;

use super::{Suite, Tally, run, scenarios};

#[test]
fn go_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::GO);
    tally.check("corpus", &[]);
    assert_eq!((tally.cases, tally.verdicts), (600, 600));
}

#[test]
fn go_on_the_probes() {
    let tally = run(&Suite::own("probes.json"), Engine::GO);
    tally.check("probes", &[]);
    assert_eq!((tally.cases, tally.verdicts), (50, 50));
}

/// Made by `tests/record/go`: `go run . generate -seed 11 -cases 84`.
#[test]
fn go_on_extra_pkis() {
    let tally = run(&Suite::own("go-extra.json"), Engine::GO);
    tally.check("go-extra", &[]);
    assert_eq!((tally.cases, tally.verdicts), (84, 84));
}

/// Made by `tests/record/go`: `go run . policies`.
#[test]
fn go_on_policies() {
    let tally = run(&Suite::own("policy.json"), Engine::GO);
    tally.check("policy", &[]);
    assert_eq!((tally.cases, tally.accepted.0, tally.rejected.0), (59, 37, 22));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn go_on_bettertls_path_building() {
    let suite = Suite::shared("bettertls-pathbuilding.json");
    let tally = run(&suite, Engine::GO);
    tally.check("bettertls-pathbuilding", &[]);
    assert_eq!((tally.cases, tally.verdicts), (81, 81));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn go_on_limbo() {
    let suite = Suite::shared("limbo.json");
    let tally = run(&suite, Engine::GO);
    tally.check("limbo", &[]);
    assert_eq!(tally.cases, 184);
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn go_on_further_files() {
    check_further_files(Engine::GO);
}

/// Checks every file named in `ROOTLENS_CONFORMANCE` (separated by colons), without exceptions.
pub(super) fn check_further_files(engine: Engine) {
    let names = std::env::var("ROOTLENS_CONFORMANCE").expect("a test that calls this is ignored without it");
    let read = |name: &str| fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    let tallies: Vec<Tally> = names.split(':').map(|name| run(&Suite::parse(&read(name)), engine)).collect();
    let differences: Vec<_> = names.split(':').zip(&tallies).filter(|(name, tally)| tally.print(name) > 0).collect();
    differences.iter().for_each(|(name, tally)| println!("{name}: {:#?}", tally.differences));
    assert!(differences.is_empty(), "{} files differ", differences.len());
}

/// Scenarios in which Go's server says something that is no verdict on the chain.
const OTHER_WORDS: &[(&str, &str)] = &[(
    "x-24-chain-file-ca-first",
    "the client cannot start: its key does not belong to the first certificate of the file",
)];

/// What the TLS server of Go 1.27 prints begins with words of its own.
#[test]
fn go_on_the_scenarios() {
    let says = |scenario: &scenarios::Scenario| {
        let verdict = scenario.ask(Engine::GO);
        if verdict.accepts() { "OK".to_owned() } else { without_the_time(&verdict.detail) }
    };
    let printed = |text: &str| without_the_time(text.trim_start_matches("tls: failed to verify certificate: "));
    scenarios::check("Go 1.27 server", says, printed, OTHER_WORDS);
}

/// Go names the current time: that of the question here, that of its clock there.
fn without_the_time(text: &str) -> String {
    match text.split_once("current time ").map(|(before, after)| (before, after.split_once(' '))) {
        Some((before, Some((_, after)))) => [before, after].concat(),
        _ => text.to_owned(),
    }
}
