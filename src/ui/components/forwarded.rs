//! What travels in a header that forwards a client's certificate, and how back ends read it.

use yew::prelude::*;

use super::copy_button::CopyButton;
use super::disclosure::Disclosure;
use crate::report::Forwarded;
use crate::ui::words::result as words;
use crate::wording;

#[derive(Properties, PartialEq)]
pub(crate) struct WhatTravelsProps {
    /// What the header is.
    pub(crate) forwarded: Forwarded,
}

/// The form in a line; below it, folded away, what the proxy sends and a line for each back end.
#[component]
pub(crate) fn WhatTravels(props: &WhatTravelsProps) -> Html {
    let forwarded = &props.forwarded;
    html! {
        <>
            <p class="rl-forwarded" data-testid="forwarded">{ wording::forwarded(forwarded) }</p>
            <Disclosure summary={words::WHAT_TRAVELS}>
                <p>{ &*forwarded.sentence }</p>
                <ul class="rl-forwarded__lines" data-testid="back-ends">
                    for back_end in forwarded.back_ends.iter() {
                        <li key={back_end.name.to_string()}>
                            <div class="rl-command-line">
                                <strong>{ &*back_end.name }</strong>
                                <CopyButton text={back_end.code.clone()} label={words::copy_line(&back_end.name)} compact=true />
                            </div>
                            <pre class="rl-command"><code>{ &back_end.code }</code></pre>
                            <small>{ &*back_end.source }</small>
                        </li>
                    }
                </ul>
            </Disclosure>
        </>
    }
}
