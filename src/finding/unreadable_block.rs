//! A block of a file could not be read.

use super::{Finding, Findings, Severity, words};
use crate::analysis::Analysis;
use crate::inventory::Source;

/// Most blocks of one source whose message is told in full; the sources list has them all.
const BLOCKS_TOLD: usize = 3;

/// One finding per source with problems.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    for source in &analysis.inventory.sources {
        if !source.problems.is_empty() {
            findings.add(finding(source));
        }
    }
}

fn finding(source: &Source) -> Finding {
    let number = source.problems.len();
    let mut detail = Vec::new();
    for problem in source.problems.iter().take(BLOCKS_TOLD) {
        detail.push(format!("Line {}: {}", problem.place.line, problem.message));
    }
    if number > BLOCKS_TOLD {
        detail.push(format!("{} more.", number - BLOCKS_TOLD));
    }
    detail.push(format!(
        "The result leaves {} out; a program that reads the file may leave out more.",
        words::form(number, "it", "them")
    ));
    Finding {
        code: "unreadable-block",
        severity: Severity::Warning,
        title: format!("{} of {} could not be read", words::count(number, "block"), source.name),
        detail: detail.join(" "),
        certificates: source.certificates(),
        fix: format!("Mend {} as said there, then add it again.", source.name),
    }
}
