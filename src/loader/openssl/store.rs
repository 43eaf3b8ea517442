//! `OSSL_STORE` with `OSSL_STORE_expect(OSSL_STORE_INFO_CERT)`, as `openssl x509`, `-untrusted` and `-CAstore` read files.
//!
//! Each turn tries the file as PEM, and where that gives nothing, as DER from the same place on (`decoder_process` in
//! `crypto/encode_decode/decoder_lib.c`, `file_store_any2obj.c`). What cannot be read is passed over without a word.

use super::super::Reason;
use super::super::label::Label;
use super::super::reading::Reading;
use super::super::search::{BEGIN, stands_at};
use super::pem::{Block, PemError, Reader, check_header};
use crate::verifier::openssl::{certificate_at_start, trusted_certificate_at_start};

/// Labels that `pem2der_decode` knows besides those of certificates; a block with another one is no PEM to it.
const OTHER_LABELS: [&[u8]; 15] = [
    b"ENCRYPTED PRIVATE KEY",
    b"PRIVATE KEY",
    b"PUBLIC KEY",
    b"DH PARAMETERS",
    b"X9.42 DH PARAMETERS",
    b"DSA PRIVATE KEY",
    b"DSA PUBLIC KEY",
    b"DSA PARAMETERS",
    b"EC PRIVATE KEY",
    b"EC PARAMETERS",
    b"SM2 PRIVATE KEY",
    b"SM2 PARAMETERS",
    b"RSA PRIVATE KEY",
    b"RSA PUBLIC KEY",
    b"X509 CRL",
];

/// `Proc-Type:` has so many octets; a shorter header is not looked at (`pem2der_decode`).
const LEAST_HEADER: usize = 10;

/// How often octets may be read again before we stop. OpenSSL reads a block again for each BEGIN inside it, without end; of
/// the damaged files on record none needs more than two.
const MAX_ROUNDS: usize = 8;

/// Every certificate that `OSSL_STORE_load` gives until `OSSL_STORE_eof`.
pub(in super::super) fn load_store(input: &[u8]) -> Reading {
    let left = input.len().saturating_mul(MAX_ROUNDS);
    let mut store = Store { input, position: 0, fruitless_to: None, unended_to: 0, left, reading: Reading::default() };
    while store.position < input.len() {
        let before = store.position;
        store.turn();
        store.position = store.position.max(before + 1);
    }
    store.reading
}

struct Store<'a> {
    input: &'a [u8],
    position: usize,
    /// Where the next BEGIN line stands whose block gives nothing, or where no further one is found.
    fruitless_to: Option<usize>,
    /// No END line stands before this position.
    unended_to: usize,
    /// Octets that may still be read.
    left: usize,
    reading: Reading,
}

impl<'a> Store<'a> {
    /// `OSSL_STORE_load`. What was found from further before holds until its BEGIN line is passed, unless a line that begins
    /// here, behind some DER, is another one.
    fn turn(&mut self) {
        let begins_here = [BEGIN, b"\xef\xbb\xbf-----BEGIN "];
        let begins_here = begins_here.iter().any(|mark| stands_at(self.input, self.position, mark));
        if !begins_here && self.fruitless_to.is_some_and(|to| to >= self.position) {
            return self.der();
        }
        let mut reader = Reader { input: self.input, position: self.position };
        let block = self.block(&mut reader);
        let Some(left) = self.left.checked_sub(reader.position - self.position) else { return self.stop() };
        self.left = left;
        match block {
            Ok(block) if is_known(block.label) => {
                self.position = reader.position;
                self.take(&block);
            }
            Ok(block) => {
                self.passes_over(block.bytes.start, block.bytes.start, Reason::Label(Label::of(block.label)));
            }
            Err(PemError::Bad { begin, at, reason, .. }) => self.passes_over(begin, at, reason),
            Err(PemError::Unended { begin, end, reason }) => {
                self.unended_to = end;
                self.passes_over(begin, begin, reason);
            }
            Err(PemError::NoStartLine { end }) => {
                self.fruitless_to = Some(end);
                self.der();
            }
        }
    }

    /// The block that `PEM_read_bio` finds.
    fn block(&self, reader: &mut Reader<'a>) -> Result<Block<'a>, PemError> {
        let (begin, label) = reader.begin_line()?;
        if begin < self.unended_to {
            return Err(PemError::Unended { begin, end: self.unended_to, reason: Reason::NoEnd });
        }
        reader.rest_of_block(begin, label)
    }

    fn passes_over(&mut self, begin: usize, at: usize, reason: Reason) {
        self.reading.skip(begin..at.max(begin + 1), at, reason);
        self.fruitless_to = Some(begin);
        self.der();
    }

    fn stop(&mut self) {
        self.reading.skip(self.position..self.input.len(), self.position, Reason::NotSettled);
        self.position = self.input.len();
    }

    /// `try_cert` (`crypto/store/store_result.c`): with trust settings or without, whatever the label.
    fn take(&mut self, block: &Block<'_>) {
        let at = block.bytes.start;
        let is_certificate = matches!(block.label, b"CERTIFICATE" | b"X509 CERTIFICATE" | b"TRUSTED CERTIFICATE");
        if !is_certificate {
            return;
        }
        if block.header.len() > LEAST_HEADER && check_header(&block.header) != Ok(false) {
            return self.reading.skip(block.bytes.clone(), at, Reason::Headers);
        }
        match certificate(&block.data) {
            Some(der) => self.reading.take(block.bytes.clone(), der.to_vec()),
            None => self.reading.skip(block.bytes.clone(), at, Reason::NoCertificate(String::new())),
        }
    }

    /// `der2obj_decode`: the element that stands here, whatever it is.
    fn der(&mut self) {
        let start = self.position;
        let rest = self.input.get(start..).unwrap_or_default();
        let (length, is_whole) = element(rest);
        self.position = start + length.min(rest.len());
        if let Some(der) = rest.get(..length).filter(|_| is_whole).and_then(certificate) {
            self.reading.take(start..self.position, der.to_vec());
        }
    }
}

fn is_known(label: &[u8]) -> bool {
    matches!(label, b"CERTIFICATE" | b"X509 CERTIFICATE" | b"TRUSTED CERTIFICATE") || OTHER_LABELS.contains(&label)
}

fn certificate(der: &[u8]) -> Option<&[u8]> {
    trusted_certificate_at_start(der).or_else(|| certificate_at_start(der))
}

/// `asn1_d2i_read_bio` (`crypto/asn1/a_d2i_fp.c`): how many octets are read, and whether they are an element. Lengths may be
/// indefinite; what is no DER costs as many octets as were needed to see that.
fn element(octets: &[u8]) -> (usize, bool) {
    let (mut end, mut open) = (0, 0_usize);
    loop {
        let rest = octets.get(end..).unwrap_or_default();
        let header = match Header::read(rest) {
            Ok(header) => header,
            Err(read) => return (octets.len().min(end + read), false),
        };
        end += header.octets;
        match header.length {
            None => open += 1,
            Some(0) if open > 0 && header.tag == 0 => open -= 1,
            // `INT_MAX`: more is not even tried to read.
            Some(length) if i32::try_from(length).is_err() => return (end, false),
            Some(length) => end = end.saturating_add(length),
        }
        if end > octets.len() {
            return (octets.len(), false);
        }
        if open == 0 {
            return (end, true);
        }
    }
}

/// What `ASN1_get_object` reads.
struct Header {
    tag: u8,
    octets: usize,
    /// `None`: indefinite.
    length: Option<usize>,
}

impl Header {
    /// Octets that a tag number may have (`n > 4` in `asn1_d2i_read_bio`).
    const MAX_TAG: usize = 5;
    /// `sizeof(long)`.
    const MAX_LENGTH: usize = 8;

    /// The header, or how many octets are read before it is given up.
    fn read(octets: &[u8]) -> Result<Header, usize> {
        let first = *octets.first().ok_or(0_usize)?;
        let mut position = 1;
        if first & 0x1f == 0x1f {
            let more = octets.iter().skip(1).take(Header::MAX_TAG).take_while(|octet| **octet & 0x80 != 0).count();
            if more == Header::MAX_TAG {
                return Err(Header::MAX_TAG + 3);
            }
            position += more + 1;
        }
        let length = *octets.get(position).ok_or(octets.len())?;
        position += 1;
        let count = usize::from(length & 0x7f);
        match length {
            0x80 if first & 0x20 == 0 => return Err(position),
            0x80 => return Ok(Header { tag: first, octets: position, length: None }),
            0..0x80 => return Ok(Header { tag: first, octets: position, length: Some(usize::from(length)) }),
            _ if count > Header::MAX_LENGTH => return Err(position),
            _ => {}
        }
        let octets = octets.get(position..position + count).ok_or(octets.len())?;
        let length =
            octets.iter().try_fold(0_usize, |length, octet| length.checked_mul(256)?.checked_add(usize::from(*octet)));
        let length = length.filter(|length| i64::try_from(*length).is_ok()).ok_or(position + count)?;
        Ok(Header { tag: first, octets: position + count, length: Some(length) })
    }
}
