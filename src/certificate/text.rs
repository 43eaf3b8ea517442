//! What a certificate says, in the words of the report: one method per line that people read.

use std::collections::BTreeMap;

use super::pem;
use super::{BasicConstraints, Certificate, GeneralName, KeyUsage};
use crate::oid::Oid;
use crate::time::Timestamp;
use data_encoding::HEXLOWER;

/// Names of the bits of keyUsage, lowest bit first (RFC 5280, 4.2.1.3).
const KEY_USAGE_BITS: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

/// Where an instant stands relative to a validity period (RFC 5280, 4.1.2.5: both ends are inside).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidityState {
    /// The instant lies inside.
    Valid,
    /// The period has ended before.
    Expired,
    /// The period begins later.
    NotYetValid,
}

impl Certificate {
    /// Lower-case hex of the SHA-256 fingerprint.
    pub fn sha256_hex(&self) -> String {
        HEXLOWER.encode(&self.sha256)
    }

    /// Lower-case hex of the SHA-1 fingerprint.
    pub fn sha1_hex(&self) -> String {
        HEXLOWER.encode(&self.sha1)
    }

    /// Lower-case hex of the serial's contents octets.
    pub fn serial_hex(&self) -> String {
        HEXLOWER.encode(&self.serial)
    }

    /// `ECDSA P-256`, `RSA 2048`, `Ed25519`.
    pub fn key_text(&self) -> String {
        self.key.kind.to_string()
    }

    /// Lower-case hex of the SHA-256 of the SubjectPublicKeyInfo.
    pub fn key_sha256_hex(&self) -> String {
        HEXLOWER.encode(&self.key.sha256())
    }

    /// `CA:TRUE, path length 0`; `None` without the extension.
    pub fn basic_constraints_text(&self) -> Option<String> {
        self.basic_constraints.map(|constraints| constraints.to_string())
    }

    /// Names of the bits set; `None` without the extension.
    pub fn key_usage_names(&self) -> Option<Vec<String>> {
        self.key_usage.map(KeyUsage::names)
    }

    /// `serverAuth`, or the dotted OID where no name is known; `None` without the extension.
    pub fn extended_key_usage_names(&self) -> Option<Vec<String>> {
        let name = |purpose: &Oid| purpose.name_or_dotted(purpose.key_purpose_name());
        self.extended_key_usage.as_ref().map(|purposes| purposes.iter().map(name).collect())
    }

    /// `DNS:example.com`, `URI:spiffe://…`, `IP:192.0.2.1`…
    pub fn subject_alt_name_texts(&self) -> Vec<String> {
        self.subject_alt_names.as_deref().map(texts).unwrap_or_default()
    }

    /// The permitted subtrees, written like subject alternative names.
    pub fn permitted_name_texts(&self) -> Vec<String> {
        self.name_constraints.as_ref().map(|constraints| texts(&constraints.permitted)).unwrap_or_default()
    }

    /// The excluded subtrees, written like subject alternative names.
    pub fn excluded_name_texts(&self) -> Vec<String> {
        self.name_constraints.as_ref().map(|constraints| texts(&constraints.excluded)).unwrap_or_default()
    }

    /// Lower-case hex of the subject key id.
    pub fn subject_key_id_hex(&self) -> Option<String> {
        self.subject_key_id.as_deref().map(|id| HEXLOWER.encode(id))
    }

    /// Lower-case hex of the authority key id.
    pub fn authority_key_id_hex(&self) -> Option<String> {
        self.issuer_key_id().map(|id| HEXLOWER.encode(id))
    }

    /// `2.5.29.32.0 (anyPolicy)`, or the bare OID where no name is known.
    pub fn policy_texts(&self) -> Vec<String> {
        let text = |policy: &Oid| match policy.policy_name() {
            Some(name) => format!("{policy} ({name})"),
            None => policy.to_string(),
        };
        self.policies.iter().flatten().map(text).collect()
    }

    /// `OCSP: http://…`, `CA Issuers: http://…`.
    pub fn authority_info_access_texts(&self) -> Vec<String> {
        let location_text = |location: &GeneralName| match location {
            GeneralName::Uri(url) => url.clone(),
            other => other.to_string(),
        };
        let text = |(method, location): &(Oid, GeneralName)| {
            format!("{}: {}", method.name_or_dotted(method.access_method_name()), location_text(location))
        };
        self.authority_info_access.iter().map(text).collect()
    }

    /// Critical extensions that no path validator after RFC 5280 processes, each as name and OID or as the bare OID.
    pub fn unknown_critical_texts(&self) -> Vec<String> {
        let critical = self.extensions.iter().filter(|extension| extension.critical).map(|extension| &extension.oid);
        critical.filter(|oid| !oid.is_processed_extension()).map(extension_text).collect()
    }

    /// Every extension in the order encoded: name or OID, `critical` where it is, and why where it is unreadable.
    pub fn extension_texts(&self) -> Vec<String> {
        let mut reasons = BTreeMap::new();
        for (oid, reason) in &self.unreadable_extensions {
            reasons.entry(oid).or_insert(reason);
        }
        let text = |extension: &super::Extension| {
            let name = extension.oid.name_or_dotted(extension.oid.extension_name());
            let critical = if extension.critical { ", critical" } else { "" };
            let unreadable = reasons.get(&extension.oid);
            let reason = unreadable.map(|reason| format!(", unreadable: {reason}")).unwrap_or_default();
            format!("{name}{critical}{reason}")
        };
        self.extensions.iter().map(text).collect()
    }

    /// PEM (RFC 7468), ending in a line feed.
    pub fn pem(&self) -> String {
        pem::encode(&self.der)
    }

    /// Where `at` stands relative to the validity period.
    pub fn validity_at(&self, at: Timestamp) -> ValidityState {
        if at < self.not_before {
            ValidityState::NotYetValid
        } else if at > self.not_after {
            ValidityState::Expired
        } else {
            ValidityState::Valid
        }
    }
}

impl KeyUsage {
    /// Names of the bits set, lowest bit first; bits without a name are called `bit 9` and so on.
    pub fn names(self) -> Vec<String> {
        let name = |bit: usize| KEY_USAGE_BITS.get(bit).map_or_else(|| format!("bit {bit}"), |name| (*name).to_owned());
        (0..16).filter(|bit| self.0 & (1 << bit) != 0).map(name).collect()
    }
}

/// `CA:TRUE, path length 0`.
impl std::fmt::Display for BasicConstraints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.ca { "CA:TRUE" } else { "CA:FALSE" })?;
        self.path_len.map_or(Ok(()), |length| write!(f, ", path length {length}"))
    }
}

fn texts(names: &[GeneralName]) -> Vec<String> {
    names.iter().map(GeneralName::to_string).collect()
}

/// `nsCertType (2.16.840.1.113730.1.1)`, or the bare OID.
fn extension_text(oid: &Oid) -> String {
    oid.extension_name().map_or_else(|| oid.to_string(), |name| format!("{name} ({oid})"))
}

/// Hex digits of a digest that tell certificates of the same name apart. Our own number: 32 bits, as short ids of keys
/// have.
const DIGITS_THAT_DISTINGUISH: usize = 8;

/// The beginning of a SHA-256 in hex, enough of it to tell certificates of the same name apart.
pub fn distinguishing_digest(sha256_hex: &str) -> &str {
    sha256_hex.get(..DIGITS_THAT_DISTINGUISH).unwrap_or(sha256_hex)
}

/// A name that several certificates have, with the beginning of this one's SHA-256.
pub fn distinct_name(name: &str, sha256_hex: &str) -> String {
    format!("{name} (SHA-256 {}…)", distinguishing_digest(sha256_hex))
}
