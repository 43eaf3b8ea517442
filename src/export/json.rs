//! The whole report for programs: `docs/report.schema.json` describes it.

use crate::report::Report;

/// Ends with a line break. A report has neither numbers nor keys that JSON cannot hold, which is all that could fail.
pub fn json(report: &Report) -> String {
    let mut json = serde_json::to_string_pretty(report).unwrap_or_default();
    json.push('\n');
    json
}
