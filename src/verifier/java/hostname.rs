//! `sun.security.util.HostnameChecker` of type TLS.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;

use super::general_name::GeneralName;
use super::parse::Parsed;
use crate::certificate::Name;

/// The `CertificateException` of a name that does not match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HostNameError {
    /// The host is an address, and there are no alternative names that Java can read.
    NoAlternativeNames,
    /// No alternative name is this address.
    NoAddress { host: String },
    /// The host is neither an address nor a name.
    IllegalName {
        host: String,
        /// The message of the `IllegalArgumentException`.
        why: &'static str,
    },
    /// There are DNS names, and none matches.
    NoDnsName { host: String },
    /// There are no DNS names, and the common name does not match.
    NoName { host: String },
}

impl fmt::Display for HostNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CertificateException: ")?;
        match self {
            HostNameError::NoAlternativeNames => f.write_str("No subject alternative names present"),
            HostNameError::NoAddress { host } => {
                write!(f, "No subject alternative names matching IP address {host} found")
            }
            HostNameError::IllegalName { host, why } => {
                write!(f, "Illegal given domain name: {host} <- IllegalArgumentException: {why}")
            }
            HostNameError::NoDnsName { host } => write!(f, "No subject alternative DNS name matching {host} found."),
            HostNameError::NoName { host } => write!(f, "No name matching {host} found"),
        }
    }
}

impl Error for HostNameError {}

/// `match`: an address must be one of the alternative names, any other host must match a DNS name or, where there is
/// none, the common name.
pub(super) fn check(parsed: &Parsed<'_>, host: &str) -> Result<(), HostNameError> {
    match literal(host) {
        Some(address) => match_ip(parsed, host, address),
        None => match_dns(parsed, host),
    }
}

/// `isIPv4LiteralAddress` and `isIPv6LiteralAddress`: also an address of fewer than four parts, and one with a scope.
fn literal(host: &str) -> Option<IpAddr> {
    let unscoped = host.split('%').next().unwrap_or_default();
    ipv4(host).or_else(|| unscoped.parse::<IpAddr>().ok().filter(IpAddr::is_ipv6))
}

/// `textToNumericFormatV4`: the last of one to four numbers stands for all octets that are left.
fn ipv4(host: &str) -> Option<IpAddr> {
    let (mut address, mut octets_left) = (0_u64, 4_u32);
    let mut parts = host.split('.').peekable();
    while let Some(part) = parts.next() {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let octets = if parts.peek().is_some() { 1 } else { octets_left };
        let limit = 1_u64 << (8 * octets);
        let number = part.parse::<u64>().ok().filter(|number| is_number && octets > 0 && *number < limit)?;
        (address, octets_left) = (address * limit + number, octets_left.checked_sub(octets)?);
    }
    u32::try_from(address).ok().map(|address| IpAddr::V4(address.into()))
}

fn match_ip(parsed: &Parsed<'_>, host: &str, wanted: IpAddr) -> Result<(), HostNameError> {
    let Some(names) = &parsed.alternative_names else {
        return Err(HostNameError::NoAlternativeNames);
    };
    let wanted = wanted.to_canonical();
    let is_wanted = |name: &GeneralName| match name {
        GeneralName::Ip(octets) => address(octets) == Some(wanted),
        _ => false,
    };
    if names.iter().any(is_wanted) {
        return Ok(());
    }
    Err(HostNameError::NoAddress { host: host.to_owned() })
}

/// An IPv4 address is also what IPv6 maps it to (`InetAddress.getByAddress`).
fn address(octets: &[u8]) -> Option<IpAddr> {
    let four = || <[u8; 4]>::try_from(octets).ok().map(IpAddr::from);
    let sixteen = || <[u8; 16]>::try_from(octets).ok().map(IpAddr::from);
    four().or_else(sixteen).map(|address| address.to_canonical())
}

/// Names of the extension, else the common name (RFC 6125, 6.4.4).
fn match_dns(parsed: &Parsed<'_>, host: &str) -> Result<(), HostNameError> {
    if let Some(why) = illegal(host) {
        return Err(HostNameError::IllegalName { host: host.to_owned(), why });
    }
    let mut has_dns_name = false;
    for name in parsed.alternative_names.iter().flatten() {
        if let GeneralName::Dns(template) = name {
            has_dns_name = true;
            if is_matched(host, template) {
                return Ok(());
            }
        }
    }
    if has_dns_name {
        return Err(HostNameError::NoDnsName { host: host.to_owned() });
    }
    match parsed.common_name() {
        Some(template) if is_matched(host, &template) => Ok(()),
        _ => Err(HostNameError::NoName { host: host.to_owned() }),
    }
}

/// Why `SNIHostName` refuses a name (`IDN.toASCII` under the rules of STD 3).
fn illegal(host: &str) -> Option<&'static str> {
    let is_label = |label: &str| label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if host.is_empty() {
        Some("Server name value of host_name cannot be empty")
    } else if host.ends_with('.') {
        Some("Server name value of host_name cannot have the trailing dot")
    } else if host.split('.').any(str::is_empty) {
        Some("Empty label is not a legal name")
    } else if host.split('.').any(|label| label.len() > 63) {
        Some("The label in the input is too long")
    } else if !host.split('.').all(is_label) {
        Some("Contains non-LDH ASCII characters")
    } else if host.split('.').any(|label| label.starts_with('-') || label.ends_with('-')) {
        Some("Has leading or trailing hyphen")
    } else {
        None
    }
}

/// `isMatched`; a wildcard may stand anywhere in a label but for the last one.
fn is_matched(host: &str, template: &str) -> bool {
    let (host, template) = (Name::lower_case(host), Name::lower_case(template));
    let after_wildcard = template.rsplit_once('*').map(|(_, after)| after);
    if matches!(template.as_str(), "*" | "*.") || after_wildcard.is_some_and(|after| !after.contains('.')) {
        return false;
    }
    illegal(&template.replace('*', "z")).is_none()
        && host.split('.').count() == template.split('.').count()
        && host.split('.').zip(template.split('.')).all(|(label, template)| match_wildcards(label, template))
}

/// `matchWildCards`: the parts between asterisks in their order. Java takes internationalised labels apart first, so
/// that no pattern written in their ASCII form fits but the whole label.
fn match_wildcards(label: &str, template: &str) -> bool {
    if label.starts_with("xn--") {
        return template == label || template == "*";
    }
    let mut parts = template.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = label.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{illegal, is_matched, literal};

    #[test]
    fn addresses_as_java_reads_them() {
        for (text, address) in [
            ("192.0.2.1", Some("192.0.2.1")),
            ("10.0.0.01", Some("10.0.0.1")),
            ("1.2.3", Some("1.2.0.3")),
            ("fe80::1%eth0", Some("fe80::1")),
            ("1.2.3.256", None),
            ("1.2.3.4.5", None),
            ("[::1]", None),
            ("example.com", None),
        ] {
            assert_eq!(literal(text).map(|it| it.to_string()).as_deref(), address, "{text}");
        }
    }

    #[test]
    fn wildcards() {
        for (host, template, fine) in [
            ("foo.example.com", "*.example.com", true),
            ("foo.example.com", "f*o.example.com", true),
            ("a.foo.example.com", "*.example.com", false),
            ("example.com", "*.com", true),
            ("com", "*", false),
            ("foo.example.com", "foo.*", false),
            ("Foo.example.com", "foo.EXAMPLE.com", true),
            ("xn--bliss-1b3c148a.example.com", "xn--*-1b3c148a.example.com", false),
            ("foo_bar.example.com", "foo_bar.example.com", false),
            ("abc.example.com", "a*b*c.example.com", true),
        ] {
            assert_eq!(is_matched(host, template), fine, "{host} {template}");
        }
    }

    #[test]
    fn names_that_java_takes_for_no_host() {
        assert_eq!(illegal("example.com"), None);
        assert!(illegal("example.com.").is_some() && illegal("a_b.c").is_some() && illegal("-a.b").is_some());
    }
}
