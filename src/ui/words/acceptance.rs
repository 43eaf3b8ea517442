//! Who would accept a chain: verifiers, their searches, the time line, and the gates of a router.

use crate::report::{EngineVerdict, GateKind, Report};
use crate::verifier::preset::{Confidence, Preset};
use crate::wording;

use crate::wording::{ACCEPTED, REJECTED};
pub(crate) use crate::wording::{
    DIVIDES, STOPPED, UNEXPLAINED, agreement, asked_as, chains_left_out, change_of_count, portion, purpose,
    without_them,
};

/// What the verifiers say of all chains together, in a line.
pub(crate) fn verifiers(report: &Report) -> String {
    wording::verifiers(report).unwrap_or_else(|| NOBODY.to_owned())
}

/// The name of the bar of a chain's verifiers.
pub(crate) fn verifiers_of(chain: &str) -> String {
    format!("Programs asked about {chain}")
}

pub(crate) const TITLE: &str = "Programs";
pub(crate) const LEAD: &str = "Every program gets the same trust store and the same chain, in the order in which it stands in the file. Choose \
     one to see its words, its path and every step of its search.";
pub(crate) const NOBODY: &str = "No chain among the files, so there is nobody to judge.";

/// What became of a chain or of a client, in a word; also the value of `data-verdict`.
pub(crate) fn verdict_name(accepts: bool) -> &'static str {
    if accepts { ACCEPTED } else { REJECTED }
}

/// Below the chains that nobody was asked about.
pub(crate) fn left_out(chains: &str) -> String {
    format!("{chains}: drop fewer at a time.")
}

/// Behind the name of a verifier, for those who hear it.
pub(crate) fn says(accepts: bool) -> &'static str {
    if accepts { ", accepts" } else { ", rejects" }
}

/// What people call an engine.
pub(crate) fn engine(name: &str) -> &str {
    match name {
        "go-1.27.3" => "Go 1.27",
        "go-1.19.8" => "Go 1.19",
        "openssl-3.0.22" => "OpenSSL 3.0",
        "openssl-3.0.22-partial" => "OpenSSL, partial chains",
        "openssl-3.0.22-partial-strict" => "OpenSSL, partial and strict",
        "rustls-webpki-0.103.16" => "webpki (rustls)",
        "gnutls-3.7.9" => "GnuTLS 3.7",
        "mbedtls-2.28.3" => "mbedTLS 2.28",
        "nss-3.87.1" => "NSS 3.87",
        "java-17.0.15-trustmanager" => "Java 17 TLS",
        "java-17.0.15-certpathbuilder" => "Java 17 path builder",
        other => other,
    }
}

/// A product on the button of its engine; what is not measured is marked.
pub(crate) fn product_short(preset: Preset) -> String {
    match preset.confidence {
        Confidence::Measured | Confidence::Source => preset.title.to_owned(),
        _ => format!("≈ {}", preset.title),
    }
}

/// How we know of a product.
pub(crate) fn known(preset: Preset) -> String {
    format!("{}: {}", preset.confidence.words(), preset.source)
}

// The panel of one verifier.
pub(crate) const ITS_WORDS: &str = "Its words";
pub(crate) const ITS_PATHS: &str = "Its path";
pub(crate) const ITS_SEARCH: &str = "Its search, step by step";
pub(crate) const PRODUCTS: &str = "Who verifies like this";
pub(crate) const ARROW: &str = " ← ";
pub(crate) const TAKEN: &str = "taken";
pub(crate) const NO_STEP: &str = "It gave up before it considered a certificate.";
pub(crate) const SEE_GRAPH: &str = "Show it in the graph";
pub(crate) const CLOSE: &str = "Close";

/// A step of the search: a path that ends with the candidate, or one that is judged without another.
pub(crate) fn considered(path: &str, has_candidate: bool, from_trusted: bool) -> String {
    match (has_candidate, from_trusted) {
        (false, _) => format!("{path}: the path as it stands"),
        (true, true) => format!("{path}, from the trust store"),
        (true, false) => format!("{path}, from what was sent"),
    }
}

/// Why a candidate was not taken.
pub(crate) fn not_taken(reason: &str) -> String {
    format!("not taken: {reason}")
}

/// The heading of the panel.
pub(crate) fn verdict(verdict: &EngineVerdict) -> String {
    let before_chain = if verdict.stopped { " for" } else { "" };
    format!("{} {}{before_chain} {}", engine(&verdict.engine), wording::outcome(verdict), verdict.client)
}

// The dividing fact.
pub(crate) const LOOKING: &str = "Looking for the fact that divides them…";
pub(crate) const OTHER_FACTS: &str = "Other ways to explain it";

// The time line.
pub(crate) const TIME: &str = "Time";
pub(crate) const CHAIN: &str = "chain";
pub(crate) const SLIDE: &str = "Judge as of";
pub(crate) const ACCEPTING: &str = "accepted by";
const NO_LOSS: &str = "Nothing that is accepted today is lost later.";
pub(crate) const CHANGES: &str = "Every change";
pub(crate) const GO_THERE: &str = "Judge as of then";
pub(crate) const NO_CHANGE: &str = "No verdict on this chain ever changes.";
pub(crate) const NEVER: &str = "No date makes it valid.";

/// Who is lost first, when, to whom and why.
pub(crate) fn loss(report: &Report) -> String {
    let sentence = wording::first_loss(report, wording::Verifiers::Counted);
    sentence.map_or_else(|| NO_LOSS.to_owned(), |sentence| sentence.text(super::instant))
}

/// `2020-01-01 to 2060-01-01`
pub(crate) fn period(from: &str, until: &str) -> String {
    format!("{from} to {until}")
}

// The gates of a router.
pub(crate) const GATES: &str = "Router gates";
pub(crate) const GATES_LEAD: &str = "A client of an OpenZiti router passes the TLS listener first and the check of its session after that; each has a pool of its own, and the \
     check changed from release to release.";
pub(crate) const GATES_AGREE: &str = "Every gate of every release says the same of every client.";
pub(crate) const GATE_TLS: &str = "TLS listener";
pub(crate) const GATE_SESSION: &str = "Session check";
pub(crate) const TRUSTS: &str = "Trusts";
pub(crate) const NOBODY_TRUSTED: &str = "Trusts nobody";

/// What scripts know a gate by.
pub(crate) fn gate_id(gate: GateKind) -> &'static str {
    match gate {
        GateKind::Tls => "tls",
        GateKind::V1 => "v1",
        GateKind::V2 => "v2",
        GateKind::V3 => "v3",
    }
}

/// A client that is let in by TLS and refused afterwards, with the releases that do.
pub(crate) fn refused_later(client: &str, releases: &[&str]) -> String {
    format!("TLS lets {client} in, and the session is then refused by {}.", releases.join(" and "))
}

/// What the newest release would change.
pub(crate) fn upgrade(clients: &[&str], release: &str) -> String {
    format!("An upgrade to {release} would let {} in.", clients.join(" and "))
}
