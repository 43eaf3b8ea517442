//! The crate rustls-pki-types itself: `CertificateDer::pem_slice_iter`, and rustls-webpki's `anchor_from_trusted_cert`, with
//! which rustls puts what it gives into a `RootCertStore` (`add_parsable_certificates`).

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::{Error, SliceIter};

use super::Reason;
use super::base64::BadBase64;
use super::reading::Reading;
use super::search::{find, find_last};

/// What the iterator gives up to its first error.
pub(super) fn pem_slice_iter(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut blocks = SliceIter::<CertificateDer<'_>>::new(input);
    let mut start = 0;
    while let Some(next) = blocks.next() {
        let end = input.len() - blocks.remainder().len();
        let begin = begin_line(input, start, end).unwrap_or(start);
        match next {
            Ok(der) if webpki::anchor_from_trusted_cert(&der).is_ok() => reading.take(begin..end, der.to_vec()),
            Ok(_) => reading.skip(begin..end, begin, Reason::NoCertificate(String::new())),
            Err(error) => {
                reading.refuse_rest(begin, reason(&error), words(&error));
                return reading;
            }
        }
        start = end;
    }
    reading
}

/// The last line before `end` that begins a certificate: the one that the iterator took.
fn begin_line(input: &[u8], start: usize, end: usize) -> Option<usize> {
    find_last(input, b"-----BEGIN CERTIFICATE-----", start, end)
        .or_else(|| find(input, b"-----BEGIN ", start).filter(|begin| *begin < end))
}

fn reason(error: &Error) -> Reason {
    match error {
        Error::MissingSectionEnd { .. } => Reason::NoEnd,
        Error::IllegalSectionStart { .. } => Reason::BeginLine,
        Error::Base64Decode(_) => Reason::Base64(BadBase64::Unexplained),
        Error::SectionTooLarge => Reason::TooLarge,
        _ => Reason::NothingFound,
    }
}

/// The name of the error, without what it quotes of the file.
fn words(error: &Error) -> &'static str {
    match error {
        Error::MissingSectionEnd { .. } => "MissingSectionEnd",
        Error::IllegalSectionStart { .. } => "IllegalSectionStart",
        Error::Base64Decode(_) => "Base64Decode",
        Error::SectionTooLarge => "SectionTooLarge",
        _ => "NoItemsFound",
    }
}
