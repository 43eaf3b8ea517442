//! `readOneBlock` of `sun.security.provider.X509Factory`: PEM, or DER and BER, one after the other.

use std::ops::Range;

use super::super::base64::{BadBase64, decode_with_optional_padding};
use super::super::label::Label;
use super::super::search::{find, without};
use super::super::{Reason, fault};
use crate::der::{Header, SEQUENCE};

/// What one block holds.
pub(super) struct Block {
    pub(super) bytes: Range<usize>,
    /// `None` for DER.
    pub(super) label: Option<Label>,
    pub(super) data: Vec<u8>,
}

/// An `IOException`; what it would quote of the file is left out of its words.
pub(super) struct StreamError {
    pub(super) at: usize,
    pub(super) reason: Reason,
    pub(super) words: &'static str,
}

/// A file that is read octet by octet.
pub(super) struct Stream<'a> {
    pub(super) input: &'a [u8],
    pub(super) position: usize,
}

impl Stream<'_> {
    /// `readOneBlock`.
    pub(super) fn block(&mut self) -> Result<Option<Block>, StreamError> {
        let start = self.position;
        match self.input.get(start) {
            None => Ok(None),
            Some(&SEQUENCE) => self.ber().map(|data| Some(Block { bytes: start..self.position, label: None, data })),
            Some(_) => self.pem(),
        }
    }

    fn next(&mut self) -> Option<u8> {
        let octet = self.input.get(self.position).copied();
        self.position += usize::from(octet.is_some());
        octet
    }

    fn pem(&mut self) -> Result<Option<Block>, StreamError> {
        let Some(begin) = self.dashes() else { return Ok(None) };
        let (header, end) = self.header(begin)?;
        let (data, footer_start) = self.data(begin, end)?;
        let footer = self.footer(footer_start, end);
        let label = check_header_and_footer((&header, &footer), (begin, footer_start), || {
            fault::of_base64(self.input, footer_start..footer_start + 1, BadBase64::Octet(b'-')).1
        })?;
        let bytes = begin..footer_start + footer.len();
        let symbols = without(self.input.get(data.clone()).unwrap_or_default(), b" \t\r\n");
        let decoded = decode_with_optional_padding(&symbols);
        let data = decoded.map_err(|bad| {
            let (at, reason) = fault::of_base64(self.input, data, bad);
            StreamError { at, reason, words: words_of_base64(&symbols, bad) }
        })?;
        Ok(Some(Block { bytes, label: Some(label), data }))
    }

    /// Step 1: five hyphens at the start of the file or of a line, which CR ends as well; where they begin. The octet that
    /// stands at the start of a block counts as the one before, if it is no hyphen.
    fn dashes(&mut self) -> Option<usize> {
        let first = self.next()?;
        let (mut hyphens, mut last) = if first == b'-' { (1, None) } else { (0, Some(first)) };
        loop {
            let next = self.next()?;
            if next == b'-' {
                hyphens += 1;
            } else {
                (hyphens, last) = (0, Some(next));
            }
            if hyphens == 5 && matches!(last, None | Some(b'\r' | b'\n')) {
                return Some(self.position - 5);
            }
        }
    }

    /// Step 2: the rest of the header, and the octet that ends lines.
    fn header(&mut self, begin: usize) -> Result<(Vec<u8>, u8), StreamError> {
        let mut header = b"-----".to_vec();
        loop {
            match self.next().ok_or(incomplete(begin, Reason::TextAfterBegin))? {
                b'\n' => return Ok((header, b'\n')),
                b'\r' => {
                    let end = match self.input.get(self.position).ok_or(incomplete(begin, Reason::NoEnd))? {
                        b'\n' => b'\n',
                        _ => b'\r',
                    };
                    // A line feed belongs to the end of the line, anything else to the data.
                    self.position += usize::from(end == b'\n');
                    return Ok((header, end));
                }
                octet => header.push(octet),
            }
        }
    }

    /// Step 3: everything up to the next hyphen. The octet after a lone CR was read before, hyphen or not.
    fn data(&mut self, begin: usize, end: u8) -> Result<(Range<usize>, usize), StreamError> {
        let start = self.position;
        let searched = start + usize::from(end == b'\r');
        let hyphen = find(self.input, b"-", searched).ok_or(incomplete(begin, Reason::NoEnd))?;
        self.position = hyphen + 1;
        Ok((start..hyphen, hyphen))
    }

    /// Step 4: the footer, to the end of its line.
    fn footer(&mut self, start: usize, end: u8) -> Vec<u8> {
        let mut footer = self.input.get(start..self.position).unwrap_or_default().to_vec();
        while let Some(octet) = self.next().filter(|octet| *octet != end && *octet != b'\n') {
            if octet != b'\r' {
                footer.push(octet);
            }
        }
        footer
    }

    /// `readBERInternal`: one element, whose length may be indefinite (X.690, 8.1.3.6).
    fn ber(&mut self) -> Result<Vec<u8>, StreamError> {
        let start = self.position;
        let bad = |words| StreamError { at: start, reason: Reason::CutOffDer, words };
        let mut open = 0_usize;
        loop {
            let rest = self.input.get(self.position..).unwrap_or_default();
            match rest {
                [] => return Err(bad("BER/DER tag info absent")),
                [_] => return Err(bad("BER/DER length info absent")),
                [tag, ..] if open > 0 && tag & 0x1f == 0x1f => return Err(bad("Multi octets tag not supported")),
                [tag, 0x80, ..] if tag & 0x20 == 0 => {
                    return Err(bad("Non constructed encoding must have definite length"));
                }
                [_, 0x80, ..] => {
                    self.position += 2;
                    open += 1;
                    continue;
                }
                _ => {}
            }
            let header = Header::read(rest).ok_or(bad("Invalid BER/DER data (too huge?)"))?;
            let length = header.octets.saturating_add(header.length);
            if length > rest.len() {
                return Err(bad("Incomplete BER/DER data"));
            }
            self.position += length;
            open -= usize::from(open > 0 && header.tag == 0);
            if open == 0 {
                return Ok(self.input.get(start..self.position).unwrap_or_default().to_vec());
            }
        }
    }
}

/// `java.util.Base64.Decoder.decode0`, with the exception around it.
fn words_of_base64(symbols: &[u8], bad: BadBase64) -> &'static str {
    let padding = symbols.iter().position(|octet| *octet == b'=');
    let is_doubled = || padding.is_some_and(|at| symbols.get(at + 1) == Some(&b'='));
    match (bad, padding.unwrap_or(symbols.len()) % 4) {
        (BadBase64::Octet(_), _) => "java.lang.IllegalArgumentException: Illegal base64 character",
        (_, 1) => "java.lang.IllegalArgumentException: Last unit does not have enough valid bits",
        (_, 0) => "java.lang.IllegalArgumentException: Input byte array has wrong 4-byte ending unit",
        (_, 2) if !is_doubled() => "java.lang.IllegalArgumentException: Input byte array has wrong 4-byte ending unit",
        _ => "java.lang.IllegalArgumentException: Input byte array has incorrect ending byte",
    }
}

fn incomplete(at: usize, reason: Reason) -> StreamError {
    StreamError { at, reason, words: "java.io.IOException: Incomplete data" }
}

/// `checkHeaderFooter`. White space at the end of both is taken off before.
fn check_header_and_footer(
    (header, footer): (&[u8], &[u8]),
    (begin, end): (usize, usize),
    of_hyphen: impl FnOnce() -> Reason,
) -> Result<Label, StreamError> {
    let (header, footer) = (strip_trailing(header), strip_trailing(footer));
    let of_header = header.strip_prefix(b"-----BEGIN ").and_then(|rest| rest.strip_suffix(b"-----"));
    let of_header = of_header.ok_or(StreamError {
        at: begin,
        reason: match header.starts_with(b"-----END ") {
            true => Reason::EndWithoutBegin,
            false => fault::of_begin_line(header).unwrap_or(Reason::BeginLine),
        },
        words: "java.io.IOException: Illegal header",
    })?;
    let of_footer = footer.strip_prefix(b"-----END ").and_then(|rest| rest.strip_suffix(b"-----"));
    let of_footer = of_footer.ok_or(StreamError {
        at: end,
        reason: match footer {
            _ if footer.starts_with(b"-----BEGIN ") => Reason::BeginInside,
            _ if footer.starts_with(b"-----") => fault::of_end_line(footer),
            _ => of_hyphen(),
        },
        words: "java.io.IOException: Illegal footer",
    })?;
    if of_header == of_footer {
        return Ok(Label::of(of_header));
    }
    let reason = fault::of_end_line(of_footer);
    Err(StreamError { at: end, reason, words: "java.io.IOException: Header and footer do not match" })
}

/// `String.stripTrailing` on octets taken for Latin-1 (`Character.isWhitespace`).
fn strip_trailing(text: &[u8]) -> &[u8] {
    let is_white = |octet: &&u8| matches!(**octet, 0x09..=0x0d | 0x1c..=0x20);
    let kept = text.len() - text.iter().rev().take_while(is_white).count();
    text.get(..kept).unwrap_or_default()
}
