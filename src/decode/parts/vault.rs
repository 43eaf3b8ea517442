//! What Vault's PKI engine answers when it issues a certificate, as JSON, YAML or the table of its command line
//! (`certificate`, `issuing_ca`, `ca_chain`).

use std::ops::Range;

use super::tree::Node;
use super::{Claims, Meaning, Part, lines};
use crate::decode::layer::Layer;

/// The fields that hold certificates.
#[derive(Clone, Copy)]
enum Field {
    Certificate,
    IssuingCa,
    CaChain,
}

const FIELDS: [(&str, Field); 3] =
    [("certificate", Field::Certificate), ("issuing_ca", Field::IssuingCa), ("ca_chain", Field::CaChain)];

/// An answer: where its three fields stand.
#[derive(Default)]
struct Answer {
    certificate: Vec<Range<usize>>,
    issuing_ca: Vec<Range<usize>>,
    ca_chain: Vec<Range<usize>>,
}

/// The parts of a mapping that is such an answer.
pub(super) fn issued(node: &Node, bytes: &[u8]) -> Option<Vec<Part>> {
    let mut answer = Answer::default();
    for (name, field) in FIELDS {
        let value = node.get(name).filter(|value| value.holds_something(bytes));
        *answer.field(field) = value.map(Node::scalars).unwrap_or_default();
    }
    answer.parts(bytes)
}

/// Claims the fields of the table that `vault write` prints.
pub(super) fn read_table(layer: &Layer<'_>, claims: &mut Claims) {
    let bytes = &layer.bytes;
    let mut answer = Answer::default();
    for line in lines::lines(bytes, 0..bytes.len()) {
        let Some((key, value)) = row(bytes, &line) else { continue };
        // A row that comes again is of another table.
        if !answer.field(key).is_empty() {
            std::mem::take(&mut answer).claim(layer, claims);
        }
        answer.field(key).push(lines::with_open_block(bytes, value, bytes.len()));
    }
    answer.claim(layer, claims);
}

/// A row of a table: the name of a field at the start of a line, blanks, and the first line of its value.
fn row(bytes: &[u8], line: &Range<usize>) -> Option<(Field, Range<usize>)> {
    let text = lines::slice(bytes, line);
    let (name, field) = FIELDS.iter().find(|(name, _)| text.starts_with(name.as_bytes()))?;
    let value = text.get(name.len()..)?;
    value.first()?.is_ascii_whitespace().then(|| (*field, line.start + name.len()..line.end))
}

impl Answer {
    fn field(&mut self, field: Field) -> &mut Vec<Range<usize>> {
        match field {
            Field::Certificate => &mut self.certificate,
            Field::IssuingCa => &mut self.issuing_ca,
            Field::CaChain => &mut self.ca_chain,
        }
    }

    fn claim(self, layer: &Layer<'_>, claims: &mut Claims) {
        self.parts(&layer.bytes).into_iter().flatten().for_each(|part| claims.add(layer, part));
    }

    /// The chain, with the issuer in it if `ca_chain` holds it too, and the issuer by itself if not. A certificate
    /// without either is no answer of Vault.
    fn parts(self, bytes: &[u8]) -> Option<Vec<Part>> {
        let Answer { certificate, issuing_ca, ca_chain } = self;
        if certificate.is_empty() || (issuing_ca.is_empty() && ca_chain.is_empty()) {
            return None;
        }
        let chain_text = joined(bytes, &ca_chain);
        let issuer_text = joined(bytes, &issuing_ca);
        let is_in_chain = !issuer_text.is_empty() && lines::contains(&chain_text, &issuer_text);
        let mut stretches = [certificate, ca_chain].concat();
        let issuer = Part::new("issuing_ca", Meaning::TrustedByDefault, issuing_ca.clone());
        if is_in_chain {
            stretches.extend(issuing_ca);
        }
        let chain = Part::new("certificate", Meaning::Chain, stretches);
        Some(if is_in_chain { vec![chain] } else { vec![chain, issuer] })
    }
}

/// The text of some stretches without white space, line ends that are written out, and quotation marks.
fn joined(bytes: &[u8], stretches: &[Range<usize>]) -> Vec<u8> {
    let mut joined = Vec::new();
    for stretch in stretches {
        let mut before = b' ';
        for byte in lines::slice(bytes, stretch) {
            let is_escape = before == b'\\' && matches!(byte, b'n' | b'r');
            if !is_escape && !byte.is_ascii_whitespace() && !b"\\\"'".contains(byte) {
                joined.push(*byte);
            }
            before = *byte;
        }
    }
    joined
}
