//! Mailboxes (RFC 2821, 4.1.2, which RFC 5280, 4.2.1.6 points to) and the domains behind them, as loosely as Go reads
//! them.

use super::release::Release;

/// A mailbox, `local@domain`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mailbox {
    /// Before the `@`, without quotes and escapes.
    pub(super) local: String,
    /// Behind it, as written.
    pub(super) domain: String,
}

impl Mailbox {
    /// As it is shown: without quotes, whatever the local part.
    pub(super) fn text(&self) -> String {
        format!("{}@{}", self.local, self.domain)
    }

    /// Reads a mailbox of ASCII characters.
    pub(super) fn parse(text: &str, release: Release) -> Option<Mailbox> {
        let (local, rest) = match text.strip_prefix('"') {
            Some(quoted) => parse_quoted(quoted)?,
            None => parse_dot_atom(text)?,
        };
        let domain = rest.strip_prefix('@')?;
        let valid = is_valid_domain(domain.as_bytes(), false, release) && (release.is_old() || !domain.contains('@'));
        valid.then(|| Mailbox { local, domain: domain.to_owned() })
    }
}

/// Labels of visible ASCII, none empty; nothing at all is valid too. A constraint may begin with a dot. In Go 1.19
/// (`domainToReverseLabels`) every domain may, so a constraint with two, and one dot alone is a constraint.
pub(super) fn is_valid_domain(domain: &[u8], constraint: bool, release: Release) -> bool {
    let domain = if constraint && release.is_old() { without_dot(domain) } else { domain };
    if domain.is_empty() {
        return true;
    }
    if domain.last() == Some(&b'.') {
        return false;
    }
    let labels = if constraint || release.is_old() { without_dot(domain) } else { domain };
    labels.split(|&byte| byte == b'.').all(|label| !label.is_empty() && label.iter().all(u8::is_ascii_graphic))
}

fn without_dot(domain: &[u8]) -> &[u8] {
    domain.strip_prefix(b".").unwrap_or(domain)
}

/// The part up to the closing quote, and the rest.
fn parse_quoted(text: &str) -> Option<(String, &str)> {
    let mut local = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((local, text.get(index + 1..)?)),
            '\\' => local.push(characters.next().map(|(_, escaped)| escaped).filter(is_quotable)?),
            // RFC 3696 shows a space in a quoted part, against the grammar.
            _ if is_quotable(&character) && !matches!(character, '\t' | '\n') => local.push(character),
            _ => return None,
        }
    }
    None
}

/// What a backslash may protect: ASCII without NUL, line feed and carriage return.
fn is_quotable(character: &char) -> bool {
    matches!(u32::from(*character), 1..=9 | 11 | 12 | 14..=127)
}

/// Atoms and dots up to the first other character, and the rest. RFC 3696 shows escapes outside of quotes.
fn parse_dot_atom(text: &str) -> Option<(String, &str)> {
    let mut local = String::new();
    let mut characters = text.char_indices();
    let mut rest = "";
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' => local.push(characters.next()?.1),
            _ if character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(character) => {
                local.push(character);
            }
            _ => {
                rest = text.get(index..)?;
                break;
            }
        }
    }
    let misplaced_dot = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    (!local.is_empty() && !misplaced_dot).then_some((local, rest))
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, Release, is_valid_domain};

    #[test]
    fn reads_mailboxes_as_loosely_as_go() {
        for (text, parts) in [
            ("a.b@example.com", Some(("a.b", "example.com"))),
            (r#""a b\"c"@Example.com"#, Some(("a b\"c", "Example.com"))),
            (r"a\@b@example.com", Some(("a@b", "example.com"))),
            ("a@", Some(("a", ""))),
            ("a..b@example.com", None),
            (".a@example.com", None),
            ("@example.com", None),
            ("a@b@c", None),
            ("a@example.com.", None),
            ("\"a\tb\"@c", None),
            ("\"a\nb\"@c", None),
            ("a b@c", None),
            ("plain", None),
        ] {
            let mailbox = Mailbox::parse(text, Release::Go1_27).map(|mailbox| (mailbox.local, mailbox.domain));
            assert_eq!(mailbox.as_ref().map(|(local, domain)| (local.as_str(), domain.as_str())), parts, "{text}");
        }
    }

    #[test]
    fn domains_need_labels() {
        for (domain, constraint, valid) in [
            ("", false, true),
            ("a", false, true),
            (".a.b", false, false),
            (".a.b", true, true),
            ("..a", true, false),
            ("a.", true, false),
            (".", true, false),
            ("a b", false, false),
            ("*.a", false, true),
        ] {
            assert_eq!(is_valid_domain(domain.as_bytes(), constraint, Release::Go1_27), valid, "{domain}");
        }
    }

    #[test]
    fn the_old_release_takes_more_domains() {
        for (domain, constraint, valid) in [
            (".a.b", false, true),
            ("..a", false, false),
            ("..a", true, true),
            (".", false, false),
            (".", true, true),
            ("..", true, false),
            ("a..b", true, false),
            ("a.", false, false),
        ] {
            assert_eq!(is_valid_domain(domain.as_bytes(), constraint, Release::Go1_19), valid, "{domain}");
        }
        assert!(Mailbox::parse("a@b@c", Release::Go1_19).is_some());
    }
}
