//! What each loader makes of files, against what its program made of them (`tests/record/loaders/`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use rootlens::digest::sha256;
use rootlens::loader::{Loaded, Loader, compare, load, mended};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use x509_parser::pem::Pem;

/// Files on which a loader differs from its program, with the reason; a row that no longer holds fails.
const DIFFERENCES: &[(Loader, &str, &str)] = &[];

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
#[cfg_attr(not(further_loaders), ignore = "needs files named in ROOTLENS_LOADERS")]
fn further_files_are_loaded_as_their_programs_load_them() {
    let paths = std::env::var("ROOTLENS_LOADERS").unwrap();
    let (files, table) = paths.split_once(':').unwrap();
    let files = damaged_files(files.as_ref());
    let different = differences(&recorded(table.as_ref()), |file| files[file].clone());
    assert!(different.is_empty(), "{} {different:#?}", different.len());
}

/// The words of a refusal are a part of the program's, without what those quote of the file.
#[test]
fn words_are_those_of_the_programs() {
    let files = damaged_files(&data("loaders").join("files.json"));
    let mut wrong = Vec::new();
    for (file, row) in recorded(&data("loaders").join("loaded.tsv")) {
        for loader in Loader::ALL {
            let recorded = row.get(loader.name()).and_then(|cell| cell.split_once(" !"));
            let (Some((_, theirs)), Some(refusal)) = (recorded, load(loader, &files[&file]).refused) else { continue };
            if !theirs.replace('\\', "").contains(&refusal.words) {
                wrong.push((loader, file.clone(), refusal, theirs.to_owned()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} {wrong:#?}", wrong.len());
}

/// The counts of an earlier measurement, which asked the crates as well: `count`, `true/count`, `count+error` or `ERR`.
#[test]
fn variants_are_counted_as_before() {
    const COLUMNS: [(&str, Loader); 7] = [
        ("Go1.27", Loader::GoAppend),
        ("OpenSSL-store", Loader::OpensslStore),
        ("OpenSSL-CAfile", Loader::OpensslCaFile),
        ("Java17", Loader::Java),
        ("pyca", Loader::Pyca),
        ("pki-types", Loader::Rustls),
        ("x509-parser", Loader::X509Parser),
    ];
    let table = recorded(&data("loaders").join("pem-variants-counted.tsv"));
    assert_eq!(table.len(), 40);
    for (file, row) in table {
        let input = fs::read(data("pem-variants").join(&file)).unwrap();
        for (column, loader) in COLUMNS {
            let cell = &row[column];
            let loaded = load(loader, &input);
            let digits = cell.trim_start_matches("true/").trim_start_matches("false/");
            let count = digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
            assert_eq!(loaded.certificates.len(), count, "{file} {column}");
            if cell == "ERR" || cell.contains('+') {
                assert!(loaded.refused.is_some(), "{file} {column}");
            }
        }
    }
}

/// What people should be told of three files that were reported: how many, or the line and the reason.
#[test]
fn incidents_name_their_line() {
    const GLUED: &str = "12-simp_le-149-glued/dovecot-fullchain.pem";
    const GARBAGE: &str = "13-rustls-native-certs-48-garbage/ca-certificates.crt";
    const ONE_LINE: &str = "25-krane-686-one-line-pem/tls.crt";
    for (file, loader, count, fault) in [
        (GLUED, Loader::GoAppend, 0, Some((12, "text follows END on the same line"))),
        (GLUED, Loader::OpensslCaFile, 0, Some((12, "text follows END on the same line"))),
        (GLUED, Loader::Java, 0, Some((12, "text follows END on the same line"))),
        (GLUED, Loader::Rustls, 1, Some((12, "BEGIN is not at the start of a line"))),
        (GLUED, Loader::Gnutls, 3, None),
        (GARBAGE, Loader::Java, 0, Some((1524, "binary data there is not a certificate"))),
        (GARBAGE, Loader::OpensslCaFile, 144, None),
        (GARBAGE, Loader::GoAppend, 144, None),
        (ONE_LINE, Loader::GoKeyPair, 0, Some((1, "END is not at the start of a line"))),
        (ONE_LINE, Loader::OpensslChain, 0, Some((1, "text follows BEGIN on the same line"))),
    ] {
        let loaded = load(loader, &fs::read(data("incidents").join(file)).unwrap());
        let said = loaded.first_fault().map(|(line, reason)| (line, reason.to_string()));
        assert_eq!(loaded.certificates.len(), count, "{file} {loader:?}");
        assert_eq!(said, fault.map(|(line, reason)| (line, reason.to_owned())), "{file} {loader:?}");
        assert_eq!(fault.is_some() && loaded.lost.is_empty(), loaded.refused.is_some(), "{file} {loader:?}");
    }
}

/// The certificates of every variant, written anew, are read by every loader, and so are those of every damaged file that
/// all programs can parse.
#[test]
fn mended_files_are_read_by_every_loader() {
    let damaged = damaged_files(&data("loaders").join("files.json"));
    let variants = recorded(&data("loaders").join("pem-variants.tsv")).into_keys();
    let variants = variants.map(|file| (file.clone(), fs::read(data("pem-variants").join(file)).unwrap()));
    let mut mended_files = 0;
    for (file, input) in variants.chain(damaged.into_iter().filter(|(file, _)| !file.contains("der"))) {
        let Some(text) = mended(&input) else { continue };
        let comparison = compare(text.as_bytes());
        assert!(comparison.there > 0 && comparison.all_agree(), "{file} {comparison:#?}");
        assert!(text.lines().all(|line| line.len() <= 64), "{file}");
        assert_eq!(mended(text.as_bytes()).as_ref(), Some(&text), "{file}");
        mended_files += 1;
    }
    assert!(mended_files > 300, "{mended_files}");
    assert_eq!(mended(b""), None);
}

/// The two crates, called as their documentation has it.
#[test]
fn crates_give_what_their_loaders_say() {
    for (file, input) in damaged_files(&data("loaders").join("files.json")) {
        let mut blocks = CertificateDer::pem_slice_iter(&input);
        let taken: Vec<Vec<u8>> = blocks.by_ref().map_while(Result::ok).map(|der| der.to_vec()).collect();
        let is_anchor = |der: &&Vec<u8>| webpki::anchor_from_trusted_cert(&der.as_slice().into()).is_ok();
        assert_eq!(ders(&load(Loader::Rustls, &input)), taken.iter().filter(is_anchor).collect::<Vec<_>>(), "{file}");

        let mut blocks = Pem::iter_from_buffer(&input);
        let blocks: Vec<Pem> = blocks.by_ref().map_while(Result::ok).collect();
        let is_certificate = |pem: &&Pem| pem.parse_x509().is_ok();
        let contents: Vec<&Vec<u8>> = blocks.iter().filter(is_certificate).map(|pem| &pem.contents).collect();
        assert_eq!(ders(&load(Loader::X509Parser, &input)), contents, "{file}");
    }
}

/// One certificate, changed, and what a loader says of it.
#[test]
fn reasons_say_what_is_wrong_and_where() {
    let good = fs::read_to_string(data("pem-variants").join("00-normal")).unwrap();
    let end = good.find("-----END").unwrap() + "-----END CERTIFICATE-----\n".len();
    let one = &good[..end];
    let first = one.lines().nth(1).unwrap();
    let last = one.lines().count();
    let middle = format!("{first}\n");
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    for (loader, input, line, reason) in [
        (Loader::GoAppend, format!("x {one}"), 1, "BEGIN is not at the start of a line"),
        (Loader::GoAppend, format!("\u{feff}{one}"), 1, "a byte order mark precedes BEGIN"),
        (Loader::GoAppend, one.replace('\n', "\r"), 1, "its lines end in CR without LF"),
        (Loader::GoAppend, one.replace(&middle, &format!("A: b\n\n{middle}")), 1, "the block has header lines"),
        (Loader::GoAppend, one.replace("-----END", " -----END"), 1, "END is not at the start of a line"),
        (
            Loader::GoAppend,
            one.replace("CERTIFICATE-----\nMI", "CERTIFICATE----\nMI"),
            1,
            "the BEGIN line is malformed",
        ),
        (Loader::GoAppend, one.replace(first, "MIIB"), 1, "the content is not a certificate it can read"),
        (Loader::GoKeyPair, key.to_owned(), 1, "it finds no certificate"),
        (Loader::OpensslCaFile, one.replace(&middle, &format!("{middle}\n")), 1, "the block has header lines"),
        (Loader::OpensslCaFile, one.replace(&middle, &format!("\n{middle}\n")), 4, "the block has a second blank line"),
        (
            Loader::OpensslCaFile,
            one.replace(&middle, &format!("\nMIIB\n{middle}")),
            4,
            "a line after a blank line is too short",
        ),
        (
            Loader::OpensslCaFile,
            one.replace(&middle, &format!("\nAAAA{middle}")),
            3,
            "a line after a blank line is too long",
        ),
        (Loader::OpensslCaFile, one.replace(&middle, &format!("\0{middle}")), 1, "a NUL byte ends the file for it"),
        (Loader::OpensslCaFile, format!("{one}{key}"), last + 1, "the block with the label PRIVATE KEY is broken"),
        (Loader::OpensslCaFile, one.replace(first, "AA?A"), 2, "`?` stands in the base64"),
        (
            Loader::OpensslChain,
            one.replace("END CERTIFICATE", "END CERT"),
            last,
            "the END line does not match the BEGIN line",
        ),
        (
            Loader::OpensslStore,
            format!("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n{one}"),
            1,
            "the block is empty",
        ),
        (Loader::Java, format!("{one}{key}"), last + 1, "it does not read blocks with the label PRIVATE KEY"),
        (
            Loader::Java,
            format!("{one}{}", one.replace("-----END", "-----BEGIN CERTIFICATE-----\n-----END")),
            2 * last,
            "another BEGIN comes before END",
        ),
        (Loader::Java, one.replace("-----END CERTIFICATE-----\n", ""), 1, "the END line is missing"),
        (Loader::Java, format!("{one}0\u{3}abc"), last + 1, "binary data there is not a certificate"),
        (Loader::KeytoolImport, good.clone(), last + 1, "it takes the first certificate only"),
        (
            Loader::Pyca,
            one.replace(&middle, &format!("{middle}\n")),
            2,
            "a blank line makes it take what comes before for header lines",
        ),
        (Loader::Pyca, one.replace('=', ""), last - 1, "the base64 is cut off or wrongly padded"),
        (Loader::Gnutls, one.replace("-----END", "-----BEGIN CERTIFICATE-----\n-----END"), last, "the block is empty"),
        (
            Loader::Rustls,
            one.replace("BEGIN C", "BEGIN X509 C").replace("END C", "END X509 C"),
            1,
            "it does not read blocks with the label X509 CERTIFICATE",
        ),
        (
            Loader::X509Parser,
            one.replace("CERTIFICATE-----\nMI", "CERTIFICATE-----MI"),
            1,
            "text follows BEGIN on the same line",
        ),
    ] {
        let loaded = load(loader, input.as_bytes());
        let said = loaded.first_fault().map(|(line, reason)| (line, reason.to_string()));
        assert_eq!(said, Some((line, reason.to_owned())), "{loader:?} {input}");
    }
}

/// Blocks that begin inside each other, of which OpenSSL's store reads the rest of the file again for each: we stop.
#[test]
fn blocks_inside_blocks_are_given_up_in_time() {
    let begins = "-----BEGIN CERTIFICATE-----\n".repeat(20_000);
    for (end, reason) in [("", "the END line is missing"), ("-----END CERTIFICATE-----\n", NOT_SETTLED)] {
        for (loader, loaded) in compare(format!("{begins}{end}").as_bytes()).loaded {
            assert!(loaded.certificates.is_empty(), "{loader:?}");
            let said = loaded.lost.last().map(|lost| lost.reason.to_string());
            assert!(loader != Loader::OpensslStore || said.as_deref() == Some(reason), "{said:?}");
        }
    }
}

const NOT_SETTLED: &str = "too many blocks begin inside each other to say what it does";

/// Neither reasons nor words repeat a line of the file, which may be one of a private key.
#[test]
fn nothing_of_the_file_is_repeated() {
    let mut files = damaged_files(&data("loaders").join("files.json"));
    let key = fs::read_to_string(data("pem-variants").join("37-key-then-cert")).unwrap();
    let secret = key.lines().nth(1).unwrap().to_owned();
    files.insert("label".to_owned(), format!("-----BEGIN {secret}-----\nAAAA\n-----END {secret}-----\n").into());
    files.insert("end".to_owned(), key.replace("END PRIVATE KEY-----", &format!("END {secret}")).into());
    files.insert("begin".to_owned(), key.replace("KEY-----\nMIG", "KEY-----MIG").into());
    for (file, input) in files {
        let text = String::from_utf8_lossy(&input).into_owned();
        let lines = text.split(['\n', '\r']).filter(|line| line.len() >= 16 && !line.contains("CERT"));
        let beginnings: Vec<String> = lines.map(|line| line.chars().take(8).collect()).collect();
        for (loader, loaded) in compare(&input).loaded {
            let lost = loaded.lost.iter().map(|lost| format!("{} {:?}", lost.reason, lost.reason));
            let refused = loaded.refused.iter().map(|one| format!("{} {:?} {}", one.reason, one.reason, one.words));
            let said: String = lost.chain(refused).collect();
            assert!(!beginnings.iter().any(|beginning| said.contains(beginning)), "{file} {loader:?}: {said}");
        }
    }
}

fn ders(loaded: &Loaded) -> Vec<&Vec<u8>> {
    loaded.certificates.iter().map(|block| &block.der).collect()
}

fn data(folder: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/data", folder].iter().collect()
}

/// The generator's output: a character for each octet.
pub(crate) fn damaged_files(path: &Path) -> BTreeMap<String, Vec<u8>> {
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
