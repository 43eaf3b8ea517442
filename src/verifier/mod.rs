//! What real verifiers decide, one file per engine; each keeps the trail of its attempts.
//!
//! Engines read the graph; they never check a signature themselves and never read a recorded verdict.

mod cause;
pub mod gnutls;
pub mod go;
pub mod java;
pub mod mbedtls;
pub mod nss;
pub mod openssl;
pub mod preset;
pub mod webpki;

pub use cause::{Cause, CauseKind};

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::time::Timestamp;

/// One question to a verifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query<'a> {
    /// The trust store, in order.
    pub trusted: &'a [CertId],
    /// Further certificates a path may use (what the peer sent besides its leaf), in order.
    pub presented: &'a [CertId],
    /// The certificate in question.
    pub leaf: CertId,
    /// The instant at which validity is judged.
    pub at: Timestamp,
    /// What the leaf is to be used for.
    pub purpose: Purpose,
    /// The name that the leaf must be valid for, if any.
    pub host: Option<Host>,
    /// Skip the leaf's own validity (the OpenZiti router does: `docs/background/openziti.md`, section 1.2, "leaf*"). Go
    /// only: the other engines pass over this.
    pub ignore_leaf_validity: bool,
}

/// Extended key usage asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// TLS server.
    Server,
    /// TLS client.
    Client,
    /// Any extended key usage.
    Any,
}

/// The name a certificate is checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A DNS name (or, as Go does, an IP address in text, with or without brackets).
    Dns(String),
    /// An IP address in text.
    Ip(String),
}

impl Host {
    /// An IP address in text, with or without brackets, is one; everything else is a DNS name.
    pub fn named(text: &str) -> Host {
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        match bare.parse::<std::net::IpAddr>() {
            Ok(_) => Host::Ip(bare.to_owned()),
            Err(_) => Host::Dns(text.to_owned()),
        }
    }

    /// As it was given, without brackets around an address.
    pub fn text(&self) -> &str {
        match self {
            Host::Dns(text) | Host::Ip(text) => text,
        }
    }
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 3] = [Purpose::Client, Purpose::Server, Purpose::Any];

    /// `client`, `server` or `any`.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Client => "client",
            Purpose::Server => "server",
            Purpose::Any => "any",
        }
    }

    /// Finds a purpose by its name.
    pub fn find(name: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.name() == name)
    }
}

/// What an engine decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Accepted, rejected, or stopped by a budget.
    pub outcome: Outcome,
    /// The words of the real program; empty if accepted.
    pub detail: String,
    /// Why the leaf was not accepted; `None` if it was.
    pub cause: Option<Cause>,
    /// Every chain returned, leaf first, anchor last, in the real program's order.
    pub chains: Vec<Vec<CertId>>,
    /// Every attempt in order.
    pub trail: Vec<Attempt>,
}

impl Verdict {
    /// The leaf was accepted.
    pub fn accepts(&self) -> bool {
        self.outcome == Outcome::Accepted
    }
}

/// The three ways a search ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// At least one chain was returned.
    Accepted,
    /// No chain.
    Rejected,
    /// A budget ended the search before an answer was found; not the same as "no path".
    Stopped,
}

/// One step of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The path so far, leaf first, without the candidate.
    pub path: Vec<CertId>,
    /// The candidate considered next; `None` if the attempt judges the path as it stands.
    pub candidate: Option<CertId>,
    /// The candidate came from the trust store.
    pub from_trusted: bool,
    /// Why the candidate was refused, in the real program's words; `None` if it was taken.
    pub rejection: Option<String>,
}

/// A verifier that rootlens re-enacts. To add one: a file with a constant like [`Engine::GO`]'s, and a line in
/// [`Engine::ALL`].
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    /// The name used in the conformance data: program and version.
    name: &'static str,
    /// Shorter names that people may type.
    aliases: &'static [&'static str],
    /// Asks the engine.
    verify: fn(&Graph, &Query<'_>) -> Verdict,
}

impl Engine {
    /// Go 1.27.3, `crypto/x509.Certificate.Verify`.
    pub const GO: Engine = go::ENGINE;

    /// Go 1.19.8, the same.
    pub const GO_1_19: Engine = go::ENGINE_1_19;

    /// OpenSSL 3.0.22, `X509_verify_cert` with its defaults.
    pub const OPENSSL: Engine = openssl::DEFAULT;

    /// The same with `X509_V_FLAG_PARTIAL_CHAIN`.
    pub const OPENSSL_PARTIAL: Engine = openssl::PARTIAL;

    /// The same with `X509_V_FLAG_X509_STRICT` too.
    pub const OPENSSL_PARTIAL_STRICT: Engine = openssl::PARTIAL_STRICT;

    /// rustls-webpki 0.103.16, with the algorithms that rustls gives it together with *ring*.
    pub const WEBPKI: Engine = self::webpki::ENGINE;

    /// GnuTLS 3.7.9, `gnutls_x509_trust_list_verify_crt2` with profile MEDIUM.
    pub const GNUTLS: Engine = gnutls::ENGINE;

    /// mbedTLS 2.28.3, `mbedtls_x509_crt_verify`.
    pub const MBEDTLS: Engine = mbedtls::ENGINE;

    /// NSS 3.87.1, `CERT_VerifyCertificate`.
    pub const NSS: Engine = nss::ENGINE;

    /// Java 17.0.15, `X509TrustManager` of TLS.
    pub const JAVA_TRUST_MANAGER: Engine = java::TRUST_MANAGER;

    /// Java 17.0.15, `CertPathBuilder`.
    pub const JAVA_CERT_PATH_BUILDER: Engine = java::CERT_PATH_BUILDER;

    /// Every engine there is.
    pub const ALL: &'static [Engine] = &[
        Engine::GO,
        Engine::GO_1_19,
        Engine::OPENSSL,
        Engine::OPENSSL_PARTIAL,
        Engine::OPENSSL_PARTIAL_STRICT,
        Engine::WEBPKI,
        Engine::GNUTLS,
        Engine::MBEDTLS,
        Engine::NSS,
        Engine::JAVA_TRUST_MANAGER,
        Engine::JAVA_CERT_PATH_BUILDER,
    ];

    /// The name used in the conformance data.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Finds an engine by its name or alias.
    pub fn find(name: &str) -> Option<Engine> {
        Engine::ALL.iter().copied().find(|engine| engine.name == name || engine.aliases.contains(&name))
    }

    /// Asks the engine.
    pub fn verify(self, graph: &Graph, query: &Query<'_>) -> Verdict {
        (self.verify)(graph, query)
    }
}

/// Seconds by which some engine counts a certificate as valid before it is (NSS).
pub const EARLIEST: i64 = nss::PENDING_SLOP;

/// Two engines are the same if they bear the same name.
impl PartialEq for Engine {
    fn eq(&self, other: &Engine) -> bool {
        self.name == other.name
    }
}

impl Eq for Engine {}
