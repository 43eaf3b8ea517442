//! The whole page: header, landing or result, and the sheet with a certificate's details.

use yew::prelude::*;

use super::effect;
use super::header::Header;
use super::landing::{self, Landing};
use super::result::ResultView;
use super::shared::Shared;
use super::state::{Action, Intake, State};
use super::theme::Theme;
use super::{browser, icon};
use crate::report::Report;

#[component]
pub(crate) fn App() -> Html {
    let state = use_reducer(|| State::new(browser::now(), Theme::remembered()));
    let act = use_callback(state.dispatcher(), |action: Action, dispatcher| dispatcher.dispatch(action));
    effect::use_theme(state.theme);
    effect::use_loading(&state);
    effect::use_fragment(landing::open_example(&act));
    let dragging = effect::use_window_arrivals(act.clone());
    let report = effect::use_report(&state);
    effect::use_heading(report.is_some());
    html! {
        <ContextProvider<Callback<Action>> context={act.clone()}>
            <Header at={state.choices.at} theme={state.theme} report={report.clone()} />
            { refusals(&state, &act) }
            { status(&state) }
            { content(&state, report) }
            if dragging {
                <div class="rl-drop" aria-hidden="true"><p>{ icon::icon(icon::DROP) }{ "Drop to read" }</p></div>
            }
        </ContextProvider<Callback<Action>>>
    }
}

fn content(state: &State, report: Option<Shared<Report>>) -> Html {
    match report {
        Some(report) => html! {
            <ResultView {report} selection={state.selection} chosen_roles={state.choices.roles.keys().copied().collect::<Vec<usize>>()} />
        },
        None => html! { <Landing reading={state.intake.is_reading()} /> },
    }
}

/// Says aloud that reading goes on, and that it is done.
fn status(state: &State) -> Html {
    let words = match &state.intake {
        Intake::Reading { .. } => "Reading certificates and checking signatures…",
        Intake::Ready(_) => "Done.",
        Intake::Empty | Intake::Failed => "",
    };
    html! {
        <p class={classes!("rl-status", (!state.intake.is_reading()).then_some("rl-offscreen"))} role="status">
            { words }
        </p>
    }
}

/// What could not be read at all, until it is dismissed.
fn refusals(state: &State, act: &Callback<Action>) -> Html {
    if state.refusals.is_empty() {
        return Html::default();
    }
    html! {
        <div class="rl-alert" role="alert">
            { icon::icon(icon::WARNING) }
            <ul>
                for refusal in state.refusals.iter() {
                    <li><strong>{ &refusal.name }</strong>{ " was not read. " }{ &refusal.reason }</li>
                }
            </ul>
            <button type="button" class="rl-button" onclick={act.reform(|_| Action::RefusalsDismissed)}>
                { "Dismiss" }
            </button>
        </div>
    }
}
