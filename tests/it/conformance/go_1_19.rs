//! Go 1.19.8 against its own verdicts.

use rootlens::verifier::Engine;

use super::go::check_further_files;
use super::{Suite, run};

#[test]
fn go_1_19_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::GO_1_19);
    tally.check("corpus", &[]);
    assert_eq!((tally.cases, tally.verdicts), (600, 600));
}

#[test]
fn go_1_19_on_the_probes() {
    let tally = run(&Suite::own("probes.json"), Engine::GO_1_19);
    tally.check("probes", &[]);
    assert_eq!((tally.cases, tally.verdicts), (50, 50));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn go_1_19_on_bettertls_path_building() {
    let suite = Suite::shared("bettertls-pathbuilding.json");
    let tally = run(&suite, Engine::GO_1_19);
    tally.check("bettertls-pathbuilding", &[]);
    assert_eq!((tally.cases, tally.verdicts), (81, 81));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn go_1_19_on_limbo() {
    let suite = Suite::shared("limbo.json");
    let tally = run(&suite, Engine::GO_1_19);
    tally.check("limbo", &[]);
    assert_eq!((tally.cases, tally.verdicts), (184, 184));
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn go_1_19_on_further_files() {
    check_further_files(Engine::GO_1_19);
}
