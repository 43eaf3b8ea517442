//! The report: the only serialised types, plain public fields, `schema` 1 (see `ARCHITECTURE.md`).
//!
//! Instants are RFC 3339 in UTC, digests and key ids lower-case hex, a certificate is its index in
//! [`Report::certificates`]. Fields may be added; none is removed without a new schema number.

mod acceptance;
mod answer;
mod certificate;
mod chain;
mod convert;
mod error_line;
mod forwarding;
mod loading;
mod related;
#[cfg(feature = "schema")]
mod schema;
mod serialize;

pub use acceptance::MAX_TRAIL;
pub(crate) use acceptance::engine_verdict;
pub use answer::{Answer, AnswerVerdict, ChainAnswer, Fix, FixFile, Lens, Store, StoreKind};
pub use chain::{ChainDetails, Change, Explanation, Fact, Timeline, VerdictHistory};
pub(crate) use convert::{Found, assemble};
pub use error_line::{ErrorFault, ErrorFinding, ErrorJudgement, ErrorLine};
pub use forwarding::{BackEnd, Forwarded, ForwardedChain};
pub use loading::{LoadedBy, LoadingFault};
pub use related::{Related, RelatedKind};
#[cfg(feature = "schema")]
pub use schema::schema;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::certificate::{CertId, distinct_name, distinguishing_digest};
use crate::time::Timestamp;
use crate::verifier::Purpose;

/// What `rootlens inspect --format json` prints. Instants are RFC 3339 in UTC, digests and key ids lower-case hex, a
/// certificate is its index in `certificates`. Fields may be added; none is removed without a new schema number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "rootlens report, schema 1"))]
pub struct Report {
    /// The number of this schema, always 1.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub schema: u32,
    /// The instant at which everything was judged.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Instant"))]
    pub at: Timestamp,
    /// Who trusts the chains, why not, and what to change.
    pub answer: Answer,
    /// The answer, for whoever reads one sentence only.
    pub headline: Headline,
    /// The peer whose pools lead the page: the chosen one, or the one that shows most. A name from `pools[].peer`.
    pub focus: Option<String>,
    /// Files and pastes in the order given.
    pub sources: Vec<Source>,
    /// Distinct certificates in order of first appearance.
    pub certificates: Vec<Certificate>,
    /// Names with their keys; same name with another key is another CA.
    pub cas: Vec<Ca>,
    /// Names that several CAs have, each with another key; in the order of the first CA of each.
    pub shared_names: Vec<SharedName>,
    /// Candidate issuer edges with their evidence.
    pub edges: Vec<Edge>,
    /// False if there are more candidate edges than are listed (250,000 between different certificates).
    pub edges_complete: bool,
    /// How many signature checks were left out, because all together would have taken too long. Edges that they were for are
    /// `unchecked`.
    pub checks_left_out: usize,
    /// Issuers that are named but absent.
    pub ghosts: Vec<MissingIssuer>,
    /// Four per peer, in the order naive, first-chain, all-chains, correct.
    pub pools: Vec<Pool>,
    /// The naive and the correct pool compared, once per peer.
    pub divergence: Vec<Divergence>,
    /// Four per peer: the gates of an OpenZiti router that sampled it.
    pub gates: Vec<Gate>,
    /// How many peers there are beyond the first twenty, whose pools were not computed.
    pub peers_left_out: usize,
    /// How many clients there are beyond those that pools and gates were asked about: the first of them, as many as can be asked in
    /// a short time.
    pub clients_left_out: usize,
    /// What the engines were asked about every chain: `client`, `server` or `any`; null if that was left to each chain.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Purpose>"))]
    pub purpose: Option<Purpose>,
    /// The name or address that the engines were to find in each leaf.
    pub host: Option<String>,
    /// One per chain and engine, those of a chain together: the verdict with the bundle as trust store. The chains are
    /// the clients, or the peers where there is no client.
    pub engines: Vec<EngineVerdict>,
    /// How many chains there are beyond the first hundred, which no engine was asked about.
    pub chains_left_out: usize,
    /// The first instant after `at` at which an engine accepts a chain no longer; null if nothing that is accepted is
    /// lost.
    pub first_loss: Option<Loss>,
    /// The error lines that were given, in the order of the sources and of their lines, and what the files say to them.
    pub error_lines: Vec<ErrorLine>,
    /// What a line after the last one may show once that is mended; null without lines, and where nothing comes after.
    pub next_error: Option<Cow<'static, str>>,
    /// Errors first, then warnings, then information.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The name of a certificate, with the beginning of its SHA-256 where others of the report have the name too; empty
    /// for an index that the report does not have.
    pub fn distinct_name(&self, id: usize) -> String {
        let name = self.certificates.get(id).map(|certificate| certificate.name.as_str()).unwrap_or_default();
        match self.distinguishing_digest(id) {
            Some(digest) => distinct_name(name, digest),
            None => name.to_owned(),
        }
    }

    /// The beginning of a certificate's SHA-256, if others of the report have its name too.
    pub fn distinguishing_digest(&self, id: usize) -> Option<&str> {
        let certificate = self.certificates.get(id)?;
        let shares_name = |other: &Certificate| other.id != id && other.name == certificate.name;
        let digest = distinguishing_digest(&certificate.sha256);
        self.certificates.iter().any(shares_name).then_some(digest)
    }

    /// [`Report::distinct_name`] of every certificate.
    pub fn distinct_names(&self) -> Vec<String> {
        let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
        self.certificates.iter().for_each(|it| *bearers.entry(&it.name).or_default() += 1);
        let name = |certificate: &Certificate| match bearers.get(certificate.name.as_str()) {
            Some(2..) => distinct_name(&certificate.name, distinguishing_digest(&certificate.sha256)),
            _ => certificate.name.clone(),
        };
        self.certificates.iter().map(name).collect()
    }

    /// The engines' verdicts, those of a chain together.
    pub fn verdicts_by_chain(&self) -> impl Iterator<Item = &[EngineVerdict]> {
        self.engines.chunk_by(|one, next| one.client == next.client)
    }

    /// The numbers of the chains that some engines accept and others do not.
    pub fn disputed_chains(&self) -> impl Iterator<Item = usize> {
        let chains = self.verdicts_by_chain().enumerate();
        chains.filter(|(_, verdicts)| is_disputed(verdicts)).map(|(chain, _)| chain)
    }
}

/// Some engines accept the chain that these verdicts are about, and others do not.
pub fn is_disputed(verdicts: &[EngineVerdict]) -> bool {
    verdicts.iter().any(|verdict| verdict.accepts) && !verdicts.iter().all(|verdict| verdict.accepts)
}

/// The answer in one sentence, with how bad it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Headline {
    /// How bad the answer is.
    pub severity: Severity,
    /// What happens and to whom.
    pub sentence: String,
    /// One or two sentences more: why, and what else depends on it. May be empty.
    pub detail: String,
}

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Somebody is rejected, or trusted wrongly.
    Error,
    /// It works today and will not, or depends on luck.
    Warning,
    /// It costs nobody anything now, and is worth knowing.
    Info,
}

/// The part that a source plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// It contributes nothing to the pools.
    Other,
}

/// A file or paste that was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The file's name, made unique among the sources; with its key behind a colon where a file has several parts.
    pub name: String,
    /// The key of the file under which the source stands, if a key says what it is for: `ca.crt`, `caBundle`, `<ca>`.
    pub part: Option<String>,
    /// The first of `roles`.
    pub role: Role,
    /// Every role it plays; one chain can be peer and client.
    pub roles: Vec<Role>,
    /// Why it has these roles, in words.
    pub role_reason: String,
    /// Its certificates in order, each once.
    pub certificates: Vec<usize>,
    /// What in it could not be read.
    pub problems: Vec<Problem>,
    /// Number of private keys, tokens and passwords that were recognised and dropped.
    pub secrets: usize,
    /// How many of these are private keys.
    pub private_keys: usize,
    /// Requests and public keys in it, and the certificates that have the same key.
    pub related: Vec<Related>,
    /// Commands that print the public keys of the private key and of the certificate, to compare them here; empty where
    /// `openssl` reads no private key in it.
    pub key_commands: Vec<String>,
    /// What real programs get out of it, one per loader; empty where all get everything, and where none is given such a file.
    pub loaders: Vec<LoadedBy>,
    /// What travels in the header that forwards its certificates; null if it is no such header.
    pub forwarded: Option<Forwarded>,
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The line in which it begins, counted from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: usize,
    /// First byte of the block in the input.
    pub start: usize,
    /// First byte after the block.
    pub end: usize,
    /// What could not be read, and what to do about it.
    pub message: String,
    /// Whether a password would open it.
    pub needs_password: bool,
}

/// A certificate, however often it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Certificate {
    /// Its index in `certificates`.
    pub id: usize,
    /// SHA-256 of its DER, the fingerprint that most tools show.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Sha256"))]
    pub sha256: String,
    /// SHA-1 of its DER, for comparing with older tools.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Sha1"))]
    pub sha1: String,
    /// The most telling part of the subject.
    pub name: String,
    /// The subject's distinguished name in the form of RFC 4514.
    pub subject: String,
    /// The issuer's distinguished name in the form of RFC 4514.
    pub issuer: String,
    /// The serial number: the INTEGER's contents in hex.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Hex"))]
    pub serial: String,
    /// The first instant at which it is valid.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Instant"))]
    pub not_before: Timestamp,
    /// The last instant at which it is valid.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Instant"))]
    pub not_after: Timestamp,
    /// Where `at` stands in its validity.
    pub validity: Validity,
    /// Days from `at` to `not_after`; negative after it.
    pub days_left: i64,
    /// Whether basicConstraints says that it is a CA.
    pub is_ca: bool,
    /// Whether subject and issuer are equal by the comparison of RFC 5280.
    pub self_issued: bool,
    /// Whether its own key verifies its signature; null where that could not be checked.
    pub self_signed: Option<bool>,
    /// Whether it is a root CA as OpenZiti's `identity.IsRootCa` decides it.
    pub root_ca: bool,
    /// Whether it is one of the public roots that rootlens brings (Mozilla's list); false too where the list was not
    /// at hand. It has no `places` if no file holds it.
    pub public_root: bool,
    /// Why a self-issued CA is no root CA in that strict sense; null otherwise.
    pub not_root_because: Option<String>,
    /// Index in `cas` of its subject's name and key.
    pub ca: usize,
    /// X.509 version: 1 to 3, or whatever else somebody wrote, which some programs read.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub version: u32,
    /// The kind and size of its key: `ECDSA P-256`, `RSA 2048`, `Ed25519`.
    pub key: String,
    /// SHA-256 of its SubjectPublicKeyInfo.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Sha256"))]
    pub key_sha256: String,
    /// How it is signed: `ECDSA-SHA256`, `SHA256-RSA`, or the dotted object identifier.
    pub signature_algorithm: String,
    /// Its basicConstraints, `CA:TRUE, path length 0`; null without the extension.
    pub basic_constraints: Option<String>,
    /// Names of the bits set in its keyUsage; null without the extension.
    pub key_usage: Option<Vec<String>>,
    /// Names or dotted object identifiers of its extKeyUsage; null without the extension.
    pub extended_key_usage: Option<Vec<String>>,
    /// The names it is for: `DNS:example.com`, `URI:spiffe://…`, `IP:192.0.2.1`…
    pub subject_alt_names: Vec<String>,
    /// What its nameConstraints permit, in the form of `subject_alt_names`.
    pub permitted_names: Vec<String>,
    /// What its nameConstraints exclude, in the form of `subject_alt_names`.
    pub excluded_names: Vec<String>,
    /// Its subjectKeyIdentifier in hex; null without the extension.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Hex>"))]
    pub subject_key_id: Option<String>,
    /// The keyIdentifier of its authorityKeyIdentifier in hex; null where it has none.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Hex>"))]
    pub authority_key_id: Option<String>,
    /// Its certificate policies as dotted object identifiers, with a name where one is known.
    pub policies: Vec<String>,
    /// Authority information access as text, `OCSP: http://…`; never fetched.
    pub authority_info_access: Vec<String>,
    /// CRL distribution points as text; never fetched.
    pub crl_urls: Vec<String>,
    /// Critical extensions that rootlens does not know.
    pub unknown_critical: Vec<String>,
    /// Every extension: name or OID, with `critical` where it is.
    pub extensions: Vec<String>,
    /// Every place where it was found; none if it is a public root that no file holds.
    pub places: Vec<Place>,
    /// The certificate as PEM, to copy.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^-----BEGIN CERTIFICATE-----\\n")))]
    pub pem: String,
}

/// Where an instant stands relative to a validity period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// The instant lies in the period, both bounds included.
    Valid,
    /// The instant lies after the period.
    Expired,
    /// The instant lies before the period.
    NotYetValid,
}

/// A place where a certificate was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Name of the source.
    pub source: String,
    /// The line in which the block begins, counted from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: usize,
    /// First byte of the block in the input.
    pub start: usize,
    /// First byte after the block.
    pub end: usize,
    /// What had to be mended to read it, in words.
    pub repairs: Vec<String>,
}

/// A name with a key, and the certificates that bear both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ca {
    /// The most telling part of the name.
    pub name: String,
    /// Its certificates (renewals, cross-certificates), in order of first appearance.
    pub certificates: Vec<usize>,
    /// Other CAs of this report with an equal name and another key: the first 20. `shared_name` leads to all of them.
    pub namesakes: Vec<usize>,
    /// Index in `shared_names` of its name; null if no other CA has it.
    pub shared_name: Option<usize>,
}

/// A name that several CAs have, each with a key of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedName {
    /// The most telling part of the name.
    pub name: String,
    /// Indices in `cas` of the CAs that have it, two at least, in order.
    pub cas: Vec<usize>,
}

/// Most other CAs of its name that a CA lists by itself: each of n would list n - 1. Our own number; `shared_names` has each once.
pub const MAX_NAMESAKES: usize = 20;

/// How two names compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Names {
    /// They are equal byte for byte.
    Identical,
    /// They are equal only by the rules of RFC 5280, 7.1.
    Equivalent,
    /// They are not equal.
    Different,
}

/// How two key ids compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum KeyIds {
    /// Both are there and equal.
    Match,
    /// Both are there and different.
    Mismatch,
    /// At least one of them is absent.
    Absent,
}

/// Whether a signature verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Signature {
    /// The issuer's key verifies it.
    Valid,
    /// The issuer's key does not verify it.
    Invalid,
    /// The algorithm or the key is not supported, so nobody knows.
    Unsupported,
    /// Nobody checked it: the budget ran out.
    Unchecked,
}

/// A pair of certificates of which one may have issued the other, with the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edge {
    /// The certificate that may be the issuer's.
    pub issuer: usize,
    /// The certificate that it may have signed.
    pub subject: usize,
    /// How the subject's issuer name compares with the issuer's subject name.
    pub names: Names,
    /// How the subject's authorityKeyIdentifier compares with the issuer's subjectKeyIdentifier.
    pub key_ids: KeyIds,
    /// Whether the issuer's key verifies the subject's signature.
    pub signature: Signature,
}

/// An issuer that certificates name and that is not among them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Ghost"))]
pub struct MissingIssuer {
    /// The most telling part of the name.
    pub name: String,
    /// Its distinguished name in the form of RFC 4514.
    pub subject: String,
    /// Its key id in hex; null if the certificates give none.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Hex>"))]
    pub key_id: Option<String>,
    /// The certificates that name it as their issuer.
    pub certificates: Vec<usize>,
}

/// The rules by which a pool of roots is made of a bundle and a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// What the OpenZiti router did: the last certificate of every chain, with the whole bundle as roots.
    OpenzitiNaive,
    /// The last certificate of the first chain.
    FirstChain,
    /// The last certificate of every chain.
    AllChains,
    /// The last certificate of every chain, with the bundle's root CAs alone as roots.
    Correct,
}

/// A pool of roots, made from the bundle and one peer by one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pool {
    /// Name of the chain of the peer that was sampled.
    pub peer: String,
    /// The rule that made it.
    pub rule: Rule,
    /// The certificates in the pool, in the order admitted.
    pub anchors: Vec<usize>,
    /// For each anchor, the step that admitted it.
    pub steps: Vec<Step>,
    /// Why the pool is empty, in the verifier's words; null if it is not.
    pub empty_because: Option<String>,
    /// What the pool says of each client.
    pub clients: Vec<ClientVerdict>,
}

/// The step that admitted an anchor to a pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// The certificate that was admitted.
    pub anchor: usize,
    /// The chain that ends at it, leaf first; empty if the peer presented it itself.
    pub chain: Vec<usize>,
    /// Why the step admitted it, in words.
    pub reason: String,
}

/// What a pool says of one client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClientVerdict {
    /// Name of the client's chain.
    pub client: String,
    /// Whether it accepts the leaf alone, as routers up to v2.0.0-pre12 ask.
    pub accepts_leaf_only: bool,
    /// Whether it accepts the leaf with the client's intermediates, as later routers ask.
    pub accepts: bool,
    /// Why it does not accept, in Go's words; empty if it does.
    pub reason: String,
    /// The chain found, leaf first; empty if rejected.
    pub chain: Vec<usize>,
}

/// The naive and the correct pool of one peer compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Divergence {
    /// Name of the chain of the peer that was sampled.
    pub peer: String,
    /// Anchors that only the naive pool has.
    pub naive_only: Vec<usize>,
    /// Anchors that only the correct pool has.
    pub correct_only: Vec<usize>,
    /// Anchors that both pools have.
    pub both: Vec<usize>,
    /// Clients that the correct pool accepts and the naive pool rejects (with intermediates).
    pub clients_lost: Vec<String>,
    /// Clients that the naive pool accepts and the correct pool rejects.
    pub clients_gained: Vec<String>,
    /// As `clients_lost`, for routers that verify the leaf alone.
    pub clients_lost_leaf_only: Vec<String>,
}

/// The gates that an OpenZiti router has had, in the order in which a client meets them, older generations first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Gate {
    /// Name of the peer chain that the router sampled.
    pub peer: String,
    /// Which gate it is, and in which generation.
    pub gate: GateKind,
    /// The releases of the router that have it.
    pub releases: Cow<'static, str>,
    /// What it does, in a sentence.
    pub rule: Cow<'static, str>,
    /// What it trusts, in the order admitted.
    pub anchors: Vec<usize>,
    /// What the gate says of each client.
    pub clients: Vec<GateVerdict>,
}

/// Whether a gate lets a client pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Passage"))]
pub struct GateVerdict {
    /// Name of the client's chain.
    pub client: String,
    /// Whether the gate lets the client pass.
    pub accepts: bool,
    /// Why not, in Go's words; empty if it does.
    pub reason: String,
    /// The chain found, leaf first; empty if refused.
    pub chain: Vec<usize>,
}

/// What one engine says of one chain with the bundle as trust store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EngineVerdict {
    /// Name of the chain.
    pub client: String,
    /// What the leaf was to be used for.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Purpose"))]
    pub purpose: Purpose,
    /// Name of the engine: the program and its version.
    pub engine: Cow<'static, str>,
    /// Whether the program would accept the leaf.
    pub accepts: bool,
    /// Whether a budget ended the search before an answer was found; then it does not accept either.
    pub stopped: bool,
    /// Why it does not accept, in the program's words; empty if it does.
    pub detail: String,
    /// Every chain it returned, leaf first.
    pub chains: Vec<Vec<usize>>,
    /// The steps of its search in order, up to 200.
    pub trail: Vec<Attempt>,
}

/// One step of an engine's search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attempt {
    /// The path so far, leaf first, without the candidate.
    pub path: Vec<usize>,
    /// The certificate considered next; null where the path is judged as it stands.
    pub candidate: Option<usize>,
    /// Whether the candidate came from the trust store.
    pub from_trusted: bool,
    /// Why the candidate was refused, in the program's words; null if it was taken.
    pub rejection: Option<String>,
}

/// The first instant at which a verdict changes for the worse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Loss {
    /// The first instant of the rejection.
    #[cfg_attr(feature = "schema", schemars(with = "schema::Instant"))]
    pub at: Timestamp,
    /// The chains that are rejected from then on.
    pub lost: Vec<Lost>,
    /// The certificates whose validity ends there.
    pub certificates: Vec<usize>,
}

/// A chain that some engines accept no longer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lost {
    /// Name of the chain.
    pub client: String,
    /// Names of the engines that accept it no longer.
    pub engines: Vec<Cow<'static, str>>,
}

/// A fact worth acting upon, under a code that stays the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// What it is about, for programs; for example `intermediate-as-root`.
    pub code: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: String,
    /// What exactly it is and what follows from it.
    pub detail: String,
    /// The certificates concerned.
    pub certificates: Vec<usize>,
    /// What to do about it.
    pub fix: String,
}

/// Certificates as the report names them: by their indices.
fn ids(certificates: &[CertId]) -> Vec<usize> {
    certificates.iter().map(|id| id.0).collect()
}
