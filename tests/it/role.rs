//! Which role each file has, and why, on files as people drop them: here in the router's lens, in [`chains`] in the
//! other one.

mod chains;

use rootlens::lens::Lens;
use rootlens::role::Role::{self, Bundle, Client, Other, Peer};

use crate::recorded;
use crate::scenario::{Scenario, chain_names};

const BOTH: &[Role] = &[Peer, Client];

/// The roles that files get, by their names here; each is made of files of the OpenZiti fixture.
#[track_caller]
fn check(files: &[(&str, &[&str], &[Role])]) -> Vec<String> {
    let mut scenario = Scenario::new().lens(Lens::Router);
    for (name, parts, _) in files {
        scenario = scenario.file(name, &openziti(parts));
    }
    let read = scenario.read();
    let assignment = read.analysis().roles;
    let found: Vec<(&str, &[Role])> =
        files.iter().zip(&assignment.by_source).map(|((name, ..), it)| (*name, it.roles.as_slice())).collect();
    let expected: Vec<(&str, &[Role])> = files.iter().map(|(name, _, roles)| (*name, *roles)).collect();
    assert_eq!(found, expected);
    assignment.by_source.into_iter().map(|it| it.reason).collect()
}

fn openziti(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| format!("openziti-ha/distinct/{part}.crt")).collect()
}

#[test]
fn the_folder_of_a_helm_installation() {
    let reasons = check(&[
        ("cas.pem", &["signer1", "edge-root"], &[Bundle]),
        ("a", &["ctrl1", "signer1"], &[Peer]),
        ("b", &["client2", "signer2"], &[Client]),
        ("c", &["router1", "signer1"], &[Client]),
    ]);
    assert_eq!(reasons[0], "1 root CA and 1 intermediate, nothing else: what a verifier is given to trust.");
    assert_eq!(
        reasons[1],
        "ziti-controller1 is taken for a server: its SPIFFE id names a controller (/controller/ziti-controller1)."
    );
    assert!(reasons[2].starts_with("u5er1dAAA is taken for a client: its SPIFFE id names an API session (/identity/"));
    assert_eq!(reasons[3], "r0uTerId1 is taken for a client: its extended key usage is clientAuth only.");
}

#[test]
fn a_router_samples_controllers_only() {
    let reasons = check(&[
        ("cas.pem", &["signer1", "edge-root"], &[Bundle]),
        ("a", &["ctrl1", "signer1"], &[Peer]),
        ("b", &["router1-server", "signer1"], &[Other]),
    ]);
    assert!(reasons[2].ends_with("Controllers here carry a SPIFFE id and it does not, so no router samples it."));
    check(&[
        ("cas.pem", &["signer1", "edge-root"], &[Bundle]),
        ("b", &["router1-server", "signer1"], &[Peer]),
        ("c", &["router1", "signer1"], &[Client]),
    ]);
}

#[test]
fn a_chain_with_its_root_is_a_chain_beside_a_bundle() {
    check(&[
        ("a", &["ctrl1", "signer1", "edge-root"], &[Peer]),
        ("b", &["signer1", "edge-root"], &[Bundle]),
        ("c", &["client1", "signer1", "edge-root"], &[Client]),
    ]);
}

#[test]
fn a_bundle_with_a_leaf_in_it_is_a_bundle() {
    let reasons = check(&[
        ("a", &["ctrl1", "signer1", "edge-root"], &[Bundle]),
        ("b", &["ctrl1", "signer1"], &[Peer]),
        ("c", &["client1", "signer1"], &[Client]),
    ]);
    assert!(reasons[0].contains("b presents the same leaf"), "{}", reasons[0]);
    let reasons = check(&[
        ("a", &["ctrl1", "signer1", "signer2", "signer3", "edge-root"], &[Bundle]),
        ("b", &["ctrl2", "signer2"], &[Peer]),
        ("c", &["client1", "signer1"], &[Client]),
    ]);
    assert!(reasons[0].contains("with 1 certificate that is no CA among it"), "{}", reasons[0]);
}

#[test]
fn where_two_files_hold_the_same_the_name_decides_and_says_so() {
    check(&[
        ("ctrl1.chain.pem", &["ctrl1", "signer1", "edge-root"], &[Peer]),
        ("router1.cas.pem", &["ctrl1", "signer1", "edge-root"], &[Bundle]),
        ("c", &["client1", "signer1"], &[Client]),
    ]);
    let reasons = check(&[("ca.pem", &["ctrl1"], &[Bundle]), ("b", &["client1", "signer1"], BOTH)]);
    assert!(reasons[0].contains("its name holds the word \u{201c}ca\u{201d}"), "{}", reasons[0]);
}

#[test]
fn a_lone_intermediate_is_a_bundle_only_alone() {
    let reasons = check(&[
        ("cas.pem", &["signer1", "edge-root"], &[Bundle]),
        ("s2", &["signer2"], &[Other]),
        ("trusted.pem", &["signer3"], &[Bundle]),
        ("b", &["client1", "signer1"], BOTH),
    ]);
    assert!(reasons[1].starts_with("A single intermediate CA, while cas.pem is clearly a bundle."));
    check(&[("s1", &["signer1"], &[Bundle]), ("b", &["client1", "signer1"], BOTH)]);
}

#[test]
fn one_chain_and_one_bundle_make_peer_and_client() {
    let reasons = check(&[("a", &["edge-root"], &[Bundle]), ("b", &["ctrl1", "signer1"], BOTH)]);
    assert!(reasons[1].ends_with("As the only chain it stands for the peer and for the client."));
}

#[test]
fn one_file_with_everything_plays_every_part() {
    let everything = &["edge-root", "signer1", "signer2", "ctrl1", "ctrl2", "client1", "client2", "client3"];
    let reasons = check(&[("paste", everything, &[Bundle, Peer, Client])]);
    assert!(reasons[0].starts_with("1 root CA and 2 intermediates and end entities in one file"), "{}", reasons[0]);
    let read = Scenario::new().file("paste", &openziti(everything)).read();
    let assignment = read.analysis().roles;
    assert_eq!(
        read.names(&assignment.bundle),
        ["ziti-controller1-edge-root", "ziti-controller1-edge-signer", "ziti-controller2-edge-signer"]
    );
    assert_eq!(chain_names(&assignment.peers), ["paste: ziti-controller1", "paste: ziti-controller2"]);
    assert_eq!(chain_names(&assignment.clients), ["paste: u5er1dAAA", "paste: u5er1dAAA (2)", "paste: u5er1dAAA (3)"]);
    let client2 = [read.id("openziti-ha/distinct/signer2.crt"), read.id("openziti-ha/distinct/edge-root.crt")];
    assert_eq!(assignment.clients[1].presented.len(), 2);
    assert!(client2.iter().all(|id| assignment.clients[1].presented.contains(id)), "its own path, not the others'");
}

#[test]
fn chains_without_a_bundle_stay_chains() {
    check(&[
        ("a", &["ctrl1", "signer1", "edge-root"], &[Peer]),
        ("b", &["ctrl2", "signer2", "edge-root"], &[Peer]),
        ("c", &["client1", "signer1"], &[Client]),
    ]);
    check(&[("b", &["ctrl1", "signer1"], &[Peer])]);
}

#[test]
fn the_user_has_the_last_word() {
    let scenario = Scenario::new()
        .file("a", &openziti(&["signer1", "edge-root"]))
        .chosen(&[Client, Peer, Peer])
        .file("b", &openziti(&["ctrl1", "signer1"]))
        .chosen(&[Bundle])
        .file("c", &openziti(&["client1", "signer1"]))
        .chosen(&[]);
    let read = scenario.read();
    let assignment = read.analysis().roles;
    let roles: Vec<&[Role]> = assignment.by_source.iter().map(|it| it.roles.as_slice()).collect();
    assert_eq!(roles, [BOTH, &[Bundle], &[Other]]);
    assert!(assignment.by_source.iter().all(|it| it.reason == "You chose this."));
    assert_eq!(read.names(&assignment.bundle), ["ziti-controller1", "ziti-controller1-edge-signer"]);
    assert_eq!(
        read.names(&[assignment.peers[0].leaf]),
        ["ziti-controller1-edge-signer"],
        "the lowest CA begins the chain"
    );
}

#[test]
fn several_bundles_are_one_in_order_each_certificate_once() {
    let scenario = Scenario::new()
        .file("a.pem", &openziti(&["edge-root", "signer2"]))
        .file("b.pem", &openziti(&["signer1", "edge-root"]))
        .file("c.pem", &openziti(&["client1", "signer1"]));
    let read = scenario.read();
    assert_eq!(
        read.names(&read.analysis().roles.bundle),
        ["ziti-controller1-edge-root", "ziti-controller2-edge-signer", "ziti-controller1-edge-signer"]
    );
}

#[test]
fn files_without_certificates_are_other() {
    let key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
    let scenario = Scenario::new().bytes("tls.key", key).bytes("empty", "").bytes("notes.txt", "see the wiki");
    let read = scenario.read();
    let assignments = read.analysis().roles.by_source;
    assert!(assignments.iter().all(|it| it.roles == [Other]));
    assert_eq!(assignments[0].reason, "It holds no certificate, only a private key, which was not read.");
    assert_eq!(assignments[1].reason, "Nothing in it could be read as a certificate.");
}

#[test]
fn the_pool_and_the_chain_of_every_mtls_scenario() {
    let scenarios = recorded::files("mtls-scenarios", "").into_iter().filter(|name| !name.ends_with(".tsv"));
    let mut number = 0;
    for name in scenarios {
        let read = Scenario::mtls(&name).lens(Lens::Router).read();
        let assignment = read.analysis().roles;
        let roles: Vec<&[Role]> = assignment.by_source.iter().map(|it| it.roles.as_slice()).collect();
        assert_eq!(roles, [&[Bundle], BOTH], "{name}: {:?}", assignment.by_source);
        number += 1;
    }
    assert_eq!(number, 49);
}

#[test]
fn a_leaf_that_stands_last_still_begins_its_chain() {
    let read = Scenario::mtls("x-24-chain-file-ca-first").lens(Lens::Router).read();
    let assignment = read.analysis().roles;
    assert_eq!(read.names(&[assignment.clients[0].leaf]), ["node-1"]);
    assert_eq!(read.names(&assignment.clients[0].presented), ["Issuing CA"]);
}
