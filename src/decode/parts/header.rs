//! Headers in which a proxy forwards a client's certificate, and whatever else has such a name: a variable of nginx or
//! Apache, an entry of a log, a member of JSON.

use std::ops::Range;

use super::header_claim;
use super::header_form::{self, Carried, Forwarded, HeaderForm, compact};
use super::header_placeholder;
use super::{Claims, Meaning, Part, lines};
use crate::decode::layer::Layer;
use crate::decode::layered;

/// The longest name in use, `X-Forwarded-Tls-Client-Cert-Info`, has half of it.
const MAX_NAME: usize = 64;

/// Names without the words for a client's certificate: nginx's `$ssl_client_escaped_cert` and `$ssl_client_raw_cert`,
/// and what its users call `$ssl_client_cert`.
const FURTHER_NAMES: [&str; 5] =
    ["sslclientescapedcert", "sslclientrawcert", "xsslcert", "xsslclientchain", "sslclientchain"];

/// What a name of something else holds: the client's key, or the authorities of clients.
const OTHER_WORDS: [&str; 4] = ["key", "ca", "cas", "auth"];

/// A header of which both, or one of which, may be there: the client's own certificate, and what came with it.
struct Header {
    name: String,
    /// Where the name begins.
    start: usize,
    value: Range<usize>,
    /// It holds the chain without the client's own certificate (RFC 9440, `SSL_CLIENT_CERT_CHAIN_0`).
    is_rest: bool,
}

/// Claims the values of all such headers.
pub(super) fn read(layer: &Layer<'_>, claims: &mut Claims) {
    let bytes = &layer.bytes;
    let mut message = Message::default();
    let mut end = 0;
    for header in headers(bytes) {
        if has_blank_line(lines::slice(bytes, &(end..header.value.start))) {
            std::mem::take(&mut message).finish(layer, claims);
        }
        end = header.value.end;
        match header_placeholder::explanation(&header.name, lines::slice(bytes, &header.value)) {
            // Where a value is empty its name stands for it.
            Some(why) => claims.problem(layer, header.start..header.value.end, why),
            None => message.add(layer, claims, header),
        }
    }
    message.finish(layer, claims);
}

/// What the headers of one message bring.
#[derive(Default)]
struct Message {
    chain: Option<Part>,
    /// The rest of a chain whose first certificate was not seen yet.
    rest: Vec<Range<usize>>,
    /// What is said of the client's certificate beside it, and where.
    said: Option<Part>,
}

impl Message {
    fn add(&mut self, layer: &Layer<'_>, claims: &mut Claims, header: Header) {
        let forwarded = forwarded(layer, &header);
        if forwarded.as_ref().is_some_and(|it| it.form.carries() == Carried::Nothing) {
            return self.say(header, forwarded);
        }
        let elements = elements(&layer.bytes, &header);
        if header.is_rest {
            match &mut self.chain {
                Some(chain) => chain.stretches.push(header.value),
                None => self.rest.push(header.value),
            }
        } else if elements.is_empty() {
            if self.chain.is_some() {
                std::mem::take(self).finish(layer, claims);
            }
            let mut stretches = vec![header.value];
            stretches.append(&mut self.rest);
            self.chain = Some(Part { forwarded, ..Part::new(&header.name, Meaning::ClientChain, stretches) });
        } else {
            for element in elements {
                let claim = header_claim::read(HeaderForm::Envoy, lines::slice(&layer.bytes, &element.whole));
                let forwarded = forwarded.clone().map(|it| Forwarded { claim, ..it });
                let part = Part::new(&header.name, Meaning::ClientChain, element.stretches);
                claims.add(layer, Part { forwarded, ..part });
            }
        }
    }

    /// Keeps what a header says of a certificate that it does not show.
    fn say(&mut self, header: Header, forwarded: Option<Forwarded>) {
        let said = match self.said.take() {
            Some(mut said) => {
                let claim = forwarded.map(|it| it.claim).unwrap_or_default();
                said.forwarded = said.forwarded.map(|it| Forwarded { claim: it.claim.and(claim), ..it });
                said.stretches.push(header.value);
                said
            }
            None => Part { forwarded, ..Part::new(&header.name, Meaning::ClientChain, vec![header.value]) },
        };
        self.said = Some(said);
    }

    /// Claims a chain, and what is the rest of none. What is said belongs to the chain beside it.
    fn finish(self, layer: &Layer<'_>, claims: &mut Claims) {
        let Message { mut chain, rest, mut said } = self;
        if let Some(shown) = chain.as_mut().and_then(|chain| chain.forwarded.as_mut()) {
            let beside = said.take().and_then(|said| said.forwarded).map(|it| it.claim).unwrap_or_default();
            shown.claim = std::mem::take(&mut shown.claim).and(beside);
        }
        chain.into_iter().chain(said).for_each(|part| claims.add(layer, part));
        if let Some(first) = rest.first().cloned() {
            let name = "Client-Cert-Chain";
            let header = Header { name: name.to_owned(), start: first.start, value: first, is_rest: true };
            let forwarded = forwarded(layer, &header);
            claims.add(layer, Part { forwarded, ..Part::new(name, Meaning::ClientChain, rest) });
        }
    }
}

/// The form of a header, and what it says of a certificate; `None` for what forwards none.
fn forwarded(layer: &Layer<'_>, header: &Header) -> Option<Forwarded> {
    let (form, rounds) = header_form::recognize(layer, &header.name, &header.value)?;
    let plain = layered::without_url_encoding(layer, header.value.clone());
    let text = plain.as_ref().map_or_else(|| layer.slice(header.value.clone()), |inner| inner.slice(inner.whole()));
    Some(Forwarded { form, rounds, claim: header_claim::read(form, text) })
}

/// All headers, in order and without overlap.
fn headers(bytes: &[u8]) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    let mut position = 0;
    let mut line = 0..0;
    while position < bytes.len() {
        let rest = bytes.get(position..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| is_name_byte(**byte)).count();
        let name = rest.get(..length.min(MAX_NAME + 1)).unwrap_or_default();
        let (start, end) = (position, position + length);
        position = end + usize::from(length == 0);
        let Some(is_rest) = forwards_certificate(name) else { continue };
        if end > line.end || line.is_empty() {
            line = line_around(bytes, end);
        }
        let Some(value) = value(bytes, end, &line) else { continue };
        position = value.end.max(position);
        headers.push(Header { name: String::from_utf8_lossy(name).into_owned(), start, value, is_rest });
    }
    headers
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Whether a name is that of a client's certificate, and then whether of the rest of its chain.
fn forwards_certificate(name: &[u8]) -> Option<bool> {
    if !(8..=MAX_NAME).contains(&name.len()) {
        return None;
    }
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let compact = compact(&name);
    let has = |word: &str| compact.contains(word);
    let is_known = has("clientcert") || has("clientb64cert") || FURTHER_NAMES.contains(&compact.as_str());
    let is_other = name.split(['-', '_']).any(|word| OTHER_WORDS.contains(&word));
    (is_known && !is_other).then(|| has("clientcertchain") || has("clientb64certchain"))
}

/// The value behind a name: up to the quotation mark that closes it, else to the end of its line, with the lines that
/// are folded into it (RFC 9112, 5.2) and the PEM block that begins in it.
fn value(bytes: &[u8], name_end: usize, line: &Range<usize>) -> Option<Range<usize>> {
    let glue = |from: usize, known: &[u8]| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| known.contains(byte)).count()
    };
    let separator = glue(name_end, b"\\\"' \t");
    let (separator, line) = match bytes.get(separator)? {
        b':' | b'=' => (separator, line.clone()),
        // An archive of requests (HAR 1.2) has name and value as two members.
        b',' => behind_value_key(bytes, glue(separator + 1, b" \t\r\n"))?,
        _ => return None,
    };
    let line = &line;
    let start = glue(separator + 1, b"> [\t");
    let start = start.min(line.end);
    let quote = glue(start, b"\\") - start;
    if let Some(mark) = bytes.get(start + quote).filter(|mark| matches!(mark, b'"' | b'\'')) {
        let inside = start + quote + 1;
        if let Some(end) = closing(bytes, inside..line.end.max(inside), *mark, quote) {
            return Some(inside..end);
        }
    }
    let text = lines::slice(bytes, line);
    let folded = with_folded_lines(bytes, start..line.end, text.len() - text.trim_ascii_start().len());
    Some(lines::with_open_block(bytes, folded, bytes.len()))
}

/// The colon behind the key `"value"`, and its line.
fn behind_value_key(bytes: &[u8], position: usize) -> Option<(usize, Range<usize>)> {
    let rest = bytes.get(position..)?;
    let behind = rest.strip_prefix(b"\"value\"").or_else(|| rest.strip_prefix(b"\\\"value\\\""))?;
    let blanks = behind.len() - behind.trim_ascii_start().len();
    let colon = position + rest.len() - behind.len() + blanks;
    (bytes.get(colon) == Some(&b':')).then(|| (colon, line_around(bytes, colon)))
}

/// Where a quotation mark closes what another one with as many backslashes before it has opened.
fn closing(bytes: &[u8], inside: Range<usize>, mark: u8, backslashes: usize) -> Option<usize> {
    let mut before = 0;
    for position in inside {
        match bytes.get(position) {
            Some(b'\\') => before += 1,
            Some(byte) if *byte == mark && before <= backslashes => return Some(position - before),
            _ => before = 0,
        }
    }
    None
}

/// The line in which a position stands.
fn line_around(bytes: &[u8], position: usize) -> Range<usize> {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let before = bytes.get(..position).unwrap_or_default();
    let behind = bytes.get(position..).unwrap_or_default();
    let start = before.iter().rposition(is_end).map_or(0, |end| end + 1);
    start..position + behind.iter().position(is_end).unwrap_or(behind.len())
}

/// A value with the lines below that are indented more than its own.
fn with_folded_lines(bytes: &[u8], value: Range<usize>, indentation: usize) -> Range<usize> {
    let mut end = value.end;
    for line in lines::lines(bytes, value.end..bytes.len()).skip(1) {
        let text = lines::slice(bytes, &line);
        let content = text.trim_ascii_start();
        if content.is_empty() || text.len() - content.len() <= indentation {
            break;
        }
        end = line.end;
    }
    value.start..end
}

fn has_blank_line(text: &[u8]) -> bool {
    let inner = lines::trimmed_lines(text, 0..text.len()).skip(1);
    inner.filter(Range::is_empty).count() > 0
}

/// The elements of Envoy's `X-Forwarded-Client-Cert`, one for each proxy passed, each with its `Cert` and `Chain`; none
/// if the value has another form. Commas part the elements and semicolons their fields, both outside of quotation marks
/// (Envoy, "HTTP header manipulation").
fn elements(bytes: &[u8], header: &Header) -> Vec<Element> {
    if !compact(&header.name).ends_with("forwardedclientcert") {
        return Vec::new();
    }
    let mut elements: Vec<Element> = Vec::new();
    let (mut certificates, mut chains) = (Vec::new(), Vec::new());
    let (mut start, mut position) = (header.value.start, header.value.start);
    while let Some((field, next)) = field(bytes, position..header.value.end) {
        if field.name.eq_ignore_ascii_case(b"Cert") {
            certificates.push(field.value);
        } else if field.name.eq_ignore_ascii_case(b"Chain") {
            chains.push(field.value);
        }
        position = next + 1;
        if bytes.get(next) != Some(&b';') || position >= header.value.end {
            // The client's own certificate comes first, wherever it stands; the chain holds it too.
            certificates.append(&mut chains);
            elements.push(Element { whole: start..next, stretches: std::mem::take(&mut certificates) });
            start = position;
        }
    }
    elements.retain(|element| !element.stretches.is_empty());
    elements
}

/// What one proxy wrote.
struct Element {
    whole: Range<usize>,
    /// Its certificates.
    stretches: Vec<Range<usize>>,
}

/// `Hash=468ed3`, or `Cert="…"`.
struct Field<'b> {
    name: &'b [u8],
    value: Range<usize>,
}

/// The field at the start of a stretch, and where the comma or semicolon behind it stands.
fn field(bytes: &[u8], stretch: Range<usize>) -> Option<(Field<'_>, usize)> {
    let text = lines::slice(bytes, &stretch);
    if text.is_empty() {
        return None;
    }
    let ends = |text: &[u8]| text.iter().position(|byte| matches!(byte, b',' | b';')).unwrap_or(text.len());
    let plain = text.get(..ends(text))?;
    let unquoted = stretch.start + plain.len();
    let Some(equals) = plain.iter().position(|byte| *byte == b'=') else {
        return Some((Field { name: plain, value: unquoted..unquoted }, unquoted));
    };
    let start = stretch.start + equals + 1;
    let behind = text.get(equals + 1..)?;
    let backslashes = behind.iter().take_while(|byte| **byte == b'\\').count();
    let is_quoted = behind.get(backslashes) == Some(&b'"');
    let inside = start + backslashes + 1;
    let closed = if is_quoted { closing(bytes, inside..stretch.end, b'"', backslashes) } else { None };
    let (value, behind) = match closed {
        Some(end) => (inside..end, end + backslashes + 1),
        None => (start..unquoted, unquoted),
    };
    let next = behind + ends(lines::slice(bytes, &(behind..stretch.end)));
    Some((Field { name: text.get(..equals)?.trim_ascii(), value }, next))
}
