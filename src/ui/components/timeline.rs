//! When a chain stops being accepted: the first loss in a sentence, the drawing over time, and every change in words.

use std::collections::BTreeSet;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::certificate_link::distinct_names;
use super::disclosure::Disclosure;
use super::timeline_chart::TimelineChart;
use crate::collection::distinct;
use crate::report::{Report, Timeline};
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
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn TimelineView(props: &TimelineViewProps) -> Html {
    let TimelineViewProps { report, chain, timeline, on_action } = props;
    let steps = use_memo(timeline.clone(), |timeline| acceptance_steps(timeline));
    html! {
        <section class="rl-section rl-time" data-testid="timeline" aria-labelledby="rl-time">
            <header class="rl-section__header">
                <h2 id="rl-time">{ words::TIME }</h2>
                if report.verdicts_by_chain().count() > 1 {
                    { chain_choice(report, *chain, on_action) }
                }
            </header>
            <p class="rl-time__loss" data-testid="first-loss">{ words::loss(report) }</p>
            <TimelineChart {report} {timeline} steps={Shared::from(steps.clone())} {on_action} />
            if steps.is_empty() {
                <p class="rl-hint">{ words::NO_CHANGE }</p>
            } else {
                <Disclosure summary={words::CHANGES}>
                    <ol class="rl-changes">
                        for step in steps.iter() {
                            { change_item(report, step, timeline.histories.len(), on_action) }
                        }
                    </ol>
                </Disclosure>
            }
        </section>
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
        <span class="rl-question">
            <label for="rl-watched">{ words::CHAIN }</label>
            <select id="rl-watched" class="rl-input" ~value={shown.to_string()} {onchange}>
                for (chain, name) in names.enumerate() {
                    <option value={chain.to_string()} selected={chain == shown}>{ for name }</option>
                }
            </select>
        </span>
    }
}

/// From an instant on, so many verifiers accept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AcceptanceStep {
    pub(crate) at: Timestamp,
    pub(crate) accepting: usize,
    /// The certificates whose validity begins or ends there.
    pub(crate) because: Vec<usize>,
}

/// The changes of all verifiers put together, in order of time.
fn acceptance_steps(timeline: &Timeline) -> Vec<AcceptanceStep> {
    let changes = || timeline.histories.iter().flat_map(|history| &history.changes);
    let instants: BTreeSet<Timestamp> = changes().map(|change| change.at).collect();
    let step = |at: Timestamp| {
        let here = changes().filter(|change| change.at == at);
        AcceptanceStep {
            at,
            accepting: accepting(timeline, Some(at)),
            because: distinct(&here.flat_map(|change| change.certificates.iter().copied()).collect::<Vec<_>>()),
        }
    };
    instants.into_iter().map(step).collect()
}

/// How many verifiers accept at an instant; before everything without one.
pub(crate) fn accepting(timeline: &Timeline, at: Option<Timestamp>) -> usize {
    timeline.histories.iter().filter(|history| history.accepts_at(at)).count()
}

/// A change in words, with a way to its instant.
fn change_item(report: &Report, step: &AcceptanceStep, engines: usize, on_action: &Callback<Action>) -> Html {
    let at = step.at;
    let because = distinct_names(report, &step.because, ", ");
    html! {
        <li>
            <strong>{ general::instant(at) }</strong>{ " " }
            <span>{ words::change_of_count(step.accepting, engines, &because) }</span>
            <button type="button" class="rl-button rl-button--small"
                onclick={on_action.reform(move |_: MouseEvent| Action::DateChosen(at))}>
                { words::GO_THERE }<span class="rl-offscreen">{ ": " }{ general::instant(at) }</span>
            </button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Change, VerdictHistory};

    fn history(engine: &'static str, changes: &[(i64, bool, usize)]) -> VerdictHistory {
        let change = |&(at, accepts, certificate): &(i64, bool, usize)| Change {
            at: Timestamp(at),
            accepts,
            certificates: vec![certificate],
        };
        VerdictHistory { engine, accepts_first: false, changes: changes.iter().map(change).collect() }
    }

    #[test]
    fn changes_at_one_instant_are_one_step() {
        let timeline = Timeline {
            certificates: vec![0, 1],
            histories: vec![
                history("one", &[(10, true, 1), (30, false, 0)]),
                history("other", &[(10, true, 1), (20, false, 1)]),
                history("third", &[(30, true, 1)]),
            ],
        };
        let found = acceptance_steps(&timeline);
        let step = |at: i64, accepting: usize, because: &[usize]| AcceptanceStep {
            at: Timestamp(at),
            accepting,
            because: because.to_vec(),
        };
        assert_eq!(found, [step(10, 2, &[1]), step(20, 1, &[1]), step(30, 1, &[0, 1])]);
        assert_eq!(accepting(&timeline, None), 0);
    }
}
