//! What cargo knows about this workspace: its versions, and where it lays what it compiles.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context as _, Result};
use cargo_metadata::{Metadata, MetadataCommand};

/// The target of the page.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The folder of the workspace, where every command runs.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Where cargo lays what it compiles.
pub fn target() -> Result<PathBuf> {
    Ok(metadata()?.target_directory.clone().into_std_path_buf())
}

/// The version of a package in `Cargo.lock`, our own included.
pub fn version(package: &str) -> Result<String> {
    let found = metadata()?.packages.iter().find(|candidate| *candidate.name == package);
    found.map(|found| found.version.to_string()).with_context(|| format!("{package} is not in Cargo.lock"))
}

fn metadata() -> Result<&'static Metadata> {
    static METADATA: OnceLock<Metadata> = OnceLock::new();
    if let Some(metadata) = METADATA.get() {
        return Ok(metadata);
    }
    // Without a platform cargo would download what only other platforms need.
    let options = ["--locked", "--filter-platform", WASM_TARGET].map(str::to_owned);
    let metadata = MetadataCommand::new().current_dir(root()).other_options(options).exec()?;
    Ok(METADATA.get_or_init(|| metadata))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_one_of_the_very_package() {
        let manifest = include_str!("../../Cargo.toml");
        assert!(manifest.contains(&format!("version = \"{}\"", version("rootlens").expect("our own"))));
        assert!(version("wasm-bindgen").expect("locked").starts_with("0.2."));
        assert!(version("no-such-package").is_err());
    }
}
