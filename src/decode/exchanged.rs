//! Certificates in whose base64 `+` and `/` stand in each other's place: somebody undid percent-encoding by hand and took
//! `%2B` for `%2F`.
//!
//! The two signs differ in one bit, so most of the DER looks as before. What tells is what DER and the certificate itself
//! prescribe: a BOOLEAN is 00 or FF (X.690, 11.1), and the key identifier is commonly the SHA-1 of the key (RFC 5280, 4.2.1.2).

use data_encoding::BASE64;

use super::der::{self, Kind};
use crate::der::{BIT_STRING, BOOLEAN, OCTET_STRING, Reader, SEQUENCE, constructed};
use crate::{base64, digest, oid};

/// Elements within each other that are looked at; an extension's value stands seven deep.
const MAX_DEPTH: usize = 12;
/// The first bit of a tag's number behind the one that marks elements which hold others (X.690, 8.1.2.5).
const CONSTRUCTED: u8 = 0x20;

/// The certificate with the signs exchanged back, if it shows that they were exchanged.
pub(super) fn back(octets: &[u8]) -> Option<Vec<u8>> {
    if matches!(der::kind(octets), Kind::PrivateKey(_)) || Sense::of(octets).is_complete() {
        return None;
    }
    let exchanged = exchange(octets);
    let (before, after) = (Sense::of(octets), Sense::of(&exchanged));
    (der::is_whole_certificate(&exchanged) && before.is_less_than(after)).then_some(exchanged)
}

fn exchange(octets: &[u8]) -> Vec<u8> {
    let sign = |sign: u8| match sign {
        b'+' => b'/',
        b'/' => b'+',
        other => other,
    };
    let symbols: Vec<u8> =
        BASE64.encode(octets).into_bytes().into_iter().take_while(|byte| *byte != b'=').map(sign).collect();
    base64::decode(&symbols)
}

/// What speaks for a certificate's bytes being right.
#[derive(Clone, Copy)]
struct Sense {
    /// It is whole, and every BOOLEAN is one of DER.
    is_der: bool,
    /// Its key identifier is the SHA-1 of its key.
    names_its_key: bool,
}

impl Sense {
    fn of(octets: &[u8]) -> Sense {
        let is_der = der::is_whole_certificate(octets) && has_plain_booleans(octets, MAX_DEPTH);
        Sense { is_der, names_its_key: is_der && names_its_key(octets).unwrap_or(false) }
    }

    fn is_complete(self) -> bool {
        self.is_der && self.names_its_key
    }

    fn is_less_than(self, other: Sense) -> bool {
        other.is_der && (!self.is_der || (other.names_its_key && !self.names_its_key))
    }
}

/// Whether every BOOLEAN is 00 or FF, also in octets that hold DER themselves, as the values of extensions do.
fn has_plain_booleans(octets: &[u8], depth: usize) -> bool {
    let mut elements = Reader(octets);
    while let Some(element) = elements.read_any() {
        let is_plain = match element.tag {
            BOOLEAN => matches!(element.contents, [0x00 | 0xff]),
            OCTET_STRING if element.contents.first() != Some(&SEQUENCE) => true,
            tag if depth > 0 && (tag == OCTET_STRING || tag & CONSTRUCTED != 0) => {
                has_plain_booleans(element.contents, depth - 1)
            }
            _ => true,
        };
        if !is_plain {
            return false;
        }
    }
    true
}

/// Whether the key identifier is the SHA-1 of the key's bits; `None` without one.
fn names_its_key(certificate: &[u8]) -> Option<bool> {
    let mut fields = Reader::read_only(certificate, SEQUENCE)?.read(SEQUENCE)?;
    fields.read_optional(constructed(0))?;
    for _ in 0..5 {
        fields.read_any()?;
    }
    let mut key = fields.read(SEQUENCE)?;
    key.read_any()?;
    let [0, bits @ ..] = key.read_element(BIT_STRING)?.contents else { return None };
    let mut extensions = fields.read(constructed(3))?.read(SEQUENCE)?;
    while let Some(mut extension) = extensions.read(SEQUENCE) {
        if extension.read_any()?.contents == oid::SUBJECT_KEY_ID.as_bytes() {
            let value = extension.read(OCTET_STRING)?;
            return Some(Reader::read_only(value.0, OCTET_STRING)?.0 == digest::sha1(bits));
        }
    }
    None
}
