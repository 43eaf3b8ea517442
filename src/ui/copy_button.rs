//! A button that puts a text on the clipboard and says whether that worked.

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::markup::markup;
use super::words::share as words;
use super::{browser, icon};

/// A `compact` one shows only the pictogram; the label is its name.
pub(crate) fn copy_button(text: &str, label: &str, compact: bool) -> Html {
    let text = AttrValue::from(text.to_owned());
    let copy = Callback::from(move |event: Event| {
        let (text, target) = (text.clone(), browser::target::<Element>(&event));
        spawn_local(async move {
            let outcome = if browser::copy(&text).await { words::COPIED } else { words::NOT_COPIED };
            // Said beside the button, where nothing else is ever drawn.
            let button = target.and_then(|target| target.closest("button").ok().flatten());
            let status = button.and_then(|button| button.next_element_sibling());
            if let Some(status) = status {
                status.set_text_content(Some(outcome));
            }
        });
    });
    markup!(
        "<span class='rl-copy'>
            <button type='button' class='rl-button rl-button--small' onclick={} aria-label={} title={}>{}{}</button>
            <small role='status'></small>
        </span>",
        copy,
        label,
        compact.then_some(label),
        icon::icon(icon::COPY),
        (!compact).then_some(label),
    )
}
