//! Why engines differ: the expected facts of every probe and every scenario.
//!
//! The tables were written from what the cases are (`docs/background/verifiers.md`, section 2; the notes and labels of
//! `probes.json`; the names of the scenarios; the table of facts in `docs/background/errors.md`) before the search was
//! run on them. Where the search named something else, the row says which of the two is right, and why.

use std::collections::{BTreeMap, BTreeSet};

use rootlens::certificate::{CertId, Certificate};
use rootlens::disagreement::{Explanation, Fact, Inquiry, explain};
use rootlens::graph::Graph;
use rootlens::time::Timestamp;
use rootlens::verifier::{Engine, Outcome, Program, Purpose, Query, Readings};

use crate::conformance::{Suite, scenarios};
use crate::recorded;
use crate::scenario::AT;

/// A case and what divides the engines there: facts with their certificates, joined by `+`, the one that costs the most
/// engines first, and what all engines say without them. Nothing where they agree.
type Row = (&'static str, &'static str);

const PROBES: &[Row] = &[
    ("01-baseline", ""),
    ("02a-ica-anchor", "anchor-not-self-signed I => accept"),
    ("02b-ica-anchor-presented", "anchor-not-self-signed I => accept"),
    ("02c-ica-anchor-expired", "anchor-expired Iexp + anchor-not-self-signed Iexp => accept"),
    ("02d-ica-anchor-root-presented", "anchor-not-self-signed I => accept"),
    ("03a-cross-anchor", "anchor-not-self-signed X(R1<-R0) => accept"),
    ("03b-cross-anchor-root-presented", "anchor-not-self-signed X(R1<-R0) => accept"),
    ("03c-cross-anchor-R0-presented", "anchor-not-self-signed X(R1<-R0) => accept"),
    ("04a-X-then-R1", "dead-end-first X(R1<-R0),R1 => accept"),
    ("04b-R1-then-X", ""),
    ("05a-R0R1-X-presented", ""),
    ("05b-R1R0-X-presented", ""),
    ("06-R1-X-presented", ""),
    ("07-R0-X-presented", ""),
    ("08a-R0exp-R1-X-presented", ""),
    ("08b-R1-R0exp-X-presented", ""),
    ("09-R0exp-only", "anchor-expired R0exp => accept"),
    ("10-R1exp-only", "anchor-expired R1exp => accept"),
    ("11a-R1exp-then-R1", ""),
    ("11b-R1-then-R1exp", ""),
    ("12a-leaf-anchor", "leaf-trusted L => accept"),
    ("12b-selfsigned-leaf-anchor", "leaf-trusted LS => accept"),
    ("13a-I-then-R1", ""),
    ("13b-R1-then-I", ""),
    ("20-root-no-bc", "basic-constraints-absent Rv => accept"),
    ("21-root-bc-false", "not-a-ca Rv => accept"),
    ("22-root-ku-crl-only", "no-cert-sign Rv => accept"),
    ("23-root-pathlen0", "path-length Rv => accept"),
    ("24-root-nc-mismatch", "name-constraints Rv => accept"),
    ("25-root-eku-client", "ca-purposes Rv => accept"),
    ("27-root-no-ku", "key-usage-absent Rv => accept"),
    ("28-root-rsa1024", "weak-key Rw => accept"),
    ("29-root-bad-selfsig", ""),
    ("30a-fake-then-R1", ""),
    ("30b-R1-then-fake", ""),
    ("30c-fake-then-R1-noaki", "dead-end-first R1fake-noski,R1 + key-ids-absent I-noaki,R1 => accept"),
    ("31a-Iexp-then-I", "dead-end-first Iexp,I => accept"),
    ("31b-I-then-Iexp", ""),
    ("32-dead-branch-first", "dead-end-first I2(I<-R2),I => accept"),
    ("33-two-roots-two-I", ""),
    ("34-wrongkey-I-first", "dead-end-first Ifake,I => accept"),
    ("35-unordered", "presented-order X(R1<-R0) => accept"),
    ("36-ica-anchor-bcfalse", "not-a-ca I-bcfalse + anchor-not-self-signed I-bcfalse => accept"),
    ("37-ica-anchor-ku", "no-cert-sign I-noku-certsign + anchor-not-self-signed I-noku-certsign => accept"),
    ("38-ica-anchor-badsig", "anchor-not-self-signed I(badsig) => accept"),
    ("39-ica-anchor-expired-root-also", "dead-end-first Iexp,I => accept"),
    ("40-cycle-no-root", "anchor-not-self-signed A<-B => accept"),
    ("41-cycle-with-root", ""),
    ("42-unrelated-trust", ""),
    ("43-untrusted-root-presented", ""),
];

const SCENARIOS: &[Row] = &[
    ("ec-00-ok", ""),
    ("ec-01-unknown-issuer-dn", ""),
    ("ec-02-same-dn-other-key-with-keyids", ""),
    ("ec-03-same-dn-other-key-no-keyids", ""),
    ("ec-03b-same-dn-both-cas-in-pool", ""),
    ("ec-03c-aki-matches-but-sig-bad", ""),
    ("ec-03d-renewed-ca-same-key", "key-ids-absent chain1,pool1 => accept"),
    ("ec-04-missing-intermediate", ""),
    ("ec-04b-ok-with-intermediate", ""),
    ("ec-04c-pool-only-intermediate", "anchor-not-self-signed pool1 => accept"),
    ("ec-04d-pool-only-intermediate-chain-sent", "anchor-not-self-signed pool1 => accept"),
    ("ec-05-expired-leaf", ""),
    ("ec-05b-not-yet-valid", ""),
    ("ec-05c-expired-root", "anchor-expired pool1 => accept"),
    ("ec-05d-expired-intermediate", ""),
    // The root has no key usage either, which strict OpenSSL demands of a CA (`docs/background/verifiers.md`, section
    // 1, Python ssl).
    ("ec-06-root-not-ca", "not-a-ca pool1 + key-usage-absent pool1 => accept"),
    ("ec-06b-root-no-basicconstraints", "basic-constraints-absent pool1 + key-usage-absent pool1 => accept"),
    ("ec-06c-intermediate-not-ca", ""),
    ("ec-06d-intermediate-no-keycertsign", "no-cert-sign chain2 => accept"),
    ("ec-06e-root-no-keycertsign", "no-cert-sign pool1 => accept"),
    ("ec-07-eku-serverauth-only", ""),
    ("ec-07b-intermediate-eku-serverauth", "ca-purposes chain2 => accept"),
    ("ec-08-pathlen-exceeded", "path-length pool1 => accept"),
    ("ec-09-leaf-dn-equals-ca-dn", ""),
    ("ec-09b-leaf-dn-equals-ca-dn-no-keyids", "leaf-named-as-issuer chain1 + key-ids-absent chain1,pool1 => accept"),
    ("ec-10-selfsigned-leaf-not-in-pool", ""),
    ("ec-10b-selfsigned-leaf-in-pool", "leaf-trusted pool1 => accept"),
    ("ec-10c-selfsigned-ca-leaf-in-pool", "leaf-is-ca pool1 => accept"),
    ("ec-11-untrusted-root-in-chain", ""),
    ("ec-12-nameconstraints-intermediate", ""),
    ("ec-14-pool-is-server-cert", ""),
    ("ec-15-pool-contains-leaf-itself", "leaf-trusted pool1 => accept"),
    ("ec-16-chain-wrong-order", ""),
    ("ec-17-issuer-dn-string-type-differs", "names-equal-after-folding chain1,pool1 => accept"),
    ("ec-17b-issuer-dn-case-differs", "names-equal-after-folding chain1,pool1 => accept"),
    ("ec-18-stale-leaf-after-rotation-new-dn", ""),
    ("rsa-00-ok", ""),
    ("rsa-01-unknown-issuer-dn", ""),
    ("rsa-02-same-dn-other-key-with-keyids", ""),
    ("rsa-03-same-dn-other-key-no-keyids", ""),
    ("x-20-two-same-dn-intermediates-pool-old-first-leaf-new", ""),
    ("x-20b-pool-new-first-leaf-new", ""),
    ("x-20c-leaf-sends-new-pool-has-root-and-old", ""),
    ("x-21-expired-old-intermediate-same-key-in-pool-new-sent", "dead-end-first pool2,chain2 => accept"),
    ("x-21b-expired-old-root-and-new-root-same-key", ""),
    ("x-22-aki-issuer-serial-pins-old-ca-pool-has-renewed", "authority-serial-mismatch chain1,pool1 => accept"),
    ("x-22b-aki-issuer-serial-ok", ""),
    ("x-23-renewed-ca-same-key-different-ski", "key-id-mismatch chain1,pool1 => accept"),
    // What is asked about is the CA that the file begins with, instead of the client's certificate.
    ("x-24-chain-file-ca-first", "leaf-not-first chain1,chain2 => accept"),
];

/// When the incidents happened, and the situations.
const AT_INCIDENT: &str = "2026-11-30T12:00:00Z";

/// A folder of `tests/data/incidents`, what is trusted, what is sent, what it is for, and what divides the engines.
type Incident = (&'static str, &'static str, &'static str, Purpose, &'static str);

/// What a reviewer names, from the reports of those to whom it happened.
const INCIDENTS: &[Incident] = &[
    (
        "01-openssl-7604-intermediate-v1",
        "full-chain.pem",
        "client-net.crt",
        Purpose::Server,
        "old-version store2 + leaf-old-version chain1 => accept",
    ),
    ("02-certstrap-78-pathlen0", "ca.crt", "s_client.txt", Purpose::Server, "path-length store1 => accept"),
    (
        "03-mockttp-207-name-encoding",
        "ca.pem",
        "leaf.pem",
        Purpose::Server,
        "names-equal-after-folding chain1,store1 => accept",
    ),
    (
        "04-openssl-19982-akid-dirname",
        "bundle.pem",
        "leaf-akid-issuer.pem",
        Purpose::Server,
        "authority-serial-mismatch chain1,store2 => accept",
    ),
    (
        "06-openssl-29001-renewed-selfsigned",
        "trusted.pem",
        "cert2.pem",
        Purpose::Server,
        "dead-end-first store1,store2 + leaf-trusted store2 => accept",
    ),
    ("08-etcd-16802-intermediate-eku", "etcd-ca.crt", "client.crt", Purpose::Client, "ca-purposes chain2 => accept"),
    (
        "10-syncloud-775-no-aki",
        "syncloud.ca.crt",
        "syncloud.crt",
        Purpose::Server,
        "key-ids-absent chain1,store1 + leaf-key-usage chain1 => accept",
    ),
    ("11-quinn-1733-ca-as-leaf", "server.crt", "server.crt", Purpose::Server, "leaf-is-ca store1 => accept"),
    ("16-xca-239-name-constraints", "root.pem", "testserver-chain.pem", Purpose::Server, ""),
    (
        "17-node-36453-intermediate-only",
        "extra-ca.pem",
        "server.pem",
        Purpose::Server,
        "anchor-not-self-signed store1 => accept",
    ),
    // Strict OpenSSL asks two things more of the root.
    (
        "23-webpki-62-mosquitto",
        "broker-ca.crt",
        "server.crt",
        Purpose::Server,
        "weak-signature chain1 + weak-key chain1,store1 + key-usage-absent store1 + basic-constraints-not-critical store1 \
         => accept",
    ),
    ("32-openssl-23126-sha1", "corp-ca.crt", "server.crt", Purpose::Server, "weak-signature chain1 => accept"),
    ("34-quay-mirror-registry-8-no-keycertsign", "ssl.crt", "ssl.crt", Purpose::Server, "leaf-is-ca store1 => accept"),
    ("FA10-pinned", "cert.pem", "cert.pem", Purpose::Server, "leaf-is-ca store1 => accept"),
];

/// The folders of `tests/data/disagreement`, made for this table by the script there.
const SITUATIONS: &[Row] = &[
    ("aki-absent-ec", "key-ids-absent chain1,store1 => accept"),
    ("aki-issuer-is-subject-of-issuer", "authority-serial-mismatch chain1,chain2 => accept"),
    ("aki-of-another-certificate", "authority-serial-mismatch chain1,chain2 => accept"),
    ("aki-serial-of-another", "authority-serial-mismatch chain1,chain2 => accept"),
    ("aki-wrong-in-all", "key-id-mismatch chain1,chain2 + authority-serial-mismatch chain1,chain2 => accept"),
    ("ca-as-leaf-below-root", "leaf-is-ca chain1 => accept"),
    ("ca-as-leaf-ec", "leaf-is-ca store1 => accept"),
    ("ca-as-leaf-rsa", "leaf-is-ca store1 => accept"),
    ("ca-as-leaf-trusted-without-root", "leaf-is-ca store1 => accept"),
    (
        "issuer-without-extensions-trusted",
        "basic-constraints-absent store2 + key-ids-absent chain1,store2 + key-usage-absent store2 => accept",
    ),
    ("pinned-end-entity", "leaf-trusted store1 => accept"),
    ("pinned-version-1", "leaf-old-version store1 => accept"),
    ("serial-empty-issuer", "serial-number chain2 => accept"),
    ("serial-empty-leaf", "serial-number chain1 => accept"),
    ("serial-empty-root", "serial-number store1 => accept"),
    // No program here minds these.
    ("serial-long-issuer", ""),
    ("serial-long-leaf", ""),
    ("serial-long-root", ""),
    ("serial-negative-issuer", "serial-number chain2 => accept"),
    ("serial-negative-leaf", "serial-number chain1 => accept"),
    ("serial-negative-root", "serial-number store1 => accept"),
    ("serial-padded-issuer", "serial-number chain2 => accept"),
    ("serial-padded-leaf", "serial-number chain1 => accept"),
    ("serial-padded-root", "serial-number store1 => accept"),
    ("serial-zero-issuer", ""),
    ("serial-zero-leaf", ""),
    ("serial-zero-root", ""),
    ("ski-of-root-absent", "key-ids-absent chain1,store1 => accept"),
    // Strict OpenSSL misses the key identifier by which a program would find the right one.
    ("twin-issuer-expired-first", "dead-end-first store2,chain2 + key-ids-absent chain1,chain2 => accept"),
    ("twin-issuer-leads-nowhere-first", "dead-end-first chain2,chain3 + key-ids-absent chain1,chain3 => accept"),
    ("twin-issuer-other-key-first", "dead-end-first chain2,chain3 + key-ids-absent chain1,chain3 => accept"),
    // OpenSSL prefers what has not expired, and the first of two that have not; NSS wants an authority above.
    ("twin-leaf-expired-first", "leaf-trusted store2 => accept"),
    ("twin-leaf-newer-first", "leaf-trusted store1 => accept"),
    ("twin-leaf-older-first", "dead-end-first store1,store2 + leaf-trusted store2 => accept"),
    ("twin-leaf-other-key-first", "dead-end-first store1,store2 + leaf-trusted store2 => accept"),
    ("unread-algorithm-with-null", "algorithms-differ chain1 => accept"),
    ("unread-critical-aki", "critical-extension chain1 => accept"),
    ("unread-critical-ski-issuer", "critical-extension chain2 => accept"),
    ("unread-empty-purposes", "leaf-purposes chain1 => accept"),
    ("unread-excluded-empty", "name-constraints chain2 => accept"),
    ("unread-explicit-false", ""),
    ("unread-host", "unparsable-certificate chain1 => accept"),
    ("unread-printable-string-issuer", ""),
    ("unread-printable-string-root", ""),
    ("unread-repeated-extension", "other-extension chain1 => accept"),
    ("unread-rsa-without-null-issuer", "unparsable-certificate chain2 => accept"),
    ("unread-time-with-zone-issuer", "unparsable-certificate chain2 => accept"),
    ("unread-time-without-seconds", "unparsable-certificate chain1 => accept"),
    ("unread-version-2-with-extensions", "leaf-old-version chain1 => accept"),
    ("unread-version-4", "leaf-old-version chain1 => accept"),
    ("usage-agree-only-rsa", "leaf-key-usage chain1 => accept"),
    ("usage-cert-sign-only-ec", "leaf-cert-sign chain1 => accept"),
    ("usage-encipher-only-rsa", "leaf-key-usage chain1 => accept"),
    ("usage-sign-only-rsa", "leaf-key-usage chain1 => accept"),
    ("version-1-issuer-trusted", "old-version store2 => accept"),
    ("version-1-leaf", "leaf-old-version chain1 => accept"),
    ("version-1-root", "old-version store1 => accept"),
];

#[test]
fn the_incidents_are_divided_by_what_was_really_wrong() {
    let mut found = Vec::new();
    for (folder, store, chain, purpose, _) in INCIDENTS {
        let case = Case::read(&format!("incidents/{folder}"), store, chain, *purpose);
        found.push(((*folder).to_owned(), case.described()));
    }
    let expected: Vec<Row> = INCIDENTS.iter().map(|incident| (incident.0, incident.4)).collect();
    check(&found, &expected);
}

#[test]
fn the_situations_are_divided_by_what_was_made_different() {
    let found: Vec<_> = recorded::folders("disagreement")
        .into_iter()
        .map(|folder| {
            let case = Case::read(&format!("disagreement/{folder}"), "store.pem", "chain.pem", Purpose::Server);
            (folder, case.described())
        })
        .collect();
    check(&found, SITUATIONS);
}

/// The sentences of the kinds that have more than one.
#[test]
fn a_sentence_says_which_side_is_to_blame() {
    for (folder, part) in [
        ("aki-absent-ec", "«chain1» does not give the number of the key that signed it, that of «store1»"),
        ("ski-of-root-absent", "«store1», which signed «chain1», does not give the number of its own key"),
        ("aki-serial-of-another", "«chain1» names its issuer's certificate by serial number, and «chain2» has another"),
        ("aki-issuer-is-subject-of-issuer", "«chain2» was issued by someone else"),
        ("aki-of-another-certificate", "«chain1» names another certificate than «chain2» as its issuer's"),
        ("usage-sign-only-rsa", "leaves out keyEncipherment"),
        ("usage-encipher-only-rsa", "leaves out digitalSignature"),
        ("usage-agree-only-rsa", "leaves out digitalSignature and keyEncipherment"),
        ("twin-leaf-older-first", "take «store1», which is older, and do not go back to try «store2»"),
        ("twin-leaf-other-key-first", "take «store1», whose key is the wrong one"),
        ("twin-issuer-expired-first", "take «store2», which has expired"),
        ("twin-issuer-leads-nowhere-first", "take «chain2» first, find that it leads nowhere"),
        ("serial-negative-root", "The serial number of «store1» is negative"),
        ("serial-padded-leaf", "is not written as the format (DER) wants a number"),
        ("unread-time-with-zone-issuer", "Not every program can read «chain2»: its dates"),
        ("unread-rsa-without-null-issuer", "Not every program can read «chain2»: its key"),
        ("unread-host", "(extension 2.5.29.17)"),
    ] {
        let case = Case::read(&format!("disagreement/{folder}"), "store.pem", "chain.pem", Purpose::Server);
        let facts = case.ask(explanation).facts;
        let said = facts[0].sentence(&|id| format!("«{}»", case.place(id)));
        assert!(said.contains(part), "{folder}: {said}");
    }
}

/// A chain of ML-DSA keys: one program knows them, and this build does not check their signatures.
#[test]
fn keys_that_nobody_here_checks_can_be_undone() {
    let case = Case::read("incidents/D3-ml-dsa", "root.pem", "chain.pem", Purpose::Server);
    case.ask(|graph, query| {
        let programs: Vec<Program> = Engine::ALL.iter().map(|engine| Program::Engine(*engine)).collect();
        let inquiry = Inquiry::new(&Readings::of(graph), query, &programs);
        let keys = inquiry.facts().into_iter().filter(|fact| fact.kind.code() == "unusual-key");
        let all = keys.max_by_key(|fact| fact.certificates.len()).expect("keys of that kind");
        let undone = inquiry.ask_without(&[all]).expect("they can be replaced");
        assert_eq!(undone, [Outcome::Accepted; 11]);
    });
}

/// Files of a folder, as they are given to a program.
struct Case {
    /// Each once.
    certificates: Vec<Certificate>,
    trusted: Vec<CertId>,
    chain: Vec<CertId>,
    purpose: Purpose,
}

impl Case {
    fn read(folder: &str, store: &str, chain: &str, purpose: Purpose) -> Case {
        let mut case = Case { certificates: Vec::new(), trusted: Vec::new(), chain: Vec::new(), purpose };
        case.trusted = case.add(recorded::certificates(&format!("{folder}/{store}")));
        case.chain = case.add(recorded::certificates(&format!("{folder}/{chain}")));
        case
    }

    fn add(&mut self, certificates: Vec<Certificate>) -> Vec<CertId> {
        let mut ids = Vec::new();
        for certificate in certificates {
            let place = self.certificates.iter().position(|other| other.sha256 == certificate.sha256);
            ids.push(CertId(place.unwrap_or(self.certificates.len())));
            self.certificates.extend(place.is_none().then_some(certificate));
        }
        ids
    }

    fn ask<T>(&self, answer: impl FnOnce(&Graph, &Query<'_>) -> T) -> T {
        let (leaf, presented) = self.chain.split_first().expect("a leaf");
        let query = Query {
            trusted: &self.trusted,
            presented,
            leaf: *leaf,
            at: Timestamp::parse(AT_INCIDENT).expect("a time"),
            purpose: self.purpose,
            host: None,
        };
        answer(&Graph::build(self.certificates.clone()), &query)
    }

    /// In which list a certificate stands, from one on.
    fn place(&self, id: CertId) -> String {
        let place = |list: &[CertId]| list.iter().position(|other| *other == id).map(|at| at + 1);
        match place(&self.trusted) {
            Some(at) => format!("store{at}"),
            None => format!("chain{}", place(&self.chain).expect("a certificate of the case")),
        }
    }

    fn described(&self) -> String {
        described(&self.ask(explanation), |id| self.place(id))
    }
}

#[test]
fn the_probes_are_divided_by_what_they_probe() {
    let suite = Suite::own("probes.json");
    let labels = labels();
    let mut found = Vec::new();
    for case in &suite.cases {
        let prepared = suite.prepare(case);
        let names: BTreeMap<CertId, &str> = prepared.ids.iter().map(|(at, id)| (*id, labels[at].as_str())).collect();
        let explanation = case.ask_with(&prepared, explanation).expect("the leaf can be read");
        found.push((
            case.id.trim_start_matches("probe::").to_owned(),
            described(&explanation, |id| names[&id].to_owned()),
        ));
    }
    check(&found, PROBES);
}

#[test]
fn the_scenarios_are_divided_by_what_they_stage() {
    let mut found = Vec::new();
    for scenario in scenarios::all() {
        let explanation = scenario.ask_with(explanation);
        found.push((scenario.name.clone(), described(&explanation, |id| place(&scenario.name, id))));
    }
    check(&found, SCENARIOS);
}

/// Where a certificate of a scenario stands: in which file, from one on.
fn place(scenario: &str, id: CertId) -> String {
    let pool = recorded::certificates(&format!("mtls-scenarios/{scenario}/pool.pem")).len();
    match id.0 < pool {
        true => format!("pool{}", id.0 + 1),
        false => format!("chain{}", id.0 - pool + 1),
    }
}

fn explanation(graph: &Graph, query: &Query<'_>) -> Explanation {
    explain(&Readings::of(graph), Engine::ALL, query)
}

/// In the form of the tables.
fn described(explanation: &Explanation, name: impl Fn(CertId) -> String) -> String {
    let fact = |fact: &Fact| {
        let names: Vec<String> = fact.certificates.iter().map(|id| name(*id)).collect();
        format!("{} {}", fact.kind.code(), names.join(","))
    };
    let set = |facts: &Vec<Fact>| facts.iter().map(&fact).collect::<Vec<_>>().join(" + ");
    match explanation.then_accepts {
        None => String::new(),
        Some(true) => format!("{} => accept", set(&explanation.facts)),
        Some(false) => format!("{} => reject", set(&explanation.facts)),
    }
}

/// Fails where the divisions are not exactly those of the table.
fn check(found: &[(String, String)], expected: &[Row]) {
    let ids = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let found_ids = ids(found.iter().map(|(id, _)| id.as_str()).collect());
    assert_eq!(found_ids, ids(expected.iter().map(|(id, _)| *id).collect()), "every case has a row");
    let differs = |((_, found), (_, expected)): &(&(String, String), &Row)| found != expected;
    let wrong: Vec<_> = found.iter().zip(expected).filter(differs).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What `docs/background/verifiers.md` calls the certificates of the probes, by their index.
fn labels() -> BTreeMap<usize, String> {
    let file: serde_json::Value = serde_json::from_str(&recorded::text("conformance/probes.json")).expect("JSON");
    let labels = file["labels"].as_object().expect("labels");
    labels.iter().map(|(at, label)| (at.parse().expect("an index"), label.as_str().expect("text").to_owned())).collect()
}

/// Cases of the corpus between two that are asked. `ROOTLENS_EVERY_CASE` in the environment asks all of them, which
/// takes a minute in a release build and half an hour in another.
const STEP: usize = 40;

/// How many cases divide the verifiers, and for how many of those what divides them is found.
#[derive(Debug, PartialEq)]
struct Explained {
    divided: usize,
    explained: usize,
}

/// What all cases of the corpus give.
const OF_ALL: Explained = Explained { divided: 362, explained: 361 };
/// What every [`STEP`]th case gives.
const OF_SAMPLE: Explained = Explained { divided: 8, explained: 8 };

#[test]
fn what_divides_the_corpus_is_nearly_always_found() {
    let suite = Suite::own("corpus.json");
    let every_case = std::env::var("ROOTLENS_EVERY_CASE").is_ok();
    let (step, expected) = if every_case { (1, OF_ALL) } else { (STEP, OF_SAMPLE) };
    let (mut divided, mut explained, mut unexplained) = (0, BTreeMap::new(), Vec::new());
    for case in suite.cases.iter().step_by(step) {
        let prepared = suite.prepare(case);
        let answers = |graph: &Graph, query: &Query<'_>| -> BTreeSet<bool> {
            Engine::ALL.iter().map(|engine| engine.verify(graph, query).accepts()).collect()
        };
        let is_divided = case.ask_with(&prepared, answers).expect("the leaf can be read").len() > 1;
        let explanation = case.ask_with(&prepared, explanation).expect("the leaf can be read");
        assert_eq!(explanation.facts.is_empty(), explanation.then_accepts.is_none(), "{}", case.id);
        assert!(is_divided || explanation.facts.is_empty(), "{}: all agree, so nothing divides them", case.id);
        assert!(explanation.alternatives.iter().all(|other| other.len() == explanation.facts.len()), "{}", case.id);
        divided += usize::from(is_divided);
        match explanation.facts.len() {
            0 if is_divided => unexplained.push(&case.id),
            0 => {}
            size => *explained.entry(size).or_insert(0) += 1,
        }
    }
    println!("{divided} divided, explained by number of facts {explained:?}, unexplained {unexplained:?}");
    assert_eq!(Explained { divided, explained: explained.values().sum() }, expected, "{unexplained:?}");
}

#[test]
fn a_fact_is_told_in_one_sentence() {
    for (scenario, sentence) in [
        (
            "ec-04c-pool-only-intermediate",
            "«pool1» is trusted, but it is not a root: its own key did not sign it, and the programs that reject trust only \
             what signed itself.",
        ),
        (
            "ec-17b-issuer-dn-case-differs",
            "«chain1» names its issuer almost as «pool1» is called: the two differ in upper and lower case, in spaces or in \
             how the letters are stored, and the programs that reject compare them byte for byte.",
        ),
        (
            "x-21-expired-old-intermediate-same-key-in-pool-new-sent",
            "«pool2» and «chain2» fit in the same place: the programs that reject take «pool2», which has expired, and do not \
             go back to try «chain2».",
        ),
        (
            "ec-05c-expired-root",
            "The trusted certificate «pool1» has expired, and not every program looks at the dates of what it trusts.",
        ),
    ] {
        let all = scenarios::all();
        let case = all.iter().find(|it| it.name == scenario).expect("a scenario");
        let facts = case.ask_with(explanation).facts;
        let said: Vec<String> =
            facts.iter().map(|fact| fact.sentence(&|id| format!("«{}»", place(scenario, id)))).collect();
        assert_eq!(said, [sentence], "{scenario}");
    }
}

/// Whatever is told of a case, in the best explanation or another, is a whole sentence in which names stay text.
#[test]
fn no_sentence_has_a_gap() {
    let mut told = BTreeSet::new();
    for scenario in scenarios::all() {
        let explanation = scenario.ask_with(explanation);
        for fact in explanation.facts.iter().chain(explanation.alternatives.iter().flatten()) {
            let sentence = fact.sentence(&|_| "{1} {oid}".to_owned());
            let rest = sentence.replace("{1} {oid}", "");
            assert!(sentence.contains("{1} {oid}") && !rest.contains(['{', '}']), "{sentence}");
            assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
            told.insert(fact.kind.code());
        }
    }
    assert!(told.len() > 12, "{told:?}");
}

/// Where every engine rejects, nothing divides them; what they reject for is found by undoing it all the same.
#[test]
fn what_all_reject_for_can_be_undone() {
    for (scenario, code, wanted) in [
        ("ec-05-expired-leaf", "leaf-expired", Outcome::Accepted),
        ("ec-05d-expired-intermediate", "intermediate-expired", Outcome::Accepted),
        ("ec-07-eku-serverauth-only", "leaf-purposes", Outcome::Accepted),
        ("ec-04-missing-intermediate", "purpose", Outcome::Rejected),
    ] {
        let all = scenarios::all();
        let case = all.iter().find(|it| it.name == scenario).expect("a scenario");
        case.ask_with(|graph, query| {
            let programs: Vec<Program> = Engine::ALL.iter().map(|engine| Program::Engine(*engine)).collect();
            let inquiry = Inquiry::new(&Readings::of(graph), query, &programs);
            let found = inquiry.facts();
            let fact = found.iter().find(|fact| fact.kind.code() == code).expect("the fact");
            let as_it_is = inquiry.ask_without(&[]).expect("nothing to undo");
            assert_eq!(as_it_is, [Outcome::Rejected; 11], "{scenario}");
            let undone = inquiry.ask_without(std::slice::from_ref(fact)).expect("it can be undone");
            assert_eq!(undone, [wanted; 11], "{scenario}");
        });
    }
}

/// Damaged certificates, ids of nobody, the same id twice, nothing at all: an answer, and no panic.
#[test]
fn odd_questions_are_answered() {
    let mut certificates = recorded::certificates("mtls-scenarios/ec-09b-leaf-dn-equals-ca-dn-no-keyids/pool.pem");
    certificates.extend(recorded::certificates("mtls-scenarios/ec-09b-leaf-dn-equals-ca-dn-no-keyids/chain.pem"));
    let engines = [Engine::OPENSSL, Engine::WEBPKI, Engine::MBEDTLS];
    let ids = [CertId(0), CertId(1), CertId(7), CertId(1)];
    let mut asked = 0;
    for at in (0..certificates[0].der.len()).step_by(11) {
        let mut damaged = certificates.clone();
        let mut der = damaged[0].der.clone();
        der[at] ^= 0x10;
        let Ok(certificate) = Certificate::parse(&der) else { continue };
        damaged[0] = certificate;
        let graph = Graph::build(damaged);
        for (trusted, presented, leaf) in [(&ids[..1], &ids[1..], 1), (&ids[..], &ids[..], 0), (&[], &[], 9)] {
            let query = Query { trusted, presented, leaf: CertId(leaf), ..query_of_nobody() };
            let explanation = explain(&Readings::of(&graph), &engines, &query);
            assert_eq!(explanation.facts.is_empty(), explanation.then_accepts.is_none());
            asked += 1;
        }
    }
    assert!(asked > 30, "{asked} questions");
    let nothing = explain(&Readings::of(&Graph::build(certificates)), &[], &query_of_nobody());
    assert_eq!((nothing.facts, nothing.complete), (Vec::new(), true));
}

fn query_of_nobody() -> Query<'static> {
    Query {
        trusted: &[],
        presented: &[],
        leaf: CertId(0),
        at: Timestamp::parse(AT).expect("a time"),
        purpose: Purpose::Client,
        host: None,
    }
}
