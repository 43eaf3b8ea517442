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
    if let Some(fix) = &answer.fix {
        post.begin("Fix");
        post.prose(&fix.sentence);
        post.add(" ");
        post.add(&wording::accepted_then(answer.chains.first(), fix));
        post.line_break();
    }
    post.judged(report, link);
    if !answer.detail.is_empty() {
        post.prose(&answer.detail);
        post.paragraph();
    }
    error_lines(post, report);
    chains(post, report);
}

/// What the files say to the error lines that were given with them.
fn error_lines(post: &mut Post, report: &Report) {
    for line in report.error_lines.iter().take(MOST_ROWS) {
        post.add(&format!("- {}: ", wording::error_line(line)));
        post.code(&line.words);
        post.add("\\\n  ");
        post.prose(&line.sentence);
        post.add("\n");
    }
    if !report.error_lines.is_empty() {
        post.more(report.error_lines.len(), "error line");
        post.end_of_block();
    }
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
    let of_answer = report.answer.fix.as_ref().filter(|_| report.answer.chains.is_empty());
    let of_chains = report.answer.chains.iter().filter_map(|chain| Some((Some(chain), chain.fix.as_ref()?)));
    let fixes = of_answer.map(|fix| (None, fix)).into_iter().chain(of_chains);
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

fn fix(post: &mut Post, report: &Report, chain: Option<&ChainAnswer>, fix: &Fix) {
    if let Some(chain) = chain.filter(|_| report.answer.chains.len() > 1) {
        post.code(&chain.chain);
        post.add(": ");
        post.prose(&fix.sentence);
        post.paragraph();
    }
    let commands: Vec<String> = fix.commands.iter().map(|command| format!("{}\n", command.trim_end())).collect();
    post.fence("sh", &commands.concat());
}
