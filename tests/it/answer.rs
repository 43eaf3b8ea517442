//! The answer: no sentence contradicts a verdict, and every fix that is called proven is.

use std::fs;
use std::process::Command;

use data_encoding::BASE64;
use rootlens::certificate::pem;
use rootlens::choices::Choices;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::public_roots::PublicRoots;
use rootlens::report::{AnswerVerdict, ChainAnswer, Fix, Report, Role as ReportRole, Severity, StoreKind};
use rootlens::role::Role;
use rootlens::store;
use rootlens::time::Timestamp;
use rootlens::verifier::{Host, Purpose};
use serde_json::Value;

use crate::case::{Case, incidents};
use crate::incident;
use crate::recorded;
use crate::scenario;

/// The cases of a file in the conformance format as files: what is trusted, and the chain.
pub(crate) fn of_conformance(text: &str) -> Vec<Case> {
    let file: Value = serde_json::from_str(text).expect("JSON");
    let certificates: Vec<Vec<u8>> = list(&file["certs"], |it| BASE64.decode(it.as_str().unwrap().as_bytes()).unwrap());
    let cases = file["cases"].as_array().expect("cases");
    cases.iter().map(|case| of_case(&file, case, &certificates)).collect()
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().map(|items| items.iter().map(read).collect()).unwrap_or_default()
}

fn of_case(file: &Value, case: &Value, certificates: &[Vec<u8>]) -> Case {
    let field = |name: &str| if case[name].is_null() { &file[name] } else { &case[name] };
    let der = |index: &Value| certificates[index.as_u64().unwrap() as usize].clone();
    let trusted: Vec<u8> = list(&case["trusted"], der).concat();
    let chain: Vec<u8> = [vec![der(&case["leaf"])], list(&case["presented"], der)].concat().concat();
    let choices = Choices {
        purpose: field("purpose").as_str().and_then(Purpose::find),
        host: host(field("host")),
        store: Some(rootlens::store::StoreKind::Given),
        ..Choices::at(Timestamp::parse(field("time").as_str().unwrap()).unwrap())
    };
    Case {
        name: case["id"].as_str().unwrap().to_owned(),
        inputs: vec![
            Input { name: "ca.pem".to_owned(), bytes: trusted, ..Input::default() },
            Input { name: "chain.pem".to_owned(), bytes: chain, ..Input::default() },
        ],
        roles: vec![Some(Role::Bundle), Some(Role::Peer)],
        choices,
    }
}

fn host(value: &Value) -> Option<Host> {
    match value {
        Value::String(name) => Some(Host::named(name)),
        Value::Object(_) => value["value"].as_str().map(Host::named),
        _ => None,
    }
}

fn of_scenarios() -> Vec<Case> {
    let input = |folder: &str, name: &str| {
        let bytes = fs::read(recorded::path(&format!("mtls-scenarios/{folder}/{name}"))).expect(name);
        Input { name: name.to_owned(), bytes, ..Input::default() }
    };
    let case = |folder: String| Case {
        inputs: vec![input(&folder, "pool.pem"), input(&folder, "chain.pem")],
        roles: vec![Some(Role::Bundle), Some(Role::Client)],
        name: folder,
        choices: Choices::at(Timestamp::parse(scenario::AT).unwrap()),
    };
    scenario::mtls_names().into_iter().map(case).collect()
}

/// Everything that lies in the project.
fn all() -> Vec<Case> {
    let of_file = |name: &str| of_conformance(&recorded::text(&format!("conformance/{name}")));
    [incidents(), of_scenarios(), of_file("probes.json"), of_file("corpus.json")].into_iter().flatten().collect()
}

/// What a text about a chain claims that the counts refute.
fn contradiction(chain: &ChainAnswer, text: &str) -> Option<&'static str> {
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let accepted = says(&[" is trusted:", " is trusted.", "accepts it"]);
    let refused = says(&["is not trusted", " refuse ", " refuses "]);
    match (chain.accepts, chain.of - chain.accepts) {
        (0, 1..) if accepted => Some("it is accepted by none"),
        (1.., 0) if refused => Some("it is refused by none"),
        (1.., 1..) if accepted || text.contains("is not trusted") => Some("some accept and some refuse it"),
        _ => None,
    }
}

fn contradictions(report: &Report) -> Vec<String> {
    let mut found = Vec::new();
    for chain in &report.answer.chains {
        let verdicts: Vec<_> = report.engines.iter().filter(|it| it.client == chain.chain).collect();
        // A program that cannot read a file says no whatever its verifier says; one that was heard of has no verdict here.
        let accepting = verdicts.iter().filter(|it| it.accepts && !chain.rejecting.contains(&it.engine)).count();
        let heard_of = chain.rejecting.iter().filter(|name| verdicts.iter().all(|it| it.engine != **name)).count();
        if (accepting, verdicts.len() + heard_of) != (chain.accepts, chain.of + chain.undecided.len()) {
            found.push(format!("{accepting} of {} verdicts accept", verdicts.len()));
        }
        let findings = report.findings.iter().filter(|finding| finding.title == chain.sentence);
        let severities = findings.clone().map(|finding| finding.severity);
        if chain.verdict == AnswerVerdict::Trusted && severities.clone().any(|it| it != Severity::Info) {
            found.push(format!("{} is trusted and has a finding", chain.chain));
        }
        if chain.verdict == AnswerVerdict::NotTrusted && severities.clone().any(|it| it != Severity::Error) {
            found.push(format!("{} is not trusted and that is no error", chain.chain));
        }
        let refuted = contradiction(chain, &chain.sentence).map(|why| format!("{}: {why}", chain.sentence));
        found.extend(refuted);
    }
    let worst = report.answer.chains.first().map(|chain| chain.verdict);
    if worst.is_some_and(|worst| worst != report.answer.verdict) {
        found.push("the answer's verdict is not that of its worst chain".to_owned());
    }
    let alarms = report.findings.iter().any(|finding| finding.severity == Severity::Error);
    if alarms != (report.answer.verdict == AnswerVerdict::NotTrusted) {
        found.push(format!("an error is found: {alarms}, and the verdict is {:?}", report.answer.verdict));
    }
    found
}

#[test]
fn no_sentence_contradicts_a_verdict() {
    let mut wrong = Vec::new();
    let cases = all();
    for case in &cases {
        let found = contradictions(&case.report());
        wrong.extend(found.into_iter().map(|what| format!("{}: {what}", case.name)));
    }
    assert!(cases.len() > 700, "{} cases", cases.len());
    assert!(wrong.is_empty(), "{} contradictions, first: {}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs limbo.json and bettertls-pathbuilding.json in ../shared/conformance")]
fn no_sentence_contradicts_a_verdict_of_the_suites_of_others() {
    for file in ["limbo.json", "bettertls-pathbuilding.json"] {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/conformance/");
        let cases = of_conformance(&fs::read_to_string(format!("{path}{file}")).expect(file));
        for case in cases {
            let found = contradictions(&case.report());
            assert!(found.is_empty(), "{} {}: {found:?}", file, case.name);
        }
    }
}

/// The corrected files, read afresh from their bytes, are accepted by the verifiers that the fix names.
#[test]
fn every_proven_fix_holds_on_files_that_are_read_afresh() {
    let (mut proven, mut wrong) = (0, Vec::new());
    for case in all() {
        let report = case.report();
        for chain in &report.answer.chains {
            let Some(fix) = chain.fix.as_ref().filter(|fix| !fix.verified_by.is_empty()) else { continue };
            proven += 1;
            let mended = case.mended(fix).report();
            let accepting: Vec<&str> = mended.engines.iter().filter(|it| it.accepts).map(|it| &*it.engine).collect();
            let missing: Vec<_> = fix.verified_by.iter().filter(|engine| !accepting.contains(&&***engine)).collect();
            if !missing.is_empty() {
                wrong.push(format!("{}: {} ({missing:?} still reject)", case.name, fix.sentence));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {proven}, first: {}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(proven > 100, "only {proven} fixes are proven");
}

/// A list of public roots that holds the root of a healthy chain: without a trust store that list decides.
#[test]
fn without_a_trust_store_the_public_roots_decide() {
    let root = recorded::certificate("incidents/FA1-healthy/ca.pem");
    let header = b"rootlens public roots 1: webpki-root-certs 0.0.0 of 2026-11-01 (CDLA-Permissive-2.0)\n";
    let roots = PublicRoots::read(&[header.as_slice(), &root.der].concat()).expect("a list");
    let chain = fs::read(recorded::path("incidents/FA1-healthy/server.pem")).expect("a file");
    let answer = |choices: Choices| {
        let mut inventory = Inventory::from_inputs(&[Input {
            name: "server.pem".to_owned(),
            bytes: chain.clone(),
            ..Input::default()
        }]);
        inventory.add_public_roots(&roots);
        let graph = Graph::build(inventory.certificates.clone());
        inspect::inspect(&inventory, &graph, &choices).report.answer
    };
    let now = Choices::at(Timestamp::parse(incident::AT).unwrap());
    let found = answer(now.clone());
    assert_eq!((found.verdict, &*found.cause), (AnswerVerdict::Trusted, "trusted"), "{}", found.sentence);
    assert_eq!((found.store.kind, found.store.date.as_deref()), (StoreKind::Public, Some("2026-11-01")));
    let none = answer(Choices { store: Some(store::StoreKind::None), ..now.clone() });
    assert_eq!((none.verdict, &*none.cause), (AnswerVerdict::Unknown, "no-trust-store"), "{}", none.sentence);
    let later = answer(Choices::at(Timestamp::parse("2040-01-01").unwrap()));
    assert_eq!((later.verdict, &*later.cause), (AnswerVerdict::NotTrusted, "expired"), "{}", later.sentence);
}

/// Of an incident, with its files changed.
fn incident_with(folder: &str, change: impl Fn(&str, String) -> (String, String)) -> Case {
    let mut case = incidents().into_iter().find(|case| case.name.starts_with(folder)).expect(folder);
    for input in &mut case.inputs {
        let text = String::from_utf8(input.bytes.clone()).expect("text");
        let (name, text) = change(&input.name, text);
        *input = Input { name, bytes: text.into_bytes(), ..Input::default() };
    }
    case
}

fn only_fix(case: &Case) -> Fix {
    let report = case.report();
    let fix = report.answer.chains.into_iter().find_map(|chain| chain.fix).expect("a fix");
    assert_eq!(fix.files.len(), 1, "{}", fix.sentence);
    fix
}

/// A `caBundle` stands too deep for a merge patch, and in the place of a manifest there can be no PEM.
#[test]
fn a_ca_bundle_is_corrected_by_a_patch_of_its_object() {
    let case = incident_with("15-", |name, text| (name.to_owned(), text));
    let fix = only_fix(&case);
    let file = &fix.files[0];
    assert_eq!(
        (file.name.as_str(), file.replaces.as_deref()),
        ("cert-manager-webhook-patch.yaml", Some("validatingwebhook.yaml"))
    );
    assert!(
        file.text.starts_with("- op: replace\n  path: '/webhooks/0/clientConfig/caBundle'\n  value: LS0t"),
        "{}",
        file.text
    );
    let command = "kubectl patch validatingwebhookconfiguration cert-manager-webhook --type json --patch-file cert-manager-webhook-patch.yaml";
    assert_eq!(fix.commands, [command]);
    assert_eq!(case.mended(&fix).report().answer.verdict, AnswerVerdict::Trusted);
}

/// What is trusted stands in a kubeconfig, beside keys that nobody has: it is not overwritten.
#[test]
fn a_text_of_another_kind_is_never_overwritten() {
    let kubeconfig = |name: &str, text: String| match name {
        "validatingwebhook.yaml" => {
            let (_, bundle) = text.split_once("caBundle: ").expect("a bundle");
            let data = bundle.lines().next().expect("a line");
            let text = format!(
                "apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster:\n    server: https://a.example\n    certificate-authority-data: {data}\n"
            );
            ("kubeconfig".to_owned(), text)
        }
        _ => (name.to_owned(), text),
    };
    let fix = only_fix(&incident_with("15-", kubeconfig));
    assert_eq!(fix.files[0].name, "ca.pem");
    let place = "# Put what ca.pem holds in the place of certificate-authority-data in kubeconfig.";
    assert!(fix.commands[0].ends_with(place), "{}", fix.commands[0]);
}

/// Without `-showcerts` the text lists what the server sent and shows its own certificate alone.
#[test]
fn what_a_session_does_not_show_is_not_called_missing() {
    let without_showcerts = |name: &str, text: String| {
        let begin = text.find(" 1 s:").and_then(|at| Some(at + text[at..].find("-----BEGIN")?));
        let end = begin.and_then(|at| Some(at + text[at..].find("-----END CERTIFICATE-----\n")? + 26));
        match (begin, end) {
            (Some(begin), Some(end)) => (name.to_owned(), format!("{}{}", &text[..begin], &text[end..])),
            _ => (name.to_owned(), text),
        }
    };
    let whole = incident_with("31-", |name, text| (name.to_owned(), text)).report().answer;
    assert_eq!((whole.verdict, &*whole.cause), (AnswerVerdict::NotTrusted, "missing-intermediate"));
    let answer = incident_with("31-", without_showcerts).report().answer;
    assert_eq!((answer.verdict, &*answer.cause), (AnswerVerdict::Unknown, "chain-not-shown"), "{}", answer.sentence);
    let fix = answer.chains[0].fix.as_ref().expect("advice");
    assert!(fix.verified_by.is_empty() && fix.commands[0].contains(" -showcerts"), "{:?}", fix.commands);
}

/// A fix on its files: what is trusted, the chain, and what was asked.
struct Mended {
    name: String,
    trusted: Vec<Vec<u8>>,
    chain: Vec<Vec<u8>>,
    purpose: Purpose,
    host: Option<Host>,
    at: Timestamp,
}

/// The first hundred proven fixes of incidents, scenarios, probes and corpus by which this engine accepts.
fn mended(engine: &str) -> Vec<Mended> {
    let mut found = Vec::new();
    for case in all() {
        let report = case.report();
        let proven = |chain: &&ChainAnswer| {
            chain.fix.as_ref().is_some_and(|fix| fix.verified_by.iter().any(|name| name == engine))
        };
        for chain in report.answer.chains.iter().filter(proven) {
            let fix = chain.fix.as_ref().expect("a fix");
            let mended = case.mended(fix).report();
            let pem = |ids: &[usize]| ids.iter().map(|id| der(&mended.certificates[*id].pem)).collect::<Vec<_>>();
            let trusted = mended.sources.iter().filter(|source| source.roles.contains(&ReportRole::Bundle));
            let chains = &mended.answer.chains;
            let leaf = &report.certificates[chain.leaf].sha256;
            let Some(after) = chains.iter().find(|it| mended.certificates[it.leaf].sha256 == *leaf) else { continue };
            found.push(Mended {
                name: case.name.clone(),
                trusted: trusted.flat_map(|source| pem(&source.certificates)).collect(),
                chain: pem(&[&[after.leaf], after.presented.as_slice()].concat()),
                purpose: chain.purpose,
                host: case.choices.host.clone(),
                at: case.choices.at,
            });
        }
        if found.len() >= 100 {
            break;
        }
    }
    found
}

fn der(pem: &str) -> Vec<u8> {
    rootlens::decode::read(pem.as_bytes()).items.remove(0).der
}

/// OpenSSL itself accepts what the fix says that it accepts.
#[test]
#[cfg_attr(not(openssl), ignore = "needs the program openssl, 3.0")]
fn a_hundred_proven_fixes_hold_with_openssl() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("mended");
    fs::create_dir_all(&folder).expect("a folder");
    let pem = |certificates: &[Vec<u8>]| certificates.iter().map(|it| pem::encode(it)).collect::<String>();
    let mut asked = 0;
    for mended in mended("openssl-3.0.22") {
        let [ca, chain] = ["ca.pem", "chain.pem"].map(|name| folder.join(name));
        fs::write(&ca, pem(&mended.trusted)).expect("a file");
        fs::write(&chain, pem(&mended.chain)).expect("a file");
        let mut command = Command::new("openssl");
        command.args(["verify", "-attime", &mended.at.0.to_string(), "-auth_level", "2", "-no-CApath", "-no-CAstore"]);
        match mended.purpose {
            Purpose::Any => {}
            Purpose::Server => drop(command.args(["-purpose", "sslserver"])),
            Purpose::Client => drop(command.args(["-purpose", "sslclient"])),
        }
        match &mended.host {
            None => {}
            Some(Host::Dns(name)) => drop(command.args(["-verify_hostname", name])),
            Some(Host::Ip(address)) => drop(command.args(["-verify_ip", address])),
        }
        command.arg("-CAfile").arg(&ca).arg("-untrusted").arg(&chain).arg(&chain);
        let output = command.output().expect("openssl runs");
        asked += 1;
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{}: {words}", mended.name);
    }
    // Of all fixes that are proven, OpenSSL without partial chains accepts these.
    assert!(asked >= 55, "{asked} fixes were put to OpenSSL");
}

/// Go itself accepts what the fix says that it accepts.
#[test]
#[cfg_attr(not(go), ignore = "needs Go 1.27")]
fn a_hundred_proven_fixes_hold_with_go() {
    let mended: Vec<Mended> = mended("go-1.27.3");
    let mut certs: Vec<String> = Vec::new();
    let mut index = |der: &Vec<u8>| {
        certs.push(BASE64.encode(der));
        certs.len() - 1
    };
    let cases: Vec<Value> = mended
        .iter()
        .map(|it| {
            let trusted: Vec<usize> = it.trusted.iter().map(&mut index).collect();
            let chain: Vec<usize> = it.chain.iter().map(&mut index).collect();
            serde_json::json!({
                "id": it.name, "trusted": trusted, "leaf": chain[0], "presented": chain[1..],
                "time": it.at.to_string(), "purpose": format!("{}Auth", it.purpose.name()), "host": it.host.as_ref().map(Host::text), "verdicts": {},
            })
        })
        .collect();
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("mended-go.json");
    let content = serde_json::json!({ "certs": certs, "engines": ["go-1.27.3"], "cases": cases });
    fs::write(&file, content.to_string()).expect("a file");
    let mut go = Command::new("go");
    go.args(["run", ".", "verify"]).arg(&file).current_dir(recorded::path("../record/go"));
    let output = go.output().expect("go runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answered: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for case in answered["cases"].as_array().expect("cases") {
        assert_eq!(case["verdicts"]["go-1.27.3"]["accepts"], true, "{case}");
    }
    assert!(mended.len() >= 100, "{} fixes were put to Go", mended.len());
}
