//! Text with PEM blocks (RFC 7468) in whatever state: each block on its own, so that none costs another.

use std::ops::Range;

use super::body::{self, Body, Outcome};
use super::found::Found;
use super::layer::Layer;
use super::marker::{Label, Marker};
use super::repair::{Repair, Repairs};
use super::{message, surroundings};

/// What stands in a text: a stretch without markers, and what its end is marked by.
pub(super) struct Section<'m> {
    pub(super) gap: Range<usize>,
    pub(super) marked: Marked<'m>,
}

/// What follows a stretch without markers.
pub(super) enum Marked<'m> {
    /// A block from its BEGIN on.
    Block(Block<'m>),
    /// An END without its BEGIN.
    StrayEnd(&'m Marker),
    /// The end of the text.
    Nothing,
}

/// Parts a stretch of whole lines of a text at its markers, all of which are in `markers`.
pub(super) fn sections<'m>(layer: &Layer<'_>, stretch: Range<usize>, markers: &'m [Marker]) -> Vec<Section<'m>> {
    let mut sections = Vec::new();
    let mut rest = markers;
    let mut position = stretch.start;
    // What stands before the stretch is no block, so that BEGIN sees the end of its line.
    let mut floor = position.saturating_sub(1);
    while let Some((marker, others)) = rest.split_first() {
        let gap = position..marker.range.start;
        let marked = if marker.is_begin {
            let block = Block::new(layer, marker, (floor, stretch.end), others);
            position = block.end;
            rest = if block.end_marker.is_some() { others.get(1..).unwrap_or_default() } else { others };
            Marked::Block(block)
        } else {
            position = marker.range.end;
            rest = others;
            Marked::StrayEnd(marker)
        };
        floor = position;
        sections.push(Section { gap, marked });
    }
    sections.push(Section { gap: position..stretch.end, marked: Marked::Nothing });
    sections
}

impl Marked<'_> {
    /// Reads it, and gives the container in it, to be read by itself; `before` is how many blocks there were before the
    /// stretch above it.
    pub(super) fn read(&self, layer: &Layer<'_>, before: usize, found: &mut Found) -> Option<Layer<'static>> {
        match self {
            Marked::Block(block) => return block.read(layer, found),
            Marked::StrayEnd(marker) => stray_end(layer, marker, before, found),
            Marked::Nothing => {}
        }
        None
    }
}

/// An END whose BEGIN is missing, unless its body was just read as bare base64: `before` is the count until then.
fn stray_end(layer: &Layer<'_>, marker: &Marker, before: usize, found: &mut Found) {
    if marker.label == Label::PrivateKey && !found.has_secret_since(before) {
        found.secret(layer, marker.range.clone(), marker.label_of_key());
    } else if marker.label.is_certificate() && found.count() == before {
        found.problem(layer, marker.range.clone(), message::missing_begin(&marker.label_text));
    }
}

/// One block from its BEGIN to its END, or to where it breaks off.
pub(super) struct Block<'m> {
    begin: &'m Marker,
    end_marker: Option<&'m Marker>,
    /// Between the markers, or up to where the block breaks off.
    body: Range<usize>,
    /// Where reading goes on after the block.
    end: usize,
    /// What the lines of BEGIN and END needed.
    repairs: Repairs,
}

impl<'m> Block<'m> {
    /// The block that begins at a marker; the block before ends at `floor`, the text at `end`, and `others` are the
    /// markers that follow.
    fn new(layer: &Layer<'_>, begin: &'m Marker, (floor, end): (usize, usize), others: &'m [Marker]) -> Block<'m> {
        let next = others.first();
        let end_marker = next.filter(|next| !next.is_begin && closes(begin, next));
        let body_end = next.map_or(end, |next| next.range.start);
        let body = begin.range.end..body_end.max(begin.range.end);
        let mut repairs = begin.repairs;
        repairs.add(surroundings::before_begin(layer, begin, floor));
        repairs.add(label_repair(begin.label));
        let mut block = Block { begin, end_marker, end: body.end, body, repairs };
        match end_marker {
            Some(end) => block.close(layer, end, others.get(1)),
            None => block.break_off(layer),
        }
        block
    }

    fn close(&mut self, layer: &Layer<'_>, end: &Marker, next: Option<&Marker>) {
        self.end = end.range.end;
        self.repairs.add(end.repairs);
        if end.label != self.begin.label {
            self.repairs.add(Repair::LabelMismatch);
        }
        self.repairs.add(surroundings::after_end(layer, end, next));
    }

    /// Without END the block reaches as far as its base64. A key reaches to the next marker: rather lose text than
    /// keep a piece of it. An unknown label without END is more likely a headline than a block.
    fn break_off(&mut self, layer: &Layer<'_>) {
        self.repairs.add(Repair::MissingEnd);
        match self.begin.label {
            Label::PrivateKey => {}
            Label::Unknown => self.end = self.begin.range.end,
            _ => {
                self.body.end = body::wrapped_end(layer, self.body.clone());
                self.end = self.body.end;
            }
        }
    }

    fn read(&self, layer: &Layer<'_>, found: &mut Found) -> Option<Layer<'static>> {
        let range = self.begin.range.start..self.end;
        match self.begin.label {
            Label::PrivateKey => found.secret(layer, range, self.begin.label_of_key()),
            Label::Unknown if self.end_marker.is_none() => {}
            Label::Pkcs7 | Label::Unknown => return self.read_body(layer, range, found),
            label if label.is_certificate() => return self.read_body(layer, range, found),
            label => self.read_other(label, layer, range, found),
        }
        None
    }

    /// What is labelled as something else than a certificate; it may be a private key all the same.
    fn read_other(&self, label: Label, layer: &Layer<'_>, range: Range<usize>, found: &mut Found) {
        let (octets, private_key) = body::octets(layer, self.body.clone());
        if let Some(label) = private_key {
            return found.secret(layer, range, label);
        }
        if let Some(message) = message::other_label(label) {
            found.related(layer, range.clone(), &octets);
            found.problem(layer, range, message);
        }
    }

    fn read_body(&self, layer: &Layer<'_>, range: Range<usize>, found: &mut Found) -> Option<Layer<'static>> {
        let body = Body {
            range: self.body.clone(),
            label: self.begin.label,
            label_text: &self.begin.label_text,
            is_closed: self.end_marker.is_some(),
        };
        match body.read(layer, found) {
            Outcome::Certificates(ders, mut repairs) => {
                repairs.add(self.repairs);
                if repairs.list().iter().any(|repair| matches!(repair, Repair::UrlEncoding { .. })) {
                    // What stands on the lines of BEGIN and END is the URL encoding.
                    repairs.remove(Repair::TextOnMarkerLine);
                }
                for der in ders {
                    found.certificate(layer, range.clone(), der, repairs);
                }
            }
            Outcome::PrivateKey(label) => found.secret(layer, range, label),
            Outcome::Container(inner) => return Some(inner),
            Outcome::Unreadable(message) => found.problem(layer, range, message),
        }
        None
    }
}

fn label_repair(label: Label) -> Option<Repair> {
    match label {
        Label::X509Certificate => Some(Repair::X509Label),
        Label::TrustedCertificate => Some(Repair::TrustedLabel),
        Label::Unknown => Some(Repair::UnknownLabel),
        _ => None,
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
