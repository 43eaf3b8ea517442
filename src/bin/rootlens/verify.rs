//! `rootlens verify`: what engines say of one chain.

use rootlens::analysis;
use rootlens::certificate::CertId;
use rootlens::dividing;
use rootlens::graph::Graph;
use rootlens::inventory::{Inventory, Source};
use rootlens::timeline::{self, Flip};
use rootlens::verifier::{Engine, Outcome, Query, Verdict};
use serde_json::{Value, json};

use crate::arguments::{Asked, Format, Verify};
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
    };
    let verdicts: Vec<(Asked, Verdict)> =
        request.engines.iter().map(|&asked| (asked, asked.engine.verify(&graph, &query))).collect();
    Ok(Answer {
        output: write(&graph, &query, &verdicts, request.format),
        warnings: [trust, chain].into_iter().flat_map(|source| files::warnings(source)).collect(),
        status: 0,
    })
}

fn nothing_in(source: &Source, flag: &str) -> Failure {
    let mut lines = vec![format!("no certificate could be read from {} (--{flag}).", source.name)];
    lines.extend(files::warnings(source));
    Failure(lines.join("\n  "))
}

fn write(graph: &Graph, query: &Query<'_>, verdicts: &[(Asked, Verdict)], format: Format) -> String {
    match format {
        Format::Json => {
            let list: Vec<Value> = verdicts.iter().map(|(asked, verdict)| as_json(graph, *asked, verdict)).collect();
            format!("{:#}\n", Value::Array(list))
        }
        _ => {
            let lines: String =
                verdicts.iter().map(|(asked, verdict)| as_text(graph, query, *asked, verdict)).collect();
            lines + &divided(graph, query, verdicts)
        }
    }
}

fn as_json(graph: &Graph, asked: Asked, verdict: &Verdict) -> Value {
    let digests = |chain: &Vec<CertId>| -> Vec<String> {
        let certificates = chain.iter().filter_map(|&id| graph.certificate(id));
        certificates.map(|it| it.sha256_hex()).collect()
    };
    let mut answer = json!({
        "engine": asked.engine.name(),
        "accepts": verdict.accepts(),
        "detail": verdict.detail,
        "chains": verdict.chains.iter().map(digests).collect::<Vec<Vec<String>>>(),
    });
    if let (Some(product), Some(answer)) = (asked.product, answer.as_object_mut()) {
        let known = json!({
            "name": product.name,
            "note": product.note,
            "source": product.source,
            "confidence": product.confidence.words(),
        });
        answer.insert("product".to_owned(), known);
    }
    answer
}

fn as_text(graph: &Graph, query: &Query<'_>, asked: Asked, verdict: &Verdict) -> String {
    let outcome = match verdict.outcome {
        Outcome::Accepted => "accepts",
        Outcome::Rejected => "rejects",
        Outcome::Stopped => "stopped before an answer was found",
    };
    let mut lines = match asked.product {
        None => vec![format!("{}: {outcome}", asked.engine.name())],
        Some(product) => vec![
            format!("{}, as {} judges: {outcome}", product.name, asked.engine.name()),
            format!("  {}", product.note),
            format!("  {}: {}", product.confidence.words(), product.source),
        ],
    };
    if !verdict.detail.is_empty() {
        lines.push(format!("  {}", verdict.detail));
    }
    for chain in &verdict.chains {
        let names = chain.iter().filter_map(|&id| graph.certificate(id)).map(|it| it.short_name());
        lines.push(format!("  {}", names.collect::<Vec<String>>().join(" <- ")));
    }
    let course = timeline::course(graph, asked.engine, query);
    lines.extend(course.next_after(query.at).map(|flip| change(graph, flip)));
    lines.iter().map(|line| text::printable(line) + "\n").collect()
}

/// What divides the engines that were asked; nothing where they agree.
fn divided(graph: &Graph, query: &Query<'_>, verdicts: &[(Asked, Verdict)]) -> String {
    let engines: Vec<Engine> = verdicts.iter().map(|(asked, _)| asked.engine).collect();
    let accepting = verdicts.iter().filter(|(_, verdict)| verdict.accepts()).count();
    if accepting == 0 || accepting == verdicts.len() {
        return String::new();
    }
    let division = dividing::divide(graph, &engines, query);
    let names = analysis::names(graph);
    let name = |id: CertId| names.get(id.0).cloned().unwrap_or_default();
    let mut lines = vec![format!("{accepting} of {} accept. What divides them:", verdicts.len())];
    lines.extend(division.facts.iter().map(|fact| format!("  {} [{}]", fact.sentence(&name), fact.kind.code())));
    lines.push(match division.then_accepts {
        Some(accepts) => {
            let without = if division.facts.len() == 1 { "If it were not so" } else { "If none of this were so" };
            format!("  {without}, all would {}.", if accepts { "accept" } else { "reject" })
        }
        None => "  no fact, and no few of them together, was found.".to_owned(),
    });
    lines.iter().map(|line| text::printable(line) + "\n").collect()
}

/// When the verdict changes next, and whose validity begins or ends there.
fn change(graph: &Graph, flip: &Flip) -> String {
    let outcome = if flip.accepts { "accepts" } else { "rejects" };
    let certificates = flip.because.iter().filter_map(|&id| graph.certificate(id));
    let names: Vec<String> = certificates.map(|it| it.short_name()).collect();
    format!("  {outcome} from {} on: validity of {}", flip.at, names.join(", "))
}
