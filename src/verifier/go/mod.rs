//! Go 1.27.3, `crypto/x509`: `Certificate.Verify`.

use super::{Outcome, Query, Verdict};
use crate::certificate::CertId;
use crate::graph::Graph;

/// `leaf.Verify(opts)`.
pub fn verify(_graph: &Graph, _query: &Query<'_>) -> Verdict {
    Verdict { outcome: Outcome::Rejected, detail: String::new(), chains: Vec::new(), trail: Vec::new() }
}

/// `child.CheckSignatureFrom(parent)`: `Err` holds Go's words.
pub fn check_signature_from(_graph: &Graph, _child: CertId, _parent: CertId) -> Result<(), String> {
    Err(String::new())
}
