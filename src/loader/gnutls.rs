//! GnuTLS 3.7.9: `gnutls_x509_crt_list_import2` with PEM (`lib/x509/x509.c`), which `gnutls_x509_trust_list_add_trust_file`
//! and `certtool` call, and `_gnutls_fbase64_decode` (`lib/x509_b64.c`). All certificates, or none.

use std::ops::Range;

use super::base64::{BadBase64, decode_canonical};
use super::reading::Reading;
use super::search::{BEGIN, DASHES, END, find, stands_at, without};
use super::{Reason, fault, frame};
use crate::der::{Header, INTEGER, constructed};
use crate::verifier::gnutls::is_readable;

/// `PEM_CERT_SEP` and `PEM_CERT_SEP2`: they do not look at how the label ends.
const BEGIN_CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE";
const BEGIN_X509: &[u8] = b"-----BEGIN X509 CERTIFICATE";
/// Octets of base64 that are worth a look.
const LEAST_BODY: usize = 4;

const BASE64_ERROR: &str = "Base64 unexpected header error.";

/// `gnutls_x509_crt_list_import`.
pub(super) fn list_import(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut marks = Marks { input, begin: Next::default(), x509: Next::default(), end: Next::default() };
    let Some(mut at) = marks.certificate(0).or_else(|| marks.x509(0)) else {
        reading.refuse_all(0, Reason::NothingFound, "No certificate was found.");
        return reading;
    };
    loop {
        match import(&mut marks, at) {
            Ok((bytes, der)) if is_certificate(&der) => reading.take(bytes, der),
            Ok((bytes, _)) => {
                // libtasn1 has many words for it.
                reading.refuse_all(bytes.start, Reason::NoCertificate(String::new()), "");
                return reading;
            }
            Err((at, reason)) => {
                reading.refuse_all(at, reason, BASE64_ERROR);
                return reading;
            }
        }
        match marks.certificate(at + 1).or_else(|| marks.x509(at + 1)) {
            Some(next) => at = next,
            None => return reading,
        }
    }
}

/// `gnutls_x509_crt_import` from a place on: the next CERTIFICATE, and where that cannot be decoded the next X509 CERTIFICATE,
/// wherever it stands.
fn import(marks: &mut Marks<'_>, from: usize) -> Result<(Range<usize>, Vec<u8>), (usize, Reason)> {
    let first = marks.certificate(from).map(|begin| decode_block(marks, begin));
    match (first, marks.x509(from)) {
        (Some(Ok(found)), _) => Ok(found),
        (Some(Err(error)), Some(begin)) => decode_block(marks, begin).map_err(|_| error),
        (None, Some(begin)) => decode_block(marks, begin),
        (Some(Err(error)), None) => Err(error),
        (None, None) => Err((from, Reason::NothingFound)),
    }
}

fn is_certificate(der: &[u8]) -> bool {
    let der = with_fitting_version(der);
    frame::is_certificate(&der) && is_readable(&der)
}

/// `asn1_der_decoding2` of libtasn1 does not look at the length of an explicit tag: the one around the version (RFC 5280, 4.1)
/// is made to fit, for those who do.
fn with_fitting_version(der: &[u8]) -> Vec<u8> {
    let mut der = der.to_vec();
    let outer = Header::read(&der).map_or(0, |header| header.octets);
    let fields = outer + der.get(outer..).and_then(Header::read).map_or(0, |header| header.octets);
    if let Some([tag, length, INTEGER, 1, ..]) = der.get_mut(fields..)
        && *tag == constructed(0)
    {
        *length = 3;
    }
    der
}

/// `_gnutls_fbase64_decode` from a BEGIN on: the label ends at the next five hyphens, the body at the next `-----END `,
/// whatever stands between.
fn decode_block(marks: &mut Marks<'_>, begin: usize) -> Result<(Range<usize>, Vec<u8>), (usize, Reason)> {
    let input = marks.input;
    let label_end = find(input, DASHES, begin + 1).ok_or((begin, Reason::BeginLine))?;
    let body = label_end + DASHES.len();
    let end = marks.end.find(input, END, body).ok_or_else(|| (begin, fault::of_end(input, begin)))?;
    let text = input.get(body..end).unwrap_or_default();
    if text.len() < LEAST_BODY {
        return Err((begin, Reason::Empty));
    }
    // `cpydata`: a hyphen ends the data.
    let text = text.split(|octet| *octet == b'-').next().unwrap_or_default();
    let symbols = without(text, b" \t\r\n\x0b\x0c");
    let der = decode_canonical(&symbols).map_err(|bad| reason(bad, text, input, body))?;
    if der.is_empty() {
        return Err((body, Reason::Empty));
    }
    Ok((begin..end, der))
}

fn reason(bad: BadBase64, text: &[u8], input: &[u8], body: usize) -> (usize, Reason) {
    let end = body + text.len();
    if stands_at(input, end, BEGIN) { (end, Reason::BeginInside) } else { fault::of_base64(input, body..end, bad) }
}

/// Where the next BEGIN of each kind stands, so that the file is searched once.
struct Marks<'a> {
    input: &'a [u8],
    begin: Next,
    x509: Next,
    end: Next,
}

/// The last search: from where, and what it found.
#[derive(Default)]
struct Next {
    from: usize,
    found: Option<usize>,
    is_known: bool,
}

impl Marks<'_> {
    fn certificate(&mut self, from: usize) -> Option<usize> {
        self.begin.find(self.input, BEGIN_CERTIFICATE, from)
    }

    fn x509(&mut self, from: usize) -> Option<usize> {
        self.x509.find(self.input, BEGIN_X509, from)
    }
}

impl Next {
    fn find(&mut self, input: &[u8], mark: &[u8], from: usize) -> Option<usize> {
        let holds = self.is_known && self.from <= from && self.found.is_none_or(|found| found >= from);
        if !holds {
            *self = Next { from, found: find(input, mark, from), is_known: true };
        }
        self.found
    }
}
