//! The panel of everything that can be saved as a file, except the pools and certificates, which have buttons of their
//! own.

use yew::prelude::*;

use super::save_button::SaveButton;
use crate::messages::Download;
use crate::ui::state::{Action, Panel};
use crate::ui::words::share::{self as words, DownloadKind};

#[derive(Properties, PartialEq)]
pub(crate) struct ExportPanelProps {
    pub(crate) on_action: Callback<Action>,
    pub(crate) on_download: Callback<Download>,
}

#[component]
pub(crate) fn ExportPanel(props: &ExportPanelProps) -> Html {
    let ExportPanelProps { on_action, on_download } = props;
    html! {
        <section class="rl-section rl-export" data-testid="export" aria-labelledby="rl-export">
            <header class="rl-section__header">
                <h2 id="rl-export">{ words::SAVE_TITLE }</h2>
                <button type="button" class="rl-button rl-button--small"
                    onclick={on_action.reform(|_: MouseEvent| Action::PanelToggled(Panel::Export))}>
                    { words::CLOSE }
                </button>
            </header>
            <div class="rl-export__kinds">
                for kind in &words::DOWNLOAD_KINDS {
                    { download_kind(kind, on_download) }
                }
            </div>
        </section>
    }
}

fn download_kind(kind: &DownloadKind, on_download: &Callback<Download>) -> Html {
    html! {
        <div>
            <h3>{ kind.title }</h3>
            <p class="rl-share__ways">
                for (label, download) in kind.downloads.iter().copied() {
                    <SaveButton {label} {download} {on_download} />
                }
            </p>
            <p class="rl-hint">{ kind.hint }</p>
        </div>
    }
}
