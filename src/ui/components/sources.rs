//! The files and pastes: the part each plays and why, what was found in them, what was mended, what could not be read.

use std::collections::BTreeMap;

use yew::prelude::*;

use super::certificate_link::CertificateLinks;
use super::copy_button::CopyButton;
use super::disclosure::Disclosure;
use super::fold::{Fold, line_id};
use super::forwarded::WhatTravels;
use super::long_list::LongList;
use super::password_form::{is_asked_in_answer, password_form};
use super::paste_box::PasteBox;
use super::role_choice::{RoleChoice, shown_roles};
use crate::report::{Problem, Related, Report, Source};
use crate::role::Role;
use crate::ui::inspection::{Locked, Opening};
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::{self as general, landing, result as words};
use crate::ui::{browser, icon};
use crate::wording;

/// The id of the heading.
const HEADING_ID: &str = "rl-sources";

/// Certificates named at once for a source; the rest are folded away.
const SHOWN: usize = 6;

/// Sources that are shown at a time.
const AT_A_TIME: usize = 20;

/// What was given, and what was chosen about it.
#[derive(Clone, Properties, PartialEq)]
pub(crate) struct SourcesProps {
    /// What was found in the sources.
    pub(crate) report: Shared<Report>,
    /// The roles that the user chose, by source.
    pub(crate) chosen: BTreeMap<usize, Vec<Role>>,
    /// What a password would open. The card with the answer asks for it where there is nothing else.
    pub(crate) locked: Locked,
    /// Gets what is chosen or added.
    pub(crate) on_action: Callback<Action>,
    /// Gets the password of a source.
    pub(crate) on_open: Callback<Opening>,
}

/// A source each, and a way to add text; one line where every source keeps the role that the facts give it and nothing
/// in it needs to be seen.
#[component]
pub(crate) fn Sources(props: &SourcesProps) -> Html {
    let SourcesProps { report, chosen, on_action, .. } = props;
    let list = {
        let props = props.clone();
        Callback::from(move |shown| list(&props, shown))
    };
    let is_noteworthy = |source: &Source| {
        source.secrets > 0 || !source.problems.is_empty() || !source.loaders.is_empty() || !source.related.is_empty()
    };
    let is_open = !chosen.is_empty() || report.sources.iter().any(is_noteworthy);
    html! {
        <Fold id={HEADING_ID} testid="sources" class="rl-sources" heading={words::SOURCES}
            summary={words::sources(&parts(report))} {is_open}>
            <LongList length={report.sources.len()} step={AT_A_TIME} {list} />
            if !browser::embedded() {
                <Disclosure summary={landing::ADD_TEXT}><PasteBox {on_action} /></Disclosure>
            }
        </Fold>
    }
}

fn list(props: &SourcesProps, shown: usize) -> Html {
    html! {
        <ul class="rl-sources__list">
            for (index, it) in props.report.sources.iter().enumerate().take(shown) {
                <li key={it.name.clone()}>{ source(props, it, index) }</li>
            }
        </ul>
    }
}

/// Every source with the part that it plays.
fn parts(report: &Report) -> Vec<(&str, String)> {
    let part = |source: &'_ Source| general::roles(&shown_roles(&source.roles, report.answer.lens));
    report.sources.iter().map(|source| (source.name.as_str(), part(source))).collect()
}

fn source(props: &SourcesProps, source: &Source, index: usize) -> Html {
    let SourcesProps { report, chosen, locked, on_action, on_open } = props;
    let roles = chosen.get(&index).cloned().unwrap_or_else(|| shown_roles(&source.roles, report.answer.lens));
    let chosen = chosen.contains_key(&index);
    html! {
        <article class="rl-source" data-source={source.name.clone()}>
            <h3>{ icon::icon(icon::FILE) }<span>{ &source.name }</span></h3>
            <RoleChoice source={index} name={source.name.clone()} {roles} {chosen} lens={report.answer.lens}
                {on_action} />
            <div class="rl-source__facts">
                { secrets(source) }
                if !is_asked_in_answer(report) {
                    { password_form(report, locked, index, on_open) }
                }
                <p class="rl-source__reason">{ &source.role_reason }</p>
                <div class="rl-source__certificates">
                    <span>{ general::certificates(source.certificates.len()) }</span>
                    <CertificateLinks {report} certificates={source.certificates.clone()} shown={SHOWN} {on_action} />
                </div>
                { related(report, source, on_action) }
                { key_commands(source) }
                { loaders(source) }
                if let Some(forwarded) = source.forwarded.clone() {
                    <WhatTravels {forwarded} />
                }
                { problems(&source.problems) }
                { repairs(report, source) }
            </div>
            if !browser::embedded() {
                { remove_button(source, index, report.sources.len() == 1, on_action) }
            }
        </article>
    }
}

/// Without its last source the page is as at the beginning. The address named what was there, so it tells the truth no
/// longer.
fn remove_button(source: &Source, index: usize, is_last: bool, on_action: &Callback<Action>) -> Html {
    let remove = on_action.reform(move |_: MouseEvent| {
        browser::clear_fragment();
        // The button goes, so the reader is led to what is left of the sources.
        browser::focus_id(&line_id(HEADING_ID));
        if is_last { Action::Cleared(browser::now()) } else { Action::SourceRemoved(index) }
    });
    html! {
        <button type="button" class="rl-button rl-button--small" aria-label={words::remove_source(&source.name)}
            onclick={remove}>
            { icon::icon(icon::CROSS) }{ words::REMOVE }
        </button>
    }
}

/// The one thing that must be seen before anything is shared.
fn secrets(source: &Source) -> Html {
    if source.secrets == 0 {
        return Html::default();
    }
    let (warning, advice) = words::secrets(source);
    html! {
        <p class="rl-secret" data-testid="secret-warning">
            { icon::icon(icon::WARNING) }
            <span><strong>{ warning }</strong>{ advice }</span>
        </p>
    }
}

/// Whose key the requests and public keys have.
fn related(report: &Shared<Report>, source: &Source, on_action: &Callback<Action>) -> Html {
    let sentence = |it: &Related| wording::related(report, it).text(|at| at.to_string());
    html! {
        for it in source.related.iter() {
            <div key={it.line} class="rl-source__related" data-testid="related" data-fits={it.fits.len().to_string()}>
                { icon::icon(if it.fits.is_empty() { icon::CROSS } else { icon::TICK }) }
                <span>
                    <strong>{ words::line(it.line) }</strong>{ " " }{ sentence(it) }
                    <CertificateLinks {report} certificates={it.fits.clone()} shown={SHOWN} {on_action} />
                </span>
            </div>
        }
    }
}

/// How to compare a key that was not read.
fn key_commands(source: &Source) -> Html {
    if source.key_commands.is_empty() {
        return Html::default();
    }
    let commands = source.key_commands.join("\n");
    html! {
        <div class="rl-source__commands" data-testid="key-commands">
            <p>{ wording::COMPARE_KEY }</p>
            <pre class="rl-command"><code>{ &commands }</code></pre>
            <CopyButton text={commands.clone()} label={words::COPY_COMMANDS} />
        </div>
    }
}

/// Who can read this file; nothing where everybody can.
fn loaders(source: &Source) -> Html {
    if source.loaders.is_empty() {
        return Html::default();
    }
    html! {
        <Disclosure summary={words::WHO_READS}>
            <ul class="rl-loaders" data-testid="loaders">
                for loaded in source.loaders.iter() {
                    <li key={loaded.loader.to_string()} data-reads={loaded.fault.is_none().then_some("true")}>
                        { icon::icon(if loaded.fault.is_none() { icon::TICK } else { icon::CROSS }) }
                        <span><strong>{ &*loaded.title }</strong>{ ": " }{ wording::loaded(loaded) }</span>
                    </li>
                }
            </ul>
        </Disclosure>
    }
}

fn problems(problems: &[Problem]) -> Html {
    if problems.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="rl-problems">
            for problem in problems {
                <li key={problem.start}>
                    { icon::icon(icon::WARNING) }
                    <span>
                        <strong>{ words::line(problem.line) }</strong>
                        { " " }
                        { &problem.message }
                        <small>{ words::bytes(problem.start, problem.end) }</small>
                    </span>
                </li>
            }
        </ul>
    }
}

/// What had to be mended to read the certificates of this source.
fn repairs(report: &Report, source: &Source) -> Html {
    let mut repairs = Vec::new();
    for certificate in source.certificates.iter().filter_map(|certificate| report.certificates.get(*certificate)) {
        let places = certificate.places.iter().filter(|place| place.source == source.name && !place.repairs.is_empty());
        repairs.extend(places.map(|place| words::mended(place.line, &certificate.name, &place.repairs)));
    }
    if repairs.is_empty() {
        return Html::default();
    }
    html! {
        <Disclosure summary={words::repairs(repairs.len())}>
            <ul class="rl-repairs">
                for repair in repairs {
                    <li>{ repair }</li>
                }
            </ul>
        </Disclosure>
    }
}
