//! Which programs say what a speaker says, and which alert each of them sends where it refuses.

use crate::error_text::{Alert, Speaker, recognize};
use crate::verifier::{CauseKind, Engine, Program, Purpose, Verdict, preset};

const GO: &[Program] = &[Program::Engine(Engine::GO), Program::Engine(Engine::GO_1_19)];
const OPENSSL: &[Program] = &[
    Program::Engine(Engine::OPENSSL),
    Program::Engine(Engine::OPENSSL_PARTIAL),
    Program::Engine(Engine::OPENSSL_PARTIAL_STRICT),
    // It goes on after an error, as many callbacks do, and so reports the last one.
    Program::Product(&preset::NODE),
];
const JAVA: &[Program] = &[
    Program::Product(&preset::JAVA_TLS),
    Program::Engine(Engine::JAVA_TRUST_MANAGER),
    Program::Engine(Engine::JAVA_CERT_PATH_BUILDER),
];

/// The programs that answer with alerts which are known here.
pub(super) const SENDERS: &[Program] = &[
    Program::Engine(Engine::GO),
    Program::Engine(Engine::GO_1_19),
    Program::Engine(Engine::OPENSSL),
    Program::Engine(Engine::WEBPKI),
    Program::Engine(Engine::JAVA_TRUST_MANAGER),
    Program::Engine(Engine::MBEDTLS),
    Program::Engine(Engine::NSS),
];

/// The programs that stand for a speaker, the closest first; none where no verifier of its kind is re-enacted.
pub(super) fn of_speaker(speaker: Speaker) -> Vec<Program> {
    let (product, engines): (&[Program], &[Program]) = match speaker {
        Speaker::Go | Speaker::Traefik | Speaker::OpenZiti => (&[], GO),
        Speaker::OpenSsl | Speaker::Ruby | Speaker::Php => (&[], OPENSSL),
        Speaker::Nginx => (&[Program::Product(&preset::NGINX)], OPENSSL),
        Speaker::Apache => (&[Program::Product(&preset::APACHE)], OPENSSL),
        Speaker::Curl => (&[Program::Product(&preset::CURL)], OPENSSL),
        Speaker::Git => (&[Program::Product(&preset::GIT), Program::Product(&preset::CURL)], OPENSSL),
        Speaker::Python => (&[Program::Product(&preset::PYTHON_3_13), Program::Product(&preset::PYTHON_3_12)], OPENSSL),
        Speaker::Stunnel => (&[Program::Product(&preset::STUNNEL)], OPENSSL),
        Speaker::Mosquitto => (&[Program::Product(&preset::MOSQUITTO)], OPENSSL),
        Speaker::Haproxy => (&[Program::Product(&preset::HAPROXY)], OPENSSL),
        Speaker::Envoy => (&[Program::Product(&preset::ENVOY)], OPENSSL),
        Speaker::Node => (&[Program::Product(&preset::NODE), Program::Product(&preset::NODE_PARTIAL)], &[]),
        Speaker::Java => (&[], JAVA),
        Speaker::GnuTls => (&[Program::Engine(Engine::GNUTLS), Program::Product(&preset::GIT)], &[]),
        Speaker::MbedTls => (&[Program::Engine(Engine::MBEDTLS)], &[]),
        Speaker::Rustls => (&[Program::Engine(Engine::WEBPKI)], &[]),
        Speaker::Firefox => (&[Program::Engine(Engine::NSS)], &[]),
        // Their verifiers are not re-enacted.
        Speaker::DotNet
        | Speaker::Schannel
        | Speaker::Chrome
        | Speaker::Backend
        | Speaker::Http
        | Speaker::System
        | Speaker::TlsLibrary
        | Speaker::Application => (&[], &[]),
    };
    [product, engines].concat()
}

/// The alert that a program sends where it refuses, as the tables of [`crate::error_text`] have it for each of its
/// messages; `None` where that is not known.
pub(super) fn alert_of(program: Program, purpose: Purpose, verdict: &Verdict) -> Option<Alert> {
    let cause = verdict.cause?;
    let by_words = || recognize(&verdict.detail).first().and_then(|line| line.message.alert);
    match program.engine()? {
        // `crypto/tls/handshake_server.go` before Go 1.21 (`processCertsFromClient`), and
        // `handshake_client.go` (`verifyServerCertificate`) to this day.
        engine if engine == Engine::GO_1_19 => Some(Alert::BadCertificate),
        engine if engine == Engine::GO && purpose != Purpose::Client => Some(Alert::BadCertificate),
        // `sun/security/ssl/CertificateMessage.java`, `getCertificateAlert`: the words are those of an expired one.
        engine if engine == Engine::JAVA_TRUST_MANAGER && cause.kind == CauseKind::NotYetValid => {
            Some(Alert::BadCertificate)
        }
        // `ssl/statem/statem_lib.c`, the last line of `x509table`.
        engine if engine == Engine::OPENSSL => by_words().or(Some(Alert::CertificateUnknown)),
        _ => by_words(),
    }
}
