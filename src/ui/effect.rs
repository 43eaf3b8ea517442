//! The page's effects as hooks: reading, the theme, and what comes in through the window.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, DragEvent, Event, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::listener::Listener;
use super::loading;
use super::shared::Shared;
use super::state::{Action, Intake, State};
use super::theme::Theme;
use super::{arrival, browser};
use crate::report::{self, Report};

/// The id of the page's first heading, on the landing page as in the result.
pub(crate) const HEADING_ID: &str = "rl-heading";

/// Reports the action that `read` makes of an event, if any.
pub(crate) fn when<E: 'static>(act: &Callback<Action>, read: impl Fn(E) -> Option<Action> + 'static) -> Callback<E> {
    let act = act.clone();
    Callback::from(move |event| {
        if let Some(action) = read(event) {
            act.emit(action);
        }
    })
}

/// The report for what is loaded and chosen; computed again only when one of them changes.
#[hook]
pub(crate) fn use_report(state: &State) -> Option<Shared<Report>> {
    let basis = (state.intake.loaded().cloned(), state.choices.clone());
    let report = use_memo(basis, |(loaded, choices)| {
        loaded.as_ref().map(|loaded| Shared::new(report::inspect(&loaded.inventory, &loaded.graph, choices)))
    });
    (*report).clone()
}

/// Reads what arrived and answers with its ticket.
#[hook]
pub(crate) fn use_loading(state: &UseReducerHandle<State>) {
    let dispatcher = state.dispatcher();
    let intake = state.intake.clone();
    use_effect_with(state.pending(), move |ticket| {
        let (Some(ticket), Intake::Reading { before, arriving }) = (*ticket, intake) else { return };
        spawn_local(async move {
            let loaded = loading::load(before.as_deref(), &arriving).await;
            dispatcher.dispatch(Action::Analysed(ticket, Shared::new(loaded)));
        });
    });
}

/// Shows and remembers the theme.
#[hook]
pub(crate) fn use_theme(theme: Theme) {
    use_effect_with(theme, |theme| theme.apply());
}

/// Where the page changes between landing and result, the reader begins at its heading, not where a control vanished.
#[hook]
pub(crate) fn use_heading(shows_result: bool) {
    let before = use_mut_ref(|| shows_result);
    use_effect_with(shows_result, move |&shows_result| {
        if before.replace(shows_result) != shows_result {
            browser::scroll_to_top();
            browser::focus_id(HEADING_ID);
        }
    });
}

/// Calls `open` with the fragment of the address, now and whenever it changes.
#[hook]
pub(crate) fn use_fragment(open: Callback<String>) {
    use_effect_with((), move |()| {
        open.emit(browser::fragment());
        let listener = browser::window()
            .map(|window| Listener::new(&window, "hashchange", move |_| open.emit(browser::fragment())));
        move || drop(listener)
    });
}

/// Takes what is dropped on or pasted into the window; true while something is dragged over it.
#[hook]
pub(crate) fn use_window_arrivals(act: Callback<Action>) -> bool {
    let dragging = use_state_eq(|| false);
    let setter = dragging.setter();
    use_effect_with((), move |()| {
        let listeners = browser::window().map(|window| {
            let (entered, left, dropped) = (setter.clone(), setter.clone(), setter);
            let pasted_to = act.clone();
            [
                Listener::new(&window, "dragover", move |event| {
                    event.prevent_default();
                    entered.set(true);
                }),
                Listener::new(&window, "dragleave", move |event| {
                    // Leaving the window is leaving for nothing; leaving one element for another is not.
                    if event.dyn_ref::<DragEvent>().is_none_or(|drag| drag.related_target().is_none()) {
                        left.set(false);
                    }
                }),
                Listener::new(&window, "drop", move |event| {
                    event.prevent_default();
                    dropped.set(false);
                    if let Some(transfer) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) {
                        arrival::take_transfer(&transfer, &act);
                    }
                }),
                Listener::new(&window, "paste", move |event| take_paste(&event, &pasted_to)),
            ]
        });
        move || drop(listeners)
    });
    *dragging
}

/// A paste into a field that is not the paste box is none of ours. The default is prevented, so that a private key
/// never stands in the page.
fn take_paste(event: &Event, act: &Callback<Action>) {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if target.is_some_and(|element| element.tag_name() == "INPUT") {
        return;
    }
    let Some(transfer) = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data) else { return };
    if arrival::take_transfer(&transfer, act) {
        event.prevent_default();
    }
}

/// Calls `escape` when Escape is pressed anywhere on the page.
#[hook]
pub(crate) fn use_escape(escape: Callback<()>) {
    use_effect_with(escape, |escape| {
        let escape = escape.clone();
        let listener = browser::window().map(|window| {
            Listener::new(&window, "keydown", move |event| {
                if event.dyn_ref::<KeyboardEvent>().is_some_and(|press| press.key() == "Escape") {
                    escape.emit(());
                }
            })
        });
        move || drop(listener)
    });
}
