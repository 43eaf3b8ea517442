//! What is a root CA, exactly as `identity.IsRootCa` decides it (`openziti.md`, section 2).

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::verifier::go;

/// Why a certificate is no root CA in that strict sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRoot {
    /// basicConstraints is absent or cA is FALSE.
    NoCa,
    /// Issuer and subject differ as RFC 2253 text.
    OtherIssuer,
    /// Go's `CheckSignatureFrom` refuses the self-signature: its words. SHA-1, and keyUsage without keyCertSign,
    /// are refused although OpenSSL and others take such a certificate as a root.
    SelfSignature(String),
}

/// CA:TRUE, issuer and subject equal as text, and Go's `CheckSignatureFrom` accepts the self-signature. No time check.
pub fn root_ca(graph: &Graph, id: CertId) -> Result<(), NotRoot> {
    let certificate = graph.certificate(id).filter(|it| it.is_ca()).ok_or(NotRoot::NoCa)?;
    if certificate.issuer.go_string() != certificate.subject.go_string() {
        return Err(NotRoot::OtherIssuer);
    }
    go::check_signature_from(graph, id, id).map_err(NotRoot::SelfSignature)
}
