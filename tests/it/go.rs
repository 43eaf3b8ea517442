//! The Go engine on small PKIs made for one question each: what the recorded corpora do not ask, and the trail.

use std::collections::BTreeMap;
use std::rc::Rc;

use ed25519_dalek::{Signer, SigningKey};
use rootlens::certificate::{CertId, Certificate};
use rootlens::graph::{Draft, Graph};
use rootlens::signature::Status;
use rootlens::time::Timestamp;
use rootlens::verifier::go::{Context, check_signature_from, verify};
use rootlens::verifier::{CauseKind, Engine, Host, Outcome, Purpose, Query, Readings, Verdict};

const NOW: &str = "2026-06-01T00:00:00Z";

/// A certificate to be: who vouches for whom, and what deviates from a plain CA or leaf.
#[derive(Clone)]
struct Spec {
    label: &'static str,
    subject: &'static str,
    issuer: &'static str,
    /// Seeds of the keys.
    key: u8,
    signer: u8,
    not_after: &'static str,
    version: u8,
    /// basicConstraints: cA and path length; `None` leaves the extension out.
    basic_constraints: Option<(bool, Option<u8>)>,
    /// The octet of keyUsage; 0x06 is keyCertSign and cRLSign.
    key_usage: Option<u8>,
    /// Last arcs under id-kp.
    extended_key_usages: &'static [u8],
    uri: Option<&'static str>,
    permitted_dns: Option<&'static str>,
    key_ids: bool,
    /// The tag of the issuer's common name.
    issuer_string: u8,
}

fn ca(label: &'static str, subject: &'static str, key: u8, issuer: &'static str, signer: u8) -> Spec {
    Spec {
        label,
        subject,
        issuer,
        key,
        signer,
        not_after: "270101000000Z",
        version: 2,
        basic_constraints: Some((true, None)),
        key_usage: Some(0x06),
        extended_key_usages: &[],
        uri: None,
        permitted_dns: None,
        key_ids: true,
        issuer_string: 12,
    }
}

fn leaf(label: &'static str, issuer: &'static str, signer: u8) -> Spec {
    let plain = ca(label, label, 100, issuer, signer);
    Spec { basic_constraints: None, key_usage: None, ..plain }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    let length = match contents.len() {
        short @ 0..128 => vec![u8::try_from(short).unwrap()],
        medium @ 128..256 => vec![0x81, u8::try_from(medium).unwrap()],
        long => [&[0x82], u16::try_from(long).unwrap().to_be_bytes().as_slice()].concat(),
    };
    [vec![tag], length, contents].concat()
}

fn name(common_name: &str, string: u8) -> Vec<u8> {
    let attribute = der(0x30, &[&[6, 3, 0x55, 4, 3], &der(string, &[common_name.as_bytes()])]);
    der(0x30, &[&der(0x31, &[&attribute])])
}

fn extension(id: u8, value: &[u8]) -> Vec<u8> {
    der(0x30, &[&[6, 3, 0x55, 0x1d, id], &der(4, &[value])])
}

fn key_id(seed: u8) -> Vec<u8> {
    key(seed).verifying_key().to_bytes()[..8].to_vec()
}

impl Spec {
    fn extensions(&self) -> Vec<u8> {
        let mut list = Vec::new();
        if let Some((ca, path_length)) = self.basic_constraints {
            let ca = if ca { vec![1, 1, 0xff] } else { Vec::new() };
            let path_length = path_length.map(|length| vec![2, 1, length]).unwrap_or_default();
            list.push(extension(19, &der(0x30, &[&ca, &path_length])));
        }
        list.extend(self.key_usage.map(|usage| extension(15, &der(3, &[&[0, usage]]))));
        if self.key_ids {
            list.push(extension(14, &der(4, &[&key_id(self.key)])));
            list.push(extension(35, &der(0x30, &[&der(0x80, &[&key_id(self.signer)])])));
        }
        if !self.extended_key_usages.is_empty() {
            let usage = |arc: &u8| vec![6, 8, 0x2b, 6, 1, 5, 5, 7, 3, *arc];
            let usages: Vec<u8> = self.extended_key_usages.iter().flat_map(usage).collect();
            list.push(extension(37, &der(0x30, &[&usages])));
        }
        list.extend(self.uri.map(|uri| extension(17, &der(0x30, &[&der(0x86, &[uri.as_bytes()])]))));
        list.extend(self.permitted_dns.map(|domain| {
            let subtree = der(0x30, &[&der(0x82, &[domain.as_bytes()])]);
            extension(30, &der(0x30, &[&der(0xa0, &[&subtree])]))
        }));
        der(0xa3, &[&der(0x30, &[&list.concat()])])
    }

    fn der(&self) -> Vec<u8> {
        let ed25519 = der(0x30, &[&[6, 3, 0x2b, 0x65, 0x70]]);
        let point = [&[0], key(self.key).verifying_key().as_bytes().as_slice()].concat();
        let validity = der(0x30, &[&der(23, &[b"260101000000Z"]), &der(23, &[self.not_after.as_bytes()])]);
        let version = if self.version == 0 { Vec::new() } else { der(0xa0, &[&[2, 1, self.version]]) };
        let extensions = if self.version == 2 { self.extensions() } else { Vec::new() };
        let signed = der(
            0x30,
            &[
                &version,
                &[2, 1, 7],
                &ed25519,
                &name(self.issuer, self.issuer_string),
                &validity,
                &name(self.subject, 12),
                &der(0x30, &[&ed25519, &der(3, &[&point])]),
                &extensions,
            ],
        );
        let signature = key(self.signer).sign(&signed).to_bytes();
        der(0x30, &[&signed, &ed25519, &der(3, &[&[0], &signature])])
    }
}

/// Certificates by label.
struct Pki {
    graph: Graph,
    ids: BTreeMap<&'static str, CertId>,
}

impl Pki {
    fn new(specs: &[Spec]) -> Pki {
        let certificates = specs.iter().map(|spec| Certificate::parse(&spec.der()).unwrap());
        let ids: BTreeMap<_, _> = specs.iter().enumerate().map(|(index, spec)| (spec.label, CertId(index))).collect();
        assert_eq!(ids.len(), specs.len(), "labels differ");
        Pki { graph: Graph::build(certificates), ids }
    }

    fn ids(&self, labels: &str) -> Vec<CertId> {
        labels.split_whitespace().map(|label| self.ids[label]).collect()
    }

    fn verify(&self, leaf: &str, trusted: &str, presented: &str) -> Verdict {
        self.verify_for(Purpose::Server, false, leaf, trusted, presented)
    }

    fn verify_for(&self, purpose: Purpose, bypass: bool, leaf: &str, trusted: &str, presented: &str) -> Verdict {
        let query = Query {
            trusted: &self.ids(trusted),
            presented: &self.ids(presented),
            leaf: self.ids[leaf],
            at: Timestamp::parse(NOW).unwrap(),
            purpose,
            host: None,
        };
        let context = Context::new(&self.graph);
        if bypass {
            return context.verify_but_for_leaf_validity(&query);
        }
        let verdict = verify(&Readings::of(&self.graph), &query).verdict;
        assert_eq!(verdict, context.verify(&query), "a prepared context answers alike");
        verdict
    }

    fn label(&self, id: CertId) -> &'static str {
        self.ids.iter().find(|(_, other)| **other == id).map(|(label, _)| *label).unwrap()
    }

    /// `accepts leaf s root; leaf s` or `rejects: words`.
    fn outcome(&self, verdict: &Verdict) -> String {
        let chain = |chain: &Vec<CertId>| chain.iter().map(|id| self.label(*id)).collect::<Vec<_>>().join(" ");
        match verdict.outcome {
            Outcome::Accepted => {
                format!("accepts {}", verdict.chains.iter().map(chain).collect::<Vec<_>>().join("; "))
            }
            Outcome::Rejected => format!("rejects: {}", verdict.detail),
            Outcome::Stopped => format!("stopped: {}", verdict.detail),
        }
    }

    /// `leaf > s*: words`, a star for a candidate from the trust store, `.` for a judgement of the path itself.
    fn trail(&self, verdict: &Verdict) -> Vec<String> {
        let line = |attempt: &rootlens::verifier::Attempt| {
            let path: Vec<&str> = attempt.path.iter().map(|id| self.label(*id)).collect();
            let candidate = attempt.candidate.map_or(".", |id| self.label(id));
            let star = if attempt.from_trusted { "*" } else { "" };
            let words = attempt.rejection.as_deref().unwrap_or("ok");
            format!("{} > {candidate}{star}: {words}", path.join(" "))
        };
        verdict.trail.iter().map(line).collect()
    }
}

fn check(pki: &Pki, rows: &[(&str, &str, &str, &str)]) {
    for (leaf, trusted, presented, expected) in rows {
        let verdict = pki.verify(leaf, trusted, presented);
        assert_eq!(pki.outcome(&verdict), *expected, "leaf {leaf}, trusted {trusted}, presented {presented}");
    }
}

const CANNOT_SIGN: &str = "x509: invalid signature: parent certificate cannot sign this kind of certificate";

fn unknown_authority(why: &str, candidate: &str) -> String {
    format!(
        "rejects: x509: certificate signed by unknown authority (possibly because of \"{why}\" while trying to verify \
         candidate authority certificate \"{candidate}\")"
    )
}

#[test]
fn anchors_come_before_intermediates_and_every_chain_is_kept() {
    let pki = Pki::new(&[ca("root", "Root", 1, "Root", 1), ca("s", "Signer", 2, "Root", 1), leaf("leaf", "Signer", 2)]);
    check(
        &pki,
        &[
            ("leaf", "root s", "root s", "accepts leaf s; leaf s root"),
            ("leaf", "s root", "", "accepts leaf s"),
            ("leaf", "root", "s", "accepts leaf s root"),
            ("leaf", "root", "", "rejects: x509: certificate signed by unknown authority"),
            ("leaf", "leaf s", "root", "accepts leaf"),
            ("leaf", "", "root s", "rejects: x509: certificate signed by unknown authority"),
            ("root", "root", "", "accepts root"),
        ],
    );
}

#[test]
fn an_expired_root_refuses_unless_a_nearer_anchor_hides_it() {
    let root = Spec { not_after: "260301000000Z", ..ca("root", "Root", 1, "Root", 1) };
    let pki = Pki::new(&[root, ca("s", "Signer", 2, "Root", 1), leaf("leaf", "Signer", 2)]);
    let expired = "rejects: x509: certificate has expired or is not yet valid: current time 2026-06-01T00:00:00Z is after 2026-03-01T00:00:00Z";
    check(&pki, &[("leaf", "root", "s", expired), ("leaf", "s root", "s", "accepts leaf s")]);
}

#[test]
fn path_lengths_bind_anchors_and_count_self_issued_certificates() {
    let pki = Pki::new(&[
        Spec { basic_constraints: Some((true, Some(0))), ..ca("root0", "Root", 1, "Root", 1) },
        Spec { basic_constraints: Some((true, Some(1))), ..ca("root1", "Root", 1, "Root", 1) },
        ca("self", "Root", 2, "Root", 1),
        ca("s", "Signer", 3, "Root", 1),
        ca("s2", "Signer 2", 4, "Root", 2),
        leaf("leaf", "Signer", 3),
        leaf("leaf2", "Signer 2", 4),
    ]);
    let too_many = "rejects: x509: too many intermediates for path length constraint";
    check(
        &pki,
        &[
            ("leaf", "root0", "s", too_many),
            ("leaf", "root1", "s", "accepts leaf s root1"),
            ("leaf2", "root1", "s2 self", too_many),
        ],
    );
}

#[test]
fn a_new_key_under_the_old_name_is_tried_and_named_as_hint() {
    let pki = Pki::new(&[ca("old", "Root", 1, "Root", 1), ca("new", "Root", 2, "Root", 2), leaf("leaf", "Root", 1)]);
    let hint = unknown_authority("x509: Ed25519 verification failure", "Root");
    check(&pki, &[("leaf", "new", "", &hint), ("leaf", "new old", "", "accepts leaf old")]);
}

#[test]
fn cross_signed_twins_are_two_anchors() {
    let pki = Pki::new(&[
        ca("old", "Old", 1, "Old", 1),
        ca("new", "New", 2, "New", 2),
        ca("x-new", "New", 2, "Old", 1),
        ca("ns", "New Signer", 3, "New", 2),
        leaf("nl", "New Signer", 3),
    ]);
    check(
        &pki,
        &[
            ("nl", "old new", "ns x-new", "accepts nl ns new; nl ns x-new old"),
            ("nl", "x-new new old", "ns", "accepts nl ns x-new; nl ns new"),
            // The twin blocks the self-signed root above it: same name, same key.
            ("nl", "old", "ns new x-new", "accepts nl ns x-new old"),
        ],
    );
}

#[test]
fn what_may_not_sign_is_no_anchor() {
    let pki = Pki::new(&[
        Spec { basic_constraints: Some((false, None)), ..ca("no-ca", "Root", 1, "Root", 1) },
        Spec { basic_constraints: None, ..ca("no-bc", "Root", 1, "Root", 1) },
        Spec { key_usage: Some(0x02), ..ca("no-sign", "Root", 1, "Root", 1) },
        Spec { version: 0, ..ca("v1", "Root", 1, "Root", 1) },
        Spec { version: 0, ..ca("v1-s", "Signer", 2, "Root", 1) },
        leaf("leaf", "Root", 1),
        leaf("below", "Signer", 2),
    ]);
    let refused = unknown_authority(CANNOT_SIGN, "Root");
    check(
        &pki,
        &[
            ("leaf", "no-ca", "", &refused),
            ("leaf", "no-bc", "", &refused),
            ("leaf", "no-sign", "", &refused),
            ("leaf", "v1", "", "accepts leaf v1"),
            ("below", "v1", "v1-s", "rejects: x509: certificate is not authorized to sign other certificates"),
            ("below", "v1-s", "", "accepts below v1-s"),
        ],
    );
}

/// Hundred candidates are considered, the good one among 120 namesakes.
#[test]
fn the_budget_ends_the_search() {
    for (good_at, key_ids, accepted) in [(119, true, true), (0, false, true), (99, false, true), (100, false, false)] {
        let labels: Vec<&'static str> = (0..120).map(|n: u8| &*Box::leak(format!("r{n}").into_boxed_str())).collect();
        let twin = |at: usize| {
            let seed = if at == good_at { 200 } else { u8::try_from(at).unwrap() };
            Spec { key_ids, ..ca(labels[at], "Root", seed, "Elsewhere", seed) }
        };
        let mut specs: Vec<Spec> = (0..120).map(twin).collect();
        specs.push(Spec { key_ids, ..leaf("leaf", "Root", 200) });
        let pki = Pki::new(&specs);
        let verdict = pki.verify("leaf", &labels.join(" "), "");
        if accepted {
            assert_eq!(pki.outcome(&verdict), format!("accepts leaf r{good_at}"));
        } else {
            let words = "x509: signature check attempts limit reached while verifying certificate chain";
            assert_eq!(pki.outcome(&verdict), format!("stopped: {words}"));
            assert_eq!(verdict.trail.len(), 101, "the candidate that broke the limit is on record");
        }
    }
}

#[test]
fn names_are_compared_byte_for_byte() {
    let printable = Spec { issuer_string: 19, ..leaf("leaf", "Root", 1) };
    let pki = Pki::new(&[ca("root", "Root", 1, "Root", 1), printable]);
    check(&pki, &[("leaf", "root", "", "rejects: x509: certificate signed by unknown authority")]);
}

/// `already in the chain` looks at alternative names too, and stops looking where only one side has them.
#[test]
fn alternative_names_tell_twins_apart() {
    let pki = Pki::new(&[
        ca("root", "Root", 1, "Root", 1),
        ca("plain", "Signer", 2, "Root", 1),
        Spec { uri: Some("spiffe://td"), ..ca("named", "Signer", 2, "Signer", 2) },
        Spec { uri: Some("spiffe://td"), ..ca("named-x", "Signer", 2, "Root", 1) },
        leaf("leaf", "Signer", 2),
    ]);
    check(
        &pki,
        &[
            ("leaf", "root", "named plain", "accepts leaf named plain root; leaf plain root"),
            ("leaf", "root", "named named-x", "accepts leaf named-x root"),
        ],
    );
}

#[test]
fn usages_nest_and_the_purpose_any_skips_them() {
    let pki = Pki::new(&[
        Spec { extended_key_usages: &[2], ..ca("root", "Root", 1, "Root", 1) },
        ca("s", "Signer", 2, "Root", 1),
        Spec { extended_key_usages: &[1, 2], ..leaf("leaf", "Signer", 2) },
    ]);
    let verdict = |purpose| pki.outcome(&pki.verify_for(purpose, false, "leaf", "root", "s"));
    assert_eq!(verdict(Purpose::Server), "rejects: x509: certificate specifies an incompatible key usage");
    assert_eq!(verdict(Purpose::Client), "accepts leaf s root");
    assert_eq!(verdict(Purpose::Any), "accepts leaf s root");
}

#[test]
fn only_the_validity_of_the_leaf_can_be_bypassed() {
    let old = |spec: Spec| Spec { not_after: "260301000000Z", ..spec };
    let pki = Pki::new(&[
        ca("root", "Root", 1, "Root", 1),
        old(ca("root-old", "Old Root", 2, "Old Root", 2)),
        old(leaf("leaf", "Root", 1)),
        old(leaf("below", "Old Root", 2)),
    ]);
    let expired = "rejects: x509: certificate has expired or is not yet valid: current time 2026-06-01T00:00:00Z is after 2026-03-01T00:00:00Z";
    let verdict = |bypass, leaf| pki.outcome(&pki.verify_for(Purpose::Any, bypass, leaf, "root root-old", ""));
    assert_eq!(verdict(false, "leaf"), expired);
    assert_eq!(verdict(true, "leaf"), "accepts leaf root");
    assert_eq!(verdict(true, "below"), expired);
}

#[test]
fn every_attempt_is_on_record() {
    let pki = Pki::new(&[
        ca("root", "Root", 1, "Root", 1),
        ca("twin", "Root", 9, "Root", 9),
        Spec { key_usage: Some(0x02), ..ca("no-sign", "Signer", 2, "Root", 1) },
        Spec { permitted_dns: Some("example.com"), extended_key_usages: &[2], ..ca("s", "Signer", 2, "Root", 1) },
        leaf("leaf", "Signer", 2),
    ]);
    let verdict = pki.verify("leaf", "root twin", "no-sign s");
    assert_eq!(verdict.detail, "x509: certificate specifies an incompatible key usage");
    assert_eq!(
        pki.trail(&verdict),
        [
            format!("leaf > no-sign: {CANNOT_SIGN}"),
            "leaf > s: ok".to_owned(),
            "leaf s > root*: ok".to_owned(),
            "leaf s > twin*: x509: Ed25519 verification failure".to_owned(),
            "leaf s root > .*: x509: certificate specifies an incompatible key usage".to_owned(),
        ]
    );
    let trusted = pki.verify("leaf", "leaf root", "");
    assert_eq!(pki.trail(&trusted), [" > leaf*: ok", "leaf > .*: ok"]);
}

#[test]
fn a_refused_leaf_is_on_record_too() {
    let pki = Pki::new(&[Spec { not_after: "260301000000Z", ..leaf("leaf", "Root", 1) }]);
    let verdict = pki.verify("leaf", "", "");
    assert_eq!(pki.trail(&verdict), [format!(" > leaf: {}", verdict.detail)]);
}

#[test]
fn hosts_are_looked_at_before_chains() {
    let pki = Pki::new(&[ca("root", "Root", 1, "Root", 1), leaf("leaf", "Root", 1)]);
    let ask = |host| {
        let (trusted, leaf) = (pki.ids("root"), pki.ids["leaf"]);
        let at = Timestamp::parse(NOW).unwrap();
        let query = Query { trusted: &trusted, presented: &[], leaf, at, purpose: Purpose::Server, host: Some(host) };
        pki.outcome(&verify(&Readings::of(&pki.graph), &query).verdict)
    };
    let legacy = "rejects: x509: certificate relies on legacy Common Name field, use SANs instead";
    assert_eq!(ask(Host::Dns("LEAF.".to_owned())), legacy);
    assert_eq!(
        ask(Host::Dns("other".to_owned())),
        "rejects: x509: certificate is not valid for any names, but wanted to match other"
    );
    let no_ip = "rejects: x509: cannot validate certificate for ::1 because it doesn't contain any IP SANs";
    assert_eq!(ask(Host::Ip("0:0::1".to_owned())), no_ip);
    assert_eq!(ask(Host::Dns("[::1]".to_owned())), no_ip);
    assert_eq!(ask(Host::Dns(String::new())), "accepts leaf root", "no name asks nothing");
}

#[test]
fn check_signature_from_asks_what_identity_is_root_ca_asks() {
    let pki = Pki::new(&[
        ca("root", "Root", 1, "Root", 1),
        Spec { key_usage: Some(0x02), ..ca("no-sign", "Root", 2, "Root", 2) },
        ca("other", "Root", 3, "Root", 1),
    ]);
    let ask = |child: &str, parent: &str| {
        check_signature_from(&pki.graph, pki.ids[child], pki.ids[parent]).map_err(|why| (why.kind(), why.to_string()))
    };
    assert_eq!(ask("root", "root"), Ok(()));
    assert_eq!(ask("other", "root"), Ok(()));
    assert_eq!(ask("no-sign", "no-sign"), Err((CauseKind::NotCa, CANNOT_SIGN.to_owned())));
    assert_eq!(ask("other", "other"), Err((CauseKind::Signature, "x509: Ed25519 verification failure".to_owned())));
}

/// What the graph did not check is not called a rejection.
#[test]
fn an_unchecked_signature_stops_the_search() {
    let specs = [ca("root", "Root", 1, "Root", 1), leaf("leaf", "Root", 1)];
    let certificates = specs.iter().map(|spec| Rc::new(Certificate::parse(&spec.der()).unwrap())).collect();
    let draft = Draft::new(certificates);
    for (status, outcome) in [
        (Status::Unchecked, Outcome::Stopped),
        (Status::Unsupported, Outcome::Stopped),
        (Status::Invalid, Outcome::Rejected),
        (Status::Valid, Outcome::Accepted),
    ] {
        let statuses = vec![status; draft.checks().len()];
        let graph = draft.clone().finish(&statuses);
        let query = Query {
            trusted: &[CertId(0)],
            presented: &[],
            leaf: CertId(1),
            at: Timestamp::parse(NOW).unwrap(),
            purpose: Purpose::Any,
            host: None,
        };
        let verdict = verify(&Readings::of(&graph), &query).verdict;
        assert_eq!(verdict.outcome, outcome, "{status:?}");
        assert_eq!(verdict.detail.contains("not checked"), outcome == Outcome::Stopped, "{}", verdict.detail);
    }
}

#[test]
fn engines_are_found_by_name_and_alias() {
    assert_eq!(Engine::find("go-1.27.3"), Some(Engine::GO));
    assert_eq!(Engine::find("go"), Some(Engine::GO));
    assert_eq!(Engine::find("Go 1"), None);
    assert!(Engine::ALL.iter().all(|engine| Engine::find(engine.name()) == Some(*engine)));
}
