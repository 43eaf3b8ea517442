//! Products against their own handshakes (`tests/record/products/` records them afresh): what each let in and refused, and
//! in which words.

use std::collections::BTreeSet;

use rootlens::conformance::engine_of_program;
use rootlens::verifier::preset::{self, Confidence};
use rootlens::verifier::{CauseKind, Engine, Program};

use super::{Exception, Suite, run_as};

/// Chains put to every product that verifies their side.
const CHAINS: usize = 173;

/// Where products part from their presets.
struct Row {
    /// By their names in the record.
    products: &'static [&'static str],
    cases: &'static [&'static str],
    expected: &'static str,
    actual: &'static str,
    reason: &'static str,
}

const ROWS: &[Row] = &[Row {
    products: &["nginx", "nginx-depth-10"],
    cases: &["leaf-keyEncipherment/server", "leaf-keyAgreement/server"],
    expected: "rejects: ",
    actual: "accepts",
    reason: "nginx 1.22 speaks TLS 1.2 with upstream servers, in which none can use a key on a curve that may not sign",
}];

/// Every program of the record is held against the preset of its name, with rows where they part; a row that no longer
/// applies fails.
#[test]
fn products_decide_as_their_presets() {
    let suite = Suite::own("products.json");
    let programs = suite.engines();
    let named = ROWS.iter().flat_map(|row| row.products);
    assert!(named.copied().all(|name| programs.contains(name)), "a row of a product that is not on record");
    for name in programs {
        let engine = engine_of_program(name).unwrap_or_else(|| panic!("{name} is no preset"));
        let tally = run_as(&suite, name, engine);
        tally.check(&format!("products, {name}"), &rows(name));
        assert!(tally.cases >= 150, "{name} was asked about {} chains", tally.cases);
    }
}

fn rows(name: &str) -> Vec<Exception> {
    let of_product = ROWS.iter().filter(|row| row.products.contains(&name));
    let exceptions = of_product.flat_map(|row| {
        row.cases.iter().map(|id| Exception { id, expected: row.expected, actual: row.actual, reason: row.reason })
    });
    exceptions.collect()
}

/// Whatever is said to be measured was measured, and nothing else.
#[test]
fn measured_products_are_on_record() {
    let suite = Suite::own("products.json");
    let measured = preset::ALL.iter().filter(|it| it.confidence == Confidence::Measured).map(|it| it.name);
    let on_record: BTreeSet<&str> = suite.engines().into_iter().filter(|name| !name.contains("-depth-")).collect();
    assert_eq!(measured.collect::<BTreeSet<_>>(), on_record);
    let chains: BTreeSet<&str> = suite.cases.iter().filter_map(|case| case.id.split('/').next()).collect();
    assert_eq!(chains.len(), CHAINS);
}

/// The level of a product is its own: Debian's OpenSSL asks for 112 bits, Node.js for 80, BoringSSL for none.
#[test]
fn a_product_has_its_own_security_level() {
    let suite = Suite::own("products.json");
    for (product, accepts) in [
        (preset::CURL, false),
        (preset::NGINX, false),
        (preset::HAPROXY, false),
        (preset::PYTHON_3_13, false),
        (preset::NODE, true),
        (preset::NODE_PARTIAL, true),
        (preset::ENVOY, true),
        (preset::GIT, true),
    ] {
        for id in ["rsa1024-leaf/server", "rsa1024-intermediate/server", "rsa1024-root/server"] {
            let case = suite.cases.iter().find(|case| case.id == id).expect("the case");
            let ask = |engine: Engine| {
                case.ask_with(&suite.prepare(case), |graph, query| engine.verify(graph, query))
                    .expect("a leaf")
                    .accepts()
            };
            assert_eq!(ask(product.as_engine()), accepts, "{}, {id}", product.name);
            let program = Program::find(product.name).expect("the product");
            let verdict = case.ask_with(&suite.prepare(case), |graph, query| program.verify(graph, query));
            assert_eq!(verdict.expect("a leaf").accepts(), accepts, "{} by its name, {id}", product.name);
        }
    }
}

/// nginx says of a chain that is too long that an issuer is missing, and Apache counts the root.
#[test]
fn a_limit_on_the_length_is_the_cause() {
    let suite = Suite::own("products.json");
    for (product, id, kind) in [
        (preset::NGINX, "plain/client", None),
        (preset::NGINX, "intermediates-2/client", Some(CauseKind::ChainTooLong)),
        (preset::NGINX, "intermediates-2/server", Some(CauseKind::ChainTooLong)),
        (preset::NGINX.with_depth(2), "intermediates-2/client", None),
        (preset::NGINX.with_depth(2), "intermediates-3/client", Some(CauseKind::ChainTooLong)),
        (preset::NGINX, "missing-intermediate/client", Some(CauseKind::UnknownIssuer)),
        (preset::APACHE, "direct/client", None),
        (preset::APACHE, "plain/client", Some(CauseKind::ChainTooLong)),
        (preset::APACHE.with_depth(2), "plain/server", None),
        (preset::HAPROXY, "intermediates-10/client", None),
        (preset::JAVA_TLS, "intermediates-9/server", None),
        (preset::JAVA_TLS, "intermediates-10/server", Some(CauseKind::ChainTooLong)),
    ] {
        let case = suite.cases.iter().find(|case| case.id == id).expect("the case");
        let verdict = case.ask_with(&suite.prepare(case), |graph, query| product.verify(graph, query)).expect("a leaf");
        assert_eq!(verdict.cause.map(|cause| cause.kind), kind, "{}, {id}: {}", product.name, verdict.detail);
    }
}

/// The probes were put to three products in another harness, which kept other words.
#[test]
fn products_decide_as_their_presets_on_the_probes() {
    let suite = Suite::own("probes.json");
    for (preset, program) in
        [(preset::CURL, "curl-7.88.1"), (preset::NODE, "node-20.20.2"), (preset::NODE_PARTIAL, "node-20.20.2-partial")]
    {
        let tally = run_as(&suite, program, preset.as_engine());
        assert_eq!((tally.cases, tally.verdicts), (50, 50), "{program}");
    }
}
