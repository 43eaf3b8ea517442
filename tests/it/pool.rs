//! Pools and client verdicts against the recorded ones: what Go 1.27 computed for 600 random PKIs.
//!
//! `trusted` is the bundle, the leaf with what is presented is the peer's chain and the client's. The anchors are
//! recorded sorted, so they are compared as sets.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;
use rootlens::certificate::{CertId, Certificate};
use rootlens::graph::Graph;
use rootlens::pool::{ClientVerdict, PoolInputs, RootCas, RootPool, Rule, client_verdicts, compute};
use rootlens::role::Chain;
use rootlens::time::Timestamp;
use rootlens::verifier::go::Context;
use serde_json::Value;

use crate::recorded;

/// The recorded name of each rule's pool.
const RULES: [(Rule, &str); 4] = [
    (Rule::OpenzitiNaive, "naive"),
    (Rule::FirstChain, "first_chain"),
    (Rule::AllChains, "all_chains"),
    (Rule::Correct, "correct"),
];

#[test]
fn four_rules_and_the_clients_agree_with_go_on_every_case() {
    let corpus: Value = serde_json::from_str(&recorded::text("conformance/corpus.json")).expect("JSON");
    let at = Timestamp::parse(corpus["time"].as_str().expect("a time")).expect("RFC 3339");
    let cases = corpus["cases"].as_array().expect("cases");
    let mut differences = Vec::new();
    for case in cases {
        let expected = &case["pools"];
        let actual = pools_of(&corpus["certs"], case, at);
        for (what, value) in expected.as_object().expect("pools") {
            if actual.get(what.as_str()) != Some(value) {
                differences.push(format!("{} {what}: Go {value}, here {:?}", case["id"], actual.get(what.as_str())));
            }
        }
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
    assert_eq!(cases.len(), 600);
}

/// What is computed for a case, in the recorded form.
fn pools_of(certs: &Value, case: &Value, at: Timestamp) -> BTreeMap<&'static str, Value> {
    let mut known = Known::default();
    let bundle = known.read(certs, &indices(&case["trusted"]));
    let presented = known.read(certs, &indices(&case["presented"]));
    let leaf = known.read(certs, &[case["leaf"].as_u64().expect("an index")])[0];
    let graph = Graph::build(known.certificates);
    let go = Context::new(&graph);
    let chain = Chain { source: 0, name: "chain".to_owned(), leaf, presented };
    let root_cas = RootCas::new(&go);
    let inputs = PoolInputs { go: &go, root_cas: &root_cas, bundle: &bundle, published: &bundle, at };
    let pool = |rule: Rule| compute(&inputs, rule, &chain);
    let verdict =
        |rule: Rule| -> ClientVerdict { client_verdicts(&inputs, &pool(rule), std::slice::from_ref(&chain)).remove(0) };
    let naive = verdict(Rule::OpenzitiNaive);
    let sorted = |pool: RootPool| -> Value {
        pool.anchors.iter().map(|id| known.index[id.0]).collect::<BTreeSet<u64>>().into_iter().collect()
    };
    let mut found: BTreeMap<&str, Value> = RULES.into_iter().map(|(rule, name)| (name, sorted(pool(rule)))).collect();
    found.insert("naive_accepts_leaf_only", naive.leaf_only.accepts().into());
    found.insert("naive_accepts_with_presented", naive.accepts().into());
    found.insert("correct_accepts", verdict(Rule::Correct).accepts().into());
    found
}

/// The certificates of a case, each once, with their indices in the file.
#[derive(Default)]
struct Known {
    certificates: Vec<Certificate>,
    index: Vec<u64>,
}

impl Known {
    fn read(&mut self, certs: &Value, indices: &[u64]) -> Vec<CertId> {
        indices.iter().map(|&index| self.id(certs, index)).collect()
    }

    fn id(&mut self, certs: &Value, index: u64) -> CertId {
        let position = self.index.iter().position(|&known| known == index).unwrap_or_else(|| {
            let text = certs[usize::try_from(index).expect("small")].as_str().expect("base64");
            let der = BASE64.decode(text.as_bytes()).expect("base64");
            self.certificates.push(Certificate::parse(&der).unwrap_or_else(|why| panic!("certificate {index}: {why}")));
            self.index.push(index);
            self.index.len() - 1
        });
        CertId(position)
    }
}

fn indices(value: &Value) -> Vec<u64> {
    value.as_array().expect("a list").iter().map(|index| index.as_u64().expect("an index")).collect()
}
