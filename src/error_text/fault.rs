//! The faults of certificates and their files that a message may come from.

/// A fault that certificates and files can show, or of which they can show that it is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The issuer was neither sent nor is it trusted.
    IssuerAbsent,
    /// The issuer is an intermediate that was not sent (RFC 8446, 4.4.2).
    MissingIntermediate,
    /// The trust store holds the issuer's name with another key.
    SameNameOtherKey,
    /// The root was sent along and is not in the trust store.
    UntrustedRoot,
    /// The certificate signed itself and is not in the trust store.
    SelfSigned,
    /// The certificate bears its issuer's name, so that programs take it for a self-signed one.
    LeafNamedAsIssuer,
    /// The trust store holds an intermediate and not the root above it.
    AnchorNotSelfSigned,
    /// The trust store is empty.
    EmptyStore,
    /// A file of certificates can be loaded in part only, or not at all.
    UnloadableFile,
    /// An issuer does not say that it is a CA (RFC 5280, 4.2.1.9).
    NotACa,
    /// A CA serves as the end entity.
    CaAsEndEntity,
    /// keyUsage does not allow the use (RFC 5280, 4.2.1.3).
    KeyUsage,
    /// extKeyUsage does not allow the use (RFC 5280, 4.2.1.12).
    ExtendedKeyUsage,
    /// A certificate has expired (RFC 5280, 4.1.2.5).
    Expired,
    /// A certificate is not valid yet (RFC 5280, 4.1.2.5).
    NotYetValid,
    /// The trust store holds a certificate twice, one of them expired.
    ExpiredDuplicate,
    /// Several certificates of one name are trusted, and one that leads nowhere is taken.
    AmbiguousStore,
    /// Several certificates that were sent fit, and one that leads nowhere is taken.
    AmbiguousChain,
    /// More CAs follow than a CA allows (RFC 5280, 4.2.1.9).
    PathLength,
    /// The chain is longer than the program allows.
    ChainTooLong,
    /// A name lies outside of what a CA may issue (RFC 5280, 4.2.1.10).
    NameConstraints,
    /// Issuer and subject are one name, written in two ways (RFC 5280, 7.1).
    NameEncoding,
    /// The key identifiers of subject and issuer differ (RFC 5280, 4.2.1.1).
    KeyIdMismatch,
    /// The authority key identifier names another certificate by issuer and serial (RFC 5280, 4.2.1.1).
    AuthoritySerialMismatch,
    /// Key identifiers are missing (RFC 5280, 4.2.1.1 and 4.2.1.2).
    KeyIdsAbsent,
    /// The end entity itself is in the trust store.
    EndEntityTrusted,
    /// The private key does not belong to the certificate.
    KeyMismatch,
    /// The file does not begin with the end entity (RFC 8446, 4.4.2).
    LeafNotFirst,
    /// The certificates were not sent in issuing order.
    WrongOrder,
    /// The client sent no certificate: it has none, or none of the CA names that the server lists is its issuer's
    /// (RFC 8446, 4.2.4).
    CertificateWithheld,
    /// The forwarded certificate is encoded in another way than its reader expects.
    HeaderEncoding,
    /// The certificate is not made out to the host (RFC 9525).
    HostName,
    /// A signature does not verify: the certificate was changed, or another key signed it.
    BadSignature,
    /// A signature with an outdated hash.
    WeakSignature,
    /// A key that is too short.
    WeakKey,
    /// A key or signature of a kind that the program does not know.
    UnsupportedAlgorithm,
    /// A critical extension that the program does not know (RFC 5280, 4.2).
    CriticalExtension,
    /// A CA does not mark its basicConstraints as critical (RFC 5280, 4.2.1.9).
    BasicConstraintsNotCritical,
    /// A program cannot read a certificate.
    Unparsable,
    /// A certificate was revoked, or nobody could be asked whether it was.
    Revoked,
    /// Something that only a strict reading of RFC 5280 refuses.
    StrictProfile,
    /// The program derives its own root pool, and ends up with the wrong one (`docs/background/openziti.md`).
    NaivePool,
}

impl Fault {
    /// The stable name; where the answer knows the fault as a cause, it is the name of the cause.
    pub fn code(self) -> &'static str {
        match self {
            Fault::IssuerAbsent => "issuer-absent",
            Fault::MissingIntermediate => "missing-intermediate",
            Fault::SameNameOtherKey => "same-name-other-key",
            Fault::UntrustedRoot => "untrusted-root",
            Fault::SelfSigned => "self-signed",
            Fault::LeafNamedAsIssuer => "leaf-named-as-issuer",
            Fault::AnchorNotSelfSigned => "anchor-not-self-signed",
            Fault::EmptyStore => "empty-store",
            Fault::UnloadableFile => "unloadable-file",
            Fault::NotACa => "not-a-ca",
            Fault::CaAsEndEntity => "ca-as-end-entity",
            Fault::KeyUsage => "key-usage",
            Fault::ExtendedKeyUsage => "extended-key-usage",
            Fault::Expired => "expired",
            Fault::NotYetValid => "not-yet-valid",
            Fault::ExpiredDuplicate => "expired-duplicate",
            Fault::AmbiguousStore => "ambiguous-store",
            Fault::AmbiguousChain => "ambiguous-chain",
            Fault::PathLength => "path-length",
            Fault::ChainTooLong => "chain-too-long",
            Fault::NameConstraints => "name-constraints",
            Fault::NameEncoding => "name-encoding",
            Fault::KeyIdMismatch => "key-id-mismatch",
            Fault::AuthoritySerialMismatch => "authority-serial-mismatch",
            Fault::KeyIdsAbsent => "key-ids-absent",
            Fault::EndEntityTrusted => "end-entity-trusted",
            Fault::KeyMismatch => "key-mismatch",
            Fault::LeafNotFirst => "leaf-not-first",
            Fault::WrongOrder => "wrong-order",
            Fault::CertificateWithheld => "certificate-withheld",
            Fault::HeaderEncoding => "header-encoding",
            Fault::HostName => "host-name",
            Fault::BadSignature => "bad-signature",
            Fault::WeakSignature => "weak-signature",
            Fault::WeakKey => "weak-key",
            Fault::UnsupportedAlgorithm => "unsupported-algorithm",
            Fault::CriticalExtension => "critical-extension",
            Fault::BasicConstraintsNotCritical => "basic-constraints-not-critical",
            Fault::Unparsable => "unparsable-certificate",
            Fault::Revoked => "revoked",
            Fault::StrictProfile => "strict-profile",
            Fault::NaivePool => "naive-pool",
        }
    }
}
