//! Our own words, where OpenSSL has none.

/// `d2i_X509` gives NULL.
pub(super) const UNREADABLE: &str = "OpenSSL cannot read this certificate";
/// The verdict where the certificate in question is one of those.
pub(super) const LEAF_UNREADABLE: &str = "leaf unparsable";
/// A candidate in `find_issuer`.
pub(super) const ALREADY_IN_CHAIN: &str = "already in this chain";
/// A candidate that is kept in case nothing better is found (`X509_STORE_CTX_get1_issuer`).
pub(super) const NOT_CURRENTLY_VALID: &str = "passed over: not valid at this time, and perhaps another candidate is";
/// The trust store has an issuer of this name for a self-signed certificate, and it is another certificate.
pub(super) const MIMIC: &str = "passed over: the certificate is self-signed and not the one in the trust store";
/// The graph does not know whether the signature is valid.
pub(super) const SIGNATURE_NOT_CHECKED: &str = "the signature was not checked (budget spent, or an algorithm that this build lacks), so OpenSSL's answer is not known";
/// The leaf has ipAddrBlocks or autonomousSysIds.
pub(super) const RESOURCES_NOT_JUDGED: &str =
    "the leaf has resources (RFC 3779), which were not judged, so OpenSSL's answer is not known";
