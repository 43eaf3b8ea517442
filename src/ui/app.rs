//! The whole page: header, landing or result, and the sheet with a certificate's details.

use yew::prelude::*;

use super::certificate_link::named;
use super::effect::{self, when};
use super::header::header;
use super::landing::{self, landing};
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
        <div onclick={when(&act, |event| named(&event).map(|certificate| Action::Selected(Some(certificate))))}>
            { header(&state, report.as_deref(), &act) }
            { refusals(&state, &act) }
            { status(&state) }
            { content(&state, report, &act) }
            if dragging {
                <div class="rl-drop" aria-hidden="true"><p>{ icon::icon(icon::DROP) }{ "Drop to read" }</p></div>
            }
        </div>
    }
}

fn content(state: &State, report: Option<Shared<Report>>, act: &Callback<Action>) -> Html {
    let Some(report) = report else { return landing(state.intake.is_reading(), act) };
    let chosen_roles: Vec<usize> = state.choices.roles.keys().copied().collect();
    html! { <ResultView {report} selection={state.selection} {chosen_roles} {act} /> }
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
