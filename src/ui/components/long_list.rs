//! A list that may be long: its beginning, and a button for more of it. A browser that lays out ten thousand rows answers nobody
//! meanwhile, and nobody reads them.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::ui::words::result as words;

/// What of a list is shown, and a button for more.
#[derive(Properties, PartialEq)]
pub(crate) struct LongListProps {
    /// How many items there are.
    pub(crate) length: usize,
    /// How many are shown at first, and how many more with each press.
    pub(crate) step: usize,
    /// Gets how many are to be shown, and gives the list around them.
    pub(crate) list: Callback<usize, Html>,
}

/// The button stays where it is while there is more; at the end the focus goes to the line in its place.
#[component]
pub(crate) fn LongList(props: &LongListProps) -> Html {
    let LongListProps { length, step, list } = props;
    let (length, step) = (*length, *step);
    let shown = use_state_eq(|| step);
    let all = use_node_ref();
    let is_all = length <= *shown;
    use_effect_with(is_all, {
        let (all, was_long) = (all.clone(), *shown > step);
        move |is_all| {
            if let Some(line) = all.cast::<HtmlElement>().filter(|_| *is_all && was_long) {
                let _ = line.focus();
            }
        }
    });
    let more = {
        let shown = shown.clone();
        move |_: MouseEvent| shown.set(*shown + step)
    };
    html! {
        <>
            { list.emit(length.min(*shown)) }
            if step < length {
                <p class="rl-long-list">
                    if is_all {
                        <span ref={all} tabindex="-1">{ words::all_shown(length) }</span>
                    } else {
                        <button type="button" class="rl-button rl-button--small" onclick={more}>
                            { words::show_more(step.min(length - *shown), length - *shown) }
                        </button>
                    }
                </p>
            }
        </>
    }
}
