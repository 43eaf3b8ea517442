//! The error lines that were given: whether the files explain each, and what its words allow.

use yew::prelude::*;

use super::certificate_link::CertificateLinks;
use super::dates::with_dates;
use super::disclosure::Disclosure;
use crate::report::{ErrorFault, ErrorFinding, ErrorLine, Report};
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::error_lines as words;
use crate::wording;

/// Lines that are shown at once; the rest are folded away.
const SHOWN: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct ErrorLinesProps {
    pub(crate) report: Shared<Report>,
    pub(crate) on_action: Callback<Action>,
}

/// At least one line was recognised: Yew loses its place beside a component that shows nothing.
#[component]
pub(crate) fn ErrorLines(props: &ErrorLinesProps) -> Html {
    let ErrorLinesProps { report, on_action } = props;
    let lines = report.error_lines.as_slice();
    let list = |lines: &[ErrorLine]| {
        html! {
            <ul class="rl-errors__list">{ for lines.iter().map(|it| line(report, it, on_action)) }</ul>
        }
    };
    let (shown, rest) = lines.split_at(lines.len().min(SHOWN));
    html! {
        <div class="rl-errors" data-testid="error-lines">
            <h2 class="rl-errors__heading">{ words::heading(lines.len()) }</h2>
            { list(shown) }
            if !rest.is_empty() {
                <Disclosure summary={words::more(rest.len())}>{ list(rest) }</Disclosure>
            }
            if let Some(next) = wording::next_error(report) {
                <p class="rl-errors__next">{ next }</p>
            }
        </div>
    }
}

fn line(report: &Shared<Report>, line: &ErrorLine, on_action: &Callback<Action>) -> Html {
    let source = report.sources.get(line.source).map(|source| source.name.as_str()).unwrap_or_default();
    html! {
        <li class="rl-error" data-finding={words::finding_name(line.finding)}>
            { icon::icon(glyph(line.finding)) }
            <div>
                <p><code>{ &line.words }</code>{ " " }<small>{ words::place(line, source) }</small></p>
                <p>{ with_dates(&line.sentence) }</p>
                if let Some(implication) = &line.implication {
                    <p>{ &**implication }</p>
                }
                <CertificateLinks {report} certificates={line.certificates.clone()} shown={3} {on_action} />
                { faults(&line.faults) }
            </div>
        </li>
    }
}

fn glyph(finding: ErrorFinding) -> &'static str {
    match finding {
        ErrorFinding::Explained => icon::TICK,
        ErrorFinding::NotExplained => icon::CROSS,
        ErrorFinding::Open => icon::NOTE,
        ErrorFinding::Elsewhere => icon::WARNING,
    }
}

/// What the words allow, fault by fault.
fn faults(faults: &[ErrorFault]) -> Html {
    if faults.is_empty() {
        return Html::default();
    }
    html! {
        <Disclosure summary={words::FAULTS}>
            <ul class="rl-errors__faults">
                for fault in faults {
                    <li data-judgement={words::judgement_name(fault.judgement)}>
                        <strong>{ words::judgement(fault.judgement) }</strong>{ ": " }{ &*fault.title }{ "." }
                        if let Some(add) = &fault.add {
                            { " " }{ add }
                        }
                    </li>
                }
            </ul>
        </Disclosure>
    }
}
