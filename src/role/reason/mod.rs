//! Why a source has its roles, in words, one to three sentences.

mod chains;
mod router;

pub(super) use chains::reason as in_chains;
pub(super) use router::reason as in_router;

use super::evidence::Evidence;
use crate::plural::{count, form, some_secrets};

/// Most chains of one source that a reason speaks of one by one.
const CHAINS_TOLD: usize = 3;

/// Somebody chose: whoever reads this, or whoever made the link.
fn chosen(is_sent: bool) -> &'static str {
    if is_sent { "Chosen by whoever made this link." } else { "You chose this." }
}

fn nothing(source: &Evidence<'_>) -> String {
    let (secrets, keys) = (source.source.secrets.len(), source.source.private_keys());
    match (secrets, source.source.problems.len()) {
        (0, 0) => "No certificate was found in it.".to_owned(),
        (0, _) => "Nothing in it could be read as a certificate.".to_owned(),
        (_, _) => {
            let (some, verb) = (some_secrets(secrets, keys), form(secrets, "was", "were"));
            format!("It holds no certificate, only {some}, which {verb} not read.")
        }
    }
}

/// `4 root CAs`, `1 root CA and 2 intermediates`.
fn authorities(source: &Evidence<'_>) -> String {
    match (source.authorities.len(), source.roots.len()) {
        (1, 1) => "1 root CA".to_owned(),
        (1, 0) => "1 intermediate CA".to_owned(),
        (all, roots) if all == roots => format!("{all} root CAs"),
        (all, 0) => format!("{all} intermediate CAs, no root"),
        (all, roots) => format!("{} and {}", count(roots, "root CA"), count(all - roots, "intermediate")),
    }
}
