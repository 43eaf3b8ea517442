//! Why a verifier does not accept, as a type: what a program decides by. The words of the real program are
//! [`Verdict::detail`](super::Verdict::detail).

use crate::certificate::CertId;

/// Why a leaf was not accepted, and the certificate that this is about.
///
/// The kind is the engine's own classification of the rejection that its program reports: where a program tries several
/// paths and reports one of them, the cause is that one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// What was wrong.
    pub kind: CauseKind,
    /// The certificate that the rejection is about; `None` where the program does not tie it to one.
    pub certificate: Option<CertId>,
}

/// What can be wrong, across all verifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// No certificate at hand issued the last one of the path, or none of them is trusted (RFC 5280, 6.1).
    UnknownIssuer,
    /// A signature does not verify (RFC 5280, 6.1.3 (a)(1)).
    Signature,
    /// The instant lies after notAfter (RFC 5280, 4.1.2.5).
    Expired,
    /// The instant lies before notBefore (RFC 5280, 4.1.2.5).
    NotYetValid,
    /// An issuer's basicConstraints do not say that it is a CA (RFC 5280, 4.2.1.9), or a CA is used as end entity.
    NotCa,
    /// More intermediates than pathLenConstraint allows (RFC 5280, 4.2.1.9).
    PathLength,
    /// More certificates in the path than the verifier's own limit.
    ChainTooLong,
    /// keyUsage does not allow the use (RFC 5280, 4.2.1.3).
    KeyUsage,
    /// extKeyUsage does not allow the use (RFC 5280, 4.2.1.12).
    ExtendedKeyUsage,
    /// A name lies outside nameConstraints (RFC 5280, 4.2.1.10).
    NameConstraints,
    /// The leaf is not valid for the name asked for (RFC 6125, RFC 9525).
    HostName,
    /// The signature algorithm or its hash is refused as too weak, or not allowed.
    WeakAlgorithm,
    /// The key is refused as too short, or its curve or kind is not allowed.
    WeakKey,
    /// The verifier cannot read a certificate.
    Unparsable,
    /// A budget ran out, or a signature was not checked: there is no answer.
    Stopped,
    /// Anything else, for example certificate policies or an unknown critical extension.
    Other,
}

impl Cause {
    /// Of no certificate in particular.
    pub const fn of(kind: CauseKind) -> Cause {
        Cause { kind, certificate: None }
    }

    /// About a certificate.
    pub const fn about(kind: CauseKind, certificate: CertId) -> Cause {
        Cause { kind, certificate: Some(certificate) }
    }
}
