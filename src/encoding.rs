//! Bytes as text: hex and base64 (RFC 4648).

const HEX_DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The standard alphabet (RFC 4648, 4).
const BASE64_SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        push_digit(&mut text, HEX_DIGITS, byte >> 4);
        push_digit(&mut text, HEX_DIGITS, byte & 0xf);
    }
    text
}

/// Width of PEM's lines in columns (RFC 7468, 2).
const PEM_LINE_WIDTH: usize = 64;

/// A certificate in PEM (RFC 7468, 5), ending in a line feed.
pub fn pem(der: &[u8]) -> String {
    let base64 = base64(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(PEM_LINE_WIDTH).unwrap_or((rest, ""));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

/// Base64url without padding (RFC 4648, 5).
pub fn base64url(bytes: &[u8]) -> String {
    base64(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

/// Base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let octet = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = octet(0) << 16 | octet(1) << 8 | octet(2);
        for at in 0..4 {
            if at <= group.len() {
                push_digit(&mut text, BASE64_SYMBOLS, (bits >> (18 - 6 * at) & 0x3f) as u8);
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// The bytes of base64 without padding, up to the first symbol that is not of the standard alphabet. Bits behind the
/// last whole byte may be anything.
pub fn base64_decoded(symbols: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(symbols.len() * 3 / 4);
    let (mut bits, mut width) = (0_u32, 0);
    for value in symbols.iter().map_while(|symbol| base64_value(*symbol)) {
        bits = bits << 6 | u32::from(value);
        width += 6;
        if width >= 8 {
            width -= 8;
            bytes.push((bits >> width & 0xff) as u8);
        }
    }
    bytes
}

fn push_digit(text: &mut String, digits: &[u8], value: u8) {
    text.extend(digits.get(usize::from(value)).map(|digit| char::from(*digit)));
}

fn base64_value(symbol: u8) -> Option<u8> {
    match symbol {
        b'A'..=b'Z' => Some(symbol - b'A'),
        b'a'..=b'z' => Some(symbol - b'a' + 26),
        b'0'..=b'9' => Some(symbol - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{base64, base64_decoded, hex};
    use data_encoding::{BASE64, HEXLOWER};

    #[test]
    fn writes_and_reads_what_data_encoding_writes() {
        let all: Vec<u8> = (0..=u8::MAX).rev().chain(0..=u8::MAX).collect();
        for length in 0..all.len() {
            let bytes = &all[..length];
            assert_eq!(hex(bytes), HEXLOWER.encode(bytes));
            let text = BASE64.encode(bytes);
            assert_eq!(base64(bytes), text);
            assert_eq!(base64_decoded(text.trim_end_matches('=').as_bytes()), bytes);
        }
    }

    #[test]
    fn ignores_bits_behind_the_last_byte_and_stops_at_another_symbol() {
        assert_eq!(base64_decoded(b"//"), [0xff]);
        assert_eq!(base64_decoded(b"AAA"), [0, 0]);
        assert_eq!(base64_decoded(b"AAAA-AAA"), [0, 0, 0]);
    }
}
