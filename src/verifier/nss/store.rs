//! Where NSS keeps temporary certificates, and how it picks the one issuer that it will look at.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::messages::OutOfTime;
use super::parse::{Cert, IdMatch};
use crate::certificate::CertId;
use crate::graph::Graph;
use crate::time::Timestamp;
use crate::verifier::reading;

/// `PENDING_SLOP`: a certificate counts as valid a day before it is.
pub(in crate::verifier) const PENDING_SLOP: i64 = 24 * 60 * 60;

/// What NSS derives of each certificate; it reads all that the model reads.
pub(in crate::verifier) type Reading<'g> = reading::Reading<'g, Flagged<'g>, Imports<'g>>;

type List<'g> = reading::List<Imports<'g>>;

/// A graph as NSS reads it.
pub(in crate::verifier) fn reading(graph: &Graph) -> Reading<'_> {
    let read = |id, certificate| [false, true].map(|trusted| Cert::new(id, certificate, trusted));
    let subject = |read: &Flagged<'_>| read.first().map(|cert| cert.certificate.subject.der.clone());
    Reading::new(graph, read, subject)
}

/// A certificate without the flag of trust, and with it.
pub(in crate::verifier) type Flagged<'g> = [Cert<'g>; 2];

/// Issuer and serial number, which no two certificates of a store share.
type Number<'g> = (&'g [u8], &'g [u8]);

/// A trust store as it was imported into an empty crypto context.
#[derive(Default)]
pub(in crate::verifier) struct Imports<'g> {
    by_number: BTreeMap<Number<'g>, CertId>,
    /// Those that share their number with another one before them, in order.
    refused: Vec<CertId>,
    /// Those of each subject in the order that NSS gives them at an instant, the last that was asked for.
    sorted: RefCell<Sorted>,
}

#[derive(Default)]
struct Sorted {
    now: Option<Timestamp>,
    by_subject: BTreeMap<Vec<u8>, Rc<[CertId]>>,
}

/// The crypto context: the trust store, and what was imported after it.
pub(super) struct Store<'a, 'g> {
    reading: &'a Reading<'g>,
    trusted: &'a List<'g>,
    now: Timestamp,
    by_number: BTreeMap<Number<'a>, &'a Cert<'a>>,
    /// In the order of import.
    by_subject: BTreeMap<&'a [u8], Vec<&'a Cert<'a>>>,
}

fn number<'c>(cert: &Cert<'c>) -> Number<'c> {
    (&cert.certificate.issuer.der, &cert.certificate.serial)
}

fn cert<'a>(reading: &'a Reading<'_>, id: CertId, trusted: bool) -> Option<&'a Cert<'a>> {
    reading.get(id)?.get(usize::from(trusted))
}

impl<'g> Imports<'g> {
    fn of(reading: &Reading<'g>, given: &[CertId]) -> Imports<'g> {
        let mut imports = Imports::default();
        for &id in given {
            let certificate = reading.graph().certificate(id);
            let number = certificate.map(|it| (it.issuer.der.as_slice(), it.serial.as_slice()));
            let first = number.map(|number| *imports.by_number.entry(number).or_insert(id));
            let is_same = first.and_then(|first| reading.graph().certificate(first)).map(|it| &it.der);
            if first.is_none() || is_same != certificate.map(|it| &it.der) {
                imports.refused.push(id);
            }
        }
        imports
    }
}

/// Puts a certificate where a list of one subject has its place for it (`nssCertificate_SubjectListSort`).
fn insert<'a>(certs: &mut Vec<&'a Cert<'a>>, cert: &'a Cert<'a>, now: Timestamp) {
    let at = certs.iter().position(|known| is_newer(cert, known, now)).unwrap_or(certs.len());
    certs.insert(at, cert);
}

impl<'a, 'g> Store<'a, 'g> {
    /// With the trust store imported.
    pub(super) fn new(reading: &'a Reading<'g>, trusted: &'a List<'g>, now: Timestamp) -> Store<'a, 'g> {
        Store { reading, trusted, now, by_number: BTreeMap::new(), by_subject: BTreeMap::new() }
    }

    fn imports(&self) -> &'a Imports<'g> {
        self.trusted.further.get_or_init(|| Imports::of(self.reading, &self.trusted.given))
    }

    /// Those of the trust store that share issuer and serial number with another one.
    pub(super) fn refused(&self) -> &'a [CertId] {
        &self.imports().refused
    }

    /// The certificate is one of the trust store's.
    pub(super) fn trusts(&self, id: CertId) -> bool {
        self.trusted.contains(id)
    }

    /// `CERT_NewTempCertificate`. Null for a certificate that shares issuer and serial number with another one.
    pub(super) fn import(&mut self, id: CertId, trusted: bool) -> Option<&'a Cert<'a>> {
        let cert = cert(self.reading, id, trusted)?;
        if let Some(known) = self.with_number(number(cert)) {
            return (known.certificate.der == cert.certificate.der).then_some(known);
        }
        self.by_number.insert(number(cert), cert);
        self.by_subject.entry(&cert.certificate.subject.der).or_default().push(cert);
        Some(cert)
    }

    fn with_number(&self, number: Number<'_>) -> Option<&'a Cert<'a>> {
        let trusted = self.imports().by_number.get(&number).and_then(|id| cert(self.reading, *id, true));
        trusted.or_else(|| self.by_number.get(&number).copied())
    }

    /// `find_cert_issuer`, and the certificate itself for a root (`CERT_FindCertIssuer`).
    pub(super) fn issuer_of(&self, child: &'a Cert<'a>) -> Option<&'a Cert<'a>> {
        if child.is_root {
            return Some(child);
        }
        best(&self.candidates(child), self.now)
    }

    /// The certificates with the issuer's name, those that the authority key identifier rules out left out, CAs only.
    pub(super) fn candidates(&self, child: &Cert<'_>) -> Vec<&'a Cert<'a>> {
        let named = self.with_subject(&child.certificate.issuer.der);
        let matches = |cert: &Cert<'_>| cert.matches_authority_of(child);
        // One definite match makes all that are not definite drop out.
        let definite = named.iter().any(|cert| matches(cert) == Some(IdMatch::Yes));
        let kept = named.into_iter().filter(|cert| match matches(cert) {
            None | Some(IdMatch::Yes) => true,
            Some(IdMatch::Unknown) => !definite,
            Some(IdMatch::No) => false,
        });
        kept.filter(|cert| cert.is_ca()).collect()
    }

    /// The certificates of one subject in NSS's order.
    fn with_subject(&self, subject: &[u8]) -> Vec<&'a Cert<'a>> {
        let mut certs: Vec<&'a Cert<'a>> = self.trusted_with_subject(subject);
        for cert in self.by_subject.get(subject).into_iter().flatten() {
            insert(&mut certs, cert, self.now);
        }
        certs
    }

    fn trusted_with_subject(&self, subject: &[u8]) -> Vec<&'a Cert<'a>> {
        let (reading, imports) = (self.reading, self.imports());
        let mut sorted = imports.sorted.borrow_mut();
        if sorted.now != Some(self.now) {
            *sorted = Sorted { now: Some(self.now), by_subject: BTreeMap::new() };
        }
        if let Some(known) = sorted.by_subject.get(subject) {
            return known.iter().filter_map(|id| cert(reading, *id, true)).collect();
        }
        let mut certs = Vec::new();
        let is_imported = |cert: &&Cert<'_>| imports.by_number.get(&number(cert)) == Some(&cert.id);
        let named = self.trusted.named_once(subject).filter_map(|id| cert(reading, id, true));
        named.filter(is_imported).for_each(|cert| insert(&mut certs, cert, self.now));
        sorted.by_subject.insert(subject.to_vec(), certs.iter().map(|cert| cert.id).collect());
        certs
    }
}

/// What `nssCertificateArray_FindBestCertificate` knows of the best certificate so far. Its last two notes stay true
/// when a certificate with the right usage takes the place of one without.
struct Best<'a> {
    cert: &'a Cert<'a>,
    matches: bool,
    was_valid: bool,
    was_trusted: bool,
}

/// Usage, then validity, then trust, then age; of equals, the last.
fn best<'a>(candidates: &[&'a Cert<'a>], at: Timestamp) -> Option<&'a Cert<'a>> {
    let (&first, others) = candidates.split_first()?;
    let mut best = Best { cert: first, matches: first.matches_ca_usage(), was_valid: false, was_trusted: false };
    for &candidate in others {
        if best.is_beaten_by(candidate, at) {
            best.cert = candidate;
        }
    }
    Some(best.cert)
}

impl Best<'_> {
    fn is_beaten_by(&mut self, candidate: &Cert<'_>, at: Timestamp) -> bool {
        let matches = candidate.matches_ca_usage();
        if matches != self.matches {
            self.matches |= matches;
            return matches;
        }
        let (valid, trusted) = (is_valid_at(candidate, at), candidate.trusted);
        self.was_valid |= is_valid_at(self.cert, at);
        if valid != self.was_valid {
            self.was_valid |= valid;
            return valid;
        }
        self.was_trusted |= self.cert.trusted;
        if trusted != self.was_trusted {
            self.was_trusted |= trusted;
            return trusted;
        }
        !is_newer(self.cert, candidate, at)
    }
}

/// `CERT_CheckCertValidTimes`: the side on which a certificate is not valid.
pub(super) fn out_of_time(cert: &Cert<'_>, at: Timestamp) -> Option<OutOfTime> {
    if at.0 < cert.certificate.not_before.0 - PENDING_SLOP {
        Some(OutOfTime::NotYet)
    } else if at > cert.certificate.not_after {
        Some(OutOfTime::NoLonger)
    } else {
        None
    }
}

fn is_valid_at(cert: &Cert<'_>, at: Timestamp) -> bool {
    out_of_time(cert, at).is_none()
}

/// `CERT_IsNewer`. NSS asks the clock; here it is the instant of the query.
fn is_newer(one: &Cert<'_>, two: &Cert<'_>, now: Timestamp) -> bool {
    let (one, two) = (one.certificate, two.certificate);
    match (one.not_before > two.not_before, one.not_after > two.not_after) {
        (true, true) => true,
        (false, false) => false,
        (true, false) => one.not_after >= now,
        (false, true) => two.not_after < now,
    }
}
