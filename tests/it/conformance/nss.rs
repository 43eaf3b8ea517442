//! NSS 3.87.1 against its own verdicts.

use std::fs;

use rootlens::verifier::Engine;

use super::{Least, Suite, Tally, run};

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

#[test]
fn nss_on_bettertls_path_building() {
    let Some(suite) = Suite::shared("bettertls-pathbuilding.json") else { return };
    let tally = run(&suite, Engine::NSS);
    tally.check_at_least("bettertls-pathbuilding", &LEAST, &[]);
    assert_eq!(tally.cases, 81);
}

#[test]
fn nss_on_limbo() {
    let Some(suite) = Suite::shared("limbo.json") else { return };
    let tally = run(&suite, Engine::NSS);
    tally.check_at_least("limbo", &LEAST, &[]);
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
