//! Which kind of cause comes out of a rejection, and about which certificate, for Go, Java and webpki.
//!
//! Go and Java name a certificate where their errors do: Go an authority's subject and not the authority, Java's
//! builder none. webpki names none; there it is the first certificate of which the replay says the same.

use std::collections::BTreeSet;

use rootlens::certificate::CertId;
use rootlens::graph::{Draft, Graph};
use rootlens::time::Timestamp;
use rootlens::verifier::CauseKind::{
    Expired, ExtendedKeyUsage, HostName, KeyUsage, NameConstraints, NotCa, NotYetValid, Other, PathLength, Signature,
    Stopped, UnknownIssuer, Unparsable, WeakAlgorithm,
};
use rootlens::verifier::{Cause, CauseKind, Engine, Outcome, Purpose, Query, Verdict};

use super::Suite;
use crate::recorded;
use crate::scenario::AT;

/// A case of the files, the kind of the cause, and as what its certificate was given; nothing where it has none.
type Row = (&'static str, CauseKind, &'static str);

const GO: &[Row] = &[
    ("probe::02c-ica-anchor-expired", Expired, "trusted 0"),
    ("probe::25-root-eku-client", ExtendedKeyUsage, "leaf"),
    ("corpus::20260601-0172", HostName, "leaf"),
    ("probe::24-root-nc-mismatch", NameConstraints, "leaf"),
    ("go-extra::11-0002", NotCa, "presented 0"),
    ("corpus::20260601-0004", NotYetValid, "presented 0"),
    ("corpus::20260601-0043", Other, "presented 0"),
    ("policy::required-and-absent", Other, "leaf"),
    ("probe::23-root-pathlen0", PathLength, "trusted 0"),
    ("probe::20-root-no-bc", UnknownIssuer, "presented 0"),
    ("corpus::20260601-0000", UnknownIssuer, "leaf"),
    ("go-extra::11-0022", Unparsable, "leaf"),
];

const GO_1_19: &[Row] = &[
    ("probe::02c-ica-anchor-expired", Expired, "trusted 0"),
    ("probe::25-root-eku-client", ExtendedKeyUsage, "leaf"),
    ("corpus::20260601-0172", HostName, "leaf"),
    ("probe::24-root-nc-mismatch", NameConstraints, "trusted 0"),
    ("corpus::20260601-0004", NotYetValid, "presented 0"),
    ("corpus::20260601-0043", Other, "presented 0"),
    ("probe::23-root-pathlen0", PathLength, "trusted 0"),
    ("probe::20-root-no-bc", UnknownIssuer, "presented 0"),
    ("go-extra::11-0022", Unparsable, "leaf"),
];

const JAVA_CERT_PATH_BUILDER: &[Row] = &[
    ("corpus::20260601-0047", ExtendedKeyUsage, "leaf"),
    ("corpus::20260601-0498", HostName, "leaf"),
    ("probe::09-R0exp-only", UnknownIssuer, ""),
    ("go-extra::11-0022", Unparsable, "leaf"),
];

const JAVA_TRUST_MANAGER: &[Row] = &[
    ("corpus::20260601-0061", Expired, "leaf"),
    ("corpus::20260601-0047", ExtendedKeyUsage, "leaf"),
    ("corpus::20260601-0498", HostName, "leaf"),
    ("probe::22-root-ku-crl-only", KeyUsage, "trusted 0"),
    ("corpus::20260601-0161", NameConstraints, "leaf"),
    ("probe::20-root-no-bc", NotCa, "trusted 0"),
    ("corpus::20260601-0020", NotYetValid, "leaf"),
    ("corpus::20260601-0137", Other, "leaf"),
    ("go-extra::11-0058", PathLength, "presented 0"),
    ("corpus::20260601-0039", Signature, "presented 0"),
    ("probe::42-unrelated-trust", UnknownIssuer, ""),
    ("go-extra::11-0022", Unparsable, "leaf"),
];

const WEBPKI: &[Row] = &[
    ("corpus::20260601-0061", Expired, "leaf"),
    ("corpus::20260601-0001", ExtendedKeyUsage, "presented 0"),
    ("corpus::20260601-0051", HostName, "leaf"),
    ("go-extra::11-0009", HostName, ""),
    ("probe::24-root-nc-mismatch", NameConstraints, ""),
    ("corpus::20260601-0059", NotCa, "presented 1"),
    ("corpus::20260601-0004", NotYetValid, "presented 0"),
    ("corpus::20260601-0043", Other, "presented 0"),
    ("go-extra::11-0058", PathLength, "presented 1"),
    ("corpus::20260601-0026", Signature, "leaf"),
    ("corpus::20260601-0025", Signature, ""),
    ("probe::42-unrelated-trust", UnknownIssuer, ""),
    ("go-extra::11-0002", Unparsable, "presented 0"),
    ("corpus::20260601-0060", WeakAlgorithm, "leaf"),
];

const FILES: [&str; 4] = ["corpus.json", "probes.json", "go-extra.json", "policy.json"];

#[test]
fn causes_of_go() {
    check(Engine::GO, GO);
}

#[test]
fn causes_of_go_1_19() {
    check(Engine::GO_1_19, GO_1_19);
}

#[test]
fn causes_of_java() {
    check(Engine::JAVA_TRUST_MANAGER, JAVA_TRUST_MANAGER);
    check(Engine::JAVA_CERT_PATH_BUILDER, JAVA_CERT_PATH_BUILDER);
}

#[test]
fn causes_of_webpki() {
    check(Engine::WEBPKI, WEBPKI);
}

/// Every rejection on the files has a cause, no acceptance has one, and every kind that comes out has a row.
fn check(engine: Engine, rows: &[Row]) {
    let (mut wrong, mut kinds, mut cases) = (Vec::new(), BTreeSet::new(), 0);
    for suite in FILES.map(Suite::own) {
        for case in &suite.cases {
            let ask = |graph: &Graph, query: &Query<'_>| {
                let verdict = engine.verify(graph, query);
                assert_eq!(verdict.cause.is_none(), verdict.accepts(), "{}: {verdict:?}", case.id);
                cause(query, &verdict)
            };
            let Some(found) = case.ask_with(&suite.prepare(case), ask) else { continue };
            kinds.extend(found.as_ref().map(|(kind, _)| *kind));
            for (_, kind, place) in rows.iter().filter(|(id, ..)| *id == case.id) {
                cases += 1;
                if found != Some((*kind, (*place).to_owned())) {
                    wrong.push((case.id.clone(), found.clone()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", engine.name());
    assert_eq!(cases, rows.len(), "{}: every row is about a case", engine.name());
    assert_eq!(kinds, rows.iter().map(|(_, kind, _)| *kind).collect(), "{}", engine.name());
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

/// Where the graph does not know a signature, there is no answer, and that is the cause.
#[test]
fn what_stops_is_about_no_certificate() {
    let mut certificates = recorded::certificates("mtls-scenarios/ec-00-ok/pool.pem");
    certificates.extend(recorded::certificates("mtls-scenarios/ec-00-ok/chain.pem"));
    let graph = Draft::new(certificates.into_iter().map(Into::into).collect()).finish(&[]);
    let query = Query {
        trusted: &[CertId(0)],
        presented: &[],
        leaf: CertId(1),
        at: Timestamp::parse(AT).expect("a time"),
        purpose: Purpose::Client,
        host: None,
    };
    for engine in
        [Engine::GO, Engine::GO_1_19, Engine::JAVA_CERT_PATH_BUILDER, Engine::JAVA_TRUST_MANAGER, Engine::WEBPKI]
    {
        let verdict = engine.verify(&graph, &query);
        assert_eq!(verdict.outcome, Outcome::Stopped, "{}", engine.name());
        assert_eq!(verdict.cause, Some(Cause::of(Stopped)), "{}", engine.name());
    }
}
