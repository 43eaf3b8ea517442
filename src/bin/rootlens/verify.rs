//! `rootlens verify`: what engines say of one chain.

use std::rc::Rc;

use rootlens::acceptance::Question;
use rootlens::certificate::CertId;
use rootlens::choices::Choices;
use rootlens::export;
use rootlens::graph::Graph;
use rootlens::inspect::{ChainInspection, inspect_chain};
use rootlens::inventory::{Inventory, Meaning, Source};
use rootlens::report::EngineVerdict;
use rootlens::role::Chain;
use rootlens::time::Timestamp;
use rootlens::verifier::preset::Preset;
use rootlens::verifier::{Engine, Readings};
use rootlens::wording;
use serde::Serialize;

use crate::arguments::{VerdictFormat, Verify};
use crate::{Answer, FAILED, Failure, files, text};

/// The number of the only chain.
const CHAIN: usize = 0;

/// The inputs, in the order in which they are read.
const TRUST: usize = 0;
const PRESENTED: usize = 1;

/// Reads both files and asks every engine named.
pub(crate) fn run(request: &Verify) -> Result<Answer, Failure> {
    let (trust, chain) = (files::read(&request.trust)?, files::read(&request.chain)?);
    let trust_is_empty = trust.bytes.iter().all(u8::is_ascii_whitespace);
    let chain_name = chain.name.clone();
    let inventory = Inventory::from_inputs(&[trust, chain]);
    let trusted = certificates(&inventory, TRUST, is_trust);
    if trusted.is_empty() && !trust_is_empty {
        return Err(nothing_in(&inventory, TRUST, "trust"));
    }
    let presented = certificates(&inventory, PRESENTED, |meaning| !is_trust(meaning));
    let Some((&leaf, presented)) = presented.split_first() else {
        return Err(nothing_in(&inventory, PRESENTED, "chain"));
    };
    let graph = Graph::build(inventory.certificates.clone());
    let readings = Readings::of(&graph);
    let presented = Chain { source: PRESENTED, name: chain_name, leaf, presented: presented.to_vec() };
    let question = Question { chain: presented, purpose: request.purpose, places: vec![PRESENTED], host: None };
    let (at, host) = (request.circumstances.at()?, request.circumstances.host.clone());
    let engines = request.engines.engines();
    let found = inspect_chain(&readings, trusted, question, &Choices { host, ..Choices::at(at) }, &engines);
    let answer = Answered { product: request.engines.product(), readings: &readings, at, engines, found };
    Ok(Answer {
        output: match request.format {
            VerdictFormat::Json => answer.json(),
            VerdictFormat::Text => answer.text(),
        },
        status: if files::unread(&inventory).is_empty() { 0 } else { FAILED },
        warnings: inventory.sources.iter().flat_map(|source| files::warnings(source)).collect(),
    })
}

/// The certificates of an input: those of the parts whose keys say that they are what is asked for, else all.
fn certificates(inventory: &Inventory, input: usize, is_meant: fn(Meaning) -> bool) -> Vec<CertId> {
    let of_input = || inventory.sources.iter().filter(|source| source.input == input);
    let meant = of_input().filter(|source| source.part.as_ref().is_some_and(|part| is_meant(part.meaning)));
    let meant: Vec<CertId> = meant.flat_map(|source| source.certificates()).collect();
    if meant.is_empty() { of_input().flat_map(|source| source.certificates()).collect() } else { meant }
}

fn is_trust(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Trusted | Meaning::TrustedByDefault)
}

fn nothing_in(inventory: &Inventory, input: usize, flag: &str) -> Failure {
    let sources: Vec<&Rc<Source>> = inventory.sources.iter().filter(|source| source.input == input).collect();
    let name = sources.first().map_or("", |source| source.file.as_str());
    let mut lines = vec![format!("no certificate could be read from {name} (--{flag}).")];
    lines.extend(sources.into_iter().flat_map(|source| files::warnings(source)));
    Failure(lines.join("\n  "))
}

/// A verdict as `--format json` writes it.
#[derive(Serialize)]
struct VerdictJson<'a> {
    accepts: bool,
    /// SHA-256 of every certificate, leaf first.
    chains: Vec<Vec<String>>,
    detail: &'a str,
    engine: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<ProductJson>,
}

/// The product that was named, and how it is known which engine stands behind it.
#[derive(Serialize)]
struct ProductJson {
    confidence: &'static str,
    name: &'static str,
    note: &'static str,
    source: &'static str,
}

/// The question and what the engines say.
struct Answered<'a> {
    /// The product that was named, if it was not the engine.
    product: Option<&'a Preset>,
    readings: &'a Readings<'a>,
    at: Timestamp,
    engines: Vec<Engine>,
    found: ChainInspection,
}

impl Answered<'_> {
    fn json(&self) -> String {
        let list: Vec<VerdictJson<'_>> = self.found.verdicts.iter().map(|verdict| self.verdict_json(verdict)).collect();
        // Plain data, which nothing can keep from being written.
        export::escaped_json(&serde_json::to_string_pretty(&list).unwrap_or_default()) + "\n"
    }

    fn verdict_json<'a>(&'a self, verdict: &'a EngineVerdict) -> VerdictJson<'a> {
        let digests = |chain: &Vec<usize>| -> Vec<String> {
            let certificates = chain.iter().filter_map(|&id| self.readings.graph().certificate(CertId(id)));
            certificates.map(|it| it.sha256_hex()).collect()
        };
        let product = |product: &'a Preset| ProductJson {
            confidence: product.confidence.words(),
            name: product.name,
            note: product.note,
            source: product.source,
        };
        VerdictJson {
            accepts: verdict.accepts,
            chains: verdict.chains.iter().map(digests).collect(),
            detail: &verdict.detail,
            engine: match self.product {
                Some(product) => product.engine_name(),
                None => &verdict.engine,
            },
            product: self.product.map(product),
        }
    }

    fn text(&self) -> String {
        let mut lines = Vec::new();
        for (engine, verdict) in self.engines.iter().zip(&self.found.verdicts) {
            self.verdict_as_text(*engine, verdict, &mut lines);
        }
        self.disagreement(&mut lines);
        lines.iter().map(|line| text::printable(line) + "\n").collect()
    }

    fn verdict_as_text(&self, engine: Engine, verdict: &EngineVerdict, lines: &mut Vec<String>) {
        let outcome = wording::outcome(verdict);
        match self.product {
            None => lines.push(format!("{}: {outcome}", verdict.engine)),
            Some(product) => lines.extend([
                format!("{}, as {} judges: {outcome}", product.name, product.engine_name()),
                format!("  {}", product.note),
                format!("  {}: {}", product.confidence.words(), product.source),
            ]),
        }
        if !verdict.detail.is_empty() {
            lines.push(format!("  {}", verdict.detail));
        }
        lines.extend(verdict.chains.iter().map(|chain| format!("  {}", self.names(chain).join(" <- "))));
        let history = self.found.chains.history(self.readings, engine, CHAIN);
        if let Some(change) = history.as_ref().and_then(|history| history.next_change(self.at)) {
            let certificates = self.names(&change.certificates);
            lines.push(format!("  {}", wording::change_of_verdict(change.accepts, change.at, &certificates)));
        }
    }

    /// Why the engines that were asked disagree; nothing where they agree.
    fn disagreement(&self, lines: &mut Vec<String>) {
        let verdicts = &self.found.verdicts;
        let accepting = verdicts.iter().filter(|verdict| verdict.accepts).count();
        if accepting == 0 || accepting == verdicts.len() {
            return;
        }
        let Some(explanation) = self.found.chains.explanation(self.readings, &self.engines, CHAIN) else { return };
        lines.push(format!("{}. {}", wording::agreement(verdicts), wording::DIVIDES.trim_end()));
        lines.extend(explanation.facts.iter().map(|fact| format!("  {} [{}]", fact.sentence, fact.code)));
        let conclusion = explanation.then_accepts.map_or_else(
            || wording::UNEXPLAINED.to_owned(),
            |accepts| wording::without_them(explanation.facts.len(), accepts),
        );
        lines.push(format!("  {conclusion}"));
    }

    fn names(&self, certificates: &[usize]) -> Vec<String> {
        let certificates = certificates.iter().filter_map(|&id| self.readings.graph().certificate(CertId(id)));
        certificates.map(|certificate| certificate.short_name()).collect()
    }
}
