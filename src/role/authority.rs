//! Which certificates are authorities: by their own words, or by what they did.

use std::collections::BTreeSet;

use super::file_name;
use super::side::by_common_name;
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

/// A CA that was issued by another one, issued nothing here and bears a sign of an end entity: somebody's own certificate
/// that wrongly says CA:TRUE. The sign is the name of a host or a key that may not sign certificates (keyUsage, RFC 5280,
/// 4.2.1.3); where the file is not named after CAs, also a common name that reads like a host, as some CAs have it, or
/// the name of the file.
pub(super) fn is_ca_as_end_entity(graph: &Graph, id: CertId, file: &str) -> bool {
    let Some(certificate) = graph.certificate(id).filter(|it| it.is_ca()) else { return false };
    let may_not_sign = certificate.key_usage.is_some_and(|usage| !usage.key_cert_sign());
    let is_file_of_a_ca = file_name::suggests_trust(file).is_some() || file_name::suggests_intermediates(file);
    let is_named_so = || by_common_name(certificate).is_some() || file_name::suggests_leaf(file);
    let bears_a_sign = is_for_a_host(certificate) || may_not_sign || (!is_file_of_a_ca && is_named_so());
    bears_a_sign && !is_self_signed(graph, id) && issued_by(graph, id).is_none()
}

/// A certificate with the name and the key of a CA that bears no sign of an end entity: an odd edition of that CA.
pub(super) fn is_odd_edition_of_a_ca(graph: &Graph, id: CertId) -> bool {
    has_a_ca_beside_it(graph, id) && graph.certificate(id).is_some_and(|it| !is_for_tls(it))
}

fn issued(graph: &Graph, edge: &Edge) -> bool {
    edge.names_agree() && edge.signature == Status::Valid && graph.ca_of(edge.issuer) != graph.ca_of(edge.subject)
}

/// Whether a certificate that does not say CA:TRUE is taken for an authority all the same: it bears no sign of an end
/// entity, and where it says CA:FALSE, no other certificate here can have issued what its name and key fit.
fn may_have_issued(graph: &Graph, id: CertId) -> bool {
    let Some(certificate) = graph.certificate(id) else { return false };
    let denies = certificate.basic_constraints.is_some_and(|constraints| !constraints.ca);
    let is_another_edition = denies && has_a_ca_beside_it(graph, id);
    !is_for_tls(certificate) && !is_another_edition
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
    graph.ca_of(id).and_then(|position| graph.cas.get(position)).is_some_and(|ca| ca.says_ca)
}
