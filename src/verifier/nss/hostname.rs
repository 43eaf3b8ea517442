//! `CERT_VerifyCertName`.

use std::net::IpAddr;

use super::name_constraints::common_name;
use super::parse::Cert;
use crate::certificate::GeneralName;

/// Whether the certificate is for this host: alternative names of the right kind, else the common name.
pub(super) fn matches(cert: &Cert<'_>, host: &str) -> bool {
    let address = host.parse::<IpAddr>().ok();
    let names = cert.certificate.subject_alt_names.iter().flatten();
    let of_kind = names.filter(|name| match name {
        GeneralName::Dns(_) => address.is_none(),
        GeneralName::Ip(_) => address.is_some(),
        _ => false,
    });
    let mut of_kind = of_kind.peekable();
    if of_kind.peek().is_some() {
        return of_kind.any(|name| match (name, address) {
            (GeneralName::Dns(pattern), _) => pattern_matches(pattern, host),
            (GeneralName::Ip(octets), Some(address)) => same_address(octets, address),
            _ => false,
        });
    }
    common_name(&cert.certificate.subject).is_some_and(|name| match address {
        Some(_) => name.eq_ignore_ascii_case(host),
        None => pattern_matches(&name, host),
    })
}

/// An address of IPv4 is also its image in IPv6.
fn same_address(octets: &[u8], address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => octets == address.octets() || octets == address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => {
            octets == address.octets() || address.to_ipv4_mapped().is_some_and(|address| octets == address.octets())
        }
    }
}

/// `cert_TestHostName`: one asterisk, the last character of the first label, with two more labels behind it.
fn pattern_matches(pattern: &str, host: &str) -> bool {
    pattern.eq_ignore_ascii_case(host) || wildcard_matches(pattern, host).unwrap_or(false)
}

fn wildcard_matches(pattern: &str, host: &str) -> Option<bool> {
    let (label, domain) = pattern.split_once('.')?;
    let (host_label, host_domain) = host.split_once('.')?;
    let front = label.strip_suffix('*').filter(|_| pattern.matches('*').count() == 1)?;
    let (second, rest) = domain.split_once('.')?;
    let begins = host_label.get(..front.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(front));
    let is_punycode = host.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("xn--"));
    Some(
        !second.is_empty()
            && !rest.is_empty()
            && begins
            && domain.eq_ignore_ascii_case(host_domain)
            && (!is_punycode || front.is_empty()),
    )
}

#[cfg(test)]
mod tests {
    use super::pattern_matches;

    #[test]
    fn wildcards() {
        for (pattern, host, fine) in [
            ("*.example.com", "foo.example.com", true),
            ("f*.example.com", "foo.example.com", true),
            ("*o.example.com", "foo.example.com", false),
            ("*.com", "example.com", false),
            ("*.example.com", "a.foo.example.com", false),
            ("xn--*.example.com", "xn--a.example.com", false),
            ("EXAMPLE.com", "example.COM", true),
        ] {
            assert_eq!(pattern_matches(pattern, host), fine, "{pattern} {host}");
        }
    }
}
