//! What of the input an answer needs: trusted certificates to which no chain leads are left out of a link.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Content, SharedSource};
use crate::certificate::{CanonicalName, Certificate, Name};
use crate::choices::{self, Choices};
use crate::inventory::{self, Inventory};
use crate::lens;
use crate::report::{self, Lens, Report};
use crate::role::{Role, RoleAssignment, SourceRoles};

/// Leaves out the trusted certificates to which no chain leads and that nothing in the report is about, and counts them.
///
/// The verdicts stay: every engine looks up the issuers of a certificate by name or key id, so that a certificate that
/// no name, key id or key leads to has no part in any of them. In the router's lens every certificate counts, because
/// the roots that such a program derives are what is looked at. A header that shows no certificate may speak of any.
pub(super) fn leave_out_unused(content: &mut Content, inventory: &Inventory, report: &Report) {
    let speaks_of_others = |source: &report::Source| source.forwarded.is_some() && source.certificates.is_empty();
    let may_be_any = report.answer.lens == Lens::Router || report.sources.iter().any(speaks_of_others);
    if may_be_any || report.answer.chains.is_empty() {
        return;
    }
    // Where some programs cannot read a file, how much of it each of them reads is told of the whole.
    let is_whole = |shared: &SharedSource| shared.told.loading.is_some();
    let sources = report.sources.iter().zip(&content.sources);
    let trusted: Vec<bool> = sources.map(|(source, shared)| is_trusted_only(source) && !is_whole(shared)).collect();
    let mut needed = needed(inventory, report, &trusted);
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
            thin_out(source, &needed);
            // What is left of it might be taken for something else.
            source.roles = vec![Role::Bundle];
        }
    }
    content.left_out = left_out.len();
    content.number_by_appearance();
}

/// Whether [`leave_out_unused`] leaves nothing out whatever the report says: it may leave out nothing, nothing is trusted alone,
/// or what is trusted stands above what is sent whole.
pub(super) fn is_all_needed(
    content: &Content,
    inventory: &Inventory,
    roles: &RoleAssignment,
    choices: &Choices,
) -> bool {
    let speaks_of_others = |source: &Rc<inventory::Source>| {
        let is_header = source.part.as_ref().is_some_and(|part| part.forwarded.is_some());
        is_header && source.placements.is_empty()
    };
    let may_be_any = choices::lens(roles, choices) == lens::Lens::Router
        || inventory.sources.iter().any(speaks_of_others)
        || roles.chains.is_empty();
    if may_be_any {
        return true;
    }
    let sources = content.sources.iter().zip(&roles.by_source);
    let is_trusted = |(shared, assigned): &(&SharedSource, &SourceRoles)| {
        assigned.roles == [Role::Bundle] && shared.told.loading.is_none()
    };
    let (trusted, whole): (Vec<_>, Vec<_>) = sources.partition(is_trusted);
    let mut needed: BTreeSet<usize> = whole.iter().flat_map(|(it, _)| it.certificates.iter().copied()).collect();
    add_what_stands_above(inventory, &mut needed);
    trusted.iter().flat_map(|(it, _)| &it.certificates).all(|id| needed.contains(id))
}

/// Keeps what is needed of a source, and what is told of how that stood there.
fn thin_out(source: &mut SharedSource, needed: &BTreeSet<usize>) {
    let is_needed: Vec<bool> = source.certificates.iter().map(|id| needed.contains(id)).collect();
    let before = source.certificates.len();
    let mut kept = is_needed.iter();
    source.certificates.retain(|_| kept.next().copied().unwrap_or_default());
    let mut kept = is_needed.iter();
    source.told.blocks.retain(|_| kept.next().copied().unwrap_or_default());
    source.told.left_out += before - source.certificates.len();
}

/// The certificates of the sources that are sent whole, which are all but the `trusted` ones, those that the report is
/// about, and what may stand above any of them.
fn needed(inventory: &Inventory, report: &Report, trusted: &[bool]) -> BTreeSet<usize> {
    let whole = report.sources.iter().zip(trusted).filter(|(_, trusted)| !**trusted);
    let mut needed: BTreeSet<usize> = whole.flat_map(|(source, _)| source.certificates.iter().copied()).collect();
    needed.extend(report.answer.chains.iter().flat_map(|chain| chain.certificates.iter().copied()));
    needed.extend(report.findings.iter().flat_map(|finding| finding.certificates.iter().copied()));
    needed.extend(report.error_lines.iter().flat_map(|line| line.certificates.iter().copied()));
    let related = report.sources.iter().flat_map(|source| &source.related);
    needed.extend(related.flat_map(|related| related.fits.iter().copied()));
    add_what_stands_above(inventory, &mut needed);
    needed
}

/// Adds what verifiers may come to from these certificates.
fn add_what_stands_above(inventory: &Inventory, needed: &mut BTreeSet<usize>) {
    let index = Index::new(inventory.certificates.iter().take(inventory.given()));
    let mut open: Vec<usize> = needed.iter().copied().collect();
    // What is led to by the same name or key is the same each time.
    let mut followed = BTreeSet::new();
    while let Some(subject) = open.pop() {
        let keys = inventory.certificates.get(subject).map(|it| keys_above(it)).unwrap_or_default();
        for key in keys {
            let others = index.0.get(&key).map(Vec::as_slice).unwrap_or_default();
            if followed.insert(key) {
                open.extend(others.iter().copied().filter(|id| needed.insert(*id)));
            }
        }
    }
}

/// By what a verifier that holds a certificate may come to others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trace<'c> {
    /// Names are compared as the graph compares them ([`Name::equivalent`]).
    Name(CanonicalName),
    GoText(String),
    /// A key identifier.
    Identifier(&'c [u8]),
    /// SubjectPublicKeyInfo.
    PublicKey(&'c [u8]),
}

/// A verifier that holds a certificate may come to its issuer, and to another certificate of its name or key.
fn keys_above(subject: &Certificate) -> Vec<Trace<'_>> {
    let mut keys = [names(&subject.issuer), names(&subject.subject)].concat();
    keys.extend(subject.issuer_key_id().map(Trace::Identifier));
    keys.push(Trace::PublicKey(&subject.key.spki));
    keys
}

fn names(name: &Name) -> Vec<Trace<'static>> {
    vec![Trace::Name(name.canonical()), Trace::GoText(name.go_string())]
}

/// Certificates by that by which others lead to them.
struct Index<'c>(BTreeMap<Trace<'c>, Vec<usize>>);

impl<'c> Index<'c> {
    fn new(certificates: impl Iterator<Item = &'c Rc<Certificate>>) -> Index<'c> {
        let mut index: BTreeMap<Trace<'c>, Vec<usize>> = BTreeMap::new();
        for (id, certificate) in certificates.enumerate() {
            let mut keys: Vec<Trace<'c>> = names(&certificate.subject);
            keys.extend(certificate.subject_key_id.as_deref().map(Trace::Identifier));
            keys.push(Trace::PublicKey(&certificate.key.spki));
            keys.into_iter().for_each(|key| index.entry(key).or_default().push(id));
        }
        Index(index)
    }
}

/// What the verifiers are given to trust and nobody presents.
fn is_trusted_only(source: &report::Source) -> bool {
    source.roles == [report::Role::Bundle]
}
