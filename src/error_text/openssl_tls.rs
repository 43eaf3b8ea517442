//! What OpenSSL, BoringSSL and LibreSSL say of the handshake, and the alerts they receive. Every program that is
//! built on one of them passes it on.

use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::openssl::ANYTHING;
use super::speaker::Side;

const ALERTS: &str = "ssl/ssl_err.c, SSL_R_TLSV1_ALERT_…; ssl/ssl_stat.c";

pub(super) const MESSAGES: &[Message] = &[
    Message::received(
        &[
            "tlsv1 alert unknown ca",
            "TLSV1_ALERT_UNKNOWN_CA",
            "SSL alert number 48",
            "alert read:fatal:unknown CA",
            "Alert read:fatal:unknown CA",
            "(IN), TLS alert, unknown CA",
            "recv TLS {version} Alert, fatal unknown_ca",
            "sslv3 alert unknown ca",
        ],
        Alert::UnknownCa,
        ALERTS,
    ),
    Message::received(
        &[
            "tlsv1 alert decrypt error",
            "TLSV1_ALERT_DECRYPT_ERROR",
            "SSL alert number 51",
            "alert read:fatal:decrypt error",
            "Alert read:fatal:decrypt error",
            "(IN), TLS alert, decrypt error",
            "recv TLS {version} Alert, fatal decrypt_error",
        ],
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
            "alert read:fatal:bad certificate",
            "Alert read:fatal:bad certificate",
            "(IN), TLS alert, bad certificate",
            "recv TLS {version} Alert, fatal bad_certificate",
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
            "alert read:fatal:unsupported certificate",
            "Alert read:fatal:unsupported certificate",
            "(IN), TLS alert, unsupported certificate",
            "recv TLS {version} Alert, fatal unsupported_certificate",
        ],
        Alert::UnsupportedCertificate,
        ALERTS,
    ),
    Message::received(
        &[
            "sslv3 alert certificate revoked",
            "SSLV3_ALERT_CERTIFICATE_REVOKED",
            "SSL alert number 44",
            "alert read:fatal:certificate revoked",
            "Alert read:fatal:certificate revoked",
            "(IN), TLS alert, certificate revoked",
            "recv TLS {version} Alert, fatal certificate_revoked",
        ],
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
            "alert read:fatal:certificate expired",
            "Alert read:fatal:certificate expired",
            "(IN), TLS alert, certificate expired",
            "recv TLS {version} Alert, fatal certificate_expired",
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
            "alert read:fatal:certificate unknown",
            "Alert read:fatal:certificate unknown",
            "(IN), TLS alert, certificate unknown",
            "recv TLS {version} Alert, fatal certificate_unknown",
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
            "alert read:fatal:certificate required",
            "Alert read:fatal:certificate required",
            "(IN), TLS alert, certificate required",
            "recv TLS {version} Alert, fatal certificate_required",
        ],
        Alert::CertificateRequired,
        ALERTS,
    )
    .about(Side::Client),
    Message::received(
        &[
            "tlsv1 alert access denied",
            "TLSV1_ALERT_ACCESS_DENIED",
            "SSL alert number 49",
            "alert read:fatal:access denied",
            "Alert read:fatal:access denied",
            "(IN), TLS alert, access denied",
            "recv TLS {version} Alert, fatal access_denied",
        ],
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
            "alert read:fatal:handshake failure",
            "(IN), TLS alert, handshake failure",
        ],
        Layer::Handshake,
        Elsewhere::Algorithms,
        ALERTS,
    ),
    Message::beside(
        &[
            "tlsv1 unrecognized name",
            "TLSV1_UNRECOGNIZED_NAME",
            "SSL alert number 112",
            "alert read:fatal:unrecognized name",
            "(IN), TLS alert, unrecognized name",
        ],
        Layer::Handshake,
        Elsewhere::ServerName,
        ALERTS,
    ),
    Message::beside(
        &[
            "tlsv1 alert internal error",
            "TLSV1_ALERT_INTERNAL_ERROR",
            "SSL alert number 80",
            "alert read:fatal:internal error",
            "(IN), TLS alert, internal error",
        ],
        Layer::Handshake,
        Elsewhere::PeerFault,
        ALERTS,
    ),
    Message::beside(
        &[
            "tlsv1 alert protocol version",
            "TLSV1_ALERT_PROTOCOL_VERSION",
            "SSL alert number 70",
            "alert read:fatal:protocol version",
            "(IN), TLS alert, protocol version",
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
            "bad key share",
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
    // What a program sends says that its own verifier refused (`ssl/ssl_stat.c`, SSL_alert_desc_string_long; the
    // callback of curl and of `apps/lib/s_cb.c`).
    Message::vague(
        &[
            "alert write:fatal:unknown CA",
            "Alert write:fatal:unknown CA",
            "(OUT), TLS alert, unknown CA",
            "alert write:fatal:bad certificate",
            "(OUT), TLS alert, bad certificate",
            "alert write:fatal:certificate unknown",
            "(OUT), TLS alert, certificate unknown",
            "alert write:fatal:unsupported certificate",
            "(OUT), TLS alert, unsupported certificate",
            "alert write:fatal:decrypt error",
            "(OUT), TLS alert, decrypt error",
            "send TLS {version} Alert, fatal unknown_ca",
            "send TLS {version} Alert, fatal bad_certificate",
            "send TLS {version} Alert, fatal certificate_unknown",
            "send TLS {version} Alert, fatal decrypt_error",
        ],
        ANYTHING,
        ALERTS,
    ),
    Message::refusal(
        &["alert write:fatal:certificate expired", "(OUT), TLS alert, certificate expired"],
        &[Fault::Expired, Fault::ExpiredDuplicate],
        ALERTS,
    ),
];
