//! Above a result that a link brought: its date, what the sender wrote, and the way to today.

use yew::prelude::*;

use crate::time::Timestamp;
use crate::ui::state::{Action, Received};
use crate::ui::words::{self as general, question as words};
use crate::ui::{browser, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct ReceivedBarProps {
    pub(crate) received: Received,
    /// The instant at which everything is judged now.
    pub(crate) at: Timestamp,
    pub(crate) on_action: Callback<Action>,
}

/// The note is text that anyone may have written, so it is shown as a quotation.
#[component]
pub(crate) fn ReceivedBar(props: &ReceivedBarProps) -> Html {
    let ReceivedBarProps { received, at, on_action } = props;
    let sent_at = received.at;
    let is_as_sent = *at == sent_at;
    let judge =
        on_action.reform(move |_: MouseEvent| Action::DateChosen(if is_as_sent { browser::now() } else { sent_at }));
    html! {
        <aside class="rl-received" data-testid="received" aria-labelledby="rl-received">
            <p id="rl-received">{ icon::icon(icon::SHARE) }{ words::shared(&general::instant(sent_at)) }</p>
            <button type="button" class="rl-button rl-button--small" onclick={judge}>
                { if is_as_sent { words::TODAY.to_owned() } else { words::back_to(&sent_at.date()) } }
            </button>
            if let Some(note) = &received.note {
                <figure>
                    <figcaption>{ words::SENDERS_NOTE }</figcaption>
                    <blockquote>{ note }</blockquote>
                </figure>
            }
        </aside>
    }
}
