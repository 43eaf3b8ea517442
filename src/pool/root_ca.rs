//! What is a root CA, exactly as `identity.IsRootCa` decides it (`docs/background/openziti.md`, section 2).

use crate::certificate::{CertId, Certificate};
use crate::verifier::go::{Context, Rejection};

/// Why a certificate is no root CA in that strict sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRoot {
    /// basicConstraints is absent or cA is FALSE.
    NoCa,
    /// Issuer and subject differ as RFC 2253 text.
    OtherIssuer,
    /// Go's `CheckSignatureFrom` rejects the self-signature. SHA-1, and keyUsage without keyCertSign, are refused
    /// although OpenSSL and others take such a certificate as a root.
    SelfSignature(Rejection),
}

/// Which certificates of a graph are root CAs, decided once for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootCas {
    /// By certificate: why it is none.
    refusals: Vec<Option<NotRoot>>,
}

impl RootCas {
    /// Decides for every certificate of the graph that `go` has read.
    pub fn new(go: &Context<'_>) -> RootCas {
        let certificates = go.graph().certificates.iter().enumerate();
        RootCas { refusals: certificates.map(|(index, it)| refusal(go, CertId(index), it)).collect() }
    }

    /// Why a certificate is no root CA; `None` if it is one.
    pub fn refusal(&self, id: CertId) -> Option<&NotRoot> {
        self.refusals.get(id.0).unwrap_or(&Some(NotRoot::NoCa)).as_ref()
    }

    /// It is marked as a CA, root or not.
    pub fn is_ca(&self, id: CertId) -> bool {
        self.refusal(id) != Some(&NotRoot::NoCa)
    }

    /// Those of `ids` that are root CAs, in order.
    pub(super) fn roots(&self, ids: &[CertId]) -> Vec<CertId> {
        ids.iter().copied().filter(|&id| self.refusal(id).is_none()).collect()
    }

    /// Those of `ids` that are CAs and no root CAs, in order.
    pub(super) fn intermediates(&self, ids: &[CertId]) -> Vec<CertId> {
        ids.iter().copied().filter(|&id| self.is_ca(id) && self.refusal(id).is_some()).collect()
    }
}

/// CA:TRUE, issuer and subject equal as text, and Go's `CheckSignatureFrom` accepts the self-signature. No time check.
fn refusal(go: &Context<'_>, id: CertId, certificate: &Certificate) -> Option<NotRoot> {
    if !certificate.is_ca() {
        return Some(NotRoot::NoCa);
    }
    if certificate.issuer.go_string() != certificate.subject.go_string() {
        return Some(NotRoot::OtherIssuer);
    }
    go.check_signature_from(id, id).err().map(NotRoot::SelfSignature)
}
