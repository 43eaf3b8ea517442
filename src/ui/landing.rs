//! The page before anything is loaded: ways in, what it does, and what it promises.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::effect::{HEADING_ID, when};
use super::state::Action;
use super::{arrival, browser, icon, words};
use crate::example::{EXAMPLES, Example};
use crate::inventory::Input;
use crate::time::Timestamp;

pub(crate) fn landing(reading: bool, act: &Callback<Action>) -> Html {
    html! {
        <main class="rl-landing" id="rl-main" aria-busy={reading.to_string()}>
            <h1 id={HEADING_ID} tabindex="-1">{ "Why are my certificates not trusted?" }</h1>
            <p class="rl-landing__lead">
                { "Give it the bundle that a router trusts, the chains of its controllers and those of its clients. rootlens \
                   draws who issued whom, works out the trusted roots in OpenZiti’s naive way and in the correct way, \
                   and shows where the two part and whom that locks out." }
            </p>
            <div class="rl-ways">
                <section class="rl-way rl-way--files" aria-labelledby="rl-way-files">
                    <h2 id="rl-way-files">{ "Drop files anywhere" }</h2>
                    <p>{ "PEM, DER or base64, in any number and mix. Text around the certificates does no harm." }</p>
                    { file_button("Choose files", true, act) }
                </section>
                <section class="rl-way" aria-labelledby="rl-way-paste">
                    <h2 id="rl-way-paste">{ "Or paste" }</h2>
                    { paste_box(act) }
                </section>
            </div>
            <section aria-labelledby="rl-examples">
                <h2 id="rl-examples">{ "Or look at an example" }</h2>
                <ul class="rl-examples">
                    for example in EXAMPLES.iter() {
                        <li key={example.name}>{ example_card(example) }</li>
                    }
                </ul>
            </section>
            <p class="rl-landing__promise">
                { icon::icon(icon::LOCK) }
                <span><strong>{ words::PROMISE }{ "." }</strong>{ " " }{ words::PROMISE_LIMITS }</span>
            </p>
        </main>
    }
}

/// A link, so that it can be opened in another tab, copied and sent.
fn example_card(example: &Example) -> Html {
    let date = Timestamp::parse(example.at).map(Timestamp::date).unwrap_or_default();
    html! {
        <a class="rl-card" href={["#example=", example.name].concat()} data-example={example.name}>
            <strong>{ example.title }</strong>
            <span>{ example.story }</span>
            <small>{ words::count(example.files.len(), "file", "files") }{ ", as of " }{ date }</small>
        </a>
    }
}

/// Opens the example that a fragment names, `example=NAME`; without a fragment (the way back from an example) the page
/// is as it was at first; other fragments are none of ours.
pub(crate) fn open_example(act: &Callback<Action>) -> Callback<String> {
    when(act, |fragment: String| {
        if fragment.is_empty() {
            return Some(Action::Cleared(browser::now()));
        }
        let name = fragment.strip_prefix("example=")?;
        let example = EXAMPLES.iter().find(|example| example.name == name)?;
        let input = |(name, text): &(&str, &str)| Input { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() };
        Some(Action::ExampleOpened(example.files.iter().map(input).collect(), Timestamp::parse(example.at)?))
    })
}

/// The labelled file input: the primary way in, of which dropping is the shortcut.
pub(crate) fn file_button(label: &'static str, prominent: bool, act: &Callback<Action>) -> Html {
    let act = act.clone();
    let chosen = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        arrival::take_files(arrival::list(input.files()), &act);
        // The same file chosen again must count as a change.
        input.set_value("");
    });
    html! {
        <label class={classes!("rl-button", "rl-file", prominent.then_some("rl-button--prominent"))}>
            <input type="file" multiple={true} class="rl-offscreen" data-testid="file-input" onchange={chosen} />
            { icon::icon(icon::FILE) }{ label }
        </label>
    }
}

/// A box to paste or type into. A paste is read at once and never stands in it; see `effect::use_window_arrivals`.
pub(crate) fn paste_box(act: &Callback<Action>) -> Html {
    let act = act.clone();
    let read = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let area = event.target_dyn_into::<Element>().and_then(|form| form.query_selector("textarea").ok().flatten());
        let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
        arrival::take_text(&area.value(), &act);
        area.set_value("");
    });
    html! {
        <form class="rl-paste" onsubmit={read}>
            <label for="rl-paste">{ "Paste anywhere on the page, or type here" }</label>
            <textarea id="rl-paste" class="rl-input" data-testid="paste" rows="4" spellcheck="false"
                autocomplete="off" placeholder="-----BEGIN CERTIFICATE-----" />
            <button type="submit" class="rl-button">{ "Read this text" }</button>
        </form>
    }
}
