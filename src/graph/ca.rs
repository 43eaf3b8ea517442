//! CAs: a subject name and a key, with all the certificates for them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::names::NameTable;
use crate::certificate::{CertId, Certificate};
use crate::collection;

/// A CA or end entity: a subject name and a key, with all its certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ca {
    /// Renewals and cross-certificates in order of first appearance; never empty.
    pub certificates: Vec<CertId>,
    /// One of them says CA:TRUE.
    pub says_ca: bool,
}

/// Groups the certificates by equivalent subject name and equal SubjectPublicKeyInfo. An end entity with an empty
/// subject is grouped by its key alone.
pub(super) fn group<'a>(certificates: &'a [Rc<Certificate>], names: &NameTable) -> Vec<Ca> {
    let class = |index| names.pair(CertId(index)).map(|pair| names.class(pair.subject));
    let key = |(index, certificate): (usize, &'a Rc<Certificate>)| (class(index), certificate.key.spki.as_slice());
    let keys: Vec<(Option<usize>, &[u8])> = certificates.iter().enumerate().map(key).collect();
    let mut cas: Vec<Ca> = Vec::new();
    for (index, number) in collection::dense_ids(&keys).into_iter().enumerate() {
        let says_ca = certificates.get(index).is_some_and(|certificate| certificate.is_ca());
        match cas.get_mut(number) {
            Some(ca) => {
                ca.certificates.push(CertId(index));
                ca.says_ca |= says_ca;
            }
            None => cas.push(Ca { certificates: vec![CertId(index)], says_ca }),
        }
    }
    cas
}

/// CAs of one name with different keys, by their positions: every name that several have, and for each CA the position of
/// its name there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Namesakes {
    /// Sorted, two at least; in the order of the first of each.
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) group_of: Vec<Option<usize>>,
}

impl Namesakes {
    /// An empty name names nobody.
    pub(super) fn of(cas: &[Ca], certificates: &[Rc<Certificate>], names: &NameTable) -> Namesakes {
        let mut by_class: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, ca) in cas.iter().enumerate() {
            let first = ca.certificates.first().filter(|id| is_named(certificates, **id));
            if let Some(pair) = first.and_then(|id| names.pair(*id)) {
                by_class.entry(names.class(pair.subject)).or_default().push(position);
            }
        }
        let mut groups: Vec<Vec<usize>> = by_class.into_values().filter(|group| group.len() > 1).collect();
        groups.sort_unstable_by_key(|group| group.first().copied());
        let mut group_of = vec![None; cas.len()];
        for (number, group) in groups.iter().enumerate() {
            for ca in group {
                group_of.get_mut(*ca).into_iter().for_each(|it| *it = Some(number));
            }
        }
        Namesakes { groups, group_of }
    }
}

fn is_named(certificates: &[Rc<Certificate>], id: CertId) -> bool {
    certificates.get(id.0).is_some_and(|certificate| !certificate.subject.is_empty())
}
