//! Where NSS keeps temporary certificates, and how it picks the one issuer that it will look at.

use std::rc::Rc;

use super::messages::OutOfTime;
use super::parse::{Cert, IdMatch};
use crate::time::Timestamp;

/// `PENDING_SLOP`: a certificate counts as valid a day before it is.
pub(in crate::verifier) const PENDING_SLOP: i64 = 24 * 60 * 60;

/// The crypto context: certificates in the order that lists of one subject have (`nssCertificate_SubjectListSort`).
#[derive(Default)]
pub(super) struct Store<'g> {
    certs: Vec<Rc<Cert<'g>>>,
}

impl<'g> Store<'g> {
    /// `CERT_NewTempCertificate`. Null for a certificate that shares issuer and serial number with another one.
    pub(super) fn import(&mut self, cert: Cert<'g>, now: Timestamp) -> Option<Rc<Cert<'g>>> {
        let same_number = |known: &&Rc<Cert<'g>>| {
            known.certificate.issuer.der == cert.certificate.issuer.der
                && known.certificate.serial == cert.certificate.serial
        };
        if let Some(known) = self.certs.iter().find(same_number) {
            return (known.certificate.der == cert.certificate.der).then(|| Rc::clone(known));
        }
        let goes_before = |known: &Rc<Cert<'g>>| {
            known.certificate.subject.der == cert.certificate.subject.der && is_newer(&cert, known, now)
        };
        let at = self.certs.iter().position(goes_before).unwrap_or(self.certs.len());
        let cert = Rc::new(cert);
        self.certs.insert(at, Rc::clone(&cert));
        Some(cert)
    }

    /// `find_cert_issuer`, and the certificate itself for a root (`CERT_FindCertIssuer`).
    pub(super) fn issuer_of(&self, child: &Rc<Cert<'g>>, at: Timestamp) -> Option<Rc<Cert<'g>>> {
        if child.is_root {
            return Some(Rc::clone(child));
        }
        best(&self.candidates(child), at)
    }

    /// The certificates with the issuer's name, those that the authority key identifier rules out left out, CAs only.
    pub(super) fn candidates(&self, child: &Cert<'g>) -> Vec<Rc<Cert<'g>>> {
        let named = self.certs.iter().filter(|cert| cert.certificate.subject.der == child.certificate.issuer.der);
        let named: Vec<&Rc<Cert<'g>>> = named.collect();
        let matches = |cert: &Rc<Cert<'g>>| cert.matches_authority_of(child);
        // One definite match makes all that are not definite drop out.
        let definite = named.iter().any(|cert| matches(cert) == Some(IdMatch::Yes));
        let kept = named.into_iter().filter(|cert| match matches(cert) {
            None | Some(IdMatch::Yes) => true,
            Some(IdMatch::Unknown) => !definite,
            Some(IdMatch::No) => false,
        });
        kept.filter(|cert| cert.is_ca()).map(Rc::clone).collect()
    }
}

/// What `nssCertificateArray_FindBestCertificate` knows of the best certificate so far. Its last two notes stay true
/// when a certificate with the right usage takes the place of one without.
struct Best<'g> {
    cert: Rc<Cert<'g>>,
    matches: bool,
    was_valid: bool,
    was_trusted: bool,
}

/// Usage, then validity, then trust, then age; of equals, the last.
fn best<'g>(candidates: &[Rc<Cert<'g>>], at: Timestamp) -> Option<Rc<Cert<'g>>> {
    let (first, others) = candidates.split_first()?;
    let (cert, matches) = (Rc::clone(first), first.matches_ca_usage());
    let mut best = Best { cert, matches, was_valid: false, was_trusted: false };
    for candidate in others {
        if best.is_beaten_by(candidate, at) {
            best.cert = Rc::clone(candidate);
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
        self.was_valid |= is_valid_at(&self.cert, at);
        if valid != self.was_valid {
            self.was_valid |= valid;
            return valid;
        }
        self.was_trusted |= self.cert.trusted;
        if trusted != self.was_trusted {
            self.was_trusted |= trusted;
            return trusted;
        }
        !is_newer(&self.cert, candidate, at)
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
