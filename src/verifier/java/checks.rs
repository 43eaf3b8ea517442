//! The checkers that walk a path from the anchor's side to the leaf: `AlgorithmChecker`, `KeyChecker`,
//! `ConstraintsChecker`, `PolicyChecker` and `BasicChecker`. The validator asks them all, the builder all but two.

use super::Member;
use super::general_name::Unsupported;
use super::name;
use super::name_constraints::NameConstraints;
use super::parse::{NO_LIMIT, Parsed};
use super::policy::PolicyChecker;
use super::signature;
use super::words::Date;
use crate::certificate::KeyKind;
use crate::graph::Graph;
use crate::oid::{self, ObjectIdentifier, Oid};
use crate::time::Timestamp;

/// keyCertSign (RFC 5280, 4.2.1.3).
pub(super) const KEY_CERT_SIGN: u32 = 5;
/// `jdk.certpath.disabledAlgorithms` in Java's `java.security`: `RSA keySize < 1024`.
const MIN_RSA_BITS: usize = 1024;
/// The same: `EC keySize < 224`.
const MIN_EC_BITS: usize = 224;

/// Extensions that some checker resolves; another critical one refuses the certificate (RFC 5280, 4.2).
const RESOLVED: &[ObjectIdentifier] = &[
    oid::BASIC_CONSTRAINTS,
    oid::NAME_CONSTRAINTS,
    oid::CERTIFICATE_POLICIES,
    oid::POLICY_MAPPINGS,
    oid::POLICY_CONSTRAINTS,
    oid::INHIBIT_ANY_POLICY,
    oid::SUBJECT_ALT_NAME,
    oid::KEY_USAGE,
    oid::EXTENDED_KEY_USAGE,
];

/// Why a check failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// A `CertPathValidatorException` with this message, and the cause, `Class: message`, if it has one.
    CertPath { message: String, cause: Option<String> },
    /// A `CertPathValidatorException` that the validator throws itself, so that it does not become its own cause.
    Bare(&'static str),
    /// An exception that nobody expects, `Class: message`; it ends everything.
    Unchecked(String),
    /// The graph does not know whether a signature is valid.
    NotChecked,
}

impl Failure {
    pub(super) fn words(message: impl Into<String>) -> Failure {
        Failure::CertPath { message: message.into(), cause: None }
    }

    /// An `IOException` that a checker wraps.
    pub(super) fn io(message: &str) -> Failure {
        let cause = Some(format!("IOException: {message}"));
        Failure::CertPath { message: format!("java.io.IOException: {message}"), cause }
    }

    /// The message alone, for the trail.
    pub(super) fn message(&self) -> &str {
        match self {
            Failure::CertPath { message, .. } => message,
            Failure::Bare(message) => message,
            Failure::Unchecked(words) => words,
            Failure::NotChecked => NOT_CHECKED,
        }
    }
}

/// Ours: Java would know.
pub(super) const NOT_CHECKED: &str = "the signature was not checked (budget spent, or an algorithm that this build lacks), so Java's answer is not known";

impl From<Unsupported> for Failure {
    fn from(words: Unsupported) -> Failure {
        Failure::Unchecked(words)
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caller {
    /// `PKIXCertPathValidator`.
    Validator,
    /// The final verification of `SunCertPathBuilder.depthFirstSearchForward`.
    Builder,
}

/// The state of all checkers on their way down a path.
pub(super) struct Checks<'a> {
    graph: &'a Graph,
    at: Timestamp,
    caller: Caller,
    /// The certificate above: the anchor first.
    above: Member<'a>,
    /// Certificates of the path, the anchor not counted.
    length: usize,
    /// How many were checked.
    done: usize,
    max_path_length: usize,
    constraints: Option<NameConstraints>,
    policies: PolicyChecker,
}

impl<'a> Checks<'a> {
    pub(super) fn new(
        graph: &'a Graph,
        at: Timestamp,
        caller: Caller,
        anchor: Member<'a>,
        length: usize,
    ) -> Checks<'a> {
        let policies = PolicyChecker::new(length);
        Checks {
            graph,
            at,
            caller,
            above: anchor,
            length,
            done: 0,
            max_path_length: length,
            constraints: None,
            policies,
        }
    }

    /// Checks the next certificate on the way down.
    pub(super) fn check(&mut self, member: Member<'a>) -> Result<(), Failure> {
        self.done += 1;
        let parsed = member.parsed;
        match self.caller {
            Caller::Validator => {
                self.check_algorithms(parsed)?;
                if self.done < self.length {
                    check_ca_key_usage(parsed)?;
                }
                self.check_constraints(parsed)?;
                self.policies.check(parsed)?;
                self.check_validity(parsed)?;
                self.check_name_chaining(parsed)?;
                self.check_signature(member)?;
                check_critical(parsed)?;
            }
            Caller::Builder => {
                self.check_signature(member)?;
                self.policies.check(parsed)?;
                self.check_constraints(parsed)?;
                self.check_algorithms(parsed)?;
            }
        }
        self.above = member;
        Ok(())
    }

    /// `AlgorithmChecker.check` with the default constraints.
    fn check_algorithms(&self, parsed: &Parsed<'_>) -> Result<(), Failure> {
        let algorithm = signature::name(&parsed.certificate.signature_algorithm.oid);
        let refused =
            || Failure::words(format!("Algorithm constraints check failed on signature algorithm: {algorithm}"));
        if algorithm.starts_with("MD2") || algorithm.starts_with("MD5") {
            return Err(refused());
        }
        // The last two bits (encipherOnly, decipherOnly) stand for nothing by themselves.
        if (0..7).all(|bit| parsed.key_usage(bit) == Some(false)) {
            return Err(Failure::words("incorrect KeyUsage extension bits"));
        }
        if let Some(small) = too_small(&parsed.certificate.key.kind) {
            let subject = name::display(&parsed.certificate.subject);
            return Err(Failure::words(format!(
                "Algorithm constraints check failed on keysize limits: {small} bit key used with certificate: {subject}"
            )));
        }
        if too_small(&self.above.parsed.certificate.key.kind).is_some() { Err(refused()) } else { Ok(()) }
    }

    /// `ConstraintsChecker.check`.
    fn check_constraints(&mut self, parsed: &Parsed<'_>) -> Result<(), Failure> {
        self.check_basic_constraints(parsed)?;
        let is_last = self.done == self.length;
        if let Some(constraints) = self.constraints.as_ref().filter(|_| is_last || !parsed.is_self_issued())
            && !constraints.verify(parsed)?
        {
            return Err(Failure::words("name constraints check failed"));
        }
        match (&mut self.constraints, &parsed.name_constraints) {
            (Some(merged), Some(new)) => merged.merge(new)?,
            (merged, new) => *merged = merged.take().or_else(|| new.clone()),
        }
        Ok(())
    }

    /// RFC 5280, 6.1.4 (k) to (m).
    fn check_basic_constraints(&mut self, parsed: &Parsed<'_>) -> Result<(), Failure> {
        if self.done >= self.length {
            return Ok(());
        }
        let is_first_version_one = parsed.certificate.version < 3 && self.done == 1 && parsed.is_self_issued();
        let path_length = match parsed.certificate.version {
            3.. => parsed.path_length,
            _ => is_first_version_one.then_some(NO_LIMIT),
        };
        let Some(path_length) = path_length else {
            return Err(Failure::words("basic constraints check failed: this is not a CA certificate"));
        };
        if !parsed.is_self_issued() {
            self.max_path_length = self.max_path_length.checked_sub(1).ok_or_else(|| {
                Failure::words(
                    "basic constraints check failed: pathLenConstraint violated - this cert must be the last cert in \
                     the certification path",
                )
            })?;
        }
        self.max_path_length = self.max_path_length.min(usize::try_from(path_length).unwrap_or(usize::MAX));
        Ok(())
    }

    /// RFC 5280, 6.1.3 (a) (2).
    fn check_validity(&self, parsed: &Parsed<'_>) -> Result<(), Failure> {
        let (not_before, not_after) = (parsed.certificate.not_before, parsed.certificate.not_after);
        let cause = if self.at < not_before {
            format!("CertificateNotYetValidException: NotBefore: {}", Date(not_before))
        } else if self.at > not_after {
            format!("CertificateExpiredException: NotAfter: {}", Date(not_after))
        } else {
            return Ok(());
        };
        Err(Failure::CertPath { message: "validity check failed".to_owned(), cause: Some(cause) })
    }

    /// RFC 5280, 6.1.3 (a) (4).
    fn check_name_chaining(&self, parsed: &Parsed<'_>) -> Result<(), Failure> {
        if parsed.issuer == self.above.parsed.subject {
            Ok(())
        } else {
            Err(Failure::words("subject/issuer name chaining check failed"))
        }
    }

    /// RFC 5280, 6.1.3 (a) (1).
    fn check_signature(&self, member: Member<'_>) -> Result<(), Failure> {
        signature::check(self.graph, member, self.above)
    }
}

/// `KeyChecker.verifyCAKeyUsage` (RFC 5280, 6.1.4 (n)).
pub(super) fn check_ca_key_usage(parsed: &Parsed<'_>) -> Result<(), Failure> {
    match parsed.key_usage(KEY_CERT_SIGN) {
        Some(false) => Err(Failure::words("CA key usage check failed: keyCertSign bit is not set")),
        _ => Ok(()),
    }
}

/// Whether every critical extension is one that a checker resolves.
pub(super) fn critical_are_resolved(parsed: &Parsed<'_>) -> bool {
    parsed.critical.iter().all(|critical| critical.is_one_of(RESOLVED))
}

fn check_critical(parsed: &Parsed<'_>) -> Result<(), Failure> {
    if critical_are_resolved(parsed) { Ok(()) } else { Err(Failure::Bare("unrecognized critical extension(s)")) }
}

/// Algorithm and size of a key that `jdk.certpath.disabledAlgorithms` forbids.
fn too_small(key: &KeyKind) -> Option<String> {
    match key {
        KeyKind::Rsa { bits } if *bits < MIN_RSA_BITS => Some(format!("RSA {bits}")),
        KeyKind::Ec { curve } => ec_bits(curve).filter(|bits| *bits < MIN_EC_BITS).map(|bits| format!("EC {bits}")),
        _ => None,
    }
}

/// Bits of the small curves that `CurveDB` still knows (SEC 2); larger ones need no number here.
fn ec_bits(curve: &Oid) -> Option<usize> {
    match curve.constant()? {
        oid::SECP112R1 | oid::SECP112R2 => Some(112),
        oid::SECP128R1 | oid::SECP128R2 => Some(128),
        oid::SECP160R1 | oid::SECP160K1 | oid::SECP160R2 => Some(161),
        oid::SECP192R1 | oid::SECP192K1 => Some(192),
        _ => None,
    }
}
