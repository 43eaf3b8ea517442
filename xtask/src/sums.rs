//! `SHA256SUMS`: the digest of every file of a folder, as `sha256sum -c` reads it.

use std::path::Path;

use anyhow::Result;
use data_encoding::HEXLOWER;
use fs_err as fs;
use sha2::{Digest as _, Sha256};

use crate::files::{entries, file_name};

pub const NAME: &str = "SHA256SUMS";

/// Writes the list into the folder; what an older list says is replaced.
pub fn record(folder: &Path) -> Result<()> {
    let mut lines = String::new();
    add(folder, "", &mut lines)?;
    Ok(fs::write(folder.join(NAME), lines)?)
}

/// Names stand in the order of their bytes, folder by folder, with `/` on every system.
fn add(folder: &Path, prefix: &str, lines: &mut String) -> Result<()> {
    for path in entries(folder)? {
        let name = format!("{prefix}{}", file_name(&path));
        if path.is_dir() {
            add(&path, &format!("{name}/"), lines)?;
        } else if name != NAME {
            *lines += &format!("{}  {name}\n", HEXLOWER.encode(&Sha256::digest(fs::read(&path)?)));
        }
    }
    Ok(())
}

/// The lines that only one of two lists has, for people to read.
pub fn differences(first: &str, second: &str) -> Vec<String> {
    let only = |these: &str, those: &str, mark: char| {
        let alone = these.lines().filter(|line| !those.lines().any(|other| other == *line));
        alone.map(|line| format!("{mark} {line}")).collect::<Vec<_>>()
    };
    [only(first, second, '-'), only(second, first, '+')].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_and_an_additional_file_are_named() {
        assert_eq!(differences("1  a\n2  b\n", "1  a\n2  b\n"), [""; 0]);
        assert_eq!(differences("1  a\n2  b\n", "1  a\n3  b\n4  c\n"), ["- 2  b", "+ 3  b", "+ 4  c"]);
    }

    #[test]
    fn every_file_of_every_folder_is_listed_with_its_digest() {
        let folder = std::env::temp_dir().join(format!("rootlens-sums-{}", std::process::id()));
        fs::create_dir_all(folder.join("b")).expect("folder");
        fs::write(folder.join("b/c"), "abc").expect("file");
        fs::write(folder.join("a"), "").expect("file");
        record(&folder).expect("recorded");
        record(&folder).expect("recorded again");
        let list = fs::read_to_string(folder.join(NAME)).expect("list");
        fs::remove_dir_all(folder).expect("removed");
        // The digest of the empty message, and FIPS 180-4's of "abc".
        assert_eq!(
            list,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\n\
             ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b/c\n"
        );
    }
}
