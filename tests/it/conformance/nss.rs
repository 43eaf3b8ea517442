//! NSS 3.87.1 against its own verdicts.

use std::fs;

use rootlens::verifier::Engine;

use super::{Exception, Least, Suite, Tally, run};

const LEAST: Least = Least { verdicts: 980, chains: 950, details: 850 };

#[test]
fn nss_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::NSS);
    tally.check_at_least("corpus", &LEAST, &[]);
    assert_eq!(tally.cases, 600);
}

#[test]
fn nss_on_the_probes() {
    let tally = run(&Suite::own("probes.json"), Engine::NSS);
    tally.check_at_least("probes", &LEAST, &[]);
    assert_eq!(tally.cases, 50);
}

const BETTERTLS_EXCEPTIONS: &[Exception] = &[Exception {
    id: "bettertls::pathbuilding::tc24",
    expected: "accepts [[472, 317, 90]]",
    actual: "rejects: SEC_ERROR_UNKNOWN_ISSUER",
    reason: "of two issuers, NSS prefers the one that has not expired by its own clock, which was a day ahead of the time \
             that it was asked about",
}];

#[test]
fn nss_on_bettertls_path_building() {
    let Some(suite) = Suite::shared("bettertls-pathbuilding.json") else { return };
    let tally = run(&suite, Engine::NSS);
    tally.check_at_least("bettertls-pathbuilding", &LEAST, BETTERTLS_EXCEPTIONS);
    assert_eq!(tally.cases, 81);
}

const LIMBO_EXCEPTIONS: &[Exception] = &[Exception {
    id: "webpki::forbidden-dsa-root",
    expected: "accepts [[21, 826]]",
    actual: "rejects: the signature was not checked (budget spent, or an algorithm that this build lacks), so NSS's answer \
             is not known",
    reason: "this build does not check DSA",
}];

#[test]
fn nss_on_limbo() {
    let Some(suite) = Suite::shared("limbo.json") else { return };
    let tally = run(&suite, Engine::NSS);
    tally.check_at_least("limbo", &LEAST, LIMBO_EXCEPTIONS);
    assert_eq!(tally.cases, 184);
}

/// Checks every file named in `ROOTLENS_CONFORMANCE` (separated by colons), without exceptions.
#[test]
fn nss_on_further_files() {
    let Ok(names) = std::env::var("ROOTLENS_CONFORMANCE") else {
        eprintln!("skipped: ROOTLENS_CONFORMANCE names no further files");
        return;
    };
    let read = |name: &str| fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    let tallies = names.split(':').map(|name| (name, run(&Suite::parse(&read(name)), Engine::NSS)));
    let differences: Vec<(&str, Tally)> = tallies.filter(|(name, tally)| tally.print(name) > 0).collect();
    differences.iter().for_each(|(name, tally)| println!("{name}: {:#?}", tally.differences));
    assert!(differences.is_empty(), "{} files differ", differences.len());
}
