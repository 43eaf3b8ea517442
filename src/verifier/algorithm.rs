//! The searches of the engines, each under a value: whoever only names engines, as the page does, does not carry them.

use super::{Query, Readings, Verdict, gnutls, go, java, mbedtls, nss, openssl};

/// Which search an engine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Go,
    Go1_19,
    OpenSsl(openssl::Settings),
    Webpki,
    GnuTls,
    MbedTls,
    Nss,
    JavaTrustManager,
    JavaCertPathBuilder,
}

impl Algorithm {
    /// From the question to the verdict.
    pub(super) fn verify(self, readings: &Readings<'_>, query: &Query<'_>) -> Verdict {
        match self {
            Algorithm::Go => go::verify(readings, query).verdict,
            Algorithm::Go1_19 => go::verify_as_1_19(readings, query).verdict,
            Algorithm::OpenSsl(settings) => openssl::verify(readings, query, settings).verdict,
            Algorithm::Webpki => super::webpki::ask(readings, query),
            Algorithm::GnuTls => gnutls::verify(readings, query, gnutls::Profile::Medium).verdict,
            Algorithm::MbedTls => mbedtls::verify(readings, query).verdict,
            Algorithm::Nss => nss::verify(readings, query).verdict,
            Algorithm::JavaTrustManager => java::trust_manager(readings, query),
            Algorithm::JavaCertPathBuilder => java::cert_path_builder(readings, query),
        }
    }
}
