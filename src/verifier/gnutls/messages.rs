//! What is said of a certificate that GnuTLS does not accept; in our own words where GnuTLS has none.

use std::fmt;

use super::status::Status;
use crate::certificate::CertId;
use crate::verifier::budget::SPENT;
use crate::verifier::{Cause, CauseKind};

/// Why a certificate is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The flags that the verification ended with.
    NotTrusted(Status),
    /// `gnutls_x509_crt_import` cannot read the certificate in question.
    UnreadableLeaf(CertId),
    /// The graph does not know whether the signature on this certificate is valid, so there is no answer.
    SignatureNotChecked(CertId),
    /// Ours: GnuTLS would go on to compare names with constraints.
    LimitReached,
}

impl Rejection {
    /// What was wrong, and with which certificate; of several flags, that of the one whose sentence is printed first.
    pub fn cause(self) -> Cause {
        match self {
            // Whoever sets a flag says why.
            Rejection::NotTrusted(status) => status.cause().unwrap_or(Cause::of(CauseKind::Other)),
            Rejection::UnreadableLeaf(leaf) => Cause::about(CauseKind::Unparsable, leaf),
            Rejection::SignatureNotChecked(subject) => Cause::about(CauseKind::Stopped, subject),
            Rejection::LimitReached => Cause::of(CauseKind::Stopped),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::NotTrusted(status) => status.fmt(f),
            Rejection::UnreadableLeaf(_) => f.write_str(UNREADABLE),
            Rejection::LimitReached => f.write_str(SPENT),
            Rejection::SignatureNotChecked(_) => f.write_str(
                "the signature was not checked (budget spent, or an algorithm that this build lacks), so GnuTLS's answer is \
                 not known",
            ),
        }
    }
}

impl std::error::Error for Rejection {}

/// GnuTLS leaves such a certificate out in silence.
pub(super) const UNREADABLE: &str = "GnuTLS cannot read this certificate";
