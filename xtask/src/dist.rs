//! `cargo xtask dist`: the hosted build.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::files::{entries, file_name};
use crate::workspace::root;
use crate::{docs, one_file, package, setup, sums, trunk};

/// Builds everything that is hosted and gives its folder.
pub fn run() -> Result<PathBuf> {
    setup::tools(&setup::DIST)?;
    let destination = root().join("dist");
    trunk::build(&destination)?;
    one_file::assemble(&destination)?;
    package::assemble(&destination)?;
    docs::assemble(&destination)?;
    sums::record(&destination)?;
    println!("\ndist/ holds the page; any static web server can serve it, and rootlens.html needs none");
    println!("dist/js/ is the JavaScript package, dist/docs/ shows the page embedded");
    list(&destination)?;
    Ok(destination)
}

fn list(folder: &Path) -> Result<()> {
    for file in entries(folder)? {
        println!("{:>9}  {}", fs_err::metadata(&file)?.len(), file_name(&file));
    }
    Ok(())
}
