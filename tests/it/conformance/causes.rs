//! Which kind of cause comes out of a rejection, and about which certificate, for the verifiers that are written in C.
//!
//! The words of these cases are on record but for those of `go-extra.json`, and OpenSSL's with the depth of the
//! certificate; the kinds say what those words are about, and where a program has one word for several things what it
//! was here.

use rootlens::certificate::{CertId, Certificate};
use rootlens::graph::{Draft, Graph};
use rootlens::time::Timestamp;
use rootlens::verifier::CauseKind::{
    Expired, ExtendedKeyUsage, HostName, KeyUsage, NameConstraints, NotCa, NotYetValid, Other, PathLength, Signature,
    Stopped, UnknownIssuer, Unparsable, WeakAlgorithm, WeakKey,
};
use rootlens::verifier::{Cause, CauseKind, Engine, Outcome, Purpose, Query, Verdict};

use super::{Suite, scenarios};
use crate::recorded;
use crate::scenario::AT;

/// A case of the conformance files or a scenario, the kind of the cause, and as what its certificate was given.
type Row = (&'static str, CauseKind, &'static str);

const OPENSSL: &[Row] = &[
    ("corpus::20260601-0024", Expired, "presented 2"),
    ("corpus::20260601-0001", ExtendedKeyUsage, "presented 0"),
    ("corpus::20260601-0051", HostName, "leaf"),
    ("go-extra::11-0072", HostName, "leaf"),
    ("corpus::20260601-0121", KeyUsage, "leaf"),
    ("corpus::20260601-0002", NameConstraints, "leaf"),
    ("corpus::20260601-0022", NameConstraints, "leaf"),
    ("corpus::20260601-0018", NotCa, "presented 1"),
    ("corpus::20260601-0014", NotYetValid, "trusted 1"),
    ("corpus::20260601-0043", Other, "presented 0"),
    ("corpus::20260601-0310", PathLength, "trusted 0"),
    ("corpus::20260601-0042", Signature, "presented 0"),
    ("corpus::20260601-0004", UnknownIssuer, "trusted 1"),
    ("corpus::20260601-0000", UnknownIssuer, "leaf"),
    ("corpus::20260601-0133", UnknownIssuer, "presented 3"),
    ("ec-09b-leaf-dn-equals-ca-dn-no-keyids", UnknownIssuer, "leaf"),
    ("go-extra::11-0026", Unparsable, "leaf"),
    ("corpus::20260601-0101", WeakAlgorithm, "leaf"),
    ("corpus::20260601-0008", WeakKey, "leaf"),
    ("corpus::20260601-0025", WeakKey, "presented 1"),
];

/// What strictness alone says.
const OPENSSL_PARTIAL_STRICT: &[Row] = &[
    ("strict::another-algorithm-root", Other, "trusted 0"),
    ("corpus::20260601-0011", KeyUsage, "trusted 0"),
    ("go-extra::11-0000", KeyUsage, "presented 2"),
    ("corpus::20260601-0077", Other, "presented 1"),
    ("corpus::20260601-0006", Other, "leaf"),
    ("go-extra::11-0016", Other, "leaf"),
    ("go-extra::11-0049", Other, "leaf"),
];

const GNUTLS: &[Row] = &[
    ("corpus::20260601-0024", Expired, "presented 2"),
    ("corpus::20260601-0057", Expired, "trusted 0"),
    ("corpus::20260601-0061", Expired, "leaf"),
    ("corpus::20260601-0014", ExtendedKeyUsage, "presented 1"),
    ("corpus::20260601-0047", ExtendedKeyUsage, "leaf"),
    ("corpus::20260601-0051", HostName, "leaf"),
    ("corpus::20260601-0018", KeyUsage, "presented 1"),
    ("corpus::20260601-0038", KeyUsage, "trusted 0"),
    ("corpus::20260601-0002", NameConstraints, "leaf"),
    ("corpus::20260601-0059", NotCa, "presented 1"),
    ("corpus::20260601-0098", NotCa, "trusted 0"),
    ("corpus::20260601-0010", NotYetValid, "presented 1"),
    ("corpus::20260601-0020", NotYetValid, "leaf"),
    ("corpus::20260601-0127", NotYetValid, "trusted 1"),
    ("corpus::20260601-0137", Other, "leaf"),
    ("corpus::20260601-0148", Other, "presented 0"),
    ("corpus::20260601-0264", Other, "trusted 0"),
    ("corpus::20260601-0034", PathLength, "presented 0"),
    ("corpus::20260601-0150", PathLength, "leaf"),
    ("corpus::20260601-0042", Signature, "presented 0"),
    ("corpus::20260601-0050", Signature, "leaf"),
    ("corpus::20260601-0000", UnknownIssuer, "leaf"),
    ("corpus::20260601-0005", UnknownIssuer, "presented 2"),
    ("go-extra::11-0055", Unparsable, "presented 0"),
    ("go-extra::11-0014", Unparsable, "leaf"),
    ("go-extra::11-0015", WeakAlgorithm, "presented 0"),
    ("corpus::20260601-0091", WeakAlgorithm, "leaf"),
    ("corpus::20260601-0008", WeakKey, "leaf"),
    ("corpus::20260601-0016", WeakKey, "presented 1"),
    ("corpus::20260601-0329", WeakKey, "trusted 0"),
];

const MBEDTLS: &[Row] = &[
    ("corpus::20260601-0034", Expired, "trusted 0"),
    ("corpus::20260601-0065", Expired, "presented 3"),
    ("corpus::20260601-0181", Expired, "leaf"),
    ("corpus::20260601-0047", ExtendedKeyUsage, "leaf"),
    ("corpus::20260601-0498", HostName, "leaf"),
    ("corpus::20260601-0055", NotYetValid, "leaf"),
    ("corpus::20260601-0063", NotYetValid, "presented 2"),
    ("corpus::20260601-0154", NotYetValid, "trusted 0"),
    ("corpus::20260601-0050", Signature, "leaf"),
    ("corpus::20260601-0558", Signature, "presented 2"),
    ("corpus::20260601-0000", UnknownIssuer, "leaf"),
    ("corpus::20260601-0012", UnknownIssuer, "presented 0"),
    ("corpus::20260601-0020", Unparsable, "leaf"),
    ("corpus::20260601-0001", WeakAlgorithm, "presented 1"),
    ("corpus::20260601-0091", WeakAlgorithm, "leaf"),
    ("corpus::20260601-0008", WeakKey, "leaf"),
    ("corpus::20260601-0025", WeakKey, "presented 1"),
    ("corpus::20260601-0483", WeakKey, "trusted 0"),
];

const NSS: &[Row] = &[
    ("corpus::20260601-0061", Expired, "leaf"),
    ("corpus::20260601-0057", Expired, "trusted 0"),
    ("corpus::20260601-0047", ExtendedKeyUsage, "leaf"),
    ("corpus::20260601-0051", HostName, "leaf"),
    ("corpus::20260601-0002", KeyUsage, "leaf"),
    ("corpus::20260601-0022", NameConstraints, "leaf"),
    ("corpus::20260601-0040", NotCa, "presented 0"),
    ("corpus::20260601-0020", NotYetValid, "leaf"),
    ("corpus::20260601-0004", NotYetValid, "presented 0"),
    ("go-extra::11-0014", Other, "presented 0"),
    ("corpus::20260601-0043", Other, "presented 0"),
    ("corpus::20260601-0150", PathLength, "presented 0"),
    ("corpus::20260601-0012", Signature, "presented 1"),
    ("corpus::20260601-0000", UnknownIssuer, "leaf"),
    ("corpus::20260601-0080", UnknownIssuer, "presented 0"),
    ("corpus::20260601-0212", WeakAlgorithm, "leaf"),
];

#[test]
fn causes_of_openssl() {
    check(Engine::OPENSSL, OPENSSL);
}

#[test]
fn causes_of_strict_openssl() {
    check(Engine::OPENSSL_PARTIAL_STRICT, OPENSSL_PARTIAL_STRICT);
}

#[test]
fn causes_of_gnutls() {
    check(Engine::GNUTLS, GNUTLS);
}

#[test]
fn causes_of_mbedtls() {
    check(Engine::MBEDTLS, MBEDTLS);
}

#[test]
fn causes_of_nss() {
    check(Engine::NSS, NSS);
}

fn check(engine: Engine, rows: &[Row]) {
    let suites = ["corpus.json", "go-extra.json", "openssl-strict.json"].map(Suite::own);
    let scenarios = scenarios::all();
    let mut wrong = Vec::new();
    for (id, kind, place) in rows {
        let ask = |graph: &Graph, query: &Query<'_>| cause(query, &engine.verify(graph, query));
        let in_files = suites.iter().find_map(|suite| {
            let case = suite.cases.iter().find(|case| case.id == *id)?;
            case.ask_with(&suite.prepare(case), ask)
        });
        let in_scenarios = || scenarios.iter().find(|scenario| scenario.name == *id).map(|it| it.ask_with(ask));
        let found = in_files.or_else(in_scenarios).unwrap_or_else(|| panic!("there is no {id}"));
        if found != Some((*kind, (*place).to_owned())) {
            wrong.push((id, found));
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", engine.name());
}

/// The kind, and as what the certificate was given.
fn cause(query: &Query<'_>, verdict: &Verdict) -> Option<(CauseKind, String)> {
    let Cause { kind, certificate } = verdict.cause?;
    Some((kind, certificate.map_or_else(String::new, |id| place(query, id))))
}

fn place(query: &Query<'_>, id: CertId) -> String {
    let place_in = |list: &[CertId]| list.iter().position(|other| *other == id);
    if id == query.leaf {
        return "leaf".to_owned();
    }
    let presented = place_in(query.presented).map(|at| format!("presented {at}"));
    let trusted = || place_in(query.trusted).map(|at| format!("trusted {at}"));
    presented.or_else(trusted).expect("it belongs to the question")
}

const ENGINES: [Engine; 6] = [
    Engine::OPENSSL,
    Engine::OPENSSL_PARTIAL,
    Engine::OPENSSL_PARTIAL_STRICT,
    Engine::GNUTLS,
    Engine::MBEDTLS,
    Engine::NSS,
];

#[test]
fn every_rejection_of_programs_in_c_has_a_cause() {
    for suite in ["corpus.json", "probes.json"].map(Suite::own) {
        for case in &suite.cases {
            let prepared = suite.prepare(case);
            for engine in ENGINES {
                let verdict = case.ask(engine, &prepared).expect("the model reads every leaf");
                let outcome = match verdict.cause.map(|cause| cause.kind) {
                    None => Outcome::Accepted,
                    Some(Stopped) => Outcome::Stopped,
                    Some(_) => Outcome::Rejected,
                };
                assert_eq!((verdict.outcome, verdict.detail.is_empty()), (outcome, verdict.accepts()), "{}", case.id);
            }
        }
    }
}

/// The pool and the chain of a scenario: a root and a leaf below it.
fn root_and_leaf() -> [Certificate; 2] {
    ["pool.pem", "chain.pem"].map(|file| recorded::certificate(&format!("mtls-scenarios/ec-00-ok/{file}")))
}

fn query<'q>(trusted: &'q [CertId], leaf: CertId) -> Query<'q> {
    let at = Timestamp::parse(AT).expect("a time");
    Query { trusted, presented: &[], leaf, at, purpose: Purpose::Client, host: None }
}

#[test]
fn a_signature_that_was_not_checked_stops() {
    let graph = Draft::new(root_and_leaf().map(Into::into).to_vec()).finish(&[]);
    for engine in ENGINES {
        let verdict = engine.verify(&graph, &query(&[CertId(0)], CertId(1)));
        assert_eq!(verdict.outcome, Outcome::Stopped, "{}", engine.name());
        assert_eq!(verdict.cause, Some(Cause::about(Stopped, CertId(1))), "{}", engine.name());
    }
}

/// NSS cannot import a certificate that shares issuer and serial number with another one.
#[test]
fn nss_cannot_read_a_number_twice() {
    let [root, leaf] = root_and_leaf();
    let mut other = leaf.der.clone();
    *other.last_mut().expect("a signature") ^= 1;
    let other = Certificate::parse(&other).expect("the signature does not matter");
    let graph = Graph::build(vec![root, leaf, other]);
    let verdict = Engine::NSS.verify(&graph, &query(&[CertId(0), CertId(1)], CertId(2)));
    assert_eq!(verdict.detail, "SEC_ERROR_REUSED_ISSUER_AND_SERIAL");
    assert_eq!(verdict.cause, Some(Cause::about(Unparsable, CertId(2))));
}
