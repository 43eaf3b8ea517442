//! Java 17.0.15 against its own verdicts: the trust manager of TLS, and the bare builder.

use rootlens::verifier::Engine;

use super::go::check_further_files;
use super::{Exception, Suite, run, run_each, scenarios};

const ENGINES: [Engine; 2] = [Engine::JAVA_TRUST_MANAGER, Engine::JAVA_CERT_PATH_BUILDER];

const ADDRESSES: &str = "two anchors fit, and Java orders a set of them by their addresses in memory";
const UNICODE: &str = "Java takes internationalised labels apart and finds characters that Unicode 3.2 did not have";

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

/// The chain that the builder finds instead.
const BUILDER_CORPUS_EXCEPTIONS: &[Exception] = &[Exception {
    id: "corpus::20260601-0416",
    expected: "accepts [[71, 973, 888, 1751]]",
    actual: "accepts [[71, 973, 888, 848]]",
    reason: ADDRESSES,
}];

#[test]
fn java_on_the_corpus() {
    let suite = Suite::own("corpus.json");
    let [trust_manager, builder] = run_each(&suite, ENGINES);
    trust_manager.check("corpus", CORPUS_EXCEPTIONS);
    builder.check("corpus", BUILDER_CORPUS_EXCEPTIONS);
    assert_eq!([trust_manager.cases, builder.cases], [600, 600]);
}

#[test]
fn java_on_the_probes() {
    let tallies = run_each(&Suite::own("probes.json"), ENGINES);
    tallies.iter().for_each(|tally| tally.check("probes", &[]));
    assert_eq!(tallies.map(|tally| tally.cases), [50, 50]);
}

/// Recorded with `java/options`, so that even the order of anchors is known.
#[test]
fn java_on_policies() {
    let tallies = run_each(&Suite::own("policy.json"), ENGINES);
    tallies.iter().for_each(|tally| tally.check("policy", &[]));
    assert_eq!(tallies.map(|tally| (tally.cases, tally.rejected.0)), [(59, 23), (59, 24)]);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn java_on_bettertls_path_building() {
    let tallies = run_each(&Suite::shared("bettertls-pathbuilding.json"), ENGINES);
    tallies.iter().for_each(|tally| tally.check("bettertls", &[]));
    assert_eq!(tallies.map(|tally| tally.cases), [81, 81]);
}

/// The rows of both engines, which differ in what an acceptance shows.
const LIMBO_EXCEPTIONS: &[(Engine, &[Exception])] = &[
    (
        Engine::JAVA_TRUST_MANAGER,
        &[Exception {
            id: "webpki::cn::utf8-vs-punycode-mismatch",
            expected: PUNYCODE,
            actual: "accepts",
            reason: UNICODE,
        }],
    ),
    (
        Engine::JAVA_CERT_PATH_BUILDER,
        &[Exception {
            id: "webpki::cn::utf8-vs-punycode-mismatch",
            expected: PUNYCODE,
            actual: "accepts",
            reason: UNICODE,
        }],
    ),
];

const PUNYCODE: &str = "rejects: InvocationTargetException: null <- CertificateException: No subject alternative DNS name \
                        matching xn--test--wg5h0h.com found.";

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/conformance")]
fn java_on_limbo() {
    let suite = Suite::shared("limbo.json");
    for (engine, exceptions) in LIMBO_EXCEPTIONS {
        let tally = run(&suite, *engine);
        tally.check("limbo", exceptions);
        assert_eq!(tally.cases, 184);
    }
}

#[test]
#[cfg_attr(not(further_files), ignore = "needs files named in ROOTLENS_CONFORMANCE")]
fn java_on_further_files() {
    ENGINES.into_iter().for_each(check_further_files);
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
