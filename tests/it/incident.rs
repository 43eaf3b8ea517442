//! Public failures rebuilt with synthetic certificates (`tests/data/incidents`), put through the whole core.

use std::fs;

use rootlens::choices::Choices;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::public_roots::PublicRoots;
use rootlens::report::{Report, Severity};
use rootlens::role::Role;
use rootlens::time::Timestamp;

use crate::recorded;

/// The instant at which the incidents are to be judged.
pub(crate) const AT: &str = "2026-11-30T12:00:00Z";

/// A line of `expected.tsv`.
pub(crate) struct Row {
    pub(crate) folder: String,
    pub(crate) arguments: String,
    verdict: String,
    causes: Vec<String>,
}

/// Every row.
pub(crate) fn rows() -> Vec<Row> {
    let text = recorded::text("incidents/expected.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let rows = lines.map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [folder, arguments, verdict, causes] = fields[..] else { panic!("four fields: {line}") };
        Row {
            folder: folder.to_owned(),
            arguments: arguments.to_owned(),
            verdict: verdict.to_owned(),
            causes: causes.split('|').map(str::to_owned).collect(),
        }
    });
    let rows: Vec<Row> = rows.collect();
    assert_eq!(rows.len(), 34, "rows of expected.tsv");
    rows
}

impl Row {
    /// The files in the order of the arguments, and the roles that their flags choose.
    pub(crate) fn inputs(&self) -> (Vec<Input>, Vec<Option<Role>>) {
        let (mut inputs, mut roles, mut role) = (Vec::<Input>::new(), Vec::<Option<Role>>::new(), None);
        for word in self.arguments.split(' ') {
            match word {
                "--bundle" | "--trust" => role = Some(Role::Bundle),
                "--peer" => role = Some(Role::Peer),
                file => {
                    let bytes = fs::read(recorded::path(&format!("incidents/{}/{file}", self.folder))).expect(file);
                    inputs.push(Input { name: file.to_owned(), bytes, ..Input::default() });
                    roles.push(role.take());
                }
            }
        }
        (inputs, roles)
    }

    pub(crate) fn report(&self) -> Report {
        let (inputs, roles) = self.inputs();
        inspect(&inputs, &roles, Choices::at(Timestamp::parse(AT).expect("an instant")))
    }
}

/// The report about files, of which some have a role that was chosen, beside the public roots.
pub(crate) fn inspect(inputs: &[Input], roles: &[Option<Role>], mut choices: Choices) -> Report {
    let mut inventory = Inventory::from_inputs(inputs);
    inventory.add_public_roots(&PublicRoots::bundled());
    for (index, source) in inventory.sources.iter().enumerate() {
        if let Some(Some(role)) = roles.get(source.input) {
            choices.roles.insert(index, vec![*role]);
        }
    }
    let graph = Graph::build(inventory.certificates.clone());
    inspect::inspect(&inventory, &graph, &choices).report
}

#[test]
fn each_has_its_verdict_and_its_cause() {
    let mut wrong = Vec::new();
    for row in rows() {
        let answer = row.report().answer;
        let verdict = serde_json::to_value(answer.verdict).expect("a verdict");
        let is_verdict = row.verdict == "*" || verdict == row.verdict.as_str();
        let is_cause = row.causes.iter().any(|cause| cause == "*" || *cause == answer.cause);
        if !(is_verdict && is_cause) {
            let wanted = format!("{} {}", row.verdict, row.causes.join("|"));
            wrong.push(format!("{} {}: {verdict} {}, not {wanted}", row.folder, row.arguments, answer.cause));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_healthy_looks_healthy() {
    let healthy: Vec<Row> = rows().into_iter().filter(|row| row.verdict == "trusted").collect();
    assert!(healthy.len() >= 6);
    for row in healthy {
        let report = row.report();
        let alarms: Vec<&str> =
            report.findings.iter().filter(|it| it.severity == Severity::Error).map(|it| it.title.as_str()).collect();
        assert!(alarms.is_empty(), "{}: {alarms:?}", row.folder);
        assert_eq!(report.headline.severity, Severity::Info, "{}", row.folder);
    }
}
