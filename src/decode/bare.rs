//! Certificates without BEGIN and END: DER, several in a row, and the base64 of it.

use std::ops::Range;

use super::base64::{self, Base64Text};
use super::der::{self, Extent, Kind};
use super::found::Found;
use super::layer::Layer;
use super::layered::{self, MAX_BASE64_LAYERS};
use super::piece::{Piece, Spelling, piece_at};
use super::repair::{Repair, Repairs};
use super::{container, exchanged, message, text};
use crate::base64::symbols_at_start;

/// Shorter runs of base64 characters are words; the smallest private key, Ed25519 in PKCS#8, has 64.
const LEAST_RUN: usize = 40;
/// Symbols that hold the headers of the outer and of the first inner element, by which DER is told.
const DER_HEAD_SYMBOLS: usize = 8;
/// Lines longer than this are not wrapped text whose next line belongs to them (RFC 2045 wraps at 76).
const MAX_WRAPPED_LINE: usize = 128;
/// Symbols that are decoded to see what a run is.
const PEEK_SYMBOLS: usize = 64;
/// Symbols of a header value whose `+` may have become blanks; no common proxy passes more in one header.
const MAX_HEADER_SYMBOLS: usize = 16 * 1024;

/// Reads DER certificates one after the other, each on its own.
pub(super) fn read_der(layer: &Layer<'_>, found: &mut Found) {
    let mut position = 0;
    while let Some(rest) = layer.bytes.get(position..).filter(|rest| !is_filler(rest)) {
        position += read_first_der(layer, position, rest, found).max(1);
    }
}

/// Finds certificates inside other binary data; true if there are any.
pub(super) fn read_embedded_der(layer: &Layer<'_>, found: &mut Found) -> bool {
    let Some(first) = der::next_certificate(&layer.bytes, 0) else { return false };
    if first > 0 {
        found.problem(layer, 0..first, message::STRAY_BINARY);
    }
    let mut position = first;
    while let Some(rest) = layer.bytes.get(position..).filter(|rest| !is_filler(rest)) {
        position += read_first_der(layer, position, rest, found).max(1);
    }
    true
}

/// Zero bytes and white space, which some tools append.
fn is_filler(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace())
}

/// Reads what stands at a position and returns how long it is.
fn read_first_der(layer: &Layer<'_>, position: usize, rest: &[u8], found: &mut Found) -> usize {
    let whole = match der::extent(rest) {
        Extent::Whole(length) => rest.get(..length),
        _ => None,
    };
    let kind = der::kind(rest);
    match (whole, kind) {
        (Some(der), Kind::Certificate) if der::is_whole_certificate(der) => {
            found.certificate(layer, position..position + der.len(), der.to_vec(), Repairs::default());
            der.len()
        }
        (_, Kind::PrivateKey(label)) => {
            let length = whole.map_or_else(|| up_to_next_certificate(rest), <[u8]>::len);
            found.secret(layer, position..position + length, label);
            length
        }
        (Some(der), _) if message::other_kind(kind).is_some() => {
            found.related(layer, position..position + der.len(), der);
            found.problem(layer, position..position + der.len(), message::other_kind(kind).unwrap_or_default());
            der.len()
        }
        _ => {
            let length = up_to_next_certificate(rest);
            let message = match der::extent(rest) {
                Extent::Cut { announced, .. } if kind == Kind::Certificate => message::cut_der(length, announced),
                _ => message::other_kind(kind).unwrap_or_else(|| message::STRAY_BINARY.to_owned()),
            };
            found.problem(layer, position..position + length, message);
            length
        }
    }
}

fn up_to_next_certificate(bytes: &[u8]) -> usize {
    der::next_certificate(bytes, 1).unwrap_or(bytes.len())
}

/// Base64 characters without a break.
#[derive(Debug)]
struct Token {
    range: Range<usize>,
    /// Base64 characters in the range, padding not counted.
    symbols: usize,
    has_padding: bool,
}

/// Reads the base64 in a stretch of text that has no PEM markers.
pub(super) struct Runs<'r, 'l> {
    layer: &'r Layer<'l>,
    gap: Range<usize>,
    /// Where reading goes on.
    position: usize,
    /// Where the base64 characters and blanks of the current line end, as far as known.
    line_end: usize,
}

impl<'r, 'l> Runs<'r, 'l> {
    pub(super) fn new(layer: &'r Layer<'l>, gap: Range<usize>) -> Runs<'r, 'l> {
        Runs { layer, position: gap.start, line_end: gap.start, gap }
    }

    /// Reads on to the next run that stands for a text of its own, and gives that to be read; none at the end.
    pub(super) fn next_layer(&mut self, found: &mut Found) -> Option<Layer<'static>> {
        while let Some(token) = self.next_token(self.position) {
            self.position = token.range.end;
            if let Some(end) = self.json_web_token_end(&token) {
                found.secret(self.layer, token.range.end..end, "TOKEN");
                self.position = end;
            }
            if token.symbols >= LEAST_RUN || self.may_be_broken_der(&token) {
                let (end, inner) = self.read_run(&token, found);
                self.position = end.max(self.position);
                if inner.is_some() {
                    return inner;
                }
            }
        }
        None
    }

    /// The next token at or after a position.
    fn next_token(&self, from: usize) -> Option<Token> {
        let mut position = from;
        while position < self.gap.end {
            let token = self.token_at(position);
            if token.symbols > 0 {
                return Some(token);
            }
            position += self.piece(position).map_or(1, |(_, length)| length);
        }
        None
    }

    fn piece(&self, position: usize) -> Option<(Piece, usize)> {
        piece_at(self.layer.slice(0..self.gap.end), position)
    }

    fn token_at(&self, start: usize) -> Token {
        let mut token = Token { range: start..start, symbols: 0, has_padding: false };
        loop {
            if !token.has_padding {
                let plain = symbols_at_start(self.layer.slice(token.range.end..self.gap.end));
                token.symbols += plain;
                token.range.end += plain;
            }
            let Some((piece, length)) = self.piece(token.range.end) else { break };
            match piece {
                Piece::Symbol(..) if !token.has_padding => token.symbols += 1,
                Piece::Pad(_) if token.symbols > 0 => token.has_padding = true,
                _ => break,
            }
            token.range.end += length;
        }
        token
    }

    /// Whether a short token may be the start of DER whose first `+` became a blank.
    fn may_be_broken_der(&self, token: &Token) -> bool {
        let start = self.layer.slice(token.range.clone());
        let has_head = token.symbols >= DER_HEAD_SYMBOLS && start.starts_with(b"M");
        // The length may hold the sign itself.
        (has_head || start.starts_with(b"MII")) && self.layer.bytes.get(token.range.end) == Some(&b' ')
    }

    /// Where a JSON Web Token ends whose header, a JSON object in base64, is this token (RFC 7519, 3). The header may show
    /// certificates; what follows it is secret.
    fn json_web_token_end(&self, header: &Token) -> Option<usize> {
        let starts = |position: usize| self.layer.slice(position..self.gap.end).starts_with(b"eyJ");
        let is_point = |position: usize| self.layer.slice(position..self.gap.end).first() == Some(&b'.');
        (starts(header.range.start) && is_point(header.range.end)).then_some(())?;
        let payload = header.range.end + 1;
        let mut end = self.token_at(payload).range.end;
        (end > payload && (is_point(end) || starts(payload))).then_some(())?;
        while is_point(end) {
            end = self.token_at(end + 1).range.end;
        }
        Some(end)
    }

    /// Reads what begins at a token: where reading goes on, and the text that it stands for, if it does.
    fn read_run(&mut self, token: &Token, found: &mut Found) -> (usize, Option<Layer<'static>>) {
        let head = match token.symbols < DER_HEAD_SYMBOLS {
            true => {
                let end = self.gap.end.min(token.range.start + PEEK_SYMBOLS);
                base64::with_spaces_as_plus(self.layer, token.range.start..end)
            }
            false => base64::decode(&Base64Text::read(self.layer, self.head(token)).symbols),
        };
        let is_container = token.symbols >= LEAST_RUN && container::is_container(&head);
        if der::looks_like_der(&head) && !is_container {
            return (self.read_der_run(token, &head, found), None);
        }
        if token.symbols >= LEAST_RUN && !is_container && der::extent(&head) == Extent::Ber {
            let range = self.wrapped(token, usize::MAX);
            found.problem(self.layer, range.clone(), message::BER);
            return (range.end, None);
        }
        if token.symbols >= LEAST_RUN && (is_container || is_text(&head)) {
            let range = self.wrapped(token, usize::MAX);
            let base64 = Base64Text::read(self.layer, range.clone());
            let inner = layered::without_base64(self.layer, &base64, range.clone());
            if inner.is_none() {
                found.problem(self.layer, range.clone(), message::too_many_layers("base64", MAX_BASE64_LAYERS));
            }
            return (range.end, inner);
        }
        (token.range.end, None)
    }

    /// The first symbols of a token.
    fn head(&self, token: &Token) -> Range<usize> {
        let mut end = token.range.start;
        for _ in 0..PEEK_SYMBOLS {
            end += self.piece(end).map_or(0, |(_, length)| length);
        }
        token.range.start..end.min(token.range.end)
    }

    fn read_der_run(&mut self, token: &Token, head: &[u8], found: &mut Found) -> usize {
        let announced = match der::extent(head) {
            Extent::Whole(length) | Extent::Cut { announced: length, .. } => length,
            _ => return token.range.end,
        };
        let wanted = announced.saturating_mul(8).div_ceil(6);
        let range = if token.symbols < wanted { self.wrapped(token, wanted) } else { token.range.clone() };
        let base64 = Base64Text::read(self.layer, range.clone());
        let der = base64::decode(&base64.symbols);
        let is_short = der.len() < announced;
        if is_short
            && !matches!(der::kind(&der), Kind::PrivateKey(_))
            && let Some((range, ders)) = self.with_spaces_as_plus(token, wanted, found)
        {
            let mut repairs = Repairs::from(Repair::BareBase64);
            repairs.add(Repair::SpacesForPlus);
            ders.into_iter().for_each(|der| found.certificate(self.layer, range.clone(), der, repairs));
            return range.end;
        }
        if token.symbols < LEAST_RUN {
            return token.range.end;
        }
        self.read_decoded(range.clone(), &base64, &der, found);
        range.end
    }

    /// Sorts out what bare base64 of DER held: usually one certificate, at times several.
    fn read_decoded(&self, range: Range<usize>, base64: &Base64Text, der: &[u8], found: &mut Found) {
        let mut repairs = base64.repairs;
        repairs.add(Repair::BareBase64);
        if let Some(der) = exchanged::back(der) {
            repairs.add(Repair::ExchangedSigns);
            return found.certificate(self.layer, range, der, repairs);
        }
        let mut rest = der;
        let mut certificates = 0;
        while let Extent::Whole(length) = der::extent(rest) {
            let Some((first, tail)) =
                rest.split_at_checked(length).filter(|(first, _)| der::is_whole_certificate(first))
            else {
                break;
            };
            let mut repairs = repairs;
            if tail.is_empty() && base64::lacks_padding(&base64.symbols) {
                repairs.add(Repair::MissingPadding);
            }
            found.certificate(self.layer, range.clone(), first.to_vec(), repairs);
            certificates += 1;
            rest = tail;
        }
        match (der::kind(rest), der::extent(rest)) {
            (_, Extent::Empty) => {}
            (Kind::PrivateKey(label), _) => found.secret(self.layer, range, label),
            (Kind::Certificate, Extent::Cut { present, announced }) => {
                found.problem(self.layer, range, message::cut_der(present, announced));
            }
            (kind, _) if certificates == 0 => {
                let message = message::other_kind(kind).unwrap_or_else(|| message::STRAY_BINARY.to_owned());
                found.related(self.layer, range.clone(), rest);
                found.problem(self.layer, range, message);
            }
            _ => {}
        }
    }

    /// The token and the lines after it that are wrapped at its width, up to a number of symbols.
    fn wrapped(&self, first: &Token, wanted: usize) -> Range<usize> {
        let mut end = first.range.end;
        let mut symbols = first.symbols;
        let mut is_last = first.has_padding || first.symbols > MAX_WRAPPED_LINE;
        while !is_last && symbols < wanted {
            let next = self.token_at(self.behind_separator(end));
            let fits = next.symbols > 0 && next.symbols <= first.symbols && symbols + next.symbols <= wanted;
            if !fits || next.range.start == end || !self.stands_alone(&next) {
                break;
            }
            is_last = next.has_padding || next.symbols < first.symbols;
            symbols += next.symbols;
            end = next.range.end;
        }
        first.range.start..end
    }

    /// Behind white space of any kind, quotation marks of code included.
    fn behind_separator(&self, from: usize) -> usize {
        let mut position = from;
        while let Some((piece, length)) = self.piece(position) {
            match piece {
                Piece::Symbol(..) | Piece::Pad(_) | Piece::Other(_) => break,
                _ => position += length,
            }
        }
        position
    }

    /// Whether a token is followed by white space or the end, as the line of a wrapped text is.
    fn stands_alone(&self, token: &Token) -> bool {
        !matches!(self.piece(token.range.end), Some((Piece::Other(_), _)))
    }

    /// A header value whose `+` became blanks: from the token to the end of its line.
    fn with_spaces_as_plus(
        &mut self,
        token: &Token,
        wanted: usize,
        found: &mut Found,
    ) -> Option<(Range<usize>, Vec<Vec<u8>>)> {
        if wanted > MAX_HEADER_SYMBOLS {
            return None;
        }
        if self.line_end <= token.range.start {
            self.line_end = self.line_end_after(token.range.end);
        }
        let range = text::trimmed(&self.layer.bytes, token.range.start..self.line_end);
        // A chain may follow the first certificate.
        let could_fit = (wanted..=MAX_HEADER_SYMBOLS).contains(&range.len());
        if !could_fit || !found.may_guess() {
            return None;
        }
        let ders = base64::certificates_with_spaces_as_plus(self.layer, range.clone())?;
        Some((range, ders))
    }

    fn line_end_after(&self, from: usize) -> usize {
        let mut position = from;
        while let Some((Piece::Symbol(_, Spelling::Plain) | Piece::Pad(_) | Piece::Blank, length)) =
            self.piece(position)
        {
            position += length;
        }
        position
    }
}

/// Whether the start of something looks like text of any encoding.
fn is_text(head: &[u8]) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7e);
    let is_marked =
        head.starts_with(&[0xef, 0xbb, 0xbf]) || head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let plain = head.iter().filter(|byte| is_plain(byte)).count();
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    is_marked || plain * 10 >= head.len() * 9 || (plain + zeros == head.len() && zeros * 2 + 1 >= head.len())
}
