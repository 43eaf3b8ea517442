//! rustls-webpki 0.103.16 against its own verdicts.

use rootlens::graph::Draft;
use rootlens::time::Timestamp;
use rootlens::verifier::{Attempt, Engine, Outcome, Purpose, Query, Verdict};

use super::go::check_further_files;
use super::{Suite, Tally, run, scenarios};
use crate::recorded;
use crate::scenario::AT;
use rootlens::conformance::Case;

#[test]
fn webpki_on_the_corpus() {
    let tally = checked("corpus", &Suite::own("corpus.json"));
    assert_eq!((tally.cases, tally.accepted.0, tally.rejected.0), (600, 314, 286));
}

#[test]
fn webpki_on_the_probes() {
    assert_eq!(checked("probes", &Suite::own("probes.json")).cases, 50);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn webpki_on_bettertls_path_building() {
    let suite = Suite::shared("bettertls-pathbuilding.json");
    assert_eq!(checked("bettertls-pathbuilding", &suite).cases, 81);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn webpki_on_limbo() {
    let suite = Suite::shared("limbo.json");
    assert_eq!(checked("limbo", &suite).cases, 184);
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn webpki_on_further_files() {
    check_further_files(Engine::WEBPKI);
}

/// The engine is the crate, so nothing may differ.
fn checked(name: &str, suite: &Suite) -> Tally {
    let tally = run(suite, Engine::WEBPKI);
    tally.check(name, &[]);
    tally
}

/// The scenarios are recorded from a server made with rustls, which has its own words for some errors.
#[test]
fn webpki_on_the_scenarios() {
    let says = |scenario: &scenarios::Scenario| {
        let verdict = scenario.ask(Engine::WEBPKI);
        if verdict.accepts() { "OK".to_owned() } else { as_rustls_says(&verdict.detail) }
    };
    // What follows names times, which are those of the day of the recording.
    let printed = |text: &str| {
        let text = text.trim_start_matches("invalid peer certificate: ");
        text.split(": verification time").next().unwrap_or_default().to_owned()
    };
    scenarios::check("rustls", says, printed, &[]);
}

/// `pki_error` in rustls, for the errors that the scenarios show.
fn as_rustls_says(error: &str) -> String {
    let variant = error.split([' ', '(', '{']).next().unwrap_or_default();
    match variant {
        "UnknownIssuer" => "UnknownIssuer".to_owned(),
        "InvalidSignatureForPublicKey" => "BadSignature".to_owned(),
        "CertExpired" => "certificate expired".to_owned(),
        "CertNotValidYet" => "certificate not valid yet".to_owned(),
        "RequiredEkuNotFoundContext" => "certificate does not allow extended key usage for client authentication, \
                                         allows server authentication"
            .to_owned(),
        other => format!("Other(OtherError({other}))"),
    }
}

/// The trail is a replay; it must lead where the crate went.
#[test]
fn the_trail_leads_to_the_verdict() {
    let suites = [Suite::own("corpus.json"), Suite::own("probes.json")];
    assert_eq!(suites.iter().map(check_trails).sum::<usize>(), 650);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn the_trail_leads_to_the_verdict_on_limbo() {
    assert!(check_trails(&Suite::shared("limbo.json")) >= 184);
}

/// Gives how many trails were looked at.
fn check_trails(suite: &Suite) -> usize {
    let ask = |case: &Case| Some((case.id.clone(), case.ask(Engine::WEBPKI, &suite.prepare(case))?));
    let verdicts: Vec<(String, Verdict)> = suite.cases.iter().filter_map(ask).collect();
    verdicts.iter().for_each(|(case, verdict)| check_trail(case, verdict));
    verdicts.len()
}

fn check_trail(case: &str, verdict: &Verdict) {
    let taken = |it: &&Attempt| it.from_trusted && it.candidate.is_some() && it.rejection.is_none();
    let reached: Vec<_> = verdict.trail.iter().filter(taken).collect();
    let words: Vec<&str> = verdict.trail.iter().filter_map(|it| it.rejection.as_deref()).collect();
    match (&verdict.outcome, verdict.chains.as_slice()) {
        (Outcome::Accepted, [chain]) => {
            let [attempt] = reached.as_slice() else { panic!("{case}: {reached:?}") };
            let path = attempt.path.iter().copied().chain(attempt.candidate);
            assert!(path.eq(chain.iter().copied()), "{case}: {attempt:?}, {chain:?}");
        }
        (Outcome::Rejected, []) if verdict.detail == "UnknownIssuer" => assert!(reached.is_empty(), "{case}"),
        // The path was found, and the leaf has another name; or what was wrong with some path is what the crate says.
        (Outcome::Rejected, []) => {
            let because_of_the_name = verdict.trail.last().is_some_and(|last| last.candidate.is_none());
            assert_eq!(reached.len(), usize::from(because_of_the_name), "{case}");
            assert!(words.contains(&verdict.detail.as_str()), "{case}: {} is not in {words:?}", verdict.detail);
        }
        (Outcome::Stopped, []) => assert!(verdict.detail.starts_with("Maximum"), "{case}: {}", verdict.detail),
        (outcome, chains) => panic!("{case}: {outcome:?} with {} chains", chains.len()),
    }
}

/// Where the graph does not know the answer, the engine does not make one up.
#[test]
fn without_signatures_there_is_no_verdict() {
    let mut certificates = recorded::certificates("mtls-scenarios/ec-00-ok/pool.pem");
    certificates.extend(recorded::certificates("mtls-scenarios/ec-00-ok/chain.pem"));
    let draft = Draft::new(certificates.into_iter().map(Into::into).collect());
    let graph = draft.finish(&[]);
    let [root, leaf] = [0, 1].map(rootlens::certificate::CertId);
    let query = Query {
        trusted: &[root],
        presented: &[],
        leaf,
        at: Timestamp::parse(AT).expect("a time"),
        purpose: Purpose::Client,
        host: None,
    };
    let verdict = Engine::WEBPKI.verify(&graph, &query);
    assert_eq!(verdict.outcome, Outcome::Stopped);
    assert!(verdict.detail.starts_with("the signature was not checked"), "{}", verdict.detail);
    assert_eq!(verdict.trail.iter().filter(|it| it.rejection.as_ref() == Some(&verdict.detail)).count(), 1);
}
