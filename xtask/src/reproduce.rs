//! `cargo xtask dist --check`: builds the page a second time, from a copy of the sources in another folder and with
//! nothing compiled before, and compares every byte by its digest. It takes minutes, so no other command does it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use fs_err as fs;

use crate::files::recreate;
use crate::process::{capture, cargo, command, step};
use crate::workspace::root;
use crate::{dist, sums};

pub fn run() -> Result<()> {
    let here = dist::run()?;
    let elsewhere = std::env::temp_dir().join(format!("rootlens-elsewhere-{}", std::process::id()));
    copy_sources(&elsewhere)?;
    let mut build = cargo();
    build.args(["xtask", "dist"]).current_dir(&elsewhere).env_remove("CARGO_TARGET_DIR");
    step(&format!("build it again in {}", elsewhere.display()), &mut build)?;
    compare(&here, &elsewhere.join("dist"))?;
    fs::remove_dir_all(&elsewhere)?;
    println!("\nboth builds gave the same bytes: dist/{}", sums::NAME);
    Ok(())
}

/// Every file that git has or would take, as it stands now. Tools are shared, because they are no part of the result.
fn copy_sources(destination: &Path) -> Result<()> {
    let listed = capture(command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]));
    let listed = listed.context("git does not list the sources: is this a clone, and git there?")?;
    recreate(destination)?;
    // A file that was deleted, but not yet in git, is no part of the sources any more.
    for name in listed.split('\0').filter(|name| root().join(name).is_file()) {
        let copy = destination.join(name);
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(root().join(name), &copy)?;
    }
    share_tools(destination);
    Ok(())
}

/// Without a link the second build installs its tools itself, which only takes longer.
fn share_tools(destination: &Path) {
    #[cfg(unix)]
    for folder in [".tools", "node_modules"].map(PathBuf::from) {
        fs::os::unix::fs::symlink(root().join(&folder), destination.join(&folder)).ok();
    }
}

fn compare(here: &Path, elsewhere: &Path) -> Result<()> {
    let [first, second] = [here, elsewhere].map(|folder| fs::read_to_string(folder.join(sums::NAME)));
    let differences = sums::differences(&first?, &second?);
    if differences.is_empty() {
        return Ok(());
    }
    bail!(
        "two builds of the same sources differ; the second one stays in {}\n{}",
        elsewhere.display(),
        differences.join("\n")
    )
}
