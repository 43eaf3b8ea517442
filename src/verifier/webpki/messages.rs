//! Why webpki rejects: the crate's errors, and what stands beside them.

use std::error;
use std::fmt;

use rustls_pki_types::InvalidDnsNameError;
use webpki::Error;

use crate::certificate::CertId;
use crate::verifier::CauseKind;

/// Why a certificate, a candidate or a leaf is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rejection {
    /// Ours: a question about a certificate that is not there.
    NotInGraph(CertId),
    /// What the crate says of a certificate or a path.
    Error(Error),
    /// The name that is asked for is neither a DNS name nor an address.
    InvalidHost,
    /// Ours, of a candidate that the crate passes over in silence: its name and key stand in the path already.
    AlreadyInPath,
    /// Ours: the crate would go on for seconds.
    LimitReached,
    /// Ours: the crate would know the answer, the graph does not.
    SignatureNotChecked,
}

impl Rejection {
    /// What is wrong, across all verifiers.
    pub(super) fn kind(&self) -> CauseKind {
        match self {
            Rejection::NotInGraph(_) => CauseKind::Unparsable,
            Rejection::Error(error) => kind(error),
            Rejection::InvalidHost => CauseKind::HostName,
            Rejection::AlreadyInPath => CauseKind::Other,
            Rejection::LimitReached | Rejection::SignatureNotChecked => CauseKind::Stopped,
        }
    }
}

/// The crate's errors are written as it writes them, which is their debug form.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::NotInGraph(id) => write!(f, "certificate {} is not in the graph", id.0),
            Rejection::Error(error) => error.fmt(f),
            Rejection::InvalidHost => write!(f, "{InvalidDnsNameError:?}"),
            Rejection::AlreadyInPath => f.write_str("already in this path (same subject and public key)"),
            Rejection::LimitReached => {
                f.write_str("rootlens stopped: too many ways through what was presented, where webpki would go on")
            }
            Rejection::SignatureNotChecked => {
                f.write_str("the signature was not checked (budget spent), so webpki's answer is not known")
            }
        }
    }
}

impl error::Error for Rejection {}

/// The budgets of `verify_cert.rs` (`Budget`): 100 signatures, 200,000 calls, 250,000 comparisons of names. They end a
/// search without an answer.
pub(super) fn is_budget(error: &Error) -> bool {
    matches!(
        error,
        Error::MaximumSignatureChecksExceeded
            | Error::MaximumPathBuildCallsExceeded
            | Error::MaximumNameConstraintComparisonsExceeded
    )
}

/// What an error of the crate is about.
fn kind(error: &Error) -> CauseKind {
    match error {
        Error::UnknownIssuer => CauseKind::UnknownIssuer,
        Error::InvalidSignatureForPublicKey => CauseKind::Signature,
        Error::CertExpired { .. } => CauseKind::Expired,
        Error::CertNotValidYet { .. } => CauseKind::NotYetValid,
        Error::CaUsedAsEndEntity | Error::EndEntityUsedAsCa => CauseKind::NotCa,
        Error::PathLenConstraintViolated => CauseKind::PathLength,
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => CauseKind::ExtendedKeyUsage,
        Error::NameConstraintViolation => CauseKind::NameConstraints,
        Error::CertNotValidForName(_) => CauseKind::HostName,
        Error::UnsupportedSignatureAlgorithmContext(_) | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
            CauseKind::WeakAlgorithm
        }
        // `MAX_SUB_CA_COUNT`: six CAs in a path.
        Error::MaximumPathDepthExceeded => CauseKind::ChainTooLong,
        budget if is_budget(budget) => CauseKind::Stopped,
        Error::BadDer
        | Error::BadDerTime
        | Error::ExtensionValueInvalid
        | Error::InvalidCertValidity
        | Error::InvalidNetworkMaskConstraint
        | Error::InvalidSerialNumber
        | Error::MalformedDnsIdentifier
        | Error::MalformedExtensions
        | Error::MalformedNameConstraint
        | Error::SignatureAlgorithmMismatch
        | Error::TrailingData(_)
        | Error::UnsupportedCertVersion => CauseKind::Unparsable,
        _ => CauseKind::Other,
    }
}
