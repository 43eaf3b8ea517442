//! OpenSSL 3.0.22: the three ways in which a program gets certificates out of a file.
//!
//! `pem` reads blocks; the files for trust and for a chain are read here, `store` is `OSSL_STORE`.

mod pem;
mod store;

use std::ops::Range;

use super::Reason;
use super::label::Label;
use super::reading::Reading;
use crate::der::{BIT_STRING, Element, GENERALIZED_TIME, INTEGER, SEQUENCE, UTC_TIME};
use crate::verifier::openssl::{
    certificate_at_start, has_readable_extensions, has_readable_key, trusted_certificate_at_start,
};
use pem::{Block, PemError, Reader, check_header};
pub(super) use store::load_store;

const AT_ONCE: &str = "PEM lib";
const BAD_END: &str = "bad end line";

/// `X509_load_cert_crl_file` (`crypto/x509/by_file.c`): all or nothing. Python's `load_verify_locations` calls it too.
pub(super) fn load_cert_crl_file(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut reader = Reader { input, position: 0 };
    let mut lists = 0;
    loop {
        let block = match reader.read_block() {
            Ok(block) => block,
            Err(PemError::NoStartLine { .. }) => break,
            Err(PemError::Bad { at, reason, words, .. }) => {
                reading.refuse_all(at, reason, if words.is_empty() { AT_ONCE } else { words });
                return reading;
            }
            Err(PemError::Unended { begin, reason, .. }) => {
                reading.refuse_all(begin, reason, BAD_END);
                return reading;
            }
        };
        if let Err((reason, words)) = take_info(&block, &mut reading, &mut lists) {
            reading.refuse_all(block.bytes.start, reason, words);
            return reading;
        }
    }
    stray_begins(&reader, &mut reading);
    if reading.taken.is_empty() && lists == 0 {
        reading.refuse_all(0, Reason::NothingFound, "no certificate or crl found");
    }
    reading
}

/// One turn of `PEM_X509_INFO_read_bio` (`crypto/pem/pem_info.c`), which reads certificates, revocation lists and keys.
fn take_info(block: &Block<'_>, reading: &mut Reading, lists: &mut usize) -> Result<(), (Reason, &'static str)> {
    const ASN1: &str = "ASN1 lib";
    let label = Label::of(block.label);
    let is_key = block.label.windows(PRIVATE_KEY.len()).any(|window| window == PRIVATE_KEY);
    let is_certificate = matches!(block.label, b"CERTIFICATE" | b"X509 CERTIFICATE" | b"TRUSTED CERTIFICATE");
    if !is_certificate && !is_key && block.label != b"X509 CRL" {
        reading.skip(block.bytes.clone(), block.bytes.start, Reason::Label(label));
        return Ok(());
    }
    let is_encrypted = check_header(&block.header).map_err(|words| (Reason::Headers, words))?;
    if is_key && (block.header.len() > 10 || block.label == b"ENCRYPTED PRIVATE KEY") {
        return Ok(());
    }
    if is_encrypted {
        return Err((Reason::Headers, "bad decrypt"));
    }
    if is_key {
        return if looks_like_key(&block.data) { Ok(()) } else { Err((Reason::BadBlock(label), ASN1)) };
    }
    if block.label == b"X509 CRL" {
        *lists += 1;
        return if looks_like_list(&block.data) { Ok(()) } else { Err((Reason::BadBlock(label), ASN1)) };
    }
    let certificate = certificate_of(block).ok_or((Reason::NoCertificate(String::new()), ASN1))?;
    reading.take(block.bytes.clone(), certificate.to_vec());
    Ok(())
}

const PRIVATE_KEY: &[u8] = b"PRIVATE KEY";

/// `SSL_CTX_use_certificate_chain_file` (`ssl/ssl_rsa.c`): the first block may be a TRUSTED CERTIFICATE, and blocks of
/// other kinds are passed over.
pub(super) fn use_certificate_chain_file(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut reader = Reader { input, position: 0 };
    loop {
        let is_first = reading.taken.is_empty();
        match next_of_chain(&mut reader, is_first, &mut reading) {
            Ok(Some(())) => {}
            Ok(None) if is_first => {
                reading.refuse_all(0, Reason::NothingFound, "no start line");
                return reading;
            }
            Ok(None) => break,
            Err((at, reason, words)) => {
                reading.refuse_all(at, reason, words);
                return reading;
            }
        }
    }
    stray_begins(&reader, &mut reading);
    reading
}

/// `PEM_read_bio_X509_AUX` for the first, `PEM_read_bio_X509` for the rest (`pem_bytes_read_bio_flags`, `check_pem`).
fn next_of_chain(
    reader: &mut Reader<'_>,
    is_first: bool,
    reading: &mut Reading,
) -> Result<Option<()>, (usize, Reason, &'static str)> {
    let block = loop {
        let block = match reader.read_block() {
            Ok(block) => block,
            Err(PemError::NoStartLine { .. }) => return Ok(None),
            Err(PemError::Bad { at, reason, words, .. }) => return Err((at, reason, words)),
            Err(PemError::Unended { begin, reason, .. }) => return Err((begin, reason, BAD_END)),
        };
        let is_read = match block.label {
            b"CERTIFICATE" | b"X509 CERTIFICATE" => true,
            b"TRUSTED CERTIFICATE" => is_first,
            _ => false,
        };
        if is_read {
            break block;
        }
        reading.skip(block.bytes.clone(), block.bytes.start, Reason::Label(Label::of(block.label)));
    };
    let at = block.bytes.start;
    match check_header(&block.header) {
        Ok(false) => {}
        Ok(true) => return Err((at, Reason::Headers, "bad password read")),
        Err(words) => return Err((at, Reason::Headers, words)),
    }
    let certificate =
        if is_first { trusted_certificate_at_start(&block.data) } else { certificate_at_start(&block.data) };
    let certificate = certificate.ok_or((at, Reason::NoCertificate(String::new()), "ASN1 lib"))?;
    if is_first {
        check_own_certificate(certificate).map_err(|(reason, words)| (at, reason, words))?;
    }
    reading.take(block.bytes, certificate.to_vec());
    Ok(Some(()))
}

/// `SSL_CTX_use_certificate` (`ssl_security_cert`, `ssl_set_cert`): an error that it leaves behind ends the reading. Those of
/// the certificates that follow are forgotten.
fn check_own_certificate(certificate: &[u8]) -> Result<(), (Reason, &'static str)> {
    const INVALID: &str = "invalid certificate";
    if !has_readable_key(certificate) {
        return Err((Reason::Key, "x509 lib"));
    }
    if !has_readable_extensions(certificate) {
        return Err((Reason::NoCertificate(INVALID.to_owned()), INVALID));
    }
    Ok(())
}

/// The certificate of a block, as its label has it read.
fn certificate_of<'b>(block: &'b Block<'_>) -> Option<&'b [u8]> {
    match block.label {
        b"TRUSTED CERTIFICATE" => trusted_certificate_at_start(&block.data),
        _ => certificate_at_start(&block.data),
    }
}

/// The outermost shape of a private key, which is not looked at further: a SEQUENCE that begins with a number.
fn looks_like_key(der: &[u8]) -> bool {
    elements(der).is_some_and(|parts| parts.len() > 1 && parts.first().is_some_and(|first| first.tag == INTEGER))
}

/// The outermost shape of a revocation list (RFC 5280, 5.1).
fn looks_like_list(der: &[u8]) -> bool {
    let Some(parts) = elements(der) else { return false };
    let tags: Vec<u8> = parts.iter().map(|part| part.tag).collect();
    // Unlike a certificate, tbsCertList begins with no context-specific tag, and a time follows the issuer.
    let signed = parts.first().and_then(|signed| elements(signed.whole)).unwrap_or_default();
    let signed: Vec<u8> = signed.iter().map(|part| part.tag).skip_while(|tag| *tag == INTEGER).collect();
    tags == [SEQUENCE, SEQUENCE, BIT_STRING]
        && matches!(signed.as_slice(), [SEQUENCE, SEQUENCE, UTC_TIME | GENERALIZED_TIME, ..])
}

/// What is inside the SEQUENCE with which some octets begin.
fn elements(der: &[u8]) -> Option<Vec<Element<'_>>> {
    let (outer, _) = Element::read(der).filter(|(outer, _)| outer.tag == SEQUENCE)?;
    let (mut rest, mut parts) = (outer.contents, Vec::new());
    while !rest.is_empty() {
        let (element, after) = Element::read(rest)?;
        parts.push(element);
        rest = after;
    }
    Some(parts)
}

/// A NUL at the start of a line looks like the end of the file: whatever follows is lost.
fn stray_begins(reader: &Reader<'_>, reading: &mut Reading) {
    let rest: Range<usize> = reader.position..reader.input.len();
    if !rest.is_empty() {
        reading.skip(rest.clone(), rest.start, Reason::NulOctet);
    }
}
