//! The error lines that were given.

use super::count;
use crate::report::{ErrorFinding, ErrorJudgement, ErrorLine};
use crate::wording::place_of_error_line;

pub(crate) const FAULTS: &str = "What these words allow";

pub(crate) fn heading(lines: usize) -> String {
    if lines == 1 { "Your error line".to_owned() } else { format!("Your {lines} error lines, in their order") }
}

pub(crate) fn more(lines: usize) -> String {
    count(lines, "more error line", "more error lines")
}

/// Whose words they are, and where they stand.
pub(crate) fn place(line: &ErrorLine, source: &str) -> String {
    format!("{}, {source}, {}", line.speaker, place_of_error_line(line))
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
