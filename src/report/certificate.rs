//! A certificate as the report shows it.

use std::collections::BTreeMap;

use super::{Certificate, Place, Validity};
use crate::analysis::Analysis;
use crate::certificate::{self, CertId, ValidityState};
use crate::pool::NotRoot;

/// Every certificate of the inventory, in order.
pub(super) fn all(analysis: &Analysis<'_>) -> Vec<Certificate> {
    let certificates = analysis.graph.certificates.iter().enumerate();
    let mut places = places(analysis);
    certificates.map(|(index, from)| one(analysis, CertId(index), from, &mut places)).collect()
}

fn one(
    analysis: &Analysis<'_>,
    id: CertId,
    from: &certificate::Certificate,
    places: &mut BTreeMap<CertId, Vec<Place>>,
) -> Certificate {
    let graph = analysis.graph;
    let not_root = analysis.root_cas.refusal(id);
    Certificate {
        id: id.0,
        sha256: from.sha256_hex(),
        sha1: from.sha1_hex(),
        name: from.short_name(),
        subject: from.subject.rfc4514(),
        issuer: from.issuer.rfc4514(),
        serial: from.serial_hex(),
        not_before: from.not_before,
        not_after: from.not_after,
        validity: from.validity_at(analysis.at).into(),
        days_left: analysis.at.days_until(from.not_after),
        is_ca: from.is_ca(),
        self_issued: graph.self_issued(id),
        self_signed: graph.self_signed(id),
        root_ca: not_root.is_none(),
        public_root: analysis.inventory.public.contains(&id),
        not_root_because: not_root.filter(|_| graph.self_issued(id)).map(NotRoot::reason),
        ca: graph.ca_of(id).unwrap_or_default(),
        version: from.version,
        key: from.key_text(),
        key_sha256: from.key_sha256_hex(),
        signature_algorithm: from.signature_algorithm.name.clone(),
        basic_constraints: from.basic_constraints_text(),
        key_usage: from.key_usage_names(),
        extended_key_usage: from.extended_key_usage_names(),
        subject_alt_names: from.subject_alt_name_texts(),
        permitted_names: from.permitted_name_texts(),
        excluded_names: from.excluded_name_texts(),
        subject_key_id: from.subject_key_id_hex(),
        authority_key_id: from.authority_key_id_hex(),
        policies: from.policy_texts(),
        authority_info_access: from.authority_info_access_texts(),
        crl_urls: from.crl_urls.clone(),
        unknown_critical: from.unknown_critical_texts(),
        extensions: from.extension_texts(),
        places: places.remove(&id).unwrap_or_default(),
        pem: from.pem(),
    }
}

/// Where each certificate was found.
fn places(analysis: &Analysis<'_>) -> BTreeMap<CertId, Vec<Place>> {
    let mut places: BTreeMap<CertId, Vec<Place>> = BTreeMap::new();
    for source in &analysis.inventory.sources {
        for placement in &source.placements {
            places.entry(placement.certificate).or_default().push(Place {
                source: source.name.clone(),
                line: placement.place.line,
                start: placement.place.bytes.start,
                end: placement.place.bytes.end,
                repairs: placement.repairs.iter().map(ToString::to_string).collect(),
            });
        }
    }
    places
}

impl From<ValidityState> for Validity {
    fn from(from: ValidityState) -> Validity {
        match from {
            ValidityState::Valid => Validity::Valid,
            ValidityState::Expired => Validity::Expired,
            ValidityState::NotYetValid => Validity::NotYetValid,
        }
    }
}
