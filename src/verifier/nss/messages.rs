//! What NSS says: the names of its errors (`secerr.h`, `sslerr.h`); in our own words where NSS has none.

use std::fmt;

use crate::certificate::CertId;
use crate::verifier::budget::SPENT;
use crate::verifier::{Cause, CauseKind};

/// Why a certificate is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// What NSS says.
    pub error: Error,
    /// The certificate that it says it of.
    pub certificate: CertId,
}

impl Rejection {
    /// What was wrong, and with which certificate.
    pub fn cause(self) -> Cause {
        Cause::about(self.error.kind(), self.certificate)
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Rejection {}

/// An error, named after its constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// Nothing that was imported issued the certificate, or the chain is too long.
    UnknownIssuer,
    /// The chain ends at a root without trust.
    UntrustedIssuer,
    /// The signature is wrong, or nobody can say because of the issuer's key or the algorithm.
    BadSignature,
    /// The algorithm is not allowed, or does not go with the issuer's key, or that is too short.
    CertSignatureAlgorithmDisabled,
    /// The leaf is not valid at this time.
    ExpiredCertificate(OutOfTime),
    /// An issuer is not valid at this time.
    ExpiredIssuerCertificate(OutOfTime),
    /// Key usage does not allow what is asked for.
    InadequateKeyUsage,
    /// Neither extended key usage nor Netscape's type allows what is asked for.
    InadequateCertType,
    /// A critical extension is not among those that NSS knows.
    UnknownCriticalExtension,
    /// The algorithm beside the signature is not the one inside the signed part.
    AlgorithmMismatch,
    /// The issuer is no CA.
    CaCertInvalid,
    /// The issuer's path length constraint is exceeded.
    PathLenConstraintInvalid,
    /// A name lies outside the issuer's name constraints.
    CertNotInNameSpace,
    /// An extension cannot be decoded.
    BadDer,
    /// Another certificate with this issuer and serial number was imported before.
    ReusedIssuerAndSerial,
    /// `CERT_VerifyCertName`: the certificate is not for this host.
    BadCertDomain,
    /// The graph does not know whether the signature is valid, so there is no answer.
    SignatureNotChecked,
    /// Ours: NSS would go on to compare names with constraints.
    LimitReached,
}

/// On which side of its validity a certificate is; NSS calls both expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfTime {
    /// Before notBefore.
    NotYet,
    /// After notAfter.
    NoLonger,
}

impl OutOfTime {
    fn kind(self) -> CauseKind {
        match self {
            OutOfTime::NotYet => CauseKind::NotYetValid,
            OutOfTime::NoLonger => CauseKind::Expired,
        }
    }
}

impl Error {
    fn kind(self) -> CauseKind {
        match self {
            Error::UnknownIssuer | Error::UntrustedIssuer => CauseKind::UnknownIssuer,
            Error::BadSignature => CauseKind::Signature,
            Error::CertSignatureAlgorithmDisabled => CauseKind::WeakAlgorithm,
            Error::ExpiredCertificate(side) | Error::ExpiredIssuerCertificate(side) => side.kind(),
            Error::InadequateKeyUsage => CauseKind::KeyUsage,
            Error::InadequateCertType => CauseKind::ExtendedKeyUsage,
            Error::UnknownCriticalExtension | Error::AlgorithmMismatch => CauseKind::Other,
            Error::CaCertInvalid => CauseKind::NotCa,
            Error::PathLenConstraintInvalid => CauseKind::PathLength,
            Error::CertNotInNameSpace => CauseKind::NameConstraints,
            Error::BadDer | Error::ReusedIssuerAndSerial => CauseKind::Unparsable,
            Error::BadCertDomain => CauseKind::HostName,
            Error::SignatureNotChecked | Error::LimitReached => CauseKind::Stopped,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::UnknownIssuer => "SEC_ERROR_UNKNOWN_ISSUER",
            Error::UntrustedIssuer => "SEC_ERROR_UNTRUSTED_ISSUER",
            Error::BadSignature => "SEC_ERROR_BAD_SIGNATURE",
            Error::CertSignatureAlgorithmDisabled => "SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED",
            Error::ExpiredCertificate(_) => "SEC_ERROR_EXPIRED_CERTIFICATE",
            Error::ExpiredIssuerCertificate(_) => "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE",
            Error::InadequateKeyUsage => "SEC_ERROR_INADEQUATE_KEY_USAGE",
            Error::InadequateCertType => "SEC_ERROR_INADEQUATE_CERT_TYPE",
            Error::UnknownCriticalExtension => "SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION",
            Error::AlgorithmMismatch => "SEC_ERROR_ALGORITHM_MISMATCH",
            Error::CaCertInvalid => "SEC_ERROR_CA_CERT_INVALID",
            Error::PathLenConstraintInvalid => "SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID",
            Error::CertNotInNameSpace => "SEC_ERROR_CERT_NOT_IN_NAME_SPACE",
            Error::BadDer => "SEC_ERROR_BAD_DER",
            Error::ReusedIssuerAndSerial => "SEC_ERROR_REUSED_ISSUER_AND_SERIAL",
            Error::BadCertDomain => "SSL_ERROR_BAD_CERT_DOMAIN",
            Error::LimitReached => SPENT,
            Error::SignatureNotChecked => {
                "the signature was not checked (budget spent, or an algorithm that this build lacks), so NSS's answer is not \
                 known"
            }
        })
    }
}

impl std::error::Error for Error {}

/// Of a candidate that NSS does not even look at.
pub(super) const PASSED_OVER: &str = "passed over: another certificate with this name fits better";
