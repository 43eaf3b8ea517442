//! Tests of `export`: what is written is fixed by the report, and says what the report says. Whether other programs
//! read it is asked of them, in `tests/export/`.

use rootlens::example::{EXAMPLES, Example};
use rootlens::export;
use rootlens::report::{Report, Rule};

use crate::scenario::{OPENZITI, Scenario};

fn openziti() -> Report {
    let add = |scenario: Scenario, file: &&str| scenario.file(file, &[format!("openziti-ha/distinct/{file}")]);
    OPENZITI.iter().fold(Scenario::new(), add).read().report()
}

fn report(example: &Example) -> Report {
    let scenario = Scenario::new().at(example.at);
    example
        .inputs()
        .into_iter()
        .fold(scenario, |scenario, input| scenario.bytes(&input.name, input.bytes))
        .read()
        .report()
}

/// Where each part begins, in the order in which they are named.
fn places(post: &str, parts: &[&str]) -> Vec<usize> {
    parts.iter().map(|part| post.find(part).unwrap_or_else(|| panic!("{part}\n{post}"))).collect()
}

#[test]
fn the_post_leads_with_the_answer_in_three_lines() {
    let file = |scenario: Scenario, name: &str, folder: &str| {
        scenario.file(name, &[format!("mtls-scenarios/{folder}/{name}")])
    };
    let scenario = file(
        file(Scenario::new(), "pool.pem", "ec-04-missing-intermediate"),
        "chain.pem",
        "ec-04-missing-intermediate",
    );
    let other =
        scenario.file("intermediate.pem", &["mtls-scenarios/ec-04c-pool-only-intermediate/pool.pem".to_owned()]);
    let post = export::markdown(&other.read().report(), Some("https://rootlens.example/#v1.a"));
    let lines: Vec<&str> = post.lines().take(4).collect();
    assert!(lines[0].starts_with("✕ `node-1` is not trusted: the client does not send its intermediate"), "{post}");
    assert!(
        lines[1].starts_with("**Fix:** Append ") && lines[1].ends_with("then all 11 programs accept it.\\"),
        "{post}"
    );
    assert!(lines[2].starts_with("As of `2026-11-21T18:00:00Z`, judged by `pool.pem`"), "{post}");
    assert!(lines[2].ends_with("[Open this analysis](<https://rootlens.example/#v1.a>)."), "{post}");
    let parts = ["```mermaid\n", "### The fix as commands\n", "### Who would accept this\n", "### See for yourself\n"];
    assert!(places(&post, &parts).is_sorted());
    assert!(!post.contains("```go"), "the program is of the router's lens");
}

#[test]
fn the_router_s_post_has_every_part_in_its_order() {
    let post = export::markdown(&openziti(), None);
    let start = "**Error:** The naive rule trusts `ziti-controller1-edge-signer`, which is not a root; 2 of 3 clients are \
                 rejected that the correct pool accepts.\\\n";
    assert!(post.starts_with(start), "{post}");
    let parts = ["```mermaid\n", "### Pools of roots\n", "### Clients\n", "### Findings\n", "```sh\n", "```go\n"];
    assert!(places(&post, &parts).is_sorted());
    assert!(post.contains("| `client2.chain.pem` | **rejected** | **rejected** | accepted |\n"));
    assert!(post.contains("openssl verify -attime 1795284000 -CAfile router1.cas.pem -untrusted client1.chain.pem "));
    assert!(post.trim_end().ends_with("```"), "the long program comes last");
}

/// A name of several words is one code span wherever a sentence holds it.
#[test]
fn a_name_stays_whole() {
    let scenario = |name: &str| {
        let add = |scenario: Scenario, file: &str| scenario.file(file, &[format!("mtls-scenarios/{name}/{file}")]);
        export::markdown(&["pool.pem", "chain.pem"].into_iter().fold(Scenario::new(), add).read().report(), None)
    };
    assert!(scenario("ec-00-ok").contains("✓ `node-1` is trusted: it leads to `Node CA`, which is in `pool.pem`."));
}

#[test]
fn a_link_stands_in_the_post_where_one_is_given() {
    let report = openziti();
    assert!(!export::markdown(&report, None).contains("]("));
    let post = export::markdown(&report, Some("https://rootlens.example/#v1.a_b-c"));
    assert!(post.contains("[Open this analysis](<https://rootlens.example/#v1.a_b-c>).\n"));
    let broken = export::markdown(&report, Some("https://rootlens.example/>) [x](\n"));
    assert!(broken.contains("[Open this analysis](<https://rootlens.example/%3e)%20%5bx%5d(%0a>).\n"));
}

#[test]
fn the_naive_pool_is_written_out_for_openssl() {
    let report = openziti();
    let post = export::markdown(&report, None);
    let naive = report.pools.iter().find(|pool| pool.rule == Rule::OpenzitiNaive).expect("a pool");
    assert_eq!(naive.anchors.len(), 1);
    assert!(post.contains(report.certificates[naive.anchors[0]].pem.trim_end()));
    assert_eq!(post.matches("BEGIN CERTIFICATE").count(), 1, "and no other certificate");
}

#[test]
fn same_report_same_exports() {
    for example in EXAMPLES {
        let [one, two] = [report(example), report(example)];
        assert_eq!(export::markdown(&one, None), export::markdown(&two, None));
        assert_eq!(export::mermaid(&one), export::mermaid(&two));
        assert_eq!(export::dot(&one), export::dot(&two));
    }
}

/// A post of a forum holds 32,000 characters (Discourse's default).
#[test]
fn every_example_fits_into_a_post() {
    for example in EXAMPLES {
        let length = export::markdown(&report(example), None).chars().count();
        assert!(length <= 32_000, "{}: {length} characters", example.name);
    }
}

#[test]
fn no_certificate_at_all_is_exported_too() {
    let nothing = Scenario::new().read().report();
    assert!(!export::markdown(&nothing, None).contains("```"));
    assert_eq!(export::mermaid(&nothing), "flowchart TD\n  empty[\"no certificate\"]\n");
    assert!(export::dot(&nothing).ends_with("}\n"));
}
