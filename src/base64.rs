//! Base64 as people paste it: the alphabet of RFC 4648, section 4, without padding, and without looking at the bits
//! behind the last whole byte, which tools leave as they like.

use std::sync::LazyLock;

use data_encoding::{BASE64_NOPAD, Encoding};

#[allow(clippy::expect_used, reason = "the specification is a constant of the crate with one check less")]
static FORGIVING: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = BASE64_NOPAD.specification();
    specification.check_trailing_bits = false;
    specification.encoding().expect("a known specification")
});

/// Whether a byte is a symbol of the alphabet; padding is none.
pub fn is_symbol(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// How many symbols the bytes begin with.
pub fn symbols_at_start(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_symbol(**byte)).count()
}

/// The bytes that symbols stand for. A last symbol that alone makes no byte is left out, and so is everything if one of
/// them is no symbol.
pub fn decode(symbols: &[u8]) -> Vec<u8> {
    let whole = if symbols.len() % 4 == 1 { symbols.len() - 1 } else { symbols.len() };
    FORGIVING.decode(symbols.get(..whole).unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{decode, is_symbol, symbols_at_start};

    #[test]
    fn bits_behind_the_last_byte_are_not_looked_at() {
        assert_eq!(decode(b"//"), [0xff]);
        assert_eq!(decode(b"AAA"), [0, 0]);
        assert_eq!(decode(b"AAAAB"), [0, 0, 0]);
    }

    #[test]
    fn symbols_are_those_of_the_alphabet() {
        assert_eq!((0..=u8::MAX).filter(|byte| is_symbol(*byte)).count(), 64);
        for (bytes, symbols) in [("", 0), ("=", 0), ("aZ09+/", 6), ("aZ09+/=", 6), ("ab-c", 2)] {
            assert_eq!(symbols_at_start(bytes.as_bytes()), symbols, "{bytes}");
        }
    }
}
