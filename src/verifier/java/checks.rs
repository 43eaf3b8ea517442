//! The checkers that walk a path from the anchor's side to the leaf: `AlgorithmChecker`, `KeyChecker`,
//! `ConstraintsChecker`, `PolicyChecker` and `BasicChecker`. The validator asks them all, the builder all but two.

use super::Member;
use super::messages::CheckError;
use super::name;
use super::name_constraints::NameConstraints;
use super::parse::{NO_LIMIT, Parsed};
use super::policy::PolicyChecker;
use super::signature;
use crate::certificate::KeyKind;
use crate::graph::Graph;
use crate::oid::{self, ObjectIdentifier, Oid};
use crate::time::Timestamp;
use crate::verifier::budget::Budget;

/// keyCertSign (RFC 5280, 4.2.1.3).
pub(super) const KEY_CERT_SIGN: u32 = 5;
/// `jdk.certpath.disabledAlgorithms` in Java's `java.security`: `RSA keySize < 1024`.
const MIN_RSA_BITS: usize = 1024;
/// The same: `MD2, MD5`, by which the names of signature algorithms begin.
const DISABLED_HASHES: [&str; 2] = ["MD2", "MD5"];
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

/// Which class of Java runs the checkers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caller {
    /// `PKIXCertPathValidator`, for a path that was presented.
    Validator,
    /// The final verification of `SunCertPathBuilder.depthFirstSearchForward`.
    Builder,
}

/// The state of all checkers on their way down a path.
pub(super) struct Checks<'a, 'b> {
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
    comparisons: &'b Budget,
    policies: PolicyChecker,
}

impl<'a, 'b> Checks<'a, 'b> {
    pub(super) fn new(
        graph: &'a Graph,
        at: Timestamp,
        caller: Caller,
        anchor: Member<'a>,
        length: usize,
        comparisons: &'b Budget,
    ) -> Checks<'a, 'b> {
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
            comparisons,
            policies,
        }
    }

    /// Checks a path, leaf first, from its top down; `Err` holds the member that fails as well.
    pub(super) fn check_path(mut self, path: &[Member<'a>]) -> Result<(), (CheckError, Member<'a>)> {
        path.iter().rev().try_for_each(|member| self.check(*member).map_err(|why| (why, *member)))
    }

    /// Checks the next certificate on the way down.
    fn check(&mut self, member: Member<'a>) -> Result<(), CheckError> {
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
    fn check_algorithms(&self, parsed: &Parsed<'_>) -> Result<(), CheckError> {
        let algorithm = signature::name(&parsed.certificate.signature_algorithm.oid).to_owned();
        if DISABLED_HASHES.iter().any(|hash| algorithm.starts_with(hash)) {
            return Err(CheckError::DisabledAlgorithm { algorithm });
        }
        // The last two bits (encipherOnly, decipherOnly) stand for nothing by themselves.
        if (0..7).all(|bit| parsed.key_usage(bit) == Some(false)) {
            return Err(CheckError::NoKeyUsage);
        }
        if let Some(key) = too_small(&parsed.certificate.key.kind) {
            return Err(CheckError::SmallKey { key, subject: name::display(&parsed.certificate.subject) });
        }
        match too_small(&self.above.parsed.certificate.key.kind) {
            Some(_) => Err(CheckError::SmallIssuerKey { algorithm }),
            None => Ok(()),
        }
    }

    /// `ConstraintsChecker.check`: basicConstraints, and the names against the constraints from above, which the
    /// certificate's own then join.
    fn check_constraints(&mut self, parsed: &Parsed<'_>) -> Result<(), CheckError> {
        self.check_basic_constraints(parsed)?;
        let is_last = self.done == self.length;
        if let Some(constraints) = self.constraints.as_ref().filter(|_| is_last || !parsed.is_self_issued())
            && !constraints.verify(parsed, self.comparisons)?
        {
            return Err(CheckError::NameConstraints);
        }
        match (&mut self.constraints, &parsed.name_constraints) {
            (Some(merged), Some(new)) => merged.merge(new, self.comparisons)?,
            (merged, new) => *merged = merged.take().or_else(|| new.clone()),
        }
        Ok(())
    }

    /// RFC 5280, 6.1.4 (k) to (m).
    fn check_basic_constraints(&mut self, parsed: &Parsed<'_>) -> Result<(), CheckError> {
        if self.done >= self.length {
            return Ok(());
        }
        let is_first_version_one = parsed.certificate.version < 3 && self.done == 1 && parsed.is_self_issued();
        let path_length = match parsed.certificate.version {
            3.. => parsed.path_length,
            _ => is_first_version_one.then_some(NO_LIMIT),
        };
        let Some(path_length) = path_length else {
            return Err(CheckError::NotCa);
        };
        if !parsed.is_self_issued() {
            self.max_path_length = self.max_path_length.checked_sub(1).ok_or(CheckError::PathLength)?;
        }
        self.max_path_length = self.max_path_length.min(usize::try_from(path_length).unwrap_or(usize::MAX));
        Ok(())
    }

    /// RFC 5280, 6.1.3 (a) (2).
    fn check_validity(&self, parsed: &Parsed<'_>) -> Result<(), CheckError> {
        let (not_before, not_after) = (parsed.certificate.not_before, parsed.certificate.not_after);
        if self.at < not_before {
            Err(CheckError::NotYetValid(not_before))
        } else if self.at > not_after {
            Err(CheckError::Expired(not_after))
        } else {
            Ok(())
        }
    }

    /// RFC 5280, 6.1.3 (a) (4).
    fn check_name_chaining(&self, parsed: &Parsed<'_>) -> Result<(), CheckError> {
        if parsed.issuer == self.above.parsed.subject { Ok(()) } else { Err(CheckError::NameChaining) }
    }

    /// RFC 5280, 6.1.3 (a) (1).
    fn check_signature(&self, member: Member<'_>) -> Result<(), CheckError> {
        signature::check(self.graph, member, self.above)
    }
}

/// `KeyChecker.verifyCAKeyUsage` (RFC 5280, 6.1.4 (n)).
pub(super) fn check_ca_key_usage(parsed: &Parsed<'_>) -> Result<(), CheckError> {
    match parsed.key_usage(KEY_CERT_SIGN) {
        Some(false) => Err(CheckError::CaKeyUsage),
        _ => Ok(()),
    }
}

/// Whether every critical extension is one that a checker resolves.
pub(super) fn critical_are_resolved(parsed: &Parsed<'_>) -> bool {
    parsed.critical.iter().all(|critical| critical.is_one_of(RESOLVED))
}

fn check_critical(parsed: &Parsed<'_>) -> Result<(), CheckError> {
    if critical_are_resolved(parsed) { Ok(()) } else { Err(CheckError::UnrecognizedCriticalExtension) }
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
