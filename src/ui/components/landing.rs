//! The page before anything is loaded: ways in, what it does, and what it promises.

use yew::prelude::*;

use super::copy_button::CopyButton;
use super::file_button::FileButton;
use super::paste_box::PasteBox;
use crate::example::{EXAMPLES, Example};
use crate::time::Timestamp;
use crate::ui::browser::focus::HEADING_ID;
use crate::ui::icon;
use crate::ui::state::Action;
use crate::ui::words::{self as general, landing as words};

/// What the landing page has to know.
#[derive(Properties, PartialEq)]
pub(crate) struct LandingProps {
    /// Something is being read already.
    pub(crate) is_reading: bool,
    /// Gets what is given.
    pub(crate) on_action: Callback<Action>,
}

/// The ways in: files, text, examples.
#[component]
pub(crate) fn Landing(props: &LandingProps) -> Html {
    let LandingProps { is_reading, on_action } = props;
    html! {
        <main class="rl-landing" id="rl-main" aria-busy={is_reading.to_string()}>
            <h1 id={HEADING_ID} tabindex="-1">{ words::TITLE }</h1>
            <p class="rl-landing__lead">{ words::LEAD }</p>
            <div class="rl-ways">
                <section class="rl-way rl-way--files" aria-labelledby="rl-way-files">
                    <h2 id="rl-way-files">{ words::WAY_FILES }</h2>
                    <p>{ words::WAY_FILES_HINT }</p>
                    <FileButton label={words::CHOOSE_FILES} prominent={true} {on_action} />
                </section>
                <section class="rl-way" aria-labelledby="rl-way-paste">
                    <h2 id="rl-way-paste">{ words::WAY_PASTE }</h2>
                    <PasteBox {on_action} />
                </section>
            </div>
            <section class="rl-way" aria-labelledby="rl-way-server">
                <h2 id="rl-way-server">{ words::WAY_SERVER }</h2>
                <p>{ words::WAY_SERVER_HINT }</p>
                <div class="rl-command-line">
                    <pre class="rl-command"><code>{ words::ASK_SERVER }</code></pre>
                    <CopyButton text={words::ASK_SERVER} label={words::COPY_COMMAND} />
                </div>
            </section>
            <section aria-labelledby="rl-examples">
                <h2 id="rl-examples">{ words::WAY_EXAMPLE }</h2>
                <ul class="rl-examples">{ for EXAMPLES.iter().map(example_card) }</ul>
            </section>
            <p class="rl-landing__promise">
                { icon::icon(icon::LOCK) }
                <span><strong>{ general::PROMISE }{ "." }</strong>{ " " }{ general::PROMISE_LIMITS }</span>
            </p>
        </main>
    }
}

/// A link, so that it can be opened in another tab, copied and sent.
fn example_card(example: &Example) -> Html {
    let facts = Timestamp::parse(example.at).map(|at| words::example_facts(example.files.len(), &at.date()));
    html! {
        <li key={example.name}>
            <a class="rl-card" href={format!("#example={}", example.name)} data-example={example.name}>
                <strong>{ example.title }</strong>
                <span>{ example.story }</span>
                <small>{ facts }</small>
            </a>
        </li>
    }
}
