//! What people read, held as a whole: the terminal's and the forum's report of every example and of every fixture, and
//! the answers about one chain (`tests/it/snapshots`).
//!
//! A change of words shows up here in full: look at the difference, then run with `INSTA_UPDATE=always`.
#![cfg(feature = "cli")]

use std::path::{Path, PathBuf};
use std::process::Command;

use rootlens::example::EXAMPLES;

use crate::recorded;
use crate::scenario::{self, AT, OPENZITI};

/// Scenarios that differ in what is said of their chain.
const SCENARIOS: [&str; 7] = [
    "ec-00-ok",
    "ec-02-same-dn-other-key-with-keyids",
    "ec-04-missing-intermediate",
    "ec-04c-pool-only-intermediate",
    "ec-05-expired-leaf",
    "ec-05d-expired-intermediate",
    "ec-07-eku-serverauth-only",
];

fn rootlens(arguments: &[&str], files: &[PathBuf]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rootlens")).args(arguments).args(files).output();
    let output = output.expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[track_caller]
fn holds(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Both forms of the report.
fn reports_hold(title: &str, at: &str, files: &[PathBuf]) {
    holds(&format!("terminal-{title}"), &rootlens(&["inspect", "--at", at], files));
    let post = rootlens(&["inspect", "--at", at, "--format", "markdown"], files);
    holds(&format!("markdown-{title}"), &without_program(&post));
}

/// A post without the Go program, which is the same in each and has a file of its own.
fn without_program(post: &str) -> String {
    let Some((before, rest)) = post.split_once("```go\n") else { return post.to_owned() };
    let (_, after) = rest.split_once("\n```\n").expect("the program ends");
    format!("{before}```go\n(src/export/pools.go)\n```\n{after}")
}

#[test]
fn reports_of_the_examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/examples");
    for example in EXAMPLES {
        let files: Vec<PathBuf> = example.files.iter().map(|file| folder.join(example.name).join(file.name)).collect();
        reports_hold(example.name, example.at, &files);
    }
}

#[test]
fn reports_of_the_openziti_network() {
    for kind in ["distinct", "same"] {
        let folder = recorded::path("openziti-ha").join(kind);
        let files: Vec<PathBuf> = OPENZITI.iter().map(|file| folder.join(file)).collect();
        reports_hold(&format!("openziti-ha-{kind}"), AT, &files);
    }
}

/// One file for each form of the report: the scenarios are many and their reports short.
#[test]
fn reports_of_the_scenarios() {
    let (mut terminal, mut markdown) = (String::new(), String::new());
    for scenario in scenario::mtls_names() {
        let folder = recorded::path("mtls-scenarios").join(&scenario);
        let files = ["pool.pem", "chain.pem"].map(|file| folder.join(file));
        let heading = format!("======== {scenario}");
        let report = rootlens(&["inspect", "--at", AT], &files);
        terminal.push_str(&format!("{heading}\n{report}\n"));
        let post = without_program(&rootlens(&["inspect", "--at", AT, "--format", "markdown"], &files));
        markdown.push_str(&format!("{heading}\n{post}\n"));
    }
    holds("terminal-scenarios", &terminal);
    holds("markdown-scenarios", &markdown);
}

#[test]
fn answers_about_one_chain() {
    for scenario in SCENARIOS {
        let file = |name: &str| format!("{}/{scenario}/{name}", recorded::path("mtls-scenarios").display());
        let (pool, chain) = (file("pool.pem"), file("chain.pem"));
        let arguments = ["verify", "--at", AT, "--purpose", "client", "--trust", &pool, "--chain", &chain];
        holds(&format!("verify-{scenario}"), &rootlens(&arguments, &[]));
    }
}
