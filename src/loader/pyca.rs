//! Python's `cryptography` 50: `load_pem_x509_certificates` (`src/rust/src/x509/certificate.rs`), which reads with the crate
//! pem 3.0.6 (`parser.rs`, `lib.rs`) and parses with the crate asn1.
//!
//! The grammar of that crate is re-enacted, because it says nothing about places.

use std::ops::Range;

use super::base64::decode_canonical;
use super::label::Label;
use super::reading::Reading;
use super::search::{BEGIN, DASHES, END};
use super::{Reason, fault, frame};
use crate::certificate::Certificate;
use crate::der::{Reader, SEQUENCE, constructed};

/// All blocks labelled CERTIFICATE or X509 CERTIFICATE, or none: one bad block of any label refuses the file.
pub(super) fn load_pem_x509_certificates(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut position = 0;
    let mut certificates = Vec::new();
    while let Some(captures) = Captures::next(input, position) {
        position = captures.next;
        let data = match captures.decode(input) {
            Ok(data) => data,
            Err((at, reason, words)) => {
                reading.refuse_all(at, reason, words);
                return reading;
            }
        };
        let label = input.get(captures.label).unwrap_or_default();
        if matches!(label, b"CERTIFICATE" | b"X509 CERTIFICATE") {
            certificates.push((captures.bytes, data));
        } else {
            reading.skip(captures.bytes.clone(), captures.bytes.start, Reason::Label(Label::of(label)));
        }
    }
    for (bytes, der) in certificates {
        if !is_certificate(&der) {
            reading.refuse_all(bytes.start, Reason::NoCertificate(String::new()), "error parsing asn1 value");
            return reading;
        }
        reading.take(bytes, der);
    }
    if reading.taken.is_empty() {
        reading.refuse_all(0, Reason::NothingFound, "MalformedFraming");
    }
    reading
}

/// `asn1::parse_single` of a certificate, whose version is 1, which must not be written, or 3 (`cert_version`).
fn is_certificate(der: &[u8]) -> bool {
    let has_version = |one: &Certificate| {
        let is_written = Reader(one.tbs_der()).read(SEQUENCE).is_some_and(|fields| fields.next_is(constructed(0)));
        matches!((one.version, is_written), (1, false) | (3, true))
    };
    frame::is_certificate(der) && Certificate::parse(der).is_ok_and(|one| has_version(&one))
}

/// `parser::Captures`: where the parts of a block stand.
struct Captures {
    bytes: Range<usize>,
    label: Range<usize>,
    payload: Range<usize>,
    end_label: Range<usize>,
    next: usize,
}

impl Captures {
    /// `parser_inner`.
    fn next(input: &[u8], from: usize) -> Option<Captures> {
        let begin = read_until(input, from, BEGIN)?;
        let label = read_until(input, begin.end, DASHES)?;
        let payload = read_until(input, skip_white(input, label.end), END)?;
        let end_label = read_until(input, payload.end, DASHES)?;
        Some(Captures {
            bytes: begin.matched.end..end_label.end,
            label: label.matched,
            payload: payload.matched,
            end_label: end_label.matched,
            next: skip_white(input, end_label.end),
        })
    }

    /// `Pem::new_from_captures`.
    fn decode(&self, input: &[u8]) -> Result<Vec<u8>, (usize, Reason, &'static str)> {
        let part = |range: &Range<usize>| input.get(range.clone()).unwrap_or_default();
        let text = |range: &Range<usize>| {
            std::str::from_utf8(part(range)).map_err(|_| (range.start, Reason::NotUtf8, "NotUtf8"))
        };
        let (label, end_label) = (text(&self.label)?, text(&self.end_label)?);
        if label.is_empty() {
            return Err((self.bytes.start, Reason::BeginLine, "MissingBeginTag"));
        }
        if end_label.is_empty() {
            return Err((self.end_label.start, Reason::EndLine, "MissingEndTag"));
        }
        if label != end_label {
            return Err((self.end_label.start, fault::of_end_line(end_label.as_bytes()), "MismatchedTags"));
        }
        let (headers, data) = self.headers_and_data(input);
        let symbols: String = text(&data)?.chars().filter(|character| !character.is_whitespace()).collect();
        let data = decode_canonical(symbols.as_bytes()).map_err(|bad| {
            let (at, reason) = fault::of_base64(input, data, bad);
            (at, reason, "InvalidData")
        })?;
        if text(&headers)?.lines().all(|line| line.contains(':')) {
            Ok(data)
        } else {
            Err((headers.start, Reason::BlankLine, "InvalidHeader"))
        }
    }

    /// `extract_headers_and_data`: what stands before a blank line is headers.
    fn headers_and_data(&self, input: &[u8]) -> (Range<usize>, Range<usize>) {
        let payload = self.payload.clone();
        let inner = input.get(..payload.end).unwrap_or_default();
        let blank = read_until(inner, payload.start, b"\n\n");
        match blank.or_else(|| read_until(inner, payload.start, b"\r\n\r\n")) {
            Some(found) => (found.matched, found.end..payload.end),
            None => (payload.start..payload.start, payload),
        }
    }
}

/// What stands before a marker, and where the marker ends.
struct Found {
    matched: Range<usize>,
    end: usize,
}

/// `read_until`: it does not look again at octets that began to match, so a sixth hyphen hides a marker.
fn read_until(input: &[u8], from: usize, marker: &[u8]) -> Option<Found> {
    let mut matched = 0;
    for (at, octet) in input.iter().enumerate().skip(from) {
        matched = if marker.get(matched) == Some(octet) { matched + 1 } else { 0 };
        if matched == marker.len() {
            return Some(Found { matched: from..at + 1 - matched, end: at + 1 });
        }
    }
    None
}

fn skip_white(input: &[u8], from: usize) -> usize {
    let rest = input.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|octet| b" \t\n\r".contains(octet)).count()
}
