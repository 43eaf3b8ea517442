//! `isValid`: what Go asks of a certificate before it becomes part of a path.

use super::messages::Rejection;
use super::old_name_constraints;
use super::parse::Parsed;
use super::pool::Member;
use super::release::Release;
use crate::time::Timestamp;

/// The part a certificate is to play in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The certificate in question.
    Leaf,
    /// Between the leaf and an anchor.
    Intermediate,
    /// The end of the path.
    Root,
}

/// Checks `candidate` against the path so far (leaf first); `at` is `None` to pass over the time. Roots are checked
/// like any other certificate, save that they may lack basicConstraints.
pub(super) fn check(
    candidate: &Parsed<'_>,
    part: Part,
    path: &[Member<'_>],
    at: Option<Timestamp>,
    release: Release,
) -> Result<(), Rejection> {
    let extensions = &candidate.extensions;
    // RFC 5280, 4.2: an unrecognised critical extension refuses the certificate.
    if !extensions.unhandled_critical.is_empty() {
        return Err(Rejection::UnhandledCriticalExtension);
    }
    if path.last().is_some_and(|child| child.parsed.issuer != candidate.subject) {
        return Err(Rejection::NameMismatch);
    }
    // RFC 5280, 6.1.3 (a) (2), for the anchor too.
    if let Some(at) = at.filter(|at| *at < candidate.not_before.at) {
        return Err(Rejection::NotYetValid(at, candidate.not_before));
    }
    if let Some(at) = at.filter(|at| *at > candidate.not_after.at) {
        return Err(Rejection::Expired(at, candidate.not_after));
    }
    if let Some(leaf) = path.first().filter(|_| release.is_old()) {
        old_name_constraints::check(candidate, leaf.parsed)?;
    }
    let constraints = extensions.basic_constraints;
    if part == Part::Intermediate && !constraints.is_some_and(|constraints| constraints.ca) {
        return Err(Rejection::NotAuthorizedToSign);
    }
    // RFC 5280, 4.2.1.9, save that self-issued certificates count and the anchor's constraint binds.
    let intermediates = i64::try_from(path.len()).unwrap_or(i64::MAX) - 1;
    let allowed = constraints.and_then(|constraints| constraints.path_length);
    if allowed.is_some_and(|allowed| intermediates > allowed) {
        return Err(Rejection::TooManyIntermediates);
    }
    Ok(())
}
