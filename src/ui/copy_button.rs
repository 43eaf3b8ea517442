//! A button that puts a text on the clipboard and says whether that worked.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{browser, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) text: AttrValue,
    pub(crate) label: AttrValue,
    /// Only the pictogram; the label is its name.
    pub(crate) compact: bool,
}

#[component]
pub(crate) fn CopyButton(props: &Props) -> Html {
    let outcome = use_state_eq(|| "");
    let copy = {
        let (text, setter) = (props.text.clone(), outcome.setter());
        Callback::from(move |_: MouseEvent| {
            let (text, setter) = (text.clone(), setter.clone());
            spawn_local(async move {
                setter.set(if browser::copy(&text).await { "copied" } else { "the browser refused" });
            });
        })
    };
    html! {
        <span class="rl-copy">
            <button type="button" class="rl-button rl-button--small" onclick={copy}
                aria-label={props.label.clone()} title={props.compact.then(|| props.label.clone())}>
                { icon::icon(icon::COPY) }
                if !props.compact {
                    { &props.label }
                }
            </button>
            <small role="status">{ *outcome }</small>
        </span>
    }
}
