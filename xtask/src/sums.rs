//! `SHA256SUMS`: the digest of every file of a folder, as `sha256sum -c` reads it.

use std::path::Path;

use crate::digest::sha256;
use crate::files::{entries, file_name, read, write};
use crate::process::Outcome;

pub const NAME: &str = "SHA256SUMS";

/// Writes the list into the folder; what an older list says is replaced.
pub fn record(folder: &Path) -> Outcome {
    let mut lines = String::new();
    add(folder, "", &mut lines)?;
    write(&folder.join(NAME), lines.as_bytes())
}

/// Names stand in the order of their bytes, folder by folder, with `/` on every system.
fn add(folder: &Path, prefix: &str, lines: &mut String) -> Outcome {
    for path in entries(folder)? {
        let name = format!("{prefix}{}", file_name(&path));
        if path.is_dir() {
            add(&path, &format!("{name}/"), lines)?;
        } else if name != NAME {
            *lines += &format!("{}  {name}\n", sha256(&read(&path)?)?);
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
}
