//! Named files, roles and a date, put through the whole core: what the tests of roles, pools, findings and headlines
//! start from.

use std::fs;

use rootlens::acceptance;
use rootlens::analysis::{Analysis, analyse};
use rootlens::answer::{Answer, Situation, answer};
use rootlens::certificate::CertId;
use rootlens::choices::Choices;
use rootlens::finding::{self, Finding, Headline};
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::lens::Lens;
use rootlens::report::Report;
use rootlens::role::{Chain, Role};
use rootlens::time::Timestamp;
use rootlens::trust_store::TrustStore;
use rootlens::verifier::Readings;

use crate::recorded;

/// The instant at which the fixtures are to be judged.
pub(crate) const AT: &str = "2026-11-21T18:00:00Z";

/// The OpenZiti case with helm chains: one bundle, three peers, three clients (`tests/data/openziti-ha`).
pub(crate) const OPENZITI: &[&str] = &[
    "router1.cas.pem",
    "ctrl1.tls.crt",
    "ctrl2.tls.crt",
    "ctrl3.tls.crt",
    "client1.chain.pem",
    "client2.chain.pem",
    "client3.chain.pem",
];

/// Files, roles and a date.
pub(crate) struct Scenario {
    inputs: Vec<Input>,
    choices: Choices,
}

/// A scenario whose files were read.
pub(crate) struct Read {
    pub(crate) inventory: Inventory,
    pub(crate) graph: Graph,
    pub(crate) choices: Choices,
}

impl Scenario {
    pub(crate) fn new() -> Scenario {
        Scenario { inputs: Vec::new(), choices: Choices::at(Timestamp::parse(AT).expect("a time")) }
    }

    /// A file with these bytes.
    pub(crate) fn bytes(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Scenario {
        self.inputs.push(Input { name: name.to_owned(), bytes: bytes.into(), ..Input::default() });
        self
    }

    /// A file made of others under `tests/data`, in order.
    pub(crate) fn file(self, name: &str, parts: &[String]) -> Scenario {
        let bytes: Vec<u8> = parts.iter().flat_map(|part| read(part)).collect();
        self.bytes(name, bytes)
    }

    /// The pool and the chain of one of the mTLS scenarios, under their own names.
    pub(crate) fn mtls(name: &str) -> Scenario {
        let part = |file: &str| vec![format!("mtls-scenarios/{name}/{file}")];
        Scenario::new().file("pool.pem", &part("pool.pem")).file("chain.pem", &part("chain.pem"))
    }

    /// The network of [`OPENZITI`]; `kind` is a folder of `tests/data/openziti-ha`.
    pub(crate) fn openziti(kind: &str) -> Scenario {
        let part = |name: &str| vec![format!("openziti-ha/{kind}/{name}")];
        OPENZITI.iter().fold(Scenario::new(), |scenario, name| scenario.file(name, &part(name)))
    }

    /// Sets the roles of the file added last.
    pub(crate) fn chosen(mut self, roles: &[Role]) -> Scenario {
        self.choices.roles.insert(self.inputs.len() - 1, roles.to_vec());
        self
    }

    /// The peer that leads.
    pub(crate) fn sampled(mut self, peer: &str) -> Scenario {
        self.choices.peer = Some(peer.to_owned());
        self
    }

    /// What is looked at first, whatever the files say.
    pub(crate) fn lens(mut self, lens: Lens) -> Scenario {
        self.choices.lens = Some(lens);
        self
    }

    /// The roles that are chosen so far, as if they had come with a link.
    pub(crate) fn sent(mut self) -> Scenario {
        self.choices.sent_roles = self.choices.roles.clone();
        self
    }

    pub(crate) fn at(mut self, at: &str) -> Scenario {
        self.choices.at = Timestamp::parse(at).expect("a time");
        self
    }

    pub(crate) fn read(self) -> Read {
        let inventory = Inventory::from_inputs(&self.inputs);
        let graph = Graph::build(inventory.certificates.clone());
        Read { inventory, graph, choices: self.choices }
    }

    pub(crate) fn findings(self) -> Vec<Finding> {
        self.read().findings()
    }

    pub(crate) fn headline(self) -> Headline {
        let read = self.read();
        finding::headline(&read.analysis(), Lens::Router, &read.answer())
    }
}

impl Read {
    pub(crate) fn analysis(&self) -> Analysis<'_> {
        analyse(&self.inventory, &Readings::of(&self.graph), &self.choices)
    }

    /// What is found where the question of a router leads.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        finding::find(&self.analysis(), Lens::Router, &self.answer())
    }

    pub(crate) fn answer(&self) -> Answer {
        let (graph, choices) = (&self.graph, &self.choices);
        let roles = self.analysis().roles;
        let store = TrustStore::choose(&self.inventory, &roles, choices);
        let readings = &Readings::of(graph);
        let acceptance = acceptance::ask(readings, &store.certificates, &roles, choices);
        let inventory = &self.inventory;
        answer(&Situation { inventory, graph, readings, store: &store, acceptance: &acceptance, choices })
    }

    pub(crate) fn report(&self) -> Report {
        inspect::inspect(&self.inventory, &self.graph, &self.choices).report
    }

    /// The certificate that a file under `tests/data` begins with.
    pub(crate) fn id(&self, file: &str) -> CertId {
        let wanted = recorded::certificates(file).remove(0).sha256;
        let position = self.inventory.certificates.iter().position(|it| it.sha256 == wanted);
        CertId(position.unwrap_or_else(|| panic!("{file} is part of the scenario")))
    }

    /// What people call these certificates.
    pub(crate) fn names(&self, ids: &[CertId]) -> Vec<String> {
        ids.iter().map(|id| self.inventory.certificates[id.0].short_name()).collect()
    }
}

/// The folders of `tests/data/mtls-scenarios`.
pub(crate) fn mtls_names() -> Vec<String> {
    let mut names = recorded::files("mtls-scenarios", "");
    names.retain(|name| !name.ends_with(".tsv"));
    assert_eq!(names.len(), 49);
    names
}

/// Names of chains.
pub(crate) fn chain_names(chains: &[Chain]) -> Vec<&str> {
    chains.iter().map(|chain| chain.name.as_str()).collect()
}

/// A file under `tests/data` that ends in a line break, so that files can be put together.
fn read(relative: &str) -> Vec<u8> {
    let mut bytes = fs::read(recorded::path(relative)).unwrap_or_else(|error| panic!("tests/data/{relative}: {error}"));
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    bytes
}
