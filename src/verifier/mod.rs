//! What real verifiers decide, one file per engine; each keeps the trail of its attempts.
//!
//! Engines read the graph; they never check a signature themselves and never read a recorded verdict.

mod algorithm;
mod budget;
mod cause;
mod curve;
pub mod gnutls;
pub mod go;
pub mod java;
pub mod mbedtls;
pub mod nss;
pub mod openssl;
pub mod preset;
mod program;
mod reading;
mod readings;
pub mod webpki;

pub use budget::{MAX_ANCHOR_COMPARISONS, MAX_CANDIDATES, MAX_NAME_COMPARISONS, MAX_PAIRS, MAX_TRAIL};
pub use cause::{Cause, CauseKind};
pub use program::Program;
pub use readings::Readings;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::certificate::CertId;
use crate::graph::Graph;
use crate::time::Timestamp;
use algorithm::Algorithm;
use budget::Trail;

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
}

/// Extended key usage asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To authenticate a TLS server (serverAuth).
    Server,
    /// To authenticate a TLS client (clientAuth).
    Client,
    /// Any extended key usage.
    Any,
}

/// The name a certificate is checked against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What was tried, in order; the first [`MAX_TRAIL`] steps.
    pub trail: Vec<Attempt>,
    /// Certificates of the question that the program cannot read and goes on without, in the order of the question; and
    /// the leaf, without which there is no answer.
    pub unreadable: Vec<Unreadable>,
    /// What the search cost: its steps, and the names that it compared. It tells nothing but what asking further may
    /// take.
    pub cost: usize,
}

/// A certificate that a program cannot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The certificate that the program cannot read.
    pub certificate: CertId,
    /// What the certificate was given as; one may be given as several things.
    pub given: Given,
    /// Why it cannot be read, in the real program's words.
    pub detail: String,
}

impl Unreadable {
    /// The step of the search that says so.
    fn left_out(&self) -> Attempt {
        Attempt {
            path: Vec::new(),
            candidate: Some(self.certificate),
            from_trusted: self.given == Given::Trusted,
            rejection: Some(self.detail.clone()),
        }
    }
}

/// What an engine answers within its module: the verdict, and its rejection as a value of the engine's own type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<R> {
    /// The verdict, whose `detail` is what the rejection says.
    pub verdict: Verdict,
    /// Why the leaf was not accepted; `None` if it was.
    pub rejection: Option<R>,
}

/// What a certificate is given to a verifier as: the three lists of a [`Query`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// The [`Query::leaf`] itself.
    Leaf,
    /// A member of [`Query::trusted`].
    Trusted,
    /// A member of [`Query::presented`].
    Presented,
}

impl Verdict {
    /// The leaf is accepted with these chains.
    fn accepted(chains: Vec<Vec<CertId>>, trail: impl Into<Trail>) -> Verdict {
        let trail = trail.into();
        Verdict {
            cost: trail.cost,
            outcome: Outcome::Accepted,
            detail: String::new(),
            cause: None,
            chains,
            trail: trail.into(),
            unreadable: Vec::new(),
        }
    }

    /// The leaf is rejected in these words, or the search stopped, if that is the cause.
    fn rejected(detail: impl fmt::Display, cause: Cause, trail: impl Into<Trail>) -> Verdict {
        let outcome = match cause.kind {
            CauseKind::Stopped => Outcome::Stopped,
            _ => Outcome::Rejected,
        };
        let (detail, trail) = (detail.to_string(), trail.into());
        let cost = trail.cost;
        let (chains, trail, unreadable) = (Vec::new(), trail.into(), Vec::new());
        Verdict { outcome, detail, cause: Some(cause), chains, trail, unreadable, cost }
    }

    /// The same verdict, given without these certificates.
    fn without(self, unreadable: Vec<Unreadable>) -> Verdict {
        Verdict { unreadable, ..self }
    }

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
    /// No chain was returned.
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

/// A verifier that rootlens re-enacts. To add one: a file with a constant like [`Engine::GO`]'s, a line in
/// [`Engine::ALL`] and one in `algorithm`.
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    /// The name used in the conformance data: program and version.
    name: &'static str,
    /// What people call it.
    title: &'static str,
    /// Shorter names that people may type.
    aliases: &'static [&'static str],
    /// See [`Engine::seconds_early`].
    seconds_early: i64,
    /// What a product makes of the verifier; see [`Preset::as_engine`](preset::Preset::as_engine).
    settings: Option<preset::Settings>,
    /// The search, from the question to the verdict.
    algorithm: Algorithm,
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

    /// What people call it, for example `Go 1.27`.
    pub fn title(self) -> &'static str {
        self.title
    }

    /// Shorter names that people may type.
    pub fn aliases(self) -> &'static [&'static str] {
        self.aliases
    }

    /// Finds an engine by its name or alias.
    pub fn find(name: &str) -> Option<Engine> {
        Engine::ALL.iter().copied().find(|engine| engine.name == name || engine.aliases.contains(&name))
    }

    /// How many seconds before its notBefore the program counts a certificate as valid: zero for all but NSS, which
    /// forgives clocks that are late. So a verdict can change that long before a validity begins.
    pub fn seconds_early(self) -> i64 {
        self.seconds_early
    }

    /// Asks the engine whether its program would accept the leaf, and why not.
    ///
    /// The graph holds every certificate of the question and what is known of the signatures between them; make it with
    /// [`Graph::build`], or with a [`Draft`](crate::graph::Draft) where the signatures are checked elsewhere. The order
    /// of the lists in the query is that in which the program is given them, and may matter to it. An engine is a pure
    /// function: it reads no clock, and the same graph and query give the same verdict.
    ///
    /// ```
    /// use rootlens::certificate::CertId;
    /// use rootlens::graph::Graph;
    /// use rootlens::inventory::{Input, Inventory};
    /// use rootlens::time::Timestamp;
    /// use rootlens::verifier::{CauseKind, Engine, Purpose, Query};
    ///
    /// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mtls-scenarios/ec-00-ok");
    /// # let file = |name: &str| Input { name: name.to_owned(), bytes: std::fs::read(format!("{folder}/{name}")).unwrap(), ..Input::default() };
    /// let inventory = Inventory::from_inputs(&[file("pool.pem"), file("chain.pem")]);
    /// let (root, leaf) = (CertId(0), CertId(1));
    /// let graph = Graph::build(inventory.certificates);
    /// let query = Query {
    ///     trusted: &[root],
    ///     presented: &[],
    ///     leaf,
    ///     at: Timestamp::parse("2026-11-21T18:00:00Z").unwrap(),
    ///     purpose: Purpose::Client,
    ///     host: None,
    /// };
    /// let verdict = Engine::GO.verify(&graph, &query);
    /// assert!(verdict.accepts());
    /// assert_eq!(verdict.chains, [vec![leaf, root]]);
    ///
    /// let without_roots = Engine::GO.verify(&graph, &Query { trusted: &[], ..query });
    /// assert_eq!(without_roots.detail, "x509: certificate signed by unknown authority");
    /// let cause = without_roots.cause.unwrap();
    /// assert_eq!((cause.kind, cause.certificate), (CauseKind::UnknownIssuer, Some(leaf)));
    /// ```
    ///
    /// What an engine does not check:
    ///
    /// - signatures: it reads the graph's statuses, and where one that matters is unknown the outcome is
    ///   [`Outcome::Stopped`];
    /// - revocation: no list and no OCSP answer is looked at, as these programs do without being told to;
    /// - what a product adds to its verifier, such as pins, Certificate Transparency or a store of its own;
    /// - that the peer holds the leaf's key, which is up to the handshake.
    pub fn verify(self, graph: &Graph, query: &Query<'_>) -> Verdict {
        self.ask(&Readings::of(graph), query)
    }

    /// The same, of a graph that is asked more than once.
    pub fn ask(self, readings: &Readings<'_>, query: &Query<'_>) -> Verdict {
        let verdict = match self.settings {
            None => self.algorithm.verify(readings, query),
            Some(settings) => settings.verify(self.algorithm, readings, query),
        };
        // What was presented is looked at one by one.
        Verdict { cost: verdict.cost.saturating_add(query.presented.len()), ..verdict }
    }
}

/// Two engines are the same if they bear the same name.
impl PartialEq for Engine {
    fn eq(&self, other: &Engine) -> bool {
        self.name == other.name
    }
}

impl Eq for Engine {}
