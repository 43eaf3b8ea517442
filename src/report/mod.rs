//! The report: the only serialised types, plain public fields, `schema` 1 (see `ARCHITECTURE.md`).
//!
//! Instants are RFC 3339 in UTC, digests and key ids lower-case hex, a certificate is its index in
//! [`Report::certificates`]. Fields may be added; none is removed without a new schema number.

mod acceptance;
mod certificate;
mod chain;
mod convert;
mod serialize;

pub use acceptance::MAX_TRAIL;
pub(crate) use acceptance::engine_verdict;
pub use chain::{ChainDetails, Change, Explanation, Fact, Timeline, VerdictHistory};
pub(crate) use convert::assemble;

use serde::Serialize;

use crate::time::Timestamp;
use crate::verifier::Purpose;

/// Hex digits of a digest that tell certificates of the same name apart. Our own number: 32 bits, as short ids of keys have.
const DIGITS_THAT_DISTINGUISH: usize = 8;

/// Everything rootlens knows about the input.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Always 1.
    pub schema: u32,
    /// The instant at which everything was judged.
    #[serde(serialize_with = "serialize::timestamp")]
    pub at: Timestamp,
    /// The answer in one sentence.
    pub headline: Headline,
    /// The peer whose pools lead the page: the chosen one, or the one that shows most. A name from `pools[].peer`.
    pub focus: Option<String>,
    /// Files and pastes in the order given.
    pub sources: Vec<Source>,
    /// Distinct certificates in order of first appearance.
    pub certificates: Vec<Certificate>,
    /// Names with their keys; same name with another key is another CA.
    pub cas: Vec<Ca>,
    /// Candidate issuer edges with their evidence.
    pub edges: Vec<Edge>,
    /// Issuers that are named but absent.
    pub ghosts: Vec<Ghost>,
    /// Four per peer, in the order naive, first-chain, all-chains, correct.
    pub pools: Vec<Pool>,
    /// One per peer.
    pub divergence: Vec<Divergence>,
    /// Four per peer: the gates of an OpenZiti router that sampled it.
    pub gates: Vec<Gate>,
    /// What the engines were asked about every chain: `client`, `server` or `any`; null if that was left to each chain.
    #[serde(serialize_with = "serialize::optional_purpose")]
    pub purpose: Option<Purpose>,
    /// The name or address that the engines were to find in each leaf.
    pub host: Option<String>,
    /// One per chain and engine, those of a chain together: the verdict with the bundle as trust store. The chains are
    /// the clients, or the peers where there is no client.
    pub engines: Vec<EngineVerdict>,
    /// Chains beyond the first hundred, which no engine was asked about.
    pub chains_left_out: usize,
    /// The first instant after `at` at which an engine accepts a chain no longer.
    pub first_loss: Option<Loss>,
    /// Errors first, then warnings, then information.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The name of a certificate, with the beginning of its SHA-256 where others of the report have the name too; empty for
    /// an index that the report does not have.
    pub fn distinct_name(&self, id: usize) -> String {
        let name = self.certificates.get(id).map(|certificate| certificate.name.as_str()).unwrap_or_default();
        match self.distinguishing_digest(id) {
            Some(digest) => format!("{name} (SHA-256 {digest}…)"),
            None => name.to_owned(),
        }
    }

    /// The beginning of a certificate's SHA-256, if others of the report have its name too.
    pub fn distinguishing_digest(&self, id: usize) -> Option<&str> {
        let certificate = self.certificates.get(id)?;
        let shares_name = |other: &Certificate| other.id != id && other.name == certificate.name;
        let digest = certificate.sha256.get(..DIGITS_THAT_DISTINGUISH)?;
        self.certificates.iter().any(shares_name).then_some(digest)
    }

    /// The engines' verdicts, those of a chain together.
    pub fn verdicts_by_chain(&self) -> impl Iterator<Item = &[EngineVerdict]> {
        self.engines.chunk_by(|one, next| one.client == next.client)
    }
}

/// The answer in one sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Headline {
    /// How bad it is.
    pub severity: Severity,
    /// What happens and to whom.
    pub sentence: String,
    /// One or two sentences more: why, and what else depends on it. May be empty.
    pub detail: String,
}

/// How bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Somebody is rejected, or trusted wrongly.
    Error,
    /// It works today and will not, or depends on luck.
    Warning,
    /// Worth knowing.
    Info,
}

/// The part a source plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Certificates that a verifier was given to trust.
    Bundle,
    /// What a sampled server presented.
    Peer,
    /// What a client under test presents.
    Client,
    /// What controllers publish to their routers.
    Published,
    /// Not used in the pools.
    Other,
}

/// A file or paste.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// Unique name.
    pub name: String,
    /// The first of `roles`.
    pub role: Role,
    /// Every role it plays; one chain can be peer and client.
    pub roles: Vec<Role>,
    /// Why, in words.
    pub role_reason: String,
    /// Its certificates in order, each once.
    pub certificates: Vec<usize>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Number of private keys that were recognised and dropped.
    pub secrets: usize,
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// 1-based line.
    pub line: usize,
    /// First byte of the block in the input.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// What and what next.
    pub message: String,
}

/// A distinct certificate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// Index in [`Report::certificates`].
    pub id: usize,
    /// Fingerprint.
    pub sha256: String,
    /// Fingerprint, for comparing with older tools.
    pub sha1: String,
    /// The most telling part of the subject.
    pub name: String,
    /// RFC 4514.
    pub subject: String,
    /// RFC 4514.
    pub issuer: String,
    /// Hex of the INTEGER's contents.
    pub serial: String,
    /// First valid instant.
    #[serde(serialize_with = "serialize::timestamp")]
    pub not_before: Timestamp,
    /// Last valid instant.
    #[serde(serialize_with = "serialize::timestamp")]
    pub not_after: Timestamp,
    /// Where `at` stands: `valid`, `expired` or `not-yet-valid`.
    pub validity: Validity,
    /// Days from `at` to `not_after`; negative after it.
    pub days_left: i64,
    /// basicConstraints cA.
    pub is_ca: bool,
    /// Subject and issuer are equal (RFC 5280 comparison).
    pub self_issued: bool,
    /// Its own key verifies its signature; null where that could not be checked.
    pub self_signed: Option<bool>,
    /// A root CA as `identity.IsRootCa` decides it.
    pub root_ca: bool,
    /// Why a self-issued CA is no root CA in that strict sense; absent otherwise.
    pub not_root_because: Option<String>,
    /// Index in [`Report::cas`].
    pub ca: usize,
    /// X.509 version, 1 to 3.
    pub version: u32,
    /// `ECDSA P-256`, `RSA 2048`, `Ed25519`.
    pub key: String,
    /// SHA-256 of the SubjectPublicKeyInfo.
    pub key_sha256: String,
    /// `ECDSA-SHA256`, `SHA256-RSA`, or the dotted OID.
    pub signature_algorithm: String,
    /// `CA:TRUE, path length 0`; absent without the extension.
    pub basic_constraints: Option<String>,
    /// Names of the bits set; absent without the extension.
    pub key_usage: Option<Vec<String>>,
    /// Names or dotted OIDs; absent without the extension.
    pub extended_key_usage: Option<Vec<String>>,
    /// `DNS:example.com`, `URI:spiffe://…`, `IP:192.0.2.1`…
    pub subject_alt_names: Vec<String>,
    /// In the form of `subject_alt_names`.
    pub permitted_names: Vec<String>,
    /// In the form of `subject_alt_names`.
    pub excluded_names: Vec<String>,
    /// Hex.
    pub subject_key_id: Option<String>,
    /// Hex.
    pub authority_key_id: Option<String>,
    /// Dotted OIDs, with a name where one is known.
    pub policies: Vec<String>,
    /// Authority information access as text, `OCSP: http://…`; never fetched.
    pub authority_info_access: Vec<String>,
    /// CRL distribution points as text; never fetched.
    pub crl_urls: Vec<String>,
    /// Critical extensions that rootlens does not know.
    pub unknown_critical: Vec<String>,
    /// Every extension: name or OID, with `critical` where it is.
    pub extensions: Vec<String>,
    /// Where it was found.
    pub places: Vec<Place>,
    /// To copy.
    pub pem: String,
}

/// Where an instant stands relative to a validity period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// Inside.
    Valid,
    /// After.
    Expired,
    /// Before.
    NotYetValid,
}

/// Where a certificate was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Name of the source.
    pub source: String,
    /// 1-based line.
    pub line: usize,
    /// First byte of the block in the input.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// What had to be mended to read it, in words.
    pub repairs: Vec<String>,
}

/// A name with a key, and its certificates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ca {
    /// The most telling part of the name.
    pub name: String,
    /// Its certificates (renewals, cross-certificates), in order of first appearance.
    pub certificates: Vec<usize>,
    /// Other CAs of this report with an equal name and another key.
    pub namesakes: Vec<usize>,
}

/// How two names compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Names {
    /// Byte for byte.
    Identical,
    /// Only under RFC 5280, 7.1.
    Equivalent,
    /// Not equal.
    Different,
}

/// How two key ids compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyIds {
    /// Both present and equal.
    Match,
    /// Both present and different.
    Mismatch,
    /// At least one is absent.
    Absent,
}

/// Whether a signature verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Signature {
    /// It does.
    Valid,
    /// It does not.
    Invalid,
    /// The algorithm or key is not supported.
    Unsupported,
    /// Not checked: the budget ran out.
    Unchecked,
}

/// A candidate issuer edge.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// Candidate issuer.
    pub issuer: usize,
    /// The certificate it may have signed.
    pub subject: usize,
    /// How the names compare.
    pub names: Names,
    /// How the key ids compare.
    pub key_ids: KeyIds,
    /// Whether the signature verifies.
    pub signature: Signature,
}

/// An issuer that is named but absent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ghost {
    /// The most telling part of the name.
    pub name: String,
    /// RFC 4514.
    pub subject: String,
    /// Hex, if the certificates give one.
    pub key_id: Option<String>,
    /// The certificates that need it.
    pub certificates: Vec<usize>,
}

/// The rules that make a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// What the OpenZiti router did.
    OpenzitiNaive,
    /// End of the first chain.
    FirstChain,
    /// End of every chain.
    AllChains,
    /// Only root CAs of the bundle.
    Correct,
}

/// A pool of roots, made from the bundle and one peer by one rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pool {
    /// Name of the peer chain.
    pub peer: String,
    /// The rule.
    pub rule: Rule,
    /// Certificates in the pool, in the order admitted.
    pub anchors: Vec<usize>,
    /// For each anchor, the step that admitted it, in words.
    pub steps: Vec<Step>,
    /// Why the pool is empty, in the verifier's words; absent if it is not.
    pub empty_because: Option<String>,
    /// One per client.
    pub clients: Vec<ClientVerdict>,
}

/// The step that admitted an anchor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The anchor.
    pub anchor: usize,
    /// The chain that ends at it, leaf first; empty if the peer presented it itself.
    pub chain: Vec<usize>,
    /// In words.
    pub reason: String,
}

/// What a pool says of one client.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClientVerdict {
    /// Name of the client chain.
    pub client: String,
    /// The leaf alone (router up to v2.0.0-pre12).
    pub accepts_leaf_only: bool,
    /// With the client's intermediates (later routers).
    pub accepts: bool,
    /// Why not, in Go's words; the path taken if accepted.
    pub reason: String,
    /// The chain found, leaf first; empty if rejected.
    pub chain: Vec<usize>,
}

/// The naive and the correct pool of one peer compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Divergence {
    /// Name of the peer chain.
    pub peer: String,
    /// Anchors that only the naive pool has.
    pub naive_only: Vec<usize>,
    /// Anchors that only the correct pool has.
    pub correct_only: Vec<usize>,
    /// Anchors of both.
    pub both: Vec<usize>,
    /// Clients that the correct pool accepts and the naive pool rejects (with intermediates).
    pub clients_lost: Vec<String>,
    /// Clients that the naive pool accepts and the correct pool rejects.
    pub clients_gained: Vec<String>,
    /// As `clients_lost`, for routers that verify the leaf alone.
    pub clients_lost_leaf_only: Vec<String>,
}

/// The gates that an OpenZiti router has had, in the order in which a client meets them, older generations first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GateKind {
    /// The TLS listener, up to 2.0.3.
    Tls,
    /// The session check of 2.0.0-pre12.
    V1,
    /// The session check of 2.0.0-pre13 to 2.0.3.
    V2,
    /// The session check of 2.0.4.
    V3,
}

/// A gate of an OpenZiti router in one of its generations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gate {
    /// Name of the peer chain that the router sampled.
    pub peer: String,
    /// Which gate, and in which generation.
    pub gate: GateKind,
    /// The releases that have it.
    pub releases: &'static str,
    /// What it does, in a sentence.
    pub rule: &'static str,
    /// What it trusts, in the order admitted.
    pub anchors: Vec<usize>,
    /// One per client.
    pub clients: Vec<Passage>,
}

/// Whether a gate lets a client pass.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// Name of the client chain.
    pub client: String,
    /// It does.
    pub accepts: bool,
    /// Why not, in Go's words; empty if it does.
    pub reason: String,
    /// The chain found, leaf first; empty if refused.
    pub chain: Vec<usize>,
}

/// What one engine says of one chain with the bundle as trust store.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EngineVerdict {
    /// Name of the chain.
    pub client: String,
    /// What the leaf was to be used for: `client`, `server` or `any`.
    #[serde(serialize_with = "serialize::purpose")]
    pub purpose: Purpose,
    /// Name of the engine.
    pub engine: &'static str,
    /// Its verdict.
    pub accepts: bool,
    /// A budget ended the search before an answer was found.
    pub stopped: bool,
    /// Its words; empty if accepted.
    pub detail: String,
    /// Every chain it returned, leaf first.
    pub chains: Vec<Vec<usize>>,
    /// The steps of its search in order, up to 200.
    pub trail: Vec<Attempt>,
}

/// One step of an engine's search.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attempt {
    /// The path so far, leaf first, without the candidate.
    pub path: Vec<usize>,
    /// The certificate considered next; null where the path is judged as it stands.
    pub candidate: Option<usize>,
    /// The candidate came from the trust store.
    pub from_trusted: bool,
    /// Why not, in the program's words; null if it was taken.
    pub rejection: Option<String>,
}

/// The first change for the worse.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Loss {
    /// The first instant of the rejection.
    #[serde(serialize_with = "serialize::timestamp")]
    pub at: Timestamp,
    /// Who is lost, and to whom.
    pub lost: Vec<Lost>,
    /// The certificates whose validity ends there.
    pub certificates: Vec<usize>,
}

/// A chain that some engines accept no longer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lost {
    /// Name of the chain.
    pub client: String,
    /// Names of the engines.
    pub engines: Vec<&'static str>,
}

/// A coded fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Stable, for example `intermediate-as-root`.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What, in a few words.
    pub title: String,
    /// What exactly and what follows from it.
    pub detail: String,
    /// The certificates concerned.
    pub certificates: Vec<usize>,
    /// What to do.
    pub fix: String,
}
