//! What holds rootlens up: each kind of input that would grow beyond its own size is made here, and its limit is said.

use std::rc::Rc;

use rootlens::certificate::{CertId, Certificate};
use rootlens::choices::Choices;
use rootlens::divergence::{MAX_CLIENT_QUESTIONS, MAX_PEERS};
use rootlens::export;
use rootlens::graph::{Draft, Graph};
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::lens::Lens;
use rootlens::report::{MAX_NAMESAKES, Report};
use rootlens::role::Role;
use rootlens::signature::Status;
use rootlens::time::Timestamp;

use crate::scenario::AT;
use crate::synthetic::{self, Spec};

fn input(name: &str, text: &str) -> Input {
    Input { name: name.to_owned(), bytes: text.as_bytes().to_vec(), ..Input::default() }
}

/// Certificates whose signatures are none.
fn unsigned(specs: impl IntoIterator<Item = Spec>) -> String {
    synthetic::bundle(specs.into_iter().map(|spec| Spec { is_unsigned: true, ..spec }))
}

/// As if each certificate were signed by the key that its key identifier names.
fn graph(inventory: &Inventory) -> Graph {
    let certificates = inventory.certificates.clone();
    let status = |issuer: CertId, subject: CertId| {
        let [issuer, subject] = [issuer, subject].map(|id| certificates.get(id.0));
        let named = subject.and_then(|it: &Rc<Certificate>| it.issuer_key_id());
        match named == issuer.and_then(|it| it.subject_key_id.as_deref()) {
            true => Status::Valid,
            false => Status::Invalid,
        }
    };
    Draft::new(certificates.clone()).finish_as(&status)
}

fn at() -> Timestamp {
    Timestamp::parse(AT).expect("an instant")
}

fn report(inputs: &[Input], choices: Choices) -> Report {
    let inventory = Inventory::from_inputs(inputs);
    inspect::inspect(&inventory, &graph(&inventory), &choices).report
}

#[test]
fn thousands_of_files_of_one_name_are_numbered() {
    let inputs = vec![input("ca.pem", ""); 20_000];
    let inventory = Inventory::from_inputs(&inputs);
    let last = inventory.sources.last().map(|source| (source.name.as_str(), source.file.as_str()));
    assert_eq!(last, Some(("ca.pem (20000)", "ca.pem (20000)")));
}

#[test]
fn unreadable_blocks_before_others_keep_their_order() {
    const COUNT: usize = 20_000;
    let no_certificate = "-----BEGIN CERTIFICATE-----\nMAMBAf8=\n-----END CERTIFICATE-----\n".repeat(COUNT);
    let no_der = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n".repeat(COUNT);
    let inventory = Inventory::from_inputs(&[input("a.pem", &(no_certificate + &no_der))]);
    let problems = &inventory.sources[0].problems;
    assert_eq!(problems.len(), 2 * COUNT);
    assert!(problems.is_sorted_by_key(|problem| problem.place.line));
}

#[test]
fn a_certificate_with_tens_of_thousands_of_extensions_is_read() {
    const COUNT: u32 = 50_000;
    let extension = |number: u32| {
        let arc = [0x2a, 0x83, 0x80 | (number >> 7 & 0x7f) as u8, 0x80 | (number >> 14) as u8, number as u8 & 0x7f];
        synthetic::extension(&arc, false, &[5, 0])
    };
    let extensions: Vec<Vec<u8>> = (0..COUNT).chain([7, 7]).map(extension).collect();
    let der = Spec { extensions, is_unsigned: true, ..Spec::root("Root", 0) }.der();
    let certificate = Certificate::parse(&der).expect("a certificate");
    assert_eq!(certificate.unreadable_extensions.len(), 2, "those that are repeated");
    assert_eq!(certificate.extension_texts().len(), COUNT as usize + 6);
}

/// Each of a thousand CAs would list all others.
#[test]
fn cas_of_one_name_are_listed_once_for_the_name() {
    const COUNT: u32 = 1_000;
    let report = report(&[input("a.pem", &unsigned(synthetic::namesakes(COUNT)))], Choices::at(at()));
    let [shared] = report.shared_names.as_slice() else { panic!("one name: {}", report.shared_names.len()) };
    assert_eq!((shared.name.as_str(), shared.cas.len()), ("The CA", COUNT as usize - 2));
    let ca = &report.cas[shared.cas[500]];
    assert_eq!((ca.namesakes.len(), ca.shared_name), (MAX_NAMESAKES, Some(0)));
    let json = export::json(&report).len();
    assert!(json < COUNT as usize * 4_000, "{json} octets");
    let texts = [&report.headline.sentence, &report.headline.detail, &report.answer.sentence, &report.answer.detail];
    let details = report.findings.iter().flat_map(|finding| [&finding.title, &finding.detail, &finding.fix]);
    for text in details.chain(texts) {
        assert!(text.matches("The CA").count() <= 14, "{text}");
    }
}

/// A chain in each of hundreds of files: pools are computed of the first peers alone, and that is said where pools are.
#[test]
fn pools_are_computed_of_some_peers_and_clients_and_the_rest_is_counted() {
    const COUNT: u32 = 150;
    let chain = |number: u32| {
        let name = format!("host-{number}.example");
        input(&format!("{number}.pem"), &unsigned([Spec::leaf(&name, 10 + number, "Root", 0)]))
    };
    let root = input("root.pem", &unsigned([Spec::root("Root", 0)]));
    let inputs: Vec<Input> = (0..COUNT).map(chain).chain([root]).collect();
    let roles = (0..COUNT as usize).map(|index| (index, vec![Role::Peer, Role::Client])).collect();
    let chosen = Choices { roles, lens: Some(Lens::Router), peer: Some("99.pem".to_owned()), ..Choices::at(at()) };
    let report = report(&inputs, chosen);
    assert_eq!(report.peers_left_out, COUNT as usize - MAX_PEERS - 1);
    assert_eq!(report.focus.as_deref(), Some("99.pem"), "the chosen one is among them");
    let asked = MAX_CLIENT_QUESTIONS / (MAX_PEERS + 1);
    assert_eq!(report.clients_left_out, COUNT as usize - asked);
    assert!(report.pools.iter().all(|pool| pool.clients.len() == asked));
    let finding = report.findings.iter().find(|finding| finding.code == "not-all-compared").expect("a finding");
    assert_eq!(finding.title, "129 peers and 55 clients left out of the pools");
}

/// Two hundred roots of one name without key identifiers: each may have issued each.
#[test]
fn signatures_that_are_not_checked_are_said() {
    let specs = (0..200).map(|key| Spec { has_key_ids: false, ..Spec::root("CA", key) });
    let inventory = Inventory::from_inputs(&[input("roots.pem", &unsigned(specs))]);
    let draft = Draft::new(inventory.certificates.clone());
    let statuses = vec![Status::Invalid; draft.checks().len()];
    let graph = draft.finish(&statuses);
    let report = inspect::inspect(&inventory, &graph, &Choices::at(at())).report;
    assert_eq!(report.checks_left_out, 200 * 200 - statuses.len());
    let finding = report.findings.iter().find(|finding| finding.code == "not-all-checked").expect("a finding");
    let said = format!("{} signature checks were left out: ", report.checks_left_out);
    assert!(finding.detail.starts_with(&said), "{}", finding.detail);
}
