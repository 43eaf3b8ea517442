//! URIs as Go reads and writes them (`net/url.Parse`, `URL.String`), because a certificate whose URI names Go cannot
//! read does not exist for Go, and its refusals quote URIs as it would write them.

use super::ip_address;
use super::quote::{quote, quote_bytes};

/// A URI in the parts that name constraints need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Uri {
    scheme: String,
    opaque: String,
    user: Option<User>,
    /// Host and port, percent-decoded.
    pub(super) host: Vec<u8>,
    path: Vec<u8>,
    raw_path: String,
    query: String,
    force_query: bool,
    omit_host: bool,
    fragment: Vec<u8>,
    raw_fragment: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct User {
    name: Vec<u8>,
    password: Option<Vec<u8>>,
}

/// The part of a URI, which decides what is escaped in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Host,
    Zone,
    UserPassword,
    Fragment,
}

/// Reads a URI of ASCII characters; `Err` holds Go's words.
pub(super) fn parse(text: &str) -> Result<Uri, String> {
    let (main, fragment) = text.split_once('#').unwrap_or((text, ""));
    let complain = |part: &str, why: String| format!("parse {}: {why}", quote(part));
    let mut uri = parse_without_fragment(main).map_err(|why| complain(main, why))?;
    if !fragment.is_empty() {
        uri.fragment = unescape(fragment, Part::Fragment).map_err(|why| complain(text, why))?;
        if escape(&uri.fragment, Part::Fragment) != fragment {
            uri.raw_fragment = fragment.to_owned();
        }
    }
    Ok(uri)
}

impl Uri {
    /// The URI as Go writes it.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        if !self.scheme.is_empty() {
            out.push_str(&self.scheme);
            out.push(':');
        }
        if self.opaque.is_empty() {
            self.push_hierarchy(&mut out);
        } else {
            out.push_str(&self.opaque);
        }
        if self.force_query || !self.query.is_empty() {
            out.push('?');
            out.push_str(&self.query);
        }
        if !self.fragment.is_empty() {
            out.push('#');
            out.push_str(&written(&self.raw_fragment, &self.fragment, Part::Fragment));
        }
        out
    }

    fn push_hierarchy(&self, out: &mut String) {
        let nobody = self.host.is_empty() && self.user.is_none();
        self.push_authority(out);
        let path = if self.raw_path.is_empty() && self.path == b"*" {
            "*".to_owned()
        } else {
            written(&self.raw_path, &self.path, Part::Path)
        };
        let mut path = path.as_str();
        if self.omit_host && nobody && path.starts_with("//") {
            out.push_str("%2F");
            path = path.get(1..).unwrap_or_default();
        }
        if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
            out.push('/');
        }
        let first_segment = path.split('/').next().unwrap_or_default();
        if out.is_empty() && first_segment.contains(':') {
            out.push_str("./");
        }
        out.push_str(path);
    }

    fn push_authority(&self, out: &mut String) {
        let nobody = self.host.is_empty() && self.user.is_none();
        if nobody && (self.scheme.is_empty() || self.omit_host) {
            return;
        }
        if !self.path.is_empty() || !nobody {
            out.push_str("//");
        }
        if let Some(user) = &self.user {
            out.push_str(&escape(&user.name, Part::UserPassword));
            if let Some(password) = &user.password {
                out.push(':');
                out.push_str(&escape(password, Part::UserPassword));
            }
            out.push('@');
        }
        out.push_str(&escape(&self.host, Part::Host));
    }
}

/// The form found if it is a fair spelling of `value`, else the usual one.
fn written(raw: &str, value: &[u8], part: Part) -> String {
    let fair = |byte: u8| b"!$&'()*+,;=:@[]%".contains(&byte) || !must_escape(byte, part);
    let usable = !raw.is_empty() && raw.bytes().all(fair) && unescape(raw, part).as_deref() == Ok(value);
    if usable { raw.to_owned() } else { escape(value, part) }
}

fn parse_without_fragment(text: &str) -> Result<Uri, String> {
    if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    let mut uri = Uri::default();
    if text == "*" {
        uri.path = b"*".to_vec();
        return Ok(uri);
    }
    let (scheme, mut rest) = split_scheme(text)?;
    uri.scheme = scheme.to_ascii_lowercase();
    match rest.split_once('?') {
        Some((before, "")) => (rest, uri.force_query) = (before, true),
        Some((before, query)) => (rest, uri.query) = (before, query.to_owned()),
        None => {}
    }
    if !rest.starts_with('/') {
        if !uri.scheme.is_empty() {
            uri.opaque = rest.to_owned();
            return Ok(uri);
        }
        if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    if (!uri.scheme.is_empty() || !rest.starts_with("///")) && rest.starts_with("//") {
        let after = rest.get(2..).unwrap_or_default();
        let (authority, path) = after.split_at_checked(after.find('/').unwrap_or(after.len())).unwrap_or_default();
        parse_authority(&mut uri, authority)?;
        rest = path;
    } else if !uri.scheme.is_empty() && rest.starts_with('/') {
        uri.omit_host = true;
    }
    uri.path = unescape(rest, Part::Path)?;
    if escape(&uri.path, Part::Path) != rest {
        uri.raw_path = rest.to_owned();
    }
    Ok(uri)
}

/// The scheme, empty if there is none, and the rest.
fn split_scheme(text: &str) -> Result<(&str, &str), String> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    match end.and_then(|end| text.split_at_checked(end)) {
        Some(("", rest)) if rest.starts_with(':') => Err("missing protocol scheme".to_owned()),
        Some((scheme, rest)) if starts_well && rest.starts_with(':') => Ok((scheme, rest.get(1..).unwrap_or_default())),
        _ => Ok(("", text)),
    }
}

fn parse_authority(uri: &mut Uri, authority: &str) -> Result<(), String> {
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    uri.host = parse_host(&uri.scheme, host)?;
    let Some(user) = user else { return Ok(()) };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
    if !user.chars().all(allowed) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    let (name, password) = match user.split_once(':') {
        Some((name, password)) => (name, Some(password)),
        None => (user, None),
    };
    let name = unescape(name, Part::UserPassword)?;
    let password = password.map(|password| unescape(password, Part::UserPassword)).transpose()?;
    uri.user = Some(User { name, password });
    Ok(())
}

fn parse_host(scheme: &str, host: &str) -> Result<Vec<u8>, String> {
    match host.rfind('[') {
        Some(0) => return parse_bracketed_host(host),
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    // Only http and https insist on a single colon; database URIs list several hosts.
    let colon = if matches!(scheme, "http" | "https") { host.find(':') } else { host.rfind(':') };
    check_port(colon.and_then(|colon| host.get(colon..)).unwrap_or_default())?;
    unescape(host, Part::Host)
}

/// `[2001:db8::1]:443`, with a zone perhaps (RFC 6874).
fn parse_bracketed_host(host: &str) -> Result<Vec<u8>, String> {
    let Some((inside, port)) = host.rsplit_once(']') else {
        return Err("missing ']' in host".to_owned());
    };
    check_port(port)?;
    let inside = inside.strip_prefix('[').unwrap_or(inside);
    let zone = inside.find("%25").unwrap_or(inside.len());
    let (address, zone) = inside.split_at_checked(zone).unwrap_or_default();
    let mut decoded = unescape(address, Part::Host)?;
    decoded.extend(unescape(zone, Part::Zone)?);
    let text = String::from_utf8_lossy(&decoded);
    let parsed = ip_address::parse(&text).map_err(|why| format!("invalid host: {why}"))?;
    if parsed.octets.len() == 4 {
        return Err("invalid IP-literal".to_owned());
    }
    Ok([b"[", decoded.as_slice(), b"]", port.as_bytes()].concat())
}

fn check_port(port: &str) -> Result<(), String> {
    let digits = port.strip_prefix(':').unwrap_or(port);
    let fine = port.is_empty() || (port.starts_with(':') && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if fine { Ok(()) } else { Err(format!("invalid port {} after host", quote(port))) }
}

fn unescape(text: &str, part: Part) -> Result<Vec<u8>, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%' {
            out.push(unescape_one(rest, part)?);
            rest = rest.get(3..).unwrap_or_default();
            continue;
        }
        if matches!(part, Part::Host | Part::Zone) && byte < 0x80 && must_escape(byte, part) {
            return Err(format!("invalid character {} in host name", quote_bytes(&[byte])));
        }
        out.push(byte);
        rest = after;
    }
    Ok(out)
}

/// The octet that `%xy` at the front of `rest` stands for.
fn unescape_one(rest: &[u8], part: Part) -> Result<u8, String> {
    let shown = rest.get(..3).unwrap_or(rest);
    let refusal = || format!("invalid URL escape {}", quote_bytes(shown));
    let digit = |index: usize| rest.get(index).and_then(|&byte| char::from(byte).to_digit(16));
    let (Some(high), Some(low)) = (digit(1), digit(2)) else { return Err(refusal()) };
    let byte = u8::try_from(high * 16 + low).map_err(|_| refusal())?;
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
    use super::parse;

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
        ] {
            let uri = parse(given).unwrap();
            assert_eq!(String::from_utf8_lossy(&uri.host), host, "{given}");
            assert_eq!(uri.text(), written, "{given}");
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
            assert_eq!(parse(given).err().as_deref(), Some(words));
        }
    }
}
