//! The tables of `docs/dependencies.md` name the crates that the core links, in their versions.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::layering;

/// Name and version of each row of the tables in a document.
fn rows(document: &str) -> BTreeSet<(String, String)> {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<String>>();
    let rows = document.lines().map(cells).filter(|cells| cells.len() == 8);
    let crates = rows.filter(|cells| cells[2].starts_with(|first: char| first.is_ascii_digit()));
    crates.map(|cells| (cells[1].clone(), cells[2].clone())).collect()
}

#[test]
fn each_crate_of_the_core_was_looked_at_in_its_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dependencies.md");
    let listed = rows(&fs::read_to_string(path).expect("a document"));
    let linked: BTreeSet<(String, String)> = ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"]
        .into_iter()
        .flat_map(layering::packages)
        .filter(|(name, _)| name != "rootlens")
        .flat_map(|(name, versions)| versions.into_iter().map(move |version| (name.clone(), version)))
        .map(|(name, version)| (name, version.trim_start_matches('v').to_owned()))
        .collect();
    let missing: Vec<_> = linked.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&linked).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not in docs/dependencies.md: {missing:?}; no longer linked: {gone:?}"
    );
}

#[test]
fn a_row_is_a_crate_with_a_version() {
    let document = "| crate | version | licence | for | unsafe code | fuzzed upstream |\n|---|---|---|---|---|---|\n\
                    | nom | 7.1.3 | MIT | x | 6: y | z |\n| a | b |\n";
    assert_eq!(rows(document), BTreeSet::from([("nom".to_owned(), "7.1.3".to_owned())]));
}
