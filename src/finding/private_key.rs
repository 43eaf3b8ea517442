//! A file holds a private key, a token or a password.

use super::{Finding, Findings, Severity, words};
use crate::analysis::Analysis;
use crate::inventory::Source;

const KEY_ADVICE: &str = "Hand out the certificates only. If you have sent this file to anyone, the key is compromised: create a new \
                          key and have a new certificate issued.";
const SECRET_ADVICE: &str = "Hand out the certificates only. If you have sent this file to anyone, replace the secret.";

/// One finding per source with secrets.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    for source in &analysis.inventory.sources {
        if !source.secrets.is_empty() {
            findings.add(finding(source));
        }
    }
}

fn finding(source: &Source) -> Finding {
    let places = source.secrets.iter().map(|secret| format!("line {} ({})", secret.place.line, secret.label));
    let places = words::capitalised(&words::all_of(&places.collect::<Vec<_>>()));
    let (number, keys) = (source.secrets.len(), source.private_keys());
    Finding {
        code: "private-key",
        severity: Severity::Info,
        title: format!("{} holds {}", source.name, words::some_secrets(number, keys)),
        detail: format!(
            "{places}. {} recognised by the label and dropped: not parsed, not kept, not part of any report.",
            words::form(number, "It was", "They were")
        ),
        certificates: source.certificates(),
        fix: if keys > 0 { KEY_ADVICE } else { SECRET_ADVICE }.to_owned(),
    }
}
