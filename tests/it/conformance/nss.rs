//! NSS 3.87.1 against its own verdicts.

use rootlens::verifier::Engine;

use super::go::check_further_files;
use super::{Exception, Suite, run};

#[test]
fn nss_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::NSS);
    tally.check("corpus", &[]);
    assert_eq!(tally.cases, 600);
}

#[test]
fn nss_on_the_probes() {
    let tally = run(&Suite::own("probes.json"), Engine::NSS);
    tally.check("probes", &[]);
    assert_eq!(tally.cases, 50);
}

/// With the clock a day ahead, the engine says what is on record.
const CLOCK: &str = "of two issuers, NSS prefers the one that has not expired by its own clock, which was a day ahead of the \
                     time that it was asked about";

const BETTERTLS_EXCEPTIONS: &[Exception] = &[
    Exception {
        id: "bettertls::pathbuilding::tc24",
        expected: "accepts [[472, 317, 90]]",
        actual: "rejects: SEC_ERROR_UNKNOWN_ISSUER",
        reason: CLOCK,
    },
    Exception {
        id: "bettertls::pathbuilding::tc49",
        expected: "accepts [[52, 907, 471, 840, 90]]",
        actual: "accepts [[52, 853, 840, 90]]",
        reason: CLOCK,
    },
    Exception {
        id: "bettertls::pathbuilding::tc55",
        expected: "accepts [[85, 651, 267, 147, 90]]",
        actual: "accepts [[85, 651, 241, 90]]",
        reason: CLOCK,
    },
];

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn nss_on_bettertls_path_building() {
    let suite = Suite::shared("bettertls-pathbuilding.json");
    let tally = run(&suite, Engine::NSS);
    tally.check("bettertls-pathbuilding", BETTERTLS_EXCEPTIONS);
    assert_eq!(tally.cases, 81);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn nss_on_limbo() {
    let suite = Suite::shared("limbo.json");
    let tally = run(&suite, Engine::NSS);
    tally.check("limbo", &[]);
    assert_eq!(tally.cases, 184);
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn nss_on_further_files() {
    check_further_files(Engine::NSS);
}
