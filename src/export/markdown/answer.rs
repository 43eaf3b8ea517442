//! The answer in three lines, the chains where there are several, and the fixes as commands.

use super::post::{MOST_ROWS, Post};
use crate::report::{ChainAnswer, Fix, Report};
use crate::wording;

/// Cause, fix, and when and by what it was judged, with the link.
pub(super) fn answer(post: &mut Post, report: &Report, link: Option<&str>) {
    let answer = &report.answer;
    post.add(&format!("{} ", wording::sign(answer.verdict)));
    post.prose(&answer.sentence);
    post.line_break();
    if let (Some(fix), Some(chain)) = (&answer.fix, answer.chains.first()) {
        post.begin("Fix");
        post.prose(&fix.sentence);
        post.add(" ");
        post.add(&wording::accepted_then(chain, fix));
        post.line_break();
    }
    post.judged(report, link);
    if !answer.detail.is_empty() {
        post.prose(&answer.detail);
        post.paragraph();
    }
    chains(post, report);
}

/// A line for each chain, where there are several.
fn chains(post: &mut Post, report: &Report) {
    let chains = &report.answer.chains;
    if chains.len() < 2 {
        return;
    }
    for chain in chains.iter().take(MOST_ROWS) {
        post.add(&format!("- {} ", wording::sign(chain.verdict)));
        post.code(&chain.chain);
        post.add(&format!(": {}; ", wording::verdict(chain.verdict)));
        post.add(&wording::counts(&report.answer, chain));
        if chain.sentence != report.answer.sentence {
            post.add(".\\\n  ");
            post.prose(&chain.sentence);
        } else {
            post.add(".");
        }
        post.add("\n");
    }
    post.more(chains.len(), "chain");
    post.end_of_block();
}

/// What the fixes come down to in a shell, each once.
pub(super) fn fixes(post: &mut Post, report: &Report) {
    let fixes = report.answer.chains.iter().filter_map(|chain| Some((chain, chain.fix.as_ref()?)));
    let mut told: Vec<&Fix> = Vec::new();
    for (chain, fix) in fixes.filter(|(_, fix)| !fix.commands.is_empty()) {
        if told.iter().any(|other| other.commands == fix.commands) {
            continue;
        }
        if told.is_empty() {
            post.heading("The fix as commands");
        }
        told.push(fix);
        self::fix(post, report, chain, fix);
    }
}

fn fix(post: &mut Post, report: &Report, chain: &ChainAnswer, fix: &Fix) {
    if report.answer.chains.len() > 1 {
        post.code(&chain.chain);
        post.add(": ");
        post.prose(&fix.sentence);
        post.paragraph();
    }
    let commands: Vec<String> = fix.commands.iter().map(|command| format!("{}\n", command.trim_end())).collect();
    post.fence("sh", &commands.concat());
}
