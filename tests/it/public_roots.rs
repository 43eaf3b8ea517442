//! The roots of the public web: the list is what it is said to be, the page's file is the same list, and the right roots
//! are found for a chain (`cargo test --features cli,schema`).
#![cfg(feature = "public-roots")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rootlens::certificate::{CertId, Certificate, Name};
use rootlens::choices::Choices;
use rootlens::der::{self, Reader, SEQUENCE};
use rootlens::graph::{Draft, Graph};
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::public_roots::{DATE, PublicRoots, VERSION};
use rootlens::report::Report;
use rootlens::share::Content;
use rootlens::signature::Status;
use rootlens::time::Timestamp;
use rootlens::verifier::{Engine, Purpose, Query, Verdict};

use crate::recorded;
use crate::scenario::{AT, mtls_names};

/// With this variable set the page's file is written anew instead.
const UPDATE: &str = "UPDATE_PUBLIC_ROOTS";

const SIGNER: &str = "openziti-ha/distinct/signer1.crt";
const LEAF: &str = "openziti-ha/distinct/client1.chain.pem";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn parsed(roots: &PublicRoots) -> Vec<Certificate> {
    roots.ders().map(|der| Certificate::parse(der).expect("a root")).collect()
}

/// The certificate that a file under `tests/data` begins with.
fn first(file: &str) -> Certificate {
    recorded::certificates(file).remove(0)
}

/// The date is of this very version: look both up anew when the crate changes.
#[test]
fn version_and_date_are_those_of_the_locked_crate() {
    let lock = fs::read_to_string(path("Cargo.lock")).expect("Cargo.lock");
    let (_, package) = lock.split_once("\nname = \"webpki-root-certs\"\nversion = \"").expect("the crate");
    assert_eq!(package.split('"').next(), Some(VERSION), "update VERSION and DATE in src/public_roots.rs");
    assert!(Timestamp::parse(DATE).is_some());
    let roots = PublicRoots::bundled();
    assert_eq!((roots.version.as_deref(), roots.date.as_deref()), (Some(VERSION), Some(DATE)));
}

#[test]
fn the_page_s_file_is_the_list_of_the_crate() {
    let (file, bundled) = (path("www/public-roots.bin"), PublicRoots::bundled());
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&file, bundled.write()).expect("the file can be written");
    }
    let written = fs::read(&file).expect("the page's file");
    assert!(written == bundled.write(), "{UPDATE}=1 cargo test --features cli,schema --test it public_roots");
    let read = PublicRoots::read(&written).expect("a list");
    assert_eq!((&read.version, &read.date, read.len()), (&bundled.version, &bundled.date, bundled.len()));
    assert!(read.ders().eq(bundled.ders()));
}

/// What `relevant_to` builds on: a root is its own issuer, and no two roots share a name or a key.
#[test]
fn every_root_is_a_ca_of_its_own_name() {
    let roots = parsed(&PublicRoots::bundled());
    assert!(100 < roots.len(), "{}", roots.len());
    let (mut names, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for root in &roots {
        let name = root.short_name();
        assert!(root.is_ca(), "{name}");
        assert_eq!(root.subject.der, root.issuer.der, "{name}");
        assert_eq!(root.unreadable_extensions, [], "{name}");
        assert!(root.issuer_key_id().is_none_or(|id| Some(id) == root.subject_key_id.as_deref()), "{name}");
        assert!(names.insert(root.subject.canonical()), "{name}");
        assert!(keys.insert(root.key.spki.clone()), "{name}");
    }
}

#[test]
fn every_root_has_signed_itself() {
    let graph = Graph::build(parsed(&PublicRoots::bundled()));
    for id in (0..graph.certificates.len()).map(CertId) {
        assert_eq!(graph.self_signed(id), Some(true), "{}", graph.certificates[id.0].short_name());
    }
}

/// A certificate that a root may have issued, made of one that it has not: with other names and key ids.
struct Rewritten {
    issuer: Option<Vec<u8>>,
    authority_key_id: Option<Vec<u8>>,
}

impl Rewritten {
    fn of(&self, template: &Certificate) -> Certificate {
        let mut outer = Reader::read_only(&template.der, SEQUENCE).expect("a certificate");
        let tbs = outer.read(SEQUENCE).expect("the signed part");
        let der = der::encode(SEQUENCE, &[self.tbs(tbs).as_slice(), outer.0].concat());
        Certificate::parse(&der).expect("a certificate")
    }

    fn tbs(&self, mut fields: Reader<'_>) -> Vec<u8> {
        let mut tbs = Vec::new();
        // version, serialNumber, signature, issuer; then extensions, last.
        for number in 0.. {
            let Some(field) = fields.read_any() else { break };
            match (number, field.tag) {
                (3, _) => tbs.extend(self.issuer.as_deref().unwrap_or(field.whole)),
                (_, 0xa3) => tbs.extend(der::encode(0xa3, &self.extensions(field.contents))),
                _ => tbs.extend(field.whole),
            }
        }
        der::encode(SEQUENCE, &tbs)
    }

    /// With the authorityKeyIdentifier (2.5.29.35) that is wanted in the place of what was there.
    fn extensions(&self, list: &[u8]) -> Vec<u8> {
        const AUTHORITY_KEY_ID: &[u8] = &[6, 3, 0x55, 0x1d, 35];
        let mut list = Reader::read_only(list, SEQUENCE).expect("extensions");
        let mut extensions = Vec::new();
        while let Some(extension) = list.read_any() {
            if !extension.contents.starts_with(AUTHORITY_KEY_ID) {
                extensions.extend(extension.whole);
            }
        }
        if let Some(id) = &self.authority_key_id {
            let value = der::encode(der::OCTET_STRING, &der::encode(SEQUENCE, &der::encode(der::context(0), id)));
            extensions.extend(der::encode(SEQUENCE, &[AUTHORITY_KEY_ID, &value].concat()));
        }
        der::encode(SEQUENCE, &extensions)
    }
}

/// A name as another CA program may write it: the strings as UTF8String, in upper case, with a blank at the end.
fn written_differently(name: &Name) -> Vec<u8> {
    let mut rdns = Vec::new();
    for attributes in &name.rdns {
        let mut rdn = Vec::new();
        for attribute in attributes {
            let mut value = attribute.value.clone();
            if let Some(text) = attribute.text() {
                value = der::encode(der::UTF8_STRING, format!("{} ", text.to_uppercase()).as_bytes());
            }
            let oid = der::encode(der::OBJECT_IDENTIFIER, attribute.oid.as_bytes());
            rdn.extend(der::encode(SEQUENCE, &[oid, value].concat()));
        }
        rdns.extend(der::encode(der::SET, &rdn));
    }
    der::encode(SEQUENCE, &rdns)
}

/// A name whose parts stand in another order, which Go writes the same where they are of the types that it knows.
fn in_reverse(name: &Name) -> Vec<u8> {
    let mut rdns = Vec::new();
    let mut parts = Reader::read_only(&name.der, SEQUENCE).expect("a name");
    while let Some(part) = parts.read_any() {
        rdns.push(part.whole);
    }
    rdns.reverse();
    der::encode(SEQUENCE, &rdns.concat())
}

/// An intermediate for each way in which it may lead to the root.
fn below(root: &Certificate) -> Vec<(&'static str, Certificate)> {
    let signer = first(SIGNER);
    let rewritten = |issuer: Option<Vec<u8>>, authority_key_id| Rewritten { issuer, authority_key_id }.of(&signer);
    let mut below = vec![
        ("the name", rewritten(Some(root.subject.der.clone()), None)),
        ("the name, written differently", rewritten(Some(written_differently(&root.subject)), None)),
    ];
    let reversed = in_reverse(&root.subject);
    if Name::parse(&reversed).expect("a name").go_string() == root.subject.go_string() {
        below.push(("the name as Go writes it", rewritten(Some(reversed), None)));
    }
    if root.subject_key_id.is_some() {
        below.push(("the key id alone", rewritten(None, root.subject_key_id.clone())));
    }
    below
}

fn digests(certificates: &[Certificate]) -> Vec<[u8; 32]> {
    certificates.iter().map(|certificate| certificate.sha256).collect()
}

#[test]
fn each_root_is_found_by_what_leads_to_it() {
    let roots = PublicRoots::bundled();
    for root in parsed(&roots) {
        for (why, intermediate) in below(&root) {
            let found = roots.relevant_to(&[Rc::new(intermediate)]);
            assert_eq!(digests(&found), [root.sha256], "{}: {why}", root.short_name());
        }
        let cross_certificate = Rewritten { issuer: Some(first(SIGNER).issuer.der), authority_key_id: None }.of(&root);
        for (what, certificate) in [("itself", root.clone()), ("a cross-certificate", cross_certificate)] {
            let found = roots.relevant_to(&[Rc::new(certificate)]);
            assert_eq!(digests(&found), [root.sha256], "{}: {what}", root.short_name());
        }
    }
}

#[test]
fn no_root_is_found_for_what_is_private() {
    let roots = PublicRoots::bundled();
    for scenario in mtls_names() {
        for file in ["pool.pem", "chain.pem"] {
            let certificates = recorded::certificates(&format!("mtls-scenarios/{scenario}/{file}"));
            let found = roots.relevant_to(&certificates.into_iter().map(Rc::new).collect::<Vec<_>>());
            assert_eq!(digests(&found), [[0; 32]; 0], "{scenario}/{file}");
        }
    }
}

#[test]
fn roots_are_found_once_and_in_the_order_of_the_list() {
    let roots = PublicRoots::bundled();
    let all = parsed(&roots);
    let backwards = all.iter().rev().flat_map(|root| [root.clone(), below(root).remove(0).1]).map(Rc::new);
    assert_eq!(digests(&roots.relevant_to(&backwards.collect::<Vec<_>>())), digests(&all));
}

/// Leaf and intermediate as they would be if the root had issued the intermediate, and every root behind; the first of
/// these is the root in question.
fn graph_under(root: &Certificate, others: &[Certificate]) -> Graph {
    let intermediate =
        Rewritten { issuer: Some(root.subject.der.clone()), authority_key_id: root.subject_key_id.clone() };
    let certificates = [first(LEAF), intermediate.of(&first(SIGNER)), root.clone()].into_iter();
    let others = others.iter().filter(|other| other.sha256 != root.sha256).cloned();
    Draft::new(certificates.chain(others).map(Rc::new).collect()).finish_as(&|_, _| Status::Valid)
}

fn ask(graph: &Graph, engine: Engine, trusted: &[CertId]) -> Verdict {
    let at = Timestamp::parse(AT).expect("a time");
    let (leaf, presented) = (CertId(0), &[CertId(1)]);
    engine.verify(graph, &Query { trusted, presented, leaf, at, purpose: Purpose::Client, host: None })
}

/// So the others may be left out: with all roots trusted every engine says what it says with the one that counts.
#[test]
fn no_verdict_depends_on_the_other_roots() {
    let all = parsed(&PublicRoots::bundled());
    let mut accepted = 0;
    for root in all.iter().step_by(8) {
        let graph = graph_under(root, &all);
        let everything: Vec<CertId> = (2..graph.certificates.len()).rev().map(CertId).collect();
        for engine in Engine::ALL {
            let (one, every) = (ask(&graph, *engine, &[CertId(2)]), ask(&graph, *engine, &everything));
            let told =
                |verdict: &Verdict| (verdict.outcome, verdict.detail.clone(), verdict.chains.clone(), verdict.cause);
            assert_eq!(told(&one), told(&every), "{}, {}", engine.name(), root.short_name());
            assert_eq!(every.unreadable, [], "{}", engine.name());
            accepted += usize::from(every.accepts());
        }
    }
    assert!(0 < accepted, "some chains are accepted");
}

/// A link carries what was given; whoever opens it has public roots of their own.
#[test]
fn public_roots_are_in_no_link() {
    let root = parsed(&PublicRoots::bundled()).remove(0);
    let pem = below(&root).remove(0).1.pem();
    let mut inventory =
        Inventory::from_inputs(&[Input { name: "chain.pem".to_owned(), bytes: pem.into_bytes(), ..Input::default() }]);
    let choices = Choices::at(Timestamp::parse(AT).expect("a time"));
    let before = Content::of(&inventory, &choices);
    inventory.add_public_roots(&PublicRoots::bundled());
    assert_eq!(inventory.certificates.len(), 2);
    assert_eq!(Content::of(&inventory, &choices), before);
}

/// The report of some files, with or without public roots behind them.
fn report(files: &[Input], roots: Option<&PublicRoots>) -> Report {
    let mut inventory = Inventory::from_inputs(files);
    if let Some(roots) = roots {
        inventory.add_public_roots(roots);
        assert!(inventory.given() < inventory.certificates.len(), "a root is there");
    }
    let graph = Graph::build(inventory.certificates.clone());
    inspect::inspect(&inventory, &graph, &Choices::at(Timestamp::parse(AT).expect("a time"))).report
}

/// Until somebody asks for them, the roots change nothing of what is said about the files.
#[test]
fn public_roots_that_no_file_holds_leave_the_report_as_it_is() {
    let roots = PublicRoots::bundled();
    let root = parsed(&roots).remove(0);
    for (why, intermediate) in below(&root) {
        let chain = [first(LEAF), intermediate].map(|certificate| certificate.pem()).concat();
        let files = [
            Input { name: "chain.pem".to_owned(), bytes: chain.into_bytes(), ..Input::default() },
            Input {
                name: "ca.pem".to_owned(),
                bytes: recorded::text("mtls-scenarios/ec-00-ok/pool.pem").into_bytes(),
                ..Input::default()
            },
        ];
        assert_eq!(report(&files, Some(&roots)), report(&files, None), "{why}");
        assert_eq!(report(&files[..1], Some(&roots)), report(&files[..1], None), "{why}, without a trust store");
    }
}

#[test]
fn a_public_root_in_a_file_is_marked() {
    let root = parsed(&PublicRoots::bundled()).remove(0);
    let pem = [root.pem(), first(SIGNER).pem()].concat();
    let mut inventory =
        Inventory::from_inputs(&[Input { name: "ca.pem".to_owned(), bytes: pem.into_bytes(), ..Input::default() }]);
    inventory.add_public_roots(&PublicRoots::bundled());
    let graph = Graph::build(inventory.certificates.clone());
    let report = inspect::inspect(&inventory, &graph, &Choices::at(Timestamp::parse(AT).expect("a time"))).report;
    assert_eq!(report.certificates.iter().map(|it| it.public_root).collect::<Vec<_>>(), [true, false]);
}
