//! What could not be read at all, until it is dismissed.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::browser::focus::HEADING_ID;
use crate::ui::state::{Action, Refusal};
use crate::ui::words::landing as words;
use crate::ui::{browser, icon};

/// What went wrong.
#[derive(Properties, PartialEq)]
pub(crate) struct RefusalsProps {
    /// What was refused, newest last.
    pub(crate) refusals: Rc<[Refusal]>,
    /// Hears that the messages were read.
    pub(crate) on_action: Callback<Action>,
}

/// An alert, which is read aloud when it appears.
#[component]
pub(crate) fn Refusals(props: &RefusalsProps) -> Html {
    let dismiss = props.on_action.reform(|_| {
        // The button goes, so the reader begins at the heading.
        browser::focus_id(HEADING_ID);
        Action::RefusalsDismissed
    });
    html! {
        <div class="rl-alert" role="alert">
            { icon::icon(icon::WARNING) }
            <ul>
                for refusal in props.refusals.iter() {
                    <li><strong>{ &refusal.name }</strong>{ words::NOT_READ }{ &refusal.reason }</li>
                }
            </ul>
            <button type="button" class="rl-button" onclick={dismiss}>{ words::DISMISS }</button>
        </div>
    }
}
