//! The text of a link: `v1.` and base64url (RFC 4648, 5) without padding, and what mail and chat programs make of it.

use data_encoding::BASE64URL_NOPAD;

use super::LinkError;
use crate::base64;

/// The version of the format.
const VERSION: u32 = 1;

/// Fewest symbols of a link behind the tag. Our own number: the emptiest link has more, and what follows the number of
/// a version in a text ("v2.0 is out") has fewer.
const FEWEST_SYMBOLS: usize = 8;

/// Largest deflated content that is read, in bytes. Firefox and Chromium open addresses of 1 and 2 MB; what is larger
/// is passed on as a file.
pub const MAX_PACKED: usize = 1 << 20;

/// Certificates, each of which stands in a link once, do not shrink to a sixteenth; a bomb does to a thousandth.
const MAX_RATIO: usize = 16;

/// Names and choices may shrink more than certificates.
const SLACK: usize = 1 << 14;

/// The most that deflated content of this length may inflate to, in bytes.
pub fn inflated_limit(packed: usize) -> usize {
    packed.saturating_mul(MAX_RATIO).saturating_add(SLACK)
}

/// Deflated content as it stands behind the `#`.
pub(super) fn write(packed: &[u8]) -> String {
    format!("v{VERSION}.{}", BASE64URL_NOPAD.encode(packed))
}

/// Whether [`read`] finds a link in this text, whole or not.
pub(super) fn is_in(text: &str) -> bool {
    payload(text).is_some()
}

/// The deflated content of a link. A whole address, a `#` that became `%23`, wrapped and quoted lines and the text
/// around it are accepted. What is deflated is not looked at.
pub(super) fn read(text: &str) -> Result<Vec<u8>, LinkError> {
    let (version, payload) = payload(text).ok_or(LinkError::NotALink)?;
    if version > VERSION {
        return Err(LinkError::NewerVersion);
    }
    let symbols = symbols(payload)?;
    if symbols.len() / 4 * 3 > MAX_PACKED {
        return Err(LinkError::TooLarge);
    }
    match base64::decode(&symbols) {
        packed if symbols.len() % 4 != 1 && !packed.is_empty() => Ok(packed),
        _ => Err(LinkError::Damaged),
    }
}

/// The version of a link and what stands behind it, at the beginning or behind a `#`.
fn payload(text: &str) -> Option<(u32, &str)> {
    let behind = |sign| text.split_once(sign).and_then(|(_, fragment)| versioned(fragment));
    versioned(text.trim_start()).or_else(|| behind("#")).or_else(|| behind("%23"))
}

/// `v1.` and whatever follows, or `v2.` and what looks like a link.
fn versioned(text: &str) -> Option<(u32, &str)> {
    let (number, payload) = text.strip_prefix('v')?.split_once('.')?;
    let is_number = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    let version = number.parse().ok().filter(|_| is_number)?;
    let symbols = payload.bytes().take_while(|byte| is_symbol(*byte)).count();
    (version == VERSION || symbols >= FEWEST_SYMBOLS).then_some((version, payload))
}

/// The symbols of a link, in the standard alphabet. A line that holds nothing else goes on with the link; an empty line
/// or the first other character ends it.
fn symbols(payload: &str) -> Result<Vec<u8>, LinkError> {
    let mut symbols = Vec::new();
    for (index, line) in payload.lines().enumerate() {
        let line = if index == 0 { line } else { line.trim_start_matches(is_around_a_line) };
        let length = line.bytes().take_while(|byte| is_symbol(*byte)).count();
        let (own, after) = line.split_at_checked(length).unwrap_or((line, ""));
        if index > 0 && (line.is_empty() || !after.chars().all(is_around_a_link)) {
            break;
        }
        if after.starts_with('…') || after.starts_with("..") {
            return Err(LinkError::Damaged);
        }
        symbols.extend(own.bytes().map(standard));
        if !after.trim_end().is_empty() {
            break;
        }
    }
    Ok(symbols)
}

fn is_symbol(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// A symbol of base64url in the standard alphabet (RFC 4648, 5 and 4).
fn standard(symbol: u8) -> u8 {
    match symbol {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}

/// With which a quoted line begins.
fn is_around_a_line(character: char) -> bool {
    character.is_whitespace() || character == '>' || character == '|'
}

/// What ends a sentence, a quotation or Markdown, and padding.
fn is_around_a_link(character: char) -> bool {
    character.is_whitespace() || ".,;:!?)]}>\"'*`=&".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKED: [u8; 5] = [0xfb, 0xff, 0, 1, 2];
    const LINK: &str = "v1.-_8AAQI";

    #[test]
    fn writes_base64url_behind_the_tag() {
        assert_eq!(write(&PACKED), LINK);
    }

    #[test]
    fn reads_what_is_left_of_a_link_on_its_way() {
        let whole = format!("https://rootlens.example/?embed=1#{LINK}");
        let escaped = whole.replace('#', "%23");
        let sentence = format!("  <{whole}>.");
        let wrapped = whole.replace("AAQ", "A\r\n> AQ");
        let markdown = format!("[here]({whole}) it is");
        let signed = format!("{whole}\n\nThanks");
        let padded = format!("{LINK}==");
        for text in [LINK, &whole, &escaped, &sentence, &wrapped, &markdown, &signed, &padded] {
            assert_eq!(read(text), Ok(PACKED.to_vec()), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(read("example=openziti-helm"), Err(LinkError::NotALink));
        assert_eq!(read("see v1.0 of the program"), Err(LinkError::NotALink));
        assert_eq!(read("v1."), Err(LinkError::Damaged));
        assert_eq!(read("https://rootlens.example/#v2.AAAAAAAA"), Err(LinkError::NewerVersion));
        assert_eq!(read("v10.AAAAAAAA"), Err(LinkError::NewerVersion));
        for other in ["v2.0 is out", "v01.AAAAAAAA", "v+1.AAAAAAAA", "v.AAAAAAAA", "v99999999999.AAAAAAAA"] {
            assert_eq!(read(other), Err(LinkError::NotALink), "{other}");
        }
        assert_eq!(read("v1.A"), Err(LinkError::Damaged));
        assert_eq!(read("v1.AAAA…AAAA"), Err(LinkError::Damaged));
        assert_eq!(read("v1.AAAA...AAAA"), Err(LinkError::Damaged));
        assert_eq!(read("v1.AAAA%41AAAA").map(|packed| packed.len()), Ok(3));
        let long = "A".repeat(MAX_PACKED / 3 * 4 + 8);
        assert_eq!(read(&format!("v1.{long}")), Err(LinkError::TooLarge));
    }
}
