//! The report for people at a terminal: at most 100 columns, no colour, so that it survives pipes and tickets.

mod answer;
mod page;
mod router;
mod verifiers;

use rootlens::report::{ChainAnswer, Finding, Fix, Lens, Report, Severity, Source};
use rootlens::scene;
use rootlens::wording;

use page::Page;

/// The whole report, the answer first.
pub(crate) fn report(report: &Report) -> String {
    let mut page = Page::default();
    match report.answer.lens {
        Lens::Chains => answer::answer(&mut page, report),
        Lens::Router => headline(&mut page, report),
    }
    if report.answer.lens == Lens::Router {
        router::router(&mut page, report);
    }
    sources(&mut page, report);
    verifiers::verifiers(&mut page, report);
    findings(&mut page, report);
    if report.answer.lens == Lens::Chains {
        pools(&mut page, report);
    }
    printable(&page.text)
}

/// What to change and who accepts then, each fix once.
pub(crate) fn fixes(fixes: &[(&ChainAnswer, &Fix)]) -> String {
    let mut page = Page::default();
    answer::fixes_alone(&mut page, fixes);
    page.text
}

/// Without what controls: a name in a certificate must neither steer a terminal nor turn the direction of writing.
pub(crate) fn printable(text: &str) -> String {
    text.split('\n').map(scene::printable).collect::<Vec<String>>().join("\n")
}

/// When and by what everything was judged.
fn judged(report: &Report) -> String {
    format!("As of {}, judged by {}.", report.at, wording::store(&report.answer.store))
}

fn headline(page: &mut Page, report: &Report) {
    page.paragraph(&format!("{}: {}", severity(report.headline.severity), report.headline.sentence), "", "  ");
    page.paragraph(&report.headline.detail, "  ", "  ");
    page.paragraph(&judged(report), "  ", "  ");
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}

/// A rejection is in capitals: there is no colour.
fn shown(accepts: bool) -> String {
    if accepts { wording::ACCEPTED.to_owned() } else { wording::REJECTED.to_uppercase() }
}

/// What the answer does not tell already.
fn findings(page: &mut Page, report: &Report) {
    let findings: Vec<&Finding> = wording::findings_beside_the_answer(report).collect();
    if !findings.is_empty() {
        page.heading("Findings");
    }
    let mut advised: Option<&str> = None;
    for Finding { severity: how_bad, code, title, detail, fix, .. } in findings {
        page.paragraph(&format!("{title} [{code}]"), &format!("  {:<9}", severity(*how_bad)), "           ");
        page.paragraph(detail, "           ", "           ");
        let advice = if advised == Some(fix) { "as above." } else { fix };
        page.paragraph(&format!("Do: {advice}"), "           ", "           ");
        advised = Some(fix);
    }
}

fn sources(page: &mut Page, report: &Report) {
    page.heading("Sources");
    for source in &report.sources {
        page.line(&format!("  {} ({}): {}", source.name, wording::role(&source.roles), contents(source)));
        page.paragraph(&source.role_reason, "    ", "    ");
        for loaded in source.loaders.iter().filter(|loaded| loaded.fault.is_some()) {
            page.paragraph(&format!("{}: {}", loaded.title, wording::loaded(loaded)), "    - ", "      ");
        }
        for related in &source.related {
            let sentence = wording::related(report, related).text(|at| at.to_string());
            page.paragraph(&format!("line {}: {sentence}", related.line), "    - ", "      ");
        }
        if !source.key_commands.is_empty() {
            page.paragraph(wording::COMPARE_KEY, "    - ", "      ");
            source.key_commands.iter().for_each(|command| page.line(&format!("        {command}")));
        }
        if let Some(forwarded) = &source.forwarded {
            page.paragraph(&wording::forwarded(forwarded), "    - ", "      ");
        }
        for problem in &source.problems {
            page.paragraph(&format!("line {}: {}", problem.line, problem.message), "    ! ", "      ");
        }
    }
}

fn contents(source: &Source) -> String {
    let mut parts = vec![wording::count(source.certificates.len(), "certificate")];
    if source.secrets > 0 {
        parts.push(format!("{} dropped unread", wording::secrets(source)));
    }
    parts.join(", ")
}

/// What the answer leaves aside: a program that makes its own roots of a chain.
fn pools(page: &mut Page, report: &Report) {
    if let Some(sentence) = wording::pools_in_a_sentence(report) {
        page.gap();
        page.paragraph(&sentence.text(|at| at.to_string()), "", "  ");
    }
}
