//! The header: what is loaded, the as-of date, the promise, the theme, and starting over.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::effect::{does, when};
use super::landing::file_button;
use super::markup::{each, markup, truth};
use super::state::{Action, Panel, State};
use super::theme::Theme;
use super::words::{landing, share};
use super::{browser, icon, words};
use crate::report::Report;
use crate::time::Timestamp;

pub(crate) fn header(state: &State, report: Option<&Report>, act: &Callback<Action>) -> Html {
    markup!(
        "<header class='rl-header'>
            <p class='rl-brand'>
                <svg class='rl-mark' viewBox='0 0 24 24' aria-hidden='true' focusable='false'>
                    <circle cx='10.5' cy='10.5' r='8'/>
                    <path class='rl-mark__handle' d='M16.4 16.4 21.5 21.5'/>
                    <path class='rl-mark__tree' d='M10.5 5.8V9.4M10.5 9.4 6.8 14M10.5 9.4 14.2 14'/>
                </svg>
                <span>root<i>lens</i></span>
            </p>
            {}
            <p class='rl-header__promise' title={}>{}{}</p>
            {}{}
        </header>",
        report.map(|report| markup!("<p class='rl-header__counts'>{}</p>", counts(report))),
        words::PROMISE_LIMITS,
        icon::icon(icon::LOCK),
        words::PROMISE,
        report.map(|_| controls(state, act)),
        theme_switch(state.theme, act),
    )
}

fn counts(report: &Report) -> String {
    [words::files(report.sources.len()), words::certificates(report.certificates.len())].join(", ")
}

/// The date at which everything is judged, and the ways to more or to the beginning.
fn controls(state: &State, act: &Callback<Action>) -> Html {
    let start_over = when(act, |_| {
        browser::clear_fragment();
        Some(Action::Cleared(browser::now()))
    });
    markup!(
        "{}
        <div class='rl-header__actions'>
            {}
            {}{}
            <button type='button' class='rl-button' onclick={}>{}{}</button>
        </div>",
        as_of(state.choices.at, act),
        file_button(landing::ADD_FILES, "rl-button rl-file", act),
        panel_button(state, Panel::Share, icon::SHARE, share::SHARE, act),
        panel_button(state, Panel::Export, icon::SAVE, share::SAVE, act),
        start_over,
        icon::icon(icon::RESTART),
        landing::START_OVER,
    )
}

fn panel_button(state: &State, panel: Panel, path: &'static str, label: &str, act: &Callback<Action>) -> Html {
    markup!(
        "<button type='button' class='rl-button' aria-expanded={} onclick={}>{}{}</button>",
        truth(state.panel == Some(panel)),
        does(act, Action::PanelToggled(panel)),
        icon::icon(path),
        label,
    )
}

/// The page reads the clock for "now"; the core never does.
fn as_of(at: Timestamp, act: &Callback<Action>) -> Html {
    let date = at.date();
    let chosen = when(act, |event| {
        let input: HtmlInputElement = browser::target(&event)?;
        Timestamp::parse(&input.value()).map(Action::DateChosen)
    });
    markup!(
        "<div class='rl-as-of' role='group' aria-label={}>
            <label for='rl-as-of'>{}</label>
            <input id='rl-as-of' type='date' class='rl-input' data-testid='as-of' value={} onchange={}/>
            <span class='rl-as-of__time'>{}</span>
            <button type='button' class='rl-button' onclick={}>{}</button>
        </div>",
        landing::AS_OF_GROUP,
        landing::AS_OF,
        &date,
        chosen,
        time_of_day(at, &date),
        when(act, |_| Some(Action::DateChosen(browser::now()))),
        landing::NOW,
    )
}

/// `18:00 UTC`: the part of the instant that the date field cannot show.
fn time_of_day(at: Timestamp, date: &str) -> String {
    let text = at.to_string();
    let time = text.strip_prefix(date).and_then(|rest| rest.get(1..6)).unwrap_or_default();
    [time, " UTC"].concat()
}

/// Three radio buttons: as the system has it, light, dark.
fn theme_switch(chosen: Theme, act: &Callback<Action>) -> Html {
    let option = |theme: &Theme| {
        let (path, label) = match theme {
            Theme::System => (icon::SCREEN, landing::THEME_SYSTEM),
            Theme::Light => (icon::SUN, landing::THEME_LIGHT),
            Theme::Dark => (icon::MOON, landing::THEME_DARK),
        };
        markup!(
            "<label key={} class='rl-switch__option' title={}>
                <input type='radio' name='rl-theme' value={} aria-label={} checked={} onchange={}/>
                {}
            </label>",
            theme.name(),
            label,
            theme.name(),
            label,
            chosen == *theme,
            does(act, Action::ThemeChosen(*theme)),
            icon::icon(path),
        )
    };
    markup!(
        "<div class='rl-switch' role='radiogroup' aria-label={}>{}</div>",
        landing::THEME,
        each(&Theme::ALL, option),
    )
}
