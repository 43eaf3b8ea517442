//! Tests of `graph`: edges with their evidence, CAs, missing issuers, and that the order of the input does not matter.

use std::collections::BTreeSet;
use std::rc::Rc;

use rootlens::certificate::{CertId, Certificate};
use rootlens::graph::{
    Draft, Edge, Graph, KeyIdMatch, MAX_EDGES, MAX_SIGNATURE_CHECKS, NameMatch, SIGNATURE_COST,
    SIGNATURE_COST_PER_OCTET,
};
use rootlens::inventory::{Input, Inventory};
use rootlens::signature::Status;

use crate::recorded::{certificate, certificates};
use crate::synthetic;

const PARTS: [&str; 12] = [
    "edge-root",
    "signer1",
    "signer2",
    "signer3",
    "ctrl1",
    "ctrl2",
    "ctrl3",
    "client1",
    "client2",
    "client3",
    "router1",
    "router1-server",
];

fn openziti(folder: &str) -> Vec<Certificate> {
    PARTS.iter().map(|part| certificate(&format!("openziti-ha/{folder}/{part}.crt"))).collect()
}

fn scenario(name: &str) -> Graph {
    let files = ["leaf.pem", "pool.pem"].map(|file| format!("mtls-scenarios/{name}/{file}"));
    Graph::build(files.iter().flat_map(|file| certificates(file)))
}

/// `signer1 -> ctrl1: identical, match, valid` with the names of PARTS.
fn described(graph: &Graph) -> Vec<String> {
    let describe = |edge: &Edge| {
        let (issuer, subject) = (PARTS[edge.issuer.0], PARTS[edge.subject.0]);
        format!("{issuer} -> {subject}: {:?}, {:?}, {:?}", edge.names, edge.key_ids, edge.signature).to_lowercase()
    };
    graph.edges.iter().map(describe).collect()
}

/// The subjects that signer `number` of the fixture issued.
fn issued_by_signer(number: usize) -> Vec<String> {
    let mut subjects = vec![format!("ctrl{number}"), format!("client{number}")];
    if number == 1 {
        subjects.extend(["router1".to_owned(), "router1-server".to_owned()]);
    }
    subjects
}

#[test]
fn edges_of_three_signers_with_names_of_their_own() {
    let mut expected = vec!["edge-root -> edge-root: identical, absent, valid".to_owned()];
    for number in 1..=3 {
        expected.push(format!("edge-root -> signer{number}: identical, match, valid"));
        let issued = issued_by_signer(number);
        expected.extend(issued.iter().map(|part| format!("signer{number} -> {part}: identical, match, valid")));
    }
    let graph = Graph::build(openziti("distinct"));
    assert_eq!(BTreeSet::from_iter(described(&graph)), BTreeSet::from_iter(expected));
    // The router has one key for its two certificates.
    assert_eq!(graph.cas.len(), PARTS.len() - 1);
    assert_eq!(graph.ca_of(CertId(10)), graph.ca_of(CertId(11)));
    assert!(graph.missing_issuers.is_empty() && graph.complete);
}

#[test]
fn edges_of_three_signers_that_share_one_name() {
    let mut expected = vec!["edge-root -> edge-root: identical, absent, valid".to_owned()];
    for number in 1..=3 {
        expected.push(format!("edge-root -> signer{number}: identical, match, valid"));
        for part in issued_by_signer(number) {
            for signer in 1..=3 {
                let evidence = if signer == number { "match, valid" } else { "mismatch, invalid" };
                expected.push(format!("signer{signer} -> {part}: identical, {evidence}"));
            }
        }
    }
    let graph = Graph::build(openziti("same"));
    assert_eq!(BTreeSet::from_iter(described(&graph)), BTreeSet::from_iter(expected));
    let signer1 = graph.ca_of(CertId(1)).expect("in range");
    let signers: Vec<Option<usize>> = vec![graph.ca_of(CertId(2)), graph.ca_of(CertId(3))];
    assert_eq!(graph.namesakes(signer1).map(Some).collect::<Vec<_>>(), signers);
    assert_eq!(graph.namesakes(graph.ca_of(CertId(0)).expect("in range")).count(), 0);
    let shared = [vec![signer1], signers.into_iter().flatten().collect()].concat();
    assert_eq!(graph.shared_names().first(), Some(&shared));
    assert_eq!(graph.shared_name_of(signer1), Some(0));
}

#[test]
fn lookups_agree_with_the_list_of_edges() {
    for graph in [Graph::build(openziti("distinct")), Graph::build(openziti("same"))] {
        let ids = || (0..graph.certificates.len()).map(CertId);
        for edge in &graph.edges {
            assert_eq!(graph.edge(edge.issuer, edge.subject), Some(edge));
        }
        let pairs = ids().flat_map(|issuer| ids().map(move |subject| (issuer, subject)));
        let found = pairs.filter(|(issuer, subject)| graph.edge(*issuer, *subject).is_some());
        assert_eq!(found.count(), graph.edges.len());
        let by_subject: Vec<Edge> = ids().flat_map(|subject| graph.issuers_of(subject).to_vec()).collect();
        assert_eq!(by_subject, graph.edges);
        let mut by_issuer: Vec<Edge> = ids().flat_map(|issuer| graph.subjects_of(issuer).copied()).collect();
        by_issuer.sort_by_key(|edge| (edge.subject, edge.issuer));
        assert_eq!(by_issuer, graph.edges);
        assert_eq!(graph.edge(CertId(99), CertId(0)), None);
        assert!(graph.issuers_of(CertId(99)).is_empty());
    }
}

#[test]
fn self_issued_is_not_self_signed() {
    let graph = Graph::build(openziti("distinct"));
    assert!(graph.self_issued(CertId(0)));
    assert_eq!(graph.self_signed(CertId(0)), Some(true));
    assert!(!graph.self_issued(CertId(1)));
    assert_eq!(graph.self_signed(CertId(1)), Some(false));

    // Two CAs of one name: the certificate of one is damaged so that its self-signature does not verify.
    let mut damaged = certificate("openziti-ha/distinct/edge-root.crt");
    let last = damaged.signature.len() - 1;
    damaged.signature[last] ^= 1;
    let graph = Graph::build(vec![damaged]);
    assert!(graph.self_issued(CertId(0)));
    assert_eq!(graph.self_signed(CertId(0)), Some(false));
    assert_eq!(graph.missing_issuers.len(), 1, "nobody here made the signature");

    let graph = Graph::build(vec![certificate("signatures/unsupported-ecdsa-brainpool-p512r1.pem")]);
    assert_eq!(graph.self_signed(CertId(0)), None);
    assert!(graph.missing_issuers.is_empty(), "an unknown signature may be its own");
}

#[test]
fn names_that_differ_in_string_type_or_case_still_make_an_edge() {
    for name in ["ec-17-issuer-dn-string-type-differs", "ec-17b-issuer-dn-case-differs"] {
        let graph = scenario(name);
        let edge = graph.edge(CertId(1), CertId(0)).expect(name);
        assert_eq!((edge.names, edge.signature), (NameMatch::Equivalent, Status::Valid), "{name}");
        assert!(graph.missing_issuers.is_empty(), "{name}");
    }
}

#[test]
fn a_matching_key_id_makes_an_edge_between_different_names() {
    let mut renamed = certificate("openziti-ha/distinct/signer1.crt");
    renamed.subject = certificate("certificates/names/plain.pem").subject;
    let graph = Graph::build(vec![renamed, certificate("openziti-ha/distinct/ctrl1.crt")]);
    let edge = graph.edge(CertId(0), CertId(1)).expect("the key id matches");
    assert_eq!((edge.names, edge.key_ids), (NameMatch::Different, KeyIdMatch::Match));
    assert_eq!(edge.signature, Status::Valid);
    let needed_by: Vec<&[CertId]> = graph.missing_issuers.iter().map(|issuer| issuer.subjects.as_slice()).collect();
    assert_eq!(needed_by, [&[CertId(0)], &[CertId(1)]], "the named issuer is absent all the same");
}

#[test]
fn one_name_with_two_keys_is_two_cas() {
    let graph = scenario("ec-03b-same-dn-both-cas-in-pool");
    let cas: Vec<&[CertId]> = graph.cas.iter().map(|ca| ca.certificates.as_slice()).collect();
    assert_eq!(cas, [&[CertId(0)], &[CertId(1)], &[CertId(2)]]);
    let namesakes: Vec<Vec<usize>> = (0..3).map(|ca| graph.namesakes(ca).collect()).collect();
    assert_eq!(namesakes, [vec![], vec![2], vec![1]]);
    let signatures: Vec<Status> = graph.issuers_of(CertId(0)).iter().map(|edge| edge.signature).collect();
    assert_eq!(signatures.iter().filter(|status| **status == Status::Valid).count(), 1);
    assert_eq!(signatures.iter().filter(|status| **status == Status::Invalid).count(), 1);
    // Two self-signed CAs of one name, and each is a candidate issuer of the other.
    assert_eq!(graph.edges.len(), 6);
}

/// A renewed CA keeps name and key: one CA with two certificates, and one check per subject for both.
#[test]
fn one_name_and_key_with_two_certificates_is_one_ca() {
    let scenario = "mtls-scenarios/x-23-renewed-ca-same-key-different-ski";
    let leaf_and_renewed = ["leaf.pem", "pool.pem"].map(|file| certificate(&format!("{scenario}/{file}")));
    let [leaf, renewed] = leaf_and_renewed;
    let mut original = renewed.clone();
    original.subject_key_id = leaf.issuer_key_id().map(<[u8]>::to_vec);
    let draft = Draft::new([leaf, renewed, original].map(Rc::new).to_vec());
    assert_eq!(draft.checks().len(), 3, "the leaf and the two certificates of the CA");
    let graph = Graph::build(draft.finish(&[]).certificates);
    assert_eq!(graph.cas.len(), 2);
    assert_eq!(graph.cas[1].certificates, [CertId(1), CertId(2)]);
    assert_eq!(graph.edge(CertId(1), CertId(0)).map(|edge| edge.key_ids), Some(KeyIdMatch::Mismatch));
    assert_eq!(graph.edge(CertId(2), CertId(0)).map(|edge| edge.key_ids), Some(KeyIdMatch::Match));
    assert_eq!(graph.edges.iter().filter(|edge| edge.signature == Status::Valid).count(), 6);
}

#[test]
fn absent_issuers_are_missing_once_for_those_who_name_them() {
    let parts = ["ctrl1", "client1", "client2", "edge-root"];
    let graph = Graph::build(parts.map(|part| certificate(&format!("openziti-ha/distinct/{part}.crt"))).to_vec());
    let missing: Vec<(String, &[CertId])> =
        graph.missing_issuers.iter().map(|issuer| (issuer.name.rfc4514(), issuer.subjects.as_slice())).collect();
    assert_eq!(
        missing,
        [
            ("CN=ziti-controller1-edge-signer".to_owned(), [CertId(0), CertId(1)].as_slice()),
            ("CN=ziti-controller2-edge-signer".to_owned(), [CertId(2)].as_slice()),
        ]
    );
    let signer1 = certificate("openziti-ha/distinct/signer1.crt");
    assert_eq!(graph.missing_issuers[0].key_id, signer1.subject_key_id);
}

/// One name, but the key ids tell three issuers apart.
#[test]
fn missing_issuers_of_one_name_are_told_apart_by_key_id() {
    let parts = ["client1", "client2", "client3"];
    let graph = Graph::build(parts.map(|part| certificate(&format!("openziti-ha/same/{part}.crt"))).to_vec());
    assert_eq!(graph.missing_issuers.len(), 3);
    assert!(graph.missing_issuers.iter().all(|issuer| issuer.name == graph.missing_issuers[0].name));
}

/// The CA that is there has the right name and the wrong key.
#[test]
fn an_issuer_whose_key_did_not_sign_is_missing_too() {
    let graph = scenario("ec-03c-aki-matches-but-sig-bad");
    let edge = graph.edge(CertId(1), CertId(0)).expect("names are equal");
    assert_eq!((edge.key_ids, edge.signature), (KeyIdMatch::Match, Status::Invalid));
    assert_eq!(graph.missing_issuers.iter().map(|issuer| issuer.subjects.clone()).collect::<Vec<_>>(), [[CertId(0)]]);
}

#[test]
fn checks_ask_the_likeliest_edges_first_and_missing_answers_stay_unchecked() {
    let draft = Draft::new(openziti("same").into_iter().map(Rc::new).collect());
    let first = draft.checks().len() / 2;
    let statuses = rootlens::signature::verify_batch(&draft.checks()[..first]);
    assert!(statuses.iter().take(12).all(|status| *status == Status::Valid), "key ids match");
    let graph = draft.finish(&statuses);
    let unchecked = graph.edges.iter().filter(|edge| edge.signature == Status::Unchecked);
    assert!(unchecked.clone().count() > 0);
    assert!(unchecked.clone().all(|edge| edge.key_ids == KeyIdMatch::Mismatch));
}

/// A budget cuts the list of checks at its end, so its order decides what a small budget keeps: what its key id or
/// itself speaks for, then what no key id speaks against, then what one does. The input has the opposite order.
#[test]
fn a_small_budget_keeps_the_likeliest_edges() {
    let [leaf, signer] = ["client1", "signer1"].map(|part| certificate(&format!("openziti-ha/distinct/{part}.crt")));
    let candidate = |number: u8, key_id: Option<Vec<u8>>| {
        let mut candidate = signer.clone();
        candidate.key.spki.push(number);
        candidate.subject_key_id = key_id;
        candidate
    };
    let mut self_issued = candidate(4, None);
    self_issued.issuer = self_issued.subject.clone();
    let certificates = [
        candidate(1, Some(b"another".to_vec())),
        candidate(2, None),
        candidate(3, leaf.issuer_key_id().map(<[u8]>::to_vec)),
        leaf,
        self_issued,
    ];
    let names = ["mismatch", "absent", "match", "leaf", "self-issued"];
    let draft = Draft::new(certificates.clone().map(Rc::new).to_vec());
    let position = |test: &dyn Fn(&Certificate) -> bool| names[certificates.iter().position(test).expect("a part")];
    let asked: Vec<(&str, &str)> = draft
        .checks()
        .iter()
        .filter(|check| check.message == certificates[3].tbs_der() || check.issuer_key == certificates[4].key.spki)
        .map(|check| {
            let subject = position(&|it| it.signature == check.signature && it.tbs_der() == check.message);
            (position(&|it| it.key.spki == check.issuer_key), subject)
        })
        .collect();
    assert_eq!(asked[..2], [("match", "leaf"), ("self-issued", "mismatch")], "{asked:?}");
    assert_eq!(asked.last(), Some(&("mismatch", "leaf")), "{asked:?}");
}

/// Edges, CAs and missing issuers by fingerprint, sorted: what must not depend on the order of the input.
fn by_fingerprint(graph: &Graph) -> Vec<String> {
    let print = |id: &CertId| graph.certificate(*id).map(Certificate::sha256_hex).unwrap_or_default();
    let prints = |ids: &[CertId]| ids.iter().map(print).collect::<BTreeSet<String>>();
    let mut described: Vec<String> = graph
        .edges
        .iter()
        .map(|edge| {
            let ends = (print(&edge.issuer), print(&edge.subject));
            format!("edge {ends:?} {:?} {:?} {:?}", edge.names, edge.key_ids, edge.signature)
        })
        .collect();
    described.extend(graph.cas.iter().map(|ca| format!("CA {:?}", prints(&ca.certificates))));
    described.extend(
        graph
            .missing_issuers
            .iter()
            .map(|issuer| format!("missing {:?} {:?}", issuer.key_id, prints(&issuer.subjects))),
    );
    described.sort();
    described
}

#[test]
fn the_order_of_the_input_changes_nothing_but_ids() {
    let mut input = openziti("same");
    input.extend(openziti("distinct"));
    let sources = ["ec-17-issuer-dn-string-type-differs", "ec-03c-aki-matches-but-sig-bad", "ec-01-unknown-issuer-dn"];
    for source in sources {
        input.extend(["leaf.pem", "pool.pem"].map(|file| certificate(&format!("mtls-scenarios/{source}/{file}"))));
    }
    input.sort_by_key(|certificate| certificate.sha256);
    input.dedup();
    let expected = by_fingerprint(&Graph::build(input.clone()));
    for round in 1..=6 {
        input.rotate_left(round * 3);
        let middle = input.len() / 2;
        input[..middle].reverse();
        assert_eq!(by_fingerprint(&Graph::build(input.clone())), expected, "round {round}");
    }
}

/// 520 certificates of one name, each with a key of its own: more edges and checks than the budgets allow.
#[test]
fn budgets_cut_the_unlikeliest_edges_and_say_so() {
    let root = certificate("openziti-ha/distinct/edge-root.crt");
    let copies = (0..520u16).map(|number| {
        let mut copy = root.clone();
        copy.key.spki.extend(number.to_be_bytes());
        copy
    });
    let draft = Draft::new(copies.map(Rc::new).collect());
    assert_eq!(draft.checks().len(), MAX_SIGNATURE_CHECKS);
    let graph = draft.finish(&[]);
    assert!(!graph.complete);
    assert_eq!(graph.edges.len(), MAX_EDGES + 520);
    assert!((0..520).all(|index| graph.self_issued(CertId(index))), "self edges are outside the budget");
}

/// So many CAs of one name on P-256, whose keys sign each other's certificates or do not: 14,400 checks at some 250 microseconds.
#[test]
fn dear_checks_have_a_budget_of_their_cost() {
    const CAS: usize = 120;
    let specs = (0..CAS as u32).map(|key| synthetic::Spec { has_key_ids: false, ..synthetic::Spec::root("CA", key) });
    let certificates: Vec<Rc<Certificate>> =
        specs.map(|spec| Rc::new(Certificate::parse(&spec.der()).expect("a certificate"))).collect();
    let octets: usize = certificates.iter().map(|certificate| certificate.der.len()).sum();
    let draft = Draft::new(certificates);
    let made = draft.checks().len();
    let paid = (SIGNATURE_COST + octets as u64 * SIGNATURE_COST_PER_OCTET / 1_000) / 250;
    assert!((CAS..=paid as usize).contains(&made) && made < CAS * CAS, "{made} of {paid}");
    let statuses = vec![Status::Invalid; made];
    let graph = draft.finish(&statuses);
    assert_eq!(graph.checks_left_out, CAS * CAS - made);
    let unchecked = graph.edges.iter().filter(|edge| edge.signature == Status::Unchecked);
    assert_eq!(unchecked.count(), graph.checks_left_out);
    // A certificate's own signature comes before those of others of its name.
    assert!((0..CAS).all(|index| graph.self_signed(CertId(index)) == Some(false)));
}

/// Twenty CAs of one name, each with an RSA key whose exponent has as many bits as its modulus: a check takes 19 milliseconds.
#[test]
fn the_dearest_checks_have_a_budget_of_their_own() {
    let bytes = std::fs::read("tests/data/hostile/rsa3072e3071-20.pem").expect("a file of the test data");
    let input = Input { name: "rsa.pem".to_owned(), bytes, ..Input::default() };
    let draft = Draft::new(Inventory::from_inputs(&[input]).certificates);
    let made = draft.checks().len();
    assert!((1..20).contains(&made), "{made}");
    assert_eq!(draft.finish(&[]).checks_left_out, 20 * 20 - made);
}

/// Each of a thousand certificates is checked with the key that its key identifier names.
#[test]
fn a_large_bundle_is_checked_as_a_whole() {
    let specs = synthetic::mixed(1_000).into_iter();
    let unsigned = specs.map(|spec| synthetic::Spec { is_unsigned: true, ..spec });
    let certificates = unsigned.map(|spec| Rc::new(Certificate::parse(&spec.der()).expect("a certificate")));
    let draft = Draft::new(certificates.collect());
    assert_eq!(draft.checks().len(), 1_000);
    assert_eq!(draft.finish(&[]).checks_left_out, 0);
}

#[test]
fn an_empty_graph_is_a_graph() {
    let graph = Graph::build(Vec::<Certificate>::new());
    assert!(graph.edges.is_empty() && graph.cas.is_empty() && graph.missing_issuers.is_empty() && graph.complete);
    assert_eq!(graph.self_signed(CertId(0)), Some(false));
    assert_eq!(graph.namesakes(0).count(), 0);
}

#[test]
fn the_graph_of_the_first_certificates_is_what_building_it_from_them_gives() {
    for folder in ["distinct", "same"] {
        let certificates = openziti(folder);
        let whole = Graph::build(certificates.clone());
        for count in 0..=certificates.len() + 1 {
            let alone = Graph::build(certificates.iter().take(count).cloned());
            assert_eq!(whole.first(count), alone, "{folder}, {count}");
        }
    }
    for name in crate::scenario::mtls_names() {
        let files = ["leaf.pem", "pool.pem", "chain.pem"].map(|file| format!("mtls-scenarios/{name}/{file}"));
        let certificates: Vec<Certificate> = files.iter().flat_map(|file| certificates(file)).collect();
        let whole = Graph::build(certificates.clone());
        for count in 0..certificates.len() {
            let alone = Graph::build(certificates.iter().take(count).cloned());
            assert_eq!(whole.first(count), alone, "{name}, {count}");
        }
    }
}
