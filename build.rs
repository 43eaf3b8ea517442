//! Tells the tests which data is at hand, so that those that need more are reported as ignored and not as passed: the
//! test runner knows no other way than to be told when they are compiled.

use std::env;
use std::path::Path;
use std::process::Command;

/// Verdicts that may not be copied into the project, beside its folder.
const SHARED_DATA: &str = "../shared/conformance";
/// Names further files to compare, separated by colons.
const FURTHER_FILES: &str = "ROOTLENS_CONFORMANCE";
/// Names further damaged files and what was recorded of them, parted by a colon.
const FURTHER_LOADERS: &str = "ROOTLENS_LOADERS";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(shared_data, further_files, further_loaders, openssl, go)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={FURTHER_FILES}");
    println!("cargo::rerun-if-env-changed={FURTHER_LOADERS}");
    // What is shipped is compiled alike on every machine. Tests of the core run in the profile for development.
    let is = |variable: &str, value: &str| env::var(variable).is_ok_and(|found| found == value);
    if is("PROFILE", "release") || is("CARGO_CFG_TARGET_ARCH", "wasm32") {
        return;
    }
    if Path::new(SHARED_DATA).is_dir() {
        // Cargo would run this script each time if it were told to watch a folder that is not there.
        println!("cargo::rerun-if-changed={SHARED_DATA}");
        println!("cargo::rustc-cfg=shared_data");
    }
    if env::var_os(FURTHER_FILES).is_some() {
        println!("cargo::rustc-cfg=further_files");
    }
    if env::var_os(FURTHER_LOADERS).is_some() {
        println!("cargo::rustc-cfg=further_loaders");
    }
    println!("cargo::rerun-if-env-changed=PATH");
    if has_openssl() {
        println!("cargo::rustc-cfg=openssl");
    }
    if has_go() {
        println!("cargo::rustc-cfg=go");
    }
}

/// Whether a program of the line is installed that the engine `openssl-3.0.22` re-enacts.
fn has_openssl() -> bool {
    let version = Command::new("openssl").arg("version").output();
    version.is_ok_and(|version| version.stdout.starts_with(b"OpenSSL 3.0."))
}

/// Whether the release of Go is installed that the engine `go-1.27.3` re-enacts.
fn has_go() -> bool {
    let version = Command::new("go").arg("version").output();
    version.is_ok_and(|version| version.stdout.starts_with(b"go version go1.27."))
}
