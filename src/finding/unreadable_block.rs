//! A block of a file could not be read.

use std::collections::BTreeSet;

use super::{Finding, Findings, Severity, words};
use crate::analysis::Analysis;
use crate::decode::{Problem, ProblemKind};
use crate::inventory::Source;

/// Most blocks of one source whose message is told in full; the sources list has them all.
const BLOCKS_TOLD: usize = 3;

/// One finding per source with problems. That a request, a public key or a revocation list is no certificate is none: they are
/// compared with the certificates.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    for source in &analysis.inventory.sources {
        let compared: BTreeSet<usize> = source.related.iter().map(|related| related.place.bytes.start).collect();
        let problems = source.problems.iter().filter(|problem| !compared.contains(&problem.place.bytes.start));
        let problems: Vec<&Problem> = problems.collect();
        if !problems.is_empty() {
            findings.add(finding(source, &problems));
        }
    }
}

fn finding(source: &Source, problems: &[&Problem]) -> Finding {
    let number = problems.len();
    let mut detail = Vec::new();
    for problem in problems.iter().take(BLOCKS_TOLD) {
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
        fix: if problems.iter().all(|problem| problem.kind == ProblemKind::PasswordNeeded) {
            format!("Give the password of {}, or its certificates as said there.", source.name)
        } else {
            format!("Mend {} as said there, then add it again.", source.name)
        },
    }
}
