//! What was found, worst first: what, where, what follows, what to do.

use yew::prelude::*;

use super::certificate_link::links;
use super::headline::badge;
use super::shared::Shared;
use crate::report::{Finding, Report};

/// Certificates named at once in a finding; the rest are folded away.
const SHOWN: usize = 6;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
}

#[component]
pub(crate) fn Findings(props: &Props) -> Html {
    let report = &props.report;
    html! {
        <section class="rl-section rl-findings" data-testid="findings" aria-labelledby="rl-findings">
            <h2 id="rl-findings">{ "Findings" }</h2>
            if report.findings.is_empty() {
                <p class="rl-empty">{ "Nothing stands out." }</p>
            } else {
                <ol>
                    for (index, it) in report.findings.iter().enumerate() {
                        <li key={index} data-code={it.code.clone()}>{ finding(report, it) }</li>
                    }
                </ol>
            }
        </section>
    }
}

fn finding(report: &Shared<Report>, finding: &Finding) -> Html {
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
