//! `cargo xtask test`: every check and every test, in three parts, each with its count at the end.

use std::time::Instant;

use crate::page::WITHOUT_DEBUG_INFORMATION;
use crate::process::{Failure, Outcome, cargo, command, root, seconds, step, step_reading};
use crate::tools::{Tool, WASM_TARGET, test_runner_beside};
use crate::{dist, setup, usage};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Layout, lints, documentation and the tests that need no browser.
    Native,
    /// The WebAssembly tests in headless Chromium.
    Browser,
    /// The built page in Chromium, its size, and the exports in the programs that read them.
    EndToEnd,
}

const ALL: [Part; 3] = [Part::Native, Part::Browser, Part::EndToEnd];

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

    fn run(self) -> Outcome<Tally> {
        match self {
            Self::Native => native(),
            Self::Browser => browser(),
            Self::EndToEnd => end_to_end(),
        }
    }
}

/// The parts that `--only` names, or all.
pub fn parts(options: &[String]) -> Outcome<Vec<Part>> {
    let mut chosen = Vec::new();
    let mut words = options.iter();
    while let Some(word) = words.next() {
        let name = match word.strip_prefix("--only") {
            Some("") => words.next().map(String::as_str).unwrap_or_default(),
            Some(value) => value.trim_start_matches('='),
            None => return Err(usage(&format!("test takes no `{word}`"))),
        };
        let part = ALL.into_iter().find(|part| part.name() == name);
        chosen.push(part.ok_or_else(|| usage(&format!("there is no part `{name}`")))?);
    }
    Ok(if chosen.is_empty() { ALL.to_vec() } else { chosen })
}

pub fn run(parts: &[Part]) -> Outcome {
    let start = Instant::now();
    // All tools first: who has to step in (as root, say) learns it in the first minute.
    setup::tools(&parts.iter().flat_map(|part| part.tools()).copied().collect::<Vec<_>>())?;
    let mut lines = Vec::new();
    let mut total = Tally::default();
    for part in parts {
        let begun = Instant::now();
        let tally = part.run()?;
        if tally.passed == 0 {
            return Err(Failure::new(format!("the part {} ran no test", part.name())));
        }
        lines.push(format!("{:<8} {tally} in {}", part.name(), seconds(begun.elapsed())));
        total.add(&tally);
    }
    println!("\n== every test passed, in {}\n{}\n\n{total}", seconds(start.elapsed()), lines.join("\n"));
    Ok(())
}

fn native() -> Outcome<Tally> {
    step("layout of the code", cargo().args(["fmt", "--all", "--check"]))?;
    step(
        "lints",
        cargo().args(["clippy", "--locked", "--workspace", "--all-targets", "--features", "cli"]).args(DENY),
    )?;
    let mut page_lints = cargo();
    page_lints
        .args(["clippy", "--locked", "--target", WASM_TARGET, "--features", "ui,js", "--lib", "--bins"])
        .args(DENY);
    step("lints of the page and the package", &mut page_lints)?;
    let mut documentation = cargo();
    documentation
        .args(["doc", "--locked", "--no-deps", "--document-private-items", "--features", "cli"])
        // The documentation is for those who work on the code, so it may link to what is private.
        .env("RUSTDOCFLAGS", "-Dwarnings -Arustdoc::private_intra_doc_links");
    step("documentation", &mut documentation)?;
    run_counting("native tests", cargo().args(["test", "--locked", "--workspace", "--features", "cli,schema"]))
}

const DENY: [&str; 3] = ["--", "-D", "warnings"];

fn browser() -> Outcome<Tally> {
    let runner = test_runner_beside(&setup::path(Tool::WasmBindgen)?);
    let mut tests = cargo();
    tests
        .args(["test", "--locked", "--target", WASM_TARGET, "--features", "ui", "--test", "browser"])
        .envs([WITHOUT_DEBUG_INFORMATION])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", setup::path(Tool::Chromedriver)?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", root().join("tests/webdriver.json"));
    run_counting("WebAssembly tests in Chromium", &mut tests)
}

fn end_to_end() -> Outcome<Tally> {
    dist::run()?;
    step("build the command line", cargo().args(["build", "--locked", "--features", "cli", "--bin", "rootlens"]))?;
    let mut tests = command(setup::path(Tool::Node)?);
    tests
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(specifications()?)
        .env("CHROMIUM", setup::path(Tool::Chromium)?);
    run_counting("end-to-end tests of the built page and the exports", &mut tests)
}

/// Where the specifications of the built page and of the exports are.
const SPECIFICATIONS: [&str; 2] = ["tests/e2e", "tests/export"];

/// The files are named one by one, because only newer releases of Node's runner take a pattern.
fn specifications() -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for folder in SPECIFICATIONS {
        let entries = std::fs::read_dir(root().join(folder))
            .map_err(|error| Failure::new(format!("{folder} cannot be read: {error}")))?;
        let files = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.extend(files.filter(|name| name.ends_with(".spec.mjs")).map(|name| format!("{folder}/{name}")));
    }
    names.sort();
    Ok(names)
}

fn run_counting(title: &str, command: &mut std::process::Command) -> Outcome<Tally> {
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

impl std::fmt::Display for Tally {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_string).collect()
    }

    #[test]
    fn parts_are_chosen_by_name() {
        assert_eq!(parts(&[]).expect("all"), ALL);
        assert_eq!(parts(&words("--only browser --only=e2e")).expect("two"), [Part::Browser, Part::EndToEnd]);
        assert!(parts(&words("--only nothing")).is_err());
        assert!(parts(&words("--only")).is_err());
        assert!(parts(&words("--fast")).is_err());
    }

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
