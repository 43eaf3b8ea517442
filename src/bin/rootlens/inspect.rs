//! `rootlens inspect`: the whole report, for people, programs, forums and as a drawing.

use std::collections::BTreeMap;
use std::rc::Rc;

use rootlens::choices::Choices;
use rootlens::export;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory, Source};
use rootlens::public_roots::PublicRoots;
use rootlens::report::{Report, Severity};
use rootlens::scene::{self, svg};
use rootlens::share::{self, Content};

use crate::arguments::{Format, Inspect};
use crate::{Answer, Failure, files, text};

/// Findings of severity error, with `--check`.
const ERRORS_FOUND: u8 = 1;

/// Reads the files, computes the report and writes it.
pub(crate) fn run(request: &Inspect) -> Result<Answer, Failure> {
    if request.files.0.is_empty() {
        return Err(Failure("no files given: rootlens inspect FILE... (- is standard input).".to_owned()));
    }
    let inputs = request.files.0.iter().map(|file| files::read(&file.path)).collect::<Result<Vec<Input>, Failure>>()?;
    let mut inventory = Inventory::from_inputs(&inputs);
    if inventory.certificates.is_empty() {
        return Err(no_certificate(&inventory));
    }
    inventory.add_public_roots(&PublicRoots::bundled());
    let choices = choices(request, &inventory)?;
    let graph = Graph::build(inventory.certificates.clone());
    let report = inspect::inspect(&inventory, &graph, &choices).report;
    let errors = report.findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(Answer {
        output: match request.format {
            Format::Link => link(&Content::for_answer(&inventory, &choices, &report)),
            format => write(&report, format),
        },
        warnings: Vec::new(),
        status: if request.check && errors { ERRORS_FOUND } else { 0 },
    })
}

/// The roles of a file are those of all of its parts.
fn choices(request: &Inspect, inventory: &Inventory) -> Result<Choices, Failure> {
    let chosen = |(index, source): (usize, &Rc<Source>)| {
        let file = request.files.0.get(source.input).filter(|file| !file.roles.is_empty())?;
        Some((index, file.roles.clone()))
    };
    let roles: BTreeMap<_, _> = inventory.sources.iter().enumerate().filter_map(chosen).collect();
    let host = request.circumstances.host.clone();
    Ok(Choices {
        roles,
        lens: request.lens,
        purpose: request.purpose,
        store: request.store,
        host,
        ..Choices::at(request.circumstances.at()?)
    })
}

fn no_certificate(inventory: &Inventory) -> Failure {
    let names: Vec<&str> = inventory.sources.iter().map(|source| source.name.as_str()).collect();
    let mut lines = vec![format!("no certificate could be read from {}.", names.join(", "))];
    lines.extend(inventory.sources.iter().flat_map(|source| files::warnings(source)));
    lines.push("Give files with certificates, PEM or DER.".to_owned());
    Failure(lines.join("\n  "))
}

/// What stands behind the address of a page; no page is asked.
fn link(content: &Content) -> String {
    format!("#{}\n", share::pack(content))
}

fn write(report: &Report, format: Format) -> String {
    match format {
        Format::Text | Format::Link => text::report(report),
        Format::Svg => svg::document(&scene::draw(report, &scene::View::default()), svg::Theme::System),
        Format::Markdown => export::markdown(report, None),
        Format::Mermaid => export::mermaid(report),
        Format::Dot => export::dot(report),
        Format::Json => export::json(report),
    }
}
