//! What the crate's search may cost. It reads everything that was presented again at every step, and its own limit of
//! 200,000 steps is no limit on that.

use super::{Intermediate, Verifier};
use crate::certificate::CertId;

/// Most certificates that one search of the crate may read. Our own number: what takes it about 200 ms.
pub(super) const MAX_READINGS: usize = 4_000_000;

/// Most CAs in a path (`MAX_SUB_CA_COUNT` in `verify_cert.rs`), and the leaf.
const MAX_PATH: u32 = 7;

/// Steps that one question about a path and an anchor counts for.
const QUESTION: usize = 10;

/// Whether the crate finds its answer within [`MAX_READINGS`]. Its steps are walked through by names and keys, in its
/// order; the first path for which the crate accepts an anchor ends its search, so it ends this one.
pub(super) fn is_bearable(verifier: &Verifier<'_, '_>, intermediates: &[Intermediate<'_>]) -> bool {
    // By far too few to matter, and the usual case.
    let steps = MAX_READINGS / intermediates.len().max(1);
    if intermediates.len().checked_pow(MAX_PATH).is_some_and(|paths| paths <= steps) {
        return true;
    }
    let mut walk = Walk { verifier, left: steps };
    let ended = walk.from(&mut vec![verifier.query.leaf]);
    // Whether an answer was missing is asked of the search that counts.
    verifier.signatures.was_missing();
    ended != Some(Ended::TooDear)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// The crate accepts a path by then.
    Accepted,
    TooDear,
}

struct Walk<'v, 'g> {
    verifier: &'v Verifier<'v, 'g>,
    left: usize,
}

impl Walk<'_, '_> {
    /// `None` if everything above the path was walked through.
    fn from(&mut self, path: &mut Vec<CertId>) -> Option<Ended> {
        let verifier = self.verifier;
        let head = verifier.graph.certificate(*path.last()?)?;
        for anchor in verifier.lists.trusted.named(&head.issuer.der).filter_map(|(_, id)| verifier.anchor(id)) {
            let taken: Vec<Intermediate<'_>> =
                path.iter().skip(1).filter_map(|&id| verifier.intermediate(id)).collect();
            let Some(left) = self.left.checked_sub(QUESTION) else { return Some(Ended::TooDear) };
            self.left = left;
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
            let Some(left) = self.left.checked_sub(1) else { return Some(Ended::TooDear) };
            self.left = left;
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
