//! Findings and headlines: where each appears, where it does not, with which certificates and words.

use rootlens::finding::{Finding, Severity};
use rootlens::role::Role;

use crate::recorded;
use crate::scenario::Scenario;

/// What a controller presents: `[leaf, s]`, or with the root.
#[derive(Clone, Copy, PartialEq)]
enum Presents {
    Helm,
    ZitiPki,
}

/// The OpenZiti fixture: a bundle, the chains of these controllers, and clients 1 to 3.
fn openziti(pki: &str, bundle: &[&str], presents: Presents, controllers: &[usize]) -> Scenario {
    let part = |name: String| format!("openziti-ha/{pki}/{name}.crt");
    let bundle: Vec<String> = bundle.iter().map(|name| part((*name).to_owned())).collect();
    let mut scenario = Scenario::new().file("router1.cas.pem", &bundle).chosen(&[Role::Bundle]);
    for i in controllers {
        let mut chain = vec![part(format!("ctrl{i}")), part(format!("signer{i}"))];
        if presents == Presents::ZitiPki {
            chain.push(part("edge-root".to_owned()));
        }
        scenario = scenario.file(&format!("ctrl{i}"), &chain).chosen(&[Role::Peer]);
    }
    (1..=3).fold(scenario, |scenario, i| {
        let chain = [part(format!("client{i}")), part(format!("signer{i}"))];
        scenario.file(&format!("client{i}"), &chain).chosen(&[Role::Client])
    })
}

fn distinct(bundle: &[&str], presents: Presents, controllers: &[usize]) -> Scenario {
    openziti("distinct", bundle, presents, controllers)
}

/// The findings with this code: severity and the names of their certificates.
#[track_caller]
fn expect(scenario: Scenario, code: &str, expected: &[(Severity, &[&str])]) -> Vec<Finding> {
    let read = scenario.read();
    let findings = read.findings();
    let severities: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
    assert!(severities.is_sorted(), "errors first: {severities:?}");
    let found: Vec<Finding> = findings.into_iter().filter(|finding| finding.code == code).collect();
    let shown: Vec<(Severity, Vec<String>)> =
        found.iter().map(|finding| (finding.severity, read.names(&finding.certificates))).collect();
    let expected: Vec<(Severity, Vec<String>)> = expected
        .iter()
        .map(|(severity, names)| (*severity, names.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(shown, expected, "{code}: {found:#?}");
    for finding in &found {
        let complete = !finding.title.is_empty() && finding.detail.ends_with('.') && finding.fix.ends_with('.');
        assert!(complete, "title, detail and fix are sentences: {finding:#?}");
    }
    found
}

const ROOT: &str = "ziti-controller1-edge-root";
const SIGNER1: &str = "ziti-controller1-edge-signer";
const SIGNER2: &str = "ziti-controller2-edge-signer";

#[test]
fn intermediate_as_root() {
    let code = "intermediate-as-root";
    let found = expect(
        distinct(&["signer1", "edge-root"], Presents::Helm, &[1, 2]),
        code,
        &[(Severity::Error, &[SIGNER1, ROOT])],
    );
    assert!(found[0].detail.contains("So client2 and client3 are rejected"), "{}", found[0].detail);
    assert!(
        found[0].fix.starts_with(&format!("Give the verifier only {ROOT} as root and {SIGNER1} as an intermediate.")),
        "{}",
        found[0].fix
    );
    let hidden = distinct(&["signer1", "edge-root"], Presents::ZitiPki, &[1]);
    let found = expect(hidden, code, &[(Severity::Warning, &[SIGNER1, ROOT])]);
    assert!(found[0].detail.contains("which look at the client's leaf alone, reject client2 and client3"));
    expect(distinct(&["signer1", "edge-root"], Presents::ZitiPki, &[2]), code, &[]);
    expect(distinct(&["edge-root"], Presents::Helm, &[1]), code, &[]);
}

#[test]
fn a_pinned_intermediate_is_explained_and_not_condemned() {
    let found = expect(
        Scenario::mtls("ec-04c-pool-only-intermediate"),
        "intermediate-as-root",
        &[(Severity::Info, &["Node Issuing CA"])],
    );
    assert!(found[0].detail.contains("is pinned: what it issued is accepted, here chain.pem, and nothing else"));
    assert!(found[0].fix.starts_with("If pinning Node Issuing CA is intended, leave it"));
    let errors = Scenario::mtls("ec-04c-pool-only-intermediate").findings();
    assert!(errors.iter().all(|finding| finding.severity != Severity::Error));
}

#[test]
fn empty_pool() {
    let code = "empty-pool";
    let found = expect(
        distinct(&["signer1", "edge-root"], Presents::Helm, &[1, 2]),
        code,
        &[(Severity::Error, &["ziti-controller2", SIGNER2])],
    );
    assert!(found[0].title.contains("when ctrl2 is sampled"));
    assert!(found[0].detail.contains("All 3 clients are rejected that the correct pool accepts."));
    let found = expect(Scenario::mtls("ec-05c-expired-root"), code, &[(Severity::Error, &["node-1", "Node CA"])]);
    assert_eq!(found[0].fix, "Fix this first: Node CA expired on 2026-11-19.");
    expect(distinct(&["signer1", "edge-root"], Presents::ZitiPki, &[1, 2, 3]), code, &[]);
}

#[test]
fn pool_depends_on_peer() {
    let code = "pool-depends-on-peer";
    let found = expect(
        distinct(&["signer1", "signer2", "edge-root"], Presents::Helm, &[1, 2, 3]),
        code,
        &[(Severity::Warning, &[SIGNER1, SIGNER2])],
    );
    assert_eq!(found[0].title, "3 peers, 3 different naive pools");
    assert!(found[0].detail.contains("a restart can change whether client1 and client2 are accepted"));
    expect(distinct(&["signer1", "edge-root"], Presents::Helm, &[2, 3]), code, &[]);
}

#[test]
fn bundle_without_root() {
    let code = "bundle-without-root";
    expect(Scenario::mtls("ec-04c-pool-only-intermediate"), code, &[(Severity::Warning, &["Node Issuing CA"])]);
    let found = expect(distinct(&["signer1"], Presents::ZitiPki, &[1]), code, &[(Severity::Error, &[SIGNER1])]);
    assert!(found[0].detail.contains("Here client2 and client3 are rejected even by Go."), "{}", found[0].detail);
    assert!(found[0].fix.starts_with(&format!("Add {ROOT} to the bundle: it is in ctrl1.")), "{}", found[0].fix);
    expect(distinct(&["signer1", "edge-root"], Presents::Helm, &[1]), code, &[]);
}

#[test]
fn root_only_from_peer() {
    let code = "root-only-from-peer";
    expect(distinct(&["signer1"], Presents::ZitiPki, &[1]), code, &[(Severity::Error, &[ROOT])]);
    expect(Scenario::mtls("ec-11-untrusted-root-in-chain"), code, &[(Severity::Error, &["Node CA"])]);
    expect(distinct(&["signer1", "edge-root"], Presents::ZitiPki, &[1]), code, &[]);
}

#[test]
fn missing_issuer() {
    let code = "missing-issuer";
    expect(Scenario::mtls("ec-04-missing-intermediate"), code, &[(Severity::Error, &["node-1"])]);
    expect(Scenario::mtls("ec-04c-pool-only-intermediate"), code, &[(Severity::Info, &["Node Issuing CA"])]);
    expect(Scenario::mtls("ec-04b-ok-with-intermediate"), code, &[]);
    let leaf_alone = distinct(&["signer1", "edge-root"], Presents::Helm, &[1, 2])
        .file("client", &["openziti-ha/distinct/router1.crt".to_owned()])
        .chosen(&[Role::Client]);
    expect(leaf_alone, code, &[]);
}

#[test]
fn an_issuer_that_is_at_hand_but_not_sent() {
    let part = |name: &str| vec![format!("openziti-ha/distinct/{name}.crt")];
    let scenario = Scenario::new()
        .file("cas.pem", &[part("signer1"), part("edge-root")].concat())
        .file("ctrl1", &[part("ctrl1"), part("signer1")].concat())
        .file("ctrl2", &[part("ctrl2"), part("signer2")].concat())
        .file("client2", &part("client2"));
    let found = expect(scenario, "missing-issuer", &[(Severity::Error, &[SIGNER2, "u5er1dAAA"])]);
    assert_eq!(
        found[0].detail,
        format!(
            "{SIGNER2} issued u5er1dAAA and is in ctrl2, but client2 does not send it and the bundle does not hold it. \
             So no path to a root is found for client2, and it is rejected."
        )
    );
    assert_eq!(found[0].fix, format!("Let client2 send {SIGNER2} after the leaf."));
}

#[test]
fn same_name_other_key() {
    let code = "same-name-other-key";
    let found = expect(
        Scenario::mtls("ec-02-same-dn-other-key-with-keyids"),
        code,
        &[(Severity::Error, &["Node CA", "node-1"])],
    );
    assert_eq!(found[0].title, "Node CA has the right name and the wrong key");
    let found =
        expect(Scenario::mtls("ec-03c-aki-matches-but-sig-bad"), code, &[(Severity::Error, &["Node CA", "node-1"])]);
    assert!(found[0].detail.contains("The key ids match all the same"));
    let shared: &[&str] = &["ziti-controller-edge-signer"; 3];
    let same = openziti("same", &["signer1", "edge-root"], Presents::Helm, &[1, 2, 3]);
    expect(same, code, &[(Severity::Info, shared)]);
    expect(Scenario::mtls("ec-03b-same-dn-both-cas-in-pool"), code, &[(Severity::Info, &["Node CA", "Node CA"])]);
    expect(Scenario::mtls("ec-03d-renewed-ca-same-key"), code, &[]);
    expect(distinct(&["signer1", "edge-root"], Presents::Helm, &[1, 2, 3]), code, &[]);
}

#[test]
fn expired_on_path() {
    let code = "expired-on-path";
    expect(Scenario::mtls("ec-05-expired-leaf"), code, &[(Severity::Error, &["node-1"])]);
    let found = expect(Scenario::mtls("ec-05b-not-yet-valid"), code, &[(Severity::Error, &["node-1"])]);
    assert_eq!(found[0].title, "node-1 is valid only from 2026-11-23");
    expect(Scenario::mtls("ec-05c-expired-root"), code, &[(Severity::Error, &["Node CA"])]);
    expect(Scenario::mtls("ec-05d-expired-intermediate"), code, &[(Severity::Error, &["Node Issuing CA"])]);
    let avoided = Scenario::mtls("x-21b-expired-old-root-and-new-root-same-key");
    expect(avoided, code, &[(Severity::Warning, &["Root CA"])]);
    expect(Scenario::mtls("ec-00-ok"), code, &[]);
    expect(
        Scenario::mtls("ec-00-ok").at("2030-01-01"),
        code,
        &[(Severity::Error, &["Node CA"]), (Severity::Error, &["node-1"])],
    );
    let beside_the_path = distinct(&["signer1", "edge-root"], Presents::Helm, &[1])
        .file("old.pem", &["mtls-scenarios/ec-05c-expired-root/pool.pem".to_owned()])
        .chosen(&[Role::Bundle]);
    expect(beside_the_path, code, &[]);
}

/// The expired root empties every pool, so the naive rule rejects both clients; but one of them, and the peer, have
/// nothing to do with the other's expired leaf, and the finding about that leaf does not blame it.
#[test]
fn an_expired_leaf_costs_no_bystander() {
    let part = |name: &str| vec![format!("mtls-scenarios/{name}")];
    let scenario = Scenario::new()
        .file("pool.pem", &part("ec-05c-expired-root/pool.pem"))
        .chosen(&[Role::Bundle])
        .file("peer.pem", &part("ec-05c-expired-root/chain.pem"))
        .chosen(&[Role::Peer])
        .file("bystander.pem", &part("ec-05c-expired-root/chain.pem"))
        .chosen(&[Role::Client])
        .file("expired.pem", &part("ec-05-expired-leaf/chain.pem"))
        .chosen(&[Role::Client]);
    let found = expect(scenario, "expired-on-path", &[(Severity::Error, &["Node CA"]), (Severity::Error, &["node-1"])]);
    assert!(found[0].detail.contains("bystander.pem and expired.pem are rejected for that."), "{}", found[0].detail);
    assert!(found[1].detail.contains("expired.pem is rejected for that."), "{}", found[1].detail);
}

#[test]
fn a_bundle_by_itself_tells_what_has_expired() {
    let bundle = Scenario::new().file("pool.pem", &["mtls-scenarios/ec-05c-expired-root/pool.pem".to_owned()]);
    expect(bundle, "expired-on-path", &[(Severity::Warning, &["Node CA"])]);
}

#[test]
fn leaf_in_bundle() {
    let code = "leaf-in-bundle";
    let bundle = &["ctrl1", "signer1", "edge-root"];
    let found = expect(distinct(bundle, Presents::Helm, &[1]), code, &[(Severity::Error, &["ziti-controller1"])]);
    assert!(found[0].detail.ends_with("client1, client2 and client3 are rejected that the correct pool accepts."));
    expect(distinct(bundle, Presents::Helm, &[2]), code, &[(Severity::Info, &["ziti-controller1"])]);
    let found = expect(Scenario::mtls("ec-06-root-not-ca"), code, &[(Severity::Error, &["Node CA", "node-1"])]);
    assert_eq!(found[0].title, "Node CA signs like a CA and does not say that it is one");
    expect(distinct(&["signer1", "edge-root"], Presents::Helm, &[1]), code, &[]);
}

#[test]
fn not_a_root_strictly() {
    let code = "not-a-root-strictly";
    let found = expect(Scenario::mtls("ec-06e-root-no-keycertsign"), code, &[(Severity::Error, &["Node CA"])]);
    assert!(found[0].detail.contains("Its keyUsage lacks keyCertSign"), "{}", found[0].detail);
    let beside_the_path = distinct(&["signer1", "edge-root"], Presents::Helm, &[1])
        .file("more.pem", &["mtls-scenarios/ec-06e-root-no-keycertsign/pool.pem".to_owned()])
        .chosen(&[Role::Bundle]);
    let found = expect(beside_the_path, code, &[(Severity::Info, &["Node CA"])]);
    assert_eq!(found[0].title, "1 self-signed CA of the bundle is no root for OpenZiti");
    expect(Scenario::mtls("ec-00-ok"), code, &[]);
}

#[test]
fn roots_that_openziti_refuses_share_a_finding() {
    let code = "not-a-root-strictly";
    let signed = |name: &str| format!("signatures/{name}.pem");
    let refused = ["rsa-2048-sha1", "ecdsa-p256-sha1", "pss-2048-sha1"].map(signed);
    let bundle = || Scenario::new().file("ca.pem", &refused).chosen(&[Role::Bundle]);
    let aside: &[&str] = &["rsa-2048-sha1", "ecdsa-p256-sha1", "pss-2048-sha1"];
    let found = expect(bundle(), code, &[(Severity::Info, aside)]);
    assert_eq!(found[0].title, "3 self-signed CAs of the bundle are no roots for OpenZiti");
    let presented = bundle()
        .file("one", &[signed("rsa-2048-sha1")])
        .chosen(&[Role::Peer])
        .file("other", &[signed("ecdsa-p256-sha1")])
        .chosen(&[Role::Client]);
    let (needed, aside): (&[&str], &[&str]) = (&["rsa-2048-sha1", "ecdsa-p256-sha1"], &["pss-2048-sha1"]);
    let found = expect(presented, code, &[(Severity::Error, needed), (Severity::Info, aside)]);
    assert_eq!(
        found[0].title,
        "rsa-2048-sha1 and ecdsa-p256-sha1 are self-signed, and OpenZiti does not take them for roots"
    );
    assert!(
        found[0].detail.contains("For example rsa-2048-sha1: Go refuses its self-signature"),
        "{}",
        found[0].detail
    );
}

#[test]
fn private_key() {
    let key = "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0IGJ5dGVz\n-----END EC PRIVATE KEY-----\n";
    let chain = recorded::text("mtls-scenarios/ec-00-ok/chain.pem");
    let scenario = || {
        let pool = vec!["mtls-scenarios/ec-00-ok/pool.pem".to_owned()];
        Scenario::new().file("pool.pem", &pool).bytes("node.pem", format!("{key}{chain}"))
    };
    let found = expect(scenario(), "private-key", &[(Severity::Info, &["node-1"])]);
    assert_eq!(found[0].title, "node.pem holds a private key");
    assert!(found[0].detail.starts_with("Line 1 (EC PRIVATE KEY)."), "{}", found[0].detail);
    assert!(!format!("{:?}", scenario().findings()).contains("c2VjcmV0"), "the key's bytes are nowhere");
    expect(Scenario::mtls("ec-00-ok"), "private-key", &[]);
}

#[test]
fn unreadable_block() {
    let pool = recorded::text("mtls-scenarios/ec-00-ok/pool.pem");
    let damaged = "-----BEGIN CERTIFICATE-----\nTm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
    let scenario = Scenario::new()
        .bytes("pool.pem", format!("{damaged}{pool}"))
        .file("chain.pem", &["mtls-scenarios/ec-00-ok/chain.pem".to_owned()]);
    let found = expect(scenario, "unreadable-block", &[(Severity::Warning, &["Node CA"])]);
    assert_eq!(found[0].title, "1 block of pool.pem could not be read");
    assert!(found[0].detail.starts_with("Line 1: "), "{}", found[0].detail);
    expect(Scenario::mtls("ec-00-ok"), "unreadable-block", &[]);
}

/// The verdicts stay as they are: the programs do not look at lists by themselves.
#[test]
fn revoked() {
    let scenario = |list: &str| {
        let files = ["ca.pem", "shop.pem", "mail.pem", list].map(|file| (file, format!("revocation/{file}")));
        files.into_iter().fold(Scenario::new(), |scenario, (name, path)| scenario.file(name, &[path]))
    };
    let found = expect(scenario("shop.crl"), "revoked", &[(Severity::Error, &["shop.example"])]);
    assert_eq!(found[0].title, "shop.example is revoked");
    let said = "Its issuer's list of 2026-06-01 (shop.crl, line 1) names it, since 2026-05-01. The key of Revoking Root signed the list.";
    assert!(found[0].detail.starts_with(said), "{}", found[0].detail);
    for list in ["forged.crl", "other-issuer.crl", "indirect.crl", "delta.crl"] {
        expect(scenario(list), "revoked", &[]);
    }
    let without_issuer = ["shop.pem", "shop.crl"].map(|file| (file, format!("revocation/{file}")));
    let without_issuer =
        without_issuer.into_iter().fold(Scenario::new(), |scenario, (name, path)| scenario.file(name, &[path]));
    let found = expect(without_issuer, "revoked", &[(Severity::Error, &["shop.example"])]);
    assert!(found[0].detail.contains("Its signature was not checked."), "{}", found[0].detail);
    let before = scenario("shop.crl").at("2026-04-30T00:00:00Z");
    expect(before, "revoked", &[]);
}

#[test]
fn the_headline_says_what_happens_and_to_whom() {
    let bundle = &["signer1", "edge-root"];
    for (scenario, severity, sentence) in [
        (
            distinct(bundle, Presents::Helm, &[1, 2, 3]),
            Severity::Error,
            "The naive rule trusts ziti-controller1-edge-signer, which is not a root; 2 of 3 clients are rejected that \
             the correct pool accepts.",
        ),
        (
            distinct(bundle, Presents::Helm, &[1, 2, 3]).sampled("ctrl2"),
            Severity::Error,
            "An OpenZiti router up to 2.0.3 ends up with no root when it asks ctrl2 first; all 3 clients are rejected that the \
             correct pool accepts.",
        ),
        (
            distinct(bundle, Presents::ZitiPki, &[1]),
            Severity::Warning,
            "The naive rule also trusts ziti-controller1-edge-signer, which is not a root; that locks nobody out \
             today.",
        ),
        (
            distinct(bundle, Presents::ZitiPki, &[2]),
            Severity::Info,
            "Both rules trust ziti-controller1-edge-root; all 3 clients are accepted.",
        ),
        (
            distinct(&["ctrl1", "signer1", "edge-root"], Presents::Helm, &[1]),
            Severity::Error,
            "The naive rule trusts ziti-controller1, which is not even a CA; all 3 clients are rejected that the \
             correct pool accepts.",
        ),
        (
            distinct(&["signer1"], Presents::Helm, &[1]),
            Severity::Error,
            "The bundle holds no root, so ziti-controller1-edge-signer is pinned; 1 of 3 clients is accepted.",
        ),
        (
            Scenario::mtls("ec-04c-pool-only-intermediate"),
            Severity::Warning,
            "The bundle holds no root, so Node Issuing CA is pinned; the client is accepted.",
        ),
        (
            Scenario::mtls("ec-05c-expired-root"),
            Severity::Error,
            "No root is found: Node CA expired on 2026-11-19; the client is rejected.",
        ),
        (
            Scenario::mtls("ec-02-same-dn-other-key-with-keyids"),
            Severity::Error,
            "No root is found: node-1 names Node CA as its issuer, but the Node CA in pool.pem has another key; \
             the client is rejected.",
        ),
        (
            Scenario::mtls("ec-11-untrusted-root-in-chain"),
            Severity::Error,
            "The naive rule trusts Node CA, a root that only the peer presented, and the correct pool is empty: \
             chain.pem leads to Node CA, which the bundle does not hold; the client is accepted that the correct pool \
             rejects.",
        ),
    ] {
        let headline = scenario.headline();
        assert_eq!((headline.severity, headline.sentence.as_str()), (severity, sentence), "{}", headline.detail);
    }
}

#[test]
fn the_headline_goes_on_with_reasons_names_and_other_peers() {
    let bundle = &["signer1", "edge-root"];
    assert_eq!(
        distinct(bundle, Presents::Helm, &[1, 2, 3]).headline().detail,
        "The bundle lists ziti-controller1-edge-signer, and the naive rule uses the whole bundle as roots, so the path \
         of ctrl1 ends there. The correct pool is ziti-controller1-edge-root. Rejected: client2 and client3. If \
         the router asks ctrl2 or ctrl3 first, it ends up with no root and rejects every client."
    );
    assert_eq!(
        distinct(bundle, Presents::ZitiPki, &[2, 1]).sampled("ctrl2").headline().detail,
        "If the router asks ctrl1 first, it trusts ziti-controller1-edge-signer and ziti-controller1-edge-root and \
         accepts every client. With a router up to v2.0.0-pre12, which looks at the leaf alone, client1, client2 and \
         client3 are rejected."
    );
}

#[test]
fn the_headline_tells_what_is_missing() {
    let key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";
    let part = |name: &str| vec![format!("openziti-ha/distinct/{name}.crt")];
    let pool = || part("edge-root");
    for (scenario, severity, sentence) in [
        (Scenario::new(), Severity::Info, "Nothing to look at yet."),
        (Scenario::new().bytes("tls.key", key), Severity::Warning, "Only a private key was found, no certificate."),
        (
            Scenario::new().bytes("a.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
            Severity::Error,
            "Nothing in a.pem could be read as a certificate.",
        ),
        (
            Scenario::new().file("ctrl1", &part("ctrl1")).file("client1", &part("client1")),
            Severity::Info,
            "No bundle among these files: add the CA file that the verifier trusts.",
        ),
        (
            Scenario::new().file("ca.pem", &pool()),
            Severity::Info,
            "Only a bundle so far (1 root): add the chain that the server presents to see which of \
             them it trusts.",
        ),
        (
            Scenario::new()
                .file("ca.pem", &pool())
                .file("ctrl1", &[part("ctrl1"), part("signer1")].concat())
                .chosen(&[Role::Peer]),
            Severity::Warning,
            "An OpenZiti router up to 2.0.3 ends up with no root; add clients' chains to see whom that costs.",
        ),
        (
            Scenario::new()
                .file("ca.pem", &pool())
                .file("client1", &[part("client1"), part("signer1")].concat())
                .file("client2", &part("client2")),
            Severity::Error,
            "A Go server with this bundle rejects client2 (1 of 2).",
        ),
    ] {
        let headline = scenario.headline();
        assert_eq!((headline.severity, headline.sentence.as_str()), (severity, sentence), "{}", headline.detail);
    }
}
