//! What a router that derives its own root pool says of a client: its pools are not the trust store.

use super::{Addition, Finding, JudgedFault, Judgement};
use crate::analysis;
use crate::answer::Situation;
use crate::error_text::{ErrorLine, Fault};

/// Judges the words of the router's check by its pools, one of each controller that it may have asked: clients that the
/// naive pool refuses and the correct one accepts are the fault of the pool, and nothing is wrong with their
/// certificates. `None` where the pools explain nothing.
pub(super) fn judge(situation: &Situation<'_, '_>, line: &ErrorLine) -> Option<(Finding, Vec<JudgedFault>)> {
    let analysis = analysis::analyse(situation.inventory, situation.readings, situation.choices);
    if analysis.peers.is_empty() || analysis.roles.clients.is_empty() {
        let undecidable = Judgement::Undecidable(Addition::RouterFiles);
        return Some((Finding::Open(Addition::RouterFiles), judged(line, |_| undecidable)));
    }
    let is_lost = analysis.peers.iter().any(|peer| !peer.divergence.lost.is_empty());
    is_lost.then(|| {
        let judge = |fault| if fault == Fault::NaivePool { Judgement::Confirmed } else { Judgement::Refuted };
        (Finding::Shown, judged(line, judge))
    })
}

fn judged(line: &ErrorLine, judge: impl Fn(Fault) -> Judgement) -> Vec<JudgedFault> {
    line.message.faults.iter().map(|&fault| JudgedFault { fault, judgement: judge(fault) }).collect()
}
