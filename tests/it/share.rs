//! Tests of `share`: what goes into a link comes out of it, and what is damaged ends in a message.

use std::fs;
use std::path::{Path, PathBuf};

use rootlens::choices::Choices;
use rootlens::example::EXAMPLES;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{self, Input, Inventory, Loading, Told};
use rootlens::lens::Lens;
use rootlens::public_roots::PublicRoots;
use rootlens::report::{EngineVerdict, Fix, Report, Source};
use rootlens::role::Role;
use rootlens::share::{self, Content, LinkError};
use rootlens::store::StoreKind;
use rootlens::time::Timestamp;
use rootlens::verifier::{Host, Program, Purpose};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::scenario::{AT, OPENZITI};
use crate::{incident, loader, recorded};

/// Length that the page shows in green: no chat program that we know of shortens it.
const SHORT: usize = 2_000;

/// A link around what somebody else deflated.
fn fragment(packed: &[u8]) -> String {
    format!("v1.{}", data_encoding::BASE64URL_NOPAD.encode(packed))
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a time")
}

fn report(inventory: &Inventory, choices: &Choices) -> Report {
    inspect::inspect(inventory, &Graph::build(inventory.certificates.clone()), choices).report
}

/// Findings that a link does not bring about, and why.
const NOT_TOLD: [(&str, &str); 1] = [("private-key", "that a file holds a secret is for whoever has the file")];

/// What is said where there is no certificate, and not even a secret.
const NOTHING: [&str; 2] =
    ["There is no certificate in what you gave.", "Add the certificate file of the server or client in question."];

/// Everything that is said of the question, and what is found out about the sources: what whoever opens a link sees as its
/// sender does. Certificates are named by their digests, since a link may leave some out.
fn said(inventory: &Inventory, report: &Report) -> Value {
    let digests =
        |ids: &[usize]| -> Vec<&str> { ids.iter().map(|id| &report.certificates[*id].sha256[..16]).collect() };
    let fix = |fix: &Option<Fix>| fix.as_ref().map(|it| json!([it.sentence, it.verified_by]));
    let is_secret_alone = is_about_secrets_alone(inventory, report);
    let answer = &report.answer;
    let chains = answer.chains.iter().map(|it| {
        json!([
            it.chain,
            it.host,
            it.verdict,
            it.cause,
            it.sentence,
            it.detail,
            it.accepts,
            it.of,
            it.rejecting,
            it.undecided,
            it.detail_of_program,
            digests(&it.certificates),
            fix(&it.fix)
        ])
    });
    let lines = report.error_lines.iter().map(|it| {
        let mut line = serde_json::to_value(it).expect("JSON");
        line["certificates"] = json!(digests(&it.certificates));
        line
    });
    let told = report.findings.iter().filter(|finding| !NOT_TOLD.iter().any(|(code, _)| *code == finding.code));
    let codes = told.fold(BTreeMap::<&str, usize>::new(), |mut codes, finding| {
        *codes.entry(&finding.code).or_default() += 1;
        codes
    });
    let sources = inventory.sources.iter().zip(&report.sources).map(|(source, told)| said_of_source(source, told));
    json!({
        "answer": [json!(answer.verdict), json!(answer.cause), fix(&answer.fix)],
        "sentence": if is_secret_alone { NOTHING } else { [&answer.sentence, &answer.detail].map(String::as_str) },
        "chains": chains.collect::<Vec<_>>(),
        "error_lines": lines.collect::<Vec<_>>(),
        "next_error": report.next_error,
        "findings": codes,
        "sources": sources.collect::<Vec<_>>(),
    })
}

/// Of a secret nothing is told, not even that there is nothing else.
fn is_about_secrets_alone(inventory: &Inventory, report: &Report) -> bool {
    inventory.certificates.is_empty() && report.answer.sentence.ends_with(" here and no certificate.")
}

/// What is found out about a source beside its certificates.
fn said_of_source(source: &inventory::Source, told: &Source) -> Value {
    let problems: Vec<Value> =
        told.problems.iter().map(|it| json!([it.line, it.start, it.end, it.needs_password])).collect();
    let related: Vec<Value> = told.related.iter().map(|it| json!([it.kind, it.line, it.fits.len()])).collect();
    // Who reads a file is told where its form keeps somebody from that.
    let is_faulty = source.loading.as_ref().is_some_and(Loading::is_of_a_faulty_form);
    let loaders: Vec<Value> = told
        .loaders
        .iter()
        .filter(|_| is_faulty)
        .map(|it| json!([it.loader, it.certificates.len(), it.of, it.fault]))
        .collect();
    json!([told.name, told.part, told.roles, problems, related, loaders, told.forwarded])
}

/// What is said otherwise where a link was opened, by the fields of [`said`].
fn differences(before: &Value, after: &Value) -> Vec<String> {
    let fields = before.as_object().expect("an object").iter();
    let differing = fields.filter(|(field, value)| after[field.as_str()] != **value);
    differing.map(|(field, value)| format!("{field}:\n  {value}\n  {}", after[field.as_str()])).collect()
}

/// Files as somebody drops them, without a choice.
pub(crate) fn assert_inputs_travel(name: &str, inputs: &[Input]) {
    assert_travels(name, inputs, &Choices::at(at(AT)));
}

/// A file by itself.
pub(crate) fn assert_file_travels(name: &str, bytes: &[u8]) {
    assert_inputs_travel(name, &[Input { name: name.to_owned(), bytes: bytes.to_vec(), ..Input::default() }]);
}

fn assert_travels(name: &str, inputs: &[Input], choices: &Choices) {
    assert_inventory_travels(name, &Inventory::from_inputs(inputs), choices, None);
}

fn assert_inventory_travels(name: &str, inventory: &Inventory, choices: &Choices, roots: Option<&PublicRoots>) {
    let before = report(inventory, choices);
    let content = Content::for_answer(inventory, choices, &before);
    let roles = inspect::roles(inventory, &Graph::build(inventory.certificates.clone()), choices);
    if let Some(without_report) = Content::without_report(inventory, choices, &roles) {
        assert_eq!(without_report, content, "{name}");
    }
    let content = content.with_note(name);
    let opened = share::unpack(&share::pack(&content)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(opened, content, "{name}");
    let mut again = Inventory::from_inputs(&opened.inputs());
    roots.into_iter().for_each(|roots| again.add_public_roots(roots));
    let after = report(&again, &opened.choices());
    let differences = differences(&said(inventory, &before), &said(&again, &after));
    assert!(differences.is_empty(), "{name}:\n{}", differences.join("\n"));
    let not_told = |code: &str| NOT_TOLD.iter().any(|(other, _)| *other == code);
    assert!(!after.findings.iter().any(|finding| not_told(&finding.code)), "{name}");
    assert!(!is_about_secrets_alone(&again, &after), "{name}");
    assert_eq!(after.engines, renumbered(&before, &after), "{name}");
    if content.left_out == 0 {
        assert_eq!(opened.choices(), Choices { sent_roles: choices.roles.clone(), ..choices.clone() }, "{name}");
    }
    // A link made of a link is the same link.
    let second = Content::for_answer(&again, &opened.choices(), &after).with_note(name);
    assert_eq!(second.left_out, 0, "{name}");
    assert_eq!(Content { left_out: content.left_out, ..second }, content, "{name}");
}

/// The verdicts of `before`, with the certificates numbered as `after` numbers them.
fn renumbered(before: &Report, after: &Report) -> Vec<EngineVerdict> {
    let number = |id: &usize| {
        let digest = &before.certificates[*id].sha256;
        after.certificates.iter().position(|it| it.sha256 == *digest).expect("a certificate that a verdict is about")
    };
    let mut verdicts = before.engines.clone();
    for verdict in &mut verdicts {
        verdict.chains.iter_mut().flatten().for_each(|id| *id = number(id));
        for attempt in &mut verdict.trail {
            attempt.path.iter_mut().for_each(|id| *id = number(id));
            attempt.candidate = attempt.candidate.as_ref().map(number);
        }
    }
    verdicts
}

/// The files directly in a folder, in order.
fn files(folder: &Path) -> Vec<Input> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    let input = |path: &PathBuf| Input {
        name: path.file_name().unwrap().to_str().unwrap().to_owned(),
        bytes: fs::read(path).unwrap(),
        ..Input::default()
    };
    paths.iter().map(input).collect()
}

/// Every folder of the test data that holds files.
fn folders(folder: &Path, found: &mut Vec<PathBuf>) {
    found.push(folder.to_owned());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            folders(&path, found);
        }
    }
    found.sort();
}

#[test]
fn every_example_travels_by_link() {
    for example in EXAMPLES {
        assert_travels(example.name, &example.inputs(), &Choices::at(at(example.at)));
    }
}

#[test]
fn every_fixture_travels_by_link() {
    let mut found = Vec::new();
    folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data"), &mut found);
    let mut travelled = 0;
    for folder in found {
        let mut inputs = files(&folder);
        // Recorded verdicts are no certificates.
        inputs.retain(|input| !input.name.ends_with(".json") && !input.name.ends_with(".tsv"));
        if !inputs.is_empty() {
            assert_travels(folder.to_str().unwrap(), &inputs, &Choices::at(at(AT)));
            travelled += 1;
        }
    }
    assert!(travelled > 50, "{travelled} folders");
}

#[test]
fn every_incident_travels_by_link() {
    let roots = PublicRoots::bundled();
    for row in incident::rows() {
        let (inputs, roles) = row.inputs();
        let mut inventory = Inventory::from_inputs(&inputs);
        inventory.add_public_roots(&roots);
        let mut choices = Choices::at(at(incident::AT));
        for (index, source) in inventory.sources.iter().enumerate() {
            choices.roles.extend(roles[source.input].map(|role| (index, vec![role])));
        }
        assert_inventory_travels(&row.folder, &inventory, &choices, Some(&roots));
    }
}

/// Files that some programs cannot read, in every way that is known.
#[test]
fn every_damaged_file_travels_by_link() {
    let damaged = loader::damaged_files(&recorded::path("loaders/files.json"));
    let mut told = 0;
    for (name, bytes) in damaged {
        let input = Input { name: format!("{name}.pem"), bytes, ..Input::default() };
        let inventory = Inventory::from_inputs(std::slice::from_ref(&input));
        told += usize::from(inventory.sources.iter().any(|source| source.loading.is_some()));
        assert_inputs_travel(&name, &[input]);
    }
    assert!(told > 300, "{told}");
}

#[test]
fn choices_travel_too() {
    let example = EXAMPLES.first().expect("an example");
    let mut roles = BTreeMap::new();
    roles.insert(0, vec![Role::Bundle, Role::Peer]);
    roles.insert(2, vec![Role::Other]);
    for instant in ["1950-01-01T00:00:00Z", "2049-12-31T23:59:59Z"] {
        let choices = Choices {
            roles: roles.clone(),
            sent_roles: roles.clone(),
            peer: Some("ctrl2.tls.crt".to_owned()),
            purpose: Some(Purpose::Server),
            host: Some(Host::named("controller.example")),
            ..Choices::at(at(instant))
        };
        assert_travels(instant, &example.inputs(), &choices);
        for store in StoreKind::ALL {
            let program = Program::ALL.iter().find(|program| program.name() == "nginx").copied();
            let choices = Choices { store: Some(store), lens: Some(Lens::Chains), program, ..choices.clone() };
            assert_travels(store.name(), &example.inputs(), &choices);
        }
    }
}

/// What stands in the trust store beside the roots that the chains lead to is not sent.
#[test]
fn roots_that_no_chain_leads_to_are_left_out_and_counted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let read = |path: &str| fs::read(folder.join(path)).expect("a file");
    let [own, other] = ["mtls-scenarios/ec-00-ok/pool.pem", "openziti-ha/distinct/edge-root.crt"].map(read);
    let chain =
        Input { name: "chain.pem".to_owned(), bytes: read("mtls-scenarios/ec-00-ok/chain.pem"), ..Input::default() };
    let store = |bytes: Vec<u8>| Input { name: "roots.pem".to_owned(), bytes, ..Input::default() };
    let shared = |inputs: &[Input], lens: Lens| {
        let (inventory, choices) =
            (Inventory::from_inputs(inputs), Choices { lens: Some(lens), ..Choices::at(at(AT)) });
        Content::for_answer(&inventory, &choices, &report(&inventory, &choices))
    };
    let both = [store([other.clone(), own.clone()].concat()), chain.clone()];
    let content = shared(&both, Lens::Chains);
    assert_eq!((content.left_out, content.sources[0].certificates.len()), (1, 1));
    assert_eq!(
        content.certificates,
        Content::of(&Inventory::from_inputs(&[store(own), chain.clone()]), &Choices::at(at(AT))).certificates
    );
    // A router's own roots come from the whole store; without a chain there is nothing to lead anywhere.
    assert_eq!(shared(&both, Lens::Router).left_out, 0);
    assert_eq!(shared(&both[..1], Lens::Chains).left_out, 0);
    // A store that holds nothing else is still a store.
    let content =
        shared(&[store([other.clone(), read("openziti-ha/same/edge-root.crt")].concat()), chain], Lens::Chains);
    assert_eq!((content.left_out, content.sources[0].certificates.len()), (1, 1));
}

/// Whoever opens it learns why, instead of that it is damaged.
#[test]
fn a_link_of_a_newer_version_is_refused_in_words() {
    let link = format!("https://rootlens.example/#v2.{}", "A".repeat(40));
    let error = share::unpack(&link).expect_err("a newer version");
    assert!(error.to_string().starts_with("This link was made by a newer version of rootlens"), "{error}");
}

/// Seven of the smallest: the root, three signers that it issued, and three signers of other roots with one name.
#[test]
fn seven_small_certificates_make_a_short_link() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/openziti-ha");
    let names = ["distinct/edge-root.crt", "distinct/signer1.crt", "distinct/signer2.crt", "distinct/signer3.crt"];
    let more = ["same/signer1.crt", "same/signer2.crt", "same/edge-root.crt"];
    let input = |name: &&str| Input {
        name: name.replace('/', "-"),
        bytes: fs::read(folder.join(name)).expect("a certificate"),
        ..Input::default()
    };
    let given: Vec<Input> = names.iter().chain(&more).map(input).collect();
    let content = Content::of(&Inventory::from_inputs(&given), &Choices::at(at(AT)));
    assert_eq!(content.certificates.len(), 7);
    let length = share::pack(&content).len();
    assert!(length < SHORT, "{length} characters");
}

/// The page is tested with the link that this writes.
#[test]
fn the_recorded_link_is_the_one_that_is_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let input = |name: &&str| Input {
        name: (*name).to_owned(),
        bytes: fs::read(folder.join("openziti-ha/distinct").join(name)).expect("a file"),
        ..Input::default()
    };
    let given: Vec<Input> = OPENZITI.iter().map(input).collect();
    let content = Content::of(&Inventory::from_inputs(&given), &Choices::at(at(AT)));
    let recorded = fs::read_to_string(folder.join("share/openziti.link")).expect("the recorded link");
    assert_eq!(recorded, format!("#{}\n", share::pack(&content)));
}

/// Links that were made before anything was told beside certificates and hosts: roles of parts were chosen in them.
#[test]
fn an_older_link_opens() {
    let link = fs::read_to_string(recorded::path("share/without-facts.link")).expect("the recorded link");
    let opened = share::unpack(&link).expect("a link");
    assert!(opened.sources.iter().any(|source| source.told.session.is_some() && !source.roles.is_empty()));
    let after = report(&Inventory::from_inputs(&opened.inputs()), &opened.choices());
    let row = incident::rows().into_iter().find(|row| row.folder.starts_with("22-")).expect("the row");
    let before = report(&Inventory::from_inputs(&row.inputs().0), &Choices::at(at(incident::AT)));
    let essence = |report: &Report| {
        let chain = &report.answer.chains[0];
        (report.answer.verdict, chain.cause.clone(), chain.host.clone(), chain.sentence.clone(), chain.accepts)
    };
    assert_eq!(essence(&after), essence(&before));
    assert!(after.answer.chains[0].host.is_some());
}

/// For encoders that are written elsewhere; a dictionary that changes would be another format.
#[test]
fn the_dictionary_is_the_one_that_is_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/share-link.dictionary");
    let documented = fs::read_to_string(path).expect("the documented dictionary");
    assert_eq!(documented.split_whitespace().collect::<String>(), data_encoding::BASE64.encode(&share::dictionary()));
}

/// Xorshift: the same mutations in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Changes a link as bad transports and bad people do.
fn mutated(link: &str, dice: &mut Dice) -> String {
    const SYMBOLS: &[u8] = b"ABCabc019-_.%= \n>#v";
    let mut bytes = link.as_bytes().to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(5) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..(at + 1 + dice.below(40)).min(bytes.len()))),
            2 => bytes.insert(at, SYMBOLS[dice.below(SYMBOLS.len())]),
            3 => bytes.extend_from_within(at..),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = SYMBOLS[dice.below(SYMBOLS.len())];
                }
            }
        }
    }
    String::from_utf8(bytes).expect("ASCII")
}

/// Changes what is inside, and deflates that well: only the reader of the content can notice.
fn mutated_inside(content: &Content, dice: &mut Dice) -> String {
    let mut bytes = content.to_bytes();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(3) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, 0xff),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.below(256) as u8;
                }
            }
        }
    }
    // Stored, not deflated: ten thousand times the best compression would take minutes.
    fragment(&miniz_oxide::deflate::compress_to_vec(&bytes, 0))
}

#[test]
fn ten_thousand_damaged_links_end_in_a_message_or_in_something_readable() {
    let mut dice = Dice(0x5eed_1e55);
    let content = |inputs: &[Input], instant| Content::of(&Inventory::from_inputs(inputs), &Choices::at(at(instant)));
    let mut contents: Vec<Content> = EXAMPLES.iter().map(|it| content(&it.inputs(), it.at)).collect();
    // Files of which there is more to tell than certificates.
    let told = ["containers/text", "containers/pkcs12", "incidents/14-traefik-13940-header", "revocation"];
    contents.extend(told.iter().map(|folder| content(&files(&recorded::path(folder)), AT)));
    assert!(contents[EXAMPLES.len()..].iter().all(|it| it.sources.iter().any(|it| it.told != Told::default())));
    let links: Vec<String> = contents.iter().map(share::pack).collect();
    let (mut damaged, mut readable) = (0, 0);
    for round in 0..10_000 {
        let which = round % links.len();
        let text = if round % 2 == 0 {
            mutated(&links[which], &mut dice)
        } else {
            mutated_inside(&contents[which], &mut dice)
        };
        match share::unpack(&text) {
            Err(error) => {
                assert!(!error.to_string().is_empty());
                damaged += 1;
            }
            Ok(content) => {
                let bytes: usize = content.certificates.iter().map(Vec::len).sum();
                assert!(bytes <= share::inflated_limit(text.len()), "{bytes} bytes from {}", text.len());
                // Every fiftieth goes the whole way: what came out is read as anything that is dropped on the page.
                if readable % 50 == 0 {
                    let inventory = Inventory::from_inputs(&content.inputs());
                    inspect::inspect(&inventory, &Graph::build(inventory.certificates.clone()), &content.choices());
                }
                readable += 1;
            }
        }
    }
    println!("{damaged} refused, {readable} readable");
    assert!(damaged > 4_000 && readable > 500, "{damaged} refused, {readable} readable");
}

#[test]
fn a_bomb_is_refused_before_it_is_inflated() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; 64 << 20], 9);
    assert!(bomb.len() < share::MAX_PACKED / 8, "{}", bomb.len());
    assert_eq!(share::unpack(&fragment(&bomb)), Err(LinkError::Damaged));
    assert_eq!(share::unpack(&fragment(&vec![0; share::MAX_PACKED + 3])), Err(LinkError::TooLarge));
}

/// The two things that a link does not bring about are those that it says nothing of.
#[test]
fn of_secrets_nothing_is_told() {
    let bytes = fs::read(recorded::path("containers/pkcs12/rc4-128.p12")).expect("a keystore");
    let inventory = Inventory::from_inputs(&[Input { name: "a.p12".to_owned(), bytes, ..Input::default() }]);
    let choices = Choices::at(at(AT));
    let before = report(&inventory, &choices);
    assert!(is_about_secrets_alone(&inventory, &before), "{}", before.answer.sentence);
    assert!(NOT_TOLD.iter().all(|(code, _)| before.findings.iter().any(|finding| finding.code == *code)));
    let opened = Inventory::from_inputs(&Content::of(&inventory, &choices).inputs());
    assert!(opened.sources.iter().all(|source| source.secrets.is_empty()));
    assert_eq!(report(&opened, &choices).answer.sentence, NOTHING[0]);
}

/// What a closed keystore holds is not in the link, so that no password opens it there.
#[test]
fn a_keystore_that_is_closed_stays_so() {
    let bytes = fs::read(recorded::path("containers/pkcs12/other-password.p12")).expect("a keystore");
    let inventory = Inventory::from_inputs(&[Input { name: "a.p12".to_owned(), bytes, ..Input::default() }]);
    let opened = Inventory::from_inputs(&Content::of(&inventory, &Choices::at(at(AT))).inputs());
    assert!(inventory.is_openable(0) && !opened.is_openable(0));
    assert!(opened.sources[0].needs_password());
    assert_eq!(
        opened.sources[0].problems[0].message,
        "This needs its password, and the link does not hold it. Ask for the file, or for the certificates in it."
    );
}

/// The trust store is corrected by whoever has all of it.
#[test]
fn a_file_of_which_a_part_is_left_out_is_not_written_anew() {
    let read = |path: &str| fs::read(recorded::path(path)).expect("a file");
    let scenario = "mtls-scenarios/ec-11-untrusted-root-in-chain";
    let store = [read(&format!("{scenario}/pool.pem")), read("openziti-ha/distinct/edge-root.crt")].concat();
    let input = |name: &str, bytes| Input { name: name.to_owned(), bytes, ..Input::default() };
    let inputs = [input("ca.pem", store), input("chain.pem", read(&format!("{scenario}/chain.pem")))];
    let (inventory, choices) = (Inventory::from_inputs(&inputs), Choices::at(at(AT)));
    let before = report(&inventory, &choices);
    let content = Content::for_answer(&inventory, &choices, &before);
    assert_eq!((content.left_out, content.sources[0].told.left_out), (1, 1));
    let after = report(&Inventory::from_inputs(&content.inputs()), &content.choices());
    let [before, after] = [&before, &after].map(|it| it.answer.chains[0].fix.as_ref().expect("a fix"));
    assert_eq!(before.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["ca.pem"]);
    assert_eq!((after.files.len(), after.commands.len()), (0, 0));
    let added = " The link holds only a part of ca.pem: ask for the original to correct it.";
    assert_eq!(after.sentence, format!("{}{added}", before.sentence));
    assert_eq!(after.verified_by, before.verified_by);
}

/// Changes what is told of the sources alone, so that most of it can be read; each is opened.
#[test]
fn whatever_is_told_of_a_source_is_opened_without_harm() {
    let mut dice = Dice(0xfac7_5eed);
    let folders =
        ["containers/jks", "incidents/14-traefik-13940-header", "incidents/25-krane-686-one-line-pem", "revocation"];
    let mut readable = 0;
    for folder in folders {
        let inventory = Inventory::from_inputs(&files(&recorded::path(folder)));
        let content = Content::of(&inventory, &Choices::at(at(AT)));
        let mut plain = content.clone();
        plain.sources.iter_mut().for_each(|source| (source.file, source.told) = (None, Told::default()));
        let (bytes, start) = (content.to_bytes(), plain.to_bytes().len());
        assert!(bytes.len() > start + 30, "{folder}");
        for round in 0..1_000 {
            let mut changed = bytes.clone();
            for _ in 0..=dice.below(3) {
                let at = start + dice.below(bytes.len() - start);
                changed[at] = dice.below(256) as u8;
            }
            let Ok(content) = Content::from_bytes(&changed) else { continue };
            assert!(content.sources.iter().all(|source| source.told == source.told.clone().bounded()));
            readable += 1;
            let opened = Inventory::from_inputs(&content.inputs());
            assert_eq!(opened.sources.len(), content.sources.len());
            if round % 50 == 0 {
                inspect::inspect(&opened, &Graph::build(opened.certificates.clone()), &content.choices());
            }
        }
    }
    assert!(readable > 1_000, "{readable}");
}

#[test]
fn a_private_key_is_not_in_the_link() {
    let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIMSFpVJZSQ8WH1QOR2pnzZ1lVQ8qSQbLXg7Uc1Cj0VTn\n-----END PRIVATE KEY-----\n";
    let example = EXAMPLES.first().expect("an example");
    let mut inputs = example.inputs();
    let plain = Content::of(&Inventory::from_inputs(&inputs), &Choices::at(at(AT)));
    inputs[1].bytes.extend_from_slice(key.as_bytes());
    let with_key = Content::of(&Inventory::from_inputs(&inputs), &Choices::at(at(AT)));
    assert_eq!(share::pack(&with_key), share::pack(&plain));
}
