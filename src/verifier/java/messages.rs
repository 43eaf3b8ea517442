//! Why Java rejects, in the words of what it throws: the simple name of the exception's class, its message, and behind
//! an arrow the exception that caused it.

use std::error::Error;
use std::fmt;

use super::end_entity::EndEntityError;
use super::general_name::UncheckedException;
use super::hostname::HostNameError;
use super::parse::ParseError;
use super::signature::SignatureError;
use crate::certificate::CertId;
use crate::time::Timestamp;
use crate::verifier::budget::SPENT;
use crate::verifier::{Cause, CauseKind};

/// A rejection, and the certificate that it is about, where Java's exception has one.
#[derive(Clone, Debug)]
pub(super) struct Rejected {
    pub(super) rejection: Rejection,
    pub(super) certificate: Option<CertId>,
}

impl Rejected {
    pub(super) fn of(rejection: Rejection) -> Rejected {
        Rejected { rejection, certificate: None }
    }

    pub(super) fn about(rejection: Rejection, certificate: CertId) -> Rejected {
        Rejected { rejection, certificate: Some(certificate) }
    }

    pub(super) fn cause(&self) -> Cause {
        Cause { kind: self.rejection.kind(), certificate: self.certificate }
    }
}

/// What both engines say of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rejection {
    /// Ours: a question about a certificate that is not there.
    NotInGraph(CertId),
    /// The leaf cannot be read.
    Unparsable(ParseError),
    /// `PKIXParameters.setTrustAnchors`: the trust store is empty.
    NoAnchors,
    /// The builder's one exception.
    NoPath,
    /// The same behind the trust manager.
    BuildingFailed,
    /// The presented path does not pass.
    ValidationFailed(CheckError),
    /// An exception that nobody expects.
    Unchecked(UncheckedException),
    /// `PKIXValidator.verifyTrustAnchor`: the path is fine and its anchor is not.
    Anchor {
        /// How the path was found.
        step: Step,
        /// What is wrong with the anchor.
        why: AnchorError,
    },
    /// The leaf may not be used so.
    EndEntity(EndEntityError),
    /// Ours: the leaf's extended key usage, which the builder leaves to its caller.
    ExtendedKeyUsage,
    /// The leaf is not valid for the host.
    HostName(HostNameError),
    /// Ours: Java would go on.
    LimitReached,
    /// Ours: Java would go on to compare names with constraints.
    TooManyComparisons,
    /// Ours: Java would know.
    SignatureNotChecked,
}

/// How the trust manager comes to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// By taking the presented one.
    Validation,
    /// By building one.
    Building,
}

/// What is wrong with an anchor, which is called by its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AnchorError {
    NotCa(String),
    KeyUsage(String),
}

impl Rejection {
    /// What is wrong, across all verifiers.
    pub(super) fn kind(&self) -> CauseKind {
        match self {
            Rejection::NotInGraph(_) | Rejection::Unparsable(_) => CauseKind::Unparsable,
            Rejection::NoAnchors | Rejection::NoPath | Rejection::BuildingFailed => CauseKind::UnknownIssuer,
            Rejection::ValidationFailed(why) => why.kind(),
            Rejection::Unchecked(_) => CauseKind::Other,
            Rejection::Anchor { why: AnchorError::NotCa(_), .. } => CauseKind::NotCa,
            Rejection::Anchor { why: AnchorError::KeyUsage(_), .. } => CauseKind::KeyUsage,
            Rejection::EndEntity(why) => why.kind(),
            Rejection::ExtendedKeyUsage => CauseKind::ExtendedKeyUsage,
            Rejection::HostName(_) => CauseKind::HostName,
            Rejection::LimitReached | Rejection::TooManyComparisons | Rejection::SignatureNotChecked => {
                CauseKind::Stopped
            }
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rejection::NotInGraph(id) => return write!(f, "certificate {} is not in the graph", id.0),
            Rejection::Unparsable(why) => return why.fmt(f),
            Rejection::NoAnchors => "InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty",
            Rejection::NoPath => NO_PATH,
            Rejection::BuildingFailed => {
                let outer = "ValidatorException: PKIX path building failed: sun.security.provider.certpath.";
                return write!(f, "{outer}{NO_PATH} <- {NO_PATH}");
            }
            Rejection::ValidationFailed(why) => {
                let outer = "ValidatorException: PKIX path validation failed: java.security.cert.";
                return write!(f, "{outer}{} <- {why}", why.outermost());
            }
            Rejection::Unchecked(why) => return why.fmt(f),
            Rejection::Anchor { step, why } => {
                let what = match step {
                    Step::Validation => "validation",
                    Step::Building => "building",
                };
                let inner = format!("ValidatorException: {why}");
                let outer = format!("ValidatorException: PKIX path {what} failed: sun.security.validator.");
                return write!(f, "{outer}{inner} <- {inner}");
            }
            Rejection::EndEntity(why) => return write!(f, "ValidatorException: {why}"),
            Rejection::ExtendedKeyUsage => {
                "the leaf's extended key usage does not allow this purpose, which CertPathBuilder leaves to its caller"
            }
            Rejection::HostName(why) => return why.fmt(f),
            Rejection::LimitReached => "too many candidates were considered",
            Rejection::TooManyComparisons => SPENT,
            Rejection::SignatureNotChecked => NOT_CHECKED,
        })
    }
}

impl Error for Rejection {}

impl fmt::Display for AnchorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnchorError::NotCa(subject) => {
                write!(f, "TrustAnchor with subject \"{subject}\" is not a CA certificate")
            }
            AnchorError::KeyUsage(subject) => {
                let lack = "does not have keyCertSign bit set in KeyUsage extension";
                write!(f, "TrustAnchor with subject \"{subject}\" {lack}")
            }
        }
    }
}

impl Error for AnchorError {}

const NO_PATH: &str = "SunCertPathBuilderException: unable to find valid certification path to requested target";
const NOT_CHECKED: &str = "the signature was not checked (budget spent, or an algorithm that this build lacks), so Java's answer is not known";

/// What is wrong with a path or with a candidate for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CheckError {
    /// `AlgorithmChecker`: the signature's algorithm is disabled.
    DisabledAlgorithm { algorithm: String },
    /// The same words, where the key above is too small for it.
    SmallIssuerKey { algorithm: String },
    /// `AlgorithmChecker`: the key is too small.
    SmallKey {
        /// Algorithm and size.
        key: String,
        subject: String,
    },
    /// `AlgorithmChecker`: keyUsage allows nothing.
    NoKeyUsage,
    /// `KeyChecker`: keyUsage does not allow to sign certificates.
    CaKeyUsage,
    /// `ConstraintsChecker`: no CA where one is needed.
    NotCa,
    /// `ConstraintsChecker`: too many CAs.
    PathLength,
    /// `ConstraintsChecker`: a name that is not allowed.
    NameConstraints,
    /// `NameConstraintsExtension`: a subtree that begins lower.
    MinimumDistance,
    /// `NameConstraintsExtension`: a subtree that ends.
    MaximumDistance,
    /// `PolicyChecker`: a policy is required, and none is left.
    NoPolicy,
    /// `PolicyChecker`: anyPolicy is mapped to another.
    MappingOfAnyPolicy,
    /// `PolicyChecker`: another policy is mapped to anyPolicy.
    MappingToAnyPolicy,
    /// `BasicChecker`: the instant lies before this one.
    NotYetValid(Timestamp),
    /// `BasicChecker`: the instant lies after this one.
    Expired(Timestamp),
    /// `BasicChecker`: the names do not meet.
    NameChaining,
    /// `BasicChecker`: the signature.
    Signature(SignatureError),
    /// `PKIXMasterCertPathValidator`: no checker resolves a critical extension.
    UnrecognizedCriticalExtension,
    /// `PKIXCertPathValidator`: no anchor has the name and the key identifier that the path asks for.
    NoAnchor,
    /// `ForwardBuilder`, of a candidate: no CA.
    CandidateIsNoCa,
    /// `ForwardBuilder`, of a candidate: no checker resolves a critical extension.
    CandidateHasCriticalExtension,
    /// An exception that nobody expects; it ends everything.
    Unchecked(UncheckedException),
    /// The graph does not know whether a signature is valid.
    SignatureNotChecked,
    /// Ours: Java would go on to compare names.
    LimitReached,
}

impl CheckError {
    /// What is wrong, across all verifiers.
    pub(super) fn kind(&self) -> CauseKind {
        match self {
            CheckError::DisabledAlgorithm { .. } => CauseKind::WeakAlgorithm,
            CheckError::SmallIssuerKey { .. } | CheckError::SmallKey { .. } => CauseKind::WeakKey,
            CheckError::NoKeyUsage | CheckError::CaKeyUsage => CauseKind::KeyUsage,
            CheckError::NotCa | CheckError::CandidateIsNoCa => CauseKind::NotCa,
            CheckError::PathLength => CauseKind::PathLength,
            CheckError::NameConstraints | CheckError::MinimumDistance | CheckError::MaximumDistance => {
                CauseKind::NameConstraints
            }
            CheckError::NotYetValid(_) => CauseKind::NotYetValid,
            CheckError::Expired(_) => CauseKind::Expired,
            CheckError::Signature(why) => why.kind(),
            CheckError::NoAnchor => CauseKind::UnknownIssuer,
            CheckError::SignatureNotChecked | CheckError::LimitReached => CauseKind::Stopped,
            CheckError::NoPolicy
            | CheckError::MappingOfAnyPolicy
            | CheckError::MappingToAnyPolicy
            | CheckError::NameChaining
            | CheckError::UnrecognizedCriticalExtension
            | CheckError::CandidateHasCriticalExtension
            | CheckError::Unchecked(_) => CauseKind::Other,
        }
    }

    /// The message alone, for the trail.
    pub(super) fn message(&self) -> String {
        let message = match self {
            CheckError::DisabledAlgorithm { algorithm } | CheckError::SmallIssuerKey { algorithm } => {
                return format!("Algorithm constraints check failed on signature algorithm: {algorithm}");
            }
            CheckError::SmallKey { key, subject } => {
                return format!(
                    "Algorithm constraints check failed on keysize limits: {key} bit key used with certificate: {subject}"
                );
            }
            CheckError::NoKeyUsage => "incorrect KeyUsage extension bits",
            CheckError::CaKeyUsage => "CA key usage check failed: keyCertSign bit is not set",
            CheckError::NotCa => "basic constraints check failed: this is not a CA certificate",
            CheckError::PathLength => {
                "basic constraints check failed: pathLenConstraint violated - this cert must be the last cert in the \
                 certification path"
            }
            CheckError::NameConstraints => "name constraints check failed",
            CheckError::MinimumDistance => {
                "java.io.IOException: Non-zero minimum BaseDistance in name constraints not supported"
            }
            CheckError::MaximumDistance => {
                "java.io.IOException: Maximum BaseDistance in name constraints not supported"
            }
            CheckError::NoPolicy => "non-null policy tree required and policy tree is null",
            CheckError::MappingOfAnyPolicy => "encountered an issuerDomainPolicy of ANY_POLICY",
            CheckError::MappingToAnyPolicy => "encountered a subjectDomainPolicy of ANY_POLICY",
            CheckError::NotYetValid(_) | CheckError::Expired(_) => "validity check failed",
            CheckError::NameChaining => "subject/issuer name chaining check failed",
            CheckError::Signature(_) => "signature check failed",
            CheckError::UnrecognizedCriticalExtension => "unrecognized critical extension(s)",
            CheckError::NoAnchor => "Path does not chain with any of the trust anchors",
            CheckError::CandidateIsNoCa => "cert is NOT a CA cert",
            CheckError::CandidateHasCriticalExtension => "Unrecognized critical extension(s)",
            CheckError::Unchecked(why) => return why.to_string(),
            CheckError::SignatureNotChecked => NOT_CHECKED,
            CheckError::LimitReached => SPENT,
        };
        message.to_owned()
    }

    /// The exception that the validator throws.
    fn outermost(&self) -> String {
        match self {
            CheckError::Unchecked(_) | CheckError::SignatureNotChecked | CheckError::LimitReached => self.message(),
            _ => format!("CertPathValidatorException: {}", self.message()),
        }
    }

    /// What caused it. An exception of a checker that has no cause becomes its own; the validator's own have none.
    fn cause(&self) -> Option<String> {
        match self {
            CheckError::NotYetValid(from) => {
                Some(format!("CertificateNotYetValidException: NotBefore: {}", Date(*from)))
            }
            CheckError::Expired(until) => Some(format!("CertificateExpiredException: NotAfter: {}", Date(*until))),
            CheckError::Signature(why) => Some(why.to_string()),
            CheckError::MinimumDistance => {
                Some("IOException: Non-zero minimum BaseDistance in name constraints not supported".to_owned())
            }
            CheckError::MaximumDistance => {
                Some("IOException: Maximum BaseDistance in name constraints not supported".to_owned())
            }
            CheckError::UnrecognizedCriticalExtension
            | CheckError::NoAnchor
            | CheckError::CandidateIsNoCa
            | CheckError::CandidateHasCriticalExtension
            | CheckError::Unchecked(_)
            | CheckError::SignatureNotChecked => None,
            _ => Some(self.outermost()),
        }
    }
}

/// As the validator throws it.
impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.outermost())?;
        self.cause().map_or(Ok(()), |cause| write!(f, " <- {cause}"))
    }
}

impl Error for CheckError {}

impl From<UncheckedException> for CheckError {
    fn from(why: UncheckedException) -> CheckError {
        CheckError::Unchecked(why)
    }
}

/// `java.util.Date.toString` in UTC: `Tue Jan 01 00:00:00 UTC 2030`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Date(pub(super) Timestamp);

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SECONDS_PER_DAY: i64 = 86_400;

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from(self.0.0.div_euclid(SECONDS_PER_DAY).rem_euclid(7)).unwrap_or_default();
        let text = self.0.to_string();
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        let month = part(5..7).parse::<usize>().unwrap_or_default();
        let (weekday, month) = (DAYS.get(weekday), MONTHS.get(month.wrapping_sub(1)));
        let (weekday, month) = (weekday.copied().unwrap_or_default(), month.copied().unwrap_or_default());
        write!(f, "{weekday} {month} {} {} UTC {}", part(8..10), part(11..19), part(0..4))
    }
}

#[cfg(test)]
mod tests {
    use super::Date;
    use crate::time::Timestamp;

    #[test]
    fn dates() {
        for (text, date) in [
            ("2030-01-01T00:00:00Z", "Tue Jan 01 00:00:00 UTC 2030"),
            ("2020-01-01T00:00:00Z", "Wed Jan 01 00:00:00 UTC 2020"),
            ("1969-12-31T23:59:59Z", "Wed Dec 31 23:59:59 UTC 1969"),
        ] {
            assert_eq!(Timestamp::parse(text).map(|at| Date(at).to_string()).as_deref(), Some(date));
        }
    }
}
