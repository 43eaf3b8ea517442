//! What a recorder writes down of a rejection (`tests/record/`): the words of the program, and around them what the
//! recorder itself says, for example of certificates that the program cannot read.

use crate::verifier::go;
use crate::verifier::mbedtls::{self, Rejection};
use crate::verifier::openssl::{self, Settings};
use crate::verifier::{CauseKind, Engine, Given, Query, Readings, Unreadable, Verdict};

/// A question, and what the engine answered.
struct Answered<'a> {
    readings: &'a Readings<'a>,
    query: &'a Query<'a>,
    verdict: &'a Verdict,
}

/// The words of a verdict as the recorder of the engine's program spells them; nothing for an acceptance.
pub(super) fn recorded<'a>(
    engine: Engine,
    readings: &'a Readings<'a>,
    query: &'a Query<'_>,
    verdict: &'a Verdict,
) -> String {
    if verdict.accepts() {
        return String::new();
    }
    let spelling = SPELLINGS.iter().find(|(spelt, _)| *spelt == engine);
    spelling.map_or_else(|| verdict.detail.clone(), |(_, spell)| spell(&Answered { readings, query, verdict }))
}

/// How a recorder writes the words of a verdict down.
type Spelling = fn(&Answered<'_>) -> String;

/// Programs whose recorder says more than the program; of the others it writes the words alone.
const SPELLINGS: &[(Engine, Spelling)] = &[
    (Engine::GNUTLS, |answered| gnutls(answered.verdict)),
    (Engine::GO, |answered| go(answered.verdict)),
    (Engine::GO_1_19, go_1_19),
    (Engine::JAVA_CERT_PATH_BUILDER, |answered| java_cert_path_builder(answered.verdict)),
    (Engine::JAVA_TRUST_MANAGER, |answered| java(answered.verdict)),
    (Engine::MBEDTLS, mbedtls),
    (Engine::NSS, |answered| nss(answered.verdict)),
    (Engine::OPENSSL, |answered| openssl(answered, Settings::DEFAULT)),
    (Engine::OPENSSL_PARTIAL, |answered| openssl(answered, Settings::PARTIAL)),
    (Engine::OPENSSL_PARTIAL_STRICT, |answered| openssl(answered, Settings::PARTIAL_STRICT)),
    (Engine::WEBPKI, |answered| webpki(answered.verdict)),
];

/// `tests/record/c/gnutls.c`, which keeps the space that GnuTLS prints behind the last sentence.
fn gnutls(verdict: &Verdict) -> String {
    match verdict.cause.map(|cause| cause.kind) {
        _ if gave_up_on_leaf(verdict) => "leaf parse".to_owned(),
        Some(CauseKind::Stopped) => verdict.detail.clone(),
        _ => format!("{} ", verdict.detail),
    }
}

/// `tests/record/go-1.19`. Where Go 1.19 crashes, nothing is left to write the note.
fn go_1_19(answered: &Answered<'_>) -> String {
    match go::verify_as_1_19(answered.readings, answered.query).rejection {
        Some(crash @ (go::Rejection::CrashOnUnknownKey | go::Rejection::CrashOnDsaKey)) => crash.to_string(),
        _ => go(answered.verdict),
    }
}

/// As `tests/record/go` writes a verdict of Go down: without the time of the question, and behind the words what could not
/// be parsed.
fn go(verdict: &Verdict) -> String {
    let note = |it: &Unreadable| format!(" ({} unparsable: {})", list(it.given), it.detail);
    leaf_or_note(verdict, &without_the_time(&verdict.detail), note)
}

/// `is after …` for `current time … is after …`, wherever it stands.
fn without_the_time(words: &str) -> String {
    let mut parts = words.split("current time ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| before + part.split_once(' ').map_or(part, |(_, after)| after))
}

/// `tests/record/java/Record.java`, which calls the checker of host names by way of reflection.
fn java(verdict: &Verdict) -> String {
    let note = |it: &Unreadable| format!(" ({} unparsable)", list(it.given));
    match is_about(verdict, CauseKind::HostName) {
        true => leaf_or_note(verdict, &format!("InvocationTargetException: null <- {}", verdict.detail), note),
        false => leaf_or_note(verdict, &verdict.detail, note),
    }
}

/// The same program, which looks at the extended key usage itself because the builder does not.
fn java_cert_path_builder(verdict: &Verdict) -> String {
    match is_about(verdict, CauseKind::ExtendedKeyUsage) {
        true => java(&Verdict { detail: "CertificateException: EKU (harness check)".to_owned(), ..verdict.clone() }),
        false => java(verdict),
    }
}

/// `tests/record/c/mbedtls.c`: the return code, and each text with a semicolon behind it. That of the check of the
/// purpose is the recorder's own.
fn mbedtls(answered: &Answered<'_>) -> String {
    const FAILED: u16 = 0x2700;
    const FATAL: u16 = 0x3000;
    const PURPOSE: u16 = 0x1;
    let texts = |flags: mbedtls::Flags| flags.texts().map(|text| format!("{text};")).collect::<String>();
    let words = match mbedtls::verify(answered.readings, answered.query).rejection {
        None => return String::new(),
        Some(Rejection::UnreadableLeaf { code, .. }) => return format!("leaf parse -0x{code:x}"),
        Some(Rejection::VerifyFailed(flags)) => format!("r=-0x{FAILED:x} {}", texts(flags)),
        Some(Rejection::WrongUsage(flags)) => format!("r=-0x{PURPOSE:x} {}", texts(flags)),
        Some(Rejection::ChainTooLong) => format!("r=-0x{FATAL:x} "),
        Some(rejection @ Rejection::SignatureNotChecked(_)) => rejection.to_string(),
    };
    let note = if answered.verdict.unreadable.is_empty() { "" } else { " (some input unparsable)" };
    format!("{words}{note}")
}

/// `tests/record/c/nss.c`, which has words of its own where the name does not fit.
fn nss(verdict: &Verdict) -> String {
    let words = if is_about(verdict, CauseKind::HostName) { "name mismatch" } else { &verdict.detail };
    let beside_leaf = verdict.unreadable.iter().filter(|it| it.given != Given::Leaf);
    let notes: String = beside_leaf.map(|it| format!(" ({} unparsable: {})", list(it.given), it.detail)).collect();
    let leaf = if gave_up_on_leaf(verdict) { "leaf parse: " } else { "" };
    format!("{leaf}{words}{notes}")
}

/// `tests/record/openssl/record.py`: the text and the depth of the last error.
fn openssl(answered: &Answered<'_>, settings: Settings) -> String {
    match openssl::verify(answered.readings, answered.query, settings).rejection {
        None => String::new(),
        Some(openssl::Rejection::Reported(last)) => format!("{}@{}", last.error, last.depth),
        Some(openssl::Rejection::UnreadableLeaf(_)) => "leaf unparsable".to_owned(),
        Some(unknown) => unknown.to_string(),
    }
}

/// `tests/record/webpki`. What is wrong with the leaf's name is quoted and stands without a note; a name asked for that
/// is no name at all is about no certificate, and is not quoted.
fn webpki(verdict: &Verdict) -> String {
    if is_about(verdict, CauseKind::HostName) {
        let leaf = verdict.cause.and_then(|cause| cause.certificate);
        return leaf.map_or_else(|| verdict.detail.clone(), |_| format!("{:?}", verdict.detail));
    }
    let trusted = |it: &Unreadable| match it.given {
        Given::Trusted => format!(" (trusted unparsable: {})", it.detail),
        Given::Leaf | Given::Presented => String::new(),
    };
    leaf_or_note(verdict, &verdict.detail, trusted)
}

/// A leaf that cannot be read is said in front of the words, another certificate behind them.
fn leaf_or_note(verdict: &Verdict, words: &str, note: impl Fn(&Unreadable) -> String) -> String {
    if gave_up_on_leaf(verdict) {
        return format!("leaf parse: {words}");
    }
    let notes: String = verdict.unreadable.iter().map(note).collect();
    format!("{words}{notes}")
}

fn gave_up_on_leaf(verdict: &Verdict) -> bool {
    verdict.unreadable.iter().any(|it| it.given == Given::Leaf)
}

fn is_about(verdict: &Verdict, kind: CauseKind) -> bool {
    verdict.cause.is_some_and(|cause| cause.kind == kind)
}

/// How the recorders call a list of certificates.
fn list(given: Given) -> &'static str {
    match given {
        Given::Leaf => "leaf",
        Given::Trusted => "trusted",
        Given::Presented => "intermediate",
    }
}
