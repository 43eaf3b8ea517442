//! Node.js: OpenSSL's errors by name, and what its own checks say.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::openssl::ISSUER;
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family = Family { speaker: Speaker::Node, leads: &[], messages: &[MESSAGES] };

const SOURCE: &str = "src/crypto/crypto_common.cc, X509ErrorCode";
const ALERTS: &str = "src/crypto/crypto_util.cc, Decorate; ssl/ssl_err.c";

const MESSAGES: &[Message] = &[
    Message::refusal(&["UNABLE_TO_VERIFY_LEAF_SIGNATURE"], ISSUER, SOURCE).sends(Alert::UnknownCa),
    Message::refusal(&["UNABLE_TO_GET_ISSUER_CERT_LOCALLY"], ISSUER, SOURCE).sends(Alert::UnknownCa),
    Message::refusal(
        &["UNABLE_TO_GET_ISSUER_CERT"],
        &[Fault::AnchorNotSelfSigned, Fault::MissingIntermediate, Fault::UntrustedRoot],
        SOURCE,
    )
    .sends(Alert::UnknownCa),
    Message::refusal(&["DEPTH_ZERO_SELF_SIGNED_CERT"], &[Fault::SelfSigned, Fault::LeafNamedAsIssuer], SOURCE)
        .sends(Alert::UnknownCa),
    Message::refusal(
        &["SELF_SIGNED_CERT_IN_CHAIN"],
        &[Fault::UntrustedRoot, Fault::SameNameOtherKey, Fault::UnloadableFile],
        SOURCE,
    )
    .excluding(&[Fault::MissingIntermediate])
    .sends(Alert::UnknownCa),
    Message::refusal(&["CERT_SIGNATURE_FAILURE"], &[Fault::SameNameOtherKey, Fault::BadSignature], SOURCE)
        .excluding(&[Fault::IssuerAbsent])
        .sends(Alert::DecryptError),
    Message::refusal(&["CERT_HAS_EXPIRED"], &[Fault::Expired, Fault::ExpiredDuplicate], SOURCE)
        .sends(Alert::CertificateExpired),
    Message::refusal(&["CERT_NOT_YET_VALID"], &[Fault::NotYetValid], SOURCE).sends(Alert::BadCertificate),
    Message::refusal(
        &["INVALID_PURPOSE"],
        &[Fault::ExtendedKeyUsage, Fault::NotACa, Fault::CaAsEndEntity, Fault::LeafNotFirst, Fault::KeyUsage],
        SOURCE,
    )
    .sends(Alert::UnsupportedCertificate),
    Message::refusal(&["PATH_LENGTH_EXCEEDED"], &[Fault::PathLength], SOURCE).sends(Alert::UnknownCa),
    Message::refusal(&["CERT_CHAIN_TOO_LONG"], &[Fault::ChainTooLong], SOURCE).sends(Alert::UnknownCa),
    Message::refusal(&["INVALID_CA"], &[Fault::NotACa, Fault::KeyUsage], SOURCE).sends(Alert::UnknownCa),
    Message::refusal(&["HOSTNAME_MISMATCH"], &[Fault::HostName], SOURCE).about(Side::Server),
    Message::refusal(&["CERT_REVOKED"], &[Fault::Revoked], SOURCE).or(Elsewhere::RevocationService),
    Message::refusal(
        &["UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY", "ERROR_IN_CERT_NOT_BEFORE_FIELD", "ERROR_IN_CERT_NOT_AFTER_FIELD"],
        &[Fault::Unparsable],
        SOURCE,
    ),
    Message::refusal(
        &[
            "authorizationError: UNSPECIFIED",
            "authorizationError: 'UNSPECIFIED'",
            "code: 'UNSPECIFIED'",
            "UNSPECIFIED: ",
        ],
        &[
            Fault::KeyUsage,
            Fault::NotACa,
            Fault::NameConstraints,
            Fault::StrictProfile,
            Fault::WeakKey,
            Fault::WeakSignature,
        ],
        SOURCE,
    ),
    Message::refusal(
        &[
            "Hostname/IP does not match certificate's altnames: Host: {host}. is not in the cert's altnames",
            "Hostname/IP does not match certificate's altnames: IP: {host} is not in the cert's list",
            "Hostname/IP does not match certificate's altnames",
            "ERR_TLS_CERT_ALTNAME_INVALID",
        ],
        &[Fault::HostName],
        "lib/tls.js, checkServerIdentity",
    )
    .about(Side::Server),
    Message::loading(
        &["ERR_OSSL_X509_KEY_VALUES_MISMATCH", "ERR_OSSL_X509_KEY_TYPE_MISMATCH"],
        &[Fault::LeafNotFirst, Fault::KeyMismatch],
        "crypto/x509/x509_err.c; src/crypto/crypto_util.cc",
    ),
    Message::loading(
        &[
            "ERR_OSSL_PEM_NO_START_LINE",
            "ERR_OSSL_PEM_BAD_END_LINE",
            "ERR_OSSL_PEM_BAD_BASE64_DECODE",
            "Warning: Ignoring extra certs from",
        ],
        &[Fault::UnloadableFile],
        "crypto/pem/pem_err.c; src/crypto/crypto_context.cc, UseExtraCaCerts",
    )
    .or(Elsewhere::FileAccess),
    Message::beside(
        &["ERR_OSSL_EVP_BAD_DECRYPT", "ERR_OSSL_BAD_PASSWORD_READ"],
        Layer::Loading,
        Elsewhere::Password,
        "crypto/evp/evp_err.c",
    ),
    Message::beside(
        &["Client network socket disconnected before secure TLS connection was established"],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "lib/_tls_wrap.js, onConnectEnd",
    ),
    Message::beside(&["ERR_SSL_WRONG_VERSION_NUMBER"], Layer::Handshake, Elsewhere::NotTls, "ssl/ssl_err.c; libuv"),
    Message::beside(&["socket hang up", "ECONNRESET"], Layer::Network, Elsewhere::Reset, "lib/_http_client.js; libuv"),
    Message::beside(&["ECONNREFUSED"], Layer::Network, Elsewhere::Refused, "libuv, uv_strerror"),
    Message::beside(
        &["ENOTFOUND", "EAI_AGAIN"],
        Layer::Network,
        Elsewhere::NameResolution,
        "lib/internal/errors.js, DNSException",
    ),
    Message::beside(
        &["ETIMEDOUT", "ERR_SOCKET_CONNECTION_TIMEOUT"],
        Layer::Network,
        Elsewhere::Timeout,
        "libuv, uv_strerror",
    ),
    Message::beside(&["EHOSTUNREACH", "ENETUNREACH"], Layer::Network, Elsewhere::Unreachable, "libuv, uv_strerror"),
    Message::received(&["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"], Alert::UnknownCa, ALERTS),
    Message::received(&["ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR"], Alert::DecryptError, ALERTS),
    Message::received(
        &["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE"],
        Alert::BadCertificate,
        ALERTS,
    ),
    Message::received(&["ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE"], Alert::UnsupportedCertificate, ALERTS),
    Message::received(&["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED"], Alert::CertificateExpired, ALERTS),
    Message::received(&["ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN"], Alert::CertificateUnknown, ALERTS),
    Message::received(&["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"], Alert::CertificateRequired, ALERTS)
        .about(Side::Client),
    Message::beside(
        &["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "ERR_SSL_NO_SHARED_CIPHER"],
        Layer::Handshake,
        Elsewhere::Algorithms,
        ALERTS,
    ),
    Message::beside(
        &["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "ERR_SSL_UNSUPPORTED_PROTOCOL"],
        Layer::Handshake,
        Elsewhere::ProtocolVersion,
        ALERTS,
    ),
    Message::beside(&["ERR_SSL_TLSV1_UNRECOGNIZED_NAME"], Layer::Handshake, Elsewhere::ServerName, ALERTS),
];
