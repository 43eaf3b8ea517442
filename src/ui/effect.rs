//! The page's effects as hooks: reading, what comes in through the window, and what follows from a change.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, DragEvent, Element, KeyboardEvent};
use yew::prelude::*;

use super::certificate_panel::TITLE_ID;
use super::landing::open_example;
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
pub(crate) fn when(act: &Callback<Action>, read: impl Fn(Event) -> Option<Action> + 'static) -> Callback<Event> {
    let act = act.clone();
    Callback::from(move |event| {
        if let Some(action) = read(event) {
            act.emit(action);
        }
    })
}

/// Reports this action, whatever the event says.
pub(crate) fn does(act: &Callback<Action>, action: Action) -> Callback<Event> {
    when(act, move |_| Some(action.clone()))
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

/// What the page shows beside its drawing: the theme, and where the reader is.
#[derive(Clone, Copy, PartialEq)]
struct Standing {
    theme: Theme,
    shows_result: bool,
    selection: Option<usize>,
}

/// What stood before, and the element that had the focus before the sheet opened.
#[derive(Default)]
struct Before {
    shows_result: bool,
    selection: Option<usize>,
    opener: Option<Element>,
}

/// Shows and remembers the theme, and leads the reader along. The sheet with a certificate's details takes the focus and
/// gives it back. Where the page changes between landing and result, the reader begins at its heading, not where a
/// control vanished.
#[hook]
pub(crate) fn use_following(state: &State, shows_result: bool) {
    let before: Rc<RefCell<Before>> = use_mut_ref(Before::default);
    let standing = Standing { theme: state.theme, shows_result, selection: state.selection };
    use_effect_with(standing, move |now| {
        now.theme.apply();
        lead_to_sheet(&mut before.borrow_mut(), now.selection);
        if before.borrow().shows_result != now.shows_result {
            before.borrow_mut().shows_result = now.shows_result;
            browser::scroll_to_top();
            browser::focus_id(HEADING_ID);
        }
    });
}

fn lead_to_sheet(before: &mut Before, selection: Option<usize>) {
    if before.selection == selection {
        return;
    }
    if selection.is_some() {
        before.opener = before.opener.take().or_else(browser::focused);
        browser::focus_id(TITLE_ID);
    } else if let Some(element) = before.opener.take().filter(|element| element.is_connected()) {
        browser::focus(&element);
    }
    before.selection = selection;
}

/// Takes what is dropped on or pasted into the window, opens what the address names, and lets Escape close the sheet.
#[hook]
pub(crate) fn use_window(act: &Callback<Action>) {
    let act = act.clone();
    use_effect_with((), move |()| {
        let open = |act: &Callback<Action>| open_example(&browser::fragment()).into_iter().for_each(|it| act.emit(it));
        open(&act);
        let listeners = browser::window().map(|window| {
            ["hashchange", "keydown", "dragover", "dragleave", "drop", "paste"].map(|name| {
                let act = act.clone();
                Listener::new(&window, name, move |event| match name {
                    "hashchange" => open(&act),
                    "keydown" if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" => {
                        act.emit(Action::Selected(None));
                    }
                    "keydown" => {}
                    "paste" => take_paste(event.unchecked_ref(), &act),
                    _ => take_drag(name, event.unchecked_ref(), &act),
                })
            })
        });
        move || drop(listeners)
    });
}

fn take_drag(name: &str, event: &DragEvent, act: &Callback<Action>) {
    // Leaving the window is leaving for nothing; leaving one element for another is not.
    if name == "dragleave" && event.related_target().is_some() {
        return;
    }
    act.emit(Action::Dragged(name == "dragover"));
    if name != "dragleave" {
        event.prevent_default();
    }
    if let Some(transfer) = event.data_transfer().filter(|_| name == "drop") {
        arrival::take_transfer(&transfer, act);
    }
}

/// A paste into a field that is not the paste box is none of ours. The default is prevented, so that a private key
/// never stands in the page.
fn take_paste(event: &ClipboardEvent, act: &Callback<Action>) {
    let target = browser::target::<Element>(event);
    if target.is_some_and(|element| element.tag_name() == "INPUT") {
        return;
    }
    let Some(transfer) = event.clipboard_data() else { return };
    if arrival::take_transfer(&transfer, act) {
        event.prevent_default();
    }
}
