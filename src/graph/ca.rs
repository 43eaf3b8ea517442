//! CAs: a subject name and a key, with all the certificates for them.

use std::collections::BTreeMap;

use super::names::NameTable;
use crate::certificate::{CertId, Certificate};

/// A CA or end entity: a subject name and a key, with all its certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ca {
    /// Renewals and cross-certificates in order of first appearance; never empty.
    pub certificates: Vec<CertId>,
}

/// Groups the certificates by equivalent subject name and equal SubjectPublicKeyInfo. An end entity with an empty
/// subject is grouped by its key alone.
pub(super) fn group(certificates: &[Certificate], names: &NameTable) -> Vec<Ca> {
    let mut cas: Vec<Ca> = Vec::new();
    let mut known: BTreeMap<(usize, &[u8]), usize> = BTreeMap::new();
    for (index, certificate) in certificates.iter().enumerate() {
        let Some(pair) = names.pair(CertId(index)) else { continue };
        let position = *known.entry((names.class(pair.subject), certificate.key.spki.as_slice())).or_insert(cas.len());
        match cas.get_mut(position) {
            Some(ca) => ca.certificates.push(CertId(index)),
            None => cas.push(Ca { certificates: vec![CertId(index)] }),
        }
    }
    cas
}
