//! What the files say to error lines: over the 49 scenarios with the words of eight programs, over the incidents, and
//! over lines that mask one another.

use std::fmt::Write as _;

use rootlens::acceptance;
use rootlens::answer::{CauseCode, Situation, answer};
use rootlens::choices::Choices;
use rootlens::error_explanation::{Addition, ExplainedLine, Finding, Judgement, Stage, explain, implication, sequence};
use rootlens::error_text::Fault::{
    self, AnchorNotSelfSigned, AuthoritySerialMismatch, CaAsEndEntity, EndEntityTrusted, Expired, ExpiredDuplicate,
    ExtendedKeyUsage, IssuerAbsent, KeyIdMismatch, KeyIdsAbsent, KeyUsage, LeafNamedAsIssuer, LeafNotFirst,
    MissingIntermediate, NameConstraints, NameEncoding, NotACa, NotYetValid, PathLength, SameNameOtherKey, SelfSigned,
    UnloadableFile, UntrustedRoot,
};
use rootlens::error_text::{Side, recognize};
use rootlens::graph::Graph;
use rootlens::inventory::{Input, Inventory};
use rootlens::role;
use rootlens::time::Timestamp;
use rootlens::trust_store::TrustStore;
use rootlens::verifier::{CauseKind, Engine, Outcome, Program, Purpose, Readings, preset};

use crate::case::Case;
use crate::recorded;
use crate::scenario::{AT, OPENZITI};

/// What the files say to their own error lines.
fn explained(inputs: &[Input], at: &str) -> Vec<ExplainedLine> {
    explained_with(inputs, &Choices::at(Timestamp::parse(at).expect("an instant")))
}

fn explained_with(inputs: &[Input], choices: &Choices) -> Vec<ExplainedLine> {
    let inventory = Inventory::from_inputs(inputs);
    let graph = Graph::build(inventory.certificates.clone());
    let roles = role::assign(&inventory, &graph, choices.of_roles());
    let store = TrustStore::choose(&inventory, &roles, choices);
    let readings = Readings::of(&graph);
    let acceptance = acceptance::ask(&readings, &store.certificates, &roles, choices);
    let (inventory, graph, readings) = (&inventory, &graph, &readings);
    let situation = Situation { inventory, graph, readings, store: &store, acceptance: &acceptance, choices };
    explain(&situation, &answer(&situation))
}

fn input(name: &str, bytes: impl Into<Vec<u8>>) -> Input {
    Input { name: name.to_owned(), bytes: bytes.into(), ..Input::default() }
}

/// Files of a folder under `tests/data`, with an error text beside them.
fn with_text(folder: &str, files: &[&str], text: &str) -> Vec<Input> {
    let read = |file: &&str| input(file, std::fs::read(recorded::path(&format!("{folder}/{file}"))).expect("a file"));
    files.iter().map(read).chain([input("error.txt", text)]).collect()
}

fn confirmed(lines: &[ExplainedLine]) -> Vec<Fault> {
    let faults = lines.iter().flat_map(|line| &line.faults);
    faults.filter(|it| it.judgement == Judgement::Confirmed).map(|it| it.fault).collect()
}

/// What is wrong in each scenario, as a reviewer reads it off the scenario's name and files. Where a program accepts,
/// it has no words. Of an issuer that nobody has, nothing tells whether it is a root or an intermediate.
const SCENARIOS: &[(&str, Fault)] = &[
    ("ec-01-unknown-issuer-dn", IssuerAbsent),
    ("ec-02-same-dn-other-key-with-keyids", SameNameOtherKey),
    ("ec-03-same-dn-other-key-no-keyids", SameNameOtherKey),
    ("ec-03c-aki-matches-but-sig-bad", SameNameOtherKey),
    ("ec-04-missing-intermediate", IssuerAbsent),
    ("ec-04c-pool-only-intermediate", AnchorNotSelfSigned),
    ("ec-04d-pool-only-intermediate-chain-sent", AnchorNotSelfSigned),
    ("ec-05-expired-leaf", Expired),
    ("ec-05b-not-yet-valid", NotYetValid),
    ("ec-05c-expired-root", Expired),
    ("ec-05d-expired-intermediate", Expired),
    ("ec-06-root-not-ca", NotACa),
    ("ec-06b-root-no-basicconstraints", NotACa),
    ("ec-06c-intermediate-not-ca", NotACa),
    ("ec-06d-intermediate-no-keycertsign", KeyUsage),
    ("ec-06e-root-no-keycertsign", KeyUsage),
    ("ec-07-eku-serverauth-only", ExtendedKeyUsage),
    ("ec-07b-intermediate-eku-serverauth", ExtendedKeyUsage),
    ("ec-08-pathlen-exceeded", PathLength),
    ("ec-09b-leaf-dn-equals-ca-dn-no-keyids", LeafNamedAsIssuer),
    ("ec-10-selfsigned-leaf-not-in-pool", SelfSigned),
    ("ec-10b-selfsigned-leaf-in-pool", EndEntityTrusted),
    ("ec-10c-selfsigned-ca-leaf-in-pool", CaAsEndEntity),
    ("ec-11-untrusted-root-in-chain", UntrustedRoot),
    ("ec-12-nameconstraints-intermediate", NameConstraints),
    ("ec-14-pool-is-server-cert", IssuerAbsent),
    ("ec-15-pool-contains-leaf-itself", EndEntityTrusted),
    ("ec-17-issuer-dn-string-type-differs", NameEncoding),
    ("ec-17b-issuer-dn-case-differs", NameEncoding),
    ("ec-18-stale-leaf-after-rotation-new-dn", IssuerAbsent),
    ("rsa-01-unknown-issuer-dn", IssuerAbsent),
    ("rsa-02-same-dn-other-key-with-keyids", SameNameOtherKey),
    ("rsa-03-same-dn-other-key-no-keyids", SameNameOtherKey),
    ("x-21-expired-old-intermediate-same-key-in-pool-new-sent", ExpiredDuplicate),
    ("x-22-aki-issuer-serial-pins-old-ca-pool-has-renewed", AuthoritySerialMismatch),
    ("x-23-renewed-ca-same-key-different-ski", KeyIdMismatch),
    ("x-24-chain-file-ca-first", LeafNotFirst),
];

/// Words that are not explained, and why; a row that no longer applies fails.
const NOT_EXPLAINED: &[(&str, &str, &str)] = &[
    (
        "ec-10b-selfsigned-leaf-in-pool",
        "GnuTLS 3.7.9 certtool --verify",
        "certtool refuses a leaf that is itself trusted; the engine asks without that flag",
    ),
    (
        "ec-15-pool-contains-leaf-itself",
        "GnuTLS 3.7.9 certtool --verify",
        "certtool refuses a leaf that is itself trusted; the engine asks without that flag",
    ),
    (
        "ec-07-eku-serverauth-only",
        "Go 1.27 client sees",
        "the certificate is a server's, and nothing in the words says that it was a client's; the alert is sent for many reasons",
    ),
];

/// The words of every program for every scenario in which it refuses: scenario, program, words.
fn recorded_words() -> Vec<(String, String, String)> {
    let table = recorded::text("mtls-scenarios/verdicts.tsv");
    let mut rows = table.lines().map(|line| line.split('\t').map(str::trim).collect::<Vec<_>>());
    let headings = rows.next().expect("a heading");
    let mut words = Vec::new();
    for row in rows {
        for (heading, cell) in headings.iter().zip(&row).skip(1) {
            let accepts = ["OK", "OK;", "(none)", "-", "Verified. The certificate is trusted.", "flags=0x0"];
            if !accepts.contains(cell) {
                // The table has the value alone.
                let front = if heading.starts_with("Node") { "authorizationError: " } else { "" };
                words.push((row[0].to_owned(), (*heading).to_owned(), format!("{front}{cell}")));
            }
        }
    }
    words
}

#[test]
fn the_words_of_every_program_confirm_what_is_wrong_in_every_scenario() {
    let (mut right, mut wrong, mut all) = (0, String::new(), 0);
    for (scenario, program, words) in recorded_words() {
        let folder = format!("mtls-scenarios/{scenario}");
        let lines = explained(&with_text(&folder, &["pool.pem", "chain.pem"], &words), AT);
        let expected = SCENARIOS.iter().find(|(name, _)| *name == scenario).map(|(_, fault)| *fault);
        let expected = expected.unwrap_or_else(|| panic!("{scenario} has no row"));
        let found = confirmed(&lines);
        let is_listed = NOT_EXPLAINED.iter().any(|row| row.0 == scenario && row.1 == program && !row.2.is_empty());
        let is_right = found.first() == Some(&expected) && found.iter().all(|fault| *fault == expected);
        all += 1;
        right += usize::from(is_right);
        let as_listed = if is_listed { found.is_empty() } else { is_right };
        if !as_listed {
            writeln!(wrong, "{scenario}, {program}: {words}: {found:?}, not {expected:?}; {}", sentences(&lines))
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{right} of {all}\n{wrong}");
    assert!(all > 200 && right * 100 >= all * 95, "{right} of {all}");
}

fn sentences(lines: &[ExplainedLine]) -> String {
    lines.iter().map(|line| format!("[{}] {line}", line.line.words)).collect::<Vec<_>>().join(" | ")
}

/// Files in which all is fine explain no error, whatever it says. Words about a purpose say that the certificate,
/// which is a client's, was used as a server's.
#[test]
fn healthy_files_confirm_nothing() {
    let mut purposes = 0;
    for scenario in ["ec-00-ok", "rsa-00-ok", "ec-04b-ok-with-intermediate", "ec-03d-renewed-ca-same-key"] {
        for (_, program, words) in recorded_words() {
            let folder = format!("mtls-scenarios/{scenario}");
            let lines = explained(&with_text(&folder, &["pool.pem", "chain.pem"], &words), AT);
            for line in &lines {
                let found = confirmed(std::slice::from_ref(line));
                match &line.finding {
                    Finding::Said(said) => {
                        assert_eq!(
                            (said.purpose, found.as_slice()),
                            (Purpose::Server, &[ExtendedKeyUsage][..]),
                            "{words}"
                        );
                        assert!(said.sentence.contains("not made for a server"), "{}", said.sentence);
                        purposes += 1;
                    }
                    _ => assert_eq!(found, [], "{scenario}, {program}: {words}: {line}"),
                }
            }
        }
    }
    assert!(purposes > 0);
}

#[test]
fn the_incidents_explain_their_own_error_lines() {
    for (folder, files, expected) in [
        ("10-syncloud-775-no-aki", &["syncloud.ca.crt", "syncloud.crt", "error.txt"][..], KeyIdsAbsent),
        ("08-etcd-16802-intermediate-eku", &["etcd-ca.crt", "client.crt", "log.txt"], ExtendedKeyUsage),
        ("15-cert-manager-3495-cabundle", &["validatingwebhook.yaml", "secret.yaml", "log.txt"], SameNameOtherKey),
        ("25-krane-686-one-line-pem", &["secret.yaml", "error.txt"], UnloadableFile),
        ("36-nginx-1409-verify-depth", &["ca-certificates.crt", "s_client.txt", "error.log"], Fault::ChainTooLong),
        ("02-certstrap-78-pathlen0", &["ca.crt", "s_client.txt"], PathLength),
        ("20-go-28276-missing-intermediate", &["roots.pem", "s_client.txt"], IssuerAbsent),
        ("22-distribution-954-registry-selfsigned", &["certs.d-ca.crt", "s_client.txt"], SameNameOtherKey),
        ("31-win-acme-177-wrong-intermediate", &["root.pem", "s_client.txt"], IssuerAbsent),
    ] {
        let read = |file: &&str| {
            input(file, std::fs::read(recorded::path(&format!("incidents/{folder}/{file}"))).expect(file))
        };
        let inputs: Vec<Input> = files.iter().map(read).collect();
        let lines = explained(&inputs, crate::incident::AT);
        assert!(!lines.is_empty(), "{folder}");
        let found = confirmed(&lines);
        assert!(found.first() == Some(&expected), "{folder}: {found:?}: {}", sentences(&lines));
    }
}

#[test]
fn an_intermediate_that_is_at_hand_is_named_as_missing() {
    let words = "x509: certificate signed by unknown authority";
    let folder = "mtls-scenarios/ec-04-missing-intermediate";
    let lines = explained(&with_text(folder, &["pool.pem", "chain.pem"], words), AT);
    let sentence =
        "Go 1.27 does not accept node-1: Node Issuing CA, which issued it, was neither sent nor is it trusted.";
    assert!(lines[0].to_string().ends_with(sentence), "{}", lines[0]);
    let judged = lines[0].faults.iter().find(|it| it.fault == MissingIntermediate).expect("it is allowed");
    assert_eq!(judged.judgement, Judgement::Undecidable(Addition::Issuer));
    let other_key = lines[0].faults.iter().find(|it| it.fault == UntrustedRoot).expect("it is allowed");
    assert_eq!(other_key.judgement, Judgement::Refuted);

    let folder = "mtls-scenarios/ec-04b-ok-with-intermediate";
    let lines = explained(&with_text(folder, &["pool.pem", "leaf.pem", "inter.pem"], words), AT);
    assert_eq!(confirmed(&lines).first(), Some(&MissingIntermediate), "{}", sentences(&lines));
}

/// The instant and the host in the words count, not those of the question.
#[test]
fn the_words_say_when_and_for_whom() {
    let folder = "mtls-scenarios/ec-05-expired-leaf";
    let words = "x509: certificate has expired or is not yet valid: current time 2026-11-21T18:11:57Z is after 2026-11-19T17:51:36Z";
    for at in [AT, "2026-11-18T00:00:00Z"] {
        let lines = explained(&with_text(folder, &["pool.pem", "chain.pem"], words), at);
        assert_eq!(confirmed(&lines), [Expired], "{at}: {}", sentences(&lines));
    }
    let other = words.replace("2026-11-19", "2026-10-19");
    assert_eq!(
        confirmed(&explained(&with_text(folder, &["pool.pem", "chain.pem"], &other), AT)),
        [],
        "no such notAfter"
    );

    let words = "x509: certificate is valid for node-1.example.internal, not shop.example";
    let lines = explained(&with_text("mtls-scenarios/ec-00-ok", &["pool.pem", "chain.pem"], words), AT);
    assert_eq!(confirmed(&lines), [Fault::HostName], "{}", sentences(&lines));
}

#[test]
fn what_is_missing_is_asked_for() {
    let words = "x509: certificate signed by unknown authority";
    let alone = explained(&[input("log.txt", words)], AT);
    assert_eq!(alone[0].finding, Finding::Open(Addition::Chain));
    let folder = "mtls-scenarios/ec-02-same-dn-other-key-with-keyids";
    let chain = explained(&with_text(folder, &["chain.pem"], words), AT);
    assert_eq!(chain[0].finding, Finding::Open(Addition::TrustStore));
    assert_eq!(confirmed(&chain), []);

    let fine = explained(&with_text("mtls-scenarios/ec-00-ok", &["pool.pem", "chain.pem"], words), AT);
    let Finding::NotSaid { instead: None, .. } = &fine[0].finding else { panic!("{}", fine[0]) };
    assert!(fine[0].to_string().contains("uses other files"), "{}", fine[0]);

    let key =
        explained(&with_text(folder, &["pool.pem", "chain.pem"], "tls: private key does not match public key"), AT);
    assert_eq!(key[0].finding, Finding::Open(Addition::PublicKey));
}

/// A client that finds none of its issuers among the names that the server lists sends nothing.
#[test]
fn a_certificate_is_withheld_where_no_name_fits() {
    let words = "tls: client didn't provide a certificate";
    for (scenario, is_withheld) in
        [("ec-01-unknown-issuer-dn", true), ("ec-02-same-dn-other-key-with-keyids", false), ("ec-00-ok", false)]
    {
        let lines = explained(&with_text(&format!("mtls-scenarios/{scenario}"), &["pool.pem", "chain.pem"], words), AT);
        assert_eq!(confirmed(&lines) == [Fault::CertificateWithheld], is_withheld, "{scenario}: {}", sentences(&lines));
    }
}

/// The router's words are about its pools, which refuse clients whose certificates are right.
#[test]
fn the_words_of_a_router_are_explained_by_its_pools() {
    let words = "validateApiSession: invalid client certificate for api session";
    let folder = "openziti-ha/distinct";
    let lines = explained(&with_text(folder, OPENZITI, words), AT);
    assert_eq!(
        (confirmed(&lines), &lines[0].finding),
        (vec![Fault::NaivePool], &Finding::Shown),
        "{}",
        sentences(&lines)
    );
    let alone = explained(&[input("router.log", words)], AT);
    assert_eq!(alone[0].finding, Finding::Open(Addition::RouterFiles));
}

/// A loader's words are confirmed by a file that needs mending, and not by the log that holds them.
#[test]
fn a_file_that_cannot_be_loaded_has_to_be_damaged() {
    let words = "Error getting keypair for CA issuer: error decoding cert PEM block";
    for (folder, files, is_damaged) in [
        ("incidents/25-krane-686-one-line-pem", &["secret.yaml"][..], true),
        ("incidents/12-simp_le-149-glued", &["dovecot-fullchain.pem"], true),
        ("incidents/FA5-certmanager-secret", &["secret.yaml"], false),
        ("incidents/FA1-healthy", &["fullchain.pem"], false),
    ] {
        let lines = explained(&with_text(folder, files, words), crate::incident::AT);
        let finding = if is_damaged { Finding::Shown } else { Finding::Open(Addition::DeployedFile) };
        assert_eq!(lines[0].finding, finding, "{folder}: {}", sentences(&lines));
    }
}

/// Programs whose verifier is not among the engines: the answer of all verifiers tells.
#[test]
fn words_of_other_verifiers_are_held_against_the_answer() {
    for (scenario, words, expected) in [
        ("ec-01-unknown-issuer-dn", "errors in the certificate chain: PartialChain", Some(IssuerAbsent)),
        ("ec-02-same-dn-other-key-with-keyids", "schannel: CERT_E_CHAINING (0x800b010a)", Some(SameNameOtherKey)),
        ("ec-11-untrusted-root-in-chain", "net::ERR_CERT_AUTHORITY_INVALID", Some(UntrustedRoot)),
        ("ec-05-expired-leaf", "NET::ERR_CERT_DATE_INVALID", Some(Expired)),
        ("ec-05-expired-leaf", "net::ERR_CERT_AUTHORITY_INVALID", None),
        ("ec-00-ok", "errors in the certificate chain: UntrustedRoot", None),
    ] {
        let lines = explained(&with_text(&format!("mtls-scenarios/{scenario}"), &["pool.pem", "chain.pem"], words), AT);
        assert_eq!(confirmed(&lines).first().copied(), expected, "{scenario}, {words}: {}", sentences(&lines));
        let finding = if expected.is_some() { &Finding::Shown } else { &Finding::NotShown };
        assert_eq!(&lines[0].finding, finding, "{}", lines[0]);
    }
}

/// Whose certificate is meant, by who speaks: a server judges the client's, and alerts that it receives are about its
/// own.
#[test]
fn a_server_s_log_tells_whose_certificate_is_meant() {
    for (words, side, stage) in [
        (
            "http: TLS handshake error from 10.0.0.1:4711: tls: failed to verify certificate: x509: certificate signed by unknown authority",
            Side::Client,
            Stage::ClientCertificate,
        ),
        (
            "http: TLS handshake error from 10.0.0.1:4711: remote error: tls: bad certificate",
            Side::Server,
            Stage::ServerCertificate,
        ),
        (
            "client SSL certificate verify error: (20:unable to get local issuer certificate)",
            Side::Client,
            Stage::ClientCertificate,
        ),
        (
            "upstream SSL certificate verify error: (20:unable to get local issuer certificate)",
            Side::Server,
            Stage::ServerCertificate,
        ),
        ("remote error: tls: certificate required", Side::Client, Stage::ClientCertificate),
    ] {
        let lines = explained(&[input("log.txt", words)], AT);
        assert_eq!((lines[0].line.side, lines[0].stage), (Some(side), stage), "{words}");
    }
}

/// What the words prove without any file.
#[test]
fn words_have_implications_of_their_own() {
    let of = |text: &str| recognize(text).first().and_then(implication);
    assert!(
        of("remote error: tls: unknown certificate authority").expect("one").contains("the key is likely another one")
    );
    assert!(of("tls: client didn't provide a certificate").expect("one").contains("sent no certificate"));
    assert!(of("tlsv1 alert decrypt error").expect("one").contains("no fault of the encryption"));
    assert_eq!(of("x509: certificate signed by unknown authority"), None);
    assert_eq!(of("HTTP/1.1 404 Not Found"), None);
}

/// One incident: each fault hid the next one.
#[test]
fn each_stage_hides_the_next_one() {
    let log = "08:00 node-agent: POST https://gateway.example/nodes: unexpected status code: 404\n\
               08:10 node-agent: Post \"https://api.gpu.example/v1/nodes\": EOF\n\
               08:20 node-agent: Post \"https://api.gpu.example/v1/nodes\": remote error: tls: unknown certificate authority\n\
               08:30 api: 401 Unauthorized: invalid node identity\n\
               08:40 api: msg=request mtls_present=false\n";
    let folder = "mtls-scenarios/ec-02-same-dn-other-key-with-keyids";
    let lines = explained(&with_text(folder, &["pool.pem", "chain.pem"], log), AT);
    let stages: Vec<Stage> = sequence(&lines).steps.iter().map(|step| step.stage).collect();
    let wanted = [Stage::Routing, Stage::Connection, Stage::ClientCertificate, Stage::Identity, Stage::Forwarding];
    assert_eq!(stages, wanted, "{}", sentences(&lines));
    let sequence = sequence(&lines);
    assert_eq!(sequence.steps[0].behind, Some(Stage::Connection));
    assert_eq!(sequence.next, Some(Stage::Parsing));
    assert!(matches!(lines[0].finding, Finding::Elsewhere(_)) && matches!(lines[1].finding, Finding::Elsewhere(_)));
    assert_eq!(confirmed(&lines[2..3]), [SameNameOtherKey], "{}", lines[2]);
    for stage in Stage::ALL {
        assert!(stage.shows().ends_with('.') && stage.hides().ends_with('.'));
    }
    assert_eq!(Stage::Identity.next(), None);
}

/// A fault that the answer knows as a cause bears the same code.
#[test]
fn faults_and_causes_share_their_codes() {
    for (fault, cause) in [
        (MissingIntermediate, CauseCode::MissingIntermediate),
        (SameNameOtherKey, CauseCode::SameNameOtherKey),
        (UntrustedRoot, CauseCode::UntrustedRoot),
        (SelfSigned, CauseCode::SelfSigned),
        (AnchorNotSelfSigned, CauseCode::AnchorNotSelfSigned),
        (NotACa, CauseCode::NotACa),
        (CaAsEndEntity, CauseCode::CaAsEndEntity),
        (KeyUsage, CauseCode::KeyUsage),
        (ExtendedKeyUsage, CauseCode::ExtendedKeyUsage),
        (Expired, CauseCode::Expired),
        (NotYetValid, CauseCode::NotYetValid),
        (ExpiredDuplicate, CauseCode::ExpiredDuplicate),
        (PathLength, CauseCode::PathLength),
        (Fault::ChainTooLong, CauseCode::ChainTooLong),
        (NameConstraints, CauseCode::NameConstraints),
        (NameEncoding, CauseCode::NameEncoding),
        (KeyIdMismatch, CauseCode::KeyIdMismatch),
        (AuthoritySerialMismatch, CauseCode::AuthoritySerialMismatch),
        (KeyIdsAbsent, CauseCode::KeyIdsAbsent),
        (EndEntityTrusted, CauseCode::EndEntityTrusted),
        (LeafNotFirst, CauseCode::LeafNotFirst),
        (Fault::WrongOrder, CauseCode::WrongOrder),
        (Fault::HostName, CauseCode::HostName),
        (Fault::BadSignature, CauseCode::BadSignature),
        (Fault::WeakSignature, CauseCode::WeakSignature),
        (Fault::WeakKey, CauseCode::WeakKey),
        (Fault::UnsupportedAlgorithm, CauseCode::UnsupportedAlgorithm),
        (Fault::CriticalExtension, CauseCode::CriticalExtension),
        (Fault::BasicConstraintsNotCritical, CauseCode::BasicConstraintsNotCritical),
        (Fault::Unparsable, CauseCode::UnparsableCertificate),
        (Fault::AmbiguousStore, CauseCode::AmbiguousStore),
        (Fault::AmbiguousChain, CauseCode::AmbiguousChain),
    ] {
        assert_eq!(fault.code(), cause.code());
    }
}

/// Programs whose words are put into a log, with what stands in front of them there.
const PROGRAMS: &[(Program, &str)] = &[
    (Program::Engine(Engine::GO), "tls: failed to verify certificate: "),
    (Program::Engine(Engine::GO_1_19), "tls: failed to verify certificate: "),
    (Program::Engine(Engine::OPENSSL), ""),
    (Program::Engine(Engine::OPENSSL_PARTIAL_STRICT), ""),
    (Program::Engine(Engine::WEBPKI), "invalid peer certificate: "),
    (Program::Engine(Engine::GNUTLS), "Status: "),
    (Program::Engine(Engine::MBEDTLS), "flags=0x8 "),
    (Program::Engine(Engine::NSS), "Error code: "),
    (Program::Engine(Engine::JAVA_TRUST_MANAGER), "javax.net.ssl.SSLHandshakeException: "),
    (Program::Product(&preset::NGINX), "2026/12/01 08:00:00 [info] 31#31: *7 "),
    (Program::Product(&preset::CURL), "curl: (60) "),
    (Program::Product(&preset::PYTHON_3_13), "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] "),
    (Program::Product(&preset::NODE), "Error: "),
    (Program::Product(&preset::HAPROXY), "10.0.0.1:4711 [01/Dec/2026:08:00:00.000] https/1: "),
    (Program::Product(&preset::APACHE), "AH02039: "),
    (Program::Product(&preset::STUNNEL), "LOG4[0]: "),
];

/// What the words of a program are about, where its own cause has one name, and what they may be told as.
const ABOUT: &[(CauseKind, &[Fault])] = &[
    (CauseKind::Expired, &[Expired, ExpiredDuplicate]),
    (CauseKind::NotYetValid, &[NotYetValid]),
    (CauseKind::HostName, &[Fault::HostName]),
    (CauseKind::NameConstraints, &[NameConstraints]),
    (CauseKind::PathLength, &[PathLength]),
    (CauseKind::ExtendedKeyUsage, &[ExtendedKeyUsage]),
    // A CA as the end entity lacks the bit as well, and is the plainer word for it.
    (CauseKind::KeyUsage, &[KeyUsage, CaAsEndEntity]),
    (CauseKind::WeakKey, &[Fault::WeakKey]),
    (CauseKind::WeakAlgorithm, &[Fault::WeakSignature, Fault::UnsupportedAlgorithm]),
    (CauseKind::NotCa, &[NotACa, KeyUsage, CaAsEndEntity]),
];

/// Probes and random PKIs: whatever a program says of a chain is recognised in a log, explained by that chain, and
/// confirmed as what the program's own cause is. Where it only says that it refuses, any fault may be behind it.
#[test]
fn what_programs_say_of_probes_and_random_chains_is_explained_by_them() {
    let file = |name: &str| crate::answer::of_conformance(&recorded::text(&format!("conformance/{name}")));
    let cases = file("probes.json").into_iter().step_by(3).chain(file("corpus.json").into_iter().step_by(60));
    let (mut explained, mut wrong) = (0, String::new());
    for case in cases {
        for (program, front) in PROGRAMS {
            let Some((words, kind, inputs, choices)) = in_a_log(&case, *program, front) else { continue };
            let lines = explained_with(&inputs, &choices);
            let said = lines.iter().find(|line| matches!(line.finding, Finding::Said(_)));
            let about = ABOUT.iter().find(|(about, _)| *about == kind).map(|(_, faults)| *faults);
            let is_right = said.is_some_and(|line| {
                let found = confirmed(std::slice::from_ref(line));
                let is_allowed = about.is_none_or(|about| found.iter().any(|fault| about.contains(fault)));
                !found.is_empty() && (line.line.message.is_vague || is_allowed)
            });
            explained += usize::from(is_right);
            if !is_right {
                writeln!(wrong, "{}, {}: {kind:?}: {words}: {}", case.name, program.title(), sentences(&lines))
                    .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{explained} explained, and not\n{wrong}");
    assert!(explained > 150, "{explained}");
}

/// What a program says of a case's chain, with the files and a log that has it; nothing where it accepts or cannot
/// read the chain, which is no decision.
fn in_a_log(case: &Case, program: Program, front: &str) -> Option<(String, CauseKind, Vec<Input>, Choices)> {
    let inventory = Inventory::from_inputs(&case.inputs);
    let graph = Graph::build(inventory.certificates.clone());
    let mut choices = case.choices.clone();
    for (index, role) in case.roles.iter().enumerate() {
        choices.roles.insert(index, role.iter().copied().collect());
    }
    let roles = role::assign(&inventory, &graph, choices.of_roles());
    let store = TrustStore::choose(&inventory, &roles, &choices);
    let questions = acceptance::questions(&graph, &roles, &choices);
    let verdict = program.verify(&graph, &questions.first()?.query(&store.certificates, &choices));
    let kind = verdict.cause?.kind;
    if verdict.outcome != Outcome::Rejected || kind == CauseKind::Unparsable {
        return None;
    }
    let words = format!("{front}{}", verdict.detail);
    let log = input("log.txt", format!("08:00:00 {words}\n"));
    Some((words, kind, case.inputs.iter().cloned().chain([log]).collect(), choices))
}
