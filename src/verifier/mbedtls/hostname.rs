//! `x509_crt_verify_name` (`x509_crt.c`): dNSNames, and common names only where there is no subjectAltName (RFC 6125,
//! 6.4.4).

use super::parse::{Parsed, is_common_name};

/// The certificate is for this host.
pub(super) fn matches(leaf: &Parsed<'_>, host: &[u8]) -> bool {
    match &leaf.extensions.dns_names {
        Some(names) => names.iter().any(|name| is_name_of(name, host)),
        None => leaf.subject.iter().any(|attribute| is_common_name(attribute) && is_name_of(attribute.value, host)),
    }
}

/// `x509_crt_check_cn` and `x509_check_wildcard`: `*.` stands for one label, whatever follows it.
fn is_name_of(name: &[u8], host: &[u8]) -> bool {
    if name.eq_ignore_ascii_case(host) {
        return true;
    }
    let first_dot = host.iter().position(|octet| *octet == b'.').filter(|dot| *dot > 0);
    let parent = first_dot.and_then(|dot| host.get(dot..));
    let wildcard = name.strip_prefix(b"*").filter(|rest| rest.len() >= 2 && rest.starts_with(b"."));
    parent.zip(wildcard).is_some_and(|(parent, wildcard)| wildcard.eq_ignore_ascii_case(parent))
}

#[cfg(test)]
mod tests {
    use super::is_name_of;

    #[test]
    fn a_wildcard_stands_for_one_label() {
        for (name, host, expected) in [
            ("Example.com", "example.COM", true),
            ("*.example.com", "www.example.com", true),
            ("*.example.com", "a.b.example.com", false),
            ("*.example.com", "example.com", false),
            ("*.com", "example.com", true),
            ("*.example.com", ".example.com", false),
            ("*.", "a.", false),
            ("w*.example.com", "www.example.com", false),
            ("127.0.0.1", "127.0.0.1", true),
        ] {
            assert_eq!(is_name_of(name.as_bytes(), host.as_bytes()), expected, "{name} for {host}");
        }
    }
}
