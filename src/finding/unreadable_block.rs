//! A block of a file could not be read.

use super::{Finding, Severity, words};
use crate::analysis::Analysis;
use crate::collection::Gather as _;
use crate::inventory::Source;

/// Most blocks of one source whose message is told in full; the sources list has them all.
const BLOCKS_TOLD: usize = 3;

/// One finding per source with problems.
pub(super) fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let damaged = analysis.inventory.sources.iter().filter(|source| !source.problems.is_empty());
    damaged.map(finding).gather()
}

fn finding(source: &Source) -> Finding {
    let told = source.problems.iter().take(BLOCKS_TOLD);
    let mut told: Vec<String> = told.map(|it| format!("Line {}: {}", it.place.line, it.message)).gather();
    if let more @ 1.. = source.problems.len().saturating_sub(BLOCKS_TOLD) {
        told.push(format!("{more} more."));
    }
    Finding {
        code: "unreadable-block",
        severity: Severity::Warning,
        title: format!("{} of {} could not be read", words::count(source.problems.len(), "block"), source.name),
        detail: format!(
            "{} The result leaves {} out; a program that reads the file may leave out more.",
            told.join(" "),
            words::form(source.problems.len(), "it", "them")
        ),
        certificates: source.certificates(),
        fix: format!("Get {} again from where it was made, or take the damaged part out.", source.name),
    }
}
