//! Go 1.27.3: `pem.Decode` (`encoding/pem/pem.go`), and the two readers of certificates that use it.
//!
//! `pem.Decode` says nothing of a block that it cannot read: it goes on to the next.

use std::ops::Range;

use super::base64::decode_with_padding;
use super::label::Label;
use super::reading::Reading;
use super::search::{BEGIN, DASHES, find, find_last, stands_at, without};
use super::{Reason, fault};
use crate::verifier::go::check_readable;

/// `pemEnd`.
const LINE_FEED_AND_END: &[u8] = b"\n-----END ";

/// `x509.CertPool.AppendCertsFromPEM` (`crypto/x509/cert_pool.go`).
pub(super) fn append_certs_from_pem(input: &[u8]) -> Reading {
    let mut blocks = Blocks { input, position: 0, reading: Reading::default() };
    while let Some(block) = blocks.next() {
        let label = Label::of(block.label);
        if block.label != b"CERTIFICATE" {
            blocks.skip(&block, Reason::Label(label));
        } else if block.has_headers {
            blocks.skip(&block, Reason::Headers);
        } else if let Err(words) = check_readable(&block.der) {
            blocks.skip(&block, Reason::NoCertificate(words));
        } else {
            blocks.reading.take(block.bytes, block.der);
        }
    }
    blocks.reading
}

/// `tls.X509KeyPair` (`crypto/tls/tls.go`) as far as it reads the certificates: the first must be one that Go can parse,
/// the others are sent as they are.
pub(super) fn x509_key_pair(input: &[u8]) -> Reading {
    let mut blocks = Blocks { input, position: 0, reading: Reading::default() };
    let mut others = Vec::new();
    while let Some(block) = blocks.next() {
        if block.label == b"CERTIFICATE" {
            blocks.reading.take(block.bytes, block.der);
        } else {
            others.push(Label::of(block.label));
            blocks.skip(&block, Reason::Label(Label::of(block.label)));
        }
    }
    let mut reading = blocks.reading;
    let Some(first) = reading.taken.first() else {
        reading.refuse_all(0, Reason::NothingFound, nothing_found(&others));
        return reading;
    };
    if let Err(words) = check_readable(&first.der) {
        let at = first.bytes.start;
        reading.refuse_all(at, Reason::NoCertificate(words.clone()), words);
    }
    reading
}

/// The error of `X509KeyPair` where no block is a certificate. Labels that nobody knows are left out, because a label may be
/// any text.
fn nothing_found(others: &[Label]) -> String {
    match others {
        [] => "tls: failed to find any PEM data in certificate input".to_owned(),
        [one] if one.is_private_key() => {
            let switched = "but did find a private key; PEM inputs may have been switched";
            format!("tls: failed to find certificate PEM data in certificate input, {switched}")
        }
        _ => "tls: failed to find \"CERTIFICATE\" PEM block in certificate input".to_owned(),
    }
}

/// `pem.Block`.
struct Block<'a> {
    bytes: Range<usize>,
    label: &'a [u8],
    has_headers: bool,
    der: Vec<u8>,
}

/// One call of `pem.Decode` after the other.
struct Blocks<'a> {
    input: &'a [u8],
    position: usize,
    reading: Reading,
}

/// What `pem.Decode` makes of one END line.
enum Step<'a> {
    Block(Block<'a>),
    /// It goes on behind the END line.
    Next,
    /// It finds no more.
    Stop,
}

impl<'a> Blocks<'a> {
    /// `pem.Decode`. Each END line is looked at once, and what stands before it since the last one.
    fn next(&mut self) -> Option<Block<'a>> {
        let mut from = self.position;
        while let Some(end) = find(self.input, LINE_FEED_AND_END, from) {
            match self.block(from, end) {
                Step::Block(block) => return Some(block),
                Step::Next => from = end + LINE_FEED_AND_END.len(),
                Step::Stop => return None,
            }
        }
        if let Some(begin) = find(self.input, BEGIN, from) {
            self.reading.skip(begin..self.input.len(), begin, fault::of_end(self.input, begin));
        }
        self.position = self.input.len();
        None
    }

    /// The block that ends with the END line whose line feed is at `end`.
    fn block(&mut self, from: usize, end: usize) -> Step<'a> {
        let Some(begin) = find_last(self.input, BEGIN, from, end) else { return Step::Next };
        let trailer = end + LINE_FEED_AND_END.len();
        let bytes = begin..self.line(end + 1).range.end;
        if begin > from && self.input.get(begin - 1) != Some(&b'\n') {
            return self.passes_over(bytes, begin, fault::of_begin(self.input, begin));
        }
        let type_line = self.line(begin + BEGIN.len());
        let Some(label) = type_line.text.strip_suffix(DASHES) else {
            let reason = self.input.get(begin..type_line.range.end).and_then(fault::of_begin_line);
            return self.passes_over(bytes, begin, reason.unwrap_or(Reason::BeginLine));
        };
        let Some((headers, body)) = self.headers(type_line.next) else {
            return self.stops(bytes, type_line.next, Reason::Headers);
        };
        if headers > 0 && end < body {
            let step = self.passes_over(bytes.clone(), type_line.next, Reason::Headers);
            return if trailer < body { Step::Stop } else { step };
        }
        if !stands_at(self.input, trailer, label) || !stands_at(self.input, trailer + label.len(), DASHES) {
            return self.passes_over(bytes, end + 1, Reason::EndLine);
        }
        if !self.line(trailer + label.len() + DASHES.len()).text.is_empty() {
            return self.passes_over(bytes, end + 1, Reason::TextAfterEnd);
        }
        let encoded = without(self.input.get(body..end).unwrap_or_default(), b" \t\r\n");
        match decode_with_padding(&encoded) {
            Ok(der) => {
                self.position = self.line(end + 1).next;
                Step::Block(Block { bytes, label, has_headers: headers > 0, der })
            }
            Err(bad) => {
                let (at, reason) = fault::of_base64(self.input, body..end, bad);
                self.passes_over(bytes, at, reason)
            }
        }
    }

    /// How many header lines there are, each with a colon, and where they end; `None` at the end of the input.
    fn headers(&self, mut position: usize) -> Option<(usize, usize)> {
        for count in 0.. {
            if position >= self.input.len() {
                return None;
            }
            let line = self.line(position);
            if !line.text.contains(&b':') {
                return Some((count, position));
            }
            position = line.next;
        }
        None
    }

    fn passes_over(&mut self, bytes: Range<usize>, at: usize, reason: Reason) -> Step<'a> {
        self.reading.skip(bytes, at, reason);
        Step::Next
    }

    fn stops(&mut self, bytes: Range<usize>, at: usize, reason: Reason) -> Step<'a> {
        self.reading.skip(bytes.start..self.input.len(), at, reason);
        self.position = self.input.len();
        Step::Stop
    }

    fn skip(&mut self, block: &Block<'_>, reason: Reason) {
        self.reading.skip(block.bytes.clone(), block.bytes.start, reason);
    }

    /// `getLine`: what stands from a position to the end of its line, without blanks at its end.
    fn line(&self, start: usize) -> Line<'a> {
        let rest = self.input.get(start..).unwrap_or_default();
        let (text, length) = match rest.iter().position(|octet| *octet == b'\n') {
            Some(feed) => (rest.get(..feed).unwrap_or_default(), feed + 1),
            None => (rest, rest.len()),
        };
        let is_fed = length > text.len();
        let text = text.strip_suffix(b"\r").filter(|_| is_fed).unwrap_or(text);
        let kept = text.len() - text.iter().rev().take_while(|octet| b" \t".contains(octet)).count();
        Line { text: text.get(..kept).unwrap_or_default(), range: start..start + kept, next: start + length }
    }
}

/// A line, and where the next one starts.
struct Line<'a> {
    text: &'a [u8],
    range: Range<usize>,
    next: usize,
}
