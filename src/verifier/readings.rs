//! A graph as the verifiers read it.

use super::{gnutls, go, java, mbedtls, nss, openssl};
use crate::graph::Graph;

/// A graph with what the verifiers have read of its certificates: each verifier reads a certificate once, when it first
/// needs it, and sorts a trust store by names once.
///
/// Make one where a graph is asked more than once, and put every question to it; what it remembers changes no answer.
///
/// ```
/// use rootlens::certificate::{CertId, Certificate};
/// use rootlens::decode;
/// use rootlens::graph::Graph;
/// use rootlens::time::Timestamp;
/// use rootlens::verifier::{Engine, Purpose, Query, Readings};
///
/// # let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mtls-scenarios/ec-00-ok/chain.pem");
/// # let items = decode::read(&std::fs::read(file).unwrap()).items;
/// let graph = Graph::build(items.iter().map(|item| Certificate::parse(&item.der).unwrap()));
/// let readings = Readings::of(&graph);
/// let query = Query {
///     trusted: &[],
///     presented: &[],
///     leaf: CertId(0),
///     at: Timestamp::parse("2026-11-21T18:00:00Z").unwrap(),
///     purpose: Purpose::Client,
///     host: None,
/// };
/// for engine in Engine::ALL {
///     assert_eq!(engine.ask(&readings, &query), engine.verify(&graph, &query));
/// }
/// ```
#[derive(Debug)]
pub struct Readings<'g> {
    graph: &'g Graph,
    /// As Go 1.27.3 reads it.
    pub(super) go: go::Context<'g>,
    pub(super) go_1_19: go::Context<'g>,
    pub(super) openssl: openssl::Reading<'g>,
    pub(super) webpki: super::webpki::Reading<'g>,
    pub(super) gnutls: gnutls::Reading<'g>,
    pub(super) mbedtls: mbedtls::Reading<'g>,
    pub(super) nss: nss::Reading<'g>,
    pub(super) java: java::Reading<'g>,
}

impl<'g> Readings<'g> {
    /// Nothing is read yet.
    pub fn of(graph: &'g Graph) -> Readings<'g> {
        Readings {
            graph,
            go: go::Context::new(graph),
            go_1_19: go::Context::as_1_19(graph),
            openssl: openssl::reading(graph),
            webpki: super::webpki::reading(graph),
            gnutls: gnutls::reading(graph),
            mbedtls: mbedtls::reading(graph),
            nss: nss::reading(graph),
            java: java::reading(graph),
        }
    }

    /// The graph that is read.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// The graph as Go 1.27.3 reads it.
    pub fn go(&self) -> &go::Context<'g> {
        &self.go
    }
}
