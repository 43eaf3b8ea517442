//! What a question may cost where the program in question has no limit of its own. `ARCHITECTURE.md` lists these and the
//! programs' own limits under "Budgets".

use std::cell::Cell;

use super::Attempt;

/// Most steps of a search that a verdict tells, the first ones. Our own number: a report shows 200 of them.
pub const MAX_TRAIL: usize = 1_000;

/// Most certificates in the paths of all these steps together. Our own number: a thousand steps on paths of a hundred.
const MAX_TRAIL_CERTIFICATES: usize = 100_000;

/// Most names that one question compares with constraints in a program that would go on. Our own number: that of the
/// programs that have one (`maxConstraintComparisons` of Go 1.19, `Budget` of webpki).
pub const MAX_NAME_COMPARISONS: usize = 250_000;

/// Most pairs of a name and a constraint on one chain in OpenSSL and GnuTLS, which limit them for one certificate and one
/// list of constraints alone. Our own number: eight times theirs, about 50 ms.
pub const MAX_PAIRS: usize = 1 << 23;

/// Most comparisons of the issuers of candidates with names of anchors, by which Java orders candidates. Our own number:
/// what takes the engine about 200 ms.
pub const MAX_ANCHOR_COMPARISONS: usize = 2_000_000;

/// Most candidates that one search looks at in a program that would go on. Our own number: what takes an engine about
/// 50 ms.
pub const MAX_CANDIDATES: usize = 20_000;

/// The words for a question that costs more than that.
pub(super) const SPENT: &str =
    "rootlens stopped: too many names and constraints to compare, where the program would go on";

/// What a question may still cost.
#[derive(Debug)]
pub(super) struct Budget {
    whole: usize,
    left: Cell<usize>,
    /// More was asked for than was left.
    is_spent: Cell<bool>,
}

/// Nothing is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spent;

impl Budget {
    /// For so much.
    pub(super) fn of(whole: usize) -> Budget {
        Budget { whole, left: Cell::new(whole), is_spent: Cell::new(false) }
    }

    /// For comparisons of names with constraints.
    pub(super) fn of_comparisons() -> Budget {
        Budget::of(MAX_NAME_COMPARISONS)
    }

    /// For all pairs of a name and a constraint on one chain, [`MAX_PAIRS`].
    pub(super) fn of_pairs() -> Budget {
        Budget::of(MAX_PAIRS)
    }

    /// For comparisons of names with the names of all anchors, [`MAX_ANCHOR_COMPARISONS`].
    pub(super) fn of_anchors() -> Budget {
        Budget::of(MAX_ANCHOR_COMPARISONS)
    }

    /// What was spent.
    pub(super) fn spent(&self) -> usize {
        self.whole.saturating_sub(self.left.get())
    }

    /// Some cost was more than what was left.
    pub(super) fn is_spent(&self) -> bool {
        self.is_spent.get()
    }

    /// Takes the cost of what is to be done next.
    ///
    /// # Errors
    ///
    /// It is more than what is left; nothing is left from then on.
    pub(super) fn spend(&self, cost: usize) -> Result<(), Spent> {
        let left = self.left.get().checked_sub(cost).filter(|_| !self.is_spent.get());
        self.left.set(left.unwrap_or_default());
        self.is_spent.set(left.is_none());
        left.map(drop).ok_or(Spent)
    }
}

/// The steps of a search, up to [`MAX_TRAIL`].
#[derive(Debug, Default)]
pub(super) struct Trail {
    attempts: Vec<Attempt>,
    certificates: usize,
    /// Of the search: its steps, those that are not told among them, and what else it compared.
    pub(super) cost: usize,
}

impl Trail {
    /// There is room for another step.
    fn has_room(&self) -> bool {
        self.attempts.len() < MAX_TRAIL && self.certificates < MAX_TRAIL_CERTIFICATES
    }

    /// Adds what was compared beside the steps.
    pub(super) fn add_cost(&mut self, cost: usize) {
        self.cost = self.cost.saturating_add(cost);
    }

    pub(super) fn push(&mut self, attempt: Attempt) {
        self.add_cost(1);
        if self.has_room() {
            self.certificates += attempt.path.len();
            self.attempts.push(attempt);
        }
    }

    /// Adds the steps of another search.
    pub(super) fn append(&mut self, other: Trail) {
        self.add_cost(other.cost.saturating_sub(other.attempts.len()));
        other.attempts.into_iter().for_each(|attempt| self.push(attempt));
    }
}

impl FromIterator<Attempt> for Trail {
    fn from_iter<I: IntoIterator<Item = Attempt>>(attempts: I) -> Trail {
        let mut trail = Trail::default();
        attempts.into_iter().for_each(|attempt| trail.push(attempt));
        trail
    }
}

impl From<Vec<Attempt>> for Trail {
    fn from(attempts: Vec<Attempt>) -> Trail {
        attempts.into_iter().collect()
    }
}

impl From<Trail> for Vec<Attempt> {
    fn from(trail: Trail) -> Vec<Attempt> {
        trail.attempts
    }
}
