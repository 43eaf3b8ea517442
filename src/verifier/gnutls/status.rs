//! What GnuTLS says of a chain: flags (`gnutls_certificate_status_t`) and their sentences
//! (`gnutls_certificate_verification_status_print` in `cert-cred.c`).

use std::fmt;

use crate::certificate::CertId;
use crate::verifier::{Cause, CauseKind};

/// Some flags, and why the leading one is set: the one whose sentence is printed first, and of several reasons for it
/// the one found first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    bits: u16,
    /// The position of the leading flag in [`SENTENCES`].
    leading: Option<(usize, Cause)>,
}

/// A flag; `INVALID` stands without a sentence of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flag(u16);

pub(super) const INVALID: Flag = Flag(1);
pub(super) const SIGNER_NOT_FOUND: Flag = Flag(1 << 1);
pub(super) const SIGNER_NOT_CA: Flag = Flag(1 << 2);
pub(super) const INSECURE_ALGORITHM: Flag = Flag(1 << 3);
pub(super) const SIGNER_CONSTRAINTS_FAILURE: Flag = Flag(1 << 4);
pub(super) const PURPOSE_MISMATCH: Flag = Flag(1 << 5);
pub(super) const NOT_ACTIVATED: Flag = Flag(1 << 6);
pub(super) const EXPIRED: Flag = Flag(1 << 7);
pub(super) const SIGNATURE_FAILURE: Flag = Flag(1 << 8);
pub(super) const UNEXPECTED_OWNER: Flag = Flag(1 << 9);
pub(super) const UNKNOWN_CRIT_EXTENSIONS: Flag = Flag(1 << 10);

/// In the order in which they are printed.
const SENTENCES: [(Flag, &str); 10] = [
    (SIGNER_NOT_FOUND, "The certificate issuer is unknown."),
    (SIGNER_NOT_CA, "The certificate issuer is not a CA."),
    (INSECURE_ALGORITHM, "The certificate chain uses insecure algorithm."),
    (SIGNER_CONSTRAINTS_FAILURE, "The certificate chain violates the signer's constraints."),
    (PURPOSE_MISMATCH, "The certificate chain does not match the intended purpose."),
    (NOT_ACTIVATED, "The certificate chain uses not yet valid certificate."),
    (EXPIRED, "The certificate chain uses expired certificate."),
    (SIGNATURE_FAILURE, "The signature in the certificate is invalid."),
    (UNEXPECTED_OWNER, "The name in the certificate does not match the expected."),
    (UNKNOWN_CRIT_EXTENSIONS, "The certificate contains an unknown critical extension."),
];

impl Status {
    /// Sets a flag, and with it `INVALID` (`MARK_INVALID` in `verify.c`), for what is wrong with a certificate.
    pub(super) fn mark(&mut self, flag: Flag, kind: CauseKind, certificate: CertId) {
        let place = SENTENCES.iter().position(|(other, _)| *other == flag).unwrap_or(SENTENCES.len());
        let leading = Some((place, Cause::about(kind, certificate)));
        self.add(Status { bits: flag.0 | INVALID.0, leading });
    }

    pub(super) fn add(&mut self, other: Status) {
        self.bits |= other.bits;
        // Of equals the first.
        self.leading = [self.leading, other.leading].into_iter().flatten().min_by_key(|(place, _)| *place);
    }

    pub(super) fn has(self, flag: Flag) -> bool {
        self.bits & flag.0 != 0
    }

    pub(super) fn is_fine(self) -> bool {
        self.bits == 0
    }

    /// Why the leading flag is set.
    pub(super) fn cause(self) -> Option<Cause> {
        self.leading.map(|(_, cause)| cause)
    }
}

/// Nothing where all is fine. GnuTLS puts a space behind the last sentence too.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_fine() {
            f.write_str("The certificate is NOT trusted.")?;
        }
        SENTENCES.iter().filter(|(flag, _)| self.has(*flag)).try_for_each(|(_, sentence)| write!(f, " {sentence}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, CauseKind, CertId, EXPIRED, INVALID, SIGNER_NOT_FOUND, Status};

    #[test]
    fn the_sentence_printed_first_leads() {
        let (leaf, root) = (CertId(0), CertId(1));
        let mut status = Status::default();
        assert_eq!((status.to_string(), status.cause()), (String::new(), None));
        status.mark(INVALID, CauseKind::WeakAlgorithm, leaf);
        assert_eq!(status.to_string(), "The certificate is NOT trusted.");
        status.mark(EXPIRED, CauseKind::Expired, root);
        status.mark(EXPIRED, CauseKind::Expired, leaf);
        assert_eq!(status.cause(), Some(Cause::about(CauseKind::Expired, root)));
        status.mark(SIGNER_NOT_FOUND, CauseKind::UnknownIssuer, leaf);
        assert_eq!(status.cause(), Some(Cause::about(CauseKind::UnknownIssuer, leaf)));
        assert_eq!(
            status.to_string(),
            "The certificate is NOT trusted. The certificate issuer is unknown. The certificate chain uses expired \
             certificate."
        );
    }
}
