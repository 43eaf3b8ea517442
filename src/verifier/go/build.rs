//! Go's search for chains: depth first, anchors before intermediates at every step, every chain kept, every candidate
//! on record.

use super::Context;
use super::parse::{Parsed, PublicKey};
use super::pool::{Member, Pool};
use super::signature::{Refusal, check_signature_from};
use super::validity::{self, Part};
use super::words;
use crate::certificate::CertId;
use crate::time::Timestamp;
use crate::verifier::Attempt;

/// Candidates that one search considers (`maxChainSignatureChecks`, `crypto/x509/verify.go`). Since Go 1.26 a candidate
/// counts even if it is passed over before its signature is looked at.
const MAX_CANDIDATES: usize = 100;

/// Leaf first.
pub(super) type Path<'a> = Vec<Member<'a>>;

/// Why a search found no chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoChain {
    /// [`MAX_CANDIDATES`] were considered.
    LimitReached,
    /// In Go's words.
    Refused(String),
}

/// One search.
pub(super) struct Search<'a> {
    /// Knows the signatures.
    pub(super) context: &'a Context<'a>,
    /// Where a path may end.
    pub(super) roots: Pool<'a>,
    /// What a path may pass through.
    pub(super) intermediates: Pool<'a>,
    /// The instant at which validity is judged.
    pub(super) at: Timestamp,
    /// How many candidates were considered.
    candidates: usize,
    /// Every candidate in order.
    pub(super) trail: Vec<Attempt>,
    /// What Go 1.19 crashed with, which ends everything.
    pub(super) panic: Option<String>,
    /// Some candidate fell because the graph does not know whether its signature is valid.
    pub(super) signature_missing: bool,
}

/// What was found above one certificate.
#[derive(Default)]
struct Found<'a> {
    chains: Vec<Path<'a>>,
    /// As Go leaves it: set by a candidate that is not valid, cleared by the next one that is.
    error: Option<NoChain>,
    /// The first refusal.
    hint: Option<(String, Member<'a>)>,
}

impl<'a> Search<'a> {
    /// A search that has considered nothing yet.
    pub(super) fn new(context: &'a Context<'a>, roots: Pool<'a>, intermediates: Pool<'a>, at: Timestamp) -> Search<'a> {
        Search {
            context,
            roots,
            intermediates,
            at,
            candidates: 0,
            trail: Vec::new(),
            panic: None,
            signature_missing: false,
        }
    }

    /// Every chain that begins with `path`, in the order found; at least one.
    pub(super) fn chains_from(&mut self, path: &mut Path<'a>) -> Result<Vec<Path<'a>>, NoChain> {
        let mut found = Found::default();
        self.consider_parents(path, &mut found);
        if let Some(words) = &self.panic {
            return Err(NoChain::Refused(words.clone()));
        }
        if !found.chains.is_empty() {
            return Ok(found.chains);
        }
        let hint = found.hint.as_ref().map(|(why, candidate)| (why.as_str(), candidate.parsed));
        Err(found.error.unwrap_or_else(|| NoChain::Refused(words::unknown_authority(hint))))
    }

    fn consider_parents(&mut self, path: &mut Path<'a>, found: &mut Found<'a>) {
        let Some(&child) = path.last() else { return };
        let roots = self.roots.potential_parents(child.parsed).into_iter().map(|root| (Part::Root, root));
        let intermediates = self.intermediates.potential_parents(child.parsed).into_iter();
        let candidates: Vec<_> = roots.chain(intermediates.map(|other| (Part::Intermediate, other))).collect();
        for (part, candidate) in candidates {
            self.consider(child, part, candidate, path, found);
            if found.error == Some(NoChain::LimitReached) || self.panic.is_some() {
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
            rejection: verdict.as_ref().err().map(|rejection| rejection.words().to_owned()),
        });
        match verdict {
            Ok(()) => {
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
            Err(Rejection::LimitReached) => found.error = Some(NoChain::LimitReached),
            Err(Rejection::PassedOver(_)) => {}
            Err(Rejection::Panic(words)) => self.panic = Some(words.to_owned()),
            Err(Rejection::NotChecked) => self.signature_missing = true,
            Err(Rejection::Signature(why)) => {
                found.hint.get_or_insert((why, candidate));
            }
            Err(Rejection::Invalid(why)) => {
                found.error = Some(NoChain::Refused(why.clone()));
                // Since 1.21.
                if !self.context.release.is_old() {
                    found.hint.get_or_insert((why, candidate));
                }
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
        let release = self.context.release;
        self.pass_over_or_count(candidate, path)?;
        let status = self.context.signature_status(child.id, candidate.id);
        check_signature_from(child.parsed, candidate.parsed, status, release).map_err(|refusal| match refusal {
            Refusal::Refused(why) => Rejection::Signature(why),
            Refusal::NotChecked => Rejection::NotChecked,
        })?;
        validity::check(candidate.parsed, part, path, Some(self.at), release).map_err(Rejection::Invalid)
    }

    /// Go 1.19 counts what it does not pass over, and passes over loops only; its other candidates with a key that it
    /// does not know cost a signature.
    fn pass_over_or_count(&mut self, candidate: Member<'_>, path: &[Member<'_>]) -> Result<(), Rejection> {
        if !self.context.release.is_old() {
            self.count()?;
            if candidate.parsed.public_key.is_none() {
                return Err(Rejection::PassedOver(words::UNKNOWN_KEY));
            }
        }
        if self.context.release.is_old() {
            compare_keys(candidate.parsed, path).map_err(Rejection::Panic)?;
        }
        if already_in_chain(candidate.parsed, path) {
            return Err(Rejection::PassedOver(words::ALREADY_IN_CHAIN));
        }
        if self.context.release.is_old() { self.count() } else { Ok(()) }
    }

    fn count(&mut self) -> Result<(), Rejection> {
        self.candidates += 1;
        if self.candidates > MAX_CANDIDATES { Err(Rejection::LimitReached) } else { Ok(()) }
    }
}

/// Why a candidate was not taken; the variants differ in what they leave behind.
enum Rejection {
    LimitReached,
    /// Without a word in Go.
    PassedOver(&'static str),
    Panic(&'static str),
    NotChecked,
    Signature(String),
    Invalid(String),
}

impl Rejection {
    fn words(&self) -> &str {
        match self {
            Rejection::LimitReached => words::SIGNATURE_LIMIT,
            Rejection::PassedOver(why) | Rejection::Panic(why) => why,
            Rejection::NotChecked => words::SIGNATURE_NOT_CHECKED,
            Rejection::Signature(why) | Rejection::Invalid(why) => why,
        }
    }
}

/// `alreadyInChain` of Go 1.19 asks the candidate's key whether it equals that of a namesake in the path, and crashes if
/// the key is of a kind that it does not know or that cannot answer.
fn compare_keys(candidate: &Parsed<'_>, path: &[Member<'_>]) -> Result<(), &'static str> {
    let words = match candidate.public_key {
        None => words::PANIC_UNKNOWN_KEY,
        Some(PublicKey::Dsa) => words::PANIC_DSA_KEY,
        _ => return Ok(()),
    };
    let compared = path.iter().any(|member| member.parsed.subject == candidate.subject);
    if compared { Err(words) } else { Ok(()) }
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
