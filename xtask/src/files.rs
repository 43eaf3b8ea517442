//! Files and folders, with messages that name them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Failure, Outcome, relative};

pub fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| at(path, "cannot be read", &error))
}

pub fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| at(path, "cannot be read", &error))
}

pub fn write(path: &Path, content: &[u8]) -> Outcome {
    fs::write(path, content).map_err(|error| at(path, "cannot be written", &error))
}

/// An empty folder, whatever was there.
pub fn recreate(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| at(folder, "cannot be emptied", &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| at(folder, "cannot be made", &error))
}

/// What stands in a folder, by name.
pub fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, "cannot be listed", &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn at(path: &Path, what: &str, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} {what}: {error}", relative(path).display()))
}
