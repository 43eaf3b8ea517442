//! `PKIXCertPathValidator`: one given path against one anchor after the other, the first that fits wins.

use super::checks::{Caller, Checks};
use super::messages::{CheckError, Rejected, Rejection};
use super::parse::Parsed;
use super::{Listed, Member, attempt};
use crate::graph::Graph;
use crate::time::Timestamp;
use crate::verifier::budget::{Budget, Trail};

/// Validates `path`, leaf first, and gives its anchor, or the last anchor's failure. `anchors` are in the order of the
/// trust store; Java's set of anchors has an order that depends on addresses.
pub(super) fn validate<'a>(
    graph: &'a Graph,
    at: Timestamp,
    path: &[Member<'a>],
    anchors: Listed<'a, '_>,
    trail: &mut Trail,
    comparisons: &Budget,
) -> Result<Member<'a>, Rejected> {
    let no_anchor = Rejection::ValidationFailed(CheckError::NoAnchor);
    let Some(top) = path.last() else { return Err(Rejected::of(no_anchor)) };
    let mut last = Rejected::about(no_anchor, top.id);
    for anchor in anchors.named(&top.parsed.issuer) {
        if !may_have_issued(anchor.parsed, top.parsed) {
            continue;
        }
        let verdict = Checks::new(graph, at, Caller::Validator, anchor, path.len(), comparisons).check_path(path);
        let rejection = verdict.as_ref().err().map(|(why, _)| why.message());
        trail.push(attempt(path, Some(anchor), true, rejection));
        match verdict {
            Ok(()) => return Ok(anchor),
            Err((CheckError::Unchecked(why), member)) => {
                return Err(Rejected::about(Rejection::Unchecked(why), member.id));
            }
            Err((CheckError::LimitReached, _)) => return Err(Rejected::of(Rejection::TooManyComparisons)),
            Err((CheckError::SignatureNotChecked, _)) => last = Rejected::of(Rejection::SignatureNotChecked),
            Err((why, member)) => last = Rejected::about(Rejection::ValidationFailed(why), member.id),
        }
    }
    Err(last)
}

/// `AdaptableX509CertSelector.match`: the name, the key identifier unless the anchor has none, and the serial number.
fn may_have_issued(anchor: &Parsed<'_>, top: &Parsed<'_>) -> bool {
    let wanted = top.authority_key_id.as_deref();
    let key_id = wanted.is_none() || anchor.subject_key_id.is_none() || anchor.subject_key_id == wanted;
    let serial = top.certificate.authority_key_id.as_ref().and_then(|authority| authority.serial.as_deref());
    let same_serial = |serial: &[u8]| number(serial) == number(&anchor.certificate.serial);
    key_id && anchor.subject == top.issuer && (anchor.certificate.version < 3 || serial.is_none_or(same_serial))
}

/// A two's complement number without octets that only repeat its sign.
fn number(octets: &[u8]) -> &[u8] {
    match octets {
        [0, second, ..] if *second < 0x80 => number(octets.get(1..).unwrap_or_default()),
        [0xff, second, ..] if *second >= 0x80 => number(octets.get(1..).unwrap_or_default()),
        _ => octets,
    }
}
