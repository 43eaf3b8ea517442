//! The engines against recorded verdicts of the real programs.
//!
//! The format: one JSON object with `certs` (base64 DER; a certificate is its index), `engines` and `cases`. A case
//! has `id`, `trusted`, `presented`, `leaf`, and `verdicts` by engine; `time`, `host` and `purpose` stand in the case
//! or, where all share them, at the top. A verdict has `accepts`, `detail` and perhaps `chains`.
//!
//! A known disagreement is a row with a reason; a row that no longer applies fails the test. Each engine has a file of its
//! own with its tests and its rows.

mod go;
mod java;
mod nss;
mod scenarios;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rootlens::certificate::{CertId, Certificate};
use rootlens::graph::Graph;
use rootlens::time::Timestamp;
use rootlens::verifier::{Engine, Host, Purpose, Query, Verdict};
use serde_json::Value;

/// A file of cases.
pub(crate) struct Suite {
    /// DER; a certificate is its index.
    pub(crate) certificates: Vec<Vec<u8>>,
    /// In the order of the file.
    pub(crate) cases: Vec<Case>,
}

/// One question and what the real programs answered.
pub(crate) struct Case {
    /// Unique in the file.
    pub(crate) id: String,
    trusted: Vec<usize>,
    presented: Vec<usize>,
    leaf: usize,
    at: Timestamp,
    purpose: Purpose,
    host: Option<Host>,
    recorded: BTreeMap<String, Recorded>,
}

/// A recorded verdict.
struct Recorded {
    accepts: bool,
    detail: String,
    chains: Option<Vec<Vec<usize>>>,
}

/// The certificates of a case as a graph; indices of the file on one side, ids on the other.
pub(crate) struct Prepared {
    /// Of the case's certificates alone.
    pub(crate) graph: Graph,
    /// Certificates that the model cannot read have none: nobody can hand them to an engine.
    ids: BTreeMap<usize, CertId>,
    unreadable: BTreeSet<usize>,
}

impl Suite {
    /// Reads a file that belongs to the project.
    pub(crate) fn own(name: &str) -> Suite {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/conformance").join(name);
        Suite::parse(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    /// Reads a file that may not be copied into the project; `None`, and a message, where its folder is absent.
    pub(crate) fn shared(name: &str) -> Option<Suite> {
        let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
        if !folder.is_dir() {
            eprintln!("skipped: {name} is not here (../shared/conformance)");
            return None;
        }
        let path = folder.join(name);
        Some(Suite::parse(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))))
    }

    fn parse(text: &str) -> Suite {
        let file: Value = serde_json::from_str(text).expect("the file is JSON");
        let decode = |text: &Value| data_encoding::BASE64.decode(text.as_str().unwrap().as_bytes()).unwrap();
        let certificates: Vec<Vec<u8>> = file["certs"].as_array().unwrap().iter().map(decode).collect();
        let cases: Vec<Case> = file["cases"].as_array().unwrap().iter().map(|case| Case::parse(case, &file)).collect();
        assert!(!cases.is_empty(), "the file has no cases");
        Suite { certificates, cases }
    }

    /// Reads the certificates of a case.
    pub(crate) fn prepare(&self, case: &Case) -> Prepared {
        let (mut certificates, mut ids, mut unreadable) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        for &index in case.trusted.iter().chain(&case.presented).chain([&case.leaf]) {
            match Certificate::parse(&self.certificates[index]) {
                _ if ids.contains_key(&index) => {}
                Ok(certificate) => {
                    ids.insert(index, CertId(certificates.len()));
                    certificates.push(certificate);
                }
                Err(_) => {
                    unreadable.insert(index);
                }
            }
        }
        Prepared { graph: Graph::build(certificates), ids, unreadable }
    }
}

impl Case {
    fn parse(case: &Value, file: &Value) -> Case {
        let field = |name: &str| if case.get(name).is_some() { &case[name] } else { &file[name] };
        let recorded = case["verdicts"].as_object().unwrap().iter();
        Case {
            id: case["id"].as_str().unwrap().to_owned(),
            trusted: indices(&case["trusted"]),
            presented: indices(&case["presented"]),
            leaf: index(&case["leaf"]),
            at: Timestamp::parse(field("time").as_str().unwrap()).expect("time is RFC 3339"),
            purpose: purpose(field("purpose").as_str().unwrap()),
            host: host(field("host")),
            recorded: recorded
                .filter(|(_, verdict)| !verdict.is_null())
                .map(|(engine, verdict)| (engine.clone(), Recorded::parse(verdict)))
                .collect(),
        }
    }

    /// Asks an engine the case's question, without the certificates that cannot be read; `None` if the leaf cannot.
    pub(crate) fn ask(&self, engine: Engine, prepared: &Prepared) -> Option<Verdict> {
        let id = |index: &usize| prepared.ids.get(index).copied();
        let ids = |indices: &[usize]| -> Vec<CertId> { indices.iter().filter_map(id).collect() };
        let query = Query {
            trusted: &ids(&self.trusted),
            presented: &ids(&self.presented),
            leaf: id(&self.leaf)?,
            at: self.at,
            purpose: self.purpose,
            host: self.host.clone(),
            ignore_leaf_validity: false,
        };
        Some(engine.verify(&prepared.graph, &query))
    }
}

impl Recorded {
    fn parse(verdict: &Value) -> Recorded {
        Recorded {
            accepts: verdict["accepts"].as_bool().unwrap(),
            detail: verdict["detail"].as_str().unwrap_or_default().to_owned(),
            chains: verdict["chains"].as_array().map(|chains| chains.iter().map(indices).collect()),
        }
    }
}

fn index(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn indices(value: &Value) -> Vec<usize> {
    value.as_array().unwrap().iter().map(index).collect()
}

fn purpose(name: &str) -> Purpose {
    match name {
        "serverAuth" => Purpose::Server,
        "clientAuth" => Purpose::Client,
        "any" => Purpose::Any,
        other => panic!("unknown purpose {other}"),
    }
}

fn host(value: &Value) -> Option<Host> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    match value {
        Value::Null => None,
        Value::String(name) => Some(Host::Dns(name.clone())),
        _ if value["kind"] == "IP" => Some(Host::Ip(text(&value["value"]))),
        _ => Some(Host::Dns(text(&value["value"]))),
    }
}

/// A known disagreement.
pub(crate) struct Exception {
    /// Of the case.
    id: &'static str,
    /// As recorded, in the form `accepts` or `rejects: words`.
    expected: &'static str,
    /// What the engine says, in the same form.
    actual: &'static str,
    /// Why they differ.
    reason: &'static str,
}

/// How a suite went.
#[derive(Default)]
struct Tally {
    cases: usize,
    verdicts: usize,
    chains: usize,
    chains_recorded: usize,
    details: usize,
    /// Accepted on both sides, with chains on record; and those of them whose chains are equal.
    accepted: (usize, usize),
    /// Rejected on both sides, every certificate read; and those of them whose words are equal.
    rejected: (usize, usize),
    /// Cases where the model cannot read a certificate; their details are not compared.
    unreadable: usize,
    /// Cases that differ in any of the three: expected and actual.
    differences: BTreeMap<String, (String, String)>,
    /// Those of them whose verdict differs.
    verdict_differences: BTreeSet<String>,
}

/// The least agreement that an engine must reach, in parts of a thousand.
struct Least {
    /// Of all verdicts.
    verdicts: usize,
    /// Of the chains of what both sides accept.
    chains: usize,
    /// Of the words for what both sides reject.
    details: usize,
}

/// Asks `engine` every case it has a recorded verdict for.
fn run(suite: &Suite, engine: Engine) -> Tally {
    let mut tally = Tally::default();
    for case in &suite.cases {
        let Some(recorded) = case.recorded.get(engine.name()) else { continue };
        tally.cases += 1;
        tally.chains_recorded += usize::from(recorded.chains.is_some());
        tally.compare(case, recorded, &suite.prepare(case), engine);
    }
    tally
}

impl Tally {
    fn compare(&mut self, case: &Case, recorded: &Recorded, prepared: &Prepared, engine: Engine) {
        let index_of: BTreeMap<CertId, usize> = prepared.ids.iter().map(|(&index, &id)| (id, index)).collect();
        let indices = |chain: &Vec<CertId>| -> Vec<usize> { chain.iter().map(|id| index_of[id]).collect() };
        let verdict = case.ask(engine, prepared);
        let accepts = verdict.as_ref().is_some_and(Verdict::accepts);
        let detail = verdict.as_ref().map_or("the leaf cannot be read", |verdict| &verdict.detail);
        let found: Vec<Vec<usize>> = verdict.iter().flat_map(|verdict| &verdict.chains).map(indices).collect();

        let all_read = prepared.unreadable.is_empty();
        let same_verdict = accepts == recorded.accepts;
        let same_chains = recorded.chains.as_ref().is_none_or(|chains| *chains == found);
        let same_detail = detail == recorded.detail;
        self.verdicts += usize::from(same_verdict);
        self.chains += usize::from(same_chains && recorded.chains.is_some());
        self.details += usize::from(same_detail);
        self.unreadable += usize::from(!all_read);
        match (accepts, recorded.accepts) {
            (true, true) if recorded.chains.is_some() => count(&mut self.accepted, same_chains),
            (false, false) if all_read => count(&mut self.rejected, same_detail),
            _ => {}
        }
        if !(same_verdict && same_chains && (accepts || same_detail || !all_read)) {
            let expected = outcome(recorded.accepts, &recorded.detail, recorded.chains.as_deref());
            let shown = recorded.chains.as_ref().map(|_| found.as_slice());
            self.differences.insert(case.id.clone(), (expected, outcome(accepts, detail, shown)));
        }
        if !same_verdict {
            self.verdict_differences.insert(case.id.clone());
        }
    }

    /// Shows the counts; gives the number of differences.
    fn print(&self, suite: &str) -> usize {
        println!(
            "{suite}: {}/{cases} verdicts, {}/{} chains, {}/{cases} details, {} with unreadable certificates",
            self.verdicts,
            self.chains,
            self.chains_recorded,
            self.details,
            self.unreadable,
            cases = self.cases,
        );
        self.differences.len()
    }

    /// Fails where the differences are not exactly those of the table.
    fn check(&self, suite: &str, exceptions: &[Exception]) {
        self.print(suite);
        self.check_rows(suite, self.differences.clone(), exceptions);
    }

    /// Fails where too little agrees, or where the differing verdicts are not exactly those of the table.
    fn check_at_least(&self, suite: &str, least: &Least, exceptions: &[Exception]) {
        self.print(suite);
        let (accepted, rejected) = (self.accepted, self.rejected);
        println!("{suite}: chains {}/{}, words {}/{}", accepted.1, accepted.0, rejected.1, rejected.0);
        let differs = |id: &String| self.verdict_differences.contains(id);
        let verdicts =
            self.differences.iter().filter(|(id, _)| differs(id)).map(|(id, pair)| (id.clone(), pair.clone()));
        self.check_rows(suite, verdicts.collect(), exceptions);
        for (what, (all, same), least) in [
            ("verdicts", (self.cases, self.verdicts), least.verdicts),
            ("chains", accepted, least.chains),
            ("words", rejected, least.details),
        ] {
            assert!(all * least <= same * 1000, "{suite}: {same} of {all} {what} agree: {:#?}", self.differences);
        }
    }

    fn check_rows(&self, suite: &str, mut unexplained: BTreeMap<String, (String, String)>, exceptions: &[Exception]) {
        let mut outdated = Vec::new();
        for row in exceptions {
            assert!(!row.reason.is_empty(), "{}: an exception needs a reason", row.id);
            match unexplained.remove(row.id) {
                Some((expected, actual)) if expected == row.expected && actual == row.actual => {}
                found => outdated.push((row.id, found)),
            }
        }
        assert!(unexplained.is_empty(), "{suite}: differences without a row: {unexplained:#?}");
        assert!(outdated.is_empty(), "{suite}: rows that do not apply: {outdated:#?}");
    }
}

fn count((all, same): &mut (usize, usize), is_same: bool) {
    *all += 1;
    *same += usize::from(is_same);
}

fn outcome(accepts: bool, detail: &str, chains: Option<&[Vec<usize>]>) -> String {
    match (accepts, chains) {
        (true, Some(chains)) => format!("accepts {chains:?}"),
        (true, None) => "accepts".to_owned(),
        (false, _) => format!("rejects: {detail}"),
    }
}
