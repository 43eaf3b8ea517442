//! What OpenSSL, BoringSSL and LibreSSL say of the handshake, and the alerts they receive. Every program that is built on
//! one of them passes it on.

use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::message::{Layer, Message};
use super::speaker::Side;

const ALERTS: &str = "ssl/ssl_err.c, SSL_R_TLSV1_ALERT_…; ssl/ssl_stat.c";

pub(super) const MESSAGES: &[Message] = &[
    Message::received(
        &["tlsv1 alert unknown ca", "TLSV1_ALERT_UNKNOWN_CA", "SSL alert number 48", "sslv3 alert unknown ca"],
        Alert::UnknownCa,
        ALERTS,
    ),
    Message::received(
        &["tlsv1 alert decrypt error", "TLSV1_ALERT_DECRYPT_ERROR", "SSL alert number 51"],
        Alert::DecryptError,
        ALERTS,
    ),
    Message::received(
        &[
            "sslv3 alert bad certificate",
            "SSLV3_ALERT_BAD_CERTIFICATE",
            "tlsv1 alert bad certificate",
            "ssl/tls alert bad certificate",
            "SSL alert number 42",
        ],
        Alert::BadCertificate,
        ALERTS,
    ),
    Message::received(
        &[
            "sslv3 alert unsupported certificate",
            "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
            "ssl/tls alert unsupported certificate",
            "SSL alert number 43",
        ],
        Alert::UnsupportedCertificate,
        ALERTS,
    ),
    Message::received(
        &["sslv3 alert certificate revoked", "SSLV3_ALERT_CERTIFICATE_REVOKED", "SSL alert number 44"],
        Alert::CertificateRevoked,
        ALERTS,
    )
    .or(Elsewhere::RevocationService),
    Message::received(
        &[
            "sslv3 alert certificate expired",
            "SSLV3_ALERT_CERTIFICATE_EXPIRED",
            "ssl/tls alert certificate expired",
            "SSL alert number 45",
        ],
        Alert::CertificateExpired,
        ALERTS,
    ),
    Message::received(
        &[
            "sslv3 alert certificate unknown",
            "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
            "ssl/tls alert certificate unknown",
            "SSL alert number 46",
        ],
        Alert::CertificateUnknown,
        ALERTS,
    ),
    Message::received(
        &[
            "tlsv13 alert certificate required",
            "TLSV13_ALERT_CERTIFICATE_REQUIRED",
            "tlsv1 alert certificate required",
            "SSL alert number 116",
        ],
        Alert::CertificateRequired,
        ALERTS,
    )
    .about(Side::Client),
    Message::received(
        &["tlsv1 alert access denied", "TLSV1_ALERT_ACCESS_DENIED", "SSL alert number 49"],
        Alert::AccessDenied,
        ALERTS,
    )
    .or(Elsewhere::Authorization),
    Message::beside(
        &[
            "sslv3 alert handshake failure",
            "SSLV3_ALERT_HANDSHAKE_FAILURE",
            "ssl/tls alert handshake failure",
            "SSL alert number 40",
        ],
        Layer::Handshake,
        Elsewhere::Algorithms,
        ALERTS,
    ),
    Message::beside(
        &["tlsv1 unrecognized name", "TLSV1_UNRECOGNIZED_NAME", "SSL alert number 112"],
        Layer::Handshake,
        Elsewhere::ServerName,
        ALERTS,
    ),
    Message::beside(
        &["tlsv1 alert internal error", "TLSV1_ALERT_INTERNAL_ERROR", "SSL alert number 80"],
        Layer::Handshake,
        Elsewhere::PeerFault,
        ALERTS,
    ),
    Message::beside(
        &[
            "tlsv1 alert protocol version",
            "TLSV1_ALERT_PROTOCOL_VERSION",
            "SSL alert number 70",
            "SSL routines::unsupported protocol",
            "SSL routines:{function}:unsupported protocol",
            "UNSUPPORTED_PROTOCOL",
            "no protocols available",
            "NO_PROTOCOLS_AVAILABLE",
            "version too low",
        ],
        Layer::Handshake,
        Elsewhere::ProtocolVersion,
        "ssl/ssl_err.c, SSL_R_UNSUPPORTED_PROTOCOL",
    ),
    Message::beside(
        &[
            "no shared cipher",
            "NO_SHARED_CIPHER",
            "no suitable signature algorithm",
            "no cipher match",
            "tlsv1 alert insufficient security",
            "dh key too small",
            "DH_KEY_TOO_SMALL",
            "no cipher suites in common",
        ],
        Layer::Handshake,
        Elsewhere::Algorithms,
        "ssl/ssl_err.c, SSL_R_NO_SHARED_CIPHER",
    ),
    Message::beside(
        &[
            "wrong version number",
            "WRONG_VERSION_NUMBER",
            "packet length too long",
            "SSL routines::http request",
            "SSL routines:{function}:http request",
            "HTTP_REQUEST",
            "SSL routines:{function}:unknown protocol",
        ],
        Layer::Handshake,
        Elsewhere::NotTls,
        "ssl/ssl_err.c, SSL_R_WRONG_VERSION_NUMBER",
    ),
    Message::beside(
        &[
            "unexpected eof while reading",
            "UNEXPECTED_EOF_WHILE_READING",
            "EOF occurred in violation of protocol",
            "write:errno=104",
            "write:errno=54",
            "no peer certificate available",
            "SSL_ERROR_SYSCALL",
        ],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "ssl/ssl_err.c, SSL_R_UNEXPECTED_EOF_WHILE_READING; apps/s_client.c; _ssl.c",
    ),
    Message::beside(
        &[
            "decryption failed or bad record mac",
            "DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
            "bad record mac",
            "BAD_RECORD_MAC",
        ],
        Layer::Handshake,
        Elsewhere::Transport,
        "ssl/ssl_err.c, SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
    ),
    Message::beside(
        &["unsafe legacy renegotiation disabled", "UNSAFE_LEGACY_RENEGOTIATION_DISABLED"],
        Layer::Handshake,
        Elsewhere::ProtocolVersion,
        "ssl/ssl_err.c, SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
    ),
    Message::beside(
        &["bad decrypt", "BAD_DECRYPT", "bad password read", "maybe wrong password", "mac verify failure"],
        Layer::Loading,
        Elsewhere::Password,
        "crypto/evp/evp_err.c, EVP_R_BAD_DECRYPT",
    ),
];
