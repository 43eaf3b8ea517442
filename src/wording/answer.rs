//! How the answer is said beside its own sentences: verdicts with their signs, counts, the trust store, and who accepts
//! once the fix is made.

use super::{Sentence, count};
use crate::report::{
    Answer, AnswerVerdict, ChainAnswer, Divergence, ErrorLine, Finding, Fix, Forwarded, ForwardedChain, LoadedBy,
    LoadingFault, Report, Role, Store, StoreKind,
};
use crate::verifier::Program;

/// The sign of a verdict; never shown without its words.
pub fn sign(verdict: AnswerVerdict) -> &'static str {
    match verdict {
        AnswerVerdict::Trusted => "✓",
        AnswerVerdict::Depends => "!",
        AnswerVerdict::NotTrusted => "✕",
        AnswerVerdict::Unknown => "?",
    }
}

/// A verdict in words.
pub fn verdict(verdict: AnswerVerdict) -> &'static str {
    match verdict {
        AnswerVerdict::Trusted => "trusted",
        AnswerVerdict::Depends => "depends on the program",
        AnswerVerdict::NotTrusted => "not trusted",
        AnswerVerdict::Unknown => "unknown",
    }
}

/// How many of the programs that were asked accept a chain: `all 11 programs accept it`, `accepted by nginx`.
pub fn counts(answer: &Answer, chain: &ChainAnswer) -> String {
    if let (Some(program), 0..=1) = (answer.program.as_deref().map(title), chain.of) {
        return match (chain.accepts, chain.of) {
            (1, _) => format!("accepted by {program}"),
            (_, 1) => format!("rejected by {program}"),
            _ => format!("not known what {program} would say"),
        };
    }
    let accepting = match (chain.accepts, chain.of) {
        (_, 0) => "no program gives an answer".to_owned(),
        (0, of) => format!("none of {} accepts it", count(of, "program")),
        (accepts, of) if accepts == of => format!("all {} accept it", count(of, "program")),
        (accepts, of) => format!("{accepts} of {} accept it", count(of, "program")),
    };
    match chain.undecided.len() {
        0 => accepting,
        undecided => format!("{accepting}, {undecided} not known"),
    }
}

/// What people call a program.
fn title(name: &str) -> &str {
    match Program::find(name) {
        Some(program) => program.title(),
        None => name,
    }
}

/// What the chains were judged by: `ca.pem (2 certificates)`, `the public roots (Mozilla's list of 2026-10-23)`.
pub fn store(store: &Store) -> String {
    let public = || match &store.date {
        Some(date) => format!("the public roots (Mozilla's list of {date})"),
        None => "the public roots".to_owned(),
    };
    let given = || format!("{} ({})", store.name, count(store.certificates, "certificate"));
    match store.kind {
        StoreKind::Given if store.certificates == 0 => "no trust store".to_owned(),
        StoreKind::Given => given(),
        StoreKind::Public => public(),
        StoreKind::Both if store.certificates == 0 => public(),
        StoreKind::Both => format!("{} and {}", given(), public()),
        StoreKind::None => "no trust store".to_owned(),
    }
}

/// Who accepts a chain once its fix is made, or that the files at hand cannot prove it.
pub fn accepted_then(chain: Option<&ChainAnswer>, fix: &Fix) -> String {
    let asked = chain.map_or(0, |chain| chain.of + chain.undecided.len());
    match fix.verified_by.len() {
        0 if !fix.files.is_empty() => "Tried here: every program reads the corrected file.".to_owned(),
        0 => "Not tried here: it needs more than these files hold.".to_owned(),
        1 if asked == 1 => {
            let programs: Vec<&str> = fix.verified_by.iter().map(|name| title(name)).collect();
            format!("Tried here: then {} accepts it.", programs.join(", "))
        }
        all if all == asked => format!("Tried here: then all {} accept it.", count(all, "program")),
        some => format!("Tried here: then {some} of {} accept it.", count(asked, "program")),
    }
}

/// The part that a source plays, by all its roles.
pub fn role(roles: &[Role]) -> &'static str {
    let has = |role: Role| roles.contains(&role);
    match (has(Role::Bundle), has(Role::Peer), has(Role::Client)) {
        (true, false, false) => "trusted",
        (false, true, true) => "chain",
        (false, true, false) => "server's chain",
        (false, false, true) => "client's chain",
        (true, true, true) => "trusted and chain",
        (true, true, false) => "trusted and server's chain",
        (true, false, true) => "trusted and client's chain",
        (false, false, false) if has(Role::Published) => "published",
        (false, false, false) => "not used",
    }
}

/// What stands before an error line that was given.
pub fn error_line(line: &ErrorLine) -> String {
    format!("{} said ({})", line.speaker, place_of_error_line(line))
}

/// Where an error line stands, and how often: `line 3, 2 times`.
pub fn place_of_error_line(line: &ErrorLine) -> String {
    let times = if line.times > 1 { format!(", {} times", line.times) } else { String::new() };
    format!("line {}{times}", line.line)
}

/// What may come to light once the last of several error lines is mended; nothing for a single one.
pub fn next_error(report: &Report) -> Option<String> {
    let next = report.next_error.as_deref().filter(|_| report.error_lines.len() > 1)?;
    Some(format!("Once the last of these is mended, the next may be: {next}"))
}

/// What a loader gets out of a source: `reads 1 of 3, line 12: text follows END on the same line`.
pub fn loaded(loaded: &LoadedBy) -> String {
    let (has, of) = (loaded.certificates.len(), loaded.of);
    let refuses = loaded.fault.as_ref().is_some_and(|fault| fault.refuses);
    let what = match has {
        0 if refuses => "refuses the file".to_owned(),
        _ if has == of => format!("reads {}", count(of, "certificate")),
        _ => format!("reads {has} of {}", count(of, "certificate")),
    };
    match &loaded.fault {
        Some(LoadingFault { line: Some(line), reason, .. }) => format!("{what} (line {line}: {reason})"),
        Some(LoadingFault { line: None, reason, .. }) => format!("{what} ({reason})"),
        None => what,
    }
}

/// In which form a proxy forwarded a certificate, and what stands out in it.
pub fn forwarded(forwarded: &Forwarded) -> String {
    let carries = match forwarded.chain {
        ForwardedChain::LeafOnly => "carries the client's own certificate only",
        ForwardedChain::Whole => "can carry the whole chain",
        ForwardedChain::None => "carries no certificate",
    };
    let encoded = match forwarded.rounds {
        0 => "not percent-encoded".to_owned(),
        1 => "percent-encoded once".to_owned(),
        2 => "percent-encoded twice".to_owned(),
        more => format!("percent-encoded {}", count(more, "time")),
    };
    let mut sentences = vec![format!("Forwarded in the form of {}, which {carries}; {encoded}.", forwarded.form)];
    sentences.extend(forwarded.notes.iter().cloned());
    sentences.join(" ")
}

/// The findings that the answer does not tell in the same words, in their order.
pub fn findings_beside_the_answer(report: &Report) -> impl Iterator<Item = &Finding> {
    let told = |finding: &&Finding| report.answer.chains.iter().any(|chain| chain.sentence == finding.title);
    report.findings.iter().filter(move |finding| !told(finding) && finding.title != report.answer.sentence)
}

/// What a program would end up with that derives its own root pool, and what that would cost; nothing where there is no
/// trust store or no chain to derive it from.
pub fn pools_in_a_sentence(report: &Report) -> Option<Sentence> {
    let parting: Vec<&Divergence> = report.divergence.iter().filter(|it| parts(it)).collect();
    let mut sentence = Sentence::default();
    sentence.words("If a program derived its own root pool from this chain, it ");
    if report.divergence.is_empty() {
        return None;
    }
    if parting.is_empty() {
        let is_empty = report.divergence.iter().all(|it| it.both.is_empty());
        sentence.words(if is_empty {
            "would find no root, because it leads to none."
        } else {
            "would trust the right roots."
        });
        return Some(sentence);
    }
    let names = |of: fn(&Divergence) -> &[usize]| {
        let mut ids: Vec<usize> = parting.iter().flat_map(|it| of(it)).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().map(|id| report.distinct_name(id)).collect::<Vec<String>>()
    };
    let (wrong, missing) = (names(|it| &it.naive_only), names(|it| &it.correct_only));
    match (wrong.is_empty(), parting.iter().all(|it| it.both.is_empty())) {
        (false, _) => sentence.names_between("could take ", &wrong, " for a root"),
        (true, true) => sentence.words("could end up without any root"),
        (true, false) => sentence.names_between("could miss ", &missing, ""),
    }
    sentence.words(cost(&parting));
    Some(sentence)
}

fn parts(divergence: &Divergence) -> bool {
    !divergence.naive_only.is_empty() || !divergence.correct_only.is_empty()
}

/// Which chains such a program would judge wrongly.
fn cost(parting: &[&Divergence]) -> String {
    let distinct = |of: fn(&Divergence) -> &[String]| {
        let mut chains: Vec<&String> = parting.iter().flat_map(|it| of(it)).collect();
        chains.sort_unstable();
        chains.dedup();
        chains.len()
    };
    match (distinct(|it| &it.clients_lost), distinct(|it| &it.clients_gained)) {
        (0, 0) => ", which changes no verdict here.".to_owned(),
        (lost, 0) => format!(" and reject {} that it should accept.", count(lost, "chain")),
        (0, gained) => format!(" and accept {} that it should reject.", count(gained, "chain")),
        (lost, gained) => format!(
            ", reject {} that it should accept, and accept {} that it should reject.",
            count(lost, "chain"),
            count(gained, "chain")
        ),
    }
}
