//! `cargo xtask dist`: the hosted build, as small as it gets.

use std::path::{Path, PathBuf};

use crate::page::{self, Profile};
use crate::process::{Outcome, root};
use crate::{docs, one_file, package, setup, sums};

pub fn run() -> Outcome<PathBuf> {
    setup::tools(&setup::DIST)?;
    let destination = root().join("dist");
    let program = page::program(Profile::Hosted)?;
    page::assemble(&program, &destination)?;
    one_file::assemble(&program, &destination)?;
    package::assemble(&destination)?;
    docs::assemble(&destination)?;
    sums::record(&destination)?;
    println!("\ndist/ holds the page; any static web server can serve it, and rootlens.html needs none");
    println!("dist/js/ is the JavaScript package, dist/docs/ shows the page embedded");
    list(&destination);
    Ok(destination)
}

fn list(folder: &Path) {
    let mut files: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        let size = file.metadata().map_or(0, |metadata| metadata.len());
        println!("{size:>9}  {}", file.file_name().to_string_lossy());
    }
}
