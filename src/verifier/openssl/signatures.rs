//! `internal_verify`: signatures and times, from the end of the chain to the leaf.

use super::certificate::{Certificate, Time};
use super::error::Error;
use super::issued::{likely_issued, names_agree, signing_allowed};
use super::messages::Rejection;
use super::{Checked, Verification};
use crate::signature::Status;
use crate::time::Timestamp;

/// `ossl_x509_check_cert_time`: from notBefore on, and before notAfter (RFC 5280, 4.1.2.5, has the last second inside).
pub(super) fn is_valid_at(certificate: &Certificate<'_>, at: Timestamp) -> bool {
    is_reached(certificate.not_before, at) == Some(true) && is_reached(certificate.not_after, at) == Some(false)
}

/// `X509_cmp_time`: whether `at` is not before the time; `None` where the function does not take its form.
fn is_reached(time: Time, at: Timestamp) -> Option<bool> {
    time.is_strict.then_some(time.at <= at)
}

impl<'a> Verification<'a, '_> {
    pub(super) fn check_signatures_and_times(&mut self) -> Checked {
        let Some(mut subject_depth) = self.chain.len().checked_sub(1) else { return Ok(()) };
        let Some(&anchor) = self.chain.last() else { return Ok(()) };
        self.error_depth = subject_depth;
        // The last certificate is not self-issued, and no chain may end there: a callback let it pass.
        let is_self_issued = names_agree(anchor, anchor) && likely_issued(anchor, anchor).is_ok();
        if !is_self_issued && !self.settings.partial_chain {
            match subject_depth.checked_sub(1) {
                Some(below) => {
                    subject_depth = below;
                    self.error_depth = below;
                }
                None => self.report(0, Error::UnableToVerifyLeafSignature)?,
            }
        }
        for depth in (0..=subject_depth).rev() {
            let Some(&subject) = self.chain.get(depth) else { return Err(self.internal_error()) };
            // Nobody asks for the signature of the last certificate.
            if let Some(&issuer) = self.chain.get(depth + 1) {
                self.check_signature(issuer, subject, depth)?;
            }
            self.check_time(subject, depth)?;
            self.error_depth = depth;
            self.pass(depth)?;
        }
        Ok(())
    }

    fn check_signature(&mut self, issuer: &'a Certificate<'a>, subject: &'a Certificate<'a>, depth: usize) -> Checked {
        if let Err(error) = signing_allowed(issuer, subject) {
            self.report(depth + 1, error)?;
        }
        if issuer.key.is_none() {
            return self.report(depth + 1, Error::UnableToDecodeIssuerPublicKey);
        }
        let is_valid = self.signature_is_valid(issuer, subject)?;
        self.report_if(!is_valid, depth, Error::CertSignatureFailure)
    }

    /// `X509_verify`: the algorithm stands in the certificate twice and must be the same, then the signature counts, which
    /// must have whole octets (`ASN1_item_verify_ctx`).
    fn signature_is_valid(&self, issuer: &Certificate<'_>, subject: &Certificate<'_>) -> Result<bool, Rejection> {
        if subject.inner_algorithm != subject.outer_algorithm || !subject.has_whole_signature {
            return Ok(false);
        }
        match self.graph.edge(issuer.id, subject.id).map(|edge| edge.signature) {
            Some(Status::Valid) => Ok(true),
            Some(Status::Invalid) => Ok(false),
            Some(Status::Unsupported | Status::Unchecked) | None => Err(Rejection::SignatureNotChecked(subject.id)),
        }
    }

    /// RFC 5280, 6.1.3 (a) (2), for the anchor too.
    fn check_time(&mut self, certificate: &Certificate<'_>, depth: usize) -> Checked {
        match is_reached(certificate.not_before, self.query.at) {
            None => self.report(depth, Error::ErrorInCertNotBeforeField)?,
            Some(false) => self.report(depth, Error::CertNotYetValid)?,
            Some(true) => {}
        }
        match is_reached(certificate.not_after, self.query.at) {
            None => self.report(depth, Error::ErrorInCertNotAfterField),
            Some(true) => self.report(depth, Error::CertHasExpired),
            Some(false) => Ok(()),
        }
    }
}
