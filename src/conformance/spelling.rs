//! What a recorder writes down of a rejection (`tests/record/`): the words of the program, and around them what the
//! recorder itself says, for example of certificates that the program cannot read.

use crate::verifier::{CauseKind, Engine, Given, Unreadable, Verdict};

/// The words of a verdict as the recorder of the engine's program spells them; nothing for an acceptance.
pub(super) fn recorded(engine: Engine, verdict: &Verdict) -> String {
    if verdict.accepts() {
        return String::new();
    }
    let spelling = SPELLINGS.iter().find(|(spelt, _)| *spelt == engine);
    spelling.map_or_else(|| verdict.detail.clone(), |(_, spell)| spell(verdict))
}

/// How a recorder writes the words of a verdict down.
type Spelling = fn(&Verdict) -> String;

/// Programs whose recorder says more than the program; of the others it writes the words alone.
const SPELLINGS: &[(Engine, Spelling)] = &[
    (Engine::GO, go),
    (Engine::GO_1_19, go),
    (Engine::JAVA_CERT_PATH_BUILDER, java_cert_path_builder),
    (Engine::JAVA_TRUST_MANAGER, java),
    (Engine::WEBPKI, webpki),
];

/// `tests/record/go` and `tests/record/go-1.19`. Where Go 1.19 crashes, nothing is left to write the note.
fn go(verdict: &Verdict) -> String {
    const CRASH: &str = "panic: ";
    if verdict.detail.starts_with(CRASH) {
        return verdict.detail.clone();
    }
    let note = |it: &Unreadable| format!(" ({} unparsable: {})", list(it.given), it.detail);
    leaf_or_note(verdict, &verdict.detail, note)
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

/// `tests/record/webpki`. What is wrong with the leaf's name is quoted and stands without a note; a name asked for that is
/// no name at all is about no certificate, and is not quoted.
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
    if verdict.unreadable.iter().any(|it| it.given == Given::Leaf) {
        return format!("leaf parse: {words}");
    }
    let notes: String = verdict.unreadable.iter().map(note).collect();
    format!("{words}{notes}")
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
