//! The whole report for programs: `docs/report.schema.json` describes it.

use crate::report::Report;
use crate::scene;

/// Ends with a line break. A report has neither numbers nor keys that JSON cannot hold, which is all that could fail.
pub fn json(report: &Report) -> String {
    let json = serde_json::to_string_pretty(report).unwrap_or_default();
    escaped_json(&json) + "\n"
}

/// JSON in which what would steer a terminal or turn the direction of writing is escaped (RFC 8259, 7): every value stays
/// the same, and a terminal shows it safely. Outside of strings, JSON has no such character but the line feed.
pub fn escaped_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if character == '\n' || scene::is_printable(character) {
            escaped.push(character);
        } else {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units);
            units.iter().for_each(|unit| escaped.push_str(&format!("\\u{unit:04x}")));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped_json;

    #[test]
    fn what_would_steer_a_terminal_is_escaped_and_stays_what_it_is() {
        let name = "a\u{202e}b\u{9b}c\u{7f}d\u{2066}\n\u{1b}[2J \u{e0001} ü";
        let written = escaped_json(&serde_json::to_string(name).expect("JSON"));
        assert!(written.chars().all(crate::scene::is_printable), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).expect("JSON"), name);
    }
}
