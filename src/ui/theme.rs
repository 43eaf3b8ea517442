//! Light, dark, or as the system has it; remembered only where it differs from the system.

use yew::prelude::*;

use super::browser;

const STORAGE_KEY: &str = "rootlens-theme";

/// Shows the theme and remembers it.
#[hook]
pub(crate) fn use_theme(theme: Theme) {
    use_effect_with(theme, |theme| theme.apply());
}

/// The three states of the theme switch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light, whatever the system has.
    Light,
    /// Light on dark, whatever the system has.
    Dark,
}

impl Theme {
    /// In the order of the switch.
    pub(crate) const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The value of the `data-theme` attribute.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The remembered theme.
    pub(crate) fn remembered() -> Theme {
        let stored = browser::storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten());
        Theme::ALL.into_iter().find(|theme| stored.as_deref() == Some(theme.name())).unwrap_or_default()
    }

    /// Shows it and remembers it; without storage (a blocked third-party frame) it lasts as long as the page. A frame
    /// has the theme of the page around it, and leaves what is remembered alone.
    fn apply(self) {
        if browser::embedded() {
            return;
        }
        if let Some(root) = browser::document().and_then(|document| document.document_element()) {
            let _ = root.set_attribute("data-theme", self.name());
        }
        if let Some(storage) = browser::storage() {
            let _ = match self {
                Theme::System => storage.remove_item(STORAGE_KEY),
                _ => storage.set_item(STORAGE_KEY, self.name()),
            };
        }
    }
}
