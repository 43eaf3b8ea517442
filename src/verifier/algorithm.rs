//! The searches of the engines, each under a value: whoever only names engines, as the page does, does not carry them.

use super::{Query, Verdict, gnutls, go, java, mbedtls, nss, openssl};
use crate::graph::Graph;

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
    pub(super) fn verify(self, graph: &Graph, query: &Query<'_>) -> Verdict {
        match self {
            Algorithm::Go => go::verify(graph, query).verdict,
            Algorithm::Go1_19 => go::verify_as_1_19(graph, query).verdict,
            Algorithm::OpenSsl(settings) => openssl::verify(graph, query, settings).verdict,
            Algorithm::Webpki => super::webpki::ask(graph, query),
            Algorithm::GnuTls => gnutls::verify(graph, query, gnutls::Profile::Medium).verdict,
            Algorithm::MbedTls => mbedtls::verify(graph, query).verdict,
            Algorithm::Nss => nss::verify(graph, query).verdict,
            Algorithm::JavaTrustManager => java::trust_manager(graph, query),
            Algorithm::JavaCertPathBuilder => java::cert_path_builder(graph, query),
        }
    }
}
