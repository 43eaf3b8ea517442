//! A certificate pool: what Go was given, in order, without duplicates, looked up by subject.

use std::collections::BTreeMap;

use super::parse::Parsed;
use crate::certificate::CertId;

/// Certificates by the bytes of their subject.
#[derive(Debug, Default)]
pub(super) struct Pool<'a> {
    by_subject: BTreeMap<&'a [u8], Vec<Member<'a>>>,
}

/// A certificate of a pool.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    /// Which certificate of the graph it is.
    pub(super) id: CertId,
    /// What Go reads in it.
    pub(super) parsed: &'a Parsed<'a>,
}

impl<'a> Pool<'a> {
    /// Adds every member that is not there yet.
    pub(super) fn new(members: impl Iterator<Item = Member<'a>>) -> Pool<'a> {
        let mut pool = Pool::default();
        for member in members {
            if !pool.contains(member) {
                pool.by_subject.entry(member.parsed.subject).or_default().push(member);
            }
        }
        pool
    }

    /// The very certificate is in the pool.
    pub(super) fn contains(&self, member: Member<'_>) -> bool {
        self.with_subject(member.parsed.subject).iter().any(|other| other.id == member.id)
    }

    /// Certificates that may have issued `child`: its issuer is their subject, byte for byte. Those whose key ids are
    /// equal (or both absent) come first, then those where one is absent, last those that differ; within a class in
    /// the order added.
    pub(super) fn potential_parents(&self, child: &Parsed<'_>) -> Vec<Member<'a>> {
        let mut parents = self.with_subject(child.issuer).to_vec();
        parents.sort_by_key(|parent| implausibility(parent.parsed, child));
        parents
    }

    fn with_subject(&self, subject: &[u8]) -> &[Member<'a>] {
        self.by_subject.get(subject).map(Vec::as_slice).unwrap_or_default()
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
