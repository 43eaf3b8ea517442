//! What a product sets in its verifier, and what it checks besides.

use super::handshake::Handshake;
use super::names::Names;
use super::words::Words;
use crate::graph::Graph;
use crate::verifier::algorithm::Algorithm;
use crate::verifier::gnutls::{self, Profile};
use crate::verifier::openssl::{self, Callback};
use crate::verifier::{Attempt, Cause, CauseKind, Host, Outcome, Purpose, Query, Readings, Verdict};

/// What a product makes of the engine behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whose certificates the product verifies.
    pub side: Side,
    /// It looks at the leaf's extended key usage, as most do.
    pub asks_usage: bool,
    /// What it sets in the verifier.
    pub verifier: Verifier,
    /// Its own limit on the length of chains; `None` if it leaves the verifier's.
    pub depth: Option<DepthLimit>,
    /// What its TLS asks of a chain besides.
    pub handshake: Handshake,
    /// How it compares the names of a server's certificate with the host.
    pub names: Names,
    /// How it says why it refuses.
    pub words: Words,
}

/// What a product sets in the engine behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verifier {
    /// Nothing.
    AsItIs,
    /// OpenSSL's parameters.
    OpenSsl(openssl::Settings),
    /// GnuTLS's profile.
    GnuTls(Profile),
}

/// Whose certificates a product verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those of clients: it is a server.
    Clients,
    /// Those of servers: it is a client.
    Servers,
    /// Both: it is either, or stands between them.
    Both,
}

/// A limit on the length of chains that a product has a directive for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DepthLimit {
    /// The product's default.
    pub limit: usize,
    /// What is counted.
    pub counts: Counts,
    /// The directive for the chains of clients.
    pub for_clients: &'static str,
    /// The directive for the chains of servers.
    pub for_servers: &'static str,
}

/// What a limit on the length of chains counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// The intermediates: neither leaf nor anchor (`X509_VERIFY_PARAM_set_depth`).
    Intermediates,
    /// Everything above the leaf, the anchor too.
    AboveLeaf,
}

impl Side {
    /// What the product asks of a leaf: its side decides, where it has only one.
    pub fn purpose(self, asked: Purpose) -> Purpose {
        match self {
            Side::Clients => Purpose::Client,
            Side::Servers => Purpose::Server,
            Side::Both => asked,
        }
    }
}

impl DepthLimit {
    /// The directive that raises the limit for a leaf of this purpose.
    pub fn directive(self, purpose: Purpose) -> &'static str {
        if purpose == Purpose::Server { self.for_servers } else { self.for_clients }
    }
}

impl Settings {
    /// Asks the engine as the product does, and checks what the product checks itself.
    pub(in crate::verifier) fn verify(
        self,
        algorithm: Algorithm,
        readings: &Readings<'_>,
        query: &Query<'_>,
    ) -> Verdict {
        let (graph, purpose) = (readings.graph(), self.side.purpose(query.purpose));
        // Nobody asks a client's certificate for a name.
        let host = query.host.clone().filter(|_| purpose != Purpose::Client);
        let query = Query { purpose, host: None, ..*query };
        if let Some(verdict) = self.handshake.refuse_message(&query) {
            return verdict;
        }
        let asked = host.clone().filter(|_| self.names == Names::ByVerifier);
        let verdict = self.ask(algorithm, readings, &Query { host: asked, ..query.clone() });
        let verdict = if verdict.accepts() { self.handshake.check_leaf(verdict, graph, &query) } else { verdict };
        match host {
            Some(host) if verdict.accepts() => self.check_names(verdict, graph, &query, &host),
            _ => verdict,
        }
    }

    /// The engine's verdict in the product's words.
    fn ask(self, algorithm: Algorithm, readings: &Readings<'_>, query: &Query<'_>) -> Verdict {
        let purpose = if self.asks_usage { query.purpose } else { Purpose::Any };
        let asked = Query { purpose, ..query.clone() };
        let verdict = match self.verifier {
            Verifier::OpenSsl(settings) => return self.ask_openssl(self.with_depth(settings), readings, &asked),
            Verifier::GnuTls(profile) => gnutls::verify(readings, &asked, profile).verdict,
            Verifier::AsItIs => algorithm.verify(readings, &asked),
        };
        match verdict.outcome {
            Outcome::Rejected => {
                Verdict { detail: self.words.of_verdict(&verdict, readings.graph(), query), ..verdict }
            }
            Outcome::Accepted | Outcome::Stopped => verdict,
        }
    }

    fn ask_openssl(self, settings: openssl::Settings, readings: &Readings<'_>, query: &Query<'_>) -> Verdict {
        let answer = openssl::verify(readings, query, settings);
        let Some(openssl::Rejection::Reported(last)) = answer.rejection else { return answer.verdict };
        // Where a program goes on after an error, a chain that is too long has no end either, which is reported then.
        let too_long = answer.errors.iter().find(|it| it.error == openssl::Error::CertChainTooLong);
        let cause = Some(too_long.map_or(last.cause, |error| error.cause));
        let detail = self.words.of_openssl(last, query, self.depth);
        Verdict { cause, detail, ..answer.verdict }
    }

    /// The limit on the length of chains, as OpenSSL is told or as its callback decides.
    fn with_depth(self, settings: openssl::Settings) -> openssl::Settings {
        match self.depth {
            None => settings,
            Some(DepthLimit { limit, counts: Counts::Intermediates, .. }) => {
                openssl::Settings { depth: limit, ..settings }
            }
            Some(DepthLimit { limit, counts: Counts::AboveLeaf, .. }) => {
                openssl::Settings { callback: Callback::StopAbove(limit), ..settings }
            }
        }
    }

    fn check_names(self, accepted: Verdict, graph: &Graph, query: &Query<'_>, host: &Host) -> Verdict {
        let Some(leaf) = graph.certificate(query.leaf) else { return accepted };
        if self.names.fit(graph, query.leaf, leaf, host) {
            return accepted;
        }
        let detail = self.words.of_mismatch(leaf, host);
        refused(accepted, detail, Cause::about(CauseKind::HostName, query.leaf))
    }
}

/// What the verifier accepts, and the product refuses in these words.
pub(super) fn refused(accepted: Verdict, detail: String, cause: Cause) -> Verdict {
    let path = accepted.chains.first().cloned().unwrap_or_default();
    let judged = Attempt { path, candidate: None, from_trusted: false, rejection: Some(detail.clone()) };
    let trail: Vec<Attempt> = accepted.trail.into_iter().chain([judged]).collect();
    Verdict::rejected(detail, cause, trail).without(accepted.unreadable)
}
