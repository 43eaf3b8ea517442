//! The errors of `X509_verify_cert`: numbers as in `x509_vfy.h`, texts as in `X509_verify_cert_error_string`.

use std::fmt;

use crate::verifier::{Cause, CauseKind};

/// A verification error; the discriminant is the number of its `X509_V_ERR_` constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is named after its constant, and `text` says what it means.
#[repr(u8)]
pub enum Error {
    Unspecified = 1,
    UnableToGetIssuerCert = 2,
    UnableToDecodeIssuerPublicKey = 6,
    CertSignatureFailure = 7,
    CertNotYetValid = 9,
    CertHasExpired = 10,
    ErrorInCertNotBeforeField = 13,
    ErrorInCertNotAfterField = 14,
    DepthZeroSelfSignedCert = 18,
    SelfSignedCertInChain = 19,
    UnableToGetIssuerCertLocally = 20,
    UnableToVerifyLeafSignature = 21,
    CertChainTooLong = 22,
    NoIssuerPublicKey = 24,
    PathLengthExceeded = 25,
    InvalidPurpose = 26,
    AkidSkidMismatch = 30,
    AkidIssuerSerialMismatch = 31,
    KeyUsageNoCertSign = 32,
    UnhandledCriticalExtension = 34,
    InvalidNonCa = 37,
    ProxyPathLengthExceeded = 38,
    KeyUsageNoDigitalSignature = 39,
    ProxyCertificatesNotAllowed = 40,
    PermittedViolation = 47,
    ExcludedViolation = 48,
    SubtreeMinMax = 49,
    UnsupportedConstraintType = 51,
    UnsupportedNameSyntax = 53,
    HostnameMismatch = 62,
    IpAddressMismatch = 64,
    EeKeyTooSmall = 66,
    CaKeyTooSmall = 67,
    CaMdTooWeak = 68,
    ProxySubjectNameViolation = 72,
    UnsupportedSignatureAlgorithm = 76,
    SignatureAlgorithmMismatch = 77,
    SignatureAlgorithmInconsistency = 78,
    InvalidCa = 79,
    PathLenInvalidForNonCa = 80,
    PathLenWithoutKeyCertSign = 81,
    KeyCertSignInvalidForNonCa = 82,
    IssuerNameEmpty = 83,
    SubjectNameEmpty = 84,
    MissingAuthorityKeyIdentifier = 85,
    MissingSubjectKeyIdentifier = 86,
    EmptySubjectAltName = 87,
    EmptySubjectSanNotCritical = 88,
    CaBasicConstraintsNotCritical = 89,
    CaCertMissingKeyUsage = 92,
    ExtensionsRequireVersion3 = 93,
    EcKeyExplicitParams = 94,
}

/// An error where the verification reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The error, with its number and its words.
    pub error: Error,
    /// Of the certificate in the chain; the leaf is 0.
    pub depth: usize,
    /// What was wrong with the certificate at this depth: the error's own kind, but where an error has several reasons.
    pub cause: Cause,
}

/// As the `openssl verify` command prints it: `error 20 at 0 depth lookup: unable to get local issuer certificate`.
impl fmt::Display for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error {} at {} depth lookup: {}", self.error.number(), self.depth, self.error)
    }
}

impl std::error::Error for Reported {}

/// As `X509_verify_cert_error_string` has it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl std::error::Error for Error {}

impl Error {
    /// As `X509_STORE_CTX_get_error` gives it.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// `X509_verify_cert_error_string`: the error in words.
    pub fn text(self) -> &'static str {
        match self {
            Error::Unspecified => "unspecified certificate verification error",
            Error::UnableToGetIssuerCert => "unable to get issuer certificate",
            Error::UnableToDecodeIssuerPublicKey => "unable to decode issuer public key",
            Error::CertSignatureFailure => "certificate signature failure",
            Error::CertNotYetValid => "certificate is not yet valid",
            Error::CertHasExpired => "certificate has expired",
            Error::ErrorInCertNotBeforeField => "format error in certificate's notBefore field",
            Error::ErrorInCertNotAfterField => "format error in certificate's notAfter field",
            Error::DepthZeroSelfSignedCert => "self-signed certificate",
            Error::SelfSignedCertInChain => "self-signed certificate in certificate chain",
            Error::UnableToGetIssuerCertLocally => "unable to get local issuer certificate",
            Error::UnableToVerifyLeafSignature => "unable to verify the first certificate",
            Error::CertChainTooLong => "certificate chain too long",
            Error::NoIssuerPublicKey => "issuer certificate doesn't have a public key",
            Error::PathLengthExceeded => "path length constraint exceeded",
            Error::InvalidPurpose => "unsuitable certificate purpose",
            Error::AkidSkidMismatch => "authority and subject key identifier mismatch",
            Error::AkidIssuerSerialMismatch => "authority and issuer serial number mismatch",
            Error::KeyUsageNoCertSign => "key usage does not include certificate signing",
            Error::UnhandledCriticalExtension => "unhandled critical extension",
            Error::InvalidNonCa => "invalid non-CA certificate (has CA markings)",
            Error::ProxyPathLengthExceeded => "proxy path length constraint exceeded",
            Error::KeyUsageNoDigitalSignature => "key usage does not include digital signature",
            Error::ProxyCertificatesNotAllowed => "proxy certificates not allowed, please set the appropriate flag",
            Error::PermittedViolation => "permitted subtree violation",
            Error::ExcludedViolation => "excluded subtree violation",
            Error::SubtreeMinMax => "name constraints minimum and maximum not supported",
            Error::UnsupportedConstraintType => "unsupported name constraint type",
            Error::UnsupportedNameSyntax => "unsupported or invalid name syntax",
            Error::HostnameMismatch => "hostname mismatch",
            Error::IpAddressMismatch => "IP address mismatch",
            Error::EeKeyTooSmall => "EE certificate key too weak",
            Error::CaKeyTooSmall => "CA certificate key too weak",
            Error::CaMdTooWeak => "CA signature digest algorithm too weak",
            Error::ProxySubjectNameViolation => "proxy subject name violation",
            Error::UnsupportedSignatureAlgorithm => "Cannot find certificate signature algorithm",
            Error::SignatureAlgorithmMismatch => "subject signature algorithm and issuer public key algorithm mismatch",
            Error::SignatureAlgorithmInconsistency => "cert info signature and signature algorithm mismatch",
            Error::InvalidCa => "invalid CA certificate",
            Error::PathLenInvalidForNonCa => "Path length invalid for non-CA cert",
            Error::PathLenWithoutKeyCertSign => "Path length given without key usage keyCertSign",
            Error::KeyCertSignInvalidForNonCa => "Key usage keyCertSign invalid for non-CA cert",
            Error::IssuerNameEmpty => "Issuer name empty",
            Error::SubjectNameEmpty => "Subject name empty",
            Error::MissingAuthorityKeyIdentifier => "Missing Authority Key Identifier",
            Error::MissingSubjectKeyIdentifier => "Missing Subject Key Identifier",
            Error::EmptySubjectAltName => "Empty Subject Alternative Name extension",
            Error::EmptySubjectSanNotCritical => "Subject empty and Subject Alt Name extension not critical",
            Error::CaBasicConstraintsNotCritical => "Basic Constraints of CA cert not marked critical",
            Error::CaCertMissingKeyUsage => "CA cert does not include key usage extension",
            Error::ExtensionsRequireVersion3 => "Using cert extension requires at least X509v3",
            Error::EcKeyExplicitParams => "Certificate public key has explicit ECC parameters",
        }
    }

    /// What it is about, across verifiers. `InvalidPurpose` and `Unspecified` have several reasons, which are told
    /// apart where they are reported.
    pub(super) fn kind(self) -> CauseKind {
        match self {
            Error::UnableToGetIssuerCert
            | Error::UnableToGetIssuerCertLocally
            | Error::UnableToVerifyLeafSignature
            | Error::DepthZeroSelfSignedCert
            | Error::SelfSignedCertInChain
            | Error::AkidSkidMismatch
            | Error::AkidIssuerSerialMismatch => CauseKind::UnknownIssuer,
            Error::UnableToDecodeIssuerPublicKey
            | Error::NoIssuerPublicKey
            | Error::ErrorInCertNotBeforeField
            | Error::ErrorInCertNotAfterField => CauseKind::Unparsable,
            Error::CertSignatureFailure => CauseKind::Signature,
            Error::CertNotYetValid => CauseKind::NotYetValid,
            Error::CertHasExpired => CauseKind::Expired,
            Error::CertChainTooLong => CauseKind::ChainTooLong,
            Error::PathLengthExceeded | Error::ProxyPathLengthExceeded => CauseKind::PathLength,
            Error::InvalidPurpose => CauseKind::ExtendedKeyUsage,
            Error::KeyUsageNoCertSign
            | Error::KeyUsageNoDigitalSignature
            | Error::PathLenWithoutKeyCertSign
            | Error::KeyCertSignInvalidForNonCa
            | Error::CaCertMissingKeyUsage => CauseKind::KeyUsage,
            Error::InvalidCa | Error::InvalidNonCa => CauseKind::NotCa,
            Error::PermittedViolation
            | Error::ExcludedViolation
            | Error::SubtreeMinMax
            | Error::UnsupportedConstraintType
            | Error::UnsupportedNameSyntax => CauseKind::NameConstraints,
            Error::HostnameMismatch | Error::IpAddressMismatch => CauseKind::HostName,
            Error::EeKeyTooSmall | Error::CaKeyTooSmall | Error::EcKeyExplicitParams => CauseKind::WeakKey,
            Error::CaMdTooWeak | Error::UnsupportedSignatureAlgorithm | Error::SignatureAlgorithmMismatch => {
                CauseKind::WeakAlgorithm
            }
            Error::Unspecified
            | Error::UnhandledCriticalExtension
            | Error::ProxyCertificatesNotAllowed
            | Error::ProxySubjectNameViolation
            | Error::SignatureAlgorithmInconsistency
            | Error::PathLenInvalidForNonCa
            | Error::IssuerNameEmpty
            | Error::SubjectNameEmpty
            | Error::MissingAuthorityKeyIdentifier
            | Error::MissingSubjectKeyIdentifier
            | Error::EmptySubjectAltName
            | Error::EmptySubjectSanNotCritical
            | Error::CaBasicConstraintsNotCritical
            | Error::ExtensionsRequireVersion3 => CauseKind::Other,
        }
    }

    /// Whether the callback of the `openssl verify` command prints the error and lets the verification go on (`cb` in
    /// `apps/verify.c`).
    pub(super) fn is_passed_over_by_the_command(self) -> bool {
        matches!(
            self,
            Error::CertHasExpired
                | Error::DepthZeroSelfSignedCert
                | Error::InvalidCa
                | Error::InvalidNonCa
                | Error::PathLengthExceeded
                | Error::UnhandledCriticalExtension
                | Error::InvalidPurpose
                | Error::PathLenInvalidForNonCa
                | Error::PathLenWithoutKeyCertSign
                | Error::CaBasicConstraintsNotCritical
                | Error::CaCertMissingKeyUsage
                | Error::KeyCertSignInvalidForNonCa
                | Error::IssuerNameEmpty
                | Error::SubjectNameEmpty
                | Error::EmptySubjectSanNotCritical
                | Error::EmptySubjectAltName
                | Error::SignatureAlgorithmInconsistency
                | Error::MissingAuthorityKeyIdentifier
                | Error::MissingSubjectKeyIdentifier
                | Error::ExtensionsRequireVersion3
        )
    }
}
