//! PKCS#12 (RFC 7292): certificates of key stores and trust stores, opened with the usual passwords or with those given.
//! Keys stay encrypted. What an entry is for Java decides as JDK 17's `PKCS12KeyStore.loadSafeContents` does.

mod bag;
mod entry;

use std::ops::Range;

use super::ber::{self, Element};
use super::found::Found;
use super::layer::{Layer, LayerBuilder};
use super::message;
use super::pbe::Failure;
use crate::der::{INTEGER, OBJECT_IDENTIFIER, SEQUENCE, constructed};
use crate::oid;
use bag::Bags;

/// Whether some bytes, which may be cut, begin as PFX does: version 3 and the contents (RFC 7292, 4).
pub(super) fn is_pfx(bytes: &[u8]) -> bool {
    ber::outermost_contents(bytes, SEQUENCE).is_some_and(|contents| contents.starts_with(&[INTEGER, 1, 3, SEQUENCE]))
}

/// Reads a keystore.
pub(super) fn read(layer: &Layer<'_>, found: &mut Found) {
    let before = found.count();
    let Some(contents) = authenticated_safe(layer) else {
        return found.problem(layer, layer.whole(), message::damaged_pkcs12());
    };
    let mut bags = Bags::default();
    for content in contents.safe_contents() {
        match contents.open(&content, found) {
            Ok(plain) => bags.read(plain),
            Err(Closed::Locked) => found.locked(&contents.layer, content.whole, message::PASSWORD_NEEDED),
            Err(Closed::Unreadable(message)) => found.problem(&contents.layer, content.whole, message),
        }
    }
    bags.add_to(found);
    if found.count() == before {
        found.problem(layer, layer.whole(), message::EMPTY_PKCS12);
    }
}

/// Why a content stays closed.
enum Closed {
    /// A password is missing.
    Locked,
    Unreadable(String),
}

/// What PFX holds: ContentInfo one after the other.
struct Safe {
    layer: Layer<'static>,
}

/// What PFX holds, which is a string and may stand there in pieces.
fn authenticated_safe(layer: &Layer<'_>) -> Option<Safe> {
    let bytes = &layer.bytes;
    let pfx = ber::element(bytes, 0..bytes.len())?;
    let content = pfx.children(bytes).into_iter().nth(1)?;
    let (kind, content) = content_info(bytes, &content)?;
    (kind == oid::PKCS7_DATA.as_bytes()).then_some(())?;
    let mut builder = LayerBuilder::default();
    content.pieces(bytes).into_iter().for_each(|piece| builder.push_all(layer, piece));
    let safe = Safe { layer: builder.build(layer.wrapping) };
    safe.sequence().is_some().then_some(safe)
}

/// The type of a ContentInfo, and what it holds.
fn content_info<'b>(bytes: &'b [u8], info: &Element) -> Option<(&'b [u8], Element)> {
    let fields = info.children(bytes);
    let [kind, content, ..] = fields.as_slice() else { return None };
    (kind.tag == OBJECT_IDENTIFIER && content.tag == constructed(0)).then_some(())?;
    let content = ber::element(bytes, content.contents.clone())?;
    Some((bytes.get(kind.contents.clone())?, content))
}

impl Safe {
    fn sequence(&self) -> Option<Element> {
        ber::element(&self.layer.bytes, self.layer.whole()).filter(|sequence| sequence.tag == SEQUENCE)
    }

    fn safe_contents(&self) -> Vec<Element> {
        self.sequence().map(|sequence| sequence.children(&self.layer.bytes)).unwrap_or_default()
    }

    /// The bags of one content, decrypted if need be.
    fn open(&self, info: &Element, found: &mut Found) -> Result<Layer<'static>, Closed> {
        let bytes = &self.layer.bytes;
        let damaged = || Closed::Unreadable(message::damaged_pkcs12());
        let (kind, content) = content_info(bytes, info).ok_or_else(damaged)?;
        if kind == oid::PKCS7_DATA.as_bytes() {
            return Ok(self.joined(content.pieces(bytes)));
        }
        if kind != oid::PKCS7_ENCRYPTED_DATA.as_bytes() {
            return Err(Closed::Unreadable(message::PKCS12_FOR_A_KEY.to_owned()));
        }
        let (algorithm, encrypted) = self.encrypted(&content).ok_or_else(damaged)?;
        let algorithm = bytes.get(algorithm).unwrap_or_default();
        let plain = found.decrypt(algorithm, &encrypted.bytes, is_safe_contents);
        let plain = plain.map_err(|failure| match failure {
            Failure::Password => Closed::Locked,
            Failure::Algorithm(name) => Closed::Unreadable(message::unknown_encryption(&name)),
            Failure::Rounds(rounds) => Closed::Unreadable(message::too_many_rounds(rounds)),
        })?;
        // Ciphers in a chain keep each octet in its place.
        let mut builder = LayerBuilder::default();
        builder.push_instead(&encrypted, 0..plain.len(), &plain);
        Ok(builder.build(self.layer.wrapping))
    }

    /// Algorithm and encrypted octets of EncryptedData (RFC 5652, 8).
    fn encrypted(&self, content: &Element) -> Option<(Range<usize>, Layer<'static>)> {
        let bytes = &self.layer.bytes;
        let info = content.children(bytes).into_iter().nth(1)?;
        let fields = info.children(bytes);
        let [_, algorithm, encrypted, ..] = fields.as_slice() else { return None };
        Some((algorithm.whole.clone(), self.joined(encrypted.pieces(bytes))))
    }

    fn joined(&self, pieces: Vec<Range<usize>>) -> Layer<'static> {
        let mut builder = LayerBuilder::default();
        pieces.into_iter().for_each(|piece| builder.push_all(&self.layer, piece));
        builder.build(self.layer.wrapping)
    }
}

/// SafeContents is a sequence that fills what was decrypted (RFC 7292, 4.2).
fn is_safe_contents(plain: &[u8]) -> bool {
    ber::element(plain, 0..plain.len()).is_some_and(|it| it.tag == SEQUENCE && it.whole.end == plain.len())
}
