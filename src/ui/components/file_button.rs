//! The labelled file input: the primary way in, of which dropping is the shortcut.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::browser::arrival;
use crate::ui::icon;
use crate::ui::state::Action;

/// How the button looks, and what it does.
#[derive(Properties, PartialEq)]
pub(crate) struct FileButtonProps {
    /// What the button is called.
    pub(crate) label: AttrValue,
    /// It is the first thing to do on the page.
    #[prop_or_default]
    pub(crate) prominent: bool,
    /// Gets what was read, once it is.
    pub(crate) on_action: Callback<Action>,
}

/// Lets people choose any number of files, again and again.
#[component]
pub(crate) fn FileButton(props: &FileButtonProps) -> Html {
    let on_action = props.on_action.clone();
    let choose = move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        arrival::take_files(arrival::list(input.files()), &on_action);
        // The same file chosen again must count as a change.
        input.set_value("");
    };
    html! {
        <label class={classes!("rl-button", "rl-file", props.prominent.then_some("rl-button--prominent"))}>
            <input type="file" multiple={true} class="rl-offscreen" data-testid="file-input" onchange={choose} />
            { icon::icon(icon::FILE) }
            { &props.label }
        </label>
    }
}
