//! Chain by chain who accepts and who rejects, in whose words.

use super::post::{MOST_ROWS, Post};
use crate::report::{EngineVerdict, Report};
use crate::wording::{self, Verifiers};

/// Chain by chain who accepts and who rejects, in whose words, and what is lost first.
pub(super) fn verifiers(post: &mut Post, report: &Report) {
    if report.engines.is_empty() {
        return;
    }
    post.heading("Who would accept this");
    for verdicts in report.verdicts_by_chain().take(MOST_ROWS) {
        post.add("- ");
        if let Some(first) = verdicts.first() {
            post.code(&first.client);
            post.add(&format!(", {}: {}", wording::asked_as(first.purpose), wording::agreement(verdicts)));
        }
        // Relatives stand together and say the same.
        for same in verdicts.chunk_by(|one, next| one.detail == next.detail) {
            rejection(post, same);
        }
        post.add("\n");
    }
    post.more(report.verdicts_by_chain().count(), "chain");
    post.end_of_block();
    if let Some(chains) = wording::chains_left_out(report) {
        post.add(&format!("{chains}."));
        post.paragraph();
    }
    first_loss(post, report);
}

/// Verifiers that reject a chain in the same words.
fn rejection(post: &mut Post, verdicts: &[EngineVerdict]) {
    let mut rejecting = verdicts.iter().filter(|it| !it.accepts);
    for (at, verdict) in rejecting.clone().enumerate() {
        post.add(if at == 0 { "\n  - **rejected** by " } else { ", " });
        post.code(&verdict.engine);
    }
    if let Some(verdict) = rejecting.next_back() {
        post.add(": ");
        post.code(verdict.detail.trim());
    }
}

fn first_loss(post: &mut Post, report: &Report) {
    let Some(sentence) = wording::first_loss(report, Verifiers::Counted) else { return };
    post.add("First loss at ");
    post.sentence(&sentence);
    post.paragraph();
}
