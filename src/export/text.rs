//! Words of the report that every form has in common.

use crate::report::Report;
use crate::scene::printable;

/// The name of a certificate, with the beginning of its SHA-256 where others have it too; empty for an index that the
/// report does not have.
pub(super) fn name(report: &Report, id: usize) -> String {
    let Some(certificate) = report.certificates.get(id) else { return String::new() };
    let name = filled(&certificate.name);
    match report.distinguishing_digest(id) {
        Some(digest) => format!("{name} (SHA-256 {digest}…)"),
        None => name,
    }
}

/// A name that can be seen.
pub(super) fn filled(name: &str) -> String {
    if name.trim().is_empty() { "(no name)".to_owned() } else { printable(name) }
}
