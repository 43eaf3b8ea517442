//! Is this signature valid: a batch of checks in, a status for each out.
//!
//! Two back ends: pure-Rust crates here, WebCrypto in `webcrypto` (features `js` and `ui`), which falls back to the
//! first where WebCrypto is missing or refuses an algorithm. No policy: whether SHA-1 is acceptable is an engine's
//! view.

mod cost;
mod key;
mod rustcrypto;
mod scheme;
#[cfg(all(any(feature = "js", feature = "inspector"), target_arch = "wasm32"))]
mod webcrypto;

pub use cost::{Cost, CostOfKeys};
pub use rustcrypto::verify_batch;
#[cfg(all(any(feature = "js", feature = "inspector"), target_arch = "wasm32"))]
pub use webcrypto::verify_batch as verify_batch_in_browser;

/// One question: did the key in `issuer_key` sign `message`?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check<'a> {
    /// SubjectPublicKeyInfo of the candidate issuer, DER.
    pub issuer_key: &'a [u8],
    /// AlgorithmIdentifier of the signature, DER (RFC 5280, 4.1.1.2).
    pub algorithm: &'a [u8],
    /// The signed bytes (tbsCertificate, DER).
    pub message: &'a [u8],
    /// The signature's bits without the unused-bits octet.
    pub signature: &'a [u8],
}

/// The answer to a [`Check`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The signature verifies.
    Valid,
    /// The algorithm is supported and the signature does not verify (also: key and algorithm do not fit each other).
    Invalid,
    /// The algorithm or the key is not supported, so nothing is known.
    Unsupported,
    /// Not checked: the budget of the graph ran out.
    Unchecked,
}
