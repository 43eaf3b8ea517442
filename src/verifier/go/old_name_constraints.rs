//! Name constraints (RFC 5280, 4.2.1.10) as Go 1.19 checks them in `isValid`, when a candidate is about to join a path:
//! its constraints against the alternative names of the leaf and of itself, name by name in the order encoded, the
//! excluded subtrees first. Go 1.21 looks at every certificate below, Go 1.26 at finished chains (`name_constraints`).

use super::ip_address::{as_four_octets, text as ip_text};
use super::mailbox::{Mailbox, is_valid_domain};
use super::messages::Rejection;
use super::name_constraints::{NameConstraintError, without_port};
use super::parse::{Extensions, IpRange, Parsed};
use super::release::Release;
use super::uri::{self, Uri};
use crate::der::{Reader, SEQUENCE};

/// Comparisons that one candidate may cost (`isValid`, `maxConstraintComparisons`).
const MAX_COMPARISONS: usize = 250_000;

/// `Err` for the first name that a constraint of `candidate` does not allow.
pub(super) fn check(candidate: &Parsed<'_>, leaf: &Parsed<'_>) -> Result<(), Rejection> {
    let constraints = &candidate.extensions;
    if !constraints.has_name_constraints {
        return Ok(());
    }
    let mut check = Check { constraints, comparisons: 0 };
    for certificate in [leaf, candidate] {
        let names = certificate.extensions.alternative_names.and_then(|value| Reader(value).read(SEQUENCE));
        let mut names = names.unwrap_or(Reader(&[]));
        while let Some(name) = names.read_any() {
            check.name(name.tag ^ 0x80, name.contents)?;
        }
    }
    Ok(())
}

struct Check<'c> {
    constraints: &'c Extensions<'c>,
    comparisons: usize,
}

impl Check<'_> {
    /// A GeneralName by the number of its form; those that Go does not know pass.
    fn name(&mut self, form: u8, contents: &[u8]) -> Result<(), Rejection> {
        let text = std::str::from_utf8(contents).unwrap_or_default();
        let (permitted, excluded) = (&self.constraints.permitted, &self.constraints.excluded);
        match form {
            1 => {
                let unreadable = || Rejection::UnreadableName(NameConstraintError::NoMailbox);
                let mailbox = Mailbox::parse(text, Release::Go1_19).ok_or_else(unreadable)?;
                let matches = |constraint: &&str| Ok(mailbox_matches(&mailbox, constraint));
                self.subtrees("email address", text, &permitted.emails, &excluded.emails, matches, |it| {
                    (*it).to_owned()
                })
            }
            2 => {
                if !is_valid_domain(contents, false, Release::Go1_19) {
                    return Err(Rejection::UnreadableName(NameConstraintError::DnsName(text.to_owned())));
                }
                let matches = |constraint: &&str| Ok(domain_matches(text, constraint));
                self.subtrees("DNS name", text, &permitted.dns, &excluded.dns, matches, |it| (*it).to_owned())
            }
            6 => {
                let unreadable = |_| Rejection::UnreadableName(NameConstraintError::Uri(text.to_owned()));
                let uri = uri::parse(text, Release::Go1_19).map_err(unreadable)?;
                let matches = |constraint: &&str| Ok(domain_matches(&host(&uri)?, constraint));
                self.subtrees("URI", text, &permitted.uris, &excluded.uris, matches, |it| (*it).to_owned())
            }
            7 => {
                let matches = |range: &IpRange<'_>| Ok(range_matches(range, contents));
                self.subtrees("IP address", &ip_text(contents), &permitted.ips, &excluded.ips, matches, range_text)
            }
            _ => Ok(()),
        }
    }

    /// `checkNameConstraints`: the whole lists count, whether or not they are walked to the end.
    fn subtrees<T>(
        &mut self,
        form: &'static str,
        name: &str,
        permitted: &[T],
        excluded: &[T],
        matches: impl Fn(&T) -> Result<bool, NameConstraintError>,
        shown: impl Fn(&T) -> String,
    ) -> Result<(), Rejection> {
        self.count(excluded.len())?;
        for constraint in excluded {
            if matches(constraint).map_err(Rejection::NameConstraints)? {
                let (name, constraint) = (name.to_owned(), shown(constraint));
                return Err(Rejection::NameConstraints(NameConstraintError::Excluded { form, name, constraint }));
            }
        }
        self.count(permitted.len())?;
        for constraint in permitted {
            if matches(constraint).map_err(Rejection::NameConstraints)? {
                return Ok(());
            }
        }
        if permitted.is_empty() {
            return Ok(());
        }
        Err(Rejection::NameConstraints(NameConstraintError::NotPermitted { form, name: name.to_owned() }))
    }

    fn count(&mut self, comparisons: usize) -> Result<(), Rejection> {
        self.comparisons += comparisons;
        if self.comparisons > MAX_COMPARISONS { Err(Rejection::TooManyComparisons) } else { Ok(()) }
    }
}

/// `matchEmailConstraint`: a whole mailbox, or a domain.
fn mailbox_matches(mailbox: &Mailbox, constraint: &str) -> bool {
    match Mailbox::parse(constraint, Release::Go1_19).filter(|_| constraint.contains('@')) {
        Some(other) => mailbox.local == other.local && mailbox.domain.eq_ignore_ascii_case(&other.domain),
        None => domain_matches(&mailbox.domain, constraint),
    }
}

/// `matchDomainConstraint`: the constraint's labels end the domain; of a constraint that begins with a dot, one more
/// must precede. A constraint of no characters matches everything. A dot at the front of a domain adds no label.
fn domain_matches(domain: &str, constraint: &str) -> bool {
    let (constraint, below) = constraint.strip_prefix('.').map_or((constraint, false), |rest| (rest, true));
    if constraint.is_empty() && !below {
        return true;
    }
    let (domain, constraint) = (labels(domain), labels(constraint));
    let length = constraint.len() + usize::from(below);
    let pairs = domain.iter().rev().zip(constraint.iter().rev());
    length <= domain.len() && pairs.into_iter().all(|(one, other)| one.eq_ignore_ascii_case(other))
}

/// Of a domain that was found valid.
fn labels(domain: &str) -> Vec<&str> {
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    if domain.is_empty() { Vec::new() } else { domain.split('.').collect() }
}

/// `matchURIConstraint`: the host that is compared.
fn host(uri: &Uri) -> Result<String, NameConstraintError> {
    let given = String::from_utf8_lossy(&uri.host).into_owned();
    if given.is_empty() {
        return Err(NameConstraintError::UriWithoutHost(uri.text.clone()));
    }
    let host = match given.contains(':') && !given.ends_with(']') {
        true => without_port(&given).map_err(|why| NameConstraintError::Port { host: given, why })?,
        false => given,
    };
    let is_ip = super::ip_address::parse(&host).is_ok_and(|address| address.zone.is_empty());
    if is_ip || (host.starts_with('[') && host.ends_with(']')) {
        return Err(NameConstraintError::UriWithAddress(uri.text.clone()));
    }
    Ok(host)
}

/// `matchIPConstraint`: the same length, and equal under the mask.
fn range_matches(range: &IpRange<'_>, ip: &[u8]) -> bool {
    let masked = range.address.iter().zip(range.mask).zip(ip);
    ip.len() == range.address.len() && masked.into_iter().all(|((one, mask), other)| one & mask == other & mask)
}

/// `IPNet.String`: the address as encoded, and the length of the prefix; both of the IPv4 address where one is mapped
/// into IPv6.
fn range_text(range: &IpRange<'_>) -> String {
    let mapped = range.address.len() == 16 && as_four_octets(range.address).is_some();
    let mask = range.mask.iter().skip(if mapped { 12 } else { 0 });
    format!("{}/{}", ip_text(range.address), mask.map(|octet| octet.count_ones()).sum::<u32>())
}

#[cfg(test)]
mod tests {
    use super::{IpRange, NameConstraintError, Release, domain_matches, host, range_matches, range_text, uri};

    #[test]
    fn domains_match_by_labels() {
        for (constraint, domain, matched) in [
            ("example.com", "example.com", true),
            ("example.com", "a.EXAMPLE.com", true),
            ("example.com", "notexample.com", false),
            (".example.com", "a.example.com", true),
            (".example.com", "example.com", false),
            ("a.example.com", "example.com", false),
            ("example.com", ".example.com", true),
            (".example.com", ".example.com", false),
            ("bar.example.com", "*.example.com", false),
            ("", "example.com", true),
            (".", "example.com", true),
            (".", "", false),
        ] {
            assert_eq!(domain_matches(domain, constraint), matched, "{constraint} {domain}");
        }
    }

    #[test]
    fn ranges_are_shown_as_encoded() {
        let range = IpRange { address: &[10, 1, 2, 3], mask: &[255, 255, 0, 0] };
        assert_eq!(range_text(&range), "10.1.2.3/16");
        assert!(range_matches(&range, &[10, 1, 9, 9]) && !range_matches(&range, &[10, 2, 0, 0]));
        assert!(!range_matches(&range, &[0; 16]));
        let mapped = IpRange { address: &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 0], mask: &[255; 16] };
        assert_eq!(range_text(&mapped), "10.0.0.0/32");
    }

    #[test]
    fn a_uri_needs_a_host_that_is_no_address() {
        let host = |text: &str| host(&uri::parse(text, Release::Go1_19).unwrap());
        assert_eq!(host("spiffe://td/a").as_deref(), Ok("td"));
        assert_eq!(host("https://a.example:80/").as_deref(), Ok("a.example"));
        assert!(matches!(host("mailto:a"), Err(NameConstraintError::UriWithoutHost(_))));
        assert!(matches!(host("https://[::1]/"), Err(NameConstraintError::UriWithAddress(_))));
        assert!(matches!(host("https://192.0.2.1/"), Err(NameConstraintError::UriWithAddress(_))));
    }
}
