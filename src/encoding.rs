//! Bytes as text: hex and base64 (RFC 4648), IP addresses (RFC 5952).

const HEX_DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The standard alphabet (RFC 4648, 4).
const BASE64_SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Stands in [`BASE64_VALUES`] for a byte that is no symbol.
const NO_SYMBOL: u8 = 0xff;

/// What each byte stands for.
const BASE64_VALUES: &[u8; 256] = &base64_values();

#[allow(clippy::indexing_slicing)] // Run by the compiler, which would stop.
const fn base64_values() -> [u8; 256] {
    let mut values = [NO_SYMBOL; 256];
    let mut value = 0;
    while value < BASE64_SYMBOLS.len() {
        values[BASE64_SYMBOLS[value] as usize] = value as u8;
        value += 1;
    }
    values
}

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

/// The number that some hex digits of either case stand for; `None` for anything else and for more than eight.
pub fn hex_number(digits: &[u8]) -> Option<u32> {
    let mut number = 0;
    for digit in digits {
        number = number << 4 | char::from(*digit).to_digit(16)?;
    }
    (digits.len() <= 8).then_some(number)
}

/// Each byte as the character of its number, as Latin-1 has it.
pub fn latin_1(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    bytes.iter().for_each(|byte| text.push(char::from(*byte)));
    text
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

/// Whether a byte is a symbol of base64; padding is none.
pub fn is_base64(byte: u8) -> bool {
    BASE64_VALUES.get(usize::from(byte)).is_some_and(|value| *value != NO_SYMBOL)
}

/// The symbols of base64 at the start of some bytes.
pub fn base64_prefix(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| !is_base64(*byte));
    end.map_or(bytes, |end| bytes.get(..end).unwrap_or_default())
}

/// The bytes that symbols of base64 stand for. Bits behind the last whole byte may be anything.
pub fn base64_decoded(symbols: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(symbols.len().div_ceil(4) * 3);
    let (groups, rest) = symbols.as_chunks();
    for group in groups {
        bytes.extend_from_slice(&three_bytes(*group));
    }
    let mut last = [b'A'; 4];
    last.iter_mut().zip(rest).for_each(|(slot, symbol)| *slot = *symbol);
    bytes.extend(three_bytes(last).iter().take(rest.len() * 3 / 4));
    bytes
}

/// What four symbols stand for.
fn three_bytes(symbols: [u8; 4]) -> [u8; 3] {
    let value = |symbol: u8| u32::from(BASE64_VALUES.get(usize::from(symbol)).copied().unwrap_or_default());
    let bits = symbols.into_iter().fold(0, |bits, symbol| bits << 6 | value(symbol) & 0x3f);
    let [_, bytes @ ..] = bits.to_be_bytes();
    bytes
}

/// An IP address of 4 or 16 octets, with `::` for the longest run of zeros (RFC 5952, 4); empty for another length.
pub fn ip_address(octets: &[u8]) -> String {
    match octets {
        [_, _, _, _] => dotted(octets),
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, mapped @ ..] if mapped.len() == 4 => {
            format!("::ffff:{}", dotted(mapped))
        }
        _ if octets.len() == 16 => groups(octets),
        _ => String::new(),
    }
}

fn dotted(octets: &[u8]) -> String {
    let mut text = String::new();
    for octet in octets {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(&octet.to_string());
    }
    text
}

fn groups(octets: &[u8]) -> String {
    let zeros_from = |at: usize| octets.chunks(2).skip(at).take_while(|group| *group == [0, 0]).count();
    // The first of the longest; a single zero is written.
    let (mut start, mut length) = (8, 1);
    for at in 0..8 {
        if zeros_from(at) > length {
            (start, length) = (at, zeros_from(at));
        }
    }
    let mut text = String::new();
    for (at, group) in octets.chunks(2).enumerate() {
        if at == start {
            text.push_str("::");
        } else if at < start || start + length <= at {
            if !text.is_empty() && !text.ends_with(':') {
                text.push(':');
            }
            text.push_str(&format!("{:x}", group.iter().fold(0_u32, |number, octet| number << 8 | u32::from(*octet))));
        }
    }
    text
}

fn push_digit(text: &mut String, digits: &[u8], value: u8) {
    text.extend(digits.get(usize::from(value)).map(|digit| char::from(*digit)));
}

#[cfg(test)]
mod tests {
    use super::{base64, base64_decoded, base64_prefix, hex, hex_number, ip_address};
    use data_encoding::{BASE64, HEXLOWER};
    use std::net::{Ipv4Addr, Ipv6Addr};

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
    fn addresses_are_written_as_std_writes_them() {
        for number in (0..1_000_u32).map(|at| at.wrapping_mul(2_654_435_761)) {
            assert_eq!(ip_address(&number.to_be_bytes()), Ipv4Addr::from(number).to_string());
        }
        // Every choice of which groups are zero, and two addresses that hold one of IPv4.
        let chosen = (0..=u8::MAX).map(|zeros| {
            std::array::from_fn(|at| if zeros >> (at / 2) & 1 == 1 { 0 } else { [0x20, 0x0f][at % 2] >> (at / 4) })
        });
        let mapped: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1];
        let compatible: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1];
        for octets in chosen.chain([mapped, compatible]) {
            assert_eq!(ip_address(&octets), Ipv6Addr::from(octets).to_string());
        }
        assert_eq!(ip_address(&[1, 2, 3]), "");
    }

    #[test]
    fn hex_numbers_have_nothing_but_digits() {
        assert_eq!(hex_number(b"00e9"), Some(0xe9));
        assert_eq!(hex_number(b"FFffFFff"), Some(u32::MAX));
        for wrong in ["0x1", "+1", "-1", "g", "100000000"] {
            assert_eq!(hex_number(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn ignores_bits_behind_the_last_byte() {
        assert_eq!(base64_decoded(b"//"), [0xff]);
        assert_eq!(base64_decoded(b"AAA"), [0, 0]);
        assert_eq!(base64_decoded(b"AAAAB"), [0, 0, 0]);
    }

    #[test]
    fn base64_ends_where_another_character_stands() {
        for (bytes, symbols) in [("", ""), ("=", ""), ("aZ09+/", "aZ09+/"), ("aZ09+/=", "aZ09+/"), ("ab-c", "ab")] {
            assert_eq!(base64_prefix(bytes.as_bytes()), symbols.as_bytes());
        }
    }
}
