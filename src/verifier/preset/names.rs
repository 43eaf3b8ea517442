//! How products compare the names of a server's certificate with the host, where they do it themselves. They differ in
//! what a star may stand for, in when a common name is a host name, and in what they make of an address.

use std::net::IpAddr;

use crate::certificate::{CertId, Certificate, GeneralName};
use crate::graph::Graph;
use crate::oid::COMMON_NAME;
use crate::verifier::Host;
use crate::verifier::openssl;

/// Who compares the names, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Nobody, unless an option asks for it.
    NotChecked,
    /// The engine, while it verifies the chain.
    ByVerifier,
    /// `X509_check_host` and `X509_check_ip` without flags, once the chain is verified.
    CheckHost,
    /// `X509_check_host` alone, so that an address is taken for a name.
    CheckHostAlone,
    /// curl's `Curl_cert_hostcheck`.
    Curl,
    /// Node's `checkServerIdentity`.
    Node,
    /// HAProxy's `ssl_sock_srv_hostcheck`.
    Haproxy,
    /// Apache's `modssl_X509_match_name`.
    Apache,
}

/// The names of a leaf that may be compared with a host.
pub(super) struct LeafNames<'a> {
    pub(super) dns: Vec<&'a str>,
    pub(super) addresses: Vec<&'a [u8]>,
    pub(super) common: Vec<String>,
}

impl<'a> LeafNames<'a> {
    pub(super) fn of(leaf: &'a Certificate) -> LeafNames<'a> {
        let names = leaf.subject_alt_names.as_deref().unwrap_or_default();
        let dns = names.iter().filter_map(|name| match name {
            GeneralName::Dns(text) => Some(text.as_str()),
            _ => None,
        });
        let addresses = names.iter().filter_map(|name| match name {
            GeneralName::Ip(octets) => Some(octets.as_slice()),
            _ => None,
        });
        let common = leaf.subject.attributes().filter(|it| it.oid.is_one_of(&[COMMON_NAME]));
        LeafNames {
            dns: dns.collect(),
            addresses: addresses.collect(),
            common: common.filter_map(|it| it.text()).collect(),
        }
    }

    fn has_address(&self, host: &Host) -> bool {
        let wanted: Option<IpAddr> = host.text().parse().ok();
        wanted.is_some_and(|wanted| match wanted {
            IpAddr::V4(address) => self.addresses.contains(&address.octets().as_slice()),
            IpAddr::V6(address) => self.addresses.contains(&address.octets().as_slice()),
        })
    }

    /// One of the names is the host, by the rule.
    fn any(&self, host: &str, rule: fn(&str, &str) -> bool) -> bool {
        self.dns.iter().any(|pattern| rule(pattern, host))
    }

    fn any_common(&self, host: &str, rule: fn(&str, &str) -> bool) -> bool {
        self.common.iter().any(|pattern| rule(pattern, host))
    }
}

impl Names {
    /// The leaf is for the host, as far as the product looks once the chain is verified.
    pub(super) fn fit(self, graph: &Graph, id: CertId, leaf: &Certificate, host: &Host) -> bool {
        let names = LeafNames::of(leaf);
        match self {
            Names::NotChecked | Names::ByVerifier => true,
            Names::CheckHost => openssl_finds(graph, id, host),
            Names::CheckHostAlone => openssl_finds(graph, id, &Host::Dns(host.text().to_owned())),
            Names::Curl => curl_finds(&names, host),
            Names::Node => node_finds(&names, host),
            Names::Haproxy => names.any(host.text(), is_haproxys) || names.any_common(host.text(), is_haproxys),
            Names::Apache => names.any(host.text(), is_apaches) || names.any_common(host.text(), is_apaches),
        }
    }
}

fn openssl_finds(graph: &Graph, leaf: CertId, host: &Host) -> bool {
    let settings = openssl::Settings { partial_wildcards: true, ..openssl::Settings::DEFAULT };
    openssl::host_mismatch(graph, leaf, host, &settings).is_none()
}

/// `ossl_verifyhost`: a common name counts where the certificate has neither a DNS name nor an address, and then the
/// last one.
fn curl_finds(names: &LeafNames<'_>, host: &Host) -> bool {
    let is_found = match host {
        Host::Dns(text) => names.any(text, is_curls),
        Host::Ip(_) => names.has_address(host),
    };
    let falls_back = names.dns.is_empty() && names.addresses.is_empty();
    is_found || (falls_back && names.common.last().is_some_and(|common| is_curls(common, host.text())))
}

/// `hostmatch`: a star is a whole first label, with two dots behind it, and no address has one.
fn is_curls(pattern: &str, host: &str) -> bool {
    let (pattern, host) = (pattern.strip_suffix('.').unwrap_or(pattern), host.strip_suffix('.').unwrap_or(host));
    let wanted = pattern.strip_prefix("*.").filter(|rest| rest.contains('.') && host.parse::<IpAddr>().is_err());
    match (wanted, host.split_once('.')) {
        (Some(wanted), Some((_, rest))) => wanted.eq_ignore_ascii_case(rest),
        _ => pattern.eq_ignore_ascii_case(host),
    }
}

/// `checkServerIdentity`: common names count where the certificate has no DNS name; an address is looked for among the
/// addresses alone.
fn node_finds(names: &LeafNames<'_>, host: &Host) -> bool {
    if host.text().parse::<IpAddr>().is_ok() {
        names.has_address(host)
    } else if names.dns.is_empty() {
        names.any_common(host.text(), is_nodes)
    } else {
        names.any(host.text(), is_nodes)
    }
}

/// `check` in `tls.js`: a star may be part of the first label, and two labels must follow.
fn is_nodes(pattern: &str, host: &str) -> bool {
    let labels = |text: &str| -> Vec<String> {
        text.strip_suffix('.').unwrap_or(text).split('.').map(str::to_ascii_lowercase).collect()
    };
    let (pattern, host) = (labels(pattern), labels(host));
    let ([first, others @ ..], [label, rest @ ..]) = (pattern.as_slice(), host.as_slice()) else { return false };
    let is_printable = |label: &String| !label.is_empty() && label.bytes().all(|octet| octet.is_ascii_graphic());
    if others != rest || !pattern.iter().all(is_printable) {
        return false;
    }
    match first.split_once('*') {
        None => first == label,
        Some(_) if first.contains("xn--") => first == label,
        Some((prefix, suffix)) => {
            let is_long_enough = prefix.len() + suffix.len() <= label.len();
            others.len() >= 2
                && !suffix.contains('*')
                && is_long_enough
                && label.starts_with(prefix)
                && label.ends_with(suffix)
        }
    }
}

/// `ssl_sock_srv_hostcheck`: a star may be part of the first label, whatever follows.
fn is_haproxys(pattern: &str, host: &str) -> bool {
    let (pattern, host) = (pattern.to_ascii_lowercase(), host.to_ascii_lowercase());
    if pattern == host {
        return true;
    }
    let (Some((first, others)), Some((label, rest))) = (pattern.split_once('.'), host.split_once('.')) else {
        return false;
    };
    let Some((prefix, suffix)) = first.split_once('*') else { return false };
    !suffix.contains('*')
        && others == rest
        && prefix.len() + suffix.len() <= label.len()
        && label.starts_with(prefix)
        && label.ends_with(suffix)
}

/// `modssl_X509_match_name`: a star is a whole first label, whatever follows.
fn is_apaches(pattern: &str, host: &str) -> bool {
    let rest = host.split_once('.').map(|(_, rest)| rest);
    let is_covered = |wanted: &str| rest.is_some_and(|rest| wanted.eq_ignore_ascii_case(rest));
    pattern.strip_prefix("*.").is_some_and(is_covered) || pattern.eq_ignore_ascii_case(host)
}

#[cfg(test)]
mod tests {
    use super::{is_apaches, is_curls, is_haproxys, is_nodes};

    #[test]
    fn patterns() {
        for (pattern, host, curl, node, haproxy, apache) in [
            ("www.example.com", "WWW.example.com", true, true, true, true),
            ("*.example.com", "www.example.com", true, true, true, true),
            ("*.example.com", "a.www.example.com", false, false, false, false),
            ("*.example.com", "example.com", false, false, false, false),
            ("*.com", "example.com", false, false, true, true),
            ("w*.example.com", "www.example.com", false, true, true, false),
            ("*w.example.com", "www.example.com", false, true, true, false),
            ("w*w*.example.com", "www.example.com", false, false, false, false),
            ("www.*.com", "www.example.com", false, false, false, false),
            ("www.example.com.", "www.example.com", true, true, false, false),
        ] {
            assert_eq!(is_curls(pattern, host), curl, "curl, {pattern} {host}");
            assert_eq!(is_nodes(pattern, host), node, "Node.js, {pattern} {host}");
            assert_eq!(is_haproxys(pattern, host), haproxy, "HAProxy, {pattern} {host}");
            assert_eq!(is_apaches(pattern, host), apache, "Apache, {pattern} {host}");
        }
    }
}
