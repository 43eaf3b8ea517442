//! Profiles of OpenVPN with the files inside: `<ca>`, `<cert>`, `<extra-certs>` (openvpn(8), "Inline file support").

use std::ops::Range;

use super::{Claims, Meaning, Part, lines};
use crate::decode::layer::Layer;

/// What a profile holds between tags (options.c and openvpn(8)).
const TAGS: [&str; 15] = [
    "ca",
    "cert",
    "extra-certs",
    "key",
    "pkcs12",
    "dh",
    "crl-verify",
    "secret",
    "tls-auth",
    "tls-crypt",
    "tls-crypt-v2",
    "verify-hash",
    "peer-fingerprint",
    "auth-user-pass",
    "http-proxy-user-pass",
];

/// A file within the profile.
struct Inline {
    tag: Vec<u8>,
    content: Range<usize>,
}

/// Claims the files within a profile.
pub(super) fn read(layer: &Layer<'_>, claims: &mut Claims) {
    let (inlines, side) = profile(&layer.bytes);
    let mut chain: Option<Part> = None;
    for Inline { tag, content } in inlines {
        match tag.as_slice() {
            b"ca" => claims.add(layer, Part::new("<ca>", Meaning::Trusted, vec![content])),
            b"cert" => {
                // Another certificate is of another profile in the same text.
                if let Some(before) = chain.replace(Part::new("<cert>", side, vec![content])) {
                    claims.add(layer, before);
                }
            }
            b"extra-certs" => match &mut chain {
                Some(chain) => chain.stretches.push(content),
                None => claims.add(layer, Part::new("<extra-certs>", side, vec![content])),
            },
            _ => {}
        }
    }
    if let Some(chain) = chain {
        claims.add(layer, chain);
    }
}

/// The files within a text, certificates before their `extra-certs`, and whose chain it is.
fn profile(bytes: &[u8]) -> (Vec<Inline>, Meaning) {
    let (mut inlines, mut side): (Vec<Inline>, Option<Meaning>) = (Vec::new(), None);
    let mut open: Option<Inline> = None;
    for line in lines::trimmed_lines(bytes, 0..bytes.len()) {
        let text = lines::slice(bytes, &line);
        match (tag(text), &mut open) {
            (Some((_, true)), _) => inlines.extend(open.take()),
            (Some((name, false)), _) => {
                inlines.extend(open.take());
                open = Some(Inline { tag: name.to_vec(), content: line.end..line.end });
            }
            (None, Some(open)) => open.content.end = line.end,
            (None, None) => side = side.or(side_of(text)),
        }
    }
    inlines.extend(open);
    inlines.sort_by_key(|inline| inline.tag == b"extra-certs");
    (inlines, side.unwrap_or(Meaning::Chain))
}

/// The name in a tag that has a line of its own, and whether the tag closes.
fn tag(text: &[u8]) -> Option<(&[u8], bool)> {
    let inner = text.strip_prefix(b"<")?.strip_suffix(b">")?;
    let (name, closes) = inner.strip_prefix(b"/").map_or((inner, false), |name| (name, true));
    TAGS.iter().any(|tag| tag.as_bytes() == name).then_some((name, closes))
}

/// The side that a directive names.
fn side_of(text: &[u8]) -> Option<Meaning> {
    let mut words = text.split(u8::is_ascii_whitespace);
    match (words.next()?, words.next()) {
        (b"client" | b"tls-client", None) => Some(Meaning::ClientChain),
        (b"server" | b"server-bridge", _) | (b"tls-server", None) | (b"mode", Some(b"server")) => {
            Some(Meaning::ServerChain)
        }
        _ => None,
    }
}
