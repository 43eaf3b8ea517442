//! `rootlens conformance`: how far the engines agree with what real programs decided.

use std::path::Path;

use rootlens::conformance::{Comparison, Prepared, Suite, engine_of_program};
use rootlens::verifier::Engine;

use crate::arguments::Conformance;
use crate::{Answer, Failure, files, text};

/// Reads every file, asks every engine that has verdicts in it, and lists where they part.
pub(crate) fn run(request: &Conformance) -> Result<Answer, Failure> {
    if request.files.is_empty() {
        return Err(Failure("no files given: rootlens conformance FILE... (- is standard input).".to_owned()));
    }
    let mut output = String::new();
    for path in &request.files {
        let suite = read(path)?;
        output.push_str(&if request.verdicts { verdicts(&suite) } else { report(path, &suite) });
    }
    Ok(Answer { output: text::printable(&output), warnings: Vec::new(), status: 0 })
}

fn read(path: &Path) -> Result<Suite, Failure> {
    let bytes = files::read(path)?.bytes;
    let refuse = |why: String| {
        let name = path.display();
        Failure(format!("{name} {why}. It is no file of the conformance format (see src/conformance/mod.rs)."))
    };
    let text = String::from_utf8(bytes).map_err(|_| refuse("is no text".to_owned()))?;
    Suite::read(&text).map_err(|why| refuse(why.to_string()))
}

/// The agreement of one engine on one file.
struct Agreement<'n> {
    /// Of the program, as the file has it.
    name: &'n str,
    engine: Engine,
    /// The case's id and the comparison, for each case with a verdict of the engine's program.
    comparisons: Vec<(String, Comparison)>,
}

fn report(path: &Path, suite: &Suite) -> String {
    let (ours, others): (Vec<&str>, Vec<&str>) =
        suite.engines().into_iter().partition(|name| engine_of_program(name).is_some());
    let mut lines = vec![format!("{}: {} cases", path.display(), suite.cases.len())];
    for agreement in agreements(suite, &ours) {
        agreement.write(&mut lines);
    }
    if !others.is_empty() {
        lines.push(format!("  not re-enacted here: {}", others.join(", ")));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What every engine says to every case, a line each.
fn verdicts(suite: &Suite) -> String {
    let lines = suite.cases.iter().flat_map(|case| {
        let prepared = suite.prepare(case);
        Engine::ALL.iter().map(|engine| case.verdict_line(*engine, &prepared)).collect::<Vec<_>>()
    });
    lines.flatten().map(|line| line + "\n").collect()
}

fn agreements<'n>(suite: &Suite, names: &[&'n str]) -> Vec<Agreement<'n>> {
    let agreement =
        |name: &&'n str| Some(Agreement { name, engine: engine_of_program(name)?, comparisons: Vec::new() });
    let mut agreements: Vec<Agreement<'n>> = names.iter().filter_map(agreement).collect();
    // As the registry has them, and products behind them by name.
    agreements.sort_by_key(|it| Engine::ALL.iter().position(|engine| *engine == it.engine).unwrap_or(usize::MAX));
    for case in &suite.cases {
        let prepared: Prepared = suite.prepare(case);
        for agreement in &mut agreements {
            if let Some(recorded) = case.recorded.get(agreement.name) {
                let comparison = case.compare(agreement.engine, &prepared, recorded);
                agreement.comparisons.push((case.id.clone(), comparison));
            }
        }
    }
    agreements
}

impl Agreement<'_> {
    fn write(&self, lines: &mut Vec<String>) {
        let all = self.comparisons.len();
        let verdicts = self.count(|it| it.same_verdict);
        let (chains, known) =
            (self.count(|it| it.same_chains == Some(true)), self.count(|it| it.same_chains.is_some()));
        // Of a rejection on both sides.
        let rejected = |it: &Comparison| !it.accepts && it.same_verdict && it.all_read;
        let (words, rejections) = (self.count(|it| rejected(it) && it.same_detail), self.count(rejected));
        lines.push(format!(
            "  {}: {} of verdicts ({verdicts}/{all}), {} of chains ({chains}/{known}), {} of words ({words}/{rejections})",
            self.name,
            percent(verdicts, all),
            percent(chains, known),
            percent(words, rejections),
        ));
        for (id, comparison) in self.comparisons.iter().filter(|(_, it)| !it.agrees()) {
            lines.push(format!("    {id}"));
            lines.push(format!("      on record: {}", comparison.expected));
            lines.push(format!("      engine:    {}", comparison.actual));
        }
    }

    fn count(&self, what: impl Fn(&Comparison) -> bool) -> usize {
        self.comparisons.iter().filter(|(_, comparison)| what(comparison)).count()
    }
}

/// Rounded down, so that 100 % means all.
fn percent(part: usize, whole: usize) -> String {
    match (part * 1000).checked_div(whole) {
        None => "none".to_owned(),
        Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}
