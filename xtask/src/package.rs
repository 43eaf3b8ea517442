//! `dist/js/`: the JavaScript package, ready for `npm publish` and for a page that imports it as it is.

use std::path::Path;

use crate::files::{entries, file_name, read, read_text, recreate, write};
use crate::page::{Profile, Program, compiled};
use crate::process::{Failure, Outcome, capture, command, root};
use crate::setup;
use crate::tools::Tool;

const PROGRAM: Program = Program { package: "rootlens", feature: "js", binary: "bindings" };

/// Stands where the version of `Cargo.toml` goes.
const VERSION: &str = "__VERSION__";

/// What the package takes from elsewhere in the sources.
const COPIES: [&str; 3] = ["docs/report.schema.json", "LICENSE-APACHE", "LICENSE-MIT"];

pub fn assemble(destination: &Path) -> Outcome {
    let program = compiled(PROGRAM, Profile::Hosted)?;
    let folder = destination.join("js");
    recreate(&folder)?;
    let version = version(&read_text(&root().join("Cargo.toml"))?)?;
    for file in entries(&root().join("www/package"))? {
        write(&folder.join(file_name(&file)), read_text(&file)?.replace(VERSION, &version).as_bytes())?;
    }
    let copies = COPIES.map(|name| root().join(name));
    for file in entries(&program)?.iter().chain(&copies) {
        write(&folder.join(file_name(file)), &read(file)?)?;
    }
    write(&folder.join("report.d.ts"), types()?.as_bytes())
}

/// The version of the first package that a manifest names.
fn version(manifest: &str) -> Outcome<String> {
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = \""));
    let version = line.and_then(|rest| rest.split_once('"')).map(|(version, _)| version.to_owned());
    version.ok_or_else(|| Failure::new("Cargo.toml names no version"))
}

fn types() -> Outcome<String> {
    let mut node = command(setup::path(Tool::Node)?);
    node.args(["xtask/node/types.mjs", "docs/report.schema.json"]);
    let types = capture(&mut node).ok_or_else(|| Failure::new("xtask/node/types.mjs wrote no types"))?;
    Ok(types + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_package() {
        let manifest = "[package]\nname = \"a\"\nversion = \"1.2.3\"\n[dependencies]\nb = { version = \"9\" }\n";
        assert_eq!(version(manifest).expect("a version"), "1.2.3");
        assert!(version("[workspace]\n").is_err());
    }
}
