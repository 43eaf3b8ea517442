//! Finds certificates in any bytes: what was found, where, what had to be repaired, and what could not be read.
//!
//! Decoding never fails as a whole. It works in layers, each of which remembers where its bytes stand in the input:
//!
//! ```text
//! input -> UTF-16 undone -> what stands before each line undone
//!                        -> PEM blocks, and between them: URL encoding, base64 of text or of a container -> the same again
//!                                                         base64 of DER
//!       -> DER, one or several
//!       -> containers, by their first bytes: Java's keystores, PKCS#12, PKCS#7 -> what it signs -> the same again
//! ```
//!
//! Beside that, [`parts`] looks at every text for keys that say what the certificates under them are for, and
//! [`error_text`] for messages of programs.
//!
//! [`read`] sniffs and dispatches; one file per format, none of which reads another: what holds a layer inside gives it
//! back to be dispatched. A private key is recognised by its label or by the shape
//! of its DER, tokens and passwords by their form or their key; they leave nothing behind but their place and label.

mod bare;
mod base64;
mod ber;
mod body;
mod container;
mod der;
mod exchanged;
mod found;
mod jks;
mod keystore;
mod layer;
mod layered;
mod marker;
mod message;
mod parts;
mod passwords;
mod pbe;
mod pem;
mod pfx;
mod piece;
mod pkcs7;
mod prefixed;
mod repair;
mod surroundings;
mod text;

use std::ops::Range;

use crate::error_text::{self, ErrorLine};
use bare::Runs;
use der::Extent;
use found::Found;
pub use keystore::{JavaEntry, KeystoreEntry};
use layer::Layer;
use layered::MAX_URL_ROUNDS;
use marker::Marker;
pub use parts::{Carried, CertificateClaim, Forwarded, HeaderForm, Meaning, Object, Part, Session};
pub use passwords::Passwords;
pub use repair::Repair;
use text::Lines;

/// What one input held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// Certificates in the order in which they stand in the input.
    pub items: Vec<Item>,
    /// Blocks that could not be read, one each.
    pub problems: Vec<Problem>,
    /// Private keys, tokens and passwords that were seen; their bytes are never copied.
    pub secrets: Vec<Secret>,
    /// Requests, public keys and revocation lists. A problem at the same place says that they are no certificates.
    pub related: Vec<Related>,
    /// What keys of the text say of what stands under them, in the order in which they stand in the input; each holds
    /// a certificate, a problem or a private key, or says something of a certificate that it does not show.
    pub parts: Vec<Part>,
    /// What the text says of a connection, if it is the text of one that shows no certificate.
    pub session: Option<Session>,
    /// Messages of programs in the text, in order; nothing else of their lines.
    pub error_lines: Vec<ErrorLine>,
}

/// One certificate's DER with its provenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The first TLV of the block, DER as found (not yet parsed as X.509).
    pub der: Vec<u8>,
    /// Where the block stands in the input.
    pub place: Place,
    /// What had to be mended to read it, in the order applied; empty for a clean block.
    pub repairs: Vec<Repair>,
    /// The entry of a keystore in which it stands.
    pub entry: Option<KeystoreEntry>,
}

/// A position in the input as the user gave it, before any repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// 1-based line on which the block begins (CR, LF and CRLF each end a line).
    pub line: usize,
    /// Byte range of the block in the input.
    pub bytes: Range<usize>,
    /// 1-based ordinal of the block among all blocks of this input.
    pub ordinal: usize,
}

/// A block that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where the block stands in the input.
    pub place: Place,
    /// Why it could not be read.
    pub kind: ProblemKind,
    /// What is wrong with it, and what to do next, in one or two sentences.
    pub message: String,
}

/// Why a block could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is damaged, cut, or of a form that holds no certificate.
    Unreadable,
    /// It is encrypted with a password that was not among those tried: [`read_with`] takes more.
    PasswordNeeded,
}

/// A private key, a token or a password that was recognised and dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Where it stands in the input.
    pub place: Place,
    /// Its kind: the label of a private key in PEM, for example `EC PRIVATE KEY`; `JWK PRIVATE KEY`, `SECRET KEY`, `TOKEN` or
    /// `PASSWORD`.
    pub label: String,
}

impl Secret {
    /// Whether it is the private half of a key pair.
    pub fn is_private_key(&self) -> bool {
        self.label.contains("PRIVATE KEY")
    }
}

/// What is no certificate and has to do with one: a key, or a list of certificates that count no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it stands in the input.
    pub place: Place,
    /// What it is.
    pub kind: RelatedKind,
    /// SubjectPublicKeyInfo of a request and of a public key, CertificateList of a revocation list; as DER.
    pub der: Vec<u8>,
}

/// What is no certificate and has to do with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelatedKind {
    /// A request for a certificate (RFC 2986).
    Request,
    /// A public key.
    PublicKey,
    /// A revocation list (RFC 5280, 5).
    RevocationList,
}

/// Finds the certificates in one file or paste, whatever it is: PEM, DER, base64, or text that wraps one of them.
///
/// It always succeeds: what could not be read is a [`Problem`] beside what could. It does not check that what it finds
/// is X.509 beyond the outermost shape, let alone valid: that is up to [`Certificate::parse`]. PKCS#7, PKCS#12 and Java's
/// keystores are opened, with the usual passwords where they need one; other containers are named in a problem. Private
/// keys leave their place and label, and nothing else.
///
/// ```
/// use rootlens::decode;
///
/// let paste = "\
/// subject=CN = example
/// -----BEGIN CERTIFICATE-----
/// Tm90IGEgY2VydGlmaWNhdGU=
/// -----END CERTIFICATE-----
/// ";
/// let decoded = decode::read(paste.as_bytes());
///
/// // The block is there, but its base64 holds no certificate: a problem with its place, and no error.
/// assert!(decoded.items.is_empty());
/// assert_eq!(decoded.problems[0].place.line, 2);
/// println!("{}", decoded.problems[0].message);
/// ```
///
/// [`Certificate::parse`]: crate::certificate::Certificate::parse
pub fn read(input: &[u8]) -> Decoded {
    read_with(input, &Passwords::default())
}

/// As [`read`], with passwords that somebody gave for keystores. They are tried before the usual ones and not kept.
pub fn read_with(input: &[u8], passwords: &Passwords) -> Decoded {
    let layer = Layer::input(input);
    let is_binary = container::is_container(input) || der::looks_like_der(input);
    let text = text::from_utf16(&layer).filter(|_| !is_binary).unwrap_or(layer);
    let lines = if is_binary { Lines::of_binary() } else { Lines::of_text(&text) };
    let mut found = Found::new(lines, passwords.clone());
    read_layer(&text, &mut found);
    let error_lines = if is_binary { Vec::new() } else { error_text::recognize(&String::from_utf8_lossy(&text.bytes)) };
    if found.count() == 0 && error_lines.is_empty() && !found.claims.say_something() {
        explain_nothing(&text, &mut found);
    }
    Decoded { error_lines, ..found.into_decoded() }
}

/// Reads one layer as whatever it is.
fn read_layer(layer: &Layer<'_>, found: &mut Found) {
    if let Some(inside) = container::read(layer, found) {
        return inside.iter().for_each(|inner| read_layer(inner, found));
    }
    if der::looks_like_der(&layer.bytes) {
        return bare::read_der(layer, found);
    }
    let utf8 = text::from_utf16(layer);
    let text = utf8.as_ref().unwrap_or(layer);
    parts::read(text, &mut found.claims);
    found.take_over_claims();
    read_text(text, found);
}

/// Reads a text: blocks with something before each line, and the rest.
fn read_text(layer: &Layer<'_>, found: &mut Found) {
    let markers = marker::find(&layer.bytes);
    let mut position = 0;
    for block in prefixed::find(layer) {
        read_stretch(layer, position..block.stretch.start, &markers, found);
        block.versions.iter().for_each(|version| read_text(version, found));
        position = block.stretch.end;
    }
    read_stretch(layer, position..layer.bytes.len(), &markers, found);
}

/// Reads a stretch of a text: PEM blocks, and what stands between them.
fn read_stretch(layer: &Layer<'_>, stretch: Range<usize>, markers: &[Marker], found: &mut Found) {
    let first = markers.partition_point(|marker| marker.range.start < stretch.start);
    let end = markers.partition_point(|marker| marker.range.start < stretch.end);
    let markers = markers.get(first..end).unwrap_or_default();
    for section in pem::sections(layer, stretch, markers) {
        let before = found.count();
        read_gap(layer, section.gap, found);
        if let Some(inner) = section.marked.read(layer, before, found) {
            read_layer(&inner, found);
        }
    }
}

/// Reads what stands outside of PEM blocks: URL-encoded text, and base64 in the rest.
fn read_gap(layer: &Layer<'_>, gap: Range<usize>, found: &mut Found) {
    let mut position = gap.start;
    for token in layered::url_tokens(layer, gap.clone()) {
        read_base64(layer, position..token.start, found);
        position = token.end;
        match layered::without_one_url_round(layer, token.clone()) {
            Some(inner) => read_text(&inner, found),
            None if layered::hides_a_block(layer.slice(token.clone())) => {
                found.problem(layer, token, message::too_many_layers("URL encoding", MAX_URL_ROUNDS));
            }
            None => {}
        }
    }
    read_base64(layer, position..gap.end, found);
}

/// Reads base64 without BEGIN and END, and the texts that it stands for.
fn read_base64(layer: &Layer<'_>, stretch: Range<usize>, found: &mut Found) {
    let mut runs = Runs::new(layer, stretch);
    while let Some(inner) = runs.next_layer(found) {
        read_layer(&inner, found);
    }
}

/// Says why an input yielded nothing at all, or finds certificates inside binary data.
fn explain_nothing(input: &Layer<'_>, found: &mut Found) {
    let is_text = std::str::from_utf8(&input.bytes).is_ok() && !input.bytes.contains(&0);
    if !is_text && bare::read_embedded_der(input, found) {
        return;
    }
    let message = match container::explanation(&input.bytes) {
        _ if input.bytes.is_empty() => message::EMPTY_INPUT,
        _ if input.bytes.trim_ascii().is_empty() => message::BLANK_INPUT,
        Some(explanation) => explanation,
        None if der::extent(&input.bytes) == Extent::Ber => message::BER,
        None if is_text => message::NOTHING_IN_TEXT,
        None => message::NOTHING_IN_BINARY,
    };
    found.problem(input, input.whole(), message);
}
