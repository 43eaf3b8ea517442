//! `VerifyHostname`: is the certificate valid for this host? Only alternative names count (RFC 6125, 6.4), never the
//! common name.

use std::error::Error;
use std::fmt;

use super::ip_address;
use super::parse::Parsed;
use super::release::Release;

/// A refusal lists the names that the certificate has, unless there are so many.
const MAX_NAMES_LISTED: usize = 100;

/// What `HostnameError` says, which depends on the names that the certificate has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostNameError {
    /// The common name would fit, and there are no alternative names.
    LegacyCommonName,
    /// The host is an address, and the certificate has none.
    NoAddresses {
        /// As asked for.
        host: String,
    },
    /// The certificate has too many names to list them.
    NoneOfMany {
        /// As asked for.
        host: String,
        /// How many names there are.
        count: usize,
        /// As Go calls them.
        kind: &'static str,
    },
    /// The certificate has no names of the kind.
    NoNames {
        /// As asked for.
        host: String,
    },
    /// The certificate has other names.
    OtherNames {
        /// As asked for.
        host: String,
        /// The names in a list.
        valid: String,
    },
}

impl fmt::Display for HostNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HostNameError::LegacyCommonName => {
                f.write_str("x509: certificate relies on legacy Common Name field, use SANs instead")
            }
            HostNameError::NoAddresses { host } => {
                write!(f, "x509: cannot validate certificate for {host} because it doesn't contain any IP SANs")
            }
            HostNameError::NoneOfMany { host, count, kind } => {
                write!(f, "x509: certificate is valid for {count} {kind}, but none matched {host}")
            }
            HostNameError::NoNames { host } => {
                write!(f, "x509: certificate is not valid for any names, but wanted to match {host}")
            }
            HostNameError::OtherNames { host, valid } => {
                write!(f, "x509: certificate is valid for {valid}, not {host}")
            }
        }
    }
}

impl Error for HostNameError {}

/// `host` is a DNS name or an IP address in text, perhaps in brackets.
pub(super) fn verify_hostname(certificate: &Parsed<'_>, host: &str, release: Release) -> Result<(), HostNameError> {
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|inside| !inside.is_empty());
    let inside = bracketed.unwrap_or(host);
    // Go 1.19 asks `net.ParseIP`, which knows no zones, and repeats the address as it was given.
    let address = ip_address::parse(inside).ok().filter(|address| !release.is_old() || address.zone.is_empty());
    if let Some(address) = address {
        let ips = &certificate.extensions.ip_addresses;
        let matched = ips.iter().any(|ip| same_address(ip, &address.octets));
        let shown = if release.is_old() { inside.to_owned() } else { ip_address::text(&address.octets) };
        return if matched { Ok(()) } else { Err(refuse(certificate, &shown, release)) };
    }
    let candidate = host.to_ascii_lowercase();
    let names = &certificate.extensions.dns_names;
    let matched = names.iter().any(|pattern| matches(pattern, &candidate, release));
    if matched { Ok(()) } else { Err(refuse(certificate, host, release)) }
}

/// An IPv4 address equals its IPv4-mapped form.
fn same_address(a: &[u8], b: &[u8]) -> bool {
    match (ip_address::as_four_octets(a), ip_address::as_four_octets(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// Wildcards count only where both sides are proper hostnames; otherwise the two must be equal.
fn matches(pattern: &str, host: &str, release: Release) -> bool {
    // A lone asterisk stood for every host of one label in Go 1.19.
    let lone_asterisk = !release.is_old() && (pattern == "*" || host == "*");
    if !lone_asterisk && is_hostname(host.strip_suffix('.').unwrap_or(host), false) && is_hostname(pattern, true) {
        return labels_match(pattern, host);
    }
    let nothing = |name: &str| name.is_empty() || name == ".";
    !nothing(pattern) && !nothing(host) && pattern.eq_ignore_ascii_case(host)
}

/// Labels of letters, digits, underscores and inner hyphens; a pattern's first label may be `*`.
fn is_hostname(name: &str, is_pattern: bool) -> bool {
    let label_fits = |(index, label): (usize, &str)| {
        let wildcard = is_pattern && index == 0 && label == "*";
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        wildcard || (!label.is_empty() && !label.starts_with('-') && label.chars().all(fine))
    };
    name.split('.').enumerate().all(label_fits)
}

/// Label by label, without case; a leading `*` stands for one label. A final dot of the host does not count.
fn labels_match(pattern: &str, host: &str) -> bool {
    if pattern.is_empty() {
        return false;
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    let mut labels = host.split('.');
    let matched = pattern.split('.').enumerate().all(|(index, label)| {
        let wildcard = index == 0 && label == "*";
        labels.next().is_some_and(|other| wildcard || label.eq_ignore_ascii_case(other))
    });
    matched && labels.next().is_none()
}

fn refuse(certificate: &Parsed<'_>, host: &str, release: Release) -> HostNameError {
    let extensions = &certificate.extensions;
    let common_name = &certificate.short_name.common_name;
    if extensions.alternative_names.is_none() && labels_match(&String::from_utf8_lossy(common_name), host) {
        return HostNameError::LegacyCommonName;
    }
    let is_ip = ip_address::parse(host).is_ok_and(|address| address.zone.is_empty());
    let (count, kind) = match is_ip {
        true => (extensions.ip_addresses.len(), "IP SANs"),
        false => (extensions.dns_names.len(), "names"),
    };
    let host = host.to_owned();
    if is_ip && count == 0 {
        return HostNameError::NoAddresses { host };
    }
    if !release.is_old() && count >= MAX_NAMES_LISTED {
        return HostNameError::NoneOfMany { host, count, kind };
    }
    let valid = match is_ip {
        true => extensions.ip_addresses.iter().map(|ip| ip_address::text(ip)).collect::<Vec<_>>().join(", "),
        false => extensions.dns_names.join(", "),
    };
    if valid.is_empty() { HostNameError::NoNames { host } } else { HostNameError::OtherNames { host, valid } }
}

#[cfg(test)]
mod tests {
    use super::{Release, labels_match, matches};

    #[test]
    fn patterns_match_as_in_go() {
        for (pattern, host, matched) in [
            ("example.com", "example.com", true),
            ("Example.COM", "example.com", true),
            ("example.com", "example.com.", true),
            ("example.com.", "example.com", false),
            ("example.com.", "example.com.", true),
            ("*.example.com", "a.example.com", true),
            ("*.example.com", "a.b.example.com", false),
            ("*.example.com", "example.com", false),
            ("*.example.com", ".example.com", false),
            ("a*.example.com", "ab.example.com", false),
            ("a*.example.com", "a*.example.com", true),
            ("*", "com", false),
            ("*", "*", true),
            ("foo_bar.com", "foo_bar.com", true),
            ("-a.com", "-a.com", true),
            ("-a.com", "-a.com.", false),
            ("", "", false),
            (".", ".", false),
        ] {
            assert_eq!(matches(pattern, host, Release::Go1_27), matched, "{pattern} {host}");
        }
        assert!(matches("*", "com", Release::Go1_19) && !matches("*", "a.com", Release::Go1_19));
    }

    #[test]
    fn an_empty_common_name_matches_nothing() {
        assert!(!labels_match("", ""));
        assert!(labels_match("Example.com", "EXAMPLE.com."));
    }
}
