//! URIs as Go reads and writes them (`net/url.Parse`, `URL.String`), because a certificate whose URI names Go cannot
//! read does not exist for Go, and its refusals quote URIs as it would write them.

use super::ip_address::{self, AddressError};
use super::quote::{quote, quote_bytes};
use super::release::Release;
use data_encoding::HEXLOWER_PERMISSIVE;
use std::error::Error;
use std::fmt;

/// What name constraints need of a URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Uri {
    /// Host and port, percent-decoded.
    pub(super) host: Vec<u8>,
    /// The URI as Go writes it.
    pub(super) text: String,
}

/// What `net/url.Parse` refuses: the error of its `url.Error`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UriError {
    /// The URI, without its fragment where that is not to blame.
    pub uri: String,
    /// What is wrong with it.
    pub problem: UriProblem,
}

/// What can be wrong with a URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UriProblem {
    /// A control character somewhere.
    ControlCharacter,
    /// A colon before the first slash that ends no scheme.
    ColonInFirstSegment,
    /// It begins with a colon.
    NoScheme,
    /// User and password.
    UserInfo,
    /// Brackets around what is no IPv6 address.
    IpLiteral,
    /// A bracket is not closed.
    NoClosingBracket,
    /// What stands in brackets is no address.
    Host(AddressError),
    /// Behind the host stands no number.
    Port(String),
    /// A character that no host may have.
    HostCharacter(u8),
    /// A percent sign that escapes nothing, or not here.
    Escape(Vec<u8>),
}

impl fmt::Display for UriError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parse {}: {}", quote(&self.uri), self.problem)
    }
}

impl Error for UriError {}

impl fmt::Display for UriProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UriProblem::ControlCharacter => f.write_str("net/url: invalid control character in URL"),
            UriProblem::ColonInFirstSegment => f.write_str("first path segment in URL cannot contain colon"),
            UriProblem::NoScheme => f.write_str("missing protocol scheme"),
            UriProblem::UserInfo => f.write_str("net/url: invalid userinfo"),
            UriProblem::IpLiteral => f.write_str("invalid IP-literal"),
            UriProblem::NoClosingBracket => f.write_str("missing ']' in host"),
            UriProblem::Host(why) => write!(f, "invalid host: {why}"),
            UriProblem::Port(port) => write!(f, "invalid port {} after host", quote(port)),
            UriProblem::HostCharacter(byte) => write!(f, "invalid character {} in host name", quote_bytes(&[*byte])),
            UriProblem::Escape(shown) => write!(f, "invalid URL escape {}", quote_bytes(shown)),
        }
    }
}

impl Error for UriProblem {}

/// The part of a URI, which decides what is escaped in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Host,
    Zone,
    UserPassword,
    Fragment,
}

/// Reads a URI of ASCII characters.
pub(super) fn parse(text: &str, release: Release) -> Result<Uri, UriError> {
    let (main, fragment) = text.split_once('#').unwrap_or((text, ""));
    let complain = |part: &str, problem| UriError { uri: part.to_owned(), problem };
    let mut uri = parse_without_fragment(main, release).map_err(|why| complain(main, why))?;
    if !fragment.is_empty() {
        uri.text.push('#');
        uri.text.push_str(&rewritten(fragment, Part::Fragment).map_err(|why| complain(text, why))?);
    }
    Ok(uri)
}

fn parse_without_fragment(text: &str, release: Release) -> Result<Uri, UriProblem> {
    if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err(UriProblem::ControlCharacter);
    }
    let (scheme, rest) = split_scheme(text)?;
    let scheme = scheme.to_ascii_lowercase();
    let (hierarchy, query) = match rest.split_once('?') {
        Some((hierarchy, query)) => (hierarchy, Some(query)),
        None => (rest, None),
    };
    let mut uri = Uri { host: Vec::new(), text: String::new() };
    if !scheme.is_empty() {
        uri.text = format!("{scheme}:");
    }
    if !scheme.is_empty() && !hierarchy.starts_with('/') {
        uri.text.push_str(hierarchy);
    } else if text == "*" {
        uri.text.push('*');
    } else {
        parse_hierarchy(&mut uri, &scheme, hierarchy, release)?;
    }
    if let Some(query) = query {
        uri.text.push('?');
        uri.text.push_str(query);
    }
    Ok(uri)
}

/// Authority and path.
fn parse_hierarchy(uri: &mut Uri, scheme: &str, hierarchy: &str, release: Release) -> Result<(), UriProblem> {
    let first_segment = |path: &str| path.split('/').next().is_some_and(|segment| segment.contains(':'));
    if first_segment(hierarchy) {
        return Err(UriProblem::ColonInFirstSegment);
    }
    let authority = hierarchy.strip_prefix("//").filter(|after| !scheme.is_empty() || !after.starts_with('/'));
    let path = match authority {
        Some(authority) => {
            let (authority, path) = authority.split_at(authority.find('/').unwrap_or(authority.len()));
            let (user, host) = match authority.rsplit_once('@') {
                Some((user, host)) => (Some(user), host),
                None => (None, authority),
            };
            uri.host = if release.is_old() { parse_old_host(host)? } else { parse_host(scheme, host)? };
            write_authority(uri, scheme, user, path)?;
            path
        }
        None => hierarchy,
    };
    let path = rewritten(path, Part::Path)?;
    // A path must not pass for an authority or a scheme.
    if authority.is_none() && !scheme.is_empty() && path.starts_with("//") {
        uri.text.push_str("%2F");
        uri.text.push_str(path.get(1..).unwrap_or_default());
    } else {
        if uri.text.is_empty() && first_segment(&path) {
            uri.text.push_str("./");
        }
        uri.text.push_str(&path);
    }
    Ok(())
}

/// Checks a path or fragment. It stays as it is if that is a fair spelling, else it is spelled the usual way.
fn rewritten(raw: &str, part: Part) -> Result<String, UriProblem> {
    let value = unescape(raw, part)?;
    let fair = |byte: u8| b"!$&'()*+,;=:@[]%".contains(&byte) || !must_escape(byte, part);
    Ok(match raw {
        // Go writes every path that is one asterisk so, save one that is escaped in another way than its own.
        "%2A" if part == Part::Path => "*".to_owned(),
        _ if raw.bytes().all(fair) => raw.to_owned(),
        _ => escape(&value, part),
    })
}

/// The scheme, empty if there is none, and the rest.
fn split_scheme(text: &str) -> Result<(&str, &str), UriProblem> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    match end.and_then(|end| text.split_at_checked(end)) {
        Some(("", rest)) if rest.starts_with(':') => Err(UriProblem::NoScheme),
        Some((scheme, rest)) if starts_well && rest.starts_with(':') => Ok((scheme, rest.get(1..).unwrap_or_default())),
        _ => Ok(("", text)),
    }
}

/// User, password and host, written in front of a path.
fn write_authority(uri: &mut Uri, scheme: &str, user: Option<&str>, path: &str) -> Result<(), UriProblem> {
    let nobody = uri.host.is_empty() && user.is_none();
    if !nobody || !(scheme.is_empty() || path.is_empty()) {
        uri.text.push_str("//");
    }
    if let Some(user) = user {
        push_user(&mut uri.text, user)?;
    }
    uri.text.push_str(&escape(&uri.host, Part::Host));
    Ok(())
}

fn push_user(text: &mut String, user: &str) -> Result<(), UriProblem> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
    if !user.chars().all(allowed) {
        return Err(UriProblem::UserInfo);
    }
    // Name and password; a further colon belongs to the password.
    for (index, word) in user.splitn(2, ':').enumerate() {
        if index > 0 {
            text.push(':');
        }
        text.push_str(&escape(&unescape(word, Part::UserPassword)?, Part::UserPassword));
    }
    text.push('@');
    Ok(())
}

fn parse_host(scheme: &str, host: &str) -> Result<Vec<u8>, UriProblem> {
    match host.rfind('[') {
        Some(0) => return parse_bracketed_host(host),
        Some(_) => return Err(UriProblem::IpLiteral),
        None => {}
    }
    // Only http and https insist on a single colon; database URIs list several hosts.
    let colon = if matches!(scheme, "http" | "https") { host.find(':') } else { host.rfind(':') };
    check_port(colon.and_then(|colon| host.get(colon..)).unwrap_or_default())?;
    unescape(host, Part::Host)
}

/// Go 1.19 asks only that brackets close and that ports are numbers; what stands in brackets may be anything.
fn parse_old_host(host: &str) -> Result<Vec<u8>, UriProblem> {
    if !host.starts_with('[') {
        check_port(host.rfind(':').and_then(|colon| host.get(colon..)).unwrap_or_default())?;
        return unescape(host, Part::Host);
    }
    let Some(close) = host.rfind(']') else { return Err(UriProblem::NoClosingBracket) };
    let (inside, rest) = host.split_at_checked(close).unwrap_or_default();
    check_port(rest.get(1..).unwrap_or_default())?;
    let (address, zone) = inside.split_at_checked(inside.find("%25").unwrap_or(inside.len())).unwrap_or_default();
    Ok([unescape(address, Part::Host)?, unescape(zone, Part::Zone)?, unescape(rest, Part::Host)?].concat())
}

/// `[2001:db8::1]:443`, with a zone perhaps (RFC 6874).
fn parse_bracketed_host(host: &str) -> Result<Vec<u8>, UriProblem> {
    let Some((inside, port)) = host.rsplit_once(']') else {
        return Err(UriProblem::NoClosingBracket);
    };
    check_port(port)?;
    let inside = inside.strip_prefix('[').unwrap_or(inside);
    let zone = inside.find("%25").unwrap_or(inside.len());
    let (address, zone) = inside.split_at_checked(zone).unwrap_or_default();
    let mut decoded = unescape(address, Part::Host)?;
    decoded.extend(unescape(zone, Part::Zone)?);
    let text = String::from_utf8_lossy(&decoded);
    let parsed = ip_address::parse(&text).map_err(UriProblem::Host)?;
    if parsed.octets.len() == 4 {
        return Err(UriProblem::IpLiteral);
    }
    Ok([b"[", decoded.as_slice(), b"]", port.as_bytes()].concat())
}

fn check_port(port: &str) -> Result<(), UriProblem> {
    let digits = port.strip_prefix(':').unwrap_or(port);
    let fine = port.is_empty() || (port.starts_with(':') && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if fine { Ok(()) } else { Err(UriProblem::Port(port.to_owned())) }
}

fn unescape(text: &str, part: Part) -> Result<Vec<u8>, UriProblem> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%' {
            out.push(unescape_one(rest, part)?);
            rest = rest.get(3..).unwrap_or_default();
            continue;
        }
        if matches!(part, Part::Host | Part::Zone) && byte < 0x80 && must_escape(byte, part) {
            return Err(UriProblem::HostCharacter(byte));
        }
        out.push(byte);
        rest = after;
    }
    Ok(out)
}

/// The octet that `%xy` at the front of `rest` stands for.
fn unescape_one(rest: &[u8], part: Part) -> Result<u8, UriProblem> {
    let shown = rest.get(..3).unwrap_or(rest);
    let refusal = || UriProblem::Escape(shown.to_vec());
    let number = rest.get(1..3).and_then(|digits| HEXLOWER_PERMISSIVE.decode(digits).ok());
    let Some(&[byte]) = number.as_deref() else { return Err(refusal()) };
    let allowed = match part {
        // RFC 6874: %25 is the one ASCII octet that a host may escape.
        Part::Host => byte >= 0x80 || shown == b"%25",
        Part::Zone => shown == b"%25" || byte == b' ' || !must_escape(byte, Part::Host),
        _ => true,
    };
    if allowed { Ok(byte) } else { Err(refusal()) }
}

fn escape(bytes: &[u8], part: Part) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        if must_escape(byte, part) {
            out.push_str(&format!("%{byte:02X}"));
        } else {
            out.push(char::from(byte));
        }
    }
    out
}

fn must_escape(byte: u8, part: Part) -> bool {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        return false;
    }
    let allowed: &[u8] = match part {
        Part::Host | Part::Zone => b"!$&'()*+,;=:[]<>\"",
        Part::Path => b"$&+,/:;=@",
        Part::UserPassword => b"$&+,;=",
        Part::Fragment => b"$&+,/:;=?@!()*",
    };
    !allowed.contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{Release, parse};

    #[test]
    fn writes_uris_as_go_does() {
        for (given, host, written) in [
            ("spiffe://td.example/a/b", "td.example", "spiffe://td.example/a/b"),
            ("HTTP://Example.com:80/?", "Example.com:80", "http://Example.com:80/?"),
            ("https://u:p%40@h/%7e?q#f%20g", "h", "https://u:p%40@h/%7e?q#f%20g"),
            ("mailto:a@example.com", "", "mailto:a@example.com"),
            ("//host/p", "host", "//host/p"),
            ("///p", "", "///p"),
            ("file:///etc", "", "file:///etc"),
            ("http://[2001:db8::1%25en0]:80/", "[2001:db8::1%en0]:80", "http://[2001:db8::1%25en0]:80/"),
            ("a:/b", "", "a:/b"),
            ("*", "", "*"),
            ("http:", "", "http:"),
            ("x y", "", "x%20y"),
            ("//?q", "", "?q"),
            ("s://?", "", "s:?"),
            ("s:///%2Fa\"", "", "s:////a%22"),
            ("s:/%2Fa\"", "", "s:%2F/a%22"),
            ("a%3Ab", "", "a%3Ab"),
            ("a%3Ab\"", "", "./a:b%22"),
            ("%2A", "", "*"),
            ("%2a", "", "%2a"),
            ("//@/", "", "//@/"),
            ("//u@h?", "h", "//u@h?"),
        ] {
            let uri = parse(given, Release::Go1_27).unwrap();
            assert_eq!(String::from_utf8_lossy(&uri.host), host, "{given}");
            assert_eq!(uri.text, written, "{given}");
        }
    }

    #[test]
    fn refuses_in_the_words_of_go() {
        for (given, words) in [
            (":x", r#"parse ":x": missing protocol scheme"#),
            ("1a:x/y", r#"parse "1a:x/y": first path segment in URL cannot contain colon"#),
            ("http://a b/", r#"parse "http://a b/": invalid character " " in host name"#),
            ("http://a%41/", r#"parse "http://a%41/": invalid URL escape "%41""#),
            ("http://a/%zz#f", r#"parse "http://a/%zz": invalid URL escape "%zz""#),
            ("http://a/#%z", r#"parse "http://a/#%z": invalid URL escape "%z""#),
            ("http://a:b/", r#"parse "http://a:b/": invalid port ":b" after host"#),
            ("http://[::1", r#"parse "http://[::1": missing ']' in host"#),
            ("http://[1.2.3.4]/", r#"parse "http://[1.2.3.4]/": invalid IP-literal"#),
            ("http://[x]/", r#"parse "http://[x]/": invalid host: ParseAddr("x"): unable to parse IP"#),
            ("http://a\u{1}", r#"parse "http://a\x01": net/url: invalid control character in URL"#),
            ("http://a|b@h", r#"parse "http://a|b@h": net/url: invalid userinfo"#),
        ] {
            assert_eq!(parse(given, Release::Go1_27).map_err(|why| why.to_string()), Err(words.to_owned()));
        }
    }
}
