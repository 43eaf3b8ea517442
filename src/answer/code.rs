//! The causes by their codes: the vocabulary of `answer.cause` and of the findings.

use crate::disagreement::{Kind, SerialFlaw};
use crate::verifier::CauseKind;

/// Why a chain is trusted, is not, or why nobody can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseCode {
    /// Every verifier accepts it.
    Trusted,
    /// No chain was given.
    NoChain,
    /// Nothing was given that a verifier could trust.
    NoTrustStore,
    /// A certificate between the leaf and the root was not sent.
    MissingIntermediate,
    /// The issuer is not here, and the server sent more than the text of the connection shows.
    ChainNotShown,
    /// The chain leads to a root that is not in the trust store.
    UntrustedRoot,
    /// The chain leads to a root that is no public one, and no other trust store was given.
    PrivateRoot,
    /// The leaf signed itself and is not trusted.
    SelfSigned,
    /// The trust store holds the issuer's name with another key.
    SameNameOtherKey,
    /// The trust store holds an older generation of the chain's CA.
    StaleTrust,
    /// The chain was issued by an older generation of the CA that is trusted.
    StaleLeaf,
    /// The trust store holds no CA, but something else.
    WrongTrust,
    /// A certificate has expired (RFC 5280, 4.1.2.5).
    Expired,
    /// A certificate is not valid yet (RFC 5280, 4.1.2.5).
    NotYetValid,
    /// The trust store holds a certificate twice, one of them expired, and some verifiers take that one.
    ExpiredDuplicate,
    /// The trust store holds several certificates of one name, and some verifiers take one that leads nowhere.
    AmbiguousStore,
    /// Several certificates that were sent fit in one place, and some verifiers take one that leads nowhere.
    AmbiguousChain,
    /// The file does not begin with the leaf (RFC 8446, 4.4.2).
    LeafNotFirst,
    /// Some programs cannot read a file as it stands.
    UnloadableFile,
    /// The certificates were not sent in issuing order (RFC 8446, 4.4.2).
    WrongOrder,
    /// An issuer does not say that it is a CA (RFC 5280, 4.2.1.9).
    NotACa,
    /// A CA serves as the end entity (RFC 5280, 4.2.1.9).
    CaAsEndEntity,
    /// A certificate that is trusted itself serves as the end entity (RFC 5280, 6.1, has no path of none).
    EndEntityTrusted,
    /// More CAs follow than a CA allows (RFC 5280, 4.2.1.9).
    PathLength,
    /// The chain is longer than a program allows.
    ChainTooLong,
    /// A key may not be used for this (keyUsage, RFC 5280, 4.2.1.3).
    KeyUsage,
    /// A certificate is not made for this purpose (extKeyUsage, RFC 5280, 4.2.1.12).
    ExtendedKeyUsage,
    /// A name lies outside of what a CA may issue (RFC 5280, 4.2.1.10).
    NameConstraints,
    /// An issuer's name is written in two ways (RFC 5280, 7.1).
    NameEncoding,
    /// The certificate is not made out to the host (RFC 9525).
    HostName,
    /// The key identifiers of subject and issuer differ (RFC 5280, 4.2.1.1).
    KeyIdMismatch,
    /// The authority key identifier names another certificate (RFC 5280, 4.2.1.1).
    AuthoritySerialMismatch,
    /// Key identifiers are missing (RFC 5280, 4.2.1.1 and 4.2.1.2).
    KeyIdsAbsent,
    /// A CA does not mark its basicConstraints as critical (RFC 5280, 4.2.1.9).
    BasicConstraintsNotCritical,
    /// A critical extension that not every program knows (RFC 5280, 4.2).
    CriticalExtension,
    /// An extension that programs read differently (RFC 5280, 4.2).
    Extension,
    /// A signature does not fit the key (RFC 5280, 6.1.3 (a)(1)).
    BadSignature,
    /// A signature with an outdated hash (NIST SP 800-131A, 9).
    WeakSignature,
    /// A key that is too short (NIST SP 800-131A, 3).
    WeakKey,
    /// A key or signature of a kind that not every program knows.
    UnsupportedAlgorithm,
    /// The two places that name the signature's algorithm differ (RFC 5280, 4.1.1.2).
    AlgorithmsDiffer,
    /// A certificate of version 1 or 2, which some programs do not read (RFC 5280, 4.1.2.1).
    OldVersion,
    /// A negative serial number (RFC 5280, 4.1.2.2).
    NegativeSerial,
    /// A serial number that is zero or too long (RFC 5280, 4.1.2.2).
    SerialNumber,
    /// A program cannot read a certificate.
    UnparsableCertificate,
    /// The trusted certificate is no root: another key signed it.
    AnchorNotSelfSigned,
    /// No verifier gives an answer.
    NotDecided,
    /// Anything else, in the verifiers' own words.
    Other,
    /// A program that derives its own root pool ends up with the wrong one (the router's lens).
    NaivePool,
}

impl CauseCode {
    /// The stable name, as in `answer.cause`.
    pub fn code(self) -> &'static str {
        match self {
            CauseCode::Trusted => "trusted",
            CauseCode::NoChain => "no-chain",
            CauseCode::NoTrustStore => "no-trust-store",
            CauseCode::MissingIntermediate => "missing-intermediate",
            CauseCode::ChainNotShown => "chain-not-shown",
            CauseCode::UntrustedRoot => "untrusted-root",
            CauseCode::PrivateRoot => "private-root",
            CauseCode::SelfSigned => "self-signed",
            CauseCode::SameNameOtherKey => "same-name-other-key",
            CauseCode::StaleTrust => "stale-trust",
            CauseCode::StaleLeaf => "stale-leaf",
            CauseCode::WrongTrust => "wrong-trust",
            CauseCode::Expired => "expired",
            CauseCode::NotYetValid => "not-yet-valid",
            CauseCode::ExpiredDuplicate => "expired-duplicate",
            CauseCode::AmbiguousStore => "ambiguous-store",
            CauseCode::AmbiguousChain => "ambiguous-chain",
            CauseCode::LeafNotFirst => "leaf-not-first",
            CauseCode::UnloadableFile => "unloadable-file",
            CauseCode::WrongOrder => "wrong-order",
            CauseCode::NotACa => "not-a-ca",
            CauseCode::CaAsEndEntity => "ca-as-end-entity",
            CauseCode::EndEntityTrusted => "end-entity-trusted",
            CauseCode::PathLength => "path-length",
            CauseCode::ChainTooLong => "chain-too-long",
            CauseCode::KeyUsage => "key-usage",
            CauseCode::ExtendedKeyUsage => "extended-key-usage",
            CauseCode::NameConstraints => "name-constraints",
            CauseCode::NameEncoding => "name-encoding",
            CauseCode::HostName => "host-name",
            CauseCode::KeyIdMismatch => "key-id-mismatch",
            CauseCode::AuthoritySerialMismatch => "authority-serial-mismatch",
            CauseCode::KeyIdsAbsent => "key-ids-absent",
            CauseCode::BasicConstraintsNotCritical => "basic-constraints-not-critical",
            CauseCode::CriticalExtension => "critical-extension",
            CauseCode::Extension => "extension",
            CauseCode::BadSignature => "bad-signature",
            CauseCode::WeakSignature => "weak-signature",
            CauseCode::WeakKey => "weak-key",
            CauseCode::UnsupportedAlgorithm => "unsupported-algorithm",
            CauseCode::AlgorithmsDiffer => "algorithms-differ",
            CauseCode::OldVersion => "old-version",
            CauseCode::NegativeSerial => "negative-serial",
            CauseCode::SerialNumber => "serial-number",
            CauseCode::UnparsableCertificate => "unparsable-certificate",
            CauseCode::AnchorNotSelfSigned => "anchor-not-self-signed",
            CauseCode::NotDecided => "not-decided",
            CauseCode::Other => "other",
            CauseCode::NaivePool => "naive-pool",
        }
    }

    /// The code of a fact that divides the verifiers, or without which more of them accept.
    pub(super) fn of_fact(kind: Kind) -> CauseCode {
        match kind {
            // Which certificate leads nowhere decides; see `cause::duplicate`.
            Kind::DeadEndFirst(_) => CauseCode::AmbiguousChain,
            Kind::LeafNotFirst => CauseCode::LeafNotFirst,
            Kind::AnchorNotSelfSigned => CauseCode::AnchorNotSelfSigned,
            Kind::Expired(_) => CauseCode::Expired,
            Kind::NotYetValid(_) => CauseCode::NotYetValid,
            Kind::NamesFolded => CauseCode::NameEncoding,
            Kind::KeyIdMismatch => CauseCode::KeyIdMismatch,
            Kind::AuthoritySerialMismatch(_) => CauseCode::AuthoritySerialMismatch,
            Kind::KeyIdsAbsent(_) => CauseCode::KeyIdsAbsent,
            Kind::SignatureWrong => CauseCode::BadSignature,
            Kind::NotACa | Kind::BasicConstraintsAbsent | Kind::OldVersion => CauseCode::NotACa,
            Kind::NoCertSign | Kind::KeyUsageAbsent | Kind::LeafKeyUsage(_) | Kind::LeafCertSign => CauseCode::KeyUsage,
            Kind::BasicConstraintsNotCritical => CauseCode::BasicConstraintsNotCritical,
            Kind::PathLength => CauseCode::PathLength,
            Kind::NameConstraints => CauseCode::NameConstraints,
            Kind::CaPurposes | Kind::LeafPurposes | Kind::Purpose => CauseCode::ExtendedKeyUsage,
            Kind::LeafIsCa => CauseCode::CaAsEndEntity,
            Kind::UnparsableCertificate(_) => CauseCode::UnparsableCertificate,
            Kind::LeafOldVersion => CauseCode::OldVersion,
            Kind::LeafNamedAsIssuer => CauseCode::SelfSigned,
            Kind::WeakKey => CauseCode::WeakKey,
            Kind::UnusualKey | Kind::UnusualSignature => CauseCode::UnsupportedAlgorithm,
            Kind::WeakSignature => CauseCode::WeakSignature,
            Kind::AlgorithmsDiffer => CauseCode::AlgorithmsDiffer,
            Kind::CriticalExtension => CauseCode::CriticalExtension,
            Kind::OtherExtension => CauseCode::Extension,
            Kind::SerialNumber(SerialFlaw::Negative) => CauseCode::NegativeSerial,
            Kind::SerialNumber(_) => CauseCode::SerialNumber,
            Kind::PresentedOrder => CauseCode::WrongOrder,
            Kind::LeafTrusted => CauseCode::EndEntityTrusted,
            Kind::HostName => CauseCode::HostName,
        }
    }

    /// The code of a verifier's own cause, where no fact explains it.
    pub(super) fn of_rejection(kind: CauseKind) -> CauseCode {
        match kind {
            CauseKind::UnknownIssuer => CauseCode::UntrustedRoot,
            CauseKind::Signature => CauseCode::BadSignature,
            CauseKind::Expired => CauseCode::Expired,
            CauseKind::NotYetValid => CauseCode::NotYetValid,
            CauseKind::NotCa => CauseCode::NotACa,
            CauseKind::PathLength => CauseCode::PathLength,
            CauseKind::ChainTooLong => CauseCode::ChainTooLong,
            CauseKind::KeyUsage => CauseCode::KeyUsage,
            CauseKind::ExtendedKeyUsage => CauseCode::ExtendedKeyUsage,
            CauseKind::NameConstraints => CauseCode::NameConstraints,
            CauseKind::HostName => CauseCode::HostName,
            CauseKind::WeakAlgorithm => CauseCode::WeakSignature,
            CauseKind::WeakKey => CauseCode::WeakKey,
            CauseKind::Unparsable => CauseCode::UnparsableCertificate,
            CauseKind::Stopped => CauseCode::NotDecided,
            CauseKind::Other => CauseCode::Other,
        }
    }
}
