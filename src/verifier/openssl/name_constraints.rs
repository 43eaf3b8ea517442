//! `check_name_constraints`: every name against the constraints of every certificate above it, the anchor's included
//! (RFC 5280, 4.2.1.10 and 6.1.3 (b) and (c)).

use super::certificate::Certificate;
use super::error::Error;
use super::general_name::{GeneralName, NameConstraints, Subtree, has_dns_name};
use super::messages::Rejection;
use super::name::{AString, Name};
use super::punycode;
use super::{Checked, Verification};
use crate::der::{Element, IA5_STRING, UTF8_STRING};
use crate::oid::{COMMON_NAME, EMAIL_ADDRESS, SMTP_UTF8_MAILBOX};
use crate::verifier::CauseKind;
use crate::verifier::budget::Budget;

/// Most pairs of a name and a constraint (`NAME_CHECK_MAX` in `v3_ncons.c`).
const MAX_PAIRS: usize = 1 << 20;

/// Longest host name in an address after decoding (`ulabel` in `nc_email_eai`).
const MAX_LABEL: usize = 255;

/// A name against a base: whether it is inside, or why nobody can say.
type Inside = Result<bool, Error>;

/// Why a certificate's names do not pass.
enum NamesRejection {
    /// This error is reported.
    Violation(Error),
    /// `X509_V_ERR_OUT_OF_MEM`, which OpenSSL also gives for a common name that is no text.
    NoText,
}

/// A name that a certificate has.
#[derive(Clone, Copy)]
enum Given<'n> {
    /// In canonical form.
    Directory(&'n [u8]),
    Email(&'n [u8]),
    /// The type and value of an otherName.
    Other(&'n [u8], &'n Element<'n>),
    Dns(&'n [u8]),
    Uri(&'n [u8]),
    Ip(&'n [u8]),
    X400,
    EdiParty,
    RegisteredId,
}

impl Verification<'_, '_> {
    pub(super) fn check_name_constraints(&mut self) -> Checked {
        let chain = self.chain.clone();
        let comparisons = Budget::of_pairs();
        for (depth, certificate) in chain.iter().enumerate().rev() {
            if depth != 0 && certificate.is_self_issued {
                continue;
            }
            let violates = certificate.extensions.proxy.is_some() && !has_proxy_subject(certificate);
            self.report_if(violates, depth, Error::ProxySubjectNameViolation)?;
            for above in chain.iter().skip(depth + 1).rev() {
                let Some(constraints) = &above.extensions.name_constraints else { continue };
                let pairs = pairs(certificate, constraints);
                self.trail.add_cost(pairs.min(MAX_PAIRS));
                // What is too much for one pair of certificates is OpenSSL's own error.
                if pairs <= MAX_PAIRS && comparisons.spend(pairs).is_err() {
                    return Err(Rejection::LimitReached);
                }
                match self.check_names_against(certificate, depth == 0, constraints) {
                    Ok(()) => {}
                    Err(NamesRejection::Violation(error)) => {
                        self.report_as(depth, error, CauseKind::NameConstraints)?;
                    }
                    Err(NamesRejection::NoText) => return Err(self.internal_error()),
                }
            }
        }
        Ok(())
    }

    /// All names of a certificate, and of a leaf without DNS names the common names that look like host names.
    fn check_names_against(
        &self,
        certificate: &Certificate<'_>,
        is_leaf: bool,
        constraints: &NameConstraints<'_>,
    ) -> Result<(), NamesRejection> {
        check_certificate(certificate, constraints).map_err(NamesRejection::Violation)?;
        let names = certificate.extensions.alternative_names.as_deref().unwrap_or_default();
        if is_leaf && self.settings.common_name && !has_dns_name(names) {
            check_common_names(&certificate.subject, constraints)?;
        }
        Ok(())
    }
}

/// RFC 3820, 3.4: the subject of a proxy certificate is its issuer's name and one common name.
fn has_proxy_subject(certificate: &Certificate<'_>) -> bool {
    let (subject, issuer) = (&certificate.subject, &certificate.issuer);
    let [.., before, last] = subject.entries.as_slice() else { return false };
    subject.entries.len() == issuer.entries.len() + 1
        && before.set != last.set
        && last.oid == COMMON_NAME.as_bytes()
        && subject.canonical.get(..subject.last_set_at) == Some(&issuer.canonical)
}

fn pairs(certificate: &Certificate<'_>, constraints: &NameConstraints<'_>) -> usize {
    let names = certificate.extensions.alternative_names.as_deref().unwrap_or_default();
    let subtrees = constraints.permitted.len() + constraints.excluded.len();
    subtrees.saturating_mul(certificate.subject.entries.len() + names.len())
}

/// `NAME_CONSTRAINTS_check`: checks the subject, the mailboxes in it, and the alternative names.
fn check_certificate(certificate: &Certificate<'_>, constraints: &NameConstraints<'_>) -> Result<(), Error> {
    let subject = &certificate.subject;
    let names = certificate.extensions.alternative_names.as_deref().unwrap_or_default();
    let count = subject.entries.len() + names.len();
    if count > 0 && constraints.permitted.len() + constraints.excluded.len() > MAX_PAIRS / count {
        return Err(Error::Unspecified);
    }
    if !subject.entries.is_empty() {
        check_name(Given::Directory(&subject.canonical), constraints)?;
        for address in subject.values(EMAIL_ADDRESS) {
            if address.tag != IA5_STRING {
                return Err(Error::UnsupportedNameSyntax);
            }
            check_name(Given::Email(address.contents), constraints)?;
        }
    }
    names.iter().try_for_each(|name| check_name(Given::of(name), constraints))
}

/// `NAME_CONSTRAINTS_check_CN`: checks the common names that look like host names.
fn check_common_names(subject: &Name<'_>, constraints: &NameConstraints<'_>) -> Result<(), NamesRejection> {
    for value in subject.values(COMMON_NAME) {
        if let Some(host) = host_name(value)? {
            check_name(Given::Dns(host.as_bytes()), constraints).map_err(NamesRejection::Violation)?;
        }
    }
    Ok(())
}

/// `cn2dnsid`: a common name that looks like a host name of more than one label.
fn host_name(value: AString<'_>) -> Result<Option<String>, NamesRejection> {
    let text = value.to_utf8().ok_or(NamesRejection::NoText)?;
    let text = text.trim_end_matches('\0');
    if text.contains('\0') {
        return Err(NamesRejection::Violation(Error::UnsupportedNameSyntax));
    }
    let octets = text.as_bytes();
    let at = |index: usize| octets.get(index).copied();
    let mut has_dot = false;
    for (index, octet) in octets.iter().enumerate() {
        let is_inside = index > 0 && index + 1 < octets.len();
        let before = index.checked_sub(1).and_then(at);
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => {}
            b'-' if is_inside => {}
            b'.' if is_inside && before != Some(b'-') && !matches!(at(index + 1), Some(b'.' | b'-')) => has_dot = true,
            _ => return Ok(None),
        }
    }
    Ok(has_dot.then(|| text.to_owned()))
}

/// `nc_match`: inside some permitted subtree of its kind, if there is one, and inside no excluded one.
fn check_name(name: Given<'_>, constraints: &NameConstraints<'_>) -> Result<(), Error> {
    let (mut is_constrained, mut is_permitted) = (false, false);
    for subtree in constraints.permitted.iter().filter(|subtree| name.is_of_the_kind_of(&subtree.base)) {
        check_bounds(subtree)?;
        is_constrained = true;
        is_permitted = is_permitted || name.is_inside(&subtree.base)?;
    }
    if is_constrained && !is_permitted {
        return Err(Error::PermittedViolation);
    }
    for subtree in constraints.excluded.iter().filter(|subtree| name.is_of_the_kind_of(&subtree.base)) {
        check_bounds(subtree)?;
        if name.is_inside(&subtree.base)? {
            return Err(Error::ExcludedViolation);
        }
    }
    Ok(())
}

fn check_bounds(subtree: &Subtree<'_>) -> Result<(), Error> {
    if subtree.is_unbounded { Ok(()) } else { Err(Error::SubtreeMinMax) }
}

impl<'n> Given<'n> {
    fn of(name: &'n GeneralName<'_>) -> Given<'n> {
        match name {
            GeneralName::Directory(name) => Given::Directory(&name.canonical),
            GeneralName::Email(address) => Given::Email(address),
            GeneralName::Other(kind, value) => Given::Other(kind, value),
            GeneralName::Dns(name) => Given::Dns(name),
            GeneralName::Uri(uri) => Given::Uri(uri),
            GeneralName::Ip(address) => Given::Ip(address),
            GeneralName::X400 => Given::X400,
            GeneralName::EdiParty => Given::EdiParty,
            GeneralName::RegisteredId => Given::RegisteredId,
        }
    }

    /// An internationalised address counts as an address (RFC 8398, 6).
    fn is_of_the_kind_of(self, base: &GeneralName<'_>) -> bool {
        match (self, base) {
            // A mailbox beyond ASCII (RFC 8398, 3) is held against the constraints of mailboxes.
            (Given::Other(kind, _), base) if kind == SMTP_UTF8_MAILBOX.as_bytes() => {
                matches!(base, GeneralName::Email(_))
            }
            (Given::Email(_), GeneralName::Email(_))
            | (Given::Directory(_), GeneralName::Directory(_))
            | (Given::Dns(_), GeneralName::Dns(_))
            | (Given::Uri(_), GeneralName::Uri(_))
            | (Given::Ip(_), GeneralName::Ip(_))
            | (Given::X400, GeneralName::X400)
            | (Given::EdiParty, GeneralName::EdiParty)
            | (Given::RegisteredId, GeneralName::RegisteredId) => true,
            (Given::Other(kind, _), GeneralName::Other(other, _)) => kind == *other,
            _ => false,
        }
    }

    /// `nc_match_single`: whether the name lies in the subtree that has this base.
    fn is_inside(self, base: &GeneralName<'_>) -> Inside {
        match (self, base) {
            (Given::Directory(name), GeneralName::Directory(base)) => Ok(name.starts_with(&base.canonical)),
            (Given::Dns(name), GeneralName::Dns(base)) => Ok(dns_is_inside(name, base)),
            (Given::Email(address), GeneralName::Email(base)) => email_is_inside(address, base),
            (Given::Uri(uri), GeneralName::Uri(base)) => uri_is_inside(uri, base),
            (Given::Ip(address), GeneralName::Ip(base)) => ip_is_inside(address, base),
            (Given::Other(_, value), GeneralName::Email(base)) => mailbox_is_inside(value, base),
            _ => Err(Error::UnsupportedConstraintType),
        }
    }
}

/// `nc_dns`: labels may be added on the left.
fn dns_is_inside(name: &[u8], base: &[u8]) -> bool {
    let Some((rest, end)) = split_end(name, base.len()) else { return false };
    let is_at_dot = rest.is_empty() || base.first() == Some(&b'.') || rest.last() == Some(&b'.');
    base.is_empty() || (is_at_dot && end.eq_ignore_ascii_case(base))
}

/// `nc_email`: a mailbox, a host, or with a leading dot everything below a domain.
fn email_is_inside(address: &[u8], base: &[u8]) -> Inside {
    let (local, host) = split_address(address).ok_or(Error::UnsupportedNameSyntax)?;
    let Some((base_local, base_host)) = split_address(base) else {
        return Ok(if base.first() == Some(&b'.') {
            ends_below(address, base)
        } else {
            host.eq_ignore_ascii_case(base)
        });
    };
    if !base_local.is_empty() {
        if base_local.len() != local.len() {
            return Ok(false);
        }
        if base_local.contains(&0) || local.contains(&0) {
            return Err(Error::UnsupportedNameSyntax);
        }
        if base_local != local {
            return Ok(false);
        }
    }
    Ok(host.eq_ignore_ascii_case(base_host))
}

/// `nc_email_eai`: the base's host in Unicode. Behind a leading dot OpenSSL writes a second one, so that hardly
/// anything is inside.
fn mailbox_is_inside(mailbox: &Element<'_>, base: &[u8]) -> Inside {
    if base.contains(&0) || mailbox.tag != UTF8_STRING {
        return Err(Error::UnsupportedNameSyntax);
    }
    let (_, host) = split_address(mailbox.contents).ok_or(Error::UnsupportedNameSyntax)?;
    let decoded = punycode::decode_host(base).ok_or(Error::Unspecified)?;
    let is_domain = base.first() == Some(&b'.');
    // The octet that ends a string is counted, and so is the dot in front.
    if decoded.len() + 1 + usize::from(is_domain) > MAX_LABEL {
        return Err(Error::Unspecified);
    }
    Ok(if is_domain {
        ends_below(mailbox.contents, &[b".", decoded.as_slice()].concat())
    } else {
        host.eq_ignore_ascii_case(&decoded)
    })
}

/// `nc_uri`: the host must be the base, or with a leading dot below it.
fn uri_is_inside(uri: &[u8], base: &[u8]) -> Inside {
    let host = uri_host(uri).ok_or(Error::UnsupportedNameSyntax)?;
    Ok(if base.first() == Some(&b'.') { ends_below(host, base) } else { host.eq_ignore_ascii_case(base) })
}

/// What stands between `//` and the next colon, else the next slash; not empty.
fn uri_host(uri: &[u8]) -> Option<&[u8]> {
    let colon = uri.iter().position(|octet| *octet == b':')?;
    let rest = uri.get(colon + 1..)?.strip_prefix(b"//")?;
    let find = |wanted: u8| rest.iter().position(|octet| *octet == wanted);
    let end = find(b':').or_else(|| find(b'/')).unwrap_or(rest.len());
    rest.get(..end).filter(|host| !host.is_empty())
}

/// `nc_ip`: an address and a mask of the same family.
fn ip_is_inside(address: &[u8], base: &[u8]) -> Inside {
    if !matches!(address.len(), 4 | 16) || !matches!(base.len(), 8 | 32) {
        return Err(Error::UnsupportedNameSyntax);
    }
    let (network, mask) = base.split_at(base.len() / 2);
    let agree = |((octet, network), mask): ((&u8, &u8), &u8)| octet & mask == network & mask;
    Ok(address.len() == network.len() && address.iter().zip(network).zip(mask).all(agree))
}

/// Longer than the end, and with this end.
fn ends_below(name: &[u8], end: &[u8]) -> bool {
    split_end(name, end.len()).is_some_and(|(rest, own)| !rest.is_empty() && own.eq_ignore_ascii_case(end))
}

/// The last octets of a name, and what stands before them.
fn split_end(name: &[u8], length: usize) -> Option<(&[u8], &[u8])> {
    name.split_at_checked(name.len().checked_sub(length)?)
}

/// Before and after the last `@`.
fn split_address(address: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = address.iter().rposition(|octet| *octet == b'@')?;
    Some((address.get(..at)?, address.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::{AString, Element, Error, UTF8_STRING};
    use super::{dns_is_inside, email_is_inside, host_name, ip_is_inside, mailbox_is_inside, uri_is_inside};

    #[test]
    fn host_names() {
        for (name, base, inside) in [
            ("www.example.com", "example.com", true),
            ("EXAMPLE.com", "example.COM", true),
            ("badexample.com", "example.com", false),
            ("www.example.com", ".example.com", true),
            ("example.com", ".example.com", false),
            ("com", "example.com", false),
            ("anything", "", true),
        ] {
            assert_eq!(dns_is_inside(name.as_bytes(), base.as_bytes()), inside, "{name} in {base}");
        }
    }

    #[test]
    fn addresses() {
        for (address, base, inside) in [
            ("a@example.com", "example.COM", Ok(true)),
            ("a@example.com", "a@example.com", Ok(true)),
            ("A@example.com", "a@example.com", Ok(false)),
            ("a@www.example.com", "example.com", Ok(false)),
            ("a@www.example.com", ".example.com", Ok(true)),
            ("a@example.com", "@example.com", Ok(true)),
            ("example.com", "example.com", Err(Error::UnsupportedNameSyntax)),
        ] {
            assert_eq!(email_is_inside(address.as_bytes(), base.as_bytes()), inside, "{address} in {base}");
        }
    }

    #[test]
    fn internationalised_addresses() {
        let mailbox =
            |text: &'static str| Element { tag: UTF8_STRING, whole: &[], contents: text.as_bytes(), is_minimal: true };
        assert_eq!(mailbox_is_inside(&mailbox("ü@bücher.example"), b"xn--bcher-kva.example"), Ok(true));
        assert_eq!(mailbox_is_inside(&mailbox("ü@example.com"), b"example.com"), Ok(true));
        assert_eq!(mailbox_is_inside(&mailbox("ü@www.example.com"), b".example.com"), Ok(false));
        assert_eq!(mailbox_is_inside(&mailbox("ü"), b"example.com"), Err(Error::UnsupportedNameSyntax));
    }

    #[test]
    fn uris() {
        for (uri, base, inside) in [
            ("https://www.example.com/a", "www.example.com", Ok(true)),
            ("https://www.example.com:8443", ".example.com", Ok(true)),
            ("spiffe://example.com", ".example.com", Ok(false)),
            ("urn:a", "a", Err(Error::UnsupportedNameSyntax)),
            ("https:///a", "a", Err(Error::UnsupportedNameSyntax)),
        ] {
            assert_eq!(uri_is_inside(uri.as_bytes(), base.as_bytes()), inside, "{uri} in {base}");
        }
    }

    #[test]
    fn ip_addresses() {
        assert_eq!(ip_is_inside(&[10, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]), Ok(true));
        assert_eq!(ip_is_inside(&[11, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]), Ok(false));
        assert_eq!(ip_is_inside(&[0; 16], &[0; 8]), Ok(false));
        assert_eq!(ip_is_inside(&[0; 5], &[0; 8]), Err(Error::UnsupportedNameSyntax));
    }

    #[test]
    fn common_names_that_look_like_host_names() {
        for (text, is_host) in [
            ("www.example.com", true),
            ("www.example.com\0", true),
            ("under_score.example", true),
            ("localhost", false),
            ("a-.example", false),
            ("a..example", false),
            ("example.com.", false),
            ("*.example.com", false),
        ] {
            let value = AString { tag: UTF8_STRING, contents: text.as_bytes() };
            assert_eq!(host_name(value).is_ok_and(|host| host.is_some()), is_host, "{text}");
        }
    }
}
