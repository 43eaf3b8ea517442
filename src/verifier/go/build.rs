//! Go's search for chains: depth first, anchors before intermediates at every step, every chain kept, every candidate
//! on record.

use super::messages::{Hint, Rejected, Rejection};
use super::parse::{Parsed, PublicKey};
use super::pool::{Member, Pool};
use super::release::Release;
use super::signature::{SignatureError, check_signature_from};
use super::signature_status;
use super::validity::{self, Part};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::time::Timestamp;
use crate::verifier::Attempt;
use crate::verifier::budget::{MAX_CANDIDATES, Trail};

/// Candidates that one search considers (`maxChainSignatureChecks`, `crypto/x509/verify.go`). Since Go 1.26 a candidate
/// counts even if it is passed over before its signature is looked at.
const MAX_SIGNATURE_CHECKS: usize = 100;

/// The certificates of a path, leaf first.
pub(super) type Path<'a> = Vec<Member<'a>>;

/// One search for chains, from a leaf to the roots.
pub(super) struct Search<'a, 'g> {
    /// Knows the signatures.
    graph: &'a Graph,
    release: Release,
    /// Where a path may end.
    pub(super) roots: Pool<'a, 'g>,
    /// What a path may pass through.
    intermediates: Pool<'a, 'g>,
    /// The instant at which validity is judged.
    at: Timestamp,
    /// How many candidates were considered.
    candidates: usize,
    /// Every candidate in order.
    pub(super) trail: Trail,
    /// Candidates that were looked at, those that Go passes over among them.
    steps: usize,
    /// What ends everything: what Go 1.19 crashed with, or our own limit.
    pub(super) crash: Option<Rejected>,
    /// Some candidate fell because the graph does not know whether its signature is valid.
    pub(super) signature_missing: bool,
}

/// What was found above one certificate.
#[derive(Default)]
struct Found<'a> {
    chains: Vec<Path<'a>>,
    /// As Go leaves it: set by a candidate that is not valid, cleared by the next one that is.
    error: Option<Rejected>,
    /// The first candidate that was not taken, of those that Go speaks of.
    hint: Option<Hint>,
}

impl<'a, 'g> Search<'a, 'g> {
    /// A search that has considered nothing yet.
    pub(super) fn new(
        graph: &'a Graph,
        release: Release,
        roots: Pool<'a, 'g>,
        intermediates: Pool<'a, 'g>,
        at: Timestamp,
    ) -> Search<'a, 'g> {
        Search {
            graph,
            release,
            roots,
            intermediates,
            at,
            candidates: 0,
            steps: 0,
            trail: Trail::default(),
            crash: None,
            signature_missing: false,
        }
    }

    /// Every chain that begins with `path`, in the order found; at least one.
    pub(super) fn chains_from(&mut self, path: &mut Path<'a>) -> Result<Vec<Path<'a>>, Rejected> {
        let mut found = Found::default();
        let Some(&child) = path.last() else { return Ok(Vec::new()) };
        self.consider_parents(child, path, &mut found);
        if let Some(crash) = &self.crash {
            return Err(crash.clone());
        }
        if !found.chains.is_empty() {
            return Ok(found.chains);
        }
        let unknown = Rejected { rejection: Rejection::UnknownAuthority(found.hint), certificate: child.id };
        Err(found.error.unwrap_or(unknown))
    }

    fn consider_parents(&mut self, child: Member<'a>, path: &mut Path<'a>, found: &mut Found<'a>) {
        let roots = self.roots.potential_parents(child.parsed).into_iter().map(|root| (Part::Root, root));
        let intermediates = self.intermediates.potential_parents(child.parsed).into_iter();
        let candidates: Vec<_> = roots.chain(intermediates.map(|other| (Part::Intermediate, other))).collect();
        self.trail.add_cost(candidates.len());
        for (part, candidate) in candidates {
            self.consider(child, part, candidate, path, found);
            let limit_reached = found.error.as_ref().is_some_and(|it| it.rejection == Rejection::SignatureLimit);
            if limit_reached || self.crash.is_some() {
                return;
            }
        }
    }

    fn consider(
        &mut self,
        child: Member<'a>,
        part: Part,
        candidate: Member<'a>,
        path: &mut Path<'a>,
        found: &mut Found<'a>,
    ) {
        let verdict = self.judge(child, part, candidate, path);
        self.trail.push(Attempt {
            path: ids(path),
            candidate: Some(candidate.id),
            from_trusted: part == Part::Root,
            rejection: verdict.as_ref().err().map(Rejection::to_string),
        });
        match verdict {
            Ok(()) => self.take(part, candidate, path, found),
            Err(rejection) => self.leave(rejection, candidate, found),
        }
    }

    fn take(&mut self, part: Part, candidate: Member<'a>, path: &mut Path<'a>, found: &mut Found<'a>) {
        found.error = None;
        path.push(candidate);
        match part {
            Part::Root => found.chains.push(path.clone()),
            Part::Intermediate | Part::Leaf => match self.chains_from(path) {
                Ok(chains) => found.chains.extend(chains),
                Err(error) => found.error = Some(error),
            },
        }
        path.pop();
    }

    /// What a candidate that is not taken leaves behind depends on the reason.
    fn leave(&mut self, rejection: Rejection, candidate: Member<'a>, found: &mut Found<'a>) {
        let rejected = |rejection| Some(Rejected { rejection, certificate: candidate.id });
        match rejection {
            Rejection::AlreadyInChain | Rejection::UnknownKey => {}
            Rejection::SignatureLimit => found.error = rejected(rejection),
            Rejection::CrashOnUnknownKey | Rejection::CrashOnDsaKey | Rejection::LimitReached => {
                self.crash = rejected(rejection)
            }
            Rejection::Signature(SignatureError::NotChecked) => self.signature_missing = true,
            Rejection::Signature(_) => {
                found.hint.get_or_insert_with(|| Hint::new(rejection, candidate.parsed));
            }
            invalid => {
                // Since 1.21.
                if !self.release.is_old() {
                    found.hint.get_or_insert_with(|| Hint::new(invalid.clone(), candidate.parsed));
                }
                found.error = rejected(invalid);
            }
        }
    }

    /// The checks of one candidate, in Go's order.
    fn judge(
        &mut self,
        child: Member<'_>,
        part: Part,
        candidate: Member<'_>,
        path: &[Member<'_>],
    ) -> Result<(), Rejection> {
        let release = self.release;
        self.steps += 1;
        if self.steps > MAX_CANDIDATES {
            return Err(Rejection::LimitReached);
        }
        self.pass_over_or_count(candidate, path)?;
        let status = signature_status(self.graph, child.id, candidate.id);
        check_signature_from(child.parsed, candidate.parsed, status, release).map_err(Rejection::Signature)?;
        validity::check(candidate.parsed, part, path, Some(self.at), release)
    }

    /// Go 1.19 counts what it does not pass over, and passes over loops only; its other candidates with a key that it
    /// does not know cost a signature.
    fn pass_over_or_count(&mut self, candidate: Member<'_>, path: &[Member<'_>]) -> Result<(), Rejection> {
        if !self.release.is_old() {
            self.count()?;
            if candidate.parsed.public_key.is_none() {
                return Err(Rejection::UnknownKey);
            }
        }
        if self.release.is_old() {
            compare_keys(candidate.parsed, path)?;
        }
        if already_in_chain(candidate.parsed, path) {
            return Err(Rejection::AlreadyInChain);
        }
        if self.release.is_old() { self.count() } else { Ok(()) }
    }

    fn count(&mut self) -> Result<(), Rejection> {
        self.candidates += 1;
        if self.candidates > MAX_SIGNATURE_CHECKS { Err(Rejection::SignatureLimit) } else { Ok(()) }
    }
}

/// `alreadyInChain` of Go 1.19 asks the candidate's key whether it equals that of a namesake in the path, and crashes
/// if the key is of a kind that it does not know or that cannot answer.
fn compare_keys(candidate: &Parsed<'_>, path: &[Member<'_>]) -> Result<(), Rejection> {
    let crash = match candidate.public_key {
        None => Rejection::CrashOnUnknownKey,
        Some(PublicKey::Dsa) => Rejection::CrashOnDsaKey,
        _ => return Ok(()),
    };
    let compared = path.iter().any(|member| member.parsed.subject == candidate.subject);
    if compared { Err(crash) } else { Ok(()) }
}

/// Which certificates a path holds.
pub(super) fn ids(path: &[Member<'_>]) -> Vec<CertId> {
    path.iter().map(|member| member.id).collect()
}

/// Same subject, same key and same alternative names as a certificate of the path (RFC 4158, 5.2). Where only one of
/// the two has alternative names, Go answers no at once and does not look at the rest of the path.
fn already_in_chain(candidate: &Parsed<'_>, path: &[Member<'_>]) -> bool {
    let names = candidate.extensions.alternative_names;
    for member in path.iter().map(|member| member.parsed) {
        if member.subject != candidate.subject || member.spki != candidate.spki {
            continue;
        }
        match (names, member.extensions.alternative_names) {
            (None, Some(_)) | (Some(_), None) => return false,
            (names, others) if names == others => return true,
            _ => {}
        }
    }
    false
}
