//! What every engine says of every chain, and the first of these verdicts that is lost.

use super::{Attempt, EngineVerdict, Loss, Lost, ids};
use crate::acceptance::{self, Acceptance, Answer, Question};
use crate::verifier::{self, Outcome};

/// Most steps of a search that are reported. Our own number: a reader gives up long before.
pub const MAX_TRAIL: usize = 200;

/// One verdict per chain and engine, those of a chain together.
pub(super) fn verdicts(from: &Acceptance) -> Vec<EngineVerdict> {
    let verdict = |answer: &Answer| Some(engine_verdict(from.questions.get(answer.question)?, answer));
    from.answers.iter().filter_map(verdict).collect()
}

/// What one engine says of one chain, as the report has it.
pub(crate) fn engine_verdict(question: &Question, answer: &Answer) -> EngineVerdict {
    let from = &answer.verdict;
    EngineVerdict {
        client: question.chain.name.clone(),
        purpose: question.purpose,
        engine: answer.engine.name().into(),
        accepts: from.accepts(),
        stopped: from.outcome == Outcome::Stopped,
        detail: from.detail.clone(),
        chains: from.chains.iter().map(|chain| ids(chain)).collect(),
        trail: from.trail.iter().take(MAX_TRAIL).map(attempt).collect(),
    }
}

fn attempt(from: &verifier::Attempt) -> Attempt {
    Attempt {
        path: ids(&from.path),
        candidate: from.candidate.map(|id| id.0),
        from_trusted: from.from_trusted,
        rejection: from.rejection.clone(),
    }
}

pub(super) fn first_loss(from: &Acceptance) -> Option<Loss> {
    let loss = from.first_loss.as_ref()?;
    let lost = |lost: &acceptance::Lost| {
        let client = from.questions.get(lost.question)?.chain.name.clone();
        Some(Lost { client, engines: lost.engines.iter().map(|engine| engine.name().into()).collect() })
    };
    Some(Loss { at: loss.at, lost: loss.lost.iter().filter_map(lost).collect(), certificates: ids(&loss.certificates) })
}
