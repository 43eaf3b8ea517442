//! What comes in through the window: another fragment in its address, Escape, what is dropped or pasted, and files that
//! the page around a frame hands over.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Element, Event, KeyboardEvent};
use yew::prelude::*;

use super::arrival;
use crate::ui::state::Action;

/// The attribute of a field that takes what is pasted into it itself.
pub(crate) const OWN_PASTE: &str = "data-own-paste";

/// Opens what the address names and comes to name, lets Escape close the sheet, and takes what is dropped on or pasted
/// into the window; in a frame that is the other page's, and files come from `www/embedded.js`.
#[hook]
pub(crate) fn use_window_events(on_action: &Callback<Action>) {
    use_effect_with(on_action.clone(), |on_action| {
        arrival::open_address(on_action);
        let listeners = listen(on_action);
        move || drop(listeners)
    });
}

fn listen(on_action: &Callback<Action>) -> Vec<EventListener> {
    let follow = |name: &'static str, handle: fn(&Event, &Callback<Action>)| {
        let on_action = on_action.clone();
        // A drop that is taken must not also open the file in place of the page.
        let options = EventListenerOptions::enable_prevent_default();
        let listen = move |event: &Event| handle(event, &on_action);
        Some(EventListener::new_with_options(super::window()?.as_ref(), name, options, listen))
    };
    let everywhere =
        [follow("hashchange", |_, on_action| arrival::open_address(on_action)), follow("keydown", close_on_escape)];
    let files = if super::embedded() {
        vec![follow("rootlens:files", arrival::replace_by_files)]
    } else {
        vec![
            follow("dragover", drag_over),
            follow("dragleave", drag_leave),
            follow("drop", drop_files),
            follow("paste", paste),
        ]
    };
    everywhere.into_iter().chain(files).flatten().collect()
}

fn close_on_escape(event: &Event, on_action: &Callback<Action>) {
    if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
        on_action.emit(Action::Selected(None));
    }
}

fn drag_over(event: &Event, on_action: &Callback<Action>) {
    event.prevent_default();
    on_action.emit(Action::Dragged(true));
}

fn drag_leave(event: &Event, on_action: &Callback<Action>) {
    // Leaving the window is leaving for nothing; leaving one element for another is not.
    if event.unchecked_ref::<DragEvent>().related_target().is_none() {
        on_action.emit(Action::Dragged(false));
    }
}

fn drop_files(event: &Event, on_action: &Callback<Action>) {
    event.prevent_default();
    on_action.emit(Action::Dragged(false));
    if let Some(transfer) = event.unchecked_ref::<DragEvent>().data_transfer() {
        arrival::take_transfer(&transfer, on_action);
    }
}

/// A paste into a field that is not the paste box is none of ours: it is an input, or says so. The default is prevented, so that a private key
/// never stands in the page.
fn paste(event: &Event, on_action: &Callback<Action>) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|element| element.tag_name() == "INPUT" || element.has_attribute(OWN_PASTE)) {
        return;
    }
    let Some(transfer) = event.unchecked_ref::<ClipboardEvent>().clipboard_data() else { return };
    if arrival::take_transfer(&transfer, on_action) {
        event.prevent_default();
    }
}
