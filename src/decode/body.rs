//! What stands between BEGIN and END of a certificate.

use std::ops::Range;

use super::base64::{self, Base64Text, Separator};
use super::der::{self, Extent, Kind};
use super::found::Found;
use super::layer::Layer;
use super::marker::Label;
use super::piece::{Piece, piece_at};
use super::repair::{Repair, Repairs};
use super::{container, exchanged, layered, message};

/// Characters before the colon of a header line; `Content-Domain` is the longest name of RFC 1421.
const MAX_HEADER_NAME: usize = 40;

/// In the header Proc-Type of a body that is encrypted (RFC 1421, 4.6.1.1).
const ENCRYPTED_BODY: &[u8] = b"4,ENCRYPTED";

/// The body of a block.
pub(super) struct Body<'b> {
    pub(super) range: Range<usize>,
    pub(super) label: Label,
    pub(super) label_text: &'b str,
    /// There is an END.
    pub(super) is_closed: bool,
}

/// What a body turned out to be.
pub(super) enum Outcome {
    /// Usually one certificate, with what the body needed.
    Certificates(Vec<Vec<u8>>, Repairs),
    /// A private key under a wrong label, with its right one.
    PrivateKey(&'static str),
    /// A container, to be read by itself.
    Container(Layer<'static>),
    /// Why it is no certificate.
    Unreadable(String),
}

impl Body<'_> {
    /// Reads it from the layer in which it stands.
    pub(super) fn read(&self, layer: &Layer<'_>, found: &Found) -> Outcome {
        match layered::without_url_encoding(layer, self.range.clone()) {
            Some(text) => self.read_text(&text, text.whole(), text.wrapping.repairs(), found),
            None => self.read_text(layer, self.range.clone(), Repairs::default(), found),
        }
    }

    fn read_text(&self, text: &Layer<'_>, range: Range<usize>, mut repairs: Repairs, found: &Found) -> Outcome {
        let start = behind_headers(text, range.clone());
        let base64 = Base64Text::read(text, start..range.end);
        let der = base64::decode(base64.sound_symbols());
        if let Some(label) = private_key(text, range.start..start, &der) {
            return Outcome::PrivateKey(label);
        }
        if container::is_container(&der) {
            return Outcome::Container(layered::decoded(text, &base64, range, text.wrapping));
        }
        if self.label == Label::Pkcs7 {
            return Outcome::Unreadable(message::damaged_pkcs7());
        }
        repairs.add(self.repairs(&base64, start > range.start));
        if let Some(der) = exchanged::back(&der) {
            repairs.add(Repair::ExchangedSigns);
            return Outcome::Certificates(vec![der], repairs);
        }
        if let Extent::Whole(length) = der::extent(&der) {
            return self.certificates(&der, length, &base64, repairs);
        }
        let may_lack_plus = base64.has_inner_blanks && base64.stray.is_none();
        match may_lack_plus.then(|| base64::certificates_with_spaces_as_plus(text, start..range.end)).flatten() {
            Some(ders) => {
                repairs.add(Repair::SpacesForPlus);
                Outcome::Certificates(ders, repairs)
            }
            None => Outcome::Unreadable(self.complaint(text, &base64, &der, found)),
        }
    }

    /// The certificate of the block, and any that follow it inside the same block.
    fn certificates(&self, der: &[u8], length: usize, base64: &Base64Text, mut repairs: Repairs) -> Outcome {
        if let Some(message) = message::other_kind(der::kind(der)) {
            return Outcome::Unreadable(message);
        }
        let (first, mut rest) = der.split_at_checked(length).unwrap_or((der, &[]));
        let must_be_whole = !self.is_closed || self.label == Label::Unknown;
        if must_be_whole && !der::is_whole_certificate(first) {
            return Outcome::Unreadable(self.no_certificate());
        }
        let mut ders = vec![first.to_vec()];
        while let Some((next, tail)) = whole_certificate_at_start(rest) {
            ders.push(next.to_vec());
            rest = tail;
        }
        // Behind a certificate without END stands whatever follows, behind a trusted one its trust settings.
        let may_trail = !self.is_closed || self.label == Label::TrustedCertificate;
        if !may_trail && (base64.stray.is_some() || !rest.is_empty()) {
            repairs.add(Repair::TrailingBytes);
        } else if base64::lacks_padding(base64.sound_symbols()) {
            repairs.add(Repair::MissingPadding);
        }
        Outcome::Certificates(ders, repairs)
    }

    fn repairs(&self, base64: &Base64Text, has_headers: bool) -> Repairs {
        let mut repairs = base64.repairs;
        if has_headers {
            repairs.add(Repair::PemHeaders);
        }
        repairs.add(base64.lead.repairs());
        let trail = self.is_closed.then_some(base64.trail);
        repairs.add(trail.map(Separator::repairs).unwrap_or_default());
        if (base64.lead.is_empty() && !has_headers) || trail.is_some_and(|trail| trail.is_empty()) {
            repairs.add(Repair::MissingLineBreaks);
        }
        repairs
    }

    /// Why the body is no certificate.
    fn complaint(&self, text: &Layer<'_>, base64: &Base64Text, der: &[u8], found: &Found) -> String {
        match (&base64.stray, der::extent(der)) {
            _ if self.label == Label::Unknown => self.no_certificate(),
            (Some(stray), _) if self.is_closed => {
                let line = found.line_of(text, stray.position);
                message::stray_character(self.label_text, stray.character, line)
            }
            (_, Extent::Ber) => message::ber(self.label_text),
            (_, Extent::Cut { present, announced }) => {
                message::cut(self.label_text, present, announced, !self.is_closed)
            }
            _ if !self.is_closed => self.no_certificate(),
            (_, Extent::NotDer(first)) => message::not_der(self.label_text, first),
            _ => message::empty_block(self.label_text),
        }
    }

    fn no_certificate(&self) -> String {
        if self.label == Label::Unknown {
            message::UNKNOWN_LABEL.to_owned()
        } else {
            message::missing_end(self.label_text)
        }
    }
}

/// The octets that a body stands for, as far as it is base64, and the label that belongs to them if they are a private key.
pub(super) fn octets(layer: &Layer<'_>, body: Range<usize>) -> (Vec<u8>, Option<&'static str>) {
    let plain = layered::without_url_encoding(layer, body.clone());
    let (text, range) = plain.as_ref().map_or((layer, body), |text| (text, text.whole()));
    let start = behind_headers(text, range.clone());
    let base64 = Base64Text::read(text, start..range.end);
    let octets = base64::decode(base64.sound_symbols());
    let label = private_key(text, range.start..start, &octets);
    (octets, label)
}

/// The label that belongs to a block, whatever it is called, if it holds a private key: by the shape of its DER, or by the
/// header that says that its body is encrypted (RFC 1421, 4.6.1.1), as OpenSSL writes it above keys alone.
fn private_key(text: &Layer<'_>, headers: Range<usize>, octets: &[u8]) -> Option<&'static str> {
    let is_encrypted = || text.slice(headers).windows(ENCRYPTED_BODY.len()).any(|window| window == ENCRYPTED_BODY);
    match der::kind(octets) {
        Kind::PrivateKey(label) => Some(label),
        _ => is_encrypted().then_some("PRIVATE KEY"),
    }
}

fn whole_certificate_at_start(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let Extent::Whole(length) = der::extent(bytes) else { return None };
    bytes.split_at_checked(length).filter(|(first, _)| der::is_whole_certificate(first))
}

/// Where wrapped base64 ends: with its first line that is not as long as the one before it.
pub(super) fn wrapped_end(layer: &Layer<'_>, body: Range<usize>) -> usize {
    let bytes = layer.slice(0..body.end);
    let start = behind_headers(layer, body.clone());
    let mut position = start;
    let (mut end, mut end_of_full_line) = (start, start);
    let (mut width, mut symbols) = (0, 0);
    while let Some((piece, length)) = piece_at(bytes, position) {
        position += length;
        match piece {
            Piece::Symbol(..) | Piece::Pad(_) if width > 0 && symbols == width => return end_of_full_line,
            Piece::Symbol(..) | Piece::Pad(_) => {
                symbols += 1;
                end = position;
            }
            Piece::Other('%') => return end + layered::url_token_length(layer.slice(end..body.end)),
            Piece::Other(_) => break,
            _ if width > 0 && symbols > 0 && symbols < width => break,
            _ if symbols > 0 => (width, symbols, end_of_full_line) = (symbols, 0, end),
            _ => {}
        }
    }
    end
}

/// Where the base64 begins behind header lines (RFC 1421 section 4.4): lines with a colon, then a blank line.
fn behind_headers(layer: &Layer<'_>, body: Range<usize>) -> usize {
    let bytes = layer.slice(0..body.end);
    let mut behind = body.start;
    let mut position = body.start;
    let mut has_colon = false;
    let mut symbols = 0;
    while let Some((piece, length)) = piece_at(bytes, position) {
        position += length;
        match piece {
            Piece::LineEnd(_) if has_colon => {
                behind = position;
                (has_colon, symbols) = (false, 0);
            }
            Piece::LineEnd(_) if symbols > 0 => break,
            Piece::LineEnd(_) if behind > body.start => behind = position,
            Piece::Other(':') => has_colon |= symbols <= MAX_HEADER_NAME,
            Piece::Symbol(..) => symbols += 1,
            _ => {}
        }
    }
    behind
}
