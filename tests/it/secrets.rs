//! Tests of what is left of secrets: their number and kind, and no run of their bytes in what was read, in the report or in
//! a link; not in damaged files either.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use rootlens::choices::Choices;
use rootlens::decode::{self, Decoded};
use rootlens::graph::Graph;
use rootlens::inspect;
use rootlens::inventory::{Input, Inventory};
use rootlens::share::{self, Content};
use rootlens::time::Timestamp;

use crate::{containers, recorded};

/// Bytes of a run that must not be anywhere.
const RUN: usize = 16;

/// Bytes of a run that its base64 alone stands for, wherever it begins.
const LEAST_SPELLED: usize = 12;

/// All that is written of a file: what was read, the report, the link and what the link opens.
fn everything(name: &str, bytes: &[u8], decoded: &Decoded) -> String {
    let inventory =
        Inventory::from_inputs(&[Input { name: name.to_owned(), bytes: bytes.to_vec(), ..Input::default() }]);
    let graph = Graph::build(inventory.certificates.clone());
    let choices = Choices::at(Timestamp::parse("2026-11-30T12:00:00Z").expect("an instant"));
    let report = inspect::inspect(&inventory, &graph, &choices).report;
    let json = serde_json::to_string(&report).expect("JSON");
    let content = Content::for_answer(&inventory, &choices, &report);
    let link = share::pack(&content);
    format!("{decoded:?}{:?}{json}{link}{:?}", inventory.sources, share::unpack(&link))
}

/// The ways in which a run of bytes would be written.
fn spellings(run: &[u8]) -> Vec<String> {
    let list = format!("{run:?}");
    let mut spellings = vec![HEXLOWER.encode(run), list.trim_matches(['[', ']']).to_owned()];
    for shift in 0..3 {
        // Symbols that stand for bits of the run alone.
        let aligned = &run[shift..shift + (run.len() - shift) / 3 * 3];
        spellings.extend([BASE64_NOPAD.encode(aligned), BASE64URL_NOPAD.encode(aligned)]);
    }
    let is_plain = |byte: &u8| byte.is_ascii_graphic();
    if run.iter().all(is_plain) {
        spellings.push(String::from_utf8_lossy(run).into_owned());
    }
    spellings
}

#[track_caller]
fn assert_absent(secret: &[u8], written: &str, context: &str) {
    for run in secret.windows(RUN).step_by(RUN / 4) {
        for spelling in spellings(run) {
            assert!(!written.contains(&spelling), "{context}: {spelling} is written");
        }
    }
}

/// The keys with which the files were made.
fn keys() -> Vec<Vec<u8>> {
    let lines = recorded::text("containers/keys.txt");
    lines
        .lines()
        .map(|line| HEXLOWER.decode(line.split_once(' ').expect("a name").1.as_bytes()).expect("hex"))
        .collect()
}

#[test]
fn no_secret_of_a_container_is_written() {
    let keys = keys();
    assert_eq!(keys.len(), 2);
    let mut number = 0;
    for (file, bytes) in containers::all_files() {
        let decoded = decode::read(&bytes);
        let written = everything(file, &bytes, &decoded);
        keys.iter().for_each(|key| assert_absent(key, &written, file));
        // The public half of a key stands in its certificate too.
        let public: Vec<u8> = decoded.items.iter().flat_map(|item| item.der.clone()).collect();
        let public =
            [public, decoded.items.iter().map(|item| BASE64_NOPAD.encode(&item.der)).collect::<String>().into()]
                .concat();
        for secret in &decoded.secrets {
            // Runs of a PEM block that are no words of its label.
            let block = &bytes[secret.place.bytes.clone()];
            let words = block.split(|byte| matches!(byte, b'-' | b' ' | b'\n'));
            let runs = words.flat_map(|word| word.windows(RUN).step_by(RUN / 4));
            let is_public = |run: &&[u8]| {
                run.windows(LEAST_SPELLED).any(|part| public.windows(LEAST_SPELLED).any(|window| window == part))
            };
            runs.filter(|run| !is_public(run)).for_each(|run| assert_absent(run, &written, file));
        }
        number += decoded.secrets.len();
    }
    assert_eq!(number, 40);
}

#[test]
fn no_key_of_a_damaged_container_is_written() {
    let keys = keys();
    for (file, bytes) in containers::all_files() {
        let mut damaged: Vec<Vec<u8>> = (1..4).map(|part| bytes[..bytes.len() * part / 4].to_vec()).collect();
        damaged.extend((1..4).map(|part| bytes[bytes.len() * part / 4..].to_vec()));
        damaged.extend((0..4).map(|part| {
            let mut flipped = bytes.clone();
            flipped[bytes.len() * part / 4] ^= 0x15;
            flipped
        }));
        if let Ok(text) = std::str::from_utf8(&bytes) {
            damaged.push(text.replace("-----END", "").into_bytes());
            damaged.push(text.replace("-----BEGIN", "").into_bytes());
            damaged.push(text.replace('\n', "").into_bytes());
            damaged.push(text.replace('\n', "\n    ").into_bytes());
            damaged.push(text.replace(['"', '{', '}'], "").into_bytes());
        }
        for (number, input) in damaged.iter().enumerate() {
            let written = everything(file, input, &decode::read(input));
            keys.iter().for_each(|key| assert_absent(key, &written, &format!("{file}, damage {number}")));
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
        keys().iter().for_each(|key| assert_absent(key, &everything("key.pem", damaged.as_bytes(), &decoded), name));
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
        let decoded = decode::read(line.as_bytes());
        assert!(!decoded.error_lines.is_empty(), "{line}");
        let written = everything("log.txt", line.as_bytes(), &decoded);
        for secret in [key, token] {
            secret.split('.').for_each(|part| assert_absent(part.as_bytes(), &written, &line));
        }
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
        assert!(!format!("{decoded:?}").contains("made-up-word"));
    }
}
