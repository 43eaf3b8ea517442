//! What stays folded away below a line that says what it is.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct DisclosureProps {
    /// The line that is always shown.
    pub(crate) summary: AttrValue,
    pub(crate) children: Html,
}

/// Opened and closed by the browser itself, so the page keeps no state for it.
#[component]
pub(crate) fn Disclosure(props: &DisclosureProps) -> Html {
    html! {
        <details class="rl-more"><summary>{ &props.summary }</summary>{ props.children.clone() }</details>
    }
}
