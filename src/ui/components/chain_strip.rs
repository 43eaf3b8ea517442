//! One chain among the verifiers: how they divide and over what, who agrees with whom, and the panel of the one that is
//! looked at.

use std::rc::Rc;

use yew::prelude::*;

use super::certificate_link::CertificateLinks;
use super::disclosure::Disclosure;
use super::engine_panel::{EnginePanel, path_in_words};
use crate::report::{self, EngineVerdict, Explanation, Fact, Report};
use crate::ui::shared::Shared;
use crate::ui::state::{Action, VerdictSelection};
use crate::ui::words::acceptance as words;
use crate::ui::{browser, icon};
use crate::verifier::preset;

#[derive(Properties, PartialEq)]
pub(crate) struct ChainStripProps {
    pub(crate) report: Shared<Report>,
    /// Number of the chain, in the order of [`Report::verdicts_by_chain`].
    pub(crate) chain: usize,
    /// The verifier that is looked at on this chain.
    pub(crate) selected: Option<VerdictSelection>,
    /// What divides the verifiers, once it is found.
    pub(crate) explanation: Option<Rc<Explanation>>,
    pub(crate) on_action: Callback<Action>,
}

/// The verifiers are one tab stop; arrow keys lead from one to the next.
#[component]
pub(crate) fn ChainStrip(props: &ChainStripProps) -> Html {
    let ChainStripProps { report, chain, selected, explanation, on_action } = props;
    let pressed_button = use_node_ref();
    let focused = use_state_eq(|| None::<usize>);
    let verdicts = report.verdicts_by_chain().nth(*chain).unwrap_or_default();
    let Some(first) = verdicts.first() else { return Html::default() };
    let is_divided = report::is_disputed(verdicts);
    let groups = groups(verdicts);
    let order: Vec<usize> = groups.iter().flatten().map(|(engine, _)| *engine).collect();
    let pressed = selected.map(|selected| selected.engine);
    let tab_stop = focused.or(pressed).or(order.first().copied());
    let button = |(engine, verdict): (usize, &EngineVerdict)| {
        let is_pressed = pressed == Some(engine);
        let next = (!is_pressed).then_some(VerdictSelection { chain: *chain, engine, step: None });
        EngineButton {
            id: button_id(*chain, engine),
            is_pressed,
            is_tab_stop: tab_stop == Some(engine),
            node: if is_pressed { pressed_button.clone() } else { NodeRef::default() },
            onclick: on_action.reform(move |_: MouseEvent| Action::VerdictSelected(next)),
            onkeydown: move_focus(*chain, engine, &order),
            onfocus: {
                let focused = focused.setter();
                Callback::from(move |_: FocusEvent| focused.set(Some(engine)))
            },
        }
        .draw(verdict)
    };
    html! {
        <article class="rl-strip" data-chain={chain.to_string()} data-divided={is_divided.then_some("true")}>
            <header>
                <h3>{ &first.client }</h3>
                <span class="rl-strip__purpose">{ words::asked_as(first.purpose) }</span>
                <strong class="rl-strip__count">{ words::agreement(verdicts) }</strong>
            </header>
            if is_divided {
                { dividing_facts(report, explanation.as_deref(), on_action) }
            }
            <div class="rl-groups" role="toolbar" aria-label={words::verifiers_of(&first.client)}>
                for group in &groups {
                    { verdict_group(report, group, button) }
                }
            </div>
            if let Some(selected) = *selected {
                <EnginePanel {report} {selected} opener={&pressed_button} {on_action} />
            }
        </article>
    }
}

fn button_id(chain: usize, engine: usize) -> String {
    format!("rl-engine-{chain}-{engine}")
}

/// Arrow keys lead to the verifier beside this one, in the order in which they are drawn; Home and End to the first and
/// the last.
fn move_focus(chain: usize, engine: usize, order: &[usize]) -> Callback<KeyboardEvent> {
    let at = order.iter().position(|other| *other == engine).unwrap_or_default();
    let places = [at.checked_sub(1), Some(at + 1), Some(0), order.len().checked_sub(1)];
    let [before, after, first, last] = places.map(|place| place.and_then(|place| order.get(place).copied()));
    Callback::from(move |event: KeyboardEvent| {
        let target = match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => before,
            "ArrowRight" | "ArrowDown" => after,
            "Home" => first,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(engine) = target {
            browser::focus_id(&button_id(chain, engine));
        }
    })
}

/// What divides the verifiers, once it is found. The element stays, so that the answer is read aloud.
fn dividing_facts(report: &Shared<Report>, explanation: Option<&Explanation>, on_action: &Callback<Action>) -> Html {
    let is_found = explanation.is_some_and(|explanation| !explanation.facts.is_empty());
    html! {
        <>
            <div class="rl-divides" data-testid="dividing" data-open={(!is_found).then_some("true")} role="status">
                if let Some(explanation) = explanation {
                    { facts_or_none(report, explanation, on_action) }
                } else {
                    { words::LOOKING }
                }
            </div>
            if let Some(explanation) = explanation.filter(|explanation| !explanation.alternatives.is_empty()) {
                <Disclosure summary={words::OTHER_FACTS}>
                    <ul class="rl-alternatives">
                        for facts in &explanation.alternatives {
                            <li>{ fact_list(report, facts, on_action) }</li>
                        }
                    </ul>
                </Disclosure>
            }
        </>
    }
}

fn facts_or_none(report: &Shared<Report>, explanation: &Explanation, on_action: &Callback<Action>) -> Html {
    let facts = &explanation.facts;
    if facts.is_empty() {
        return html! { { words::UNEXPLAINED } };
    }
    html! {
        <>
            <strong>{ words::DIVIDES }</strong>{ fact_list(report, facts, on_action) }
            <span>{ for explanation.then_accepts.map(|accepts| words::without_them(facts.len(), accepts)) }</span>
        </>
    }
}

fn fact_list(report: &Shared<Report>, facts: &[Fact], on_action: &Callback<Action>) -> Html {
    html! {
        <ul>
            for fact in facts {
                <li data-code={fact.code.to_string()}>
                    { &fact.sentence }
                    <CertificateLinks {report} certificates={fact.certificates.clone()} {on_action} />
                </li>
            }
        </ul>
    }
}

/// Verdicts that agree, each with the number of its engine.
type Group<'a> = Vec<(usize, &'a EngineVerdict)>;

/// Those that accept by the path they take first, and those that reject. Who accepts comes first, whoever was asked
/// first.
fn groups(verdicts: &[EngineVerdict]) -> Vec<Group<'_>> {
    let kind = |verdict: &EngineVerdict| (verdict.accepts, verdict.chains.first().cloned());
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (engine, verdict) in verdicts.iter().enumerate() {
        let agrees = |group: &&mut Group<'_>| group.first().is_some_and(|(_, first)| kind(first) == kind(verdict));
        match groups.iter_mut().find(agrees) {
            Some(group) => group.push((engine, verdict)),
            None => groups.push(vec![(engine, verdict)]),
        }
    }
    groups.sort_by_key(|group| group.first().is_none_or(|(_, first)| !first.accepts));
    groups
}

fn verdict_group(
    report: &Report,
    group: &[(usize, &EngineVerdict)],
    button: impl Copy + Fn((usize, &EngineVerdict)) -> Html,
) -> Html {
    let Some((_, first)) = group.first() else { return Html::default() };
    let word = words::verdict_name(first.accepts);
    html! {
        <div class="rl-group" data-verdict={word}>
            <p class="rl-group__verdict">
                { icon::verdict(first.accepts) }
                <span>
                    <strong>{ word }</strong>
                    if let Some(path) = first.chains.first() {
                        <small>{ path_in_words(report, path) }</small>
                    }
                </span>
            </p>
            <ul>
                { for group.iter().copied().map(button) }
            </ul>
        </div>
    }
}

/// A verifier to look at.
struct EngineButton {
    id: String,
    is_pressed: bool,
    is_tab_stop: bool,
    node: NodeRef,
    onclick: Callback<MouseEvent>,
    onkeydown: Callback<KeyboardEvent>,
    onfocus: Callback<FocusEvent>,
}

impl EngineButton {
    /// With the products that verify as it does.
    fn draw(self, verdict: &EngineVerdict) -> Html {
        let EngineButton { id, is_pressed, is_tab_stop, node, onclick, onkeydown, onfocus } = self;
        html! {
            <li key={verdict.engine.to_string()}>
                <button ref={node} type="button" {id} class="rl-engine" data-engine={verdict.engine.to_string()}
                    data-verdict={words::verdict_name(verdict.accepts)} aria-pressed={is_pressed.to_string()}
                    tabindex={if is_tab_stop { "0" } else { "-1" }} {onclick} {onkeydown} {onfocus}>
                    <strong>{ words::engine(&verdict.engine) }</strong>
                    <span class="rl-offscreen">{ words::says(verdict.accepts) }</span>
                    if verdict.stopped {
                        <small>{ words::STOPPED }</small>
                    }
                    if let Some(products) = products_of(&verdict.engine) {
                        <small>{ products }</small>
                    }
                </button>
            </li>
        }
    }
}

fn products_of(engine: &str) -> Option<String> {
    let products = preset::ALL.iter().filter(|preset| preset.engine_name() == engine);
    let names: Vec<String> = products.map(|preset| words::product_short(*preset)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verifier::Purpose;

    fn verdict(engine: &'static str, chains: &[&[usize]]) -> EngineVerdict {
        EngineVerdict {
            client: "client".to_owned(),
            purpose: Purpose::Client,
            engine: engine.into(),
            accepts: !chains.is_empty(),
            stopped: false,
            detail: String::new(),
            chains: chains.iter().map(|chain| chain.to_vec()).collect(),
            trail: Vec::new(),
        }
    }

    #[test]
    fn who_agrees_stands_together_and_who_accepts_comes_first() {
        let verdicts = [
            verdict("rejects", &[]),
            verdict("short", &[&[0, 1]]),
            verdict("long", &[&[0, 2, 3], &[0, 1]]),
            verdict("rejects-too", &[]),
            verdict("short-first", &[&[0, 1], &[0, 2, 3]]),
        ];
        let engines = |group: Group<'_>| group.iter().map(|(number, _)| *number).collect::<Vec<_>>();
        let found: Vec<Vec<usize>> = groups(&verdicts).into_iter().map(engines).collect();
        assert_eq!(found, [vec![1, 4], vec![2], vec![0, 3]]);
    }
}
