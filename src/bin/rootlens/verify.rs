//! `rootlens verify`: what engines say of one chain.

use rootlens::certificate::CertId;
use rootlens::graph::Graph;
use rootlens::inventory::{Inventory, Source};
use rootlens::verifier::{Engine, Outcome, Query, Verdict};
use serde_json::{Value, json};

use crate::arguments::{Format, Verify};
use crate::{Answer, Failure, files, text};

/// Reads both files and asks every engine named.
pub(crate) fn run(request: &Verify) -> Result<Answer, Failure> {
    let (trust, chain) = (files::read(&request.trust)?, files::read(&request.chain)?);
    let trust_is_empty = trust.bytes.iter().all(u8::is_ascii_whitespace);
    let inventory = Inventory::from_inputs(&[trust, chain]);
    let [trust, chain] = inventory.sources.as_slice() else {
        return Err(Failure("both files are needed.".to_owned()));
    };
    let trusted = trust.certificates();
    if trusted.is_empty() && !trust_is_empty {
        return Err(nothing_in(trust, "trust"));
    }
    let presented = chain.certificates();
    let Some((&leaf, presented)) = presented.split_first() else {
        return Err(nothing_in(chain, "chain"));
    };
    let graph = Graph::build(inventory.certificates.clone());
    let query = Query {
        trusted: &trusted,
        presented,
        leaf,
        at: request.at,
        purpose: request.purpose,
        host: request.host.clone(),
        ignore_leaf_validity: false,
    };
    let verdicts: Vec<(Engine, Verdict)> =
        request.engines.iter().map(|&engine| (engine, engine.verify(&graph, &query))).collect();
    Ok(Answer {
        output: write(&graph, &verdicts, request.format),
        warnings: [trust, chain].into_iter().flat_map(|source| files::warnings(source)).collect(),
        status: 0,
    })
}

fn nothing_in(source: &Source, flag: &str) -> Failure {
    let mut lines = vec![format!("no certificate could be read from {} (--{flag}).", source.name)];
    lines.extend(files::warnings(source));
    Failure(lines.join("\n  "))
}

fn write(graph: &Graph, verdicts: &[(Engine, Verdict)], format: Format) -> String {
    match format {
        Format::Json => {
            let list: Vec<Value> = verdicts.iter().map(|(engine, verdict)| as_json(graph, *engine, verdict)).collect();
            format!("{:#}\n", Value::Array(list))
        }
        _ => verdicts.iter().map(|(engine, verdict)| as_text(graph, *engine, verdict)).collect(),
    }
}

fn as_json(graph: &Graph, engine: Engine, verdict: &Verdict) -> Value {
    let digests = |chain: &Vec<CertId>| -> Vec<String> {
        let certificates = chain.iter().filter_map(|&id| graph.certificate(id));
        certificates.map(|it| it.sha256_hex()).collect()
    };
    json!({
        "engine": engine.name(),
        "accepts": verdict.accepts(),
        "detail": verdict.detail,
        "chains": verdict.chains.iter().map(digests).collect::<Vec<Vec<String>>>(),
    })
}

fn as_text(graph: &Graph, engine: Engine, verdict: &Verdict) -> String {
    let outcome = match verdict.outcome {
        Outcome::Accepted => "accepts",
        Outcome::Rejected => "rejects",
        Outcome::Stopped => "stopped before an answer was found",
    };
    let mut lines = vec![format!("{}: {outcome}", engine.name())];
    if !verdict.detail.is_empty() {
        lines.push(format!("  {}", verdict.detail));
    }
    for chain in &verdict.chains {
        let names = chain.iter().filter_map(|&id| graph.certificate(id)).map(|it| it.short_name());
        lines.push(format!("  {}", names.collect::<Vec<String>>().join(" <- ")));
    }
    lines.iter().map(|line| text::printable(line) + "\n").collect()
}
