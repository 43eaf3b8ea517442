//! The link to what the page shows: what is in it, how long it is, and ways to pass it on.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::copy_button::CopyButton;
use crate::messages::Link;
use crate::report::Report;
use crate::share::MAX_NOTE;
use crate::ui::link::address_of;
use crate::ui::shared::Shared;
use crate::ui::state::{Action, Panel};
use crate::ui::words::share as words;
use crate::ui::{browser, icon};

/// Characters that every chat program and forum we know of passes on whole.
const SHORT: usize = 2_000;

/// Characters that servers and most programs still take (RFC 9110, 4.1); beyond, a file is the better way.
const LONG: usize = 8_000;

/// What is shared.
#[derive(Properties, PartialEq)]
pub(crate) struct SharePanelProps {
    /// What the link says in a forum.
    pub(crate) report: Shared<Report>,
    /// The link, once it is made; with an earlier note while the sender writes.
    pub(crate) link: Option<Shared<Link>>,
    /// What the sender wants to say.
    pub(crate) note: String,
    /// Hears what is written, and that the panel is closed.
    pub(crate) on_action: Callback<Action>,
}

/// The panel; the link is made when it opens.
#[component]
pub(crate) fn SharePanel(props: &SharePanelProps) -> Html {
    let SharePanelProps { report, link, note, on_action } = props;
    html! {
        <section class="rl-section rl-share" data-testid="share" aria-labelledby="rl-share">
            <header class="rl-section__header">
                <h2 id="rl-share">{ words::TITLE }</h2>
                <button type="button" class="rl-button rl-button--small"
                    onclick={on_action.reform(|_| Action::PanelToggled(Panel::Share))}>
                    { words::CLOSE }
                </button>
            </header>
            { contents(link.as_deref()) }
            { note_field(note, on_action) }
            { passing_on(link.as_deref().filter(|link| link.note == *note), report) }
            <p class="rl-hint">{ words::PRIVACY }</p>
        </section>
    }
}

/// What is in the link.
fn contents(link: Option<&Link>) -> Html {
    let Some(Link { summary, .. }) = link else { return html! { <p>{ words::MAKING_LINK }</p> } };
    html! {
        <p>
            { words::contents(summary) }
            if summary.left_out > 0 {
                { " " }{ words::left_out(summary.left_out) }
            }
        </p>
    }
}

/// What the sender wants to say, which the link carries.
fn note_field(note: &str, on_action: &Callback<Action>) -> Html {
    let oninput = on_action.reform(|event: InputEvent| {
        let field: HtmlTextAreaElement = event.target_unchecked_into();
        Action::NoteWritten(field.value())
    });
    html! {
        <label class="rl-share__note">
            { words::NOTE }
            <textarea class="rl-input" data-own-paste="true" rows="2" maxlength={MAX_NOTE.to_string()} value={note.to_owned()} {oninput} />
        </label>
    }
}

/// The link, how long it is, and the ways to pass it on. None of them works until the link says what was written.
fn passing_on(link: Option<&Link>, report: &Report) -> Html {
    let address = AttrValue::from(link.map(address_of).unwrap_or_default());
    html! {
        <>
            { length(&address) }
            <input class="rl-input rl-share__link" readonly={true} aria-label={words::LINK} value={&address} />
            { ways(&address, report) }
        </>
    }
}

/// How long the link is, and who takes that.
fn length(address: &str) -> Html {
    let characters = address.len();
    let (class, verdict) = match characters {
        0 => return html! { <p class="rl-share__length">{ words::MAKING_LINK }</p> },
        1..=SHORT => ("short", words::SHORT),
        _ if characters <= LONG => ("long", words::LONG),
        _ => ("too-long", words::TOO_LONG),
    };
    html! {
        <p class="rl-share__length" data-length={class}>
            <strong>{ words::length(characters) }</strong>
            { verdict }
        </p>
    }
}

/// Only now, when the reader passes it on, does the address of this page become the link.
fn ways(address: &AttrValue, report: &Report) -> Html {
    let disabled = address.is_empty();
    let show = {
        let address = address.clone();
        move |_: MouseEvent| browser::set_address(&address)
    };
    let file = format!("data:text/plain,{}", address.replace('%', "%25").replace('#', "%23"));
    html! {
        <p class="rl-share__ways" onclick={(!disabled).then(|| Callback::from(show))}>
            <CopyButton text={address} label={words::COPY} {disabled} />
            <CopyButton text={markdown(report, address)} label={words::COPY_MARKDOWN} {disabled} />
            <a class="rl-button rl-button--small" download="rootlens-link.txt" href={(!disabled).then_some(file)}>
                { icon::icon(icon::FILE) }
                { words::SAVE_LINK }
            </a>
        </p>
    }
}

/// A forum shows the sentence and hides the long address behind it.
fn markdown(report: &Report, link: &str) -> String {
    let mut sentence = String::new();
    for character in report.headline.sentence.chars() {
        if character.is_ascii_punctuation() {
            sentence.push('\\');
        }
        sentence.push(character);
    }
    format!("[{sentence}]({link})")
}
