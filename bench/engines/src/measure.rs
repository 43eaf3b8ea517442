//! The native side: measures a question and gives the times as JSON; `bench/bench.mjs` does the statistics of both
//! sides, so that they are the same.

use std::hint::black_box;
use std::time::{Duration, Instant};

use rootlens::verifier::Engine;
use serde_json::{Value, json};

use crate::question::{Question, SUBJECTS};

/// How often a question is asked.
#[derive(Clone, Copy)]
struct Plan {
    /// Each is timed as a whole.
    batches: usize,
    /// Times the question is asked in a batch.
    rounds: usize,
}

/// The times in ms of one round in each batch: of all engines together, and of each.
pub fn run(arguments: &[String]) -> Result<Value, String> {
    let [subject, batches, rounds] = arguments else {
        return Err("usage: engines-bench QUESTION BATCHES ROUNDS".to_owned());
    };
    let subject = SUBJECTS.get(number(subject)?).ok_or("there is no such question")?;
    let plan = Plan { batches: number(batches)?, rounds: number(rounds)? };
    Ok(measured(&Question::new(*subject)?, plan))
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|error| format!("{text}: {error}"))
}

fn measured(question: &Question, plan: Plan) -> Value {
    let each: Vec<Vec<f64>> = Engine::ALL.iter().map(|&engine| times(question, &[engine], plan)).collect();
    json!({ "accepted": question.accepted_by(Engine::ALL), "all": times(question, Engine::ALL, plan), "each": each })
}

/// One batch is not measured: it warms up what there is to warm.
fn times(question: &Question, engines: &[Engine], plan: Plan) -> Vec<f64> {
    (0..=plan.batches).map(|_| per_round(question, engines, plan.rounds)).skip(1).collect()
}

fn per_round(question: &Question, engines: &[Engine], rounds: usize) -> f64 {
    let took = timed(|| {
        for _ in 0..rounds {
            black_box(question.accepted_by(black_box(engines)));
        }
    });
    took.as_secs_f64() * 1000.0 / rounds as f64
}

#[allow(clippy::disallowed_methods, reason = "the core has no clock, but this program measures it")]
fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
