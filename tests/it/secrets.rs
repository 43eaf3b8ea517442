//! Tests of what is left of secrets: their number and kind, and no run of their bytes in what was read, in the report, in a link, in
//! an export, in a corrected file or on the terminal; not of damaged files either.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use rootlens::certificate::pem;
use rootlens::choices::Choices;
use rootlens::decode::{self, Secret};
use rootlens::export;
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::loader;
use rootlens::report::{Fix, Report};
use rootlens::scene::{self, View, svg};
use rootlens::share::{self, Content};
use rootlens::time::Timestamp;

use crate::traces::{self, Traces};
use crate::{case, containers, recorded};
#[cfg(feature = "cli")]
use {
    crate::cli,
    std::fs,
    std::path::{Path, PathBuf},
};

/// Java's own keystores have it, and rootlens says that it tries it.
const USUAL_PASSWORD: &[u8] = b"changeit";

/// A file that holds secrets, and what must not be found of it.
struct Sample {
    input: Input,
    secrets: Vec<Secret>,
    traces: Traces,
}

/// Every container with a secret.
static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let files = containers::all_files();
    let public = public(files.iter().flat_map(|(_, bytes)| decode::read(bytes).items).map(|item| item.der));
    let samples = files.into_iter().map(|(file, bytes)| sample(file, bytes, &public));
    samples.filter(|sample| !sample.secrets.is_empty()).collect()
});

fn sample(file: &str, bytes: Vec<u8>, public: &Traces) -> Sample {
    let secrets = decode::read(&bytes).secrets;
    let blocks = secrets.iter().map(|secret| without_labels(&bytes[secret.place.bytes.clone()]));
    let hidden = blocks.flat_map(|block| owned_readings(&block)).chain(keys());
    let hidden: Vec<Vec<u8>> = hidden.filter(|secret| secret != USUAL_PASSWORD).collect();
    let traces = Traces::of(hidden.iter().map(Vec::as_slice)).without(public);
    Sample {
        input: Input { name: file.rsplit('/').next().unwrap_or(file).to_owned(), bytes, ..Input::default() },
        secrets,
        traces,
    }
}

/// The public half of a key stands in its certificate too, whatever the certificate's base64 is taken for; in a Kubernetes object
/// there is base64 of its PEM.
fn public(certificates: impl Iterator<Item = Vec<u8>>) -> Traces {
    let certificates: BTreeSet<Vec<u8>> = certificates.collect();
    let texts = certificates.into_iter().flat_map(|der| [pem::encode(&der).into_bytes(), der]);
    let shifted = texts.flat_map(|text| (0..3).map(move |shift| BASE64_NOPAD.encode(&text[shift..])));
    let readings: Vec<Vec<u8>> = shifted.flat_map(|base64| owned_readings(base64.as_bytes())).collect();
    Traces::of(readings.iter().map(Vec::as_slice))
}

fn owned_readings(written: &[u8]) -> Vec<Vec<u8>> {
    traces::readings(written).into_iter().map(Vec::from).collect()
}

/// The keys with which the files were made.
fn keys() -> Vec<Vec<u8>> {
    let lines = recorded::text("containers/keys.txt");
    let hex = |line: &str| HEXLOWER.decode(line.split_once(' ').expect("a name").1.as_bytes()).expect("hex");
    lines.lines().map(hex).collect()
}

/// A block of PEM without the lines that say what it is, which are no secret.
fn without_labels(block: &[u8]) -> Vec<u8> {
    let parts = String::from_utf8_lossy(block).split("-----").map(str::to_owned).collect::<Vec<String>>();
    let is_label = |part: &&String| part.starts_with("BEGIN ") || part.starts_with("END ");
    match parts.iter().any(|part| is_label(&part)) {
        true => parts.iter().filter(|part| !is_label(part)).map(String::as_str).collect::<String>().into_bytes(),
        false => block.to_vec(),
    }
}

/// What was made of files: the report, and all that is written of it anywhere.
struct Made {
    report: Report,
    written: String,
}

impl Made {
    fn of(inputs: &[Input]) -> Made {
        let inventory = Inventory::from_inputs(inputs);
        let graph = Graph::build(inventory.certificates.clone());
        let choices = Choices::at(Timestamp::parse("2026-11-30T12:00:00Z").expect("an instant"));
        let report = inspect::inspect(&inventory, &graph, &choices).report;
        let link = share::pack(&Content::for_answer(&inventory, &choices, &report));
        let drawing = scene::draw(&report, &View::default());
        let mut parts = vec![
            format!("{:?}{drawing:?}", inventory.sources),
            export::json(&report),
            export::markdown(&report, Some(&link)),
            export::mermaid(&report),
            export::dot(&report),
            svg::document(&drawing, svg::Theme::System),
            format!("{:?}", share::unpack(&link)),
        ];
        parts.extend(inputs.iter().map(|input| format!("{:?}", decode::read(&input.bytes))));
        // Loaders take files of text.
        for input in inputs.iter().filter(|input| input.bytes.is_ascii()) {
            parts.push(format!("{:?}", loader::compare(&input.bytes)));
            parts.extend(loader::mended(&input.bytes));
        }
        parts.extend(fixes(&report).flat_map(|fix| &fix.files).map(|file| file.text.clone()));
        Made { written: parts.join("\n"), report }
    }
}

fn fixes(report: &Report) -> impl Iterator<Item = &Fix> {
    report.answer.chains.iter().filter_map(|chain| chain.fix.as_ref()).chain(&report.answer.fix)
}

#[test]
fn no_secret_of_a_container_is_written() {
    assert_eq!(keys().len(), 2);
    let has_word = |sample: &Sample| sample.traces.found_in(b"DB_PASSWORD=made-up-word").is_some();
    assert!(SAMPLES.iter().any(|sample| sample.input.name == "app.env" && has_word(sample)));
    assert_eq!(SAMPLES.iter().map(|sample| sample.secrets.len()).sum::<usize>(), 40);
    for Sample { input, traces, .. } in SAMPLES.iter() {
        assert!(30 < traces.len(), "{}: {} runs", input.name, traces.len());
        // The search finds what it looks for in the file itself.
        assert!(traces.found_in(&input.bytes).is_some(), "{}", input.name);
        let mended = loader::mended(&input.bytes).unwrap_or_default();
        traces.assert_absent((Made::of(std::slice::from_ref(input)).written + &mended).as_bytes(), &input.name);
    }
}

/// A root that is trusted, and the intermediate that some of the files lack: with these there is something to correct.
fn company() -> [Input; 2] {
    let input = |file: &str| {
        let bytes = std::fs::read(recorded::path(&format!("containers/{file}"))).expect("a file");
        Input { name: file.rsplit('/').next().unwrap_or(file).to_owned(), bytes, ..Input::default() }
    };
    [input("jks/trust.jks"), input("pkcs7/bundle.p7b")]
}

#[test]
fn no_secret_is_written_into_a_corrected_file() {
    let mut corrected = 0;
    for Sample { input, traces, .. } in SAMPLES.iter() {
        let made = Made::of(&[company().as_slice(), std::slice::from_ref(input)].concat());
        corrected += fixes(&made.report).map(|fix| fix.files.len()).sum::<usize>();
        traces.assert_absent(made.written.as_bytes(), &input.name);
    }
    assert!(5 < corrected, "{corrected}");
}

/// A key, a token and a password, as they stand behind certificates.
fn appended() -> (String, Traces) {
    let file = recorded::text("containers/text/key-then-certificate.pem");
    let end = file.find("-----BEGIN CERTIFICATE").expect("the certificate behind the key");
    let (token, password) = (recorded::text("containers/text/jwt.txt"), "a-word-made-up-for-this");
    let signature = token.trim().rsplit('.').next().expect("a signature");
    let secrets = keys().into_iter().chain([signature.into(), password.into()]).collect::<Vec<Vec<u8>>>();
    let text = format!("\n{}Authorization: Bearer {token}\nssl.keystore.password={password}\n", &file[..end]);
    (text, Traces::of(secrets.iter().map(Vec::as_slice)))
}

#[test]
fn no_secret_of_an_incident_is_written_into_a_corrected_file() {
    let (text, traces) = appended();
    let mut corrected = 0;
    for mut case in case::incidents() {
        for input in case.inputs.iter_mut().filter(|input| input.bytes.is_ascii()) {
            input.bytes.extend(text.as_bytes());
            traces.assert_absent(loader::mended(&input.bytes).unwrap_or_default().as_bytes(), &input.name);
        }
        let report = case.report();
        corrected += fixes(&report).map(|fix| fix.files.len()).sum::<usize>();
        traces.assert_absent(export::json(&report).as_bytes(), &case.name);
    }
    assert!(12 < corrected, "{corrected}");
}

/// Writes files into a folder of this name and gives their paths.
#[cfg(feature = "cli")]
fn laid(folder: &str, inputs: &[Input]) -> (PathBuf, Vec<String>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let write = |input: &Input| {
        let path = folder.join(&input.name);
        fs::write(&path, &input.bytes).expect("a file");
        path.display().to_string()
    };
    let paths = inputs.iter().map(write).collect();
    (folder, paths)
}

#[test]
#[cfg(feature = "cli")]
fn no_secret_is_written_on_the_terminal_or_by_its_commands() {
    let (text, traces) = appended();
    let scenario = recorded::text("mtls-scenarios/ec-04-missing-intermediate/chain.pem") + &text;
    let file = |path: &str| recorded::text(&format!("mtls-scenarios/{path}/pool.pem")) + &text;
    let scenario = [
        Input { name: "chain.pem".to_owned(), bytes: scenario.into_bytes(), ..Input::default() },
        Input {
            name: "pool.pem".to_owned(),
            bytes: file("ec-04-missing-intermediate").into_bytes(),
            ..Input::default()
        },
        Input {
            name: "other.pem".to_owned(),
            bytes: file("ec-04c-pool-only-intermediate").into_bytes(),
            ..Input::default()
        },
    ];
    let (folder, paths) = laid("secrets-scenario", &scenario);
    let corrected = folder.join("corrected").display().to_string();
    let samples: Vec<Input> = company().into_iter().chain(SAMPLES.iter().map(|it| it.input.clone())).collect();
    let (_, sampled) = laid("secrets-samples", &samples);
    let words = |words: &[&str], paths: &[String]| -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).chain(paths.iter().cloned()).collect()
    };
    let mut written = Vec::new();
    // Of the samples some stay closed.
    for (words, status) in [
        (words(&["inspect", "--at", "2026-11-21T18:00:00Z"], &paths), 0),
        (words(&["fix", "--at", "2026-11-21T18:00:00Z", "--out", &corrected], &paths), 0),
        (words(&["inspect", "--at", "2026-11-21T18:00:00Z"], &sampled), 2),
    ] {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = cli::run(&words);
        assert!(output.status.code() == Some(status) && !output.stdout.is_empty(), "{words:?}");
        written.extend([output.stdout, output.stderr].concat());
    }
    let files: Vec<PathBuf> =
        fs::read_dir(&corrected).expect("a folder").map(|it| it.expect("an entry").path()).collect();
    assert_eq!(files.len(), 1);
    files.iter().for_each(|file| written.extend(fs::read(file).expect("a file")));
    traces.assert_absent(&written, "the terminal");
    SAMPLES.iter().for_each(|sample| sample.traces.assert_absent(&written, &sample.input.name));
}

/// A file in the states in which people pass files on.
fn damaged(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (half, most) = (bytes.len() / 2, bytes.len() * 3 / 4);
    let mut damaged = vec![bytes[..half].to_vec(), bytes[..most].to_vec(), bytes[half..].to_vec()];
    damaged.extend([0, half].map(|at| {
        let mut flipped = bytes.to_vec();
        flipped[at] ^= 0x15;
        flipped
    }));
    if let Ok(text) = std::str::from_utf8(bytes) {
        let without = |removed: &str| text.replace(removed, "");
        damaged.extend(
            [
                without("-----END"),
                without("-----BEGIN"),
                without("\n"),
                text.replace('\n', "\n    "),
                text.replace('\n', "\n> "),
                text.replace('\n', "\\n"),
                text.replace(['"', '{', '}'], ""),
            ]
            .map(String::into_bytes),
        );
    }
    damaged
}

#[test]
fn no_secret_of_a_damaged_container_is_written() {
    for Sample { input: Input { name, bytes, .. }, traces, .. } in SAMPLES.iter() {
        for (number, bytes) in damaged(bytes).into_iter().enumerate() {
            let made = Made::of(&[Input { name: name.clone(), bytes, ..Input::default() }]);
            traces.assert_absent(made.written.as_bytes(), &format!("{name}, damage {number}"));
        }
    }
}

#[test]
fn a_private_key_is_counted_however_it_is_damaged() {
    let (_, whole) = containers::all_files()
        .into_iter()
        .find(|(file, _)| file.ends_with("key-then-certificate.pem"))
        .expect("a file");
    let text = String::from_utf8(whole).expect("text");
    let key_end = text.find("-----END EC").expect("the end of the key");
    for (name, damaged) in [
        ("no END line", text.replacen("-----END EC PRIVATE KEY-----\n", "", 1)),
        ("cut", text[..key_end - 30].to_owned()),
        ("glued", text.replace('\n', "")),
        ("indented", text.replace('\n', "\n      ")),
        ("quoted", text.lines().map(|line| format!("> {line}\n")).collect()),
        ("escaped", format!("KEY=\"{}\"", text.replace('\n', "\\n"))),
        ("no BEGIN line", text.replacen("-----BEGIN EC PRIVATE KEY-----\n", "", 1)),
    ] {
        let decoded = decode::read(damaged.as_bytes());
        assert_eq!(decoded.secrets.iter().filter(|secret| secret.is_private_key()).count(), 1, "{name}: {decoded:?}");
        let made = Made::of(&[Input { name: "key.pem".to_owned(), bytes: damaged.into_bytes(), ..Input::default() }]);
        let keys = keys();
        Traces::of(keys.iter().map(Vec::as_slice)).assert_absent(made.written.as_bytes(), name);
    }
}

/// Lines of errors travel by link, and what may be a secret in them does not.
#[test]
fn no_secret_of_an_error_line_is_written() {
    let key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9f3kPz0hGkWl2NvC";
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHktaGVyZS1pcyJ9.c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ";
    for line in [
        format!(
            "fatal: unable to access 'https://me:{token}@git.example/': SSL certificate problem: self-signed certificate"
        ),
        format!(
            "fatal: unable to access 'https://git.example/{key}': SSL certificate problem: self-signed certificate"
        ),
        format!("Get \"https://a.example/?token={token}\": EOF"),
        format!("{key}\nx509: certificate is valid for {key}, not a.example {token}"),
        format!(
            "ERROR: cannot verify a.example's certificate, issued by CN={token}: Unable to locally verify the issuer's authority."
        ),
    ] {
        assert!(!decode::read(line.as_bytes()).error_lines.is_empty(), "{line}");
        let made =
            Made::of(&[Input { name: "log.txt".to_owned(), bytes: line.clone().into_bytes(), ..Input::default() }]);
        let secrets = [key, token].into_iter().flat_map(|secret| secret.split('.')).map(str::as_bytes);
        Traces::of(secrets).assert_absent(made.written.as_bytes(), &line);
    }
}

#[test]
fn passwords_tokens_and_keys_are_counted_by_kind() {
    let token = format!("eyJhbGciOiJIUzI1NiJ9.{}.{}", "eyJzdWIiOiJub2JvZHkifQ", "c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ");
    for (text, labels) in [
        ("ssl.truststore.password=made-up-word\nssl.keystore.password = ${env:STORE}\n".to_owned(), vec!["PASSWORD"]),
        (
            "users:\n- name: a\n  user:\n    password: made-up-word\n    token: 0123456789abcdef.0123\n".to_owned(),
            vec!["PASSWORD", "TOKEN"],
        ),
        (format!("users:\n- name: a\n  user:\n    token: {token}\n"), vec!["TOKEN"]),
        (format!("Authorization: Bearer {token}\n"), vec!["TOKEN"]),
        ("automountServiceAccountToken: true\npasswordSecretRef:\n  name: made-up-name\n".to_owned(), vec![]),
        ("java.io.IOException: keystore password was incorrect\n".to_owned(), vec![]),
        ("{\"keys\": [{\"kty\": \"oct\", \"k\": \"AAAA\"}]}".to_owned(), vec!["SECRET KEY"]),
    ] {
        let decoded = decode::read(text.as_bytes());
        let found: Vec<&str> = decoded.secrets.iter().map(|secret| secret.label.as_str()).collect();
        assert_eq!(found, labels, "{text}");
        let words = ["made-up-word", "0123456789abcdef.0123", "c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ"];
        let made = Made::of(&[Input { name: "file.txt".to_owned(), bytes: text.into_bytes(), ..Input::default() }]);
        Traces::of(words.map(str::as_bytes)).assert_absent(made.written.as_bytes(), "a token or a password");
    }
}
