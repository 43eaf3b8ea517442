//! The entries that Java makes of the bags of PKCS#12 (JDK 17, `PKCS12KeyStore.engineLoad`): keys with their chains, and
//! what is trusted. Where it sees nothing, other programs see a trust store.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::bag::{Bag, Bags};
use crate::decode::found::Found;
use crate::decode::keystore::{Entries, JavaEntry, KeystoreEntry};
use crate::decode::{der, message};

/// Certificates of one chain; OpenSSL verifies no longer ones (`X509_VERIFY_PARAM_set_depth`).
const MAX_CHAIN: usize = 100;
/// Times that a certificate of one chain is read for another one as well, over all chains.
const MAX_SHARED: usize = 1000;

/// Adds the certificates and says what they are for.
pub(super) fn add(bags: &Bags, found: &mut Found) {
    let certificates = Certificates::of(bags);
    let mut entries = Entries::default();
    let trusted = bags.certificates.iter().enumerate().filter(|(_, bag)| bag.attributes.is_trusted);
    let mut placed: BTreeSet<usize> = trusted.map(|(number, _)| number).collect();
    let mut shared = 0;
    for key in &certificates.keys {
        let chain = certificates.chain(key);
        let Some((_, leaf)) = chain.first() else { continue };
        let name = key.attributes.friendly_name.as_ref().or(leaf.attributes.friendly_name.as_ref());
        let entry = KeystoreEntry { alias: name.cloned(), java: JavaEntry::Chain };
        let mut stretches = vec![key.stretch(&key.whole)];
        for (_, certificate) in &chain {
            // A certificate of which another chain has the only copy stands here where its leaf names the key.
            let copy = certificates.copies(certificate).find(|(number, _)| placed.insert(*number));
            shared += usize::from(copy.is_none());
            if shared > MAX_SHARED {
                break;
            }
            let (bag, place) = copy.map_or((*leaf, &leaf.attributes.whole), |(_, copy)| (copy, &copy.content));
            certificate.add((bag, place), entry.clone(), found);
            stretches.push(bag.stretch(if copy.is_some() { &bag.whole } else { place }));
        }
        entries.chain(entry.alias, stretches);
    }
    certificates.add_others(&placed, &mut entries, found);
    entries.claim(found);
}

/// Certificates by what chains are built with.
struct Certificates<'b> {
    bags: &'b Bags,
    keys: Vec<&'b Bag>,
    by_key_id: BTreeMap<&'b [u8], usize>,
    by_subject: BTreeMap<&'b [u8], usize>,
    by_bytes: BTreeMap<&'b [u8], Vec<usize>>,
}

impl<'b> Certificates<'b> {
    fn of(bags: &'b Bags) -> Certificates<'b> {
        let keys = bags.keys.iter().filter(|key| key.label.ends_with("PRIVATE KEY")).collect();
        let (mut by_subject, mut by_key_id) = (BTreeMap::new(), BTreeMap::new());
        let mut by_bytes = BTreeMap::<_, Vec<usize>>::new();
        for (number, certificate) in bags.certificates.iter().enumerate() {
            if let Some((_, subject)) = der::names(certificate.bytes()) {
                by_subject.entry(subject).or_insert(number);
            }
            if let Some(id) = &certificate.attributes.local_key_id {
                by_key_id.entry(id.as_slice()).or_insert(number);
            }
            by_bytes.entry(certificate.bytes()).or_default().push(number);
        }
        Certificates { bags, keys, by_key_id, by_subject, by_bytes }
    }

    /// Adds what is trusted, and what is in no chain: in a store without keys other programs trust that as well.
    fn add_others(&self, placed: &BTreeSet<usize>, entries: &mut Entries, found: &mut Found) {
        for (number, certificate) in self.bags.certificates.iter().enumerate() {
            let java = if certificate.attributes.is_trusted { JavaEntry::Trusted } else { JavaEntry::Nothing };
            if java == JavaEntry::Nothing && placed.contains(&number) {
                continue;
            }
            let entry = KeystoreEntry { alias: certificate.attributes.friendly_name.clone(), java };
            certificate.add((certificate, &certificate.content), entry, found);
            if self.keys.is_empty() || java == JavaEntry::Trusted {
                entries.trusted(certificate.stretch(&certificate.whole), java);
            }
        }
    }

    /// The bags that hold a certificate: Java writes one for each chain.
    fn copies(&self, certificate: &Bag) -> impl Iterator<Item = (usize, &'b Bag)> {
        let numbers = self.by_bytes.get(certificate.bytes()).into_iter().flatten();
        numbers.filter_map(|number| Some((*number, self.bags.certificates.get(*number)?)))
    }

    /// The chain of a key, leaf first: from the certificate that names the key up by the issuers' names.
    fn chain(&self, key: &Bag) -> Vec<(usize, &'b Bag)> {
        let mut chain: Vec<(usize, &Bag)> = Vec::new();
        let mut next = self.leaf(key);
        let is_new = |chain: &[(usize, &Bag)], next: &usize| chain.iter().all(|(number, _)| number != next);
        while let Some(number) = next.filter(|next| chain.len() < MAX_CHAIN && is_new(&chain, next)) {
            let Some(certificate) = self.bags.certificates.get(number) else { break };
            chain.push((number, certificate));
            let names = der::names(certificate.bytes()).filter(|(issuer, subject)| issuer != subject);
            next = names.and_then(|(issuer, _)| self.by_subject.get(issuer).copied());
        }
        chain
    }

    /// The certificate with the key's id; where no certificate has an id, the first, if there is one key alone.
    fn leaf(&self, key: &Bag) -> Option<usize> {
        let by_id = key.attributes.local_key_id.as_deref().and_then(|id| self.by_key_id.get(id).copied());
        let is_only = self.keys.len() == 1 && self.by_key_id.is_empty();
        by_id.or_else(|| is_only.then_some(0))
    }
}

impl Bag {
    /// Where a range stands in the input.
    fn stretch(&self, range: &Range<usize>) -> Range<usize> {
        self.layer.stretch(range.clone())
    }

    /// Adds the certificate at a place, which may be in another bag.
    fn add(&self, (bag, place): (&Bag, &Range<usize>), entry: KeystoreEntry, found: &mut Found) {
        if der::is_whole_certificate(self.bytes()) {
            found.certificate_of_entry(&bag.layer, place.clone(), self.bytes().to_vec(), entry);
        } else {
            found.problem(&bag.layer, place.clone(), message::STRAY_BINARY);
        }
    }
}
