//! Reading the files under `tests/data`.

use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::BASE64_MIME_PERMISSIVE;
use rootlens::certificate::Certificate;

/// The path of a file or folder under `tests/data`.
pub(crate) fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(relative)
}

/// The text of a file under `tests/data`.
pub(crate) fn text(relative: &str) -> String {
    fs::read_to_string(path(relative)).unwrap_or_else(|error| panic!("tests/data/{relative}: {error}"))
}

/// The certificates in a clean PEM file, in order.
pub(crate) fn certificates(relative: &str) -> Vec<Certificate> {
    let parse = |der: Vec<u8>| Certificate::parse(&der).unwrap_or_else(|reason| panic!("{relative}: {reason}"));
    pem_blocks(&text(relative)).into_iter().map(parse).collect()
}

/// The only certificate in a clean PEM file.
pub(crate) fn certificate(relative: &str) -> Certificate {
    let mut certificates = certificates(relative);
    assert_eq!(certificates.len(), 1, "{relative} holds one certificate");
    certificates.remove(0)
}

/// Names of the files in a folder under `tests/data` that end in `suffix`, sorted.
pub(crate) fn files(folder: &str, suffix: &str) -> Vec<String> {
    let entries = fs::read_dir(path(folder)).unwrap_or_else(|error| panic!("tests/data/{folder}: {error}"));
    let names = entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(suffix)).collect();
    names.sort();
    names
}

/// Names of the folders in a folder under `tests/data`, sorted.
pub(crate) fn folders(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(path(folder)).unwrap_or_else(|error| panic!("tests/data/{folder}: {error}"));
    let folders = entries.map(|entry| entry.expect("readable")).filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn pem_blocks(text: &str) -> Vec<Vec<u8>> {
    let blocks = text.split("-----BEGIN CERTIFICATE-----").skip(1);
    let bodies = blocks.map(|block| block.split("-----END CERTIFICATE-----").next().unwrap_or_default());
    bodies.map(|body| BASE64_MIME_PERMISSIVE.decode(body.trim().as_bytes()).expect("base64")).collect()
}
