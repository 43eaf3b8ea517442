//! Host names in Unicode (`ossl_a2ulabel`).

/// Longest label after decoding, in characters (`LABEL_BUF_SIZE` in `punycode.c`).
const MAX_CHARACTERS: usize = 512;

// RFC 3492, 5.
const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// Decodes every label that begins with `xn--` in lower case; UTF-8. `None` where one cannot be.
pub(super) fn decode_host(host: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    for (index, label) in host.split(|octet| *octet == b'.').enumerate() {
        if index > 0 {
            decoded.push(b'.');
        }
        match label.strip_prefix(b"xn--") {
            None => decoded.extend_from_slice(label),
            Some(encoded) => decode_label(encoded)?.into_iter().for_each(|character| {
                decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }),
        }
    }
    Some(decoded)
}

/// RFC 3492, 6.2: decodes a label without its prefix `xn--`.
fn decode_label(encoded: &[u8]) -> Option<Vec<char>> {
    let (basic, extended) = match encoded.iter().rposition(|octet| *octet == b'-') {
        Some(at) => (encoded.get(..at)?, encoded.get(at + 1..)?),
        None => (&[][..], encoded),
    };
    let mut characters = Vec::new();
    for octet in basic {
        characters.push(char::from(*octet).is_ascii().then_some(char::from(*octet))?);
    }
    let (mut n, mut position, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    let mut rest = extended;
    while !rest.is_empty() {
        let start = position;
        (position, rest) = add_integer(position, bias, rest)?;
        let length = u32::try_from(characters.len()).ok()?.checked_add(1)?;
        bias = adapt(position.checked_sub(start)?, length, start == 0);
        n = n.checked_add(position / length)?;
        position %= length;
        if characters.len() >= MAX_CHARACTERS {
            return None;
        }
        characters.insert(usize::try_from(position).ok()?, char::from_u32(n)?);
        position += 1;
    }
    Some(characters)
}

/// Reads one generalised variable-length integer; its sum with `start`, and what follows it.
fn add_integer(start: u32, bias: u32, mut rest: &[u8]) -> Option<(u32, &[u8])> {
    let (mut sum, mut weight, mut k) = (start, 1_u32, BASE);
    loop {
        let (octet, after) = rest.split_first()?;
        rest = after;
        let digit = char::from(*octet).to_digit(BASE).filter(|_| octet.is_ascii_alphanumeric())?;
        // Letters come before digits here, and after them in to_digit.
        let digit = if octet.is_ascii_digit() { digit + 26 } else { digit - 10 };
        sum = sum.checked_add(digit.checked_mul(weight)?)?;
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if digit < threshold {
            return Some((sum, rest));
        }
        weight = weight.checked_mul(BASE - threshold)?;
        k = k.checked_add(BASE)?;
    }
}

/// RFC 3492, 6.1: adapts the bias after each character.
fn adapt(delta: u32, points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / points.max(1);
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::decode_host;

    #[test]
    fn decodes_labels() {
        for (host, decoded) in [
            ("xn--bcher-kva.example", Some("bücher.example")),
            ("www.xn--n3h", Some("www.☃")),
            ("xn--fsqu00a.xn--0zwm56d", Some("例子.测试")),
            ("XN--n3h", Some("XN--n3h")),
            (".example.com", Some(".example.com")),
            ("xn--99999999", None),
            ("xn--a!", None),
        ] {
            assert_eq!(decode_host(host.as_bytes()).as_deref(), decoded.map(str::as_bytes), "{host}");
        }
    }
}
