//! The page before anything is loaded: ways in, what it does, and what it promises.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::effect::HEADING_ID;
use super::markup::{each, markup, truth};
use super::state::Action;
use super::words::{self as general, landing as words};
use super::{arrival, browser, icon};
use crate::example::{EXAMPLES, Example, find};
use crate::time::Timestamp;

pub(crate) fn landing(reading: bool, act: &Callback<Action>) -> Html {
    markup!(
        "<main class='rl-landing' id='rl-main' aria-busy={}>
            <h1 id={} tabindex='-1'>{}</h1>
            <p class='rl-landing__lead'>{}</p>
            <div class='rl-ways'>
                <section class='rl-way rl-way--files' aria-labelledby='rl-way-files'>
                    <h2 id='rl-way-files'>{}</h2>
                    <p>{}</p>
                    {}
                </section>
                <section class='rl-way' aria-labelledby='rl-way-paste'>
                    <h2 id='rl-way-paste'>{}</h2>
                    {}
                </section>
            </div>
            <section aria-labelledby='rl-examples'>
                <h2 id='rl-examples'>{}</h2>
                <ul class='rl-examples'>{}</ul>
            </section>
            <p class='rl-landing__promise'>{}<span><strong>{}.</strong> {}</span></p>
        </main>",
        truth(reading),
        HEADING_ID,
        words::TITLE,
        words::LEAD,
        words::WAY_FILES,
        words::WAY_FILES_HINT,
        file_button(words::CHOOSE_FILES, "rl-button rl-file rl-button--prominent", act),
        words::WAY_PASTE,
        paste_box(act),
        words::WAY_EXAMPLE,
        each(EXAMPLES, example_card),
        icon::icon(icon::LOCK),
        general::PROMISE,
        general::PROMISE_LIMITS,
    )
}

/// A link, so that it can be opened in another tab, copied and sent.
fn example_card(example: &Example) -> Html {
    markup!(
        "<li key={}>
            <a class='rl-card' href={} data-example={}>
                <strong>{}</strong><span>{}</span><small>{}</small>
            </a>
        </li>",
        example.name,
        ["#example=", example.name].concat(),
        example.name,
        example.title,
        example.story,
        Timestamp::parse(example.at).map(|at| words::example_facts(example.files.len(), &at.date())),
    )
}

/// Opens the example that a fragment names, `example=NAME`; without a fragment (the way back from an example) the page
/// is as it was at first; other fragments are none of ours.
pub(crate) fn open_example(fragment: &str) -> Option<Action> {
    if fragment.is_empty() {
        return Some(Action::Cleared(browser::now()));
    }
    let example = find(fragment.strip_prefix("example=")?)?;
    Some(Action::ExampleOpened(example.inputs(), Timestamp::parse(example.at)?))
}

/// The labelled file input: the primary way in, of which dropping is the shortcut.
pub(crate) fn file_button(label: &str, class: &str, act: &Callback<Action>) -> Html {
    let act = act.clone();
    let chosen = Callback::from(move |event: Event| {
        let Some(input) = browser::target::<HtmlInputElement>(&event) else { return };
        arrival::take_files(arrival::list(input.files()), &act);
        // The same file chosen again must count as a change.
        input.set_value("");
    });
    markup!(
        "<label class={}>
            <input type='file' multiple={} class='rl-offscreen' data-testid='file-input' onchange={}/>
            {}{}
        </label>",
        class,
        true,
        chosen,
        icon::icon(icon::FILE),
        label,
    )
}

/// A box to paste or type into. A paste is read at once and never stands in it; see `effect::follow_window`.
pub(crate) fn paste_box(act: &Callback<Action>) -> Html {
    let act = act.clone();
    let read = Callback::from(move |event: Event| {
        event.prevent_default();
        let area = browser::target::<Element>(&event).and_then(|form| form.query_selector("textarea").ok().flatten());
        let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
        arrival::take_text(&area.value(), &act);
        area.set_value("");
    });
    markup!(
        "<form class='rl-paste' onsubmit={}>
            <label for='rl-paste'>{}</label>
            <textarea id='rl-paste' class='rl-input' data-testid='paste' rows='4' spellcheck='false'
                autocomplete='off' placeholder='-----BEGIN CERTIFICATE-----'/>
            <button type='submit' class='rl-button'>{}</button>
        </form>",
        read,
        words::PASTE_LABEL,
        words::READ_TEXT,
    )
}
