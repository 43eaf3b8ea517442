//! Nested extended key usages: a CA that lists usages takes all others from everything below it. RFC 5280, 4.2.1.12
//! does not say so, but nearly everybody does it.

use super::parse::Parsed;
use crate::oid::{ANY_EXTENDED_KEY_USAGE, ObjectIdentifier};

/// Every certificate of the chain, anchor included, allows `usage`: it lists it, lists any, or lists nothing.
pub(super) fn chain_allows(chain: &[&Parsed<'_>], usage: ObjectIdentifier) -> bool {
    chain.iter().all(|certificate| {
        let listed = &certificate.extensions.extended_key_usages;
        listed.is_empty() || listed.contains(&ANY_EXTENDED_KEY_USAGE.as_bytes()) || listed.contains(&usage.as_bytes())
    })
}
