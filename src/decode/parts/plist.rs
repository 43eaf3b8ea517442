//! Configuration profiles of Apple (`.mobileconfig`): property lists whose payloads hold certificates ("Device Management",
//! `CertificateRoot`, `CertificatePKCS1`, `CertificatePEM`, `CertificatePKCS12`). A signed profile is PKCS#7 around one.

use std::ops::Range;

use super::xml;
use super::{Claims, Meaning, Part, lines};
use crate::decode::layer::Layer;
use crate::decode::text;

/// The payload whose certificate the device trusts.
const ROOT: &[u8] = b"com.apple.security.root";

/// A dictionary that is being read.
#[derive(Default)]
struct Dictionary {
    key: Vec<u8>,
    kind: Vec<u8>,
    content: Vec<Range<usize>>,
}

/// Claims the certificates of a profile that the device comes to trust. The others are intermediates and identities.
pub(super) fn read(layer: &Layer<'_>, claims: &mut Claims) {
    let bytes = &layer.bytes;
    if !lines::contains(bytes, b"<plist") {
        return;
    }
    let mut dictionaries: Vec<Dictionary> = Vec::new();
    for tag in xml::tags(bytes) {
        if tag.name == b"dict" {
            if tag.closes {
                dictionaries.pop().into_iter().for_each(|dictionary| claim(layer, dictionary, claims));
            } else {
                dictionaries.push(Dictionary::default());
            }
            continue;
        }
        let Some(dictionary) = dictionaries.last_mut().filter(|_| !tag.closes) else { continue };
        let text = text::trimmed(bytes, tag.text.clone());
        let value = || lines::slice(bytes, &text).to_vec();
        match (tag.name, dictionary.key.as_slice()) {
            (b"key", _) => dictionary.key = value(),
            (b"string", b"PayloadType") => dictionary.kind = value(),
            (b"string", b"Password") if !text.is_empty() => claims.secret(layer, text, "PASSWORD"),
            (b"data", b"PayloadContent") => dictionary.content.push(tag.text),
            _ => {}
        }
    }
    dictionaries.into_iter().for_each(|dictionary| claim(layer, dictionary, claims));
}

fn claim(layer: &Layer<'_>, dictionary: Dictionary, claims: &mut Claims) {
    if dictionary.kind == ROOT {
        claims.add(layer, Part::new("com.apple.security.root", Meaning::Trusted, dictionary.content));
    }
}
