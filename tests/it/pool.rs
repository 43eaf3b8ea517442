//! Pools and client verdicts against the recorded ones: what Go 1.27 computed for 600 random PKIs.
//!
//! `trusted` is the bundle, the leaf with what is presented is the peer's chain and the client's: two files, whose roles
//! are found out as well. The anchors are recorded sorted, so they are compared as sets.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use data_encoding::BASE64;
use rootlens::certificate::{CertId, Certificate, pem};
use rootlens::choices::Choices;
use rootlens::graph::Graph;
use rootlens::inventory::{Input, Inventory};
use rootlens::pool::{ClientVerdict, PoolInputs, RootCas, RootPool, Rule, client_verdicts, compute};
use rootlens::role::{Chain, Role, assign};
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
    let (cases, differences) = compare(&recorded::text("conformance/corpus.json"));
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
    assert_eq!(cases, 600);
}

/// PKIs in which keys are shared, extensions broken and certificates unreadable, made by `tests/record/go`.
#[test]
fn the_same_on_odder_cases() {
    let (cases, differences) = compare(&recorded::text("conformance/go-extra.json"));
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
    assert_eq!(cases, 84);
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn the_same_on_further_files() {
    let names = std::env::var("ROOTLENS_CONFORMANCE").expect("this is ignored without it");
    for name in names.split(':') {
        let (cases, differences) = compare(&std::fs::read_to_string(name).expect(name));
        assert!(differences.is_empty(), "{name}: {} of {cases} differ\n{}", differences.len(), differences.join("\n"));
    }
}

/// How many cases a file has, and where roles or pools are others than Go's.
fn compare(file: &str) -> (usize, Vec<String>) {
    let file: Value = serde_json::from_str(file).expect("JSON");
    let at = Timestamp::parse(file["time"].as_str().expect("a time")).expect("RFC 3339");
    let cases = file["cases"].as_array().expect("cases");
    let mut differences = Vec::new();
    for case in cases {
        let case = Case::read(&file["certs"], case, at);
        differences.extend(case.differences().into_iter().map(|it| format!("{} {it}", case.recorded["id"])));
    }
    (cases.len(), differences)
}

/// A case as two files, as somebody would drop them.
struct Case<'c> {
    recorded: &'c Value,
    at: Timestamp,
    /// The numbers that the certificates of `inventory` have in the file.
    numbers: Vec<u64>,
    inventory: Inventory,
    graph: Graph,
    bundle: Vec<CertId>,
    chain: Chain,
    is_leaf_readable: bool,
    /// Something follows a certificate in its block, and is cut off when the file is read.
    is_cut: bool,
}

impl<'c> Case<'c> {
    fn read(certs: &Value, recorded: &'c Value, at: Timestamp) -> Case<'c> {
        let leaf = recorded["leaf"].as_u64().expect("an index");
        let files = [
            ("trusted.pem", indices(&recorded["trusted"])),
            ("chain.pem", [vec![leaf], indices(&recorded["presented"])].concat()),
        ];
        let der = |index: u64| {
            let text = certs[usize::try_from(index).expect("small")].as_str().expect("base64");
            BASE64.decode(text.as_bytes()).expect("base64")
        };
        let input = |(name, indices): &(&str, Vec<u64>)| Input {
            name: (*name).to_owned(),
            bytes: indices.iter().map(|index| pem::encode(&der(*index))).collect::<String>().into_bytes(),
            ..Input::default()
        };
        let inventory = Inventory::from_inputs(&files.each_ref().map(input));
        let all: Vec<u64> = files.iter().flat_map(|(_, indices)| indices.clone()).collect();
        let number = |certificate: &Rc<Certificate>| {
            *all.iter().find(|index| der(**index).starts_with(&certificate.der)).expect("one of the case")
        };
        let [trusted, presented] = inventory.sources.as_slice() else { panic!("two files") };
        let chain = presented.certificates();
        let numbers: Vec<u64> = inventory.certificates.iter().map(number).collect();
        let is_cut = |(number, certificate): (&u64, &Rc<Certificate>)| der(*number) != certificate.der;
        Case {
            recorded,
            is_leaf_readable: numbers[chain[0].0] == leaf,
            is_cut: numbers.iter().zip(&inventory.certificates).any(is_cut),
            at,
            numbers,
            graph: Graph::build(inventory.certificates.clone()),
            bundle: trusted.certificates(),
            chain: Chain { source: 1, name: "chain.pem".to_owned(), leaf: chain[0], presented: chain[1..].to_vec() },
            inventory,
        }
    }

    fn differences(&self) -> Vec<String> {
        let mut differences = self.wrong_roles();
        if self.is_cut || !self.is_leaf_readable {
            return differences;
        }
        let actual = self.pools();
        for (what, value) in self.recorded["pools"].as_object().into_iter().flatten() {
            let here = actual.get(what.as_str());
            if here != Some(value) {
                differences.push(format!("{what}: Go {value}, here {here:?}"));
            }
        }
        differences
    }

    /// The files have the roles that the case gives them, both by themselves and where somebody chooses them. A trust
    /// store of which nothing can be read is none, and nobody can tell a CA that was made a leaf.
    fn wrong_roles(&self) -> Vec<String> {
        let chosen = [(0, vec![Role::Bundle]), (1, vec![Role::Peer, Role::Client])].into_iter().collect();
        let mut choices: Vec<BTreeMap<usize, Vec<Role>>> = vec![chosen];
        let notes = self.recorded["notes"].as_array().expect("notes");
        if self.is_leaf_readable && !notes.iter().any(|note| note == "ca-as-leaf") {
            choices.push(BTreeMap::new());
        }
        let mut wrong = Vec::new();
        for roles in choices {
            let choices = Choices { roles, ..Choices::at(self.at) };
            let found = assign(&self.inventory, &self.graph, choices.of_roles());
            let chains = [&found.peers, &found.clients].map(|chains| chains.as_slice() == [self.chain.clone()]);
            if found.bundle != self.bundle || (chains != [true, true] && !self.bundle.is_empty()) {
                wrong.push(format!("{:?}: {:?}", self.recorded["notes"], found.by_source));
            }
        }
        wrong
    }

    /// What is computed for the case, in the recorded form.
    fn pools(&self) -> BTreeMap<&'static str, Value> {
        let go = Context::new(&self.graph);
        let root_cas = RootCas::new(&go);
        let inputs =
            PoolInputs { go: &go, root_cas: &root_cas, bundle: &self.bundle, published: &self.bundle, at: self.at };
        let pool = |rule: Rule| compute(&inputs, rule, &self.chain);
        let chains = std::slice::from_ref(&self.chain);
        let verdict = |rule: Rule| -> ClientVerdict { client_verdicts(&inputs, &pool(rule), chains).remove(0) };
        let naive = verdict(Rule::OpenzitiNaive);
        let sorted = |pool: RootPool| -> Value {
            pool.anchors.iter().map(|id| self.numbers[id.0]).collect::<BTreeSet<u64>>().into_iter().collect()
        };
        let mut found: BTreeMap<&str, Value> =
            RULES.into_iter().map(|(rule, name)| (name, sorted(pool(rule)))).collect();
        found.insert("naive_accepts_leaf_only", naive.leaf_only.accepts().into());
        found.insert("naive_accepts_with_presented", naive.accepts().into());
        found.insert("correct_accepts", verdict(Rule::Correct).accepts().into());
        found
    }
}

fn indices(value: &Value) -> Vec<u64> {
    value.as_array().expect("a list").iter().map(|index| index.as_u64().expect("an index")).collect()
}
