//! Ghosts: issuers that certificates name but that nobody supplied.

use std::rc::Rc;

use super::Edge;
use super::names::NameTable;
use crate::certificate::{CertId, Certificate, Name};
use crate::collection;
use crate::signature::Status;

/// An issuer that is named but absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// The name that the certificates give.
    pub name: Name,
    /// The authority key id that they give, if any.
    pub key_id: Option<Vec<u8>>,
    /// The certificates that need it.
    pub subjects: Vec<CertId>,
}

/// A certificate needs a ghost if no certificate with the name of its issuer may have signed it: there is none, or its
/// key certainly did not. Those who ask for the same name and key id share one. `edges` are sorted by subject.
pub(super) fn find(certificates: &[Rc<Certificate>], names: &NameTable, edges: &[Edge]) -> Vec<Ghost> {
    let mut orphans: Vec<(CertId, &Certificate)> = Vec::new();
    let mut keys: Vec<(usize, Option<&[u8]>)> = Vec::new();
    for (index, certificate) in certificates.iter().enumerate() {
        let id = CertId(index);
        let Some(pair) = names.pair(id).filter(|_| !has_issuer(edges, id)) else { continue };
        orphans.push((id, certificate));
        keys.push((names.class(pair.issuer), certificate.issuer_key_id()));
    }
    let mut ghosts: Vec<Ghost> = Vec::new();
    for ((id, certificate), number) in orphans.into_iter().zip(collection::dense_ids(&keys)) {
        match ghosts.get_mut(number) {
            Some(ghost) => ghost.subjects.push(id),
            None => ghosts.push(Ghost {
                name: certificate.issuer.clone(),
                key_id: certificate.issuer_key_id().map(<[u8]>::to_vec),
                subjects: vec![id],
            }),
        }
    }
    ghosts
}

fn has_issuer(edges: &[Edge], subject: CertId) -> bool {
    super::edges_to(edges, subject).iter().any(|edge| edge.names_agree() && edge.signature != Status::Invalid)
}
