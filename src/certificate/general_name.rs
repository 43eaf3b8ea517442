//! GeneralName (RFC 5280, 4.2.1.6): reading, and the text that people know from OpenSSL.

use std::fmt;

use super::Name;
use crate::oid::Oid;
use std::net::{Ipv4Addr, Ipv6Addr};

use data_encoding::HEXLOWER;
use x509_parser::asn1_rs::{Any, Class, FromDer, Tag};
use x509_parser::extensions as read;

/// A GeneralName (RFC 5280, 4.2.1.6).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GeneralName {
    /// A dNSName, such as `example.com` or `*.example.com`.
    Dns(String),
    /// An rfc822Name: a mailbox, in constraints also a host or a domain.
    Email(String),
    /// A uniformResourceIdentifier, in constraints a host or a domain.
    Uri(String),
    /// An iPAddress: 4 or 16 octets (8 or 32 in name constraints), else as found.
    Ip(Vec<u8>),
    /// A directoryName: a distinguished name.
    Directory(Name),
    /// A registeredID: an object identifier.
    RegisteredId(Oid),
    /// An otherName: type and value, DER.
    Other(Oid, Vec<u8>),
    /// An x400Address or ediPartyName, or a form that could not be read; its context tag.
    Unsupported(u8),
}

impl GeneralName {
    /// Reads the DER of one name; `None` if that is no element or something follows it.
    pub fn read(der: &[u8]) -> Option<GeneralName> {
        let (rest, name) = read::GeneralName::from_der(der).ok()?;
        rest.is_empty().then(|| GeneralName::from(&name))
    }
}

/// What cannot be read is [`GeneralName::Unsupported`] with its tag.
impl From<&read::GeneralName<'_>> for GeneralName {
    fn from(name: &read::GeneralName<'_>) -> GeneralName {
        match name {
            read::GeneralName::OtherName(kind, value) => match other_value(value) {
                Some(value) => GeneralName::Other(Oid::from_contents(kind.as_bytes()), value.to_vec()),
                None => GeneralName::Unsupported(0),
            },
            read::GeneralName::RFC822Name(address) => GeneralName::Email((*address).to_owned()),
            read::GeneralName::DNSName(name) => GeneralName::Dns((*name).to_owned()),
            read::GeneralName::DirectoryName(name) => GeneralName::Directory(Name::new(name.as_raw(), name)),
            read::GeneralName::URI(uri) => GeneralName::Uri((*uri).to_owned()),
            read::GeneralName::IPAddress(octets) => GeneralName::Ip(octets.to_vec()),
            read::GeneralName::RegisteredID(oid) => GeneralName::RegisteredId(Oid::from_contents(oid.as_bytes())),
            read::GeneralName::X400Address(_) => GeneralName::Unsupported(3),
            read::GeneralName::EDIPartyName(_) => GeneralName::Unsupported(5),
            read::GeneralName::Invalid(tag, _) => GeneralName::Unsupported(u8::try_from(tag.0).unwrap_or(u8::MAX)),
        }
    }
}

/// `value [0] EXPLICIT ANY`, which follows the type of an otherName.
fn other_value(der: &[u8]) -> Option<&[u8]> {
    let (rest, value) = Any::from_der(der).ok()?;
    let is_whole = rest.is_empty() && value.class() == Class::ContextSpecific && value.tag() == Tag(0);
    is_whole.then_some(value.data)
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

/// An address, an address range with its prefix length or mask (RFC 5280, 4.2.1.10), else hex.
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
    let text = Any::from_der(value).ok().filter(|(rest, _)| rest.is_empty()).and_then(|(_, value)| match value.tag() {
        Tag::Utf8String | Tag::Ia5String => String::from_utf8(value.data.to_vec()).ok(),
        _ => None,
    });
    text.unwrap_or_else(|| format!("#{}", HEXLOWER.encode(value)))
}
