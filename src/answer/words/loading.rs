//! A file that some programs cannot read as it stands, in words.

use super::{Speech, list};
use crate::answer::unloadable::Unloadable;
use crate::inventory::{LoadedBy, LoadingFault};
use crate::loader::Reason;
use crate::plural::{count, form};

/// Who cannot read which file, and the line that decides.
pub(in crate::answer) fn unloadable(speech: &Speech<'_>, unloadable: &Unloadable, asked: usize) -> String {
    let file = file(speech, unloadable);
    let faults = || unloadable.unable.iter().map(|(_, fault)| fault);
    // A program that sees nothing at all does not say why; another one may.
    let is_telling = |fault: &&LoadingFault| !matches!(fault.reason, Reason::NothingFound | Reason::NotSeen);
    let Some(fault) = faults().find(is_telling).or_else(|| faults().next()) else { return String::new() };
    let programs = match (unloadable.unable.as_slice(), asked) {
        ([(program, _)], 1) => program.title().to_owned(),
        (unable, asked) => format!("{} of {asked} programs", unable.len()),
    };
    let reads_some = unloadable.by_loader.iter().any(|it| it.fault.is_some() && !it.certificates.is_empty());
    let object = if reads_some { format!("all of {file}") } else { file };
    let line = fault.line.map(|line| format!("line {line}, ")).unwrap_or_default();
    format!("{programs} cannot read {object}: {line}{}.", fault.reason)
}

/// What each program reads: `Go reads none of its 3 certificates, OpenSSL and Java refuse it, GnuTLS reads all 3.`
pub(in crate::answer) fn who_loads(unloadable: &Unloadable) -> String {
    let there = unloadable.there;
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for loaded in &unloadable.by_loader {
        let what = what(loaded, there);
        let program = loaded.loader.program().to_owned();
        match groups.iter_mut().find(|(other, _)| *other == what) {
            Some((_, programs)) => programs.push(program),
            None => groups.push((what, vec![program])),
        }
    }
    let clauses: Vec<String> = groups
        .iter()
        .map(|(what, programs)| match what.as_str() {
            "" => format!("{} {} the file", list(programs), form(programs.len(), "refuses", "refuse")),
            what => format!("{} {} {what}", list(programs), form(programs.len(), "reads", "read")),
        })
        .collect();
    format!("{}.", clauses.join("; "))
}

/// How much a program reads; nothing for one that refuses the file and has no certificate.
fn what(loaded: &LoadedBy, there: usize) -> String {
    let is_refusal = loaded.fault.as_ref().is_some_and(|fault| fault.is_refusal);
    match loaded.certificates.len() {
        0 if is_refusal => String::new(),
        0 => format!("none of its {}", count(there, "certificate")),
        some if some < there => format!("{some} of its {}", count(there, "certificate")),
        1 => "it".to_owned(),
        _ => format!("all {there}"),
    }
}

/// What to do about it.
pub(in crate::answer) fn replace_by_the_corrected(speech: &Speech<'_>, unloadable: &Unloadable) -> String {
    let file = file(speech, unloadable);
    format!("Replace {file} by the corrected one: the same certificates, each in a block that every program reads.")
}

/// `dovecot-fullchain.pem`, or `tls.crt in secret.yaml`.
fn file(speech: &Speech<'_>, unloadable: &Unloadable) -> String {
    let Some(source) = speech.inventory.sources.get(unloadable.source) else { return String::new() };
    match source.part.as_ref().filter(|part| part.object.is_some()) {
        Some(part) => format!("{} in {}", part.key, source.file),
        None => source.file.clone(),
    }
}
