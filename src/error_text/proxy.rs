//! Proxies in words of their own: Traefik, HAProxy, Envoy.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::openssl::ANYTHING;
use super::speaker::{Side, Speaker};

pub(super) const TRAEFIK: Family = Family { speaker: Speaker::Traefik, leads: &[], messages: &[TRAEFIKS] };
pub(super) const HAPROXY: Family = Family { speaker: Speaker::Haproxy, leads: &[], messages: &[HAPROXYS] };
pub(super) const ENVOY: Family = Family { speaker: Speaker::Envoy, leads: &[], messages: &[ENVOYS] };

const TRAEFIKS: &[Message] = &[
    Message::loading(
        &["contains neither tls.ca nor ca.crt"],
        &[Fault::UnloadableFile],
        "pkg/provider/kubernetes/crd/kubernetes.go, getCABlocks",
    )
    .or(Elsewhere::FileAccess),
    Message::loading(
        &["invalid certificate(s) content"],
        &[Fault::UnloadableFile],
        "pkg/tls/tlsmanager.go, buildTLSConfig",
    ),
    Message::loading(
        &["CAFiles is required", "invalid clientAuthType: RequireAndVerifyClientCert, CAFiles is required"],
        &[Fault::EmptyStore],
        "pkg/tls/tlsmanager.go, buildTLSConfig",
    )
    .or(Elsewhere::Configuration),
    Message::loading(
        &[
            "Unable to append certificate",
            "failed to load X509 key pair",
            "Error while creating certificate store",
            "unable to generate TLS certificate",
        ],
        &[Fault::UnloadableFile, Fault::KeyMismatch],
        "pkg/tls/certificate.go, AppendCertificate",
    ),
    Message::beside(
        &["Serving default certificate for request", "TRAEFIK DEFAULT CERT"],
        Layer::Handshake,
        Elsewhere::ServerName,
        "pkg/tls/tlsmanager.go, Get",
    ),
    Message::beside(
        &[
            "no client certificate found for passTLSClientCert",
            "Tried to extract a certificate on a request without mutual TLS",
        ],
        Layer::Forwarding,
        Elsewhere::NotForwarded,
        "pkg/middlewares/passtlsclientcert/pass_tls_client_cert.go, ServeHTTP",
    ),
];

const HAPROXYS: &[Message] = &[
    Message::vague(
        &["SSL client certificate not trusted"],
        ANYTHING,
        "src/connection.c, conn_err_code_str, CO_ER_SSL_CRT_FAIL",
    )
    .about(Side::Client),
    Message::vague(
        &["SSL client CA chain cannot be verified"],
        ANYTHING,
        "src/connection.c, conn_err_code_str, CO_ER_SSL_CA_FAIL",
    )
    .about(Side::Client),
    Message::refusal(
        &["Server presented an SSL certificate different from the configured one"],
        &[Fault::HostName],
        "src/connection.c, conn_err_code_str, CO_ER_SSL_MISMATCH",
    )
    .about(Side::Server),
    Message::loading(
        &[
            "unable to load SSL certificate from PEM file",
            "unable to load certificate from file",
            "unable to load certificate chain from file",
            "unable to load CA file",
        ],
        &[Fault::UnloadableFile],
        "src/ssl_ckch.c, ssl_sock_load_pem_into_ckch",
    )
    .or(Elsewhere::FileAccess),
    Message::loading(
        &["inconsistencies between private key and certificate loaded"],
        &[Fault::KeyMismatch, Fault::LeafNotFirst],
        "src/ssl_ckch.c, ssl_sock_load_pem_into_ckch",
    ),
    Message::beside(
        &["Connection closed during SSL handshake", "Timeout during SSL handshake"],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "src/connection.c, conn_err_code_str, CO_ER_SSL_EMPTY",
    ),
    Message::vague(&["SSL handshake failure"], ANYTHING, "src/connection.c, conn_err_code_str, CO_ER_SSL_HANDSHAKE")
        .or(Elsewhere::Algorithms),
    Message::beside(
        &[
            "503 Service Unavailable: No server is available to handle this request",
            "<NOSRV>",
            "has no server available!",
        ],
        Layer::Http,
        Elsewhere::Upstream,
        "src/http.c; src/backend.c",
    ),
];

const ENVOYS: &[Message] = &[
    Message::vague(
        &[
            "TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED",
            "TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED",
        ],
        ANYTHING,
        "source/common/tls/ssl_socket.cc, drainErrorQueue",
    ),
    Message::refusal(
        &["verify cert failed: SAN matcher", "verify SAN list"],
        &[Fault::HostName],
        "source/common/tls/cert_validator/default_validator.cc, verifyCertificate",
    ),
    Message::received(
        &["268436502:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN"],
        Alert::CertificateUnknown,
        "BoringSSL, ssl/ssl_lib.cc",
    )
    .or(Elsewhere::PeerFault),
    Message::loading(
        &[
            "Failed to load trusted CA certificates from",
            "Failed to load certificate chain from",
            "Failed to load private key from",
        ],
        &[Fault::UnloadableFile],
        "source/common/tls/context_impl.cc; default_validator.cc",
    )
    .or(Elsewhere::FileAccess),
    Message::beside(
        &[
            "upstream connect error or disconnect/reset before headers",
            "no healthy upstream",
            "upstream_reset_before_response_started",
        ],
        Layer::Http,
        Elsewhere::Upstream,
        "source/common/router/router.cc",
    ),
];
