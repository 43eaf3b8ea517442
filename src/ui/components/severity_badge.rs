//! A severity as pictogram and word: the colour is never the only sign.

use yew::prelude::*;

use crate::report::Severity;
use crate::ui::{icon, words};

#[derive(Properties, PartialEq)]
pub(crate) struct SeverityBadgeProps {
    pub(crate) severity: Severity,
}

#[component]
pub(crate) fn SeverityBadge(props: &SeverityBadgeProps) -> Html {
    let word = words::severity(props.severity);
    html! { <span class="rl-badge" data-severity={word}>{ icon::severity(props.severity) }{ word }</span> }
}
