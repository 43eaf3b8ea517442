//! A certificate pool: what Go was given, in order, without duplicates, looked up by subject.

use std::rc::Rc;

use super::Context;
use super::parse::Parsed;
use crate::certificate::CertId;
use crate::verifier::reading::List;
use crate::verifier::{Given, Unreadable};

/// Certificates by the bytes of their subject.
pub(super) struct Pool<'a, 'g> {
    pub(super) context: &'a Context<'g>,
    pub(super) list: Rc<List>,
}

/// A certificate of a pool.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    /// Which certificate of the graph it is.
    pub(super) id: CertId,
    /// What Go reads in it.
    pub(super) parsed: &'a Parsed<'a>,
}

impl<'a> Pool<'a, '_> {
    /// The very certificate is in the pool.
    pub(super) fn contains(&self, member: Member<'_>) -> bool {
        self.list.contains(member.id)
    }

    /// Certificates that may have issued `child`: its issuer is their subject, byte for byte. Those whose key ids are
    /// equal (or both absent) come first, then those where one is absent, last those that differ; within a class in
    /// the order added.
    pub(super) fn potential_parents(&self, child: &Parsed<'_>) -> Vec<Member<'a>> {
        let context = self.context;
        let named = self.list.named_once(child.issuer);
        let mut parents: Vec<Member<'a>> = named.filter_map(|id| context.member(id).ok()).collect();
        parents.sort_by_key(|parent| implausibility(parent.parsed, child));
        parents
    }

    /// The certificates that Go cannot read.
    pub(super) fn unreadable(&self, given: Given) -> Vec<Unreadable> {
        let why = |id: CertId| self.context.member(id).err().map(|why| why.to_string());
        let told = |&certificate| Some(Unreadable { certificate, given, detail: why(certificate)? });
        self.list.unreadable.iter().filter_map(told).collect()
    }
}

/// 0: key ids equal; 1: one of them absent; 2: different.
fn implausibility(parent: &Parsed<'_>, child: &Parsed<'_>) -> u8 {
    let (key_id, wanted) = (parent.extensions.subject_key_id, child.extensions.authority_key_id);
    match (key_id, wanted) {
        _ if key_id == wanted => 0,
        ([], _) | (_, []) => 1,
        _ => 2,
    }
}
