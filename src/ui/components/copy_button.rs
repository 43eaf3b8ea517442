//! A button that puts a text on the clipboard and says whether that worked.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ui::browser::clipboard;
use crate::ui::icon;
use crate::ui::words::share as words;

/// What is copied, and how the button looks.
#[derive(Properties, PartialEq)]
pub(crate) struct CopyButtonProps {
    /// What goes on the clipboard.
    pub(crate) text: AttrValue,
    /// What the button is called.
    pub(crate) label: AttrValue,
    /// Shows the pictogram alone; the label is its name nevertheless.
    #[prop_or_default]
    pub(crate) compact: bool,
    /// There is nothing to copy yet.
    #[prop_or_default]
    pub(crate) disabled: bool,
}

/// The button, and beside it the outcome, which is read aloud.
#[component]
pub(crate) fn CopyButton(props: &CopyButtonProps) -> Html {
    let CopyButtonProps { text, label, compact, disabled } = props;
    let outcome = use_state_eq(|| "");
    let copy = {
        let (text, outcome) = (text.clone(), outcome.setter());
        move |_: MouseEvent| {
            let (text, outcome) = (text.clone(), outcome.clone());
            spawn_local(async move {
                outcome.set(if clipboard::copy(&text).await { words::COPIED } else { words::NOT_COPIED });
            });
        }
    };
    html! {
        <span class="rl-copy">
            <button type="button" class="rl-button rl-button--small" disabled={*disabled} onclick={copy} aria-label={label}
                title={compact.then(|| label.clone())}>
                { icon::icon(icon::COPY) }
                if !compact {
                    { label }
                }
            </button>
            <small role="status">{ *outcome }</small>
        </span>
    }
}
