//! Sets up what a command needs: looks for each tool, installs the missing ones and says so.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::process::{relative, seconds};
use crate::tools::{Found, Tool};

/// To build the page for development.
pub const PAGE: [Tool; 3] = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen];

/// To build all that is hosted.
pub const DIST: [Tool; 5] = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::Node, Tool::NodePackages];

/// For the checks and the tests without a browser.
pub const NATIVE: [Tool; 4] = [Tool::Rustfmt, Tool::Clippy, Tool::WasmTarget, Tool::CargoDeny];

/// For the WebAssembly tests in a browser.
pub const BROWSER: [Tool; 4] = [Tool::WasmTarget, Tool::WasmBindgen, Tool::Chromium, Tool::Chromedriver];

/// For a browser that opens the built page.
pub const END_TO_END: [Tool; 6] =
    [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::Node, Tool::NodePackages, Tool::Chromium];

/// `cargo xtask setup`.
pub fn everything() -> Result<()> {
    tools(&[NATIVE.as_slice(), &BROWSER, &END_TO_END].concat())
}

/// Makes sure that each of these tools is there. Asking for one twice costs nothing.
pub fn tools(wanted: &[Tool]) -> Result<()> {
    println!("\n== set-up");
    let mut seen = Vec::new();
    for tool in wanted {
        if !seen.contains(tool) {
            seen.push(*tool);
            provide(*tool)?;
        }
    }
    Ok(())
}

/// Where a tool stands that `tools` has provided.
pub fn path(tool: Tool) -> Result<PathBuf> {
    tool.find().map(|found| found.path).with_context(|| format!("{} is missing", tool.name()))
}

fn provide(tool: Tool) -> Result<()> {
    if let Some(found) = tool.find() {
        report(tool, &found, "");
        return Ok(());
    }
    println!("   {}: missing ({}); installing takes about {} s", tool.name(), tool.purpose(), tool.usual_seconds());
    let start = Instant::now();
    tool.install()?;
    let found = tool.find();
    let found =
        found.with_context(|| format!("{} was installed, but is not found or of another version", tool.name()))?;
    report(tool, &found, &format!(", installed in {}", seconds(start.elapsed())));
    Ok(())
}

fn report(tool: Tool, found: &Found, addition: &str) {
    println!("   {}: {} ({}){addition}", tool.name(), found.version, relative(&found.path).display());
}
