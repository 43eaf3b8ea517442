//! Go: the alerts that it receives, what it cannot load, and how its handshakes and connections fail otherwise.

use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::speaker::Side;

pub(super) const MESSAGES: &[Message] = &[
    Message::received(
        &["remote error: tls: unknown certificate authority"],
        Alert::UnknownCa,
        "crypto/tls/alert.go, alertText; errors.md, 2",
    ),
    Message::received(
        &["remote error: tls: bad certificate"],
        Alert::BadCertificate,
        "crypto/tls/alert.go, alertText; a Go client, and a server before Go 1.21, sends it \
        whatever is wrong",
    ),
    Message::received(
        &["remote error: tls: expired certificate"],
        Alert::CertificateExpired,
        "crypto/tls/alert.go, alertText",
    ),
    Message::received(
        &["remote error: tls: certificate required", "tls: certificate required"],
        Alert::CertificateRequired,
        "crypto/tls/alert.go, alertText",
    )
    .about(Side::Client),
    Message::received(
        &["remote error: tls: unsupported certificate"],
        Alert::UnsupportedCertificate,
        "crypto/tls/alert.go, alertText",
    ),
    Message::received(
        &["remote error: tls: unknown certificate"],
        Alert::CertificateUnknown,
        "crypto/tls/alert.go, alertText; Java and browsers send it",
    ),
    Message::received(
        &["remote error: tls: revoked certificate"],
        Alert::CertificateRevoked,
        "crypto/tls/alert.go, alertText",
    )
    .or(Elsewhere::RevocationService),
    Message::received(
        &["remote error: tls: error decrypting message"],
        Alert::DecryptError,
        "crypto/tls/alert.go, alertText; OpenSSL and rustls send it where a signature does not verify",
    ),
    Message::received(&["remote error: tls: access denied"], Alert::AccessDenied, "crypto/tls/alert.go, alertText")
        .or(Elsewhere::Authorization),
    Message::loading(
        &["tls: private key does not match public key", "tls: private key type does not match public key type"],
        &[Fault::LeafNotFirst, Fault::KeyMismatch],
        "crypto/tls/tls.go, X509KeyPair",
    ),
    Message::loading(
        &[
            "tls: failed to find any PEM data in certificate input",
            "tls: failed to find any PEM data in key input",
            "unable to load root certificates: unable to parse bytes as PEM block",
            "error decoding cert PEM block",
            "failed to decode PEM block containing",
        ],
        &[Fault::UnloadableFile],
        "crypto/tls/tls.go, X509KeyPair; client-go/util/cert/pem.go",
    )
    .or(Elsewhere::FileAccess),
    Message::loading(
        &[
            "tls: failed to find certificate PEM data in certificate input, but did find a private \
        key; PEM inputs may have been switched",
            "tls: found a certificate rather than a key in the PEM for the private key",
            "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM \
        blocks of the following types",
            "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after \
        skipping PEM blocks of the following types",
        ],
        &[Fault::KeyMismatch, Fault::UnloadableFile],
        "crypto/tls/tls.go, X509KeyPair",
    ),
    // The rest is not about certificates.
    Message::beside(
        &["tls: first record does not look like a TLS handshake", "http: server gave HTTP response to HTTPS client"],
        Layer::Handshake,
        Elsewhere::NotTls,
        "crypto/tls/conn.go, readRecordOrCCS; net/http/transport.go",
    ),
    Message::beside(
        &["http: TLS handshake error from {address}: EOF", "http: TLS handshake error from {address}: unexpected EOF"],
        Layer::Handshake,
        Elsewhere::ClosedEarly,
        "net/http/server.go, conn.serve",
    ),
    Message::beside(
        &["client sent an HTTP request to an HTTPS server", "Client sent an HTTP request to an HTTPS server"],
        Layer::Handshake,
        Elsewhere::NotTls,
        "net/http/server.go, conn.serve",
    ),
    Message::beside(
        &["net/http: TLS handshake timeout"],
        Layer::Network,
        Elsewhere::Timeout,
        "net/http/transport.go, tlsHandshakeTimeoutError",
    ),
    Message::beside(
        &["context deadline exceeded", "i/o timeout"],
        Layer::Network,
        Elsewhere::Timeout,
        "context/context.go; internal/poll",
    ),
    Message::beside(
        &[
            "remote error: tls: protocol version not supported",
            "tls: no supported versions satisfy MinVersion and MaxVersion",
            "tls: client offered only unsupported versions",
            "tls: server selected unsupported protocol version",
        ],
        Layer::Handshake,
        Elsewhere::ProtocolVersion,
        "crypto/tls/alert.go; handshake_client.go",
    ),
    Message::beside(
        &[
            "tls: no cipher suite supported by both client and server",
            "tls: peer doesn't support any of the certificate's signature algorithms",
            "tls: no mutually supported",
            "remote error: tls: insufficient security level",
        ],
        Layer::Handshake,
        Elsewhere::Algorithms,
        "crypto/tls/handshake_server.go",
    ),
    Message::beside(
        &["remote error: tls: handshake failure"],
        Layer::Handshake,
        Elsewhere::Algorithms,
        "crypto/tls/alert.go, alertText",
    ),
    Message::beside(
        &["remote error: tls: unrecognized name"],
        Layer::Handshake,
        Elsewhere::ServerName,
        "crypto/tls/alert.go, alertText",
    ),
    Message::beside(
        &["remote error: tls: internal error"],
        Layer::Handshake,
        Elsewhere::PeerFault,
        "crypto/tls/alert.go, alertText",
    ),
    Message::beside(
        &["tls: bad record MAC", "remote error: tls: bad record MAC", "tls: oversized record received with length"],
        Layer::Handshake,
        Elsewhere::Transport,
        "crypto/tls/conn.go",
    ),
    Message::beside(
        &[
            "tls: either ServerName or InsecureSkipVerify must be specified in the tls.Config",
            "tls: neither Certificates, GetCertificate, nor GetConfigForClient set in Config",
        ],
        Layer::Loading,
        Elsewhere::Configuration,
        "crypto/tls/tls.go",
    ),
];
