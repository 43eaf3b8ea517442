//! The 49 mTLS scenarios and what real programs printed for each (`tests/data/mtls-scenarios/verdicts.tsv`).

use rootlens::certificate::CertId;
use rootlens::graph::Graph;
use rootlens::time::Timestamp;
use rootlens::verifier::{Engine, Purpose, Query, Verdict};

use crate::recorded;
use crate::scenario::AT;

/// A scenario: a trust store, what a client sends, and one program's words for it.
pub(crate) struct Scenario {
    /// The folder's name.
    pub(crate) name: String,
    /// What the program printed.
    printed: String,
}

/// Fails where what an engine `says` is not what the program of the column `printed`, brought into the engine's form,
/// but for the scenarios that are listed with a reason; a row that no longer applies fails as well.
pub(crate) fn check(
    program: &str,
    says: impl Fn(&Scenario) -> String,
    printed: impl Fn(&str) -> String,
    exceptions: &[(&str, &str)],
) {
    let mut wrong = Vec::new();
    for scenario in printed_by(program) {
        let (expected, actual) = (printed(&scenario.printed), says(&scenario));
        let reason = exceptions.iter().find(|(name, _)| *name == scenario.name).map(|(_, reason)| *reason);
        if reason.is_some_and(str::is_empty) || (expected == actual) != reason.is_none() {
            wrong.push(format!("{}: printed {expected:?}, the engine says {actual:?}, {reason:?}", scenario.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every scenario with the column whose heading begins with `program`.
fn printed_by(program: &str) -> Vec<Scenario> {
    let table = recorded::text("mtls-scenarios/verdicts.tsv");
    let mut rows = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let headings = rows.next().expect("a heading");
    let column = headings.iter().position(|heading| heading.starts_with(program)).expect("the program has a column");
    let scenarios: Vec<Scenario> =
        rows.map(|row| Scenario { name: row[0].to_owned(), printed: row[column].trim().to_owned() }).collect();
    assert_eq!(scenarios.len(), 49, "the table is whole");
    scenarios
}

impl Scenario {
    /// Asks an engine whether it lets the client in.
    pub(crate) fn ask(&self, engine: Engine) -> Verdict {
        self.ask_with(|graph, query| engine.verify(graph, query))
    }

    /// Puts the question to whatever can answer it.
    pub(crate) fn ask_with<T>(&self, verify: impl FnOnce(&Graph, &Query<'_>) -> T) -> T {
        let mut certificates = recorded::certificates(&format!("mtls-scenarios/{}/pool.pem", self.name));
        let trusted = certificates.len();
        certificates.extend(recorded::certificates(&format!("mtls-scenarios/{}/chain.pem", self.name)));
        let ids: Vec<CertId> = certificates
            .iter()
            .map(|it| CertId(certificates.iter().position(|other| other.sha256 == it.sha256).expect("itself")))
            .collect();
        let (trusted, chain) = ids.split_at(trusted);
        let query = Query {
            trusted,
            presented: &chain[1..],
            leaf: chain[0],
            at: Timestamp::parse(AT).expect("a time"),
            purpose: Purpose::Client,
            host: None,
        };
        verify(&Graph::build(certificates), &query)
    }
}

/// Every scenario, whatever was printed for it.
pub(crate) fn all() -> Vec<Scenario> {
    printed_by("Go 1.27 server")
}
