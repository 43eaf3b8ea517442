//! A button that saves something as a file.

use yew::prelude::*;

use crate::messages::Download;
use crate::ui::icon;

#[derive(Properties, PartialEq)]
pub(crate) struct SaveButtonProps {
    pub(crate) label: AttrValue,
    pub(crate) download: Download,
    pub(crate) on_download: Callback<Download>,
}

#[component]
pub(crate) fn SaveButton(props: &SaveButtonProps) -> Html {
    let SaveButtonProps { label, download, on_download } = props;
    let download = *download;
    html! {
        <button type="button" class="rl-button rl-button--small"
            onclick={on_download.reform(move |_: MouseEvent| download)}>
            { icon::icon(icon::SAVE) }{ label }
        </button>
    }
}
