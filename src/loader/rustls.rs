//! The crate rustls-pki-types itself: `CertificateDer::pem_slice_iter`, and rustls-webpki's `anchor_from_trusted_cert`, with
//! which rustls puts what it gives into a `RootCertStore` (`add_parsable_certificates`).

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::{Error, SliceIter};

use super::reading::Reading;
use super::search::{BEGIN, stands_at};
use super::{Reason, fault};

/// What the iterator gives up to its first error.
pub(super) fn pem_slice_iter(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut blocks = SliceIter::<CertificateDer<'_>>::new(input);
    let mut start = 0;
    while let Some(next) = blocks.next() {
        let end = input.len() - blocks.remainder().len();
        // A further BEGIN line begins the block anew, but for the base64.
        let begin = begin_lines(input, start, end).next_back().unwrap_or(start);
        let block = begin..fault::end_of_block(input, begin, end);
        match next {
            Ok(der) if webpki::anchor_from_trusted_cert(&der).is_ok() => reading.take(block, der.to_vec()),
            Ok(_) => reading.skip(block, begin, Reason::NoCertificate(String::new())),
            Err(error) => {
                let first = begin_lines(input, start, end).next().unwrap_or(start);
                let (at, reason) = reason(&error, input, first, end);
                reading.refuse_rest(at, reason, words(&error));
                return reading;
            }
        }
        start = end;
    }
    reading
}

/// The lines of a stretch that begin a block; CR ends a line as well.
fn begin_lines(input: &[u8], start: usize, end: usize) -> impl DoubleEndedIterator<Item = usize> {
    let stretch = input.get(start..end).unwrap_or_default();
    let starts_line = move |at: usize| at == 0 || matches!(stretch.get(at - 1), Some(b'\n' | b'\r'));
    let is_begin = move |at: &usize| starts_line(*at) && stands_at(stretch, *at, BEGIN);
    (0..stretch.len()).filter(is_begin).map(move |at| start + at)
}

fn reason(error: &Error, input: &[u8], begin: usize, end: usize) -> (usize, Reason) {
    match error {
        Error::MissingSectionEnd { .. } => (begin, fault::of_end(input, begin)),
        Error::IllegalSectionStart { line } => (begin, fault::of_begin_line(line).unwrap_or(Reason::BeginLine)),
        Error::Base64Decode(_) => fault::of_unexplained_base64(input, fault::body(input, begin, end)),
        Error::SectionTooLarge => (begin, Reason::TooLarge),
        _ => (begin, Reason::NothingFound),
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
