//! `cargo xtask bench`: speed and size beside a peer, in the same Chromium, and the engines beside themselves on this
//! machine (`bench/bench.mjs` does the work).

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;

use crate::files::write;
use crate::page::{Profile, Program, compiled};
use crate::process::{Outcome, cargo, command, step, target};
use crate::tools::Tool;
use crate::{dist, examples, setup};

/// The engines alone, in WebAssembly and on this machine.
const ENGINES: Program = Program { package: "engines-bench", feature: "", binary: "engines-bench" };

pub fn run() -> Outcome {
    setup::tools(&setup::END_TO_END)?;
    dist::run()?;
    let engines = compiled(ENGINES, Profile::Hosted)?;
    write(&engines.join("examples.txt"), examples::pack()?.as_bytes())?;
    let native = native()?;
    let mut bench = command(setup::path(Tool::Node)?);
    bench.arg("bench/bench.mjs").env("CHROMIUM", setup::path(Tool::Chromium)?);
    bench.env("ENGINES_WASM", engines).env("ENGINES_NATIVE", native);
    step("measure", &mut bench)
}

/// The same program for this machine, in the profile of the WebAssembly.
fn native() -> Outcome<PathBuf> {
    let Program { package, binary, .. } = ENGINES;
    let mut build = cargo();
    build.args(["build", "--locked", "--release", "--package", package, "--bin", binary]);
    step("compile the engines for this machine", &mut build)?;
    Ok(target().join("release").join(format!("{binary}{EXE_SUFFIX}")))
}
