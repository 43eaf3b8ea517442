//! rustls-webpki 0.103.16 against its own verdicts.

use std::collections::BTreeSet;

use rootlens::verifier::{Engine, Outcome, Verdict};

use super::{Least, Suite, run, scenarios};

/// The engine is the crate, so nothing may differ.
const ALL: Least = Least { verdicts: 1000, chains: 1000, details: 1000 };

#[test]
fn webpki_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::WEBPKI);
    tally.check_at_least("corpus", &ALL, &[]);
    assert_eq!((tally.cases, tally.accepted.0, tally.rejected.0), (600, 314, 286));
}

#[test]
fn webpki_on_the_probes() {
    let tally = run(&Suite::own("probes.json"), Engine::WEBPKI);
    tally.check_at_least("probes", &ALL, &[]);
    assert_eq!(tally.cases, 50);
}
