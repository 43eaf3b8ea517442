//! The OpenZiti root-pool fault: the measured table of `docs/background/openziti.md`, section 1.5, row by row.
//!
//! s_i is the signer of controller i, all under one root; client i presents `[leaf, s_i]`. Each row runs with the
//! roles that the files get by themselves, on three signers with names of their own (`distinct`) and on three signers
//! under one name (`same`), where only keys tell them apart.

use rootlens::certificate::CertId;
use rootlens::divergence::PeerPools;
use rootlens::pool::{ClientVerdict, Gate, Rule};
use rootlens::role::Role;

use crate::scenario::{Read, Scenario, chain_names};

/// What the controllers present.
#[derive(Clone, Copy)]
enum Presents {
    /// The helm chart: leaf and signer.
    Helm,
    /// `ziti pki`: leaf, signer and root.
    ZitiPki,
}

/// A row of the table.
struct Row {
    presents: Presents,
    /// File names without `.crt`, in order.
    bundle: &'static [&'static str],
    /// The controller asked.
    sampled: usize,
    /// File names without `.crt`.
    naive: &'static [&'static str],
    /// Clients accepted by routers up to v2.0.0-pre12, which verify the leaf alone.
    leaf_only: &'static [usize],
    /// Clients accepted by later routers.
    with_intermediates: &'static [usize],
}

/// In every row the correct pool is the root and accepts everybody.
const CORRECT: (&[&str], &[usize]) = (&["edge-root"], &[1, 2, 3]);

#[test]
fn helm_bundle_with_one_signer_sampled_under_it() {
    for bundle in [&["signer1", "edge-root"], &["edge-root", "signer1"]] {
        Row {
            presents: Presents::Helm,
            bundle,
            sampled: 1,
            naive: &["signer1"],
            leaf_only: &[1],
            with_intermediates: &[1],
        }
        .check();
    }
}

#[test]
fn helm_bundle_with_one_signer_sampled_elsewhere() {
    for sampled in [2, 3] {
        Row {
            presents: Presents::Helm,
            bundle: &["signer1", "edge-root"],
            sampled,
            naive: &[],
            leaf_only: &[],
            with_intermediates: &[],
        }
        .check();
    }
}

#[test]
fn helm_bundle_with_every_signer() {
    Row {
        presents: Presents::Helm,
        bundle: &["signer1", "signer2", "signer3", "edge-root"],
        sampled: 1,
        naive: &["signer1"],
        leaf_only: &[1],
        with_intermediates: &[1],
    }
    .check();
}

#[test]
fn helm_bundle_with_the_root_alone() {
    for sampled in [1, 2, 3] {
        Row {
            presents: Presents::Helm,
            bundle: &["edge-root"],
            sampled,
            naive: &[],
            leaf_only: &[],
            with_intermediates: &[],
        }
        .check();
    }
}

#[test]
fn ziti_pki_chain_sampled_under_the_bundled_signer() {
    Row {
        presents: Presents::ZitiPki,
        bundle: &["signer1", "edge-root"],
        sampled: 1,
        naive: &["edge-root", "signer1"],
        leaf_only: &[1],
        with_intermediates: &[1, 2, 3],
    }
    .check();
}

#[test]
fn ziti_pki_chain_sampled_elsewhere() {
    Row {
        presents: Presents::ZitiPki,
        bundle: &["signer1", "edge-root"],
        sampled: 2,
        naive: &["edge-root"],
        leaf_only: &[],
        with_intermediates: &[1, 2, 3],
    }
    .check();
}

#[test]
fn helm_bundle_that_holds_the_controllers_leaf() {
    for bundle in [&["ctrl1", "signer1", "edge-root"], &["signer1", "edge-root", "ctrl1"]] {
        Row {
            presents: Presents::Helm,
            bundle,
            sampled: 1,
            naive: &["ctrl1"],
            leaf_only: &[],
            with_intermediates: &[],
        }
        .check();
    }
}

#[test]
fn one_name_for_all_signers_misleads_go() {
    let row = Row {
        presents: Presents::Helm,
        bundle: &["signer1", "edge-root"],
        sampled: 1,
        naive: &["signer1"],
        leaf_only: &[1],
        with_intermediates: &[1],
    };
    let read = row.scenario("same").read();
    let analysis = read.analysis();
    let words = &analysis.peers[0].verdicts(Rule::OpenzitiNaive)[1].leaf_only.detail;
    assert_eq!(
        words,
        "x509: certificate signed by unknown authority (possibly because of \"x509: ECDSA verification failure\" \
         while trying to verify candidate authority certificate \"ziti-controller-edge-signer\")"
    );
}

const HELM: Row = Row {
    presents: Presents::Helm,
    bundle: &["signer1", "edge-root"],
    sampled: 1,
    naive: &["signer1"],
    leaf_only: &[1],
    with_intermediates: &[1],
};

/// What the controllers publish decides for V3 and for TLS: a file that is marked as that stands there instead of the
/// bundle.
#[test]
fn what_is_published_opens_the_gates_that_ask_for_it() {
    let passed_with = |published: &str, gate: Gate| {
        let part = format!("openziti-ha/distinct/{published}.crt");
        let scenario = HELM.scenario("distinct").file("published.pem", &[part]).chosen(&[Role::Published]);
        passed(&scenario.read().analysis().peers[0], gate)
    };
    assert_eq!(passed_with("edge-root", Gate::V3), [1, 2, 3]);
    assert_eq!(passed_with("edge-root", Gate::Tls), [1, 2, 3]);
    // An intermediate is no root: the naive pool alone is left, and TLS knows nobody but the controllers themselves.
    assert_eq!(passed_with("signer2", Gate::V3), [1]);
    assert_eq!(passed_with("signer2", Gate::Tls), [0; 0]);
    assert_eq!(passed_with("edge-root", Gate::V2), [1], "older generations do not ask");
}

/// In the order admitted: what is published stands before what the router found, controllers before roots.
#[test]
fn a_gate_lists_its_anchors_in_the_order_in_which_it_admits_them() {
    for pki in ["distinct", "same"] {
        let read = HELM.scenario(pki).read();
        let analysis = read.analysis();
        let anchors = |gate: Gate| {
            let verdicts = analysis.peers[0].gates.iter().find(|it| it.gate == gate).expect("every gate is there");
            file_names(&read, pki, &verdicts.anchors)
        };
        assert_eq!(anchors(Gate::Tls), ["ctrl1", "ctrl2", "ctrl3", "edge-root"], "{pki}");
        assert_eq!(anchors(Gate::V1), ["signer1"], "{pki}");
        assert_eq!(anchors(Gate::V2), ["signer1"], "{pki}");
        assert_eq!(anchors(Gate::V3), ["edge-root", "signer1"], "{pki}");
    }
}

impl Row {
    fn check(&self) {
        for pki in ["distinct", "same"] {
            let read = self.scenario(pki).read();
            let analysis = read.analysis();
            self.check_roles(&read, pki);
            let peer = &analysis.peers[self.sampled - 1];
            let accepted = |rule: Rule, test: fn(&ClientVerdict) -> bool| -> Vec<usize> {
                let verdicts = peer.verdicts(rule).iter().enumerate();
                verdicts.filter(|(_, verdict)| test(verdict)).map(|(index, _)| index + 1).collect()
            };
            let naive = anchors(&read, pki, peer, Rule::OpenzitiNaive);
            assert_eq!(naive, self.naive, "{pki}: naive pool");
            assert_eq!(accepted(Rule::OpenzitiNaive, |it| it.leaf_only.accepts()), self.leaf_only, "{pki}: leaf only");
            let with_intermediates = accepted(Rule::OpenzitiNaive, ClientVerdict::accepts);
            assert_eq!(with_intermediates, self.with_intermediates, "{pki}: with intermediates");
            assert_eq!(anchors(&read, pki, peer, Rule::Correct), CORRECT.0, "{pki}: correct pool");
            assert_eq!(accepted(Rule::Correct, ClientVerdict::accepts), CORRECT.1, "{pki}: correct accepts");
            assert_eq!(passed(peer, Gate::V1), self.leaf_only, "{pki}: first generation");
            assert_eq!(passed(peer, Gate::V2), self.with_intermediates, "{pki}: second generation");
            // The bundle stands in for what is published, and it holds the root.
            assert_eq!(passed(peer, Gate::V3), CORRECT.1, "{pki}: third generation");
            assert_eq!(passed(peer, Gate::Tls), CORRECT.1, "{pki}: TLS");
            let lost: Vec<usize> = peer.divergence.lost.iter().map(|client| client + 1).collect();
            let missing = |client: &usize| !self.with_intermediates.contains(client);
            assert_eq!(lost, CORRECT.1.iter().copied().filter(missing).collect::<Vec<usize>>(), "{pki}: lost");
        }
    }

    fn scenario(&self, pki: &str) -> Scenario {
        let part = |name: &str| format!("openziti-ha/{pki}/{name}");
        let bundle: Vec<String> = self.bundle.iter().map(|name| part(&format!("{name}.crt"))).collect();
        let mut scenario = Scenario::new().file("router1.cas.pem", &bundle);
        for i in 1..=3 {
            let (leaf, signer) = (part(&format!("ctrl{i}.crt")), part(&format!("signer{i}.crt")));
            scenario = match self.presents {
                Presents::Helm => scenario.file(&format!("ctrl{i}.tls.crt"), &[leaf, signer]),
                Presents::ZitiPki => {
                    scenario.file(&format!("ctrl{i}.chain.pem"), &[leaf, signer, part("edge-root.crt")])
                }
            };
        }
        for i in 1..=3 {
            let chain = [part(&format!("client{i}.crt")), part(&format!("signer{i}.crt"))];
            scenario = scenario.file(&format!("client{i}.chain.pem"), &chain);
        }
        scenario
    }

    /// The files got the right roles by themselves.
    fn check_roles(&self, read: &Read, pki: &str) {
        let analysis = read.analysis();
        let roles: Vec<&[Role]> = analysis.roles.by_source.iter().map(|it| it.roles.as_slice()).collect();
        let expected = [Role::Bundle, Role::Peer, Role::Peer, Role::Peer, Role::Client, Role::Client, Role::Client];
        assert_eq!(roles, expected.iter().map(std::slice::from_ref).collect::<Vec<&[Role]>>(), "{pki}: roles");
        let clients = ["client1.chain.pem", "client2.chain.pem", "client3.chain.pem"];
        assert_eq!(chain_names(&analysis.roles.clients), clients, "{pki}: clients");
        assert_eq!(analysis.roles.bundle.len(), self.bundle.len(), "{pki}: bundle");
    }
}

/// The clients that pass a gate.
fn passed(peer: &PeerPools, gate: Gate) -> Vec<usize> {
    let passage = peer.gates.iter().find(|it| it.gate == gate).expect("every gate is there");
    let verdicts = passage.clients.iter().enumerate();
    verdicts.filter(|(_, verdict)| verdict.accepts()).map(|(index, _)| index + 1).collect()
}

/// The anchors of a rule as file names, in the order admitted.
fn anchors(read: &Read, pki: &str, peer: &PeerPools, rule: Rule) -> Vec<&'static str> {
    file_names(read, pki, &peer.pool(rule).anchors)
}

fn file_names(read: &Read, pki: &str, certificates: &[CertId]) -> Vec<&'static str> {
    let known = ["edge-root", "signer1", "signer2", "signer3", "ctrl1", "ctrl2", "ctrl3"];
    let in_scenario = |name: &&str| read.inventory.certificates.iter().any(|it| it.sha256 == digest(pki, name));
    let ids: Vec<(&'static str, CertId)> = known
        .into_iter()
        .filter(in_scenario)
        .map(|name| (name, read.id(&format!("openziti-ha/{pki}/{name}.crt"))))
        .collect();
    let name = |id: &CertId| ids.iter().find(|(_, known)| known == id).expect("a known anchor").0;
    certificates.iter().map(name).collect()
}

fn digest(pki: &str, name: &str) -> [u8; 32] {
    crate::recorded::certificate(&format!("openziti-ha/{pki}/{name}.crt")).sha256
}
