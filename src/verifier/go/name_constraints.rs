//! Name constraints (RFC 5280, 4.2.1.10) over a finished chain, as Go checks them since 1.26 (`old_name_constraints` is
//! what it did before): every certificate's
//! alternative names against the constraints of every certificate above it, the anchor's included. Forms that Go does
//! not know (directoryName…) were dealt with when the extension was read.
//!
//! Which constraint a refusal names depends on how Go searches: sorted, pruned of what another one covers, halved.
//! So the search here is the same, though a plain scan would decide the same.

use std::error::Error;
use std::fmt;

use super::ip_address::{as_four_octets, text as ip_text};
use super::mailbox::{Mailbox, is_valid_domain};
use super::parse::{Extensions, IpRange, Parsed, Subtrees};
use super::quote::quote;
use super::release::Release;
use super::uri::Uri;

/// The forms of names in the order in which Go checks them, as its refusals call them.
const FORMS: [&str; 4] = ["IP address", "DNS name", "URI", "email address"];

/// One of something for each of [`FORMS`].
type ByForm<T> = [Vec<T>; 4];

/// A name that a constraint does not allow, or that cannot be compared with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameConstraintError {
    /// There are permitted subtrees of the form, and none covers the name.
    NotPermitted {
        /// The form, as Go calls it.
        form: &'static str,
        /// The name, as Go shows it.
        name: String,
    },
    /// An excluded subtree covers the name.
    Excluded {
        /// The form, as Go calls it.
        form: &'static str,
        /// The name, as Go shows it.
        name: String,
        /// The subtree, as Go shows it.
        constraint: String,
    },
    /// A DNS name that is none.
    DnsName(String),
    /// A mailbox that is none.
    Mailbox(String),
    /// The same in Go 1.19, which shows the mailbox that it could not make.
    NoMailbox,
    /// A URI whose host is no domain.
    Uri(String),
    /// A URI without a host.
    UriWithoutHost(String),
    /// A URI whose host is an address.
    UriWithAddress(String),
    /// The port of a URI's host cannot be parted from it.
    UriPort {
        /// Host and port.
        host: String,
        /// Why they cannot be parted.
        why: PortError,
    },
    /// The same in Go 1.19.
    Port {
        /// Host and port.
        host: String,
        /// Why they cannot be parted.
        why: PortError,
    },
}

impl fmt::Display for NameConstraintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameConstraintError::NotPermitted { form, name } => {
                write!(f, "{form} {} is not permitted by any constraint", quote(name))
            }
            NameConstraintError::Excluded { form, name, constraint } => {
                write!(f, "{form} {} is excluded by constraint {}", quote(name), quote(constraint))
            }
            NameConstraintError::DnsName(name) => write!(f, "x509: cannot parse dnsName {}", quote(name)),
            NameConstraintError::Mailbox(name) => write!(f, "cannot parse rfc822Name {}", quote(name)),
            NameConstraintError::NoMailbox => f.write_str(r#"x509: cannot parse rfc822Name {"" ""}"#),
            NameConstraintError::Uri(uri) => {
                write!(f, "x509: internal error: URI SAN {} failed to parse", quote(uri))
            }
            NameConstraintError::UriWithoutHost(uri) => {
                write!(f, "URI with empty host ({}) cannot be matched against constraints", quote(uri))
            }
            NameConstraintError::UriWithAddress(uri) => {
                write!(f, "URI with IP ({}) cannot be matched against constraints", quote(uri))
            }
            NameConstraintError::UriPort { host, why } => {
                write!(f, "cannot parse URI host {}: address {host}: {why}", quote(host))
            }
            NameConstraintError::Port { host, why } => write!(f, "address {host}: {why}"),
        }
    }
}

impl Error for NameConstraintError {}

/// What `net.SplitHostPort` refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortError {
    /// No colon, or something between bracket and colon.
    NoPort,
    /// Several colons outside of brackets.
    ManyColons,
    /// A bracket is not closed.
    NoClosingBracket,
    /// An opening bracket elsewhere than in front.
    OpeningBracket,
    /// A closing bracket without an opening one.
    ClosingBracket,
}

impl fmt::Display for PortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PortError::NoPort => "missing port in address",
            PortError::ManyColons => "too many colons in address",
            PortError::NoClosingBracket => "missing ']' in address",
            PortError::OpeningBracket => "unexpected '[' in address",
            PortError::ClosingBracket => "unexpected ']' in address",
        })
    }
}

impl Error for PortError {}

/// `Err` for the first name that a constraint does not allow.
pub(super) fn check_chain(chain: &[&Parsed<'_>]) -> Result<(), NameConstraintError> {
    let constraints = chain.iter().map(|certificate| Constraints::of(certificate)).collect::<Vec<_>>();
    for (index, certificate) in chain.iter().enumerate() {
        if certificate.extensions.alternative_names.is_none() {
            continue;
        }
        let above: Vec<&Constraints> = constraints.iter().skip(index + 1).flatten().collect();
        if above.is_empty() {
            return Ok(());
        }
        let names = names(certificate)?;
        for constraints in above {
            constraints.check(&names)?;
        }
    }
    Ok(())
}

/// How many comparisons [`check_chain`] makes at most: it halves a list where Go does, but walks through it for a
/// mailbox and for a wildcard, where Go has a table of its own; and every list has to be sorted first.
pub(super) fn cost(chain: &[&Parsed<'_>]) -> usize {
    let subtrees = |certificate: &&&Parsed<'_>| {
        let Extensions { permitted, excluded, .. } = &certificate.extensions;
        [permitted, excluded].map(|it| it.dns.len() + it.emails.len() + it.uris.len() + it.ips.len()).iter().sum()
    };
    let (mut cost, mut above) = (0_usize, 0_usize);
    for certificate in chain.iter().rev() {
        let extensions = &certificate.extensions;
        let wildcards = extensions.dns_names.iter().filter(|name| name.starts_with('*')).count();
        let walks = wildcards + extensions.email_addresses.len();
        let names = extensions.dns_names.len() + extensions.uris.len() + extensions.ip_addresses.len();
        let own: usize = subtrees(&certificate);
        if above > 0 {
            cost = cost.saturating_add(names).saturating_add(walks.saturating_mul(above));
        }
        cost = cost.saturating_add(own);
        above = above.saturating_add(own);
    }
    cost
}

/// An alternative name.
struct Name {
    /// As Go shows it.
    shown: String,
    /// Compared with the constraints'; `Err` where there is no valid one.
    key: Result<Key, NameConstraintError>,
    /// A DNS name, a host, or the domain of a mailbox.
    domain: String,
    mailbox: Option<Mailbox>,
}

/// The alternative names of a certificate, ready to be compared.
fn names(certificate: &Parsed<'_>) -> Result<ByForm<Name>, NameConstraintError> {
    let extensions = &certificate.extensions;
    let mut names = ByForm::default();
    let [ips, dns, uris, emails] = &mut names;
    for uri in &extensions.uris {
        uris.push(Name::of_domain(uri.text.clone(), uri_domain(uri)?, NameConstraintError::Uri));
    }
    for email in &extensions.email_addresses {
        let mailbox = mailbox(email)?;
        let (shown, key, domain) = (mailbox.text(), Ok(domain_key(&mailbox.domain)), mailbox.domain.clone());
        emails.push(Name { shown, key, domain, mailbox: Some(mailbox) });
    }
    for ip in &extensions.ip_addresses {
        let key = Ok(address_key(ip, ip.len() * 8));
        ips.push(Name { shown: ip_text(ip), key, domain: String::new(), mailbox: None });
    }
    for name in &extensions.dns_names {
        dns.push(Name::of_domain((*name).to_owned(), (*name).to_owned(), NameConstraintError::DnsName));
    }
    Ok(names)
}

impl Name {
    fn of_domain(shown: String, domain: String, invalid: fn(String) -> NameConstraintError) -> Name {
        let key = match is_valid_domain(domain.as_bytes(), false, Release::Go1_27) {
            true => Ok(domain_key(&domain)),
            false => Err(invalid(shown.clone())),
        };
        Name { shown, key, domain, mailbox: None }
    }
}

fn mailbox(email: &str) -> Result<Mailbox, NameConstraintError> {
    let unreadable = || NameConstraintError::Mailbox(email.to_owned());
    let mailbox = Mailbox::parse(email, Release::Go1_27).ok_or_else(unreadable)?;
    Ok(Mailbox { domain: mailbox.domain.to_ascii_lowercase(), ..mailbox })
}

/// The host that constraints are compared with: there must be one, and it must be no IP address.
fn uri_domain(uri: &Uri) -> Result<String, NameConstraintError> {
    let given = String::from_utf8_lossy(&uri.host).into_owned();
    let mut host = given.to_ascii_lowercase();
    if host.is_empty() {
        return Err(NameConstraintError::UriWithoutHost(uri.text.clone()));
    }
    if host.contains(':') && !host.ends_with(']') {
        host = without_port(&given).map_err(|why| NameConstraintError::UriPort { host: given, why })?;
    }
    if super::ip_address::parse(&host).is_ok() || (host.starts_with('[') && host.ends_with(']')) {
        return Err(NameConstraintError::UriWithAddress(uri.text.clone()));
    }
    Ok(host)
}

/// The host of `host:port` or `[host]:port`, as `net.SplitHostPort` takes it apart.
pub(super) fn without_port(address: &str) -> Result<String, PortError> {
    let Some((before_port, port)) = address.rsplit_once(':') else { return Err(PortError::NoPort) };
    let host = match before_port.strip_prefix('[') {
        None if before_port.contains(':') => return Err(PortError::ManyColons),
        None => before_port,
        Some(inside) => match inside.split_once(']') {
            None if address.contains(']') => return Err(PortError::NoPort),
            None => return Err(PortError::NoClosingBracket),
            Some((host, "")) => host,
            Some((_, rest)) if rest.starts_with(':') => return Err(PortError::ManyColons),
            Some(_) => return Err(PortError::NoPort),
        },
    };
    if host.contains('[') || port.contains('[') {
        return Err(PortError::OpeningBracket);
    }
    if host.contains(']') || port.contains(']') {
        return Err(PortError::ClosingBracket);
    }
    Ok(host.to_owned())
}

/// The constraints of one certificate.
struct Constraints {
    permitted: ByForm<Constraint>,
    excluded: ByForm<Constraint>,
}

impl Constraints {
    /// `None` without the extension.
    fn of(certificate: &Parsed<'_>) -> Option<Constraints> {
        let extensions = &certificate.extensions;
        let both = || Constraints { permitted: sets(&extensions.permitted), excluded: sets(&extensions.excluded) };
        extensions.has_name_constraints.then(both)
    }

    fn check(&self, names: &ByForm<Name>) -> Result<(), NameConstraintError> {
        let sets = self.permitted.iter().zip(&self.excluded);
        for ((form, names), (permitted, excluded)) in FORMS.iter().zip(names).zip(sets) {
            for name in names {
                check(form, name, permitted, excluded)?;
            }
        }
        Ok(())
    }
}

fn check(
    form: &'static str,
    name: &Name,
    permitted: &[Constraint],
    excluded: &[Constraint],
) -> Result<(), NameConstraintError> {
    let key = name.key.as_ref().map_err(NameConstraintError::clone)?;
    let name_shown = || name.shown.clone();
    if !permitted.is_empty() && find(permitted, name, key).is_none() {
        return Err(NameConstraintError::NotPermitted { form, name: name_shown() });
    }
    match find(excluded, name, key).map(|found| found.shown.clone()).or_else(|| excluded_wildcard(excluded, name)) {
        None => Ok(()),
        Some(constraint) => Err(NameConstraintError::Excluded { form, name: name_shown(), constraint }),
    }
}

/// What names and constraints are compared by: the labels of a domain from the last to the first, without case, a
/// [`DOT`] between them. So a domain is the beginning of what is below it and, sorted, comes right before it. An
/// address is a domain whose labels are its family and its bits.
type Key = Vec<u8>;

/// It sorts before everything else.
const DOT: u8 = 0;

fn domain_key(domain: &str) -> Key {
    domain.bytes().rev().map(|byte| if byte == b'.' { DOT } else { byte.to_ascii_lowercase() }).collect()
}

/// Of an address with its first bits. It ends with a dot because only what is below it matters.
fn address_key(octets: &[u8], bits: usize) -> Key {
    let mut key = vec![u8::try_from(octets.len()).unwrap_or_default(), DOT];
    for octet in octets {
        for bit in (0..8).rev() {
            key.extend_from_slice(&[b'0' + (octet >> bit & 1), DOT]);
        }
    }
    key.truncate(2 * (1 + bits));
    key
}

/// One subtree, with the key that Go sorts it by.
struct Constraint {
    key: Key,
    /// As Go shows it.
    shown: String,
    /// Go never drops it because another one covers it.
    stays: bool,
    /// For a whole mailbox; it is compared with nothing else.
    mailbox: Option<Mailbox>,
}

impl Constraint {
    fn of_domain(domain: &str) -> Constraint {
        Constraint { key: domain_key(domain), shown: domain.to_owned(), stays: false, mailbox: None }
    }

    /// A mailbox or a domain.
    fn of_email(text: &str) -> Option<Constraint> {
        if !text.contains('@') {
            return Some(Constraint::of_domain(text));
        }
        let mailbox = mailbox(text).ok()?;
        Some(Constraint { key: Key::new(), shown: mailbox.text(), stays: true, mailbox: Some(mailbox) })
    }

    /// An IPv4-mapped address is in no IPv6 range, as Go has it, so no range covers one that ends with such an address.
    fn of_range(range: &IpRange<'_>) -> Constraint {
        let bits = range.mask.iter().map(|octet| octet.count_ones() as usize).sum();
        let octets = range.address.iter().zip(range.mask);
        let first: Vec<u8> = octets.clone().map(|(octet, mask)| octet & mask).collect();
        let last: Vec<u8> = octets.map(|(octet, mask)| octet | !mask).collect();
        let stays = last.len() == 16 && as_four_octets(&last).is_some();
        Constraint {
            key: address_key(&first, bits),
            shown: format!("{}/{bits}", ip_text(&first)),
            stays,
            mailbox: None,
        }
    }

    /// The name is the domain or below it; of a domain that begins with a dot, only below it. A domain of no characters
    /// covers everything.
    fn covers(&self, name: &Key) -> bool {
        let at_label = |rest: &[u8]| rest.first().is_none_or(|next| *next == DOT) || self.key.last() == Some(&DOT);
        self.mailbox.is_none() && (self.key.is_empty() || name.strip_prefix(self.key.as_slice()).is_some_and(at_label))
    }
}

/// The subtrees of each form, sorted, without those that a predecessor covers.
fn sets(subtrees: &Subtrees<'_>) -> ByForm<Constraint> {
    let mut sets = [
        subtrees.ips.iter().map(Constraint::of_range).collect(),
        subtrees.dns.iter().map(|domain| Constraint::of_domain(domain)).collect(),
        subtrees.uris.iter().map(|domain| Constraint::of_domain(domain)).collect(),
        subtrees.emails.iter().filter_map(|text| Constraint::of_email(text)).collect(),
    ];
    sets.iter_mut().for_each(sort_and_prune);
    sets
}

fn sort_and_prune(set: &mut Vec<Constraint>) {
    set.sort_by(|one, other| (one.mailbox.is_none(), &one.key).cmp(&(other.mailbox.is_none(), &other.key)));
    let mut kept: Vec<Constraint> = Vec::with_capacity(set.len());
    for constraint in set.drain(..) {
        if constraint.stays || !kept.last().is_some_and(|last| last.covers(&constraint.key)) {
            kept.push(constraint);
        }
    }
    *set = kept;
}

/// The mailbox itself, else the last constraint that does not come after the name, if it covers it.
fn find<'a>(set: &'a [Constraint], name: &Name, key: &Key) -> Option<&'a Constraint> {
    let mailbox = set.iter().find(|constraint| constraint.mailbox.is_some() && constraint.mailbox == name.mailbox);
    let predecessor = || {
        let after = set.partition_point(|constraint| constraint.mailbox.is_some() || constraint.key <= *key);
        set.get(after.checked_sub(1)?).filter(|constraint| constraint.covers(key))
    };
    mailbox.or_else(predecessor)
}

/// A wildcard name is excluded if it could stand for an excluded domain, which is then shown in lower case.
fn excluded_wildcard(set: &[Constraint], name: &Name) -> Option<String> {
    let behind = from_first_dot(&name.domain).filter(|_| name.domain.starts_with('*'))?;
    let could_be = |constraint: &&Constraint| {
        constraint.mailbox.is_none()
            && from_first_dot(&constraint.shown).is_some_and(|domain| domain.eq_ignore_ascii_case(behind))
    };
    set.iter().rev().find(could_be).map(|constraint| constraint.shown.to_ascii_lowercase())
}

/// What stands behind the first label, dot included.
fn from_first_dot(domain: &str) -> Option<&str> {
    domain.find('.').and_then(|dot| domain.get(dot..))
}

#[cfg(test)]
mod tests {
    use super::{
        Constraint, IpRange, Mailbox, Name, NameConstraintError, PortError, check, domain_key, sort_and_prune,
        without_port,
    };

    fn covers(domain: &str, name: &str) -> bool {
        Constraint::of_domain(domain).covers(&domain_key(name))
    }

    fn name(domain: &str) -> Name {
        Name::of_domain(domain.to_owned(), domain.to_owned(), |_| unreachable!("a valid domain"))
    }

    /// The constraint that excludes a name.
    fn excluded(mut constraints: Vec<Constraint>, name: &Name) -> Option<String> {
        sort_and_prune(&mut constraints);
        match check("DNS name", name, &[], &constraints) {
            Err(NameConstraintError::Excluded { constraint, .. }) => Some(constraint),
            _ => None,
        }
    }

    #[test]
    fn domains_cover_labels() {
        for (domain, name, covered) in [
            ("example.com", "example.com", true),
            ("example.com", "a.EXAMPLE.com", true),
            ("example.com", "notexample.com", false),
            (".example.com", "a.example.com", true),
            (".example.com", "example.com", false),
            ("a.example.com", "example.com", false),
            ("", "example.com", true),
        ] {
            assert_eq!(covers(domain, name), covered, "{domain} {name}");
        }
        assert!(domain_key("a.com") < domain_key("a-a.com"));
        assert!(domain_key("b.a.com") < domain_key("a-a.com"));
    }

    #[test]
    fn the_constraint_that_covers_the_others_is_shown() {
        let constraints = || ["b.a.com", "a.com", "a-a.com", ".A.com"].map(Constraint::of_domain).into_iter().collect();
        assert_eq!(excluded(constraints(), &name("x.b.a.com")).as_deref(), Some("a.com"));
        assert_eq!(excluded(constraints(), &name("a-a.com")).as_deref(), Some("a-a.com"));
        assert_eq!(excluded(constraints(), &name("b-a.com")), None);
    }

    #[test]
    fn wildcards_are_excluded_by_what_they_could_stand_for() {
        let bar = || vec![Constraint::of_domain("Bar.example.com")];
        assert_eq!(excluded(bar(), &name("*.example.com")).as_deref(), Some("bar.example.com"));
        assert_eq!(excluded(bar(), &name("*.bar.example.com")).as_deref(), Some("Bar.example.com"));
        let refusal = check("DNS name", &name("*.example.com"), &bar(), &[]);
        let words = "DNS name \"*.example.com\" is not permitted by any constraint".to_owned();
        assert_eq!(refusal.map_err(|why| why.to_string()), Err(words));
    }

    #[test]
    fn a_mailbox_comes_before_its_domain() {
        let constraints = || ["example.com", "a@Example.com"].map(|text| Constraint::of_email(text).unwrap()).into();
        let email = |local: &str| {
            let (local, domain) = (local.to_owned(), "example.com".to_owned());
            Name { mailbox: Some(Mailbox { local, domain }), ..name("example.com") }
        };
        assert_eq!(excluded(constraints(), &email("a")).as_deref(), Some("a@example.com"));
        assert_eq!(excluded(constraints(), &email("b")).as_deref(), Some("example.com"));
    }

    #[test]
    fn ranges_are_masked_and_shown_with_their_prefix() {
        let ranges = || {
            let wide = IpRange { address: &[10, 1, 2, 3], mask: &[255, 255, 0, 0] };
            let narrow = IpRange { address: &[10, 1, 9, 9], mask: &[255, 255, 255, 0] };
            vec![Constraint::of_range(&narrow), Constraint::of_range(&wide)]
        };
        let ip = |octets: &[u8]| Name { key: Ok(super::address_key(octets, octets.len() * 8)), ..name("") };
        assert_eq!(excluded(ranges(), &ip(&[10, 1, 9, 1])).as_deref(), Some("10.1.0.0/16"));
        assert_eq!(excluded(ranges(), &ip(&[10, 2, 0, 0])), None);
        assert_eq!(excluded(ranges(), &ip(&[0; 16])), None);
    }

    #[test]
    fn everything_is_a_range_too() {
        let all = Constraint::of_range(&IpRange { address: &[1, 2, 3, 4], mask: &[0; 4] });
        let ip = |octets: &[u8]| super::address_key(octets, octets.len() * 8);
        assert!(all.covers(&ip(&[10, 2, 0, 0])) && !all.covers(&ip(&[0; 16])));
        assert_eq!(all.shown, "0.0.0.0/0");
    }

    #[test]
    fn ports_come_off() {
        for (address, host) in [
            ("a:80", Ok("a")),
            ("a:", Ok("a")),
            ("[::1]:80", Ok("::1")),
            ("a:b:80", Err(PortError::ManyColons)),
            ("[::1]", Err(PortError::NoPort)),
        ] {
            assert_eq!(without_port(address).as_deref().map_err(|why| *why), host, "{address}");
        }
    }
}
