//! What was found, worst first: what, where, what follows, what to do.

use yew::prelude::*;

use super::certificate_link::CertificateLinks;
use super::disclosure::Disclosure;
use super::fold::Fold;
use super::long_list::LongList;
use super::severity_badge::SeverityBadge;
use crate::report::{Finding, Lens, Report, Severity};
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;

/// Findings of one kind that are shown at once; a system's whole bundle may hold dozens.
const SHOWN_OF_A_KIND: usize = 3;

/// Folded findings that are shown at a time.
const AT_A_TIME: usize = 25;

/// Certificates named at once in a finding; the rest are folded away.
const SHOWN_CERTIFICATES: usize = 6;

#[derive(Properties, PartialEq)]
pub(crate) struct FindingsProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
}

/// In the router's lens they lead; elsewhere the answer has told what concerns a chain, so they fold to one line where
/// nothing worse is left.
#[component]
pub(crate) fn Findings(props: &FindingsProps) -> Html {
    let FindingsProps { report, on_action } = props;
    let others: Vec<&Finding> = report.findings.iter().filter(|finding| !is_told(report, finding)).collect();
    let is_open = others.iter().any(|finding| finding.severity != Severity::Info);
    let summary = match (others.split_first(), report.findings.is_empty()) {
        (Some((first, rest)), _) => words::findings(&first.title, rest.len()),
        (None, true) => words::NO_FINDING.to_owned(),
        (None, false) => words::NOTHING_ELSE.to_owned(),
    };
    html! {
        <Fold id="rl-findings" testid="findings" class="rl-findings" heading={words::FINDINGS} {summary} {is_open}>
            for kind in report.findings.chunk_by(|one, next| one.code == next.code) {
                { findings_of_a_kind(report, kind, on_action) }
            }
        </Fold>
    }
}

/// The answer says the same of a chain.
fn is_told(report: &Report, finding: &Finding) -> bool {
    let answer = &report.answer;
    answer.lens == Lens::Chains && answer.chains.iter().any(|chain| chain.sentence == finding.title)
}

/// After a few findings of one kind, the rest are folded away.
fn findings_of_a_kind(report: &Shared<Report>, kind: &[Finding], on_action: &Callback<Action>) -> Html {
    let (first, rest) = kind.split_at_checked(SHOWN_OF_A_KIND).unwrap_or((kind, &[]));
    html! {
        <>
            { findings_list(report, first, on_action) }
            if !rest.is_empty() {
                <Disclosure summary={words::more_findings(rest.len())}>
                    <LongList length={rest.len()} step={AT_A_TIME} list={others(report, rest, on_action)} />
                </Disclosure>
            }
        </>
    }
}

/// The findings behind the first ones.
fn others(report: &Shared<Report>, rest: &[Finding], on_action: &Callback<Action>) -> Callback<usize, Html> {
    let (report, rest, on_action) = (report.clone(), rest.to_vec(), on_action.clone());
    Callback::from(move |shown: usize| findings_list(&report, rest.get(..shown).unwrap_or(&rest), &on_action))
}

fn findings_list(report: &Shared<Report>, findings: &[Finding], on_action: &Callback<Action>) -> Html {
    html! {
        <ol class="rl-findings__list">{ for findings.iter().map(|finding| finding_item(report, finding, on_action)) }</ol>
    }
}

fn finding_item(report: &Shared<Report>, finding: &Finding, on_action: &Callback<Action>) -> Html {
    html! {
        <li data-code={finding.code.to_string()}>
            <SeverityBadge severity={finding.severity} />
            <div>
                <h3>{ &finding.title }</h3>
                <p>{ &finding.detail }</p>
                if !finding.fix.is_empty() {
                    <p class="rl-findings__fix"><strong>{ words::FIX }</strong>{ &finding.fix }</p>
                }
                <CertificateLinks {report} certificates={finding.certificates.clone()} shown={SHOWN_CERTIFICATES}
                    {on_action} />
            </div>
        </li>
    }
}
