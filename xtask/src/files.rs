//! Folders: listed in a fixed order, emptied, copied.

use std::path::{Path, PathBuf};

use anyhow::Result;
use fs_err as fs;

/// Makes an empty folder, whatever was there.
pub fn recreate(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// What stands in a folder, by name.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Copies a file into a folder, under its own name.
pub fn copy_into(folder: &Path, file: &Path) -> Result<()> {
    fs::copy(file, folder.join(file_name(file)))?;
    Ok(())
}

pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
