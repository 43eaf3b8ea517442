//! mbedTLS 2.28.3 against its own verdicts.

use rootlens::verifier::Engine;

use super::go::check_further_files;
use super::{Suite, run, scenarios};

#[test]
fn mbedtls_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::MBEDTLS);
    tally.check("corpus", &[]);
    assert_eq!(tally.cases, 600);
}

#[test]
fn mbedtls_on_the_probes() {
    let tally = run(&Suite::own("probes.json"), Engine::MBEDTLS);
    tally.check("probes", &[]);
    assert_eq!(tally.cases, 50);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn mbedtls_on_bettertls_path_building() {
    let suite = Suite::shared("bettertls-pathbuilding.json");
    let tally = run(&suite, Engine::MBEDTLS);
    tally.check("bettertls-pathbuilding", &[]);
    assert_eq!(tally.cases, 81);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn mbedtls_on_limbo() {
    let suite = Suite::shared("limbo.json");
    let tally = run(&suite, Engine::MBEDTLS);
    tally.check("limbo", &[]);
    assert_eq!(tally.cases, 184);
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn mbedtls_on_further_files() {
    check_further_files(Engine::MBEDTLS);
}

/// The program of the scenarios prints the flags as a number, and each text with a semicolon behind it.
#[test]
fn mbedtls_on_the_scenarios() {
    let says = |scenario: &scenarios::Scenario| scenario.ask(Engine::MBEDTLS).detail;
    let printed = |text: &str| {
        let texts = text.split_once(' ').map_or("", |(_, texts)| texts);
        texts.trim_end_matches(';').replace(";", "; ")
    };
    scenarios::check("mbedTLS 2.28.3", says, printed, &[]);
}
