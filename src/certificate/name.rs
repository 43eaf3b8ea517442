//! Distinguished names: text (RFC 4514, and as Go writes it) and comparison (RFC 5280, 7.1).

mod directory_string;
mod go_text;
mod rfc4514;

use crate::der::Element;
use crate::oid::{self, ObjectIdentifier, Oid};
use data_encoding::HEXLOWER;
use x509_parser::asn1_rs::{FromDer, ToDer};
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// A distinguished name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The whole Name, DER; Go compares these bytes.
    pub der: Vec<u8>,
    /// Relative distinguished names in the order encoded, each a set of attributes.
    pub rdns: Vec<Vec<Attribute>>,
}

/// One attribute of a relative distinguished name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Attribute {
    /// What kind of value.
    pub oid: Oid,
    /// The value, a DER element.
    pub value: Vec<u8>,
}

/// A name in the form in which RFC 5280, 7.1 compares it: two names are equal if their canonical forms are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CanonicalName(String);

impl Name {
    /// Reads a DER Name, which must fill `der`; `None` if it is none.
    pub fn parse(der: &[u8]) -> Option<Name> {
        let (rest, name) = X509Name::from_der(der).ok()?;
        rest.is_empty().then(|| Name::new(der, &name))
    }

    /// RFC 4514: most specific first, `CN=leaf,O=Example`.
    pub fn rfc4514(&self) -> String {
        rfc4514::text(self)
    }

    /// As Go's `pkix.Name.String` writes it, which `identity.IsRootCa` compares.
    pub fn go_string(&self) -> String {
        go_text::text(self)
    }

    /// Equal under RFC 5280, 7.1 (case, white space and string type folded) or equal as [`Name::go_string`].
    pub fn equivalent(&self, other: &Name) -> bool {
        self.der == other.der || self.canonical() == other.canonical() || self.go_string() == other.go_string()
    }

    /// The form in which RFC 5280, 7.1 compares names. The order of the relative distinguished names counts, the order
    /// of attributes inside one does not.
    pub fn canonical(&self) -> CanonicalName {
        let mut canonical = String::new();
        for rdn in &self.rdns {
            let mut attributes: Vec<String> = rdn.iter().map(Attribute::canonical).collect();
            attributes.sort();
            for attribute in attributes {
                // The length tells where one attribute ends and the next begins.
                canonical.push_str(&format!("{}:{attribute}", attribute.len()));
            }
            canonical.push('/');
        }
        CanonicalName(canonical)
    }

    /// Common name, else organisational unit, else organisation, else the whole name; `None` for an empty name.
    pub fn short(&self) -> Option<String> {
        let most_telling = [oid::COMMON_NAME, oid::ORGANIZATIONAL_UNIT, oid::ORGANIZATION]
            .into_iter()
            .find_map(|oid| self.last_text(oid));
        most_telling.or_else(|| Some(self.rfc4514()).filter(|whole| !whole.is_empty()))
    }

    /// The last organization, folded as RFC 5280, 7.1 compares it.
    pub fn organization(&self) -> Option<String> {
        self.last_text(oid::ORGANIZATION).map(|text| directory_string::fold(&text))
    }

    /// A text in lower case: what several verifiers compare.
    pub fn lower_case(text: &str) -> String {
        text.chars().flat_map(char::to_lowercase).collect()
    }

    /// The name has no attribute.
    pub fn is_empty(&self) -> bool {
        self.attributes().next().is_none()
    }

    /// Every attribute in the order encoded.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.rdns.iter().flatten()
    }

    /// The last value of this type, which is the most specific one.
    pub fn last_text(&self, oid: ObjectIdentifier) -> Option<String> {
        let texts = self.attributes().filter(|attribute| attribute.oid == oid).filter_map(Attribute::text);
        texts.filter(|text| !text.trim().is_empty()).last()
    }

    /// From a DER Name and what x509-parser reads in it: everything up to the first attribute that it cannot read.
    pub(super) fn new(der: &[u8], name: &X509Name<'_>) -> Name {
        let rdns = name.iter_rdn().map(|rdn| rdn.iter().map(Attribute::from_parsed).collect());
        Name { der: der.to_vec(), rdns: rdns.collect() }
    }
}

impl Attribute {
    /// The value as Unicode, if it is a string; octets that are no text become U+FFFD.
    pub fn text(&self) -> Option<String> {
        let (value, _) = Element::read(&self.value)?;
        directory_string::decode(value.tag, value.contents)
    }

    /// The identifier octet of the value.
    fn tag(&self) -> Option<u8> {
        self.value.first().copied()
    }

    /// Type and folded value. Values that are no strings are equal if their DER is.
    fn canonical(&self) -> String {
        match self.text() {
            Some(text) => format!("{}={}", self.oid, directory_string::fold(&text)),
            None => format!("{}#{}", self.oid, HEXLOWER.encode(&self.value)),
        }
    }

    fn from_parsed(attribute: &AttributeTypeAndValue<'_>) -> Attribute {
        let value = attribute.attr_value();
        // Writing into memory cannot fail.
        let value = value.to_der_vec_raw().unwrap_or_default();
        Attribute { oid: Oid::from_contents(attribute.attr_type().as_bytes()), value }
    }
}
