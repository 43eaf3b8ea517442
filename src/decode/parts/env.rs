//! Variables of an environment, as `.env` files and compose files of Docker set them: `TLS_CERT="-----BEGIN…\nMII…"`.

use std::ops::Range;

use super::lines;
use super::tree::Node;
use crate::base64;

/// Base64 of fewer symbols holds no certificate.
const LEAST_BASE64: usize = 200;

/// The variables of a text that hold PEM or base64.
pub(super) fn variables(bytes: &[u8]) -> Vec<(String, Node)> {
    lines::lines(bytes, 0..bytes.len()).filter_map(|line| variable(bytes, &line)).collect()
}

fn variable(bytes: &[u8], line: &Range<usize>) -> Option<(String, Node)> {
    let text = lines::slice(bytes, line).trim_ascii_start();
    let text = text.strip_prefix(b"- ").unwrap_or(text);
    let text = text.strip_prefix(b"export ").unwrap_or(text);
    let length =
        text.iter().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'_').count();
    let (name, value) = text.split_at_checked(length).filter(|(name, _)| !name.is_empty())?;
    let value = value.strip_prefix(b"=")?;
    let unquoted = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let is_base64 = base64::symbols_at_start(unquoted) >= LEAST_BASE64;
    (is_base64 || unquoted.starts_with(b"-----BEGIN")).then_some(())?;
    let range = lines::with_open_block(bytes, line.end - value.len()..line.end, bytes.len());
    Some((String::from_utf8_lossy(name).into_owned(), Node::Scalar(range)))
}
