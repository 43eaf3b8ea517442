//! What one verifier does with one chain: its words, its paths, every step of its search, and who verifies like it.

use web_sys::Element;
use yew::prelude::*;

use super::certificate_link::{CertificateLink, distinct_names};
use crate::report::{Attempt, EngineVerdict, Report};
use crate::ui::shared::Shared;
use crate::ui::state::{Action, VerdictSelection};
use crate::ui::words::acceptance as words;
use crate::ui::{browser, graph, icon};
use crate::verifier::preset::{self, Preset};

#[derive(Properties, PartialEq)]
pub(crate) struct EnginePanelProps {
    pub(crate) report: Shared<Report>,
    /// Which verifier on which chain, and the step of its search that is followed.
    pub(crate) selected: VerdictSelection,
    /// The button that opened the panel.
    pub(crate) opener: NodeRef,
    pub(crate) on_action: Callback<Action>,
}

/// Nothing where the report has no such verdict.
#[component]
pub(crate) fn EnginePanel(props: &EnginePanelProps) -> Html {
    let EnginePanelProps { report, selected, opener, on_action } = props;
    let verdicts = report.verdicts_by_chain().nth(selected.chain).unwrap_or_default();
    let Some(verdict) = verdicts.get(selected.engine) else { return Html::default() };
    html! {
        <section class="rl-proof" data-testid="proof" aria-labelledby="rl-proof"
            data-verdict={words::verdict_name(verdict.accepts)}>
            { panel_header(verdict, opener.clone(), on_action) }
            if !verdict.detail.is_empty() {
                <PanelPart heading={words::ITS_WORDS}><p class="rl-verbatim">{ &verdict.detail }</p></PanelPart>
            }
            if !verdict.chains.is_empty() {
                <PanelPart heading={words::ITS_PATHS}>
                    { for verdict.chains.iter().map(|path| path_list(report, path, on_action)) }
                </PanelPart>
            }
            <PanelPart heading={words::ITS_SEARCH}>{ trail(report, &verdict.trail, *selected, on_action) }</PanelPart>
            { products(&verdict.engine) }
        </section>
    }
}

fn panel_header(verdict: &EngineVerdict, opener: NodeRef, on_action: &Callback<Action>) -> Html {
    let see_graph = Callback::from(|_: MouseEvent| browser::focus_id(graph::HEADING_ID));
    // The panel goes, so the reader is led back to the button that opened it.
    let close = on_action.reform(move |_: MouseEvent| {
        if let Some(opener) = opener.cast::<Element>() {
            browser::focus(&opener);
        }
        Action::VerdictSelected(None)
    });
    html! {
        <header class="rl-section__header">
            <h4 id="rl-proof">
                { icon::verdict(verdict.accepts) }
                { words::verdict(verdict) }
            </h4>
            <span>
                <button type="button" class="rl-button rl-button--small" onclick={see_graph}>
                    { words::SEE_GRAPH }
                </button>
                <button type="button" class="rl-button rl-button--small" onclick={close}>{ words::CLOSE }</button>
            </span>
        </header>
    }
}

#[derive(Properties, PartialEq)]
struct PanelPartProps {
    heading: AttrValue,
    children: Html,
}

#[component]
fn PanelPart(props: &PanelPartProps) -> Html {
    html! { <div class="rl-proof__part"><h5>{ &props.heading }</h5>{ props.children.clone() }</div> }
}

/// Leaf first; every name opens its certificate.
fn path_list(report: &Shared<Report>, path: &[usize], on_action: &Callback<Action>) -> Html {
    html! {
        <ol class="rl-path">
            for certificate in path.iter().copied() {
                <li><CertificateLink {report} {certificate} {on_action} /></li>
            }
        </ol>
    }
}

fn trail(report: &Report, trail: &[Attempt], selected: VerdictSelection, on_action: &Callback<Action>) -> Html {
    if trail.is_empty() {
        return html! { <p class="rl-empty">{ words::NO_STEP }</p> };
    }
    html! {
        <ol class="rl-trail">
            for (index, attempt) in trail.iter().enumerate() {
                { trail_item(report, attempt, index, selected, on_action) }
            }
        </ol>
    }
}

/// A step of the search, which the graph shows while its button is pressed.
fn trail_item(
    report: &Report,
    attempt: &Attempt,
    index: usize,
    selected: VerdictSelection,
    on_action: &Callback<Action>,
) -> Html {
    let is_pressed = selected.step == Some(index);
    let is_taken = attempt.rejection.is_none();
    let followed = VerdictSelection { step: (!is_pressed).then_some(index), ..selected };
    html! {
        <li key={index}>
            <button type="button" class="rl-step" data-taken={is_taken.to_string()}
                aria-pressed={is_pressed.to_string()}
                onclick={on_action.reform(move |_: MouseEvent| Action::VerdictSelected(Some(followed)))}>
                { icon::verdict(is_taken) }
                <span>{ considered(report, attempt) }{ " " }<small>{ outcome(attempt) }</small></span>
            </button>
        </li>
    }
}

/// The path so far and the candidate behind it.
fn considered(report: &Report, attempt: &Attempt) -> String {
    let path: Vec<usize> = attempt.path.iter().chain(&attempt.candidate).copied().collect();
    words::considered(&path_in_words(report, &path), attempt.candidate.is_some(), attempt.from_trusted)
}

fn outcome(attempt: &Attempt) -> String {
    match &attempt.rejection {
        None => words::TAKEN.to_owned(),
        Some(reason) => words::not_taken(reason),
    }
}

fn products(engine: &str) -> Html {
    let products: Vec<&Preset> = preset::ALL.iter().filter(|preset| preset.engine_name() == engine).collect();
    if products.is_empty() {
        return Html::default();
    }
    let row = |preset: &Preset| {
        html! {
            <div>
                <dt>{ preset.title }</dt>
                <dd><span>{ preset.note }</span><small>{ words::known(*preset) }</small></dd>
            </div>
        }
    };
    html! {
        <PanelPart heading={words::PRODUCTS}>
            <dl class="rl-products">{ for products.into_iter().map(row) }</dl>
        </PanelPart>
    }
}

/// Names, leaf first.
pub(crate) fn path_in_words(report: &Report, path: &[usize]) -> String {
    distinct_names(report, path, words::ARROW)
}
