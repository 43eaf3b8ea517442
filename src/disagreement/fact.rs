//! What may divide engines: the kinds of fact, their codes and their sentences.

use crate::certificate::{CertId, Part};
use crate::oid::Oid;

/// One fact of a question that could be otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What kind of fact it is.
    pub kind: Kind,
    /// The certificates that it is about, the one concerned first.
    pub certificates: Vec<CertId>,
    /// The extension that it is about, where the kind alone does not say.
    pub extension: Option<Oid>,
}

/// Where a certificate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the trust store.
    Anchor,
    /// Sent along, between leaf and anchor.
    Intermediate,
    /// The certificate in question.
    Leaf,
}

/// Why a candidate leads nowhere beside another, the plainest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// Its validity has ended.
    Expired,
    /// Its validity has not begun.
    NotYetValid,
    /// Its key did not sign what stands below.
    OtherKey,
    /// It has the name and the key of the other, and was made before.
    Older,
    /// Something above it, or something that it says.
    Other,
}

/// Which of two certificates lacks a key identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The subject does not give its issuer's (RFC 5280, 4.2.1.1).
    Subject,
    /// The issuer does not give its own (RFC 5280, 4.2.1.2).
    Issuer,
    /// Neither gives any.
    Both,
}

/// What a certificate says wrongly of its issuer's certificate (RFC 5280, 4.2.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// Who issued it (authorityCertIssuer).
    Issuer,
    /// Its serial number (authorityCertSerialNumber).
    Serial,
    /// Both: it is another certificate altogether.
    Both,
}

/// What an end entity's key may be wanted for in TLS (RFC 5280, 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Usage {
    /// To sign the handshake (RFC 8446, 4.4.3).
    DigitalSignature,
    /// To decrypt a secret before TLS 1.3, with RSA (RFC 5246, 7.4.2).
    KeyEncipherment,
    /// The one or the other.
    Both,
}

/// What is wrong with a serial number (RFC 5280, 4.1.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SerialFlaw {
    /// It is below zero.
    Negative,
    /// It is zero.
    Zero,
    /// It has more than 20 octets.
    Long,
    /// It is not written as an integer is in DER (X.690, 8.3).
    Encoding,
}

/// What may divide engines, in order of preference: what explains a difference best comes first.
///
/// A candidate that leads nowhere comes before the reason why it leads nowhere, because it need not be there at all.
/// What a certificate says follows, the plainest first; last is what the question says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Several certificates may stand in one place, and this one leads nowhere. Some programs take the first that fits
    /// and do not go back (RFC 4158, 2.4.2, wants them to; `docs/background/verifiers.md`, section 1, "no
    /// backtracking"). The second certificate is the best of the others.
    DeadEndFirst(Flaw),
    /// The first certificate sent is the CA; the one that should come first stands behind it (RFC 8446, 4.4.2).
    LeafNotFirst,
    /// What is trusted was not signed by its own key: mostly another CA issued it (`docs/background/verifiers.md`,
    /// section 1, first column).
    AnchorNotSelfSigned,
    /// Its validity has ended (RFC 5280, 4.1.2.5); of anchors, 6.1.1 (d) asks nothing.
    Expired(Place),
    /// Its validity has not begun (the same).
    NotYetValid(Place),
    /// Names that agree only once case, spaces or string types are folded (RFC 5280, 7.1).
    NamesFolded,
    /// The key identifier that the subject gives is not the issuer's (RFC 5280, 4.2.1.1).
    KeyIdMismatch,
    /// Issuer or serial number in the authority key identifier is that of another certificate (RFC 5280, 4.2.1.1).
    AuthoritySerialMismatch(Reference),
    /// Subject or issuer gives no key identifier, though its version of the format has a place for it (RFC 5280, 4.2.1.1
    /// and 4.2.1.2). What is there and wrong is not absent.
    KeyIdsAbsent(Gap),
    /// No key that may have signed it did: it was changed or damaged since (RFC 5280, 6.1.3 (a) (1)). Of anchors nobody
    /// checks the signature, but a program that goes on past one does.
    SignatureWrong,
    /// An issuer says that it is no CA (RFC 5280, 4.2.1.9).
    NotACa,
    /// An issuer does not say whether it is a CA (RFC 5280, 4.2.1.9).
    BasicConstraintsAbsent,
    /// An issuer of version 1 or 2, which can say nothing (RFC 5280, 6.1.4 (k)).
    OldVersion,
    /// An issuer whose key usage leaves out the signing of certificates (RFC 5280, 4.2.1.3).
    NoCertSign,
    /// A CA without key usage (RFC 5280, 4.2.1.3).
    KeyUsageAbsent,
    /// A CA whose basicConstraints are not critical (RFC 5280, 4.2.1.9).
    BasicConstraintsNotCritical,
    /// A limit on how many CAs may follow (RFC 5280, 4.2.1.9).
    PathLength,
    /// A limit on the names below (RFC 5280, 4.2.1.10).
    NameConstraints,
    /// A CA that is restricted to purposes (RFC 5280, 4.2.1.12, knows this for end entities only).
    CaPurposes,
    /// The leaf's purposes do not contain the one asked for (RFC 5280, 4.2.1.12).
    LeafPurposes,
    /// The leaf is a CA (RFC 5280, 4.2.1.9).
    LeafIsCa,
    /// The leaf's key usage leaves something out (RFC 5280, 4.2.1.3).
    LeafKeyUsage(Usage),
    /// A leaf that is no CA and whose key may sign certificates (RFC 5280, 4.2.1.9).
    LeafCertSign,
    /// A leaf of version 1 or 2, which some programs do not read (RFC 5280, 4.1.2.1).
    LeafOldVersion,
    /// The leaf bears the name of its issuer, so it looks self-signed, but another key signed it (RFC 5280, 3.2,
    /// self-issued).
    LeafNamedAsIssuer,
    /// An RSA key of less than 2,048 bits (NIST SP 800-131A, 3).
    WeakKey,
    /// A key of a type that not every program knows (RFC 3279, 2.3; RFC 8410).
    UnusualKey,
    /// Signed with SHA-1 or older (NIST SP 800-131A, 9).
    WeakSignature,
    /// Signed with an algorithm that not every program knows (RFC 3279, 2.2; RFC 4055).
    UnusualSignature,
    /// The two places that name the signature's algorithm differ (RFC 5280, 4.1.1.2).
    AlgorithmsDiffer,
    /// A critical extension, which a program must know (RFC 5280, 4.2), or one that must not be critical.
    CriticalExtension,
    /// An extension that no other kind is about.
    OtherExtension,
    /// A serial number that is not positive, too long or badly written (RFC 5280, 4.1.2.2).
    SerialNumber(SerialFlaw),
    /// A certificate that a program cannot read, which no other kind explains. What makes the program read it is that
    /// this part is written as RFC 5280, 4.1 wants it; the certificate has to be left out where that is no part's doing.
    UnparsableCertificate(Option<Part>),
    /// What was sent along does not stand in issuing order (RFC 8446, 4.4.2).
    PresentedOrder,
    /// The leaf itself is trusted though it is no CA (RFC 5280, 6.1, has no path of none).
    LeafTrusted,
    /// The name of the host (RFC 6125).
    HostName,
    /// The purpose asked for (RFC 5280, 4.2.1.12).
    Purpose,
}

impl Kind {
    /// The kind as the order of preference knows it: why a candidate is a dead end, or on which side a key identifier is
    /// missing or wrong, makes no explanation better.
    pub(super) fn preference(self) -> Kind {
        match self {
            Kind::DeadEndFirst(_) => Kind::DeadEndFirst(Flaw::Other),
            Kind::AuthoritySerialMismatch(_) => Kind::AuthoritySerialMismatch(Reference::Both),
            Kind::KeyIdsAbsent(_) => Kind::KeyIdsAbsent(Gap::Both),
            other => other,
        }
    }

    /// A stable name.
    pub fn code(self) -> &'static str {
        match self {
            Kind::DeadEndFirst(_) => "dead-end-first",
            Kind::LeafNotFirst => "leaf-not-first",
            Kind::AnchorNotSelfSigned => "anchor-not-self-signed",
            Kind::Expired(Place::Anchor) => "anchor-expired",
            Kind::Expired(Place::Intermediate) => "intermediate-expired",
            Kind::Expired(Place::Leaf) => "leaf-expired",
            Kind::NotYetValid(Place::Anchor) => "anchor-not-yet-valid",
            Kind::NotYetValid(Place::Intermediate) => "intermediate-not-yet-valid",
            Kind::NotYetValid(Place::Leaf) => "leaf-not-yet-valid",
            Kind::NamesFolded => "names-equal-after-folding",
            Kind::KeyIdMismatch => "key-id-mismatch",
            Kind::AuthoritySerialMismatch(_) => "authority-serial-mismatch",
            Kind::KeyIdsAbsent(_) => "key-ids-absent",
            Kind::SignatureWrong => "signature-wrong",
            Kind::NotACa => "not-a-ca",
            Kind::BasicConstraintsAbsent => "basic-constraints-absent",
            Kind::OldVersion => "old-version",
            Kind::NoCertSign => "no-cert-sign",
            Kind::KeyUsageAbsent => "key-usage-absent",
            Kind::BasicConstraintsNotCritical => "basic-constraints-not-critical",
            Kind::PathLength => "path-length",
            Kind::NameConstraints => "name-constraints",
            Kind::CaPurposes => "ca-purposes",
            Kind::LeafPurposes => "leaf-purposes",
            Kind::LeafIsCa => "leaf-is-ca",
            Kind::LeafKeyUsage(_) => "leaf-key-usage",
            Kind::LeafCertSign => "leaf-cert-sign",
            Kind::LeafOldVersion => "leaf-old-version",
            Kind::LeafNamedAsIssuer => "leaf-named-as-issuer",
            Kind::WeakKey => "weak-key",
            Kind::UnusualKey => "unusual-key",
            Kind::WeakSignature => "weak-signature",
            Kind::UnusualSignature => "unusual-signature",
            Kind::AlgorithmsDiffer => "algorithms-differ",
            Kind::CriticalExtension => "critical-extension",
            Kind::OtherExtension => "other-extension",
            Kind::SerialNumber(_) => "serial-number",
            Kind::UnparsableCertificate(_) => "unparsable-certificate",
            Kind::PresentedOrder => "presented-order",
            Kind::LeafTrusted => "leaf-trusted",
            Kind::HostName => "host-name",
            Kind::Purpose => "purpose",
        }
    }
}

impl Fact {
    /// One sentence for someone who knows no X.509; `name` says what to call a certificate.
    pub fn sentence(&self, name: &dyn Fn(CertId) -> String) -> String {
        let is_alone = self.certificates.len() == 1;
        let template = self.kind.template_alone().filter(|_| is_alone).unwrap_or(self.kind.template());
        let mut pieces = template.split('{');
        let mut sentence = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (mark, text) = piece.split_once('}').unwrap_or_default();
            sentence.push_str(&self.value(mark, name));
            sentence.push_str(text);
        }
        sentence
    }

    /// The certificate that is no longer there once the fact is undone.
    pub(super) fn takes_away(&self) -> Option<CertId> {
        match self.kind {
            Kind::DeadEndFirst(_) | Kind::UnparsableCertificate(None) => self.certificates.first().copied(),
            _ => None,
        }
    }

    /// What stands for a mark of a template.
    fn value(&self, mark: &str, name: &dyn Fn(CertId) -> String) -> String {
        let mut ids = self.certificates.iter();
        match mark {
            "0" => ids.next().map(|id| name(*id)).unwrap_or_default(),
            "1" => ids.nth(1).map(|id| name(*id)).unwrap_or_default(),
            "all" => ids.map(|id| name(*id)).collect::<Vec<_>>().join(" and "),
            _ => self.extension.as_ref().map(Oid::to_string).unwrap_or_default(),
        }
    }
}

impl Kind {
    /// The sentence where a certificate and its issuer are one and the same.
    fn template_alone(self) -> Option<&'static str> {
        match self {
            Kind::NamesFolded => Some(
                "{0} writes its own name in two ways that differ in upper and lower case, in spaces or in how the letters \
                 are stored, so that not every program sees that it signed itself.",
            ),
            Kind::KeyIdMismatch => Some(
                "{0} gives two different numbers for its own key (key identifiers), so that not every program sees that it \
                 signed itself.",
            ),
            Kind::AuthoritySerialMismatch(_) => Some(
                "{0} bears its issuer's name but names another certificate by serial number as its issuer's, so that not \
                 every program sees that it signed itself.",
            ),
            Kind::KeyIdsAbsent(_) => Some(
                "{0} says neither by number which key it holds nor which key signed it (key identifiers); some programs \
                 insist on these numbers or choose wrongly without them.",
            ),
            _ => None,
        }
    }

    /// The sentence, with `{0}` and `{1}` for the certificates, `{all}` for all of them, `{oid}` for the extension.
    fn template(self) -> &'static str {
        match self {
            Kind::DeadEndFirst(flaw) => flaw.template(),
            Kind::LeafNotFirst => {
                "The file begins with {0}, which is a certificate authority, so {0} is what gets judged; the certificate \
                 that was meant, {1}, stands behind it."
            }
            Kind::AnchorNotSelfSigned => {
                "{0} is trusted, but it is not a root: its own key did not sign it, and the programs that reject trust only \
                 what signed itself."
            }
            Kind::Expired(Place::Anchor) => {
                "The trusted certificate {0} has expired, and not every program looks at the dates of what it trusts."
            }
            Kind::Expired(Place::Intermediate) => "The intermediate certificate {0} has expired.",
            Kind::Expired(Place::Leaf) => "The certificate in question, {0}, has expired.",
            Kind::NotYetValid(Place::Anchor) => {
                "The trusted certificate {0} is not valid yet, and not every program looks at the dates of what it trusts."
            }
            Kind::NotYetValid(Place::Intermediate) => "The intermediate certificate {0} is not valid yet.",
            Kind::NotYetValid(Place::Leaf) => "The certificate in question, {0}, is not valid yet.",
            Kind::NamesFolded => {
                "{0} names its issuer almost as {1} is called: the two differ in upper and lower case, in spaces or in how \
                 the letters are stored, and the programs that reject compare them byte for byte."
            }
            Kind::KeyIdMismatch => {
                "{0} says which key signed it, and the number it gives is not the one that {1} gives for its own key, \
                 though that key did sign it; some programs believe the number, others try the key."
            }
            Kind::AuthoritySerialMismatch(reference) => reference.template(),
            Kind::KeyIdsAbsent(gap) => gap.template(),
            Kind::SignatureWrong => {
                "The signature on {0} does not fit the key of {1}: {0} was changed or damaged since it was signed, and not \
                 every program checks that signature."
            }
            Kind::NotACa => {
                "{0} issued a certificate though it says of itself that it is no certificate authority (CA:FALSE)."
            }
            Kind::BasicConstraintsAbsent => {
                "{0} issued a certificate but does not say that it is a certificate authority (it has no \
                 basicConstraints)."
            }
            Kind::OldVersion => {
                "{0} is not written in version 3 of the format (X.509), so it cannot say that it is a certificate authority."
            }
            Kind::NoCertSign => {
                "The key of {0} may not be used to sign certificates, as its own key usage says (no keyCertSign)."
            }
            Kind::KeyUsageAbsent => {
                "{0} is a certificate authority that does not say what its key may be used for (it has no keyUsage), \
                 which strict programs demand."
            }
            Kind::BasicConstraintsNotCritical => {
                "{0} is a certificate authority but does not mark that statement as critical, which strict programs demand."
            }
            Kind::PathLength => {
                "{0} limits how many certificate authorities may follow below it (its path length), and not every program \
                 keeps to the limit."
            }
            Kind::NameConstraints => {
                "{0} limits the names that certificates below it may bear (name constraints), and not every program \
                 keeps to the limit in the same way."
            }
            Kind::CaPurposes => {
                "{0}, a certificate authority, is limited to certain purposes (extended key usage), and not every program \
                 applies such a limit to what stands below."
            }
            Kind::LeafPurposes => "{0} is not made for the purpose asked for (extended key usage).",
            Kind::LeafIsCa => {
                "{0}, the certificate in question, is itself a certificate authority, which some programs refuse as a \
                 server's or client's own certificate."
            }
            Kind::LeafKeyUsage(Usage::DigitalSignature) => {
                "The key of {0} may not be used to sign a connection (its key usage leaves out digitalSignature)."
            }
            Kind::LeafKeyUsage(Usage::KeyEncipherment) => {
                "The key of {0} is an RSA key and may not be used to decrypt (its key usage leaves out keyEncipherment), \
                 which some programs ask of a server."
            }
            Kind::LeafKeyUsage(Usage::Both) => {
                "The key of {0} may be used neither to sign a connection nor to decrypt (its key usage leaves out \
                 digitalSignature and keyEncipherment)."
            }
            Kind::LeafCertSign => {
                "The key of {0} may be used to sign certificates (its key usage has keyCertSign) though {0} is no \
                 certificate authority, which strict programs refuse."
            }
            Kind::LeafOldVersion => {
                "{0} is not written in version 3 of the format (X.509), and some programs do not read other versions."
            }
            Kind::LeafNamedAsIssuer => {
                "{0} bears the same name as the authority that issued it, so some programs take it for a certificate that \
                 signed itself."
            }
            Kind::WeakKey => "An RSA key of less than 2,048 bits, which some programs find too weak, belongs to {all}.",
            Kind::UnusualKey => "A key of a type that not every program knows belongs to {all}.",
            Kind::WeakSignature => {
                "An outdated algorithm (SHA-1 or older), which some programs refuse, was used to sign {all}."
            }
            Kind::UnusualSignature => "{0} is signed with an algorithm that not every program knows.",
            Kind::AlgorithmsDiffer => {
                "{0} names the algorithm of its signature twice, and the two differ, which some programs refuse."
            }
            Kind::CriticalExtension => {
                "{0} holds a part marked as critical (extension {oid}); a program that does not expect that must refuse."
            }
            Kind::OtherExtension => "{0} holds a part (extension {oid}) that programs read differently.",
            Kind::SerialNumber(flaw) => flaw.template(),
            Kind::UnparsableCertificate(part) => template_of_part(part),
            Kind::PresentedOrder => {
                "The certificates were sent in the wrong order, beginning with {0}, and the programs that reject only look \
                 further down the list for the next issuer."
            }
            Kind::LeafTrusted => {
                "{0} itself is in the trust store, and the programs differ in whether a certificate can be trusted without \
                 an authority above it."
            }
            Kind::HostName => "The programs differ in whether {0} is valid for the name of the host.",
            Kind::Purpose => "The programs differ in whether {0} may be used for the purpose asked for.",
        }
    }
}

impl Flaw {
    fn template(self) -> &'static str {
        match self {
            Flaw::Expired => {
                "{0} and {1} fit in the same place: the programs that reject take {0}, which has expired, and do not go \
                 back to try {1}."
            }
            Flaw::NotYetValid => {
                "{0} and {1} fit in the same place: the programs that reject take {0}, which is not valid yet, and do not \
                 go back to try {1}."
            }
            Flaw::OtherKey => {
                "{0} and {1} fit in the same place: the programs that reject take {0}, whose key is the wrong one, and do \
                 not go back to try {1}."
            }
            Flaw::Older => {
                "{0} and {1} have the same name and the same key: the programs that reject take {0}, which is older, and \
                 do not go back to try {1}."
            }
            Flaw::Other => {
                "{0} and {1} fit in the same place: the programs that reject take {0} first, find that it leads nowhere, \
                 and do not go back to try {1}."
            }
        }
    }
}

impl Gap {
    fn template(self) -> &'static str {
        match self {
            Gap::Subject => {
                "{0} does not give the number of the key that signed it, that of {1} (it has no authority key identifier); \
                 some programs insist on that number or choose wrongly without it."
            }
            Gap::Issuer => {
                "{1}, which signed {0}, does not give the number of its own key (it has no subject key identifier); some \
                 programs insist on that number or choose wrongly without it."
            }
            Gap::Both => {
                "Between {0} and {1} the numbers are missing that tell which key signed what (key identifiers); some \
                 programs insist on them or choose wrongly without them."
            }
        }
    }
}

impl Reference {
    fn template(self) -> &'static str {
        match self {
            Reference::Issuer => {
                "{0} says by whom the certificate of its issuer was issued (authority key identifier), and {1} was issued \
                 by someone else; programs that compare the two do not take {1} for the issuer."
            }
            Reference::Serial => {
                "{0} names its issuer's certificate by serial number, and {1} has another number: perhaps it was renewed \
                 since; not every program compares the numbers."
            }
            Reference::Both => {
                "{0} names another certificate than {1} as its issuer's, by issuer and serial number (authority key \
                 identifier); programs that compare them do not take {1} for the issuer."
            }
        }
    }
}

impl SerialFlaw {
    fn template(self) -> &'static str {
        match self {
            SerialFlaw::Negative => {
                "The serial number of {0} is negative, and some programs do not read such a certificate."
            }
            SerialFlaw::Zero => "The serial number of {0} is zero, which some programs refuse.",
            SerialFlaw::Long => {
                "The serial number of {0} is longer than 20 bytes, and some programs do not read such a certificate."
            }
            SerialFlaw::Encoding => {
                "The serial number of {0} is not written as the format (DER) wants a number, and some programs do not read \
                 such a certificate."
            }
        }
    }
}

/// What cannot be read, by the part that is to blame.
fn template_of_part(part: Option<Part>) -> &'static str {
    match part {
        None => "Not every program can read {0}.",
        Some(Part::Frame) => {
            "Not every program can read {0}: it is not written in the strict form of the format (DER)."
        }
        Some(Part::Version) => "Not every program can read {0}: it says which version it is in an unusual way.",
        Some(Part::SerialNumber) => "Not every program can read {0}: its serial number is written in an unusual way.",
        Some(Part::SignatureAlgorithm) => {
            "Not every program can read {0}: it names the algorithm of its signature in an unusual way."
        }
        Some(Part::Issuer) => {
            "Not every program can read {0}: the name of its issuer holds characters or a kind of text that the format does \
             not allow."
        }
        Some(Part::Subject) => {
            "Not every program can read {0}: its name holds characters or a kind of text that the format does not allow."
        }
        Some(Part::Validity) => {
            "Not every program can read {0}: its dates are written in a form that the format does not allow."
        }
        Some(Part::PublicKey) => "Not every program can read {0}: its key is written in an unusual way.",
        Some(Part::Extensions) => {
            "Not every program can read {0}: a part of it (extension {oid}) is written in a way that the format does not allow."
        }
        Some(Part::Signature) => "Not every program can read {0}: its signature is written in an unusual way.",
    }
}
