//! Issuers that certificates name but that nobody supplied.

use std::rc::Rc;

use super::Edge;
use super::names::NameTable;
use crate::certificate::{CertId, Certificate, Name};
use crate::collection;
use crate::signature::Status;

/// An issuer that is named but absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingIssuer {
    /// The name that the certificates give.
    pub name: Name,
    /// The authority key id that they give, if any.
    pub key_id: Option<Vec<u8>>,
    /// The certificates that need it.
    pub subjects: Vec<CertId>,
}

/// An issuer is missing if no certificate with its name may have signed what names it: there is none, or its key
/// certainly did not. Those who ask for the same name and key id share one. `edges` are sorted by subject.
pub(super) fn find(certificates: &[Rc<Certificate>], names: &NameTable, edges: &[Edge]) -> Vec<MissingIssuer> {
    let mut orphans: Vec<(CertId, &Certificate)> = Vec::new();
    let mut keys: Vec<(usize, Option<&[u8]>)> = Vec::new();
    for (index, certificate) in certificates.iter().enumerate() {
        let id = CertId(index);
        let Some(pair) = names.pair(id).filter(|_| !has_issuer(edges, id)) else { continue };
        orphans.push((id, certificate));
        keys.push((names.class(pair.issuer), certificate.issuer_key_id()));
    }
    let mut missing: Vec<MissingIssuer> = Vec::new();
    for ((id, certificate), number) in orphans.into_iter().zip(collection::dense_ids(&keys)) {
        match missing.get_mut(number) {
            Some(issuer) => issuer.subjects.push(id),
            None => missing.push(MissingIssuer {
                name: certificate.issuer.clone(),
                key_id: certificate.issuer_key_id().map(<[u8]>::to_vec),
                subjects: vec![id],
            }),
        }
    }
    missing
}

fn has_issuer(edges: &[Edge], subject: CertId) -> bool {
    super::edges_to(edges, subject).iter().any(|edge| edge.names_agree() && edge.signature != Status::Invalid)
}
