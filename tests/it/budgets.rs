//! What no question may cost: each limit of the verifiers is reached by an input made for it, and ends in "stopped".

use rootlens::acceptance::{MAX_COST, Question, answers, first_loss};
use rootlens::certificate::CertId;
use rootlens::choices::Choices;
use rootlens::role::Chain;
use rootlens::signature::Status;
use rootlens::time::Timestamp;
use rootlens::timeline::{TooDear, history, next_loss};
use rootlens::verifier::{Engine, MAX_TRAIL, Outcome, Purpose, Readings, Verdict};

use crate::unsigned_pki::{
    AT, Pki, Told, chains, clique, der, dns_names, excluded, extension, mixed, names, namesakes, ring, roots, sequence,
};

const SPENT: &str = "rootlens stopped: too many names and constraints to compare, where the program would go on";

fn ask(pki: &Pki, engine: Engine) -> Verdict {
    engine.ask(&Readings::of(&pki.graph), &pki.query(0))
}

fn stops(pki: &Pki, engine: Engine, words: &str) {
    let verdict = ask(pki, engine);
    assert_eq!((verdict.outcome, verdict.detail.as_str()), (Outcome::Stopped, words), "{}", engine.name());
    assert!(verdict.trail.len() <= MAX_TRAIL);
}

#[test]
fn names_times_constraints_stop_programs_without_a_limit_of_their_own() {
    let pki = names(1_000);
    for engine in [Engine::JAVA_TRUST_MANAGER, Engine::JAVA_CERT_PATH_BUILDER] {
        stops(&pki, engine, SPENT);
    }
    stops(&names(4_600), Engine::NSS, SPENT);
    stops(&pki, Engine::WEBPKI, "MaximumNameConstraintComparisonsExceeded");
    let go_1_19 = ask(&pki, Engine::GO_1_19);
    assert_eq!((go_1_19.outcome, go_1_19.detail.as_str()), (Outcome::Rejected, "x509: unknown error"));
    for engine in [Engine::GO, Engine::OPENSSL, Engine::GNUTLS, Engine::NSS] {
        assert!(ask(&pki, engine).accepts(), "{} finds its way or has room", engine.name());
    }
}

#[test]
fn names_times_constraints_are_refused_by_programs_that_count_them() {
    let pki = names(1_100);
    assert_eq!(
        ask(&pki, Engine::OPENSSL).detail,
        "error 1 at 0 depth lookup: unspecified certificate verification error"
    );
    assert_eq!(ask(&pki, Engine::GNUTLS).outcome, Outcome::Rejected);
}

#[test]
fn few_names_are_compared_by_everyone() {
    let pki = names(100);
    for engine in Engine::ALL {
        assert_ne!(ask(&pki, *engine).outcome, Outcome::Stopped, "{}", engine.name());
    }
}

/// Go finds a name by halving a list, but walks through it for a wildcard.
#[test]
fn wildcards_times_constraints_stop_go() {
    let told = [
        Told::ca("root", "root"),
        Told::ca("ca", "root").with(excluded((0..600).map(|at| format!("x{at}.example.org")))),
        Told::leaf("leaf", "ca").with(dns_names((0..600).map(|at| format!("*.y{at}.example.com")))),
    ];
    stops(&Pki::new(&told, 1, vec![vec![2, 1]]), Engine::GO, SPENT);
}

/// Each pair of certificates is within the limit of OpenSSL, all of them together are not.
#[test]
fn pairs_on_a_long_chain_stop_openssl() {
    let name = |at: usize| format!("ca {at}");
    let with_both = |at: usize, told: Told| {
        let constraints = excluded((0..300).map(|number| format!("x{number}.example.org")));
        told.with(constraints).with(dns_names((0..300).map(|number| format!("y{at}-{number}.example.com"))))
    };
    let mut told = vec![Told::ca("ca 0", "ca 0")];
    told.extend((1..25).map(|at| with_both(at, Told::ca(&name(at), &name(at - 1)))));
    told.push(Told::leaf("leaf", "ca 24"));
    let presented = (1..25).rev();
    let chain = [25].into_iter().chain(presented).collect();
    stops(&Pki::new(&told, 1, vec![chain]), Engine::OPENSSL, SPENT);
}

/// Constraints that permit are cut with each other, one by one.
#[test]
fn constraints_times_constraints_stop_gnutls() {
    let permitted = |from: usize| {
        let domain = |at: usize| der(0x82, format!("x{at}.example.org").as_bytes());
        let subtrees: Vec<Vec<u8>> = (from..from + 3_000).map(|at| sequence(&[domain(at)])).collect();
        let value = sequence(&[der(0xa0, &subtrees.concat())]);
        extension(&[0x55, 0x1d, 0x1e], true, &value)
    };
    let told = [
        Told::ca("root", "root"),
        Told::ca("upper", "root").with(permitted(0)),
        Told::ca("lower", "upper").with(permitted(1)),
        Told::leaf("leaf", "lower"),
    ];
    stops(&Pki::new(&told, 1, vec![vec![3, 2, 1]]), Engine::GNUTLS, SPENT);
}

#[test]
fn a_clique_stops_whoever_searches() {
    let pki = clique(300);
    let go = "x509: signature check attempts limit reached while verifying certificate chain";
    let java = "too many candidates were considered";
    for (engine, words) in [
        (Engine::GO, go),
        (Engine::GO_1_19, go),
        (Engine::WEBPKI, "MaximumPathBuildCallsExceeded"),
        (Engine::JAVA_TRUST_MANAGER, java),
        (Engine::JAVA_CERT_PATH_BUILDER, java),
    ] {
        stops(&pki, engine, words);
    }
}

/// Fewer steps than the crate allows itself, but it reads everything at each of them.
#[test]
fn steps_times_presented_certificates_stop_webpki() {
    let words = "rootlens stopped: too many ways through what was presented, where webpki would go on";
    stops(&clique(72), Engine::WEBPKI, words);
}

/// The crate is not kept from a path that it would find at once.
#[test]
fn a_clique_with_an_anchor_in_front_stops_nobody() {
    let mut pki = clique(300);
    pki.trusted = pki
        .graph
        .certificates
        .iter()
        .enumerate()
        .filter(|(_, it)| it.short_name() == "ca 0")
        .map(|(at, _)| CertId(at))
        .collect();
    assert!(ask(&pki, Engine::WEBPKI).accepts());
}

/// Candidates that are in the path already cost Go 1.19 nothing, and there may be any number of them.
#[test]
fn what_go_1_19_passes_over_is_counted() {
    let mut told: Vec<Told> = vec![Told::ca("root", "root")];
    told.extend((0..300).map(|_| Told::ca("ca", "ca")));
    told.push(Told::leaf("leaf", "ca"));
    let chain = [301].into_iter().chain(1..301).collect();
    stops(&Pki::new(&told, 1, vec![chain]), Engine::GO_1_19, SPENT);
}

#[test]
fn the_steps_that_are_told_end() {
    let mut told: Vec<Told> = (0..2_000).map(|_| Told::ca("ca", "nobody")).collect();
    told.push(Told::leaf("leaf", "ca"));
    let pki = Pki::signed(&told, 0, vec![[2_000].into_iter().chain(0..2_000).collect()], Status::Invalid);
    let verdict = ask(&pki, Engine::MBEDTLS);
    assert!(verdict.trail.len() <= MAX_TRAIL && verdict.cost > MAX_TRAIL, "{}", verdict.cost);
}

#[test]
fn what_is_read_once_gives_the_same_verdicts() {
    for pki in [roots(20), chains(21), mixed(20), ring(20), clique(20), names(20), namesakes(20)] {
        assert!(pki.octets < 20_000, "a small one");
        let readings = Readings::of(&pki.graph);
        for engine in Engine::ALL {
            let query = pki.query(0);
            let first = engine.ask(&readings, &query);
            assert_eq!(first, engine.ask(&readings, &query), "{}", engine.name());
            assert_eq!(first, engine.verify(&pki.graph, &query), "{}", engine.name());
        }
    }
}

/// Java orders the issuers that it finds by how far they are from the name of every anchor.
#[test]
fn candidates_times_anchors_stop_java() {
    let mut told: Vec<Told> = (0..5_000).map(|at| Told::ca(&format!("root {at}"), &format!("root {at}"))).collect();
    told.extend((0..100).map(|at| Told::ca("ca", &format!("nobody {at}"))));
    told.push(Told::leaf("leaf", "ca"));
    let chain = [5_100].into_iter().chain(5_000..5_100).collect();
    stops(&Pki::new(&told, 5_000, vec![chain]), Engine::JAVA_CERT_PATH_BUILDER, "too many candidates were considered");
}

/// A question that costs a quarter of the budget is asked at a few instants only.
#[test]
fn a_history_ends_with_its_budget() {
    let pki = names(1_000);
    let readings = Readings::of(&pki.graph);
    let of_openssl = history(&readings, Engine::OPENSSL, &pki.query(0));
    assert!(!of_openssl.complete && history(&readings, Engine::MBEDTLS, &pki.query(0)).complete);
}

#[test]
fn a_search_for_a_loss_ends_with_its_budget() {
    let pki = roots(3);
    let readings = Readings::of(&pki.graph);
    let find = |mut left: usize| next_loss(&readings, &[Engine::GO], &pki.query(0), None, &mut left);
    assert_eq!(find(1), Err(TooDear));
    let loss = find(MAX_COST).expect("enough").expect("every certificate ends");
    assert_eq!(loss.1, [Engine::GO]);
}

/// Many chains, each of which costs much: those behind the limit are left out, and no loss is told.
#[test]
fn all_questions_together_have_a_budget() {
    let mut told = vec![
        Told::ca("root", "root"),
        Told::ca("ca", "root").with(excluded((0..500).map(|at| format!("x{at}.example.org")))),
    ];
    let leaf = |at: usize| {
        Told::leaf(&format!("leaf {at}"), "ca").with(dns_names((0..400).map(|it| format!("y{at}-{it}.example.com"))))
    };
    told.extend((0..40).map(leaf));
    let pki = Pki::new(&told, 1, (0..40).map(|at| vec![2 + at, 1]).collect());
    let question = |chain: &Vec<CertId>| Question {
        chain: Chain { source: 0, name: "chain".to_owned(), leaf: chain[0], presented: chain[1..].to_vec() },
        purpose: Purpose::Server,
        places: vec![0],
        host: None,
    };
    let questions: Vec<_> = pki.chains.iter().map(question).collect();
    let choices = Choices::at(Timestamp::parse(AT).expect("an instant"));
    let readings = Readings::of(&pki.graph);
    let answers = answers(&readings, &pki.trusted, &questions, &choices, Engine::ALL);
    let cost: usize = answers.iter().map(|answer| answer.verdict.cost).sum();
    assert!(cost > MAX_COST && answers.len() < questions.len() * Engine::ALL.len(), "{cost}, {}", answers.len());
    assert_eq!(answers.len() % Engine::ALL.len(), 0, "no chain is asked about in part");
    let loss = first_loss(&readings, &pki.trusted, &questions, &answers, &choices);
    assert!(loss.is_some(), "what was answered is followed through time");
    assert!(history(&readings, Engine::NSS, &pki.query(0)).complete, "one chain is within the budget of its history");
}
