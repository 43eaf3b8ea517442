//! Tests of `decode`: damaged and odd encodings, places, private keys, and that no block costs another.

use std::path::PathBuf;

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use rootlens::decode::Repair::*;
use rootlens::decode::{self, Decoded, Place, Repair};
use sha2::{Digest, Sha256};

/// SHA-256 of the two CAs that every file of `pem-variants` was made from.
const NODE_CA: &str = "1dff7479d026816eec5f9d470c25293dce0822e73f30ad12c724229485e98e12";
const OTHER_CA: &str = "5a7de7c96bf32b9def3d0a86de8b68c8c273c2da808880a6daf0559894800b8d";

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// What a file of `pem-variants` must yield.
struct Variant {
    file: &'static str,
    /// The repairs of the first and of the second CA; none where that CA cannot be recovered or is not there.
    node_ca: Option<&'static [Repair]>,
    other_ca: Option<&'static [Repair]>,
    /// Parts of the messages, one per problem.
    problems: &'static [&'static str],
    /// Labels of the private keys.
    secrets: &'static [&'static str],
}

const fn both(file: &'static str, node_ca: &'static [Repair], other_ca: &'static [Repair]) -> Variant {
    Variant { file, node_ca: Some(node_ca), other_ca: Some(other_ca), problems: &[], secrets: &[] }
}

const fn first_only(file: &'static str, node_ca: &'static [Repair]) -> Variant {
    Variant { file, node_ca: Some(node_ca), other_ca: None, problems: &[], secrets: &[] }
}

const VARIANTS: [Variant; 40] = [
    both("00-normal", &[], &[]),
    both("01-crlf", &[], &[]),
    both("02-cr-only", &[CarriageReturns], &[CarriageReturns]),
    both("03-bom", &[ByteOrderMark], &[]),
    both("04-utf16le-bom", &[Utf16], &[Utf16]),
    both("05-no-final-newline", &[], &[]),
    both("06-glued-END-BEGIN", &[GluedMarkers], &[GluedMarkers]),
    both("07-glued-one-dash-run", &[SharedDashes], &[SharedDashes]),
    both("08-indent-spaces", &[Indentation], &[Indentation]),
    both("09-indent-tab-continuation", &[Indentation], &[Indentation]),
    both("10-trailing-spaces", &[], &[]),
    both("11-newlines-to-spaces", &[SpacesForNewlines], &[SpacesForNewlines]),
    both("12-all-spaces-incl-label-kept", &[SpacesForNewlines], &[SpacesForNewlines]),
    both("13-body-single-line", &[], &[]),
    both("14-everything-one-line-nosep", &[GluedMarkers, MissingLineBreaks], &[GluedMarkers, MissingLineBreaks]),
    both("15-literal-backslash-n", &[EscapedNewlines], &[EscapedNewlines]),
    both("16-quoted-json-string", &[Quotes, EscapedNewlines], &[Quotes, EscapedNewlines]),
    both("17-smart-dashes", &[TypographicDashes], &[TypographicDashes]),
    both("18-em-dash-autocorrect", &[TypographicDashes], &[TypographicDashes]),
    both("19-missing-dash-in-end", &[MissingDashes], &[]),
    both("20-blank-lines-between-body", &[BlankLines], &[]),
    both("21-text-before-each", &[], &[]),
    both("22-trusted-certificate", &[TrustedLabel], &[]),
    both("23-x509-certificate", &[X509Label], &[X509Label]),
    both("24-lowercase-label", &[LowerCaseLabel], &[LowerCaseLabel]),
    both("25-nbsp", &[UnusualSpaces], &[UnusualSpaces]),
    both("26-url-encoded", &[UrlEncoding { rounds: 1 }], &[UrlEncoding { rounds: 1 }]),
    both("27-base64-of-pem", &[Base64Layer { layers: 1 }], &[Base64Layer { layers: 1 }]),
    first_only("28-bare-base64-der", &[BareBase64]),
    first_only("29-der", &[]),
    Variant {
        file: "30-first-cert-corrupt-der",
        node_ca: None,
        other_ca: Some(&[]),
        problems: &["its first byte is 0x34 where DER has 0x30"],
        secrets: &[],
    },
    Variant {
        file: "31-first-corrupt-base64",
        node_ca: None,
        other_ca: Some(&[]),
        problems: &["the character \u{201c}!\u{201d} in line 2"],
        secrets: &[],
    },
    Variant {
        file: "32-truncated-last",
        node_ca: Some(&[]),
        other_ca: None,
        problems: &["has no END line and is cut after 300 of 429 bytes"],
        secrets: &[],
    },
    Variant { file: "33-empty", node_ca: None, other_ca: None, problems: &["The file is empty"], secrets: &[] },
    both("34-hash-comments", &[], &[]),
    both("35-pem-headers", &[PemHeaders], &[]),
    both("36-zero-width-space", &[ZeroWidthCharacters], &[]),
    Variant {
        file: "37-key-then-cert",
        node_ca: Some(&[]),
        other_ca: Some(&[]),
        problems: &[],
        secrets: &["PRIVATE KEY"],
    },
    both("38-padding-stripped", &[MissingPadding], &[]),
    both("39-base64url", &[Base64Url], &[Base64Url]),
];

fn variant(file: &str) -> Vec<u8> {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/data/pem-variants", file].iter().collect();
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn fingerprints(decoded: &Decoded) -> Vec<String> {
    decoded.items.iter().map(|item| sha256(&item.der)).collect()
}

/// The DER of the two CAs.
fn cas() -> [Vec<u8>; 2] {
    let ders: Vec<Vec<u8>> = decode::read(&variant("00-normal")).items.into_iter().map(|item| item.der).collect();
    ders.try_into().expect("two certificates")
}

/// PEM with lines of 64 characters.
fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}-----END {label}-----\n", wrapped(&BASE64.encode(der)))
}

fn wrapped(text: &str) -> String {
    text.as_bytes().chunks(64).map(|line| format!("{}\n", std::str::from_utf8(line).unwrap())).collect()
}

fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

fn utf16_le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn utf16_be(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

#[test]
fn every_variant_yields_its_certificates_with_the_repairs_they_needed() {
    for expected in &VARIANTS {
        let decoded = decode::read(&variant(expected.file));
        let file = expected.file;
        let wanted: Vec<(&str, &[Repair])> = [(NODE_CA, expected.node_ca), (OTHER_CA, expected.other_ca)]
            .into_iter()
            .filter_map(|(fingerprint, repairs)| Some((fingerprint, repairs?)))
            .collect();
        let prints = fingerprints(&decoded);
        let found: Vec<(&str, &[Repair])> =
            prints.iter().zip(&decoded.items).map(|(print, item)| (print.as_str(), item.repairs.as_slice())).collect();
        assert_eq!(found, wanted, "{file}");
        assert_eq!(decoded.problems.len(), expected.problems.len(), "{file}: {:?}", decoded.problems);
        for (problem, part) in decoded.problems.iter().zip(expected.problems) {
            assert!(problem.message.contains(part), "{file}: {}", problem.message);
        }
        let secrets: Vec<&str> = decoded.secrets.iter().map(|secret| secret.label.as_str()).collect();
        assert_eq!(secrets, expected.secrets, "{file}");
    }
}

#[test]
fn the_table_has_every_variant() {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/data/pem-variants"].iter().collect();
    let mut files: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(files, VARIANTS.map(|expected| expected.file));
}

#[test]
fn any_two_variants_in_one_text_yield_what_each_yields() {
    // UTF-16 and DER are properties of a whole file; the empty file is no part of a mix.
    let parts: Vec<(&str, Vec<u8>)> = VARIANTS
        .iter()
        .filter(|expected| !["04-utf16le-bom", "29-der", "33-empty"].contains(&expected.file))
        .map(|expected| (expected.file, variant(expected.file)))
        .collect();
    for (first_file, first) in &parts {
        for (second_file, second) in &parts {
            let alone = [decode::read(first), decode::read(second)];
            let together = decode::read(&[first.as_slice(), b"\n", second].concat());
            let wanted: Vec<String> = alone.iter().flat_map(fingerprints).collect();
            assert_eq!(fingerprints(&together), wanted, "{first_file} then {second_file}");
            let count = |part: fn(&Decoded) -> usize| part(&alone[0]) + part(&alone[1]);
            assert_eq!(together.problems.len(), count(|alone| alone.problems.len()), "{first_file}, {second_file}");
            assert_eq!(together.secrets.len(), count(|alone| alone.secrets.len()), "{first_file}, {second_file}");
        }
    }
}

/// Encodings that `pem-variants` lacks: the input, and the repairs that both CAs need.
fn further_encodings() -> Vec<(&'static str, Vec<u8>, Vec<Repair>)> {
    let [node, other] = cas();
    let bundle = pem("CERTIFICATE", &node) + &pem("CERTIFICATE", &other);
    let text = |name, text: String, repairs: &[Repair]| (name, text.into_bytes(), repairs.to_vec());
    let bare = [BASE64.encode(&node), BASE64.encode(&other)];
    let url_safe = [BASE64URL_NOPAD.encode(&node), BASE64URL_NOPAD.encode(&other)];
    let twice = percent_encoded(&percent_encoded(&bundle));
    let base64_twice = BASE64.encode(BASE64.encode(bundle.as_bytes()).as_bytes());
    let quoted_mail: String = bundle.lines().map(|line| format!("> {line}\n")).collect();
    let source_code: String = bundle.lines().map(|line| format!("    \"{line}\\n\" +\n")).collect();
    vec![
        ("UTF-16LE without BOM", utf16_le(&bundle), vec![Utf16]),
        ("UTF-16BE without BOM", utf16_be(&bundle), vec![Utf16]),
        ("UTF-16BE", utf16_be(&format!("\u{feff}{bundle}")), vec![Utf16]),
        ("DER twice", [node.clone(), other.clone()].concat(), vec![]),
        text("nginx, twice encoded", twice.clone(), &[UrlEncoding { rounds: 2 }]),
        text("encoded three times", percent_encoded(&twice), &[UrlEncoding { rounds: 3 }]),
        text("form encoding", percent_encoded(&bundle).replace("%20", "+"), &[UrlEncoding { rounds: 1 }]),
        text(
            "URL encoding that leaves blanks alone",
            percent_encoded(&bundle).replace("%20", " "),
            &[UrlEncoding { rounds: 1 }],
        ),
        text("base64 of PEM, twice", base64_twice, &[Base64Layer { layers: 2 }]),
        text("base64 of PEM, wrapped", wrapped(&BASE64.encode(bundle.as_bytes())), &[Base64Layer { layers: 1 }]),
        (
            "base64 of UTF-16",
            BASE64.encode(&utf16_le(&format!("\u{feff}{bundle}"))).into_bytes(),
            vec![Utf16, Base64Layer { layers: 1 }],
        ),
        text("bare base64, comma between", bare.join(","), &[BareBase64]),
        text("bare base64url", url_safe.join("\n"), &[BareBase64, Base64Url]),
        text("RFC 9440", format!(":{}:, :{}:", bare[0], bare[1]), &[BareBase64]),
        text("JSON list", format!("{{\"x5c\":[\"{}\",\"{}\"]}}", bare[0], bare[1]), &[BareBase64]),
        text("bare base64, wrapped", format!("{}\n{}", wrapped(&bare[0]), wrapped(&bare[1])), &[BareBase64]),
        text(
            "Traefik before 2.9.4",
            bare.clone().map(|one| percent_encoded(&one)).join(","),
            &[UrlEncoding { rounds: 1 }, BareBase64],
        ),
        text(
            "JSON with escaped slashes",
            format!("{{\"cert\":\"{}\"}}", bundle.replace('\n', "\\n").replace('/', "\\/")),
            &[Quotes, EscapedNewlines, EscapedCharacters],
        ),
        text("JSON in JSON, CRLF", format!("\"{}\"", bundle.replace('\n', "\\\\r\\\\n")), &[Quotes, EscapedNewlines]),
        text("quoted mail", quoted_mail, &[LinePrefix]),
        text("source code", source_code, &[Quotes, EscapedNewlines]),
        text("en dashes of Windows-1252", bundle.replace("-----", "\u{2013}----"), &[TypographicDashes]),
        text("all white space lost", bundle.split_whitespace().collect(), &[GluedMarkers, MissingLineBreaks]),
        text("lower case throughout", bundle.replace(BEGIN, "-----begin certificate-----"), &[LowerCaseLabel]),
        text(
            "X.509 in BEGIN alone",
            bundle.replace(BEGIN, "-----BEGIN X509 CERTIFICATE-----"),
            &[X509Label, LabelMismatch],
        ),
        text("misspelt label", bundle.replace("CERTIFICATE", "CERTIFCATE"), &[UnknownLabel]),
        text("no END", bundle.replace(&format!("{END}\n"), ""), &[MissingEnd]),
        text("no BEGIN", bundle.replace(&format!("{BEGIN}\n"), ""), &[BareBase64]),
        text("no dashes behind", bundle.replace("CERTIFICATE-----", "CERTIFICATE"), &[MissingDashes]),
        (
            "Windows-1252",
            bundle.bytes().flat_map(|byte| if byte == b'-' { vec![0x96] } else { vec![byte] }).collect(),
            vec![TypographicDashes],
        ),
    ]
}

/// Writes what stands before the line of a number.
type Prefix = fn(usize) -> String;

/// What stands before line number `n` of a text, in the ways in which people hand it over.
fn prefixes() -> Vec<(&'static str, Prefix, Repair)> {
    vec![
        ("quotation", |_| "> ".to_owned(), LinePrefix),
        ("quotation of a quotation", |_| "> > ".to_owned(), LinePrefix),
        ("comment", |_| "# ".to_owned(), LinePrefix),
        ("indented comment", |_| "    // ".to_owned(), LinePrefix),
        ("new in a diff", |_| "+".to_owned(), LinePrefix),
        ("gone in a diff", |_| "-".to_owned(), LinePrefix),
        ("line numbers", |n| format!("{n}: "), TextBeforeLines),
        ("cat -n", |n| format!("{n:6}\t"), TextBeforeLines),
        ("grep -n", |n| format!("{n}{}", if n == 8 { ':' } else { '-' }), TextBeforeLines),
        ("docker compose logs", |_| "web-1  | ".to_owned(), TextBeforeLines),
        ("journalctl", |n| format!("Nov {:2} 12:00:{n:02} host unit[1]: ", 9 + n / 8), TextBeforeLines),
        ("kubectl logs --timestamps", |n| format!("2026-11-30T08:11:{n:02}.{}Z ", 123 * n), TextBeforeLines),
        ("Jenkins", |n| format!("[2026-11-30T08:11:{n:02}.123Z] "), TextBeforeLines),
        ("stern", |_| "api-7d9f4 web \u{203a} ".to_owned(), TextBeforeLines),
        ("a log with ids", |n| format!("id={:x} INFO ", 7_919 * n * n), TextBeforeLines),
        ("diff", |_| "< ".to_owned(), LinePrefix),
        ("a log of levels", |n| format!("{} INFO  main.go:{n}] ", 1000 + n), TextBeforeLines),
    ]
}

#[test]
fn what_stands_before_each_line_is_taken_off() {
    let [node, other] = cas();
    let bundle = format!("{}{}", pem("CERTIFICATE", &node), pem("CERTIFICATE", &other));
    for (name, prefix, repair) in prefixes() {
        for (around, line_end) in [("", "\n"), ("", "\r\n"), ("started\n", "\n")] {
            let lines = bundle.lines().enumerate().map(|(n, line)| format!("{}{line}{line_end}", prefix(n + 8)));
            let input = format!("{around}{}{around}", lines.collect::<String>());
            let decoded = decode::read(input.as_bytes());
            assert_eq!(fingerprints(&decoded), [NODE_CA, OTHER_CA], "{name}: {:?}\n{input}", decoded.problems);
            assert!(
                decoded.items.iter().all(|item| item.repairs == [repair]),
                "{name}: {:?}",
                decoded.items[0].repairs
            );
            assert_eq!(decoded.problems, [], "{name}");
            let second = &decoded.items[1].place.bytes;
            assert!(input[second.clone()].starts_with("-----BEGIN") && input[second.clone()].ends_with("-----"));
        }
    }
}

#[test]
fn a_log_whose_lines_are_json_is_read() {
    let bundle = cas().map(|der| pem("CERTIFICATE", &der)).concat();
    for (line_end, rest) in [("\\n", "\",\"stream\":\"stdout\"}"), ("\\r\\n", "\"}"), ("", "\", \"level\": 3}")] {
        let lines = bundle.lines().map(|line| format!("{{\"log\":\"{line}{line_end}{rest}\n"));
        let decoded = decode::read(lines.collect::<String>().as_bytes());
        assert_eq!(fingerprints(&decoded), [NODE_CA, OTHER_CA], "{rest}: {:?}", decoded.problems);
        assert!(decoded.items.iter().all(|item| item.repairs == [TextBeforeLines]), "{:?}", decoded.items[0].repairs);
    }
}

#[test]
fn a_key_behind_prefixes_leaves_no_trace() {
    for (label, der) in keys(&mut Xorshift(17)) {
        for (name, prefix, _) in prefixes() {
            let block = pem(label, &der);
            let without_end = block.split("-----END").next().unwrap().to_owned();
            for text in [block, without_end] {
                let lines = text.lines().enumerate().map(|(n, line)| format!("{}{line}\n", prefix(n + 8)));
                let decoded = decode::read(lines.collect::<String>().as_bytes());
                assert_eq!(decoded.secrets.len(), 1, "{label} {name}: {decoded:?}");
                assert_no_trace(&decoded, &der, name);
            }
        }
    }
}

#[test]
fn a_diff_yields_what_was_and_what_is() {
    let [node, other] = cas();
    let body = |der: &[u8], mark: char| -> String {
        wrapped(&BASE64.encode(der)).lines().map(|line| format!("{mark}{line}\n")).collect()
    };
    let diff = format!(
        "--- a/ca.pem\n+++ b/ca.pem\n@@ -1,11 +1,11 @@\n {BEGIN}\n{}{} {END}\n",
        body(&node, '-'),
        body(&other, '+')
    );
    let decoded = decode::read(diff.as_bytes());
    assert_eq!(fingerprints(&decoded), [NODE_CA, OTHER_CA], "{:?}", decoded.problems);
    assert!(decoded.items.iter().all(|item| item.repairs == [LinePrefix]));
    let whole = format!("-{BEGIN}\n{}-{END}\n+{BEGIN}\n{}+{END}\n", body(&node, '-'), body(&other, '+'));
    assert_eq!(fingerprints(&decode::read(whole.as_bytes())), [NODE_CA, OTHER_CA]);
}

#[test]
fn further_encodings_yield_both_certificates() {
    for (name, input, repairs) in further_encodings() {
        let decoded = decode::read(&input);
        assert_eq!(fingerprints(&decoded), [NODE_CA, OTHER_CA], "{name}: {:?}", decoded.problems);
        for item in &decoded.items {
            // The second has no padding to lose, and only one of two needs what depends on its bytes.
            let characteristic: Vec<Repair> =
                item.repairs.iter().copied().filter(|repair| *repair != MissingPadding).collect();
            assert_eq!(characteristic, repairs, "{name}");
        }
        assert_eq!(decoded.problems, [], "{name}");
    }
}

#[test]
fn a_plus_that_a_form_decoder_took_comes_back() {
    let [node, other] = cas();
    let bundle = pem("CERTIFICATE", &node) + &pem("CERTIFICATE", &other);
    let one_line = bundle.replace('\n', " ");
    let bare = format!("{},{}", BASE64.encode(&node), BASE64.encode(&other));
    for input in [&bundle, &one_line, &bare] {
        let damaged = input.replace('+', " ");
        assert_ne!(&damaged, input);
        let decoded = decode::read(damaged.as_bytes());
        assert_eq!(fingerprints(&decoded), [NODE_CA, OTHER_CA], "{damaged}: {:?}", decoded.problems);
        assert!(decoded.items.iter().all(|item| item.repairs.contains(&SpacesForPlus)));
    }
}

#[test]
fn files_that_hold_pem_among_other_things_are_read_as_text() {
    let [node, other] = cas();
    let key = pem("EC PRIVATE KEY", &tlv(0x30, &[tlv(2, &[1]), tlv(4, &Xorshift(5).bytes(32))].concat()));
    let escaped = |text: &str| text.replace('\n', "\\n");
    let (first, second) = (pem("CERTIFICATE", &node), pem("CERTIFICATE", &other));
    let identity = format!(
        "{{\n  \"ztAPI\": \"https://ctrl.example.test\",\n  \"id\": {{\n    \"key\": \"pem:{}\",\n    \"cert\": \"pem:{}\",\n    \
         \"ca\": \"pem:{}\"\n  }}\n}}\n",
        escaped(&key),
        escaped(&first),
        escaped(&second)
    );
    let secret = format!(
        "apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: {}\n  tls.key: {}\n  ca.crt: {}\n",
        BASE64.encode(first.as_bytes()),
        BASE64.encode(key.as_bytes()),
        BASE64.encode(second.as_bytes())
    );
    let xfcc = format!(
        "Hash=00;Cert=\"{}\";Subject=\"CN=x\";Key=\"{}\",Cert=\"{}\"",
        percent_encoded(&first),
        percent_encoded(&key),
        percent_encoded(&second)
    );
    let open_vpn = format!("client\n<cert>\n{first}</cert>\n<key>\n{key}</key>\n<ca>\n{second}</ca>\n");
    for (name, text, lines) in [
        ("identity", &identity, [5, 6]),
        ("secret", &secret, [4, 6]),
        ("xfcc", &xfcc, [1, 1]),
        ("ovpn", &open_vpn, [3, 21]),
    ] {
        let decoded = decode::read(text.as_bytes());
        assert_eq!(fingerprints(&decoded), [NODE_CA, OTHER_CA], "{name}");
        assert_eq!(decoded.items.iter().map(|item| item.place.line).collect::<Vec<_>>(), lines, "{name}");
        assert_eq!((decoded.problems.len(), decoded.secrets.len()), (0, 1), "{name}: {:?}", decoded.problems);
    }
}

#[test]
fn a_trusted_certificate_loses_its_trust_settings() {
    let [node, _] = cas();
    let settings = [0x30, 0x0c, 0x30, 0x0a, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1];
    let with_settings = [node.as_slice(), &settings].concat();
    let trusted = decode::read(pem("TRUSTED CERTIFICATE", &with_settings).as_bytes());
    assert_eq!(fingerprints(&trusted), [NODE_CA]);
    assert_eq!(trusted.items[0].repairs, [TrustedLabel]);
    let plain = decode::read(pem("CERTIFICATE", &with_settings).as_bytes());
    assert_eq!(fingerprints(&plain), [NODE_CA]);
    assert_eq!(plain.items[0].repairs, [TrailingBytes]);
}

#[test]
fn places_are_those_of_the_input() {
    let bundle = String::from_utf8(variant("00-normal")).unwrap();
    let second = bundle.rfind(BEGIN).unwrap();
    let encoded = format!("HEADER: x\r\n{}", percent_encoded(&bundle));
    let utf16: Vec<u8> = utf16_le(&format!("\u{feff}Grüße\n{bundle}"));
    let place = |line, bytes, ordinal| Place { line, bytes, ordinal };
    let places =
        |input: &[u8]| -> Vec<Place> { decode::read(input).items.into_iter().map(|item| item.place).collect() };

    assert_eq!(places(bundle.as_bytes()), [place(1, 0..second - 1, 1), place(12, second..bundle.len() - 1, 2)]);
    let carriage_returns = bundle.replace('\n', "\r");
    assert_eq!(places(carriage_returns.as_bytes()), places(bundle.as_bytes()));

    let shift = 2 * (1 + "Grüße\n".chars().count());
    let wanted = [place(2, shift..shift + 2 * (second - 1), 1), place(13, shift + 2 * second..utf16.len() - 2, 2)];
    assert_eq!(places(&utf16), wanted);

    let found = places(encoded.as_bytes());
    assert_eq!((found[0].line, found[1].line), (2, 2));
    for place in &found {
        let block = &encoded[place.bytes.clone()];
        assert!(block.starts_with("-----BEGIN%20") && block.ends_with("%20CERTIFICATE-----"), "{block}");
    }
}

#[test]
fn places_within_base64_decode_to_the_block() {
    let text = format!("ca.crt: {}\n", BASE64.encode(&variant("00-normal")));
    let item = &decode::read(text.as_bytes()).items[0];
    assert_eq!(item.place.line, 1);
    assert_eq!(item.place.bytes.start, "ca.crt: ".len());
    let block = BASE64_NOPAD.decode(text.as_bytes()[item.place.bytes.clone()].get(..844).unwrap()).unwrap();
    assert!(block.starts_with(BEGIN.as_bytes()));
    assert!(item.place.bytes.len().abs_diff(634 * 4 / 3) <= 2);
}

/// A stray character is told with the line of the input, whatever was undone before.
#[test]
fn a_problem_names_the_character_and_its_line() {
    let bundle = String::from_utf8(variant("31-first-corrupt-base64")).unwrap();
    let inputs = [
        (format!("\n\n{bundle}").into_bytes(), 4),
        (utf16_le(&format!("\u{feff}{bundle}")), 2),
        (bundle.replace('\n', "\\n").into_bytes(), 1),
        (format!("\r\r{}", percent_encoded(&bundle)).into_bytes(), 3),
    ];
    for (input, line) in inputs {
        let decoded = decode::read(&input);
        assert_eq!(fingerprints(&decoded), [OTHER_CA]);
        let message = &decoded.problems[0].message;
        assert!(message.contains(&format!("\u{201c}!\u{201d} in line {line},")), "{message}");
        assert_eq!(decoded.problems.len(), 1);
    }
}

type Damage = fn(&str) -> String;

/// Ways to damage one block of PEM.
const DAMAGES: [(&str, Damage); 14] = [
    ("a stray character", |block| block.replacen("AwIB", "A!IB", 1)),
    ("a stray character more", |block| block.replacen("AwIB", "AwI!B", 1)),
    ("a non-ASCII character", |block| block.replacen("AwIB", "A\u{e4}IB", 1)),
    ("a line lost", |block| {
        block.lines().enumerate().filter(|(at, _)| *at != 3).map(|(_, line)| format!("{line}\n")).collect()
    }),
    ("a line of words inside", |block| block.replacen("\n", "\nthis is a note, mind it\n", 1)),
    ("END lost", |block| block.replace("-----END CERTIFICATE-----\n", "")),
    ("BEGIN lost", |block| block.replace("-----BEGIN CERTIFICATE-----\n", "")),
    ("BEGIN misspelt", |block| block.replace("BEGIN CERTIFICATE", "BEGIN CERTFICATE")),
    ("END misspelt", |block| block.replace("-----END", "-----EDN")),
    ("cut in the middle of a line", |block| block[..block.len() / 2].to_owned() + "\n"),
    ("cut at the end of a line", |block| block.split_inclusive('\n').take(4).collect()),
    ("beginning lost", |block| block[block.len() / 2..].to_owned()),
    ("body lost", |block| block.split_inclusive('\n').filter(|line| line.starts_with('-')).collect()),
    ("first byte of the DER changed", |block| block.replacen("\nMII", "\nNII", 1)),
];

#[test]
fn a_damaged_block_never_costs_another() {
    let blocks: Vec<String> = {
        let [node, other] = cas();
        [&node, &other, &node].map(|der| pem("CERTIFICATE", der)).to_vec()
    };
    for (damage, apply) in DAMAGES {
        for victim in 0..blocks.len() {
            let mut damaged = blocks.clone();
            damaged[victim] = apply(&blocks[victim]);
            assert_ne!(damaged[victim], blocks[victim], "{damage} changes nothing");
            let decoded = decode::read(damaged.concat().as_bytes());
            let mut survivors = vec![NODE_CA, OTHER_CA, NODE_CA];
            let recovered = decoded.items.len() == 3;
            if !recovered {
                survivors.remove(victim);
            }
            assert_eq!(fingerprints(&decoded), survivors, "{damage} of block {victim}: {:?}", decoded.problems);
            assert_eq!(decoded.problems.len(), usize::from(!recovered), "{damage} of block {victim}");
            if let Some(problem) = decoded.problems.first() {
                let start: usize = damaged[..victim].iter().map(String::len).sum();
                let range = start..start + damaged[victim].len();
                assert!(range.contains(&problem.place.bytes.start), "{damage}: {:?} not in {range:?}", problem.place);
            }
        }
    }
}

#[test]
fn damaged_der_never_costs_the_der_beside_it() {
    let [node, other] = cas();
    let mut wrong_tag = node.clone();
    wrong_tag[0] = 0x31;
    let mut wrong_length = node.clone();
    wrong_length[3] ^= 0x10;
    let damages = [&node[..200], &node[50..], &wrong_tag, &wrong_length];
    for damaged in damages {
        let before = decode::read(&[damaged, &other].concat());
        assert_eq!(fingerprints(&before), [OTHER_CA]);
        assert_eq!(before.problems.len(), 1, "{:?}", before.problems);
        let after = decode::read(&[&other, damaged].concat());
        assert_eq!(fingerprints(&after), [OTHER_CA]);
        assert_eq!(after.problems.len(), 1, "{:?}", after.problems);
    }
    let cut = decode::read(&node[..200]);
    assert!(cut.problems[0].message.contains("cut after 200 of 427 bytes"), "{}", cut.problems[0].message);
}

/// Pseudo-random numbers, the same in every run (xorshift64).
struct Xorshift(u64);

impl Xorshift {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next().to_le_bytes()[3]).collect()
    }
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let header = match length {
        0..=0x7f => vec![tag, u8::try_from(length).unwrap()],
        0x80..=0xff => vec![tag, 0x81, u8::try_from(length).unwrap()],
        _ => [&[tag, 0x82], u16::try_from(length).unwrap().to_be_bytes().as_slice()].concat(),
    };
    [header, content.to_vec()].concat()
}

/// Made-up keys in every structure: label, and DER where the structure is DER.
fn keys(random: &mut Xorshift) -> Vec<(&'static str, Vec<u8>)> {
    let integer = |value: u8| tlv(2, &[value]);
    let curve = tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]);
    let ec_key = tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]);
    let ed25519 = tlv(6, &[0x2b, 0x65, 0x70]);
    let pbes2 = tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 13]);
    let octets = |random: &mut Xorshift, count| tlv(4, &random.bytes(count));
    let numbers = |random: &mut Xorshift, count| -> Vec<u8> {
        (0..count).flat_map(|_| tlv(2, &[&[1], random.bytes(64).as_slice()].concat())).collect()
    };
    let pkcs8 = [integer(0), tlv(0x30, &[ec_key, curve].concat()), octets(random, 120)].concat();
    let pkcs8_ed25519 = [integer(0), tlv(0x30, &ed25519), tlv(4, &octets(random, 32))].concat();
    let sec1 = [integer(1), octets(random, 32)].concat();
    let pkcs1 = [integer(0), numbers(random, 8)].concat();
    let dsa = [integer(0), numbers(random, 5)].concat();
    let encrypted = [tlv(0x30, &[pbes2, tlv(0x30, &random.bytes(50))].concat()), octets(random, 140)].concat();
    vec![
        ("PRIVATE KEY", tlv(0x30, &pkcs8)),
        ("PRIVATE KEY", tlv(0x30, &pkcs8_ed25519)),
        ("EC PRIVATE KEY", tlv(0x30, &sec1)),
        ("RSA PRIVATE KEY", tlv(0x30, &pkcs1)),
        ("DSA PRIVATE KEY", tlv(0x30, &dsa)),
        ("ENCRYPTED PRIVATE KEY", tlv(0x30, &encrypted)),
    ]
}

/// The ways in which a key comes: as PEM, wrapped, without markers, under a wrong label.
fn key_inputs(label: &str, der: &[u8]) -> Vec<(String, Vec<u8>)> {
    let block = pem(label, der);
    let json = format!("{{\"key\": \"pem:{}\"}}", block.replace('\n', "\\n"));
    let body = BASE64.encode(der);
    let texts = [
        ("PEM", block.clone()),
        ("PEM in lower case", block.replace(label, &label.to_lowercase())),
        ("PEM with CR", block.replace('\n', "\r")),
        ("PEM with blanks for line breaks", block.replace('\n', " ")),
        ("PEM with smart dashes", block.replace("--", "\u{2014}")),
        ("PEM with a header", block.replacen('\n', "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n", 1)),
        ("PEM with a stray character", block.replacen('\n', "\n!", 1)),
        ("PEM without END", block.split("-----END").next().unwrap().to_owned()),
        ("PEM without BEGIN", block.split_once('\n').unwrap().1.to_owned()),
        ("PEM of certificate label", pem("CERTIFICATE", der)),
        ("PEM of unknown label", pem("KEY MATERIAL", der)),
        ("PEM of a public key's label", pem("PUBLIC KEY", der)),
        ("PEM of a public RSA key's label", pem("RSA PUBLIC KEY", der)),
        ("PEM of a request's label", pem("CERTIFICATE REQUEST", der)),
        ("PEM of a revocation list's label", pem("X509 CRL", der)),
        ("PEM of the label of parameters", pem("EC PARAMETERS", der)),
        ("PEM of PKCS #7's label", pem("PKCS7", der)),
        ("JSON", json.clone()),
        ("URL", percent_encoded(&block)),
        ("URL twice", percent_encoded(&percent_encoded(&block))),
        ("URL without BEGIN", percent_encoded(&body)),
        ("base64 of PEM", BASE64.encode(block.as_bytes())),
        ("base64 of PEM, twice", BASE64.encode(BASE64.encode(block.as_bytes()).as_bytes())),
        ("base64 of JSON", BASE64.encode(json.as_bytes())),
        ("base64 of DER", body.clone()),
        ("base64 of DER, wrapped", wrapped(&body)),
        ("base64url of DER", BASE64URL_NOPAD.encode(der)),
        ("base64 of base64 of DER", BASE64.encode(body.as_bytes())),
    ];
    let mut inputs: Vec<(String, Vec<u8>)> =
        texts.into_iter().map(|(form, text)| (form.to_owned(), text.into_bytes())).collect();
    inputs.push(("UTF-16".to_owned(), utf16_le(&format!("\u{feff}{block}"))));
    inputs.push(("DER".to_owned(), der.to_vec()));
    inputs.push(("DER, cut".to_owned(), der[..der.len() * 2 / 3].to_vec()));
    inputs
}

/// No run of the key's bytes, nor of its base64, may stand in the result.
fn assert_no_trace(decoded: &Decoded, der: &[u8], context: &str) {
    let shown = format!("{decoded:?}");
    for encoded in [BASE64.encode(der), BASE64URL_NOPAD.encode(der), format!("{der:?}")] {
        // The first third holds the structure, which certificates share.
        let inner = encoded.trim_matches(['[', ']']);
        for window in inner.as_bytes()[inner.len() / 3..].chunks(20).filter(|chunk| chunk.len() == 20) {
            let window = std::str::from_utf8(window).unwrap();
            assert!(!shown.contains(window), "{context}: the key's {window} is in {shown}");
        }
    }
}

#[test]
fn private_keys_are_told_and_leave_no_trace() {
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    for (label, der) in keys(&mut random) {
        for (form, input) in key_inputs(label, &der) {
            let context = format!("{label} as {form}");
            let decoded = decode::read(&input);
            assert_eq!(decoded.secrets.len(), 1, "{context}: {:?}", decoded.problems);
            assert!(decoded.secrets[0].label.ends_with("PRIVATE KEY"), "{context}: {}", decoded.secrets[0].label);
            assert_eq!(decoded.items, [], "{context}");
            assert_eq!(decoded.problems, [], "{context}");
            assert_no_trace(&decoded, &der, &context);
        }
    }
}

#[test]
fn private_keys_of_other_labels_are_told_too() {
    let body = wrapped(&BASE64.encode(&Xorshift(7).bytes(300)));
    for label in ["OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "ANY PRIVATE KEY", "TSS2 PRIVATE KEY"] {
        let decoded = decode::read(format!("-----BEGIN {label}-----\n{body}-----END {label}-----\n").as_bytes());
        assert_eq!(decoded.secrets.len(), 1, "{label}");
        assert_eq!(decoded.secrets[0].label, label);
        assert!(decoded.items.is_empty() && decoded.problems.is_empty(), "{label}");
    }
}

/// A key whose body is no DER: OpenSSH's own form, and OpenSSL's encryption of old, which its header tells.
#[test]
fn keys_that_are_no_der_are_told_under_any_label() {
    let octets = Xorshift(23).bytes(200);
    let openssh = [b"openssh-key-v1\0".as_slice(), &octets].concat();
    for label in ["PUBLIC KEY", "CERTIFICATE", "X509 CRL", "KEY MATERIAL", "EC PARAMETERS"] {
        let encrypted = pem(label, &octets).replacen('\n', "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n", 1);
        for text in [pem(label, &openssh), encrypted] {
            let decoded = decode::read(text.as_bytes());
            assert_eq!((decoded.secrets.len(), decoded.problems.len()), (1, 0), "{text}: {:?}", decoded.problems);
            assert!(decoded.secrets[0].is_private_key(), "{text}");
            assert_no_trace(&decoded, &octets, label);
        }
    }
}

/// Parameters of a curve that is written out begin as a PKCS #8 key does.
#[test]
fn parameters_are_no_key() {
    let field = tlv(0x30, &[tlv(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 1, 1]), tlv(2, &[7; 32])].concat());
    let curve = tlv(0x30, &[tlv(4, &[1; 32]), tlv(4, &[2; 32])].concat());
    let explicit = tlv(0x30, &[tlv(2, &[1]), field, curve, tlv(4, &[4; 65]), tlv(2, &[9; 32])].concat());
    let diffie_hellman = tlv(0x30, &[tlv(2, &[0x7f; 64]), tlv(2, &[2])].concat());
    for (label, der) in [("EC PARAMETERS", explicit), ("DH PARAMETERS", diffie_hellman)] {
        let decoded = decode::read((pem(label, &der) + &pem("CERTIFICATE", &cas()[0])).as_bytes());
        assert_eq!((decoded.secrets.len(), decoded.items.len(), decoded.problems.len()), (0, 1, 0), "{label}");
    }
}

/// Somebody pasted the body of a key onto the lines of BEGIN and END, alone or before what a key is called.
#[test]
fn labels_that_are_a_piece_of_a_key_are_not_repeated() {
    for (before, after) in
        [("", ""), ("", " PRIVATE KEY"), ("RSA PRIVATE KEY ", ""), ("", " PUBLIC KEY"), ("EC ", " CERTIFICATE")]
    {
        let piece = "MC4CAQAWBQYDK2VWBCIEIBBOY5AUU2WM1UK3BDAE";
        let label = format!("{before}{piece}{after}");
        for text in [
            format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n"),
            format!("-----BEGIN {label}-----\nAAAA\n"),
            format!("-----END {label}-----\n"),
            format!("-----BEGIN {}-----\nAAAA\n-----END {}-----\n", label.to_lowercase(), label.to_lowercase()),
        ] {
            let shown = format!("{:?}", decode::read(text.as_bytes())).to_uppercase();
            assert!(!shown.contains(&piece[..12]), "{text}: {shown}");
        }
    }
}

/// A certificate in BER, whose outermost length is indefinite.
#[test]
fn ber_is_called_ber() {
    let der = &cas()[0];
    let ber = [&[0x30, 0x80], &der[4..], &[0, 0]].concat();
    assert_eq!(der[1], 0x82, "two octets of length");
    for input in [pem("CERTIFICATE", &ber).into_bytes(), ber.clone(), BASE64.encode(&ber).into_bytes()] {
        let decoded = decode::read(&input);
        assert_eq!((decoded.items.len(), decoded.problems.len()), (0, 1), "{decoded:?}");
        assert!(decoded.problems[0].message.contains("written in BER: its length is indefinite"), "{decoded:?}");
    }
}

#[test]
fn a_key_beside_certificates_does_not_cost_them() {
    let mut random = Xorshift(3);
    let certificates = variant("00-normal");
    for (label, der) in keys(&mut random) {
        for (form, input) in key_inputs(label, &der) {
            // A file is UTF-16 or DER as a whole.
            if form.starts_with("UTF-16") || form.starts_with("DER") {
                continue;
            }
            for both in
                [[&input, b"\n".as_slice(), &certificates].concat(), [&certificates, b"\n".as_slice(), &input].concat()]
            {
                let decoded = decode::read(&both);
                assert_eq!(fingerprints(&decoded), [NODE_CA, OTHER_CA], "{label} as {form}");
                assert_eq!(decoded.secrets.len(), 1, "{label} as {form}");
                assert_no_trace(&decoded, &der, &form);
            }
        }
    }
}

#[test]
fn a_certificate_whose_end_was_swapped_with_that_of_a_key_is_kept_apart() {
    let [node, other] = cas();
    let key = tlv(0x30, &[tlv(2, &[1]), tlv(4, &Xorshift(11).bytes(32))].concat());
    let certificate_then_key = format!(
        "{}{}",
        pem("CERTIFICATE", &node).replace(&format!("{END}\n"), ""),
        pem("EC PRIVATE KEY", &key).split_once('\n').unwrap().1
    );
    let decoded = decode::read((certificate_then_key + &pem("CERTIFICATE", &other)).as_bytes());
    assert!(fingerprints(&decoded).contains(&OTHER_CA.to_owned()));
    assert_no_trace(&decoded, &key, "swapped END");
    assert!(!decoded.secrets.is_empty());
}

#[test]
fn other_blocks_are_named() {
    let body = wrapped(&BASE64.encode(&[0x30; 90]));
    let block = |label: &str| format!("-----BEGIN {label}-----\n{body}-----END {label}-----\n");
    for (label, part) in [
        ("CERTIFICATE REQUEST", "certificate request"),
        ("NEW CERTIFICATE REQUEST", "certificate request"),
        ("X509 CRL", "revocation list"),
        ("PKCS7", "openssl pkcs7"),
        ("CMS", "openssl pkcs7"),
        ("PUBLIC KEY", "public key"),
        ("RSA PUBLIC KEY", "public key"),
        ("PGP MESSAGE", "unknown label"),
        ("ATTRIBUTE CERTIFICATE", "unknown label"),
    ] {
        let decoded = decode::read((block(label) + &String::from_utf8(variant("00-normal")).unwrap()).as_bytes());
        assert_eq!(decoded.problems.len(), 1, "{label}");
        assert!(decoded.problems[0].message.contains(part), "{label}: {}", decoded.problems[0].message);
        assert_eq!(decoded.problems[0].place, Place { line: 1, bytes: 0..block(label).len() - 1, ordinal: 1 });
        assert_eq!(fingerprints(&decoded), [NODE_CA, OTHER_CA], "{label}");
    }
    for label in ["EC PARAMETERS", "DH PARAMETERS"] {
        let decoded = decode::read((block(label) + &String::from_utf8(variant("00-normal")).unwrap()).as_bytes());
        assert_eq!((decoded.items.len(), decoded.problems.len()), (2, 0), "{label}");
    }
}

#[test]
fn an_input_without_certificates_says_so() {
    let inputs: [(&[u8], &str); 9] = [
        (b"", "The file is empty"),
        (b" \r\n\t", "only white space"),
        (b"Dear reader, the certificate is in the other file.", "No certificate was found in this text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10", "binary data"),
        (b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\0", "keytool"),
        (b"\xce\xce\xce\xce\0\0\0\x02\0\0\0\0", "keytool"),
        (b"\x30\x82\x01\x00\x02\x01\x03\x30\x82\0\0", "openssl pkcs12 -nokeys"),
        (b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0", "openssl pkcs7"),
        (b"tls.crt: ENC[AES256_GCM,data:abcd]", "sops -d"),
    ];
    for (input, part) in inputs {
        let decoded = decode::read(input);
        assert_eq!(decoded.problems.len(), 1, "{input:?}");
        assert!(decoded.problems[0].message.contains(part), "{}", decoded.problems[0].message);
        assert_eq!(decoded.problems[0].place, Place { line: 1, bytes: 0..input.len(), ordinal: 1 });
        assert!(decoded.items.is_empty() && decoded.secrets.is_empty());
    }
}

#[test]
fn headlines_are_no_blocks() {
    let text = "--- BEGIN REPORT ---\nthe end\n--- END REPORT ---\n-----BEGIN NOTES-----\nBegin certificate here\n";
    let decoded = decode::read(format!("{text}{}", String::from_utf8(variant("00-normal")).unwrap()).as_bytes());
    assert_eq!((decoded.items.len(), decoded.problems.len()), (2, 0), "{:?}", decoded.problems);
    assert_eq!(decoded.items[0].repairs, []);
}

#[test]
fn wrapping_beyond_the_limit_is_told() {
    let bundle = String::from_utf8(variant("00-normal")).unwrap();
    let url = (0..4).fold(bundle.clone(), |text, _| percent_encoded(&text));
    let base64 = (0..3).fold(bundle, |text, _| BASE64.encode(text.as_bytes()));
    for (input, part) in [(url, "URL encoding more than 3 times"), (base64, "base64 more than 2 times")] {
        let decoded = decode::read(input.as_bytes());
        assert_eq!(decoded.problems.len(), 1);
        assert!(decoded.problems[0].message.contains(part), "{}", decoded.problems[0].message);
    }
}

#[test]
fn every_repair_has_words() {
    for (_, _, repairs) in further_encodings() {
        for repair in repairs.iter().chain(&[SpacesForPlus, BlankLines, CarriageReturns]) {
            let words = repair.to_string();
            assert!(words.contains(' ') && words.is_ascii() && !words.contains(&format!("{repair:?}")), "{words}");
        }
    }
    assert_eq!(UrlEncoding { rounds: 2 }.to_string(), "URL encoding undone 2 times");
}

/// Text that changes what the bytes around it mean.
const SPLICES: [&[u8]; 20] = [
    b"-----BEGIN CERTIFICATE-----",
    b"-----END CERTIFICATE-----",
    b"-----BEGIN PRIVATE KEY-----",
    b"-----END PRIVATE KEY-----",
    b"-----BEGIN",
    b"-----",
    b"%",
    b"%0A",
    b"%25",
    b"\\",
    b"\\u00",
    b"\\n",
    b"=",
    b"\"",
    b"\0",
    b"\xe2\x80",
    b"\xff\xfe",
    b"\x30\x84\xff\xff\xff\xff\x30",
    b"MIIBpzCCAU2gAwIBAgIUPTQBIJFH17/lpbmvEZXQ0guGRxEw",
    b"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJwekNDQVUy",
];

fn mutate(random: &mut Xorshift, bytes: &mut Vec<u8>) {
    let at = random.below(bytes.len() + 1);
    match random.below(7) {
        0 if at < bytes.len() => bytes[at] = random.bytes(1)[0],
        1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(..at)),
        4 => {
            let end = at + random.below(bytes.len() - at + 1).min(80);
            drop(bytes.drain(at..end));
        }
        5 => {
            let end = at + random.below(bytes.len() - at + 1);
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
        _ => drop(bytes.splice(at..at, SPLICES[random.below(SPLICES.len())].iter().copied())),
    }
}

fn assert_sound(decoded: &Decoded, input: &[u8]) {
    let items = decoded.items.iter().map(|item| &item.place);
    let problems = decoded.problems.iter().map(|problem| &problem.place);
    let secrets = decoded.secrets.iter().map(|secret| &secret.place);
    let places: Vec<&Place> = items.clone().chain(problems).chain(secrets).collect();
    assert!(!places.is_empty(), "every input yields something");
    for place in &places {
        assert!(place.bytes.start <= place.bytes.end && place.bytes.end <= input.len(), "{place:?}");
        assert!(place.line >= 1 && place.line <= input.len() + 1, "{place:?}");
        assert!(place.ordinal >= 1 && place.ordinal <= places.len(), "{place:?}");
    }
    let starts: Vec<usize> = items.map(|place| place.bytes.start).collect();
    assert!(starts.is_sorted());
    assert!(decoded.items.iter().all(|item| item.der.first() == Some(&0x30)));
}

#[test]
fn mutated_input_never_panics() {
    const ROUNDS: usize = 120;
    let mut random = Xorshift(0x2545_f491_4f6c_dd1d);
    for expected in &VARIANTS {
        let original = variant(expected.file);
        for _ in 0..ROUNDS {
            let mut bytes = original.clone();
            for _ in 0..=random.below(4) {
                mutate(&mut random, &mut bytes);
            }
            assert_sound(&decode::read(&bytes), &bytes);
        }
    }
}

#[test]
fn every_prefix_of_a_bundle_is_sound() {
    let bundle = variant("00-normal");
    for length in 0..bundle.len() {
        let prefix = &bundle[..length];
        let decoded = decode::read(prefix);
        assert_sound(&decoded, prefix);
        let whole = usize::from(length >= 633) + usize::from(length >= 1268);
        assert!(decoded.items.len() >= whole, "{length}: {:?}", decoded.problems);
    }
}
