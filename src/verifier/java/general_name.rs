//! `GeneralNameInterface.constrains`: how two general names relate, type by type.

use std::error::Error;
use std::fmt;

use super::name::X500Name;
use crate::certificate;
use crate::certificate::Name;
use crate::oid::Oid;

/// A general name that Java has read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum GeneralName {
    /// `RFC822Name`: a mailbox; in a constraint also a host or a domain.
    Email(String),
    /// `DNSName`: a host; in a constraint a domain.
    Dns(String),
    /// `X500Name`: a directoryName.
    Directory(X500Name),
    /// `URIName`: the host, which of a constraint is the whole text.
    Uri(Option<String>),
    /// `IPAddressName`: an address of 4 or 16 octets, or a range of 8 or 32, address and mask.
    Ip(Vec<u8>),
    /// `OIDName`: a registeredID.
    RegisteredId(Oid),
    /// `OtherName`, `X400Address` or `EDIPartyName`, which cannot be compared.
    Opaque(Opaque),
}

/// Kinds of name that Java refuses to compare with their own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opaque {
    /// `OtherName`: an otherName, of whatever type.
    Other,
    /// `X400Address`: an x400Address, whose tag is 3.
    X400,
    /// `EDIPartyName`: an ediPartyName, whose tag is 5.
    Edi,
}

/// The five answers of `constrains`, seen from the first name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// `NAME_DIFF_TYPE`: the two are of different types.
    DifferentType,
    /// `NAME_MATCH`: the two are the same name.
    Match,
    /// `NAME_NARROWS`: the other lies within this one.
    Narrows,
    /// `NAME_WIDENS`: this one lies within the other.
    Widens,
    /// `NAME_SAME_TYPE`: of one type, but neither lies within the other.
    SameType,
}

/// An exception that no checker catches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UncheckedException {
    /// `DNSName.constrains` looks at the first character of an empty name.
    EmptyDnsName,
    /// `URIName.constrains` asks a name without a host for it.
    UriWithoutHost,
    /// `OIDName.constrains` compares no two identifiers that differ.
    RegisteredIds,
    /// The same of kinds of name that Java does not compare at all.
    Opaque(Opaque),
    /// `createWidestSubtree` makes a name of nothing, which this type's constructor refuses in these words.
    WidestSubtree(&'static str),
    /// `createWidestSubtree` of a type that it does not know.
    NoWidestSubtree,
}

impl fmt::Display for UncheckedException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unsupported = match self {
            UncheckedException::EmptyDnsName => {
                return f.write_str("StringIndexOutOfBoundsException: String index out of range: 0");
            }
            UncheckedException::UriWithoutHost => {
                let call = "Cannot invoke \"String.equalsIgnoreCase(String)\" because \"otherHost\" is null";
                return write!(f, "NullPointerException: {call}");
            }
            UncheckedException::WidestSubtree(why) => {
                let outer = "RuntimeException: Unexpected error: java.io.IOException:";
                return write!(f, "{outer} {why} <- IOException: {why}");
            }
            UncheckedException::NoWidestSubtree => return f.write_str("NullPointerException: null"),
            UncheckedException::RegisteredIds => "Narrowing and widening are not supported for OIDNames",
            UncheckedException::Opaque(Opaque::Other) => {
                "Narrowing, widening, and matching are not supported for OtherName."
            }
            UncheckedException::Opaque(Opaque::X400) => {
                "Narrowing, widening, and match are not supported for X400Address."
            }
            UncheckedException::Opaque(Opaque::Edi) => {
                "Narrowing, widening, and matching of names not supported for EDIPartyName"
            }
        };
        write!(f, "UnsupportedOperationException: {unsupported}")
    }
}

impl Error for UncheckedException {}

impl GeneralName {
    /// `None` where the constructor throws: `GeneralName(DerValue, boolean nameConstraint)`.
    pub(super) fn of(name: &certificate::GeneralName, is_constraint: bool) -> Option<GeneralName> {
        match name {
            certificate::GeneralName::Email(address) => email(address),
            certificate::GeneralName::Dns(name) => Some(GeneralName::Dns(name.clone())),
            certificate::GeneralName::Directory(name) => Some(GeneralName::Directory(X500Name::of(name))),
            certificate::GeneralName::Uri(host) if is_constraint => uri_constraint(host),
            certificate::GeneralName::Uri(uri) => uri_name(uri),
            certificate::GeneralName::Ip(octets) => {
                matches!(octets.len(), 4 | 8 | 16 | 32).then(|| GeneralName::Ip(octets.clone()))
            }
            certificate::GeneralName::RegisteredId(oid) => Some(GeneralName::RegisteredId(oid.clone())),
            certificate::GeneralName::Other(..) => Some(GeneralName::Opaque(Opaque::Other)),
            certificate::GeneralName::Unsupported(3) => Some(GeneralName::Opaque(Opaque::X400)),
            certificate::GeneralName::Unsupported(5) => Some(GeneralName::Opaque(Opaque::Edi)),
            certificate::GeneralName::Unsupported(_) => None,
        }
    }

    /// `this.constrains(other)`: how the other name relates to this one, or the exception that Java throws.
    pub(super) fn constrains(&self, other: &GeneralName) -> Result<Relation, UncheckedException> {
        Ok(match (self, other) {
            (GeneralName::Email(this), GeneralName::Email(other)) => email_relation(this, other),
            (GeneralName::Dns(this), GeneralName::Dns(other)) if this.is_empty() != other.is_empty() => {
                return Err(UncheckedException::EmptyDnsName);
            }
            (GeneralName::Dns(this), GeneralName::Dns(other)) => dns_relation(this, other),
            (GeneralName::Directory(this), GeneralName::Directory(other)) => directory_relation(this, other),
            (GeneralName::Uri(_), GeneralName::Uri(None)) => return Err(UncheckedException::UriWithoutHost),
            (GeneralName::Uri(this), GeneralName::Uri(Some(other))) => uri_relation(this.as_deref(), other),
            (GeneralName::Ip(this), GeneralName::Ip(other)) => ip_relation(this, other),
            (GeneralName::RegisteredId(this), GeneralName::RegisteredId(other)) if this == other => Relation::Match,
            (GeneralName::RegisteredId(_), GeneralName::RegisteredId(_)) => {
                return Err(UncheckedException::RegisteredIds);
            }
            (GeneralName::Opaque(this), GeneralName::Opaque(other)) if this == other => {
                return Err(UncheckedException::Opaque(*this));
            }
            _ => Relation::DifferentType,
        })
    }
}

/// `RFC822Name.parseName`: refuses an address whose domain is empty or a single dot.
fn email(address: &str) -> Option<GeneralName> {
    let domain = address.split_once('@').map_or(address, |(_, domain)| domain);
    (!domain.is_empty() && domain != ".").then(|| GeneralName::Email(address.to_owned()))
}

/// `URIName.nameConstraint`: a host or a domain, without a scheme.
fn uri_constraint(host: &str) -> Option<GeneralName> {
    let fine = is_dns_name(host.strip_prefix('.').unwrap_or(host));
    fine.then(|| GeneralName::Uri(Some(host.to_owned())))
}

/// `URIName`: a scheme is needed; a host must be a DNS name or an address.
fn uri_name(uri: &str) -> Option<GeneralName> {
    let (scheme, rest) = uri.split_once(':')?;
    if scheme.is_empty() || uri.contains(' ') {
        return None;
    }
    let Some(host) = host_of(rest) else { return Some(GeneralName::Uri(None)) };
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_address = bracketed.is_some_and(|host| host.parse::<std::net::Ipv6Addr>().is_ok())
        || host.parse::<std::net::Ipv4Addr>().is_ok();
    // An authority that is no server's has no host for `java.net.URI`; a bracket without an address is a syntax error.
    let is_host = is_address || is_dns_name(host);
    (is_host || !host.starts_with('[')).then(|| GeneralName::Uri(is_host.then(|| host.to_owned())))
}

/// `URI.getHost`, which is null for an authority that is no server (an underscore in it, for example).
fn host_of(rest: &str) -> Option<&str> {
    let authority = rest.strip_prefix("//")?;
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return host.find(']').map_or(Some(host), |end| host.get(..=end));
    }
    let host = host.split(':').next().unwrap_or_default();
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    (!host.is_empty() && host.chars().all(allowed)).then_some(host)
}

/// `new DNSName(String)`: labels of letters, digits and hyphens.
pub(super) fn is_dns_name(name: &str) -> bool {
    let label = |label: &str| {
        let allowed = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        allowed && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(label)
}

/// Whether `long` ends with `short` behind a dot, or `short` begins with one (but not both).
fn is_below(long: &str, short: &str) -> bool {
    let dot_before = long.strip_suffix(short).is_some_and(|front| front.ends_with('.'));
    dot_before != short.starts_with('.')
}

fn dns_relation(this: &str, other: &str) -> Relation {
    let (this, other) = (Name::lower_case(this), Name::lower_case(other));
    if this == other {
        Relation::Match
    } else if this.ends_with(&other) {
        if is_below(&this, &other) { Relation::Widens } else { Relation::SameType }
    } else if other.ends_with(&this) && is_below(&other, &this) {
        Relation::Narrows
    } else {
        Relation::SameType
    }
}

/// Whether the constraint `short` covers `long`, which ends with it (RFC 5280, 4.2.1.10).
fn covers_email(short: &str, long: &str) -> bool {
    !short.contains('@') && (short.starts_with('.') || long.strip_suffix(short).is_some_and(|it| it.ends_with('@')))
}

fn email_relation(this: &str, other: &str) -> Relation {
    let (this, other) = (Name::lower_case(this), Name::lower_case(other));
    if this == other {
        Relation::Match
    } else if this.ends_with(&other) {
        if covers_email(&other, &this) { Relation::Widens } else { Relation::SameType }
    } else if other.ends_with(&this) && covers_email(&this, &other) {
        Relation::Narrows
    } else {
        Relation::SameType
    }
}

pub(super) fn directory_relation(this: &X500Name, other: &X500Name) -> Relation {
    if this == other {
        Relation::Match
    } else if other.is_within(this) {
        Relation::Narrows
    } else if this.is_within(other) {
        Relation::Widens
    } else {
        Relation::SameType
    }
}

fn uri_relation(this: Option<&str>, other: &str) -> Relation {
    let Some(this) = this else { return Relation::SameType };
    if this.eq_ignore_ascii_case(other) {
        return Relation::Match;
    }
    let domain = |host: &str| host.strip_prefix('.').unwrap_or(host).to_owned();
    let (this_is_domain, other_is_domain) = (this.starts_with('.'), other.starts_with('.'));
    if !is_dns_name(&domain(this)) || !is_dns_name(&domain(other)) {
        return Relation::SameType;
    }
    match dns_relation(&domain(this), &domain(other)) {
        Relation::Widens | Relation::Narrows if !this_is_domain && !other_is_domain => Relation::SameType,
        Relation::Match if this_is_domain && !other_is_domain => Relation::Widens,
        Relation::Match if other_is_domain && !this_is_domain => Relation::Narrows,
        relation => relation,
    }
}

/// Addresses of 4 or 16 octets, ranges of 8 or 32 (address and mask).
fn ip_relation(this: &[u8], other: &[u8]) -> Relation {
    let range = |octets: &[u8]| matches!(octets.len(), 8 | 32);
    if same_address(this, other) {
        return Relation::Match;
    }
    match (this.len(), other.len()) {
        (one, two) if one == two && range(this) => range_relation(this, other),
        (one, two) if one * 2 == two && range(other) && contains(other, this) => Relation::Widens,
        (one, two) if one == two * 2 && range(this) && contains(this, other) => Relation::Narrows,
        _ => Relation::SameType,
    }
}

/// `IPAddressName.equals`: ranges are equal if they have the same mask and agree in its bits; addresses, if all octets
/// are.
fn same_address(this: &[u8], other: &[u8]) -> bool {
    if this.len() != other.len() || !matches!(this.len(), 8 | 32) {
        return this == other;
    }
    let (one, mask) = this.split_at(this.len() / 2);
    let (two, other_mask) = other.split_at(other.len() / 2);
    mask == other_mask && one.iter().zip(two).zip(mask).all(|((one, two), mask)| one & mask == two & mask)
}

fn contains(range: &[u8], address: &[u8]) -> bool {
    let (base, mask) = range.split_at(range.len() / 2);
    base.iter().zip(mask).zip(address).all(|((base, mask), octet)| octet & mask == *base)
}

fn range_relation(this: &[u8], other: &[u8]) -> Relation {
    // A base with bits outside its mask is an empty range.
    let empty = |range: &[u8]| {
        let (base, mask) = range.split_at(range.len() / 2);
        base.iter().zip(mask).any(|(base, mask)| base & mask != *base)
    };
    let within = |inner: &[u8], outer: &[u8]| {
        let ((base, mask), (inner, inner_mask)) = (outer.split_at(outer.len() / 2), inner.split_at(inner.len() / 2));
        let masks = mask.iter().zip(inner_mask).all(|(mask, inner)| mask & inner == *mask);
        masks && base.iter().zip(inner).zip(mask).all(|((one, two), mask)| one & mask == two & mask)
    };
    match (empty(this), empty(other)) {
        (true, true) => Relation::Match,
        (true, false) => Relation::Widens,
        (false, true) => Relation::Narrows,
        _ if within(other, this) => Relation::Narrows,
        _ if within(this, other) => Relation::Widens,
        _ => Relation::SameType,
    }
}

#[cfg(test)]
mod tests {
    use super::{Relation, dns_relation, email_relation, ip_relation, is_dns_name, uri_name, uri_relation};

    #[test]
    fn dns_names_relate_by_whole_labels() {
        for (this, other, relation) in [
            ("Example.com", "example.com", Relation::Match),
            ("example.com", "a.example.com", Relation::Narrows),
            (".example.com", "a.example.com", Relation::Narrows),
            ("example.com", "notexample.com", Relation::SameType),
            ("a.example.com", "example.com", Relation::Widens),
            ("example.com", "example.org", Relation::SameType),
        ] {
            assert_eq!(dns_relation(this, other), relation, "{this} {other}");
        }
    }

    #[test]
    fn mailboxes_hosts_and_domains() {
        assert_eq!(email_relation("example.com", "a@example.com"), Relation::Narrows);
        assert_eq!(email_relation("example.com", "a@b.example.com"), Relation::SameType);
        assert_eq!(email_relation(".example.com", "a@b.example.com"), Relation::Narrows);
        assert_eq!(email_relation("a@example.com", "aa@example.com"), Relation::SameType);
    }

    #[test]
    fn addresses_and_ranges() {
        assert_eq!(ip_relation(&[10, 0, 0, 0, 255, 0, 0, 0], &[10, 1, 2, 3]), Relation::Narrows);
        assert_eq!(ip_relation(&[10, 0, 0, 0, 255, 0, 0, 0], &[10, 1, 0, 0, 255, 255, 0, 0]), Relation::Narrows);
        assert_eq!(ip_relation(&[10, 1, 0, 0, 255, 255, 0, 0], &[10, 0, 0, 0, 255, 0, 0, 0]), Relation::Widens);
        assert_eq!(ip_relation(&[10, 0, 0, 0, 255, 0, 0, 0], &[11, 1, 2, 3]), Relation::SameType);
    }

    #[test]
    fn uris_by_their_hosts() {
        assert!(uri_name("spiffe://td.example/a").is_some() && uri_name("no scheme").is_none());
        assert_eq!(uri_relation(Some(".example.com"), "a.example.com"), Relation::Narrows);
        assert_eq!(uri_relation(Some("example.com"), "a.example.com"), Relation::SameType);
    }

    #[test]
    fn labels() {
        for (name, fine) in [("example.com", true), ("Leaf 1", false), ("a..b", false), ("-a", false), ("", false)] {
            assert_eq!(is_dns_name(name), fine, "{name}");
        }
    }
}
