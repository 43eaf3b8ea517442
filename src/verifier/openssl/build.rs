//! `build_chain`: the one chain that OpenSSL looks at.

use std::collections::BTreeSet;

use super::certificate::Certificate;
use super::error::Error;
use super::issued::likely_issued;
use super::messages::{CandidateRejection, Rejection};
use super::signatures::is_valid_at;
use super::{Checked, Verification, certificate};
use crate::certificate::CertId;
use crate::verifier::Attempt;
use crate::verifier::reading::List;

/// What is still to be tried (`S_DOUNTRUSTED`, `S_DOTRUSTED`, `S_DOALTERNATE`).
struct Search<'a> {
    presented: &'a List,
    /// Places in `presented` of what is in the chain already.
    taken: BTreeSet<usize>,
    in_presented: bool,
    in_store: bool,
    /// Retry with a chain that is cut short, to so many certificates of the peer.
    alternate: Option<usize>,
    /// The retry is still allowed: the store was not asked first.
    may_alternate: bool,
}

/// What to do after a look into the trust store.
enum Step {
    Again,
    /// The chain may end here.
    Trusted,
    GiveUp,
    /// Look among what was presented, if that is still to be tried.
    Presented,
}

impl<'a> Verification<'a, '_> {
    /// `build_chain`: adds issuers from the trust store and from what was presented, until the chain is trusted or none
    /// is left.
    pub(super) fn build_chain(&mut self, presented: &'a List) -> Checked {
        let trusted_first = self.settings.trusted_first;
        let mut search = Search {
            presented,
            taken: BTreeSet::new(),
            in_presented: true,
            in_store: trusted_first,
            alternate: None,
            may_alternate: !trusted_first,
        };
        let mut is_trusted = false;
        while search.in_presented || search.in_store {
            self.error_depth = self.chain.len().saturating_sub(1);
            if search.in_store {
                match self.look_in_store(&mut search)? {
                    Step::Again => continue,
                    Step::GiveUp => break,
                    Step::Trusted => {
                        is_trusted = true;
                        break;
                    }
                    Step::Presented => {}
                }
            }
            if search.in_presented {
                self.look_in_presented(&mut search);
            }
        }
        let length = self.chain.len();
        if length <= self.settings.longest_chain() && !is_trusted && length == self.num_untrusted {
            is_trusted = self.check_trust(length);
        }
        if is_trusted { Ok(()) } else { self.report_untrusted() }
    }

    fn look_in_store(&mut self, search: &mut Search<'a>) -> Result<Step, Rejection> {
        let length = search.alternate.unwrap_or(self.chain.len());
        let Some(&current) = self.chain.get(length.wrapping_sub(1)) else { return Err(self.internal_error()) };
        let is_too_long = self.chain.len() > self.settings.longest_chain();
        let issuer = if is_too_long { None } else { self.trusted_issuer(current) };
        if let Some(issuer) = issuer {
            let is_self_signed = self.is_self_signed(current)?;
            if search.alternate.take().is_some() {
                self.chain.truncate(length);
                self.num_untrusted = length;
            }
            if let Some(ends) = self.grow(current, issuer, is_self_signed)? {
                search.in_presented = false;
                if self.check_trust(length - usize::from(is_self_signed)) {
                    return Ok(Step::Trusted);
                }
                if !ends {
                    return Ok(Step::Again);
                }
            }
        }
        Ok(if search.in_presented { Step::Presented } else { self.try_alternate(search) })
    }

    /// Puts a certificate of the trust store into the chain: instead of a self-signed one, above any other.
    /// `Some(true)` if it is self-signed, `None` if it is not taken.
    fn grow(
        &mut self,
        current: &Certificate<'_>,
        issuer: &'a Certificate<'a>,
        is_self_signed: bool,
    ) -> Result<Option<bool>, Rejection> {
        if !is_self_signed {
            self.note(issuer, true, None);
            self.chain.push(issuer);
            return self.is_self_signed(issuer).map(Some);
        }
        if current.id != issuer.id {
            self.note(issuer, true, Some(CandidateRejection::Mimic));
            return Ok(None);
        }
        self.note(issuer, true, None);
        self.num_untrusted = self.chain.len() - 1;
        self.chain.pop();
        self.chain.push(issuer);
        Ok(Some(true))
    }

    /// Without luck in the store, and nothing presented is left to try: look for a trusted issuer lower in the chain.
    fn try_alternate(&self, search: &mut Search<'a>) -> Step {
        match &mut search.alternate {
            Some(length) if *length > 1 => {
                *length -= 1;
                Step::Again
            }
            None if search.may_alternate && self.num_untrusted >= 2 => {
                search.alternate = Some(self.num_untrusted - 1);
                Step::Again
            }
            _ => Step::GiveUp,
        }
    }

    fn look_in_presented(&mut self, search: &mut Search<'a>) {
        let Some(&current) = self.chain.last() else { return };
        let ends = current.is_self_signed() == Some(true) || self.chain.len() > self.settings.longest_chain();
        let candidates = || {
            let named = search.presented.named(&current.issuer.canonical);
            named.filter(|(place, _)| !search.taken.contains(place))
        };
        let found = if ends { None } else { self.find_issuer(candidates().map(|(_, id)| id), current, false) };
        let Some(issuer) = found else {
            search.in_presented = false;
            search.in_store = true;
            return;
        };
        self.note(issuer, false, None);
        let place = candidates().find(|(_, id)| *id == issuer.id).map(|(place, _)| place);
        search.taken.extend(place);
        self.chain.push(issuer);
        self.num_untrusted += 1;
    }

    /// `X509_STORE_CTX_get1_issuer`: the best issuer in the trust store.
    fn trusted_issuer(&mut self, subject: &Certificate<'_>) -> Option<&'a Certificate<'a>> {
        self.find_issuer(self.store.named_once(&subject.issuer.canonical), subject, true)
    }

    /// `find_issuer`, of candidates whose name fits: the first that is valid now, else the one that expires last. Of candidates that were
    /// presented none may be in the chain already, but for a self-issued leaf.
    fn find_issuer(
        &mut self,
        candidates: impl Iterator<Item = CertId>,
        subject: &Certificate<'_>,
        from_trusted: bool,
    ) -> Option<&'a Certificate<'a>> {
        let may_repeat = from_trusted || (subject.is_self_issued && self.chain.len() == 1);
        let mut expired: Option<&'a Certificate<'a>> = None;
        let reading = self.reading;
        for candidate in candidates.filter_map(|id| certificate(reading, id)) {
            if let Err(error) = likely_issued(candidate, subject) {
                self.note(candidate, from_trusted, Some(CandidateRejection::NotIssuer(error)));
            } else if !may_repeat && self.chain.iter().any(|member| member.id == candidate.id) {
                self.note(candidate, from_trusted, Some(CandidateRejection::AlreadyInChain));
            } else if is_valid_at(candidate, self.query.at) {
                return Some(candidate);
            } else {
                self.note(candidate, from_trusted, Some(CandidateRejection::NotCurrentlyValid));
                if expired.is_none_or(|expired| candidate.not_after.at > expired.not_after.at) {
                    expired = Some(candidate);
                }
            }
        }
        expired
    }

    /// `X509_self_signed`, whose failure ends the verification.
    fn is_self_signed(&mut self, certificate: &Certificate<'_>) -> Result<bool, Rejection> {
        certificate.is_self_signed().ok_or_else(|| self.internal_error())
    }

    fn note(&mut self, candidate: &Certificate<'_>, from_trusted: bool, rejection: Option<CandidateRejection>) {
        let rejection = rejection.map(|rejection| rejection.to_string());
        self.trail.push(Attempt { path: self.ids(), candidate: Some(candidate.id), from_trusted, rejection });
    }

    /// `check_trust`: whether the chain may end where it does, given that what stands before `num_untrusted` has been
    /// looked at.
    fn check_trust(&mut self, num_untrusted: usize) -> bool {
        let new = self.chain.get(num_untrusted..).unwrap_or_default();
        if new.iter().any(|certificate| certificate.is_self_signed() == Some(true)) {
            return true;
        }
        if !new.is_empty() || !self.settings.partial_chain {
            return !new.is_empty() && self.settings.partial_chain;
        }
        // The last resort: the leaf itself is in the trust store.
        let Some(&leaf) = self.chain.first().filter(|leaf| self.store.contains(leaf.id)) else { return false };
        self.num_untrusted = 0;
        self.note(leaf, true, None);
        true
    }

    /// The end of `build_chain`, where no trusted certificate was reached.
    fn report_untrusted(&mut self) -> Checked {
        let length = self.chain.len();
        let depth = length.saturating_sub(1);
        self.report_if(length > self.settings.longest_chain(), depth, Error::CertChainTooLong)?;
        let is_self_signed = self.chain.last().is_some_and(|last| last.is_self_signed() == Some(true));
        let error = match (is_self_signed, length) {
            (true, 1) => Error::DepthZeroSelfSignedCert,
            (true, _) => Error::SelfSignedCertInChain,
            _ if self.num_untrusted < length => Error::UnableToGetIssuerCert,
            _ => Error::UnableToGetIssuerCertLocally,
        };
        self.report(depth, error)
    }
}
