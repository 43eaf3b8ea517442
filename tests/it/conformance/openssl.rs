//! OpenSSL 3.0.22 with three settings against its own verdicts (`tests/record/openssl/record.py` records them afresh).

use rootlens::verifier::openssl::{self, Callback, Settings};
use rootlens::verifier::{Engine, Readings, preset};

use super::go::check_further_files;
use super::{Suite, run_each, scenarios};

const ENGINES: [Engine; 3] = [Engine::OPENSSL, Engine::OPENSSL_PARTIAL, Engine::OPENSSL_PARTIAL_STRICT];

fn check(name: &str, suite: &Suite, cases: [usize; 3]) {
    for ((engine, cases), tally) in ENGINES.into_iter().zip(cases).zip(run_each(suite, ENGINES)) {
        tally.check(&format!("{name}, {}", engine.name()), &[]);
        assert_eq!(tally.cases, cases, "{name}");
    }
}

#[test]
fn openssl_on_the_corpus() {
    check("corpus", &Suite::own("corpus.json"), [600; 3]);
}

#[test]
fn openssl_on_the_probes() {
    check("probes", &Suite::own("probes.json"), [50, 50, 0]);
}

/// Made by `tests/record/openssl/strict.py`.
#[test]
fn openssl_on_differing_algorithms() {
    check("openssl-strict", &Suite::own("openssl-strict.json"), [7; 3]);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn openssl_on_bettertls_path_building() {
    let suite = Suite::shared("bettertls-pathbuilding.json");
    check("bettertls-pathbuilding", &suite, [81; 3]);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn openssl_on_limbo() {
    let suite = Suite::shared("limbo.json");
    check("limbo", &suite, [184; 3]);
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn openssl_on_further_files() {
    ENGINES.into_iter().for_each(check_further_files);
}

/// The command prints every error and goes on after some.
#[test]
fn openssl_on_the_scenarios() {
    let settings = Settings { security_level: 0, callback: Callback::VerifyCommand, ..Settings::DEFAULT };
    let says = |scenario: &scenarios::Scenario| {
        let errors = scenario.ask_with(|graph, query| openssl::verify(&Readings::of(graph), query, settings)).errors;
        let lines: Vec<String> = errors.iter().map(|error| format!("{error};")).collect();
        if lines.is_empty() { "OK;".to_owned() } else { lines.concat() }
    };
    scenarios::check("OpenSSL 3.0.22 verify", says, str::to_owned, &[]);
}

/// Scenarios in which Node says something that is no verdict on the chain.
const NODE_EXCEPTIONS: &[(&str, &str)] = &[(
    "x-24-chain-file-ca-first",
    "the client cannot start: its key does not belong to the first certificate of the file",
)];

/// Node lets every handshake go on and then looks at the last error.
#[test]
fn node_on_the_scenarios() {
    let says = |scenario: &scenarios::Scenario| {
        let verdict = scenario.ask_with(|graph, query| preset::NODE.verify(graph, query));
        let code = verdict.detail.split(':').next().unwrap_or_default();
        if verdict.accepts() { "OK".to_owned() } else { code.to_owned() }
    };
    scenarios::check("Node 20 authorizationError", says, str::to_owned, NODE_EXCEPTIONS);
}
