//! What every engine says of every chain, and the first of these verdicts that is lost.

use super::convert::ids;
use super::{Attempt, EngineVerdict, Loss, Lost};
use crate::acceptance::{self, Answer, Question};
use crate::analysis::Analysis;
use crate::choices::Choices;
use crate::verifier::{self, Engine, Outcome};

/// Most steps of a search that are reported. Our own number: a reader gives up long before.
const MAX_TRAIL: usize = 200;

/// The part of the report that is about the engines.
pub(super) struct Acceptance {
    pub(super) engines: Vec<EngineVerdict>,
    pub(super) chains_left_out: usize,
    pub(super) first_loss: Option<Loss>,
}

/// Asks every engine about every chain.
pub(super) fn all(analysis: &Analysis<'_>, choices: &Choices) -> Acceptance {
    let (graph, cast) = (analysis.graph, &analysis.cast);
    let questions = acceptance::questions(graph, cast, choices);
    let answers = acceptance::answers(graph, cast, &questions, choices);
    let first_loss = acceptance::first_loss(graph, cast, &questions, &answers, choices);
    Acceptance {
        engines: answers.iter().filter_map(|answer| verdict(questions.get(answer.question)?, answer)).collect(),
        chains_left_out: acceptance::left_out(cast),
        first_loss: first_loss.map(|from| loss(&questions, from)),
    }
}

fn verdict(question: &Question, answer: &Answer) -> Option<EngineVerdict> {
    let from = &answer.verdict;
    Some(EngineVerdict {
        client: question.chain.name.clone(),
        purpose: question.purpose,
        engine: answer.engine.name(),
        accepts: from.accepts(),
        stopped: from.outcome == Outcome::Stopped,
        detail: from.detail.clone(),
        chains: from.chains.iter().map(|chain| ids(chain)).collect(),
        trail: from.trail.iter().take(MAX_TRAIL).map(attempt).collect(),
    })
}

fn attempt(from: &verifier::Attempt) -> Attempt {
    Attempt {
        path: ids(&from.path),
        candidate: from.candidate.map(|id| id.0),
        from_trusted: from.from_trusted,
        rejection: from.rejection.clone(),
    }
}

fn loss(questions: &[Question], from: acceptance::Loss) -> Loss {
    let names = |engines: &[Engine]| engines.iter().map(|engine| engine.name()).collect();
    let lost = |(question, engines): &(usize, Vec<Engine>)| {
        Some(Lost { client: questions.get(*question)?.chain.name.clone(), engines: names(engines) })
    };
    Loss { at: from.at, lost: from.lost.iter().filter_map(lost).collect(), certificates: ids(&from.because) }
}
