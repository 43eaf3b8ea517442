//! Why engines differ: the expected facts of every probe and every scenario.
//!
//! The tables were written from what the cases are (`verifiers.md`, section 1.6; the notes and labels of `probes.json`; the
//! names of the scenarios; the table of facts in `errors.md`) before the search was run on them. Where the search named
//! something else, the row says which of the two is right, and why.

use std::collections::BTreeMap;

use rootlens::certificate::CertId;
use rootlens::dividing::{Division, Fact, divide};
use rootlens::graph::Graph;
use rootlens::verifier::{Engine, Query};

use crate::conformance::{Suite, scenarios};
use crate::recorded;

/// A case and what divides the engines there: facts with their certificates, joined by `+`, and what all engines say
/// without them. Nothing where they agree.
type Row = (&'static str, &'static str);

const PROBES: &[Row] = &[
    ("01-baseline", ""),
    ("02a-ica-anchor", "anchor-not-self-signed I => accept"),
    ("02b-ica-anchor-presented", "anchor-not-self-signed I => accept"),
    ("02c-ica-anchor-expired", "anchor-not-self-signed Iexp + anchor-expired Iexp => accept"),
    ("02d-ica-anchor-root-presented", "anchor-not-self-signed I => accept"),
    ("03a-cross-anchor", "anchor-not-self-signed X(R1<-R0) => accept"),
    ("03b-cross-anchor-root-presented", "anchor-not-self-signed X(R1<-R0) => accept"),
    ("03c-cross-anchor-R0-presented", "anchor-not-self-signed X(R1<-R0) => accept"),
    ("04a-X-then-R1", "dead-end-first X(R1<-R0) => accept"),
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
    ("12a-leaf-anchor", "leaf-trusted L => reject"),
    ("12b-selfsigned-leaf-anchor", "leaf-trusted LS => reject"),
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
    ("30c-fake-then-R1-noaki", "dead-end-first R1fake-noski + key-ids-absent I-noaki,R1 => accept"),
    ("31a-Iexp-then-I", "dead-end-first Iexp => accept"),
    ("31b-I-then-Iexp", ""),
    ("32-dead-branch-first", "dead-end-first I2(I<-R2) => accept"),
    ("33-two-roots-two-I", ""),
    ("34-wrongkey-I-first", "dead-end-first Ifake => accept"),
    ("35-unordered", "presented-order X(R1<-R0) => accept"),
    ("36-ica-anchor-bcfalse", "anchor-not-self-signed I-bcfalse + not-a-ca I-bcfalse => accept"),
    ("37-ica-anchor-ku", "anchor-not-self-signed I-noku-certsign + no-cert-sign I-noku-certsign => accept"),
    ("38-ica-anchor-badsig", "anchor-not-self-signed I(badsig) => accept"),
    ("39-ica-anchor-expired-root-also", "dead-end-first Iexp => accept"),
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
    // The root has no key usage either, which strict OpenSSL demands of a CA (`verifiers.md`, section 3, Python ssl).
    ("ec-06-root-not-ca", "not-a-ca pool1 + key-usage-absent pool1 => accept"),
    ("ec-06b-root-no-basicconstraints", "basic-constraints-absent pool1 + key-usage-absent pool1 => accept"),
    ("ec-06c-intermediate-not-ca", ""),
    ("ec-06d-intermediate-no-keycertsign", "no-cert-sign chain2 => accept"),
    ("ec-06e-root-no-keycertsign", "no-cert-sign pool1 => accept"),
    ("ec-07-eku-serverauth-only", ""),
    ("ec-07b-intermediate-eku-serverauth", "ca-purposes chain2 => accept"),
    ("ec-08-pathlen-exceeded", "path-length pool1 => accept"),
    ("ec-09-leaf-dn-equals-ca-dn", ""),
    ("ec-09b-leaf-dn-equals-ca-dn-no-keyids", "key-ids-absent chain1,pool1 + leaf-named-as-issuer chain1 => accept"),
    ("ec-10-selfsigned-leaf-not-in-pool", ""),
    ("ec-10b-selfsigned-leaf-in-pool", "leaf-trusted pool1 => reject"),
    ("ec-10c-selfsigned-ca-leaf-in-pool", "leaf-trusted pool1 => reject"),
    ("ec-11-untrusted-root-in-chain", ""),
    ("ec-12-nameconstraints-intermediate", ""),
    ("ec-14-pool-is-server-cert", ""),
    ("ec-15-pool-contains-leaf-itself", "leaf-trusted pool1 => reject"),
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
    ("x-21-expired-old-intermediate-same-key-in-pool-new-sent", "dead-end-first pool2 => accept"),
    ("x-21b-expired-old-root-and-new-root-same-key", ""),
    ("x-22-aki-issuer-serial-pins-old-ca-pool-has-renewed", "authority-serial-mismatch chain1,pool1 => accept"),
    ("x-22b-aki-issuer-serial-ok", ""),
    ("x-23-renewed-ca-same-key-different-ski", "key-id-mismatch chain1,pool1 => accept"),
    // What is asked about is the CA that the file begins with, instead of the client's certificate.
    ("x-24-chain-file-ca-first", "leaf-not-first chain1,chain2 => accept"),
];

#[test]
fn the_probes_are_divided_by_what_they_probe() {
    let suite = Suite::own("probes.json");
    let labels = labels();
    let mut found = Vec::new();
    for case in &suite.cases {
        let prepared = suite.prepare(case);
        let names: BTreeMap<CertId, &str> = prepared.ids.iter().map(|(at, id)| (*id, labels[at].as_str())).collect();
        let division = case.ask_with(&prepared, division).expect("the leaf can be read");
        found
            .push((case.id.trim_start_matches("probe::").to_owned(), described(&division, |id| names[&id].to_owned())));
    }
    check(&found, PROBES);
}

#[test]
fn the_scenarios_are_divided_by_what_they_stage() {
    let mut found = Vec::new();
    for scenario in scenarios::all() {
        let division = scenario.ask_with(division);
        let pool = recorded::certificates(&format!("mtls-scenarios/{}/pool.pem", scenario.name)).len();
        let name = |id: CertId| match id.0 < pool {
            true => format!("pool{}", id.0 + 1),
            false => format!("chain{}", id.0 - pool + 1),
        };
        found.push((scenario.name.clone(), described(&division, name)));
    }
    check(&found, SCENARIOS);
}

fn division(graph: &Graph, query: &Query<'_>) -> Division {
    divide(graph, Engine::ALL, query)
}

/// In the form of the tables.
fn described(division: &Division, name: impl Fn(CertId) -> String) -> String {
    let fact = |fact: &Fact| {
        let names: Vec<String> = fact.certificates.iter().map(|id| name(*id)).collect();
        format!("{} {}", fact.kind.code(), names.join(","))
    };
    let set = |facts: &Vec<Fact>| facts.iter().map(&fact).collect::<Vec<_>>().join(" + ");
    for other in &division.alternatives {
        println!("    or {}", set(other));
    }
    match division.then_accepts {
        None => String::new(),
        Some(true) => format!("{} => accept", set(&division.facts)),
        Some(false) => format!("{} => reject", set(&division.facts)),
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

/// What `verifiers.md` calls the certificates of the probes, by their index.
fn labels() -> BTreeMap<usize, String> {
    let file: serde_json::Value = serde_json::from_str(&recorded::text("conformance/probes.json")).expect("JSON");
    let labels = file["labels"].as_object().expect("labels");
    labels.iter().map(|(at, label)| (at.parse().expect("an index"), label.as_str().expect("text").to_owned())).collect()
}

#[test]
fn corpus_survey() {
    let suite = Suite::own("corpus.json");
    let stride: usize = std::env::var("STRIDE").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
    let mut slow = Vec::new();
    let (mut divided, mut explained, mut sizes, mut incomplete) = (0, 0, [0; 5], 0);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let only = std::env::var("ONLY").unwrap_or_default();
    for case in suite.cases.iter().filter(|c| c.id.ends_with(&only)).step_by(stride) {
        let prepared = suite.prepare(case);
        let answers: Vec<bool> = Engine::ALL.iter().map(|e| case.ask(*e, &prepared).unwrap().accepts()).collect();
        let start = std::time::Instant::now();
        let division = case.ask_with(&prepared, division).expect("the leaf can be read");
        slow.push(start.elapsed().as_secs_f64() * 1000.0);
        if answers.iter().all(|a| *a == answers[0]) {
            assert!(division.facts.is_empty());
            slow.pop();
            continue;
        }
        divided += 1;
        incomplete += usize::from(!division.complete);
        if division.facts.is_empty() {
            let row: String = answers.iter().map(|b| if *b { '+' } else { '-' }).collect();
            println!("UNEXPLAINED {} {row} {:.0} ms complete {}", case.id, slow.last().unwrap(), division.complete);
        } else {
            explained += 1;
            sizes[division.facts.len()] += 1;
            for f in &division.facts {
                *kinds.entry(format!("{} {:?}", f.kind.code(), division.then_accepts)).or_default() += 1;
            }
        }
    }
    slow.sort_by(f64::total_cmp);
    println!(
        "divided {divided} explained {explained} sizes {sizes:?} incomplete {incomplete}; ms median {:.1} p90 {:.1} max {:.1} sum {:.0}",
        slow[slow.len() / 2],
        slow[slow.len() * 9 / 10],
        slow[slow.len() - 1],
        slow.iter().sum::<f64>()
    );
    println!("{kinds:#?}");
}
