//! The boundaries that `ARCHITECTURE.md` draws, read from the sources and from cargo's own tree.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What each module may use, in reading order: a module not named here may not exist, a use not named here may not be.
const MAY_USE: &[(&str, &[&str])] = &[
    ("collection", &[]),
    ("plural", &[]),
    ("shell", &[]),
    ("base64", &[]),
    ("der", &[]),
    ("time", &[]),
    ("oid", &[]),
    ("digest", &[]),
    ("lines", &[]),
    // What programs say, by their words alone.
    ("error_text", &["time"]),
    ("decode", &["time", "error_text"]),
    ("signature", &[]),
    ("certificate", &["time"]),
    ("public_roots", &["certificate"]),
    ("graph", &["certificate", "signature"]),
    ("verifier", &["time", "signature", "certificate", "graph"]),
    // Its loaders ask the engines' parsers what is a certificate.
    ("loader", &["decode", "certificate", "verifier"]),
    // It asks what real programs get out of a source.
    ("inventory", &["error_text", "decode", "certificate", "public_roots", "loader"]),
    // What headers forward, held against the certificates.
    ("forwarding", &["decode", "certificate", "inventory"]),
    // Files of recorded verdicts, and the engines beside them.
    ("conformance", &["time", "certificate", "graph", "verifier"]),
    ("timeline", &["time", "certificate", "graph", "verifier"]),
    ("disagreement", &["time", "signature", "certificate", "graph", "verifier", "timeline"]),
    ("lens", &[]),
    ("role", &["signature", "certificate", "inventory", "graph", "lens"]),
    ("store", &[]),
    ("choices", &["time", "verifier", "lens", "role", "store"]),
    ("trust_store", &["certificate", "inventory", "lens", "role", "store", "choices"]),
    ("acceptance", &["time", "certificate", "graph", "verifier", "timeline", "lens", "role", "choices"]),
    ("pool", &["time", "certificate", "graph", "verifier", "role"]),
    ("divergence", &["time", "certificate", "graph", "verifier", "role", "pool"]),
    ("analysis", &["time", "certificate", "inventory", "graph", "verifier", "role", "choices", "pool", "divergence"]),
    (
        "answer",
        &[
            "time",
            "signature",
            "certificate",
            "inventory",
            "graph",
            "verifier",
            "timeline",
            "disagreement",
            "role",
            "store",
            "choices",
            "trust_store",
            "acceptance",
            "loader",
        ],
    ),
    // What the files say to what programs said.
    (
        "error_explanation",
        &[
            "time",
            "error_text",
            "decode",
            "signature",
            "certificate",
            "inventory",
            "forwarding",
            "graph",
            "verifier",
            "role",
            "choices",
            "trust_store",
            "acceptance",
            "analysis",
            "answer",
        ],
    ),
    (
        "finding",
        &[
            "time",
            "decode",
            "signature",
            "certificate",
            "inventory",
            "graph",
            "verifier",
            "role",
            "pool",
            "divergence",
            "analysis",
            "lens",
            "answer",
        ],
    ),
    (
        "report",
        &[
            "error_explanation",
            "time",
            "decode",
            "signature",
            "certificate",
            "inventory",
            "graph",
            "verifier",
            "timeline",
            "disagreement",
            "role",
            "choices",
            "acceptance",
            "pool",
            "divergence",
            "analysis",
            "lens",
            "store",
            "trust_store",
            "answer",
            "finding",
            "forwarding",
        ],
    ),
    (
        "inspect",
        &[
            "error_explanation",
            "certificate",
            "inventory",
            "graph",
            "verifier",
            "role",
            "choices",
            "trust_store",
            "acceptance",
            "analysis",
            "answer",
            "finding",
            "report",
        ],
    ),
    // A link carries what the report's answer needs.
    (
        "share",
        &[
            "time",
            "signature",
            "certificate",
            "loader",
            "inventory",
            "verifier",
            "lens",
            "role",
            "store",
            "choices",
            "report",
        ],
    ),
    // It says what the report holds.
    ("wording", &["time", "verifier", "report"]),
    // It asks whose certificate a leaf is.
    ("scene", &["report", "verifier"]),
    // Its graphs say what the drawing shows, so the drawing chooses. A purpose is what the report's chains are judged as.
    ("export", &["verifier", "report", "wording", "scene"]),
    ("example", &["inventory"]),
    // The package loads what the page loads, and knows no link, no example and no state.
    (
        "js",
        &[
            "time",
            "signature",
            "public_roots",
            "inventory",
            "graph",
            "verifier",
            "lens",
            "role",
            "store",
            "choices",
            "report",
            "inspect",
            "scene",
        ],
    ),
    ("messages", &["choices", "inventory", "report", "scene", "share"]),
    ("fault", &[]),
    // The program in the page's worker loads (inventory, graph, signature), inspects, draws and makes files.
    (
        "inspector",
        &[
            "signature",
            "public_roots",
            "inventory",
            "graph",
            "verifier",
            "choices",
            "share",
            "report",
            "wording",
            "inspect",
            "scene",
            "export",
            "messages",
            "fault",
        ],
    ),
    // The page gathers inputs, stores choices (time, verifier, role) and shows report and scene.
    (
        "ui",
        &[
            "time",
            "inventory",
            "verifier",
            "role",
            "store",
            "choices",
            "lens",
            "share",
            "report",
            "wording",
            "scene",
            "example",
            "messages",
            "fault",
        ],
    ),
];

/// What every module may use: tools without meaning.
const EVERYWHERE: [&str; 8] = ["collection", "plural", "shell", "base64", "lines", "der", "oid", "digest"];

/// Where each dependency of `Cargo.toml` may be named, as the beginnings of paths under `src/`.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("aes", &["decode/pbe"]),
    ("bp256", &["signature/"]),
    ("bp384", &["signature/"]),
    ("cbc", &["decode/pbe"]),
    ("const-oid", &["oid"]),
    // Hex and base64, wherever octets become text or text octets.
    (
        "data-encoding",
        &[
            "answer/files",
            "base64",
            "certificate/",
            "conformance/",
            "decode/",
            "disagreement/",
            "inventory/loading",
            "loader/base64",
            "oid",
            "report/",
            "share/",
            "verifier/",
        ],
    ),
    ("des", &["decode/pbe"]),
    ("dsa", &["signature/"]),
    ("ecdsa", &["signature/"]),
    ("ed25519-dalek", &["signature/"]),
    ("ed448-goldilocks", &["signature/"]),
    ("k256", &["signature/"]),
    ("miniz_oxide", &["share/deflate"]),
    ("ml-dsa", &["signature/"]),
    ("p192", &["signature/"]),
    ("p224", &["signature/", "verifier/curve"]),
    ("p256", &["signature/", "verifier/curve"]),
    ("p384", &["signature/", "verifier/curve"]),
    ("p521", &["signature/", "verifier/curve"]),
    // Encryption by password.
    ("pkcs12", &["decode/pbe"]),
    ("postcard", &["messages"]),
    ("pbkdf2", &["decode/pbe"]),
    ("rc2", &["decode/pbe"]),
    ("rsa", &["signature/"]),
    ("rustls-pki-types", &["verifier/webpki/", "loader/rustls"]),
    ("schemars", &["report/"]),
    // The report is printed; the rest is what the page and its inspector say to each other.
    (
        "serde",
        &[
            "report/",
            "bin/",
            "js.rs",
            "messages",
            "choices",
            "decode/passwords",
            "lens",
            "role/mod",
            "scene/",
            "share/error",
            "share/summary",
            "store",
            "verifier/mod",
        ],
    ),
    ("serde_bytes", &["messages"]),
    ("sha1", &["signature/", "digest", "decode/pbe"]),
    ("sha2", &["signature/", "digest", "decode/pbe"]),
    // Two engines have modules of this name.
    ("time", &["time.rs", "verifier/go/parse/mod.rs", "verifier/mbedtls/parse/mod.rs"]),
    ("webpki", &["verifier/webpki/", "loader/rustls"]),
    ("webpki-root-certs", &["public_roots"]),
    ("x509-parser", &["certificate/", "loader/x509_parser"]),
    ("console_error_panic_hook", &["fault.rs"]),
    ("js-sys", &["ui/", "inspector/", "signature/webcrypto", "js.rs", "bin/bindings"]),
    ("gloo-events", &["ui/"]),
    ("gloo-timers", &["inspector/"]),
    ("clap", &["bin/"]),
    ("clap_complete", &["bin/"]),
    ("serde-wasm-bindgen", &["js.rs"]),
    ("serde_json", &["decode/parts/json", "export/json", "report/schema", "conformance/", "bin/"]),
    ("wasm-bindgen", &["ui/", "inspector/", "fault.rs", "signature/webcrypto", "js.rs", "bin/bindings"]),
    ("wasm-bindgen-futures", &["ui/", "inspector/", "signature/webcrypto"]),
    ("web-sys", &["ui/", "inspector/", "signature/webcrypto"]),
    ("yew", &["ui/"]),
];

/// What would make the core depend on more than its arguments.
const FOREIGN: &[(&str, &str)] = &[
    ("SystemTime", "asks the clock"),
    ("Instant::now", "asks the clock"),
    ("Date::now", "asks the clock"),
    ("ASN1Time::now", "asks the clock"),
    ("thread_rng", "draws random numbers"),
    ("OsRng", "draws random numbers"),
    ("getrandom", "draws random numbers"),
    ("RandomState", "iterates in an order of its own"),
    ("std::env", "reads the environment"),
    ("std::fs", "reads or writes files"),
    ("TcpListener", "speaks to others"),
    ("TcpStream", "speaks to others"),
    ("UdpSocket", "speaks to others"),
    ("std::process", "speaks to other programs"),
    ("std::thread", "depends on a scheduler"),
    ("println!", "prints"),
    ("eprintln!", "prints"),
    ("dbg!", "prints"),
];

/// The shells around the core.
const SHELLS: [&str; 6] = ["ui/", "inspector/", "fault.rs", "bin/", "main.rs", "js.rs"];

#[test]
fn a_module_uses_only_what_it_may() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.is_part_of_a_module()) {
        let module = source.module();
        let Some(allowed) = allowed.get(module) else {
            wrong.push(format!("{}: the module `{module}` has no row in MAY_USE", source.path));
            continue;
        };
        for used in used_modules(&source.code) {
            if used != module && !EVERYWHERE.contains(&used.as_str()) && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}: `{module}` may not use `{used}`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_stands_below_what_it_uses() {
    let mut above = BTreeSet::new();
    for (module, uses) in MAY_USE {
        for used in *uses {
            assert!(above.contains(used), "`{module}` would use `{used}`, which does not stand above it");
        }
        above.insert(*module);
    }
}

#[test]
fn a_dependency_is_named_only_where_it_belongs() {
    let mut wrong = Vec::new();
    for (dependency, places) in MAY_NAME {
        let name = dependency.replace('-', "_");
        for source in sources() {
            let belongs = places.iter().any(|place| source.path.starts_with(place));
            if !belongs && names_crate(&source.code, &name) {
                wrong.push(format!("{}: names `{name}`, which belongs under {places:?}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_has_its_place() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let section = manifest.split("\n[dependencies]\n").nth(1).and_then(|rest| rest.split("\n[").next());
    let lines = section.expect("dependencies").lines().filter_map(|line| line.split_once(" = "));
    let declared: BTreeSet<&str> = lines.map(|(name, _)| name).collect();
    let placed: BTreeSet<&str> = MAY_NAME.iter().map(|(name, _)| *name).collect();
    assert_eq!(declared, placed);
}

#[test]
fn the_core_has_no_clock_no_randomness_and_no_input_or_output() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_shell()) {
        for (word, why_not) in FOREIGN {
            if words_at(&source.code, word).next().is_some() {
                wrong.push(format!("{}: `{word}` {why_not}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_builds_without_wasm_bindgen_and_yew() {
    for target in ["", "wasm32-unknown-unknown"] {
        let packages = packages(target);
        assert!(packages.contains_key("sha2"), "cargo's tree lists the packages of the core");
        for absent in ["wasm-bindgen", "js-sys", "web-sys", "yew", "getrandom"] {
            assert!(!packages.contains_key(absent), "{absent} is in the core's tree for `{target}`");
        }
    }
}

#[test]
fn only_the_page_builds_with_yew() {
    for (feature, added) in [("js", "serde-wasm-bindgen"), ("inspector", "postcard")] {
        let packages = packages_with(feature, "wasm32-unknown-unknown");
        assert!(packages.contains_key(added), "cargo's tree lists what the feature {feature} adds");
        for absent in ["yew", "getrandom"] {
            assert!(!packages.contains_key(absent), "{absent} is in the tree of the feature {feature}");
        }
    }
}

#[test]
fn the_core_holds_no_package_twice() {
    let twice: Vec<_> = packages("").into_iter().filter(|(_, versions)| 1 < versions.len()).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// The packages that the default features link, with their versions; `target` is empty for this machine.
pub(crate) fn packages(target: &str) -> BTreeMap<String, BTreeSet<String>> {
    packages_with("", target)
}

/// The same with a feature.
fn packages_with(feature: &str, target: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--locked", "--package", "rootlens", "--edges", "normal,no-proc-macro", "--features", feature]);
    tree.args(["--prefix", "none", "--format", "{p}"]).current_dir(root());
    if !target.is_empty() {
        tree.args(["--target", target]);
    }
    let output = tree.output().expect("cargo tree");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let mut words = line.split(' ').map(str::to_string);
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            packages.entry(name).or_default().insert(version);
        }
    }
    packages
}

/// A file under `src/` without its comments and its tests.
struct Source {
    /// Relative to `src/`.
    path: String,
    code: String,
}

impl Source {
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    fn is_part_of_a_module(&self) -> bool {
        !["lib", "main", "bin"].contains(&self.module())
    }

    fn is_shell(&self) -> bool {
        SHELLS.iter().any(|shell| self.path.starts_with(shell))
    }
}

fn sources() -> Vec<Source> {
    let folder = root().join("src");
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    assert!(15 < paths.len(), "the sources are found");
    let source = |path: &PathBuf| Source {
        path: path.strip_prefix(&folder).expect("under src").to_string_lossy().replace('\\', "/"),
        code: code_of(&fs::read_to_string(path).expect("a source")),
    };
    paths.iter().map(source).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Tests stand last in a file and may use whatever they like.
pub(crate) fn code_of(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = text.lines().map(|line| match line.find("//") {
        Some(0) => "",
        // An address in a text, such as https://example.com, begins no comment.
        Some(start) if !line[..start].ends_with(':') => &line[..start],
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The first name of every path that begins with `crate::`, also of grouped ones.
fn used_modules(code: &str) -> BTreeSet<String> {
    words_at(code, "crate::").flat_map(|start| first_names(&code[start + "crate::".len()..])).collect()
}

/// The name that a path begins with, or those of every path of a group: `{graph::{Edge, Ca}, time}` has two.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path)] };
    let mut depth = 1;
    let mut paths = vec![String::new()];
    for letter in group.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        match (depth, letter) {
            (0, _) => break,
            (1, ',') => paths.push(String::new()),
            _ => paths.last_mut().expect("there is always one").push(letter),
        }
    }
    paths.iter().map(|path| identifier(path.trim())).filter(|name| !name.is_empty()).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// Whether the code speaks of a crate: in a path that begins with it, or in a `use` of the whole.
fn names_crate(code: &str, name: &str) -> bool {
    // A module of the crate's own that is called like one of another.
    if ["mod", "use super::", "use crate::"]
        .iter()
        .any(|from| code.contains(&format!("{from} {name};").replace(":: ", "::")))
    {
        return false;
    }
    words_at(code, name).any(|start| {
        let (before, after) = (&code[..start], &code[start + name.len()..]);
        !before.ends_with("::") && (after.starts_with("::") || before.ends_with("use "))
    })
}

/// Where `word` stands as a whole word.
fn words_at<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part_of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word).map(|(start, _)| start).filter(move |start| {
        let before = code[..*start].chars().next_back();
        let after = code[start + word.len()..].chars().next();
        let ends_open = word.ends_with(|letter: char| !part_of_word(letter));
        !before.is_some_and(part_of_word) && (ends_open || !after.is_some_and(part_of_word))
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

mod reading {
    //! The tests above are worth as much as this reading of the sources.

    use super::*;

    fn names(code: &str) -> Vec<String> {
        used_modules(code).into_iter().collect()
    }

    #[test]
    fn paths_are_found_alone_and_in_groups() {
        assert_eq!(names("use crate::graph::Graph;"), ["graph"]);
        assert_eq!(
            names("use crate::{graph::{Edge, ca::Ca}, time, pool::Pool}; use std::{fmt, io};"),
            ["graph", "pool", "time"]
        );
        assert_eq!(names("let x: crate::time::Timestamp = mycrate::pool::x();"), ["time"]);
    }

    #[test]
    fn comments_and_tests_are_left_out() {
        let text = "//! [`crate::pool`]\nfn f() {} // crate::graph\nlet a = \"https://crate::role\";\n\
                    #[cfg(test)]\nmod tests {\n    use crate::finding::x;\n}\n";
        assert_eq!(names(&code_of(text)), ["role"]);
    }

    #[test]
    fn a_crate_is_told_from_a_module_of_the_same_name() {
        assert!(names_crate("use rsa::RsaPublicKey;", "rsa"));
        assert!(names_crate("use serde;", "serde"));
        assert!(names_crate("fn f(key: p256::PublicKey) {}", "p256"));
        assert!(!names_crate("use crate::rsa::Key; let rsa = 1; use myrsa::X;", "rsa"));
    }
}
