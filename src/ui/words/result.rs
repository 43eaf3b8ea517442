//! The parts of the result: headline, graph, pools, clients, findings, verifiers, sources.

use crate::report::{Lens, Rule, Source};
use crate::wording;

// The headline.
pub(crate) const WHICH_PEER: &str = "Which controller was asked?";

/// What follows if a peer is the one sampled: clients locked out and wrongly accepted.
pub(crate) fn consequence(naive_is_empty: bool, lost: usize, gained: usize, pools_agree: bool) -> String {
    let clients = |number: usize| super::count(number, "client", "clients");
    match (naive_is_empty, lost, gained) {
        (true, 0, _) => "naive pool empty".to_owned(),
        (true, lost, _) => format!("naive pool empty, {} locked out", clients(lost)),
        (false, 0, 0) if pools_agree => "both pools agree".to_owned(),
        (false, 0, 0) => "pools differ, nobody locked out".to_owned(),
        (false, 0, gained) => format!("{} wrongly accepted", clients(gained)),
        (false, lost, _) => format!("{} locked out", clients(lost)),
    }
}

// The graph.
pub(crate) const GRAPH: &str = "How the certificates connect";
pub(crate) const AS_TABLE: &str = "As table";
pub(crate) const LEGEND: &str = "Legend";
pub(crate) const ZOOM: &str = "Zoom";
pub(crate) const ZOOM_OUT: &str = "Zoom out";
pub(crate) const ZOOM_FIT: &str = "Fit";
pub(crate) const ZOOM_IN: &str = "Zoom in";
pub(crate) const GRAPH_KEYS: &str =
    "Arrow keys move along the lines, Enter opens the details, Home and End lead to the first and last box.";

pub(crate) const FIND: &str = "Find a certificate";
pub(crate) const NONE_FOUND: &str = "No certificate has that in its name or its issuer’s.";

/// What a button shows of what is left of a list.
pub(crate) fn show_more(next: usize, left: usize) -> String {
    if next == left { format!("Show {next} more") } else { format!("Show {next} more of {left}") }
}

/// In the place of that button, at the end of the list.
pub(crate) fn all_shown(number: usize) -> String {
    format!("All {number} are shown.")
}

/// The columns of the table that says the same; the last holds the marks of the drawing.
pub(crate) fn table(lens: Lens) -> [&'static str; 6] {
    let marks = match lens {
        Lens::Chains => "trust",
        Lens::Router => "pools",
    };
    ["certificate", "part", "issued by", "evidence", "validity", marks]
}

// The pools.
pub(crate) const ROOT_POOL: &str = "Root pool";
pub(crate) const POOLS: &str = "Two pools of roots";
pub(crate) const OTHER_RULES: &str = "Two other rules people use";
pub(crate) const NO_POOL: &str = "A pool needs a bundle and a peer: give one of the sources below the role “peer”, and \
     one the role “bundle”.";
pub(crate) const EMPTY_POOL: &str = "Empty: nobody gets in.";
pub(crate) const SAME_POOL: &str = "same as correct";
pub(crate) const NAIVE_ONLY: &str = "naive only";
pub(crate) const CORRECT_ONLY: &str = "correct only";
pub(crate) const ROOT: &str = "root CA";
pub(crate) const NO_ROOT_BUT_CA: &str = "no root: an intermediate CA";
pub(crate) const NO_CA: &str = "no root: not even a CA";

/// How many anchors the other pool lacks.
pub(crate) fn only_here(anchors: usize) -> String {
    format!("{anchors} only here")
}

/// On the button that saves the pool of a rule.
pub(crate) fn save_pool(rule: Rule) -> String {
    format!("{} as PEM", super::rule(rule))
}

// The clients.
pub(crate) const MATRIX: &str = "Who gets in";
pub(crate) const NO_MATRIX: &str = "Nothing to compare yet: it takes a bundle, at least one peer and at least one \
     client. Roles can be changed under “Sources”.";
/// The only client under the only peer.
pub(crate) fn one_by_one(client: &str, naive: bool, correct: bool) -> String {
    match (naive, correct) {
        (true, true) => format!("Both pools accept {client}."),
        (false, false) => format!("Both pools reject {client}."),
        (true, false) => format!("The naive pool accepts {client}, the correct pool rejects it."),
        (false, true) => format!("The naive pool rejects {client}, the correct pool accepts it."),
    }
}
pub(crate) const MATRIX_HINT: &str = "“Leaf only” is how routers up to v2.0.0-pre12 judged; later ones use the \
     intermediates that the client sends. Open a row for the reasons.";
pub(crate) const ASKED: &str = "asked: ";
pub(crate) const CLIENT: &str = "client";
pub(crate) const LEAF_ONLY: &str = "naive, leaf only";
pub(crate) const NAIVE: &str = "naive";
pub(crate) const CORRECT: &str = "correct";

// The findings.
pub(crate) const FINDINGS: &str = "Findings";
pub(crate) const NO_FINDING: &str = "Nothing stands out.";
pub(crate) const NOTHING_ELSE: &str = "Nothing beyond the answer above.";

/// The findings that the answer does not tell, in a line: the first, and how many more.
pub(crate) fn findings(first: &str, more: usize) -> String {
    match more {
        0 => first.to_owned(),
        more => format!("{first} (and {more} more)"),
    }
}
pub(crate) const FIX: &str = "What to do: ";

/// On what hides further findings.
pub(crate) fn more_findings(number: usize) -> String {
    format!("{number} more of this kind")
}

/// On what hides further certificates.
pub(crate) fn more(number: usize) -> String {
    format!("and {number} more")
}

// The sources.
pub(crate) const SOURCES: &str = "Sources";
pub(crate) const WHO_READS: &str = "Who can read this file";
pub(crate) const WHAT_TRAVELS: &str = "What this proxy sends";
pub(crate) const AUTOMATIC: &str = "automatic";
pub(crate) const REMOVE: &str = "Remove";

/// Sources whose part is told in the line of all.
const SOURCES_TOLD: usize = 4;

/// Every source with its part: `ca.pem: trusted. chain.pem: server’s chain.`
pub(crate) fn sources(parts: &[(&str, String)]) -> String {
    let mut sentences: Vec<String> =
        parts.iter().take(SOURCES_TOLD).map(|(name, part)| format!("{name}: {part}.")).collect();
    if let more @ 1.. = parts.len().saturating_sub(SOURCES_TOLD) {
        sentences.push(format!("And {more} more."));
    }
    sentences.join(" ")
}

/// The name of the button that removes a source.
pub(crate) fn remove_source(source: &str) -> String {
    format!("Remove {source}")
}

/// The name of the button that copies a back end's line.
pub(crate) fn copy_line(back_end: &str) -> String {
    format!("Copy the line for {back_end}")
}

/// The warning of secrets: in bold, and after it.
pub(crate) fn secrets(source: &Source) -> (String, &'static str) {
    let many = wording::secrets(source);
    let advice = match source.secrets {
        1 => " It was not read and not kept. Remove it from the file before you share it.",
        _ => " They were not read and not kept. Remove them from the file before you share it.",
    };
    (format!("Contains {many}."), advice)
}

/// On the button that opens a keystore.
pub(crate) const OPEN: &str = "Open";

/// The label of the field for a password.
pub(crate) fn password_of(source: &str) -> String {
    format!("Password of {source}")
}

/// The password that was tried is another one's.
pub(crate) fn wrong_password(source: &str) -> String {
    format!("This password does not open {source}.")
}

/// On the button that copies the commands which print public keys.
pub(crate) const COPY_COMMANDS: &str = "Copy the commands";

/// Before the message of a problem.
pub(crate) fn line(number: usize) -> String {
    format!("Line {number}:")
}

/// ` (bytes 10 to 90)`
pub(crate) fn bytes(start: usize, end: usize) -> String {
    format!(" (bytes {start} to {end})")
}

/// A certificate that was mended.
pub(crate) fn mended(line: usize, name: &str, repairs: &[String]) -> String {
    format!("Line {line}, {name}: {}", repairs.join(", "))
}

/// On what hides the repairs.
pub(crate) fn repairs(number: usize) -> String {
    super::count(number, "block was mended to read it", "blocks were mended to read them")
}

/// The name of the choice of a source's role.
pub(crate) fn role_of(source: &str) -> String {
    format!("Role of {source}")
}
