//! What of the input an answer needs: trusted certificates to which no chain leads are left out of a link, and what only
//! the form of a file told is written down.

use std::collections::BTreeSet;

use super::Content;
use crate::certificate::Certificate;
use crate::inventory::{Inventory, Meaning};
use crate::report::{self, Lens, Report};
use crate::role::Role;

/// Chooses the role of every source that has it from its key: a link carries certificates, and no keys. Where CAs are
/// trusted and the rest is a chain, the certificates tell that again.
pub(super) fn keep_roles(content: &mut Content, inventory: &Inventory, report: &Report) {
    for ((shared, source), reported) in content.sources.iter_mut().zip(&inventory.sources).zip(&report.sources) {
        let Some(part) = source.part.as_ref().filter(|_| shared.roles.is_empty()) else { continue };
        shared.roles = match reported.roles.as_slice() {
            [_] if part.meaning == Meaning::Chain && is_chain(reported) => vec![Role::Chain],
            [role] => vec![chosen(*role)],
            _ => Vec::new(),
        };
    }
}

/// Leaves out the trusted certificates to which no chain leads and that nothing in the report is about, and counts them.
///
/// The verdicts stay: every engine looks up the issuers of a certificate by name or key id, so that a certificate that
/// no name, key id or key leads to has no part in any of them. In the router's lens every certificate counts, because
/// the roots that such a program derives are what is looked at.
pub(super) fn leave_out_unused(content: &mut Content, inventory: &Inventory, report: &Report) {
    if report.answer.lens == Lens::Router || report.answer.chains.is_empty() {
        return;
    }
    let mut needed = needed(inventory, report);
    let trusted: Vec<bool> = report.sources.iter().map(is_trusted_only).collect();
    for (source, _) in report.sources.iter().zip(&trusted).filter(|(_, trusted)| **trusted) {
        // An empty file would be no trust store.
        if !source.certificates.iter().any(|id| needed.contains(id)) {
            needed.extend(source.certificates.first());
        }
    }
    let mut left_out = BTreeSet::new();
    for (source, trusted) in content.sources.iter_mut().zip(trusted) {
        if trusted && source.certificates.iter().any(|id| !needed.contains(id)) {
            left_out.extend(source.certificates.iter().copied().filter(|id| !needed.contains(id)));
            source.certificates.retain(|id| needed.contains(id));
            // What is left of it might be taken for something else.
            source.roles = vec![Role::Bundle];
        }
    }
    content.left_out = left_out.len();
    renumber(content, &left_out);
}

/// The certificates that no trusted source alone holds, those that the report is about, and what may stand above any of
/// them.
fn needed(inventory: &Inventory, report: &Report) -> BTreeSet<usize> {
    let presented = report.sources.iter().filter(|source| !is_trusted_only(source));
    let mut needed: BTreeSet<usize> = presented.flat_map(|source| source.certificates.iter().copied()).collect();
    needed.extend(report.answer.chains.iter().flat_map(|chain| chain.certificates.iter().copied()));
    needed.extend(report.findings.iter().flat_map(|finding| finding.certificates.iter().copied()));
    let mut open: Vec<usize> = needed.iter().copied().collect();
    while let Some(subject) = open.pop() {
        let Some(subject) = inventory.certificates.get(subject) else { continue };
        for (id, other) in inventory.certificates.iter().enumerate().take(inventory.given()) {
            if leads_to(subject, other) && needed.insert(id) {
                open.push(id);
            }
        }
    }
    needed
}

/// A verifier that holds `subject` may come to `other`: as its issuer, or as another certificate of its name or key.
fn leads_to(subject: &Certificate, other: &Certificate) -> bool {
    let same_name = |name: &crate::certificate::Name| {
        name.equivalent(&other.subject) || name.go_string() == other.subject.go_string()
    };
    let key_id = subject.issuer_key_id();
    same_name(&subject.issuer)
        || same_name(&subject.subject)
        || key_id.is_some() && key_id == other.subject_key_id.as_deref()
        || subject.key.spki == other.key.spki
}

fn is_chain(source: &report::Source) -> bool {
    source.roles.iter().all(|role| [report::Role::Peer, report::Role::Client].contains(role))
}

/// What the verifiers are given to trust and nobody presents.
fn is_trusted_only(source: &report::Source) -> bool {
    source.roles == [report::Role::Bundle]
}

/// Takes the certificates away, and has the positions of the others follow.
fn renumber(content: &mut Content, left_out: &BTreeSet<usize>) {
    let kept: Vec<usize> = (0..content.certificates.len()).filter(|id| !left_out.contains(id)).collect();
    for source in &mut content.sources {
        for position in &mut source.certificates {
            *position = kept.binary_search(position).unwrap_or_default();
        }
    }
    let certificates = std::mem::take(&mut content.certificates).into_iter().enumerate();
    content.certificates = certificates.filter(|(id, _)| !left_out.contains(id)).map(|(_, der)| der).collect();
}

/// A role as the user would choose it.
fn chosen(role: report::Role) -> Role {
    match role {
        report::Role::Bundle => Role::Bundle,
        report::Role::Peer => Role::Peer,
        report::Role::Client => Role::Client,
        report::Role::Published => Role::Published,
        report::Role::Other => Role::Other,
    }
}
