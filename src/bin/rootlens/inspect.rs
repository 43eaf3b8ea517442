//! `rootlens inspect`: the whole report, for people, programs, forums and as a drawing.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use rootlens::choices::Choices;
use rootlens::export;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory, Source};
use rootlens::plural::some_of;
use rootlens::public_roots::PublicRoots;
use rootlens::report::{AnswerVerdict, Lens, Report, Severity};
use rootlens::scene::{self, svg};
use rootlens::share::{self, Content};

use crate::arguments::{Asked, Format, Inspect};
use crate::{Answer, FAILED, Failure, files, text};

/// Not every program accepts every chain, with `--check`.
const NOT_TRUSTED: u8 = 1;

/// What was read and found out.
pub(crate) struct Inspected {
    inventory: Inventory,
    choices: Choices,
    pub(crate) report: Report,
    /// What could not be read.
    pub(crate) warnings: Vec<String>,
}

/// Reads the files, computes the report and writes it. Programs get the report even where nothing was read, because it
/// says why.
pub(crate) fn run(request: &Inspect) -> Result<Answer, Failure> {
    let given = read(&request.asked, "inspect")?;
    if matches!(request.format, Format::Link)
        && !request.check
        && let Some(content) = given.content_without_report()
    {
        let status = if given.warnings.is_empty() { 0 } else { FAILED };
        return Ok(Answer { output: link(&content), warnings: given.warnings, status });
    }
    let inspected = match (given.inspected(), request.format) {
        (Read::Something(inspected), _) => inspected,
        (Read::Nothing(inspected, Failure(why)), Format::Json) => {
            let output = write(&inspected.report, Format::Json);
            return Ok(Answer { output, warnings: vec![why], status: FAILED });
        }
        (Read::Nothing(_, why), _) => return Err(why),
    };
    let report = &inspected.report;
    Ok(Answer {
        output: match request.format {
            Format::Link => link(&Content::for_answer(&inspected.inventory, &inspected.choices, report)),
            format => write(report, format),
        },
        status: match inspected.warnings.is_empty() {
            false => FAILED,
            true if request.check && fails(report) => NOT_TRUSTED,
            true => 0,
        },
        warnings: inspected.warnings,
    })
}

/// What came of the files.
pub(crate) enum Read {
    /// At least one certificate.
    Something(Inspected),
    /// No certificate: what else there is, and the words for it.
    Nothing(Inspected, Failure),
}

impl Read {
    /// For a command that has nothing to say without a certificate.
    pub(crate) fn something(self) -> Result<Inspected, Failure> {
        match self {
            Read::Something(inspected) => Ok(inspected),
            Read::Nothing(_, why) => Err(why),
        }
    }
}

/// What was read, and what is asked about it.
struct Given {
    inventory: Inventory,
    choices: Choices,
    graph: Graph,
    /// What could not be read.
    warnings: Vec<String>,
    /// Why there is nothing to inspect.
    no_certificate: Option<Failure>,
}

impl Given {
    fn inspected(self) -> Read {
        let Given { inventory, choices, graph, warnings, no_certificate } = self;
        let report = inspect::inspect(&inventory, &graph, &choices).report;
        let inspected = Inspected { inventory, choices, report, warnings };
        match no_certificate {
            Some(why) => Read::Nothing(inspected, why),
            None => Read::Something(inspected),
        }
    }

    /// What a link carries, where nothing of the files would be left out of it whatever the report says.
    fn content_without_report(&self) -> Option<Content> {
        if self.no_certificate.is_some() {
            return None;
        }
        let roles = inspect::roles(&self.inventory, &self.graph, &self.choices);
        Content::without_report(&self.inventory, &self.choices, &roles)
    }
}

/// Reads the files and computes the report, for the command of this name.
pub(crate) fn inspect(asked: &Asked, command: &str) -> Result<Read, Failure> {
    read(asked, command).map(Given::inspected)
}

fn read(asked: &Asked, command: &str) -> Result<Given, Failure> {
    if asked.files.0.is_empty() {
        return Err(Failure(format!("no files given: rootlens {command} FILE... (- is standard input).")));
    }
    let of_password = asked.passwords.path.as_deref();
    let is_standard_input = |path: &Path| path == Path::new(files::STANDARD_INPUT);
    if of_password.is_some_and(is_standard_input) && asked.files.0.iter().any(|file| is_standard_input(&file.path)) {
        return Err(Failure(
            "standard input can't be both a file and the password. Name a file for one of them.".to_owned(),
        ));
    }
    let passwords = files::passwords(&asked.passwords)?;
    let inputs = asked.files.0.iter().map(|file| files::read(&file.path)).collect::<Result<Vec<Input>, Failure>>()?;
    let mut inventory = Inventory::from_inputs_with(&inputs, &passwords);
    let is_empty = inventory.certificates.is_empty();
    let still_locked = files::still_locked(&asked.passwords, &inventory);
    let warnings = [files::unread(&inventory), still_locked.clone()].concat();
    inventory.add_public_roots(&PublicRoots::bundled());
    let choices = choices(asked, &inventory)?;
    let graph = Graph::build(inventory.certificates.clone());
    let no_certificate = is_empty.then(|| no_certificate(&inventory, still_locked));
    Ok(Given { inventory, choices, graph, warnings, no_certificate })
}

/// In the router's lens its findings decide, else the verdict.
fn fails(report: &Report) -> bool {
    match report.answer.lens {
        Lens::Router => report.findings.iter().any(|finding| finding.severity == Severity::Error),
        Lens::Chains => matches!(report.answer.verdict, AnswerVerdict::NotTrusted | AnswerVerdict::Depends),
    }
}

/// The roles of a file are those of all of its parts.
fn choices(asked: &Asked, inventory: &Inventory) -> Result<Choices, Failure> {
    let chosen = |(index, source): (usize, &Rc<Source>)| {
        let file = asked.files.0.get(source.input).filter(|file| !file.roles.is_empty())?;
        Some((index, file.roles.clone()))
    };
    let roles: BTreeMap<_, _> = inventory.sources.iter().enumerate().filter_map(chosen).collect();
    let host = asked.circumstances.host.clone();
    let Asked { purpose, store, lens, program, .. } = *asked;
    Ok(Choices { roles, lens, purpose, host, store, program, ..Choices::at(asked.circumstances.at()?) })
}

fn no_certificate(inventory: &Inventory, still_locked: Vec<String>) -> Failure {
    let names: Vec<&str> = inventory.sources.iter().map(|source| source.name.as_str()).collect();
    let mut lines = vec![format!("no certificate could be read from {}.", some_of(&names))];
    lines.extend(inventory.sources.iter().flat_map(|source| files::warnings(source)));
    lines.extend(still_locked);
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
