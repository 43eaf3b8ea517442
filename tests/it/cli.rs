//! The command line, by running the built binary (`cargo test --features cli`).
#![cfg(feature = "cli")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rootlens::verifier::Engine;
use rootlens::verifier::preset::{self, Side};
use serde_json::Value;

use crate::recorded;
use crate::scenario::{AT, OPENZITI};

pub(crate) fn run(arguments: &[&str]) -> Output {
    run_with_input(arguments, "")
}

/// Runs in the folder of the fixtures, so that paths are short.
fn run_with_input(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rootlens"))
        .args(arguments)
        .current_dir(recorded::path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    // The program may have no use for its input and be gone already.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("the binary ends")
}

#[track_caller]
fn output(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[track_caller]
fn json(result: &Output) -> Value {
    serde_json::from_str(&output(result)).expect("JSON")
}

fn openziti(arguments: &[&str]) -> Output {
    let files: Vec<String> = OPENZITI.iter().map(|file| format!("openziti-ha/distinct/{file}")).collect();
    let files = files.iter().map(String::as_str);
    run(&["inspect", "--at", AT].into_iter().chain(files).chain(arguments.iter().copied()).collect::<Vec<&str>>())
}

/// Arguments for a client that does not send its intermediate, and another file that has it, in a folder of this name.
fn without_intermediate(folder: &str) -> (PathBuf, Vec<String>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let intermediate = folder.join("intermediate.pem");
    let copied = recorded::path("mtls-scenarios/ec-04c-pool-only-intermediate/pool.pem");
    std::fs::copy(copied, &intermediate).expect("a file");
    let scenario = "mtls-scenarios/ec-04-missing-intermediate";
    let files = [format!("{scenario}/pool.pem"), format!("{scenario}/chain.pem"), intermediate.display().to_string()];
    (folder, [&["--at".to_owned(), AT.to_owned(), "--trust".to_owned()], &files[..]].concat())
}

fn run_command(command: &str, arguments: &[String], more: &[&str]) -> Output {
    let arguments = arguments.iter().map(String::as_str);
    run(&[command].into_iter().chain(arguments).chain(more.iter().copied()).collect::<Vec<&str>>())
}

#[test]
fn inspect_tells_people_the_answer_first() {
    let text = output(&run_command("inspect", &without_intermediate("inspect").1, &[]));
    let start = "✕ node-1 is not trusted: the client does not send its intermediate certificate, ";
    assert!(text.starts_with(start), "{text}");
    let parts = ["  As of 2026-11-21T18:00:00Z, judged by pool.pem (1 certificate).\n", "\nChains\n", "\nFix\n"];
    let more = ["\nSources\n", "\nVerifiers, judging by pool.pem (1 certificate)\n", "\nIf a program derived "];
    let places: Vec<usize> = parts.iter().chain(&more).map(|part| text.find(part).expect(part)).collect();
    assert!(places.is_sorted());
    let chain = "\n  ✕ chain.pem, as TLS client: not trusted; none of 11 programs accepts it\n";
    assert!(text.contains(chain), "{text}");
    assert!(text.contains("\ncat > chain.pem <<'END'\n-----BEGIN CERTIFICATE-----\n"), "{text}");
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(100), "{widest:?} columns");
    assert!(!text.contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn inspect_compares_pools_in_the_router_s_lens_alone() {
    let text = output(&openziti(&[]));
    let start = "ERROR: The naive rule trusts ziti-controller1-edge-signer, which is not a root; 2 of 3 clients are\n  \
                 rejected that the correct pool accepts.\n";
    assert!(text.starts_with(start), "{text}");
    let headings = ["\nPools when ctrl1.tls.crt is sampled\n", "\nClients when ", "\nSources\n", "\nFindings\n"];
    let places: Vec<usize> = headings.iter().map(|heading| text.find(heading).expect(heading)).collect();
    assert!(places.is_sorted());
    assert!(text.contains("naive        ziti-controller1-edge-signer [naive only]\n"));
    assert!(text.contains("router1.cas.pem (trusted): 2 certificates\n"));
    let chains = output(&openziti(&["--lens", "chains"]));
    assert!(!chains.contains("sampled"), "{chains}");
    let last = chains.lines().rev().find(|line| !line.starts_with(' ')).expect("a line");
    assert!(last.starts_with("If a program derived its own root pool from this chain, it could "), "{last}");
}

#[test]
fn inspect_asks_one_program() {
    let pool = "mtls-scenarios/ec-04c-pool-only-intermediate/pool.pem";
    let chain = "mtls-scenarios/ec-04c-pool-only-intermediate/chain.pem";
    let ask = |program: &str| {
        let arguments = ["inspect", "--at", AT, "--program", program, "--format", "json", "--trust", pool, chain];
        json(&run(&arguments))["answer"].clone()
    };
    assert_eq!((&ask("go")["verdict"], &ask("go")["program"]), (&"trusted".into(), &"go-1.27.3".into()));
    assert_eq!(ask("nginx")["verdict"], "not-trusted");
    assert_eq!(run(&["inspect", "--program", "netscape", pool]).status.code(), Some(2));
}

const FORMATS: [&str; 7] = ["text", "json", "markdown", "svg", "mermaid", "dot", "link"];

/// A block that could not be read costs the others nothing, but nobody may take the answer for one about all.
#[test]
fn what_could_not_be_read_is_warned_of_in_every_format() {
    let whole = "mtls-scenarios/ec-00-ok/pool.pem";
    for (files, word) in [
        (&["hostile/partial.pem"][..], "partial.pem, line 12: This CERTIFICATE block holds the character"),
        (&[whole, "hostile/partial.pem"], "partial.pem, line 12: "),
        (&[whole, "signatures/record.sh"], "record.sh, line 1: No certificate was found in this text."),
    ] {
        for format in FORMATS {
            let asked = run(&[&["inspect", "--at", AT, "--format", format][..], files].concat());
            let warned = String::from_utf8_lossy(&asked.stderr).into_owned();
            assert_eq!(asked.status.code(), Some(2), "{files:?} as {format}: {warned}");
            assert!(warned.contains(word), "{files:?} as {format}: {warned}");
            assert!(!asked.stdout.is_empty(), "{files:?} as {format}");
        }
        let fix = run(&[&["fix", "--at", AT][..], files].concat());
        assert!(String::from_utf8_lossy(&fix.stderr).contains(word), "fix of {files:?}");
    }
    let verify = run(&["verify", "--at", AT, "--trust", whole, "--chain", "hostile/partial.pem"]);
    assert_eq!(verify.status.code(), Some(2));
    for format in FORMATS {
        let fine = run(&["inspect", "--at", AT, "--format", format, whole, "revocation/shop.crl"]);
        let warned = String::from_utf8_lossy(&fine.stderr).into_owned();
        assert_eq!((fine.status.code(), warned.as_str()), (Some(0), ""), "a revocation list was read");
    }
}

/// Programs get the report where nothing was read: it says why.
#[test]
fn json_has_the_problems_where_nothing_was_read() {
    let asked = run(&["inspect", "--at", AT, "--format", "json", "signatures/record.sh"]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&asked.stderr).contains("no certificate could be read from record.sh."));
    let report: Value = serde_json::from_slice(&asked.stdout).expect("JSON");
    let message = report["sources"][0]["problems"][0]["message"].as_str().expect("a message");
    assert!(message.starts_with("No certificate was found in this text."), "{message}");
    let text = run(&["inspect", "--at", AT, "signatures/record.sh"]);
    assert_eq!((text.status.code(), text.stdout.is_empty()), (Some(2), true));
}

/// A name that turns the direction of writing, in every format, and in what a verifier says.
#[test]
fn nothing_in_a_name_reaches_the_terminal_that_controls_it() {
    let controls = |text: &str| -> Vec<char> {
        text.chars().filter(|character| *character != '\n' && !rootlens::scene::is_printable(*character)).collect()
    };
    let file = "hostile/cn-bidi.pem";
    let mut outputs: Vec<Output> =
        FORMATS.iter().map(|format| run(&["inspect", "--at", AT, "--format", format, file])).collect();
    outputs.push(run(&["fix", "--at", AT, file]));
    for format in ["text", "json"] {
        outputs.push(run(&["verify", "--at", AT, "--trust", file, "--chain", file, "--format", format]));
    }
    for output in outputs {
        for stream in [output.stdout, output.stderr] {
            let text = String::from_utf8(stream).expect("UTF-8");
            assert_eq!(controls(&text), [], "{text}");
        }
    }
    let report = json(&run(&["inspect", "--at", AT, "--format", "json", file]));
    assert!(
        report["certificates"][0]["name"].as_str().expect("a name").contains('\u{202e}'),
        "the value is what it is"
    );
}

/// A file is written where there is none, and what is written makes the chain trusted.
#[test]
fn fix_writes_the_corrected_files() {
    let (folder, arguments) = without_intermediate("fix");
    let out = folder.join("corrected");
    let fix = |more: &[&str]| run_command("fix", &arguments, more);
    let told = output(&fix(&["--out", &out.display().to_string()]));
    assert!(told.contains("Tried here: then all 11 programs accept it.\n"), "{told}");
    let chain = out.join("chain.pem").display().to_string();
    assert!(told.ends_with(&format!("Wrote {chain}.\n")), "{told}");
    let written = std::fs::read_to_string(&chain).expect("the file");
    let check = ["inspect", "--check", "--at", AT, "--trust", &arguments[3], &chain];
    assert_eq!(run(&check).status.code(), Some(0));
    let again = fix(&["--out", &out.display().to_string()]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("chain.pem is there already"));
    // A single file goes to standard output, below comments that PEM and YAML take for text.
    let printed = output(&fix(&[]));
    let (comments, file) = printed.split_at(printed.find("-----BEGIN").expect("a certificate"));
    assert!(comments.lines().all(|line| line.starts_with("# ")) && comments.ends_with("# chain.pem\n"), "{comments}");
    assert_eq!(file, written);
}

#[test]
fn fix_says_where_there_is_nothing_to_write() {
    let folder = "mtls-scenarios/ec-00-ok";
    let fine = run(&["fix", "--at", AT, &format!("{folder}/pool.pem"), &format!("{folder}/chain.pem")]);
    assert!(output(&fine).ends_with("Nothing to mend.\n"));
    let unproven = run_command("fix", &without_intermediate("unproven").1[..5], &[]);
    assert_eq!(unproven.status.code(), Some(1));
    let told = String::from_utf8_lossy(&unproven.stdout).into_owned();
    assert!(told.contains("No corrected file is written"), "{told}");
}

/// The client passes TLS, is refused at the session check, and an upgrade would let it in, unless nobody publishes the
/// root.
#[test]
fn inspect_puts_clients_before_the_gates_of_a_router() {
    let row = |text: &str| -> Vec<String> {
        let (_, table) =
            text.split_once("\nGates of an OpenZiti router that sampled ctrl1.tls.crt, by release\n").expect("gates");
        let line = table.lines().find(|line| line.contains("client2.chain.pem")).expect("the client");
        line.split_whitespace().skip(1).map(str::to_owned).collect()
    };
    assert_eq!(row(&output(&openziti(&[]))), ["accepted", "REJECTED", "REJECTED", "accepted"]);
    let published = "openziti-ha/distinct/signer3.crt";
    assert_eq!(row(&output(&openziti(&["--published", published]))), ["REJECTED"; 4], "no root is published");
    let json = json(&openziti(&["--format", "json"]));
    let gates: Vec<&str> =
        json["gates"].as_array().expect("gates").iter().map(|it| it["gate"].as_str().unwrap()).collect();
    assert_eq!(gates, ["tls", "v1", "v2", "v3"].repeat(3), "four for each peer");
}

#[test]
fn inspect_gives_programs_the_report() {
    let report = json(&openziti(&["--format", "json"]));
    assert_eq!(report["schema"], 1);
    assert_eq!(report["at"], AT);
    assert_eq!(report["sources"].as_array().unwrap().len(), OPENZITI.len());
    assert_eq!(report["pools"].as_array().unwrap().len(), 3 * 4, "three peers, four rules");
    assert_eq!(report["divergence"][0]["clients_lost"], serde_json::json!(["client2.chain.pem", "client3.chain.pem"]));
    assert_eq!(report["findings"][0]["code"], "intermediate-as-root");
}

#[test]
fn inspect_writes_a_post() {
    let post = output(&openziti(&["--format", "markdown"]));
    assert!(post.starts_with("**Error:** The naive rule trusts `ziti-controller1-edge-signer`"), "{post}");
    assert!(post.contains("-CAfile router1.cas.pem "), "a file is called by its name, without its folder");
}

#[test]
fn inspect_draws() {
    assert!(output(&openziti(&["--format", "mermaid"])).starts_with("flowchart TD\n"));
    assert!(output(&openziti(&["--format", "dot"])).starts_with("digraph rootlens {\n"));
    assert!(output(&openziti(&["--format", "svg"])).trim_start().starts_with("<svg"));
}

#[test]
fn check_turns_the_verdict_into_a_status() {
    let status = |files: &[&str]| run(&[&["inspect", "--check", "--at", AT][..], files].concat()).status.code();
    let scenario = |name: &str| {
        let files = ["pool.pem", "chain.pem"].map(|file| format!("mtls-scenarios/{name}/{file}"));
        status(&files.iter().map(String::as_str).collect::<Vec<&str>>())
    };
    assert_eq!(openziti(&["--check"]).status.code(), Some(1), "an error in the router's lens");
    assert_eq!(openziti(&["--check", "--lens", "chains"]).status.code(), Some(0), "every program accepts every chain");
    assert_eq!(scenario("ec-00-ok"), Some(0));
    assert_eq!(scenario("ec-04-missing-intermediate"), Some(1), "not trusted");
    assert_eq!(scenario("ec-04c-pool-only-intermediate"), Some(1), "depends");
    assert_eq!(status(&["mtls-scenarios/ec-00-ok/chain.pem"]), Some(0), "unknown");
}

#[test]
fn flags_give_roles_and_one_file_may_have_two() {
    let (pool, chain) = ("mtls-scenarios/ec-00-ok/pool.pem", "mtls-scenarios/ec-00-ok/chain.pem");
    let report =
        json(&run(&["inspect", "--at", AT, "--format", "json", "--bundle", pool, "--peer", chain, "--client", chain]));
    let sources = report["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 2, "the same path twice is one source");
    assert_eq!(sources[1]["roles"], serde_json::json!(["peer", "client"]));
    assert_eq!(sources[1]["role_reason"], "You chose this.");
}

/// `--trust` is `--bundle` by the word that everybody knows; `--chain` leaves the side to the certificate.
#[test]
fn trust_and_chain_name_the_two_files_of_a_question() {
    let (pool, chain) = ("mtls-scenarios/ec-00-ok/pool.pem", "mtls-scenarios/ec-00-ok/chain.pem");
    let report = json(&run(&["inspect", "--at", AT, "--format", "json", "--trust", chain, "--chain", pool]));
    let roles = |index: usize| report["sources"][index]["roles"].clone();
    assert_eq!((roles(0), roles(1)), (serde_json::json!(["bundle"]), serde_json::json!(["peer"])));
    let report = json(&run(&["inspect", "--at", AT, "--format", "json", "--trust", pool, "--chain", chain]));
    assert_eq!(report["sources"][1]["roles"], serde_json::json!(["client"]), "its usage is for clients only");
}

#[test]
fn a_lens_is_chosen() {
    let (pool, chain) = ("mtls-scenarios/ec-00-ok/pool.pem", "mtls-scenarios/ec-00-ok/chain.pem");
    let roles = |lens: &str| {
        let report = json(&run(&["inspect", "--at", AT, "--format", "json", "--lens", lens, pool, chain]));
        report["sources"][1]["roles"].clone()
    };
    assert_eq!(roles("chains"), serde_json::json!(["client"]));
    assert_eq!(roles("router"), serde_json::json!(["peer", "client"]), "the only chain stands for both");
    let refused = run(&["inspect", "--lens", "both", pool]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn standard_input_is_a_file_too() {
    let pool = recorded::text("mtls-scenarios/ec-00-ok/pool.pem");
    let arguments = ["inspect", "--at", AT, "--format", "json", "--bundle", "-", "mtls-scenarios/ec-00-ok/chain.pem"];
    let report = json(&run_with_input(&arguments, &pool));
    assert_eq!(report["sources"][0]["name"], "standard input");
    assert_eq!(report["headline"]["sentence"], "node-1 is trusted: it leads to Node CA, which is in standard input.");
}

#[test]
fn without_a_date_it_is_judged_now() {
    let report = json(&run(&["inspect", "--format", "json", "mtls-scenarios/ec-00-ok/pool.pem"]));
    let at = report["at"].as_str().unwrap();
    assert!(at > "2026-01-01" && at.ends_with('Z'), "{at}");
}

#[test]
fn verify_lists_engines_with_their_chains() {
    let (pool, chain) =
        ("mtls-scenarios/ec-04b-ok-with-intermediate/pool.pem", "mtls-scenarios/ec-04b-ok-with-intermediate/chain.pem");
    let arguments = ["verify", "--engine", "go-1.27.3", "--trust", pool, "--chain", chain, "--at", AT];
    let as_json = |more: &[&str]| json(&run(&[&arguments[..], &["--format", "json"], more].concat()));
    let digests: Vec<String> = [recorded::certificates(chain), recorded::certificates(pool)]
        .concat()
        .iter()
        .map(|it| data_encoding::HEXLOWER.encode(&it.sha256))
        .collect();
    assert_eq!(
        as_json(&["--purpose", "client"]),
        serde_json::json!([{"engine": "go-1.27.3", "accepts": true, "detail": "", "chains": [digests]}])
    );
    let server = as_json(&[]);
    assert_eq!(server[0]["accepts"], false, "the purpose is server unless said otherwise");
    assert_eq!(server[0]["detail"], "x509: certificate specifies an incompatible key usage");
    assert_eq!(server[0]["chains"], serde_json::json!([]));
    let host = as_json(&["--purpose", "any", "--host", "other.example"]);
    assert_eq!(host[0]["detail"], "x509: certificate is valid for node-1.example.internal, not other.example");
    assert_eq!(as_json(&["--purpose", "any", "--host", "node-1.example.internal"])[0]["accepts"], true);
    let text = output(&run(&[&arguments[..], &["--purpose", "client"]].concat()));
    // Every certificate of the path ends in the same second.
    let expected = "go-1.27.3: accepts\n  node-1 <- Node Issuing CA <- Node CA\n  rejects from 2027-11-21T17:51:37Z on: \
                    validity of node-1, Node Issuing CA, Node CA\n";
    assert_eq!(text, expected);
}

#[test]
fn verify_takes_standard_input_and_all_engines() {
    let chain = recorded::text("mtls-scenarios/ec-00-ok/chain.pem");
    let pool = "mtls-scenarios/ec-00-ok/pool.pem";
    let arguments = [
        "verify",
        "--engine",
        "all",
        "--trust",
        pool,
        "--chain",
        "-",
        "--at",
        AT,
        "--purpose",
        "any",
        "--format",
        "json",
    ];
    let verdicts = json(&run_with_input(&arguments, &chain));
    assert!(verdicts.as_array().unwrap().iter().any(|it| it["engine"] == "go-1.27.3" && it["accepts"] == true));
}

/// The help names every engine and every product.
#[test]
fn verify_help_lists_whom_one_can_ask() {
    let help = output(&run(&["verify", "--help"]));
    let products = preset::ALL.iter().map(|product| product.name);
    for name in Engine::ALL.iter().map(|engine| engine.name()).chain(products) {
        let words: Vec<&str> = help.split(|c: char| c.is_whitespace() || ",;:()".contains(c)).collect();
        assert!(words.contains(&name), "{name}");
    }
}

/// A product is answered by the engine behind it, and the answer says so.
#[test]
fn verify_answers_for_products() {
    let (pool, chain) = ("mtls-scenarios/ec-00-ok/pool.pem", "mtls-scenarios/ec-00-ok/chain.pem");
    for product in preset::ALL {
        let arguments = ["verify", "--engine", product.name, "--trust", pool, "--chain", chain, "--at", AT];
        let arguments = [&arguments[..], &["--purpose", "client"]].concat();
        let text = output(&run(&arguments));
        // The leaf is a client's, and refused by whoever asks for a server's.
        let settings = product.settings();
        let verdict = if settings.side == Side::Servers && settings.asks_usage { "rejects" } else { "accepts" };
        let begin = format!("{}, as {} judges: {verdict}\n", product.name, product.engine_name());
        assert!(text.starts_with(&begin), "{text}");
        assert!(text.contains(product.note) && text.contains(product.source), "{text}");
        let verdicts = json(&run(&[&arguments[..], &["--format", "json"]].concat()));
        assert_eq!(verdicts[0]["engine"], product.engine_name());
        assert_eq!(verdicts[0]["product"]["name"], product.name);
        assert_eq!(verdicts[0]["product"]["confidence"], product.confidence.words());
    }
}

/// Two cases of the corpus, one of them with verdicts that are wrong.
#[test]
fn conformance_counts_and_lists_what_differs() {
    let corpus: Value = serde_json::from_str(&recorded::text("conformance/corpus.json")).expect("JSON");
    let mut file = corpus.clone();
    let mut cases = corpus["cases"].as_array().expect("cases")[..2].to_vec();
    cases[1]["verdicts"] = serde_json::json!({
        "go-1.27.3": { "accepts": !corpus["cases"][1]["verdicts"]["go-1.27.3"]["accepts"].as_bool().expect("a verdict"),
                       "detail": "made up", "chains": [] },
        "netscape-4": { "accepts": true },
    });
    let id = cases[1]["id"].as_str().expect("an id").to_owned();
    file["cases"] = cases.into();
    let text = output(&run_with_input(&["conformance", "-"], &file.to_string()));
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("-: 2 cases"), "{text}");
    assert!(lines.next().is_some_and(|line| line.starts_with("  go-1.27.3: 50.0 % of verdicts (1/2), ")), "{text}");
    assert_eq!(lines.next(), Some(&*format!("    {id}")));
    assert!(lines.next().is_some_and(|line| line.starts_with("      on record: ")), "{text}");
    assert!(lines.next().is_some_and(|line| line.starts_with("      engine:    ")), "{text}");
    assert!(text.contains("\n  rustls-webpki-0.103.16: 100.0 % of verdicts (1/1), "), "{text}");
    assert!(text.lines().last().is_some_and(|line| line.starts_with("  not re-enacted here: ")), "{text}");
    assert!(text.contains("netscape-4"), "{text}");
}

/// What is not of the format is told from what is, with the place.
#[test]
fn conformance_says_what_is_wrong_with_a_file() {
    let case = serde_json::json!({ "id": "x", "trusted": [], "presented": [], "leaf": 0, "verdicts": {},
                                   "time": "2026-01-01T00:00:00Z", "purpose": "any", "host": null });
    let file = |change: &dyn Fn(&mut Value)| {
        let mut file = serde_json::json!({ "certs": ["AAAA"], "cases": [case.clone()] });
        change(&mut file);
        run_with_input(&["conformance", "-"], &file.to_string())
    };
    assert_eq!(output(&file(&|_| {})), "-: 1 cases\n");
    for (path, value, words) in [
        ("/certs", Value::Null, "has no list `certs`"),
        ("/certs/0", "A*".into(), "has certs that are no base64"),
        ("/cases", serde_json::json!([]), "has no cases"),
        ("/cases/0/leaf", 1.into(), "has in case 0 the certificate 1, which is not in certs"),
        ("/cases/0/time", "soon".into(), "has in case 0 no time in the form of RFC 3339"),
        ("/cases/0/purpose", "mail".into(), "has in case 0 the purpose \"mail\""),
        ("/cases/0/verdicts", serde_json::json!({ "go-1.27.3": {} }), "has in case 0 a verdict without `accepts`"),
    ] {
        let answer = file(&|file| *file.pointer_mut(path).expect("it is there") = value.clone());
        let said = String::from_utf8_lossy(&answer.stderr);
        assert_eq!(answer.status.code(), Some(2), "{path}");
        assert!(said.contains(words), "{path}: {said}");
    }
}

#[test]
fn what_cannot_be_done_says_what_and_what_next() {
    let pool = "mtls-scenarios/ec-00-ok/pool.pem";
    for (arguments, message) in [
        (&["inspect"][..], "no files given"),
        (
            &[],
            "requires a subcommand but one was not provided\n  [subcommands: inspect, fix, verify, conformance, completions",
        ),
        (&["inspekt"], "unrecognized subcommand 'inspekt'\n\n  tip: a similar subcommand exists: 'inspect'"),
        (&["inspect", "nowhere.pem"], "cannot read nowhere.pem"),
        (&["inspect", "mtls-scenarios"], "mtls-scenarios is a folder. Name the files in it."),
        (&["inspect", "--at", "tomorrow", pool], "Write it as 2026-11-21T18:00:00Z"),
        (&["inspect", "--format", "pdf", pool], "[possible values: text, json, markdown, svg, mermaid, dot, link]"),
        (&["inspect", "--store", "system", pool], "[possible values: given, public, both, none]"),
        (&["inspect", "--sideways", pool], "unexpected argument '--sideways' found"),
        (&["verify", "--trust", pool], "required arguments were not provided:\n  --chain <FILE>"),
        (&["verify", "--format", "svg", "--trust", pool, "--chain", pool], "[possible values: text, json]"),
        (&["completions", "cmd"], "[possible values: bash, elvish, fish, powershell, zsh]"),
        (
            &["verify", "--engine", "netscape", "--trust", pool, "--chain", pool],
            "The engines are go-1.27.3, go-1.19.8, ",
        ),
        (
            &["verify", "--engine", "netscape", "--trust", pool, "--chain", pool],
            "The products that use one are apache, ",
        ),
        (&["conformance"], "no files given"),
        (&["conformance", "--sideways"], "try '--help'"),
        (&["conformance", "nowhere.json"], "cannot read nowhere.json"),
        (&["conformance", pool], "pool.pem is no JSON"),
        (&["conformance", "mtls-scenarios"], "is a folder"),
        (&["verify", "--purpose", "mail", "--trust", pool, "--chain", pool], "[possible values: client, server, any]"),
        (
            &["verify", "--trust", "mtls-scenarios/verdicts.tsv", "--chain", pool],
            "no certificate could be read from verdicts.tsv",
        ),
    ] {
        let output = run(arguments);
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {words}");
        assert!(words.starts_with("rootlens: ") && words.contains(message), "{arguments:?}: {words}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_private_key_is_named_and_never_shown() {
    let key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IGJ5dGVz\n-----END PRIVATE KEY-----\n";
    let both = format!("{key}{}", recorded::text("mtls-scenarios/ec-00-ok/chain.pem"));
    let pool = "mtls-scenarios/ec-00-ok/pool.pem";
    for (arguments, input) in [
        (&["inspect", "--at", AT, "-"][..], key),
        (&["inspect", "--at", AT, "-"], &both),
        (&["inspect", "--at", AT, "--format", "json", "-"], &both),
        (&["verify", "--at", AT, "--trust", pool, "--chain", "-"], &both),
    ] {
        let output = run_with_input(arguments, input);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("private key"), "{arguments:?}: {said}");
        assert!(!said.contains("c2VjcmV0") && !said.contains("secret bytes"), "{arguments:?}");
    }
}

/// The scripts complete commands and options, and values where the shell's script has them.
#[test]
fn a_shell_can_complete_the_command_line() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = output(&run(&["completions", shell]));
        for word in ["inspect", "published", "completions"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        let has_values = ["bash", "fish", "zsh"].contains(&shell);
        assert_eq!(script.contains("openssl-3.0.22-partial-strict"), has_values, "{shell}");
    }
}

/// Sources stand in the order of the command line, whatever flag each file has.
#[test]
fn files_keep_their_order_across_flags() {
    let (pool, chain) = ("mtls-scenarios/ec-00-ok/pool.pem", "mtls-scenarios/ec-00-ok/chain.pem");
    let names = |arguments: &[&str]| -> Vec<String> {
        let report = json(&run(&[&["inspect", "--at", AT, "--format", "json"], arguments].concat()));
        let sources = report["sources"].as_array().expect("sources").iter();
        sources.map(|source| source["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names(&["--client", chain, "--bundle", pool]), ["chain.pem", "pool.pem"]);
    assert_eq!(names(&["--bundle", pool, chain, "--peer", chain]), ["pool.pem", "chain.pem"]);
}

#[test]
fn help_and_version() {
    assert_eq!(output(&run(&["--version"])), concat!("rootlens ", env!("CARGO_PKG_VERSION"), "\n"));
    for arguments in [&["--help"][..], &["inspect", "--help"], &["verify", "--help"], &["conformance", "--help"]] {
        let help = output(&run(arguments));
        let usage = if arguments.len() == 1 { "<COMMAND>" } else { arguments[0] };
        assert!(help.contains(&format!("Usage: rootlens {usage}")), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    }
    assert!(Path::new(env!("CARGO_BIN_EXE_rootlens")).exists());
}

/// The password stands in a file or comes from standard input, never on the command line.
#[test]
fn a_keystore_is_opened_with_the_password_of_a_file() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("password");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let (right, wrong) = (file("right", "s3cret-of-mine\nanother line\n"), file("wrong", "other\n"));
    let store = "containers/pkcs12/keys-own-password.p12";
    let closed = run(&["inspect", "--at", AT, store]);
    assert_eq!(closed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&closed.stderr).contains("needs its password"));
    for (path, input) in [(right.as_str(), ""), ("-", "s3cret-of-mine\r\n")] {
        let opened =
            run_with_input(&["inspect", "--at", AT, "--password-file", path, store, "--format", "json"], input);
        assert_eq!(json(&opened)["answer"]["chains"].as_array().map(Vec::len), Some(2), "{path}");
        assert!(opened.stderr.is_empty(), "{path}");
        assert!(!String::from_utf8_lossy(&opened.stdout).contains("s3cret"), "{path}");
    }
    let refused = run(&["inspect", "--at", AT, "--password-file", &wrong, store, "containers/jks/trust.jks"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("/wrong does not open keys-own-password.p12.") && !said.contains("other"), "{said}");
    assert_eq!(run(&["inspect", "--password-file", &wrong, store]).status.code(), Some(2));
    assert_eq!(run_with_input(&["inspect", "--password-file", "-", "-"], "").status.code(), Some(2));
    assert_eq!(run(&["inspect", "--password-file", "/nowhere", store]).status.code(), Some(2));
}

#[test]
fn inspect_says_whose_key_a_request_has() {
    let text = output(&run(&[
        "inspect",
        "--at",
        AT,
        "containers/text/key-then-certificate.pem",
        "containers/text/request.csr",
    ]));
    assert!(text.contains("    - line 1: This request was made with the key of leaf.example.\n"), "{text}");
    assert!(text.contains("\n        openssl pkey -pubout -in key-then-certificate.pem\n"), "{text}");
}
