//! The rules by which the programs decode base64 once they have taken out what they pass over.

use crate::base64::{decode, is_symbol};

/// Why octets are no base64 for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadBase64 {
    /// An octet is neither of the alphabet nor one that the program passes over.
    Octet(u8),
    /// Symbols follow the padding, or there is too much or too little of it.
    Padding,
    /// The bits behind the last octet are not zero (RFC 4648, 3.5).
    TrailingBits,
}

/// Padding that may be left out, but not be wrong (`java.util.Base64.Decoder.decode0`).
pub(super) fn decode_with_optional_padding(text: &[u8]) -> Result<Vec<u8>, BadBase64> {
    let (symbols, padding) = symbols(text)?;
    match (symbols.len() % 4, padding) {
        (0, 0) | (2, 0 | 2) | (3, 0 | 1) => Ok(decode(symbols)),
        _ => Err(BadBase64::Padding),
    }
}

/// Padding that must be there (Go's `base64.StdEncoding`, OpenSSL's `EVP_DecodeFinal`).
pub(super) fn decode_with_padding(text: &[u8]) -> Result<Vec<u8>, BadBase64> {
    let (symbols, padding) = symbols(text)?;
    match (symbols.len() % 4, padding) {
        (0, 0) | (2, 2) | (3, 1) => Ok(decode(symbols)),
        _ => Err(BadBase64::Padding),
    }
}

/// Padding that must be there behind bits that are zero (the engine `STANDARD` of the crate base64, nettle).
pub(super) fn decode_canonical(text: &[u8]) -> Result<Vec<u8>, BadBase64> {
    let octets = decode_with_padding(text)?;
    match data_encoding::BASE64.decode(text) {
        Ok(_) => Ok(octets),
        Err(_) => Err(BadBase64::TrailingBits),
    }
}

/// The symbols, and how many `=` follow them.
fn symbols(text: &[u8]) -> Result<(&[u8], usize), BadBase64> {
    let padding = text.iter().rev().take_while(|octet| **octet == b'=').count();
    let (symbols, _) = text.split_at_checked(text.len() - padding).unwrap_or((text, &[]));
    match symbols.iter().find(|octet| !is_symbol(**octet)) {
        Some(b'=') => Err(BadBase64::Padding),
        Some(octet) => Err(BadBase64::Octet(*octet)),
        None => Ok((symbols, padding)),
    }
}

#[cfg(test)]
mod tests {
    use super::{BadBase64, decode_canonical, decode_with_optional_padding, decode_with_padding};

    #[test]
    fn each_rule_has_its_own_view_of_padding() {
        let padding = Err(BadBase64::Padding);
        for (text, optional, needed, canonical) in [
            ("", Ok(vec![]), Ok(vec![]), Ok(vec![])),
            ("//", Ok(vec![0xff]), padding.clone(), padding.clone()),
            ("//==", Ok(vec![0xff]), Ok(vec![0xff]), Err(BadBase64::TrailingBits)),
            ("/w==", Ok(vec![0xff]), Ok(vec![0xff]), Ok(vec![0xff])),
            ("AAAA=", padding.clone(), padding.clone(), padding.clone()),
            ("A===", padding.clone(), padding.clone(), padding.clone()),
            ("=AAA", padding.clone(), padding.clone(), padding.clone()),
        ] {
            assert_eq!(decode_with_optional_padding(text.as_bytes()), optional, "{text}");
            assert_eq!(decode_with_padding(text.as_bytes()), needed, "{text}");
            assert_eq!(decode_canonical(text.as_bytes()), canonical, "{text}");
        }
        assert_eq!(decode_with_padding(b"AA-A"), Err(BadBase64::Octet(b'-')));
    }
}
