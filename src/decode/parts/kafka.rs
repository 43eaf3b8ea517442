//! Properties of Java and of librdkafka that hold certificates as PEM (KIP-651).

use std::ops::Range;

use super::{Claims, Meaning, Part, lines, secret_key};
use crate::decode::layer::Layer;

/// How a key ends once it is in lower case and without what stands between its words, and what it holds. Prefixes such
/// as `listener.name.internal.` and other spellings such as `KAFKA_SSL_TRUSTSTORE_CERTIFICATES` are many.
///
/// Sources: KIP-651; librdkafka's CONFIGURATION.md; Spring Boot's `spring.kafka.ssl` and `spring.ssl.bundle.pem`.
const KEYS: [(&str, Meaning); 6] = [
    ("truststorecertificates", Meaning::Trusted),
    ("truststorecertificate", Meaning::Trusted),
    ("keystorecertificatechain", Meaning::Chain),
    ("keystorecertificate", Meaning::Chain),
    ("sslcapem", Meaning::Trusted),
    ("sslcertificatepem", Meaning::ClientChain),
];

/// What a key with the keys around it (`ssl.truststore.certificates`) says of its value.
pub(super) fn meaning(path: &str) -> Option<Meaning> {
    let letters = path.chars().filter(char::is_ascii_alphanumeric);
    let compact: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    KEYS.iter().find(|(end, _)| compact.ends_with(end)).map(|(_, meaning)| *meaning)
}

/// Claims the values of properties, which reach over the lines that a backslash joins (`java.util.Properties`).
pub(super) fn read(layer: &Layer<'_>, claims: &mut Claims) {
    let bytes = &layer.bytes;
    let mut position = 0;
    while let Some(line) = lines::lines(bytes, position..bytes.len()).next() {
        position = behind_line_end(bytes, line.end);
        let Some((key, value)) = property(bytes, &line) else { continue };
        let is_assigned = lines::slice(bytes, &(line.start..value.start)).iter().any(|byte| b"=:".contains(byte));
        if let Some(label) = secret_key::label(&key, lines::slice(bytes, &value)).filter(|_| is_assigned) {
            claims.secret(layer, value, label);
            continue;
        }
        let Some(meaning) = meaning(&key) else { continue };
        let value = with_joined_lines(bytes, value);
        let value = lines::with_open_block(bytes, value, bytes.len());
        position = behind_line_end(bytes, value.end);
        claims.add(layer, Part::new(&key, meaning, vec![value]));
    }
}

/// The key of a line, and its value on the same line.
fn property(bytes: &[u8], line: &Range<usize>) -> Option<(String, Range<usize>)> {
    let text = lines::slice(bytes, line).trim_ascii_start();
    let text = text.strip_prefix(b"export ").unwrap_or(text);
    let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte)).count();
    let (key, rest) = text.split_at_checked(length).filter(|(key, _)| key.len() > 8)?;
    let behind_blanks = rest.trim_ascii_start();
    let value = behind_blanks.strip_prefix(b"=").or_else(|| behind_blanks.strip_prefix(b":")).unwrap_or(behind_blanks);
    let is_separated = value.len() < rest.len();
    let value = line.end - value.trim_ascii_start().len()..line.end;
    is_separated.then(|| (String::from_utf8_lossy(key).into_owned(), value))
}

/// A value with the lines after it, as long as each ends with a backslash that is not escaped itself.
fn with_joined_lines(bytes: &[u8], mut value: Range<usize>) -> Range<usize> {
    let goes_on = |value: &Range<usize>| {
        let text = lines::slice(bytes, value);
        text.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
    };
    while goes_on(&value) {
        let next = behind_line_end(bytes, value.end);
        let Some(line) = lines::lines(bytes, next..bytes.len()).next() else { break };
        value.end = line.end;
    }
    value
}

fn behind_line_end(bytes: &[u8], end: usize) -> usize {
    match bytes.get(end..) {
        Some([b'\r', b'\n', ..]) => end + 2,
        Some([b'\n' | b'\r', ..]) => end + 1,
        _ => end,
    }
}
