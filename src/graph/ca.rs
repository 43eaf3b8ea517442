//! CAs: a subject name and a key, with all the certificates for them.

use std::rc::Rc;

use super::names::NameTable;
use crate::certificate::{CertId, Certificate};
use crate::collection;

/// A CA or end entity: a subject name and a key, with all its certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ca {
    /// Renewals and cross-certificates in order of first appearance; never empty.
    pub certificates: Vec<CertId>,
}

/// Groups the certificates by equivalent subject name and equal SubjectPublicKeyInfo. An end entity with an empty
/// subject is grouped by its key alone.
pub(super) fn group<'a>(certificates: &'a [Rc<Certificate>], names: &NameTable) -> Vec<Ca> {
    let class = |index| names.pair(CertId(index)).map(|pair| names.class(pair.subject));
    let key = |(index, certificate): (usize, &'a Rc<Certificate>)| (class(index), certificate.key.spki.as_slice());
    let keys: Vec<(Option<usize>, &[u8])> = certificates.iter().enumerate().map(key).collect();
    let mut cas: Vec<Ca> = Vec::new();
    for (index, number) in collection::dense_ids(&keys).into_iter().enumerate() {
        match cas.get_mut(number) {
            Some(ca) => ca.certificates.push(CertId(index)),
            None => cas.push(Ca { certificates: vec![CertId(index)] }),
        }
    }
    cas
}
