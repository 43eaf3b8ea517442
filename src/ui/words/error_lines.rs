//! The error lines that were given.

use super::count;
use crate::report::{ErrorFinding, ErrorJudgement, ErrorLine};

pub(crate) const FAULTS: &str = "What these words allow";

pub(crate) fn heading(lines: usize) -> String {
    if lines == 1 { "Your error line".to_owned() } else { format!("Your {lines} error lines, in their order") }
}

pub(crate) fn more(lines: usize) -> String {
    count(lines, "more error line", "more error lines")
}

/// Whose words they are, and where they stand.
pub(crate) fn place(line: &ErrorLine, source: &str) -> String {
    let times = if line.times > 1 { format!(", {} times", line.times) } else { String::new() };
    format!("{}, {source}, line {}{times}", line.speaker, line.line)
}

/// What may come to light once the last line is mended.
pub(crate) fn next(shows: &str) -> String {
    format!("Once the last of these is mended, the next may be: {shows}")
}

/// What became of a line, in `data-finding`.
pub(crate) fn finding_name(finding: ErrorFinding) -> &'static str {
    match finding {
        ErrorFinding::Explained => "explained",
        ErrorFinding::NotExplained => "not-explained",
        ErrorFinding::Open => "open",
        ErrorFinding::Elsewhere => "elsewhere",
    }
}

/// A judgement, in `data-judgement`.
pub(crate) fn judgement_name(judgement: ErrorJudgement) -> &'static str {
    match judgement {
        ErrorJudgement::Confirmed => "confirmed",
        ErrorJudgement::Refuted => "refuted",
        ErrorJudgement::Undecidable => "undecidable",
    }
}

pub(crate) fn judgement(judgement: ErrorJudgement) -> &'static str {
    match judgement {
        ErrorJudgement::Confirmed => "Confirmed",
        ErrorJudgement::Refuted => "Ruled out by these files",
        ErrorJudgement::Undecidable => "Not decided",
    }
}
