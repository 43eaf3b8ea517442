//! The bags of PKCS#12 (RFC 7292, 4.2): what each holds, and by which attributes they belong together.

use std::ops::Range;
use std::rc::Rc;

use super::ber::{self, Element};
use super::entry;
use crate::decode::found::Found;
use crate::decode::layer::Layer;
use crate::der::{OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, constructed};
use crate::oid;

/// Bags within bags (RFC 7292, 4.2.6). No program nests them.
const MAX_DEPTH: usize = 4;

/// All bags of a keystore.
#[derive(Default)]
pub(super) struct Bags {
    pub(super) certificates: Vec<Bag>,
    pub(super) keys: Vec<Bag>,
}

/// A certificate or a key.
pub(super) struct Bag {
    /// In which the ranges stand.
    pub(super) layer: Rc<Layer<'static>>,
    /// All of it.
    pub(super) whole: Range<usize>,
    /// The certificate's DER, or the key.
    pub(super) content: Range<usize>,
    /// The label that the key has in PEM; nothing for a certificate.
    pub(super) label: &'static str,
    pub(super) attributes: Attributes,
}

/// What is said of a certificate or key.
#[derive(Default)]
pub(super) struct Attributes {
    /// Where they stand.
    pub(super) whole: Range<usize>,
    pub(super) friendly_name: Option<String>,
    pub(super) local_key_id: Option<Vec<u8>>,
    /// Java trusts it.
    pub(super) is_trusted: bool,
}

impl Bag {
    /// Its own octets.
    pub(super) fn bytes(&self) -> &[u8] {
        self.layer.slice(self.content.clone())
    }
}

impl Bags {
    /// Reads the bags of SafeContents.
    pub(super) fn read(&mut self, contents: Layer<'static>) {
        let layer = Rc::new(contents);
        if let Some(sequence) = ber::element(&layer.bytes, layer.whole()) {
            self.read_sequence(&layer, &sequence, MAX_DEPTH);
        }
    }

    /// Adds what the bags hold.
    pub(super) fn add_to(&self, found: &mut Found) {
        for key in &self.keys {
            found.secret(&key.layer, key.content.clone(), key.label);
        }
        entry::add(self, found);
    }

    fn read_sequence(&mut self, layer: &Rc<Layer<'static>>, sequence: &Element, depth: usize) {
        for bag in sequence.children(&layer.bytes) {
            self.read_bag(layer, &bag, depth);
        }
    }

    fn read_bag(&mut self, layer: &Rc<Layer<'static>>, bag: &Element, depth: usize) -> Option<()> {
        let bytes = &layer.bytes;
        let fields = bag.children(bytes);
        let [kind, value, rest @ ..] = fields.as_slice() else { return None };
        let value = ber::element(bytes, value.contents.clone()).filter(|_| value.tag == constructed(0))?;
        let new = |content, label| {
            let attributes = rest.first().map(|attributes| Attributes::read(bytes, attributes)).unwrap_or_default();
            Bag { layer: Rc::clone(layer), whole: bag.whole.clone(), content, label, attributes }
        };
        match oid::constant(bytes.get(kind.contents.clone())?)? {
            oid::KEY_BAG => self.keys.push(new(value.whole, "PRIVATE KEY")),
            oid::SHROUDED_KEY_BAG => self.keys.push(new(value.whole, "ENCRYPTED PRIVATE KEY")),
            oid::SECRET_BAG => self.keys.push(new(value.whole, "SECRET KEY")),
            oid::CERTIFICATE_BAG => self.certificates.push(new(certificate(bytes, &value)?, "")),
            oid::SAFE_CONTENTS_BAG => self.read_sequence(layer, &value, depth.checked_sub(1)?),
            _ => {}
        }
        Some(())
    }
}

/// Where the certificate of a CertBag stands (RFC 7292, 4.2.3); programs write it in one piece.
fn certificate(bytes: &[u8], bag: &Element) -> Option<Range<usize>> {
    let fields = bag.children(bytes);
    let [kind, value, ..] = fields.as_slice() else { return None };
    let is_x509 = bytes.get(kind.contents.clone())? == oid::X509_CERTIFICATE.as_bytes();
    let string = ber::element(bytes, value.contents.clone()).filter(|_| is_x509)?;
    match string.pieces(bytes).as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

impl Attributes {
    fn read(bytes: &[u8], set: &Element) -> Attributes {
        let mut read = Attributes { whole: set.whole.clone(), ..Attributes::default() };
        for attribute in set.children(bytes).iter().filter(|attribute| attribute.tag == SEQUENCE) {
            read.take(bytes, attribute);
        }
        read
    }

    fn take(&mut self, bytes: &[u8], attribute: &Element) -> Option<()> {
        let fields = attribute.children(bytes);
        let [kind, values, ..] = fields.as_slice() else { return None };
        (kind.tag == OBJECT_IDENTIFIER && values.tag == SET).then_some(())?;
        let value = ber::element(bytes, values.contents.clone())?;
        let contents = bytes.get(value.contents.clone())?;
        match oid::constant(bytes.get(kind.contents.clone())?)? {
            oid::FRIENDLY_NAME => self.friendly_name = Some(wide_text(contents)).filter(|name| !name.is_empty()),
            oid::LOCAL_KEY_ID if value.tag == OCTET_STRING => self.local_key_id = Some(contents.to_vec()),
            // Whatever usages it names.
            oid::JAVA_TRUSTED_KEY_USAGE => self.is_trusted = true,
            _ => {}
        }
        Some(())
    }
}

/// The text of a BMPString.
fn wide_text(contents: &[u8]) -> String {
    let units = contents.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)));
    char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
