//! The page's own words, in one place, so that a translator edits this folder and no other file of the page. What the
//! report says comes from the report. A file for each part of the page; here, what several parts say.

pub(crate) mod acceptance;
pub(crate) mod answer;
pub(crate) mod certificate;
pub(crate) mod error_lines;
pub(crate) mod landing;
pub(crate) mod progress;
pub(crate) mod question;
pub(crate) mod result;
pub(crate) mod share;
use crate::report::{Rule, Severity, Validity};
use crate::role::Role;
use crate::time::Timestamp;

pub(crate) const PASTE_NAME: &str = "pasted text";
pub(crate) const UNREADABLE_FILE: &str =
    "The browser could not read it: is it a folder, or was it moved or changed meanwhile? Choose it again.";
pub(crate) const PROMISE: &str = "Nothing leaves this page";
pub(crate) const PROMISE_LIMITS: &str = "The page makes no request once it is loaded, and its Content-Security-Policy \
     forbids it to: let it try at its foot. Private keys are recognised and dropped unread. What this cannot cover: \
     whoever serves the page could serve another one tomorrow, and your browser’s extensions see what you see.";

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

pub(crate) fn files(number: usize) -> String {
    count(number, "file", "files")
}

pub(crate) fn certificates(number: usize) -> String {
    count(number, "certificate", "certificates")
}

/// Why a file was not read.
pub(crate) fn too_large(bytes: f64, limit: f64) -> String {
    const MEGABYTE: f64 = 1024.0 * 1024.0;
    let whole_megabytes = |bytes: f64| (bytes / MEGABYTE).ceil() as u64;
    format!(
        "It has {} MB; at most {} MB per file are read. Cut out the certificates, or split it.",
        whole_megabytes(bytes),
        whole_megabytes(limit)
    )
}

/// Why a file and those behind it were not read.
pub(crate) fn too_much(files: usize, most_files: usize, most_bytes: f64) -> String {
    const MEGABYTE: f64 = 1024.0 * 1024.0;
    let others = match files {
        1 => String::new(),
        _ => format!(", nor were the {} behind it", self::files(files - 1)),
    };
    format!(
        "At most {most_files} files and {} MB are read at a time; this one was too much{others}. Drop them by themselves.",
        (most_bytes / MEGABYTE) as u64
    )
}

/// The rule as a heading.
pub(crate) fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::OpenzitiNaive => "Naive pool",
        Rule::FirstChain => "End of the first chain",
        Rule::AllChains => "End of every chain",
        Rule::Correct => "Correct pool",
    }
}

/// What the rule does.
pub(crate) fn rule_explained(rule: Rule) -> &'static str {
    match rule {
        Rule::OpenzitiNaive => {
            "As the OpenZiti router does it: the whole bundle as roots, no intermediates; wherever a chain ends, there \
             is a root."
        }
        Rule::FirstChain => {
            "The whole bundle as roots, the peer’s certificates as intermediates; the last certificate of the first \
             chain found."
        }
        Rule::AllChains => "The same, but the last certificate of every chain found.",
        Rule::Correct => {
            "Only the bundle’s self-signed CAs are roots; every other CA may stand in the middle of a chain."
        }
    }
}

/// The roles of a source as one choice. What is a server's and a client's chain is a chain.
pub(crate) fn roles(roles: &[Role]) -> String {
    match roles {
        [Role::Peer, Role::Client] => role_name(Role::Chain).to_owned(),
        roles => roles.iter().map(|role| role_name(*role)).collect::<Vec<_>>().join(" + "),
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Bundle => "trusted",
        Role::Peer => "server\u{2019}s chain",
        Role::Client => "client\u{2019}s chain",
        Role::Published => "published",
        Role::Chain => "chain",
        Role::Other => "not used",
    }
}

/// How bad, in a word.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The validity at the as-of date, with the days that remain.
pub(crate) fn validity(validity: Validity, days_left: i64) -> String {
    let days = count(days_left.unsigned_abs() as usize, "day", "days");
    match validity {
        Validity::Valid => format!("valid, {days} left"),
        Validity::Expired => format!("expired {days} before the as-of date"),
        Validity::NotYetValid => "not yet valid at the as-of date".to_owned(),
    }
}

/// An instant as people read it, `2026-11-21 18:00:00 UTC`.
pub(crate) fn instant(at: Timestamp) -> String {
    at.date_and_time()
}

/// Without year and seconds, `11-21 18:00`.
pub(crate) fn short_instant(at: Timestamp) -> String {
    at.without_year()
}

/// Octets in pairs, as other tools print fingerprints.
pub(crate) fn colons(hex: &str) -> String {
    let mut text = String::with_capacity(hex.len() * 3 / 2);
    for (at, digit) in hex.chars().enumerate() {
        if at > 0 && at % 2 == 0 {
            text.push(':');
        }
        text.push(digit.to_ascii_uppercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_for_people() {
        assert_eq!(instant(Timestamp(1_795_284_000)), "2026-11-21 18:00:00 UTC");
        assert_eq!(short_instant(Timestamp(1_795_284_000)), "11-21 18:00");
    }

    #[test]
    fn digests_are_written_in_pairs() {
        assert_eq!(colons("00ffa1"), "00:FF:A1");
    }

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(count(1, "file", "files"), "1 file");
        assert_eq!(count(0, "file", "files"), "0 files");
        assert_eq!(validity(Validity::Expired, -3), "expired 3 days before the as-of date");
    }

    #[test]
    fn sizes_are_named_in_whole_megabytes() {
        assert!(too_large(20.1 * 1024.0 * 1024.0, 20.0 * 1024.0 * 1024.0).starts_with("It has 21 MB; at most 20 MB"));
    }
}
