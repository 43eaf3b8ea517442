//! The faults that a program's answer about a chain comes down to.

use crate::answer::{CauseCode, ChainAnswer};
use crate::certificate::CertId;
use crate::error_text::Fault;
use crate::graph::{Edge, Graph};
use crate::signature::Status;
use crate::verifier::CauseKind;

/// The faults behind the cause of an answer, the most telling first; none of an answer that says yes.
pub(super) fn faults_of(graph: &Graph, answer: &ChainAnswer) -> Vec<Fault> {
    match answer.code {
        CauseCode::MissingIntermediate => absent(graph, answer),
        CauseCode::UntrustedRoot | CauseCode::PrivateRoot => root(graph, answer),
        CauseCode::SelfSigned => vec![self_signed(graph, answer.leaf)],
        code => fault_of(code).into_iter().collect(),
    }
}

/// The fault that a cause is, where the cause alone tells.
fn fault_of(code: CauseCode) -> Option<Fault> {
    Some(match code {
        CauseCode::SameNameOtherKey | CauseCode::StaleTrust | CauseCode::StaleLeaf => Fault::SameNameOtherKey,
        CauseCode::WrongTrust => Fault::IssuerAbsent,
        CauseCode::NoTrustStore => Fault::EmptyStore,
        CauseCode::Expired => Fault::Expired,
        CauseCode::NotYetValid => Fault::NotYetValid,
        CauseCode::ExpiredDuplicate => Fault::ExpiredDuplicate,
        CauseCode::AmbiguousStore => Fault::AmbiguousStore,
        CauseCode::AmbiguousChain => Fault::AmbiguousChain,
        CauseCode::LeafNotFirst => Fault::LeafNotFirst,
        CauseCode::WrongOrder => Fault::WrongOrder,
        CauseCode::NotACa => Fault::NotACa,
        CauseCode::CaAsEndEntity => Fault::CaAsEndEntity,
        CauseCode::EndEntityTrusted => Fault::EndEntityTrusted,
        CauseCode::PathLength => Fault::PathLength,
        CauseCode::ChainTooLong => Fault::ChainTooLong,
        CauseCode::KeyUsage => Fault::KeyUsage,
        CauseCode::ExtendedKeyUsage => Fault::ExtendedKeyUsage,
        CauseCode::NameConstraints => Fault::NameConstraints,
        CauseCode::NameEncoding => Fault::NameEncoding,
        CauseCode::HostName => Fault::HostName,
        CauseCode::KeyIdMismatch => Fault::KeyIdMismatch,
        CauseCode::AuthoritySerialMismatch => Fault::AuthoritySerialMismatch,
        CauseCode::KeyIdsAbsent => Fault::KeyIdsAbsent,
        CauseCode::BasicConstraintsNotCritical => Fault::BasicConstraintsNotCritical,
        CauseCode::CriticalExtension | CauseCode::Extension => Fault::CriticalExtension,
        CauseCode::BadSignature => Fault::BadSignature,
        CauseCode::WeakSignature => Fault::WeakSignature,
        CauseCode::WeakKey => Fault::WeakKey,
        CauseCode::UnsupportedAlgorithm => Fault::UnsupportedAlgorithm,
        CauseCode::AnchorNotSelfSigned => Fault::AnchorNotSelfSigned,
        CauseCode::UnparsableCertificate
        | CauseCode::OldVersion
        | CauseCode::NegativeSerial
        | CauseCode::SerialNumber
        | CauseCode::AlgorithmsDiffer => Fault::Unparsable,
        CauseCode::Other => Fault::StrictProfile,
        _ => return None,
    })
}

/// The fault that a verifier's own cause is, if the words allow it; `None` where the cause alone does not tell.
pub(super) fn fault_of_rejection(kind: CauseKind, allowed: &[Fault]) -> Option<Fault> {
    let candidates: &[Fault] = match kind {
        CauseKind::Expired => &[Fault::Expired],
        CauseKind::NotYetValid => &[Fault::NotYetValid],
        CauseKind::PathLength => &[Fault::PathLength],
        CauseKind::ChainTooLong => &[Fault::ChainTooLong],
        CauseKind::KeyUsage => &[Fault::KeyUsage],
        CauseKind::ExtendedKeyUsage => &[Fault::ExtendedKeyUsage],
        CauseKind::NameConstraints => &[Fault::NameConstraints],
        CauseKind::HostName => &[Fault::HostName],
        CauseKind::WeakAlgorithm => &[Fault::WeakSignature, Fault::UnsupportedAlgorithm],
        CauseKind::WeakKey => &[Fault::WeakKey],
        CauseKind::Unparsable => &[Fault::Unparsable],
        CauseKind::NotCa => &[Fault::NotACa, Fault::CaAsEndEntity],
        CauseKind::Signature => &[Fault::SameNameOtherKey, Fault::BadSignature],
        CauseKind::UnknownIssuer | CauseKind::Stopped | CauseKind::Other => &[],
    };
    candidates.iter().copied().find(|fault| allowed.contains(fault))
}

/// Whether a fault that was derived may stand for the one that the verifier names: it says the same more plainly, or
/// without it the verifier would find the way past what it names.
pub(super) fn may_stand_for(derived: Fault, named: Fault) -> bool {
    derived == named
        || match derived {
            // Where the issuers do not lead to anything trusted, mending the rest changes nothing.
            Fault::IssuerAbsent
            | Fault::MissingIntermediate
            | Fault::UntrustedRoot
            | Fault::SelfSigned
            | Fault::SameNameOtherKey => true,
            Fault::LeafNotFirst | Fault::WrongOrder | Fault::CaAsEndEntity | Fault::LeafNamedAsIssuer => true,
            Fault::ExpiredDuplicate | Fault::AmbiguousStore | Fault::AmbiguousChain => named != Fault::ChainTooLong,
            Fault::NotACa | Fault::KeyUsage => {
                matches!(named, Fault::NotACa | Fault::KeyUsage | Fault::ExtendedKeyUsage)
            }
            Fault::BadSignature | Fault::UnsupportedAlgorithm | Fault::WeakSignature | Fault::WeakKey => {
                matches!(named, Fault::WeakSignature | Fault::WeakKey | Fault::SameNameOtherKey | Fault::BadSignature)
            }
            Fault::EndEntityTrusted => named == Fault::SelfSigned,
            _ => false,
        }
}

/// The issuer is neither sent nor trusted; where it is known to be an intermediate, that is the plainer word for it.
fn absent(graph: &Graph, answer: &ChainAnswer) -> Vec<Fault> {
    let is_known = answer.certificates.first().is_some_and(|subject| has_intermediate(graph, *subject));
    if is_known { vec![Fault::MissingIntermediate, Fault::IssuerAbsent] } else { vec![Fault::IssuerAbsent] }
}

/// Whether an intermediate is at hand whose key signed a certificate.
fn has_intermediate(graph: &Graph, subject: CertId) -> bool {
    let signed = |edge: &&Edge| edge.names_agree() && edge.issuer != subject && edge.signature == Status::Valid;
    graph.issuers_of(subject).iter().filter(signed).any(|edge| !graph.self_issued(edge.issuer))
}

/// The root was sent along and is not trusted, or is neither sent nor trusted.
fn root(graph: &Graph, answer: &ChainAnswer) -> Vec<Fault> {
    let is_root = |id: &&CertId| graph.self_issued(**id) && answer.presented.contains(id);
    let is_sent = answer.certificates.first().as_ref().is_some_and(is_root);
    vec![if is_sent { Fault::UntrustedRoot } else { Fault::IssuerAbsent }]
}

/// A leaf that bears its issuer's name was not signed by itself for that.
fn self_signed(graph: &Graph, leaf: CertId) -> Fault {
    if graph.self_signed(leaf) == Some(false) { Fault::LeafNamedAsIssuer } else { Fault::SelfSigned }
}
