//! GeneralName (RFC 5280, 4.2.1.6): reading, and the text that people know from OpenSSL.

use std::fmt;

use super::Name;
use super::element::Element;
use crate::der::{IA5_STRING, UTF8_STRING};
use crate::oid::Oid;
use std::net::{Ipv4Addr, Ipv6Addr};

use data_encoding::HEXLOWER;

/// A GeneralName (4.2.1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeneralName {
    /// dNSName.
    Dns(String),
    /// rfc822Name.
    Email(String),
    /// uniformResourceIdentifier.
    Uri(String),
    /// iPAddress: 4 or 16 octets (8 or 32 in name constraints), else as found.
    Ip(Vec<u8>),
    /// directoryName.
    Directory(Name),
    /// registeredID.
    RegisteredId(Oid),
    /// otherName: type and value, DER.
    Other(Oid, Vec<u8>),
    /// x400Address or ediPartyName, or a form that could not be read; its context tag.
    Unsupported(u8),
}

impl GeneralName {
    /// From the DER of one name; `None` if that is no element.
    pub fn read(der: &[u8]) -> Option<GeneralName> {
        Element::read_only(der).ok().map(|element| GeneralName::from_element(&element))
    }

    /// Never fails: what cannot be read is [`GeneralName::Unsupported`] with its tag.
    pub(super) fn from_element(element: &Element<'_>) -> GeneralName {
        let is_context = element.is_context(element.number());
        let known = if is_context { Self::from_context(element) } else { None };
        known.unwrap_or_else(|| GeneralName::Unsupported(element.number()))
    }

    fn from_context(element: &Element<'_>) -> Option<GeneralName> {
        // The type is IA5String; UTF-8 beyond ASCII occurs in the wild and is kept, so that people see it.
        let text = || String::from_utf8(element.contents.to_vec()).ok();
        match element.number() {
            0 => other_name(element.contents),
            1 => text().map(GeneralName::Email),
            2 => text().map(GeneralName::Dns),
            4 => Name::parse(element.contents).map(GeneralName::Directory),
            6 => text().map(GeneralName::Uri),
            7 => Some(GeneralName::Ip(element.contents.to_vec())),
            8 => Some(GeneralName::RegisteredId(Oid::from_contents(element.contents))),
            _ => None,
        }
    }
}

/// `SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }` with the outer tag replaced.
fn other_name(contents: &[u8]) -> Option<GeneralName> {
    let (type_id, rest) = Element::read(contents).ok()?;
    let value = Element::read_only(rest).ok().filter(|value| value.is_context(0))?;
    Some(GeneralName::Other(type_id.oid().ok()?, value.contents.to_vec()))
}

/// `DNS:example.com`, `URI:spiffe://…`, `IP:192.0.2.1`, `email:…`, `DirName:CN=…`, `RID:1.2.3`, `otherName:1.2.3=…`.
impl fmt::Display for GeneralName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GeneralName::Dns(name) => write!(f, "DNS:{name}"),
            GeneralName::Email(address) => write!(f, "email:{address}"),
            GeneralName::Uri(uri) => write!(f, "URI:{uri}"),
            GeneralName::Ip(octets) => write!(f, "IP:{}", ip_text(octets)),
            GeneralName::Directory(name) => write!(f, "DirName:{}", name.rfc4514()),
            GeneralName::RegisteredId(oid) => write!(f, "RID:{oid}"),
            GeneralName::Other(oid, value) => write!(f, "otherName:{oid}={}", other_text(value)),
            GeneralName::Unsupported(3) => f.write_str("x400Address"),
            GeneralName::Unsupported(5) => f.write_str("ediPartyName"),
            GeneralName::Unsupported(tag) => write!(f, "unreadable name with tag {tag}"),
        }
    }
}

/// An address of 4 or 16 octets; empty for another length.
fn ip_address(octets: &[u8]) -> String {
    let four = <[u8; 4]>::try_from(octets).map(|octets| Ipv4Addr::from(octets).to_string());
    four.or_else(|_| <[u8; 16]>::try_from(octets).map(|octets| Ipv6Addr::from(octets).to_string())).unwrap_or_default()
}

/// An address, an address range with its prefix length or mask (4.2.1.10), else hex.
fn ip_text(octets: &[u8]) -> String {
    match octets.len() {
        4 | 16 => ip_address(octets),
        8 | 32 => {
            let (address, mask) = octets.split_at(octets.len() / 2);
            let range = prefix_length(mask).map_or_else(|| ip_address(mask), |length| length.to_string());
            format!("{}/{range}", ip_address(address))
        }
        _ => format!("#{}", HEXLOWER.encode(octets)),
    }
}

/// The number of leading ones, if nothing but zeros follows them.
fn prefix_length(mask: &[u8]) -> Option<u32> {
    let ones: u32 = mask.iter().map(|octet| octet.count_ones()).sum();
    let mut leading = 0;
    for octet in mask {
        leading += octet.leading_ones();
        if *octet != 0xff {
            break;
        }
    }
    (ones == leading).then_some(ones)
}

/// The string inside an otherName's value (a user principal name is one), else the value as hex.
fn other_text(value: &[u8]) -> String {
    let text = Element::read_only(value)
        .ok()
        .filter(|element| matches!(element.tag, UTF8_STRING | IA5_STRING))
        .and_then(|element| String::from_utf8(element.contents.to_vec()).ok());
    text.unwrap_or_else(|| format!("#{}", HEXLOWER.encode(value)))
}
