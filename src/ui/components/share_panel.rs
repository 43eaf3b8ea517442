//! The link to what the page shows: what is in it, how long it is, and ways to pass it on.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::copy_button::CopyButton;
use crate::report::Report;
use crate::share::{Content, MAX_NOTE};
use crate::ui::link::link_to;
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
    /// What the link carries.
    pub(crate) content: Shared<Content>,
    /// Hears that the panel is closed.
    pub(crate) on_action: Callback<Action>,
}

/// The panel; the link is made when it opens.
#[component]
pub(crate) fn SharePanel(props: &SharePanelProps) -> Html {
    let SharePanelProps { report, content, on_action } = props;
    let note = use_state_eq(String::new);
    let link = use_memo((content.clone(), (*note).clone()), |(content, note)| {
        AttrValue::from(link_to(&Content::clone(content).with_note(note)))
    });
    let link = AttrValue::clone(&link);
    html! {
        <section class="rl-section rl-share" data-testid="share" aria-labelledby="rl-share">
            <header class="rl-section__header">
                <h2 id="rl-share">{ words::TITLE }</h2>
                <button type="button" class="rl-button rl-button--small"
                    onclick={on_action.reform(|_| Action::PanelToggled(Panel::Share))}>
                    { words::CLOSE }
                </button>
            </header>
            <p>
                { words::contents(content) }
                if content.left_out > 0 {
                    { " " }{ words::left_out(content.left_out) }
                }
            </p>
            { note_field(&note) }
            { length(link.len()) }
            <input class="rl-input rl-share__link" readonly={true} aria-label={words::LINK} value={&link} />
            { ways(&link, report) }
            <p class="rl-hint">{ words::PRIVACY }</p>
        </section>
    }
}

/// What the sender wants to say, which the link carries.
fn note_field(note: &UseStateHandle<String>) -> Html {
    let setter = note.setter();
    let oninput = move |event: InputEvent| {
        let field: HtmlTextAreaElement = event.target_unchecked_into();
        setter.set(field.value());
    };
    html! {
        <label class="rl-share__note">
            { words::NOTE }
            <textarea class="rl-input" data-own-paste="true" rows="2" maxlength={MAX_NOTE.to_string()} value={(**note).clone()} {oninput} />
        </label>
    }
}

/// How long the link is, and who takes that.
fn length(characters: usize) -> Html {
    let (class, verdict) = if characters <= SHORT {
        ("short", words::SHORT)
    } else if characters <= LONG {
        ("long", words::LONG)
    } else {
        ("too-long", words::TOO_LONG)
    };
    html! {
        <p class="rl-share__length" data-length={class}>
            <strong>{ words::length(characters) }</strong>
            { verdict }
        </p>
    }
}

/// Only now, when the reader passes it on, does the address of this page become the link.
fn ways(link: &AttrValue, report: &Report) -> Html {
    let show = {
        let link = link.clone();
        move |_: MouseEvent| browser::set_address(&link)
    };
    let file = format!("data:text/plain,{}", link.replace('%', "%25").replace('#', "%23"));
    html! {
        <p class="rl-share__ways" onclick={show}>
            <CopyButton text={link} label={words::COPY} />
            <CopyButton text={markdown(report, link)} label={words::COPY_MARKDOWN} />
            <a class="rl-button rl-button--small" download="rootlens-link.txt" href={file}>
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
