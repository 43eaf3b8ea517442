//! `dist/js/`: the JavaScript package, ready for `npm publish` and for a page that imports it as it is.

use std::path::Path;

use anyhow::{Context as _, Result};
use fs_err as fs;

use crate::files::{copy_into, entries, file_name, recreate};
use crate::process::{capture, command};
use crate::program::{self, Program};
use crate::setup;
use crate::tools::Tool;
use crate::workspace::{self, root};

const PROGRAM: Program = Program { package: "rootlens", feature: "js", binary: "bindings" };

/// Stands where the version of `Cargo.toml` goes.
const VERSION: &str = "__VERSION__";

/// What the package takes from elsewhere in the sources.
const COPIES: [&str; 4] = ["docs/report.schema.json", "LICENSE-APACHE", "LICENSE-CDLA-PERMISSIVE-2.0", "LICENSE-MIT"];

pub fn assemble(destination: &Path) -> Result<()> {
    let program = program::build(PROGRAM)?;
    let folder = destination.join("js");
    recreate(&folder)?;
    let version = workspace::version(PROGRAM.package)?;
    for file in entries(&root().join("www/package"))? {
        fs::write(folder.join(file_name(&file)), fs::read_to_string(&file)?.replace(VERSION, &version))?;
    }
    for file in entries(&program)?.into_iter().chain(COPIES.map(|name| root().join(name))) {
        copy_into(&folder, &file)?;
    }
    Ok(fs::write(folder.join("report.d.ts"), types()?)?)
}

fn types() -> Result<String> {
    let mut node = command(setup::path(Tool::Node)?);
    node.args(["xtask/node/types.mjs", "docs/report.schema.json"]);
    let types = capture(&mut node).context("xtask/node/types.mjs wrote no types")?;
    Ok(types + "\n")
}
