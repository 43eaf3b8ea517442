//! Java 17: `CertificateFactory.generateCertificates` and `generateCertificate` of the provider SUN
//! (`sun.security.provider.X509Factory`).

mod stream;

use super::reading::Reading;
use super::{Reason, frame};
use crate::der::{INTEGER, OBJECT_IDENTIFIER, Reader, SEQUENCE, SET, constructed};
use crate::oid;
use crate::verifier::java::check_readable;
use stream::{Block, Stream, StreamError};

/// `parseX509orPKCS7Cert`, which `keytool -printcert` and trust stores made of PEM files use: every block, or none.
pub(super) fn generate_certificates(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    if input.is_empty() {
        return reading;
    }
    let mut stream = Stream { input, position: 0 };
    match stream.block() {
        Err(error) => refuse(&mut reading, error),
        Ok(None) => reading.refuse_all(0, Reason::NothingFound, "No certificate data found"),
        Ok(Some(block)) => match pkcs7_certificates(&block.data) {
            Some(certificates) => {
                certificates.into_iter().for_each(|der| reading.take(block.bytes.clone(), der.to_vec()));
            }
            None => take_all(block, &mut stream, &mut reading),
        },
    }
    reading
}

/// `engineGenerateCertificate`, which `keytool -importcert` uses for a trusted certificate: the first block alone.
pub(super) fn generate_certificate(input: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut stream = Stream { input, position: 0 };
    match stream.block() {
        Err(error) => refuse(&mut reading, error),
        Ok(None) => {
            reading.refuse_all(0, Reason::NothingFound, "Could not parse certificate: java.io.IOException: Empty input")
        }
        Ok(Some(block)) => {
            if take(block, &mut reading) && stream.position < input.len() {
                reading.skip(stream.position..input.len(), stream.position, Reason::FirstOnly);
            }
        }
    }
    reading
}

fn take_all(first: Block, stream: &mut Stream<'_>, reading: &mut Reading) {
    let mut next = Ok(Some(first));
    loop {
        match next {
            Ok(Some(block)) => {
                if !take(block, reading) {
                    return;
                }
            }
            Ok(None) => return,
            Err(error) => return refuse(reading, error),
        }
        next = stream.block();
    }
}

/// `new X509CertImpl(data)`; false where it throws.
fn take(block: Block, reading: &mut Reading) -> bool {
    let readable = if frame::is_certificate(&block.data) { check_readable(&block.data) } else { Err(String::new()) };
    match readable {
        Ok(()) => reading.take(block.bytes, block.data),
        Err(words) => {
            let reason = match block.label {
                None => Reason::BinaryData,
                Some(label) if label.is_another_thing() => Reason::Label(label),
                Some(_) => Reason::NoCertificate(words.clone()),
            };
            reading.refuse_all(block.bytes.start, reason, words);
            return false;
        }
    }
    true
}

fn refuse(reading: &mut Reading, error: StreamError) {
    reading.refuse_all(error.at, error.reason, error.words);
}

/// `new PKCS7(data)` and `getCertificates` (`sun.security.pkcs.PKCS7`): the certificates of SignedData (RFC 2315, 9.1) in their
/// order. `None` where it is none, or in BER with indefinite lengths.
fn pkcs7_certificates(data: &[u8]) -> Option<Vec<&[u8]>> {
    let mut content_info = Reader(data).read(SEQUENCE)?;
    let content_type = content_info.read(OBJECT_IDENTIFIER)?.0;
    if content_type.strip_prefix(oid::PKCS_7.as_bytes()) != Some(&[2]) {
        return None;
    }
    let mut signed = content_info.read(constructed(0))?.read(SEQUENCE)?;
    signed.read(INTEGER)?;
    signed.read(SET)?;
    signed.read(SEQUENCE)?;
    let mut list = signed.read_optional(constructed(0))?.unwrap_or(Reader(&[]));
    let mut certificates = Vec::new();
    while !list.is_empty() {
        certificates.push(list.read_element(SEQUENCE)?.whole);
    }
    Some(certificates)
}
