//! The commands of the Markdown export, run: OpenSSL says of every chain what the report says that OpenSSL says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rootlens::choices::Choices;
use rootlens::example::EXAMPLES;
use rootlens::export;
use rootlens::inventory::Input;
use rootlens::lens::Lens;
use rootlens::store::StoreKind;
use rootlens::verifier::{Host, Purpose};

use crate::case::{Case, incidents};
use crate::recorded;
use crate::scenario::{self, AT};

/// The engine that re-enacts the program.
const ENGINE: &str = "openssl-3.0.22";

/// What the recorded status stands behind.
const STATUS: &str = "status ";

fn file(path: &Path) -> Input {
    let name = path.file_name().expect("a name").to_str().expect("UTF-8").to_owned();
    Input { name, bytes: fs::read(path).expect("a file"), ..Input::default() }
}

/// Every folder of the test data with the files that lie directly in it, but for recorded verdicts.
fn folders(folder: &Path, found: &mut Vec<Case>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|it| it.expect("a file").path()).collect();
    paths.sort();
    let is_data = |path: &&PathBuf| {
        path.is_file() && !path.extension().is_some_and(|end| ["json", "tsv", "md", "link"].iter().any(|it| end == *it))
    };
    let inputs: Vec<Input> = paths.iter().filter(is_data).map(|path| file(path)).collect();
    if !inputs.is_empty() {
        found.push(Case::new(&folder.to_string_lossy(), inputs, AT));
    }
    paths.iter().filter(|path| path.is_dir()).for_each(|path| folders(path, found));
}

/// Each scenario of mutual TLS by itself, and asked in other ways.
fn scenarios() -> Vec<Case> {
    let mut cases = Vec::new();
    for name in scenario::mtls_names() {
        let inputs = ["pool.pem", "chain.pem"].map(|it| file(&recorded::path(&format!("mtls-scenarios/{name}/{it}"))));
        let case = || Case::new(&name, inputs.to_vec(), AT);
        let asked = |purpose, host: &str| Choices {
            purpose: Some(purpose),
            host: Some(Host::named(host)),
            lens: Some(Lens::Chains),
            ..case().choices
        };
        cases.push(case());
        cases.push(Case { choices: asked(Purpose::Any, "node-1.example.internal"), ..case() });
        cases.push(Case { choices: asked(Purpose::Server, "192.0.2.1"), ..case() });
        cases.push(Case { choices: Choices { store: Some(StoreKind::Public), ..case().choices }, ..case() });
        cases.push(Case { choices: Choices { store: Some(StoreKind::None), ..case().choices }, ..case() });
    }
    cases
}

fn all() -> Vec<Case> {
    let mut cases = incidents();
    cases.extend(scenarios());
    cases.extend(EXAMPLES.iter().map(|it| Case::new(it.name, it.inputs(), it.at)));
    folders(&recorded::path(""), &mut cases);
    cases
}

/// The first shell script of a post.
fn script(post: &str) -> Option<String> {
    let (_, rest) = post.split_once("### See for yourself\n")?;
    let (_, rest) = rest.split_once("```sh\n")?;
    Some(rest.split_once("```\n")?.0.to_owned())
}

/// Runs a script in a folder with the files; of each `openssl verify` whether it succeeded.
fn run(case: &Case, number: usize, script: &str) -> Vec<bool> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("commands-{number}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    for input in &case.inputs {
        fs::write(folder.join(&input.name), &input.bytes).expect("a file");
    }
    let report = |line: &str| {
        let status = format!("; echo \"{STATUS}$?\"");
        format!("{line}{}\n", if line.starts_with("openssl verify ") { &status } else { "" })
    };
    let script: String = script.lines().map(report).collect();
    let output = Command::new("sh").arg("-c").arg(&script).current_dir(&folder).output().expect("a shell");
    fs::remove_dir_all(&folder).expect("a folder");
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    output.lines().filter_map(|line| line.strip_prefix(STATUS)).map(|status| status == "0").collect()
}

#[test]
#[cfg_attr(not(openssl), ignore = "needs the program openssl, 3.0")]
fn openssl_says_what_the_report_says() {
    let (mut compared, mut accepted, mut wrong) = (0, 0, Vec::new());
    for (number, case) in all().iter().enumerate() {
        let report = case.report();
        let Some(script) = script(&export::markdown(&report, None)) else { continue };
        let said = run(case, number, &script);
        let asked = report.answer.chains.iter().take(said.len().max(1));
        assert_eq!(said.len(), report.answer.chains.len().min(10), "{}: one for each chain\n{script}", case.name);
        for (chain, accepts) in asked.zip(said) {
            let verdict = report.engines.iter().find(|it| it.client == chain.chain && it.engine == ENGINE);
            let verdict = verdict.expect("a verdict");
            if verdict.stopped {
                continue;
            }
            compared += 1;
            accepted += usize::from(accepts);
            if verdict.accepts != accepts {
                wrong.push(format!("{} {}: {} {}", case.name, chain.chain, verdict.accepts, verdict.detail));
            }
        }
    }
    println!("{compared} chains compared, {accepted} accepted");
    assert!(wrong.is_empty(), "{} of {compared} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 250 && accepted > 80, "{compared} chains compared, {accepted} accepted");
}
