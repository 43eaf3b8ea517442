//! The questions that the engines are asked about each chain, and the first verdict that is lost.

use rootlens::acceptance::{Answer, Loss, Lost, MAX_CHAINS, Question, answers, first_loss, left_out, questions};
use rootlens::choices::Choices;
use rootlens::role::Role;
use rootlens::time::Timestamp;
use rootlens::verifier::{Engine, Host, Purpose, Readings};

use crate::scenario::{AT, OPENZITI, Read, Scenario};

fn choices() -> Choices {
    Choices::at(Timestamp::parse(AT).expect("a time"))
}

fn openziti(files: &[&str]) -> Read {
    let part = |file: &&str| vec![format!("openziti-ha/distinct/{file}")];
    files.iter().fold(Scenario::new(), |scenario, file| scenario.file(file, &part(file))).read()
}

fn asked(read: &Read, choices: &Choices) -> (Vec<Question>, Vec<Answer>, Option<Loss>) {
    let roles = read.analysis().roles;
    let questions = questions(&read.graph, &roles, choices);
    let readings = Readings::of(&read.graph);
    let answers = answers(&readings, &roles.bundle, &questions, choices, Engine::ALL);
    let loss = first_loss(&readings, &roles.bundle, &questions, &answers, choices);
    (questions, answers, loss)
}

fn purposes(questions: &[Question]) -> Vec<(&str, Purpose)> {
    questions.iter().map(|question| (question.chain.name.as_str(), question.purpose)).collect()
}

#[test]
fn every_client_is_put_before_every_engine() {
    let (questions, answers, _) = asked(&openziti(OPENZITI), &choices());
    let clients = ["client1.chain.pem", "client2.chain.pem", "client3.chain.pem"];
    assert_eq!(purposes(&questions), clients.map(|name| (name, Purpose::Client)));
    let order: Vec<(usize, Engine)> = answers.iter().map(|answer| (answer.question, answer.engine)).collect();
    let wanted = (0..3).flat_map(|question| Engine::ALL.iter().map(move |engine| (question, *engine)));
    assert_eq!(order, wanted.collect::<Vec<_>>());
    assert!(answers.iter().all(|answer| answer.verdict.accepts()));
}

#[test]
fn without_a_client_the_servers_are_asked_about() {
    let (questions, ..) = asked(&openziti(&["router1.cas.pem", "ctrl1.tls.crt", "ctrl2.tls.crt"]), &choices());
    assert_eq!(purposes(&questions), ["ctrl1.tls.crt", "ctrl2.tls.crt"].map(|name| (name, Purpose::Server)));
}

/// The only chain beside a bundle is whatever its extended key usage says; a chosen purpose or role overrules that.
#[test]
fn a_chain_that_may_only_serve_is_asked_as_a_server() {
    let name = "ec-07-eku-serverauth-only";
    let read = Scenario::mtls(name).read();
    let accepts = |answers: &[Answer]| answers.iter().filter(|answer| answer.verdict.accepts()).count();
    let (questions, answers, _) = asked(&read, &choices());
    assert_eq!(purposes(&questions), [("chain.pem", Purpose::Server)]);
    assert!(0 < accepts(&answers));
    let (questions, answers, _) = asked(&read, &Choices { purpose: Some(Purpose::Client), ..choices() });
    assert_eq!(purposes(&questions), [("chain.pem", Purpose::Client)]);
    assert_eq!(accepts(&answers), 0);
    let client = Scenario::mtls(name).chosen(&[Role::Client]).read();
    assert_eq!(purposes(&asked(&client, &choices()).0), [("chain.pem", Purpose::Client)]);
}

#[test]
fn a_host_that_no_leaf_bears_is_refused_by_all() {
    let host = Some(Host::named("nowhere.example"));
    let (_, answers, loss) = asked(&openziti(OPENZITI), &Choices { host, ..choices() });
    assert!(answers.iter().all(|answer| !answer.verdict.accepts()));
    assert_eq!(loss, None);
}

/// Some programs count the last second of a validity and some do not: that divides nobody here.
#[test]
fn the_first_loss_names_all_who_are_lost() {
    let read = openziti(OPENZITI);
    let (questions, answers, loss) = asked(&read, &choices());
    let loss = loss.expect("every certificate ends");
    let leaves: Vec<_> = questions.iter().map(|question| &read.inventory.certificates[question.chain.leaf.0]).collect();
    assert_eq!(loss.at, leaves.iter().map(|leaf| leaf.not_after).min().expect("a leaf"));
    for Lost { question, engines } in &loss.lost {
        let ends = leaves[*question].not_after.0;
        assert!(ends == loss.at.0 || ends + 1 == loss.at.0, "{question}");
        assert_eq!(engines.as_slice(), Engine::ALL);
    }
    assert!(loss.certificates.contains(&questions[loss.lost[0].question].chain.leaf));
    let later = Choices { at: loss.at, ..choices() };
    let still = asked(&read, &later).1.iter().filter(|answer| answer.verdict.accepts()).count();
    assert!(still < answers.len());
}

#[test]
fn the_number_of_chains_is_limited() {
    let file = vec!["openziti-ha/distinct/client1.chain.pem".to_owned()];
    let mut scenario = Scenario::new().file("router1.cas.pem", &["openziti-ha/distinct/router1.cas.pem".to_owned()]);
    for number in 0..=MAX_CHAINS {
        scenario = scenario.file(&format!("{number}.client.pem"), &file);
    }
    let read = scenario.read();
    let roles = read.analysis().roles;
    assert_eq!(roles.clients.len(), MAX_CHAINS + 1);
    assert_eq!(questions(&read.graph, &roles, &choices()).len(), MAX_CHAINS);
    assert_eq!(left_out(&roles, &choices()), 1);
}
