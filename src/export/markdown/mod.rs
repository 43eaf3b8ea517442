//! The answer as Markdown for a forum: GitHub-flavoured, with nothing that only one forum knows.
//!
//! Names stand in code spans, where no forum looks for links, mentions, references or emphasis. In sentences every name
//! stands in one span whole, and so does every word that is not plainly a word or a number, because a sentence of the
//! report may quote anything.

mod answer;
mod names;
mod post;
mod router;
mod verifiers;

use super::{commands, graph, mermaid};
use crate::report::{Finding, Lens, Report, Severity};
use crate::wording;

use post::{MOST_ROWS, Post};

/// The whole answer. `link` is an address at which rootlens shows the same.
pub fn markdown(report: &Report, link: Option<&str>) -> String {
    let mut post = Post::about(report);
    match report.answer.lens {
        Lens::Chains => {
            answer::answer(&mut post, report, link);
            drawing(&mut post, report);
            answer::fixes(&mut post, report);
            verifiers::verifiers(&mut post, report);
            findings(&mut post, report);
            pools(&mut post, report);
            openssl(&mut post, report);
        }
        Lens::Router => {
            headline(&mut post, report, link);
            drawing(&mut post, report);
            router::router(&mut post, report);
            findings(&mut post, report);
            verifiers::verifiers(&mut post, report);
            openssl(&mut post, report);
            two_pools(&mut post, report);
        }
    }
    post.text
}

fn headline(post: &mut Post, report: &Report, link: Option<&str>) {
    post.begin(severity(report.headline.severity));
    post.prose(&report.headline.sentence);
    post.line_break();
    post.judged(report, link);
    if !report.headline.detail.is_empty() {
        post.prose(&report.headline.detail);
        post.paragraph();
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

fn findings(post: &mut Post, report: &Report) {
    let findings: Vec<&Finding> = wording::findings_beside_the_answer(report).collect();
    if findings.is_empty() {
        return;
    }
    post.heading("Findings");
    for Finding { code, severity: how_bad, title, detail, fix, .. } in findings.iter().take(MOST_ROWS) {
        post.add("- ");
        post.begin(severity(*how_bad));
        post.prose(title);
        post.add(" (");
        post.code(code);
        post.add(").\n  ");
        post.prose(detail);
        post.add("\\\n  **What to do:** ");
        post.prose(fix);
        post.add("\n");
    }
    post.more(findings.len(), "finding");
    post.end_of_block();
}

fn drawing(post: &mut Post, report: &Report) {
    let graph = graph::graph(report);
    if graph.nodes.is_empty() {
        return;
    }
    post.heading("Who issued whom");
    if graph.description != report.answer.sentence {
        post.prose(&graph.description);
        post.add(" ");
    }
    post.add("Arrows lead from issuer to subject.");
    post.paragraph();
    post.fence("mermaid", &mermaid::write(&graph));
    for note in &graph.notes {
        post.prose(note);
        post.paragraph();
    }
}

/// What the answer leaves aside: a program that makes its own roots of a chain.
fn pools(post: &mut Post, report: &Report) {
    if let Some(sentence) = wording::pools_in_a_sentence(report) {
        post.sentence(&sentence);
        post.paragraph();
    }
}

/// What OpenSSL says of each chain.
fn openssl(post: &mut Post, report: &Report) {
    let Some(script) = commands::openssl_by_chain(report) else { return };
    post.heading("See for yourself");
    post.add("In the folder with these files, with OpenSSL 3:");
    post.paragraph();
    post.fence("sh", &script);
    let chains = report.answer.chains.len();
    if chains > commands::MOST_CHAINS {
        post.add(&format!("{} are left out.", wording::count(chains - commands::MOST_CHAINS, "further chain")));
        post.paragraph();
    }
}

/// The naive and the correct pool, in OpenSSL and in Go.
fn two_pools(post: &mut Post, report: &Report) {
    let Some(files) = commands::files(report) else { return };
    post.heading("See both pools");
    post.add("In the folder with these files, all PEM.");
    for (at, chain) in files.left_out.iter().enumerate() {
        post.add(if at == 0 { " Left out, because they share a file: " } else { ", " });
        post.code(chain);
    }
    post.paragraph();
    post.fence("sh", &commands::openssl_by_pool(report, &files));
    if let Some(command) = commands::go(report, &files) {
        post.add("The same with Go, whose library the router uses; save this as ");
        post.code("pools.go");
        post.add(":");
        post.paragraph();
        post.fence("sh", &command);
        post.fence("go", commands::GO);
    }
}
