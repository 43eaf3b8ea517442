//! `cargo xtask test`: every check and every test, in three parts, each with its count at the end.

use std::fmt;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, ensure};
use clap::ValueEnum;

use crate::files::{entries, file_name};
use crate::process::{cargo, command, seconds, step, step_reading};
use crate::tools::{Tool, test_runner_beside};
use crate::workspace::{WASM_TARGET, root};
use crate::{dist, licences, setup};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Layout, licences, lints, documentation and the tests that need no browser.
    Native,
    /// The WebAssembly tests in headless Chromium.
    Browser,
    /// The built page in Chromium, and the exports in the programs that read them.
    #[value(name = "e2e")]
    EndToEnd,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Browser => "browser",
            Self::EndToEnd => "e2e",
        }
    }

    fn tools(self) -> &'static [Tool] {
        match self {
            Self::Native => &setup::NATIVE,
            Self::Browser => &setup::BROWSER,
            Self::EndToEnd => &setup::END_TO_END,
        }
    }

    fn run(self) -> Result<Tally> {
        match self {
            Self::Native => native(),
            Self::Browser => browser(),
            Self::EndToEnd => end_to_end(),
        }
    }
}

/// Runs these parts, or all if none is named.
pub fn run(only: &[Part]) -> Result<()> {
    let parts = if only.is_empty() { Part::value_variants() } else { only };
    let start = Instant::now();
    // All tools first: who has to step in (as root, say) learns it in the first minute.
    setup::tools(&parts.iter().flat_map(|part| part.tools()).copied().collect::<Vec<_>>())?;
    let mut lines = Vec::new();
    let mut total = Tally::default();
    for part in parts {
        let begun = Instant::now();
        let tally = part.run()?;
        ensure!(0 < tally.passed, "the part {} ran no test", part.name());
        lines.push(format!("{:<8} {tally} in {}", part.name(), seconds(begun.elapsed())));
        total.add(&tally);
    }
    println!("\n== every test passed, in {}\n{}\n\n{total}", seconds(start.elapsed()), lines.join("\n"));
    Ok(())
}

/// What is tested on this machine: everything but the package, which is WebAssembly alone. The state of the page and the
/// other parts of it that need no browser have their tests here.
const NATIVE_FEATURES: &str = "cli,schema,ui,inspector";

/// Each step names the whole workspace: cargo chooses the features of dependencies by the packages that it is given,
/// and would compile them again for another choice.
fn native() -> Result<Tally> {
    step("layout of the code", cargo().args(["fmt", "--all", "--check"]))?;
    licences::run()?;
    step(
        "lints",
        cargo().args(["clippy", "--locked", "--workspace", "--all-targets", "--features", NATIVE_FEATURES]).args(DENY),
    )?;
    let mut page_lints = cargo();
    page_lints
        .args(["clippy", "--locked", "--target", WASM_TARGET, "--features", "ui,inspector,js", "--lib", "--bins"])
        .args(DENY);
    step("lints of the page and the package", &mut page_lints)?;
    let mut documentation = cargo();
    documentation
        .args([
            "doc",
            "--locked",
            "--workspace",
            "--no-deps",
            "--document-private-items",
            "--features",
            NATIVE_FEATURES,
        ])
        // The documentation is for those who work on the code, so it may link to what is private.
        .env("RUSTDOCFLAGS", "-Dwarnings -Arustdoc::private_intra_doc_links");
    step("documentation", &mut documentation)?;
    run_counting("native tests", &mut native_tests())
}

/// All of them ask the engines hundreds of thousands of times, so here the crate is optimised: that takes a minute more to compile
/// and several less to run. Who runs some tests after each change compiles without it.
const OPTIMISED: &str = "profile.test.package.rootlens.opt-level=1";

fn native_tests() -> Command {
    let mut tests = cargo();
    tests.args(["test", "--locked", "--workspace", "--features", NATIVE_FEATURES, "--config", OPTIMISED]);
    tests
}

const DENY: [&str; 3] = ["--", "-D", "warnings"];

fn browser() -> Result<Tally> {
    let runner = test_runner_beside(&setup::path(Tool::WasmBindgen)?);
    let mut tests = cargo();
    tests
        .args(["test", "--locked", "--target", WASM_TARGET, "--features", "inspector", "--test", "browser"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", setup::path(Tool::Chromedriver)?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", root().join("tests/webdriver.json"));
    run_counting("WebAssembly tests in Chromium", &mut tests)
}

fn end_to_end() -> Result<Tally> {
    dist::run()?;
    // The native tests, which some ran before this, have it built; anything else would have cargo compile it again.
    let mut build = native_tests();
    build.arg("--no-run");
    step("build the command line", &mut build)?;
    let mut tests = command(setup::path(Tool::Node)?);
    // Two files at a time: a browser waits more than it works, and more would make each other's tests late.
    tests
        .args(["--test", "--test-reporter=spec", "--test-concurrency=2"])
        .args(specifications()?)
        .env("CHROMIUM", setup::path(Tool::Chromium)?)
        // Another page under test is for those who run one specification by hand.
        .env_remove("DIST");
    run_counting("end-to-end tests of the built page and the exports", &mut tests)
}

/// Where the specifications of the built page and of the exports are.
const SPECIFICATIONS: [&str; 2] = ["tests/e2e", "tests/export"];

/// The files are named one by one, because only newer releases of Node's runner take a pattern.
fn specifications() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for folder in SPECIFICATIONS {
        let files = entries(&root().join(folder))?.iter().map(|path| file_name(path)).collect::<Vec<_>>();
        let specifications = files.iter().filter(|name| name.ends_with(".spec.mjs"));
        names.extend(specifications.map(|name| format!("{folder}/{name}")));
    }
    Ok(names)
}

fn run_counting(title: &str, command: &mut Command) -> Result<Tally> {
    let mut tally = Tally::default();
    step_reading(title, command, |line| tally.read(line))?;
    Ok(tally)
}

/// How many tests ran, read from the closing lines of cargo's and Node's runners.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
    skipped: u32,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    fn read(&mut self, line: &str) {
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
            self.skipped += number_before(result, " ignored");
        } else if let Some(counted) = line.strip_prefix("ℹ ") {
            self.passed += number_after(counted, "pass ");
            self.failed += number_after(counted, "fail ");
            self.skipped += number_after(counted, "skipped ");
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if 0 < self.skipped { write!(formatter, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    let number = text.split_once(word).and_then(|(before, _)| before.rsplit(' ').next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn number_after(text: &str, word: &str) -> u32 {
    text.strip_prefix(word).and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_both_runners_are_counted() {
        let mut tally = Tally::default();
        for line in [
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.1s",
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 filtered out",
            "ℹ pass 7",
            "ℹ fail 2",
            "ℹ skipped 1",
            "a line about 99 passed tests",
        ] {
            tally.read(line);
        }
        assert_eq!(tally, Tally { passed: 21, failed: 3, skipped: 2 });
        assert_eq!(tally.to_string(), "21 passed, 3 failed, 2 skipped");
    }
}
