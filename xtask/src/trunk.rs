//! Trunk, which builds and serves the page as `index.html` and `Trunk.toml` say.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::{capture, cargo, command, step};
use crate::tools::Tool;
use crate::workspace::{WASM_TARGET, root};
use crate::{program, setup};

/// Builds the hosted page; what stood in `destination` is replaced.
pub fn build(destination: &Path) -> Result<()> {
    let mut trunk = trunk()?;
    trunk.args(["build", "--release", "--dist"]).arg(destination);
    trunk.envs(program::without_local_paths()?);
    step("build the page", &mut trunk)
}

/// Builds the page, serves it on this machine and builds it again after every change, until it is interrupted.
pub fn serve(release: bool, port: Option<u16>) -> Result<()> {
    setup::tools(if release { &setup::DIST } else { &setup::PAGE })?;
    let mut trunk = trunk()?;
    trunk.arg("serve").args(release.then_some("--release"));
    trunk.args(port.map(|port| format!("--port={port}")));
    step("serve the page (Ctrl-C stops)", &mut trunk)
}

/// `Trunk.toml` lets nothing be downloaded, so all sources have to be there, and the tools have to be on PATH.
fn trunk() -> Result<Command> {
    fetch_sources()?;
    let wasm_bindgen = setup::path(Tool::WasmBindgen)?;
    let ours = [wasm_bindgen.parent().map(Path::to_path_buf), Some(root().join("node_modules/.bin"))];
    let inherited = env::var_os("PATH").unwrap_or_default();
    let folders = ours.into_iter().flatten().chain(env::split_paths(&inherited));
    let mut trunk = command(setup::path(Tool::Trunk)?);
    trunk.env("PATH", env::join_paths(folders)?);
    // Whatever NO_COLOR holds means no colour, but Trunk 0.21 takes `true` or `false` alone and stops at `1`.
    if env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

fn fetch_sources() -> Result<()> {
    let version = capture(command("rustc").arg("-vV")).context("rustc does not tell its version")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let mut fetch = cargo();
    fetch.args(["fetch", "--locked", "--target", WASM_TARGET, "--target", host]);
    step("fetch the sources of the page", &mut fetch)
}
