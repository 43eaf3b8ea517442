//! `gnutls_x509_crt_check_hostname2` (`hostname-verify.c`) and `_gnutls_hostname_compare` (`str.c`).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::names::{DNS, IP};
use super::read::Member;
use super::subject;
use crate::oid::{COMMON_NAME, SERVER_AUTH};
use crate::verifier::Host;

/// `MAX_CN` (`str.h`): a longer alternative name ends the search.
const MAX_NAME_OCTETS: usize = 255;

/// The leaf is for this host.
pub(super) fn matches(leaf: &Member<'_>, host: &Host) -> bool {
    match host {
        Host::Dns(host) => match address(host) {
            Some(address) => has_address(leaf, &address),
            None => has_name(leaf, host.as_bytes()),
        },
        Host::Ip(host) => address(host).is_some_and(|address| has_address(leaf, &address)),
    }
}

/// An IP address in text: a host name that reads as one is one.
fn address(text: &str) -> Option<Vec<u8>> {
    if text.contains(':') {
        text.parse().ok().map(|address: Ipv6Addr| address.octets().to_vec())
    } else {
        text.parse().ok().map(|address: Ipv4Addr| address.octets().to_vec())
    }
}

/// `check_ip`: octet for octet.
fn has_address(leaf: &Member<'_>, address: &[u8]) -> bool {
    leaf.names.iter().any(|name| name.kind == IP && name.value == address)
}

/// dNSNames, and the common name where there is neither a dNSName nor an iPAddress, if there is only one and the leaf
/// is for TLS servers (RFC 6125, 6.4.4).
fn has_name(leaf: &Member<'_>, host: &[u8]) -> bool {
    let mut falls_back = true;
    for name in leaf.names.iter().take_while(|name| name.value.len() <= MAX_NAME_OCTETS) {
        falls_back &= !matches!(name.kind, DNS | IP);
        if name.kind == DNS && is_name_of(name.value, host) {
            return true;
        }
    }
    let common_names = if falls_back { subject::values(leaf.subject(), COMMON_NAME) } else { Vec::new() };
    match common_names.as_slice() {
        [only] => leaf.allows_purpose(SERVER_AUTH, true) && is_name_of(only.as_bytes(), host),
        _ => false,
    }
}

/// `*` stands for the rest of a label, which may be nothing; two labels must follow it.
fn is_name_of(name: &[u8], host: &[u8]) -> bool {
    if !name.iter().all(|octet| (0x20..0x7f).contains(octet)) {
        return false;
    }
    let Some(rest) = name.strip_prefix(b"*") else { return name.eq_ignore_ascii_case(host) };
    let dots = rest.iter().filter(|octet| **octet == b'.').count();
    if dots < 2 || rest.ends_with(b".") {
        return false;
    }
    let label = host.iter().take_while(|octet| **octet != b'.').count();
    (0..=label).any(|start| host.get(start..).is_some_and(|tail| tail.eq_ignore_ascii_case(rest)))
}

#[cfg(test)]
mod tests {
    use super::{address, is_name_of};

    #[test]
    fn a_wildcard_stands_for_the_rest_of_a_label() {
        for (name, host, expected) in [
            ("Example.com", "example.COM", true),
            ("*.example.com", "www.example.com", true),
            ("*.example.com", "a.b.example.com", false),
            ("*.example.com", "example.com", false),
            ("*.example.com", ".example.com", true),
            ("*ww.example.com", "www.example.com", true),
            ("*.com", "example.com", false),
            ("*.example.com.", "www.example.com.", false),
            ("www.ex\u{e4}mple.com", "www.ex\u{e4}mple.com", false),
        ] {
            assert_eq!(is_name_of(name.as_bytes(), host.as_bytes()), expected, "{name} for {host}");
        }
    }

    #[test]
    fn addresses_are_recognised() {
        assert_eq!(address("127.0.0.1"), Some(vec![127, 0, 0, 1]));
        assert_eq!(address("::1").map(|octets| octets.len()), Some(16));
        assert_eq!(address("127.0.0.1.example"), None);
    }
}
