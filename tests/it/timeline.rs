//! Verdicts over time: where they change, and by which certificates.

use std::collections::BTreeSet;

use rootlens::certificate::CertId;
use rootlens::role::RoleAssignment;
use rootlens::time::Timestamp;
use rootlens::timeline::{VerdictHistory, history};
use rootlens::verifier::{Engine, Purpose, Query, Readings};

use crate::scenario::{AT, Read, Scenario};

/// Whether the first client of a scenario gets in.
fn query(roles: &RoleAssignment, at: Timestamp) -> Query<'_> {
    let client = roles.clients.first().expect("a client");
    Query {
        trusted: &roles.bundle,
        presented: &client.presented,
        leaf: client.leaf,
        at,
        purpose: Purpose::Client,
        host: None,
    }
}

fn history_of(read: &Read, engine: Engine) -> VerdictHistory {
    history(&Readings::of(&read.graph), engine, &query(&read.analysis().roles, now()))
}

fn now() -> Timestamp {
    Timestamp::parse(AT).expect("a time")
}

fn scenario(name: &str) -> Read {
    Scenario::mtls(name).read()
}

#[test]
fn a_verdict_holds_while_every_certificate_of_the_path_does() {
    let read = scenario("ec-04b-ok-with-intermediate");
    let certificates = &read.inventory.certificates;
    let begins = certificates.iter().map(|it| it.not_before).max().expect("certificates");
    let ends = certificates.iter().map(|it| it.not_after).min().expect("certificates");
    let history = history_of(&read, Engine::GO);
    assert!(!history.accepts_first && history.complete);
    let changes: Vec<(Timestamp, bool)> = history.changes.iter().map(|change| (change.at, change.accepts)).collect();
    assert_eq!(changes, [(begins, true), (Timestamp(ends.0 + 1), false)]);
    assert!(history.accepts_at(now()) && history.accepts_at(ends) && !history.accepts_at(Timestamp(ends.0 + 1)));
}

#[test]
fn the_next_loss_names_the_certificate_that_ends() {
    let read = scenario("ec-04b-ok-with-intermediate");
    let history = history_of(&read, Engine::GO);
    let loss = history.next_loss(now()).expect("every certificate ends");
    let ends = |id: &CertId| read.inventory.certificates[id.0].not_after.0 + 1 == loss.at.0;
    assert!(!loss.certificates.is_empty() && loss.certificates.iter().all(ends));
    assert_eq!(history.next_loss(loss.at), None);
}

#[test]
fn what_is_rejected_for_another_reason_never_flips() {
    let read = scenario("ec-01-unknown-issuer-dn");
    assert_eq!(
        history_of(&read, Engine::GO),
        VerdictHistory { accepts_first: false, changes: Vec::new(), complete: true }
    );
}

/// At instants all over the years, and close to every bound.
#[test]
fn an_engine_says_over_time_what_it_says_at_each_instant() {
    let names = [
        "ec-04b-ok-with-intermediate",
        "ec-05b-not-yet-valid",
        "ec-05c-expired-root",
        "x-21b-expired-old-root-and-new-root-same-key",
    ];
    for name in names {
        let read = scenario(name);
        let bounds = read.inventory.certificates.iter().flat_map(|it| [it.not_before, it.not_after]);
        let beside = |bound: Timestamp| {
            [-200_000, -86_401, -86_400, -3_600, -1, 0, 1, 2, 7_200].map(|by| Timestamp(bound.0 + by))
        };
        let years = (-800..800).step_by(50).map(|days| Timestamp(now().0 + days * 86_400));
        let instants: BTreeSet<Timestamp> = bounds.flat_map(beside).chain(years).collect();
        let roles = read.analysis().roles;
        for engine in Engine::ALL {
            let history = history_of(&read, *engine);
            for at in &instants {
                let accepts = engine.verify(&read.graph, &query(&roles, *at)).accepts();
                assert_eq!(history.accepts_at(*at), accepts, "{name}, {}, {at}", engine.name());
            }
        }
    }
}
