//! What is being done, how far it has come, and a way to stop it. It shows after a moment: most work is done before that.

use yew::prelude::*;

use crate::messages::Progress;
use crate::ui::words::progress as words;

#[derive(Properties, PartialEq)]
pub(crate) struct WorkingProps {
    /// How far it has come, once that is known.
    pub(crate) progress: Option<Progress>,
    /// Hears that nobody waits any more.
    pub(crate) on_cancel: Callback<()>,
}

/// For the eye: the page says the stage aloud when it changes, and the numbers not at all, because they change all the time.
#[component]
pub(crate) fn Working(props: &WorkingProps) -> Html {
    let WorkingProps { progress, on_cancel } = props;
    html! {
        <div class="rl-working" data-testid="working">
            <span aria-hidden="true">{ progress.map_or(words::WORKING, |it| words::stage(it.stage)) }</span>
            if let Some(Progress { stage, done, total }) = progress.filter(|progress| 1 < progress.total) {
                <progress max={total.to_string()} value={done.to_string()} aria-label={words::stage(stage)} />
                <span class="rl-working__count" aria-hidden="true">{ words::of(done, total) }</span>
            }
            <button type="button" class="rl-button rl-button--small" onclick={on_cancel.reform(|_: MouseEvent| ())}>
                { words::CANCEL }
            </button>
        </div>
    }
}
