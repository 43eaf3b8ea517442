//! How many verifiers accept a chain from which instant on: plain numbers, tested natively.

use std::collections::BTreeSet;

use crate::collection::distinct;
use crate::report::Timeline;
use crate::time::Timestamp;

/// From an instant on, so many verifiers accept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AcceptanceStep {
    pub(crate) at: Timestamp,
    pub(crate) accepting: usize,
    /// The certificates whose validity begins or ends there.
    pub(crate) certificates: Vec<usize>,
}

/// The changes of all verifiers put together, in order of time.
pub(crate) fn acceptance_steps(timeline: &Timeline) -> Vec<AcceptanceStep> {
    let changes = || timeline.histories.iter().flat_map(|history| &history.changes);
    let instants: BTreeSet<Timestamp> = changes().map(|change| change.at).collect();
    let step = |at: Timestamp| {
        let here = changes().filter(|change| change.at == at);
        AcceptanceStep {
            at,
            accepting: accepting(timeline, Some(at)),
            certificates: distinct(&here.flat_map(|change| change.certificates.iter().copied()).collect::<Vec<_>>()),
        }
    };
    instants.into_iter().map(step).collect()
}

/// How many verifiers accept at an instant; before everything without one.
pub(crate) fn accepting(timeline: &Timeline, at: Option<Timestamp>) -> usize {
    timeline.histories.iter().filter(|history| history.accepts_at(at)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Change, VerdictHistory};

    fn history(engine: &'static str, changes: &[(i64, bool, usize)]) -> VerdictHistory {
        let change = |&(at, accepts, certificate): &(i64, bool, usize)| Change {
            at: Timestamp(at),
            accepts,
            certificates: vec![certificate],
        };
        VerdictHistory { engine: engine.into(), accepts_first: false, changes: changes.iter().map(change).collect() }
    }

    #[test]
    fn changes_at_one_instant_are_one_step() {
        let timeline = Timeline {
            certificates: vec![0, 1],
            histories: vec![
                history("one", &[(10, true, 1), (30, false, 0)]),
                history("other", &[(10, true, 1), (20, false, 1)]),
                history("third", &[(30, true, 1)]),
            ],
        };
        let found = acceptance_steps(&timeline);
        let step = |at: i64, accepting: usize, certificates: &[usize]| AcceptanceStep {
            at: Timestamp(at),
            accepting,
            certificates: certificates.to_vec(),
        };
        assert_eq!(found, [step(10, 2, &[1]), step(20, 1, &[1]), step(30, 1, &[0, 1])]);
        assert_eq!(accepting(&timeline, None), 0);
    }
}
