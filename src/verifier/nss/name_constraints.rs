//! `CERT_CompareNameSpace`: the names of a path so far against the constraints of the next issuer (`genname.c`).

use super::BorneName;
use super::parse::Cert;
use crate::certificate::{Attribute, CertId, GeneralName, Name};
use crate::der::PRINTABLE_STRING;
use crate::oid::{self, ObjectIdentifier};
use crate::verifier::budget::Budget;

/// Attribute types that hold mailboxes: emailAddress (PKCS #9) and mail (RFC 1274).
const MAILBOXES: [ObjectIdentifier; 2] = [oid::EMAIL_ADDRESS, oid::RFC_822_MAILBOX];

/// `CERT_GetConstrainedCertificateNames`: subject, its mailboxes, alternative names, and, of a TLS server without a DNS
/// name, the common name.
pub(super) fn names_of(cert: &Cert<'_>, with_common_name: bool) -> Vec<GeneralName> {
    let certificate = cert.certificate;
    let mut names = vec![GeneralName::Directory(certificate.subject.clone())];
    let mailboxes = certificate.subject.attributes().filter(|attribute| attribute.oid.is_one_of(&MAILBOXES));
    names.extend(mailboxes.filter_map(Attribute::text).map(GeneralName::Email));
    let alternative = certificate.subject_alt_names.iter().flatten();
    names.extend(alternative.cloned());
    let has_host = names.iter().any(|name| matches!(name, GeneralName::Dns(_) | GeneralName::Ip(_)));
    if with_common_name && !has_host {
        names.extend(common_name(&certificate.subject).map(GeneralName::Dns));
    }
    names
}

/// `CERT_GetCommonName`: the last one.
pub(super) fn common_name(name: &Name) -> Option<String> {
    name.attributes().filter(|attribute| attribute.oid == oid::COMMON_NAME).last().and_then(Attribute::text)
}

/// Why names do not lie in the name space of an issuer.
pub(super) enum Violation {
    /// By the certificate with the first that does not, or by the issuer, if its constraints cannot be read.
    By(CertId),
    /// Ours: NSS would go on to compare.
    LimitReached,
}

/// Whether every name lies in the name space of the issuer.
pub(super) fn check(issuer: &Cert<'_>, names: &[BorneName], comparisons: &Budget) -> Result<(), Violation> {
    let has_extension = issuer.certificate.extensions.iter().any(|extension| extension.oid == oid::NAME_CONSTRAINTS);
    let Some(constraints) = &issuer.certificate.name_constraints else {
        return if has_extension { Err(Violation::By(issuer.id)) } else { Ok(()) };
    };
    let subtrees = constraints.excluded.len() + constraints.permitted.len();
    comparisons.spend(subtrees.saturating_mul(names.len())).map_err(|_| Violation::LimitReached)?;
    let is_inside =
        |name: &GeneralName| passes(name, &constraints.excluded, true) && passes(name, &constraints.permitted, false);
    names.iter().find(|(_, name)| !is_inside(name)).map_or(Ok(()), |(bearer, _)| Err(Violation::By(*bearer)))
}

/// `cert_CompareNameWithConstraints` on those constraints that have the type of the name.
fn passes(name: &GeneralName, constraints: &[GeneralName], excluded: bool) -> bool {
    let same_type = |constraint: &&GeneralName| std::mem::discriminant(*constraint) == std::mem::discriminant(name);
    let constraints: Vec<&GeneralName> = constraints.iter().filter(same_type).collect();
    if constraints.is_empty() {
        return true;
    }
    for constraint in constraints {
        match matches(name, constraint, excluded) {
            None => return false,
            Some(true) => return !excluded,
            Some(false) => {}
        }
    }
    excluded
}

/// `None` where NSS cannot tell, which refuses.
fn matches(name: &GeneralName, constraint: &GeneralName, excluded: bool) -> Option<bool> {
    Some(match (name, constraint) {
        (GeneralName::Dns(name), GeneralName::Dns(constraint)) => dns(name, constraint),
        (GeneralName::Email(name), GeneralName::Email(constraint)) => email(name, constraint),
        (GeneralName::Uri(name), GeneralName::Uri(constraint)) => uri(host_of(name)?, constraint),
        (GeneralName::Directory(name), GeneralName::Directory(constraint)) => directory(name, constraint),
        (GeneralName::Ip(name), GeneralName::Ip(constraint)) => ip(name, constraint),
        (GeneralName::Other(name, _), GeneralName::Other(constraint, _)) => !excluded && name == constraint,
        (GeneralName::RegisteredId(_) | GeneralName::Unsupported(_), _) => !excluded,
        _ => return None,
    })
}

fn ends_with(name: &str, end: &str) -> bool {
    let start = name.len().checked_sub(end.len());
    start.and_then(|start| name.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// The end of the name, behind a dot or beginning with one.
fn on_a_label(name: &str, constraint: &str) -> bool {
    let front = name.len().checked_sub(constraint.len()).and_then(|start| name.get(..start)).unwrap_or_default();
    front.is_empty() || (front.ends_with('.') != constraint.starts_with('.'))
}

/// `compareDNSN2C`: the name ends with the constraint, where a label begins. An empty constraint holds every name.
fn dns(name: &str, constraint: &str) -> bool {
    constraint.is_empty() || (ends_with(name, constraint) && on_a_label(name, constraint))
}

/// `compareURIN2C`: the host is the constraint or, if that begins with a dot, ends with it.
fn uri(host: &str, constraint: &str) -> bool {
    match constraint.starts_with('.') {
        false => !constraint.is_empty() && host.eq_ignore_ascii_case(constraint),
        true => ends_with(host, constraint) && on_a_label(host, constraint),
    }
}

/// `parseUriHostname`: the host between `://` and the path, without user and port.
fn host_of(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split('/').next().unwrap_or_default();
    let authority = authority.rsplit_once(':').map_or(authority, |(front, _)| front);
    let host = authority.split_once('@').map_or(authority, |(_, host)| host);
    (!host.is_empty()).then_some(host)
}

/// `compareRFC822N2C`: a constraint is a mailbox, a host, or a domain with a leading dot. Nothing, or a dot alone,
/// holds every mailbox.
fn email(name: &str, constraint: &str) -> bool {
    match constraint {
        "" => true,
        _ if name.len() < constraint.len() => false,
        "." => true,
        _ if constraint.contains('@') => name.eq_ignore_ascii_case(constraint),
        _ if !ends_with(name, constraint) => false,
        _ if constraint.starts_with('.') => true,
        _ => name.get(..name.len() - constraint.len()).is_some_and(|front| front.ends_with('@')),
    }
}

/// `compareIPaddrN2C`: the address agrees with that of the constraint in the bits of its mask.
fn ip(name: &[u8], constraint: &[u8]) -> bool {
    let (base, mask) = constraint.split_at(constraint.len() / 2);
    matches!((name.len(), constraint.len()), (4, 8) | (16, 32))
        && name.iter().zip(base).zip(mask).all(|((name, base), mask)| (name ^ base) & mask == 0)
}

/// Compares as many RDNs as both have, so that a name shorter than the constraint can match it.
fn directory(name: &Name, constraint: &Name) -> bool {
    constraint.rdns.iter().zip(&name.rdns).all(|(constraint, name)| {
        constraint.iter().all(|attribute| name.iter().any(|other| same_attribute(attribute, other)))
    })
}

/// `CERT_CompareAVA`: the values are equal as encoded; as text, where their types differ; or as PrintableStrings in
/// canonical form.
fn same_attribute(one: &Attribute, two: &Attribute) -> bool {
    if one.oid != two.oid {
        return false;
    }
    match (one.value.first(), two.value.first()) {
        _ if one.value == two.value => true,
        (Some(tag), Some(other)) if tag != other => one.text().is_some() && one.text() == two.text(),
        (Some(&PRINTABLE_STRING), _) => canonical(one) == canonical(two),
        _ => false,
    }
}

/// `canonicalize`: ASCII in lower case, white space trimmed and made single.
fn canonical(attribute: &Attribute) -> String {
    let text = attribute.text().unwrap_or_default().to_ascii_lowercase();
    let words: Vec<&str> = text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{dns, email, host_of, ip, uri};

    #[test]
    fn names_and_constraints() {
        assert!(dns("a.example.com", "example.com") && dns("a.example.com", ".example.com"));
        assert!(!dns("notexample.com", "example.com") && dns("Example.COM", "example.com") && dns("x", ""));
        assert!(email("a@example.com", "example.com") && !email("a@b.example.com", "example.com"));
        assert!(email("a@b.example.com", ".example.com") && email("a@b.c", "A@b.c") && !email("xa@b.c", "a@b.c"));
        assert!(uri("a.example.com", ".example.com") && !uri("a.example.com", "example.com"));
        assert!(ip(&[10, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]) && !ip(&[11, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]));
        assert_eq!(host_of("https://u@host:443/x"), Some("host"));
        assert_eq!(host_of("urn:x"), None);
    }
}
