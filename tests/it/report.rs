//! Tests of `report`: determinism, the stable interface, and what must not depend on order or repetition.

use std::collections::BTreeSet;

use rootlens::acceptance::{self, MAX_CHAINS};
use rootlens::choices::Choices;
use rootlens::export;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::report::{self, MAX_TRAIL, Report, Rule, Severity};
use rootlens::role::{self, Role};
use rootlens::time::Timestamp;
use rootlens::verifier::{Engine, Readings};
use rootlens::wording;

use crate::recorded;
use crate::scenario::{AT, OPENZITI};

fn read(names: &[&str]) -> Vec<Input> {
    let folder = recorded::path("openziti-ha/distinct");
    let read = |name: &&str| Input {
        name: (*name).to_owned(),
        bytes: std::fs::read(folder.join(name)).expect(name),
        ..Input::default()
    };
    names.iter().map(read).collect()
}

fn helm_case() -> Vec<Input> {
    read(OPENZITI)
}

fn inspect(inputs: &[Input], choose: impl FnOnce(&mut Choices)) -> Report {
    let inventory = Inventory::from_inputs(inputs);
    let graph = Graph::build(inventory.certificates.clone());
    let mut choices = Choices::at(Timestamp::parse(AT).expect("an instant"));
    choose(&mut choices);
    inspect::inspect(&inventory, &graph, &choices).report
}

fn json(report: &Report) -> serde_json::Value {
    serde_json::to_value(report).expect("a report is plain data")
}

/// What the divergence says, free of ids and order.
fn essence(report: &Report) -> BTreeSet<String> {
    let prints = |ids: &[usize]| ids.iter().map(|&id| report.certificates[id].sha256.clone()).collect::<BTreeSet<_>>();
    let one = |from: &report::Divergence| {
        let lost: BTreeSet<&String> = from.clients_lost.iter().collect();
        format!("{} {:?} {:?} {lost:?}", from.peer, prints(&from.naive_only), prints(&from.correct_only))
    };
    report.divergence.iter().map(one).collect()
}

#[test]
fn same_bytes_in_same_report_out() {
    let first = json(&inspect(&helm_case(), |_| ())).to_string();
    let second = json(&inspect(&helm_case(), |_| ())).to_string();
    assert_eq!(first, second);
}

#[test]
fn the_order_of_files_changes_ids_and_nothing_else() {
    let forward = inspect(&helm_case(), |_| ());
    let mut reversed = helm_case();
    reversed.reverse();
    let backward = inspect(&reversed, |_| ());
    assert_eq!(forward.divergence.len(), 3);
    assert_eq!(essence(&forward), essence(&backward));
}

#[test]
fn a_file_dropped_twice_adds_places_and_no_certificate() {
    let once = inspect(&helm_case(), |_| ());
    let mut inputs = helm_case();
    inputs.extend(read(&["router1.cas.pem"]));
    let twice = inspect(&inputs, |_| ());
    assert_eq!(twice.certificates.len(), once.certificates.len());
    assert_eq!(twice.sources.last().map(|source| source.name.as_str()), Some("router1.cas.pem (2)"));
    for &id in &once.sources[0].certificates {
        assert_eq!(twice.certificates[id].places.len(), once.certificates[id].places.len() + 1);
    }
    assert_eq!(essence(&once), essence(&twice));
}

/// The interface of `ARCHITECTURE.md` and its readers: these fields stay.
#[test]
fn the_stable_fields_are_there() {
    let report = json(&inspect(&helm_case(), |_| ()));
    assert_eq!(report["schema"], 1);
    assert_eq!(report["at"], AT);
    for (list, fields) in [
        ("sources", "name part role role_reason certificates problems secrets"),
        ("certificates", "id sha256 subject issuer serial not_before not_after is_ca self_issued self_signed"),
        ("edges", "issuer subject names key_ids signature"),
        ("pools", "peer rule anchors clients"),
        ("divergence", "peer naive_only correct_only both clients_lost clients_gained"),
        ("engines", "client engine accepts detail chains"),
        ("findings", "code severity title detail certificates fix"),
    ] {
        let first = report[list].get(0).unwrap_or_else(|| panic!("{list} is empty"));
        for field in fields.split(' ') {
            assert!(first.get(field).is_some(), "{list}[].{field} is missing");
        }
    }
    let client = &report["pools"][0]["clients"][0];
    for field in ["client", "accepts_leaf_only", "accepts", "reason"] {
        assert!(client.get(field).is_some(), "pools[].clients[].{field} is missing");
    }
    let rules: Vec<&str> = (0..4).filter_map(|index| report["pools"][index]["rule"].as_str()).collect();
    assert_eq!(rules, ["openziti-naive", "first-chain", "all-chains", "correct"]);
}

#[test]
fn ids_are_indices() {
    let report = inspect(&helm_case(), |_| ());
    for (index, certificate) in report.certificates.iter().enumerate() {
        assert_eq!(certificate.id, index);
        assert!(report.cas[certificate.ca].certificates.contains(&index));
    }
}

#[test]
fn a_chosen_peer_leads() {
    let chosen = |name: &str| inspect(&helm_case(), |choices| choices.peer = Some(name.to_owned())).focus;
    assert_eq!(chosen("ctrl2.tls.crt").as_deref(), Some("ctrl2.tls.crt"));
    assert_eq!(chosen("no such peer").as_deref(), Some("ctrl1.tls.crt"), "else the most telling one");
}

#[test]
fn a_chosen_role_and_date_are_followed() {
    let without_bundle = inspect(&helm_case(), |choices| {
        choices.roles.insert(0, vec![Role::Other]);
    });
    assert!(without_bundle.pools.iter().all(|pool| pool.anchors.is_empty()), "no bundle, no anchors");

    let too_late = inspect(&helm_case(), |choices| choices.at = Timestamp::parse("2126-01-01").expect("a date"));
    let correct = too_late.pools.iter().filter(|pool| pool.rule == Rule::Correct);
    assert!(correct.clone().count() == 3 && correct.clone().all(|pool| pool.anchors.is_empty()));
    assert!(too_late.certificates.iter().all(|certificate| certificate.days_left < 0));
    assert!(too_late.findings.iter().any(|finding| finding.severity == Severity::Error));
}

/// The steps of every search are all there, in order, unless there are more than anybody reads.
#[test]
fn trails_are_complete() {
    let inventory = Inventory::from_inputs(&helm_case());
    let graph = Graph::build(inventory.certificates.clone());
    let choices = Choices::at(Timestamp::parse(AT).expect("an instant"));
    let cast = role::assign(&inventory, &graph, choices.of_roles());
    let found = acceptance::ask(&Readings::of(&graph), &cast.bundle, &cast, &choices);
    let report = inspect::inspect(&inventory, &graph, &choices).report;
    assert_eq!(report.engines.len(), found.answers.len());
    let mut longest = 0;
    for (reported, answer) in report.engines.iter().zip(&found.answers) {
        let steps = reported.trail.iter().map(|step| (step.path.len(), step.candidate, step.rejection.clone()));
        let taken = answer
            .verdict
            .trail
            .iter()
            .map(|step| (step.path.len(), step.candidate.map(|id| id.0), step.rejection.clone()));
        assert!(steps.eq(taken.take(MAX_TRAIL)), "{} on {}", reported.engine, reported.client);
        longest = longest.max(reported.trail.len());
    }
    assert!(3 < longest, "a search of {longest} steps shows nothing");
}

/// What nobody was asked about is counted, and said.
#[test]
fn chains_beyond_the_limit_are_counted() {
    let mut inputs = read(&["router1.cas.pem"]);
    let client = read(&["client1.chain.pem"]).remove(0);
    let named =
        |number: usize| Input { name: format!("{number}.client.pem"), bytes: client.bytes.clone(), ..Input::default() };
    inputs.extend((0..MAX_CHAINS + 2).map(named));
    let report = inspect(&inputs, |_| ());
    assert_eq!(report.chains_left_out, 2);
    assert_eq!(report.verdicts_by_chain().count(), MAX_CHAINS);
    assert_eq!(json(&report)["chains_left_out"], 2);
    assert_eq!(wording::chains_left_out(&report).as_deref(), Some("2 further chains not asked about"));
    assert!(export::markdown(&report, None).contains("2 further chains not asked about."));
}

/// The details of a chain and the report are about the same question.
#[test]
fn details_of_a_chain_say_what_the_report_says() {
    let inventory = Inventory::from_inputs(&helm_case());
    let graph = Graph::build(inventory.certificates.clone());
    let choices = Choices::at(Timestamp::parse(AT).expect("an instant"));
    let inspect::Inspection { report, chains } = inspect::inspect(&inventory, &graph, &choices);
    let (chain, verdicts) = report.verdicts_by_chain().enumerate().next().expect("a chain");
    for (engine, verdict) in Engine::ALL.iter().zip(verdicts) {
        let history = chains.history(&Readings::of(&graph), *engine, chain).expect("a chain");
        assert_eq!(history.engine, verdict.engine);
        assert_eq!(history.accepts_at(Some(report.at)), verdict.accepts, "{}", verdict.engine);
        assert_eq!(history.accepts_at(None), history.accepts_first);
        assert!(history.next_change(report.at).is_some_and(|change| report.at < change.at && !change.accepts));
    }
    let explanation = chains.explanation(&Readings::of(&graph), Engine::ALL, chain).expect("a chain");
    assert_eq!((explanation.facts.len(), explanation.then_accepts), (0, None), "all engines agree");
    let all = report.verdicts_by_chain().count();
    assert!(chains.timeline(&graph, chain).is_some_and(|timeline| timeline.certificates.len() > 1));
    assert!(chains.timeline(&graph, all).is_none(), "there is no such chain");
}

#[test]
fn nothing_at_all_is_a_report_too() {
    let report = inspect(&[], |_| ());
    assert!(report.certificates.is_empty() && report.pools.is_empty());
    assert!(!report.headline.sentence.is_empty(), "even then it says what to do");
}
