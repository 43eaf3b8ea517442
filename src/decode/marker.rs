//! The BEGIN and END lines of PEM (RFC 7468 section 2), however battered.

use std::ops::Range;

use super::repair::{Repair, Repairs};
use super::text::{char_at, char_before, hyphens, is_line_end, is_unusual_space, is_zero_width};

/// Dashes on each side of a clean BEGIN or END (RFC 7468 section 3).
const DASHES: usize = 5;
/// Dashes on each side that a marker with an unknown label must have, else any headline would pass for one.
const DASHES_OF_UNKNOWN_LABEL: usize = 4;
/// The longest label in use, `TPM2 ENCRYPTED PRIVATE KEY` and the like, has less than half of it.
const MAX_LABEL_CHARACTERS: usize = 64;

/// The words of which the labels of private keys are made (RFC 7468, 10, 11 and 13; OpenSSL's `pem.h`, OpenSSH, OpenVPN, PGP,
/// TPM engines, Cosign, Nebula).
const WORDS_OF_KEYS: [&str; 28] = [
    "ANY",
    "BLOCK",
    "COSIGN",
    "DH",
    "DSA",
    "EC",
    "ECDSA",
    "ED25519",
    "ED448",
    "ENCRYPTED",
    "KEY",
    "NEBULA",
    "OPENSSH",
    "OPENVPN",
    "P256",
    "PGP",
    "PRIVATE",
    "RSA",
    "SIGSTORE",
    "SM2",
    "SSH2",
    "STATIC",
    "TPM2",
    "TSS2",
    "V1",
    "X25519",
    "X448",
    "X9.42",
];

/// A BEGIN or END line.
#[derive(Debug)]
pub(super) struct Marker {
    pub(super) is_begin: bool,
    pub(super) label: Label,
    /// The label in upper case with single blanks.
    pub(super) label_text: String,
    /// From the first to the last dash.
    pub(super) range: Range<usize>,
    /// It begins in the dashes that end the marker before it.
    pub(super) shares_dashes: bool,
    pub(super) repairs: Repairs,
}

/// What the label says about the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// `CERTIFICATE` (RFC 7468 section 5.1).
    Certificate,
    /// `X509 CERTIFICATE` (RFC 7468 section 5.1).
    X509Certificate,
    /// `TRUSTED CERTIFICATE`, OpenSSL's own: a certificate and trust settings.
    TrustedCertificate,
    /// A private key of any kind.
    PrivateKey,
    /// `EC PARAMETERS` and the like, which OpenSSL writes before a key.
    Parameters,
    /// `CERTIFICATE REQUEST` (RFC 7468 section 7).
    Request,
    /// `X509 CRL` (RFC 7468 section 6).
    RevocationList,
    /// `PKCS7` and `CMS` (RFC 7468 sections 8 and 9).
    Pkcs7,
    /// A public key of any kind.
    PublicKey,
    /// A label that is none of these.
    Unknown,
}

/// All markers, in order and without overlap.
pub(super) fn find(bytes: &[u8]) -> Vec<Marker> {
    let mut markers: Vec<Marker> = Vec::new();
    let mut position = 0;
    while let Some((word, is_begin)) = next_word(bytes, position) {
        let previous = markers.last();
        let floor = previous.map_or(0, |marker| marker.range.end);
        let after_end = previous.is_some_and(|marker| !marker.is_begin);
        let found = read(bytes, &Word { range: word.clone(), is_begin, floor, after_end });
        position = found.as_ref().map_or(word.end, |marker| marker.range.end.max(word.end));
        markers.extend(found);
    }
    markers
}

impl Marker {
    /// What a private key is called: its label if that says nothing but what a key is called, since a label may be a piece of
    /// the key.
    pub(super) fn label_of_key(&self) -> &str {
        let is_known = self.label_text.split(' ').all(|word| WORDS_OF_KEYS.contains(&word));
        if is_known { &self.label_text } else { "PRIVATE KEY" }
    }
}

impl Label {
    /// Whether the block should hold a certificate.
    pub(super) fn is_certificate(self) -> bool {
        matches!(self, Label::Certificate | Label::X509Certificate | Label::TrustedCertificate)
    }

    fn of(text: &str) -> Label {
        let compact: String = text.chars().filter(|character| *character != ' ').collect();
        match compact.as_str() {
            "CERTIFICATE" => Label::Certificate,
            "X509CERTIFICATE" | "X.509CERTIFICATE" => Label::X509Certificate,
            "TRUSTEDCERTIFICATE" => Label::TrustedCertificate,
            "CERTIFICATEREQUEST" | "NEWCERTIFICATEREQUEST" => Label::Request,
            "X509CRL" | "CRL" => Label::RevocationList,
            "PKCS7" | "CMS" | "PKCS#7SIGNEDDATA" => Label::Pkcs7,
            "ECPARAMETERS" | "DHPARAMETERS" | "X9.42DHPARAMETERS" | "DSAPARAMETERS" => Label::Parameters,
            other if other.contains("PRIVATEKEY") || other.contains("STATICKEY") => Label::PrivateKey,
            other if other.contains("PUBLICKEY") => Label::PublicKey,
            _ => Label::Unknown,
        }
    }
}

/// The word BEGIN or END and what stands before it.
struct Word {
    range: Range<usize>,
    is_begin: bool,
    /// Where the marker before ends.
    floor: usize,
    /// The marker before is an END.
    after_end: bool,
}

/// The next BEGIN or END. Both hold an E, by which they are found: this looks at every byte of the input.
fn next_word(bytes: &[u8], from: usize) -> Option<(Range<usize>, bool)> {
    let mut searched = from;
    loop {
        let e = searched + bytes.get(searched..)?.iter().position(|byte| matches!(byte, b'E' | b'e'))?;
        let before = e.checked_sub(1).filter(|before| *before >= from);
        if let Some(start) = before.filter(|start| is_word_at(bytes, *start, b"BEGIN")) {
            return Some((start..start + 5, true));
        }
        if is_word_at(bytes, e, b"END") {
            return Some((e..e + 3, false));
        }
        searched = e + 1;
    }
}

fn is_word_at(bytes: &[u8], start: usize, word: &[u8]) -> bool {
    bytes.get(start..start.saturating_add(word.len())).is_some_and(|found| found.eq_ignore_ascii_case(word))
}

fn read(bytes: &[u8], word: &Word) -> Option<Marker> {
    let lead = dashes_before(bytes, word.range.start, word.floor);
    let label = read_label(bytes, word.range.end)?;
    let mut trail = dashes_after(bytes, label.end);
    let shares_dashes = lead.count == 0 && word.is_begin && word.after_end && word.floor == word.range.start;
    if !is_marker(bytes, word, &lead, &label, &trail, shares_dashes) {
        return None;
    }
    if !word.is_begin && is_word_at(bytes, trail.range.end, b"BEGIN") {
        trail = first_dashes(bytes, trail.range.start);
    }
    let mut repairs = Repairs::default();
    if lead.typographic || trail.typographic {
        repairs.add(Repair::TypographicDashes);
    }
    if (lead.count < DASHES && !shares_dashes) || trail.count < DASHES {
        repairs.add(Repair::MissingDashes);
    }
    let word_bytes = bytes.get(word.range.clone()).unwrap_or_default();
    if label.has_lower_case || word_bytes.iter().any(u8::is_ascii_lowercase) {
        repairs.add(Repair::LowerCaseLabel);
    }
    repairs.add(label.repairs);
    Some(Marker {
        is_begin: word.is_begin,
        label: Label::of(&label.text),
        label_text: label.text,
        range: lead.range.start..trail.range.end,
        shares_dashes,
        repairs,
    })
}

/// Few dashes suffice where the label is known; without a known label both sides must be nearly clean.
fn is_marker(bytes: &[u8], word: &Word, lead: &Dashes, label: &LabelText, trail: &Dashes, shares_dashes: bool) -> bool {
    let at_line_end = char_at(bytes, label.end).is_none_or(|(character, _)| is_line_end(character));
    let stands_alone = char_before(bytes, word.range.start).is_none_or(|(before, _)| !before.is_ascii_alphanumeric());
    if Label::of(&label.text) == Label::Unknown {
        return lead.count >= DASHES_OF_UNKNOWN_LABEL && trail.count >= DASHES_OF_UNKNOWN_LABEL;
    }
    (lead.count >= 2 && trail.count >= 1)
        || (lead.count >= DASHES_OF_UNKNOWN_LABEL && at_line_end)
        || (trail.count >= 2 && (shares_dashes || stands_alone))
}

struct Dashes {
    range: Range<usize>,
    /// How many hyphens the dashes stand for.
    count: usize,
    typographic: bool,
}

impl Dashes {
    fn none_at(position: usize) -> Dashes {
        Dashes { range: position..position, count: 0, typographic: false }
    }

    fn take(&mut self, character: char) {
        self.count += hyphens(character);
        self.typographic |= character != '-' && !is_zero_width(character);
    }
}

/// The dashes before a word, with at most one blank between (RFC 4716 writes `---- BEGIN`).
fn dashes_before(bytes: &[u8], word: usize, floor: usize) -> Dashes {
    let mut dashes = Dashes::none_at(word);
    let blank = word.checked_sub(1).filter(|before| *before > floor && bytes.get(*before) == Some(&b' '));
    let mut position = blank.unwrap_or(word);
    while let Some((character, length)) = char_before(bytes, position).filter(|_| position > floor) {
        if hyphens(character) == 0 && !(is_zero_width(character) && dashes.count > 0) {
            break;
        }
        dashes.take(character);
        position -= length;
        if hyphens(character) > 0 {
            dashes.range.start = position;
        }
    }
    dashes
}

fn dashes_after(bytes: &[u8], start: usize) -> Dashes {
    dashes_up_to(bytes, start, usize::MAX)
}

/// The dashes that belong to an END whose run of dashes goes on into a BEGIN.
fn first_dashes(bytes: &[u8], start: usize) -> Dashes {
    dashes_up_to(bytes, start, DASHES)
}

fn dashes_up_to(bytes: &[u8], start: usize, limit: usize) -> Dashes {
    let mut dashes = Dashes::none_at(start);
    let mut position = start;
    while let Some((character, length)) = char_at(bytes, position).filter(|_| dashes.count < limit) {
        if hyphens(character) == 0 && !is_zero_width(character) {
            break;
        }
        dashes.take(character);
        position += length;
        if hyphens(character) > 0 {
            dashes.range.end = position;
        }
    }
    dashes
}

struct LabelText {
    text: String,
    end: usize,
    has_lower_case: bool,
    repairs: Repairs,
}

/// The label behind the word: letters, digits and some signs, with blanks of any kind between.
fn read_label(bytes: &[u8], start: usize) -> Option<LabelText> {
    let mut label = LabelText { text: String::new(), end: start, has_lower_case: false, repairs: Repairs::default() };
    for _ in 0..MAX_LABEL_CHARACTERS {
        let Some((character, length)) = char_at(bytes, label.end) else { break };
        match character {
            ' ' | '\t' => label.blank(),
            '\\' if bytes.get(label.end + 1) == Some(&b' ') => {}
            _ if is_unusual_space(character) => {
                label.repairs.add(Repair::UnusualSpaces);
                label.blank();
            }
            _ if is_zero_width(character) => {
                label.repairs.add(Repair::ZeroWidthCharacters);
            }
            'A'..='Z' | 'a'..='z' | '0'..='9' | '.' | '#' | '_' | '/' => {
                label.has_lower_case |= character.is_ascii_lowercase();
                label.text.push(character.to_ascii_uppercase());
            }
            _ => break,
        }
        label.end += length;
    }
    label.text.truncate(label.text.trim_end().len());
    (!label.text.is_empty()).then_some(label)
}

impl LabelText {
    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}
