//! WebAssembly programs that are no page, and so no matter of Trunk: the JavaScript package and the benchmark of the
//! engines.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::files::recreate;
use crate::process::{capture, cargo, command, step};
use crate::setup;
use crate::tools::Tool;
use crate::workspace::{WASM_TARGET, root, target};

/// What is compiled: a binary of a package, and the feature that it needs, which may be empty.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    pub package: &'static str,
    pub feature: &'static str,
    pub binary: &'static str,
}

/// How wasm-opt treats every program; for the page `data-wasm-opt` in `index.html` says the same.
const OPTIMISATION: &str = "-Oz";

/// Gives a folder that holds the optimised program: `<binary>_bg.wasm` and `<binary>.js`.
pub fn build(program: Program) -> Result<PathBuf> {
    let Program { binary, .. } = program;
    let wasm = compile(program)?;
    let folder = target()?.join("programs").join(binary);
    recreate(&folder)?;
    let mut bind = command(setup::path(Tool::WasmBindgen)?);
    bind.args(["--target", "web", "--no-typescript", "--out-name", binary, "--out-dir"]).arg(&folder).arg(wasm);
    step(&format!("join the {binary} to JavaScript"), &mut bind)?;
    let bound = folder.join(format!("{binary}_bg.wasm"));
    let mut optimise = command(root().join("node_modules/.bin/wasm-opt"));
    optimise.arg(OPTIMISATION).arg(&bound).arg("-o").arg(&bound);
    step(&format!("optimise the {binary}"), &mut optimise)?;
    Ok(folder)
}

fn compile(Program { package, feature, binary }: Program) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--locked", "--release", "--target", WASM_TARGET, "--package", package]);
    build.args(["--features", feature, "--bin", binary]);
    build.envs(without_local_paths()?);
    step(&format!("compile the {binary}"), &mut build)?;
    Ok(target()?.join(WASM_TARGET).join("release").join(format!("{binary}.wasm")))
}

/// The variable by which cargo tells rustc to write no path of this machine into a program. A program says at which
/// line of which file it panicked; whose home that file stood in is nobody's business, and the same sources have to
/// give the same bytes in every folder. The sources have to be fetched by now.
pub fn without_local_paths() -> Result<[(&'static str, String); 1]> {
    /// What cargo wants between flags, because paths may hold spaces.
    const SEPARATOR: &str = "\x1f";
    let mut flags = Vec::new();
    for registry in crate::files::entries(&cargo_home()?.join("registry/src"))? {
        flags.push(format!("--remap-path-prefix={}=crates", registry.display()));
    }
    // With the component rust-src, rustc finds the sources of the standard library on this machine and names them.
    let sysroot = capture(command("rustc").args(["--print", "sysroot"])).context("rustc names no sysroot")?;
    flags.push(format!("--remap-path-prefix={}=rust", PathBuf::from(sysroot).join("lib/rustlib/src/rust").display()));
    Ok([("CARGO_ENCODED_RUSTFLAGS", flags.join(SEPARATOR))])
}

fn cargo_home() -> Result<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    home.context("neither CARGO_HOME nor a home folder is known")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_optimised_as_the_other_programs_are() {
        let page = fs_err::read_to_string(root().join("index.html")).expect("index.html");
        let level = OPTIMISATION.strip_prefix("-O").expect("a level");
        assert!(page.contains(&format!("data-wasm-opt=\"{level}\"")));
    }
}
