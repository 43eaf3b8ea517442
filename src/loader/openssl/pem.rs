//! `PEM_read_bio_ex` (`crypto/pem/pem_lib.c`) with `PEM_FLAG_EAY_COMPATIBLE`, as every reader of certificates calls it.

use std::ops::Range;

use super::super::base64::{BadBase64, decode_with_padding};
use super::super::search::{BEGIN, DASHES, END, without};
use super::super::{Reason, fault};
use crate::base64::is_symbol;

/// What `BIO_gets` reads at a time (`LINESIZE` without the octet that ends a string).
const MAX_LINE: usize = 254;
/// Columns of a line behind header lines, with its line feed (`get_header_and_data`).
const FULL_LINE: usize = 65;

/// One block.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) bytes: Range<usize>,
    pub(super) label: &'a [u8],
    /// Lines before a blank line, each with a line feed.
    pub(super) header: Vec<u8>,
    pub(super) data: Vec<u8>,
}

/// `PEM_read_bio_ex` reports an error.
#[derive(Debug)]
pub(super) enum PemError {
    /// `PEM_R_NO_START_LINE`: no further block begins, and this is where reading ended.
    NoStartLine { end: usize },
    /// Any other, of a block that begins somewhere.
    Bad { begin: usize, at: usize, reason: Reason, words: &'static str },
    /// The file ends, or seems to, before the block does.
    Unended { begin: usize, end: usize, reason: Reason },
}

/// A file that is read line by line.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a> {
    pub(super) input: &'a [u8],
    pub(super) position: usize,
}

/// What `BIO_gets` gave, after `sanitize_line`.
struct Line<'a> {
    start: usize,
    /// Without the line feed that `sanitize_line` puts at the end.
    text: &'a [u8],
    has_colon: bool,
    /// The line goes on behind what was read.
    is_cut: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn read_block(&mut self) -> Result<Block<'a>, PemError> {
        let (begin, label) = self.begin_line()?;
        self.rest_of_block(begin, label)
    }

    /// What follows a BEGIN line.
    pub(super) fn rest_of_block(&mut self, begin: usize, label: &'a [u8]) -> Result<Block<'a>, PemError> {
        let mut body = Body::default();
        let end = self.read_body(begin, label, &mut body)?;
        // A body of nothing is an error without words.
        let empty = || PemError::Bad { begin, at: begin, reason: Reason::Empty, words: "" };
        if body.data.is_empty() {
            return Err(empty());
        }
        let data = decode(&body.data).map_err(|bad| {
            let (at, reason) = fault::of_base64(self.input, body.bytes.clone(), bad);
            PemError::Bad { begin, at, reason, words: "bad base64 decode" }
        })?;
        // `OPENSSL_malloc(0)` gives nothing.
        if data.is_empty() {
            return Err(empty());
        }
        Ok(Block { bytes: begin..end, label, header: body.header, data })
    }

    /// `get_name`: the next line that is a BEGIN line, and its label.
    pub(super) fn begin_line(&mut self) -> Result<(usize, &'a [u8]), PemError> {
        let mut is_first = true;
        loop {
            let end = self.position;
            let mut line = self.line().ok_or(PemError::NoStartLine { end })?;
            if is_first {
                // A byte order mark; one that is the whole line stays.
                let unmarked = line.text.strip_prefix(b"\xef\xbb\xbf").filter(|_| !line.text.is_empty());
                line.start += if unmarked.is_some() { 3 } else { 0 };
                line.text = unmarked.unwrap_or(line.text);
            }
            is_first = false;
            if let Some(label) = line.text.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(DASHES)) {
                return Ok((line.start, label));
            }
        }
    }

    /// `get_header_and_data`: what stands before the END line, and where that ends.
    fn read_body(&mut self, begin: usize, label: &[u8], body: &mut Body) -> Result<usize, PemError> {
        let mut state = State::Undecided;
        let (mut was_cut, mut is_short) = (false, false);
        let bad = |at, reason| PemError::Bad { begin, at, reason, words: "bad end line" };
        loop {
            let end = self.position;
            let Some(line) = self.line() else {
                return Err(PemError::Unended { begin, end, reason: self.why_it_ends(begin) });
            };
            let continues = std::mem::replace(&mut was_cut, line.is_cut);
            if state == State::Undecided && line.has_colon {
                state = State::Header;
            }
            if line.text.is_empty() {
                if !continues {
                    if state == State::Data {
                        return Err(bad(line.start, Reason::SecondBlankLine));
                    }
                    state = State::Data;
                }
                continue;
            }
            if let Some(rest) = line.text.strip_prefix(END) {
                if rest.strip_prefix(label) != Some(DASHES) {
                    return Err(bad(line.start, fault::of_end_line(line.text)));
                }
                body.end(state);
                return Ok(line.start + line.text.len());
            }
            if is_short {
                return Err(bad(line.start, Reason::ShortLine));
            }
            body.push(state, &line);
            if state == State::Data && line.text.len() >= FULL_LINE {
                // No error is raised, so there are no words.
                return Err(PemError::Bad { begin, at: line.start, reason: Reason::LongLine, words: "" });
            }
            is_short = state == State::Data && line.text.len() + 1 < FULL_LINE;
        }
    }

    fn why_it_ends(&self, begin: usize) -> Reason {
        if self.position < self.input.len() { Reason::NulOctet } else { fault::of_end(self.input, begin) }
    }

    /// `BIO_gets` on a file (`fgets`), and `sanitize_line`: a C string ends at its first NUL, and one that begins with it
    /// looks like the end of the file. Octets above 127 are negative as a C `char`, so they count as blanks.
    fn line(&mut self) -> Option<Line<'a>> {
        let start = self.position;
        let rest = self.input.get(start..)?;
        let rest = rest.get(..MAX_LINE).unwrap_or(rest);
        let length = rest.iter().position(|octet| *octet == b'\n').map_or(rest.len(), |feed| feed + 1);
        self.position += length;
        let string = rest.get(..length)?.split(|octet| *octet == 0).next().filter(|string| !string.is_empty())?;
        let is_blank = |octet: &&u8| **octet <= b' ' || **octet >= 0x80;
        let text = string.len() - string.iter().rev().take_while(is_blank).count();
        Some(Line {
            start,
            text: string.get(..text)?,
            has_colon: string.contains(&b':'),
            is_cut: string.len() == MAX_LINE && string.last() != Some(&b'\n'),
        })
    }
}

/// `enum header_status`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Undecided,
    Header,
    Data,
}

#[derive(Default)]
struct Body {
    header: Vec<u8>,
    data: Vec<u8>,
    /// Where it stands.
    bytes: Range<usize>,
}

impl Body {
    /// Until a blank line, nobody knows whether a line is header or data.
    fn push(&mut self, state: State, line: &Line<'_>) {
        let part = if state == State::Data { &mut self.data } else { &mut self.header };
        part.extend_from_slice(line.text);
        part.push(b'\n');
        self.bytes = if self.bytes.is_empty() { line.start } else { self.bytes.start }..line.start + line.text.len();
    }

    /// At the END line: without header lines and blank line, all of it was data.
    fn end(&mut self, state: State) {
        if state == State::Undecided {
            std::mem::swap(&mut self.header, &mut self.data);
        }
    }
}

/// `EVP_DecodeUpdate` and `EVP_DecodeFinal` (`crypto/evp/encode.c`): white space is passed over, and a hyphen ends the data.
fn decode(text: &[u8]) -> Result<Vec<u8>, BadBase64> {
    let data = text.split(|octet| *octet == b'-').next().unwrap_or_default();
    let symbols = without(data, b" \t\r\n");
    // An octet of no meaning is found before padding is looked at.
    match symbols.iter().find(|octet| !is_symbol(**octet) && **octet != b'=') {
        Some(octet) => Err(BadBase64::Octet(*octet)),
        None => decode_with_padding(&symbols),
    }
}

/// `PEM_get_EVP_CIPHER_INFO`: what is wrong with the header lines, in OpenSSL's words. `Ok(true)`: the data is encrypted.
pub(super) fn check_header(header: &[u8]) -> Result<bool, &'static str> {
    let blanks = |octet: &u8| b" \t".contains(octet);
    if matches!(header, [] | [b'\n', ..]) {
        return Ok(false);
    }
    let rest = header.strip_prefix(b"Proc-Type:").ok_or("not proc type")?;
    let rest = trim(rest, blanks).strip_prefix(b"4,").ok_or("")?;
    let rest = trim(rest, blanks).strip_prefix(b"ENCRYPTED").ok_or("not encrypted")?;
    let line = trim(rest, |octet| b" \t\r\n".contains(octet));
    if line.len() == rest.len() {
        return Err("not encrypted");
    }
    let rest = trim(rest, |octet| b" \t\r".contains(octet)).strip_prefix(b"\n").ok_or("short header")?;
    let rest = trim(rest.strip_prefix(b"DEK-Info:").ok_or("not dek info")?, blanks);
    let name = rest.split(|octet| b" \t,\n".contains(octet)).next().unwrap_or_default();
    let octets = CIPHERS.iter().find(|(cipher, _)| cipher.as_bytes().eq_ignore_ascii_case(name));
    let (_, octets) = octets.ok_or("unsupported encryption")?;
    let rest = trim(rest.get(name.len()..).unwrap_or_default(), blanks).strip_prefix(b",").ok_or("missing dek iv")?;
    let vector = rest.get(..2 * octets).is_some_and(|vector| vector.iter().all(u8::is_ascii_hexdigit));
    if vector { Ok(true) } else { Err("bad iv chars") }
}

/// Ciphers that OpenSSL and others encrypt keys with, and the octets of their initialisation vector.
const CIPHERS: [(&str, usize); 8] = [
    ("AES-128-CBC", 16),
    ("AES-192-CBC", 16),
    ("AES-256-CBC", 16),
    ("DES-CBC", 8),
    ("DES-EDE3-CBC", 8),
    ("CAMELLIA-128-CBC", 16),
    ("CAMELLIA-192-CBC", 16),
    ("CAMELLIA-256-CBC", 16),
];

fn trim(octets: &[u8], is_trimmed: impl Fn(&u8) -> bool) -> &[u8] {
    let trimmed = octets.iter().take_while(|octet| is_trimmed(octet)).count();
    octets.get(trimmed..).unwrap_or_default()
}
