//! The crate x509-parser itself: `Pem::iter_from_buffer`, and `Pem::parse_x509` on what it gives.

use std::io::Cursor;

use x509_parser::error::PEMError;
use x509_parser::pem::Pem;

use super::label::Label;
use super::reading::Reading;
use super::search::BEGIN;
use super::{Reason, fault};

/// What the iterator gives up to its first error; labels are the caller's business, so every block is tried.
pub(super) fn iter_from_buffer(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut file = Cursor::new(input);
    loop {
        let start = position(&file);
        match Pem::read(&mut file) {
            Ok((pem, _)) => {
                let end = position(&file);
                let begin = begin_line(input, start, end);
                let end = fault::end_of_block(input, begin, end);
                if pem.parse_x509().is_ok() {
                    reading.take(begin..end, pem.contents);
                } else {
                    let reason = why_no_certificate(&pem, input, begin);
                    reading.skip(begin..end, begin, reason);
                }
            }
            Err(PEMError::MissingHeader) => return reading,
            Err(error) => {
                let end = position(&file);
                let begin = begin_line(input, start, end);
                let (at, reason, words) = reason(&error, input, begin, end);
                reading.refuse_rest(at, reason, words);
                return reading;
            }
        }
    }
}

fn why_no_certificate(pem: &Pem, input: &[u8], begin: usize) -> Reason {
    let label = Label::of(pem.label.as_bytes());
    match fault::of_begin(input, begin) {
        Reason::TextAfterBegin => Reason::TextAfterBegin,
        _ if label.is_about_certificates() => Reason::NoCertificate(String::new()),
        _ => Reason::Label(label),
    }
}

fn position(file: &Cursor<&[u8]>) -> usize {
    usize::try_from(file.position()).unwrap_or(usize::MAX)
}

/// The first line of a stretch that begins a block; one that is no UTF-8 is passed over.
fn begin_line(input: &[u8], start: usize, end: usize) -> usize {
    let mut position = start;
    for line in input.get(start..end).unwrap_or_default().split_inclusive(|octet| *octet == b'\n') {
        if line.starts_with(BEGIN) && std::str::from_utf8(line).is_ok() {
            return position;
        }
        position += line.len();
    }
    start
}

fn reason(error: &PEMError, input: &[u8], begin: usize, end: usize) -> (usize, Reason, &'static str) {
    match error {
        PEMError::Base64DecodeError => {
            let (at, reason) = fault::of_unexplained_base64(input, fault::body(input, begin, end));
            (at, reason, "Base64DecodeError")
        }
        PEMError::IncompletePEM => (begin, fault::of_end(input, begin), "IncompletePEM"),
        PEMError::InvalidHeader => (begin, Reason::BeginLine, "InvalidHeader"),
        PEMError::MissingHeader => (begin, Reason::NothingFound, "MissingHeader"),
        PEMError::IOError(_) => (begin, Reason::NotUtf8, "IOError"),
    }
}
