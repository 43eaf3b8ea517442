//! SAML: the certificates of metadata, which those who read it trust (SAML 2.0 Metadata, 2.4.1.1), and those of
//! signatures (XML Signature, 4.5.4).

use std::ops::Range;

use super::xml::{self, Tag};
use super::{Claims, Meaning, Part};
use crate::decode::layer::Layer;

/// The element that holds a certificate.
const CERTIFICATE: &[u8] = b"X509Certificate";

/// Claims the certificates of metadata and of signatures.
pub(super) fn read(layer: &Layer<'_>, claims: &mut Claims) {
    // What a key of metadata is for; none outside of one.
    let mut key: Option<(&str, Meaning)> = None;
    let mut chain: Vec<Range<usize>> = Vec::new();
    for tag in xml::tags(&layer.bytes) {
        match (tag.name, tag.closes) {
            (b"KeyDescriptor", false) => key = Some(usage(&tag)),
            (b"KeyDescriptor", true) => key = None,
            (b"X509Data", true) => {
                let (name, meaning) = key.unwrap_or(("X509Certificate", Meaning::Chain));
                claims.add(layer, Part::new(name, meaning, std::mem::take(&mut chain)));
            }
            (CERTIFICATE, false) => chain.push(tag.text),
            _ => {}
        }
    }
    if let Some((name, meaning)) = key {
        claims.add(layer, Part::new(name, meaning, chain));
    }
}

/// A key for nothing in particular is for both. What one encrypts to is not what one trusts, unless nothing else is.
fn usage(key: &Tag<'_>) -> (&'static str, Meaning) {
    if key.has("use", "encryption") {
        ("X509Certificate (encryption)", Meaning::TrustedByDefault)
    } else {
        ("X509Certificate (signing)", Meaning::Trusted)
    }
}
