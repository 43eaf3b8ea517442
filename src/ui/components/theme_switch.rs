//! Three radio buttons: as the system has it, light, dark.

use yew::prelude::*;

use crate::ui::icon;
use crate::ui::state::Action;
use crate::ui::theme::Theme;
use crate::ui::words::landing as words;

/// The theme in use, and who is told of another.
#[derive(Properties, PartialEq)]
pub(crate) struct ThemeSwitchProps {
    /// The theme in use.
    pub(crate) chosen: Theme,
    /// Gets the theme that is chosen.
    pub(crate) on_action: Callback<Action>,
}

/// The buttons show pictograms; their names are titles.
#[component]
pub(crate) fn ThemeSwitch(props: &ThemeSwitchProps) -> Html {
    let option = |theme: Theme| {
        let (path, label) = match theme {
            Theme::System => (icon::SCREEN, words::THEME_SYSTEM),
            Theme::Light => (icon::SUN, words::THEME_LIGHT),
            Theme::Dark => (icon::MOON, words::THEME_DARK),
        };
        html! {
            <label key={theme.name()} class="rl-switch__option" title={label}>
                <input type="radio" name="rl-theme" value={theme.name()} aria-label={label}
                    checked={props.chosen == theme}
                    onchange={props.on_action.reform(move |_| Action::ThemeChosen(theme))} />
                { icon::icon(path) }
            </label>
        }
    };
    html! {
        <div class="rl-switch" role="radiogroup" aria-label={words::THEME}>
            { for Theme::ALL.into_iter().map(option) }
        </div>
    }
}
