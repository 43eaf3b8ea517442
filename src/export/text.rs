//! Words of the report that every form has in common.

use crate::report::{Certificate, Report};
use crate::scene::printable;

/// The name of a certificate, with the start of its SHA-256 where others have it too; empty for an index that the report
/// does not have.
pub(super) fn name(report: &Report, id: usize) -> String {
    let Some(certificate) = report.certificates.get(id) else { return String::new() };
    let shared = |other: &Certificate| other.name == certificate.name && other.id != certificate.id;
    let mut name = filled(&certificate.name);
    if report.certificates.iter().any(shared) {
        name.push_str(" (SHA-256 ");
        name.push_str(certificate.sha256.get(..8).unwrap_or_default());
        name.push_str("…)");
    }
    name
}

/// A name that can be seen.
pub(super) fn filled(name: &str) -> String {
    if name.trim().is_empty() { String::from("(no name)") } else { printable(name) }
}

/// "1 client", "2 clients".
pub(super) fn count(number: usize, noun: &str) -> String {
    let mut said = number.to_string();
    said.push(' ');
    said.push_str(noun);
    if number != 1 {
        said.push('s');
    }
    said
}
