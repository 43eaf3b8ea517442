//! `cargo xtask licences`: whether licences, versions and sources of every shipped crate are those that `deny.toml` allows.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use fs_err as fs;

use crate::process::{command, step};
use crate::setup;
use crate::tools::Tool;
use crate::workspace::{root, target};

/// The list of what is allowed, for cargo-deny.
const LIST: &str = "deny.toml";

/// A licence of that list which crates have that have no other, and one of these crates.
const NEEDED: (&str, &str) = ("\"BSD-3-Clause\"", "subtle");

/// Holds the crates against the list, and shows that a crate whose licence is not on it is refused.
pub fn run() -> Result<()> {
    step("licences, versions and sources of the crates", &mut check(LIST)?)?;
    let list = fs::read_to_string(root().join(LIST))?;
    let shortened = target()?.join("deny-shortened.toml");
    fs::write(&shortened, without_needed(&list)?)?;
    let output = check(&shortened.to_string_lossy())?.stdin(Stdio::null()).output()?;
    let (licence, package) = NEEDED;
    let refused = !output.status.success() && String::from_utf8_lossy(&output.stderr).contains(package);
    ensure!(refused, "cargo-deny does not refuse {package} where {licence} is not allowed");
    Ok(())
}

/// Without advisories, whose database would be fetched from the network.
fn check(list: &str) -> Result<Command> {
    let mut check = command(setup::path(Tool::CargoDeny)?);
    check.args(["--locked", "--config", list, "check", "licenses", "bans", "sources"]);
    Ok(check)
}

fn without_needed(list: &str) -> Result<String> {
    let (licence, _) = NEEDED;
    let (before, after) =
        list.split_once(&format!("{licence}, ")).with_context(|| format!("{licence} is not in {LIST}"))?;
    Ok(format!("{before}{after}"))
}
