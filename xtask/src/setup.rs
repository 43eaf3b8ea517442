//! Sets up what a command needs: looks for each tool, installs the missing ones and says so.

use std::path::PathBuf;
use std::time::Instant;

use crate::process::{Failure, Outcome, seconds};
use crate::tools::{Found, Tool};

/// To build the page.
pub const PAGE: [Tool; 2] = [Tool::WasmTarget, Tool::WasmBindgen];

/// To build the page as small as it gets.
pub const DIST: [Tool; 5] =
    [Tool::WasmTarget, Tool::StandardLibrary, Tool::WasmBindgen, Tool::Node, Tool::NodePackages];

/// For the checks and the tests without a browser.
pub const NATIVE: [Tool; 3] = [Tool::Rustfmt, Tool::Clippy, Tool::WasmTarget];

/// For the WebAssembly tests in a browser.
pub const BROWSER: [Tool; 4] = [Tool::WasmTarget, Tool::WasmBindgen, Tool::Chromium, Tool::Chromedriver];

/// For a browser that opens the built page.
pub const END_TO_END: [Tool; 5] = [Tool::WasmTarget, Tool::WasmBindgen, Tool::Node, Tool::NodePackages, Tool::Chromium];

/// `cargo xtask setup`.
pub fn everything() -> Outcome {
    tools(&[NATIVE.as_slice(), &BROWSER, &END_TO_END].concat())
}

/// Makes sure that each of these tools is there. Asking for one twice costs nothing.
pub fn tools(wanted: &[Tool]) -> Outcome {
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
pub fn path(tool: Tool) -> Outcome<PathBuf> {
    tool.find().map(|found| found.path).ok_or_else(|| Failure::new(format!("{} is missing", tool.name())))
}

fn provide(tool: Tool) -> Outcome {
    if let Some(found) = tool.find() {
        report(tool, &found, "");
        return Ok(());
    }
    println!("   {}: missing ({}); installing takes about {} s", tool.name(), tool.purpose(), tool.usual_seconds());
    let start = Instant::now();
    tool.install()?;
    let found = tool.find().ok_or_else(|| {
        Failure::new(format!("{} was installed, but is still not found or of another version", tool.name()))
    })?;
    report(tool, &found, &format!(", installed in {}", seconds(start.elapsed())));
    Ok(())
}

fn report(tool: Tool, found: &Found, addition: &str) {
    println!("   {}: {} ({}){addition}", tool.name(), found.version, crate::process::relative(&found.path).display());
}
