//! The answer: who trusts the chains, why not, and what to change.

use rootlens::plural::some_of;
use rootlens::report::{Answer, ChainAnswer, Fix, Report};
use rootlens::wording;

use super::page::Page;

/// Sentence, detail, store and date, a line per chain, and the fixes.
pub(super) fn answer(page: &mut Page, report: &Report) {
    let answer = &report.answer;
    page.paragraph(&answer.sentence, &format!("{} ", wording::sign(answer.verdict)), "  ");
    page.paragraph(&answer.detail, "  ", "  ");
    page.paragraph(&super::judged(report), "  ", "  ");
    error_lines(page, report);
    chains(page, answer);
    fixes(page, answer);
}

/// What the files say to the error lines that were given with them.
fn error_lines(page: &mut Page, report: &Report) {
    if !report.error_lines.is_empty() {
        page.heading("Error lines");
    }
    for line in &report.error_lines {
        page.paragraph(&format!("{}: {}", wording::error_line(line), line.words), "  ", "    ");
        page.paragraph(&line.sentence, "    ", "    ");
        page.paragraph(line.implication.as_deref().unwrap_or_default(), "    ", "    ");
    }
    page.paragraph(&wording::next_error(report).unwrap_or_default(), "  ", "  ");
}

fn chains(page: &mut Page, answer: &Answer) {
    if !answer.chains.is_empty() {
        page.heading("Chains");
    }
    for chain in &answer.chains {
        let (sign, words) = (wording::sign(chain.verdict), wording::verdict(chain.verdict));
        let counts = wording::counts(answer, chain);
        let asked = wording::asked_as(chain.purpose);
        page.paragraph(&format!("{}, {asked}: {words}; {counts}", chain.chain), &format!("  {sign} "), "      ");
        // The first one's is the answer's.
        if chain.sentence != answer.sentence {
            page.paragraph(&chain.sentence, "      ", "      ");
            page.paragraph(&chain.detail, "      ", "      ");
        }
        if let Some(words) = &chain.detail_of_program {
            page.paragraph(&format!("In its own words: {words}"), "      ", "      ");
        }
    }
}

fn fixes(page: &mut Page, answer: &Answer) {
    let fixes = answer.chains.iter().filter_map(|chain| Some((chain, chain.fix.as_ref()?)));
    if let (Some(fix), true) = (&answer.fix, answer.chains.is_empty()) {
        page.heading("Fix");
        told(page, fix, &[], "  ");
        commands(page, fix);
    }
    for (fix, chains) in distinct(fixes) {
        match answer.chains.len() {
            1 => page.heading("Fix"),
            _ => page.heading(&format!("Fix for {}", names(&chains))),
        }
        told(page, fix, &chains, "  ");
        commands(page, fix);
    }
}

/// What to change and who accepts then, each fix once; without its commands.
pub(super) fn fixes_alone(page: &mut Page, fixes: &[(&ChainAnswer, &Fix)]) {
    for (fix, chains) in distinct(fixes.iter().copied()) {
        page.paragraph(&format!("{}:", names(&chains)), "", "  ");
        told(page, fix, &chains, "  ");
    }
}

fn told(page: &mut Page, fix: &Fix, chains: &[&ChainAnswer], indent: &str) {
    page.paragraph(&fix.sentence, indent, indent);
    page.paragraph(&wording::accepted_then(chains.first().copied(), fix), indent, indent);
}

/// Each fix once, with the chains that it mends.
fn distinct<'f>(fixes: impl Iterator<Item = (&'f ChainAnswer, &'f Fix)>) -> Vec<(&'f Fix, Vec<&'f ChainAnswer>)> {
    let mut distinct: Vec<(&Fix, Vec<&ChainAnswer>)> = Vec::new();
    for (chain, fix) in fixes {
        match distinct.iter_mut().find(|(known, _)| known.sentence == fix.sentence && known.files == fix.files) {
            Some((_, chains)) => chains.push(chain),
            None => distinct.push((fix, vec![chain])),
        }
    }
    distinct
}

fn names(chains: &[&ChainAnswer]) -> String {
    some_of(&chains.iter().map(|chain| chain.chain.as_str()).collect::<Vec<&str>>())
}

/// As they are, from the first column on, because they are copied.
fn commands(page: &mut Page, fix: &Fix) {
    for command in &fix.commands {
        page.gap();
        command.lines().for_each(|line| page.line(line));
    }
}
