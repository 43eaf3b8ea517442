//! Which certificates are authorities: by their own words, or by what they did.

use std::collections::BTreeSet;

use crate::certificate::{CertId, Certificate, GeneralName};
use crate::graph::{Edge, Graph};
use crate::signature::Status;

/// CAs by their own words (basicConstraints, RFC 5280, 4.2.1.9), and those that issued another certificate although
/// they do not say that they may: version 1 has no way to say it, and an intermediate that lacks the words still stands
/// where an intermediate stands.
pub(super) fn authorities(graph: &Graph) -> BTreeSet<CertId> {
    let certificates = graph.certificates.iter().enumerate();
    let mut authorities: BTreeSet<CertId> =
        certificates.filter(|(_, it)| it.is_ca()).map(|(index, _)| CertId(index)).collect();
    let issued = graph.edges.iter().filter(|edge| issued(graph, edge));
    let by_deed: Vec<CertId> =
        issued.map(|edge| edge.issuer).filter(|issuer| may_have_issued(graph, *issuer)).collect();
    authorities.extend(by_deed);
    authorities
}

/// A certificate of another name or key that this one issued: its name stands in it and its key verifies it. A key that
/// merely verifies shows nothing where a CA and an end entity share one.
pub(super) fn issued_by(graph: &Graph, id: CertId) -> Option<CertId> {
    graph.subjects_of(id).find(|edge| issued(graph, edge)).map(|edge| edge.subject)
}

/// Self-signed, or self-issued with a signature that could not be checked.
pub(super) fn is_self_signed(graph: &Graph, id: CertId) -> bool {
    graph.self_issued(id) && graph.self_signed(id) != Some(false)
}

/// A CA that is made out to a host, was issued by another CA and issued nothing here: a server's own certificate that
/// wrongly says CA:TRUE.
pub(super) fn is_ca_as_end_entity(graph: &Graph, id: CertId) -> bool {
    let named = graph.certificate(id).is_some_and(|it| it.is_ca() && is_for_a_host(it));
    named && !is_self_signed(graph, id) && issued_by(graph, id).is_none()
}

fn issued(graph: &Graph, edge: &Edge) -> bool {
    edge.names_agree() && edge.signature == Status::Valid && graph.ca_of(edge.issuer) != graph.ca_of(edge.subject)
}

/// Whether a certificate that does not say CA:TRUE is the only one here that can have issued what its name and key
/// fit, and bears no sign of an end entity. Version 1 has no extensions, so nothing speaks against it.
fn may_have_issued(graph: &Graph, id: CertId) -> bool {
    let Some(certificate) = graph.certificate(id) else { return false };
    certificate.version < 3 || !(is_for_tls(certificate) || has_a_ca_beside_it(graph, id))
}

fn is_for_tls(certificate: &Certificate) -> bool {
    certificate.tls_sides().is_some() || is_for_a_host(certificate)
}

/// Whether a subjectAltName names a host (RFC 5280, 4.2.1.6).
fn is_for_a_host(certificate: &Certificate) -> bool {
    let mut names = certificate.subject_alt_names.iter().flatten();
    names.any(|name| matches!(name, GeneralName::Dns(_) | GeneralName::Ip(_)))
}

/// A certificate of the same name and key that says CA:TRUE.
fn has_a_ca_beside_it(graph: &Graph, id: CertId) -> bool {
    let ca = graph.ca_of(id).and_then(|position| graph.cas.get(position));
    ca.is_some_and(|ca| ca.certificates.iter().any(|&other| graph.certificate(other).is_some_and(Certificate::is_ca)))
}
