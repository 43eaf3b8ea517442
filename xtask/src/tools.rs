//! Every tool the commands use, in one place: which version, what for, how it is found and how it is installed.
//!
//! A tool that fits is used where it stands (on PATH or in `.tools/bin`); only a missing one is installed.

use std::path::{Path, PathBuf};

use crate::page::WITHOUT_DEBUG_INFORMATION;
use crate::process::{Failure, Outcome, capture, cargo, command, find_program, path_folders, root, step};

/// The target of the page.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Node's test runner takes globs and Chromium's driver library wants it: the oldest Node that has both.
const OLDEST_NODE: u32 = 20;

/// The smallest set of packages that gives a Chromium which renders text.
const CHROMIUM_PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-dejavu-core"];

/// One tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Rustfmt,
    Clippy,
    WasmTarget,
    StandardLibrary,
    WasmBindgen,
    Node,
    NodePackages,
    Chromium,
    Chromedriver,
}

impl Tool {
    pub fn name(self) -> &'static str {
        match self {
            Self::Rustfmt => "rustfmt",
            Self::Clippy => "clippy",
            Self::WasmTarget => WASM_TARGET,
            Self::StandardLibrary => "rust-src",
            Self::WasmBindgen => "wasm-bindgen",
            Self::Node => "node",
            Self::NodePackages => "node packages",
            Self::Chromium => "chromium",
            Self::Chromedriver => "chromedriver",
        }
    }

    pub fn purpose(self) -> &'static str {
        match self {
            Self::Rustfmt => "checks the layout of the code",
            Self::Clippy => "checks the code",
            Self::WasmTarget => "Rust's standard library for the page",
            Self::StandardLibrary => "its sources, to compile it for size",
            Self::WasmBindgen => "joins the WebAssembly to JavaScript, and runs its tests",
            Self::Node => "runs the end-to-end tests and wasm-opt",
            Self::NodePackages => "wasm-opt, the driver of Chromium, axe for accessibility, a peer for the benchmark",
            Self::Chromium => "runs the browser and the end-to-end tests",
            Self::Chromedriver => "starts Chromium for the WebAssembly tests",
        }
    }

    /// What an installation took on two cores, for those who wait.
    pub fn usual_seconds(self) -> u32 {
        match self {
            Self::Rustfmt | Self::Clippy | Self::StandardLibrary | Self::Node => 5,
            Self::WasmTarget | Self::NodePackages => 15,
            Self::WasmBindgen => 75,
            Self::Chromium | Self::Chromedriver => 60,
        }
    }

    /// Where the tool stands and which version it is, where it is there and fits.
    pub fn find(self) -> Option<Found> {
        match self {
            Self::Rustfmt => cargo_component("fmt"),
            Self::Clippy => cargo_component("clippy"),
            Self::WasmTarget => wasm_target(),
            Self::StandardLibrary => standard_library(),
            Self::WasmBindgen => wasm_bindgen(),
            Self::Node => node(),
            Self::NodePackages => node_packages(),
            Self::Chromium => chromium(),
            Self::Chromedriver => chromedriver(),
        }
    }

    pub fn install(self) -> Outcome {
        match self {
            Self::Rustfmt => rustup("rustfmt", &["component", "add", "rustfmt"]),
            Self::Clippy => rustup("clippy", &["component", "add", "clippy"]),
            Self::WasmTarget => rustup(WASM_TARGET, &["target", "add", WASM_TARGET]),
            Self::StandardLibrary => rustup("rust-src", &["component", "add", "rust-src"]),
            Self::WasmBindgen => install_wasm_bindgen(),
            Self::Node => apt_get(&["nodejs", "npm"]),
            Self::NodePackages => install_node_packages(),
            Self::Chromium | Self::Chromedriver => apt_get(&CHROMIUM_PACKAGES),
        }
    }
}

/// A tool that is there.
pub struct Found {
    pub path: PathBuf,
    pub version: String,
}

fn cargo_component(subcommand: &str) -> Option<Found> {
    let version = capture(cargo().args([subcommand, "--version"]))?;
    Some(Found { path: PathBuf::from("cargo"), version })
}

fn wasm_target() -> Option<Found> {
    of_this_toolchain(&format!("{WASM_TARGET}/lib"))
}

fn standard_library() -> Option<Found> {
    of_this_toolchain("src/rust/library/std")
}

/// A folder that rustup adds to the toolchain.
fn of_this_toolchain(folder: &str) -> Option<Found> {
    let sysroot = PathBuf::from(capture(command("rustc").args(["--print", "sysroot"]))?);
    let path = sysroot.join("lib/rustlib").join(folder);
    path.is_dir().then(|| Found { path, version: String::from("of this toolchain") })
}

/// The tool has to be of the very version of the library, or its output does not fit the code.
fn wasm_bindgen() -> Option<Found> {
    let version = locked_version("wasm-bindgen").ok()?;
    let candidates = [tools_bin()].into_iter().chain(path_folders());
    let path = candidates.map(|folder| folder.join("wasm-bindgen")).find(|candidate| {
        let fits =
            capture(command(candidate).arg("--version")).is_some_and(|answer| answer.ends_with(&format!(" {version}")));
        fits && test_runner_beside(candidate).is_file()
    })?;
    Some(Found { path, version })
}

/// `wasm-bindgen-test-runner` comes in the same package.
pub fn test_runner_beside(wasm_bindgen: &Path) -> PathBuf {
    wasm_bindgen.with_file_name("wasm-bindgen-test-runner")
}

fn node() -> Option<Found> {
    let path = find_program(&["node", "nodejs"])?;
    let version = capture(command(&path).arg("--version"))?;
    let major: u32 = version.trim_start_matches('v').split('.').next()?.parse().ok()?;
    find_program(&["npm"])?;
    (OLDEST_NODE <= major).then_some(Found { path, version })
}

fn node_packages() -> Option<Found> {
    let wanted = std::fs::read(root().join("package-lock.json")).ok()?;
    let installed = std::fs::read(installed_lock()).ok()?;
    (wanted == installed).then(|| Found { path: root().join("node_modules"), version: String::from("as locked") })
}

fn chromium() -> Option<Found> {
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    let path = std::env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| find_program(&names))?;
    let version = capture(command(&path).arg("--version"))?;
    Some(Found { path, version })
}

fn chromedriver() -> Option<Found> {
    let path = std::env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| find_program(&["chromedriver"]))?;
    let version = capture(command(&path).arg("--version"))?;
    Some(Found { path, version })
}

fn rustup(component: &str, arguments: &[&str]) -> Outcome {
    if find_program(&["rustup"]).is_none() {
        return Err(Failure::new(format!(
            "{component} is missing, and rustup, which could add it, is not there: install Rust with rustup, \
             or {component} with whatever installed Rust"
        )));
    }
    step(&format!("install {component}"), command("rustup").args(arguments))
}

/// A development build without debug information is what builds fastest: an optimised one takes more than twice
/// as long, and even the plain one needs less than a second for the page.
fn install_wasm_bindgen() -> Outcome {
    let version = locked_version("wasm-bindgen")?;
    let build = root().join(".tools/build");
    let mut install = cargo();
    install
        .args(["install", "wasm-bindgen-cli", "--version", &version, "--no-default-features", "--debug", "--root"])
        .arg(root().join(".tools"))
        .arg("--target-dir")
        .arg(&build)
        .envs([WITHOUT_DEBUG_INFORMATION]);
    step("install wasm-bindgen", &mut install)?;
    // The intermediate files are some hundred megabytes and serve nothing any more.
    std::fs::remove_dir_all(&build).map_err(|error| Failure::new(format!("{} stays: {error}", build.display())))
}

fn install_node_packages() -> Outcome {
    step("install node packages", command("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    std::fs::copy(root().join("package-lock.json"), installed_lock())
        .map(drop)
        .map_err(|error| Failure::new(format!("node_modules cannot be marked as complete: {error}")))
}

/// A copy of the lock file that the packages were installed from, so that they are installed once.
fn installed_lock() -> PathBuf {
    root().join("node_modules/.installed-lock.json")
}

fn apt_get(packages: &[&str]) -> Outcome {
    let wanted = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if find_program(&["apt-get"]).is_none() {
        return Err(Failure::new(format!(
            "{} missing: install with your system's package manager",
            packages.join(" and ")
        )));
    }
    if capture(command("id").arg("-u")).as_deref() != Some("0") {
        return Err(Failure::new(format!(
            "{} missing, and only root may install: sudo {wanted}",
            packages.join(" and ")
        )));
    }
    step("read Debian's lists of packages", command("apt-get").args(["update", "-q"]))?;
    let mut install = command("apt-get");
    install
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    step(&format!("install {}", packages.join(" ")), &mut install)
}

/// The version of a package in `Cargo.lock`.
fn locked_version(package: &str) -> Outcome<String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|error| Failure::new(format!("Cargo.lock cannot be read: {error}")))?;
    version_in_lock(&lock, package).ok_or_else(|| Failure::new(format!("{package} is not in Cargo.lock")))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_string())
}

fn tools_bin() -> PathBuf {
    root().join(".tools/bin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_the_one_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "yew"), None);
    }
}
