//! rustls and rustls-webpki: reqwest, hyper, Quinn, linkerd, Deno.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Lead, Message};
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family = Family { speaker: Speaker::Rustls, leads: &[LEADS], messages: &[MESSAGES] };

const LEADS: &[Lead] =
    &[Lead::plain("invalid peer certificate: "), Lead::plain("InvalidCertificate("), Lead::plain("Other(OtherError(")];

const SOURCE: &str = "rustls/src/error.rs, CertificateError and AlertDescription::from; \
        webpki/verify/mod.rs, pki_error";

/// The names of rustls with what is in front of them, and those that rustls-webpki writes.
const MESSAGES: &[Message] = &[
    Message::refusal(
        &["UnknownIssuer"],
        &[
            Fault::IssuerAbsent,
            Fault::MissingIntermediate,
            Fault::NameEncoding,
            Fault::SelfSigned,
            Fault::EndEntityTrusted,
            Fault::UntrustedRoot,
            Fault::UnloadableFile,
            Fault::EmptyStore,
        ],
        SOURCE,
    )
    .excluding(&[Fault::SameNameOtherKey])
    .sends(Alert::UnknownCa),
    Message::refusal(
        &["BadSignature", "InvalidSignatureForPublicKey"],
        &[Fault::SameNameOtherKey, Fault::BadSignature],
        SOURCE,
    )
    .excluding(&[Fault::IssuerAbsent])
    .sends(Alert::DecryptError),
    Message::refusal(
        &[
            "certificate expired: verification time {at} (UNIX), but certificate is not valid after {bound}",
            "certificate expired",
            "CertExpired",
            "ExpiredContext",
            "Expired)",
        ],
        &[Fault::Expired, Fault::ExpiredDuplicate],
        SOURCE,
    )
    .sends(Alert::CertificateExpired),
    Message::refusal(
        &[
            "certificate not valid yet: verification time {at} (UNIX), but certificate is not valid \
        before {bound}",
            "certificate not valid yet",
            "CertNotValidYet",
            "NotValidYetContext",
            "NotValidYet)",
        ],
        &[Fault::NotYetValid],
        SOURCE,
    )
    .sends(Alert::CertificateExpired),
    Message::refusal(&["CaUsedAsEndEntity"], &[Fault::CaAsEndEntity, Fault::LeafNotFirst, Fault::SelfSigned], SOURCE)
        .sends(Alert::CertificateUnknown),
    Message::refusal(&["EndEntityUsedAsCa"], &[Fault::NotACa], SOURCE).sends(Alert::CertificateUnknown),
    Message::refusal(&["NameConstraintViolation"], &[Fault::NameConstraints], SOURCE).sends(Alert::CertificateUnknown),
    Message::refusal(&["PathLenConstraintViolated"], &[Fault::PathLength], SOURCE).sends(Alert::CertificateUnknown),
    Message::refusal(
        &[
            "certificate does not allow extended key usage for",
            "InvalidPurposeContext",
            "InvalidPurpose",
            "RequiredEkuNotFoundContext",
            "RequiredEkuNotFound",
            "EmptyEkuExtension",
        ],
        &[Fault::ExtendedKeyUsage],
        SOURCE,
    )
    .sends(Alert::UnsupportedCertificate),
    Message::refusal(
        &[
            "certificate not valid for name \"{host}\"",
            "certificate not valid for name",
            "NotValidForNameContext",
            "NotValidForName",
            "CertNotValidForName",
        ],
        &[Fault::HostName],
        SOURCE,
    )
    .about(Side::Server)
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["UnhandledCriticalExtension", "UnsupportedCriticalExtension"],
        &[Fault::CriticalExtension],
        SOURCE,
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &[
            "UnsupportedSignatureAlgorithmContext",
            "UnsupportedSignatureAlgorithmForPublicKeyContext",
            "UnsupportedSignatureAlgorithm",
            "UnsupportedSignatureAlgorithmForPublicKey",
        ],
        &[Fault::WeakSignature, Fault::UnsupportedAlgorithm, Fault::WeakKey],
        SOURCE,
    )
    .sends(Alert::CertificateUnknown),
    Message::refusal(
        &[
            "UnsupportedCertVersion",
            "BadEncoding",
            "BadDer",
            "BadDerTime",
            "TrailingData",
            "ExtensionValueInvalid",
            "InvalidSerialNumber",
        ],
        &[Fault::Unparsable],
        SOURCE,
    )
    .sends(Alert::BadCertificate),
    Message::refusal(&["MaximumPathDepthExceeded"], &[Fault::ChainTooLong], SOURCE).sends(Alert::CertificateUnknown),
    Message::refusal(&["invalid peer certificate: Revoked", "InvalidCertificate(Revoked)"], &[Fault::Revoked], SOURCE)
        .or(Elsewhere::RevocationService)
        .sends(Alert::CertificateRevoked),
    Message::refusal(
        &["peer sent no certificates", "NoCertificatesPresented"],
        &[Fault::CertificateWithheld],
        "rustls/src/error.rs, Error::NoCertificatesPresented",
    )
    .about(Side::Client)
    .excluding(&[Fault::SameNameOtherKey])
    .sends(Alert::CertificateRequired),
    Message::refusal(
        &["no root trust anchors were provided", "NoRootAnchors"],
        &[Fault::EmptyStore, Fault::UnloadableFile],
        "rustls/src/webpki/mod.rs, VerifierBuilderError",
    ),
    Message::received(
        &["received fatal alert: UnknownCA", "AlertReceived(UnknownCA)"],
        Alert::UnknownCa,
        "rustls/src/error.rs, Error::AlertReceived",
    ),
    Message::received(
        &["received fatal alert: BadCertificate", "AlertReceived(BadCertificate)"],
        Alert::BadCertificate,
        "rustls/src/error.rs, Error::AlertReceived",
    ),
    Message::received(
        &["received fatal alert: DecryptError", "AlertReceived(DecryptError)"],
        Alert::DecryptError,
        "rustls/src/error.rs, Error::AlertReceived",
    ),
    Message::received(
        &["received fatal alert: CertificateExpired", "AlertReceived(CertificateExpired)"],
        Alert::CertificateExpired,
        "rustls/src/error.rs, Error::AlertReceived",
    ),
    Message::received(
        &["received fatal alert: CertificateRequired", "AlertReceived(CertificateRequired)"],
        Alert::CertificateRequired,
        "rustls/src/error.rs, Error::AlertReceived",
    )
    .about(Side::Client),
    Message::received(
        &["received fatal alert: CertificateUnknown", "AlertReceived(CertificateUnknown)"],
        Alert::CertificateUnknown,
        "rustls/src/error.rs, Error::AlertReceived",
    ),
    Message::received(
        &["received fatal alert: UnsupportedCertificate", "AlertReceived(UnsupportedCertificate)"],
        Alert::UnsupportedCertificate,
        "rustls/src/error.rs, Error::AlertReceived",
    ),
    Message::loading(
        &["KeyMismatch", "keys may not be consistent"],
        &[Fault::KeyMismatch, Fault::LeafNotFirst],
        "rustls/src/error.rs, InconsistentKeys::KeyMismatch",
    ),
    Message::beside(
        &["received corrupt message of type InvalidContentType", "InvalidMessage(InvalidContentType)"],
        Layer::Handshake,
        Elsewhere::NotTls,
        "rustls/src/error.rs, InvalidMessage::InvalidContentType",
    ),
    Message::beside(
        &["peer is incompatible: ", "received fatal alert: HandshakeFailure", "AlertReceived(HandshakeFailure)"],
        Layer::Handshake,
        Elsewhere::Algorithms,
        "rustls/src/error.rs, PeerIncompatible",
    ),
    Message::beside(
        &["received fatal alert: ProtocolVersion", "AlertReceived(ProtocolVersion)"],
        Layer::Handshake,
        Elsewhere::ProtocolVersion,
        "rustls/src/error.rs, Error::AlertReceived",
    ),
    Message::beside(
        &[
            "received fatal alert: UnrecognisedName",
            "received fatal alert: UnrecognizedName",
            "AlertReceived(UnrecognisedName)",
        ],
        Layer::Handshake,
        Elsewhere::ServerName,
        "rustls/src/error.rs, Error::AlertReceived",
    ),
    Message::beside(
        &["tls handshake eof", "peer closed connection without sending TLS close_notify"],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "tokio-rustls; rustls/src/conn.rs",
    ),
];
