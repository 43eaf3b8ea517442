//! Name constraints (RFC 5280, 4.2.1.10) over a finished chain, as Go checks them since 1.26: every certificate's
//! alternative names against the constraints of every certificate above it, the anchor's included. Forms that Go does
//! not know (directoryName…) were dealt with when the extension was read.
//!
//! Which constraint a refusal names depends on how Go searches: sorted, pruned of what another one covers, halved.
//! So the search here is the same, though a plain scan would decide the same.

use crate::collection::{self, Gather as _, Map};
use std::cmp::Ordering;

use super::ip_address::{as_four_octets, text as ip_text};
use super::mailbox::{Mailbox, is_valid_domain};
use super::parse::{IpRange, Parsed, Subtrees};
use super::quote::quote;
use super::uri::Uri;

/// `Err` holds Go's words for the first name that a constraint does not allow.
pub(super) fn check_chain(chain: &[&Parsed<'_>]) -> Result<(), String> {
    let constrained: Vec<_> = chain
        .iter()
        .enumerate()
        .filter(|(_, certificate)| certificate.extensions.has_name_constraints)
        .map(|(index, certificate)| (index, Constraints::new(certificate)))
        .gather();
    for (index, certificate) in chain.iter().enumerate() {
        if certificate.extensions.alternative_names.is_none() {
            continue;
        }
        let mut above = constrained.iter().filter(|(above, _)| *above > index).map(|(_, above)| above).peekable();
        if above.peek().is_none() {
            return Ok(());
        }
        let names = Names::new(certificate)?;
        above.try_for_each(|constraints| constraints.check(&names))?;
    }
    Ok(())
}

/// The alternative names of a certificate, ready to be compared.
struct Names<'a> {
    dns: &'a [&'a str],
    ips: &'a [&'a [u8]],
    /// Each with its host, without the port.
    uris: Vec<(&'a Uri, String)>,
    /// With the domain in lower case.
    emails: Vec<Mailbox>,
}

impl<'a> Names<'a> {
    fn new(certificate: &'a Parsed<'_>) -> Result<Names<'a>, String> {
        let extensions = &certificate.extensions;
        let uris = extensions.uris.iter().map(|uri| Ok((uri, uri_domain(uri)?))).collect::<Result<_, String>>()?;
        let emails = extensions.email_addresses.iter().map(|email| mailbox(email)).collect::<Result<_, String>>()?;
        Ok(Names { dns: &extensions.dns_names, ips: &extensions.ip_addresses, uris, emails })
    }
}

fn mailbox(email: &str) -> Result<Mailbox, String> {
    let mailbox = Mailbox::parse(email).ok_or_else(|| format!("cannot parse rfc822Name {}", quote(email)))?;
    Ok(Mailbox { domain: mailbox.domain.to_ascii_lowercase(), ..mailbox })
}

/// The host that constraints are compared with: there must be one, and it must be no IP address.
fn uri_domain(uri: &Uri) -> Result<String, String> {
    let given = String::from_utf8_lossy(&uri.host).into_owned();
    let mut host = given.to_ascii_lowercase();
    if host.is_empty() {
        let shown = quote(&uri.text());
        return Err(format!("URI with empty host ({shown}) cannot be matched against constraints"));
    }
    if host.contains(':') && !host.ends_with(']') {
        host = without_port(&given)
            .map_err(|why| format!("cannot parse URI host {}: address {given}: {why}", quote(&given)))?;
    }
    if super::ip_address::parse(&host).is_ok() || (host.starts_with('[') && host.ends_with(']')) {
        return Err(format!("URI with IP ({}) cannot be matched against constraints", quote(&uri.text())));
    }
    Ok(host)
}

/// The host of `host:port` or `[host]:port`, as `net.SplitHostPort` takes it apart.
fn without_port(address: &str) -> Result<String, &'static str> {
    let Some((before_port, port)) = address.rsplit_once(':') else { return Err("missing port in address") };
    let host = match before_port.strip_prefix('[') {
        None if before_port.contains(':') => return Err("too many colons in address"),
        None => before_port,
        Some(inside) => match inside.split_once(']') {
            None if address.contains(']') => return Err("missing port in address"),
            None => return Err("missing ']' in address"),
            Some((host, "")) => host,
            Some((_, rest)) if rest.starts_with(':') => return Err("too many colons in address"),
            Some(_) => return Err("missing port in address"),
        },
    };
    if host.contains('[') || port.contains('[') {
        return Err("unexpected '[' in address");
    }
    if host.contains(']') || port.contains(']') {
        return Err("unexpected ']' in address");
    }
    Ok(host.to_owned())
}

/// The constraints of one certificate.
struct Constraints<'a> {
    ip: PermittedAndExcluded<IpRanges>,
    dns: PermittedAndExcluded<Domains<'a>>,
    uri: PermittedAndExcluded<Domains<'a>>,
    email: PermittedAndExcluded<Emails<'a>>,
}

/// `None` where a certificate has no subtree of the form.
struct PermittedAndExcluded<T> {
    permitted: Option<T>,
    excluded: Option<T>,
}

/// Which kind of subtree; wildcards are treated differently.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Permitted,
    Excluded,
}

impl<'a> Constraints<'a> {
    fn new(certificate: &'a Parsed<'_>) -> Constraints<'a> {
        fn both<'a, T>(
            certificate: &'a Parsed<'_>,
            make: impl Fn(&'a Subtrees<'a>, Kind) -> Option<T>,
        ) -> PermittedAndExcluded<T> {
            let extensions = &certificate.extensions;
            PermittedAndExcluded {
                permitted: make(&extensions.permitted, Kind::Permitted),
                excluded: make(&extensions.excluded, Kind::Excluded),
            }
        }
        Constraints {
            ip: both(certificate, |subtrees, _| IpRanges::new(&subtrees.ips)),
            dns: both(certificate, |subtrees, kind| Domains::new(subtrees.dns.iter().copied(), kind)),
            uri: both(certificate, |subtrees, kind| Domains::new(subtrees.uris.iter().copied(), kind)),
            email: both(certificate, |subtrees, kind| Emails::new(&subtrees.emails, kind)),
        }
    }

    fn check(&self, names: &Names<'_>) -> Result<(), String> {
        for &ip in names.ips {
            self.ip.check("IP address", || ip_text(ip), |ranges| ranges.find(ip))?;
        }
        for &dns in names.dns {
            if !is_valid_domain(dns.as_bytes(), false) {
                return Err(format!("x509: cannot parse dnsName {}", quote(dns)));
            }
            self.dns.check("DNS name", || dns.to_owned(), |domains| domains.find(dns))?;
        }
        for (uri, domain) in &names.uris {
            if !is_valid_domain(domain.as_bytes(), false) {
                return Err(format!("x509: internal error: URI SAN {} failed to parse", quote(&uri.text())));
            }
            self.uri.check("URI", || uri.text(), |domains| domains.find(domain))?;
        }
        for email in &names.emails {
            let shown = || format!("{}@{}", email.local, email.domain);
            self.email.check("email address", shown, |emails| emails.find(email))?;
        }
        Ok(())
    }
}

impl<T> PermittedAndExcluded<T> {
    /// `find` gives the constraint that covers the name, as Go shows it.
    fn check(&self, form: &str, shown: impl Fn() -> String, find: impl Fn(&T) -> Option<String>) -> Result<(), String> {
        if self.permitted.as_ref().is_some_and(|permitted| find(permitted).is_none()) {
            return Err(format!("{form} {} is not permitted by any constraint", quote(&shown())));
        }
        match self.excluded.as_ref().and_then(find) {
            None => Ok(()),
            Some(constraint) => {
                Err(format!("{form} {} is excluded by constraint {}", quote(&shown()), quote(&constraint)))
            }
        }
    }
}

/// Sorts, and drops what a predecessor covers.
fn sort_and_prune<T>(mut set: Vec<T>, compare: impl Fn(&T, &T) -> Ordering, covers: impl Fn(&T, &T) -> bool) -> Vec<T> {
    collection::sort_by(&mut set, compare);
    let mut kept: Vec<T> = Vec::with_capacity(set.len());
    for item in set {
        if !kept.last().is_some_and(|last| covers(last, &item)) {
            kept.push(item);
        }
    }
    kept
}

/// The constraint equal to the name, else its predecessor (or the first) if that covers the name.
fn search<T>(set: &[T], compare: impl Fn(&T) -> Ordering, covers: impl Fn(&T) -> bool) -> Option<&T> {
    match set.binary_search_by(compare) {
        Ok(index) => set.get(index),
        Err(index) => set.get(index.saturating_sub(1)).filter(|constraint| covers(constraint)),
    }
}

/// Ranges by family, addresses masked.
struct IpRanges {
    four: Vec<(Vec<u8>, Vec<u8>)>,
    sixteen: Vec<(Vec<u8>, Vec<u8>)>,
}

impl IpRanges {
    fn new(ranges: &[IpRange<'_>]) -> Option<IpRanges> {
        let masked = |range: &IpRange<'_>| -> (Vec<u8>, Vec<u8>) {
            let address = range.address.iter().zip(range.mask).map(|(octet, mask)| octet & mask).gather();
            (address, range.mask.to_vec())
        };
        let (four, sixteen): (Vec<_>, Vec<_>) = ranges.iter().map(masked).partition(|(address, _)| address.len() == 4);
        let prune = |set| sort_and_prune(set, Ord::cmp, covers_range);
        (!ranges.is_empty()).then(|| IpRanges { four: prune(four), sixteen: prune(sixteen) })
    }

    fn find(&self, ip: &[u8]) -> Option<String> {
        let set = if ip.len() == 4 { &self.four } else { &self.sixteen };
        let found = search(set, |(address, _)| address.as_slice().cmp(ip), |range| contains(range, ip));
        found.map(|(address, mask)| {
            let prefix: u32 = mask.iter().map(|octet| octet.count_ones()).sum();
            format!("{}/{prefix}", ip_text(address))
        })
    }
}

fn covers_range(range: &(Vec<u8>, Vec<u8>), other: &(Vec<u8>, Vec<u8>)) -> bool {
    let (address, mask) = other;
    let last: Vec<u8> = address.iter().zip(mask).map(|(octet, mask)| octet | !mask).gather();
    contains(range, address) && contains(range, &last)
}

/// An IPv4-mapped address is in no IPv6 range, as Go has it.
fn contains((address, mask): &(Vec<u8>, Vec<u8>), ip: &[u8]) -> bool {
    let four = as_four_octets(ip);
    let ip = four.as_ref().map_or(ip, <[u8; 4]>::as_slice);
    ip.len() == address.len() && ip.iter().zip(mask).map(|(octet, mask)| octet & mask).eq(address.iter().copied())
}

/// Domains, as DNS names, hosts of URIs and mailboxes are held against them.
enum Domains<'a> {
    /// A constraint of no characters covers everything.
    All,
    /// Sorted and pruned.
    Some {
        set: Vec<&'a str>,
        /// For excluded subtrees: what stands behind the first label (dot included), to the domain in lower case. A
        /// wildcard name is excluded if it could stand for a constraint.
        behind_first_label: Map<String, String>,
    },
}

impl<'a> Domains<'a> {
    fn new(domains: impl Iterator<Item = &'a str>, kind: Kind) -> Option<Domains<'a>> {
        let domains: Vec<&str> = domains.gather();
        if domains.contains(&"") {
            return Some(Domains::All);
        }
        let empty = domains.is_empty();
        let set = sort_and_prune(domains, |a, b| compare_from_end(a, b), |a, b| covers_domain(a, b));
        let wildcards = set.iter().filter(|_| kind == Kind::Excluded).map(|domain| domain.to_ascii_lowercase());
        let behind_first_label =
            wildcards.filter_map(|domain| Some((from_first_dot(&domain)?.to_owned(), domain))).collect();
        (!empty).then_some(Domains::Some { set, behind_first_label })
    }

    fn find(&self, name: &str) -> Option<String> {
        let Domains::Some { set, behind_first_label } = self else { return Some(String::new()) };
        let found = search(set, |domain| compare_from_end(domain, name), |domain| covers_domain(domain, name));
        if let Some(domain) = found {
            return Some((*domain).to_owned());
        }
        let wildcard = name.starts_with('*').then(|| name.to_ascii_lowercase())?;
        behind_first_label.get(from_first_dot(&wildcard)?).cloned()
    }
}

fn from_first_dot(domain: &str) -> Option<&str> {
    domain.find('.').and_then(|dot| domain.get(dot..))
}

/// `name` is `domain` or below it, labels compared without case; below it only if `domain` begins with a dot.
fn covers_domain(domain: &str, name: &str) -> bool {
    let Some(start) = name.len().checked_sub(domain.len()) else { return false };
    let (before, end) = name.as_bytes().split_at_checked(start).unwrap_or_default();
    let at_label = before.is_empty() || before.ends_with(b".") || domain.starts_with('.');
    at_label && end.eq_ignore_ascii_case(domain.as_bytes())
}

/// From the last character to the first, without case, the dot before everything else: so a domain comes right before
/// what is below it.
fn compare_from_end(a: &str, b: &str) -> Ordering {
    let weight = |byte: u8| if byte == b'.' { 0 } else { byte.to_ascii_lowercase() };
    a.bytes().rev().map(weight).cmp(b.bytes().rev().map(weight))
}

/// Mailboxes and domains.
struct Emails<'a> {
    mailboxes: Vec<Mailbox>,
    domains: Option<Domains<'a>>,
}

impl<'a> Emails<'a> {
    fn new(constraints: &[&'a str], kind: Kind) -> Option<Emails<'a>> {
        let (mailboxes, domains): (Vec<&str>, Vec<&str>) =
            constraints.iter().partition(|constraint| constraint.contains('@'));
        let mailboxes = mailboxes.into_iter().filter_map(|text| mailbox(text).ok()).gather();
        let domains = Domains::new(domains.into_iter(), kind);
        (!constraints.is_empty()).then_some(Emails { mailboxes, domains })
    }

    fn find(&self, email: &Mailbox) -> Option<String> {
        if self.mailboxes.contains(email) {
            return Some(format!("{}@{}", email.local, email.domain));
        }
        self.domains.as_ref()?.find(&email.domain)
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::{Domains, IpRange, IpRanges, Kind, compare_from_end, covers_domain, without_port};

    #[test]
    fn domains_cover_labels() {
        for (domain, name, covered) in [
            ("example.com", "example.com", true),
            ("example.com", "a.EXAMPLE.com", true),
            ("example.com", "notexample.com", false),
            (".example.com", "a.example.com", true),
            (".example.com", "example.com", false),
            ("a.example.com", "example.com", false),
        ] {
            assert_eq!(covers_domain(domain, name), covered, "{domain} {name}");
        }
        assert_eq!(compare_from_end("a.com", "a-a.com"), Ordering::Less);
        assert_eq!(compare_from_end("b.a.com", "a-a.com"), Ordering::Less);
    }

    #[test]
    fn wildcards_are_excluded_by_what_they_could_stand_for() {
        let find = |kind, name| Domains::new(["Bar.example.com"].into_iter(), kind).unwrap().find(name);
        assert_eq!(find(Kind::Excluded, "*.example.com").as_deref(), Some("bar.example.com"));
        assert_eq!(find(Kind::Permitted, "*.example.com"), None);
        assert_eq!(find(Kind::Excluded, "*.bar.example.com").as_deref(), Some("Bar.example.com"));
    }

    #[test]
    fn ranges_are_masked_and_shown_with_their_prefix() {
        let ranges = [
            IpRange { address: &[10, 1, 2, 3], mask: &[255, 255, 0, 0] },
            IpRange { address: &[10, 1, 9, 9], mask: &[255, 255, 255, 0] },
        ];
        let ranges = IpRanges::new(&ranges).unwrap();
        assert_eq!(ranges.find(&[10, 1, 9, 1]).as_deref(), Some("10.1.0.0/16"));
        assert_eq!(ranges.find(&[10, 2, 0, 0]), None);
        assert_eq!(ranges.find(&[0; 16]), None);
    }

    #[test]
    fn ports_come_off() {
        for (address, host) in [
            ("a:80", Ok("a")),
            ("a:", Ok("a")),
            ("[::1]:80", Ok("::1")),
            ("a:b:80", Err("too many colons in address")),
            ("[::1]", Err("missing port in address")),
        ] {
            assert_eq!(without_port(address).as_deref().map_err(|why| *why), host, "{address}");
        }
    }
}
