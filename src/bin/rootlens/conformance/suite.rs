//! Files of the conformance format: reading them, asking an engine a case's question, comparing the answer with the one
//! on record. The tests of the engines (`tests/it/conformance`) read this file too, so that command and tests cannot
//! disagree about what agreement is.
//!
//! The format: one JSON object with `certs` (base64 DER; a certificate is its index), `engines` and `cases`. A case
//! has `id`, `trusted`, `presented`, `leaf`, and `verdicts` by engine; `time`, `host` and `purpose` stand in the case
//! or, where all share them, at the top. A verdict has `accepts`, `detail` and perhaps `chains`.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;
use rootlens::certificate::{CertId, Certificate};
use rootlens::graph::Graph;
use rootlens::time::Timestamp;
use rootlens::verifier::{Engine, Host, Purpose, Query, Verdict};
use serde_json::Value;

use super::spelling;

/// Characters of the words on record in `probes.json`, `limbo.json` and `bettertls-pathbuilding.json`, which are cut there.
const CUT_AT: usize = 240;

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
    /// By the name of the program.
    pub(crate) recorded: BTreeMap<String, Recorded>,
}

/// A recorded verdict.
pub(crate) struct Recorded {
    pub(crate) accepts: bool,
    pub(crate) detail: String,
    pub(crate) chains: Option<Vec<Vec<usize>>>,
}

/// The certificates of a case as a graph; indices of the file on one side, ids on the other.
pub(crate) struct Prepared {
    /// Of the case's certificates alone.
    pub(crate) graph: Graph,
    /// Certificates that the model cannot read have none: nobody can hand them to an engine.
    pub(crate) ids: BTreeMap<usize, CertId>,
    unreadable: BTreeSet<usize>,
}

/// An answer beside the one on record.
pub(crate) struct Comparison {
    /// The engine accepts.
    pub(crate) accepts: bool,
    pub(crate) same_verdict: bool,
    /// `None` where no chains are on record.
    pub(crate) same_chains: Option<bool>,
    pub(crate) same_detail: bool,
    /// The model reads every certificate of the case. What an engine says of the others cannot be compared.
    pub(crate) all_read: bool,
    /// As recorded, in the form `accepts` or `rejects: words`.
    pub(crate) expected: String,
    /// What the engine says, in the same form.
    pub(crate) actual: String,
}

impl Suite {
    /// Reads the text of a file; `Err` says where it is not of the format.
    pub(crate) fn read(text: &str) -> Result<Suite, String> {
        let file: Value = serde_json::from_str(text).map_err(|why| format!("is no JSON: {why}"))?;
        let certificates = list(&file, "certs")?.iter().map(decode).collect::<Result<Vec<_>, String>>()?;
        let cases = list(&file, "cases")?;
        if cases.is_empty() {
            return Err("has no cases".to_owned());
        }
        let case = |(at, case)| {
            Case::read(case, &file, certificates.len()).map_err(|why: String| format!("has in case {at} {why}"))
        };
        let cases = cases.iter().enumerate().map(case).collect::<Result<Vec<Case>, String>>()?;
        Ok(Suite { certificates, cases })
    }

    /// Every program with a verdict on record, by name.
    pub(crate) fn engines(&self) -> BTreeSet<&str> {
        self.cases.iter().flat_map(|case| case.recorded.keys().map(String::as_str)).collect()
    }

    /// Reads the certificates of a case.
    pub(crate) fn prepare(&self, case: &Case) -> Prepared {
        let (mut certificates, mut ids, mut unreadable) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        for &index in case.trusted.iter().chain(&case.presented).chain([&case.leaf]) {
            if ids.contains_key(&index) {
                continue;
            }
            match self.certificates.get(index).and_then(|der| Certificate::parse(der).ok()) {
                Some(certificate) => {
                    ids.insert(index, CertId(certificates.len()));
                    certificates.push(certificate);
                }
                None => {
                    unreadable.insert(index);
                }
            }
        }
        Prepared { graph: Graph::build(certificates), ids, unreadable }
    }
}

impl Prepared {
    /// The chains of a verdict as places in the file.
    fn places(&self, verdict: &Verdict) -> Vec<Vec<usize>> {
        let places: BTreeMap<CertId, usize> = self.ids.iter().map(|(&place, &id)| (id, place)).collect();
        let chain = |chain: &Vec<CertId>| chain.iter().filter_map(|id| places.get(id).copied()).collect();
        verdict.chains.iter().map(chain).collect()
    }
}

impl Case {
    fn read(case: &Value, file: &Value, certificates: usize) -> Result<Case, String> {
        let field = |name: &str| case.get(name).unwrap_or(&file[name]);
        let time = field("time").as_str().and_then(Timestamp::parse);
        let mut recorded = BTreeMap::new();
        for (engine, verdict) in case["verdicts"].as_object().ok_or("no verdicts")? {
            if !verdict.is_null() {
                recorded.insert(engine.clone(), Recorded::read(verdict)?);
            }
        }
        let read = Case {
            id: case["id"].as_str().ok_or("no id")?.to_owned(),
            trusted: indices(&case["trusted"]).ok_or("no list `trusted`")?,
            presented: indices(&case["presented"]).ok_or("no list `presented`")?,
            leaf: index(&case["leaf"]).ok_or("no leaf")?,
            at: time.ok_or("no time in the form of RFC 3339")?,
            purpose: purpose(field("purpose"))?,
            host: host(field("host"))?,
            recorded,
        };
        let named = read.trusted.iter().chain(&read.presented).chain([&read.leaf]);
        let highest = named.copied().max().unwrap_or_default();
        match highest < certificates {
            true => Ok(read),
            false => Err(format!("the certificate {highest}, which is not in certs")),
        }
    }

    /// Asks an engine the case's question, without the certificates that cannot be read; `None` if the leaf cannot.
    pub(crate) fn ask(&self, engine: Engine, prepared: &Prepared) -> Option<Verdict> {
        self.ask_with(prepared, |graph, query| engine.verify(graph, query))
    }

    /// Puts the question to whatever can answer it.
    pub(crate) fn ask_with<T>(&self, prepared: &Prepared, answer: impl FnOnce(&Graph, &Query<'_>) -> T) -> Option<T> {
        let id = |index: &usize| prepared.ids.get(index).copied();
        let ids = |indices: &[usize]| -> Vec<CertId> { indices.iter().filter_map(id).collect() };
        let query = Query {
            trusted: &ids(&self.trusted),
            presented: &ids(&self.presented),
            leaf: id(&self.leaf)?,
            at: self.at,
            purpose: self.purpose,
            host: self.host.clone(),
        };
        Some(answer(&prepared.graph, &query))
    }

    /// What an engine says, on one line: the case, the engine, the outcome, the chains as places in the file, and the
    /// words as a recorder would spell them. `None` if the model cannot read the leaf.
    pub(crate) fn verdict_line(&self, engine: Engine, prepared: &Prepared) -> Option<String> {
        let (verdict, words) = self.ask_for_words(engine, prepared)?;
        let (id, name, outcome, chains) = (&self.id, engine.name(), verdict.outcome, prepared.places(&verdict));
        Some(format!("{id} {name} {outcome:?} {chains:?} {words}"))
    }

    /// A verdict, and its words as a recorder would spell them.
    fn ask_for_words(&self, engine: Engine, prepared: &Prepared) -> Option<(Verdict, String)> {
        self.ask_with(prepared, |graph, query| {
            let verdict = engine.verify(graph, query);
            let words = spelling::recorded(engine, graph, query, &verdict);
            (verdict, words)
        })
    }

    /// Asks an engine, and holds its answer against one on record.
    pub(crate) fn compare(&self, engine: Engine, prepared: &Prepared, recorded: &Recorded) -> Comparison {
        let (verdict, words) = self.ask_for_words(engine, prepared).unzip();
        let accepts = verdict.as_ref().is_some_and(Verdict::accepts);
        let detail = words.as_deref().unwrap_or("the leaf cannot be read");
        let found = verdict.as_ref().map(|verdict| prepared.places(verdict)).unwrap_or_default();
        let shown = recorded.chains.as_ref().map(|_| found.as_slice());
        Comparison {
            accepts,
            same_verdict: accepts == recorded.accepts,
            same_chains: recorded.chains.as_ref().map(|chains| *chains == found),
            same_detail: recorded.has_words(detail),
            all_read: prepared.unreadable.is_empty(),
            expected: outcome(recorded.accepts, &recorded.detail, recorded.chains.as_deref()),
            actual: outcome(accepts, detail, shown),
        }
    }
}

impl Comparison {
    /// Verdict and chains are the same, and the words of a rejection where they can be compared.
    pub(crate) fn agrees(&self) -> bool {
        let same_words = self.accepts || self.same_detail || !self.all_read;
        self.same_verdict && self.same_chains != Some(false) && same_words
    }
}

impl Recorded {
    /// The same words, as far as they are on record.
    fn has_words(&self, detail: &str) -> bool {
        let cut = self.detail.chars().count() == CUT_AT;
        self.detail == detail || (cut && detail.starts_with(&self.detail))
    }

    fn read(verdict: &Value) -> Result<Recorded, String> {
        let chains = match &verdict["chains"] {
            Value::Null => None,
            Value::Array(chains) => Some(chains.iter().map(indices).collect::<Option<_>>().ok_or("unreadable chains")?),
            _ => return Err("chains that are no list".to_owned()),
        };
        Ok(Recorded {
            accepts: verdict["accepts"].as_bool().ok_or("a verdict without `accepts`")?,
            detail: verdict["detail"].as_str().unwrap_or_default().to_owned(),
            chains,
        })
    }
}

fn list<'v>(file: &'v Value, name: &str) -> Result<&'v [Value], String> {
    file.get(name).and_then(Value::as_array).map(Vec::as_slice).ok_or_else(|| format!("has no list `{name}`"))
}

fn decode(text: &Value) -> Result<Vec<u8>, String> {
    let text = text.as_str().ok_or("has certs that are no text")?;
    BASE64.decode(text.as_bytes()).map_err(|why| format!("has certs that are no base64: {why}"))
}

fn index(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

fn indices(value: &Value) -> Option<Vec<usize>> {
    value.as_array()?.iter().map(index).collect()
}

fn purpose(name: &Value) -> Result<Purpose, String> {
    match name.as_str() {
        Some("serverAuth") => Ok(Purpose::Server),
        Some("clientAuth") => Ok(Purpose::Client),
        Some("any") => Ok(Purpose::Any),
        _ => Err(format!("the purpose {name}, which is none of serverAuth, clientAuth and any")),
    }
}

fn host(value: &Value) -> Result<Option<Host>, String> {
    let text = value.as_str().or_else(|| value["value"].as_str());
    match text {
        None if value.is_null() => Ok(None),
        None => Err("a host that is no text".to_owned()),
        Some(text) if value["kind"] == "IP" => Ok(Some(Host::Ip(text.to_owned()))),
        Some(text) => Ok(Some(Host::Dns(text.to_owned()))),
    }
}

fn outcome(accepts: bool, detail: &str, chains: Option<&[Vec<usize>]>) -> String {
    match (accepts, chains) {
        (true, Some(chains)) => format!("accepts {chains:?}"),
        (true, None) => "accepts".to_owned(),
        (false, _) => format!("rejects: {detail}"),
    }
}
