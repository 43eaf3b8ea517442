//! Java 17.0.15 against its own verdicts: the trust manager of TLS, and the bare builder.
//!
//! The recordings of probes, BetterTLS and limbo were cut at 220 characters, so that the trust manager's longer words
//! cannot be compared there.

use std::fs;

use rootlens::verifier::Engine;

use super::{Exception, Least, Suite, Tally, run, scenarios};

const ENGINES: [Engine; 2] = [Engine::JAVA_TRUST_MANAGER, Engine::JAVA_CERT_PATH_BUILDER];

const ADDRESSES: &str = "two anchors fit, and Java orders a set of them by their addresses in memory";
const UNICODE: &str = "Java takes internationalised labels apart and finds characters that Unicode 3.2 did not have";
const DSA: &str = "this build does not check DSA";
const NOT_CHECKED: &str = "rejects: the signature was not checked (budget spent, or an algorithm that this build \
                           lacks), so Java's answer is not known";

const CORPUS_EXCEPTIONS: &[Exception] = &[
    Exception {
        id: "corpus::20260601-0401",
        expected: "rejects: ValidatorException: PKIX path building failed: sun.security.validator.ValidatorException: \
                   TrustAnchor with subject \"CN=Sub C, O=Corpus\" is not a CA certificate <- ValidatorException: \
                   TrustAnchor with subject \"CN=Sub C, O=Corpus\" is not a CA certificate",
        actual: "accepts",
        reason: ADDRESSES,
    },
    Exception {
        id: "corpus::20260601-0411",
        expected: "rejects: ValidatorException: PKIX path validation failed: \
                   sun.security.validator.ValidatorException: TrustAnchor with subject \"CN=Root A, O=Corpus\" is not a \
                   CA certificate <- ValidatorException: TrustAnchor with subject \"CN=Root A, O=Corpus\" is not a CA \
                   certificate",
        actual: "accepts",
        reason: ADDRESSES,
    },
    Exception {
        id: "corpus::20260601-0416",
        expected: "accepts",
        actual: "rejects: ValidatorException: PKIX path validation failed: \
                 sun.security.validator.ValidatorException: TrustAnchor with subject \"CN=Root A, O=Corpus\" is not a \
                 CA certificate <- ValidatorException: TrustAnchor with subject \"CN=Root A, O=Corpus\" is not a CA \
                 certificate",
        reason: ADDRESSES,
    },
];

#[test]
fn trust_manager_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::JAVA_TRUST_MANAGER);
    tally.check_at_least("corpus", &Least { verdicts: 995, chains: 0, details: 1000 }, CORPUS_EXCEPTIONS);
    assert_eq!(tally.cases, 600);
}

#[test]
fn cert_path_builder_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::JAVA_CERT_PATH_BUILDER);
    tally.check_at_least("corpus", &Least { verdicts: 1000, chains: 995, details: 1000 }, &[]);
    assert_eq!(tally.cases, 600);
}

#[test]
fn java_on_the_probes() {
    let suite = Suite::own("probes.json");
    let least = |details| Least { verdicts: 1000, chains: 1000, details };
    run(&suite, Engine::JAVA_TRUST_MANAGER).check_at_least("probes", &least(0), &[]);
    run(&suite, Engine::JAVA_CERT_PATH_BUILDER).check_at_least("probes", &least(1000), &[]);
}

#[test]
fn java_on_bettertls_path_building() {
    let Some(suite) = Suite::shared("bettertls-pathbuilding.json") else { return };
    let least = |details| Least { verdicts: 1000, chains: 1000, details };
    run(&suite, Engine::JAVA_TRUST_MANAGER).check_at_least("bettertls", &least(0), &[]);
    run(&suite, Engine::JAVA_CERT_PATH_BUILDER).check_at_least("bettertls", &least(1000), &[]);
}

/// The rows of both engines, which differ in what an acceptance shows.
const LIMBO_EXCEPTIONS: &[(Engine, &[Exception])] = &[
    (
        Engine::JAVA_TRUST_MANAGER,
        &[
            Exception {
                id: "webpki::cn::utf8-vs-punycode-mismatch",
                expected: PUNYCODE,
                actual: "accepts",
                reason: UNICODE,
            },
            Exception { id: "webpki::forbidden-dsa-root", expected: "accepts", actual: NOT_CHECKED, reason: DSA },
        ],
    ),
    (
        Engine::JAVA_CERT_PATH_BUILDER,
        &[
            Exception {
                id: "webpki::cn::utf8-vs-punycode-mismatch",
                expected: PUNYCODE,
                actual: "accepts",
                reason: UNICODE,
            },
            Exception {
                id: "webpki::forbidden-dsa-root",
                expected: "accepts [[21, 826]]",
                actual: NOT_CHECKED,
                reason: DSA,
            },
        ],
    ),
];

const PUNYCODE: &str = "rejects: InvocationTargetException: null <- CertificateException: No subject alternative DNS name \
                        matching xn--test--wg5h0h.com found.";

#[test]
fn java_on_limbo() {
    let Some(suite) = Suite::shared("limbo.json") else { return };
    for (engine, exceptions) in LIMBO_EXCEPTIONS {
        let tally = run(&suite, *engine);
        tally.check_at_least("limbo", &Least { verdicts: 980, chains: 1000, details: 0 }, exceptions);
        assert_eq!(tally.cases, 184);
    }
}

/// Checks every file named in `ROOTLENS_CONFORMANCE` (separated by colons), without exceptions.
#[test]
fn java_on_further_files() {
    let Ok(names) = std::env::var("ROOTLENS_CONFORMANCE") else {
        eprintln!("skipped: ROOTLENS_CONFORMANCE names no further files");
        return;
    };
    let tallies = names.split(':').flat_map(|name| {
        let suite = Suite::parse(&fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}")));
        ENGINES.map(|engine| (format!("{name} {}", engine.name()), run(&suite, engine)))
    });
    let differences: Vec<(String, Tally)> = tallies.filter(|(name, tally)| tally.print(name) > 0).collect();
    differences.iter().for_each(|(name, tally)| println!("{name}: {:#?}", tally.differences));
    assert!(differences.is_empty(), "{} runs differ", differences.len());
}

/// The table writes the class of the outermost exception short, and the causes not at all.
#[test]
fn java_on_the_scenarios() {
    let says = |scenario: &scenarios::Scenario| {
        let verdict = scenario.ask(Engine::JAVA_TRUST_MANAGER);
        if verdict.accepts() { "OK".to_owned() } else { shortened(&verdict.detail) }
    };
    let printed = |text: &str| text.trim_end_matches("<=").trim_end().to_owned();
    scenarios::check("Java 17 PKIX", says, printed, &[]);
}

fn shortened(detail: &str) -> String {
    let outermost = detail.split(" <- ").next().expect("a part");
    let outermost =
        outermost.strip_prefix("ValidatorException: ").map_or(outermost.to_owned(), |it| format!("VE: {it}"));
    outermost.replace("sun.security.validator.ValidatorException", "VE")
}
