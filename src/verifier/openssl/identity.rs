//! `check_id`: the name that the leaf must be valid for (`v3_utl.c`, RFC 6125).

use super::error::Error;
use super::general_name::GeneralName;
use super::ip_address;
use super::{Certificate, Checked, Settings, Verification};
use crate::oid::COMMON_NAME;
use crate::verifier::Host;

/// What a star in a pattern may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wildcards {
    WholeLabel,
    /// `www*` too.
    Partial,
}

impl Verification<'_, '_> {
    pub(super) fn check_identity(&mut self) -> Checked {
        let leaf = self.chain.first().zip(self.query.host.as_ref());
        match leaf.and_then(|(leaf, host)| mismatch(leaf, host, &self.settings)) {
            Some(error) => self.report(0, error),
            None => Ok(()),
        }
    }
}

/// Why the leaf is not valid for the host; an empty name is not looked at.
pub(super) fn mismatch(leaf: &Certificate<'_>, host: &Host, settings: &Settings) -> Option<Error> {
    match host {
        Host::Dns(host) => {
            let fits = host.is_empty() || has_host(leaf, host.as_bytes(), settings);
            (!fits).then_some(Error::HostnameMismatch)
        }
        Host::Ip(text) => {
            // A program cannot even ask for what is no address (`X509_VERIFY_PARAM_set1_ip_asc`).
            let fits = ip_address::parse(text).is_some_and(|address| has_ip(leaf, &address));
            (!fits).then_some(Error::IpAddressMismatch)
        }
    }
}

/// `X509_check_host`: the DNS names, and where there is none the common names.
fn has_host(leaf: &Certificate<'_>, host: &[u8], settings: &Settings) -> bool {
    let wildcards = if settings.partial_wildcards { Wildcards::Partial } else { Wildcards::WholeLabel };
    let mut has_dns_name = false;
    for name in leaf.extensions.alternative_names.iter().flatten() {
        let GeneralName::Dns(pattern) = name else { continue };
        has_dns_name = true;
        if matches(pattern, host, wildcards) {
            return true;
        }
    }
    if has_dns_name || !settings.common_name {
        return false;
    }
    for value in leaf.subject.values(COMMON_NAME).into_iter().filter(|value| !value.contents.is_empty()) {
        // A name that is no text ends the search (`do_check_string` gives -1).
        let Some(text) = value.to_utf8() else { return false };
        if matches(text.as_bytes(), host, wildcards) {
            return true;
        }
    }
    false
}

/// `X509_check_ip`: an iPAddress of the leaf has exactly these octets.
fn has_ip(leaf: &Certificate<'_>, wanted: &[u8]) -> bool {
    let is_wanted = |name: &GeneralName<'_>| matches!(name, GeneralName::Ip(address) if *address == wanted);
    leaf.extensions.alternative_names.iter().flatten().any(is_wanted)
}

/// `equal_wildcard`. A host that begins with a dot stands for everything below it (`_X509_CHECK_FLAG_DOT_SUBDOMAINS`).
fn matches(pattern: &[u8], host: &[u8], wildcards: Wildcards) -> bool {
    if pattern.is_empty() {
        return false;
    }
    let is_domain = host.len() > 1 && host.first() == Some(&b'.');
    let star = if is_domain { None } else { valid_star(pattern, wildcards) };
    match star.and_then(|star| Some((pattern.get(..star)?, pattern.get(star + 1..)?))) {
        Some((prefix, suffix)) => matches_wildcard(prefix, suffix, host),
        None => equals(if is_domain { skip_prefix(pattern, host.len()) } else { pattern }, host),
    }
}

/// `skip_prefix`: the end of a longer pattern, unless it has a NUL before.
fn skip_prefix(pattern: &[u8], length: usize) -> &[u8] {
    match pattern.len().checked_sub(length).and_then(|at| pattern.split_at_checked(at)) {
        Some((prefix, end)) if !prefix.contains(&0) => end,
        _ => pattern,
    }
}

/// `equal_nocase`: a pattern has no NUL.
fn equals(pattern: &[u8], host: &[u8]) -> bool {
    pattern.eq_ignore_ascii_case(host) && !pattern.contains(&0)
}

/// `wildcard_match`: the host begins with the prefix and ends with the suffix, and between them are characters of one
/// label.
fn matches_wildcard(prefix: &[u8], suffix: &[u8], host: &[u8]) -> bool {
    let Some((start, rest)) = host.split_at_checked(prefix.len()) else { return false };
    let Some((middle, end)) = rest.len().checked_sub(suffix.len()).and_then(|at| rest.split_at_checked(at)) else {
        return false;
    };
    // The suffix of the host stands in the pattern's place, so it is the host's that may hold no NUL.
    if !equals(prefix, start) || !equals(end, suffix) {
        return false;
    }
    let is_whole_label = prefix.is_empty() && suffix.first() == Some(&b'.');
    if is_whole_label && middle.is_empty() {
        return false;
    }
    let is_internationalised = host.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"xn--"));
    if !is_whole_label && is_internationalised {
        return false;
    }
    middle == b"*" || middle.iter().all(|octet| octet.is_ascii_alphanumeric() || *octet == b'-')
}

/// `valid_star`: the position of the one star, at the start or end of the first label, which is not internationalised;
/// at least two dots follow.
fn valid_star(pattern: &[u8], wildcards: Wildcards) -> Option<usize> {
    let (mut star, mut dots) = (None, 0);
    let (mut at_start, mut after_hyphen, mut in_idna) = (true, false, false);
    for (index, octet) in pattern.iter().enumerate() {
        let rest = pattern.get(index..).unwrap_or_default();
        match octet {
            b'*' => {
                let at_end = matches!(rest.get(1), None | Some(b'.'));
                let is_allowed = match wildcards {
                    Wildcards::WholeLabel => at_start && at_end,
                    Wildcards::Partial => at_start || at_end,
                };
                if star.is_some() || in_idna || dots > 0 || !is_allowed {
                    return None;
                }
                (star, at_start) = (Some(index), false);
            }
            b'.' if at_start || after_hyphen => return None,
            b'.' => {
                (at_start, after_hyphen, in_idna) = (true, false, false);
                dots += 1;
            }
            b'-' if at_start => return None,
            b'-' => after_hyphen = true,
            octet if octet.is_ascii_alphanumeric() => {
                let begins_idna = rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"xn--"));
                in_idna |= at_start && begins_idna;
                (at_start, after_hyphen) = (false, false);
            }
            _ => return None,
        }
    }
    star.filter(|_| !at_start && !after_hyphen && dots >= 2)
}

#[cfg(test)]
mod tests {
    use super::{Wildcards, matches};

    #[test]
    fn patterns() {
        for (pattern, host, whole, partial) in [
            ("www.example.com", "WWW.example.COM", true, true),
            ("*.example.com", "www.example.com", true, true),
            ("*.example.com", "a.www.example.com", false, false),
            ("*.example.com", "example.com", false, false),
            ("*.example.com", ".example.com", true, true),
            ("*.example.com", "xn--a.example.com", true, true),
            ("*.com", "example.com", false, false),
            ("*.*.example.com", "a.b.example.com", false, false),
            ("www*.example.com", "www1.example.com", false, true),
            ("*1.example.com", "www1.example.com", false, true),
            ("w*1.example.com", "www1.example.com", false, false),
            ("x*.example.com", "xn--a.example.com", false, false),
            ("xn--*.example.com", "xn--a.example.com", false, false),
            ("*.example.com", "*.example.com", true, true),
            ("*.-example.com", "www.-example.com", false, false),
            ("*.example.com.", "www.example.com.", false, false),
            ("www.example.com", ".example.com", true, true),
            ("example.com", ".example.com", false, false),
            ("", "", false, false),
        ] {
            let fits = |wildcards| matches(pattern.as_bytes(), host.as_bytes(), wildcards);
            assert_eq!((fits(Wildcards::WholeLabel), fits(Wildcards::Partial)), (whole, partial), "{pattern} {host}");
        }
    }

    #[test]
    fn a_pattern_has_no_nul() {
        assert!(!matches(b"www.example.com\0", b"www.example.com\0", Wildcards::WholeLabel));
    }
}
