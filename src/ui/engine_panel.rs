//! What one verifier does with one chain: its words, its paths, every step of its search, and who verifies like it.

use yew::prelude::*;

use super::certificate_link::link;
use super::effect::{does, when};
use super::markup::{each, list, markup, truth};
use super::state::{Action, Asked};
use super::words::acceptance as words;
use super::{browser, graph_view, icon};
use crate::report::{Attempt, EngineVerdict, Report};
use crate::verifier::preset::{self, Preset};

pub(crate) fn engine_panel(report: &Report, verdict: &EngineVerdict, asked: Asked, act: &Callback<Action>) -> Html {
    markup!(
        "<section class='rl-proof' data-testid='proof' data-verdict={} aria-labelledby='rl-proof'>
            <header class='rl-section__header'>
                <h4 id='rl-proof'>{}{}</h4>
                <span>
                    <button type='button' class='rl-button rl-button--small' onclick={}>{}</button>
                    <button type='button' class='rl-button rl-button--small' onclick={}>{}</button>
                </span>
            </header>
            {}{}{}{}
        </section>",
        if verdict.accepts { words::ACCEPTED } else { words::REJECTED },
        icon::icon(if verdict.accepts { icon::TICK } else { icon::CROSS }),
        words::verdict(verdict),
        when(act, |_| {
            browser::focus_id(graph_view::HEADING_ID);
            None
        }),
        words::SEE_GRAPH,
        close(verdict.engine, asked.chain, act),
        words::CLOSE,
        (!verdict.detail.is_empty())
            .then(|| part(words::ITS_WORDS, markup!("<p class='rl-verbatim'>{}</p>", &verdict.detail))),
        (!verdict.chains.is_empty())
            .then(|| part(words::ITS_PATHS, list(each(&verdict.chains, |path| chain(report, path))))),
        part(words::ITS_SEARCH, trail(report, &verdict.trail, asked, act)),
        products(verdict.engine),
    )
}

/// The panel goes, and the reader is led back to the button that opened it.
fn close(engine: &'static str, chain: usize, act: &Callback<Action>) -> Callback<Event> {
    when(act, move |_| {
        browser::focus_first(&["[data-chain='", &chain.to_string(), "'] [data-engine='", engine, "']"].concat());
        Some(Action::EngineAsked(None))
    })
}

fn part(heading: &str, content: Html) -> Html {
    markup!("<div class='rl-proof__part'><h5>{}</h5>{}</div>", heading, content)
}

/// Leaf first; every name opens its certificate.
fn chain(report: &Report, path: &[usize]) -> Html {
    let item = |certificate: &usize| markup!("<li>{}</li>", link(report, *certificate));
    markup!("<ol class='rl-path'>{}</ol>", each(path, item))
}

fn trail(report: &Report, trail: &[Attempt], asked: Asked, act: &Callback<Action>) -> Html {
    if trail.is_empty() {
        return markup!("<p class='rl-empty'>{}</p>", words::NO_STEP);
    }
    let step = |(index, attempt): (usize, &Attempt)| {
        let pressed = asked.step == Some(index);
        let followed = Asked { step: (!pressed).then_some(index), ..asked };
        markup!(
            "<li key={}>
                <button type='button' class='rl-step' data-taken={} aria-pressed={} onclick={}>
                    {}<span>{} <small>{}</small></span>
                </button>
            </li>",
            index,
            truth(attempt.rejection.is_none()),
            truth(pressed),
            does(act, Action::EngineAsked(Some(followed))),
            icon::icon(if attempt.rejection.is_none() { icon::TICK } else { icon::CROSS }),
            considered(report, attempt),
            outcome(attempt),
        )
    };
    markup!("<ol class='rl-trail'>{}</ol>", trail.iter().enumerate().map(step).collect::<Vec<_>>())
}

/// The path so far and the candidate behind it.
fn considered(report: &Report, attempt: &Attempt) -> String {
    let path = attempt.path.iter().chain(&attempt.candidate).copied().collect::<Vec<_>>();
    let path = path_in_words(report, &path);
    match attempt.candidate {
        None => [&path, ": ", words::AS_IT_STANDS].concat(),
        Some(_) if attempt.from_trusted => [&path, ", ", words::FROM_STORE].concat(),
        Some(_) => [&path, ", ", words::FROM_PEER].concat(),
    }
}

fn outcome(attempt: &Attempt) -> String {
    match &attempt.rejection {
        None => words::TAKEN.to_owned(),
        Some(reason) => [words::NOT_TAKEN, reason].concat(),
    }
}

fn products(engine: &str) -> Option<Html> {
    let row = |preset: &&Preset| {
        markup!(
            "<div><dt>{}</dt><dd><span>{}</span><small>{}</small></dd></div>",
            words::product(preset.name),
            preset.note,
            words::known(**preset),
        )
    };
    let products: Vec<&Preset> = preset::ALL.iter().filter(|preset| preset.engine_name() == engine).collect();
    (!products.is_empty())
        .then(|| part(words::PRODUCTS, markup!("<dl class='rl-products'>{}</dl>", each(&products, row))))
}

/// Names, leaf first.
pub(crate) fn path_in_words(report: &Report, path: &[usize]) -> String {
    path.iter().map(|certificate| report.distinct_name(*certificate)).collect::<Vec<_>>().join(words::ARROW)
}
