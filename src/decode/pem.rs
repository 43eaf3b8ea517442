//! Text with PEM blocks (RFC 7468) in whatever state: each block on its own, so that none costs another.

use std::ops::Range;

use super::base64::{self, Base64Text};
use super::der::{self, Extent, Kind};
use super::found::Found;
use super::layer::Layer;
use super::layered;
use super::marker::{self, Label, Marker};
use super::message;
use super::piece::{LineEnd, Piece, piece_at};
use super::repair::{Repair, Repairs};
use super::text::{char_before, is_line_end, is_quote, is_unusual_space, is_zero_width};

/// Bytes at the start of the BEGIN line that can be a mark such as `>` or `//`.
const MAX_LINE_PREFIX: usize = 16;
/// Characters before the colon of a header line; `Content-Domain` is the longest name of RFC 1421.
const MAX_HEADER_NAME: usize = 40;

/// Finds everything in a text: PEM blocks, and what stands between them.
pub(super) fn read(layer: &Layer<'_>, found: &mut Found) {
    let markers = marker::find(&layer.bytes);
    let mut rest = markers.as_slice();
    let mut position = 0;
    while let Some((marker, others)) = rest.split_first() {
        let before = found.count();
        layered::read_gap(layer, position..marker.range.start, found);
        if marker.is_begin {
            let block = Block::new(layer, marker, position, others);
            block.read(layer, found);
            position = block.end;
            rest = if block.end_marker.is_some() { others.get(1..).unwrap_or_default() } else { others };
        } else {
            if found.count() == before {
                stray_end(layer, marker, found);
            }
            position = marker.range.end;
            rest = others;
        }
    }
    layered::read_gap(layer, position..layer.bytes.len(), found);
}

/// An END whose BEGIN is missing and whose body was not readable as bare base64 either.
fn stray_end(layer: &Layer<'_>, marker: &Marker, found: &mut Found) {
    if marker.label == Label::PrivateKey {
        found.secret(layer, marker.range.clone(), &*marker.label_text);
    } else if marker.label.is_certificate() {
        found.problem(layer, marker.range.clone(), message::missing_begin(&marker.label_text));
    }
}

/// One block from its BEGIN to its END, or to where it breaks off.
struct Block<'m> {
    begin: &'m Marker,
    end_marker: Option<&'m Marker>,
    /// Between the markers, or up to the next BEGIN.
    body: Range<usize>,
    /// Where reading goes on after the block.
    end: usize,
    /// What the lines of BEGIN and END needed.
    repairs: Repairs,
    /// What stands before BEGIN on its line, if every line of the body begins so.
    line_prefix: Vec<u8>,
}

impl<'m> Block<'m> {
    fn new(layer: &Layer<'_>, begin: &'m Marker, floor: usize, others: &'m [Marker]) -> Block<'m> {
        let next = others.first();
        let end_marker = next.filter(|next| !next.is_begin && closes(begin, next));
        let body_end = next.map_or(layer.bytes.len(), |next| next.range.start);
        let body = begin.range.end..body_end.max(begin.range.end);
        let line_prefix = line_prefix(layer, begin, &body);
        let mut block = Block { begin, end_marker, end: body.end, body, repairs: begin.repairs.clone(), line_prefix };
        block.repairs.extend(block.before_begin(layer, floor));
        match end_marker {
            Some(end) => block.close(layer, end, others.get(1)),
            None => block.break_off(layer),
        }
        block
    }

    /// Without END the block reaches as far as its base64. A key reaches to the next BEGIN: rather lose text than
    /// keep a piece of it.
    fn break_off(&mut self, layer: &Layer<'_>) {
        self.repairs.insert(Repair::MissingEnd);
        if self.begin.label == Label::PrivateKey {
            return;
        }
        let start = behind_headers(layer, self.body.clone());
        self.body.end = wrapped_end(layer, start..self.body.end);
        let is_headline = self.begin.label == Label::Unknown;
        self.end = if is_headline { self.begin.range.end } else { self.body.end };
    }

    fn close(&mut self, layer: &Layer<'_>, end: &Marker, next: Option<&Marker>) {
        self.end = end.range.end;
        self.repairs.extend(end.repairs.iter().copied());
        if end.label != self.begin.label {
            self.repairs.insert(Repair::LabelMismatch);
        }
        self.repairs.extend(after_end(layer, end, next));
        match self.begin.label {
            Label::X509Certificate => {
                self.repairs.insert(Repair::X509Label);
            }
            Label::TrustedCertificate => {
                self.repairs.insert(Repair::TrustedLabel);
            }
            _ => {}
        }
    }

    fn range(&self) -> Range<usize> {
        self.begin.range.start..self.end
    }

    fn read(&self, layer: &Layer<'_>, found: &mut Found) {
        match self.begin.label {
            Label::PrivateKey => found.secret(layer, self.range(), &*self.begin.label_text),
            label if label.is_certificate() => self.read_certificate(layer, found),
            Label::Unknown => self.read_unknown(layer, found),
            label => {
                if let Some(message) = message::other_label(label) {
                    found.problem(layer, self.range(), message);
                }
            }
        }
    }

    /// A misspelt label may still stand over a certificate, or over a key.
    fn read_unknown(&self, layer: &Layer<'_>, found: &mut Found) {
        if self.end_marker.is_none() {
            // More likely a headline than a block.
            return;
        }
        let base64 =
            Base64Text::read(layer, behind_headers(layer, self.body.clone())..self.body.end, &self.line_prefix);
        let der = base64::decode(base64.sound_symbols());
        match der::kind(&der) {
            Kind::PrivateKey(label) => found.secret(layer, self.range(), label),
            Kind::Certificate if der::is_whole_certificate(&der) => {
                let mut repairs = self.repairs.clone();
                repairs.extend(self.body_repairs(&base64, false));
                repairs.insert(Repair::UnknownLabel);
                found.certificate(layer, self.range(), der, repairs);
            }
            _ => found.problem(layer, self.range(), message::unknown_label(&self.begin.label_text)),
        }
    }

    fn read_certificate(&self, layer: &Layer<'_>, found: &mut Found) {
        match layered::without_url_encoding(layer, self.body.clone()) {
            Some(decoded) => {
                let whole = decoded.whole();
                let mut repairs = decoded.wrapping.repairs();
                // What stands on the lines of BEGIN and END is the URL encoding.
                repairs.extend(self.repairs.iter().filter(|repair| **repair != Repair::TextOnMarkerLine));
                self.read_body(&decoded, whole, repairs, layer, found);
            }
            None => self.read_body(layer, self.body.clone(), self.repairs.clone(), layer, found),
        }
    }

    /// Reads the body, which stands in `text`, of the block, which stands in `layer`.
    fn read_body(
        &self,
        text: &Layer<'_>,
        body: Range<usize>,
        mut repairs: Repairs,
        layer: &Layer<'_>,
        found: &mut Found,
    ) {
        let start = behind_headers(text, body.clone());
        if start > body.start {
            repairs.insert(Repair::PemHeaders);
        }
        let base64 = Base64Text::read(text, start..body.end, &self.line_prefix);
        repairs.extend(self.body_repairs(&base64, start > body.start));
        let der = base64::decode(base64.sound_symbols());
        if let Kind::PrivateKey(label) = der::kind(&der) {
            return found.secret(layer, self.range(), label);
        }
        if let Extent::Whole(length) = der::extent(&der) {
            return self.certificates(layer, &der, length, &base64, repairs, found);
        }
        let plus = base64.has_inner_blanks && base64.stray.is_none();
        match plus.then(|| base64::certificate_with_spaces_as_plus(text, start..body.end)).flatten() {
            Some(der) => {
                repairs.insert(Repair::SpacesForPlus);
                found.certificate(layer, self.range(), der, repairs);
            }
            None => found.problem(layer, self.range(), self.complaint(text, &base64, &der, found)),
        }
    }

    /// The certificate of the block, and any that follow it inside the same block.
    fn certificates(
        &self,
        layer: &Layer<'_>,
        der: &[u8],
        length: usize,
        base64: &Base64Text,
        mut repairs: Repairs,
        found: &mut Found,
    ) {
        if let Some(message) = message::other_kind(der::kind(der)) {
            return found.problem(layer, self.range(), message);
        }
        let (first, mut rest) = der.split_at_checked(length).unwrap_or((der, &[]));
        if self.end_marker.is_none() && !der::is_whole_certificate(first) {
            return found.problem(layer, self.range(), message::missing_end(&self.begin.label_text));
        }
        let mut ders = vec![first.to_vec()];
        while let Some((next, tail)) = whole_certificate_at_start(rest) {
            ders.push(next.to_vec());
            rest = tail;
        }
        let may_trail = self.end_marker.is_none() || self.begin.label == Label::TrustedCertificate;
        if !may_trail && (base64.stray.is_some() || !rest.is_empty()) {
            repairs.insert(Repair::TrailingBytes);
        } else if base64::lacks_padding(base64.sound_symbols()) {
            repairs.insert(Repair::MissingPadding);
        }
        for der in ders {
            found.certificate(layer, self.range(), der, repairs.clone());
        }
    }

    fn body_repairs(&self, base64: &Base64Text, has_headers: bool) -> Repairs {
        let mut repairs = base64.repairs.clone();
        if !self.line_prefix.is_empty() {
            repairs.insert(Repair::LinePrefix);
        }
        repairs.extend(base64.lead.repairs());
        let trail = self.end_marker.map(|_| base64.trail);
        repairs.extend(trail.into_iter().flat_map(|trail| trail.repairs()));
        if (base64.lead.is_empty() && !has_headers) || trail.is_some_and(|trail| trail.is_empty()) {
            repairs.insert(Repair::MissingLineBreaks);
        }
        repairs
    }

    /// Why the body is no certificate.
    fn complaint(&self, text: &Layer<'_>, base64: &Base64Text, der: &[u8], found: &Found) -> String {
        let label = &self.begin.label_text;
        let missing_end = self.end_marker.is_none();
        match (&base64.stray, der::extent(der)) {
            (Some(stray), _) if !missing_end => {
                message::stray_character(label, stray.character, found.line_of(text, stray.position))
            }
            (_, Extent::Cut { present, announced }) => message::cut(label, present, announced, missing_end),
            _ if missing_end => message::missing_end(label),
            (_, Extent::NotDer(first)) => message::not_der(label, first),
            _ => message::empty_block(label),
        }
    }

    /// What stands directly before BEGIN.
    fn before_begin(&self, layer: &Layer<'_>, floor: usize) -> Repairs {
        let bytes = &layer.bytes;
        let mut repairs = Repairs::new();
        let mut position = self.begin.range.start;
        let mut blanks = 0;
        while let Some((character, length)) = char_before(bytes, position).filter(|_| position > floor) {
            match character {
                ' ' | '\t' => blanks += 1,
                '\u{feff}' if layer.origin(0..position - length).end == 0 => {
                    repairs.insert(Repair::ByteOrderMark);
                }
                _ if is_zero_width(character) => {
                    repairs.insert(Repair::ZeroWidthCharacters);
                }
                _ if is_unusual_space(character) => {
                    repairs.insert(Repair::UnusualSpaces);
                }
                _ => break,
            }
            position -= length;
        }
        repairs.extend(self.line_start(layer, position, floor, blanks));
        repairs
    }

    fn line_start(&self, layer: &Layer<'_>, position: usize, floor: usize, blanks: usize) -> Option<Repair> {
        let before = char_before(&layer.bytes, position).filter(|_| position > floor).map(|(character, _)| character);
        match before {
            None if floor > 0 && blanks > 0 => Some(Repair::SpacesForNewlines),
            None if self.begin.shares_dashes => Some(Repair::SharedDashes),
            None if floor > 0 => Some(Repair::GluedMarkers),
            Some(character) if is_quote(character) => Some(Repair::Quotes),
            Some('n' | 'r' | 't') if char_before(&layer.bytes, position - 1).is_some_and(|(c, _)| c == '\\') => {
                Some(Repair::EscapedNewlines)
            }
            Some(character) if !is_line_end(character) => {
                self.line_prefix.is_empty().then_some(Repair::TextOnMarkerLine)
            }
            _ => (blanks > 0).then_some(Repair::Indentation),
        }
    }
}

/// Whether an END belongs to a BEGIN: a certificate is not closed by the END of a key whose BEGIN got lost.
fn closes(begin: &Marker, end: &Marker) -> bool {
    match begin.label {
        Label::PrivateKey => true,
        label if label.is_certificate() => end.label.is_certificate(),
        label => end.label == label && (label != Label::Unknown || end.label_text == begin.label_text),
    }
}

fn whole_certificate_at_start(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let Extent::Whole(length) = der::extent(bytes) else { return None };
    bytes.split_at_checked(length).filter(|(first, _)| der::is_whole_certificate(first))
}

/// What stands directly behind END.
fn after_end(layer: &Layer<'_>, end: &Marker, next: Option<&Marker>) -> Repairs {
    if let Some(next) = next.filter(|next| next.range.start == end.range.end && next.is_begin) {
        return Repairs::from([if next.shares_dashes { Repair::SharedDashes } else { Repair::GluedMarkers }]);
    }
    let mut repairs = Repairs::new();
    let mut position = end.range.end;
    while let Some((piece, length)) = piece_at(&layer.bytes, position) {
        let repair = match piece {
            Piece::Blank => None,
            Piece::LineEnd(LineEnd::Escaped) => Some(Repair::EscapedNewlines),
            Piece::UnusualSpace => Some(Repair::UnusualSpaces),
            Piece::ZeroWidth => Some(Repair::ZeroWidthCharacters),
            Piece::Quote => Some(Repair::Quotes),
            Piece::LineEnd(LineEnd::CarriageReturn) => Some(Repair::CarriageReturns),
            Piece::LineEnd(LineEnd::Usual) => None,
            _ if repairs.contains(&Repair::EscapedNewlines) => None,
            _ if next.is_some_and(|next| next.range.start == position) => Some(Repair::SpacesForNewlines),
            _ => Some(Repair::TextOnMarkerLine),
        };
        repairs.extend(repair);
        position += length;
        // Blanks and a written-out line end may still be followed by the quotation mark that closes a string.
        if !matches!(piece, Piece::Blank | Piece::LineEnd(LineEnd::Escaped)) {
            break;
        }
    }
    repairs
}

/// Where wrapped base64 ends: with its first line that is not as long as the one before it.
fn wrapped_end(layer: &Layer<'_>, body: Range<usize>) -> usize {
    let bytes = layer.slice(0..body.end);
    let mut position = body.start;
    let (mut end, mut end_of_full_line) = (body.start, body.start);
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

/// The mark before BEGIN, such as `>` or `//`, if the first line of the body begins with it too.
fn line_prefix(layer: &Layer<'_>, begin: &Marker, body: &Range<usize>) -> Vec<u8> {
    let window_start = begin.range.start.saturating_sub(MAX_LINE_PREFIX);
    let window = layer.slice(window_start..begin.range.start);
    let line_start = window.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    if line_start.is_none() && window_start > 0 {
        return Vec::new();
    }
    let prefix = window.get(line_start.map_or(0, |before| before + 1)..).unwrap_or_default().trim_ascii();
    let body = layer.slice(body.clone());
    let first_line = body.iter().position(|byte| matches!(byte, b'\n' | b'\r')).and_then(|end| body.get(end..));
    let is_mark =
        !prefix.is_empty() && prefix.iter().all(|byte| byte.is_ascii_punctuation() && !b"\"'`".contains(byte));
    let repeats = first_line.is_some_and(|line| line.trim_ascii_start().starts_with(prefix));
    if is_mark && repeats { prefix.to_vec() } else { Vec::new() }
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
