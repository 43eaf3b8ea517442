//! What webpki tried, told by asking it again: the crate returns one path or one error and says nothing of the rest.
//!
//! The order is that of `build_chain_inner` in `verify_cert.rs`: depth first, at each certificate all anchors that bear
//! the name of its issuer, then all intermediates that do and are not in the path. Each candidate is judged by the
//! crate itself, which is asked about the certificates of that path alone: with the candidate as the only anchor, or
//! without anchors, where "unknown issuer" means that nothing else is wrong. So the words are the crate's. But a path
//! that holds several certificates of one name may be refused for what is wrong with another order of them. A search
//! that a budget ended is not replayed.

use webpki::Error;

use super::messages::Rejection;
use super::{Attempt, Given, Intermediate, Verifier, attempt};
use crate::certificate::{CertId, Certificate};
use crate::graph::Graph;
use crate::signature::Status;

/// Most attempts that a trail holds. Our own number: Go's search ends after 100, webpki's may take 200,000 steps.
const MAX_ATTEMPTS: usize = 200;

/// What the replay tells.
pub(super) struct Told {
    /// Every attempt in order, up to the first anchor that was taken.
    pub(super) trail: Vec<Attempt>,
    /// The certificate that an error is about.
    pub(super) blamed: Option<CertId>,
}

/// Tries again; `error` is what the crate says in the end, if it rejects.
pub(super) fn attempts(verifier: &Verifier<'_, '_>, error: Option<&Error>) -> Told {
    let told = Told { trail: Vec::new(), blamed: None };
    let mut replay = Replay { verifier, error, told, done: false };
    replay.read();
    match verifier.find_path(&[], &[]) {
        Ok(_) | Err(Error::UnknownIssuer) => replay.extend(&mut Path::of(verifier.query.leaf)),
        Err(why) => replay.note(&Path::default(), verifier.query.leaf, false, Some(Rejection::Error(why))),
    }
    replay.told
}

struct Replay<'v, 'g> {
    verifier: &'v Verifier<'v, 'g>,
    error: Option<&'v Error>,
    told: Told,
    /// An anchor was taken, or there is no room for more.
    done: bool,
}

/// The certificates that the search has come through, leaf first.
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

impl<'v> Replay<'v, '_> {
    /// What the crate cannot read is refused once, at the beginning; the crate does it again at every step.
    fn read(&mut self) {
        let verifier = self.verifier;
        for (it, why) in &verifier.unreadable {
            // The crate comes upon those alone that were presented.
            if it.given == Given::Presented && self.is_wanted(why) {
                self.told.blamed = Some(it.certificate);
            }
            let from_trusted = it.given == Given::Trusted;
            self.push(attempt(&[], it.certificate, from_trusted, Some(it.detail.clone())));
        }
    }

    /// It is the error in question, and nobody is to blame yet.
    fn is_wanted(&self, why: &Error) -> bool {
        self.told.blamed.is_none() && self.error == Some(why)
    }

    fn extend(&mut self, path: &mut Path<'v>) {
        let Some(head) = path.ids.last().and_then(|id| self.certificate(*id)) else { return };
        let (verifier, issuer) = (self.verifier, head.issuer.der.as_slice());
        // The names fit, byte for byte.
        for anchor in verifier.lists.trusted.named(issuer).filter_map(|(_, id)| verifier.anchor(id)) {
            if !self.done {
                let answer = verifier.find_path(&[anchor], &path.intermediates);
                let why = answer.err().map(|why| self.rejection(why));
                self.done |= why.is_none();
                self.note(path, anchor.id, true, why);
            }
        }
        for intermediate in verifier.lists.presented.named(issuer).filter_map(|(_, id)| verifier.intermediate(id)) {
            if !self.done {
                self.consider(&intermediate, path);
            }
        }
    }

    fn consider(&mut self, candidate: &Intermediate<'v>, path: &mut Path<'v>) {
        let verdict = self.judge(candidate, path);
        let is_taken = verdict.is_ok();
        self.note(path, candidate.id, false, verdict.err());
        if is_taken {
            path.ids.push(candidate.id);
            path.intermediates.push(candidate.clone());
            self.extend(path);
            path.ids.pop();
            path.intermediates.pop();
        }
    }

    /// Loops first (RFC 4158, 5.2), then whatever does not depend on an issuer.
    fn judge(&self, candidate: &Intermediate<'v>, path: &Path<'v>) -> Result<(), Rejection> {
        let same = |id: &CertId| match (self.certificate(*id), self.certificate(candidate.id)) {
            (Some(one), Some(other)) => one.subject.der == other.subject.der && one.key.spki == other.key.spki,
            _ => false,
        };
        if path.ids.iter().any(same) {
            return Err(Rejection::AlreadyInPath);
        }
        let longer = path.intermediates.iter().chain([candidate]).cloned().collect::<Vec<_>>();
        match self.verifier.find_path(&[], &longer) {
            Ok(_) | Err(Error::UnknownIssuer) => Ok(()),
            Err(why) => Err(Rejection::Error(why)),
        }
    }

    fn rejection(&self, why: Error) -> Rejection {
        match self.verifier.signatures.was_missing() {
            true => Rejection::SignatureNotChecked,
            false => Rejection::Error(why),
        }
    }

    fn certificate(&self, id: CertId) -> Option<&'v Certificate> {
        self.verifier.graph.certificate(id)
    }

    fn note(&mut self, path: &Path<'_>, candidate: CertId, from_trusted: bool, rejection: Option<Rejection>) {
        if let Some(Rejection::Error(why)) = &rejection
            && self.is_wanted(why)
        {
            self.told.blamed = match from_trusted {
                true => blamed_below(self.verifier.graph, &path.ids, candidate, why),
                false => Some(candidate),
            };
        }
        self.push(attempt(&path.ids, candidate, from_trusted, rejection.map(|why| why.to_string())));
    }

    fn push(&mut self, attempt: Attempt) {
        if self.told.trail.len() < MAX_ATTEMPTS {
            self.told.trail.push(attempt);
        }
        self.done |= MAX_ATTEMPTS <= self.told.trail.len();
    }
}

/// Whom an error is about that only an anchor brings out: the signatures of the whole path are checked then, from the
/// anchor down. `None` where that cannot be told from here, as with name constraints.
fn blamed_below(graph: &Graph, path: &[CertId], anchor: CertId, why: &Error) -> Option<CertId> {
    let issuers = std::iter::once(&anchor).chain(path.iter().rev());
    let mut links = issuers.zip(path.iter().rev());
    let is_bad = |issuer: CertId, subject: CertId| {
        graph.edge(issuer, subject).is_some_and(|edge| edge.signature == Status::Invalid)
    };
    match (why, path) {
        (Error::NameConstraintViolation, _) => None,
        (_, [leaf]) => Some(*leaf),
        (Error::InvalidSignatureForPublicKey, _) => {
            links.find(|(issuer, subject)| is_bad(**issuer, **subject)).map(|(_, subject)| *subject)
        }
        _ => None,
    }
}
