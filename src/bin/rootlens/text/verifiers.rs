//! Chain by chain who accepts and who rejects.

use rootlens::report::Report;
use rootlens::wording::{self, Verifiers};

use super::page::Page;
use super::shown;

/// Chain by chain who accepts and who rejects, and which verdict is lost first.
pub(super) fn verifiers(page: &mut Page, report: &Report) {
    if report.engines.is_empty() {
        return;
    }
    page.heading(&format!("Verifiers, judging by {}", wording::store(&report.answer.store)));
    for verdicts in report.verdicts_by_chain() {
        let Some(first) = verdicts.first() else { continue };
        page.paragraph(
            &format!("{}, {}: {}", first.client, wording::asked_as(first.purpose), wording::agreement(verdicts)),
            "  ",
            "    ",
        );
        for accepts in [true, false] {
            let names: Vec<&str> = verdicts.iter().filter(|it| it.accepts == accepts).map(|it| &*it.engine).collect();
            if !names.is_empty() {
                page.paragraph(&names.join(", "), &format!("    {} by ", shown(accepts)), "                ");
            }
        }
    }
    if let Some(chains) = wording::chains_left_out(report) {
        page.paragraph(&format!("{chains}."), "  ", "    ");
    }
    if let Some(sentence) = wording::first_loss(report, Verifiers::Named) {
        let sentence = sentence.text(|at| at.to_string());
        page.paragraph(&format!("First loss at {sentence}"), "  ", "    ");
    }
}
