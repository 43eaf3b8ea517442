//! The whole page: header, landing or result, and the sheet with a certificate's details.

use std::rc::Rc;

use yew::prelude::*;

use super::browser;
use super::browser::events::use_window_events;
use super::browser::focus::{use_focus_anchor, use_heading_focus, use_sheet_focus};
use super::components::certificate_panel::TITLE_ID;
use super::components::header::Header;
use super::components::landing::Landing;
use super::components::missing_roots::MissingRoots;
use super::components::refusals::Refusals;
use super::components::result_view::ResultView;
use super::components::working::Working;
use super::icon;
use super::inspection::{Inspection, use_inspection};
use super::state::{Intake, State};
use super::theme::{Theme, use_theme};
use super::words::{landing, progress as words};

/// Keeps the state, has the inspector follow it, and shows what both say.
#[component]
pub(crate) fn App() -> Html {
    let state = use_reducer(|| State::new(browser::now(), Theme::remembered()));
    use_theme(state.theme);
    use_sheet_focus(state.view.selection, TITLE_ID);
    let anchor = use_focus_anchor();
    let on_action = {
        let anchor = Rc::clone(&anchor);
        use_callback(state.dispatcher(), move |action, dispatcher| {
            anchor.hold();
            dispatcher.dispatch(action);
        })
    };
    let (inspection, orders) = use_inspection(&state, &on_action, &anchor);
    use_heading_focus(inspection.report.is_some());
    use_window_events(&on_action);
    let on_cancel = orders.on_cancel.clone();

    let is_current = inspection.inputs == state.report_inputs();
    let content = match &inspection.report {
        Some(report) => html! {
            <ResultView {report} {is_current} inspection={Inspection::clone(&inspection)} view={state.view.clone()}
                choices={state.choices.clone()} received={state.received.clone()}
                on_action={&on_action} {orders} />
        },
        None if browser::embedded() => nothing(),
        None => {
            html! { <Landing is_reading={state.intake.is_reading() || state.intake.loaded().is_some()} on_action={&on_action} /> }
        }
    };
    html! {
        <div>
            if !browser::embedded() {
                <Header report={inspection.report.clone()} panel={state.view.panel} theme={state.theme}
                    on_action={&on_action} />
            }
            if !state.refusals.is_empty() {
                <Refusals refusals={Rc::clone(&state.refusals)} {on_action} />
            }
            if inspection.lacks_public_roots {
                <MissingRoots />
            }
            { status(&state, &inspection, &on_cancel) }
            { content }
            if state.dragging {
                <div class="rl-drop" aria-hidden="true"><p>{ icon::icon(icon::DROP) }{ landing::DROP }</p></div>
            }
        </div>
    }
}

/// A frame that waits for files.
fn nothing() -> Html {
    html! { <main class="rl-boot" id="rl-main"><p>{ landing::NOTHING_YET }</p></main> }
}

/// Says aloud that work goes on, and that it is done. A choice is answered without a word: the report that is there is
/// marked as busy meanwhile.
fn status(state: &State, inspection: &Inspection, on_cancel: &Callback<()>) -> Html {
    let inspected = inspection.inputs.as_ref().map(|(loaded, _)| *loaded);
    let is_done = matches!(&state.intake, Intake::Ready(loaded) if Some(*loaded) == inspected);
    let is_working = !is_done && matches!(state.intake, Intake::Reading { .. } | Intake::Ready(_));
    let said = match (is_done, is_working) {
        (true, _) => words::DONE,
        (false, true) => inspection.progress.map_or(words::WORKING, |it| words::stage(it.stage)),
        (false, false) => "",
    };
    // Screen readers hear of changes in an element that was there before.
    html! {
        <div>
            <p class="rl-offscreen" role="status">{ said }</p>
            if is_working {
                <Working progress={inspection.progress} {on_cancel} />
            }
        </div>
    }
}
