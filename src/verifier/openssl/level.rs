//! Security levels: keys and digests must be strong enough (`check_key_level`, `check_sig_level`).

use super::certificate::Certificate;
use super::error::Error;
use super::{Checked, Verification};

impl Verification<'_, '_> {
    /// The first check of `X509_verify_cert`.
    pub(super) fn check_leaf_key(&mut self) -> Checked {
        let is_weak = self.chain.first().is_some_and(|leaf| !self.key_is_strong(leaf));
        self.report_if(is_weak, 0, Error::EeKeyTooSmall)
    }

    /// `check_auth_level`: the keys of the issuers, and every signature but the last certificate's.
    pub(super) fn check_auth_level(&mut self) -> Checked {
        let last = self.chain.len().saturating_sub(1);
        for (depth, certificate) in self.chain.clone().into_iter().enumerate() {
            self.report_if(depth > 0 && !self.key_is_strong(certificate), depth, Error::CaKeyTooSmall)?;
            self.report_if(depth < last && !self.digest_is_strong(certificate), depth, Error::CaMdTooWeak)?;
        }
        Ok(())
    }

    /// At level 0 any key will do, readable or not.
    fn key_is_strong(&self, certificate: &Certificate<'_>) -> bool {
        let required = self.settings.required_bits();
        required == 0 || certificate.key.is_some_and(|key| key.security_bits >= required)
    }

    fn digest_is_strong(&self, certificate: &Certificate<'_>) -> bool {
        let required = self.settings.required_bits();
        let bits = certificate.signature_algorithm().and_then(|algorithm| algorithm.security_bits);
        required == 0 || bits.is_some_and(|bits| bits >= required)
    }
}
