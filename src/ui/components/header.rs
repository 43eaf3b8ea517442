//! The header: what is loaded, the promise, the theme, and the ways to more, out and back to the beginning.

use yew::prelude::*;

use super::file_button::FileButton;
use super::theme_switch::ThemeSwitch;
use crate::report::Report;
use crate::ui::shared::Shared;
use crate::ui::state::{Action, Panel};
use crate::ui::theme::Theme;
use crate::ui::words::{self, landing, share};
use crate::ui::{browser, icon};

/// What the header shows and does.
#[derive(Properties, PartialEq)]
pub(crate) struct HeaderProps {
    /// What is loaded, if anything.
    pub(crate) report: Option<Shared<Report>>,
    /// The panel that is open.
    pub(crate) panel: Option<Panel>,
    /// The theme in use.
    pub(crate) theme: Theme,
    /// Gets what is chosen.
    pub(crate) on_action: Callback<Action>,
}

/// The controls appear once there is something to control.
#[component]
pub(crate) fn Header(props: &HeaderProps) -> Html {
    let HeaderProps { report, panel, theme, on_action } = props;
    html! {
        <header class="rl-header">
            <p class="rl-brand">
                { mark() }
                <span>{ "root" }<i>{ "lens" }</i></span>
            </p>
            if let Some(report) = report {
                <p class="rl-header__counts">{ counts(report) }</p>
            }
            <p class="rl-header__promise" title={words::PROMISE_LIMITS}>
                { icon::icon(icon::LOCK) }
                <span>{ words::PROMISE }</span>
            </p>
            if report.is_some() {
                { actions(*panel, on_action) }
            }
            <ThemeSwitch chosen={*theme} {on_action} />
        </header>
    }
}

fn counts(report: &Report) -> String {
    format!("{}, {}", words::files(report.sources.len()), words::certificates(report.certificates.len()))
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

/// The ways to more, out of the page, and to the beginning.
fn actions(open: Option<Panel>, on_action: &Callback<Action>) -> Html {
    let start_over = on_action.reform(|_| {
        browser::clear_fragment();
        Action::Cleared(browser::now())
    });
    html! {
        <div class="rl-header__actions">
            <FileButton label={landing::ADD_FILES} {on_action} />
            { panel_button(Panel::Share, icon::SHARE, share::SHARE, open, on_action) }
            { panel_button(Panel::Export, icon::SAVE, share::SAVE, open, on_action) }
            <button type="button" class="rl-button" onclick={start_over}>
                { icon::icon(icon::RESTART) }
                <span>{ landing::START_OVER }</span>
            </button>
        </div>
    }
}

fn panel_button(
    panel: Panel,
    path: &'static str,
    label: &'static str,
    open: Option<Panel>,
    on_action: &Callback<Action>,
) -> Html {
    let is_open = open == Some(panel);
    html! {
        <button type="button" class="rl-button" aria-expanded={is_open.to_string()}
            onclick={on_action.reform(move |_| Action::PanelToggled(panel))}>
            { icon::icon(path) }
            <span>{ label }</span>
        </button>
    }
}
