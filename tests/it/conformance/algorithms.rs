//! Every engine against its program on chains of each algorithm that some program verifies (`tests/record/algorithms/` makes
//! them).

use rootlens::verifier::Engine;

use super::{Exception, Suite, run_each};

const P512: &str = "no crate here computes on brainpoolP512r1";

const fn not_checked(id: &'static str, expected: &'static str, actual: &'static str) -> Exception {
    Exception { id, expected, actual, reason: P512 }
}

const BY_OPENSSL: &str = "rejects: the signature was not checked (budget spent, or an algorithm that this build lacks), so \
                          OpenSSL's answer is not known";
const BY_MBEDTLS: &str = "rejects: the signature was not checked (budget spent, or an algorithm that this build lacks), so \
                          mbedTLS's answer is not known";
const MBEDTLS_REFUSES: &str = "rejects: r=-0x2700 The certificate is not correctly signed by the trusted CA;";

const OPENSSL: &[Exception] = &[
    not_checked("brainpool-p512r1::chain", "accepts [[140, 139, 138]]", BY_OPENSSL),
    not_checked("brainpool-p512r1::direct", "accepts [[141, 138]]", BY_OPENSSL),
    not_checked("brainpool-p512r1::damaged", "rejects: certificate signature failure@0", BY_OPENSSL),
    not_checked("brainpool-p512r1::intermediate", "accepts [[140, 146, 144]]", BY_OPENSSL),
];

const MBEDTLS: &[Exception] = &[
    not_checked("brainpool-p512r1::chain", "accepts [[140, 139, 138]]", BY_MBEDTLS),
    not_checked("brainpool-p512r1::direct", "accepts [[141, 138]]", BY_MBEDTLS),
    not_checked("brainpool-p512r1::damaged", MBEDTLS_REFUSES, BY_MBEDTLS),
    not_checked("brainpool-p512r1::other-key", MBEDTLS_REFUSES, BY_MBEDTLS),
    not_checked("brainpool-p512r1::intermediate", "accepts [[140, 146, 144]]", BY_MBEDTLS),
];

#[test]
fn every_algorithm_is_verified_by_those_that_verify_it() {
    let suite = Suite::own("algorithms.json");
    const ENGINES: usize = Engine::ALL.len();
    let engines: [Engine; ENGINES] = std::array::from_fn(|index| Engine::ALL[index]);
    for (engine, tally) in engines.into_iter().zip(run_each(&suite, engines)) {
        let rows = match engine.name() {
            name if name.starts_with("openssl-") => OPENSSL,
            name if name.starts_with("mbedtls-") => MBEDTLS,
            _ => &[],
        };
        tally.check(&format!("algorithms, {}", engine.name()), rows);
        assert_eq!(tally.cases, CASES, "{}", engine.name());
    }
}

const CASES: usize = 126;
