//! What was found, worst first: what, where, what follows, what to do.

use yew::prelude::*;

use super::certificate_link::CertificateLinks;
use super::disclosure::Disclosure;
use super::severity_badge::SeverityBadge;
use crate::report::{Finding, Report};
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;

/// Findings of one kind that are shown at once; a system's whole bundle may hold dozens.
const SHOWN_OF_A_KIND: usize = 3;

/// Certificates named at once in a finding; the rest are folded away.
const SHOWN_CERTIFICATES: usize = 6;

#[derive(Properties, PartialEq)]
pub(crate) struct FindingsProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn Findings(props: &FindingsProps) -> Html {
    let FindingsProps { report, on_action } = props;
    html! {
        <section class="rl-section rl-findings" data-testid="findings" aria-labelledby="rl-findings">
            <h2 id="rl-findings">{ words::FINDINGS }</h2>
            if report.findings.is_empty() {
                <p class="rl-empty">{ words::NO_FINDING }</p>
            }
            for kind in report.findings.chunk_by(|one, next| one.code == next.code) {
                { findings_of_a_kind(report, kind, on_action) }
            }
        </section>
    }
}

/// After a few findings of one kind, the rest are folded away.
fn findings_of_a_kind(report: &Shared<Report>, kind: &[Finding], on_action: &Callback<Action>) -> Html {
    let (first, rest) = kind.split_at_checked(SHOWN_OF_A_KIND).unwrap_or((kind, &[]));
    let list = |findings: &[Finding]| {
        html! {
            <ol class="rl-findings__list">
                { for findings.iter().map(|finding| finding_item(report, finding, on_action)) }
            </ol>
        }
    };
    html! {
        <>
            { list(first) }
            if !rest.is_empty() {
                <Disclosure summary={words::more_findings(rest.len())}>{ list(rest) }</Disclosure>
            }
        </>
    }
}

fn finding_item(report: &Shared<Report>, finding: &Finding, on_action: &Callback<Action>) -> Html {
    html! {
        <li data-code={finding.code}>
            <SeverityBadge severity={finding.severity} />
            <div>
                <h3>{ &finding.title }</h3>
                <p>{ &finding.detail }</p>
                if !finding.fix.is_empty() {
                    <p class="rl-fix"><strong>{ words::FIX }</strong>{ &finding.fix }</p>
                }
                <CertificateLinks {report} certificates={finding.certificates.clone()} shown={SHOWN_CERTIFICATES}
                    {on_action} />
            </div>
        </li>
    }
}
