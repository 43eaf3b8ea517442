//! What was found, worst first: what, where, what follows, what to do.

use yew::prelude::*;

use super::certificate_link::links;
use super::headline::badge;
use crate::report::{Finding, Report};

/// Findings of one kind that are shown at once; a system's whole bundle may hold dozens.
const SHOWN_OF_A_KIND: usize = 3;

/// Certificates named at once in a finding; the rest are folded away.
const SHOWN: usize = 6;

pub(crate) fn findings(report: &Report) -> Html {
    html! {
        <section class="rl-section rl-findings" data-testid="findings" aria-labelledby="rl-findings">
            <h2 id="rl-findings">{ "Findings" }</h2>
            if report.findings.is_empty() {
                <p class="rl-empty">{ "Nothing stands out." }</p>
            } else {
                { for report.findings.chunk_by(|one, next| one.code == next.code).map(|kind| of_a_kind(report, kind)) }
            }
        </section>
    }
}

/// Findings of one kind; after a few, the rest are folded away.
fn of_a_kind(report: &Report, kind: &[Finding]) -> Html {
    let item = |it: &Finding| html! { <li data-code={it.code.clone()}>{ finding(report, it) }</li> };
    let (first, rest) = kind.split_at_checked(SHOWN_OF_A_KIND).unwrap_or((kind, &[]));
    html! {
        <>
            <ol class="rl-findings__list">{ for first.iter().map(item) }</ol>
            if !rest.is_empty() {
                <details class="rl-more">
                    <summary>{ [&rest.len().to_string(), " more of this kind"].concat() }</summary>
                    <ol class="rl-findings__list">{ for rest.iter().map(item) }</ol>
                </details>
            }
        </>
    }
}

fn finding(report: &Report, finding: &Finding) -> Html {
    html! {
        <>
            { badge(finding.severity) }
            <div>
                <h3>{ &finding.title }</h3>
                <p>{ &finding.detail }</p>
                if !finding.fix.is_empty() {
                    <p class="rl-fix"><strong>{ "What to do: " }</strong>{ &finding.fix }</p>
                }
                { links(report, &finding.certificates, SHOWN) }
            </div>
        </>
    }
}
