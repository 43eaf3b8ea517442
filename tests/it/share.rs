//! Tests of `share`: what goes into a link comes out of it, and what is damaged ends in a message.

use std::fs;
use std::path::{Path, PathBuf};

use rootlens::choices::Choices;
use rootlens::example::EXAMPLES;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::report::Report;
use rootlens::role::Role;
use rootlens::share::{self, Content, LinkError};
use rootlens::time::Timestamp;
use rootlens::verifier::{Host, Purpose};
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

/// The report without what a link does not carry: where in a file a certificate stood, under which key, and what else
/// the file held.
fn comparable(inventory: &Inventory, choices: &Choices) -> Report {
    let mut report = inspect::inspect(inventory, &Graph::build(inventory.certificates.clone()), choices).report;
    for source in &mut report.sources {
        source.part = None;
        // Why a source without certificates has its role is told by what else it held.
        if source.certificates.is_empty() {
            source.role_reason.clear();
        }
        source.problems.clear();
        source.secrets = 0;
    }
    for certificate in &mut report.certificates {
        certificate.places.clear();
    }
    report.findings.retain(|finding| !["unreadable-block", "private-key"].contains(&finding.code));
    report
}

fn assert_travels(name: &str, inputs: &[Input], choices: &Choices) {
    let inventory = Inventory::from_inputs(inputs);
    let content = Content::of(&inventory, choices);
    let opened = share::unpack(&share::pack(&content)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(opened, content, "{name}");
    assert_eq!(opened.choices(), *choices, "{name}");
    let again = Inventory::from_inputs(&opened.inputs());
    assert_eq!(comparable(&again, choices), comparable(&inventory, choices), "{name}");
    // A link made of a link is the same link.
    assert_eq!(share::pack(&Content::of(&again, choices)), share::pack(&content), "{name}");
}

/// The files directly in a folder, in order.
fn files(folder: &Path) -> Vec<Input> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    let input = |path: &PathBuf| Input {
        name: path.file_name().unwrap().to_str().unwrap().to_owned(),
        bytes: fs::read(path).unwrap(),
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
            peer: Some("ctrl2.tls.crt".to_owned()),
            purpose: Some(Purpose::Server),
            host: Some(Host::named("controller.example")),
            ..Choices::at(at(instant))
        };
        assert_travels(instant, &example.inputs(), &choices);
    }
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
