//! Go: `crypto/x509`, `crypto/tls`, `encoding/pem`, `net/http`; Kubernetes, Traefik, Docker, etcd and Vault say the same.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Lead, Message};
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family = Family { speaker: Speaker::Go, leads: LEADS, messages: MESSAGES };

const LEADS: &[Lead] = &[
    Lead::plain("tls: failed to verify certificate: "),
    // Go 1.19 and before.
    Lead::plain("tls: failed to verify client certificate: ").about(Side::Client),
    Lead::plain("tls: failed to verify client's certificate: ").about(Side::Client),
    // `net/http/server.go`, `conn.serve`: what a server says of the client.
    Lead::plain("http: TLS handshake error from {address}: "),
];

/// `http: TLS handshake error` is a server's; an alert that it received is about its own certificate.
const NO_HINT: &[Fault] = &[
    Fault::IssuerAbsent,
    Fault::MissingIntermediate,
    Fault::UntrustedRoot,
    Fault::SelfSigned,
    Fault::NameEncoding,
    Fault::UnloadableFile,
    Fault::EmptyStore,
];

const MESSAGES: &[Message] = &[
    Message::refusal(
        &["x509: certificate signed by unknown authority"],
        NO_HINT,
        "crypto/x509/verify.go, UnknownAuthorityError.Error; errors.md, 2",
    )
    .excluding(&[Fault::SameNameOtherKey, Fault::NotACa, Fault::BadSignature])
    .sends(Alert::UnknownCa),
    Message::refusal(
        &[
            "x509: certificate signed by unknown authority (possibly because of \"x509: ECDSA \
        verification failure\" while trying to verify candidate authority certificate \"{name}\")",
            "x509: certificate signed by unknown authority (possibly because of \"crypto/rsa: \
        verification error\" while trying to verify candidate authority certificate \"{name}\")",
            "x509: certificate signed by unknown authority (possibly because of \"x509: Ed25519 \
        verification failure\" while trying to verify candidate authority certificate \"{name}\")",
            "x509: certificate signed by unknown authority (possibly because of \"x509: signature \
        algorithm specifies an {names} public key, but have public key of type {names}\" while \
        trying to verify candidate authority certificate \"{name}\")",
        ],
        &[Fault::SameNameOtherKey, Fault::BadSignature],
        "crypto/x509/verify.go, UnknownAuthorityError.Error; x509.go, checkSignature",
    )
    .excluding(&[Fault::IssuerAbsent, Fault::NotACa])
    .sends(Alert::UnknownCa),
    Message::refusal(
        &["x509: certificate signed by unknown authority (possibly because of \"x509: invalid \
        signature: parent certificate cannot sign this kind of certificate\" while trying to \
        verify candidate authority certificate \"{name}\")"],
        &[Fault::NotACa, Fault::KeyUsage],
        "crypto/x509/x509.go, CheckSignatureFrom, ConstraintSignatureError",
    )
    .excluding(&[Fault::IssuerAbsent, Fault::SameNameOtherKey])
    .sends(Alert::UnknownCa),
    Message::refusal(
        &[
            "x509: certificate signed by unknown authority (possibly because of \"x509: cannot \
        verify signature: insecure algorithm {name}\" while trying to verify candidate \
        authority certificate \"{names}\")",
            "x509: cannot verify signature: insecure algorithm {algorithm}",
        ],
        &[Fault::WeakSignature],
        "crypto/x509/x509.go, InsecureAlgorithmError",
    )
    .excluding(&[Fault::IssuerAbsent])
    .sends(Alert::UnknownCa),
    Message::refusal(
        &[
            "x509: certificate signed by unknown authority (possibly because of \"x509: cannot \
        verify signature: algorithm unimplemented\" while trying to verify candidate authority \
        certificate \"{name}\")",
            "x509: cannot verify signature: algorithm unimplemented",
            "x509: unsupported elliptic curve",
            "x509: unknown public key algorithm",
            "tls: unsupported certificate: unsupported elliptic curve",
        ],
        &[Fault::UnsupportedAlgorithm],
        "crypto/x509/x509.go, ErrUnsupportedAlgorithm",
    )
    .sends(Alert::UnknownCa),
    Message::refusal(
        &[
            "x509: certificate has expired or is not yet valid: current time {at} is after {bound}",
            "x509: certificate has expired or is not yet valid: is after {bound}",
        ],
        &[Fault::Expired, Fault::ExpiredDuplicate],
        "crypto/x509/verify.go, Certificate.isValid",
    )
    .excluding(&[Fault::NotYetValid])
    .sends(Alert::CertificateExpired),
    Message::refusal(
        &[
            "x509: certificate has expired or is not yet valid: current time {at} is before {bound}",
            "x509: certificate has expired or is not yet valid: is before {bound}",
        ],
        &[Fault::NotYetValid],
        "crypto/x509/verify.go, Certificate.isValid",
    )
    .excluding(&[Fault::Expired])
    .sends(Alert::CertificateExpired),
    Message::refusal(
        &["x509: certificate has expired or is not yet valid"],
        &[Fault::Expired, Fault::NotYetValid],
        "crypto/x509/verify.go, CertificateInvalidError.Error",
    )
    .sends(Alert::CertificateExpired),
    Message::refusal(
        &[
            "x509: certificate specifies an incompatible key usage",
            "x509: no valid chains built: {number} candidate chains with incompatible key usage",
        ],
        &[Fault::ExtendedKeyUsage],
        "crypto/x509/verify.go, CertificateInvalidError.Error, IncompatibleUsage",
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["x509: certificate is not authorized to sign other certificates"],
        &[Fault::NotACa],
        "crypto/x509/verify.go, CertificateInvalidError.Error, NotAuthorizedToSign",
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["x509: too many intermediates for path length constraint"],
        &[Fault::PathLength],
        "crypto/x509/verify.go, CertificateInvalidError.Error, TooManyIntermediates",
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["x509: a root or intermediate certificate is not authorized to sign for this name"],
        &[Fault::NameConstraints],
        "crypto/x509/verify.go, CertificateInvalidError.Error, CANotAuthorizedForThisName",
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["x509: unhandled critical extension"],
        &[Fault::CriticalExtension],
        "crypto/x509/verify.go, UnhandledCriticalExtension.Error",
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &[
            "x509: certificate is valid for {names}, not {host}",
            "x509: certificate is not valid for any names, but wanted to match {host}",
            "x509: cannot validate certificate for {host} because it doesn't contain any IP SANs",
            "x509: certificate relies on legacy Common Name field, use SANs instead",
        ],
        &[Fault::HostName],
        "crypto/x509/verify.go, HostnameError.Error",
    )
    .about(Side::Server)
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["x509: issuer name does not match subject from issuing certificate"],
        &[Fault::WrongOrder, Fault::NameEncoding, Fault::IssuerAbsent],
        "crypto/x509/verify.go, CertificateInvalidError.Error, NameMismatch",
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &[
            "x509: negative serial number",
            "x509: malformed certificate",
            "x509: invalid {names} in certificate",
            "tls: failed to parse certificate from server: {word}",
        ],
        &[Fault::Unparsable],
        "crypto/x509/parser.go, parseCertificate",
    )
    .sends(Alert::BadCertificate),
    Message::refusal(
        &["tls: client didn't provide a certificate"],
        &[Fault::CertificateWithheld],
        "crypto/tls/handshake_server.go, processCertsFromClient",
    )
    .about(Side::Client)
    .excluding(&[Fault::SameNameOtherKey, Fault::Expired])
    .sends(Alert::CertificateRequired),
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
