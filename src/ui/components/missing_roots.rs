//! Says that the page has no public roots.

use yew::prelude::*;

use crate::ui::icon;
use crate::ui::words::landing as words;

/// A note above everything else, for as long as the page is open: what did not load comes with the next visit.
#[component]
pub(crate) fn MissingRoots() -> Html {
    html! {
        <div class="rl-notice" role="status" data-testid="missing-roots">
            { icon::icon(icon::NOTE) }
            <p>{ words::NO_PUBLIC_ROOTS }</p>
        </div>
    }
}
