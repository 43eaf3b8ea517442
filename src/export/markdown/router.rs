//! The router's lens: pools of roots, and clients by pool.

use super::post::{MOST_ROWS, Post};
use crate::export::commands;
use crate::export::text::name;
use crate::report::{ClientVerdict, Pool, Report, Rule};
use crate::wording::{self, count};

/// What is left out in every other lens.
pub(super) fn router(post: &mut Post, report: &Report) {
    pools(post, report);
    clients(post, report);
}

/// The pools of the peer that leads, and those of the others in a line each.
fn pools(post: &mut Post, report: &Report) {
    let (Some(naive), Some(correct)) =
        (commands::focus(report, Rule::OpenzitiNaive), commands::focus(report, Rule::Correct))
    else {
        return;
    };
    post.heading("Pools of roots");
    post.add("When ");
    post.code(&naive.peer);
    post.add(" is sampled:");
    post.paragraph();
    pool(post, report, "Naive rule", naive, correct);
    pool(post, report, "Correct rule", correct, naive);
    post.end_of_block();
    other_peers(post, report);
}

fn pool(post: &mut Post, report: &Report, rule: &str, pool: &Pool, other: &Pool) {
    post.add(&format!("- **{rule}:** "));
    if let Some(words) = &pool.empty_because {
        post.add("empty. ");
        post.prose(words);
    }
    for (at, step) in pool.steps.iter().enumerate() {
        post.add(if at == 0 { "" } else { "\n  " });
        post.code(&name(report, step.anchor));
        if !other.anchors.contains(&step.anchor) {
            post.add(", **only here**");
        }
        post.add(". ");
        post.prose(&step.reason);
        post.add(if at + 1 < pool.steps.len() { "\\" } else { "" });
    }
    post.add("\n");
}

fn other_peers(post: &mut Post, report: &Report) {
    let others = || report.divergence.iter().filter(|it| Some(&it.peer) != report.focus.as_ref());
    for divergence in others().take(MOST_ROWS) {
        post.add("- When ");
        post.code(&divergence.peer);
        post.add(" is sampled, ");
        let same = divergence.naive_only.is_empty() && divergence.correct_only.is_empty();
        post.add(if same { "the pools agree" } else { "the pools differ" });
        let (lost, gained) = (divergence.clients_lost.len(), divergence.clients_gained.len());
        post.add(&format!("; the naive one rejects {} that the correct one accepts", count(lost, "client")));
        if gained > 0 {
            post.add(&format!(" and accepts {} that it rejects", count(gained, "client")));
        }
        post.add(".\n");
    }
    post.more(others().count(), "peer");
    post.end_of_block();
}

fn clients(post: &mut Post, report: &Report) {
    let of = |rule| commands::focus(report, rule).map(|pool| pool.clients.as_slice()).unwrap_or_default();
    let (naive, correct) = (of(Rule::OpenzitiNaive), of(Rule::Correct));
    if naive.is_empty() {
        return;
    }
    post.heading("Clients");
    post.add("| client | naive rule | naive rule, leaf alone | correct rule |\n|---|---|---|---|\n");
    for (by_naive, by_correct) in naive.iter().zip(correct).take(MOST_ROWS) {
        post.add("| ");
        post.code(&by_naive.client);
        let verdicts = [by_naive.accepts, by_naive.accepts_leaf_only, by_correct.accepts].map(verdict);
        post.add(&format!(" | {} |\n", verdicts.join(" | ")));
    }
    post.end_of_block();
    post.more(naive.len(), "client");
    post.end_of_block();
    reasons(post, naive, correct);
}

fn verdict(accepts: bool) -> String {
    if accepts { wording::ACCEPTED.to_owned() } else { format!("**{}**", wording::REJECTED) }
}

/// Why clients are rejected, each reason once.
fn reasons(post: &mut Post, naive: &[ClientVerdict], correct: &[ClientVerdict]) {
    let mut said: Vec<&str> = Vec::new();
    for verdict in naive.iter().chain(correct).filter(|verdict| !verdict.accepts) {
        if !verdict.reason.is_empty() && !said.contains(&verdict.reason.as_str()) && said.len() < MOST_ROWS {
            post.add("- Rejected in Go's words: ");
            post.code(&verdict.reason);
            post.add("\n");
            said.push(&verdict.reason);
        }
    }
    post.end_of_block();
}
