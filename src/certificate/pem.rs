//! A certificate as PEM (RFC 7468).

use data_encoding::BASE64;

/// Columns of a line (RFC 7468, 2).
const LINE_WIDTH: usize = 64;

/// A certificate in PEM (RFC 7468, 5), ending in a line feed.
pub fn encode(der: &[u8]) -> String {
    let symbols = BASE64.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = symbols.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(LINE_WIDTH).unwrap_or((rest, ""));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}
