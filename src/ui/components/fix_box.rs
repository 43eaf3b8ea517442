//! What to change about a chain: in a sentence, as files to download, as commands to copy, and who accepts then.

use yew::prelude::*;

use super::copy_button::CopyButton;
use super::dates::with_dates;
use super::disclosure::Disclosure;
use crate::messages::Download;
use crate::report::{Fix, Report};
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::words::answer as words;

/// Lines of a command that are shown at once; one that writes a whole file is folded.
const SHOWN_LINES: usize = 4;

#[derive(Properties, PartialEq)]
pub(crate) struct FixBoxProps {
    pub(crate) report: Shared<Report>,
    /// Index of the chain into the answer's chains; `None` where the answer has no chain and a fix of its own.
    pub(crate) chain: Option<usize>,
    #[prop_or_default]
    pub(crate) testid: Option<&'static str>,
    pub(crate) on_download: Callback<Download>,
}

/// Nothing for a chain about which there is nothing to change.
#[component]
pub(crate) fn FixBox(props: &FixBoxProps) -> Html {
    let FixBoxProps { report, chain, testid, on_download } = props;
    let Some(fix) = report.answer.fix_of(*chain) else { return Html::default() };
    let answer = chain.and_then(|chain| report.answer.chains.get(chain));
    let is_proven = !fix.files.is_empty();
    html! {
        <div class="rl-fix" data-testid={*testid}>
            <p class="rl-fix__sentence"><strong>{ words::FIX }</strong>{ with_dates(&fix.sentence) }</p>
            <div class="rl-fix__ways">
                for (file, it) in fix.files.iter().enumerate() {
                    { download_button(Download::Fix { chain: *chain, file }, &it.name, file == 0, on_download) }
                }
                { for commands(fix).map(copy_button) }
            </div>
            { for commands(fix).map(command_text) }
            <p class="rl-proven" data-proven={is_proven.then_some("true")}>
                { icon::icon(if is_proven { icon::TICK } else { icon::NOTE }) }
                <span>{ words::accepted_then(answer, fix) }</span>
            </p>
        </div>
    }
}

/// Those that a shell would do something with; what only tells to save the file is told by its button.
fn commands(fix: &Fix) -> impl Iterator<Item = &str> {
    fix.commands.iter().map(String::as_str).filter(|command| !command.trim_start().starts_with('#'))
}

fn download_button(download: Download, name: &str, is_first: bool, on_download: &Callback<Download>) -> Html {
    let class = if is_first { "rl-button rl-button--main" } else { "rl-button" };
    html! {
        <button type="button" {class} onclick={on_download.reform(move |_: MouseEvent| download)}>
            { icon::icon(icon::SAVE) }{ words::download(name) }
        </button>
    }
}

fn copy_button(command: &str) -> Html {
    html! { <CopyButton text={command.to_owned()} label={words::COPY_COMMAND} /> }
}

fn command_text(command: &str) -> Html {
    let text = html! { <pre class="rl-command"><code>{ command }</code></pre> };
    if command.lines().count() <= SHOWN_LINES {
        return text;
    }
    html! { <Disclosure summary={words::SHOW_COMMAND}>{ text }</Disclosure> }
}
