//! GnuTLS 3.7.9 against its own verdicts.

use rootlens::verifier::Engine;

use super::go::check_further_files;
use super::{Suite, run, scenarios};

#[test]
fn gnutls_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::GNUTLS);
    tally.check("corpus", &[]);
    assert_eq!(tally.cases, 600);
}

#[test]
fn gnutls_on_the_probes() {
    let tally = run(&Suite::own("probes.json"), Engine::GNUTLS);
    tally.check("probes", &[]);
    assert_eq!(tally.cases, 50);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn gnutls_on_bettertls_path_building() {
    let suite = Suite::shared("bettertls-pathbuilding.json");
    let tally = run(&suite, Engine::GNUTLS);
    tally.check("bettertls-pathbuilding", &[]);
    assert_eq!(tally.cases, 81);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn gnutls_on_limbo() {
    let suite = Suite::shared("limbo.json");
    let tally = run(&suite, Engine::GNUTLS);
    tally.check("limbo", &[]);
    assert_eq!(tally.cases, 184);
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn gnutls_on_further_files() {
    check_further_files(Engine::GNUTLS);
}

const TRUSTS_NO_LEAF: &str = "certtool asks with GNUTLS_VERIFY_DO_NOT_ALLOW_SAME, so a leaf that is itself trusted needs an issuer; \
                              the conformance data was recorded without that flag";

const OTHER_WORDS: &[(&str, &str)] =
    &[("ec-10b-selfsigned-leaf-in-pool", TRUSTS_NO_LEAF), ("ec-15-pool-contains-leaf-itself", TRUSTS_NO_LEAF)];

/// `certtool --verify` puts one or two words in front.
#[test]
fn gnutls_on_the_scenarios() {
    let says = |scenario: &scenarios::Scenario| {
        let verdict = scenario.ask(Engine::GNUTLS);
        if verdict.accepts() { "The certificate is trusted.".to_owned() } else { verdict.detail.trim_end().to_owned() }
    };
    let printed = |text: &str| text.trim_start_matches("Not verified. ").trim_start_matches("Verified. ").to_owned();
    scenarios::check("GnuTLS 3.7.9 certtool --verify", says, printed, OTHER_WORDS);
}
