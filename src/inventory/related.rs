//! Requests and public keys, held against the certificates; and the commands that print a public key to do so.

use super::{Input, Inventory, Related, RelatedKind, Source};
use crate::certificate::CertId;

/// What stands for the files in commands, where their names are not known.
const KEY: &str = "KEY";
const CERTIFICATE: &str = "CERT";

impl Inventory {
    /// The certificates of the sources that have the key of a request or a public key: SubjectPublicKeyInfo is the same, octet
    /// by octet (RFC 2986, 4.1; RFC 5280, 4.1.2.7).
    pub fn with_key_of(&self, related: &Related) -> Vec<CertId> {
        let is_key = related.kind != RelatedKind::RevocationList;
        let given = self.certificates.iter().take(self.given).enumerate().filter(|_| is_key);
        given.filter(|(_, certificate)| certificate.key.spki == related.der).map(|(id, _)| CertId(id)).collect()
    }
}

/// The commands for a file that is one source. They read PEM, and DER that is nothing but the key.
pub(super) fn key_commands(input: &Input, source: &Source) -> Vec<String> {
    let is_readable = |block: &[u8]| block.starts_with(b"-----BEGIN ") || block.len() == input.bytes.len();
    let mut keys = source.secrets.iter().filter(|secret| secret.is_private_key());
    let can_be_read = keys.any(|key| input.bytes.get(key.place.bytes.clone()).is_some_and(is_readable));
    if !can_be_read || source.part.is_some() {
        return Vec::new();
    }
    let name = super::name_of_file(input);
    let key = name.clone().unwrap_or_else(|| KEY.to_owned());
    let certificate = name.filter(|_| !source.placements.is_empty()).unwrap_or_else(|| CERTIFICATE.to_owned());
    vec![format!("openssl pkey -pubout -in {key}"), format!("openssl x509 -noout -pubkey -in {certificate}")]
}
