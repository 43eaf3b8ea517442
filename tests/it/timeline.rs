//! Verdicts over time: where they flip, and because of whom.

use std::collections::BTreeSet;

use rootlens::certificate::CertId;
use rootlens::role::RoleAssignment;
use rootlens::time::Timestamp;
use rootlens::timeline::{Course, course};
use rootlens::verifier::{Engine, Purpose, Query};

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

fn course_of(read: &Read, engine: Engine) -> Course {
    course(&read.graph, engine, &query(&read.analysis().roles, now()))
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
    let course = course_of(&read, Engine::GO);
    assert!(!course.accepts_first && course.complete);
    let flips: Vec<(Timestamp, bool)> = course.flips.iter().map(|flip| (flip.at, flip.accepts)).collect();
    assert_eq!(flips, [(begins, true), (Timestamp(ends.0 + 1), false)]);
    assert!(course.accepts_at(now()) && course.accepts_at(ends) && !course.accepts_at(Timestamp(ends.0 + 1)));
}

#[test]
fn the_next_loss_names_the_certificate_that_ends() {
    let read = scenario("ec-04b-ok-with-intermediate");
    let course = course_of(&read, Engine::GO);
    let loss = course.next_loss(now()).expect("every certificate ends");
    let ends = |id: &CertId| read.inventory.certificates[id.0].not_after.0 + 1 == loss.at.0;
    assert!(!loss.because.is_empty() && loss.because.iter().all(ends));
    assert_eq!(course.next_loss(loss.at), None);
}

#[test]
fn what_is_rejected_for_another_reason_never_flips() {
    let read = scenario("ec-01-unknown-issuer-dn");
    assert_eq!(course_of(&read, Engine::GO), Course { accepts_first: false, flips: Vec::new(), complete: true });
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
            let course = course_of(&read, *engine);
            for at in &instants {
                let accepts = engine.verify(&read.graph, &query(&roles, *at)).accepts();
                assert_eq!(course.accepts_at(*at), accepts, "{name}, {}, {at}", engine.name());
            }
        }
    }
}
