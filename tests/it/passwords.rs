//! Tests of keystores with a password of their own, and of keys without a certificate: what is opened stands where the closed
//! source stood, and neither password nor key is written anywhere.

use std::fs;

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use rootlens::certificate::CertId;
use rootlens::choices::Choices;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory, Passwords};
use rootlens::report::{RelatedKind, Report};
use rootlens::share::{self, Content};
use rootlens::time::Timestamp;
use rootlens::wording;

use crate::recorded;

/// The password of the files in question (`tests/data/containers/make.py`).
const PASSWORD: &str = "s3cret-of-mine";

/// A file of the folder of containers, by its own name.
fn input(file: &str) -> Input {
    let path = recorded::path(&format!("containers/{file}"));
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    Input { name, bytes: fs::read(&path).expect("a file"), ..Input::default() }
}

fn given(password: &str) -> Passwords {
    Passwords::given([password.to_owned()])
}

fn choices() -> Choices {
    Choices::at(Timestamp::parse("2026-11-30T12:00:00Z").expect("an instant"))
}

fn report(inventory: &Inventory) -> Report {
    let graph = Graph::build(inventory.certificates.clone());
    inspect::inspect(inventory, &graph, &choices()).report
}

#[test]
fn what_is_opened_is_what_reading_with_the_password_gives() {
    let around = [input("text/key-then-certificate.pem"), input("jks/trust.jks")];
    for (file, parts) in [("pkcs12/other-password.p12", 1), ("pkcs12/keys-own-password.p12", 3)] {
        for position in 0..=around.len() {
            let mut inputs = around.to_vec();
            inputs.insert(position, input(file));
            let closed = Inventory::from_inputs(&inputs);
            assert!(closed.is_openable(position), "{file}");
            assert!(closed.sources[position].needs_password(), "{file}");
            let opened = closed.reopened(position, &inputs[position], &given(PASSWORD)).expect("it opens");
            assert_eq!(opened, Inventory::from_inputs_with(&inputs, &given(PASSWORD)), "{file} at {position}");
            assert_eq!(opened.sources.len(), around.len() + parts, "{file}");
            assert!(!opened.is_openable(position) && !opened.sources.iter().any(|source| source.needs_password()));
            let moved = closed.positions_in(&opened);
            for (old, new) in moved.iter().enumerate().filter(|(old, _)| *old != position) {
                let new = new.expect("another source stays");
                assert_eq!(closed.sources[old].name, opened.sources[new].name, "{file} at {position}");
            }
        }
    }
}

#[test]
fn a_wrong_password_opens_nothing() {
    for file in ["pkcs12/other-password.p12", "pkcs12/other-password-legacy.p12", "pkcs12/keys-own-password.p12"] {
        let closed = Inventory::from_inputs(&[input(file)]);
        for wrong in ["", "changeit", "S3cret-of-mine", "s3cret-of-mine "] {
            assert_eq!(closed.reopened(0, &input(file), &given(wrong)), None, "{file}");
        }
        assert_eq!(closed.reopened(1, &input(file), &given(PASSWORD)), None, "there is no such input");
    }
}

#[test]
fn a_keystore_that_is_open_asks_for_nothing() {
    for file in ["pkcs12/modern.p12", "jks/keys.jks", "jks/trust.jceks", "pkcs7/bundle.p7b", "pkcs12/rc4-128.p12"] {
        let inventory = Inventory::from_inputs(&[input(file)]);
        assert!(!inventory.is_openable(0) && !inventory.sources[0].needs_password(), "{file}");
        assert!(report(&inventory).sources.iter().flat_map(|it| &it.problems).all(|it| !it.needs_password), "{file}");
    }
}

#[test]
fn what_holds_a_secret_in_the_clear_is_not_kept_for_a_password() {
    let pem = |name: &str, bytes: &[u8]| {
        let body = data_encoding::BASE64.encode(bytes);
        format!("-----BEGIN {name}-----\n{body}\n-----END {name}-----\n")
    };
    let keystore = pem("PKCS12", &input("pkcs12/other-password.p12").bytes);
    let with_key = format!("{keystore}{}", recorded::text("containers/text/key-then-certificate.pem"));
    for (text, is_openable) in [(keystore, true), (with_key, false)] {
        let inventory = Inventory::from_inputs(&[Input {
            name: "all.pem".to_owned(),
            bytes: text.into_bytes(),
            ..Input::default()
        }]);
        assert!(inventory.sources[0].needs_password());
        assert_eq!(inventory.is_openable(0), is_openable);
    }
}

#[test]
fn the_report_says_what_a_password_opens_and_holds_neither_password_nor_key() {
    let inputs = [input("jks/trust.jks"), input("pkcs12/keys-own-password.p12")];
    let closed = Inventory::from_inputs(&inputs);
    let needs = |report: &Report| -> Vec<bool> {
        report.sources.iter().map(|source| source.problems.iter().any(|it| it.needs_password)).collect()
    };
    assert_eq!(needs(&report(&closed)), [false, true]);
    let message = &report(&closed).sources[1].problems[0].message;
    assert!(message.contains("`openssl pkcs12 -nokeys -in keys-own-password.p12`"), "{message}");
    let alone = report(&Inventory::from_inputs(&inputs[1..]));
    assert_eq!(alone.answer.sentence, "keys-own-password.p12 needs its password.");
    let opened = closed.reopened(1, &inputs[1], &given(PASSWORD)).expect("it opens");
    let opened_report = report(&opened);
    assert_eq!(needs(&opened_report), [false; 4]);
    assert_eq!(opened_report.answer.chains.len(), 2, "both chains are judged");
    let content = Content::for_answer(&opened, &choices(), &opened_report);
    let json = serde_json::to_string(&opened_report).expect("JSON");
    let written = format!("{json}{}{opened:?}{:?}", share::pack(&content), given(PASSWORD));
    assert!(!written.contains(PASSWORD));
    for line in recorded::text("containers/keys.txt").lines() {
        let key = HEXLOWER.decode(line.split_once(' ').expect("a name").1.as_bytes()).expect("hex");
        for run in key.windows(16) {
            assert!(!written.contains(&HEXLOWER.encode(run)), "{line}");
            assert!(!written.contains(&BASE64_NOPAD.encode(&run[..15])), "{line}");
            assert!(!written.contains(format!("{run:?}").trim_matches(['[', ']'])), "{line}");
        }
    }
}

#[test]
fn what_is_closed_is_a_finding_and_what_is_compared_is_none() {
    let found = |file: &str| -> Vec<String> {
        let inventory = Inventory::from_inputs(&[input("jks/keys.jks"), input(file)]);
        let findings = report(&inventory).findings.into_iter();
        findings.filter(|finding| finding.code == "unreadable-block").map(|finding| finding.fix).collect()
    };
    let advice = "Give the password of other-password.p12, or its certificates as said there.";
    assert_eq!(found("pkcs12/other-password.p12"), [advice]);
    for file in
        ["text/root.crl", "text/request.csr", "text/public-key.pem", "text/request.der", "text/rsa-public-keys.pem"]
    {
        assert_eq!(found(file), [""; 0], "{file}");
    }
}

#[test]
fn certificates_of_loaders_are_numbered_anew_too() {
    let text = recorded::text("pem-variants/06-glued-END-BEGIN");
    let damaged = Input { name: "chain.pem".to_owned(), bytes: text.into_bytes(), ..Input::default() };
    let alone = Inventory::from_inputs(std::slice::from_ref(&damaged));
    assert!(
        alone.sources[0]
            .loading
            .as_ref()
            .is_some_and(|loading| { loading.by_loader.iter().any(|loaded| loaded.certificates.contains(&CertId(1))) })
    );
    let both = Inventory::from_inputs(&[input("jks/trust.jks"), damaged]);
    assert_eq!(both.without(0).sources[0].loading, alone.sources[0].loading);
    assert_ne!(both.sources[1].loading, alone.sources[0].loading);
}

#[test]
fn requests_and_public_keys_name_the_certificates_of_their_key() {
    let certificates = ["text/key-then-certificate.pem", "jks/keys.jks"].map(input);
    for (file, kind, said) in [
        ("text/request.csr", RelatedKind::Request, "This request was made with the key of leaf.example."),
        ("text/old-request.csr", RelatedKind::Request, "This request was made with the key of leaf.example."),
        ("text/request.der", RelatedKind::Request, "This request was made with the key of leaf.example."),
        ("text/public-key.pem", RelatedKind::PublicKey, "This is the public key of leaf.example."),
    ] {
        let report = report(&Inventory::from_inputs(&[&certificates[..], &[input(file)]].concat()));
        let [related] = report.sources.last().expect("a source").related.as_slice() else { panic!("{file}") };
        assert_eq!((related.kind, related.line), (kind, 1), "{file}");
        assert_eq!(wording::related(&report, related).text(|at| at.to_string()), said, "{file}");
        let leaf = report.certificates.iter().position(|it| it.name == "leaf.example").expect("the leaf");
        assert_eq!(related.fits, [leaf], "{file}");
    }
    let report = report(&Inventory::from_inputs(&[
        input("jks/trust.jks"),
        input("text/request.csr"),
        input("text/rsa-public-keys.pem"),
    ]));
    let said: Vec<String> = report
        .sources
        .iter()
        .flat_map(|source| &source.related)
        .map(|related| wording::related(&report, related).text(|at| at.to_string()))
        .collect();
    assert_eq!(
        said,
        [
            "This request fits no certificate here.",
            "This public key fits no certificate here.",
            "This public key fits no certificate here."
        ]
    );
    let list = Inventory::from_inputs(&[input("jks/keys.jks"), input("text/root.crl")]);
    assert_eq!(self::report(&list).sources.iter().map(|source| source.related.len()).sum::<usize>(), 0);
}

#[test]
fn commands_print_the_public_key_of_a_file_that_openssl_reads() {
    let commands = |inputs: &[Input]| -> Vec<Vec<String>> {
        report(&Inventory::from_inputs(inputs)).sources.iter().map(|source| source.key_commands.clone()).collect()
    };
    let both = input("text/key-then-certificate.pem");
    assert_eq!(
        commands(std::slice::from_ref(&both)),
        [[
            "openssl pkey -pubout -in key-then-certificate.pem",
            "openssl x509 -noout -pubkey -in key-then-certificate.pem"
        ]]
    );
    let text = String::from_utf8(both.bytes).expect("text");
    let (key, _) = text.split_once("-----BEGIN CERTIFICATE").expect("a certificate");
    let named = |name: &str| Input { name: name.to_owned(), bytes: key.as_bytes().to_vec(), ..Input::default() };
    assert_eq!(
        commands(&[named("it's.key"), named("pasted text")]),
        [
            ["openssl pkey -pubout -in 'it'\\''s.key'", "openssl x509 -noout -pubkey -in CERT"],
            ["openssl pkey -pubout -in KEY", "openssl x509 -noout -pubkey -in CERT"]
        ]
    );
    for file in ["jks/keys.jks", "pkcs12/modern.p12", "text/tls-secret.yaml", "text/jwk-private.json", "jks/trust.jks"]
    {
        assert!(commands(&[input(file)]).iter().all(Vec::is_empty), "{file}");
    }
}
