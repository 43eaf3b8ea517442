//! Tests of containers: what each file of `tests/data/containers` holds, under which entry and for what, and that a
//! damaged one ends in a problem with its place.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use rootlens::decode::{self, JavaEntry};
use rootlens::inventory::{Input, Inventory, Source};

/// A file, its sources as [`shown`] writes them, and a part of the message of each problem.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

const JKS: [Row; 6] = [
    ("jks/trust.jks", &["trustedCertEntry Trusted: Other Root=other+ Root=my root+"], &[]),
    (
        "jks/keys.jks",
        &[
            "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf keys 1",
            "trustedCertEntry Trusted: Other Root=other+",
            "second Chain: second.example=second Issuing=second Root=second keys 1",
        ],
        &[],
    ),
    ("jks/trust.jceks", &["trustedCertEntry Trusted: Other Root=other+ Root=my root+"], &[]),
    (
        "jks/keys.jceks",
        &[
            "leaf Chain: leaf.example=leaf Issuing=leaf Root=leaf keys 1",
            "trustedCertEntry Trusted: Other Root=other+",
            "-:  keys 1",
        ],
        &[],
    ),
    ("jks/version-1.jks", &["trustedCertEntry Trusted: Root=old+"], &[]),
    ("jks/empty.jks", &["-: "], &["This Java keystore (JKS) has no entries"]),
];

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/data/containers"].iter().collect()
}

fn bytes(file: &str) -> Vec<u8> {
    fs::read(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn inventory(file: &str, bytes: Vec<u8>) -> Inventory {
    Inventory::from_inputs(&[Input { name: file.to_owned(), bytes }])
}

/// A source as text: its key and what it means; its certificates in order, each with its alias and `+` if Java trusts
/// it, `-` if Java does not see it; the number of keys.
fn shown(source: &Source, inventory: &Inventory) -> String {
    let certificate = |placement: &rootlens::inventory::Placement| {
        let name = inventory.certificates[placement.certificate.0].short_name();
        let entry = placement.entry.as_ref().map(|entry| {
            let java = match entry.java {
                JavaEntry::Trusted => "+",
                JavaEntry::Chain => "",
                JavaEntry::Nothing => "-",
            };
            format!("={}{java}", entry.alias.as_deref().unwrap_or_default())
        });
        name + &entry.unwrap_or_default()
    };
    let certificates: Vec<String> = source.placements.iter().map(certificate).collect();
    let part = source.part.as_ref().map_or("-".to_owned(), |part| format!("{} {:?}", part.key, part.meaning));
    let keys = if source.secrets.is_empty() { String::new() } else { format!(" keys {}", source.secrets.len()) };
    format!("{part}: {}{keys}", certificates.join(" "))
}

#[track_caller]
fn expect(file: &str, bytes: Vec<u8>, sources: &[&str], problems: &[&str]) {
    let inventory = inventory(file, bytes);
    let mut found: Vec<String> = inventory.sources.iter().map(|source| shown(source, &inventory)).collect();
    let mut wanted = sources.to_vec();
    // A store of Java is a table of hashes, so that its entries have no order.
    found.sort();
    wanted.sort_unstable();
    assert_eq!(found, wanted, "{file}");
    let messages: Vec<&str> =
        inventory.sources.iter().flat_map(|source| &source.problems).map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages.len(), problems.len(), "{file}: {messages:?}");
    for (message, part) in messages.iter().zip(problems) {
        assert!(message.contains(part), "{file}: {message}");
    }
}

/// Every table with the folder that it is about.
const TABLES: [(&str, &[Row]); 1] = [("jks", &JKS)];

#[test]
fn every_container_yields_what_is_in_it() {
    for (folder, table) in TABLES {
        for (file, sources, problems) in table {
            assert!(file.starts_with(folder));
            expect(file, bytes(file), sources, problems);
        }
    }
}

#[test]
fn the_tables_have_every_file() {
    for (name, table) in TABLES {
        let entries = fs::read_dir(folder().join(name)).expect(name);
        let files = entries.map(|entry| format!("{name}/{}", entry.unwrap().file_name().into_string().unwrap()));
        let wanted: BTreeSet<String> = table.iter().map(|(file, ..)| (*file).to_owned()).collect();
        assert_eq!(files.collect::<BTreeSet<String>>(), wanted);
    }
}

#[test]
fn every_place_in_a_keystore_is_that_of_the_certificate() {
    for file in ["jks/keys.jks", "jks/keys.jceks", "jks/version-1.jks"] {
        let bytes = bytes(file);
        let decoded = decode::read(&bytes);
        assert!(!decoded.items.is_empty(), "{file}");
        for item in decoded.items {
            assert_eq!(bytes[item.place.bytes], item.der, "{file}");
        }
    }
}

#[test]
fn a_cut_keystore_says_where_it_is_cut() {
    let whole = bytes("jks/keys.jks");
    let count = decode::read(&whole).items.len();
    // The digest at the end is not read.
    for length in 4..whole.len() - 20 {
        let decoded = decode::read(&whole[..length]);
        assert!(decoded.items.len() <= count);
        let problem = decoded.problems.last().unwrap_or_else(|| panic!("{length}"));
        assert!(problem.message.contains("breaks off or is damaged at byte"), "{length}: {}", problem.message);
        assert_eq!(problem.place.bytes.end, length);
    }
}

#[test]
fn absurd_lengths_end_in_a_problem() {
    let whole = bytes("jks/keys.jceks");
    for position in 4..whole.len() {
        let mut damaged = whole.clone();
        for byte in damaged.iter_mut().skip(position).take(4) {
            *byte = 0xff;
        }
        let decoded = decode::read(&damaged);
        assert!(!decoded.items.is_empty() || !decoded.problems.is_empty() || !decoded.secrets.is_empty(), "{position}");
    }
}
