//! What each loader makes of files, against what its program made of them (`tests/record/loaders/`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use rootlens::digest::sha256;
use rootlens::loader::{Loaded, Loader, load};

/// Files on which a loader differs from its program, with the reason; a row that no longer holds fails.
const DIFFERENCES: &[(Loader, &str, &str)] = &[(
    Loader::Gnutls,
    "damaged_der-0",
    "the explicit tag of the version is too short for what it holds; libtasn1 does not look at that length, our model does",
)];

/// Files of which each loader must make what its program makes, in a thousand.
const LEAST_AGREEMENT: usize = 990;

/// Loader, file, what it makes of it and what its program made of it.
type Difference = (Loader, String, String, String);

#[test]
fn variants_are_loaded_as_their_programs_load_them() {
    let table = recorded(&data("loaders").join("pem-variants.tsv"));
    let different = differences(&table, |file| fs::read(data("pem-variants").join(file)).unwrap());
    assert_eq!(table.len(), 40);
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn damaged_files_are_loaded_as_their_programs_load_them() {
    let files = damaged_files(&data("loaders").join("files.json"));
    let table = recorded(&data("loaders").join("loaded.tsv"));
    assert_eq!(table.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    let different = differences(&table, |file| files[file].clone());
    let is_listed = |(loader, file, ..): &Difference| DIFFERENCES.iter().any(|row| row.0 == *loader && row.1 == file);
    let unlisted: Vec<_> = different.iter().filter(|one| !is_listed(one)).collect();
    assert!(unlisted.is_empty(), "{} {unlisted:#?}", unlisted.len());
    let differs = |row: &(Loader, &str, &str)| different.iter().any(|one| (one.0, one.1.as_str()) == (row.0, row.1));
    let outdated: Vec<_> = DIFFERENCES.iter().filter(|row| !differs(row)).collect();
    assert!(outdated.is_empty(), "these agree: {outdated:#?}");
    for loader in Loader::ALL {
        let agreed = files.len() - different.iter().filter(|one| one.0 == loader).count();
        assert!(agreed * 1000 >= files.len() * LEAST_AGREEMENT, "{loader:?}: {agreed} of {}", files.len());
    }
}

/// Other files of the generator and what the programs made of them, parted by a colon: `tests/record/README.md` says how.
#[test]
fn further_files_are_loaded_as_their_programs_load_them() {
    let Ok(paths) = std::env::var("ROOTLENS_LOADERS") else { return };
    let (files, table) = paths.split_once(':').unwrap();
    let files = damaged_files(files.as_ref());
    let different = differences(&recorded(table.as_ref()), |file| files[file].clone());
    assert!(different.is_empty(), "{} {different:#?}", different.len());
}

fn data(folder: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/data", folder].iter().collect()
}

/// The generator's output: a character for each octet.
fn damaged_files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let text = fs::read_to_string(path).unwrap();
    let files: BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
    let octets = |text: String| text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    files.into_iter().map(|(name, text)| (name, octets(text))).collect()
}

/// The cells of a table, by file and by column.
fn recorded(path: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut rows = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    let titles = rows.next().unwrap();
    rows.map(|row| (row[0].clone(), titles.iter().cloned().zip(row).collect())).collect()
}

fn differences(table: &BTreeMap<String, BTreeMap<String, String>>, read: impl Fn(&str) -> Vec<u8>) -> Vec<Difference> {
    let mut different = Vec::new();
    for (file, row) in table {
        let input = read(file);
        for loader in Loader::ALL {
            let Some(recorded) = row.get(loader.name()) else { continue };
            let (digests, words) = recorded.split_once(" !").map_or((recorded.as_str(), None), |(d, w)| (d, Some(w)));
            let loaded = load(loader, &input);
            if cell(&loaded) != digests || loaded.refused.is_some() != words.is_some() {
                let ours = format!("{} {:?}", cell(&loaded), loaded.refused);
                different.push((loader, file.clone(), ours, recorded.clone()));
            }
        }
    }
    different
}

/// The beginnings of the digests of what was loaded, as the recorders write them.
fn cell(loaded: &Loaded) -> String {
    let digest = |der: &[u8]| HEXLOWER.encode(&sha256(der)[..4]);
    let digests: Vec<String> = loaded.certificates.iter().map(|block| digest(&block.der)).collect();
    if digests.is_empty() { "-".to_owned() } else { digests.join(",") }
}
