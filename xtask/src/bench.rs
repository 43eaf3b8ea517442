//! `cargo xtask bench`: speed and size beside a peer, in the same Chromium, and the engines beside themselves on this
//! machine (`bench/bench.mjs` does the work).

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::process::{cargo, command, step};
use crate::program::{self, Program};
use crate::tools::Tool;
use crate::workspace::target;
use crate::{dist, setup};

/// The engines alone, in WebAssembly and on this machine.
const ENGINES: Program = Program { package: "engines-bench", feature: "", binary: "engines-bench" };

/// Measures the page, and the page in the folder `against` in the same run.
pub fn run(against: Option<&Path>) -> Result<()> {
    setup::tools(&setup::END_TO_END)?;
    let against = against.map(fs_err::canonicalize).transpose()?;
    dist::run()?;
    let (wasm, native) = (program::build(ENGINES)?, native()?);
    let mut bench = command(setup::path(Tool::Node)?);
    bench.arg("bench/bench.mjs").args(against).env("CHROMIUM", setup::path(Tool::Chromium)?);
    bench.env("ENGINES_WASM", wasm).env("ENGINES_NATIVE", native);
    step("measure", &mut bench)
}

/// The same program for this machine, in the profile of the WebAssembly.
fn native() -> Result<PathBuf> {
    let Program { package, binary, .. } = ENGINES;
    let mut build = cargo();
    build.args(["build", "--locked", "--release", "--package", package, "--bin", binary]);
    step("compile the engines for this machine", &mut build)?;
    Ok(target()?.join("release").join(format!("{binary}{EXE_SUFFIX}")))
}
