//! From the computed facts to the report: no decision is made here.

use data_encoding::HEXLOWER;

use super::*;
use crate::acceptance::Acceptance;
use crate::analysis::Analysis;
use crate::certificate::CertId;
use crate::choices::Choices;
use crate::decode::{self, ProblemKind};
use crate::divergence::PeerPools;
use crate::error_explanation::{self, ExplainedLine};
use crate::finding;
use crate::graph::{Graph, KeyIdMatch, NameMatch};
use crate::inventory::{self, Inventory};
use crate::lens::Lens;
use crate::pool;
use crate::role::{self, Chain};
use crate::signature::Status;
use crate::trust_store::TrustStore;
use crate::verifier::Verdict;

/// What was found out, of which the report is made.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    /// The facts.
    pub(crate) analysis: &'a Analysis<'a>,
    /// What the engines say.
    pub(crate) acceptance: &'a Acceptance,
    /// What that means.
    pub(crate) answer: &'a crate::answer::Answer,
    /// Which question leads.
    pub(crate) lens: Lens,
    /// What is trusted.
    pub(crate) store: &'a TrustStore,
    /// What the files say to the error lines.
    pub(crate) error_lines: &'a [ExplainedLine],
}

/// Puts the report together from what was found out.
pub(crate) fn assemble(
    found: &Found<'_>,
    choices: &Choices,
    headline: finding::Headline,
    findings: Vec<finding::Finding>,
) -> Report {
    let Found { analysis, acceptance: answered, .. } = *found;
    let (graph, peers) = (analysis.graph, &analysis.peers);
    let (headline, findings) = (self::headline(headline), findings.into_iter().map(finding).collect::<Vec<_>>());
    Report {
        schema: 1,
        at: choices.at,
        answer: self::answer(found, &headline, &findings),
        headline,
        focus: analysis.focus().map(|focus| focus.peer.name.clone()),
        sources: sources(analysis),
        certificates: certificate::all(analysis),
        cas: cas(graph),
        shared_names: shared_names(graph),
        edges: graph.edges.iter().map(edge).collect(),
        edges_complete: graph.complete,
        checks_left_out: graph.checks_left_out,
        ghosts: ghosts(graph),
        pools: peers.iter().flat_map(|peer| pools(analysis, peer)).collect(),
        divergence: peers.iter().map(|peer| divergence(analysis, peer)).collect(),
        gates: peers.iter().flat_map(|peer| gates(analysis, peer)).collect(),
        peers_left_out: analysis.peers_left_out(),
        clients_left_out: analysis.clients_left_out(),
        purpose: choices.purpose,
        host: choices.host.as_ref().map(|host| host.text().to_owned()),
        engines: acceptance::verdicts(answered),
        chains_left_out: answered.chains_left_out,
        first_loss: acceptance::first_loss(answered),
        error_lines: found.error_lines.iter().map(error_line::error_line).collect(),
        next_error: error_explanation::sequence(found.error_lines).next.map(|stage| stage.shows().into()),
        findings,
    }
}

fn answer(found: &Found<'_>, headline: &Headline, findings: &[Finding]) -> Answer {
    let answer = answer::answer(found.answer, found.lens, found.store);
    match found.lens {
        Lens::Chains => answer,
        Lens::Router => {
            let locks_out = found.analysis.focus().is_some_and(|focus| !focus.divergence.lost.is_empty());
            answer::of_router(answer, headline, locks_out, findings.first())
        }
    }
}

fn headline(from: finding::Headline) -> Headline {
    Headline { severity: from.severity.into(), sentence: from.sentence, detail: from.detail }
}

fn finding(from: finding::Finding) -> Finding {
    Finding {
        code: from.code.into(),
        severity: from.severity.into(),
        title: from.title,
        detail: from.detail,
        certificates: ids(&from.certificates),
        fix: from.fix,
    }
}

fn sources(analysis: &Analysis<'_>) -> Vec<Source> {
    let inventory = analysis.inventory;
    let sources = inventory.sources.iter().zip(&analysis.roles.by_source);
    sources.map(|(from, part)| source(inventory, from, part)).collect()
}

fn source(inventory: &Inventory, from: &inventory::Source, part: &role::SourceRoles) -> Source {
    let roles: Vec<Role> = part.roles.iter().map(|&role| role.into()).collect();
    let problem = |problem: &decode::Problem| Problem {
        line: problem.place.line,
        start: problem.place.bytes.start,
        end: problem.place.bytes.end,
        message: problem.message.clone(),
        needs_password: problem.kind == ProblemKind::PasswordNeeded,
    };
    Source {
        name: from.name.clone(),
        part: from.part.as_ref().map(|part| part.key.clone()),
        role: roles.first().copied().unwrap_or(Role::Other),
        roles,
        role_reason: part.reason.clone(),
        certificates: ids(&from.certificates()),
        problems: from.problems.iter().map(problem).collect(),
        secrets: from.secrets.len(),
        private_keys: from.private_keys(),
        related: related::related(inventory, from),
        key_commands: from.key_commands.clone(),
        loaders: from.loading.as_ref().map(loading::loaders).unwrap_or_default(),
        forwarded: forwarding::forwarded(inventory, from),
    }
}

fn edge(from: &crate::graph::Edge) -> Edge {
    Edge {
        issuer: from.issuer.0,
        subject: from.subject.0,
        names: from.names.into(),
        key_ids: from.key_ids.into(),
        signature: from.signature.into(),
    }
}

fn pools(analysis: &Analysis<'_>, peer: &PeerPools) -> Vec<Pool> {
    let name = &peer.peer.name;
    let pool = |pool: &pool::RootPool| Pool {
        peer: name.clone(),
        rule: pool.rule.into(),
        anchors: ids(&pool.anchors),
        steps: steps(analysis.graph, name, pool),
        empty_because: pool.anchors.is_empty().then(|| pool.search.detail.clone()),
        clients: client_verdicts(&analysis.roles.clients, peer.verdicts(pool.rule)),
    };
    peer.pools.iter().map(pool).collect()
}

fn steps(graph: &Graph, peer: &str, pool: &pool::RootPool) -> Vec<Step> {
    let step = |(anchor, step): (&CertId, &pool::Step)| Step {
        anchor: anchor.0,
        chain: pool.chain_of(*step).map(|(_, chain)| ids(chain)).unwrap_or_default(),
        reason: pool.reason(graph, peer, *step),
    };
    pool.anchors.iter().zip(&pool.steps).map(step).collect()
}

fn client_verdicts(clients: &[Chain], verdicts: &[pool::ClientVerdict]) -> Vec<ClientVerdict> {
    let verdict = |(client, verdict): (&Chain, &pool::ClientVerdict)| ClientVerdict {
        client: client.name.clone(),
        accepts_leaf_only: verdict.leaf_only.accepts(),
        accepts: verdict.accepts(),
        reason: verdict.with_intermediates.detail.clone(),
        chain: first_chain(&verdict.with_intermediates),
    };
    clients.iter().zip(verdicts).map(verdict).collect()
}

fn first_chain(verdict: &Verdict) -> Vec<usize> {
    verdict.chains.first().map(|chain| ids(chain)).unwrap_or_default()
}

fn divergence(analysis: &Analysis<'_>, peer: &PeerPools) -> Divergence {
    let from = &peer.divergence;
    let names = |clients: &[usize]| {
        let chains = clients.iter().filter_map(|&index| analysis.roles.clients.get(index));
        chains.map(|chain| chain.name.clone()).collect()
    };
    Divergence {
        peer: peer.peer.name.clone(),
        naive_only: ids(&from.naive_only),
        correct_only: ids(&from.correct_only),
        both: ids(&from.both),
        clients_lost: names(&from.lost),
        clients_gained: names(&from.gained),
        clients_lost_leaf_only: names(&from.lost_leaf_only),
    }
}

fn gates(analysis: &Analysis<'_>, peer: &PeerPools) -> Vec<Gate> {
    let client = |(client, verdict): (&Chain, &Verdict)| GateVerdict {
        client: client.name.clone(),
        accepts: verdict.accepts(),
        reason: verdict.detail.clone(),
        chain: first_chain(verdict),
    };
    let gate = |from: &pool::GateVerdicts| Gate {
        peer: peer.peer.name.clone(),
        gate: from.gate.into(),
        releases: from.gate.releases().into(),
        rule: from.gate.explanation().into(),
        anchors: ids(&from.anchors),
        clients: analysis.roles.clients.iter().zip(&from.clients).map(client).collect(),
    };
    peer.gates.iter().map(gate).collect()
}

fn cas(graph: &Graph) -> Vec<Ca> {
    let ca = |(index, from): (usize, &crate::graph::Ca)| Ca {
        name: from.certificates.first().map(|&id| name(graph, id)).unwrap_or_default(),
        certificates: ids(&from.certificates),
        namesakes: graph.namesakes(index).take(MAX_NAMESAKES).collect(),
        shared_name: graph.shared_name_of(index),
    };
    graph.cas.iter().enumerate().map(ca).collect()
}

fn shared_names(graph: &Graph) -> Vec<SharedName> {
    let first = |cas: &[usize]| graph.cas.get(*cas.first()?)?.certificates.first().copied();
    let shared = |cas: &Vec<usize>| SharedName {
        name: first(cas).map(|id| name(graph, id)).unwrap_or_default(),
        cas: cas.clone(),
    };
    graph.shared_names().iter().map(shared).collect()
}

fn ghosts(graph: &Graph) -> Vec<MissingIssuer> {
    let ghost = |from: &crate::graph::MissingIssuer| MissingIssuer {
        name: from.name.short().unwrap_or_else(|| "(no name)".to_owned()),
        subject: from.name.rfc4514(),
        key_id: from.key_id.as_deref().map(|id| HEXLOWER.encode(id)),
        certificates: ids(&from.subjects),
    };
    graph.missing_issuers.iter().map(ghost).collect()
}

fn name(graph: &Graph, id: CertId) -> String {
    graph.certificate(id).map(|it| it.short_name()).unwrap_or_default()
}

impl From<finding::Severity> for Severity {
    fn from(from: finding::Severity) -> Severity {
        match from {
            finding::Severity::Error => Severity::Error,
            finding::Severity::Warning => Severity::Warning,
            finding::Severity::Info => Severity::Info,
        }
    }
}

impl From<role::Role> for Role {
    fn from(from: role::Role) -> Role {
        match from {
            role::Role::Bundle => Role::Bundle,
            // What is assigned says the side; a server's is what a chain is where nothing tells.
            role::Role::Peer | role::Role::Chain => Role::Peer,
            role::Role::Client => Role::Client,
            role::Role::Published => Role::Published,
            role::Role::Other => Role::Other,
        }
    }
}

impl From<pool::Rule> for Rule {
    fn from(from: pool::Rule) -> Rule {
        match from {
            pool::Rule::OpenzitiNaive => Rule::OpenzitiNaive,
            pool::Rule::FirstChain => Rule::FirstChain,
            pool::Rule::AllChains => Rule::AllChains,
            pool::Rule::Correct => Rule::Correct,
        }
    }
}

impl From<pool::Gate> for GateKind {
    fn from(from: pool::Gate) -> GateKind {
        match from {
            pool::Gate::Tls => GateKind::Tls,
            pool::Gate::V1 => GateKind::V1,
            pool::Gate::V2 => GateKind::V2,
            pool::Gate::V3 => GateKind::V3,
        }
    }
}

impl From<NameMatch> for Names {
    fn from(from: NameMatch) -> Names {
        match from {
            NameMatch::Identical => Names::Identical,
            NameMatch::Equivalent => Names::Equivalent,
            NameMatch::Different => Names::Different,
        }
    }
}

impl From<KeyIdMatch> for KeyIds {
    fn from(from: KeyIdMatch) -> KeyIds {
        match from {
            KeyIdMatch::Match => KeyIds::Match,
            KeyIdMatch::Mismatch => KeyIds::Mismatch,
            KeyIdMatch::Absent => KeyIds::Absent,
        }
    }
}

impl From<Status> for Signature {
    fn from(from: Status) -> Signature {
        match from {
            Status::Valid => Signature::Valid,
            Status::Invalid => Signature::Invalid,
            Status::Unsupported => Signature::Unsupported,
            Status::Unchecked => Signature::Unchecked,
        }
    }
}
