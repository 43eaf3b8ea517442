//! A proven fix in words.

use super::{Speech, dated, list, side};
use crate::answer::ChainAnswer;
use crate::answer::fix::{Fix, Step};
use crate::certificate::CertId;

/// What to do, a sentence for each step, and one for the files that are not at hand.
pub(in crate::answer) fn proven(
    speech: &Speech<'_>,
    answer: &ChainAnswer,
    fix: &Fix,
    from_originals: &[String],
) -> String {
    let mut sentences: Vec<String> = fix.steps.iter().map(|step| self::step(speech, answer, step)).collect();
    if !from_originals.is_empty() {
        sentences.push(format!(
            "The link holds only a part of {}: ask for the original to correct it.",
            list(from_originals)
        ));
    }
    sentences.join(" ")
}

fn step(speech: &Speech<'_>, answer: &ChainAnswer, step: &Step) -> String {
    let side = side(answer.purpose);
    let name = |id: CertId| speech.name(id);
    match step {
        Step::BeginWith(leaf) => {
            format!(
                "Put {} first in the {side}'s certificate file, then each issuer below what it issued.",
                name(*leaf)
            )
        }
        Step::Sort => format!("Sort the {side}'s certificate file: its own certificate first, then each issuer below."),
        Step::Send(missing) => send(speech, side, missing),
        Step::SendNoLonger(extra) => format!("Take {} out of the {side}'s certificate file.", dated(speech, *extra)),
        Step::Trust(root) => trust(speech, *root),
        Step::TrustNoLonger(old) => format!("Take {} out of {}.", dated(speech, *old), speech.store()),
        Step::TrustInstead(old, new) if name(*old) != name(*new) => {
            format!("In {}, replace {} with {}{}.", speech.store(), name(*old), name(*new), whence(speech, *new))
        }
        Step::TrustInstead(old, new) => format!(
            "In {}, replace the {} of {} with the one of {}.",
            speech.store(),
            name(*old),
            speech.begins(*old),
            speech.begins(*new)
        ),
    }
}

fn send(speech: &Speech<'_>, side: &str, missing: &[CertId]) -> String {
    let names: Vec<String> = missing.iter().map(|id| speech.name(*id)).collect();
    let from = missing.first().map(|id| whence(speech, *id)).unwrap_or_default();
    format!("Append {}{from} to the {side}'s certificate file, below what it issued.", list(&names))
}

fn trust(speech: &Speech<'_>, root: CertId) -> String {
    let name = speech.name(root);
    match speech.store.files.is_empty() {
        true => format!("If you trust {name}, give it to your program as its trust store."),
        false => format!("Add {name}{} to {}, if it is the CA that you expect.", whence(speech, root), speech.store()),
    }
}

/// Where a certificate is to be had.
fn whence(speech: &Speech<'_>, id: CertId) -> String {
    speech.holders(id).first().map(|file| format!(" (it is in {file})")).unwrap_or_default()
}
