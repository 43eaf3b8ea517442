//! The pipeline: what was given, its graph and the user's choices in, everything worth showing out.

use std::borrow::Cow;

use crate::acceptance::{self, Question};
use crate::analysis;
use crate::answer::{self, Situation};
use crate::certificate::CertId;
use crate::choices::{self, Choices};
use crate::error_explanation::{self, ExplainedLine};
use crate::finding;
use crate::graph::Graph;
use crate::inventory::Inventory;
use crate::report::{self, ChainDetails, EngineVerdict, Found, Report};
use crate::role::{self, RoleAssignment};
use crate::trust_store::TrustStore;
use crate::verifier::{Engine, Readings};

/// What [`inspect`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// Everything that is shown at once, and all that is serialised.
    pub report: Report,
    /// The chains of the report, to look at one of them more closely once somebody does.
    pub chains: ChainDetails,
}

/// What [`inspect_chain`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainInspection {
    /// One verdict per engine, in the order in which the engines were named.
    pub verdicts: Vec<EngineVerdict>,
    /// The chain, number 0, to look at it more closely.
    pub chains: ChainDetails,
}

/// Finds out who may have issued whom, which roots the naive and the correct rule trust, whom that costs, and what
/// every verifier says of every chain.
///
/// `graph` must have been built from `inventory.certificates`: certificates are told by their index in both. The same
/// arguments give the same report; nothing is read, asked or sent.
///
/// What is *not* checked:
///
/// - Revocation: CRLs and OCSP responders are listed as text and never fetched. What a list among the files revokes is a
///   finding and changes no verdict.
/// - Trust beyond the files and the public roots of [`Inventory::add_public_roots`]: no system's or browser's own store
///   counts. The public roots count where they were chosen, or where no file says what is trusted.
/// - The host name, unless [`Choices::host`] names one; then the engines look for it in each leaf.
/// - Signatures: they are what `graph` says. An edge whose signature nobody checked is reported as unchecked.
/// - More than [`acceptance::MAX_CHAINS`] chains: the rest is counted in [`Report::chains_left_out`].
///
/// ```
/// use rootlens::choices::Choices;
/// use rootlens::graph::Graph;
/// use rootlens::inspect::inspect;
/// use rootlens::inventory::{Input, Inventory};
/// use rootlens::time::Timestamp;
///
/// let file = |name: &str, bytes: &[u8]| Input { name: name.to_owned(), bytes: bytes.to_vec(), ..Input::default() };
/// let inventory = Inventory::from_inputs(&[
///     file("pool.pem", include_bytes!("../tests/data/mtls-scenarios/ec-00-ok/pool.pem")),
///     file("chain.pem", include_bytes!("../tests/data/mtls-scenarios/ec-00-ok/chain.pem")),
/// ]);
/// let graph = Graph::build(inventory.certificates.clone());
/// let at = Timestamp::parse("2026-11-21T18:00:00Z").expect("an instant");
///
/// let report = inspect(&inventory, &graph, &Choices::at(at)).report;
/// assert_eq!(report.answer.sentence, "node-1 is trusted: it leads to Node CA, which is in pool.pem.");
/// assert!(report.engines.iter().all(|verdict| verdict.accepts));
/// ```
pub fn inspect(inventory: &Inventory, graph: &Graph, choices: &Choices) -> Inspection {
    let given = given(inventory, graph);
    let store = TrustStore::choose(inventory, &role::assign(inventory, &given, choices.of_roles()), choices);
    let graph = asked_of(&store, graph, &given);
    let readings = Readings::of(graph);
    let analysis = analysis::analyse(inventory, &readings, choices);
    let acceptance = acceptance::ask(&readings, &store.certificates, &analysis.roles, choices);
    let readings = &readings;
    let situation = Situation { inventory, graph, readings, store: &store, acceptance: &acceptance, choices };
    let mut answer = answer::answer(&situation);
    let error_lines = error_explanation::explain(&situation, &answer);
    // A program that was heard of and that refuses what all others accept is part of the answer.
    if let Some((program, chain)) = error_lines.iter().find_map(ExplainedLine::said_by) {
        answer::add_program(&situation, &mut answer, program, chain);
    }
    let lens = choices::lens(&analysis.roles, choices);
    let headline = finding::headline(&analysis, lens, &answer);
    let findings = finding::find(&analysis, lens, &answer);
    let error_lines = error_lines.as_slice();
    let found =
        Found { analysis: &analysis, acceptance: &acceptance, answer: &answer, lens, store: &store, error_lines };
    let report = report::assemble(&found, choices, headline, findings);
    let chains = ChainDetails::new(analysis.names, store.certificates, acceptance.questions, choices);
    Inspection { report, chains }
}

/// The roles of the sources in the report of [`inspect`], found without it.
pub fn roles(inventory: &Inventory, graph: &Graph, choices: &Choices) -> RoleAssignment {
    let given = given(inventory, graph);
    let roles = role::assign(inventory, &given, choices.of_roles());
    let store = TrustStore::choose(inventory, &roles, choices);
    role::assign(inventory, asked_of(&store, graph, &given), choices.of_roles())
}

/// Public roots that nobody asks for are no part of what is drawn and told.
fn asked_of<'a>(store: &TrustStore, graph: &'a Graph, given: &'a Graph) -> &'a Graph {
    if store.kind.has_public() { graph } else { given }
}

/// The graph of what the sources hold.
fn given<'a>(inventory: &Inventory, graph: &'a Graph) -> Cow<'a, Graph> {
    let count = inventory.given();
    if count == graph.certificates.len() { Cow::Borrowed(graph) } else { Cow::Owned(graph.first(count)) }
}

/// Asks some engines about one chain whose part is known, with `trusted` as trust store. What [`inspect`] does not
/// check is not checked here either.
pub fn inspect_chain(
    readings: &Readings<'_>,
    trusted: Vec<CertId>,
    question: Question,
    choices: &Choices,
    engines: &[Engine],
) -> ChainInspection {
    let answers = acceptance::answers(readings, &trusted, std::slice::from_ref(&question), choices, engines);
    let verdicts = answers.iter().map(|answer| report::engine_verdict(&question, answer)).collect();
    let chains = ChainDetails::new(analysis::names(readings.graph()), trusted, vec![question], choices);
    ChainInspection { verdicts, chains }
}
