//! Outside the router's lens nobody reads of routers: the words of that lens stand in no sentence of the terminal, the
//! Markdown or the report.
#![cfg(feature = "cli")]

use std::process::Command;

use serde_json::Value;

use crate::incident;
use crate::recorded;

/// Words that only the router's lens uses, in the singular and in lower case.
const WORDS: [&str; 7] = ["openziti", "naive", "sampled", "peer", "controller", "gate", "pool"];

/// The one sentence that says what the router's lens would show, in which "root pool" stands.
const FOLDED: &str = "If a program derived its own root pool from this chain";

/// What `rootlens inspect` writes about an incident.
fn inspect(row: &incident::Row, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rootlens"))
        .args(["inspect", "--at", incident::AT, "--format", format])
        .args(row.arguments.split(' '))
        .current_dir(recorded::path(&format!("incidents/{}", row.folder)))
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{}: {}", row.folder, String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The words of the list that stand in a text, whole or in the plural.
fn found(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| WORDS.contains(&word.as_str()) || WORDS.contains(&word.trim_end_matches('s'))).collect()
}

/// The text without the folded sentence, in which nothing but "root pool" may stand.
fn without_the_folded_sentence(text: &str) -> String {
    let Some(start) = text.find(FOLDED) else { return text.to_owned() };
    let end = text[start..].find("\n\n").map_or(text.len(), |length| start + length);
    assert_eq!(found(&text[start..end]), ["pool"], "{}", &text[start..end]);
    format!("{}{}", &text[..start], &text[end..])
}

/// Every text below a value of the report; what a key of `BESIDE` holds belongs to the other lens.
fn texts(value: &Value, found: &mut Vec<String>) {
    const BESIDE: [&str; 4] = ["pools", "divergence", "gates", "lens"];
    // Identifiers and what programs read, not prose.
    const NO_PROSE: [&str; 7] = ["role", "roles", "pem", "text", "commands", "code", "cause"];
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => {
            let prose = fields.iter().filter(|(name, _)| ![&BESIDE[..], &NO_PROSE].concat().contains(&name.as_str()));
            prose.for_each(|(_, field)| texts(field, found));
        }
        _ => {}
    }
}

#[test]
fn outside_the_router_s_lens_nothing_is_said_in_its_words() {
    let mut wrong = Vec::new();
    let rows = incident::rows();
    for row in &rows {
        let report: Value = serde_json::from_str(&inspect(row, "json")).expect("JSON");
        assert_eq!(report["answer"]["lens"], "chains", "{}", row.folder);
        let mut prose = Vec::new();
        texts(&report, &mut prose);
        let sentences = prose.iter().filter(|text| !found(text).is_empty());
        wrong.extend(sentences.map(|text| format!("{} JSON: {text}", row.folder)));
        for format in ["text", "markdown"] {
            let text = without_the_folded_sentence(&inspect(row, format));
            let lines = text.lines().filter(|line| !found(line).is_empty());
            wrong.extend(lines.map(|line| format!("{} {format}: {line}", row.folder)));
        }
    }
    assert!(rows.len() > 20);
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The search finds what it is for, and takes nothing else for it.
#[test]
fn the_words_are_found_whole_and_in_the_plural() {
    assert_eq!(found("Both pools: a controller's Gates, OpenZiti."), ["pools", "controller", "gates", "openziti"]);
    assert!(found("The gateway investigates; people disappear.").is_empty());
}
