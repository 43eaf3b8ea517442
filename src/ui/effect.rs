//! The page's effects: reading, what comes in through the window, and what follows from a change.

use std::cell::Cell;
use std::mem;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, DragEvent, Element, KeyboardEvent};
use yew::prelude::*;

use super::certificate_panel::TITLE_ID;
use super::landing::open_example;
use super::listener::Listener;
use super::loading::{self, Loaded};
use super::share_panel::open_link;
use super::shared::Shared;
use super::state::{Action, Intake, State};
use super::theme::Theme;
use super::{arrival, browser};
use crate::report::ChainDetails;
use crate::verifier::Engine;

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

/// Reads what arrived and answers with its ticket.
pub(crate) fn read(state: &State, act: &Callback<Action>) {
    let (Some(ticket), Intake::Reading { before, arriving }) = (state.pending(), state.intake.clone()) else { return };
    let act = act.clone();
    spawn_local(async move {
        let loaded = loading::load(before.as_deref(), &arriving).await;
        act.emit(Action::Analysed(ticket, Shared::new(loaded)));
    });
}

/// Milliseconds for which a report has to stand before anyone looks for what divides the verifiers: while the date slides,
/// there is a new one many times a second.
const SETTLED: i32 = 150;

/// Finds out, chain by chain, what divides the verifiers, until there is another round.
pub(crate) fn divide(
    loaded: Shared<Loaded>,
    details: Rc<ChainDetails>,
    chains: Vec<usize>,
    round: &Rc<Cell<u32>>,
    act: &Callback<Action>,
) {
    let (act, round, mine) = (act.clone(), Rc::clone(round), round.get());
    spawn_local(async move {
        for chain in chains {
            browser::pause(SETTLED).await;
            if round.get() != mine {
                return;
            }
            if let Some(division) = details.explanation(&loaded.graph, Engine::ALL, chain) {
                act.emit(Action::Divided(mine, chain, Rc::new(division)));
            }
        }
    });
}

/// Finds out what every verifier says of a chain over time, until there is another round. Verifier by verifier: with a
/// system's whole bundle each of them reads a hundred certificates at every instant.
pub(crate) fn foresee(
    loaded: Shared<Loaded>,
    details: Rc<ChainDetails>,
    chain: usize,
    round: &Rc<Cell<u32>>,
    act: &Callback<Action>,
) {
    let (act, round, mine) = (act.clone(), Rc::clone(round), round.get());
    spawn_local(async move {
        let Some(mut timeline) = details.timeline(&loaded.graph, chain) else { return };
        for engine in Engine::ALL {
            browser::breathe().await;
            if round.get() != mine {
                return;
            }
            timeline.histories.extend(details.history(&loaded.graph, *engine, chain));
        }
        act.emit(Action::Foreseen(mine, Shared::new(timeline)));
    });
}

/// Where the reader is, and the element that had the focus before the sheet opened.
#[derive(Default)]
pub(crate) struct Reader {
    /// None before the first drawing.
    theme: Option<Theme>,
    /// The address names what is shown first: nobody has pressed anything, so no control will vanish.
    arrived_by_link: bool,
    shows_result: bool,
    selection: Option<usize>,
    opener: Option<Element>,
    /// What has the focus before a change, and where it stands in the window.
    held: Option<(Element, f64)>,
}

impl Reader {
    pub(crate) fn new() -> Reader {
        Reader { arrived_by_link: !browser::fragment().is_empty(), ..Reader::default() }
    }

    /// Remembers where the control stands that a reader is using, before something above it grows or shrinks.
    pub(crate) fn hold(&mut self) {
        let focused = browser::focused().filter(|element| element.tag_name() != "BODY");
        self.held = focused.map(|element| (element.clone(), element.get_bounding_client_rect().top()));
    }

    /// Scrolls so that the control stands there again.
    fn release(&mut self) {
        let Some((element, before)) = self.held.take() else { return };
        if browser::focused().is_some_and(|focused| focused == element) {
            browser::scroll_by(element.get_bounding_client_rect().top() - before);
        }
    }

    /// Shows and remembers the theme, and leads the reader along. The sheet with a certificate's details takes the focus
    /// and gives it back. Where the page changes between landing and result, the reader begins at its heading, not where
    /// a control vanished; a frame leaves the reader of the page around it where they are.
    pub(crate) fn follow(&mut self, state: &State, shows_result: bool) {
        if self.theme.replace(state.theme) != Some(state.theme) {
            state.theme.apply();
        }
        self.lead_to_sheet(state.selection);
        self.release();
        if self.shows_result != shows_result && !browser::embedded() {
            self.shows_result = shows_result;
            browser::scroll_to_top();
            if !mem::take(&mut self.arrived_by_link) {
                browser::focus_id(HEADING_ID);
            }
        }
    }

    fn lead_to_sheet(&mut self, selection: Option<usize>) {
        if self.selection == selection {
            return;
        }
        if selection.is_some() {
            self.opener = self.opener.take().or_else(browser::focused);
            browser::focus_id(TITLE_ID);
        } else if let Some(element) = self.opener.take().filter(|element| element.is_connected()) {
            // A reader who has gone on beside the sheet stays there.
            if browser::focused().is_none_or(|focused| focused.tag_name() == "BODY") {
                browser::focus(&element);
            }
        }
        self.selection = selection;
    }
}

/// Opens what the address names, an example, or holds, a link.
pub(crate) fn open_fragment(act: &Callback<Action>) {
    let fragment = browser::fragment();
    if !open_link(&fragment, Vec::new(), act) {
        open_example(&fragment).into_iter().for_each(|action| act.emit(action));
    }
}

/// Opens what the address comes to name, lets Escape close the sheet, and takes what is dropped on or pasted into the
/// window; in a frame that is the other page's, and files come from `www/embedded.js`.
pub(crate) fn follow_window(act: &Callback<Action>) -> Vec<Listener> {
    const EVENTS: [&str; 7] = ["rootlens:files", "hashchange", "keydown", "dragover", "dragleave", "drop", "paste"];
    let Some(window) = browser::window() else { return Vec::new() };
    let ours = if browser::embedded() { 0..3 } else { 1..7 };
    let listener = |name: &'static str| {
        let act = act.clone();
        Listener::new(&window, name, move |event| match name {
            "rootlens:files" => arrival::replace_by_files(&event, &act),
            "hashchange" => open_fragment(&act),
            "keydown" if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" => act.emit(Action::Selected(None)),
            "keydown" => {}
            "paste" => take_paste(event.unchecked_ref(), &act),
            _ => take_drag(name, event.unchecked_ref(), &act),
        })
    };
    EVENTS.get(ours).into_iter().flatten().copied().map(listener).collect()
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
