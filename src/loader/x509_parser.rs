//! The crate x509-parser itself: `Pem::iter_from_buffer`, and `Pem::parse_x509` on what it gives.

use std::io::Cursor;

use x509_parser::error::PEMError;
use x509_parser::pem::Pem;

use super::Reason;
use super::base64::BadBase64;
use super::label::Label;
use super::reading::Reading;

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
                if pem.parse_x509().is_ok() {
                    reading.take(begin..end, pem.contents);
                } else if Label::of(pem.label.as_bytes()).is_about_certificates() {
                    reading.skip(begin..end, begin, Reason::NoCertificate(String::new()));
                }
            }
            Err(PEMError::MissingHeader) => return reading,
            Err(error) => {
                let begin = begin_line(input, start, position(&file));
                let (reason, words) = reason(&error);
                reading.refuse_rest(begin, reason, words);
                return reading;
            }
        }
    }
}

fn position(file: &Cursor<&[u8]>) -> usize {
    usize::try_from(file.position()).unwrap_or(usize::MAX)
}

/// The first line of a stretch that begins a block; one that is no UTF-8 is passed over.
fn begin_line(input: &[u8], start: usize, end: usize) -> usize {
    let mut position = start;
    for line in input.get(start..end).unwrap_or_default().split_inclusive(|octet| *octet == b'\n') {
        if line.starts_with(b"-----BEGIN ") && std::str::from_utf8(line).is_ok() {
            return position;
        }
        position += line.len();
    }
    start
}

fn reason(error: &PEMError) -> (Reason, &'static str) {
    match error {
        PEMError::Base64DecodeError => (Reason::Base64(BadBase64::Unexplained), "Base64DecodeError"),
        PEMError::IncompletePEM => (Reason::NoEnd, "IncompletePEM"),
        PEMError::InvalidHeader => (Reason::BeginLine, "InvalidHeader"),
        PEMError::MissingHeader => (Reason::NothingFound, "MissingHeader"),
        PEMError::IOError(_) => (Reason::NotUtf8, "IOError"),
    }
}
