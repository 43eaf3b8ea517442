//! Which side of a connection a leaf speaks for, and what says so.

use std::net::IpAddr;

use super::{Side, file_name};
use crate::certificate::{Certificate, GeneralName};
use crate::inventory::{Meaning, Source};
use crate::lens::Lens;
use crate::oid;

/// A side, and what says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) side: Side,
    pub(super) because: Because,
}

/// What tells a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Because {
    /// A SPIFFE id with a path that OpenZiti writes: whom it names, and the path.
    SpiffeId { what: &'static str, path: String },
    /// This key of the file, above the certificates.
    Key(String),
    /// The extended key usage, which allows one side only (RFC 5280, 4.2.1.12).
    ExtendedKeyUsage,
    /// A dNSName of the leaf.
    Dns(String),
    /// An iPAddress of the leaf.
    Ip(String),
    /// The leaf's common name, which reads like the name of a host.
    CommonName(String),
    /// This word of the file's name.
    FileName(&'static str),
    /// Nothing does.
    Nothing,
}

impl Sign {
    /// The certificate says so by an extension.
    pub(super) fn is_certified(&self) -> bool {
        use Because::{Dns, ExtendedKeyUsage, Ip, SpiffeId};
        matches!(self.because, SpiffeId { .. } | ExtendedKeyUsage | Dns(_) | Ip(_))
    }

    /// A SPIFFE id names a controller: what an OpenZiti router samples.
    pub(super) fn names_controller(&self) -> bool {
        self.side == Side::Server && matches!(self.because, Because::SpiffeId { .. })
    }
}

/// Which side a leaf speaks for: by its SPIFFE id, the file's key above it, its extended key usage, names of hosts, else
/// the file's name. Where nothing tells, the router's lens takes it for a client's, and the chains' for a server's.
pub(super) fn sign(lens: Lens, leaf: Option<&Certificate>, source: &Source) -> Sign {
    let by_usage = || leaf.and_then(by_extended_key_usage);
    let by_name = || leaf.and_then(by_alternative_name);
    let spiffe_id = || leaf.and_then(by_spiffe_id);
    let nothing = |side| Sign { side, because: Because::Nothing };
    match lens {
        Lens::Router => spiffe_id()
            .or_else(|| by_key(source))
            .or_else(by_usage)
            .or_else(by_name)
            .or_else(|| by_file_name(file_name::suggests_router_side(&source.name)))
            .unwrap_or_else(|| nothing(Side::Client)),
        Lens::Chains => by_key(source)
            .or_else(spiffe_id)
            .or_else(|| by_usage().filter(|sign| sign.side == Side::Client))
            // The host that a server's certificate is for says more than that it is for servers.
            .or_else(by_name)
            .or_else(by_usage)
            .or_else(|| by_file_name(file_name::suggests_side(&source.name)))
            .or_else(|| leaf.and_then(by_common_name))
            .unwrap_or_else(|| nothing(Side::Server)),
    }
}

/// The paths that OpenZiti writes (`docs/background/openziti.md`, section 3.1): the beginning and what may follow, whom
/// they name, and which side that is.
const SPIFFE_PATHS: [(&str, &str, &str, Side); 4] = [
    ("/controller/", "", "a controller", Side::Server),
    ("/identity/", "/apiSession/", "an API session", Side::Client),
    ("/identity/", "", "an identity", Side::Client),
    ("/router/", "", "a router", Side::Client),
];

/// By a SPIFFE id of OpenZiti. Its path begins with the kind; other programs have such words further down.
pub(super) fn by_spiffe_id(certificate: &Certificate) -> Option<Sign> {
    for name in certificate.subject_alt_names.iter().flatten() {
        let GeneralName::Uri(uri) = name else { continue };
        let id = uri.strip_prefix("spiffe://");
        let Some(path) = id.and_then(|id| id.find('/').and_then(|start| id.get(start..))) else { continue };
        for (start, further, what, side) in SPIFFE_PATHS {
            if path.starts_with(start) && path.contains(further) {
                return Some(Sign { side, because: Because::SpiffeId { what, path: shortened(path) } });
            }
        }
    }
    None
}

/// Most characters of a SPIFFE path that a reason quotes.
const PATH_QUOTED: usize = 48;

fn shortened(path: &str) -> String {
    match path.char_indices().nth(PATH_QUOTED).and_then(|(end, _)| path.get(..end)) {
        Some(start) => format!("{start}…"),
        None => path.to_owned(),
    }
}

/// By the key of the file that says whose chain stands under it.
fn by_key(source: &Source) -> Option<Sign> {
    let part = source.part.as_ref()?;
    let side = match part.meaning {
        Meaning::ServerChain => Side::Server,
        Meaning::ClientChain => Side::Client,
        Meaning::Trusted | Meaning::TrustedByDefault | Meaning::Chain => return None,
    };
    Some(Sign { side, because: Because::Key(part.key.clone()) })
}

fn by_extended_key_usage(leaf: &Certificate) -> Option<Sign> {
    let side = match leaf.tls_sides()? {
        (true, false) => Side::Server,
        (false, true) => Side::Client,
        _ => return None,
    };
    Some(Sign { side, because: Because::ExtendedKeyUsage })
}

fn by_alternative_name(leaf: &Certificate) -> Option<Sign> {
    let because = leaf.subject_alt_names.iter().flatten().find_map(|name| match name {
        GeneralName::Dns(dns) => Some(Because::Dns(dns.clone())),
        GeneralName::Ip(_) => Some(Because::Ip(name.to_string().trim_start_matches("IP:").to_owned())),
        _ => None,
    })?;
    Some(Sign { side: Side::Server, because })
}

fn by_file_name(suggestion: Option<(Side, &'static str)>) -> Option<Sign> {
    suggestion.map(|(side, word)| Sign { side, because: Because::FileName(word) })
}

/// Before subjectAltName, the common name held the name of the host (RFC 6125, 1.5), and many certificates that were
/// made by hand still have no other.
pub(super) fn by_common_name(leaf: &Certificate) -> Option<Sign> {
    let name = leaf.subject.last_text(oid::COMMON_NAME).filter(|name| reads_like_a_host(name))?;
    Some(Sign { side: Side::Server, because: Because::CommonName(name) })
}

/// An address, `localhost`, or labels of letters, digits and hyphens (RFC 1123, 2.1) with dots between them.
fn reads_like_a_host(name: &str) -> bool {
    let label = |label: &str| !label.is_empty() && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    let labels = name.strip_prefix("*.").unwrap_or(name);
    let dotted = labels.contains('.') && labels.split('.').all(label);
    dotted || name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_hosts_are_told_from_other_names() {
        for host in ["localhost", "registry.example", "*.example.com", "192.0.2.1", "2001:db8::1", "a-1.b"] {
            assert!(reads_like_a_host(host), "{host}");
        }
        for name in ["Example Root CA", "root", "alice", "alice@example.com", "Example Inc.", "", "a..b"] {
            assert!(!reads_like_a_host(name), "{name}");
        }
    }
}
