//! PKCS#7, also called CMS: the certificates of SignedData (RFC 5652, 5.1), in DER or BER, signed or not.

use super::ber::{self, Element};
use super::found::Found;
use super::layer::{Layer, LayerBuilder, Wrapping};
use super::repair::Repairs;
use super::{der, message};
use crate::der::{INTEGER, OBJECT_IDENTIFIER, SEQUENCE, SET, constructed};
use crate::oid;

/// Signed messages within each other. A configuration profile of Apple is one; one to spare.
const MAX_SIGNED_LAYERS: u8 = 2;

/// The certificates of SignedData.
const CERTIFICATES: u8 = constructed(0);
/// The revocation lists of SignedData.
const REVOCATION_LISTS: u8 = constructed(1);

/// Whether some bytes, which may be cut, begin as ContentInfo does (RFC 5652, 3).
pub(super) fn is_pkcs7(bytes: &[u8]) -> bool {
    let arc = oid::PKCS_7.as_bytes();
    let identifier =
        ber::outermost_contents(bytes, SEQUENCE).and_then(|contents| contents.strip_prefix(&[OBJECT_IDENTIFIER]));
    identifier.and_then(|identifier| identifier.get(1..)).is_some_and(|contents| contents.starts_with(arc))
}

/// Reads a bundle or a signed message, and gives the content that was signed, if it is there.
pub(super) fn read(layer: &Layer<'_>, found: &mut Found) -> Option<Layer<'static>> {
    let bytes = &layer.bytes;
    let Some((kind, content)) = content_info(bytes) else { return damaged(layer, found) };
    if kind != oid::PKCS7_SIGNED_DATA.as_bytes() {
        found.problem(layer, layer.whole(), message::PKCS7_WITHOUT_CERTIFICATES);
        return None;
    }
    let Some(signed) = SignedData::read(bytes, &content) else { return damaged(layer, found) };
    for list in &signed.revocation_lists {
        found.related(layer, list.whole.clone(), layer.slice(list.whole.clone()));
    }
    let is_empty = signed.certificates.is_empty();
    signed.certificates.iter().for_each(|certificate| add(layer, certificate, found));
    let inner = signed.content.and_then(|content| inner(layer, &content));
    if is_empty && inner.is_none() {
        found.problem(layer, layer.whole(), message::EMPTY_PKCS7);
    }
    inner
}

/// Says that a bundle is damaged, and reads what is whole in it.
fn damaged(layer: &Layer<'_>, found: &mut Found) -> Option<Layer<'static>> {
    found.problem(layer, layer.whole(), message::damaged_pkcs7());
    found.salvage(layer, layer.whole());
    None
}

/// The type of the content, and the content.
fn content_info(bytes: &[u8]) -> Option<(&[u8], Element)> {
    let info = ber::element(bytes, 0..bytes.len()).filter(|info| info.tag == SEQUENCE)?;
    let mut fields = ber::elements(bytes, info.contents);
    let kind = fields.next().filter(|kind| kind.tag == OBJECT_IDENTIFIER)?;
    let content = fields.next().filter(|content| content.tag == constructed(0))?;
    Some((bytes.get(kind.contents)?, content))
}

#[derive(Default)]
struct SignedData {
    certificates: Vec<Element>,
    revocation_lists: Vec<Element>,
    /// What was signed, unless it stands elsewhere.
    content: Option<Element>,
}

impl SignedData {
    fn read(bytes: &[u8], content: &Element) -> Option<SignedData> {
        let fields = content.first(bytes, SEQUENCE)?.children(bytes);
        let [version, algorithms, content, optional @ ..] = fields.as_slice() else { return None };
        (version.tag == INTEGER && algorithms.tag == SET && content.tag == SEQUENCE).then_some(())?;
        let mut signed = SignedData::default();
        let explicit = content.children(bytes).into_iter().find(|field| field.tag == constructed(0));
        signed.content = explicit.and_then(|explicit| explicit.children(bytes).into_iter().next());
        for field in optional {
            match field.tag {
                CERTIFICATES => signed.certificates = field.children(bytes),
                REVOCATION_LISTS => signed.revocation_lists = field.children(bytes),
                _ => break,
            }
        }
        Some(signed)
    }
}

/// Adds a certificate. The further choices of CertificateChoices (RFC 5652, 10.2.2) are none of X.509.
fn add(layer: &Layer<'_>, certificate: &Element, found: &mut Found) {
    if certificate.tag != SEQUENCE {
        return;
    }
    let der = layer.slice(certificate.whole.clone());
    if der::is_whole_certificate(der) {
        found.certificate(layer, certificate.whole.clone(), der.to_vec(), Repairs::default());
    } else {
        found.problem(layer, certificate.whole.clone(), message::STRAY_BINARY);
    }
}

/// What was signed, to be read by itself.
fn inner(layer: &Layer<'_>, content: &Element) -> Option<Layer<'static>> {
    let signed_layers = layer.wrapping.signed_layers + 1;
    (signed_layers <= MAX_SIGNED_LAYERS).then_some(())?;
    let mut builder = LayerBuilder::default();
    content.pieces(&layer.bytes).into_iter().for_each(|piece| builder.push_all(layer, piece));
    let inner = builder.build(Wrapping { signed_layers, ..layer.wrapping });
    (!inner.bytes.is_empty()).then_some(inner)
}
