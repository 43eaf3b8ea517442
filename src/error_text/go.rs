//! Go: `crypto/x509`, `crypto/tls`, `encoding/pem`, `net/http`; Kubernetes, Traefik, Docker, etcd and Vault say the
//! same.

use super::Family;
use super::alert::Alert;
use super::fault::Fault;
use super::go_tls;
use super::message::{Lead, Message};
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family =
    Family { speaker: Speaker::Go, leads: &[LEADS], messages: &[MESSAGES, go_tls::MESSAGES] };

const LEADS: &[Lead] = &[
    Lead::plain("tls: failed to verify certificate: "),
    // Go 1.19 and before.
    Lead::plain("tls: failed to verify client certificate: ").about(Side::Client),
    Lead::plain("tls: failed to verify client's certificate: ").about(Side::Client),
    // `net/http/server.go`, `conn.serve`: what a server says of the client.
    Lead::plain("http: TLS handshake error from {address}: ").on(Side::Server),
];

/// Nothing at hand bears the issuer's name.
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
        &["x509: certificate has expired or is not yet valid", "x509: certificate has expired"],
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
            "x509: certificate relies on legacy Common Name field",
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
    // Of `CheckSignatureFrom`, which programs call by themselves.
    Message::refusal(
        &["x509: ECDSA verification failure", "x509: Ed25519 verification failure", "crypto/rsa: verification error"],
        &[Fault::SameNameOtherKey, Fault::BadSignature],
        "crypto/x509/x509.go, checkSignature",
    ),
    Message::refusal(
        &["x509: invalid signature: parent certificate cannot sign this kind of certificate"],
        &[Fault::NotACa, Fault::KeyUsage],
        "crypto/x509/x509.go, ConstraintSignatureError",
    ),
    Message::refusal(
        &["x509: certificate is not standards compliant"],
        &[Fault::StrictProfile, Fault::ExtendedKeyUsage, Fault::WeakKey, Fault::WeakSignature],
        "crypto/x509/root_darwin.go; Security.framework, SecTrustEvaluateWithError",
    ),
];
