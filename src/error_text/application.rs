//! Programs that load, mount or manage certificates, in words of their own.

use super::Family;
use super::alert::Alert;
use super::elsewhere::Elsewhere;
use super::fault::Fault;
use super::message::{Layer, Message};
use super::openssl::{ANYTHING, ISSUER};
use super::speaker::{Side, Speaker};

pub(super) const FAMILY: Family = Family { speaker: Speaker::Application, leads: &[], messages: &[MESSAGES] };

const ERLANG: &str = "lib/ssl/src/ssl_alert.erl, description_txt";

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
    // Erlang and Elixir: RabbitMQ, EMQX, Phoenix.
    Message::refusal(&["generated CLIENT ALERT: Fatal - Unknown CA"], ISSUER, ERLANG).about(Side::Server),
    Message::refusal(&["generated SERVER ALERT: Fatal - Unknown CA"], ISSUER, ERLANG).about(Side::Client),
    Message::refusal(
        &["generated CLIENT ALERT: Fatal - Certificate Expired", "generated SERVER ALERT: Fatal - Certificate Expired"],
        &[Fault::Expired],
        ERLANG,
    ),
    Message::refusal(&["hostname_check_failed"], &[Fault::HostName], "lib/public_key/src/public_key.erl")
        .about(Side::Server),
    Message::received(&["received CLIENT ALERT: Fatal - Unknown CA"], Alert::UnknownCa, ERLANG).about(Side::Server),
    Message::received(&["received SERVER ALERT: Fatal - Unknown CA"], Alert::UnknownCa, ERLANG).about(Side::Client),
    Message::received(&["received CLIENT ALERT: Fatal - Bad Certificate"], Alert::BadCertificate, ERLANG)
        .about(Side::Server),
    Message::received(&["received SERVER ALERT: Fatal - Bad Certificate"], Alert::BadCertificate, ERLANG)
        .about(Side::Client),
    Message::received(&["received CLIENT ALERT: Fatal - Certificate Unknown"], Alert::CertificateUnknown, ERLANG)
        .about(Side::Server),
    Message::received(&["received SERVER ALERT: Fatal - Certificate Unknown"], Alert::CertificateUnknown, ERLANG)
        .about(Side::Client),
    Message::received(&["received SERVER ALERT: Fatal - Certificate required"], Alert::CertificateRequired, ERLANG)
        .about(Side::Client),
];
