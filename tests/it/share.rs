//! Tests of `share`: what goes into a link comes out of it, and what is damaged ends in a message.

use std::fs;
use std::path::{Path, PathBuf};

use rootlens::choices::Choices;
use rootlens::example::EXAMPLES;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::lens::Lens;
use rootlens::report::{AnswerVerdict, ChainAnswer, EngineVerdict, Report};
use rootlens::role::Role;
use rootlens::share::{self, Content, LinkError};
use rootlens::store::StoreKind;
use rootlens::time::Timestamp;
use rootlens::verifier::{Host, Program, Purpose};
use std::collections::BTreeMap;

use crate::scenario::{AT, OPENZITI};

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

/// The report without what a link does not carry: where in a file a certificate stood, under which key, and what else
/// the file held.
fn comparable(mut report: Report) -> Report {
    for source in &mut report.sources {
        source.part = None;
        // Why a source without certificates has its role is told by what else it held.
        if source.certificates.is_empty() {
            source.role_reason.clear();
        }
        source.problems.clear();
        source.secrets = 0;
        source.private_keys = 0;
        source.loaders.clear();
        source.related.clear();
        source.key_commands.clear();
        source.forwarded = None;
    }
    report.error_lines.clear();
    report.next_error = None;
    for certificate in &mut report.certificates {
        certificate.places.clear();
    }
    report.findings.retain(|finding| !["unreadable-block", "private-key", "revoked"].contains(&finding.code));
    report
}

/// What the answer comes down to, whatever certificates and reasons stand beside it.
fn verdicts(report: &Report) -> Vec<(String, AnswerVerdict, &'static str, usize, usize)> {
    let chains = report.answer.chains.iter();
    chains.map(|it| (it.chain.clone(), it.verdict, it.cause, it.accepts, it.of)).collect()
}

fn assert_travels(name: &str, inputs: &[Input], choices: &Choices) {
    let inventory = Inventory::from_inputs(inputs);
    let before = report(&inventory, choices);
    // A link carries certificates: neither the form of their files nor what programs said.
    let beside = ["unloadable-file", "chain-not-shown"];
    let is_about_more = |chain: &ChainAnswer| beside.contains(&chain.cause) || chain.detail_of_program.is_some();
    if before.answer.chains.iter().any(is_about_more) || before.answer.cause == "unloadable-file" {
        return;
    }
    let content = Content::for_answer(&inventory, choices, &before).with_note(name);
    let opened = share::unpack(&share::pack(&content)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(opened, content, "{name}");
    let again = Inventory::from_inputs(&opened.inputs());
    let after = report(&again, &opened.choices());
    assert_eq!(verdicts(&after), verdicts(&before), "{name}");
    assert_eq!(after.engines, renumbered(&before, &after), "{name}");
    if opened.choices().roles == choices.roles {
        assert_eq!(opened.choices(), *choices, "{name}");
        assert_eq!(comparable(after.clone()), comparable(before), "{name}");
    }
    // A link made of a link is the same link.
    let second = Content::for_answer(&again, &opened.choices(), &after).with_note(name);
    assert_eq!(second.left_out, 0, "{name}");
    assert_eq!(share::pack(&Content { left_out: content.left_out, ..second }), share::pack(&content), "{name}");
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
    let contents: Vec<Content> =
        EXAMPLES.iter().map(|it| Content::of(&Inventory::from_inputs(&it.inputs()), &Choices::at(at(it.at)))).collect();
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
