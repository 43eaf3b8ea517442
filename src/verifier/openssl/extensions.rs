//! `check_extensions`: critical extensions, who is a CA, purposes and the length of the path.

use super::certificate::Certificate;
use super::error::Error;
use super::messages::Rejection;
use super::purpose::{self, Ca, check_ca};
use super::{Checked, Verification};
use crate::verifier::CauseKind;

/// What a place in the chain asks for (`must_be_ca`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MustBeCa {
    /// -1: the leaf may be either.
    Either,
    /// 0: what issued a proxy certificate.
    No,
    /// 1: what issued any other certificate.
    Yes,
}

impl Verification<'_, '_> {
    pub(super) fn check_extensions(&mut self) -> Checked {
        let mut must_be_ca = MustBeCa::Either;
        // RFC 5280, 4.2.1.9: intermediates that are not self-issued, and the room that proxy certificates add.
        let (mut length, mut proxies) = (0, 0);
        for (depth, certificate) in self.chain.clone().into_iter().enumerate() {
            self.check_critical(certificate, depth)?;
            self.check_ca_in_place(certificate, depth, must_be_ca)?;
            if self.chain.len() > 1 {
                self.check_curve(certificate, depth)?;
                if self.settings.x509_strict {
                    self.check_strictly(certificate, depth)?;
                }
            }
            self.check_purpose(certificate, depth, must_be_ca == MustBeCa::Yes)?;
            let allowed = certificate.extensions.path_length;
            let is_exceeded = depth > 1 && allowed.is_some_and(|allowed| length > allowed.saturating_add(proxies));
            self.report_if(is_exceeded, depth, Error::PathLengthExceeded)?;
            length += i64::from(depth > 0 && !certificate.is_self_issued);
            must_be_ca = match certificate.extensions.proxy {
                None => MustBeCa::Yes,
                Some(allowed) => {
                    proxies = self.count_proxy(depth, proxies, allowed)?;
                    MustBeCa::No
                }
            };
        }
        Ok(())
    }

    /// RFC 5280, 4.2; and proxy certificates are only for programs that ask for them.
    fn check_critical(&mut self, certificate: &Certificate<'_>, depth: usize) -> Checked {
        let extensions = &certificate.extensions;
        self.report_if(extensions.has_unhandled_critical, depth, Error::UnhandledCriticalExtension)?;
        self.report_if(extensions.proxy.is_some(), depth, Error::ProxyCertificatesNotAllowed)
    }

    /// RFC 5280, 6.1.4 (k); only the anchor may be a CA by other signs than basicConstraints.
    fn check_ca_in_place(&mut self, certificate: &Certificate<'_>, depth: usize, must_be_ca: MustBeCa) -> Checked {
        let (ca, is_strict) = (check_ca(certificate), self.settings.x509_strict);
        let is_last = depth + 1 == self.chain.len();
        match must_be_ca {
            MustBeCa::Either => self.report_if(is_strict && !matches!(ca, Ca::Yes | Ca::No), depth, Error::InvalidCa),
            MustBeCa::No => self.report_if(ca != Ca::No, depth, Error::InvalidNonCa),
            MustBeCa::Yes => {
                let is_invalid = ca == Ca::No || ((!is_last || is_strict) && ca != Ca::Yes);
                self.report_if(is_invalid, depth, Error::InvalidCa)
            }
        }
    }

    /// `check_curve`: no curve may be written out.
    fn check_curve(&mut self, certificate: &Certificate<'_>, depth: usize) -> Checked {
        match certificate.key {
            None => self.report_as(depth, Error::Unspecified, CauseKind::Unparsable),
            Some(key) => self.report_if(key.is_explicit, depth, Error::EcKeyExplicitParams),
        }
    }

    /// `check_purpose`; extensions that cannot be read are passed over, unless strictness is asked for.
    fn check_purpose(&mut self, certificate: &Certificate<'_>, depth: usize, must_be_ca: bool) -> Checked {
        let misfit = if certificate.extensions.is_invalid {
            self.settings.x509_strict.then_some(CauseKind::Unparsable)
        } else {
            purpose::misfit(certificate, self.query.purpose, must_be_ca)
        };
        misfit.map_or(Ok(()), |kind| self.report_as(depth, Error::InvalidPurpose, kind))
    }

    /// RFC 3820, 4.1.3 (b) (1) and 4.1.4 (a), from the leaf upwards.
    fn count_proxy(&mut self, depth: usize, proxies: i64, allowed: Option<i64>) -> Result<i64, Rejection> {
        if let Some(allowed) = allowed {
            self.report_if(proxies > allowed, depth, Error::ProxyPathLengthExceeded)?;
        }
        Ok(allowed.unwrap_or(proxies).saturating_add(1))
    }
}
