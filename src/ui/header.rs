//! The header: what is loaded, the as-of date, the promise, the theme, and starting over.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::effect::when;
use super::landing::file_button;
use super::state::{Action, State};
use super::theme::Theme;
use super::{browser, icon, words};
use crate::report::Report;
use crate::time::Timestamp;

pub(crate) fn header(state: &State, report: Option<&Report>, act: &Callback<Action>) -> Html {
    let start_over = act.reform(|_: MouseEvent| {
        browser::clear_fragment();
        Action::Cleared(browser::now())
    });
    html! {
        <header class="rl-header">
            <p class="rl-brand">{ mark() }<span>{ "root" }<i>{ "lens" }</i></span></p>
            if let Some(report) = report {
                <p class="rl-header__counts">{ counts(report) }</p>
            }
            <p class="rl-header__promise" title={words::PROMISE_LIMITS}>
                { icon::icon(icon::LOCK) }{ words::PROMISE }
            </p>
            if report.is_some() {
                { as_of(state.choices.at, act) }
                <div class="rl-header__actions">
                    { file_button("Add files", false, act) }
                    <button type="button" class="rl-button" onclick={start_over}>
                        { icon::icon(icon::RESTART) }{ "Start over" }
                    </button>
                </div>
            }
            { theme_switch(state.theme, act) }
        </header>
    }
}

fn counts(report: &Report) -> String {
    let files = words::count(report.sources.len(), "file", "files");
    let certificates = words::count(report.certificates.len(), "certificate", "certificates");
    [files, certificates].join(", ")
}

/// A lens over a branching root.
fn mark() -> Html {
    html! {
        <svg class="rl-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="10.5" cy="10.5" r="8" />
            <path class="rl-mark__handle" d="M16.4 16.4 21.5 21.5" />
            <path class="rl-mark__tree" d="M10.5 5.8V9.4M10.5 9.4 6.8 14M10.5 9.4 14.2 14" />
        </svg>
    }
}

/// The date at which everything is judged. The page reads the clock for "now"; the core never does.
fn as_of(at: Timestamp, act: &Callback<Action>) -> Html {
    let date = at.date();
    let chosen = when(act, |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>()?;
        Timestamp::parse(&input.value()).map(Action::DateChosen)
    });
    let now = act.reform(|_: MouseEvent| Action::DateChosen(browser::now()));
    html! {
        <div class="rl-as-of" role="group" aria-label="The date at which everything is judged">
            <label for="rl-as-of">{ "as of" }</label>
            <input id="rl-as-of" type="date" class="rl-input" data-testid="as-of" value={date.clone()} onchange={chosen} />
            <span class="rl-as-of__time">{ time_of_day(at, &date) }</span>
            <button type="button" class="rl-button" onclick={now}>{ "now" }</button>
        </div>
    }
}

/// `18:00 UTC`: the part of the instant that the date field cannot show.
fn time_of_day(at: Timestamp, date: &str) -> String {
    let text = at.to_string();
    let time = text.strip_prefix(date).and_then(|rest| rest.get(1..6)).unwrap_or_default();
    [time, " UTC"].concat()
}

/// Three radio buttons: as the system has it, light, dark.
fn theme_switch(chosen: Theme, act: &Callback<Action>) -> Html {
    let option = |theme: Theme| {
        let (path, label) = match theme {
            Theme::System => (icon::SCREEN, "Theme of the system"),
            Theme::Light => (icon::SUN, "Light theme"),
            Theme::Dark => (icon::MOON, "Dark theme"),
        };
        html! {
            <label key={theme.name()} class="rl-switch__option" title={label}>
                <input type="radio" name="rl-theme" value={theme.name()} aria-label={label}
                    checked={chosen == theme} onchange={act.reform(move |_| Action::ThemeChosen(theme))} />
                { icon::icon(path) }
            </label>
        }
    };
    html! {
        <div class="rl-switch" role="radiogroup" aria-label="Theme">{ for Theme::ALL.into_iter().map(option) }</div>
    }
}
