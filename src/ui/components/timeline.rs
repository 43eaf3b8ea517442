//! When a chain stops being accepted: the first loss in a sentence, the drawing over time, and every change in words.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::acceptance_step::{AcceptanceStep, acceptance_steps, accepting};
use super::certificate_link::distinct_names;
use super::disclosure::Disclosure;
use super::fold::Fold;
use super::timeline_chart::TimelineChart;
use crate::report::{AnswerVerdict, Lens, Report, Timeline};
use crate::time::Timestamp;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::{self as general, acceptance as words};

#[derive(Properties, PartialEq)]
pub(crate) struct TimelineViewProps {
    pub(crate) report: Shared<Report>,
    /// Number of the chain, in the order of [`Report::verdicts_by_chain`].
    pub(crate) chain: usize,
    /// What becomes of that chain.
    pub(crate) timeline: Shared<Timeline>,
    /// The instant that was chosen.
    pub(crate) at: Timestamp,
    pub(crate) on_action: Callback<Action>,
}

/// One line where no date lets a verifier accept the chain, and where all is well until the day that the line names.
#[component]
pub(crate) fn TimelineView(props: &TimelineViewProps) -> Html {
    let TimelineViewProps { report, chain, timeline, at, on_action } = props;
    let steps = use_memo(timeline.clone(), |timeline| acceptance_steps(timeline));
    let is_ever_accepted = accepting(timeline, None) > 0 || steps.iter().any(|step| step.accepting > 0);
    let is_well = report.answer.verdict == AnswerVerdict::Trusted;
    let several = report.verdicts_by_chain().count() > 1;
    let summary = if is_ever_accepted || several { words::loss(report) } else { words::NEVER.to_owned() };
    html! {
        <Fold id="rl-time" testid="timeline" class="rl-time" heading={words::TIME} {summary}
            summary_testid="first-loss" is_open={is_ever_accepted && !is_well && report.answer.lens == Lens::Chains}>
            if several {
                { chain_choice(report, *chain, on_action) }
            }
            <TimelineChart {report} {timeline} at={*at} steps={Shared::from(steps.clone())} {on_action} />
            if steps.is_empty() {
                <p class="rl-hint">{ if is_ever_accepted { words::NO_CHANGE } else { words::NEVER } }</p>
            } else {
                <Disclosure summary={words::CHANGES}>
                    <ol class="rl-changes">
                        for step in steps.iter() {
                            { change_item(report, step, timeline.histories.len(), on_action) }
                        }
                    </ol>
                </Disclosure>
            }
        </Fold>
    }
}

/// The chain whose time line is shown.
fn chain_choice(report: &Report, shown: usize, on_action: &Callback<Action>) -> Html {
    let on_action = on_action.clone();
    let onchange = move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        if let Ok(chain) = usize::try_from(select.selected_index()) {
            on_action.emit(Action::TimelineChosen(chain));
        }
    };
    let names = report.verdicts_by_chain().map(|verdicts| verdicts.first().map(|verdict| verdict.client.as_str()));
    // Once a reader has chosen, a select follows its property and no longer the attribute of its options.
    html! {
        <span class="rl-time__chain">
            <label for="rl-watched">{ words::CHAIN }</label>
            <select id="rl-watched" class="rl-input" ~value={shown.to_string()} {onchange}>
                for (chain, name) in names.enumerate() {
                    <option value={chain.to_string()} selected={chain == shown}>{ for name }</option>
                }
            </select>
        </span>
    }
}

/// A change in words, with a way to its instant.
fn change_item(report: &Report, step: &AcceptanceStep, engines: usize, on_action: &Callback<Action>) -> Html {
    let at = step.at;
    let certificates = distinct_names(report, &step.certificates, ", ");
    html! {
        <li>
            <strong>{ general::instant(at) }</strong>{ " " }
            <span>{ words::change_of_count(step.accepting, engines, &certificates) }</span>
            <button type="button" class="rl-button rl-button--small"
                onclick={on_action.reform(move |_: MouseEvent| Action::DateChosen(at))}>
                { words::GO_THERE }<span class="rl-offscreen">{ ": " }{ general::instant(at) }</span>
            </button>
        </li>
    }
}
