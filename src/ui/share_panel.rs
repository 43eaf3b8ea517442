//! The link to what the page shows: what is in it, how long it is, and ways to pass it on.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::copy_button::copy_button;
use super::effect::{does, when};
use super::inflate::inflated;
use super::loading::Loaded;
use super::markup::markup;
use super::state::{Action, Panel, Refusal};
use super::words::share as words;
use super::{browser, icon};
use crate::choices::Choices;
use crate::report::Report;
use crate::share::deflate::deflated;
use crate::share::{self, Content, Damage};

/// Characters that every chat program and forum we know of passes on whole.
const SHORT: usize = 2_000;

/// Characters that servers and most programs still take (RFC 9110, 4.1); beyond, a file is the better way.
const LONG: usize = 8_000;

/// A link, made when the reader asks for it.
pub(crate) struct Offer {
    /// The whole address.
    pub(crate) link: String,
    certificates: usize,
    sources: usize,
}

impl Offer {
    /// The link to what was loaded and chosen.
    pub(crate) fn of(loaded: &Loaded, choices: &Choices) -> Offer {
        let content = Content::of(&loaded.inventory, choices);
        let fragment = share::write(&deflated(&content.pack()));
        let link = [&browser::address(), "#", &fragment].concat();
        Offer { link, certificates: content.certificates.len(), sources: content.sources.len() }
    }
}

/// Opens the link in some text; `false` if there is none. `refusals` is what was given beside it and not read.
pub(crate) fn open_link(text: &str, mut refusals: Vec<Refusal>, act: &Callback<Action>) -> bool {
    let read = share::read(text);
    let is_link = read != Err(Damage::NotALink);
    if is_link {
        let act = act.clone();
        spawn_local(async move {
            act.emit(match content(read).await {
                Ok(content) => Action::LinkOpened(content.inputs(), content.choices(), refusals),
                Err(damage) => {
                    refusals.push(Refusal { name: words::LINK.to_owned(), reason: damage.message().to_owned() });
                    Action::Arrived(Vec::new(), refusals)
                }
            });
        });
    }
    is_link
}

async fn content(packed: Result<Vec<u8>, Damage>) -> Result<Content, Damage> {
    let packed = packed?;
    let bytes = inflated(&packed, share::inflated_limit(packed.len())).await;
    Content::unpack(&bytes.ok_or(Damage::Broken)?)
}

pub(crate) fn share_panel(offer: &Offer, report: &Report, act: &Callback<Action>) -> Html {
    let link = &offer.link;
    let (length, verdict) = if link.len() <= SHORT {
        ("short", words::SHORT)
    } else if link.len() <= LONG {
        ("long", words::LONG)
    } else {
        ("too-long", words::TOO_LONG)
    };
    let shared = link.clone();
    markup!(
        "<section class='rl-section rl-share' data-testid='share' aria-labelledby='rl-share'>
            <header class='rl-section__header'>
                <h2 id='rl-share'>{}</h2>
                <button type='button' class='rl-button rl-button--small' onclick={}>{}</button>
            </header>
            <p>{}</p>
            <p class='rl-share__length' data-length={}><strong>{}</strong>{}</p>
            <input class='rl-input rl-share__link' readonly='' aria-label={} value={}/>
            <p class='rl-share__ways' onclick={}>
                {}{}<a class='rl-button rl-button--small' download='rootlens-link.txt' href={}>{}{}</a>
            </p>
            <p class='rl-hint'>{}</p>
        </section>",
        words::TITLE,
        does(act, Action::PanelToggled(Panel::Share)),
        words::CLOSE,
        words::contents(offer.certificates, offer.sources),
        length,
        words::length(link.len()),
        verdict,
        words::LINK,
        link,
        // Only now, when the reader passes it on, does the address of this page become the link.
        when(act, move |_| {
            browser::set_address(&shared);
            None
        }),
        copy_button(link, words::COPY, false),
        copy_button(&markdown(report, link), words::COPY_MARKDOWN, false),
        ["data:text/plain,", &link.replace('%', "%25").replace('#', "%23")].concat(),
        icon::icon(icon::FILE),
        words::SAVE_LINK,
        words::PRIVACY,
    )
}

/// A forum shows the sentence and hides the long address behind it.
fn markdown(report: &Report, link: &str) -> String {
    let mut markdown = String::from("[");
    for character in report.headline.sentence.chars() {
        if character.is_ascii_punctuation() {
            markdown.push('\\');
        }
        markdown.push(character);
    }
    [&markdown, "](", link, ")"].concat()
}
