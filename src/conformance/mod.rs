//! Files of the conformance format: reading them, asking an engine a case's question, comparing the answer with the one
//! on record. `rootlens conformance` and the tests of the engines both do it here, so that they cannot disagree about
//! what agreement is.
//!
//! The format: one JSON object with `certs` (base64 DER; a certificate is its index), `engines` and `cases`. A case
//! has `id`, `trusted`, `presented`, `leaf`, and `verdicts` by engine; `time`, `host` and `purpose` stand in the case
//! or, where all share them, at the top. A verdict has `accepts`, `detail` and perhaps `chains`.

mod spelling;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;

use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;
use crate::time::Timestamp;
use crate::verifier::preset::Preset;
use crate::verifier::{Engine, Host, Purpose, Query, Readings, Verdict};
use data_encoding::BASE64;
use serde_json::Value;

/// Characters of the words on record in `probes.json`, `limbo.json` and `bettertls-pathbuilding.json`, which are cut
/// there.
const CUT_AT: usize = 240;

/// A file of cases.
#[derive(Clone, Debug)]
pub struct Suite {
    /// DER; a certificate is its index.
    pub certificates: Vec<Vec<u8>>,
    /// In the order of the file.
    pub cases: Vec<Case>,
}

/// One question and what the real programs answered.
#[derive(Clone, Debug)]
pub struct Case {
    /// Unique in the file.
    pub id: String,
    trusted: Vec<usize>,
    presented: Vec<usize>,
    leaf: usize,
    at: Timestamp,
    purpose: Purpose,
    host: Option<Host>,
    /// By the name of the program.
    pub recorded: BTreeMap<String, Recorded>,
}

/// What a real program said of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The program accepts the leaf.
    pub accepts: bool,
    /// The program's words, as its recorder spells them; empty where it says nothing.
    pub detail: String,
    /// The chains it returned, as places in the file; `None` where they are not on record.
    pub chains: Option<Vec<Vec<usize>>>,
}

/// The certificates of a case as a graph; indices of the file on one side, ids on the other.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Of the case's certificates alone.
    pub graph: Graph,
    /// Certificates that the model cannot read have none: nobody can hand them to an engine.
    pub ids: BTreeMap<usize, CertId>,
    unreadable: BTreeSet<usize>,
}

/// An answer beside the one on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The engine accepts the leaf.
    pub accepts: bool,
    /// Engine and program both accept, or both do not.
    pub same_verdict: bool,
    /// `None` where no chains are on record.
    pub same_chains: Option<bool>,
    /// The words are the same, as far as they are on record.
    pub same_detail: bool,
    /// The model reads every certificate of the case. What an engine says of the others cannot be compared.
    pub all_read: bool,
    /// As recorded, in the form `accepts` or `rejects: words`.
    pub expected: String,
    /// What the engine says, in the same form.
    pub actual: String,
}

/// Why a text is no file of the conformance format, as the end of a sentence that begins with the file's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError(String);

impl fmt::Display for FormatError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for FormatError {}

/// The engine that answers for a program of a file: one of its full name, because an alias could be another version; or
/// that of a product, which may have been told a depth (`nginx-depth-10`).
pub fn engine_of_program(name: &str) -> Option<Engine> {
    let product = || match name.split_once("-depth-") {
        None => Preset::find(name),
        Some((name, depth)) => Some(Preset::find(name)?.with_depth(depth.parse().ok()?)),
    };
    let engine = Engine::ALL.iter().copied().find(|engine| engine.name() == name);
    engine.or_else(|| product().map(Preset::as_engine))
}

impl Suite {
    /// Reads the text of a file. The certificates are taken as they are: what an engine or the model makes of them is
    /// seen when a case is prepared.
    pub fn read(text: &str) -> Result<Suite, FormatError> {
        Suite::parse(text).map_err(FormatError)
    }

    fn parse(text: &str) -> Result<Suite, String> {
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
    pub fn engines(&self) -> BTreeSet<&str> {
        self.cases.iter().flat_map(|case| case.recorded.keys().map(String::as_str)).collect()
    }

    /// Reads the certificates of a case.
    pub fn prepare(&self, case: &Case) -> Prepared {
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
    pub fn ask(&self, engine: Engine, prepared: &Prepared) -> Option<Verdict> {
        self.ask_with(prepared, |graph, query| engine.verify(graph, query))
    }

    /// Puts the question to whatever can answer it.
    pub fn ask_with<T>(&self, prepared: &Prepared, answer: impl FnOnce(&Graph, &Query<'_>) -> T) -> Option<T> {
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
    pub fn verdict_line(&self, engine: Engine, prepared: &Prepared) -> Option<String> {
        let (verdict, words) = self.ask_for_words(engine, prepared)?;
        let (id, name, outcome, chains) = (&self.id, engine.name(), verdict.outcome, prepared.places(&verdict));
        Some(format!("{id} {name} {outcome:?} {chains:?} {words}"))
    }

    /// A verdict, and its words as a recorder would spell them.
    fn ask_for_words(&self, engine: Engine, prepared: &Prepared) -> Option<(Verdict, String)> {
        self.ask_with(prepared, |graph, query| {
            let readings = Readings::of(graph);
            let verdict = engine.ask(&readings, query);
            let words = spelling::recorded(engine, &readings, query, &verdict);
            (verdict, words)
        })
    }

    /// Asks an engine, and holds its answer against one on record.
    pub fn compare(&self, engine: Engine, prepared: &Prepared, recorded: &Recorded) -> Comparison {
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
    pub fn agrees(&self) -> bool {
        let same_words = self.accepts || self.same_detail || !self.all_read;
        self.same_verdict && self.same_chains != Some(false) && same_words
    }
}

impl Recorded {
    /// The same words, as far as they are on record.
    fn has_words(&self, detail: &str) -> bool {
        let cut = self.detail.chars().count() == CUT_AT;
        self.detail.is_empty() || self.detail == detail || (cut && detail.starts_with(&self.detail))
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
