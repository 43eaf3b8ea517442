//! What is said of a certificate that OpenSSL does not accept, and of candidates that it passes over; in our own words
//! where OpenSSL has none.

use std::fmt;

use super::error::{Error, Reported};
use crate::certificate::CertId;
use crate::verifier::budget::SPENT;
use crate::verifier::{Cause, CauseKind};

/// Why a certificate is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The last error that the verification reported.
    Reported(Reported),
    /// `d2i_X509` cannot read the certificate in question.
    UnreadableLeaf(CertId),
    /// The graph does not know whether the signature on this certificate is valid, so there is no answer.
    SignatureNotChecked(CertId),
    /// The leaf has ipAddrBlocks or autonomousSysIds (RFC 3779), which this engine does not follow, so there is no
    /// answer.
    ResourcesNotJudged(CertId),
    /// Ours: OpenSSL would go on to compare names with constraints.
    LimitReached,
}

impl Rejection {
    /// What was wrong, and with which certificate.
    pub fn cause(self) -> Cause {
        match self {
            Rejection::Reported(reported) => reported.cause,
            Rejection::UnreadableLeaf(leaf) => Cause::about(CauseKind::Unparsable, leaf),
            Rejection::SignatureNotChecked(subject) => Cause::about(CauseKind::Stopped, subject),
            Rejection::ResourcesNotJudged(leaf) => Cause::about(CauseKind::Stopped, leaf),
            Rejection::LimitReached => Cause::of(CauseKind::Stopped),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::Reported(reported) => reported.fmt(f),
            Rejection::UnreadableLeaf(_) => CandidateRejection::Unreadable.fmt(f),
            Rejection::SignatureNotChecked(_) => f.write_str(
                "the signature was not checked (budget spent, or an algorithm that this build lacks), so OpenSSL's answer is \
                 not known",
            ),
            Rejection::LimitReached => f.write_str(SPENT),
            Rejection::ResourcesNotJudged(_) => f.write_str(
                "the leaf has resources (RFC 3779), which were not judged, so OpenSSL's answer is not known",
            ),
        }
    }
}

impl std::error::Error for Rejection {}

/// Why a candidate is not taken as issuer, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CandidateRejection {
    /// `d2i_X509` gives NULL.
    Unreadable,
    /// `ossl_x509_likely_issued` says so.
    NotIssuer(Error),
    /// `find_issuer` takes no presented certificate twice.
    AlreadyInChain,
    /// It is kept in case nothing better is found (`X509_STORE_CTX_get1_issuer`).
    NotCurrentlyValid,
    /// The trust store has an issuer of this name for a self-signed certificate, and it is another certificate.
    Mimic,
}

impl fmt::Display for CandidateRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CandidateRejection::Unreadable => f.write_str("OpenSSL cannot read this certificate"),
            CandidateRejection::NotIssuer(error) => error.fmt(f),
            CandidateRejection::AlreadyInChain => f.write_str("already in this chain"),
            CandidateRejection::NotCurrentlyValid => {
                f.write_str("passed over: not valid at this time, and perhaps another candidate is")
            }
            CandidateRejection::Mimic => {
                f.write_str("passed over: the certificate is self-signed and not the one in the trust store")
            }
        }
    }
}

impl std::error::Error for CandidateRejection {}
