//! SHA-256, computed by Node, which the hosted build needs anyway: a crate would be compiled before the first command
//! can start, and cryptography of our own is out of the question.

use std::io::Write as _;
use std::process::Stdio;

use crate::process::{Failure, Outcome, command};
use crate::setup;
use crate::tools::Tool;

const PROGRAM: &str = "import { createHash } from 'node:crypto';
    const hash = createHash('sha256');
    for await (const bytes of process.stdin) hash.update(bytes);
    process.stdout.write(hash.digest('hex'));";

/// The digest of `content` in hexadecimal digits.
pub fn sha256(content: &[u8]) -> Outcome<String> {
    let mut node = command(setup::path(Tool::Node)?);
    node.args(["--input-type=module", "--eval", PROGRAM]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let failed = |error: std::io::Error| Failure::new(format!("Node gave no SHA-256: {error}"));
    let mut child = node.spawn().map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(content).map_err(failed)?;
    }
    let output = child.wait_with_output().map_err(failed)?;
    let digits = String::from_utf8_lossy(&output.stdout).into_owned();
    if digits.len() != 64 {
        return Err(Failure::new(format!("Node gave no SHA-256 but `{digits}` ({})", output.status)));
    }
    Ok(digits)
}

/// The bytes that hexadecimal digits stand for, up to the first pair that is none.
pub fn bytes(digits: &str) -> Vec<u8> {
    let pair = |start| digits.get(start..start + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..digits.len()).step_by(2).map_while(pair).collect()
}

/// RFC 4648, section 4: the usual alphabet, with padding.
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for position in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * position) & 63) as usize];
            text.push(if position <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_vectors_of_rfc_4648() {
        let vectors =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (plain, encoded) in vectors {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn digits_are_read_in_pairs() {
        assert_eq!(bytes("00ff7a"), [0, 255, 0x7a]);
        assert_eq!(bytes("0x"), [0; 0]);
    }
}
