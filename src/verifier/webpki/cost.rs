//! What the crate's search may cost. It reads everything that was presented again at every step, and its own limit of
//! 200,000 steps is no limit on that.

use webpki::Error;

use super::messages::Rejection;
use super::{Intermediate, Verifier};
use crate::certificate::CertId;

/// Most certificates that one search of the crate may read. Our own number: what takes it about 200 ms.
pub(super) const MAX_READINGS: usize = 4_000_000;

/// Most steps of one search (`build_chain_calls` of `Budget` in `verify_cert.rs`).
const MAX_STEPS: usize = 200_000;

/// Most CAs in a path (`MAX_SUB_CA_COUNT` in `verify_cert.rs`), and the leaf.
const MAX_PATH: u32 = 7;

/// Most questions to the crate about one path and one anchor. Our own number: what takes it about 50 ms.
const MAX_QUESTIONS: usize = 10_000;

/// Why the crate is not asked: [`MAX_READINGS`] would not do. Its steps are walked through by names and keys, in its
/// order; the first path for which the crate accepts an anchor ends its search, so it ends this one.
pub(super) fn unbearable(verifier: &Verifier<'_, '_>, intermediates: &[Intermediate<'_>]) -> Option<Rejection> {
    let bearable = MAX_READINGS / intermediates.len().max(1);
    let is_usual = intermediates.len().checked_pow(MAX_PATH).is_some_and(|paths| paths <= bearable);
    if is_usual || MAX_STEPS <= bearable {
        return None;
    }
    let mut walk = Walk { verifier, steps: 0, questions: 0 };
    let ended = walk.from(&mut vec![verifier.query.leaf]);
    // Whether an answer was missing is asked of the search that counts.
    verifier.signatures.was_missing();
    match ended {
        Some(Ended::AsTheCrate) => Some(Rejection::Error(Error::MaximumPathBuildCallsExceeded)),
        None | Some(Ended::Accepted) if walk.steps <= bearable => None,
        _ => Some(Rejection::LimitReached),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// The crate accepts a path by then.
    Accepted,
    /// The crate gives up by then.
    AsTheCrate,
    TooManyQuestions,
}

struct Walk<'v, 'g> {
    verifier: &'v Verifier<'v, 'g>,
    steps: usize,
    questions: usize,
}

impl Walk<'_, '_> {
    /// `None` if everything above the path was walked through.
    fn from(&mut self, path: &mut Vec<CertId>) -> Option<Ended> {
        let verifier = self.verifier;
        let head = verifier.graph.certificate(*path.last()?)?;
        for anchor in verifier.lists.trusted.named(&head.issuer.der).filter_map(|(_, id)| verifier.anchor(id)) {
            let taken: Vec<Intermediate<'_>> =
                path.iter().skip(1).filter_map(|&id| verifier.intermediate(id)).collect();
            self.questions += 1;
            if self.questions > MAX_QUESTIONS {
                return Some(Ended::TooManyQuestions);
            }
            if verifier.find_path(&[anchor], &taken).is_ok() {
                return Some(Ended::Accepted);
            }
        }
        if u32::try_from(path.len()).is_ok_and(|length| length >= MAX_PATH) {
            return None;
        }
        for (_, id) in verifier.lists.presented.named(&head.issuer.der) {
            if self.repeats(path, id) {
                continue;
            }
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Some(Ended::AsTheCrate);
            }
            path.push(id);
            let ended = self.from(path);
            path.pop();
            if ended.is_some() {
                return ended;
            }
        }
        None
    }

    /// Same name and same key as one of the path (RFC 4158, 5.2).
    fn repeats(&self, path: &[CertId], id: CertId) -> bool {
        let certificate = |id: CertId| self.verifier.graph.certificate(id);
        let Some(candidate) = certificate(id) else { return true };
        path.iter()
            .filter_map(|&id| certificate(id))
            .any(|member| member.subject.der == candidate.subject.der && member.key.spki == candidate.key.spki)
    }
}
