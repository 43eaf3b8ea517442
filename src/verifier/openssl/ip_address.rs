//! IP addresses in text (`ossl_a2i_ipadd` in `v3_utl.c`).

/// 4 or 16 octets; whatever has a colon is of version 6.
pub(super) fn parse(text: &str) -> Option<Vec<u8>> {
    if text.contains(':') { ipv6(text) } else { ipv4(text).map(Vec::from) }
}

/// `ipv4_from_asc`, whose `sscanf` takes white space and signs before a number, and anything after white space at the
/// end.
fn ipv4(text: &str) -> Option<[u8; 4]> {
    let (mut octets, mut rest) = ([0; 4], text);
    for (index, octet) in octets.iter_mut().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix('.')?;
        }
        (*octet, rest) = number(rest)?;
    }
    let ends = rest.chars().next().is_none_or(is_space);
    ends.then_some(octets)
}

/// `%d`, from 0 to 255.
fn number(text: &str) -> Option<(u8, &str)> {
    let text = text.trim_start_matches(is_space);
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let value: u8 = digits.parse().ok()?;
    (!is_negative || value == 0).then_some((value, rest))
}

/// `ossl_isspace`: white space of ASCII, in every locale.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r')
}

/// `ipv6_from_asc`: up to eight groups of up to four digits, one run of zeros as `::`, and perhaps a version 4 address
/// at the end.
fn ipv6(text: &str) -> Option<Vec<u8>> {
    let (mut octets, mut gap, mut empty) = (Vec::new(), None, 0);
    let mut rest = Some(text);
    while let Some(tail) = rest {
        let (group, after) = tail.split_once(':').map_or((tail, None), |(group, after)| (group, Some(after)));
        rest = after;
        match group.len() {
            _ if octets.len() == 16 => return None,
            0 if gap.is_none_or(|gap| gap == octets.len()) => {
                gap = Some(octets.len());
                empty += 1;
            }
            0 => return None,
            1..=4 => octets.extend(u16::from_str_radix(group, 16).ok().filter(|_| is_hex(group))?.to_be_bytes()),
            _ if octets.len() > 12 || after.is_some() => return None,
            _ => octets.extend(ipv4(group)?),
        }
    }
    let Some(gap) = gap else { return Some(octets).filter(|octets| octets.len() == 16) };
    let is_at_end = gap == 0 || gap == octets.len();
    let is_placed = match empty {
        1 => !is_at_end,
        2 => is_at_end,
        3 => octets.is_empty(),
        _ => false,
    };
    let zeros = 16_usize.checked_sub(octets.len()).filter(|zeros| *zeros > 0 && is_placed)?;
    let tail = octets.split_off(gap);
    octets.resize(gap + zeros, 0);
    octets.extend(tail);
    Some(octets)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|octet| octet.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn version_4() {
        for (text, octets) in [
            ("192.0.2.1", Some([192, 0, 2, 1])),
            ("192.0.2.01", Some([192, 0, 2, 1])),
            ("192.0.2.1 ", Some([192, 0, 2, 1])),
            (" 192. 0.+2.1", Some([192, 0, 2, 1])),
            ("192.0.2.256", None),
            ("192.0.2", None),
            ("192.0.2.1.1", None),
            ("1.2.3.-1", None),
            ("", None),
        ] {
            assert_eq!(parse(text), octets.map(Vec::from), "{text}");
        }
    }

    #[test]
    fn version_6() {
        let address = |head: &[u8], tail: &[u8]| {
            let mut octets = head.to_vec();
            octets.resize(16 - tail.len(), 0);
            octets.extend_from_slice(tail);
            Some(octets)
        };
        for (text, octets) in [
            ("::", address(&[], &[])),
            ("::1", address(&[], &[0, 1])),
            ("2001:db8::", address(&[0x20, 1, 0x0d, 0xb8], &[])),
            ("2001:db8::1:2", address(&[0x20, 1, 0x0d, 0xb8], &[0, 1, 0, 2])),
            ("::192.0.2.1", address(&[], &[192, 0, 2, 1])),
            ("1:2:3:4:5:6:7:8", address(&[0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8], &[])),
            ("1:2:3:4:5:6:7", None),
            ("1::2::3", None),
            (":1:2:3:4:5:6:7", None),
            ("12345::", None),
            ("g::1", None),
            ("+1::1", None),
            // Two empty groups, as OpenSSL counts them.
            (":", address(&[], &[])),
            (":::", None),
            (":1", None),
            ("1:", None),
        ] {
            assert_eq!(parse(text), octets, "{text}");
        }
    }
}
