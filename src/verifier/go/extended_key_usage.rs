//! Nested extended key usages: a CA that lists usages takes all others from everything below it. RFC 5280, 4.2.1.12
//! does not say so, but nearly everybody does it.

use super::parse::Parsed;

/// anyExtendedKeyUsage, 2.5.29.37.0.
const ANY: &[u8] = &[0x55, 0x1d, 0x25, 0x00];
/// id-kp-serverAuth.
pub(super) const SERVER_AUTH: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];
/// id-kp-clientAuth.
pub(super) const CLIENT_AUTH: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];

/// Every certificate of the chain, anchor included, allows `usage`: it lists it, lists any, or lists nothing.
pub(super) fn chain_allows(chain: &[&Parsed<'_>], usage: &[u8]) -> bool {
    chain.iter().all(|certificate| {
        let listed = &certificate.extensions.extended_key_usages;
        listed.is_empty() || listed.contains(&ANY) || listed.contains(&usage)
    })
}
