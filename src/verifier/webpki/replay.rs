//! What webpki tried, told by asking it again: the crate returns one path or one error and says nothing of the rest.
//!
//! The order is that of `build_chain_inner` in `verify_cert.rs`: depth first, at each certificate all anchors that bear
//! the name of its issuer, then all intermediates that do and are not in the path. Each candidate is judged by the crate
//! itself, which is asked about the certificates of that path alone: with the candidate as the only anchor, or without
//! anchors, where "unknown issuer" means that nothing else is wrong. So the words are the crate's. But a path that holds
//! several certificates of one name may be refused for what is wrong with another order of them. A search that a budget
//! ended is not replayed.

use webpki::{EndEntityCert, Error};

use super::{Attempt, Intermediate, SIGNATURE_NOT_CHECKED, Verifier, attempt};
use crate::certificate::{CertId, Certificate};

/// Most attempts that a trail holds. Our own number: Go's search ends after 100, webpki's may take 200,000 steps.
const MAX_ATTEMPTS: usize = 200;

/// Ours: webpki passes over such candidates in silence.
const ALREADY_IN_PATH: &str = "already in this path (same subject and public key)";

/// Every attempt in order, up to the first anchor that was taken.
pub(super) fn attempts(verifier: &Verifier<'_>) -> Vec<Attempt> {
    let mut replay = Replay { verifier, intermediates: Vec::new(), trail: Vec::new(), done: false };
    replay.read();
    match verifier.find_path(&[], &[]) {
        Ok(_) | Err(Error::UnknownIssuer) => replay.extend(&mut Path::of(verifier.query.leaf)),
        Err(why) => replay.note(&Path::default(), verifier.query.leaf, false, Some(format!("{why:?}"))),
    }
    replay.trail
}

struct Replay<'v> {
    verifier: &'v Verifier<'v>,
    /// Those that the crate can read.
    intermediates: Vec<&'v Intermediate<'v>>,
    trail: Vec<Attempt>,
    /// An anchor was taken, or there is no room for more.
    done: bool,
}

/// Leaf first.
#[derive(Default)]
struct Path<'v> {
    ids: Vec<CertId>,
    intermediates: Vec<Intermediate<'v>>,
}

impl Path<'_> {
    fn of(leaf: CertId) -> Path<'static> {
        Path { ids: vec![leaf], intermediates: Vec::new() }
    }
}

impl<'v> Replay<'v> {
    /// What the crate cannot read is refused once, at the beginning; the crate does it again at every step.
    fn read(&mut self) {
        for (id, why) in &self.verifier.unreadable {
            self.note(&Path::default(), *id, true, Some(why.clone()));
        }
        for intermediate in &self.verifier.intermediates {
            match EndEntityCert::try_from(&intermediate.der) {
                Ok(_) => self.intermediates.push(intermediate),
                Err(why) => self.note(&Path::default(), intermediate.id, false, Some(format!("{why:?}"))),
            }
        }
    }

    fn extend(&mut self, path: &mut Path<'v>) {
        let Some(head) = path.ids.last().and_then(|id| self.certificate(*id)) else { return };
        for anchor in &self.verifier.anchors {
            if !self.done && self.certificate(anchor.id).is_some_and(|it| issued(it, head)) {
                let answer = self.verifier.find_path(std::slice::from_ref(anchor), &path.intermediates);
                let why = answer.err().map(|why| self.words(&why));
                self.done |= why.is_none();
                self.note(path, anchor.id, true, why);
            }
        }
        for intermediate in self.intermediates.clone() {
            if !self.done && self.certificate(intermediate.id).is_some_and(|it| issued(it, head)) {
                self.consider(intermediate, path);
            }
        }
    }

    fn consider(&mut self, candidate: &'v Intermediate<'v>, path: &mut Path<'v>) {
        let verdict = self.judge(candidate, path);
        self.note(path, candidate.id, false, verdict.as_ref().err().cloned());
        if verdict.is_ok() {
            path.ids.push(candidate.id);
            path.intermediates.push(candidate.clone());
            self.extend(path);
            path.ids.pop();
            path.intermediates.pop();
        }
    }

    /// Loops first (RFC 4158, 5.2), then whatever does not depend on an issuer.
    fn judge(&self, candidate: &'v Intermediate<'v>, path: &Path<'v>) -> Result<(), String> {
        let same = |id: &CertId| match (self.certificate(*id), self.certificate(candidate.id)) {
            (Some(one), Some(other)) => one.subject.der == other.subject.der && one.key.spki == other.key.spki,
            _ => false,
        };
        if path.ids.iter().any(same) {
            return Err(ALREADY_IN_PATH.to_owned());
        }
        let longer = path.intermediates.iter().chain([candidate]).cloned().collect::<Vec<_>>();
        match self.verifier.find_path(&[], &longer) {
            Ok(_) | Err(Error::UnknownIssuer) => Ok(()),
            Err(why) => Err(format!("{why:?}")),
        }
    }

    fn words(&self, why: &Error) -> String {
        match self.verifier.signatures.was_missing() {
            true => SIGNATURE_NOT_CHECKED.to_owned(),
            false => format!("{why:?}"),
        }
    }

    fn certificate(&self, id: CertId) -> Option<&'v Certificate> {
        self.verifier.graph.certificate(id)
    }

    fn note(&mut self, path: &Path<'_>, candidate: CertId, from_trusted: bool, rejection: Option<String>) {
        if self.trail.len() < MAX_ATTEMPTS {
            self.trail.push(attempt(&path.ids, candidate, from_trusted, rejection));
        }
        self.done |= MAX_ATTEMPTS <= self.trail.len();
    }
}

/// The names fit, byte for byte.
fn issued(candidate: &Certificate, subject: &Certificate) -> bool {
    candidate.subject.der == subject.issuer.der
}
