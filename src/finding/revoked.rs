//! A certificate that a revocation list among the files names. The programs do not look at lists unless they are told to, so no
//! verdict changes.

use std::collections::BTreeMap;

use super::{Finding, Findings, Severity, facts, words};
use crate::analysis::Analysis;
use crate::certificate::{CanonicalName, CertId, Certificate, RevocationList};
use crate::inventory::{Related, RelatedKind, Source};
use crate::signature::{self, Check, Status};
use crate::time::Timestamp;

/// Most keys of an issuer's name with which the signature of a list is checked. Our own number: a CA has few keys at a time.
const MAX_KEYS: usize = 16;

/// One finding per certificate and list.
pub(super) fn find(analysis: &Analysis<'_>, findings: &mut Findings) {
    let issued = by_issuer(analysis);
    for source in &analysis.inventory.sources {
        let lists = source.related.iter().filter(|related| related.kind == RelatedKind::RevocationList);
        for related in lists {
            let issuer = RevocationList::issuer_of(&related.der).map(|issuer| issuer.canonical());
            if let Some(issued) = issuer.and_then(|issuer| issued.get(&issuer)) {
                findings.extend(found(analysis, source, related, issued));
            }
        }
    }
}

/// The certificates of each issuer.
fn by_issuer(analysis: &Analysis<'_>) -> BTreeMap<CanonicalName, Vec<CertId>> {
    let mut issued: BTreeMap<CanonicalName, Vec<CertId>> = BTreeMap::new();
    let has_list = |source: &Source| source.related.iter().any(|it| it.kind == RelatedKind::RevocationList);
    if analysis.inventory.sources.iter().any(|source| has_list(source)) {
        for (id, certificate) in analysis.graph.certificates.iter().enumerate() {
            issued.entry(certificate.issuer.canonical()).or_default().push(CertId(id));
        }
    }
    issued
}

/// What one list says of the certificates of its issuer.
fn found(analysis: &Analysis<'_>, source: &Source, related: &Related, issued: &[CertId]) -> Vec<Finding> {
    let Some(list) = RevocationList::parse(&related.der) else { return Vec::new() };
    let since = |id: &CertId| {
        let serial = &analysis.graph.certificate(*id)?.serial;
        list.revoked.get(serial).copied().filter(|since| *since <= analysis.at)
    };
    let revoked: Vec<(CertId, Timestamp)> = issued.iter().filter_map(|id| Some((*id, since(id)?))).collect();
    if revoked.is_empty() {
        return Vec::new();
    }
    // A list that its issuer did not sign is anybody's.
    let Some(signed) = signed(analysis, &list) else { return Vec::new() };
    let place = format!("{}, line {}", source.name, related.place.line);
    revoked.into_iter().map(|(id, since)| finding(analysis, &list, &place, &signed, id, since)).collect()
}

/// What is known of the signature of a list (RFC 5280, 6.3.3, (g)); `None` if no key of the issuer made it.
fn signed(analysis: &Analysis<'_>, list: &RevocationList<'_>) -> Option<String> {
    let issuer = list.issuer.canonical();
    let is_issuer = |(_, certificate): &(usize, &Certificate)| certificate.subject.canonical() == issuer;
    let certificates = analysis.graph.certificates.iter().map(|certificate| certificate.as_ref()).enumerate();
    let issuers: Vec<(usize, &Certificate)> = certificates.filter(is_issuer).take(MAX_KEYS).collect();
    let checks: Vec<Check<'_>> = issuers
        .iter()
        .map(|(_, issuer)| Check {
            issuer_key: &issuer.key.spki,
            algorithm: list.signature_algorithm,
            message: list.tbs_der,
            signature: &list.signature,
        })
        .collect();
    let statuses = signature::verify_batch(&checks);
    if let Some(valid) = statuses.iter().position(|status| *status == Status::Valid) {
        let (id, _) = issuers.get(valid)?;
        return Some(format!("The key of {} signed the list.", analysis.name(CertId(*id))));
    }
    let is_refuted = !statuses.is_empty() && statuses.iter().all(|status| *status == Status::Invalid);
    (!is_refuted).then(|| "Its signature was not checked.".to_owned())
}

fn finding(
    analysis: &Analysis<'_>,
    list: &RevocationList<'_>,
    place: &str,
    signed: &str,
    id: CertId,
    since: Timestamp,
) -> Finding {
    let name = analysis.name(id);
    let is_judged = facts::chains(analysis).into_iter().any(|chain| chain.certificates().contains(&id));
    Finding {
        code: "revoked",
        severity: if is_judged { Severity::Error } else { Severity::Warning },
        title: format!("{name} is revoked"),
        detail: format!(
            "Its issuer's list of {} ({place}) names it, since {}. {signed} The programs do not look at revocation lists unless \
             they are told to; one that does refuses {name}.",
            list.this_update.date(),
            since.date(),
        ),
        certificates: vec![id],
        fix: format!(
            "Have a new certificate issued for {name}, with a new key, and replace it in {}.",
            words::all_holders(analysis, id)
        ),
    }
}
