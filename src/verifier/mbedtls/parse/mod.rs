//! Certificates as mbedTLS reads them, or the return code with which it refuses (`x509_crt_parse_der_core` in
//! `x509_crt.c`). What our own model reads and mbedTLS does not, and the reverse, is decided here.

mod algorithm;
mod asn1;
mod extension;
mod name;
mod public_key;
mod time;

pub use asn1::Code;
pub(super) use name::{Attribute, comparable, is_common_name, names_equal};
pub(super) use public_key::Key;

use crate::der::{INTEGER, SEQUENCE, constructed, context};
use crate::time::Timestamp;
use algorithm::{AlgorithmIdentifier, SignatureAlgorithm};
use asn1::{Input, UNEXPECTED_TAG};
use extension::Extensions;

/// `MBEDTLS_ERR_X509_INVALID_FORMAT`, and so on: the codes of `x509.h`, without their sign.
const INVALID_FORMAT: Code = 0x2180;
const INVALID_VERSION: Code = 0x2200;
const INVALID_SERIAL: Code = 0x2280;
const INVALID_SIGNATURE: Code = 0x2480;
const UNKNOWN_VERSION: Code = 0x2580;
const SIG_MISMATCH: Code = 0x2680;

/// What mbedTLS knows of a certificate.
#[derive(Clone, Debug)]
pub(super) struct Parsed<'a> {
    /// 1, 2 or 3.
    pub(super) version: i32,
    pub(super) signature: SignatureAlgorithm,
    pub(super) issuer: Vec<Attribute<'a>>,
    pub(super) subject: Vec<Attribute<'a>>,
    pub(super) valid_from: Timestamp,
    pub(super) valid_to: Timestamp,
    pub(super) key: Key,
    pub(super) extensions: Extensions<'a>,
}

/// Reads a certificate.
pub(super) fn parse(der: &[u8]) -> Result<Parsed<'_>, Code> {
    // Whatever is wrong with the outermost header, the code says no more than this.
    let mut outer = Input(Input(der).element(SEQUENCE).map_err(|_| INVALID_FORMAT)?);
    let mut tbs = Input(outer.element(SEQUENCE).map_err(|why| INVALID_FORMAT + why)?);
    let version = version(&mut tbs)?;
    serial(&mut tbs)?;
    let algorithm = AlgorithmIdentifier::read(&mut tbs)?;
    if version > 2 {
        return Err(UNKNOWN_VERSION);
    }
    let signature = algorithm.signature()?;
    let issuer = name::parse(tbs.element(SEQUENCE).map_err(|why| INVALID_FORMAT + why)?)?;
    let (valid_from, valid_to) = time::validity(&mut tbs)?;
    let subject = tbs.element(SEQUENCE).map_err(|why| INVALID_FORMAT + why)?;
    let subject = if subject.is_empty() { Vec::new() } else { name::parse(subject)? };
    let key = public_key::parse(&mut tbs)?;
    let version = version + 1;
    let extensions = rest_of_tbs(&mut tbs, version)?;
    end_of_certificate(&mut outer, &algorithm)?;
    Ok(Parsed { version, signature, issuer, subject, valid_from, valid_to, key, extensions })
}

/// `x509_get_version`: 0 is version 1, which is the default.
fn version(tbs: &mut Input<'_>) -> Result<i32, Code> {
    let mut inside = match tbs.element(constructed(0)) {
        Ok(inside) => Input(inside),
        Err(UNEXPECTED_TAG) => return Ok(0),
        Err(why) => return Err(INVALID_FORMAT + why),
    };
    let version = inside.integer().map_err(|why| INVALID_VERSION + why)?;
    inside.end().map_err(|why| INVALID_VERSION + why)?;
    Ok(version)
}

/// `mbedtls_x509_get_serial`, which takes the tag `[2]` too.
fn serial(tbs: &mut Input<'_>) -> Result<(), Code> {
    match tbs.peek() {
        Ok(tag) if tag == INTEGER || tag == context(2) => tbs.any().map(|_| ()).map_err(|why| INVALID_SERIAL + why),
        Ok(_) => Err(INVALID_SERIAL + UNEXPECTED_TAG),
        Err(why) => Err(INVALID_SERIAL + why),
    }
}

/// Unique identifiers from version 2 on, extensions in version 3 only; nothing may follow.
fn rest_of_tbs<'a>(tbs: &mut Input<'a>, version: i32) -> Result<Extensions<'a>, Code> {
    if version > 1 {
        unique_id(tbs, 1)?;
        unique_id(tbs, 2)?;
    }
    let extensions = if version == 3 { extension::parse(tbs)? } else { Extensions::default() };
    tbs.end().map_err(|why| INVALID_FORMAT + why)?;
    Ok(extensions)
}

/// `x509_get_uid`, which looks for a constructed tag and so finds none in practice.
fn unique_id(tbs: &mut Input<'_>, number: u8) -> Result<(), Code> {
    if tbs.is_empty() {
        return Ok(());
    }
    match tbs.element(constructed(number)) {
        Ok(_) | Err(UNEXPECTED_TAG) => Ok(()),
        Err(why) => Err(INVALID_FORMAT + why),
    }
}

/// The outer algorithm must be the inner one (RFC 5280, 4.1.1.2), and nothing may follow the signature.
fn end_of_certificate(outer: &mut Input<'_>, inner: &AlgorithmIdentifier<'_>) -> Result<(), Code> {
    if AlgorithmIdentifier::read(outer)? != *inner {
        return Err(SIG_MISMATCH);
    }
    let length = outer.bit_string_header().map_err(|why| INVALID_SIGNATURE + why)?;
    outer.take(length).map_err(|why| INVALID_SIGNATURE + why)?;
    outer.end().map_err(|why| INVALID_FORMAT + why)
}
