//! What is saved as a file: the graph, the answer and the report in the forms that other programs read, each pool, and
//! each certificate. A button names its file; one handler for the whole page saves it.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::prelude::*;

use super::effect::does;
use super::loading::Loaded;
use super::markup::{each, markup};
use super::share_panel::Offer;
use super::state::{Action, Panel};
use super::words::share as words;
use super::{browser, icon};
use crate::choices::Choices;
use crate::export;
use crate::report::{Pool, Report, Rule};
use crate::scene::svg::{self, Theme};
use crate::scene::{self, View};

/// The attribute by which a button names what it saves.
const ATTRIBUTE: &str = "data-save";

/// Characters of a link that a post takes along: an eighth of what an issue of GitHub holds (65,536), and a quarter of a
/// post of Discourse (32,000); a longer one is cut by some programs anyway, see `share_panel`.
const LONGEST_IN_POST: usize = 8_000;

#[wasm_bindgen]
extern "C" {
    /// From `www/save.js`; a page without it does not save.
    #[wasm_bindgen(catch, js_name = rootlensSave)]
    fn save_file(name: &str, text: &str) -> Result<(), JsValue>;
}

pub(crate) fn export_panel(act: &Callback<Action>) -> Html {
    let kind = |kind: &words::Exports| {
        markup!(
            "<div><h3>{}</h3><p class='rl-share__ways'>{}</p><p class='rl-hint'>{}</p></div>",
            kind.title,
            each(kind.files, |(label, file)| save_button(label, file)),
            kind.hint,
        )
    };
    markup!(
        "<section class='rl-section rl-export' data-testid='export' aria-labelledby='rl-export'>
            <header class='rl-section__header'>
                <h2 id='rl-export'>{}</h2>
                <button type='button' class='rl-button rl-button--small' onclick={}>{}</button>
            </header>
            <div class='rl-export__kinds'>{}</div>
        </section>",
        words::SAVE_TITLE,
        does(act, Action::PanelToggled(Panel::Export)),
        words::CLOSE,
        each(&words::EXPORTS, kind),
    )
}

/// A button that saves something. It has no handler of its own: see [`asked`].
pub(crate) fn save_button(label: &str, what: &str) -> Html {
    markup!(
        "<button type='button' class='rl-button rl-button--small' data-save={}>{}{}</button>",
        what,
        icon::icon(icon::SAVE),
        label,
    )
}

/// What the clicked button saves.
pub(crate) fn asked(event: &Event) -> Option<String> {
    let target: Element = browser::target(event)?;
    target.closest(&["[", ATTRIBUTE, "]"].concat()).ok()??.get_attribute(ATTRIBUTE)
}

/// Saves what a button names: one of the files of the panel, the pool of a rule or a certificate by its index.
pub(crate) fn save(what: &str, report: &Report, loaded: &Loaded, choices: &Choices) {
    let mut name = what.to_owned();
    let text = match what {
        "rootlens.md" => {
            let link = Offer::of(loaded, choices).link;
            export::markdown(report, (link.len() <= LONGEST_IN_POST).then_some(&link))
        }
        "rootlens.mmd" => export::mermaid(report),
        "rootlens.dot" => export::dot(report),
        "rootlens.json" => export::json(report),
        "rootlens.svg" | "rootlens.png" => drawing(report, Theme::Light),
        "rootlens-dark.svg" | "rootlens-dark.png" => drawing(report, Theme::Dark),
        other => {
            let Some((file, pem)) = certificate(report, other).or_else(|| pool(report, other)) else { return };
            name = [&scene::printable(&file), ".pem"].concat();
            pem
        }
    };
    let _ = save_file(&name, &text);
}

fn drawing(report: &Report, theme: Theme) -> String {
    svg::document(&scene::draw(report, &View::default()), theme)
}

fn certificate(report: &Report, index: &str) -> Option<(String, String)> {
    let certificate = report.certificates.get(index.parse::<usize>().ok()?)?;
    Some((certificate.name.clone(), certificate.pem.clone()))
}

/// A pool of the peer that leads.
fn pool(report: &Report, name: &str) -> Option<(String, String)> {
    let is_asked = |pool: &&Pool| Some(&pool.peer) == report.focus.as_ref() && rule_name(pool.rule) == name;
    let pool = report.pools.iter().find(is_asked)?;
    let mut pem = String::new();
    for certificate in pool.anchors.iter().filter_map(|anchor| report.certificates.get(*anchor)) {
        pem.push_str(&certificate.pem);
    }
    Some(([name, "-pool"].concat(), pem))
}

/// The rule in attributes and file names.
pub(crate) fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::OpenzitiNaive => "naive",
        Rule::Correct => "correct",
        Rule::FirstChain => "first-chain",
        Rule::AllChains => "all-chains",
    }
}
