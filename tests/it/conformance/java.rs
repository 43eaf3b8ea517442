//! Java 17.0.15 against its own verdicts: the trust manager of TLS, and the bare builder.

use std::fs;

use rootlens::verifier::Engine;

use super::{Exception, Least, Suite, run, scenarios};

const ENGINES: [Engine; 2] = [Engine::JAVA_TRUST_MANAGER, Engine::JAVA_CERT_PATH_BUILDER];

#[test]
fn trust_manager_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::JAVA_TRUST_MANAGER);
    tally.check_at_least("corpus", &Least { verdicts: 0, chains: 0, details: 0 }, &[]);
}

#[test]
fn cert_path_builder_on_the_corpus() {
    let tally = run(&Suite::own("corpus.json"), Engine::JAVA_CERT_PATH_BUILDER);
    tally.check_at_least("corpus", &Least { verdicts: 0, chains: 0, details: 0 }, &[]);
}

/// Checks every file named in `ROOTLENS_CONFORMANCE` (separated by colons), without exceptions.
#[test]
fn java_on_further_files() {
    let Ok(names) = std::env::var("ROOTLENS_CONFORMANCE") else {
        eprintln!("skipped: ROOTLENS_CONFORMANCE names no further files");
        return;
    };
    let mut differences = 0;
    for name in names.split(':') {
        let suite = Suite::parse(&fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}")));
        for engine in ENGINES {
            let tally = run(&suite, engine);
            differences += tally.print(&format!("{name} {}", engine.name()));
            println!("{:#?}", tally.differences);
        }
    }
    assert_eq!(differences, 0);
}
