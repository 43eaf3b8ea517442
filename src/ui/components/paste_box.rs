//! A box to paste or type into. A paste is read at once and never stands in it; see `browser::events`.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::ui::browser::arrival;
use crate::ui::state::Action;
use crate::ui::words::landing as words;

/// Where the text goes.
#[derive(Properties, PartialEq)]
pub(crate) struct PasteBoxProps {
    /// Gets what was typed as one input, or what the link in it opens.
    pub(crate) on_action: Callback<Action>,
}

/// A form around the box; it is emptied when it is read.
#[component]
pub(crate) fn PasteBox(props: &PasteBoxProps) -> Html {
    let area = use_node_ref();
    let read = {
        let (area, on_action) = (area.clone(), props.on_action.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            arrival::take_text(&area.value(), &on_action);
            area.set_value("");
        }
    };
    html! {
        <form class="rl-paste" onsubmit={read}>
            <label for="rl-paste">{ words::PASTE_LABEL }</label>
            <textarea ref={area} id="rl-paste" class="rl-input" data-testid="paste" rows="4" spellcheck="false"
                autocomplete="off" placeholder="-----BEGIN CERTIFICATE-----" />
            <button type="submit" class="rl-button">{ words::READ_TEXT }</button>
        </form>
    }
}
