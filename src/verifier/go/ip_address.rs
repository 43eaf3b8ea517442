//! IP addresses in text as Go reads them (`net/netip.ParseAddr`) and writes them (`net.IP.String`).

use super::quote::quote;
use std::error::Error;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// An address in text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// 4 or 16 octets.
    pub(super) octets: Vec<u8>,
    /// What stands behind `%`; empty if nothing does.
    pub(super) zone: String,
}

/// What `netip.ParseAddr` refuses: `ParseAddr("1.2.3"): IPv4 address too short`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressError {
    /// The whole text.
    pub text: String,
    /// What is wrong with it.
    pub problem: &'static str,
    /// The part that was not read, if it matters.
    pub at: String,
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ParseAddr({}): {}", quote(&self.text), self.problem)?;
        if self.at.is_empty() { Ok(()) } else { write!(f, " (at {})", quote(&self.at)) }
    }
}

impl Error for AddressError {}

/// Reads an address.
pub(super) fn parse(text: &str) -> Result<Address, AddressError> {
    match text.chars().find(|character| matches!(character, '.' | ':' | '%')) {
        Some('.') => parse_four_octets(text, text).map(|octets| Address { octets: octets.into(), zone: String::new() }),
        Some(':') => parse_sixteen_octets(text),
        Some(_) => Err(complaint(text, "missing IPv6 address", "")),
        None => Err(complaint(text, "unable to parse IP", "")),
    }
}

/// Dotted for 4 octets and for IPv4-mapped ones, else RFC 5952.
pub(super) fn text(octets: &[u8]) -> String {
    match (as_four_octets(octets), <[u8; 16]>::try_from(octets)) {
        (Some(four), _) => Ipv4Addr::from(four).to_string(),
        (None, Ok(sixteen)) => Ipv6Addr::from(sixteen).to_string(),
        (None, Err(_)) => String::new(),
    }
}

/// The 4 octets of an IPv4 address, also of one mapped into IPv6 (`::ffff:192.0.2.1`).
pub(super) fn as_four_octets(octets: &[u8]) -> Option<[u8; 4]> {
    match octets {
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, four @ ..] => four.try_into().ok(),
        _ => octets.try_into().ok(),
    }
}

fn complaint(text: &str, problem: &'static str, at: &str) -> AddressError {
    AddressError { text: text.to_owned(), problem, at: at.to_owned() }
}

/// Reads `fields`, the dotted part of `whole`.
fn parse_four_octets(whole: &str, fields: &str) -> Result<[u8; 4], AddressError> {
    let mut octets = [0u8; 4];
    let mut slots = octets.iter_mut();
    let mut value = 0u32;
    let mut digits = 0;
    let mut filled = 0;
    for (index, character) in fields.char_indices() {
        let rest = fields.get(index..).unwrap_or_default();
        match character {
            '0'..='9' if digits == 1 && value == 0 => {
                return Err(complaint(whole, "IPv4 field has octet with leading zero", ""));
            }
            '0'..='9' => {
                value = value * 10 + character.to_digit(10).unwrap_or_default();
                digits += 1;
                if value > 255 {
                    return Err(complaint(whole, "IPv4 field has value >255", ""));
                }
            }
            '.' if digits == 0 || rest.len() == 1 => {
                return Err(complaint(whole, "IPv4 field must have at least one digit", rest));
            }
            '.' if filled == 3 => return Err(complaint(whole, "IPv4 address too long", "")),
            '.' => {
                if let (Some(slot), Ok(octet)) = (slots.next(), u8::try_from(value)) {
                    *slot = octet;
                }
                (value, digits, filled) = (0, 0, filled + 1);
            }
            _ => return Err(complaint(whole, "unexpected character", rest)),
        }
    }
    if filled < 3 {
        return Err(complaint(whole, "IPv4 address too short", ""));
    }
    if let (Some(slot), Ok(octet)) = (slots.next(), u8::try_from(value)) {
        *slot = octet;
    }
    Ok(octets)
}

fn parse_sixteen_octets(whole: &str) -> Result<Address, AddressError> {
    let (mut rest, zone) = match whole.split_once('%') {
        Some((_, "")) => return Err(complaint(whole, "zone must be a non-empty string", "")),
        Some((address, zone)) => (address, zone),
        None => (whole, ""),
    };
    let mut octets: Vec<u8> = Vec::with_capacity(16);
    let mut ellipsis = None;
    if let Some(after) = rest.strip_prefix("::") {
        (rest, ellipsis) = (after, Some(0));
    }
    let mut more = !(rest.is_empty() && ellipsis.is_some());
    while more && octets.len() < 16 {
        (rest, more) = parse_group(whole, rest, &mut octets, &mut ellipsis)?;
    }
    if !rest.is_empty() {
        return Err(complaint(whole, "trailing garbage after address", rest));
    }
    let missing = 16 - octets.len();
    match ellipsis {
        None if missing > 0 => return Err(complaint(whole, "address string too short", "")),
        Some(_) if missing == 0 => {
            return Err(complaint(whole, "the :: must expand to at least one field of zeros", ""));
        }
        None => {}
        Some(at) => {
            octets.splice(at..at, std::iter::repeat_n(0, missing));
        }
    }
    Ok(Address { octets, zone: zone.to_owned() })
}

/// Reads one group and the colon (or two) behind it: what is left, and whether another group must follow.
fn parse_group<'a>(
    whole: &str,
    rest: &'a str,
    octets: &mut Vec<u8>,
    ellipsis: &mut Option<usize>,
) -> Result<(&'a str, bool), AddressError> {
    let length = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
    if length > 4 {
        return Err(complaint(whole, "each group must have 4 or less digits", rest));
    }
    let (digits, after) = rest.split_at_checked(length).unwrap_or_default();
    let Ok(value) = u16::from_str_radix(digits, 16) else {
        return Err(complaint(whole, "each colon-separated field must have at least one digit", rest));
    };
    if after.starts_with('.') {
        let misplaced = ellipsis.is_none() && octets.len() != 12;
        if misplaced {
            let what = "embedded IPv4 address must replace the final 2 fields of the address";
            return Err(complaint(whole, what, rest));
        }
        if octets.len() > 12 {
            let what = "too many hex fields to fit an embedded IPv4 at the end of the address";
            return Err(complaint(whole, what, rest));
        }
        octets.extend(parse_four_octets(whole, rest)?);
        return Ok(("", false));
    }
    octets.extend(value.to_be_bytes());
    let Some(next) = after.strip_prefix(':') else {
        let garbage = !after.is_empty();
        let refusal = || complaint(whole, "unexpected character, want colon", after);
        return if garbage { Err(refusal()) } else { Ok(("", false)) };
    };
    if next.is_empty() {
        return Err(complaint(whole, "colon must be followed by more characters", after));
    }
    let Some(behind) = next.strip_prefix(':') else { return Ok((next, true)) };
    if ellipsis.is_some() {
        return Err(complaint(whole, "multiple :: in address", next));
    }
    *ellipsis = Some(octets.len());
    Ok((behind, !behind.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{parse, text};

    #[test]
    fn reads_and_writes_addresses() {
        for (given, written) in [
            ("192.0.2.1", "192.0.2.1"),
            ("::", "::"),
            ("::1", "::1"),
            ("2001:DB8:0:0:8a2e:370:0:7334", "2001:db8::8a2e:370:0:7334"),
            ("2001:db8::1:0:0:1", "2001:db8::1:0:0:1"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
            ("fe80::1%eth0", "fe80::1"),
            ("::1.2.3.4", "::102:304"),
        ] {
            assert_eq!(parse(given).map(|address| text(&address.octets)), Ok(written.to_owned()), "{given}");
        }
    }

    #[test]
    fn refuses_in_the_words_of_go() {
        for (given, words) in [
            ("1.2.3", r#"ParseAddr("1.2.3"): IPv4 address too short"#),
            ("1.2.3.4.5", r#"ParseAddr("1.2.3.4.5"): IPv4 address too long"#),
            ("1..2.3", r#"ParseAddr("1..2.3"): IPv4 field must have at least one digit (at ".2.3")"#),
            ("1.2.3.", r#"ParseAddr("1.2.3."): IPv4 field must have at least one digit (at ".")"#),
            ("01.2.3.4", r#"ParseAddr("01.2.3.4"): IPv4 field has octet with leading zero"#),
            ("1.2.3.256", r#"ParseAddr("1.2.3.256"): IPv4 field has value >255"#),
            ("a.b", r#"ParseAddr("a.b"): unexpected character (at "a.b")"#),
            ("example", r#"ParseAddr("example"): unable to parse IP"#),
            ("::1%", r#"ParseAddr("::1%"): zone must be a non-empty string"#),
            (":1", r#"ParseAddr(":1"): each colon-separated field must have at least one digit (at ":1")"#),
            ("1:2:3:4:5:6:7:8:9", r#"ParseAddr("1:2:3:4:5:6:7:8:9"): trailing garbage after address (at "9")"#),
            ("1::2::3", r#"ParseAddr("1::2::3"): multiple :: in address (at ":3")"#),
            ("1:2:3:4::5:6:7:8", r#"ParseAddr("1:2:3:4::5:6:7:8"): the :: must expand to at least one field of zeros"#),
            ("12345::", r#"ParseAddr("12345::"): each group must have 4 or less digits (at "12345::")"#),
            ("1:2:", r#"ParseAddr("1:2:"): colon must be followed by more characters (at ":")"#),
        ] {
            assert_eq!(parse(given).map_err(|why| why.to_string()), Err(words.to_owned()));
        }
    }
}
