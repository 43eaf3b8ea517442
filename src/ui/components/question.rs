//! The question as one sentence, whose words that decide the answer are the controls of the page; below it what few have
//! to change: the host name and the use.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::slot::{Slot, SlotGroup, SlotOption};
use crate::choices::Choices;
use crate::report::{Lens, Report, Role, StoreKind};
use crate::time::Timestamp;
use crate::ui::browser;
use crate::ui::shared::Shared;
use crate::ui::state::{Action, Asked};
use crate::ui::words::{acceptance, question as words};
use crate::verifier::{Host, Program, Purpose};
use crate::{lens, store};

/// The value of the choice of all chains; no chain has an empty name.
const ALL_CHAINS: &str = "";

#[derive(Properties, PartialEq)]
pub(crate) struct QuestionProps {
    pub(crate) report: Shared<Report>,
    /// What was chosen, which the report may not follow yet.
    pub(crate) choices: Choices,
    /// The name of the chain whose answer is shown; that of all chains without one.
    pub(crate) chain: Option<String>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn Question(props: &QuestionProps) -> Html {
    let QuestionProps { report, choices, chain, on_action } = props;
    let is_router = report.answer.lens == Lens::Router;
    let chains = report.answer.chains.len();
    let begin = if chains > 1 && (is_router || chain.is_none()) { words::ARE } else { words::IS };
    html! {
        <div class="rl-question" role="group" aria-label={words::GROUP}>
            <p class="rl-question__sentence">
                { begin }{ chain_choice(report, chain.as_deref(), on_action) }
                { words::TRUSTED_BY }{ program_choice(report, choices, on_action) }
                { words::WITH }{ store_choice(report, choices.store, on_action) }
                { words::ON }{ date_choice(choices.at, on_action) }{ words::END }
            </p>
            if chains > 0 {
                <p class="rl-question__more">
                    { host_field(choices.host.as_ref(), on_action) }
                    { purpose_choice(choices.purpose, on_action) }
                </p>
            }
        </div>
    }
}

/// Several chains can be looked at one by one; in the router's lens the pools are made of all.
fn chain_choice(report: &Report, shown: Option<&str>, on_action: &Callback<Action>) -> Html {
    let chains: Vec<String> = names_of_chains(report);
    match chains.as_slice() {
        [] => return html! { { words::NO_CHAIN } },
        [only] => return html! { <strong>{ only }</strong> },
        _ if report.answer.lens == Lens::Router => return html! { <strong>{ words::THESE_CHAINS }</strong> },
        _ => {}
    }
    let mut options = vec![SlotOption::new(ALL_CHAINS, words::all_chains(chains.len()))];
    options.extend(chains.iter().map(|name| SlotOption::new(name.clone(), name.clone())));
    let on_choose = {
        let on_action = on_action.clone();
        Callback::from(move |name: String| {
            // The time line follows.
            if let Some(number) = chains.iter().position(|chain| *chain == name) {
                on_action.emit(Action::TimelineChosen(number));
            }
            on_action.emit(Action::ChainChosen((name != ALL_CHAINS).then_some(name)));
        })
    };
    html! {
        <Slot label={words::CHAIN} groups={vec![SlotGroup::without_heading(options)]}
            chosen={shown.unwrap_or(ALL_CHAINS).to_owned()} {on_choose} />
    }
}

/// In the order in which the verifiers were asked about them, which is that of the files.
fn names_of_chains(report: &Report) -> Vec<String> {
    report.verdicts_by_chain().filter_map(|verdicts| Some(verdicts.first()?.client.clone())).collect()
}

fn program_choice(report: &Report, choices: &Choices, on_action: &Callback<Action>) -> Html {
    let any = SlotOption::new(lens::Lens::Chains.name(), words::ANY_PROGRAM);
    let router = SlotOption::new(lens::Lens::Router.name(), words::ROUTER);
    let one = Program::ALL.iter().map(|program| SlotOption::new(program.name(), program.title()));
    let groups = vec![
        SlotGroup::without_heading(vec![any, router]),
        SlotGroup { heading: Some(words::ONE_PROGRAM.into()), options: one.collect() },
    ];
    let lens = choices.lens.map_or(report.answer.lens, Lens::from);
    let chosen = match (lens, choices.program) {
        (Lens::Router, _) => lens::Lens::Router.name(),
        (Lens::Chains, Some(program)) => program.name(),
        (Lens::Chains, None) => lens::Lens::Chains.name(),
    };
    let on_choose = on_action.reform(|value: String| {
        Action::ProgramChosen(match (lens::Lens::find(&value), Program::find(&value)) {
            (Some(lens::Lens::Router), _) => Asked::Router,
            (None, Some(program)) => Asked::One(program),
            _ => Asked::Any,
        })
    });
    html! { <Slot testid="lens" label={words::PROGRAM} {groups} {chosen} {on_choose} /> }
}

/// What the files hold that is trusted is the choice of the files themselves, so it is no choice of the reader.
fn store_choice(report: &Report, chosen: Option<store::StoreKind>, on_action: &Callback<Action>) -> Html {
    let given = trusted_files(report);
    let kinds = store::StoreKind::ALL.into_iter().filter(|kind| !given.is_empty() || !kind.has_given());
    let option = |kind: store::StoreKind| SlotOption::new(kind.name(), store_words(report, &given, kind));
    let mut options: Vec<SlotOption> = kinds.map(option).collect();
    let chosen = chosen.unwrap_or_else(|| core_kind(report.answer.store.kind));
    if !options.iter().any(|option| option.value == chosen.name()) {
        options.push(option(chosen));
    }
    let on_choose = on_action.reform(|value: String| {
        Action::StoreChosen(store::StoreKind::find(&value).filter(|kind| *kind != store::StoreKind::Given))
    });
    html! {
        <Slot testid="store" label={words::STORE} groups={vec![SlotGroup::without_heading(options)]}
            chosen={chosen.name()} {on_choose} />
    }
}

fn trusted_files(report: &Report) -> Vec<&str> {
    let trusted = report.sources.iter().filter(|source| source.roles.contains(&Role::Bundle));
    trusted.map(|source| source.name.as_str()).collect()
}

fn store_words(report: &Report, given: &[&str], kind: store::StoreKind) -> String {
    match kind {
        store::StoreKind::Given if !given.is_empty() => words::given_store(given),
        store::StoreKind::Public => words::public_store(&report.answer.store),
        kind => words::store(kind.into()).to_owned(),
    }
}

fn core_kind(kind: StoreKind) -> store::StoreKind {
    match kind {
        StoreKind::Given => store::StoreKind::Given,
        StoreKind::Public => store::StoreKind::Public,
        StoreKind::Both => store::StoreKind::Both,
        StoreKind::None => store::StoreKind::None,
    }
}

/// The page reads the clock for "now"; the core never does. A figure in another page keeps its date.
fn date_choice(at: Timestamp, on_action: &Callback<Action>) -> Html {
    if browser::embedded() {
        return html! { <strong>{ at.date() }</strong> };
    }
    let choose = {
        let on_action = on_action.clone();
        move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            if let Some(at) = input.and_then(|input| Timestamp::parse(&input.value())) {
                on_action.emit(Action::DateChosen(at));
            }
        }
    };
    html! {
        <span class="rl-as-of">
            <input type="date" class="rl-slot" aria-label={words::AS_OF} data-testid="as-of" value={at.date()}
                onchange={choose} />
            <small>{ at.time_of_day() }</small>
            <button type="button" class="rl-button rl-button--small"
                onclick={on_action.reform(|_| Action::DateChosen(browser::now()))}>
                { words::NOW }
            </button>
        </span>
    }
}

fn host_field(host: Option<&Host>, on_action: &Callback<Action>) -> Html {
    let oninput = on_action.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let name = input.value();
        let name = name.trim();
        Action::HostChosen((!name.is_empty()).then(|| Host::named(name)))
    });
    html! {
        <label>
            { words::FOR_HOST }
            <input class="rl-input" autocomplete="off" autocapitalize="none" spellcheck="false"
                placeholder={words::ANY_HOST} value={host.map(|host| host.text().to_owned()).unwrap_or_default()} {oninput} />
        </label>
    }
}

fn purpose_choice(chosen: Option<Purpose>, on_action: &Callback<Action>) -> Html {
    let onchange = on_action.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Action::PurposeChosen(Purpose::find(&select.value()))
    });
    let option = |purpose: Option<Purpose>| {
        html! {
            <option value={purpose.map(Purpose::name).unwrap_or_default()} selected={purpose == chosen}>
                { purpose.map_or(words::BY_ITSELF, acceptance::purpose) }
            </option>
        }
    };
    // Once a reader has chosen, a select follows its property and no longer the attribute of its options.
    html! {
        <label>
            { words::USED_AS }
            <select class="rl-input" ~value={chosen.map(Purpose::name).unwrap_or_default()} {onchange}>
                { option(None) }
                { for Purpose::ALL.into_iter().map(|purpose| option(Some(purpose))) }
            </select>
        </label>
    }
}
