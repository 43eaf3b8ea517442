//! Text within text: URL encoding and base64 around PEM. Each is undone one layer at a time, and what comes out is
//! given back to be read.

use std::ops::Range;

use super::base64::{self, Base64Text};
use super::layer::{Layer, LayerBuilder, Wrapping};
use data_encoding::HEXLOWER_PERMISSIVE;

/// Rounds of URL encoding. Two occur in the field (a proxy encodes what another one encoded); one to spare.
pub(super) const MAX_URL_ROUNDS: u8 = 3;
/// Layers of base64 around a text. Two occur: a Kubernetes secret's `data` given to `stringData`.
pub(super) const MAX_BASE64_LAYERS: u8 = 2;
/// Shorter tokens cannot hold a certificate and are not decoded.
const LEAST_URL_TOKEN: usize = 40;

/// The text of a range without its URL encoding; none if it has none.
pub(super) fn without_url_encoding(layer: &Layer<'_>, range: Range<usize>) -> Option<Layer<'static>> {
    let mut decoded: Option<Layer<'static>> = None;
    loop {
        let current = decoded.as_ref().unwrap_or(layer);
        let whole = if decoded.is_some() { current.whole() } else { range.clone() };
        if current.wrapping.url_rounds >= MAX_URL_ROUNDS || !has_percent_escape(current.slice(whole.clone())) {
            return decoded;
        }
        decoded = Some(percent_decoded(current, whole));
    }
}

/// The text that a stretch of base64 stands for; none if there are too many layers of it.
pub(super) fn without_base64(layer: &Layer<'_>, base64: &Base64Text, range: Range<usize>) -> Option<Layer<'static>> {
    if layer.wrapping.base64_layers >= MAX_BASE64_LAYERS {
        return None;
    }
    let wrapping = Wrapping { base64_layers: layer.wrapping.base64_layers + 1, ..layer.wrapping };
    Some(decoded(layer, base64, range, wrapping))
}

/// The bytes that a stretch of base64 stands for.
pub(super) fn decoded(
    layer: &Layer<'_>,
    base64: &Base64Text,
    range: Range<usize>,
    wrapping: Wrapping,
) -> Layer<'static> {
    let mut builder = LayerBuilder::default();
    for segment in base64::segments(base64.sound_symbols()) {
        for (index, byte) in segment.bytes.into_iter().enumerate() {
            let first = segment.first_symbol + index / 3 * 4 + index % 3;
            let start = base64.place(first).map_or(range.end, |place| place.start);
            let end = base64.place(first + 1).map_or(range.end, |place| place.end);
            builder.push(byte, layer.origin(start..end));
        }
    }
    builder.build(wrapping)
}

/// Tokens with at least one `%XX`, delimited by what a URL never holds.
pub(super) fn url_tokens<'l>(layer: &'l Layer<'_>, gap: Range<usize>) -> impl Iterator<Item = Range<usize>> + 'l {
    let bytes = layer.slice(gap.clone());
    let mut position = 0;
    std::iter::from_fn(move || {
        while position < bytes.len() {
            let tail = bytes.get(position..).unwrap_or_default();
            let skipped = tail.iter().take_while(|byte| !is_url_byte(**byte)).count();
            let length = url_token_length(tail.get(skipped..).unwrap_or_default());
            let start = position + skipped;
            position = start + length;
            let token = bytes.get(start..position).unwrap_or_default();
            if length >= LEAST_URL_TOKEN && has_percent_escape(token) {
                return Some(gap.start + start..gap.start + position);
            }
        }
        None
    })
}

/// How far a URL reaches.
pub(super) fn url_token_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_url_byte(**byte)).count()
}

fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'\\' | b'{' | b'}' | b'|' | b'^' | b'`')
}

/// One round of URL decoding of a token; none if there were too many already.
pub(super) fn without_one_url_round(layer: &Layer<'_>, token: Range<usize>) -> Option<Layer<'static>> {
    (layer.wrapping.url_rounds < MAX_URL_ROUNDS).then(|| percent_decoded(layer, token))
}

/// Whether URL-encoded text still holds the beginning of a PEM block.
pub(super) fn hides_a_block(encoded: &[u8]) -> bool {
    contains_ignoring_case(encoded, b"BEGIN%")
}

fn has_percent_escape(bytes: &[u8]) -> bool {
    let is_escape =
        |window: &[u8]| matches!(window, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    bytes.contains(&b'%') && bytes.windows(3).any(is_escape)
}

fn contains_ignoring_case(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

/// One round of URL decoding. `+` is a blank only in form encoding, which shows in `BEGIN+CERTIFICATE`.
fn percent_decoded(layer: &Layer<'_>, range: Range<usize>) -> Layer<'static> {
    let bytes = layer.slice(range.clone());
    let is_form = contains_ignoring_case(bytes, b"BEGIN+");
    let mut builder = LayerBuilder::default();
    let mut offset = 0;
    while let Some(byte) = bytes.get(offset) {
        let escaped = bytes.get(offset + 1..offset + 3).and_then(hex_byte).filter(|_| *byte == b'%');
        let length = if escaped.is_some() { 3 } else { 1 };
        let plain = if is_form && *byte == b'+' { b' ' } else { *byte };
        let start = range.start + offset;
        builder.push(escaped.unwrap_or(plain), layer.origin(start..start + length));
        offset += length;
    }
    builder.build(Wrapping { url_rounds: layer.wrapping.url_rounds + 1, ..layer.wrapping })
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    HEXLOWER_PERMISSIVE.decode(digits).ok()?.first().copied()
}
