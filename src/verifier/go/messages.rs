//! Why Go's `Verify` rejects, in its words.

use std::error::Error;
use std::fmt;

use super::hostname::HostNameError;
use super::name_constraints::NameConstraintError;
use super::parse::{Instant, ParseError, Parsed};
use super::quote::{quote, quote_bytes};
use super::signature::SignatureError;
use crate::certificate::CertId;
use crate::time::Timestamp;
use crate::verifier::budget::SPENT;
use crate::verifier::{Cause, CauseKind};

/// A rejection, and the certificate that Go's error is about (`UnknownAuthorityError.Cert`,
/// `CertificateInvalidError.Cert` and the like).
#[derive(Clone, Debug)]
pub(super) struct Rejected {
    pub(super) rejection: Rejection,
    pub(super) certificate: CertId,
}

impl Rejected {
    pub(super) fn cause(&self) -> Cause {
        match self.rejection.kind() {
            CauseKind::Stopped => Cause::of(CauseKind::Stopped),
            kind => Cause::about(kind, self.certificate),
        }
    }
}

/// Why Go rejects a certificate, a candidate or a chain: the errors of `crypto/x509`, and in words of ours what it
/// passes over in silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// Ours: a question about a certificate that is not there.
    NotInGraph(CertId),
    /// `ParseCertificate` refuses to read it.
    Unparsable(ParseError),
    /// A critical extension that Go does not handle (RFC 5280, 4.2).
    UnhandledCriticalExtension,
    /// The issuer's name is not the candidate's.
    NameMismatch,
    /// The instant of the question lies before the other one.
    NotYetValid(Timestamp, Instant),
    /// The instant of the question lies after the other one.
    Expired(Timestamp, Instant),
    /// An intermediate that is no CA.
    NotAuthorizedToSign,
    /// pathLenConstraint is exceeded.
    TooManyIntermediates,
    /// A name constraint is violated.
    NameConstraints(NameConstraintError),
    /// A name that Go 1.19 must compare with a constraint and cannot read.
    UnreadableName(NameConstraintError),
    /// Ours: Go would go on.
    LimitReached,
    /// Names and constraints are too many for Go 1.19, which has no words for that.
    TooManyComparisons,
    /// The leaf is not valid for the host.
    HostName(HostNameError),
    /// A candidate does not verify the signature.
    Signature(SignatureError),
    /// No path ends at a root; with the first candidate that did not verify a signature.
    UnknownAuthority(Option<Hint>),
    /// No chain leaves the requested extended key usage.
    IncompatibleUsage,
    /// No chain survives the last checks.
    NoValidChains {
        /// Chains that do not leave the extended key usage.
        incompatible_usage: usize,
        /// Chains that fall to the policy check.
        invalid_policies: usize,
    },
    /// The budget of a search is spent.
    SignatureLimit,
    /// Go 1.19 crashes on a key of an unknown kind where it looks for loops.
    CrashOnUnknownKey,
    /// Go 1.19 crashes on a DSA key where it looks for loops.
    CrashOnDsaKey,
    /// Ours, of a candidate: its name and key stand in the path already.
    AlreadyInChain,
    /// Ours, of a candidate: its key is of a kind that Go does not know.
    UnknownKey,
    /// Ours, of a chain: a key in it is on a list that Go carries.
    DistrustedKey,
}

/// A candidate of which Go says that it may be the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Why it was not taken.
    rejection: Box<Rejection>,
    /// What Go calls it by.
    candidate: Vec<u8>,
}

impl Hint {
    /// The candidate was not taken for this.
    pub(super) fn new(rejection: Rejection, candidate: &Parsed<'_>) -> Hint {
        Hint { rejection: Box::new(rejection), candidate: called(candidate) }
    }
}

impl Rejection {
    /// What is wrong, across all verifiers. An authority that is unknown because of a signature is an unknown
    /// authority, as Go's `UnknownAuthorityError` has it.
    pub fn kind(&self) -> CauseKind {
        match self {
            Rejection::NotInGraph(_) | Rejection::Unparsable(_) => CauseKind::Unparsable,
            Rejection::NotYetValid(..) => CauseKind::NotYetValid,
            Rejection::Expired(..) => CauseKind::Expired,
            Rejection::NotAuthorizedToSign => CauseKind::NotCa,
            Rejection::TooManyIntermediates => CauseKind::PathLength,
            Rejection::NameConstraints(_) | Rejection::UnreadableName(_) | Rejection::TooManyComparisons => {
                CauseKind::NameConstraints
            }
            Rejection::HostName(_) => CauseKind::HostName,
            Rejection::Signature(why) => why.kind(),
            Rejection::UnknownAuthority(_) => CauseKind::UnknownIssuer,
            Rejection::IncompatibleUsage => CauseKind::ExtendedKeyUsage,
            Rejection::SignatureLimit | Rejection::LimitReached => CauseKind::Stopped,
            Rejection::UnhandledCriticalExtension
            | Rejection::NameMismatch
            | Rejection::NoValidChains { .. }
            | Rejection::CrashOnUnknownKey
            | Rejection::CrashOnDsaKey
            | Rejection::AlreadyInChain
            | Rejection::UnknownKey
            | Rejection::DistrustedKey => CauseKind::Other,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Rejection::NotInGraph(id) => return write!(f, "certificate {} is not in the graph", id.0),
            Rejection::Unparsable(why) => return why.fmt(f),
            Rejection::UnhandledCriticalExtension => "x509: unhandled critical extension",
            Rejection::NameMismatch => "x509: issuer name does not match subject from issuing certificate",
            Rejection::NotYetValid(now, not_before) => {
                let words = "x509: certificate has expired or is not yet valid: current time";
                return write!(f, "{words} {now} is before {not_before}");
            }
            Rejection::Expired(now, not_after) => {
                let words = "x509: certificate has expired or is not yet valid: current time";
                return write!(f, "{words} {now} is after {not_after}");
            }
            Rejection::NotAuthorizedToSign => "x509: certificate is not authorized to sign other certificates",
            Rejection::TooManyIntermediates => "x509: too many intermediates for path length constraint",
            Rejection::NameConstraints(why) => {
                let words = "x509: a root or intermediate certificate is not authorized to sign for this name";
                return write!(f, "{words}: {why}");
            }
            Rejection::UnreadableName(why) => return why.fmt(f),
            Rejection::TooManyComparisons => "x509: unknown error",
            Rejection::LimitReached => SPENT,
            Rejection::HostName(why) => return why.fmt(f),
            Rejection::Signature(why) => return why.fmt(f),
            Rejection::UnknownAuthority(hint) => return write_unknown_authority(f, hint.as_ref()),
            Rejection::IncompatibleUsage => "x509: certificate specifies an incompatible key usage",
            Rejection::NoValidChains { incompatible_usage, invalid_policies } => {
                return write_no_valid_chains(f, *incompatible_usage, *invalid_policies);
            }
            Rejection::SignatureLimit => {
                "x509: signature check attempts limit reached while verifying certificate chain"
            }
            Rejection::CrashOnUnknownKey => "panic: interface conversion: interface is nil, not x509.pubKeyEqual",
            Rejection::CrashOnDsaKey => {
                "panic: interface conversion: *dsa.PublicKey is not x509.pubKeyEqual: missing method Equal"
            }
            Rejection::AlreadyInChain => "already in this path (same subject, public key and alternative names)",
            Rejection::UnknownKey => "passed over: public key of an unknown algorithm",
            Rejection::DistrustedKey => "dropped: a public key on Go's list of distrusted keys",
        })
    }
}

impl Error for Rejection {}

fn write_unknown_authority(f: &mut fmt::Formatter<'_>, hint: Option<&Hint>) -> fmt::Result {
    f.write_str("x509: certificate signed by unknown authority")?;
    let Some(Hint { rejection, candidate }) = hint else { return Ok(()) };
    write!(
        f,
        " (possibly because of {} while trying to verify candidate authority certificate {})",
        quote(&rejection.to_string()),
        quote_bytes(candidate)
    )
}

fn write_no_valid_chains(
    f: &mut fmt::Formatter<'_>,
    incompatible_usage: usize,
    invalid_policies: usize,
) -> fmt::Result {
    f.write_str("x509: no valid chains built")?;
    let mut separator = ": ";
    for (count, what) in [(incompatible_usage, "incompatible key usage"), (invalid_policies, "invalid policies")] {
        if count > 0 {
            write!(f, "{separator}{count} candidate chains with {what}")?;
            separator = ", ";
        }
    }
    Ok(())
}

/// Common name, else first organisation, else serial number.
fn called(certificate: &Parsed<'_>) -> Vec<u8> {
    let short = &certificate.short_name;
    match &short.organization {
        _ if !short.common_name.is_empty() => short.common_name.clone(),
        Some(organization) => organization.clone(),
        None => format!("serial:{}", signed_decimal(certificate.serial)).into_bytes(),
    }
}

/// A big-endian number in two's complement, in decimal. Go 1.19 reads certificates whose serial number is negative.
fn signed_decimal(octets: &[u8]) -> String {
    if octets.first().is_none_or(|octet| octet & 0x80 == 0) {
        return decimal(octets);
    }
    let mut magnitude: Vec<u8> = octets.iter().map(|octet| !octet).collect();
    for octet in magnitude.iter_mut().rev() {
        *octet = octet.wrapping_add(1);
        if *octet != 0 {
            break;
        }
    }
    format!("-{}", decimal(&magnitude))
}

/// A big-endian number, not negative, in decimal.
fn decimal(octets: &[u8]) -> String {
    let mut digits = vec![0u32];
    for &octet in octets {
        let mut carry = u32::from(octet);
        for digit in &mut digits {
            let value = *digit * 256 + carry;
            (*digit, carry) = (value % 10, value / 10);
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().filter_map(|&digit| char::from_digit(digit, 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rejection, decimal, signed_decimal};

    #[test]
    fn serial_numbers_are_decimal() {
        assert_eq!(decimal(&[0]), "0");
        assert_eq!(decimal(&[0x01, 0x00]), "256");
        assert_eq!(signed_decimal(&[0xff, 0x00]), "-256");
        assert_eq!(signed_decimal(&[0x80]), "-128");
        assert_eq!(signed_decimal(&[0x7f]), "127");
        assert_eq!(decimal(&[0xff; 20]), "1461501637330902918203684832716283019655932542975");
    }

    #[test]
    fn counts_what_was_dropped() {
        let words = |incompatible_usage, invalid_policies| {
            Rejection::NoValidChains { incompatible_usage, invalid_policies }.to_string()
        };
        assert_eq!(words(0, 0), "x509: no valid chains built");
        assert_eq!(
            words(1, 2),
            "x509: no valid chains built: 1 candidate chains with incompatible key usage, \
             2 candidate chains with invalid policies"
        );
    }
}
