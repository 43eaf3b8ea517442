//! Key identifiers that follow from a key in the link: they need not be written down.
//!
//! Most key identifiers are the hash of a key that the link holds anyway, and a hash does not compress. In the place of
//! each stands a [`Reference`], so that the link stays short enough to pass on.

use std::collections::BTreeMap;

use crate::certificate::Certificate;
use crate::digest::{sha1, sha256};

/// Octets of a key identifier that can be referred to.
const LENGTH: usize = 20;

/// A key identifier inside a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// Where it stands in the certificate.
    pub(super) position: usize,
    /// Twice the position of the certificate that holds the key, plus the method: 0 for SHA-1 (RFC 5280, 4.2.1.2), 1
    /// for the first 20 octets of SHA-256 (RFC 7093, 2).
    pub(super) source: usize,
}

/// The identifiers that can be made of the keys of these certificates, by their sources.
fn identifiers(certificates: &[Vec<u8>]) -> Vec<[u8; LENGTH]> {
    let mut identifiers = Vec::new();
    for der in certificates {
        let certificate = Certificate::parse(der).ok();
        let value = certificate.as_ref().map_or(der.as_slice(), |certificate| certificate.key.value());
        let mut shortened = [0; LENGTH];
        shortened.iter_mut().zip(sha256(value)).for_each(|(octet, hashed)| *octet = hashed);
        identifiers.push(sha1(value));
        identifiers.push(shortened);
    }
    identifiers
}

/// Takes the key identifiers out of every certificate that can be put back.
pub(super) fn taken_out(certificates: &[Vec<u8>]) -> Vec<(Vec<Reference>, Vec<u8>)> {
    let mut sources = BTreeMap::new();
    for (source, identifier) in identifiers(certificates).into_iter().enumerate() {
        sources.entry(identifier).or_insert(source);
    }
    certificates.iter().map(|der| taken_out_of(der, &sources)).collect()
}

fn taken_out_of(der: &[u8], sources: &BTreeMap<[u8; LENGTH], usize>) -> (Vec<Reference>, Vec<u8>) {
    let Ok(certificate) = Certificate::parse(der) else { return (Vec::new(), der.to_vec()) };
    let named = [certificate.subject_key_id.as_deref(), certificate.issuer_key_id()];
    let (mut references, mut rest, mut position) = (Vec::new(), Vec::new(), 0);
    while let Some(octet) = der.get(position) {
        let here = der.get(position..position + LENGTH);
        let known = here.filter(|here| named.contains(&Some(*here))).and_then(|here| sources.get(here));
        if let Some(source) = known {
            references.push(Reference { position, source: *source });
            position += LENGTH;
        } else {
            rest.push(*octet);
            position += 1;
        }
    }
    if may_stand(&references, &rest) { (references, rest) } else { (Vec::new(), der.to_vec()) }
}

/// References cannot make a certificate more than twice as long as what is written of it, so that a short link cannot
/// become large.
fn may_stand(references: &[Reference], rest: &[u8]) -> bool {
    references.len().saturating_mul(LENGTH) <= rest.len()
}

/// Puts the key identifiers back; `None` if a reference leads nowhere.
pub(super) fn put_back(written: Vec<(Vec<Reference>, &[u8])>) -> Option<Vec<Vec<u8>>> {
    let mut certificates = Vec::new();
    for (references, rest) in &written {
        certificates.push(with_gaps(references, rest)?);
    }
    if written.iter().all(|(references, _)| references.is_empty()) {
        return Some(certificates);
    }
    let identifiers = identifiers(&certificates);
    for (der, (references, _)) in certificates.iter_mut().zip(&written) {
        for Reference { position, source } in references {
            let gap = der.get_mut(*position..*position + LENGTH)?;
            gap.copy_from_slice(identifiers.get(*source)?);
        }
    }
    Some(certificates)
}

/// The certificate with zeros where key identifiers belong; its key is already legible.
fn with_gaps(references: &[Reference], rest: &[u8]) -> Option<Vec<u8>> {
    if !may_stand(references, rest) {
        return None;
    }
    let (mut der, mut rest) = (Vec::new(), rest);
    for reference in references {
        let (before, after) = rest.split_at_checked(reference.position.checked_sub(der.len())?)?;
        der.extend_from_slice(before);
        der.extend_from_slice(&[0; LENGTH]);
        rest = after;
    }
    der.extend_from_slice(rest);
    Some(der)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNER: &str = include_str!("../../tests/data/openziti-ha/distinct/signer1.crt");
    const ROOT: &str = include_str!("../../tests/data/openziti-ha/distinct/edge-root.crt");

    fn der(pem: &str) -> Vec<u8> {
        let decoded = crate::decode::read(pem.as_bytes());
        decoded.items[0].der.clone()
    }

    #[test]
    fn what_is_taken_out_is_put_back() {
        let certificates = vec![der(SIGNER), der(ROOT), vec![1, 2, 3]];
        let written = taken_out(&certificates);
        let lengths: Vec<usize> = written.iter().map(|(references, _)| references.len()).collect();
        // Of the signer its own key's and its issuer's, of the root its own and perhaps the same again.
        assert!(lengths[0] == 2 && lengths[1] >= 1 && lengths[2] == 0, "{lengths:?}");
        let borrowed = written.iter().map(|(references, rest)| (references.clone(), rest.as_slice())).collect();
        assert_eq!(put_back(borrowed), Some(certificates));
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_refused() {
        let rest = [0; 2 * LENGTH];
        let at = |position, source| vec![(vec![Reference { position, source }], rest.as_slice())];
        assert!(put_back(at(0, 1)).is_some());
        assert_eq!(put_back(at(0, 2)), None);
        assert_eq!(put_back(at(rest.len() + 1, 0)), None);
        let reference = Reference { position: 0, source: 0 };
        assert_eq!(put_back(vec![(vec![reference; 3], rest.as_slice())]), None);
    }
}
