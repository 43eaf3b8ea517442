//! Programs that load, mount or manage certificates, in words of their own.

use super::Family;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::openssl::ANYTHING;
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family = Family { speaker: Speaker::Application, leads: &[], messages: &[MESSAGES] };

const MESSAGES: &[Message] = &[
    Message::beside(
        &["no such file or directory", "No such file or directory"],
        Layer::Loading,
        Elsewhere::FileAccess,
        "strerror(3)",
    ),
    Message::beside(&["permission denied", "Permission denied"], Layer::Loading, Elsewhere::FileAccess, "strerror(3)"),
    Message::beside(
        &[
            "MountVolume.SetUp failed for volume",
            "couldn't find key {word} in Secret",
            "references non-existent secret key",
        ],
        Layer::Loading,
        Elsewhere::FileAccess,
        "pkg/kubelet/kuberuntime; pkg/volume/secret",
    ),
    Message::loading(
        &[
            "Error getting keypair for CA issuer: error decoding cert PEM block",
            "Error getting keypair for CA issuer",
            "error decoding certificate PEM block",
        ],
        &[Fault::UnloadableFile],
        "cert-manager, pkg/util/pki/parse.go, DecodeX509CertificateBytes",
    ),
    Message::loading(
        &[
            "certificate and private key do not match",
            "Certificate and private key do not match",
            "private key does not match the certificate",
        ],
        &[Fault::KeyMismatch, Fault::LeafNotFirst],
        "Traefik, Vault, Jenkins and others, after a loader of their own",
    ),
    Message::vague(
        &["TLS handshake failed: certificate verify failed", "server certificate verification failed:"],
        ANYTHING,
        "libpq, be-secure-openssl.c; Subversion",
    )
    .about(Side::Server),
    Message::refusal(
        &["server certificate for \"{names}\" does not match host name \"{host}\""],
        &[Fault::HostName],
        "libpq, fe-secure-common.c, pq_verify_peer_name_matches_certificate",
    )
    .about(Side::Server),
    Message::refusal(
        &["root certificate file \"{word}\" does not exist"],
        &[Fault::EmptyStore],
        "libpq, fe-secure-openssl.c, initialize_SSL",
    )
    .or(Elsewhere::FileAccess),
    Message::refusal(
        &["connection requires a valid client certificate"],
        &[Fault::CertificateWithheld],
        "PostgreSQL, auth.c, ClientAuthentication",
    )
    .about(Side::Client),
    Message::vague(
        &["certificate is not trusted", "\u{201c}{names}\u{201d} certificate is not trusted"],
        ANYTHING,
        "Security.framework, SecTrustEvaluateWithError",
    ),
    Message::refusal(
        &["NSURLErrorDomain Code=-1202", "errSSLXCertChainInvalid", "kSecTrustResultRecoverableTrustFailure"],
        &[Fault::IssuerAbsent, Fault::UntrustedRoot, Fault::MissingIntermediate, Fault::SelfSigned, Fault::HostName],
        "Security.framework, SecureTransport.h",
    ),
];
