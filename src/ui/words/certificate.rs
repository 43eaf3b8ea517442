//! The sheet with everything that a certificate says.

use crate::report::{Edge, KeyIds, Names, Signature};

pub(crate) const CLOSE: &str = "Close the details";
pub(crate) const COPY_PEM: &str = "Copy PEM";
pub(crate) const PEM: &str = "PEM";

pub(crate) const ROOT: &str = "root CA";
pub(crate) const SELF_ISSUED: &str = "self-issued CA";
pub(crate) const INTERMEDIATE: &str = "intermediate CA";
pub(crate) const END_ENTITY: &str = "end entity";

pub(crate) const VALIDITY: &str = "Validity";
/// Between the first and the last instant.
pub(crate) const UNTIL: &str = " to ";
pub(crate) const SELF_SIGNED: &str = "Self-signed";
pub(crate) const NO_ROOT: &str = "No root CA";
pub(crate) const ISSUED_BY: &str = "Issued by";
pub(crate) const ITSELF: &str = "itself";
pub(crate) const ISSUED: &str = "Issued";
pub(crate) const SAME_CA: &str = "Same name and key";
pub(crate) const SUBJECT: &str = "Subject";
pub(crate) const ISSUER: &str = "Issuer";
pub(crate) const NAMES: &str = "Names";
pub(crate) const SERIAL: &str = "Serial";
pub(crate) const KEY: &str = "Key";
pub(crate) const SIGNATURE: &str = "Signature";
pub(crate) const VERSION: &str = "Version";
pub(crate) const ABSENT: &str = "absent";
pub(crate) const ABSENT_ANY: &str = "absent: any";
pub(crate) const BASIC_CONSTRAINTS: &str = "Basic constraints";
pub(crate) const KEY_USAGE: &str = "Key usage";
pub(crate) const EXTENDED_KEY_USAGE: &str = "Extended key usage";
pub(crate) const PERMITTED_NAMES: &str = "Permitted names";
pub(crate) const EXCLUDED_NAMES: &str = "Excluded names";
pub(crate) const POLICIES: &str = "Policies";
pub(crate) const UNKNOWN_CRITICAL: &str = "Unknown critical extensions";
pub(crate) const SHA256: &str = "SHA-256";
pub(crate) const SHA1: &str = "SHA-1";
pub(crate) const KEY_SHA256: &str = "SHA-256 of the key";
pub(crate) const SUBJECT_KEY_ID: &str = "Subject key id";
pub(crate) const AUTHORITY_KEY_ID: &str = "Authority key id";
pub(crate) const AUTHORITY_INFO: &str = "Authority information (never fetched)";
pub(crate) const CRLS: &str = "Revocation lists (never fetched)";
pub(crate) const EXTENSIONS: &str = "All extensions";
pub(crate) const FOUND_IN: &str = "Found in";
/// Before the repairs of a place.
pub(crate) const MENDED: &str = "mended: ";
/// Between the name of a source and the number of a line.
pub(crate) const AT_LINE: &str = ", line ";

/// On the small button beside a value.
pub(crate) fn copy(term: &str) -> String {
    format!("Copy {term}")
}

/// Instead of an issuer.
pub(crate) fn issuer_absent(issuer: &str) -> String {
    format!("{issuer}, which is not among these files")
}

/// Whether the certificate names itself as issuer, and whether its key verifies its signature.
pub(crate) fn self_signed(self_issued: bool, self_signed: Option<bool>) -> &'static str {
    match (self_issued, self_signed) {
        (_, Some(true)) => "yes, its own key verifies its signature",
        (true, Some(false)) => "no: it names itself as issuer, but its key does not verify the signature",
        (false, Some(false)) => "no",
        (_, None) => "not known: the algorithm could not be checked",
    }
}

/// What speaks for an issuer and what against.
pub(crate) fn evidence(edge: &Edge) -> String {
    let signature = match edge.signature {
        Signature::Valid => "signature verified",
        Signature::Invalid => "signature fails",
        Signature::Unsupported => "signature not checked: algorithm not supported",
        Signature::Unchecked => "signature not checked: too many candidates",
    };
    let names = match edge.names {
        Names::Identical => "names identical",
        Names::Equivalent => "names equal, but not byte for byte",
        Names::Different => "names differ",
    };
    let key_ids = match edge.key_ids {
        KeyIds::Match => "key ids match",
        KeyIds::Mismatch => "key ids do not match",
        KeyIds::Absent => "no key ids to compare",
    };
    [signature, names, key_ids].join("; ")
}
